"""Measure how well a report is read: python benchmarks/intake.py REPORT CHECKED [--period 2024-S2]

CHECKED is an observations file that a person has checked; what the package holds of PERIOD itself is not looked at.
Without arguments the invented reports of tests/reports are measured. The weights were fitted on those of FITTED by
`python -m bgtools.read.fit`, which also measures each of them with weights fitted on the others; no weight was fitted on those of
KEPT_OUT, though two rules were mended after a look at what failed in "comparing". FIRST_LOOK is what was proposed and
entered right when a report was read for the first time, by the rules and weights of that day.
"""

import argparse
import time
from pathlib import Path

from bgdata.notation import Period
from bgdata.package import Package
from bgtools.read import reading
from bgtools.read.fit.labelled import FITTED, KEPT_OUT, REPORTS, checked, right

FIRST_LOOK = {
    "year-end": "112 of 114, 109 of 112",
    "bulletin": "92 of 98, 89 of 96",
    "comparing": "103 of 110, 99 of 105",
    "margins": "99 of 100, 91 of 92",
    "successor": "63 of 67, 59 of 65",
    "raised-marks": "106 of 106, 104 of 105",
    "nationwide": "43 of 45, 40 of 40",
    "monthly": "32 of 32, 30 of 30",
    "pillars": "69 of 69, 64 of 64",
    "annexed": "22 of 22, 20 of 20",
    "committee": "91 of 91, 89 of 89",
    "bold-lines": "85 of 85, 83 of 83",
    "letter": "62 of 62, 51 of 51 (values; of the sections none: V/v was taken for part V)",
    "columns": "51 of 53, 47 of 47",
}


def measure(lines, known, period):
    """Print the measures of one report; return (confidence, right) of its matches."""
    start = time.perf_counter()
    found = reading.of_lines(lines, Package.open(), period)
    seconds = time.perf_counter() - start
    judged = [(one, right(one, found.passages, known)) for one in found.matches]
    entered = [good for one, good in judged if found.certain(one)]
    classes = {kind: sum(numeral.kind == kind for numeral in found.numerals) for kind in _kinds(found)}
    proposed = sum(good for _, good in judged)
    print(f"  numerals classified    {len(found.numerals)} ({', '.join(f'{n} {k}' for k, n in classes.items())})")
    print(f"  proposed right         {proposed} of {len(known)} ({proposed / len(known):.1%})")
    print(f"  entered without asking {len(entered)}, right {sum(entered)} ({_share(entered):.1%})")
    for one, good in judged:
        if not good:
            entry = "ENTERED" if found.certain(one) else "listed"
            place = found.passages[one.numeral.passage].section
            print(
                f"    wrong, {entry}: {'/'.join(one.slot.key)} = {one.numeral.printed} ({place}) {one.confidence:.2f}"
            )
    missed = set(known) - {one.slot.key for one, good in judged if good}
    print(f"  not proposed right     {', '.join('/'.join(key).strip('/') for key in known if key in missed) or '-'}")
    print(f"  seconds                {seconds:.2f}")
    return [(one.confidence, good) for one, good in judged]


def _kinds(found):
    return list(dict.fromkeys(numeral.kind for numeral in found.numerals))


def _share(goods):
    return sum(goods) / len(goods) if goods else 1.0


def deciles(pairs):
    """Print how many matches of each confidence were right."""
    print("  confidence   matches   right")
    for low in range(10):
        goods = [good for sure, good in pairs if low <= min(9, int(sure * 10)) < low + 1]
        if goods:
            print(f"  {low / 10:.1f}-{low / 10 + 0.1:.1f}      {len(goods):7d}   {_share(goods):.3f}")


def growth(lines, period):
    """Print the seconds for the report, and for reports of 2, 5 and 10 times its length."""
    for times in (1, 2, 5, 10):
        start = time.perf_counter()
        found = reading.of_lines(list(lines) * times, Package.open(), period)
        count = sum(numeral.kind == "observation" for numeral in found.numerals)
        print(f"  {times:2d} x   {count:5d} numerals   {time.perf_counter() - start:5.2f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", nargs="?")
    parser.add_argument("checked", nargs="?")
    parser.add_argument("--period", default="2024-S1")
    asked = parser.parse_args()
    if asked.report:
        sets = [(asked.report, asked.checked, asked.period)]
    else:
        sets = [(REPORTS / f"{name}.txt", REPORTS / f"{name}.csv", of) for name, of in (FITTED | KEPT_OUT).items()]
    judged = []
    for report, known, period in sets:
        name = Path(report).stem
        print(name, "(fitted)" if name in FITTED else "(kept out of the fitting)" if name in KEPT_OUT else "")
        if name in FIRST_LOOK:
            print(f"  at first look          {FIRST_LOOK[name]}")
        lines = Path(report).read_text(encoding="utf-8").split("\n")
        judged += measure(lines, checked(known), Period.parse(period))
    deciles(judged)
    growth(lines, Period.parse(period))


if __name__ == "__main__":
    main()
