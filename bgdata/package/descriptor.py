"""Read the files of a data package strictly, as its descriptor declares them.

Columns, types, allowed values and keys come from the schema and from nowhere else. Decomposed letters (NFD)
and what spreadsheets do to a file (see `dialects`) are read; all else that differs from the schema is a fault, and
every fault is collected. What the numbers mean is not looked at here.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from bgdata.errors import BgdataError, Fault, near
from bgdata.files import reason
from bgdata.package import dialects
from bgdata.package.patterns import reach
from bgdata.package.schema import Field, Schema
from bgdata.voice import Joined, Message

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(E\+[0-9]{2})?")
INTEGER = re.compile(r"-?[0-9]+")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST = 18  # digits of a whole number


class Table(NamedTuple):
    """The rows of one file that could be read, with their line numbers.

    Cells are str, Decimal, int, bool or datetime.date as the descriptor declares; None where empty. `separator` is what
    parts the cells in the file: a comma, unless a spreadsheet has saved it.
    """

    file: str
    rows: list[dict]
    lines: list[int]
    separator: str = ","


def read_table(path: Path, schema: Schema, *, name: str) -> tuple[Table, list[Fault]]:
    """Read one CSV file.

    Parameters
    ----------
    path : pathlib.Path
    schema : Schema
    name : str
        The file's name in messages.

    Returns
    -------
    table : Table
        The rows without a fault.
    faults : list of Fault
    """
    try:
        text = unicodedata.normalize("NFC", dialects.decode(path.read_bytes()))
    except OSError as error:
        return Table(name, [], []), [Fault(name, None, Message("cannot be read ({why})", why=reason(error)))]
    except UnicodeDecodeError as error:
        wrong = Message(
            "is not UTF-8 (byte {byte}); save it as UTF-8 (in Excel: CSV UTF-8), not as UTF-16 or Windows-1258",
            byte=error.start + 1,
        )
        return Table(name, [], []), [Fault(name, None, wrong)]
    names = schema.columns
    delimiter, header = dialects.separator(text, names)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[dict] = []
    lines: list[int] = []
    faults: list[Fault] = []
    start = 1
    try:
        found = [next(reader, []) for _ in range(header)][-1]
        faults += _header(name, dialects.trimmed(found, names, found), names)
        if faults:
            return Table(name, rows, lines), faults
        start = reader.line_num + 1
        for cells in reader:
            if any(cells) or not cells:  # a row that was emptied in a spreadsheet is none
                row, faulty = _row(dialects.trimmed(cells, names, found), schema.fields, delimiter)
                faults += [Fault(name, start, fault) for fault in faulty]
                if not faulty:
                    rows.append(row)
                    lines.append(start)
            start = reader.line_num + 1
    except csv.Error:
        text = Message("is not well-formed CSV; look for a quotation mark that is not closed")
        faults.append(Fault(name, start, text))
    table = Table(name, rows, lines, delimiter)
    return table, faults + _repeated(table, schema)


def references(table: Table, schema: Schema, tables: Mapping[str, Table]) -> Iterable[Fault]:
    """Find the cells that name a row which does not exist in the table they refer to.

    Parameters
    ----------
    tables : dict of str to Table
        By resource name.
    """
    for field, there, column in schema.references:
        known = dict.fromkeys(row[column] for row in (tables[there] if there else table).rows)
        for row, line in zip(table.rows, table.lines):
            if row[field] is not None and row[field] not in known:
                text = Message(
                    '{column} "{cell}" is unknown{hint}', column=field, cell=row[field], hint=near(row[field], known)
                )
                yield Fault(table.file, line, text)


def _header(name, found, expected):
    if found == expected:
        return []
    missing = [column for column in expected if column not in found]
    extra = [column for column in found if column not in expected]
    details = [Message("missing: {columns}", columns=missing)] if missing else []
    details += [Message("not expected: {columns}", columns=list(map(repr, extra)))] if extra else []
    details = details or [Message("the columns stand in another order or twice")]
    rest = Message("expected the columns {columns}", columns=",".join(expected))
    return [Fault(name, 1, Joined("; ", [*details, rest]))]


def _row(cells, fields, mark):
    if len(cells) != len(fields):
        counts = {"cells": len(cells), "columns": len(fields)}
        more = Message("{cells} cells, more than the {columns} columns", **counts)
        fewer = Message("{cells} cells, fewer than the {columns} columns", **counts)
        advice = Message("put quotation marks around a cell with a comma")
        return {}, [Joined("; ", [more if len(cells) > len(fields) else fewer, advice])]
    row, faults = {}, []
    for field, cell in zip(fields, cells):
        try:
            row[field.name] = _cell(dialects.plain(cell, field.type, mark), field)
        except BgdataError as error:
            faults.append(Joined(" ", [field.name, error.message]))
    return row, faults


def _cell(text, field: Field):
    """Turn one cell into its type; the error says what was found and expected."""
    if text == "":
        if field.required:
            raise BgdataError("is empty")
        return None
    if field.enum and text not in field.enum:
        raise BgdataError(
            '"{cell}" is not one of {known}{hint}', cell=text, known=" ".join(field.enum), hint=_hint(text, field.enum)
        )
    if field.pattern and len(text) > reach(field.pattern.pattern):
        raise BgdataError("{count} letters are too many for the form expected", count=len(text))
    if field.pattern and not field.pattern.fullmatch(text):
        raise _form(text, field)
    value = TYPES[field.type](text)
    if field.minimum is not None and value < field.minimum:
        raise BgdataError('"{cell}" is less than {minimum}', cell=text, minimum=field.minimum)
    return value


def _form(text, field):
    if text[0] in "=+-@":
        return BgdataError('"{cell}" starts with "{sign}" as a formula does; write it without', cell=text, sign=text[0])
    if re.search(r"[\t\r\n]", text):
        return BgdataError("{cell} holds a tab or a line break; write it on one line", cell=repr(text))
    if not field.example:
        return BgdataError(
            '"{cell}" does not have the form expected: {pattern}', cell=text, pattern=field.pattern.pattern
        )
    return BgdataError('"{cell}" does not have the form expected, such as {example}', cell=text, example=field.example)


def _hint(text, known):
    match = near(text, known)
    return match if "did you mean" in match.text else ""


def _number(text):
    if not NUMBER.fullmatch(text):
        if "," in text:
            raise BgdataError('"{cell}" is not a number; the decimal mark in the file is a point', cell=text)
        raise BgdataError('"{cell}" is not a number', cell=text)
    return Decimal(text)


def _integer(text):
    if not INTEGER.fullmatch(text) or len(text) > LONGEST:
        raise BgdataError('"{cell}" is not a whole number', cell=text)
    return int(text)


def _date(text):
    try:
        if not DATE.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise BgdataError('"{cell}" is not a date such as 2024-06-30', cell=text) from None


def _boolean(text):
    if text not in ("true", "false"):
        raise BgdataError('"{cell}" is neither true nor false', cell=text)
    return text == "true"


TYPES = {"boolean": _boolean, "string": str, "number": _number, "integer": _integer, "date": _date}


def _repeated(table, schema):
    """Find rows with the same primary key, and values that a unique column has twice."""
    faults = []
    keys = [schema.key, *((field.name,) for field in schema.fields if field.unique)]
    for key in filter(None, keys):
        seen = {}
        for row, line in zip(table.rows, table.lines):
            values = tuple(row[column] for column in key)
            if values in seen:
                cells = ", ".join(f'{column} "{value or ""}"' for column, value in zip(key, values))
                faults.append(
                    Fault(
                        table.file,
                        line,
                        Message("{cells} stands already in line {line}", cells=cells, line=seen[values]),
                    )
                )
            else:
                seen[values] = line
    return faults
