"""What there is: periods, sectors, indicators, categories and units, as frames.

Codes and labels only; the numbers are in `observations`.
"""

import pandas as pd

from bgdata.package import AMOUNTS, reads
from bgdata.package.datapackage import Package
from bgdata.package.descriptor import read_table
from bgdata.package.key import Key


def periods(*, package: Package | None = None) -> pd.DataFrame:
    """List the periods, oldest first.

    Parameters
    ----------
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    pandas.DataFrame
        One row for each: ``period, start, end, label_vi, label_en, source_vi, source_en`` (dates as datetime.date), and ``observations``
        (int): how many numbers the package holds for it.

    Raises
    ------
    DataError
        The files of the data package cannot be used.

    Notes
    -----
    Source: `data/periods.csv`, which names the report of each.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.periods()[["period", "label_vi", "observations"]].head(1).values.tolist()
    [['2024-S1', '6 tháng đầu năm 2024', 135]]
    """
    package = package or Package.open()
    reads.record("periods.csv")
    for period in package.periods:
        reads.record(f"observations/{period}.csv")
    frame = pd.DataFrame(package.periods.values(), columns=package.schemas["periods"].columns)
    counts = [sum(_count(one, period) for one in package.packages() if one.has(period)) for period in package.periods]
    return frame.assign(observations=counts)


def sectors(*, package: Package | None = None) -> pd.DataFrame:
    """List the sectors in the report's order.

    Parameters
    ----------
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    pandas.DataFrame
        One row for each: ``sector, section, label_vi, label_en`` (str), ``position`` (int).

    Raises
    ------
    DataError
        The files of the data package cannot be used.

    Notes
    -----
    Source: the catalogue in `data/`, which is made by hand from the reports.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.sectors()["sector"].head(3).to_list()
    ['direction', 'post', 'telecom']
    """
    reads.record("sectors.csv")
    return _frame(package or Package.open(), "sectors").sort_values("position", ignore_index=True)


def indicators(sector: str | Key | None = None, *, package: Package | None = None) -> pd.DataFrame:
    """List what is measured, in the report's order.

    Parameters
    ----------
    sector : str or Key, optional
        One sector's indicators only, or the one of a key.
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    pandas.DataFrame
        One row for each: ``indicator, sector, label_vi, label_en, unit, measure, of, breakdown, definition, headline``. (The phrases by which a report
        is read, ``cue``, are in the file only.)

    Raises
    ------
    UnknownName
        No such sector or indicator.

    Notes
    -----
    Source: the catalogue in `data/`, which is made by hand from the reports.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.indicators("telecom").query("unit == 'station'")[["indicator", "breakdown"]].values.tolist()
    [['telecom.bts', 'technology']]
    """
    package = package or Package.open()
    frame = _frame(package, "indicators")
    names = package.indicators_of(sector)
    _note(package, sector, names)
    return frame[frame["indicator"].isin(names)].drop(columns="cue").reset_index(drop=True)


def categories(indicator: str | Key | None = None, *, package: Package | None = None) -> pd.DataFrame:
    """List the categories that an indicator is broken down by, or all that there are.

    Parameters
    ----------
    indicator : str or Key, optional
        Such as ``"telecom.bts"``.
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    pandas.DataFrame
        One row for each: ``breakdown, category, label_vi, label_en`` (str), ``recurring`` (bool: every report is expected to print it); no rows
        for an indicator without a breakdown.

    Raises
    ------
    UnknownName
        No such indicator.

    Notes
    -----
    Source: the catalogue in `data/`, which is made by hand from the reports.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.categories("telecom.bts")["category"].to_list()
    ['2G', '3G', '4G', '5G']
    """
    package = package or Package.open()
    breakdown = None if indicator is None else package.indicators[package.key(indicator).indicator]["breakdown"] or ""
    reads.record("categories.csv", **({} if breakdown is None else {"breakdown": breakdown}))
    frame = _frame(package, "categories")
    return frame if breakdown is None else frame[frame["breakdown"] == breakdown].reset_index(drop=True)


def units(*, package: Package | None = None) -> pd.DataFrame:
    """List the units that numbers are measured in.

    Parameters
    ----------
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    pandas.DataFrame
        One row for each: ``unit, label_vi, label_en`` (str).

    Raises
    ------
    DataError
        The files of the data package cannot be used.

    Notes
    -----
    Source: the catalogue in `data/`, which is made by hand from the reports.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.units().query("unit == 'station'").values.tolist()
    [['station', 'trạm', 'stations']]
    """
    reads.record("units.csv")
    return _frame(package or Package.open(), "units")


def completions(sector: str | Key | None = None, *, package: Package | None = None) -> pd.DataFrame:
    """List the pairs n/N of the catalogue: a part, its whole, and the share that reports print of it.

    Parameters
    ----------
    sector : str, optional
        One sector's pairs only.
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    pandas.DataFrame
        One row for each pair: ``part, whole, share`` (keys; ``share`` is empty where there is none), ``measure`` (of the part), and
        ``coverage`` (bool): both are stocks in one unit, so that the share says how far something has come. That the
        whole is only the denominator of the same things (``x`` of ``x_total``, teams of teams) is no coverage.

    Raises
    ------
    UnknownName
        No such sector or indicator.

    Notes
    -----
    Source: the catalogue in `data/`, which is made by hand from the reports.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.completions("office").values.tolist()
    [['office.procedures_online', 'office.procedures', '', 'stock', True]]
    >>> len(bg.completions()), int(bg.completions()["coverage"].sum())
    (11, 4)
    """
    package = package or Package.open()
    rows, names = package.indicators, package.indicators_of(sector)
    _note(package, sector, names)
    found = []
    for name in names:
        row, whole = rows[name], rows[name]["of"]
        if row["measure"] in AMOUNTS and whole:
            shares = [one for one in rows if one.startswith(f"{name}_") and rows[one]["of"] == whole]
            alike = all(row[column] == rows[whole][column] for column in ("unit", "measure"))
            covers = alike and row["measure"] == "stock" and whole != f"{name}_total"
            found.append([name, whole, *(shares or [""])[:1], row["measure"], covers])
    return pd.DataFrame(found, columns=["part", "whole", "share", "measure", "coverage"])


def _note(package, sector, names):
    """Note that the indicators of a sector, of a key, or all, were asked for."""
    reads.record(
        "indicators.csv",
        **({"sector": sector} if sector in package.sectors else {"indicator": names} if sector else {}),
    )


def _frame(package, name):
    return pd.DataFrame(package.tables[name].rows, columns=package.schemas[name].columns).fillna("")


def _count(package, period):
    """Count the lines of a period's file that can be read."""
    file = package.observations_file(period)
    return len(read_table(file, package.schemas["observations"], name=file.name)[0].rows)
