"""Compute numbers from numbers of one period: ratio, share, total, difference, product, and the whole behind a share.

Rows come in and rows go out, each with the interval that the printed forms allow (exact arithmetic) and the words that
were printed. Rows of two periods or areas, and units that do not go together, are refused; where a number is missing,
nothing is computed.
"""

from fractions import Fraction
from functools import reduce
from math import inf, isfinite, isnan
from operator import add

import pandas as pd

from bgdata.errors import BgdataError
from bgdata.package import CURRENCIES, Key, Package
from bgdata.package.observations import NAN, framed
from bgdata.package.selection import finder, refuse_apart
from bgdata.rules.bases import PERCENT, UNIT, Sides
from bgdata.rules.findings import FLOORS
from bgdata.rules.intervals import Interval
from bgdata.rules.verdicts import WORST_FIRST

ORDER_OF_STATUS = "EPA"  # an estimate makes all that is computed from it an estimate


def ratio(
    frame: pd.DataFrame, part: str | Key, whole: str | Key, *, label: str = "", package: Package | None = None
) -> pd.DataFrame:
    """Divide one number by another.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`load` for one period.
    part, whole : str or Key
    label : str
        Name of the result; made of the names of both if left out.
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    pandas.DataFrame
        One row like those of `frame`, with ``derived`` "ratio", the unit of `part` for one of `whole`
        (``"station/mast"``), no ``printed``, and in ``note`` the printed numbers; no row where either is missing, or
        the whole is zero.

    Raises
    ------
    UnknownName
        No such indicator or category.
    BgdataError
        The rows are of two periods, or their units do not go together.

    Notes
    -----
    Source: the numbers of the department's report in the rows; ``section`` says where they stand in it.

    Examples
    --------
    >>> import bgdata as bg
    >>> stations = bg.ratio(bg.load("telecom", period="2024-S1"), "telecom.bts", "telecom.masts")
    >>> stations[["value", "unit", "note"]].round(1).values.tolist()
    [[2.4, 'station/location', '3.775 / 1.596']]
    """
    rows = _rows(package or Package.open(), frame, part, whole)
    return _quotient(rows, "ratio", _unit_of_ratio, label=label, measure="ratio")


def share(
    frame: pd.DataFrame, part: str | Key, whole: str | Key, *, label: str = "", package: Package | None = None
) -> pd.DataFrame:
    """Compute what percentage one number is of another.

    Parameters
    ----------
    frame, part, whole, label, package
        As in :func:`ratio`; both in one unit, or both counts of things.

    Returns
    -------
    pandas.DataFrame
        One row as :func:`ratio` returns it, in percent.

    Raises
    ------
    UnknownName
        No such indicator or category.
    BgdataError
        The rows are of two periods, or their units do not go together.

    Notes
    -----
    Source: the numbers of the department's report in the rows; ``section`` says where they stand in it.

    Examples
    --------
    >>> import bgdata as bg
    >>> frame = bg.load("digital_society", period="2024-S1")
    >>> young = bg.share(frame, "society.youth_epayment", "society.youth")
    >>> young[["value", "unit", "qualifier", "verdict"]].round(2).values.tolist()
    [[75.87, 'percent', '=', 'contradicts']]
    """
    rows = _rows(package or Package.open(), frame, part, whole)
    return _quotient(rows, "share", _unit_of_share, label=label, measure="share", by=PERCENT)


def implied_whole(
    frame: pd.DataFrame, part: str | Key, share: str | Key, *, label: str = "", package: Package | None = None
) -> pd.DataFrame:
    """Compute the whole that a printed part and its printed share imply.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`load` for one period.
    part, share : str or Key
        A number, and the percentage that it is of the whole.
    label : str
        Name of the whole.
    package : Package, optional

    Returns
    -------
    pandas.DataFrame
        One row as :func:`ratio` returns it, in the unit of `part`.

    Raises
    ------
    UnknownName
        No such indicator or category.
    BgdataError
        The rows are of two periods, or their units do not go together.

    Notes
    -----
    Source: the numbers of the department's report in the rows; ``section`` says where they stand in it.

    Examples
    --------
    >>> import bgdata as bg
    >>> frame = bg.load("digital_society", period="2024-S1")
    >>> whole = bg.implied_whole(frame, "society.welfare_accounts", "society.welfare_accounts_share", label="Tất cả")
    >>> whole[["lower", "value", "upper", "note"]].round().values.tolist()
    [[92375.0, 92470.0, 92566.0, '44.848 / 48,5%']]
    """
    rows = _rows(package or Package.open(), frame, part, share)
    return _quotient(rows, "implied_whole", _unit_of_whole, label=label, measure=None, by=PERCENT)


