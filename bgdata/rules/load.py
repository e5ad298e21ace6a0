"""Load numbers for analysis: the rows of the package, each with the verdict of the rules about it.

Nothing is corrected and nothing left out: a number that contradicts others is there with its verdict.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress

import pandas as pd

from bgdata.errors import BgdataError, UnknownName
from bgdata.notation import Period
from bgdata.package import Key, Package, reads
from bgdata.package.observations import framed, read, unreported
from bgdata.package.selection import over_areas
from bgdata.package.workspace import Workspace, asked
from bgdata.rules.findings import examine
from bgdata.voice import Message

UNKNOWN_SECTION = Message('Section "{name}" is unknown{hint}')


def load(
    sector: str | Key | Sequence[str | Key] | None = None,
    period: str | Sequence[str] | None = None,
    *,
    area: str | Sequence[str] | None = None,
    section: str | None = None,
    lang: str = "vi",
    expected: bool = False,
    package: Package | None = None,
) -> pd.DataFrame:
    """Load the observations of one or more sectors, or of all, for one or more periods; in a workspace, of all its areas.

    Parameters
    ----------
    sector : str, Key or sequence of them, optional
        One of the codes that :func:`sectors` lists, or the key of a number (``"telecom.bts"`` for an indicator with
        its categories, ``"telecom.bts[4G]"``); all sectors if left out.
    period : str or sequence of str, optional
        SDMX period code, such as ``"2024-S1"``; the newest that has observations if left out.
    area : str or sequence of str, optional
        In a workspace: codes or names of some of its areas.
    section : str, optional
        Only what stands in this section of the report, its subsections and their footnotes, such as ``"I.2.1.a"``.
    lang : {"vi", "en"}
        Language of ``label``.
    expected : bool
        Also return a row with status ``M`` for each indicator of the catalogue, and for each recurring category,
        that a period has no observation of.
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    pandas.DataFrame
        One row per number, in the report's order (with `expected`, in the catalogue's). What a reader asks first
        stands first; IPython and JupyterLab show its numbers in full, without an exponent:

        - ``label`` (str): the indicator's name; of a category, ``"name: category"``.
        - ``printed``, ``unit``, ``section``, ``note`` (str): the number as printed, the code of its unit, and where it
          stands in the report.
        - ``value`` (float64): in ``unit``; NaN where the report gives a range or nothing.
        - ``lower``, ``upper`` (float64): the interval that the printed form stands for, in ``unit``; infinite without a
          bound.
        - ``qualifier``, ``status``, ``measure`` (str): codes, see ``data/datapackage.json``.
        - ``as_of`` (str): ISO date that the number refers to, empty where the report gives none.
        - ``period``, ``sector``, ``indicator``, ``category`` (str): codes; ``category`` is empty for the total.
        - ``key`` (str): which number it is: ``"telecom.bts[4G]"``.
        - ``derived`` (str): the computation that it comes from; empty, since the report prints it.
        - ``verdict`` (str): the worst of the rules about it: ``"contradicts"``, ``"cannot tell"`` or ``"holds"``;
          empty where there is no rule.
        - ``area`` (str), the first column: only in a workspace, where ``key`` names it too (``"telecom.bts@VN-24"``).

    Raises
    ------
    UnknownName
        No such sector, indicator, category, section, period or area; the message names the near matches.
    DataError
        Lines that cannot be used, all of them, with file and line.

    Notes
    -----
    Source: the department's report for the period; ``section`` says where in it.

    Examples
    --------
    >>> import bgdata as bg
    >>> telecom = bg.load("telecom", period="2024-S1", lang="en")
    >>> telecom.loc[telecom.indicator == "telecom.bts", ["label", "value", "unit"]].head(2).to_string(index=False)
    '                   label  value    unit\\n    Mobile base stations 3775.0 station\\nMobile base stations: 2G  884.0 station'
    >>> bg.load("telecom.bts[4G]", period="2024-S1")[["key", "value", "verdict"]].values.tolist()
    [['telecom.bts[4G]', 1647.0, 'holds']]
    >>> bg.load(section="I.2.1.a", period="2024-S1")["section"].unique().tolist()
    ['I.2.1.a', 'I.2.1.a fn1']
    """
    package = package or Package.open()
    periods = [package.newest()] if period is None else list(dict.fromkeys(map(package.period, _listed(period))))
    wanted = [_sector_or_key(package, one) for one in ([None] if sector is None else _listed(sector))]
    if isinstance(package, Workspace):
        return _of_areas(package, wanted, periods, area, section=section, lang=lang, expected=expected)
    if area:
        asked(package, _listed(area))
    names = _names(package, wanted)
    note(package, periods, names, wanted)
    rows = _meant(package, numbers(package, periods, names, lang=lang, expected=expected), wanted)
    return framed(rows if section is None else _standing_in(package, rows, section))


def _names(package, wanted):
    """Return the indicators that sectors and keys stand for, in the order of the catalogue."""
    named = {
        name for one in wanted for name in ([one.indicator] if isinstance(one, Key) else package.indicators_of(one))
    }
    return [name for name in package.indicators if name in named]


def _meant(package, rows, wanted):
    """Return the rows that are meant: of a key with a category only that one."""
    keys = {str(one) for one in wanted if isinstance(one, Key) and one.category}
    whole = {*_names(package, [one for one in wanted if str(one) not in keys])}
    return [row for row in rows if row["indicator"] in whole or row["key"] in keys]


def _listed(one):
    return [one] if isinstance(one, str | Key | Period) or not isinstance(one, Iterable) else list(one)


def _sector_or_key(package, name):
    """Return the code of a sector, or a key; None for all sectors. A period in their place is told where it goes."""
    if name is None:
        return None
    if isinstance(name, Key) or isinstance(name, str) and "." in name:
        return package.key(name)
    with suppress(BgdataError):
        name = Period.parse(name)
    if isinstance(name, Period):
        raise BgdataError('"{code}" is a period, not a sector; write period="{code}".', code=name)
    return package.sector(name)


def _standing_in(package, rows, section):
    """Return the rows of a section, of what is below it, and of the footnotes of these."""
    found = [
        row for row in rows if row["section"] == section or row["section"].startswith((f"{section}.", f"{section} "))
    ]
    if not found and section not in package.sections:
        raise UnknownName.of(UNKNOWN_SECTION, section, [*dict.fromkeys(filter(None, (row["section"] for row in rows)))])
    return found


def _of_areas(workspace, wanted, periods, areas, *, expected, **options):
    """Return the rows of several areas; with `expected`, also for an area that has no report of a period it exists in."""
    areas = areas or [one.area for one in wanted if isinstance(one, Key) and one.area]
    wanted = [Key(one.indicator, one.category) if isinstance(one, Key) else one for one in wanted]
    names = _names(workspace, wanted)

    def ask(package, there):
        without = [one for one in periods if one not in there and workspace.there(package.area, one)]
        gaps = [row for one in without if expected for row in unreported(package, one, names, options["lang"])]
        sectors = None if wanted == [None] else wanted
        rows = load(sectors, there, package=package, expected=expected, **options) if there else framed([])
        return pd.concat([rows, framed(_meant(package, gaps, wanted))], ignore_index=True) if gaps else rows

    return over_areas(workspace, areas, periods, ask)


def numbers(package, periods, names, *, lang, expected) -> list[dict]:
    """Return the rows of the named indicators, with the verdicts of the rules about them."""
    if isinstance(package, Workspace):
        raise BgdataError("This asks for one area of several; open its report: bg.report(period, area=...).")
    worst = {period.code: verdicts(package, period, names) for period in periods}
    rows = read(package, periods, names, lang=lang, expected=expected)
    return [row | {"verdict": worst[row["period"]].get(row["key"], "")} for row in rows]


def verdicts(package, period, names) -> dict[str, str]:
    """Return the worst verdict on each number of a period by key; note what those of the named indicators depend on."""
    findings = examine(package, period, names)
    findings.note()
    return findings.verdicts


def value(
    indicator: str | Key, period: str | None = None, *, category: str = "", package: Package | None = None
) -> float:
    """Return the value of one observation, in the indicator's unit.

    Parameters
    ----------
    indicator : str or Key
        Such as ``"telecom.bts"`` or ``"telecom.bts[4G]"``.
    period : str, optional
        The newest that has observations if left out.
    category : str
        Another way to name the category; empty for the total.
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    float
        NaN where the report gives a range, or has no such observation in this period.

    Raises
    ------
    UnknownName
        No such indicator, category or period.
    BgdataError
        `indicator` names another category than `category`.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.value("telecom.bts[4G]", period="2024-S1"), bg.value("telecom.bts", period="2024-S1", category="4G")
    (1647.0, 1647.0)
    """
    package = package or Package.open()
    key = package.key(indicator)
    if category and key.category not in ("", category):
        raise BgdataError('{key} is not the category "{category}"; name one of them.', key=key, category=category)
    key = package.key(Key(key.indicator, category, key.area)) if category else key
    one = package.newest() if period is None else package.period(period)
    if isinstance(package, Workspace):
        found = load(key, one, area=package.of(key).area, package=package)["value"]
        return float(found.iloc[0]) if len(found) else float("nan")
    reads.record(f"observations/{one}.csv", indicator=key.indicator, category=key.category)
    rows = read(package, [one], [key.indicator])
    return next((row["value"] for row in rows if row["key"] == str(key)), float("nan"))


def note(package, periods, names, asked):
    """Note what the rows depend on: the observations, and what their labels and units are taken from."""
    for period in periods:
        reads.record(f"observations/{period}.csv", indicator=names)
    for one in asked:
        whose = {"indicator": one.indicator} if isinstance(one, Key) else {"sector": one} if one else {}
        reads.record("indicators.csv", **whose)
    reads.record("categories.csv", breakdown=filter(None, {package.indicators[name]["breakdown"] for name in names}))
