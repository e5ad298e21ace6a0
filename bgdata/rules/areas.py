"""What the numbers of several areas have to do with each other: their order, and the sums of areas that were merged.

An order is told as far as the intervals tell it. Sums are made of what adds up: amounts, printed by each of the parts; a
break in the new area's `breaks.csv` says of which numbers they are not the same thing.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import reduce
from operator import add

import pandas as pd

from bgdata.errors import BgdataError
from bgdata.notation import Period
from bgdata.package import AMOUNTS, Key, Package, observations, reads
from bgdata.package.selection import over_areas
from bgdata.package.workspace import Workspace
from bgdata.rules import bases
from bgdata.rules.comparison import COLUMNS, CONTRADICTORY, NO_BASE, NUMERIC, ONE_BOUND, base_period_of
from bgdata.rules.findings import printed
from bgdata.rules.load import load, verdicts
from bgdata.rules.verdicts import CONTRADICTS
from bgdata.voice import Bilingual, Message

RANK = Message("rank {best} of {count}")
RANKS = Message("rank {best} to {worst} of {count}")


def ranked(frame: pd.DataFrame) -> pd.DataFrame:
    """Put the areas in the order of one number, the highest first.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`load` in a workspace: one number of one period, a row for each area.

    Returns
    -------
    pandas.DataFrame
        The rows that have a number, with ``best`` and ``worst`` (int64), the places that the intervals allow (the same
        for equal numbers), and ``of`` (int64), how many areas have one.

    Raises
    ------
    BgdataError
        The rows are of several numbers or periods.

    Notes
    -----
    Source: the reports of the areas that the rows are of.

    Examples
    --------
    >>> import bgdata as bg
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"area": ["A", "B", "C"], "key": ["x@A", "x@B", "x@C"], "lower": [5.0, 9.0, 4.5]})
    >>> bg.ranked(rows.assign(value=rows.lower, upper=[5.0, 9.0, 5.5], period="2024-S1"))[["area", "best", "worst"]].values.tolist()
    [['B', 1, 1], ['C', 2, 3], ['A', 2, 3]]
    """
    numbers = {
        (Key.parse(key).indicator, Key.parse(key).category, period)
        for key, period in zip(frame["key"], frame["period"])
    }
    if len(numbers) > 1:
        raise BgdataError("Areas are ranked by one number of one period, but these are {count}.", count=len(numbers))
    rows = frame[frame["lower"].notna()].sort_values(["upper", "lower"], ascending=False, kind="stable")
    ends = list(zip(rows["lower"], rows["upper"]))
    best = [1 + sum(two[0] >= one[1] and two != one for two in ends) for one in ends]
    open_ = [sum(two[1] > one[0] and two[0] < one[1] and two != one for two in ends) for one in ends]
    worst = [place + more for place, more in zip(best, open_)]
    return rows.assign(best=best, worst=worst, of=len(rows)).reset_index(drop=True)


def completeness(
    period: str | Sequence[str], *, by: str = "sector", lang: str = "vi", package: Package | None = None
) -> pd.DataFrame:
    """Tell how much of what reports are expected to print is there, area by area.

    Parameters
    ----------
    period : str or sequence of str
    by : {"sector", "period"}
        What the numbers are counted by.
    lang : {"vi", "en"}
        Language of ``head``.
    package : Package, optional
        The one of the project at hand if left out: a workspace, or one area.

    Returns
    -------
    pandas.DataFrame
        A row for each area that exists in a period, and each sector or period: ``area``, ``head`` (its name),
        ``present`` and ``expected`` (int64), ``value`` (float64): percent.

    Raises
    ------
    UnknownName
        No such period.

    Notes
    -----
    Source: the catalogue, and the observations of the period.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.completeness("2024-S1", lang="en").head(2).values.tolist()
    [['', 'Steering and guidance', 5, 5, 100.0], ['', 'Postal services', 10, 10, 100.0]]
    """
    package = package or Package.open()
    rows = load(period=period, lang=lang, expected=True, package=package)
    rows = rows if "area" in rows else rows.assign(area=package.area)
    there = (rows["status"] != "M").groupby([rows["area"], rows[by]], sort=False).agg(["sum", "size"])
    named = {name: row[f"label_{lang}"] for name, row in package.sectors.items()}
    names = named if by == "sector" else {code: Period.parse(code).label(lang) for code in rows["period"].unique()}
    found = [[area, names[code], *counts] for (area, code), counts in zip(there.index, there.to_numpy().tolist())]
    frame = pd.DataFrame(found, columns=["area", "head", "present", "expected"])
    return frame.assign(value=frame["present"] / frame["expected"] * 100)


def rank_text(row: Mapping, lang: str, *, package: Package) -> str:
    """Say which place the area of a number has among all areas: "thứ 4 trong 34"; "" where it has none.

    Raises
    ------
    BgdataError
        The package is no area of a workspace.
    """
    area, home = row.get("area") or package.area, Package.open(package.home)
    if not isinstance(home, Workspace) or not area:
        raise BgdataError("There is no rank: the number is of no area of a workspace.")
    key = Key(row["indicator"], row["category"])
    rows = ranked(load(key, period=row["period"], package=home).query("category == @key.category"))
    found = rows[rows["area"] == area].to_dict("records")
    if not found:
        return ""
    one = {"best": found[0]["best"], "worst": found[0]["worst"], "count": found[0]["of"]}
    return Message((RANK if one["best"] == one["worst"] else RANKS).text, **one).to(lang)


def merged(
    keys: str | Key | Sequence[str | Key],
    *,
    period: str,
    base_period: str | None = None,
    lang: str = "vi",
    package: Package | None = None,
) -> pd.DataFrame:
    """Compare areas that others were merged into with the sums of these, in an earlier period.

    Parameters
    ----------
    keys : str, Key or sequence of them
    period : str
    base_period : str, optional
        The same period of the year before if left out.
    lang : {"vi", "en"}
    package : Package, optional
        A workspace, in whose `areas.csv` ``into`` says what was merged; the one of the project at hand if left out.

    Returns
    -------
    pandas.DataFrame
        A row for each area that others were merged into since the earlier period, and each key: ``area``, the columns of :func:`compare`, and ``parts`` (str), the codes of the
        areas that were merged. ``basis`` is ``"merged"``; it is empty, and ``reason`` says why, where the numbers do not
        add up (shares, ratios, ranges), where one of the parts did not print it, and across a break in the new area's
        `breaks.csv`.

    Raises
    ------
    UnknownName
        No such period, indicator or category.

    Notes
    -----
    Source: the reports of the areas, and the `areas.csv` of the workspace.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.merged("telecom.bts", period="2024-S1").empty  # no workspace, no mergers
    True
    """
    package = package or Package.open()
    now = package.period(period)
    then = base_period_of(now, base_period)
    asked = [package.key(key) for key in ([keys] if isinstance(keys, str | Key) else keys)]
    columns = ["area", *COLUMNS, "parts"]
    whole = isinstance(package, Workspace)
    new = [one for one in package.areas if package.parts(one, then) and package.package(one).has(now)] if whole else []
    if not new:
        return observations.framed([], columns, NUMERIC)

    def ask(one, _):
        rows = [_merged(package, one, key, now, then, lang) for key in asked if key.area in ("", one.area)]
        return observations.framed(rows, columns[1:], NUMERIC)

    return over_areas(package, new, [now], ask)


def _merged(workspace, package, key, now, then, lang):
    """Return the row of one number of an area that others were merged into."""
    found = printed(package, now).get(key.indicator, {}).get(key.category)
    row = found and observations.observation(package, now, found.row, lang)
    row = row or observations.missing(package, now, Key(key.indicator, key.category), lang)
    row |= {"verdict": verdicts(package, now, [key.indicator]).get(row["key"], "")}
    row |= NO_BASE | {"base_period": then.code, "parts": " ".join(workspace.parts(package.area, then))}
    olds, reason = _parts(workspace, package, key, now, then, lang)
    if not (found and found.operand):
        reason = reason or Message("No data for the {period}.", period=now.label(lang))
    elif row["verdict"] == CONTRADICTS:
        reason = reason or CONTRADICTORY
    if reason:
        return row | {"reason": reason.to(lang)}
    base = reduce(add, map(bases.Sides.of, olds))
    change, growth = bases.since(bases.Sides.of(found), base)
    told = {"direction": bases.direction(change), "basis": "merged", **bases.columns("base", base)}
    told |= {"reason": ONE_BOUND.to(lang)} if not change.interval.bounded else {}
    told["base_qualifier"] = "=" if base.interval.exact else "~"
    return row | told | bases.columns("change", change) | bases.columns("growth", growth)


def _parts(workspace, package, key, now, then, lang):
    """Return the numbers of the merged areas, and why they cannot be added up, if they cannot."""
    indicator, olds = package.indicators[key.indicator], []
    parts = workspace.packages(workspace.parts(package.area, then))
    mergers = [end + timedelta(1) for one in parts if (end := workspace.areas[one.area]["to"])]
    breaks = [row for one in (package, *parts) for row in one.breaks_between(indicator, then, now)]
    broken = next((row for row in breaks if row["scope"] != "*" or row["on"] not in mergers), None)
    if indicator["measure"] not in AMOUNTS or indicator["unit"] == "percent":
        return [], Message("Shares and ratios of the parts do not add up.")
    if broken:
        return [], Message("Not comparable. {why}", why=Bilingual(broken, "reason"))
    for part in parts:
        with reads.within(part.root / "data", workspace.root):
            worst = verdicts(part, then, [key.indicator])
        one = printed(part, then).get(key.indicator, {}).get(key.category)
        if worst.get(str(Key(key.indicator, key.category))) == CONTRADICTS:
            return [], Message("The number of {area} contradicts others of its report.", area=part.name(lang))
        if not one or not one.operand:
            return [], Message("{area} did not print it.", area=part.name(lang))
        if one.row["value"] is None or not one.operand.interval.bounded:
            return [], Message("{area} printed a range or a bound, which does not add up.", area=part.name(lang))
        olds.append(one)
    return olds, None
