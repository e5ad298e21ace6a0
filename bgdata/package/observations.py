"""The one row that a number is: read from the files of the package, with its unit, label, key and interval.

Reading is all that happens here: nothing is derived, filled in or dropped. What rules say of a number is added in
`rules`, and so is what is computed from it.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from bgdata.errors import BgdataError
from bgdata.package.datapackage import check_lang
from bgdata.package.key import Key
from bgdata.package.validation import read_observations, refuse_faults
from bgdata.voice import Message

COLUMNS = (
    *("label", "printed", "unit", "section", "note"),  # what a reader asks first
    *("value", "lower", "upper", "qualifier", "status", "measure", "as_of"),
    *("period", "sector", "indicator", "category", "key", "derived", "verdict"),
)
NUMERIC = ("value", "lower", "upper")
STR = pd.StringDtype(na_value=np.nan)  # what pandas takes texts for
NAN = float("nan")


def read(package, periods, names, *, lang="vi", expected=False) -> list[dict]:
    """Return the rows of the named indicators that :func:`load` makes a frame of, without verdicts.

    Raises
    ------
    DataError
        Lines that cannot be used, of all periods.
    """
    check_lang(lang)
    refuse_faults(package, periods)
    return [row for period in periods for row in _period_rows(package, period, set(names), lang, expected)]


def unreported(package, period, names, lang="vi") -> list[dict]:
    """Return what the report of a period is expected to print, all of it missing."""
    wanted = [name for name in package.indicators if name in names]
    return [missing(package, period, Key(*one), lang) for one in _expected(package, wanted, ())]


WORDS = ("unit", "qualifier", "printed", "verdict")  # what rows of one's own may leave out, or hold numbers in
TWINS = Message('The frame has two columns "{name}"; leave one out.')
NO_ROWS = Message('{what} is no frame of rows; load them first, such as bg.load("telecom.bts").')


def framed(rows, columns=COLUMNS, numeric=NUMERIC) -> pd.DataFrame:
    """Return rows of numbers as a frame, with the column ``area`` where they have one.

    Column by column, which is several times faster than pandas' own way.
    """
    columns = ("area", *columns) if rows and rows[0].get("area") else columns
    words = [column for column in columns if column not in numeric]
    texts = pd.array([row[column] for column in words for row in rows], STR)  # at once: each call costs its time
    of = {column: texts[at * len(rows) : (at + 1) * len(rows)] for at, column in enumerate(words)}
    of |= {column: np.array([row[column] for row in rows], "float64") for column in numeric}
    return pd.DataFrame({column: of[column] for column in columns})


def _period_rows(package, period, names, lang, expected):
    table, _ = read_observations(package, period)
    rows = [observation(package, period, row, lang) for row in table.rows if row["indicator"] in names]
    if not expected:
        return rows
    present = {(row["indicator"], row["category"]) for row in rows}
    rows += [
        missing(package, period, Key(indicator, category), lang)
        for indicator, category in _expected(package, names, present)
        if (indicator, category) not in present
    ]
    order = {indicator: position for position, indicator in enumerate(package.indicators)}
    codes = {category: position for position, (_, category) in enumerate(package.categories, 1)}
    return sorted(rows, key=lambda row: (order[row["indicator"]], codes.get(row["category"], 0)))


def _expected(package, names, present):
    """List what a report is expected to print: each named indicator, and each recurring category of its breakdown.

    An indicator of which only categories are printed has no total to expect.
    """
    printed = {indicator for indicator, _ in present}
    for indicator in names:
        row = package.indicators[indicator]
        recurring = [
            code
            for (breakdown, code), category in package.categories.items()
            if breakdown == row["breakdown"] and category["recurring"]
        ]
        if recurring or indicator not in printed:
            yield indicator, ""
        for code in recurring:
            yield indicator, code


def observation(package, period, row, lang) -> dict:
    """Return the row of a number as it is shown.

    Parameters
    ----------
    row : dict
        As :func:`read_observations` returns it.
    """
    number, key = row["number"], Key.of(row)
    indicator = package.indicators[key.indicator]
    bounds = (NAN, NAN) if number is None else (_bound(number.lower, "-inf"), _bound(number.upper, "inf"))
    return {
        **({"area": key.area} if key.area else {}),
        "period": period.code,
        "sector": indicator["sector"],
        "indicator": key.indicator,
        "category": key.category,
        "label": package.label(key.indicator, key.category, lang),
        "value": NAN if row["value"] is None else float(row["value"]),
        "lower": bounds[0],
        "upper": bounds[1],
        "unit": indicator["unit"],
        "measure": indicator["measure"],
        **{column: str(row[column] or "") for column in ("qualifier", "status", "printed", "section", "as_of", "note")},
        "key": str(key),
        "derived": "",
        "verdict": "",
    }


def missing(package, period, key, lang) -> dict:
    """Return the row of a number that a period does not print."""
    empty = dict.fromkeys(("value", "number", "qualifier", "printed", "section", "as_of", "note"))
    row = {"indicator": key.indicator, "category": key.category, "area": key.area, "status": "M", **empty}
    return observation(package, period, row, lang)


def _bound(bound, unbounded):
    return float(unbounded if bound is None else bound)


def rows_of(frame: Any, known: type[BgdataError] = BgdataError) -> pd.DataFrame:
    """Return rows of any origin as a frame: a frame, one row, or rows as dictionaries.

    Raises
    ------
    BgdataError
        It is none of these, or two of its columns have one name; of the class `known`.

    Examples
    --------
    >>> rows_of({"label": "Trạm BTS", "unit": float("nan")}).to_dict("records")
    [{'label': 'Trạm BTS', 'unit': ''}]
    """
    one = isinstance(frame, Mapping) and not any(pd.api.types.is_list_like(column) for column in frame.values())
    try:
        rows = (
            frame.to_frame().T.infer_objects()
            if isinstance(frame, pd.Series)
            else pd.DataFrame([frame] if one else frame)
        )
    except (TypeError, ValueError):
        raise known(NO_ROWS.text, what=repr(frame)[:60]) from None
    twins = rows.columns[rows.columns.duplicated()]
    if len(twins):
        raise known(TWINS.text, name=twins[0])
    words = {column: ["" if pd.isna(one) else str(one) for one in rows[column]] for column in WORDS if column in rows}
    return rows.assign(**{one: texts for one, texts in words.items() if texts != [*rows[one]]})


def keys_of(rows: pd.DataFrame) -> list[str]:
    """Return the key of each row, as :meth:`Key.of` does."""
    whose = [name for name in ("indicator", "category", "area") if name in rows]
    return [str(Key.of(dict(zip(whose, cells)))) for cells in zip(*(rows[name] for name in whose))] or [""] * len(rows)
