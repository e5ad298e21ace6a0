"""What stands at the head and foot of pages: page numbers, footnotes, tables that go on overleaf; pages become lines."""

import re
from collections import Counter

from bgtools.read.document.grid import rows_of
from bgtools.read.document.lines import DIGITS, PAGE, RAISED, SUPERSCRIPTS, digits, joined

SMALL = 0.94  # of the size of the text, below which a line at the foot of a page is a footnote
NUMBER = re.compile(r"\W*(?:trang\s+)?(\d{1,4})(?:\s*/\s*\d{1,4})?\W*", re.IGNORECASE)
OPENING = re.compile(rf"[(\[]?([{SUPERSCRIPTS}]+)")
PLAIN = re.compile(r"(\d{1,3})(?=\s)")


def without_numbers(pages, dropped):
    """Drop page numbers, and lines that are repeated at the head or foot of pages."""
    for edge in (0, -1):
        rows = [(number, page[edge]) for number, page in enumerate(pages, start=1) if page and page[edge].grid is None]
        shown = [(number, row, NUMBER.fullmatch(row.text)) for number, row in rows]
        shifts = Counter(int(match[1]) - number for number, _, match in shown if match)
        same = Counter(re.sub(r"\d+", "#", row.text) for _, row in rows)
        for number, row, match in shown:
            counted = match and (shifts[int(match[1]) - number] > 1 or int(match[1]) == number)
            if counted or same[re.sub(r"\d+", "#", row.text)] > max(2, len(pages) // 2):
                dropped["page number" if match else "page head"] += digits(row.text)
                pages[number - 1].remove(row)


def lines_of_pages(pages, separators, dropped):
    """Return all lines as (text, level, strong, note, cells, flows); footnotes with their marks."""
    sizes = Counter()
    for row in (row for page in pages for row in page):
        sizes[round(row.size, 1)] += len(row.text)
    usual = max(sizes, key=sizes.get)
    lines, note, table = [], "", None
    for page, separator in zip(pages, separators):
        foot = _foot(page, usual, separator, note)
        marks = _raised_in(page[:foot])
        for place, row in enumerate(page):
            if row.grid is not None:
                table = _continued(table, row, lines, dropped)
                continue
            if place < foot:
                table = None
                lines.append((row.text, 0, row.strong, "", (), row.flows))
                continue
            mark, text = _opened(row.text, marks)
            note = mark or note
            lines.append((text, 0, 0, note, (), row.flows and not mark))
            dropped["mark of a footnote"] += digits(mark)
        lines.append((PAGE, 0, 0, "", (), False))
    return lines


def _opened(text, marks):
    """Return the mark that opens a line of a footnote, raised or one of those on its page, and the rest of the line."""
    opening = OPENING.match(text) or PLAIN.match(text)
    mark = opening[1].translate(DIGITS) if opening else ""
    if not mark or opening.re is PLAIN and mark.translate(RAISED) not in marks:
        return "", text
    return mark, text[opening.end() :].lstrip(")] ")


def separator(rows, rules):
    """Return the height of the rule that parts footnotes from the text; 0 where there is none."""
    lines = [row for row in rows if row.grid is None]
    width = max((row.right for row in lines), default=0) - min((row.left for row in lines), default=0)
    found, upright = 0.0, [rule for rule in rules if rule[3] - rule[1] > 4]
    for left, bottom, right, top in rules:
        short = top - bottom < 2 and 30 < right - left < 0.6 * width and not _meets((left, bottom, right, top), upright)
        beside = any(
            -0.1 * row.size < row.y - bottom < 0.2 * row.size and row.left < right and left < row.right for row in lines
        )
        below = [row for row in rows if row.y < bottom]
        if short and not beside and below and all(row.grid is None for row in below):
            found = max(found, bottom)
    return found


def _meets(flat, upright):
    """Tell whether a rule is part of a table: an upright one meets it."""
    left, bottom, right, top = flat
    return any(one[0] < right + 2 and left - 2 < one[2] and one[1] < top + 2 and bottom - 2 < one[3] for one in upright)


def _foot(page, usual, separator, note):
    """Return at which line of a page its footnotes begin: below a rule or a wide gap, or small lines with a mark.

    Footnotes may go on from the page before, whose last one is `note`.
    """
    below = next((place for place, row in enumerate(page) if separator and row.y < separator), len(page))
    if note and below < len(page) or _opens(page, below):
        return below
    small = len(page)
    while small and page[small - 1].grid is None and page[small - 1].size < SMALL * usual:
        small -= 1
    if any(OPENING.match(row.text) for row in page[small:]):
        return small
    steps = [above.y - row.y for above, row in zip(page, page[1:])]
    usual = sorted(steps)[len(steps) // 2] if steps else 0
    for place, step in enumerate(steps, start=1):
        if step > 1.4 * usual and _opens(page, place, first=True) and (step > 1.8 * usual or _answers(page, place)):
            return place
    return len(page)


def _answers(page, place):
    """Tell whether the lines from a place on open with all the marks above it, in their order."""
    marks = _raised_in(page[:place])
    opened = [mark for row in page[place:] if (mark := _opened(row.text, marks)[0])]
    return opened == sorted((mark.translate(DIGITS) for mark in marks), key=int)


def _opens(page, place, first=False):
    """Tell whether lines from a place on, or the first of them, open with marks that stand above that place."""
    if place >= len(page) or any(row.grid is not None for row in page[place:]):
        return False
    marks = _raised_in(page[:place])
    return any(_opened(row.text, marks)[0] for row in page[place : place + 1 if first else len(page)])


def _raised_in(rows):
    return {mark for row in rows for mark in re.findall(f"[{SUPERSCRIPTS}]+", row.text)}


def _continued(table, row, lines, dropped):
    """Add a table; one that goes on from the page before keeps its heads."""
    grid, notes = list(row.grid), []
    if table and row.columns and table.columns == row.columns and lines and lines[-1][0] == PAGE:
        before = list(table.grid)
        heads = [[box.text for box in line] for line in before[:3]]
        repeated = 0
        while (
            repeated < min(3, len(grid))
            and repeated < len(heads)
            and [box.text for box in grid[repeated]] == heads[repeated]
        ):
            repeated += 1
        dropped["repeated head of a table"] += sum(digits(box.text) for line in grid[:repeated] for box in line)
        rest = grid[repeated:]
        if rest and _goes_on(before, rest[0]):
            _end_row(before[-1], rest.pop(0))
        grid = _below(before, rest)
        while not lines[-1][4]:
            notes.insert(0, lines.pop())
        while lines[-1][4] or lines[-1][0] in (PAGE, ""):
            lines.pop()
    rows = rows_of(grid)
    lines.append(("", 0, 0, "", (), False))
    for text, cells in rows:
        lines.append((text, 0, 0, "", [[c.start, c.end, c.heads, c.rows, c.column, c.row] for c in cells], False))
    lines.append(("", 0, 0, "", (), False))
    lines += [line for line in notes if line[3]]  # footnotes of the page before stood below it
    return row._replace(grid=grid)


def _goes_on(above, following):
    """Tell whether the first row overleaf is the rest of the last one.

    Its label has ended or goes on in small letters; or it has no running number, though all rows have.
    """
    first = min((box.column for box in above[-1] if box.text[:1].isalpha() and len(box.text) > 3), default=0)
    filled = {box.column for box in following if box.text}
    if filled - {box.column for box in above[-1]} or any(column < first for column in filled):
        return False
    label = next((box.text for box in following if box.column == first), "-")
    counted = first and all(any(box.column < first and box.text for box in row) for row in above)
    return bool(counted) or label == "" or label[0].islower()


def _end_row(row, rest):
    for box in rest:
        for above in (one for one in row if one.column == box.column):
            above.text = joined([above.text, box.text])


def _below(above, grid):
    first = min((box.row for line in grid for box in line), default=0)
    moved = set()
    for box in (box for line in grid for box in line if box not in moved):
        box.row += len(above) - first
        moved.add(box)
    return above + grid
