"""Many areas with many half-years as one: generate a workspace of invented numbers, check, run, run again, make the site.

    python benchmarks/areas.py [AREAS [PERIODS [FOLDER]]]

34 areas and 2 half-years if left out; 34 and 12 are the country. Wall and processor seconds and the peak of memory of one
process, MB, for each step, and what one notebook and one page cost. The workspace stays in FOLDER if it is named.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests")]

import areas_project

STEPS = {
    "check": ["check"],
    "run of all": ["run"],
    "run, nothing stale": ["run"],
    "site": ["site"],
}


def half_years(count, last=2025):
    """The last so many half-years."""
    codes = [f"{last - back // 2}-S{2 - back % 2}" for back in range(count)]
    return codes[::-1]


def measured(command, root):
    """Run a command; return wall seconds, processor seconds, peak MB of its largest process, and what it said last."""
    start = time.monotonic()
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile() as faults:
        started = subprocess.Popen(command, cwd=root, stdout=said, stderr=faults)
        _, _, used = os.wait4(started.pid, 0)
        said.seek(0)
        last = [line.strip() for line in said if "otebooks:" in line or "pages made" in line or "All areas:" in line]
    return time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, last[-1] if last else ""


def main(areas=34, periods=2, folder=None):
    codes, root = half_years(int(periods)), Path(folder or tempfile.mkdtemp(prefix="areas-")) / "workspace"
    start = time.monotonic()
    areas_project.write(root, int(areas), codes)
    shutil.copytree(HERE.parent / "notebooks", root / "notebooks")
    print(f"{areas} areas, {periods} half-years; written in {time.monotonic() - start:.1f} s\n")
    print("| step | wall s | processor s | peak MB | |\n|---|---|---|---|---|")
    for name, (command, *options) in STEPS.items():
        asked = [*codes, *options] if command == "run" else options
        told = measured([sys.executable, "-m", "bgtools", command, *asked, "--areas", "all"], root)
        print("| {} | {:.1f} | {:.1f} | {:.0f} | {} |".format(name, *told), flush=True)
    if not folder:
        shutil.rmtree(root.parent)


if __name__ == "__main__":
    main(*sys.argv[1:])
