"""Put a report's lines together again: paragraphs, sections and footnotes.

Lines are what a file holds: whole paragraphs in Word, lines cut at the margin in PDF and text. What was cut by the
end of a line or page is joined; each passage knows its section. Numbers are not looked at here.
"""

import re
import unicodedata

from bgtools.read.document.passage import Passage

PAGE = "\f"
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
MARKS = (
    re.compile(rf"(?P<mark>[{SUPERSCRIPTS}]+)"),
    re.compile(r"\[\^(?P<mark>\d{1,3})\]:?"),
    re.compile(r"\[(?P<mark>\d{1,3})\]"),
    re.compile(r"\((?P<mark>\d{1,3})\)"),
)
PART = re.compile(r"(?:phần\s+(?:thứ\s+)?)?(?P<part>I{1,3}|IV|V)\s*[.:-]\s*(?=\S)", re.IGNORECASE)
NUMBERED = re.compile(r"(?P<numbers>\d{1,2}(?:\.\d{1,2}){0,3})(?:\.|(?<=\.\d)|(?<=\.\d\d))\)?\s+(?=\W?[A-ZĐÀ-Ỹ])")
LETTERED = re.compile(r"(?P<letter>[a-zđ])\s?[).]\s+(?=\S)")
BULLET = re.compile(r"[-–—+*•▪]\s+(?=\S)")
ROW = re.compile(r" \| ")
SENTENCE_END = ".;:!?…/"


def passages(lines):
    """Join lines to passages and place each in its section.

    Parameters
    ----------
    lines : sequence of str
        Empty between paragraphs that certainly end; ``"\\f"`` at the end of a page.

    Returns
    -------
    list of Passage
        In the report's order; footnotes at the end.

    Examples
    --------
    >>> found = passages(["I. KẾT QUẢ", "1. Bưu chính", "Có 334 điểm¹ phục", "vụ.", "¹ Tăng 3 điểm."])
    >>> [(passage.section, passage.text) for passage in found[2:]]
    [('I.1', 'Có 334 điểm phục vụ.'), ('I.1 fn1', 'Tăng 3 điểm.')]
    """
    lines = [_clean(line) for line in lines]
    style = _mark_style(lines)
    body, notes = _separate(lines, style)
    placed = _placed(_joined(body, _vocabulary(lines), _width(lines)), style)
    hosts = {}
    for passage in placed:
        for mark, offset in passage.marks.items():
            hosts.setdefault(mark, (passage, passage.text[:offset]))
    return placed + [_footnote(mark, text, *hosts.get(mark, (here(placed, place), ""))) for mark, text, place in notes]


def here(placed, place):
    """Return the passage that stands `place` of the way through the text."""
    return placed[min(int(place * len(placed)), len(placed) - 1)] if placed else Passage("")


def _clean(line):
    text = unicodedata.normalize("NFC", line).replace("\u00ad", "").replace("\ufeff", "")
    text = re.sub(r"[\u200b-\u200d\u2060]", "", text)
    text = re.sub(r"^#{1,6}\s+|\*\*|__|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)", "", text)
    text = re.sub(r"\s?(?:\.{4,}|…{2,}|_{4,})\s?(?=\S)", " | ", text)
    return PAGE if PAGE in text and not text.strip() else re.sub(r"[\s\u00a0\u202f]+", " ", text).strip()


def _mark_style(lines):
    """Choose how footnotes are marked: the first form that opens a line and also stands in the running text."""
    for form in MARKS:
        opening = {match["mark"] for line in lines if (match := form.match(line)) and line[match.end() :].strip()}
        inside = {match["mark"] for line in lines for match in form.finditer(line) if match.start() > 0}
        if opening & inside:
            return form
    return None


def _separate(lines, style):
    """Take the footnotes out; a page or paragraph that they interrupt is marked by PAGE."""
    marked = {match["mark"] for line in lines for match in style.finditer(line) if match.start()} if style else set()
    body, notes, current = [], [], None
    for line in lines:
        opening = style.match(line) if style else None
        if opening and opening["mark"] in marked:
            current = [opening["mark"].translate(DIGITS), line[opening.end() :].strip(), len(body)]
            notes.append(current)
            body.append(PAGE)
        elif current and line not in ("", PAGE) and not _starts_item(line):
            current[1] = _join(current[1], line, ())
        else:
            current = None
            body.append(line)
    return body, [(mark, text, place / max(1, len(body))) for mark, text, place in notes]


def _vocabulary(lines):
    """Return the words that stand inside lines, where nothing can have cut them."""
    return {word.lower() for line in lines for word in re.findall(r"[^\W\d_]+", line)[1:-1]}


def _width(lines):
    """Return the width of lines that were cut at a margin; 0 where paragraphs stand on one line."""
    lengths = sorted(len(line) for line in lines if len(line) > 30)
    widest = lengths[int(len(lengths) * 0.95)] if lengths else 0
    return widest if 0 < widest <= 160 else 0


