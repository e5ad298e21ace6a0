"""Pick rows of a frame of observations: by name, by breakdown, the lowest and the highest.

Rows are picked and put in order, never changed.
"""

import pandas as pd

from bgdata.errors import BgdataError
from bgdata.package.datapackage import Package
from bgdata.package.key import Key


def select(frame: pd.DataFrame, *indicators: str | Key, package: Package | None = None) -> pd.DataFrame:
    """Return the rows with these keys, in the order given; of an indicator, its total.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`load` for one period. Indicators that it has no row of are left out; load with
        ``expected=True`` to see them as missing.
    *indicators : str or Key
        Such as ``"telecom.bts"`` or ``"telecom.bts[4G]"``.
    package : Package, optional
        The one of the project at hand if left out.

    Raises
    ------
    UnknownName
        No such indicator or category.

    Examples
    --------
    >>> import bgdata as bg
    >>> frame = bg.load("press", period="2024-S1")
    >>> bg.select(frame, "press.covering", "press.resident")["value"].to_list()
    [26.0, 8.0]
    """
    package = package or Package.open()
    order = {package.key(key): position for position, key in enumerate(indicators)}
    places = [order.get(Key.of(row), -1) for row in frame.to_dict("records")]
    wanted = sorted((place, row) for row, place in enumerate(places) if place >= 0)
    return frame.iloc[[row for _, row in wanted]]


def breakdown(
    frame: pd.DataFrame, indicator: str | Key, lang: str = "vi", *, package: Package | None = None
) -> pd.DataFrame:
    """Return the categories of an indicator, labelled by category and in the order of the code list.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`load` for one period.
    indicator : str or Key
    lang : {"vi", "en"}
        Language of ``label``.
    package : Package, optional
        The one of the project at hand if left out.

    Raises
    ------
    BgdataError
        The indicator has no breakdown, or is itself one of its categories.
    UnknownName
        No such indicator.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.breakdown(bg.load("telecom", period="2024-S1"), "telecom.bts")["label"].to_list()
    ['2G', '3G', '4G', '5G']
    """
    package = package or Package.open()
    key = package.key(indicator)
    name = package.indicators[key.indicator]["breakdown"]
    if not name or key.category:
        raise BgdataError("{key} has no breakdown in data/indicators.csv.", key=key)
    codes = [code for breakdown_name, code in package.categories if breakdown_name == name]
    parts = frame[(frame["indicator"] == key.indicator) & (frame["category"] != "")]
    parts = parts.sort_values("category", key=lambda found: found.map(codes.index), kind="stable")
    labels = [package.categories[name, code][f"label_{lang}"] for code in parts["category"]]
    return parts.assign(label=[text[0].upper() + text[1:] for text in labels])


def mark_contradictions(frame: pd.DataFrame, checks: pd.DataFrame) -> pd.DataFrame:
    """Mark the rows that a contradicted rule is about, for a figure to show.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`load` or :func:`compare`.
    checks : pandas.DataFrame
        Rows of :func:`check` for the same period.

    Returns
    -------
    pandas.DataFrame
        With a column ``mark`` (str): what was computed, empty where nothing contradicts.

    Examples
    --------
    >>> import bgdata as bg
    >>> frame = bg.load("digital_society", period="2024-S1")
    >>> marked = bg.mark_contradictions(frame, bg.check("2024-S1"))
    >>> marked.loc[marked["indicator"] == "society.youth", "mark"].to_list()
    ['312.000 / 411.230 = 75,87% ≠ 83%']
    """
    broken = checks[checks["verdict"].isin(["contradicts", "needs clarification"])][::-1]  # the worst one stays
    said = {key: text for text, keys in zip(broken["computed"], broken["keys"]) for key in keys.split("; ")}
    return frame.assign(mark=[said.get(key, "") for key in frame["key"]])


def lowest(frame: pd.DataFrame, column: str = "value") -> "pd.Series[str | float] | None":
    """Return the row with the lowest number in a column; None where every one is missing.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.lowest(bg.breakdown(bg.load("telecom", period="2024-S1"), "telecom.bts"))["label"]
    '5G'
    """
    return frame.loc[frame[column].idxmin()] if frame[column].notna().any() else None


def highest(frame: pd.DataFrame, column: str = "value") -> "pd.Series[str | float] | None":
    """Return the row with the highest number in a column; None where every one is missing.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.highest(bg.breakdown(bg.load("telecom", period="2024-S1"), "telecom.bts"))["label"]
    '4G'
    """
    return frame.loc[frame[column].idxmax()] if frame[column].notna().any() else None
