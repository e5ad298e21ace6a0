"""Pick rows of a frame of observations: by name, by breakdown, the lowest and the highest.

Rows are picked and put in order, never changed.
"""

import math

import pandas as pd

from bgdata.errors import BgdataError, UnknownName, near
from bgdata.package.datapackage import Package


def select(frame: pd.DataFrame, *indicators: str) -> pd.DataFrame:
    """Return the totals of the named indicators, in the order given.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`load` for one period. Indicators that it has no row of are left out; load with
        ``expected=True`` to see them as missing.
    *indicators : str

    Raises
    ------
    UnknownName
        No such indicator.

    Examples
    --------
    >>> import bgdata as bg
    >>> frame = bg.load("press", period="2024-S1")
    >>> bg.select(frame, "press.covering", "press.resident")["value"].to_list()
    [26.0, 8.0]
    """
    package = Package.open()
    for name in indicators:
        package.indicator(name)
    totals = frame[frame["category"] == ""]
    order = {name: position for position, name in enumerate(indicators)}
    return totals[totals["indicator"].isin(order)].sort_values(
        "indicator", key=lambda names: names.map(order), kind="stable"
    )


def breakdown(frame: pd.DataFrame, indicator: str, lang: str = "vi") -> pd.DataFrame:
    """Return the categories of an indicator, labelled by category and in the order of the code list.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`load` for one period.
    indicator : str
    lang : {"vi", "en"}
        Language of ``label``.

    Raises
    ------
    BgdataError
        The indicator has no breakdown.
    UnknownName
        No such indicator.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.breakdown(bg.load("telecom", period="2024-S1"), "telecom.bts")["label"].to_list()
    ['2G', '3G', '4G', '5G']
    """
    package = Package.open()
    name = package.indicator(indicator)["breakdown"]
    if not name:
        raise BgdataError(f"{indicator} has no breakdown in data/indicators.csv.")
    codes = [code for breakdown_name, code in package.categories if breakdown_name == name]
    parts = frame[(frame["indicator"] == indicator) & (frame["category"] != "")]
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
    broken = checks[checks["verdict"] == "contradicts"]
    said = {name: text for text, names in zip(broken["computed"], broken["indicators"]) for name in names.split()}
    return frame.assign(mark=[said.get(name, "") for name in frame["indicator"]])


def lowest(frame: pd.DataFrame) -> pd.Series | None:
    """Return the row with the lowest value; None where every value is missing.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.lowest(bg.breakdown(bg.load("telecom", period="2024-S1"), "telecom.bts"))["label"]
    '5G'
    """
    return frame.loc[frame["value"].idxmin()] if frame["value"].notna().any() else None


def highest(frame: pd.DataFrame) -> pd.Series | None:
    """Return the row with the highest value; None where every value is missing.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.highest(bg.breakdown(bg.load("telecom", period="2024-S1"), "telecom.bts"))["label"]
    '4G'
    """
    return frame.loc[frame["value"].idxmax()] if frame["value"].notna().any() else None


def ratio(frame: pd.DataFrame, part: str, whole: str) -> float:
    """Divide one observation by another.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`load` for one period.
    part, whole : str
        Indicators, or ``"indicator[category]"``.

    Returns
    -------
    float
        In the unit of `part` for one of `whole`; NaN where either is missing, or the whole is zero.

    Examples
    --------
    >>> import bgdata as bg
    >>> round(bg.ratio(bg.load("telecom", period="2024-S1"), "telecom.bts", "telecom.masts"), 1)
    2.4
    """
    numerator, denominator = (find(frame, key) for key in (part, whole))
    if numerator is None or denominator is None or not denominator["value"]:
        return math.nan
    return float(numerator["value"] / denominator["value"])


def share(frame: pd.DataFrame, part: str, whole: str) -> float:
    """Compute what percentage one observation is of another.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`load` for one period.
    part, whole : str
        Indicators, or ``"indicator[category]"``.

    Returns
    -------
    float
        Percent; NaN where either is missing, or the whole is zero.

    Examples
    --------
    >>> import bgdata as bg
    >>> frame = bg.load("digital_society", period="2024-S1")
    >>> round(bg.share(frame, "society.youth_epayment", "society.youth"), 2)
    75.87
    """
    return ratio(frame, part, whole) * 100


def implied_whole(frame: pd.DataFrame, part: str, share: str, *, label: str) -> pd.DataFrame:
    """Compute the whole that a printed part and its printed share imply.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`load` for one period.
    part, share : str
        Indicators: a number, and the percentage that it is of the whole.
    label : str
        Name of the whole.

    Returns
    -------
    pandas.DataFrame
        One row like those of `frame`, with ``derived`` true, no ``printed`` and the interval that both printed forms
        allow; no row where either is missing.

    Examples
    --------
    >>> import bgdata as bg
    >>> frame = bg.load("digital_society", period="2024-S1")
    >>> whole = bg.implied_whole(frame, "society.welfare_accounts", "society.welfare_accounts_share", label="Tất cả")
    >>> whole[["lower", "value", "upper"]].round().values.tolist()
    [[92375.0, 92470.0, 92566.0]]
    """
    numerator, percent = (find(frame, key) for key in (part, share))
    if numerator is None or percent is None or not percent["lower"] > 0 or math.isnan(numerator["value"]):
        return frame.iloc[:0].assign(derived=True)
    texts = dict.fromkeys(("indicator", "category", "qualifier", "printed", "section", "as_of", "note"), "")
    whole = (
        numerator.to_dict()
        | texts
        | {
            "label": label,
            "value": numerator["value"] / percent["value"] * 100,
            "lower": numerator["lower"] / percent["upper"] * 100,
            "upper": numerator["upper"] / percent["lower"] * 100,
            "derived": True,
        }
    )
    return pd.DataFrame([whole])


def find(frame, key):
    """Return the row of ``"indicator"`` or ``"indicator[category]"``, or None."""
    indicator, _, category = key.rstrip("]").partition("[")
    package = Package.open()
    row = package.indicator(indicator)
    if category and (row["breakdown"], category) not in package.categories:
        known = [code for name, code in package.categories if name == row["breakdown"]]
        raise UnknownName(
            'Category "{name}" of {indicator} is unknown{hint}',
            name=category,
            indicator=indicator,
            hint=near(category, known),
        )
    rows = frame[(frame["indicator"] == indicator) & (frame["category"] == category)]
    return rows.iloc[0] if len(rows) else None
