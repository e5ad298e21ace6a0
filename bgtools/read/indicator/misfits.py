"""Hold a statement against an indicator: its time, whose it is, and as what it is stated.

What is plainly none of an indicator's numbers (a plan, last year's, a district's) leaves the place to others; what is
only in doubt keeps it and is asked. A target may be a plan, a running total may be counted up to a day.
"""

import re
from functools import lru_cache

from bgtools.read.indicator.terms import STOP, words_of
from bgtools.read.statement import doubts
from bgtools.read.statement.asides import OF_TIME
from bgtools.read.statement.scope import BESIDE, Place
from bgtools.read.statement.timewords import Time

TIMED = ("stock", "share", "cumulative")  # measures that a running total, or a state up to a day, can be of
COMPARED = ("ratio_to_base", "growth", "change")
MORE, NEW = "thêm", {"mới", "thuận"}  # so many more is the number itself of what is counted when it is new or allowed
OF_COLUMN = (doubts.PLAN, doubts.NATION, doubts.PLACE, doubts.COMPARISON)  # what a column's head says plainly
APPOSED = re.compile(
    r"\d\s?%?[^\d.;()]{0,60}\((?:so với )?(?:cùng kỳ|kỳ trước|năm (?:trước|ngoái)|kế hoạch|kh|chỉ tiêu|mục tiêu)(?!\w)[^()]*$",
    re.IGNORECASE,
)


def misfits(numeral, slot, planned=False):
    """Return the doubts that a statement is one of an indicator's numbers.

    Parameters
    ----------
    numeral : Numeral
    slot : Slot
    planned : bool
        It stands in the part of the report that is about plans.

    Returns
    -------
    list of Message
    """
    measure, profile = slot.row["measure"], slot.profile
    counted = {word for phrase in [slot.name, *slot.cues] for word in phrase}
    found = []
    if numeral.elsewhen and not (measure == "target" and (planned or numeral.time == Time.LATER)):
        found.append(OF_TIME[numeral.time])
    if numeral.place and not _named(numeral.place, profile):
        found.append(numeral.place.doubt)
    own_doubt = doubts.PLAN if measure == "target" else doubts.COMPARISON if measure in COMPARED else None
    for doubt, noun in numeral.stated:
        own = (noun and noun in counted) or doubt is own_doubt or (doubt is doubts.PART and slot.category)
        own = own or (noun == MORE and measure == "flow" and slot.words & NEW)
        found += [] if own else [doubt]
    found += [doubt for doubt in numeral.doubts if doubt in OF_COLUMN and doubt is not own_doubt]
    if planned and measure != "target":
        found.append(doubts.PLAN)
    if measure in COMPARED and numeral.base != "year":
        found.append(doubts.OTHER_BASE)
    if numeral.added and measure == "stock":
        found.append(doubts.COMPARISON)
    return list(dict.fromkeys(found))


def unsure(numeral, slot):
    """Return the doubts that a person has to resolve, though the number may well be the indicator's.

    Parameters
    ----------
    numeral : Numeral
    slot : Slot

    Returns
    -------
    list of Message
    """
    found = list(numeral.doubts)
    if (numeral.number is None or numeral.readings) and doubts.NOT_WHOLE not in found:
        found.append(doubts.BROKEN)
    if numeral.time == Time.TO_DATE and slot.row["measure"] not in TIMED:
        found.append(doubts.TO_DATE)
    return list(dict.fromkeys([*found, *_overheard(numeral, slot)]))


def _overheard(numeral, slot):
    """Yield the doubts of what is said elsewhere in a statement, but for what the indicator is itself about."""
    for aside in numeral.asides:
        own = (
            slot.row["measure"] == "target"
            and not aside.place
            or aside.doubt is doubts.TO_DATE
            and slot.row["measure"] in TIMED
        )
        if not own and not (aside.place and _named(aside.place, slot.profile)):
            yield aside.doubt


def key(numeral, planned):
    """Return all that `misfits` looks at: numerals with one key fit the same slots."""
    return (
        numeral.time,
        numeral.place and _words(numeral.place),
        tuple(numeral.stated),
        tuple(doubt for doubt in numeral.doubts if doubt in OF_COLUMN),
        numeral.base,
        numeral.added,
        planned,
    )


def _named(place, profile):
    """Tell whether an indicator is about that very place."""
    words = _words(place)
    return bool(words) and words <= profile


@lru_cache(maxsize=4000)
def _words(place: Place):
    words = words_of(place.name)
    if place.kind in BESIDE:
        words = [word for word in words if word not in STOP]
    return frozenset(words[:1] if place.kind == "company" else words)


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
    return any(doubt is doubts.PLAN for doubt, _ in numeral.stated)
