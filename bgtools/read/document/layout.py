"""Put a report's lines together again: paragraphs, sections and footnotes.

Lines are what a file holds: whole paragraphs in Word, lines cut at the margin in PDF and text. What was cut by the
end of a line or page is joined; each passage knows its section. Numbers are not looked at here. What is done to a line
costs as much as the line is long, whatever stands before it.
"""

import re
from dataclasses import dataclass, field, replace

from bgtools.read.document import notes, outline
from bgtools.read.document.forms.plain import lines_of_text, tables
from bgtools.read.document.lines import PAGE, clean, cut_number
from bgtools.read.document.numbered import is_heading
from bgtools.read.document.passage import Passage
from bgtools.read.document.plans import of_plans
from bgtools.read.document.standing import BULLET, worded

YEARS = re.compile(r"[-–]\s?(?:19|20)\d\d\b")  # the end of a span of years
ROW = re.compile(r" \| ")
UNFINISHED = re.compile(  # what no paragraph ends with
    r"\([^()]{0,60}$|\w[-–]$|\b(?:tháng|ngày|quý|cấp|hạng|khu vực|mức độ|phụ lục|điều|khoản|là|có|từ|đến|còn|trên|gần|khoảng|"
    r"hơn|dưới|ước|cho|với|của|và|được|để|về|tại|bằng)$",
    re.IGNORECASE,
)
OPEN = re.compile(r"(?<!\w)(?:đạt|gồm|tăng|giảm|chiếm|thêm|được|các|những|bao gồm|như|do|bởi|trong|ở)$", re.IGNORECASE)
PLANS, OTHERS, COUNTED = 0.9, 0.75, 0.5  # of the width, below which no line was cut that is worded as a heading
WIDEST = 160  # letters of a line that a margin can have cut
SENTENCE_END = ".;:!?…/"
NEAR = 80  # letters at the end of a paragraph that can be cut from the next line
TITLE = 12  # capitals that are a title, and no abbreviations at the end of a line
LEAD, HOST = 400, 2000  # letters that are kept of what leads to an item, and of what stands before a footnote's mark


@dataclass
class _Paragraph:
    """Lines that belong together; `end` is the last of their letters, `gap` what parts them from those above."""

    parts: list = field(default_factory=list)
    lines: list = field(default_factory=list)
    places: list = field(default_factory=list)
    end: str = ""
    gap: str = ""

    @property
    def text(self):
        return "".join(self.parts)

    @property
    def bold(self):
        """bool: all of its lines are bold."""
        return all(_bold(line) for line in self.lines)

    def add(self, line, place, vocabulary):
        glue = _glue(self.end, line.text, vocabulary) if self.lines else ""
        if glue is None:
            self.parts[-1] = self.parts[-1][:-1]
        self.parts.append((glue or "") + line.text)
        self.end = (self.end + self.parts[-1])[-NEAR:]
        self.lines.append(line)
        self.places.append(place)


