"""Tables as grids: which heads stand over a cell, and which words name its row.

A reader gives boxes as its file has them, merged or not; out come rows of text with cells that know their heads. Whether
a head says a year, a plan or a unit is not decided here.
"""

import re
from dataclasses import dataclass

from bgtools.read.document.passage import Cell

MOST_COLUMNS = 100
SIGN = r"[-+–−<>≤≥~≈±(]{0,3}\s?"
FIGURE = r"\d[\d.,\s]*(?:[-–/]\s?\d[\d.,]*)?"  # groups may be parted by spaces
PLAIN = re.compile(rf"{SIGN}{FIGURE}[%‰]?\)?[.;]?")
VALUE = re.compile(
    rf"{SIGN}{FIGURE}(?:[%‰]|(?<=\s)[^\W\d_]+(?: [^\W\d_]+){{0,3}}|[^\W\d_]+(?: [^\W\d_]+){{1,3}})?\)?[.;]?"
)
YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)\d\d)?")
TIME = re.compile(r"\b(?:tháng|quý|năm|ngày|tuần)\b", re.IGNORECASE)
INDEX = re.compile(r"\(?(?:\d{1,2}|[A-ZĐ])\)?(?:\s?=.*)?")
ORDER = re.compile(r"s?\.?tt|số\s+tt|số\s+thứ\s+tự|s\.t\.t|t\.t|no\.?", re.IGNORECASE)
UNIT = re.compile(r"đvt|đơn\s+vị(?:\s+tính)?|đv(?:\s+tính)?|unit", re.IGNORECASE)
MARKERS = tuple(  # how rows are numbered, outermost first
    re.compile(form)
    for form in (
        r"[A-HĐ]",
        r"X{0,2}(?:IX|IV|V?I{1,3}|V)|X{1,2}",
        r"\d{1,3}",
        r"\d{1,3}\.\d{1,3}",
        r"\d{1,3}\.\d{1,3}\.\d{1,3}",
        r"[a-zđ]",
        r"[-–—•*]",
        r"\+",
    )
)
MARKED = re.compile(r"([^\W_]{1,4}(?:\.\d{1,3}){0,2})[.)]\s|([-–—•*+])\s")  # a label that begins with its number
UNNUMBERED = 5.5  # a row without a mark stands above those with a dash


@dataclass(eq=False)
class Box:
    """A cell as a file has it; a box that was merged over several rows stands in each of them.

    Attributes
    ----------
    text : str
    column, width : int
        First column, and how many it covers.
    row : int
        The first row that it stands in.
    strong : bool
        Set in bold.
    head : bool
        The file says that its row is a head.
    """

    text: str
    column: int = 0
    width: int = 1
    row: int = 0
    strong: bool = False
    head: bool = False


def boxes(rows):
    """Make a grid of rows of texts, none of them merged.

    Examples
    --------
    >>> rows = rows_of(boxes([["TT", "Chỉ tiêu", "Năm 2023", "Năm 2024"], ["1", "Số trạm", "", "96"]]))
    >>> [(text, [(cell.heads, cell.rows) for cell in cells][-1:]) for text, cells in rows[1:]]
    [('1 | Số trạm | 96', [(('Năm 2024',), ('Số trạm',))])]
    """
    return [[Box(text, column, row=row) for column, text in enumerate(texts)] for row, texts in enumerate(rows)]


def rows_of(grid):
    """Return each row that holds text as its text and its cells.

    Parameters
    ----------
    grid : list of list of Box

    Returns
    -------
    list of (str, tuple of Cell)
    """
    depth = head_rows(grid)
    heads = _column_heads(grid[:depth])
    names = _row_heads(grid, depth, heads)
    found = []
    for row, line in enumerate(grid):
        own = [box for box in line if box.row == row and box.text]
        text, cells = "", []
        for box in own:
            text += " | " if text else ""
            inside = row >= depth
            above = _common([heads.get(column, ()) for column in _columns(box)]) if inside else ()
            cells.append(
                Cell(len(text), len(text) + len(box.text), above, names[row][box] if inside else (), box.column, row)
            )
            text += box.text
        if text:
            found.append((text, tuple(cells)))
    return found


def head_rows(grid):
    """Return how many rows of a grid are heads.

    Examples
    --------
    >>> head_rows(boxes([["Điểm phục vụ", "340"], ["Hồ sơ", "55.860"]]))
    0
    >>> head_rows(boxes([["Chỉ tiêu", "2023", "2024"], ["(1)", "(2)", "(3)"], ["Hồ sơ", "51.000", "55.860"]]))
    2
    """
    depth = 0
    for row, line in enumerate(grid):
        own = [box for box in line if box.row == row and box.text]
        if depth and _is_index(own):
            return row + 1
        if any(_is_value(box.text) for box in own):
            break
        if row and not any(box.head for box in line) and not _hangs(grid, row, line):
            break
        depth = row + 1
    return depth if depth < len(grid) else min(depth, 1)