def total(frame: pd.DataFrame, *keys: str | Key, label: str = "", package: Package | None = None) -> pd.DataFrame:
    """Add up numbers.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`load` for one period.
    *keys : str or Key
        All in one unit.
    label : str
    package : Package, optional

    Returns
    -------
    pandas.DataFrame
        One row as :func:`ratio` returns it; no row where one of the numbers is missing.

    Raises
    ------
    UnknownName
        No such indicator or category.
    BgdataError
        The rows are of two periods, or their units do not go together.

    Notes
    -----
    Source: the numbers of the department's report in the rows; ``section`` says where they stand in it.

    Examples
    --------
    >>> import bgdata as bg
    >>> both = bg.total(bg.load("telecom", period="2024-S1"), "telecom.bts[4G]", "telecom.bts[5G]")
    >>> both[["value", "unit", "note"]].values.tolist()
    [[1649.0, 'station', '1.647 + 02']]
    """
    rows = _rows(package or Package.open(), frame, *keys)
    if not rows:
        return framed([])
    unit = _one_unit([row["unit"] for row in rows])
    return _derived(rows, "total", " + ", reduce(add, map(_operand, rows)), unit=unit, label=label)


def difference(
    frame: pd.DataFrame, more: str | Key | int, less: str | Key, *, label: str = "", package: Package | None = None
) -> pd.DataFrame:
    """Subtract one number from another.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`load` for one period.
    more, less : str, Key or frame of one computed row
        Both in one unit; `more` may be 100, of which a percentage leaves the rest.
    label : str
    package : Package, optional

    Returns
    -------
    pandas.DataFrame
        One row as :func:`ratio` returns it.

    Raises
    ------
    UnknownName
        No such indicator or category.
    BgdataError
        The rows are of two periods, or their units do not go together.

    Notes
    -----
    Source: the numbers of the department's report in the rows; ``section`` says where they stand in it.

    Examples
    --------
    >>> import bgdata as bg
    >>> other = bg.difference(bg.load("telecom", period="2024-S1"), "telecom.bts", "telecom.bts[2G]")
    >>> other[["value", "lower", "note"]].values.tolist()
    [[2891.0, 2891.0, '3.775 − 884']]
    """
    package = package or Package.open()
    if isinstance(more, int):
        whole = frame[frame["key"] == str(package.key(less))]
        more = whole.assign(value=100.0, lower=100.0, upper=100.0, printed="100%", qualifier="=", unit="percent")
    rows = _rows(package, frame, more, less)
    if not rows:
        return framed([])
    unit = _one_unit([row["unit"] for row in rows])
    return _derived(rows, "difference", " − ", _operand(rows[0]) - _operand(rows[1]), unit=unit, label=label)


def product(
    frame: pd.DataFrame, count: str | Key, each: str | Key, *, label: str = "", package: Package | None = None
) -> pd.DataFrame:
    """Multiply a number of things by how much there is for each of them.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`load` for one period.
    count, each : str or Key
    label : str
    package : Package, optional

    Returns
    -------
    pandas.DataFrame
        One row as :func:`ratio` returns it, in the unit of `each`.

    Raises
    ------
    UnknownName
        No such indicator or category.
    BgdataError
        The rows are of two periods, or their units do not go together.

    Notes
    -----
    Source: the numbers of the department's report in the rows; ``section`` says where they stand in it.

    Examples
    --------
    >>> import bgdata as bg
    >>> cost = bg.product(bg.load("post", period="2024-S1"), "post.counter_staff", "post.counter_staff_support")
    >>> cost[["lower", "upper", "unit"]].values.tolist()
    [[10000000.0, 24000000.0, 'VND']]
    """
    rows = _rows(package or Package.open(), frame, count, each)
    if not rows:
        return framed([])
    if "percent" in (rows[0]["unit"], rows[1]["unit"]):
        raise _apart([row["unit"] for row in rows])
    amount = _operand(rows[0]) * _operand(rows[1])
    return _derived(rows, "product", " × ", amount, unit=rows[1]["unit"], label=label, measure=rows[1]["measure"])


