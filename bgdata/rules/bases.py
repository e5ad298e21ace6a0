"""The base of a comparison, and what may be said of the change since: exact arithmetic on what was printed.

A base is what its own report published; where that report is not there, what a ratio, growth or change in this one
implies. A number rose, fell or stayed only where both intervals allow nothing else. Numbers are those that rules judge,
so that a comparison and the rules never say different things about them.
"""

from fractions import Fraction
from math import inf, isfinite
from typing import NamedTuple

from bgdata.rules import verdicts
from bgdata.rules.expressions import Reference
from bgdata.rules.intervals import Interval
from bgdata.rules.rulebook import year_before

FACTORS = {"ratio_to_base": Fraction(0), "growth": Fraction(1)}  # what makes a factor of them
ONE, HUNDRED = Interval.of(1), Interval.of(100)
NAN = float("nan")


class Sides(NamedTuple):
    """A number to compute with: all that it can be, and the number itself (None where a report gives a range)."""

    interval: Interval
    face: Interval | None

    @classmethod
    def of(cls, one) -> "Sides":
        """Return the sides of a printed number."""
        return cls(one.operand.interval, one.operand.face if one.row["value"] is not None else None)

    def __add__(self, other):
        return self._with(other, Interval.__add__)

    def __sub__(self, other):
        return self._with(other, Interval.__sub__)

    def __mul__(self, other):
        return self._with(other, Interval.__mul__)

    def __truediv__(self, other):
        return self._with(other, Interval.__truediv__)

    def _with(self, other, operation):
        face = operation(self.face, other.face) if self.face and other.face else None
        return Sides(operation(self.interval, other.interval), face)


UNIT, PERCENT = Sides(ONE, ONE), Sides(HUNDRED, HUNDRED)


def implied(now, row, stated) -> "tuple[Sides, Sides, Sides] | None":
    """Return the base that a number and its ratio, growth or change imply, with the change and the growth since.

    Parameters
    ----------
    now, stated : Printed
    row : dict
        Of `indicators.csv`: what `stated` is.
    """
    now, said = Sides.of(now), Sides.of(stated)
    if row["measure"] == "change":
        base = now - said
        return base, said, growth(said, base)
    factor = said + Sides(*[Interval.of(FACTORS[row["measure"]])] * 2)
    if factor.interval.lower <= 0:
        return None
    return now / factor, now * (UNIT - UNIT / factor), (factor - UNIT) * PERCENT


def growth(change, base) -> Sides:
    """Return the growth in percent that a change is; nothing is known of it where the base may not be positive."""
    if base.interval.lower <= 0:
        return Sides(Interval(-inf, inf), None)
    return change / base * PERCENT


def since(now, base) -> "tuple[Sides, Sides]":
    """Return change and growth of a number since a published one."""
    change = now - base
    if base.interval.lower <= 0:
        return change, growth(change, base)
    return change, (now / base - UNIT) * PERCENT


def verdict(now, row, stated, then):
    """Judge the numbers of both reports as the rule `.year_before` does."""
    whole = row["of"]
    numbers = {Reference(row["indicator"]): stated, Reference(whole): now, Reference(whole, years=1): then}
    return verdicts.verdict(year_before(row), {reference: one.operand for reference, one in numbers.items()})


def direction(*moved) -> str:
    """Return the one way that a change can have gone: "up", "down", "unchanged", or "" where there is no one way.

    Parameters
    ----------
    *moved : Sides
        A change, and the growth that a report states, which says the same.

    Examples
    --------
    >>> [direction(Sides(Interval.of(*ends), None)) for ends in ((1, 2), (-2, -1), (0, 0), (0, 1), ("-1/2", "1/2"))]
    ['up', 'down', 'unchanged', '', '']
    """
    for lower, upper in ((one.interval.lower, one.interval.upper) for one in moved):
        if lower > 0 or upper < 0 or lower == upper:
            return "up" if lower > 0 else "down" if upper < 0 else "unchanged"
    return ""


def columns(name, sides, *, percent=False) -> dict:
    """Return a number with its interval as columns of a comparison; a share of one as a percentage if `percent`.

    There is no number where it is a range, or where an end of it is open.
    """
    shift = 100 if percent else 1
    lower, upper = (float(end * shift) for end in (sides.interval.lower, sides.interval.upper))
    known = sides.face and isfinite(lower) and isfinite(upper)
    return {name: float(sides.face.lower * shift) if known else NAN, f"{name}_lower": lower, f"{name}_upper": upper}


def in_unit(end, one):
    """Return an end of an interval as a float, percent as percent."""
    return float(end * 100 if one.unit == "percent" else end)
