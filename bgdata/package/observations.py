"""Read the observations of one or more periods into one tidy frame.

Reading is all that happens here: text becomes numbers, each row gets its unit, label and interval.
Nothing is derived, filled in or dropped; whether the values make sense together is decided in `rules`.
"""

from collections.abc import Iterable, Sequence

import pandas as pd

from bgdata.package import descriptor, reads
from bgdata.package.datapackage import Package, check_lang
from bgdata.package.validation import check_category, read_observations

COLUMNS = [
    "period",
    "sector",
    "indicator",
    "category",
    "label",
    "value",
    "lower",
    "upper",
    "unit",
    "measure",
    "qualifier",
    "status",
    "printed",
    "section",
    "as_of",
    "note",
]


def load(
    sector: str | None = None, *, period: str | Sequence[str], lang: str = "vi", expected: bool = False
) -> pd.DataFrame:
    """Load the observations of one sector, or of all, for one or more periods.

    Parameters
    ----------
    sector : str, optional
        One of the codes that :func:`sectors` lists; all sectors if left out.
    period : str or sequence of str
        SDMX period code, such as ``"2024-S1"``.
    lang : {"vi", "en"}
        Language of ``label``.
    expected : bool
        Also return a row with status ``M`` for each indicator of the catalogue, and for each recurring category,
        that a period has no observation of.

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

    Raises
    ------
    UnknownName
        No such sector or period; the message names the near matches.
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
    """
    package = Package.open()
    codes = [period] if isinstance(period, str) or not isinstance(period, Iterable) else period
    periods = list(dict.fromkeys(map(package.period, codes)))
    names = package.indicators_of(sector)
    _note(package, periods, names, sector)
    return read(package, periods, names, lang=lang, expected=expected)


def value(indicator: str, *, period: str, category: str = "") -> float:
    """Return the value of one observation, in the indicator's unit.

    Parameters
    ----------
    indicator : str
        Such as ``"telecom.bts"``.
    period : str
    category : str
        Empty for the total.

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
    >>> bg.value("telecom.bts", period="2024-S1", category="4G")
    1647.0
    """
    package = Package.open()
    if category:
        check_category(package, package.indicator(indicator), category)
    package.indicator(indicator)
    reads.record(f"observations/{package.period(period)}.csv", indicator=indicator, category=category)
    frame = read(package, [package.period(period)], [indicator])
    found = frame.loc[frame["category"] == category, "value"]
    return float(found.iloc[0]) if len(found) else float("nan")


def read(package, periods, names, *, lang="vi", expected=False):
    """Return the observations of the named indicators, as :func:`load` does, without noting that they were read."""
    check_lang(lang)
    rows = [row for period in periods for row in _period_rows(package, period, set(names), lang, expected)]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.astype({column: "float64" for column in ("value", "lower", "upper")})


def _note(package, periods, names, sector):
    """Note what the rows depend on: the observations, and what their labels and units are taken from."""
    for period in periods:
        reads.record(f"observations/{period}.csv", indicator=names)
    reads.record("indicators.csv", **({"sector": sector} if sector else {}))
    reads.record("categories.csv", breakdown=filter(None, {package.indicators[name]["breakdown"] for name in names}))


def _period_rows(package, period, names, lang, expected):
    table, faults = read_observations(package, period)
    if faults:
        raise descriptor.describe(faults)
    rows = [_observation(package, period, row, lang) for row in table.rows if row["indicator"] in names]
    if not expected:
        return rows
    present = {(row["indicator"], row["category"]) for row in rows}
    rows += [
        _missing(package, period, indicator, category, lang)
        for indicator, category in _expected(package, present)
        if (indicator, category) not in present and indicator in names
    ]
    order = {indicator: position for position, indicator in enumerate(package.indicators)}
    codes = {category: position for position, (_, category) in enumerate(package.categories, 1)}
    return sorted(rows, key=lambda row: (order[row["indicator"]], codes.get(row["category"], 0)))


def _expected(package, present):
    """List what a report is expected to print: each indicator, and each recurring category of its breakdown.

    An indicator of which only categories are printed has no total to expect.
    """
    printed = {indicator for indicator, _ in present}
    for indicator, row in package.indicators.items():
        recurring = [
            code
            for (breakdown, code), category in package.categories.items()
            if breakdown == row["breakdown"] and category["recurring"]
        ]
        if recurring or indicator not in printed:
            yield indicator, ""
        for code in recurring:
            yield indicator, code


def _observation(package, period, row, lang):
    number = row["number"]
    indicator = package.indicators[row["indicator"]]
    bounds = (float("nan"),) * 2 if number is None else (_bound(number.lower, "-inf"), _bound(number.upper, "inf"))
    category = row["category"] or ""
    return {
        "period": period.code,
        "sector": indicator["sector"],
        "indicator": row["indicator"],
        "category": category,
        "label": package.label(row["indicator"], category, lang),
        "value": float("nan") if row["value"] is None else float(row["value"]),
        "lower": bounds[0],
        "upper": bounds[1],
        "unit": indicator["unit"],
        "measure": indicator["measure"],
        **{column: str(row[column] or "") for column in ("qualifier", "status", "printed", "section", "as_of", "note")},
    }


def _missing(package, period, indicator, category, lang):
    empty = dict.fromkeys(("value", "lower", "upper", "number"))
    texts = dict.fromkeys(("qualifier", "printed", "section", "as_of", "note"), "")
    return _observation(
        package, period, {"indicator": indicator, "category": category, "status": "M", **empty, **texts}, lang
    )


def _bound(bound, unbounded):
    return float(unbounded if bound is None else bound)
