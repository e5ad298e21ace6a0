"""Load numbers for analysis: the rows of the package, each with the verdict of the rules about it.

Nothing is corrected and nothing left out: a number that contradicts others is there with its verdict.
"""

from collections.abc import Iterable, Sequence

import pandas as pd

from bgdata.package import Key, Package, reads
from bgdata.package.observations import framed, read
from bgdata.rules.findings import examine


def load(
    sector: str | Key | None = None,
    *,
    period: str | Sequence[str],
    lang: str = "vi",
    expected: bool = False,
    package: Package | None = None,
) -> pd.DataFrame:
    """Load the observations of one sector, or of all, for one or more periods.

    Parameters
    ----------
    sector : str or Key, optional
        One of the codes that :func:`sectors` lists, or the key of a number (``"telecom.bts"`` for an indicator with
        its categories, ``"telecom.bts[4G]"``); all sectors if left out.
    period : str or sequence of str
        SDMX period code, such as ``"2024-S1"``.
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

    Raises
    ------
    UnknownName
        No such sector, indicator, category or period; the message names the near matches.
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
    names = [key.indicator] if key else package.indicators_of(sector)
    note(package, periods, names, key or sector)
    rows = numbers(package, periods, names, lang=lang, expected=expected)
    return framed([row for row in rows if not (key and key.category) or row["category"] == key.category])


def numbers(package, periods, names, *, lang, expected) -> list[dict]:
    """Return the rows of the named indicators, with the verdicts of the rules about them."""
    worst = {period.code: verdicts(package, period, names) for period in periods}
    rows = read(package, periods, names, lang=lang, expected=expected)
    return [row | {"verdict": worst[row["period"]].get(row["key"], "")} for row in rows]


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
    key = package.key(Key(key.indicator, category)) if category else key
    reads.record(f"observations/{package.period(period)}.csv", indicator=key.indicator, category=key.category)
    rows = read(package, [package.period(period)], [key.indicator])
    return next((row["value"] for row in rows if row["key"] == str(key)), float("nan"))


def note(package, periods, names, asked):
    """Note what the rows depend on: the observations, and what their labels and units are taken from."""
    for period in periods:
        reads.record(f"observations/{period}.csv", indicator=names)
    whose = {"indicator": names} if isinstance(asked, Key) else {"sector": asked} if asked else {}
    reads.record("indicators.csv", **whose)
    reads.record("categories.csv", breakdown=filter(None, {package.indicators[name]["breakdown"] for name in names}))
