"""Measure what many half-years cost: a run of the newest, a run of all, one with nothing stale, the site twice, the room.

    .venv/bin/python benchmarks/periods.py [COUNT]... [--newest]

Projects of 1, 5, 10, 20 and 40 invented half-years if no counts are given, in a folder that goes afterwards. Processor
seconds, which do not depend on what else the machine does; memory of the largest process. Writes periods.md and the README's
table if all counts take part. All of it takes about half an hour on two quiet processors; `1 10 --newest` (the newest only, the least
of three rounds) two minutes.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "tests"), str(HERE.parent)]

import readme
from many_periods import half_years, project

BGDATA = Path(sys.executable).parent / "bgdata"
COUNTS = (1, 5, 10, 20, 40)
COLUMNS = ("half-years", "run --force, newest", "run of all", "nothing stale", "site", "site again", "site, peak MB",
           "figures MB", "site MB")  # fmt: skip


def seconds(root, *arguments):
    """Return the processor seconds of a command and of all that it starts, and the peak memory of a process in MB."""
    environ = {**os.environ, "BGDATA_ROOT": str(root)}
    code = (
        "import resource, subprocess, sys; sys.stderr.write(str(subprocess.run(sys.argv[1:], stdout=2).returncode)); "
    )
    code += "u = resource.getrusage(resource.RUSAGE_CHILDREN); print(u.ru_utime + u.ru_stime, u.ru_maxrss)"
    command = [sys.executable, "-c", code, str(BGDATA), *arguments]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, cwd=root, check=True)
    if not done.stderr.endswith("0"):
        raise RuntimeError(f"{arguments}: {done.stderr}")
    used, peak = map(float, done.stdout.split())
    return used, peak / (1024 if sys.platform == "linux" else 1024 * 1024)


def megabytes(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def newest(count, rounds=3):
    """Return the least that a run of the newest of so many half-years takes."""
    with tempfile.TemporaryDirectory() as folder:
        project(Path(folder) / "p", count)
        return min(seconds(Path(folder) / "p", "run", "--force")[0] for _ in range(rounds))


def measured(count):
    """Return a line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "p"
        project(root, count)
        codes = half_years(count)
        found = [seconds(root, "run", "--force")[0], seconds(root, "run", "--force", *codes)[0]]
        seconds(root, "run", *codes)
        found.append(seconds(root, "run", *codes)[0])
        first, again = seconds(root, "site"), seconds(root, "site")
        rooms = [megabytes(root / "figures"), megabytes(root / "build" / "site")]
    return [count, *found, first[0], again[0], first[1], *rooms]


def main():
    """Measure, print the table, and write it if it is whole."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("counts", nargs="*", type=int, default=COUNTS)
    parser.add_argument("--newest", action="store_true")
    asked = parser.parse_args()
    if asked.newest:
        for count in asked.counts:
            print(f"{count} half-years, run --force of the newest: {newest(count):.2f} processor seconds")
        return
    lines = [f"| {' | '.join(COLUMNS)} |", "|---" * len(COLUMNS) + "|"]
    for count in asked.counts:
        number, *found = measured(count)
        lines.append(f"| {number} | {' | '.join(f'{one:.2f}' if one < 10 else f'{one:.0f}' for one in found)} |")
        print(lines[-1], file=sys.stderr)
    print("\n".join(lines))
    if tuple(asked.counts) == COUNTS:
        readme.shown("periods", "\n".join(lines))


if __name__ == "__main__":
    main()
