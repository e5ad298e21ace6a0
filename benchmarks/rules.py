"""Time `check`: on the package as it is, and on one of 60 provinces made by repeating it, for more and more periods.

    python benchmarks/rules.py [PROVINCES]

The first lines are new processes, start-up included. The cost per period below them, in processor time, must not grow
with the periods; every period has its year before, against which most repeated growth rates are contradictions.
"""

import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bgdata.notation import Period
from bgdata.package import project_root
from bgdata.rules import evaluate

CODE = re.compile(r"\b([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)\b")
NEWEST = "2024-S1"
ALONE = "from bgdata.rules.checks import evaluate; evaluate()"
WITH_FRAME = "import bgdata as bg; bg.check()"


def main():
    provinces = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    for name, code in [("rows", ALONE), ("frame (imports pandas)", WITH_FRAME)]:
        print(f"whole package, new process, {name}: {fastest(code):.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        periods = [Period.parse(NEWEST).shifted(-steps).code for steps in range(22)][::-1]
        repeat(project_root() / "data", root / "data", provinces, periods)
        os.environ["BGDATA_ROOT"] = folder
        for count in (5, 10, 20):
            start = time.process_time()
            rows = evaluate(periods[2 : 2 + count])
            spent = time.process_time() - start
            print(
                f"{provinces} provinces, {count:2} periods, {len(rows):6} rules: "
                f"{spent:6.1f} s, {1000 * spent / count:5.0f} ms per period, {1e6 * spent / len(rows):4.0f} µs per rule"
            )


def fastest(code, rounds=5):
    """Return the shortest time that a new process takes."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - start)
    return min(times)


def repeat(source, target, provinces, periods):
    """Write a package with each indicator once per province, and the same observations in every period."""
    shutil.copytree(source, target)
    shutil.rmtree(target / "observations")
    (target / "observations").mkdir()
    for file in ("accepted.csv", "breaks.csv"):
        (target / file).write_text((source / file).read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    for file in ("indicators.csv", "rules.csv"):
        rewrite(source / file, target / file, provinces)
    for code in periods:
        rewrite(source / f"observations/{NEWEST}.csv", target / f"observations/{code}.csv", provinces)
    spans = [(code, Period.parse(code)) for code in periods]
    lines = [f"{code},{one.start},{one.end},{one.label()},{one.label('en')},Báo cáo,Report" for code, one in spans]
    header = (source / "periods.csv").read_text(encoding="utf-8").splitlines()[0]
    (target / "periods.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")


def rewrite(source, target, provinces):
    with source.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    codes = [header.index(column) for column in ("indicator", "of", "rule", "expression") if column in header]
    with target.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        for province in range(provinces):
            for row in rows:
                new = rf"\1.p{province}_\2"
                out.writerow([CODE.sub(new, cell) if place in codes else cell for place, cell in enumerate(row)])


if __name__ == "__main__":
    main()
