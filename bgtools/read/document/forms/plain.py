"""Read lines of plain text: Markdown's headings and tables, columns set by tabs or by lines of dots."""

import re
from dataclasses import replace

from bgtools.read.document.grid import boxes, rows_of
from bgtools.read.document.lines import PAGE, Line, clean

HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
STRESSED = re.compile(r"(?:\*\*|__)(?=\S)(?P<text>[^*_]+)(?:\*\*|__)\s*:?")
STARS = re.compile(r"\*\*|__|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)")
LEADER = re.compile(r"(?<![.…_])(?:\.{4,}|…{2,}|_{4,})(?![.…_])")
RULE = frozenset(" \t|:+=-")  # what the line below the heads of a Markdown table is made of
BARE = re.compile(r"\W*\d{1,2}[.)]?\W*|[-+*•–]")  # what a tab may follow without making a column


def lines_of_text(texts):
    """Return the lines of a text, rows of tables with their cells.

    Parameters
    ----------
    texts : sequence of str

    Returns
    -------
    list of Line

    Examples
    --------
    >>> lines = lines_of_text(["## **Bưu chính**", "| Chỉ tiêu | 2024 |", "|---|---|", "| Điểm | 340 |"])
    >>> [(line.text, line.level, line.cells[-1].heads if line.cells else ()) for line in lines]
    [('Bưu chính', 2, ()), ('Chỉ tiêu | 2024', 0, ()), ('Điểm | 340', 0, ('2024',))]
    """
    return tables([_line(text) for text in texts])


def tables(lines):
    """Make rows with cells of lines whose columns are set by tabs, by ``" | "`` or by lines of dots.

    Parameters
    ----------
    lines : list of Line

    Returns
    -------
    list of Line
    """
    found, run, blank = [], [], []
    for place, line in enumerate([*lines, Line("", note="end")]):
        if run and _is_rule(line.text):
            continue
        fields = None if line.cells or line.note else _fields(line.text)
        if run and line.text == "" and not line.note and not blank:
            blank.append(line)
            continue
        if run and fields is None and _is_group(line.text, lines[place + 1 : place + 2], run):
            fields = [clean(line.text)] + [""] * (len(run[-1][1]) - 1)
        if run and (fields is None or blank and len(fields) != len(run[-1][1])):
            found += [*_rows(run), *blank]
            run = []
        blank = []
        if fields is not None:
            run.append((line, fields))
        else:
            found.append(line)
    return found[:-1]


def _is_group(text, following, run):
    """Tell whether a line alone stands between rows of one table, as the title of some of them."""
    fields = _fields(following[0].text) if following and not following[0].cells else None
    return (
        bool(text)
        and len(text) < 80
        and fields is not None
        and len(fields) == len(run[-1][1])
        and text[-1] not in ".;:"
    )


def _is_rule(text):
    return "--" in text and "|" in text and RULE.issuperset(text)


def _line(text):
    if not text:
        return Line("")
    heading = HEADING.match(text)
    stressed = STRESSED.match(text.strip()[: 2 * 200])
    level = len(heading[1]) if heading else 0
    text = STARS.sub("", text[heading.end() :] if heading else text)
    if PAGE in text and not text.strip():
        return Line(PAGE)
    strong = len(stressed["text"]) if stressed and not heading else 0
    return Line(LEADER.sub(" | ", text).replace("\f", " "), level, strong)


def _fields(text):
    """Return the fields of a line that may be a row of a table; None of any other."""
    text = text.strip(" ")
    if " | " in text or text.startswith("|") or text.endswith("|"):
        fields = text.removeprefix("|").removesuffix("|").split("|")
    else:
        fields = text.split("\t") if "\t" in text else []
        if fields and BARE.fullmatch(fields[0].strip()) and len(fields) == 2:
            return None
    fields = [clean(one) for one in fields]
    filled = len(list(filter(None, fields)))
    return fields if filled > 1 or (len(fields) > 2 and fields[0]) else None


def _rows(run):
    """Return the rows of a table; where a row has not as many fields as the first, no head is sure to stand over them."""
    texts = [fields for _, fields in run]
    if len(set(map(len, texts))) > 1:
        squeezed = [list(filter(None, fields)) for fields in texts]
        texts = squeezed if len(set(map(len, squeezed))) == 1 else texts
    width = len(texts[0])
    found = []
    for text, cells in rows_of(spread(boxes(texts))):
        sure = len(texts[cells[0].row]) == width
        found.append(Line(text, cells=cells if sure else tuple(replace(cell, heads=()) for cell in cells)))
    return found


def spread(grid):
    """Let a head of the first row stand over the empty places behind it, where a second row of heads has texts.

    Parameters
    ----------
    grid : list of list of bgtools.read.document.grid.Box
        Without merged cells.
    """
    if len(grid) < 2 or grid[1][0].text or not grid[0][0].text:
        return grid
    over = None
    for box, below in zip(grid[0], grid[1]):
        if box.text:
            over = box if below.text else None
        elif over and below.text:
            over.width += 1
    grid[0] = [
        box
        for box in grid[0]
        if box.text or not any(one.column < box.column < one.column + one.width for one in grid[0])
    ]
    return grid
