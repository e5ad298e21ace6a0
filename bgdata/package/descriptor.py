"""Read the files of a data package strictly, as its descriptor declares them.

Columns, types, allowed values and keys come from `datapackage.json` and from nowhere else. Decomposed letters (NFD)
and what spreadsheets do to a file (see `dialects`) are read; all else that differs from the descriptor is a fault, and
every fault is collected. What the numbers mean is not looked at here.
"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from bgdata.errors import DataError, near
from bgdata.package import dialects

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(E\+[0-9]{2})?")
INTEGER = re.compile(r"-?[0-9]+")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Fault(NamedTuple):
    """What is wrong in one place of a file."""

    file: str
    line: int | None
    text: str


class Table(NamedTuple):
    """The rows of one file that could be read, with their line numbers.

    Cells are str, Decimal, int, bool or datetime.date as the descriptor declares; None where empty.
    """

    file: str
    rows: list[dict]
    lines: list[int]


def read_descriptor(folder):
    """Read `datapackage.json` of the folder.

    Raises
    ------
    DataError
        There is none, or it is no JSON.
    """
    path = Path(folder) / "datapackage.json"
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}). A data package has a datapackage.json.") from None
    except ValueError as error:
        raise DataError(f"{path} is not valid JSON: {error}. Restore it from the last commit.") from None


def read_table(path, schema, *, name) -> tuple[Table, list[Fault]]:
    """Read one CSV file.

    Parameters
    ----------
    path : pathlib.Path
    schema : dict
        The resource's schema in the descriptor.
    name : str
        The file's name in messages.

    Returns
    -------
    table : Table
        The rows without a fault.
    faults : list of Fault
    """
    fields = schema["fields"]
    try:
        text = unicodedata.normalize("NFC", dialects.decode(path.read_bytes()))
    except OSError as error:
        return Table(name, [], []), [Fault(name, None, f"cannot be read ({error.strerror})")]
    except UnicodeDecodeError as error:
        return Table(name, [], []), [
            Fault(
                name,
                None,
                f"is not UTF-8 (byte {error.start + 1}); save it as UTF-8 "
                "(in Excel: CSV UTF-8), not as UTF-16 or Windows-1258",
            )
        ]
    names = [field["name"] for field in fields]
    delimiter, header = dialects.separator(text, names)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, lines, faults = [], [], []
    start = 1
    try:
        found = [next(reader, []) for _ in range(header)][-1]
        faults += _header(name, dialects.trimmed(found, names, found), names)
        if faults:
            return Table(name, rows, lines), faults
        start = reader.line_num + 1
        for cells in reader:
            if any(cells) or not cells:  # a row that was emptied in a spreadsheet is none
                row, wrong = _row(dialects.trimmed(cells, names, found), fields, delimiter)
                faults += [Fault(name, start, fault) for fault in wrong]
                if not wrong:
                    rows.append(row)
                    lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        faults.append(
            Fault(name, start, f"is not well-formed CSV ({error}); look for a quotation mark that is not closed")
        )
    table = Table(name, rows, lines)
    return table, faults + _repeated(table, schema)


def references(table, schema, tables) -> Iterable[Fault]:
    """Find the cells that name a row which does not exist in the table they refer to.

    Parameters
    ----------
    tables : dict of str to Table
        By resource name; "" is the table itself.
    """
    for key in schema.get("foreignKeys", ()):
        field, there = key["fields"][0], key["reference"]["fields"][0]
        other = tables.get(key["reference"]["resource"]) or table
        known = {row[there] for row in other.rows}
        for row, line in zip(table.rows, table.lines):
            if row[field] is not None and row[field] not in known:
                yield Fault(table.file, line, f'{field} "{row[field]}" is unknown{near(row[field], known)}')


def describe(faults):
    """Make the error that lists all faults, file by file.

    Examples
    --------
    >>> print(describe([Fault("data/units.csv", 3, 'label_vi is empty')]))
    data/units.csv: 1 fault.
      line 3   label_vi is empty
    Nothing was loaded. Correct the lines, then run: bgdata check
    """
    lines = []
    for file in dict.fromkeys(fault.file for fault in faults):
        of_file = [fault for fault in faults if fault.file == file]
        lines.append(f"{file}: {len(of_file)} fault{'s' if len(of_file) > 1 else ''}.")
        for fault in sorted(of_file, key=lambda fault: fault.line or 0):
            place = f"line {fault.line}" if fault.line else "file"
            lines.append(f"  {place:<8} {fault.text}")
    lines.append("Nothing was loaded. Correct the lines, then run: bgdata check")
    return DataError("\n".join(lines), faults)


def _header(name, found, expected):
    if found == expected:
        return []
    missing = [column for column in expected if column not in found]
    extra = [column for column in found if column not in expected]
    details = [
        f"missing: {', '.join(missing)}" if missing else "",
        f"not expected: {', '.join(map(repr, extra))}" if extra else "",
        "" if missing or extra else "the columns stand in another order or twice",
    ]
    return [Fault(name, 1, f"{'; '.join(filter(None, details))}; expected the columns {','.join(expected)}")]


def _row(cells, fields, mark):
    if len(cells) != len(fields):
        more = "more" if len(cells) > len(fields) else "fewer"
        return {}, [
            f"{len(cells)} cells, {more} than the {len(fields)} columns; put quotation marks around a cell with a comma"
        ]
    row, faults = {}, []
    for field, cell in zip(fields, cells):
        try:
            row[field["name"]] = _cell(dialects.plain(cell, field["type"], mark), field)
        except ValueError as error:
            faults.append(f"{field['name']} {error}")
    return row, faults


def _cell(text, field):
    """Turn one cell into its type; ValueError says what was found and expected."""
    constraints = field.get("constraints", {})
    if text == "":
        if constraints.get("required"):
            raise ValueError("is empty")
        return None
    if "enum" in constraints and text not in constraints["enum"]:
        raise ValueError(f'"{text}" is not one of {" ".join(constraints["enum"])}{_hint(text, constraints["enum"])}')
    if "pattern" in constraints and not re.fullmatch(constraints["pattern"], text):
        if text[0] in "=+-@":
            raise ValueError(f'"{text}" starts with "{text[0]}" as a formula does; write it without')
        if re.search(r"[\t\r\n]", text):
            raise ValueError(f"{text!r} holds a tab or a line break; write it on one line")
        raise ValueError(
            f'"{text}" does not have the form expected: {field.get("description", constraints["pattern"])}'
        )
    value = TYPES[field["type"]](text)
    if "minimum" in constraints and value < constraints["minimum"]:
        raise ValueError(f'"{text}" is less than {constraints["minimum"]}')
    return value


def _hint(text, known):
    match = near(text, known)
    return match if "did you mean" in match.text else ""


def _number(text):
    if not NUMBER.fullmatch(text):
        comma = "; the decimal mark in the file is a point" if "," in text else ""
        raise ValueError(f'"{text}" is not a number{comma}')
    return Decimal(text)


def _integer(text):
    if not INTEGER.fullmatch(text):
        raise ValueError(f'"{text}" is not a whole number')
    return int(text)


def _date(text):
    try:
        if not DATE.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f'"{text}" is not a date such as 2024-06-30') from None


def _boolean(text):
    if text not in ("true", "false"):
        raise ValueError(f'"{text}" is neither true nor false')
    return text == "true"


TYPES = {"boolean": _boolean, "string": str, "number": _number, "integer": _integer, "date": _date}


def _repeated(table, schema):
    """Find rows with the same primary key, and values that a unique column has twice."""
    faults = []
    keys = [
        schema["primaryKey"],
        *([field["name"]] for field in schema["fields"] if field.get("constraints", {}).get("unique")),
    ]
    for key in keys:
        seen = {}
        for row, line in zip(table.rows, table.lines):
            values = tuple(row[column] for column in key)
            if values in seen:
                shown = ", ".join(f'{column} "{value or ""}"' for column, value in zip(key, values))
                faults.append(Fault(table.file, line, f"{shown} stands already in line {seen[values]}"))
            else:
                seen[values] = line
    return faults
