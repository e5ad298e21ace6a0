"""Put the letters of a page together again by where they stand: lines, raised marks, tables with rules.

A digit is a mark if it stands above the line of the letters beside it, whatever its size; a small digit on the line is
a digit. Coordinates grow to the right and upwards.
"""

import math
from bisect import bisect_left
from collections import Counter
from statistics import median
from typing import NamedTuple

from bgtools.read.document.forms.rules import ruled
from bgtools.read.document.lines import joined, raised

LEAST_RISE, MOST_RISE = 0.12, 0.8  # of the size of the letters beside it, by which a mark stands above its line
MOST_DROP = 0.4  # by which an index stands below it
SPACE, DIGIT_SPACE, COLUMN = 0.2, 0.33, 1.5  # widths of a gap, in sizes of letters
THIN = "\u2009"  # a space that is not in the file, but was seen by PDFium: also between letters of two fonts
SEEN = 0.1  # by how much, in sizes, the gap of such a space is wider than the usual one
STRUCK = (0.12, 0.45)  # heights above the line, in sizes, between which a rule strikes out


class Glyph(NamedTuple):
    """A letter: where it begins on its line, how large it is, what it covers; by how many quarters it is turned."""

    char: str
    x: float
    y: float
    size: float
    left: float
    right: float
    bold: bool = False
    low: float = 0.0
    high: float = 0.0
    angle: int = 0


class Row(NamedTuple):
    """A line of a page, or a table that stands in its place."""

    y: float
    size: float = 0.0
    text: str = ""
    strong: int = 0
    left: float = 0.0
    right: float = 0.0
    word: float = 0.0  # width of its first word
    segments: tuple = ()  # rows between wide gaps
    flows: bool = False  # it goes on from the line above, whose width was full
    grid: tuple | None = None
    columns: tuple = ()  # where the columns of a ruled table begin


def rows_of_page(glyphs, rules, gutter=None):
    """Return the lines and ruled tables of a page, from its top.

    Parameters
    ----------
    glyphs : list of Glyph
    rules : list of (float, float, float, float)
        Straight lines that are drawn on the page: left, bottom, right, top.
    gutter : float, optional
        Where a page is divided into columns: there a gap is wide, though it may be narrow.

    Returns
    -------
    rows : list of Row
    struck : int
        Digits that were left out as struck through.

    Examples
    --------
    >>> line = [Glyph(char, 10 + 6 * place, 100, 11, 10 + 6 * place, 16 + 6 * place) for place, char in enumerate("Có 340")]
    >>> rows_of_page([*line, Glyph("1", 46, 104, 11, 46, 50)], [])[0][0].text
    'Có 340¹'
    """
    glyphs, struck = _unstruck(glyphs, rules)
    tables, rest = ruled(glyphs, rules)
    rows = [
        row for line in _lines([glyph for glyph in rest if not glyph.angle]) for row in [_row(line, gutter)] if row.text
    ]
    for top, columns, grid in tables:
        for line in grid:
            for box in line:
                if not isinstance(box.text, str):
                    box.strong = bool(box.text) and all(glyph.bold for glyph in box.text if glyph.char != " ")
                    box.text = joined(row.text for row in _rows(box.text))
        rows.append(Row(top, grid=grid, columns=columns))
    rows.sort(key=lambda row: -row.y)
    aside = [row for row in _rows([glyph for glyph in rest if glyph.angle]) if row.text]
    below = rows[-1].y if rows else 0.0
    return rows + [row._replace(y=below - 50.0 * place) for place, row in enumerate(aside, start=1)], struck


def turned(glyph, quarters):
    """Turn a letter by quarters, as if the page were turned until what runs upwards runs to the right."""
    for _ in range(quarters % 4):
        glyph = glyph._replace(
            x=glyph.y, y=-glyph.x, left=glyph.low, right=glyph.high, low=-glyph.right, high=-glyph.left
        )
    return glyph


def _rows(glyphs):
    """Return the lines of some letters, those that are turned each way after those that are upright."""
    groups = [[turned(glyph, angle) for glyph in glyphs if glyph.angle == angle] for angle in range(4)]
    return [_row(line) for group in groups if group for line in _lines(group)]


