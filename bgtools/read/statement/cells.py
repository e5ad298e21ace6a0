"""Read a numeral in a table by the heads of its column: what it is, its unit, its time, as what it stands.

The grid and its heads come with the passage; what the words of a head say is told in `heads`.
"""

import re
from bisect import bisect_right

from bgdata.errors import NotationError
from bgdata.notation import numbers
from bgtools.read.statement import doubts, heads
from bgtools.read.statement.classes import NAME, OBSERVATION, ORDINAL
from bgtools.read.statement.doubts import COMPARISON
from bgtools.read.statement.timewords import Time

SAYS_MORE = re.compile(
    r"(?!\W*(?:(?:khoảng|gần|hơn|trên|dưới|ước|tính|đạt|xấp xỉ|là|có|được|tăng|giảm|không|quá|chưa|đến)\s+)*[\W_]*\d)[^\d]*[^\W\d_]|"
    r"[^,;(]*\d[^,;(]*[,;(][^\d]*[^\W\d_]{2}|[\W\d]+(?:\s[^\W\d_]+){5}",
    re.IGNORECASE,
)  # words before a number that do not say how exact it is; a bracket, or many words, behind it


def columns_of(passage, period, home=""):
    """Return what the heads of each cell say, with the unit that its row, its head or the table's title gives."""
    if not passage.cells:
        return []
    kinds = [heads.column(cell.heads, period, home) for cell in passage.cells]
    values = [
        one.kind == "value" and bool(re.search(r"\d", passage.text[cell.start : cell.end]))
        for one, cell in zip(kinds, passage.cells)
    ]
    if sum(values) == 1:
        kinds = [heads.column(cell.heads, period, home, alone=True) for cell in passage.cells]
    told = [passage.text[cell.start : cell.end] for one, cell in zip(kinds, passage.cells) if one.kind == "unit"]
    row = next((cell.rows for cell in passage.cells if cell.rows), ())
    above = [] if told or " | " in passage.lead else [passage.lead]  # a title over the table may give its unit
    found = []
    for one, cell in zip(kinds, passage.cells):
        percent = [head for head in cell.heads[-1:] if "%" in head]
        sources = [*(percent and ["%"]), *told, *reversed(row), *reversed(cell.heads), *above]
        unit = next((unit for source in sources if any(unit := heads.unit_of(source))), ("", ""))
        found.append((cell, one, unit))
    return sorted(found, key=lambda one: one[0].start)


def settle(numeral, columns):
    """Take a running number, and a digit of a unit or note, for what it is; return what the heads of its column say."""
    place = bisect_right(columns, numeral.start, key=lambda one: one[0].start) - 1
    if place < 0 or numeral.start >= columns[place][0].end:
        return None
    numeral.cell, column, _ = columns[place]
    if column.kind == "running":
        numeral.kind = ORDINAL
    elif column.kind in ("unit", "note"):
        numeral.kind = NAME
    return columns[place]


def doubt_rows(found, text):
    """Ask about all numbers of a row of which a cell says more of its number than its head does: it may be meant for another.

    Parameters
    ----------
    found : sequence of Numeral
        Of one row.
    text : str
    """
    odd = any(
        one.cell and one.kind == OBSERVATION and SAYS_MORE.match(text[one.cell.start : one.cell.end]) for one in found
    )
    for one in found:
        if odd and one.cell and doubts.RIVALLED not in one.doubts:
            one.doubts = [*one.doubts, doubts.RIVALLED]


def take_over(numeral, told):
    """Take over what the heads of a numeral's column say."""
    _, column, (scale, unit) = told
    if column.kind == "value":
        if column.time != Time.NOW:
            numeral.time = column.time
        numeral.doubts += column.doubts
        numeral.stated += [(doubt, "") for doubt in column.stated]
        numeral.place = column.place or numeral.place
        bare = numeral.number is not None and numeral.unit == "count" and not numeral.number.exponent
        if bare and unit != "percent" and COMPARISON in column.stated:
            return  # how it compares has a unit of its own
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
