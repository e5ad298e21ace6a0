"""Read statements of other hands and count what is entered wrongly: python benchmarks/statements.py

Each file of `tests/statements` is judged by a reader whose model of plain statements was fitted on the other files
only, so that nobody's words are held against what was learnt from them; a plan that speaks otherwise than all others is met as
in a new report. `--write` writes benchmarks/statements.md.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from stating import Host, Judged

from bgdata.notation import Period
from bgdata.package import Package
from bgtools.read.fit import statements as stated
from bgtools.read.fit.labelled import FITTED
from bgtools.read.indicator import plainness

TABLE = Path(__file__).with_suffix(".md")
HEAD = "| kind | statements | wrong | entered right, of what may be |\n|---|---:|---:|---:|"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", type=int, default=0, help="wrong entries to show of each kind")
    parser.add_argument("--write", action="store_true", help="write benchmarks/statements.md")
    asked = parser.parse_args()
    start, package, period = time.perf_counter(), Package.open(), Period.parse("2024-S2")
    reports, host, total = list(stated.of_reports(FITTED, package)), Host(), {}
    files = sorted(stated.STATEMENTS.glob("*.jsonl"))
    for path in files:
        others = [
            one for other in files if other != path and "kept" not in other.name for one in stated.stated(other.name)
        ]
        table = stated.fit([*stated.statements(others, package, period), *reports])
        plainness.weights = lambda table=table: table
        for kind, count in host.judge(stated.stated(path.name)).items():
            sum_up(total.setdefault(kind if kind != "plain" else f"plain, {path.stem}", Judged()), count)
        print(f"{path.stem} after {time.perf_counter() - start:.0f} s", flush=True)
    hostile = Judged()
    for kind, count in total.items():
        if not kind.startswith("plain"):
            sum_up(hostile, count)
    lines = [HEAD, *(total[kind].line(kind) for kind in sorted(total)), hostile.line("**all that are not plain**")]
    print("\n".join(lines))
    for kind in total:
        for said in total[kind].said[: asked.wrong]:
            print(f"WRONG {kind}: {said}")
    if asked.write:
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def sum_up(whole, part):
    for name in ("stated", "wrong", "right", "may", "said"):
        setattr(whole, name, getattr(whole, name) + getattr(part, name))


if __name__ == "__main__":
    main()