def _lines(glyphs):
    """Group letters to lines; what stands a little above or below a line belongs to it. Returns (line, glyphs)."""
    by_height = sorted(glyphs, key=lambda glyph: (-glyph.y, glyph.x))
    levels = []
    for glyph in by_height:
        if levels and levels[-1][0] - glyph.y <= 0.06 * max(glyph.size, levels[-1][1]):
            levels[-1][2].append(glyph)
            levels[-1][1] = max(levels[-1][1], glyph.size)
        else:
            levels.append([glyph.y, glyph.size, [glyph]])
    pieces = [piece for _, _, found in levels for piece in _runs(found)]
    return _attached(pieces)


def _runs(glyphs):
    """Cut letters of one height where there is room for others of another height between them."""
    glyphs = sorted(glyphs, key=lambda glyph: glyph.x)
    found = [[glyphs[0]]]
    for before, glyph in zip(glyphs, glyphs[1:]):
        if glyph.left - before.right > 0.3 * max(glyph.size, before.size):
            found.append([glyph])
        else:
            found[-1].append(glyph)
    return found


def _attached(pieces):
    """Give each small piece to the line that it stands beside, and put pieces of one height together."""
    solid = [piece for piece in pieces if not _is_mark(piece)]
    levels = []
    for piece in solid:
        y, size = _height(piece)
        level = next((one for one in reversed(levels[-6:]) if abs(one[0] - y) <= 0.06 * max(size, one[1])), None)
        if level is None:
            level = [y, size, []]
            levels.append(level)
        level[1] = max(level[1], size)
        level[2].append(piece)
    marks = filter(_is_mark, pieces)
    for piece in sorted(marks, key=lambda piece: (-_height(piece)[1], -len(piece))):  # a number before its mark
        level = _beside(piece, levels)
        if level is None:
            y, size = _height(piece)
            levels.append([y, size, [piece]])
        else:
            level[2].append([glyph._replace(char=_as_mark(piece, glyph, level)) for glyph in piece])
    levels.sort(key=lambda level: -level[0])
    return [sorted((glyph for piece in level[2] for glyph in piece), key=lambda glyph: glyph.x) for level in levels]


def _is_mark(piece):
    text = "".join(glyph.char for glyph in piece).strip()
    return len(text) <= 8 and not any(map(str.isalpha, text)) or len(text) <= 2


def _height(piece):
    return median(glyph.y for glyph in piece), median(glyph.size for glyph in piece)


def _beside(piece, levels):
    """Return the line that a piece stands on, or a little above or below, next to its letters."""
    y, size = _height(piece)
    left, right = piece[0].left, piece[-1].right
    best = None
    for level in levels:
        rise = (y - level[0]) / level[1]
        if not -MOST_DROP <= rise <= MOST_RISE or size > 1.15 * level[1] and abs(rise) > 0.06:
            continue
        gap = min(max(one[0].left - right, left - one[-1].right, 0) for one in level[2])
        order = gap > 0.3 * level[1], abs(rise)  # what touches it comes before the next column
        if gap <= (1.0 if abs(rise) > 0.06 else 1000.0) * level[1] and (best is None or order < best[0]):
            best = order, level
    return best and best[1]


def _as_mark(piece, glyph, level):
    if (_height(piece)[0] - level[0]) / level[1] < LEAST_RISE:
        return glyph.char
    text = "".join(one.char for one in piece)
    return raised(glyph.char) if raised(text) != text else glyph.char


def gutter(glyphs):
    """Return the middle of a strip that hardly a line of a page crosses, about half-way; None where there is none.

    Examples
    --------
    >>> sides = [(place, 700 - 12 * line) for line in range(12) for place in (*range(50, 280, 6), *range(300, 530, 6))]
    >>> gutter([Glyph("a", left, y, 10, left, left + 5) for left, y in sides])
    291.5
    """
    letters = [glyph for glyph in glyphs if not glyph.char.isspace()]
    lines = {round(glyph.y) for glyph in letters}
    if len(lines) < 6:
        return None
    first, last = min(glyph.left for glyph in letters), max(glyph.right for glyph in letters)
    begin, end = (round(first + share * (last - first)) for share in (0.35, 0.65))
    crossing = {}
    for glyph in letters:
        if begin <= glyph.right and glyph.left <= end:
            for place in range(math.floor(glyph.left), math.ceil(glyph.right) + 1):
                crossing.setdefault(place, set()).add(round(glyph.y))
    best, start = (0, 0), None
    for place in range(begin, end):
        if len(crossing.get(place, ())) > 0.1 * len(lines):
            start = None
            continue
        start = start or place
        best = max(best, (place - start + 1, (place + start) / 2))
    return best[1] if best[0] > 0.6 * median(glyph.size for glyph in letters) else None


