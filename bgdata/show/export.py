"""Rows as files for other programs: the numbers behind a figure as CSV with its description, and tables for Excel.

What a program could take for something else is written so that it cannot: a formula gets an apostrophe, and a number as
the report prints it stands in quotation marks, or "1.242" would be read as one and a bit.
"""

import io
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from bgdata.errors import BgdataError
from bgdata.files import write
from bgdata.notation import MINUS
from bgdata.package import Package
from bgdata.rules import DISPUTED, SIGNS, check
from bgdata.show.celltext import HEADERS, cell
from bgdata.show.tables import Table, sources_of, table
from bgdata.voice import Message

FORMULA = re.compile(r"[=@]|[+-](?![0-9])")  # what spreadsheets execute; a number with its sign they do not
QUOTED = "“{}”"
OF_LOAD = ("sector", "lower", "upper", "as_of", "note")  # not written of a comparison
COLUMNS = {  # in this order: type and description
    "area": ("string", "Code of the area that reports it"),
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
    "head": ("string", "What is compared between areas"),
    "present": ("integer", "How many numbers the report prints of those that are expected"),
    "expected": ("integer", "How many numbers are expected"),
}
NUMBERS = {"number", "boolean", "integer"}
SOURCES = Message("Sources")
DIGITS = re.compile(rf"(\D*?)([+{MINUS}]?)(\d[\d.,]*)((?:[^\d].*)?)", re.DOTALL)
LOCALES = {"vi": "[$-42A]", "en": "[$-409]"}
LONGEST = 250  # letters of a number format
UNNAMEABLE = re.compile(r"[^\w ,.()-]")
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # in XML


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
    return _line(cell) if isinstance(cell, str) else cell


@lru_cache(maxsize=4096)
def _line(cell):
    line = re.sub(r"[\t\r\n]+", " ", cell).strip()
    return f"'{line}" if FORMULA.match(line) else line or cell


class Amount(NamedTuple):
    """A number in a cell of a spreadsheet, with the format that shows it as a table does, and whether it is disputed."""

    value: float
    format: str = "General"
    disputed: bool = False


