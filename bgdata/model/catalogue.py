"""What there is: periods, sectors and indicators, as frames.

Codes and labels only; the numbers are in `observations`.
"""

import pandas as pd

from bgdata.model.package import Package
from bgdata.model.periods import Period


def periods() -> pd.DataFrame:
    """List the periods, oldest first.

    Returns
    -------
    pandas.DataFrame
        ``period, start, end, label_vi, label_en, source_vi, source_en`` (dates as datetime.date), and ``observations``
        (int): how many numbers the package holds for it.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.periods()[["period", "label_vi", "observations"]].head(1).values.tolist()
    [['2024-S1', '6 tháng đầu năm 2024', 135]]
    """
    package = Package.open()
    frame = _frame(package, "periods").sort_values("start", ignore_index=True)
    frame["observations"] = [_count(package.observations_file(Period.parse(code))) for code in frame["period"]]
    return frame


def sectors() -> pd.DataFrame:
    """List the sectors in the report's order.

    Returns
    -------
    pandas.DataFrame
        ``sector, position, section, label_vi, label_en``.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.sectors()["sector"].head(3).to_list()
    ['direction', 'post', 'telecom']
    """
    return _frame(Package.open(), "sectors").sort_values("position", ignore_index=True)


def indicators(sector: str | None = None) -> pd.DataFrame:
    """List what is measured, in the report's order.

    Parameters
    ----------
    sector : str, optional
        One sector's indicators only.

    Returns
    -------
    pandas.DataFrame
        ``indicator, sector, label_vi, label_en, unit, measure, of, breakdown, definition, cue``.

    Raises
    ------
    UnknownName
        No such sector.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.indicators("telecom").query("unit == 'station'")[["indicator", "breakdown"]].values.tolist()
    [['telecom.bts', 'technology']]
    """
    package = Package.open()
    frame = _frame(package, "indicators")
    return frame if sector is None else frame[frame["sector"] == package.sector(sector)].reset_index(drop=True)


def _frame(package, name):
    columns = [field["name"] for field in package.schema(name)["fields"]]
    return pd.DataFrame(package.tables[name].rows, columns=columns).fillna("")


def _count(file):
    return max(0, len(file.read_text(encoding="utf-8-sig").splitlines()) - 1) if file.is_file() else 0
