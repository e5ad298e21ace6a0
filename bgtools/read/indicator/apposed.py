"""Which refused numbers are plainly something else: last year's or the plan's in a bracket, a plan below its heading."""

import re

from bgtools.read.statement.doubts import PLAN
from bgtools.read.statement.timewords import Time

APPOSED = re.compile(
    r"\d\s?%?[^\d.;()]{0,60}\((?:so với )?(?:cùng kỳ|kỳ trước|năm (?:trước|ngoái)|kế hoạch|kh|chỉ tiêu|mục tiêu)(?!\w)[^()]*$",
    re.IGNORECASE,
)


def apposed(evidence, row):
    """Tell whether a number stands in a bracket that brings last year's, or the plan's, of the number before it.

    Parameters
    ----------
    evidence : Evidence
    row : int
        Position of the numeral.

    Returns
    -------
    bool
    """
    one = evidence.found[row]
    opened = APPOSED.search(evidence.passages[one.passage].text[: one.start])
    return bool(opened and not one.cell and (one.time == Time.EARLIER or _said_plan(one)))


def aimed_twice(evidence, row):
    """Tell whether a number is a plan twice over: by the heading above it, and by its own words.

    Parameters
    ----------
    evidence : Evidence
    row : int

    Returns
    -------
    bool
    """
    one = evidence.found[row]
    return bool(evidence.planned[row] and (one.time == Time.LATER or one.added or _said_plan(one)))


def _said_plan(numeral):
    return any(doubt is PLAN for doubt, _ in numeral.stated)