def _joined(lines, vocabulary, width):
    paragraphs, gap = [], ""
    for line in lines:
        if line in ("", PAGE):
            gap = PAGE if PAGE in (gap, line) else "blank"
            continue
        if paragraphs and _continues(paragraphs[-1][0], paragraphs[-1][1], line, gap, width):
            paragraphs[-1] = (_join(paragraphs[-1][0], line, vocabulary), line)
        else:
            paragraphs.append((line, line))
        gap = ""
    return [text for text, _ in paragraphs]


def _continues(before, last, line, gap, width):
    """Tell whether a line continues the paragraph before it, whose last line is `last`."""
    if _cut_number(before, line):
        return True
    if _starts_item(line) or ROW.search(line) or ROW.search(last):
        return False
    lower = line[0].islower()
    if _is_heading(before) and before == last:
        return lower and not gap
    if before[-1] in SENTENCE_END:
        return lower
    if lower or line[0].isdigit() or before[-1] in ",(“–" or (before[-1].isdigit() and gap != ""):
        return True
    if gap == PAGE:
        return True
    return not gap and bool(width) and len(last) > 0.6 * width


def _cut_number(before, line):
    """Tell whether a number was cut: its last group of three digits is not complete."""
    head = re.search(r"(?<![\d.,])\d{1,3}(?:\.\d{3})*\.(\d{0,2})$", before)
    tail = re.match(r"\d+", line)
    return bool(head and tail and len(head[1]) + len(tail[0]) == 3)


def _join(before, line, vocabulary):
    if _cut_number(before, line):
        return before + line
    head, tail = re.search(r"[^\W\d_]+$", before), re.match(r"[^\W\d_]+", line)
    if head and tail and tail[0].islower():
        whole = (head[0] + tail[0]).lower()
        if whole in vocabulary and not {head[0].lower(), tail[0].lower()} <= set(vocabulary):
            return before + line
    cut = re.search(r"[^\W\d_]-$", before)
    if cut and tail and tail[0].islower() and re.search(r"[^\W\d_]+$", before[:-1])[0].lower() + tail[0] in vocabulary:
        return before[:-1] + line
    return f"{before} {line}"


def _starts_item(line):
    return bool(BULLET.match(line)) or _is_heading(line)


def _is_heading(line):
    return any(form.match(line) for form in (PART, NUMBERED, LETTERED))


def _placed(paragraphs, style):
    found, levels, leads, marked = [], {}, [], [""]
    for text in paragraphs:
        _descend(levels, text)
        bare, marks = _without_marks(text, style)
        headings = tuple(heading for _, heading in levels.values())
        lead = _lead(leads, marked, bare, found[-1].text if found else "")
        found.append(Passage(bare, _code(levels), headings, lead=lead, marks=marks))
    return found


def _lead(leads, marks, text, before):
    """Return what leads to an item of a list or to a row of a table.

    `leads` holds (mark, text), outermost first; `marks` are those of the document, in the order in which they came.
    """
    item, row = BULLET.match(text), ROW.search(text)
    mark = "|" if row else item[0] if item and not _is_heading(text) else ""
    if mark not in marks:
        marks.append(mark)
    known = [one for one, _ in leads]
    if row:
        leads[:] = leads[-1:] if "|" in known else [("|", before)]
    elif not mark or "|" in known:
        leads.clear()
    else:
        inner = [one for one in known if one and marks.index(one) > marks.index(mark)]
        leads[:] = [(one, words) for one, words in leads if one not in (*inner, mark, "" if inner else mark)]
    lead = " ".join(words for _, words in leads)
    if row and not re.search(r"\d\s?%?$", text):
        leads[-1] = ("|", f"{leads[-1][1]} {text}")
    elif not row and (mark or text.endswith(":")):
        leads.append((mark, re.split(r"[.;]\s", text)[-1]))
    return lead


def _descend(levels, text):
    """Note a heading: `levels` holds part, numbers and letter, each with its text."""
    if match := PART.match(text):
        levels.clear()
        levels["part"] = (match["part"].upper(), text)
    elif match := NUMBERED.match(text):
        for level in ("letter", "sub") if "." in match["numbers"] else ("letter", "sub", "number"):
            levels.pop(level, None)
        level = "sub" if "." in match["numbers"] else "number"
        levels[level] = (match["numbers"], text)
    elif (match := LETTERED.match(text)) and ("number" in levels or "sub" in levels):
        levels["letter"] = (match["letter"], text)


def _code(levels):
    if not levels:
        return ""
    part = levels.get("part", ("I", ""))[0]
    numbers = (levels.get("sub") or levels.get("number") or ("",))[0]
    letter = levels.get("letter", ("",))[0]
    return ".".join(filter(None, [part, ".".join(numbers.split(".")[:2]), letter]))


def _without_marks(text, style):
    """Take footnote marks out of a text and say where they stood."""
    if style is None:
        return text, {}
    marks, parts, end, length = {}, [], 0, 0
    for match in style.finditer(text):
        piece = text[end : match.start()]
        length += len(piece)
        parts.append(piece)
        marks[match["mark"].translate(DIGITS)] = length
        end = match.end()
    return "".join([*parts, text[end:]]), marks


def _footnote(mark, text, host, before):
    section = f"{host.section} fn{int(mark)}" if host.section else ""
    return Passage(text, section, host.headings, before or host.text)
