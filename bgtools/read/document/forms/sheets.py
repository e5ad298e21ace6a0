"""The process that opens a PDF file: python -m bgtools.read.document.forms.sheets FILE prints its lines as JSON."""

import ctypes
import json
import math
import re
import sys
from collections import Counter

from bgtools.read.document.forms.encodings import OLD_FONT, by_font
from bgtools.read.document.forms.glyphs import THIN, Glyph, rows_of_page
from bgtools.read.document.forms.pdf import MEMORY, MOST_CHARACTERS, MOST_PAGES
from bgtools.read.document.grid import rows_of
from bgtools.read.document.lines import DIGITS, PAGE, RAISED, SUPERSCRIPTS, digits

HIDDEN = "\ufffe\uffff\0\r\n"
BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
COVERED, FEW = 0.5, 300  # of a page by pictures; letters below which such a page is a scan
SMALL = 0.94  # of the size of the text, below which a line at the foot of a page is a footnote
NUMBER = re.compile(r"\W*(?:trang\s+)?(\d{1,4})(?:\s*/\s*\d{1,4})?\W*", re.IGNORECASE)
OPENING = re.compile(rf"[(\[]?([{SUPERSCRIPTS}]+)")
PLAIN = re.compile(r"(\d{1,3})(?=\s)")
MOST_OBJECTS = 20_000


