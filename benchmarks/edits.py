"""Change one number of a report a thousand times, show all that is shown, and count what stands unmarked.

    python benchmarks/edits.py [--edits 1000] [--seed 14]

The report is the last of three invented periods (`tests/periods_project.py`). After each change, whatever a check
disputes must carry its sign in every row, sentence, table, figure, card and ranked change that shows it.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent / name) for name in ("tests", "")]

import marking
import periods_project

from conftest import PackageCopy


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=14)
    asked = parser.parse_args()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BGDATA_ROOT"] = folder
        project = periods_project.write(PackageCopy(Path(folder)))
        missed, disputed = marking.planted(project, asked.edits, seed=asked.seed)
    for one in dict.fromkeys(missed):
        print(f"UNMARKED {one}")
    seconds = time.perf_counter() - start
    print(f"{asked.edits} edits, {disputed} with something newly disputed, {len(missed)} unmarked; {seconds:.0f} s")


if __name__ == "__main__":
    main()
