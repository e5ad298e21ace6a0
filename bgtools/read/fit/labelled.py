"""Reports whose numbers a person has labelled, and whether a reading of one is right.

The invented reports of tests/reports; no weight is ever fitted on those of KEPT_OUT. Nothing is fitted or printed here.
"""

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from bgtools.read.statement.numerals import value_of

ROOT = Path(__file__).resolve().parents[3]
REPORTS = ROOT / "tests" / "reports"
FITTED = {"second-half": "2024-S2", "bullets": "2025-S1", "prose": "2025-S1", "reordered": "2026-S1"}
FITTED |= {"year-end": "2024-S2", "bulletin": "2025-S1", "margins": "2024-S2", "successor": "2025-S1"}
FITTED |= {"committee": "2025-S2", "bold-lines": "2025-S1"}
FITTED |= {"classical": "2024-S2", "sentences": "2024-S2", "provincial": "2025-S1", "telegraph": "2025-S2"}
FITTED |= {"nested": "2024-S2", "paragraphs": "2025-S1", "dashes": "2025-S2", "governing": "2024-S2"}
FITTED |= {"three-parts": "2024-S2", "newsletter": "2024-S2", "bracketed": "2025-S1", "roman": "2025-S2"}
KEPT_OUT = {"held-out": "2025-S2", "comparing": "2025-S2", "raised-marks": "2025-S2"}
KEPT_OUT |= {
    "nationwide": "2025-S1",
    "monthly": "2024-S2",
    "pillars": "2024-S2",
    "annexed": "2025-S1",
    "letter": "2025-S1",
    "columns": "2024-S2",
    "sober": "2024-S2",
    "attainments": "2025-S1",
    "decimal": "2025-S2",
    "council": "2024-S2",
    "summary": "2025-S1",
    "verbs": "2025-S2",
}  # read for the first time when all else was done
COLUMNS = ("value", "lower", "upper")


@dataclass(frozen=True)
class Labelled:
    """A report, the observations file that a person has checked, and its period."""

    name: str
    text: Path
    checked: Path
    period: str


def invented(names=None):
    """Return the invented reports.

    Examples
    --------
    >>> [one.period for one in invented(["prose"])]
    ['2025-S1']
    """
    known = FITTED | KEPT_OUT
    return [Labelled(name, REPORTS / f"{name}.txt", REPORTS / f"{name}.csv", known[name]) for name in names or known]


def checked(path):
    """Return the rows of a checked observations file by indicator and category."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row |= {column: Decimal(row[column]) if row[column] else None for column in COLUMNS}
    return {(row["indicator"], row["category"]): row for row in rows}


def right(one, passages, known):
    """Tell whether a match has the value, unit, qualifier and section of the checked row."""
    row = known.get(one.slot.key)
    numeral = one.numeral
    return row is not None and (*value_of(numeral), numeral.qualifier, passages[numeral.passage].section) == (
        *(row[column] for column in COLUMNS),
        row["qualifier"],
        row["section"],
    )