def answer_for(path):
    """Return {"lines": ..., "raw": ..., "dropped": ..., "notices": ...}, or {"refused": key of a sentence, ...}."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            if len(document) > MOST_PAGES:
                return {"refused": "pages", "pages": len(document), "limit": MOST_PAGES}
            return _answer(document)
    except pypdfium2.PdfiumError as error:
        why = str(error).rstrip(".")
        return {"refused": "encrypted" if "assword" in why else "broken", "why": why}


def _answer(document):
    pages, separators, scans, raw, total, fonts, struck = [], [], [], 0, 0, set(), 0
    for number, page in enumerate(document, start=1):
        text = page.get_textpage()
        total += text.count_chars()
        if total > MOST_CHARACTERS:
            return {"refused": "long", "limit": MOST_CHARACTERS}
        glyphs, count, old, turn = _glyphs(text)
        rules, pictures = _drawn(page)
        rules = [_turned(rule, turn) for rule in rules]
        raw += count
        fonts |= old
        rows, out = rows_of_page(glyphs, rules)
        struck += out
        pages.append(rows)
        separators.append(_separator(rows, rules))
        letters = sum(glyph.char.isalpha() for glyph in glyphs)
        if letters < FEW and pictures > COVERED:
            scans.append(number)
        text.close()
        page.close()
    if len(scans) * 2 > len(pages) or not any(pages):
        return {"refused": "scanned", "pages": _ranges(scans or range(1, len(pages) + 1))}
    notices = [("scanned_pages", {"pages": _ranges(scans)})] if scans else []
    notices += [("fonts", {"fonts": ", ".join(sorted(fonts))})] if fonts else []
    notices += [("struck", {"count": struck})] if struck else []
    dropped = Counter({"struck out": struck}) if struck else Counter()
    _without_numbers(pages, dropped)
    lines = _lines(pages, separators, dropped)
    return {"lines": lines, "raw": raw, "dropped": dropped, "notices": notices}


def _ranges(numbers):
    """Write page numbers: 1, 3-5."""
    found = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in found)


def _glyphs(text):
    """Return the letters of a page, how many digits its text layer has, and the fonts of old encodings."""
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    matrix, name, flags = raw.FS_MATRIX(), ctypes.create_string_buffer(128), ctypes.c_int()
    found, count, old, turned = [], 0, set(), Counter()
    for index in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, index))
        if char in HIDDEN:
            continue
        if char == " " and raw.FPDFText_IsGenerated(text, index) == 1:
            char = THIN
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        raw.FPDFText_GetMatrix(text, index, matrix)
        raw.FPDFText_GetFontInfo(text, index, name, 128, flags)
        font = name.value.decode("utf-8", "replace")
        size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d) or 1.0
        if OLD_FONT.match(font):
            old.add(font.split("+")[-1])
            char = by_font(char, font, found[-1][0].char if found else "")
        char = "-" if char == "\x02" else char
        count += digits(char)
        angle = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) % 4
        turned[angle] += 1
        floor = bottom.value if char.isdigit() and top.value > bottom.value and not angle else y.value
        found.append(
            (
                Glyph(char, x.value, floor, size, left.value, right.value, bool(BOLD.search(font))),
                bottom.value,
                top.value,
                angle,
            )
        )
    usual = turned.most_common(1)[0][0] if turned else 0
    return [_upright(*one, usual) for one in found], count, old, usual


def _upright(glyph, bottom, top, angle, usual):
    """Turn a letter with its page, so that the text of the page runs to the right."""
    if usual == 0:
        return glyph
    if usual == 1:
        return glyph._replace(x=glyph.y, y=-glyph.x, left=bottom, right=top)
    if usual == 3:
        return glyph._replace(x=-glyph.y, y=glyph.x, left=-top, right=-bottom)
    return glyph._replace(x=-glyph.x, y=-glyph.y, left=-glyph.right, right=-glyph.left)


def _drawn(page):
    """Return the straight rules that are drawn on a page, and what share of it pictures cover."""
    from pypdfium2 import raw

    rules, covered = [], 0.0
    width, height = page.get_size()
    for place, one in enumerate(page.get_objects(max_depth=4)):
        if place > MOST_OBJECTS:
            break
        if one.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = one.get_bounds()
            covered += max(0, min(right, width) - max(left, 0)) * max(0, min(top, height) - max(bottom, 0))
        elif one.type == raw.FPDF_PAGEOBJ_PATH and len(rules) < MOST_OBJECTS:
            rules += _straight(one, raw)
    return rules, covered / max(1.0, width * height)


def _straight(path, raw):
    """Return the upright and lying lines of a path; a narrow box is a line."""
    left, bottom, right, top = path.get_bounds()
    if right - left <= 2.5 or top - bottom <= 2.5:
        return [(left, bottom, right, top)]
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    found, start, last = [], None, None
    for index in range(min(raw.FPDFPath_CountSegments(path), MOST_OBJECTS)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and last:
            found.append((last, point))
        if raw.FPDFPathSegment_GetClose(segment) and start:
            found.append((point, start))
        last = point
    spans = [(min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in found]
    return [one for one in spans if one[2] - one[0] <= 1 or one[3] - one[1] <= 1]


def _without_numbers(pages, dropped):
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


def _lines(pages, separators, dropped):
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


def _separator(rows, rules):
    """Return the height of the rule that parts footnotes from the text; 0 where there is none."""
    lines = [row for row in rows if row.grid is None]
    width = max((row.right for row in lines), default=0) - min((row.left for row in lines), default=0)
    found = 0.0
    for left, bottom, right, top in rules:
        short = top - bottom < 2 and 30 < right - left < 0.6 * width
        beside = any(
            -0.1 * row.size < row.y - bottom < 0.2 * row.size and row.left < right and left < row.right for row in lines
        )
        below = [row for row in rows if row.y < bottom]
        if short and not beside and below and all(row.grid is None for row in below):
            found = max(found, bottom)
    return found


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
    wide = 1.8 * sorted(steps)[len(steps) // 2] if steps else 0
    gaps = [place for place, step in enumerate(steps, start=1) if step > wide and _opens(page, place, first=True)]
    return gaps[0] if gaps else len(page)


def _opens(page, place, first=False):
    """Tell whether lines from a place on, or the first of them, open with marks that stand above that place."""
    if place >= len(page) or any(row.grid is not None for row in page[place:]):
        return False
    marks = _raised_in(page[:place])
    return any(_opened(row.text, marks)[0] for row in page[place : place + 1 if first else len(page)])


def _raised_in(rows):
    return {mark for row in rows for mark in re.findall(f"[{SUPERSCRIPTS}]+", row.text)}


def _turned(rule, turn):
    """Turn a rule with its page."""
    left, bottom, right, top = rule
    return {1: (bottom, -right, top, -left), 2: (-right, -top, -left, -bottom), 3: (-top, left, -bottom, right)}.get(
        turn, rule
    )


def _continued(table, row, lines, dropped):
    """Add a table; one that goes on from the page before keeps its heads."""
    grid = list(row.grid)
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
        grid = _below(before, grid[repeated:])
        while lines[-1][4] or lines[-1][0] in (PAGE, ""):
            lines.pop()
    rows = rows_of(grid)
    lines.append(("", 0, 0, "", (), False))
    for text, cells in rows:
        lines.append((text, 0, 0, "", [[c.start, c.end, c.heads, c.rows, c.column, c.row] for c in cells], False))
    lines.append(("", 0, 0, "", (), False))
    return row._replace(grid=grid)


def _below(above, grid):
    first = min((box.row for line in grid for box in line), default=0)
    moved = set()
    for box in (box for line in grid for box in line if box not in moved):
        box.row += len(above) - first
        moved.add(box)
    return above + grid


def _bound_memory():
    """Bound what this process may take, where the operating system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    _bound_memory()
    sys.stdout.write(json.dumps(answer_for(sys.argv[1])))
