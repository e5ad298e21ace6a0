"""Rows as files for other programs: the numbers behind a figure as CSV with its description.

What a program could take for something else is written so that it cannot: a formula gets an apostrophe, and a number as
the report prints it stands in quotation marks, or "1.242" would be read as one and a bit.
"""

import json
import re

FORMULA = re.compile(r"[=@]|[+-](?![0-9])")  # what spreadsheets execute; a number with its sign they do not
QUOTED = "“{}”"
OF_LOAD = ("sector", "lower", "upper", "as_of", "note")  # not written of a comparison
COLUMNS = {  # in this order: type and description
    "period": ("string", "SDMX code of the period"),
    "sector": ("string", "Code of the chapter of the report"),
    "indicator": ("string", "What is measured: code; empty for a derived number"),
    "category": ("string", "Value of the indicator's breakdown; empty for the total"),
    "label": ("string", "Name of the number"),
    "value": ("number", "In the unit itself; empty where the report gives no number, or a range"),
    "lower": ("number", "Lower end of the interval that the printed number stands for; -inf without a bound"),
    "upper": ("number", "Upper end of the interval that the printed number stands for; inf without a bound"),
    "unit": ("string", "Code of the unit of `value`"),
    "measure": ("string", "Kind of number"),
    "qualifier": ("string", "How exactly the report states it: '= exactly, ~ about, > more than, < less than, range"),
    "status": ("string", "SDMX OBS_STATUS: A normal, E estimated, P provisional, M missing"),
    "printed": ("string", "The number as the report prints it, in quotation marks; empty for a derived number"),
    "base_period": ("string", "SDMX code of the period that it is compared with"),
    "base": ("number", "The number of that period, in the unit itself"),
    "base_lower": ("number", "Lower end of the interval of `base`"),
    "base_upper": ("number", "Upper end of the interval of `base`"),
    "change": ("number", "`value` less `base`, in the unit itself"),
    "growth": ("number", "`change` in percent of `base`"),
    "basis": ("string", "Where `base` comes from"),
    "reason": ("string", "Why it cannot be compared"),
    "whole": ("number", "The whole that `value` is a part of, in the same unit"),
    "share": ("number", "`value` in percent of `whole`"),
    "section": ("string", "Where it stands in the report"),
    "as_of": ("date", "Day that the number refers to, where the report gives one"),
    "note": ("string", "What a reader of the number must know; in Vietnamese"),
    "derived": ("boolean", "Whether it is computed from what the report prints"),
    "mark": ("string", "What contradicts it"),
}
NUMBERS = {"number", "boolean"}


def csv(rows):
    """Return the numbers behind a figure as CSV bytes; the mark at their beginning tells Excel that they are UTF-8."""
    columns = columns_of(rows)
    texts = {column: rows[column].map(_harmless) for column in columns if COLUMNS[column][0] not in NUMBERS}
    if "printed" in texts:
        texts["printed"] = [QUOTED.format(text) if text and text == text else "" for text in rows["printed"]]
    return rows[columns].assign(**texts).to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def columns_of(rows):
    """Return the columns that are written of some rows."""
    left_out = OF_LOAD if "base" in rows else ()
    return [column for column in COLUMNS if column in rows and column not in left_out]


def described(rows, *, name, title, source):
    """Return what the CSV file of a figure is, as a Data Resource (https://datapackage.org/standard/data-resource).

    Examples
    --------
    >>> import pandas as pd
    >>> json.loads(described(pd.DataFrame({"value": [1.0]}), name="a", title="A", source="B"))["schema"]["fields"][0]["type"]
    'number'
    """
    fields = [
        {"name": column, "type": COLUMNS[column][0], "description": COLUMNS[column][1]} for column in columns_of(rows)
    ]
    resource = {
        "name": name,
        "title": title,
        "sources": [{"title": source}],
        "path": f"{name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }
    return (json.dumps(resource, ensure_ascii=False, indent=2) + "\n").encode()


def _harmless(cell):
    line = re.sub(r"[\t\r\n]+", " ", cell).strip() if isinstance(cell, str) else ""
    return f"'{line}" if FORMULA.match(line) else line or cell
