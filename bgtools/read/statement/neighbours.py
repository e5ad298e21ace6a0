"""Tell what numbers that stand beside each other have of one another: the base of a growth, doubts, part and whole."""

import re

from bgtools.read.statement.doubts import COMPARISON
from bgtools.read.statement.timewords import Time

OF_TOTAL = re.compile(r"(?:\s+[^\W\d_]+){0,4}?\s+(?:trên|trong)\s+(?:tổng(?:\s+số)?|số)\s+", re.IGNORECASE)
IN_TOTAL = re.compile(r"(?<!\w)trong\s+(?:tổng\s+)?(?:số\s+)?$", re.IGNORECASE)
HAVE = re.compile(r"[^.;:()]{0,60}(?<!\w)có(?:\s+(?:tới|đến))?\s+", re.IGNORECASE)
FRACTION = re.compile(r"\s(?:số|tổng|các|dân số|diện tích)(?!\w)", re.IGNORECASE)
BETWEEN = 240  # characters from one to the other


def inherit_base(found):
    """Let a growth without a base be held against what the one before it in its paragraph is held against."""
    base = ""
    for numeral in found:
        if numeral.relation and not numeral.base:
            numeral.base = base
        base = numeral.base or base


def share_doubts(found):
    """Let n and N of n/N have the same time, place and stance: what is said of one is said of both."""
    for part, whole in zip(found, found[1:]):
        if (part.role, whole.role) == ("part", "whole"):
            part.stated = whole.stated = list(dict.fromkeys([*part.stated, *whole.stated]))
            part.asides = whole.asides = list(dict.fromkeys([*part.asides, *whole.asides]))
            part.place = whole.place = part.place or whole.place
            part.doubts = whole.doubts = list(dict.fromkeys([*part.doubts, *whole.doubts]))
            time = part.time if part.time != Time.NOW else whole.time
            part.time = whole.time = time


def of_totals(found, text):
    """Note what is part and what is whole among numbers that follow each other; doubt one of a fraction in words."""
    for one, other in zip(found, found[1:]):
        _of_total(one, other, text)
        if other.role == "whole" and other.number and other.number.value <= 10 and FRACTION.match(text, other.end):
            one.doubts.append(COMPARISON)


def _of_total(one, other, text):
    """Note which is the part and which the whole of "9 trong tổng số 12" and of "trong 12 huyện có 9"."""
    if not all(
        number.number and number.unit == "count" and not (number.role or number.relation) for number in (one, other)
    ):
        return
    between = text[one.end : min(other.start, one.end + BETWEEN)]
    if OF_TOTAL.fullmatch(between):
        roles = "part", "whole"
    elif IN_TOTAL.search(text[max(0, one.start - 30) : one.start]) and HAVE.fullmatch(between):
        roles = "whole", "part"
    else:
        return
    part, whole = (one, other) if roles[0] == "part" else (other, one)
    if (part.number.value or 0) <= (whole.number.value or 0):
        one.role, other.role = roles
