"""Hold n of N against the percentage that is printed as its share: numbers that do not go together are asked about.

Whether any of the three is an indicator's number does not matter: one of them is wrong, and none tells which.
"""

import re

from bgtools.read.statement import doubts
from bgtools.read.statement.asides import Aside
from bgtools.read.statement.classes import OBSERVATION

GAP = r"(?:\s[^\d.;:()|]{1,80}?)?"
SLASH = re.compile(r"\s?/\s?")
OF = re.compile(r"(?:\s[^\d.;:()|]{1,60})?\s(?:trên|trong)(?:\stổng|\ssố|\scả)*\s")
SAYS = r"(?:đạt|tức|bằng|tương ứng|chiếm|tương đương|hay|tỷ lệ|tỉ lệ|=|–|-)"
SHARE = re.compile(rf"{GAP},?\s?(?:\(|{SAYS}\s)(?:[^\d.;:()|]{{1,30}}\s)?")
BEFORE = re.compile(rf"{GAP}(?:\s?\(|,?\s(?:tức|hay|tương ứng|với)\s)(?:[^\d.;()]{{0,30}}\s)?")
TOTAL = re.compile(r"\s(?:trên |trong |của |so với )?tổng(?: số)?\s")
AMONG, THEN = (
    re.compile(r"(?:^|\W)trong(?: tổng| số)*\s$", re.IGNORECASE),
    re.compile(rf"{GAP},\s(?:[^\d.;:()|]{{1,30}}\s)?"),
)
OTHER = re.compile(r"\s?(?:so với|cùng kỳ|kế hoạch|kh\b|chỉ tiêu|mục tiêu|dự toán)", re.IGNORECASE)
ELSEWHEN = re.compile(r"cùng kỳ|trước|ngoái|kế hoạch|chỉ tiêu|mục tiêu", re.IGNORECASE)
UNITS = ("count", "other", "percent")
SHARED = (doubts.PLAN, doubts.THRESHOLD, doubts.NEGATED)  # what is said of n of N is said of its share
ROUNDED, LOOSE = 0.6, 5.0  # of the last digit, and percent where part or share is not exact


def doubt_fractions(text, found):
    """Add a doubt to the three numerals of each n of N that does not go with its percentage.

    Parameters
    ----------
    text : str
    found : sequence of Numeral
        Of the text, in its order.

    Examples
    --------
    >>> from bgtools.read.document.passage import Passage
    >>> from bgtools.read.statement.numerals import numerals
    >>> text = "Đã giải quyết 6/7 đơn, đạt 100%; có 209/209 xã (100%)."
    >>> [len(one.doubts) for one in numerals([Passage(text)])]
    [1, 1, 1, 0, 0, 0]
    """
    read = [one for one in found if one.kind == OBSERVATION and not one.cell and one.number and one.number.value]
    for three in zip(read, read[1:], read[2:]):
        trio = _trio(text, *three)
        if trio:
            told = [doubt for one in trio for doubt, _ in one.stated if doubt in SHARED]
            for one in trio:
                one.asides = list(dict.fromkeys([*one.asides, *map(Aside, told)]))
        if trio and not agree(*trio):
            for one in trio:
                one.doubts = [*one.doubts, doubts.UNFITTING]


def _trio(text, first, second, third):
    """Return part, whole and share where three numerals that follow each other are these."""
    ahead, behind = text[first.end : second.start], text[second.end : third.start]
    place = [one.unit == "percent" for one in (first, second, third)]
    if place.count(True) != 1 or any(
        one.relation == "growth" or one.unit not in UNITS for one in (first, second, third)
    ):
        return None
    if place[2] and SHARE.fullmatch(behind) and not OTHER.match(text, third.end):
        if SLASH.fullmatch(ahead) or OF.fullmatch(ahead):
            return first, second, third
        return (second, first, third) if AMONG.search(text[: first.start]) and THEN.fullmatch(ahead) else None
    if place[1] and SHARE.fullmatch(ahead) and TOTAL.fullmatch(behind):
        return first, third, second
    if place[0] and BEFORE.fullmatch(ahead) and not ELSEWHEN.search(ahead):
        return (second, third, first) if SLASH.fullmatch(behind) or OF.fullmatch(behind) else None
    return None


def agree(part, whole, share):
    """Tell whether a percentage is what n of N comes to, as far as its digits and words say.

    Parameters
    ----------
    part, whole, share : Numeral
    """
    numbers = part.number, whole.number, share.number
    if any(number is None or number.value is None for number in numbers) or not whole.number.value:
        return True
    step = max(10.0**-share.number.decimals, 0.1)
    slack = ROUNDED * step if {part.qualifier, share.qualifier} == {"="} else LOOSE
    return abs(float(part.number.value / whole.number.value) * 100 - float(share.number.value)) <= slack
