"""Load numbers for analysis: the rows of the package, each with the verdict of the rules about it.

Nothing is corrected and nothing left out: a number that contradicts others is there with its verdict.
"""

from collections.abc import Iterable, Sequence

import pandas as pd

from bgdata.package import Key, Package, reads
from bgdata.package.observations import framed, read, unreported
from bgdata.package.selection import over_areas
from bgdata.package.workspace import Workspace, asked
from bgdata.rules.findings import examine


def load(
    sector: str | Key | None = None,
    *,
    period: str | Sequence[str],
    area: str | Sequence[str] | None = None,
    lang: str = "vi",
    expected: bool = False,
    package: Package | None = None,
) -> pd.DataFrame:
    """Load the observations of one sector, or of all, for one or more periods; in a workspace, of all its areas.

    Parameters
    ----------
    sector : str or Key, optional
        One of the codes that :func:`sectors` lists, or the key of a number (``"telecom.bts"`` for an indicator with
        its categories, ``"telecom.bts[4G]"``); all sectors if left out.
    period : str or sequence of str
        SDMX period code, such as ``"2024-S1"``.
    area : str or sequence of str, optional
        In a workspace: codes or names of some of its areas.
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
        One row per number, in the report's order (with `expected`, in the catalogue's):

        - ``period``, ``sector``, ``indicator``, ``category`` (str): codes; ``category`` is empty for the total.
        - ``label`` (str): the indicator's name; of a category, ``"name: category"``.
        - ``value`` (float64): in ``unit``; NaN where the report gives a range or nothing.
        - ``lower``, ``upper`` (float64): the interval that the printed form stands for; infinite without a bound.
        - ``unit``, ``measure``, ``qualifier``, ``status`` (str): codes, see ``data/datapackage.json``.
        - ``printed``, ``section`` (str): the number as printed, and where it stands in the report.
        - ``as_of`` (str): ISO date that the number refers to, empty where the report gives none.
        - ``note`` (str).
        - ``key`` (str): which number it is: ``"telecom.bts[4G]"``.
        - ``derived`` (str): the computation that it comes from; empty, since the report prints it.
        - ``verdict`` (str): the worst of the rules about it: ``"contradicts"``, ``"cannot tell"`` or ``"holds"``;
          empty where there is no rule.
        - ``area`` (str), the first column: only in a workspace, where ``key`` names it too (``"telecom.bts@VN-24"``).

    Raises
    ------
    UnknownName
        No such sector, indicator, category, period or area; the message names the near matches.
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
    """
    package = package or Package.open()
    codes = [period] if isinstance(period, str) or not isinstance(period, Iterable) else period
    periods = list(dict.fromkeys(map(package.period, codes)))
    key = package.key(sector) if isinstance(sector, Key) or isinstance(sector, str) and "." in sector else None
    if isinstance(package, Workspace):
        return _of_areas(
            package, key or sector, periods, area or (key.area if key else ""), lang=lang, expected=expected
        )
    if area:
        asked(package, [area] if isinstance(area, str) else area)
    names = [key.indicator] if key else package.indicators_of(sector)
    _note(package, periods, names, key or sector)
    rows = judged(package, read(package, periods, names, lang=lang, expected=expected), periods, names)
    return rows[rows["category"] == key.category].reset_index(drop=True) if key and key.category else rows


def _of_areas(workspace, about, periods, areas, **options):
    """Return the rows of several areas; with `expected`, also for an area that has no report of a period it exists in."""
    key = Key(about.indicator, about.category) if isinstance(about, Key) else about
    names = [key.indicator] if isinstance(key, Key) else workspace.indicators_of(key)

    def ask(package, there):
        without = [one for one in periods if one not in there and workspace.there(package.area, one)]
        gaps = [unreported(package, one, names, options["lang"]) for one in without if options["expected"]]
        rows = load(key, period=there, package=package, **options) if there else framed([])
        return pd.concat([rows, *(gap for gap in gaps if len(gap))], ignore_index=True)

    rows = over_areas(workspace, areas, periods, ask)
    return rows[rows["category"] == key.category] if isinstance(key, Key) and key.category else rows


def judged(package, rows, periods, names) -> pd.DataFrame:
    """Return rows of the named indicators with the verdicts of the rules about them."""
    worst = {period.code: verdicts(package, period, names) for period in periods}
    told = [worst[period].get(key, "") for period, key in zip(rows["period"], rows["key"])]
    return rows.assign(verdict=pd.Series(told, index=rows.index, dtype=rows["key"].dtype))


def verdicts(package, period, names) -> dict[str, str]:
    """Return the worst verdict on each number of a period by key; note what those of the named indicators depend on."""
    findings = examine(package, period)
    findings.about(names).note()
    return findings.verdicts


def value(indicator: str | Key, *, period: str, category: str = "", package: Package | None = None) -> float:
    """Return the value of one observation, in the indicator's unit.

    Parameters
    ----------
    indicator : str or Key
        Such as ``"telecom.bts"`` or ``"telecom.bts[4G]"``.
    period : str
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

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.value("telecom.bts[4G]", period="2024-S1"), bg.value("telecom.bts", period="2024-S1", category="4G")
    (1647.0, 1647.0)
    """
    package = package or Package.open()
    key = package.key(indicator)
    key = package.key(Key(key.indicator, category, key.area)) if category else key
    if isinstance(package, Workspace):
        found = load(key, period=period, area=package.of(key).area, package=package)["value"]
        return float(found.iloc[0]) if len(found) else float("nan")
    reads.record(f"observations/{package.period(period)}.csv", indicator=key.indicator, category=key.category)
    rows = read(package, [package.period(period)], [key.indicator])
    found = rows.loc[rows["key"] == str(key), "value"]
    return float(found.iloc[0]) if len(found) else float("nan")


def _note(package, periods, names, asked):
    """Note what the rows depend on: the observations, and what their labels and units are taken from."""
    for period in periods:
        reads.record(f"observations/{period}.csv", indicator=names)
    whose = {"indicator": names} if isinstance(asked, Key) else {"sector": asked} if asked else {}
    reads.record("indicators.csv", **whose)
    reads.record("categories.csv", breakdown=filter(None, {package.indicators[name]["breakdown"] for name in names}))
