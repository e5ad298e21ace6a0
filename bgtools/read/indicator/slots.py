"""What a report is expected to print: each indicator and each category of its breakdown, with what is known of it.

A slot holds one observation at most. What the last period printed is kept as weak evidence and for the reviewer; it
is never a new observation.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property

from bgdata.package import read_observations
from bgtools.read.indicator.terms import STOP, spell, terms, words_of

UNITS = {"percent": {"percent"}, "VND": {"VND"}, "USD": {"USD"}, "money": {"VND", "USD"}, "other": set()}

OTHER_LEVELS = {  # of the administration than the unit's own
    "district": r"tỉnh|xã|phường|thị trấn|thôn|bản|tổ dân phố",
    "province": r"huyện|quận|thị xã|xã|phường|thị trấn|thôn|bản|tổ dân phố",
}


@dataclass(frozen=True)
class Slot:
    """One indicator, or one category of it.

    Attributes
    ----------
    indicator, category : str
    row : dict
        Of `indicators.csv`.
    label : str
        Of the category, in Vietnamese; empty for the total.
    last : dict or None
        The row of the last period's observations.
    order : int
        Position in the catalogue.
    """

    indicator: str
    category: str
    row: dict = field(hash=False, compare=False)
    label: str = field(default="", compare=False)
    last: dict | None = field(default=None, hash=False, compare=False)
    order: int = field(default=0, compare=False)
    recurring: bool = field(default=True, compare=False)
    unit_label: str = field(default="", compare=False)

    @property
    def key(self):
        return self.indicator, self.category

    @cached_property
    def cues(self):
        """list of list of str: the terms of each cue; of the label where there is none."""
        phrases = (self.row["cue"] or self.row["label_vi"]).split("|")
        return [terms(words_of(phrase)) for phrase in phrases if words_of(phrase)]

    @cached_property
    def phrases(self):
        """list of str: the cues in one spelling."""
        return [" ".join(words_of(phrase)) for phrase in (self.row["cue"] or self.row["label_vi"]).split("|")]

    @cached_property
    def name(self):
        """list of str: the terms of the label."""
        return terms(words_of(self.row["label_vi"]))

    @cached_property
    def meaning(self):
        """list of str: the terms of the definition."""
        return terms(words_of(self.row["definition"]))

    @cached_property
    def category_terms(self):
        """list of str: the terms of the category's label."""
        return list(dict.fromkeys(terms(words_of(self.label))))

    @cached_property
    def words(self):
        """set of str: the single words that speak for it, its unit's included."""
        return {word for term in self.profile for word in term.split()} | set(words_of(self.unit_label))

    @cached_property
    def profile(self):
        """set of str: all terms that speak for it."""
        return {*self.name, *self.meaning, *self.category_terms, *(term for cue in self.cues for term in cue)}


def slots(package, period):
    """List what the period's report is expected to print.

    Parameters
    ----------
    package : bgdata.package.datapackage.Package
    period : bgdata.notation.periods.Period

    Returns
    -------
    list of Slot
        In the catalogue's order, the total of an indicator before its categories.

    Examples
    --------
    >>> from bgdata.package import Package
    >>> from bgdata.notation import Period
    >>> found = slots(Package.open(), Period.parse("2024-S2"))
    >>> [slot.category for slot in found if slot.indicator == "telecom.bts"]
    ['', '2G', '3G', '4G', '5G']
    """
    last = last_observations(package, period)
    found = []
    for indicator, row in package.indicators.items():
        for category, known in _categories(package, row):
            slot = Slot(
                indicator,
                category,
                row,
                label=known["label_vi"] if known else "",
                last=last.get((indicator, category)),
                order=len(found),
                recurring=known["recurring"] if known else True,
                unit_label=package.units[row["unit"]]["label_vi"],
            )
            found.append(slot)
    return found


def together(slots):
    """Return what tells of two words whether one follows the other in the words of some slots.

    Examples
    --------
    >>> from bgdata.package import Package
    >>> from bgdata.notation import Period
    >>> told = together(slots(Package.open(), Period.parse("2024-S2")))
    >>> told("thu", "bưu"), told("tích", "bưu")
    (True, False)
    """
    known = {term for slot in slots for term in slot.profile if STOP.isdisjoint(term.split())}
    return lambda one, other: f"{spell(one)} {spell(other)}" in known


def last_period(package, period):
    """Return the newest earlier period of the same length that has observations, or None."""
    earlier = [known for known in package.observed_periods() if known.freq == period.freq and known < period]
    return earlier[-1] if earlier else None


def last_observations(package, period):
    """Return the rows of the last period by indicator and category."""
    before = last_period(package, period)
    rows = read_observations(package, before)[0].rows if before else []
    return {(row["indicator"], row["category"] or ""): row for row in rows if row["number"] is not None}


def _categories(package, row):
    yield "", None
    for (breakdown, category), known in package.categories.items():
        if breakdown == row["breakdown"]:
            yield category, known


def fits(numeral, indicator):
    """Tell whether a numeral can be an indicator's at all: unit and relation decide."""
    unit, measure = indicator["unit"], indicator["measure"]
    if (
        numeral.unit == "count"
        and numeral.number
        and numeral.number.decimals
        and not (numeral.number.exponent or numeral.readings)
    ):
        return False
    if numeral.unit == "count":
        if unit in ("percent", "VND", "USD"):
            return False
    elif unit not in UNITS[numeral.unit] and not (numeral.unit == "money" and unit not in ("percent",)):
        return False
    moves = measure in ("growth", "change")
    return moves == (numeral.relation == "growth") and not (measure == "ratio_to_base" and numeral.role)


def other_level(after, unit):
    """Tell whether the words behind a numeral name another level of the administration than the unit does.

    Examples
    --------
    >>> other_level("/99 xã, phường", "district"), other_level("/10 huyện, thị xã", "district")
    (True, False)
    """
    return unit in OTHER_LEVELS and bool(
        re.match(rf"(?:\s*/\s*[\d.]+)?\s+(?:{OTHER_LEVELS[unit]})(?!\w)", after, re.IGNORECASE)
    )