def _row(glyphs, gutter=None):
    """Return a line as a row: spaces where there are gaps, segments between wide ones."""
    glyphs = [glyph for place, glyph in enumerate(glyphs) if not place or not _twice(glyphs[place - 1], glyph)]
    letters = [glyph for glyph in glyphs if not glyph.char.isspace()]
    if not letters:
        return Row(0.0)
    size = median(glyph.size for glyph in letters)
    gaps = [after.left - before.right for before, after in zip(letters, letters[1:])]
    usual = max(0.0, median(gaps)) if gaps else 0.0
    spaces, thin, cuts = _spaces(glyphs, " "), _spaces(glyphs, THIN), [0]
    texts = [letters[0].char]
    for index, (before, glyph) in enumerate(zip(letters, letters[1:])):
        number, large = _in_number(before.char, glyph.char), max(before.size, glyph.size)
        wide, even = (DIGIT_SPACE, min(usual, SPACE * large)) if number else (SPACE, usual)
        seen = index in thin and not number and gaps[index] > usual + SEEN * large
        space = index in spaces or seen or gaps[index] > max(wide * large, even + 0.15 * large)
        texts.append(f" {glyph.char}" if space else glyph.char)
        if gaps[index] > COLUMN * size or gutter and before.right < gutter < glyph.left and space:
            cuts.append(index + 1)
    parts = [_part(letters[start:end], texts[start:end]) for start, end in zip(cuts, [*cuts[1:], len(letters)])]
    return _part(letters, texts)._replace(segments=tuple(parts))


def _in_number(one, other):
    """Tell whether two letters may stand in one number: figures, or a figure and a point or comma."""
    return one.isdigit() and (other.isdigit() or other in ".,") or other.isdigit() and one in ".,"


def _part(letters, texts):
    bold = next((place for place, glyph in enumerate(letters) if not glyph.bold), len(letters))
    text, word = (
        "".join(texts).lstrip(),
        next((place for place, text in enumerate(texts) if place and text[0] == " "), len(letters)),
    )
    y = Counter(round(glyph.y, 1) for glyph in letters).most_common(1)[0][0]
    left, right = letters[0].left, letters[-1].right
    strong = len("".join(texts[:bold]).lstrip())
    return Row(y, median(glyph.size for glyph in letters), text, strong, left, right, letters[word - 1].right - left)


def _spaces(glyphs, kind):
    """Return behind which letters, counted without spaces, a space of this kind is set; any real one for " "."""
    found, count = set(), -1
    for glyph in glyphs:
        if not glyph.char.isspace():
            count += 1
        elif (glyph.char == THIN) == (kind == THIN):
            found.add(count)
    return found


def _twice(before, glyph):
    """Tell whether a letter is drawn a second time to look bold."""
    near = abs(before.x - glyph.x) < 0.08 * glyph.size and abs(before.y - glyph.y) < 0.08 * glyph.size
    return near and before.char == glyph.char and not glyph.char.isspace()


def _unstruck(glyphs, rules):
    """Leave out what a rule goes through."""
    flat = sorted(
        ((bottom + top) / 2, left, right) for left, bottom, right, top in rules if top - bottom < 2.5 < right - left
    )
    if not flat:
        return glyphs, 0
    heights = [bottom for bottom, _, _ in flat]
    kept, struck = [], 0
    for glyph in glyphs:
        low, high = (glyph.y + share * glyph.size for share in STRUCK)
        middle = (glyph.left + glyph.right) / 2
        through = flat[bisect_left(heights, low) : bisect_left(heights, high)]
        if not glyph.angle and any(
            left <= middle <= right and right - left < 40 * glyph.size for _, left, right in through[:50]
        ):
            struck += glyph.char.isdigit()
        else:
            kept.append(glyph)
    return kept, struck
