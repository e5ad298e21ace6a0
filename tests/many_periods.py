"""A project with many invented half-years: the counts of 2024-S1 once, twice and thrice in turn, so that sums hold."""

import csv
import io
import re
import shutil
from itertools import islice

from bgdata.notation import Period
from conftest import ROOT, PackageCopy

FIRST = Period.parse("2024-S1")
COUNT = re.compile(r"\d[\d.]*(?=$| )")


def half_years(count):
    """Return the codes of periods, from the one that there is."""
    return [FIRST.shifted(step).code for step in range(count)]


def multiplied(line, step):
    """Return an observation's cells as a report some periods later prints them."""
    row = dict(zip(("indicator", "category", "value", "lower", "upper", "qualifier", "status", "printed"), line))
    found = COUNT.match(row["printed"])
    if not found or row["lower"] or not row["value"]:
        return line
    times = step % 3 + 1
    printed = f"{int(found[0].replace('.', '')) * times:,}".replace(",", ".") + row["printed"][found.end() :]
    return [*line[:2], str(int(row["value"]) * times), *line[3:7], printed, *line[8:]]


def project(root, count):
    """Make a project of so many half-years in a folder, with the notebooks; return it."""
    package = PackageCopy(root)
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    package.write("breaks.csv", b"on,scope,reason_vi,reason_en\n")
    lines = list(islice(csv.reader(io.StringIO(package.text(package.observations))), 1, None))
    for step, code in enumerate(half_years(count)):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(multiplied(line, step) for line in lines)
        if step:
            package.add_period(code, *out.getvalue().splitlines())
    return package
