"""Arrange the lines of a page: tables whose columns are made by gaps alone, columns of text, lines that flow on."""

import re
from collections import Counter
from statistics import median

from bgtools.read.document.forms.glyphs import Row
from bgtools.read.document.forms.plain import spread
from bgtools.read.document.grid import boxes

APART = 2.5  # width of the gap between columns of text, in sizes of letters
LINES, LETTERS = 8, 16  # that each half of a page of two columns has, and a line of it
EVEN = 0.3  # of the size of its letters, within which a line ends at the margin


def arranged(rows, seen=None):
    """Return the lines of a page in the order in which they are read, tables among them.

    Parameters
    ----------
    rows : list of Row
        From the top of the page.
    seen : list of int, optional
        Where second columns began on pages before; that of this page is added.

    Returns
    -------
    list of Row
    """
    halves = _halves(rows, [] if seen is None else seen)
    if halves:
        return [row for part in halves for row in arranged(part)]
    return [row for block, apart in _blocks(rows) for row in _flowing(block, apart)]


def _halves(rows, seen):
    """Return what stands above, left, right and below where a page is set in two columns of prose, else nothing.

    A page that follows on such a one may have few lines.
    """
    places = Counter(round(one.left) for row in rows for one in _pieces(row))
    left, right = min((row.left for row in rows), default=0), max((row.right for row in rows), default=0)
    inner = [place for place in places if 0.4 < (place - left) / max(1, right - left) < 0.65]
    for place in sorted(inner, key=places.get, reverse=True)[:2]:
        first, last = _longest([_clear(row, place) for row in rows])
        pieces = [one for row in rows[first:last] for one in _pieces(row)]
        sides = [one for one in pieces if one.right < place], [one for one in pieces if one.left >= place - 1]
        again = all(sides) and any(abs(place - one) < 3 for one in seen)
        if again or all(len(side) >= LINES and median(len(one.text) for one in side) >= LETTERS for side in sides):
            seen.append(place)
            return [part for part in (rows[:first], *sides, rows[last:]) if part]
    return []


def _pieces(row):
    return row.segments or (row,)


def _clear(row, place):
    """Tell whether a line leaves the gap free that stands before a place."""
    return row.grid is None and all(one.right < place - 0.5 * row.size or one.left >= place - 1 for one in _pieces(row))


def _longest(clear):
    """Return where the longest run of true values begins and ends."""
    best, start = (0, 0), 0
    for place, good in enumerate([*clear, False]):
        if not good:
            best = max(best, (start, place), key=lambda run: run[1] - run[0])
            start = place + 1
    return best


def _blocks(rows):
    """Return the parts of a page that are read one after the other, and whether each is a column apart.

    Lines that stand below each other and have wide gaps at the same places are a table if there are numbers between
    the gaps, else columns of text, such as a letterhead.
    """
    found, place = [([], False)], 0
    while place < len(rows):
        end = _end_of_run(rows, place)
        grid, columns = _grid_of(rows[place:end]) if end - place > 1 else (None, [])
        if grid:
            found[-1][0].append(Row(rows[place].y, grid=grid))
        elif columns:
            found += [*((column, True) for column in columns), ([], False)]
        else:
            end = place + 1
            found[-1][0].append(rows[place])
        place = end
    return found


def _flowing(rows, apart):
    """Say of each line whether it goes on from the one above it.

    In justified text that line ends at the margin; in a column apart, and where most lines are full, the next word
    would not have found room in it.
    """
    steps = [above.y - row.y for above, row in zip(rows, rows[1:]) if above.grid is None and row.grid is None]
    step = median(steps) if steps else 0.0
    margin = max((row.right for row in rows), default=0.0)
    justified = sum(row.grid is None and margin - row.right < EVEN * row.size for row in rows) >= 3
    tight = sum(_no_room(above, row, margin) for above, row in zip(rows, rows[1:]))
    ragged = tight >= 8 and tight > 0.6 * len(rows)
    start = Counter(round(row.left) for row in rows if row.grid is None).most_common(1)
    found = rows[:1]
    for above, row in zip(rows, rows[1:]):
        near = 0 < above.y - row.y <= 1.2 * step and abs(above.size - row.size) < 0.1 * row.size
        full = (
            margin - above.right < EVEN * row.size
            if justified and not apart
            else (apart or ragged) and _no_room(above, row, margin)
        )
        indented = not apart and row.left > start[0][0] + 1.2 * row.size
        same = (above.strong >= len(above.text)) == (row.strong >= len(row.text))
        found.append(row._replace(flows=bool(near and full and not indented and same and row.text)))
    return found


def _no_room(above, row, margin):
    """Tell whether the first word of a line had no room on the line above it."""
    return row.grid is None and above.right + 0.2 * row.size + row.word > margin


def _end_of_run(rows, place):
    """Return where a run of lines with wide gaps ends; a line without one may stand between two that have them."""
    end = place
    while end < len(rows) and rows[end].grid is None:
        wide = len(rows[end].segments) > 1
        between = end > place and end + 1 < len(rows) and len(rows[end + 1].segments) > 1
        if not wide and not between:
            break
        if end > place and rows[end - 1].y - rows[end].y > 4 * max(rows[end].size, 1):
            break
        end += 1
    return end


def _grid_of(rows):
    """Return lines as a grid if their segments stand in columns with a number in one of these, and else the columns."""
    most = max(len(row.segments) for row in rows)
    spans = sorted((one.left, one.right) for row in rows if 1 < len(row.segments) > most / 2 for one in row.segments)
    columns = []
    for left, right in spans:
        if columns and left <= columns[-1][1]:
            columns[-1][1] = max(columns[-1][1], right)
        else:
            columns.append([left, right])
    texts, apart = [], [[] for _ in columns]
    for row in rows:
        line = [""] * len(columns)
        for one in row.segments:
            places = [place for place, (start, end) in enumerate(columns) if one.left <= end and one.right >= start]
            if not places or len(places) > 1 and len(row.segments) > 1 or line[places[0]]:
                return None, []
            line[places[0]] = one.text
            apart[places[0]].append(one)
        texts.append(line)
    if len(columns) < 2:
        return None, []
    if sum(bool(re.match(r"\W?\d", text)) for line in texts for text in line[1:]) < max(1, len(texts) / 3):
        roomy = all(other[0] - one[1] > APART * rows[0].size for one, other in zip(columns, columns[1:]))
        return None, apart if roomy else []
    return spread(boxes(_unwrapped(texts))), []


def _unwrapped(texts):
    """Put lines together that are one row: what goes on in small letters, or below an empty first column."""
    rows = []
    for line in texts:
        filled = [place for place, text in enumerate(line) if text]
        before = rows[-1] if rows else None
        numbers = any(line[place][:1].isdigit() and place for place in filled)
        goes_on = before and line[0][:1].islower() and not (numbers and any(text[:1].isdigit() for text in before[1:]))
        hangs = before and not line[0] and not numbers and all(before[place] for place in filled)
        if goes_on or hangs:
            rows[-1] = [f"{one} {other}".strip() for one, other in zip(before, line)]
        else:
            rows.append(line)
    return rows