def passages(lines, sectors=None):
    """Join lines to passages and place each in its section.

    Parameters
    ----------
    lines : sequence of str or Line
        Empty between paragraphs that certainly end; ``"\\f"`` at the end of a page.
    sectors : dict of str to (str, str), optional
        Section and name of each sector, by which headings without numbers are known.

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
    lines = lines_of_text(lines) if all(isinstance(line, str) for line in lines) else tables(lines)
    lines = [_cleaned(line) for line in lines]
    style = notes.mark_style(lines)
    body, found = notes.separate(lines, style, _starts_item)
    vocabulary = _vocabulary(lines)
    paragraphs = _joined(body, vocabulary, _width(lines))
    placed, stands = _placed(paragraphs, style, outline.places(paragraphs, sectors))
    places = notes.hosts(found, stands)
    return placed + [
        _footnote(note, placed, place, len(body), vocabulary, count)
        for note, place, count in zip(found, places, _numbers(found))
    ]


def _cleaned(line):
    if line.cells:
        return line
    text = PAGE if PAGE in line.text and not line.text.strip() else notes.unquoted(clean(line.text))
    return line if text == line.text else replace(line, text=text)


def _numbers(found):
    """Return the numbers of footnotes; where each page begins anew, they are counted through."""
    marks = [int(note.mark) for note in found]
    return marks if len(set(marks)) == len(marks) else range(1, len(marks) + 1)


def _vocabulary(lines):
    """Return the words that stand inside lines, where nothing can have cut them."""
    return {word.lower() for line in lines for word in re.findall(r"[^\W\d_]+", line.text)[1:-1]}


def _width(lines):
    """Return the width of lines that were cut at a margin; 0 where that cannot be told, -1 where paragraphs stand on one line."""
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 30 and not line.cells)
    widest = lengths[int(len(lengths) * 0.95)] if lengths else 0
    return widest if widest <= WIDEST else -1


def _bold(line):
    return line.strong >= len(line.text.rstrip()) > 0


def _joined(lines, vocabulary, width):
    paragraphs, gap = [], ""
    for place, line in enumerate(lines):
        if line.text in ("", PAGE):
            gap = PAGE if PAGE in (gap, line.text) else "blank"
            continue
        if not paragraphs or not _continues(paragraphs[-1], line, gap, width):
            ended = bool(paragraphs) and paragraphs[-1].end[-1] in SENTENCE_END
            paragraphs.append(_Paragraph(gap=gap or "mark" * ended))
        paragraphs[-1].add(line, place, vocabulary)
        gap = ""
    return paragraphs


def _continues(before, line, gap, width):
    """Tell whether a line continues the paragraph before it."""
    text, last = line.text, before.lines[-1]
    if line.cells or last.cells:
        return False
    if cut_number(before.end, text) or YEARS.match(text) and re.search(r"(?<!\d)(?:19|20)\d\d$", before.end):
        return True
    cut = not gap and not is_heading(last.text) and _unfinished(before.end, line)
    span = line.flows and before.end[-1].isdigit() and re.match(r"[-–]\s\d", text)  # "2" at the end, then "– 4"
    if line.level or last.level or BULLET.match(text) and not span or is_heading(text) and not cut:
        return False
    lower, single = text[0].islower(), len(before.lines) == 1
    if line.flows and not gap:
        return True
    if line.whole:
        return lower and before.end[-1] not in SENTENCE_END
    if before.bold != _bold(line):
        return lower and not gap
    if single and gap != PAGE and before.gap and _heads(before, text, width):
        return False
    long = width > 0 and len(last.text) > 0.6 * width
    if before.bold and (is_heading(last.text) or not single or _bold(line)):
        return not gap and (lower or _bold(line) and long and before.end[-1] not in SENTENCE_END)
    if single and is_heading(last.text) and not (width > 0 and len(last.text) > 0.9 * width):
        return lower and not gap
    if (
        cut
        or not gap
        and (text[0].isdigit() and before.end[-1] in ":;" or text[0] == "(" and before.end[-1] not in SENTENCE_END)
    ):
        return True
    if before.end[-1] in SENTENCE_END or (len(last.text) > TITLE and last.text.isupper() and not text.isupper()):
        return lower
    if lower or text[0].isdigit() or before.end[-1] in ",(“–" or _number_ends(before.end, text, gap):
        return True
    return gap == PAGE or not gap and long


def _heads(before, text, width):
    """Tell whether a line is worded as a heading is, and was not cut at a margin, as far as its length tells."""
    if text[0].islower() or OPEN.search(before.end) or not worded(before.text):
        return False
    share = PLANS if of_plans(before.text) else COUNTED if text[0].isdigit() else OTHERS
    return width < 0 or len(before.text) < share * width


def _number_ends(before, text, gap):
    """Tell whether a number stands at the end of a line, and what it counts may be on the next one; a year counts nothing."""
    return (
        before[-1].isdigit() and gap != "" and not (text[0].isupper() and re.search(r"(?<!\d)(?:19|20)\d\d$", before))
    )


def _unfinished(before, line):
    """Tell whether a paragraph cannot end here: by its last word, by where the next line stands, by what that opens with."""
    if UNFINISHED.search(before):
        return True
    counted = re.match(r"\d\d\.\s", line.text)  # the number that a sentence ends with, no heading
    return before[-1] not in SENTENCE_END and bool(line.flows or counted)


def _glue(before, text, vocabulary):
    """Return what stands between two lines that are joined; None where a hyphen at the end was only the cut."""
    if cut_number(before, text) or re.search(r"\w[-–]$", before) and (text[0].isdigit() or text[0].isupper()):
        return ""
    head, tail = re.search(r"[^\W\d_]+$", before), re.match(r"[^\W\d_]{1,80}", text)
    if head and tail and tail[0].islower():
        one, other = head[0].lower(), tail[0].lower()
        if one + other in vocabulary and not (one in vocabulary and other in vocabulary):
            return ""
    cut = re.search(r"([^\W\d_]+)-$", before)
    return None if cut and tail and tail[0].islower() and cut[1].lower() + tail[0] in vocabulary else " "


def _starts_item(text):
    return bool(BULLET.match(text)) or is_heading(text)


def _placed(paragraphs, style, sections):
    """Return the passages, and where each footnote mark stands: mark, line of the body, (passage, offset)."""
    found, leads, marked, stands = [], [], [""], []
    for paragraph, (section, headings) in zip(paragraphs, sections):
        text, first = paragraph.text, paragraph.lines[0]
        bare, marks, cuts = notes.without_marks(text, style)
        for mark, offset in marks:
            stands.append((mark, _line_at(paragraph, offset), (len(found), offset)))
        lead = _lead(leads, marked, bare, first.cells, found[-1].text if found else "")
        cells = tuple(_moved(cell, cuts) for cell in first.cells)
        source = tuple(one for line in paragraph.lines for one in line.source)
        found.append(Passage(bare, section, headings, "", lead, dict(marks), cells, None, source))
    return found, stands


def _line_at(paragraph, offset):
    """Return the line of the body in which a letter of a paragraph stands."""
    for part, place in zip(paragraph.parts, paragraph.places):
        offset -= len(part)
        if offset <= 0:
            return place
    return paragraph.places[-1]


def _moved(cell, cuts):
    """Return a cell where marks before it or in it were taken out."""
    start = cell.start - sum(length for place, length in cuts if place < cell.start)
    return replace(cell, start=start, end=cell.end - sum(length for place, length in cuts if place < cell.end))


def _lead(leads, marks, text, cells, before):
    """Return what leads to an item of a list or to a row of a table.

    `leads` holds (mark, text), outermost first; `marks` are those of the document, in the order in which they came.
    """
    item, row = BULLET.match(text), bool(cells) or ROW.search(text)
    mark = "|" if row else item[0] if item and not is_heading(text) else ""
    if mark not in marks:
        marks.append(mark)
    known = [one for one, _ in leads]
    if row:
        leads[:] = leads[-1:] if "|" in known else [("|", before[-LEAD:])]
    elif not mark or "|" in known:
        leads.clear()
    else:
        inner = [one for one in known if one and marks.index(one) > marks.index(mark)]
        leads[:] = [(one, words) for one, words in leads if one not in (*inner, mark, "" if inner else mark)]
    lead = " ".join(words for _, words in leads)
    if row and not re.search(r"\d\s?%?$", text[-8:]):
        leads[-1] = ("|", f"{leads[-1][1]} {text[:LEAD]}"[-2 * LEAD :])
    elif not row and (mark or text.endswith(":")):
        leads.append((mark, re.split(r"[.;]\s", text)[-1][-LEAD:]))
    return lead


def _footnote(note, placed, place, length, vocabulary, number):
    """Return a footnote as a passage; one whose mark is nowhere belongs to what stands where it was found."""
    whole = _Paragraph()
    for line in (line for line in note.lines if line.text):
        whole.add(line, 0, vocabulary)
    near = min(note.place * len(placed) // max(1, length), len(placed) - 1)
    index, offset = place or (near, None)
    host = placed[index] if placed else Passage("")
    before = (host.text[:offset] or host.text)[-HOST:]
    section = f"{host.section} fn{number}" if host.section else ""
    source = tuple(one for line in note.lines for one in line.source)
    at = (index, offset) if place else None
    return Passage(whole.text, section, host.headings, before, at=at, source=source)
