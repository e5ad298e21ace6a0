"""Read lines of plain text: Markdown's headings and tables, columns set by tabs or by lines of dots."""

import re

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
    for line in [*lines, Line("", note="end")]:
        if run and _is_rule(line.text):
            continue
        fields = None if line.cells or line.note else _fields(line.text)
        if run and line.text == "" and not line.note and not blank:
            blank.append(line)
            continue
        if run and (fields is None or blank and len(fields) != len(run[-1][1])):
            found += [*_rows(run), *blank]
            run = []
        blank = []
        if fields is not None:
            run.append((line, fields))
        else:
            found.append(line)
    return found[:-1]


def _is_rule(text):
    return "--" in text and "|" in text and RULE.issuperset(text)


def _line(text):
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
        fields = text.strip("|").split("|")
    else:
        fields = text.strip().split("\t") if "\t" in text.strip() else []
        if fields and BARE.fullmatch(fields[0]) and len(fields) == 2:
            return None
    fields = [clean(one) for one in fields]
    return fields if len(list(filter(None, fields))) > 1 or len(fields) > 2 else None


def _rows(run):
    grid = boxes([fields for _, fields in run])
    return [Line(text, cells=cells) for text, cells in rows_of(grid)]
