"""The process that opens a PDF file: python -m bgtools.read.document.forms.sheets FILE prints its lines as JSON."""

import ctypes
import json
import math
import re
import sys
from collections import Counter

from bgtools.read.document.forms import feet
from bgtools.read.document.forms.columns import arranged
from bgtools.read.document.forms.encodings import OLD_FONT, by_font
from bgtools.read.document.forms.glyphs import THIN, Glyph, gutter, rows_of_page, turned
from bgtools.read.document.forms.pdf import MEMORY, MOST_CHARACTERS, MOST_PAGES
from bgtools.read.document.lines import digits

HIDDEN = "\ufffe\uffff\0\r\n"
BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
COVERED, FEW = 0.5, 300  # of a page by pictures; letters below which such a page is a scan
MOST_OBJECTS = 20_000
SLANT = 0.06  # of a quarter, by which a letter may lean


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
    pages, drawn, scans, columns = [], [], [], []
    raw, total, fonts, struck, dropped = 0, 0, set(), 0, Counter()
    for number, page in enumerate(document, start=1):
        text = page.get_textpage()
        total += text.count_chars()
        if total > MOST_CHARACTERS:
            return {"refused": "long", "limit": MOST_CHARACTERS}
        glyphs, (count, slanting), old, turn = _glyphs(text)
        dropped["slanting"] += slanting
        rules, pictures = _drawn(page)
        rules = [_turned(rule, turn) for rule in rules]
        raw += count
        fonts |= old
        rows, out = rows_of_page(glyphs, rules, gutter(glyphs))
        struck += out
        pages.append(rows)
        drawn.append(rules)
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
    dropped["struck out"] = struck
    feet.without_numbers(pages, dropped)
    pages = [arranged(rows, columns) for rows in pages]
    separators = [feet.separator(*page) for page in zip(pages, drawn)]
    lines = feet.lines_of_pages(pages, separators, dropped)
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
    """Return the letters of a page, how many digits its text layer has and how many of them slant, and old fonts.

    What slants is no text of a report, but a mark laid over its pages.
    """
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    matrix, name, flags = raw.FS_MATRIX(), ctypes.create_string_buffer(128), ctypes.c_int()
    found, count, slanting, old, angles = [], 0, 0, set(), Counter()
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
            char = by_font(char, font, found[-1].char if found else "")
        char = "-" if char == "\x02" else char
        count += digits(char)
        angle = _quarters(matrix)
        if angle is None:
            slanting += digits(char)
            continue
        angles[angle] += 1
        floor = bottom.value if char.isdigit() and top.value > bottom.value and not angle else y.value
        box = (left.value, right.value, bool(BOLD.search(font)), bottom.value, top.value)
        found.append(Glyph(char, x.value, floor, size, *box, angle))
    usual = angles.most_common(1)[0][0] if angles else 0
    upright = [turned(one, usual)._replace(angle=(one.angle - usual) % 4) for one in found]
    return upright, (count, slanting), old, usual


def _quarters(matrix):
    """Return by how many quarters a letter is turned; None of one that slants."""
    quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    return None if abs(quarters - round(quarters)) > SLANT else round(quarters) % 4


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


def _turned(rule, turn):
    """Turn a rule with its page."""
    left, bottom, right, top = rule
    return {1: (bottom, -right, top, -left), 2: (-right, -top, -left, -bottom), 3: (-top, left, -bottom, right)}.get(
        turn, rule
    )


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
