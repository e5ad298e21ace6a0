"""The base of a comparison: as its own report published it, and as a later report implies it.

Numbers are those that rules judge, so that a comparison and the rules never say different things about them. Which of
the two bases stands in a comparison is decided in `compare`.
"""

from fractions import Fraction

from bgdata.rules import verdicts
from bgdata.rules.expressions import Reference
from bgdata.rules.intervals import Interval
from bgdata.rules.rulebook import year_before

FACTORS = {"ratio_to_base": Fraction(0), "growth": Fraction(1)}  # what makes a factor of them
NAN = float("nan")


def base_of(measure, now, stated, side):
    """Return the base that a number and its ratio, growth or change imply; None where there is none.

    Parameters
    ----------
    measure : {"ratio_to_base", "growth", "change"}
    now, stated : Printed
    side : {"interval", "face"}
        All that the printed forms can stand for, or the numbers themselves.

    Returns
    -------
    Interval or None
    """
    now, stated = getattr(now.operand, side), getattr(stated.operand, side)
    if measure == "change":
        return now - stated
    factor = stated + Interval.of(FACTORS[measure])
    return now / factor if factor.lower > 0 else None


def implied(now, row, stated):
    """Return the columns of a base that a report implies, with the growth as it prints it; empty where there is none.

    Parameters
    ----------
    now, stated : Printed
    row : dict
        Of `indicators.csv`: what `stated` is.
    """
    interval = base_of(row["measure"], now, stated, "interval")
    if interval is None:
        return {}
    base = base_of(row["measure"], now, stated, "face").lower
    if row["measure"] in FACTORS:
        growth = float((stated.operand.face.lower + FACTORS[row["measure"]] - 1) * 100)
    else:
        growth = _growth(value(now), in_unit(base, now))
    return _columns(base, interval, now) | {"growth": growth, "basis": "derived"}


def published(then):
    """Return the columns of a base as its own report prints it; empty where it prints none, or a range."""
    if then is None or then.row["value"] is None:
        return {}
    base = then.operand.face.lower
    return _columns(base, then.operand.interval, then) | {"published": in_unit(base, then), "basis": "observed"}


def verdict(now, row, stated, then):
    """Judge the numbers of both reports as the rule `.year_before` does."""
    whole = row["of"]
    numbers = {Reference(row["indicator"]): stated, Reference(whole): now, Reference(whole, years=1): then}
    return verdicts.verdict(year_before(row), {reference: one.operand for reference, one in numbers.items()})


def difference(now, base):
    """Return change and growth since a base; a printed growth stands as printed."""
    if "base" not in base:
        return {}
    change = value(now) - base["base"]
    if now.unit == "percent":
        return {"change": change, "growth": NAN}
    return {"change": change, "growth": base.get("growth", _growth(value(now), base["base"]))}


def value(one):
    """Return a printed number in its unit; NaN where there is none, or a range."""
    return NAN if one is None or one.row["value"] is None else float(one.row["value"])


def in_unit(end, one):
    """Return an end of an interval as a float, percent as percent."""
    return float(end * 100 if one.unit == "percent" else end)


def _columns(base, interval, one):
    ends = {"base": base, "base_lower": interval.lower, "base_upper": interval.upper}
    return {column: in_unit(end, one) for column, end in ends.items()}


def _growth(now, base):
    return (now / base - 1) * 100 if base > 0 else NAN
