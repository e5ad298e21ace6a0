"""Pick rows of a frame of observations: by name, by breakdown, the lowest and the highest.

Rows are picked and put in order, never changed.
"""

from collections.abc import Callable, Sequence

import pandas as pd

from bgdata.errors import BgdataError
from bgdata.notation import Period
from bgdata.package import reads
from bgdata.package.datapackage import Package
from bgdata.package.key import Key
from bgdata.package.workspace import Workspace, refuse_lacking
from bgdata.voice import Message

ONE_OF = {"period": Message("period"), "area": Message("area")}  # what numbers have in common that go together


def select(frame: pd.DataFrame, *indicators: str | Key, package: Package | None = None) -> pd.DataFrame:
    """Return the rows with these keys, in the order given; of an indicator, its total.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`load` for one period; of all areas where a key names none. Indicators that it has no row of are left out; load with
        ``expected=True`` to see them as missing.
    *indicators : str or Key
        Such as ``"telecom.bts"`` or ``"telecom.bts[4G]"``.
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    pandas.DataFrame
        One row for each key that `frame` has, with its columns; ``value`` (float64) in ``unit``.

    Raises
    ------
    UnknownName
        No such indicator or category.

    Notes
    -----
    Source: the numbers of the department's report in the rows; ``section`` says where they stand in it.

    Examples
    --------
    >>> import bgdata as bg
    >>> frame = bg.load("press", period="2024-S1")
    >>> bg.select(frame, "press.covering", "press.resident")["value"].to_list()
    [26.0, 8.0]
    """
    package = package or Package.open()
    order = {package.key(key): position for position, key in enumerate(indicators)}
    keys = map(Key.of, frame.to_dict("records"))
    places = [order.get(key, order.get(Key(key.indicator, key.category), -1)) for key in keys]
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

    Returns
    -------
    pandas.DataFrame
        One row for each category that `frame` has, with its columns; ``value`` (float64) in ``unit``.

    Raises
    ------
    BgdataError
        The indicator has no breakdown, or is itself one of its categories.
    UnknownName
        No such indicator.

    Notes
    -----
    Source: the numbers of the department's report in the rows; ``section`` says where they stand in it.

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
        The rows of `frame` with a column ``mark`` (str): what was computed, empty where nothing contradicts.

    Raises
    ------
    KeyError
        A column of :func:`load` or of :func:`check` is missing.

    Notes
    -----
    Source: the rules that `checks` has the verdicts of.

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
    """Return the row with the lowest number in a column; see :func:`highest`.

    Parameters
    ----------
    frame : pandas.DataFrame
    column : str

    Returns
    -------
    pandas.Series or None
        The row, its number in the unit of `frame`; the first of equal ones. None where every number is missing.

    Raises
    ------
    KeyError
        The frame has no such column.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.lowest(bg.breakdown(bg.load("telecom", period="2024-S1"), "telecom.bts"))["label"]
    '5G'
    """
    return frame.loc[frame[column].idxmin()] if frame[column].notna().any() else None


def highest(frame: pd.DataFrame, column: str = "value") -> "pd.Series[str | float] | None":
    """Return the row with the highest number in a column.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`load`, :func:`compare` or a computation.
    column : str
        A column of numbers, such as ``"value"`` or ``"growth"``.

    Returns
    -------
    pandas.Series or None
        The row, its number in the unit of `frame`; the first of equal ones. None where every number is missing.

    Raises
    ------
    KeyError
        The frame has no such column.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.highest(bg.breakdown(bg.load("telecom", period="2024-S1"), "telecom.bts"))["label"]
    '4G'
    """
    return frame.loc[frame[column].idxmax()] if frame[column].notna().any() else None


def finder(frame: pd.DataFrame) -> Callable[[Key], dict | None]:
    """Return what finds the row of a key among rows that go together: of one period and one area, each number once.

    In rows of several areas a key has to name its area. None is found where there is no such row.

    Raises
    ------
    BgdataError
        The rows are of several periods, or hold a number twice. What is returned raises it for a key without an area
        among rows of several.
    """
    rows = [(Key.of(row), row) for row in frame.to_dict("records")]
    refuse_apart([row for _, row in rows], ("period",))
    found: dict[Key, dict] = {}
    for key, row in rows:
        if found.setdefault(key, row) is not row and key.indicator:
            raise BgdataError("{key} stands in two rows, and it cannot be told which is meant; select one.", key=key)
    areas = {key.area for key, _ in rows}

    def find(key):
        if not key.area and len(areas) > 1:
            refuse_apart([row for _, row in rows], ("area",))
        return found.get(key) or found.get(Key(key.indicator, key.category, *(() if key.area else areas)))

    return find


def refuse_apart(rows, columns=tuple(ONE_OF)) -> None:
    """Refuse rows that do not go together: of two periods or two areas.

    Raises
    ------
    BgdataError
    """
    for column in columns:
        found = list(dict.fromkeys(filter(None, (row.get(column) for row in rows))))
        if len(found) > 1:
            raise BgdataError(
                "Numbers go together only in rows of one {column}, but these are of {found}; select them first.",
                column=ONE_OF[column],
                found=found,
            )


def over_areas(
    workspace: Workspace,
    areas: str | Sequence[str] | None,
    periods: Sequence[Period],
    ask: Callable[[Package, list[Period]], pd.DataFrame],
) -> pd.DataFrame:
    """Ask the package of each area, and put the answers under each other.

    Parameters
    ----------
    areas : str or sequence of str, optional
        Codes or names; all if left out. One that is named has to have all periods.
    ask : callable
        Takes a package and those of the periods that it has.

    Returns
    -------
    pandas.DataFrame
        With a column ``area`` first, and the area in each key.

    Raises
    ------
    UnknownName
        No such area, or a period that one of the named areas, or every area, lacks.
    """
    named = [areas] if areas and isinstance(areas, str) else list(areas or ())
    packages, frames = workspace.packages(named), []
    refuse_lacking(packages if named else (), periods)
    reads.record("areas.csv")
    for package in packages:
        there = [period for period in periods if period in package.periods]
        with reads.within(package.root / "data", workspace.root):
            reads.record("periods.csv")
            frame = ask(package, there)
        for column in {"key", "keys"} & set(frame):
            frame[column] = [_with_area(keys, package.area) for keys in frame[column]]
        frames.append(frame.assign(area=package.area)[["area", *frame]])
    return pd.concat(frames, ignore_index=True)


def _with_area(keys, area):
    return "; ".join(str(Key(*_parts(key), area)) for key in keys.split("; ")) if keys else ""


def _parts(text):
    key = Key.parse(text)
    return key.indicator, key.category
