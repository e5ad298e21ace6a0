"""What numbers have to do with each other: relations, verdicts, comparison with other periods.

Frames of numbers are made in `load`, `comparison` and `derived`. These bring pandas, which the command line does not
need to check a package: they are imported by their own names.
"""

from bgdata.rules.checks import check, evaluate, unchecked, untold
from bgdata.rules.expressions import Reference
from bgdata.rules.findings import Finding, Findings, examine
from bgdata.rules.intervals import Interval
from bgdata.rules.verdicts import (
    CANNOT_TELL,
    CONTRADICTS,
    DISPUTED,
    HOLDS,
    KINDS,
    NEEDS_CLARIFICATION,
    SIGNS,
    WORST_FIRST,
)

__all__ = [
    "CANNOT_TELL",
    "CONTRADICTS",
    "DISPUTED",
    "HOLDS",
    "KINDS",
    "NEEDS_CLARIFICATION",
    "SIGNS",
    "WORST_FIRST",
    "Finding",
    "Findings",
    "Interval",
    "Reference",
    "check",
    "evaluate",
    "examine",
    "unchecked",
    "untold",
]
