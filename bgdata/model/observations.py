"""Read the observations of one or more periods into one tidy frame.

Reading is all that happens here: text becomes numbers, each row gets its unit, label and interval.
Nothing is derived, filled in or dropped; whether the values make sense together is decided in `rules`.
"""

from collections.abc import Sequence

import pandas as pd

from bgdata.errors import BgdataError, NotationError, UnknownName, near
from bgdata.model import descriptor, numbers
from bgdata.model.descriptor import Fault
from bgdata.model.package import Package

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
    if sector is not None:
        package.sector(sector)
    check_lang(lang)
    rows = []
    for code in [period] if isinstance(period, str) else period:
        rows += _period_rows(package, package.period(code), sector, lang, expected)
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.astype({column: "float64" for column in ("value", "lower", "upper")})


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
    row = package.indicator(indicator)
    if category:
        check_category(package, row, category)
    frame = load(row["sector"], period=period)
    found = frame.loc[(frame["indicator"] == indicator) & (frame["category"] == category), "value"]
    return float(found.iloc[0]) if len(found) else float("nan")


def read_observations(package, period):
    """Read one period's file and hold it against the catalogue.

    Returns
    -------
    table : Table
        The rows without a fault, each with the parsed ``number`` (None where the observation is missing).
    faults : list of Fault
    """
    file = package.observations_file(period)
    name = f"data/observations/{file.name}"
    if not file.is_file():
        return descriptor.Table(name, [], []), [
            Fault(name, None, f"does not exist, but data/periods.csv lists {period}")
        ]
    schema = package.schema("observations")
    table, faults = descriptor.read_table(file, schema, name=name)
    faults += descriptor.references(table, schema, package.tables)
    sections = _sections(package)
    for row, line in zip(table.rows, table.lines):
        row["number"], wrong = _number(row)
        if row["indicator"] in package.indicators:
            wrong += _against_catalogue(package, row)
        if not any(
            row["section"] == known or row["section"].startswith((f"{known}.", f"{known} fn")) for known in sections
        ):
            wrong.append(f'section "{row["section"]}" belongs to no sector{near(row["section"], sections)}')
        faults += [Fault(name, line, text) for text in wrong]
    return table, faults


def check_lang(lang):
    """Refuse a language that there are no texts in."""
    if lang not in ("vi", "en"):
        raise BgdataError(f'"{lang}" is not a language of bgdata; use "vi" or "en".')


def check_category(package, indicator, category):
    """Refuse a category that the indicator's breakdown does not have."""
    known = [code for breakdown, code in package.categories if breakdown == indicator["breakdown"]]
    if category not in known:
        raise UnknownName.of(f"category of {indicator['indicator']}", category, known)


def label(package, indicator, category, lang):
    """Return the name of an indicator, or of one of its categories."""
    name = package.indicators[indicator][f"label_{lang}"]
    if not category:
        return name
    known = package.categories[package.indicators[indicator]["breakdown"], category]
    return f"{name}: {known[f'label_{lang}']}"


def _period_rows(package, period, sector, lang, expected):
    table, faults = read_observations(package, period)
    if faults:
        raise descriptor.describe(faults)
    rows = [
        _observation(package, period, row, lang)
        for row in table.rows
        if sector in (None, package.indicators[row["indicator"]]["sector"])
    ]
    if not expected:
        return rows
    present = {(row["indicator"], row["category"]) for row in rows}
    rows += [
        _missing(package, period, indicator, category, lang)
        for indicator, category in _expected(package, present)
        if (indicator, category) not in present and sector in (None, package.indicators[indicator]["sector"])
    ]
    order = {indicator: position for position, indicator in enumerate(package.indicators)}
    return sorted(rows, key=lambda row: (order[row["indicator"]], row["category"] != ""))


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
        "label": label(package, row["indicator"], category, lang),
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


def _sections(package):
    return [section for row in package.sectors.values() for section in row["section"].split("; ")]


def _number(row):
    """Parse `printed` and hold it against the other columns; return the number and what is wrong."""
    if row["status"] == "M":
        filled = [column for column in ("value", "lower", "upper", "qualifier", "printed") if row[column] is not None]
        return None, [f"status is M (missing), but {', '.join(filled)} is filled"] if filled else []
    empty = [column for column in ("printed", "qualifier") if row[column] is None]
    if empty:
        return None, [f"{' and '.join(empty)} is empty; only a missing number (status M) has none"]
    try:
        number = _parse(row)
    except NotationError as error:
        return None, [f"printed {error}"]
    if number.qualifier == "range":
        agree = row["value"] is None and (row["lower"], row["upper"]) == (number.lower, number.upper)
        return number, [] if agree else [
            f'printed "{row["printed"]}" is a range: value must be empty, lower {number.lower}, upper {number.upper}'
        ]
    if row["lower"] is not None or row["upper"] is not None:
        return number, [f'lower and upper are for ranges only; "{row["printed"]}" is one number, leave them empty']
    if row["value"] != number.value:
        found = "is empty" if row["value"] is None else row["value"]
        return number, [f'value {found} does not agree with printed "{row["printed"]}" ({number.value})']
    return number, []


def _parse(row):
    """Parse `printed`; a slip in its notation counts as read where `value` is one of its readings and `note` explains it."""
    try:
        return numbers.resolve(row["printed"], row["qualifier"], row["value"] if row["note"] else None)
    except NotationError as error:
        if not error.readings:
            raise
        raise NotationError(f"{error} Write the reading that is meant into value, and why into note.") from None


def _against_catalogue(package, row):
    indicator = package.indicators[row["indicator"]]
    number = row["number"]
    if number and number.percent != (indicator["unit"] == "percent"):
        yield f'printed "{row["printed"]}" does not go with the unit {indicator["unit"]} of {row["indicator"]}'
    if row["category"] and not indicator["breakdown"]:
        yield f'category "{row["category"]}": {row["indicator"]} has no breakdown in data/indicators.csv'
    elif row["category"]:
        try:
            check_category(package, indicator, row["category"])
        except UnknownName as error:
            yield f"{error} Add it to data/categories.csv if it is new."