def _is_value(text):
    return bool(VALUE.fullmatch(text)) and not YEAR.fullmatch(text) and not TIME.search(text)


def _is_index(own):
    """Tell whether a row numbers the columns: A, B, 1, 2, 3 = 2 : 1."""
    texts = [box.text for box in own]
    first = texts[0].strip("()") if texts else ""
    return len(texts) > 1 and first in ("1", "A") and all(INDEX.fullmatch(text) for text in texts)


def _hangs(grid, row, line):
    """Tell whether a row is held to the head above it by a merged cell."""
    if any(box.row < row for box in line):
        return True
    wide = [box for box in grid[row - 1] if box.width > 1 and box.text]
    under = [box for box in line if any(one.column <= box.column < one.column + one.width for one in wide)]
    return len([box for box in under if box.text]) > 1


def _columns(box):
    return range(box.column, min(box.column + box.width, MOST_COLUMNS))


def _column_heads(lines):
    paths = {}
    for row, line in enumerate(lines):
        if row and _is_index([box for box in line if box.row == row and box.text]):
            continue
        for box in line:
            for column in _columns(box) if box.text else ():
                path = paths.setdefault(column, [])
                if box.text not in path[-1:]:
                    path.append(box.text)
    return {column: tuple(path) for column, path in paths.items()}


def _common(paths):
    """Return what several paths begin with."""
    shared = []
    for level in zip(*paths):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return tuple(shared)


def _row_heads(grid, depth, heads):
    """Return, for each row, the path of words that name it, by box: a box over several rows has only what they share."""
    order, labels = _kinds(grid, depth, heads)
    named, stack, spans = [{} for _ in grid], [], {}
    for row, line in enumerate(grid):
        if row < depth:
            continue
        number = " ".join(box.text for box in line if box.column in order and box.row == row)
        own = [box for box in line if box.column in labels and box.text]
        if not own and (group := [box for box in line if box.text and box.width > 1 and box.row == row]):
            own = group[:1]
        words = tuple(dict.fromkeys(box.text for box in own))
        level = _level(number, words, line, row, bool(order))
        while stack and stack[-1][0] >= level:
            stack.pop()
        path = (*(word for _, above in stack for word in above), *words)
        if words:
            stack.append((level, words))
        for box in line:
            spans[box] = _common([spans.get(box, path), path])
    for row, line in enumerate(grid):
        named[row] = {box: spans.get(box, ()) for box in line}
    return named


def _kinds(grid, depth, heads):
    """Return the columns of running numbers, and those that name the rows."""
    columns = sorted({box.column for line in grid[depth:] for box in line})
    texts = {column: [] for column in columns}
    for row, line in enumerate(grid[depth:], start=depth):
        for box in line:
            if box.row == row and box.text and box.width == 1:
                texts[box.column].append(box.text)
    last = {column: (heads.get(column) or ("",))[-1].strip(" .:") for column in columns}
    order = {column for column in columns if ORDER.fullmatch(last[column])}
    if columns and not order and not last[columns[0]] and _counts(texts[columns[0]]):
        order = {columns[0]}
    farthest = max((column for column in columns if any(map(_is_value, texts[column]))), default=0)
    labels = []
    for column in columns:
        if column in order:
            continue
        valued = sum(bool(PLAIN.fullmatch(text)) for text in texts[column])
        if UNIT.fullmatch(last[column]) or valued > (0 if labels else len(texts[column]) / 2):
            break
        labels.append(column)
        if column >= farthest:
            break
    return order, set(labels)


def _counts(texts):
    """Tell whether the texts of a column without a head are running numbers."""
    numbers = [text.strip(".)") for text in texts]
    return len(numbers) > 1 and numbers == [str(number + 1) for number in range(len(numbers))]


def _level(number, words, line, row, numbered):
    """Return how deep a row stands among the others; a row without values that names a group stands above them."""
    text = words[0] if words else ""
    marked = MARKED.match(text)
    mark = number.strip("().") or (marked and (marked[1] or marked[2])) or ""
    if marks := [depth for depth, form in enumerate(MARKERS) if form.fullmatch(mark)]:
        return marks[0]
    own = [box for box in line if box.text and box.row == row]
    alone = len(own) == 1 and (own[0].width > 1 or own[0].strong or text.endswith(":") or text.isupper())
    return 1.5 if alone and not numbered else UNNUMBERED
