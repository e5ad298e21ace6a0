"""Read a numeral in a table by the heads of its column: what it is, its unit, its time, as what it stands.

The grid and its heads come with the passage; what the words of a head say is told in `heads`.
"""

import re

from bgdata.errors import NotationError
from bgdata.notation import numbers
from bgtools.read.statement import doubts, heads
from bgtools.read.statement.classes import NAME, ORDINAL
from bgtools.read.statement.timewords import Time


def columns_of(passage, period):
    """Return what the heads of each cell say, with the unit that its row, its head or the table's title gives."""
    if not passage.cells:
        return []
    kinds = [heads.column(cell.heads, period) for cell in passage.cells]
    values = [
        one.kind == "value" and bool(re.search(r"\d", passage.text[cell.start : cell.end]))
        for one, cell in zip(kinds, passage.cells)
    ]
    if sum(values) == 1:
        kinds = [heads.column(cell.heads, period, alone=True) for cell in passage.cells]
    told = [passage.text[cell.start : cell.end] for one, cell in zip(kinds, passage.cells) if one.kind == "unit"]
    row = next((cell.rows for cell in passage.cells if cell.rows), ())
    found = []
    for one, cell in zip(kinds, passage.cells):
        sources = [*told, *reversed(row), *reversed(cell.heads), passage.lead]
        unit = next((unit for source in sources if any(unit := heads.unit_of(source))), ("", ""))
        found.append((cell, one, unit))
    return found


def settle(numeral, columns):
    """Take a running number, and a digit of a label or note, for what it is."""
    for cell, column, _ in columns:
        if cell.start <= numeral.start < cell.end:
            numeral.cell = cell
            if column.kind == "running":
                numeral.kind = ORDINAL
            elif column.kind == "unit":
                numeral.kind = NAME


def take_over(numeral, columns):
    """Take over what the heads of a numeral's column say."""
    for cell, column, (scale, unit) in columns:
        if cell is not numeral.cell or column.kind != "value":
            continue
        if column.time != Time.NOW:
            numeral.time = column.time
        numeral.doubts += column.doubts
        numeral.stated += [(doubt, "") for doubt in column.stated]
        numeral.place = column.place or numeral.place
        bare = numeral.number is not None and numeral.unit == "count" and not numeral.number.exponent
        if bare and unit == "percent":
            _again(numeral, numeral.printed + "%", "percent")
        elif bare and (scale or unit):
            _again(numeral, f"{numeral.printed} {scale}".strip(), unit or "count")


def _again(numeral, printed, unit):
    numeral.unit, numeral.readings = unit, ()
    try:
        numeral.number, numeral.printed = numbers.parse(printed, numeral.qualifier), printed
    except NotationError:
        numeral.doubts.append(doubts.BROKEN)
