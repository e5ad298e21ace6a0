"""Time how soon things answer, in new processes: help, a check, the first numbers in a notebook, the charts.

    .venv/bin/python benchmarks/starts.py [ROUNDS]

The least of several rounds counts: whatever else the machine does can only add to it. What takes longer than it used
to is seen here and not in the tests, which must not depend on the machine.
"""

import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent
STARTS = {
    "python itself": [sys.executable, "-c", "pass"],
    "bgdata --help": [BIN / "bgdata", "--help"],
    "bgdata check": [BIN / "bgdata", "check"],
    "bgdata run, nothing stale": [BIN / "bgdata", "run", "--dry-run"],
    "import pandas": [sys.executable, "-c", "import pandas"],
    "import bgdata": [sys.executable, "-c", "import bgdata"],
    "import bgdata, load a period": [sys.executable, "-c", "import bgdata as bg; bg.load(period='2024-S1')"],
    "import bgdata, all of it": [sys.executable, "-c", "import bgdata as bg; [getattr(bg, n) for n in bg.__all__]"],
    "import seaborn, as charts do": [sys.executable, "-c", "from bgdata.show.charts.light import seaborn; seaborn()"],
    "import seaborn": [sys.executable, "-c", "import seaborn"],
}


def least(command, rounds):
    """Return the shortest time that a new process takes, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return min(times)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    for name, command in STARTS.items():
        print(f"{name:30} {least(command, rounds):.3f} s")


if __name__ == "__main__":
    main()