def to_excel(
    rows: "pd.DataFrame | pd.Series[str | float] | Sequence[Mapping[str, object]] | Table",
    path: str | Path,
    *,
    lang: str = "vi",
    package: Package | None = None,
) -> Path:
    """Write rows, or a table, as an Excel file: numbers as numbers, shown with their unit as a table shows them.

    Parameters
    ----------
    rows : pandas.DataFrame or Table
        Whatever :func:`table` takes, or what it returns: then with its columns and in its language.
    path : str or pathlib.Path
        Ends with ``.xlsx``; a file of that name is replaced.
    lang : {"vi", "en"}
    package : Package, optional
        Knows units and sources; the one of the project at hand if left out.

    Returns
    -------
    pathlib.Path
        Of the file. Its first sheet holds the rows, in the unit itself, with label, unit, section and notes; its second
        the reports that they come from. Numbers that contradict others are coloured, and a third sheet says why.

    Raises
    ------
    BgdataError
        The path does not end with ``.xlsx``.
    WriteError
        The file cannot be written; what was there is unchanged.

    Examples
    --------
    >>> import tempfile
    >>> import bgdata as bg
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     bg.to_excel(bg.load("telecom", period="2024-S1"), folder + "/telecom.xlsx").name
    'telecom.xlsx'
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise BgdataError("{path} is no name of an Excel file; it ends with .xlsx.", path=path.name)
    shown = rows if isinstance(rows, Table) else _wide(rows, lang, package)
    lang, package, found = shown.lang, shown.package, shown.rows
    sheets = [(Message("Numbers").to(lang), _lines(shown)), (SOURCES.to(lang), _sources(found, lang, package))]
    checks = _disputes(found, lang, package)
    if len(checks):
        sheets.append((Message("Contradictions").to(lang), _lines(table(checks, lang=lang, package=package))))
    write(path, workbook(sheets))
    return path


def _wide(rows, lang, package):
    """Return rows as a table with the columns that a spreadsheet has besides those of a page."""
    shown = table(rows, lang=lang, package=package)
    columns = list(shown.shown)
    more = [column for column in ("unit", "printed", "verdict") if column in shown.rows and column not in columns]
    if "value" in columns:
        columns[columns.index("value") + 1 : columns.index("value") + 1] = more
    return table(rows, lang=lang, package=package, columns=columns)


def _lines(shown):
    """Return a table as lines of cells, its notes below."""
    numbers = shown.frame
    body = [
        [amount(text, numbers[column][at], shown.lang) for column, text in zip(shown.shown, line)]
        for at, line in enumerate(shown.body)
    ]
    notes = [
        [note] for note in [*([shown.caption] if shown.caption else []), shown.empty * (not body), *shown.notes] if note
    ]
    return [shown.heads, *body, *([[]] if notes else []), *notes]


def amount(text, number, lang):
    """Return a cell: the number that a text says, with the format that makes this text of it; else the text.

    Examples
    --------
    >>> amount("ước 335 tỷ đồng", 335e9, "vi")
    Amount(value=335000000000.0, format='[$-42A]"ước "#,##0,,," tỷ đồng"', disputed=False)
    >>> amount("+24,64%", 24.64, "vi").format, amount("I.2.1", "I.2.1", "vi")
    ('[$-42A]"+"#,##0.00"%";[$-42A]"−"#,##0.00"%"', 'I.2.1')
    """
    said = DIGITS.fullmatch(text)
    plain = pd.api.types.is_number(number) and not isinstance(number, bool | complex)
    if not plain or not said or not np.isfinite(number := float(number)):
        return text
    before, sign, digits, after = said.groups()
    whole, _, decimals = digits.partition("," if lang == "vi" else ".")
    plain = re.sub("[.,]", "", whole)
    shown = float(f"{plain}.{decimals or 0}") * (-1 if sign == MINUS else 1)
    thousands = round(np.log10(abs(number / shown)) / 3) if shown and number else 0
    if thousands not in range(5):
        return text
    exact = shown * 1000.0**thousands
    close = abs(number - exact) <= 0.5000001 * 10.0 ** (3 * thousands - len(decimals))
    core = ("0" * len(plain) if plain[0] == "0" else "#,##0") + "." * bool(decimals)
    core = _literal(before), core + "0" * len(decimals) + "," * thousands + _literal(after)
    signs = {"+": ['"+"', f'"{MINUS}"'], MINUS: ["", f'"{MINUS}"'], "": [""]}[sign]
    form = ";".join(LOCALES[lang] + core[0] + one + core[1] for one in signs)
    disputed = any(one in text for one in SIGNS.values())
    return Amount(number if close else exact, form if len(form) < LONGEST else "General", disputed)


def _literal(text):
    return '"{}"'.format(text.replace('"', "”")) if text else ""


def _sources(rows, lang, package):
    """Return the reports that rows come from, with how many numbers each gives, as lines of cells."""
    heads = [HEADERS[column].to(lang) for column in ("period", "observations", "source_vi")]
    counts = rows["period"].value_counts(sort=False) if "period" in rows and "label_vi" not in rows else {}
    lines = []
    for code, count in sorted(counts.items()):
        named = sources_of(rows[rows["period"] == code], lang, package)
        lines.append([cell("period", {"period": code}, lang), Amount(int(count)), *named])
    return [heads, *lines]


def _disputes(rows, lang, package):
    """Return the checks that the disputed ones of some rows take part in."""
    if not {"verdict", "period", "key"} <= {*rows}:
        return rows[:0]
    disputed = rows[rows["verdict"].isin(DISPUTED)]
    checks = [check(code, lang=lang, package=package) for code in dict.fromkeys(disputed["period"])]
    found = pd.concat(checks) if checks else pd.DataFrame(columns=["verdict", "keys"])
    found = found[found["verdict"].isin(DISPUTED)]
    about = [bool({*keys.split("; ")} & {*disputed["key"]}) for keys in found["keys"]]
    return found[about].reset_index(drop=True)


def workbook(sheets: Sequence[tuple[str, Sequence[Sequence]]]) -> bytes:
    """Return sheets as an Excel file: the first line of each is its head, and texts stay texts.

    Parameters
    ----------
    sheets : list of (str, list of list)
        Title and lines of each; a cell is a text, a number or an :class:`Amount`.

    Returns
    -------
    bytes
    """
    from openpyxl import Workbook  # not at the top: figures are saved without it

    book, file = Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, lines in sheets:
        sheet = book.create_sheet(UNNAMEABLE.sub(" ", title)[:31].strip() or "1")
        for at, line in enumerate(lines, 1):
            for column, content in enumerate(line, 1):
                _fill(sheet.cell(at, column), content, head=at == 1)
        _look(sheet, lines)
    book.save(file)
    return file.getvalue()


def _fill(place, content, *, head=False):
    """Put something into a cell of a sheet."""
    from openpyxl.styles import Alignment, Font, PatternFill

    if isinstance(content, str):
        place.value = ILLEGAL.sub("", content)
        place.data_type = "s"
        place.quotePrefix = content.lstrip().startswith(("=", "+", "-", "@"))
        place.alignment = Alignment(vertical="top", wrap_text=True)
    elif isinstance(content, Amount):
        place.value, place.number_format = content.value, content.format
        place.alignment = Alignment(vertical="top", horizontal="right", indent=1)
    else:
        place.value = content
    if head:
        place.font = Font(bold=True)
    if isinstance(content, Amount) and content.disputed:
        place.fill, place.font = PatternFill("solid", fgColor="FDE3D8"), Font(color="8E1B00", bold=True)


def _look(sheet, lines):
    """Make the columns as wide as what stands in them, and keep the head in sight."""
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for column, head in enumerate(lines[0] if lines else (), 1):
        texts = [head, *(line[column - 1] for line in lines[1:] if len(line) == len(lines[0]))]
        longest = max(22 if isinstance(text, Amount) else len(str(text)) for text in texts)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, 10), 60)
    for at, line in enumerate(lines, 1):
        if len(line) == 1 < len(lines[0]):
            sheet.cell(at, 1).alignment = Alignment(vertical="top", wrap_text=False)