def _rows(package, frame, *keys):
    """Return the rows with these keys, all of one period; none at all where one is missing.

    A key may be a computed row instead, as a frame.
    """
    wanted = [key if isinstance(key, pd.DataFrame) else package.key(key) for key in keys]
    names = [key.indicator for key in wanted if isinstance(key, Key)]
    find = finder(frame[frame["indicator"].isin(names)])
    given = [key.to_dict("records") if isinstance(key, pd.DataFrame) else [find(key)] for key in wanted]
    if twice := next((one for one in given if len(one) > 1), None):
        raise BgdataError("Numbers are computed one at a time, but a frame has {count} rows.", count=len(twice))
    rows = [one[0] if one else None for one in given]
    refuse_apart([row for row in rows if row is not None])
    there = [row for row in rows if row is not None and not isnan(row["lower"])]
    return there if len(there) == len(keys) else []


def _quotient(rows, derived, unit_of, *, label, measure, by=UNIT):
    """Divide the first row by the second, times `by`."""
    if not rows:
        return framed([])
    unit, sides = unit_of(*(row["unit"] for row in rows)), [_operand(row) for row in rows]
    if sides[1].face == Interval.of(0) or sides[1].interval.lower < 0 < sides[1].interval.upper:
        return framed([])
    result = sides[0] / sides[1] * by
    return _derived(rows, derived, " / ", result, unit=unit, label=label, measure=measure)


def _operand(row):
    """Return what a row's number can be; what cannot be negative is at least zero."""
    lower, upper = max(row["lower"], FLOORS.get(row["measure"], 0)), row["upper"]
    value = row["value"]
    face = None if isnan(value) else Interval.of(_exact(value))
    return Sides(Interval(_exact(lower), _exact(upper)), face)


def _exact(number):
    """Return the decimal number that a float stands for."""
    return Fraction(str(number)) if isfinite(number) else number


def _derived(rows, name, sign, sides, *, unit, label, measure=None):
    """Make the row of a computed number; none where nothing can be said of it."""
    qualifier, value = _stated(sides, any(row["qualifier"] in (">", "<") for row in rows))
    if not qualifier:
        return framed([])
    section, as_of, status, verdict = (
        list(dict.fromkeys(filter(None, (row.get(column) for row in rows))))
        for column in ("section", "as_of", "status", "verdict")
    )
    row = {
        "area": rows[0].get("area"),
        "period": rows[0]["period"],
        "sector": rows[0]["sector"],
        "label": label or sign.join(row["label"] for row in rows),
        "value": NAN if value is None else float(value),
        "lower": float(sides.interval.lower),
        "upper": float(sides.interval.upper),
        "unit": unit,
        "measure": measure or rows[0]["measure"],
        "qualifier": qualifier,
        "status": min(status, key=ORDER_OF_STATUS.find, default=""),
        "section": "; ".join(section),
        "as_of": as_of[0] if len(as_of) == 1 else "",
        "note": sign.join(row["printed"] or f"({row['note']})" for row in rows),
        "derived": name,
        "verdict": min(verdict, key=WORST_FIRST.index, default=""),
    }
    return framed([dict.fromkeys(("indicator", "category", "printed", "key"), "") | row])


def _stated(sides, bounds):
    """Return how exactly a computed number is known, and the number, or the one bound of it that is known.

    Parameters
    ----------
    sides : Sides
    bounds : bool
        The report prints a bound instead of one of the numbers.
    """
    interval, face = sides
    if interval.exact:
        return "=", interval.lower
    if interval.bounded and not bounds:
        return ("~", face.lower) if face else ("range", None)
    nothing_below = interval.lower in (-inf, 0)
    if interval.upper == inf:
        return ("", None) if nothing_below else (">", interval.lower)
    return ("<", interval.upper) if nothing_below else ("range", None)


def _one_unit(units):
    """Return the unit that all of them are in."""
    found = list(dict.fromkeys(units))
    if len(found) > 1:
        raise _apart(found)
    return found[0]


def _unit_of_ratio(part, whole):
    if part == whole:
        return ""
    if "percent" in (part, whole) or not (_simple(part) and _simple(whole)):
        raise _apart([part, whole])
    return f"{part}/{whole}"


def _unit_of_share(part, whole):
    counts = all(_simple(unit) and unit not in ("percent", *CURRENCIES) for unit in (part, whole))
    if part != whole and not counts:
        raise _apart([part, whole])
    return "percent"


def _simple(unit):
    return unit != "" and "/" not in unit


def _unit_of_whole(part, share):
    if share != "percent" or part == "percent":
        raise _apart([part, share])
    return part


def _apart(units):
    return BgdataError(
        "Numbers in {units} do not go together in this computation.", units=[unit or "1" for unit in units]
    )
