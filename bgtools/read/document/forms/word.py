"""Read a Word file: body, tables, text boxes and footnotes, with tracked changes as accepted.

What is deleted, struck out or hidden is no text; its digits are counted. Each line keeps the runs that it came from.
"""

import itertools
from collections import Counter
from dataclasses import dataclass, replace

from bgtools.read.document.forms.archive import DAMAGED, Archive
from bgtools.read.document.forms.encodings import OLD_FONT, by_font
from bgtools.read.document.forms.numbering import Numbering
from bgtools.read.document.forms.styles import Styles, W
from bgtools.read.document.grid import MOST_COLUMNS, Box, rows_of
from bgtools.read.document.lines import Line, Lines, clean, digits, joined, raised
from bgtools.read.document.refusals import refusal

LEAST_RISE = 4  # half-points above its line that make a mark of a digit
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
DELETED = {f"{W}del", f"{W}moveFrom", f"{W}delText"}
FIELD = {f"{W}instrText", f"{W}delInstrText"}
THROUGH = {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"}
SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
REFERENCES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
SYMBOL = {0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xBB: "≈", 0xB4: "×", 0xB7: "•", 0x2D: "-", 0xB0: "°", 0xB8: "÷", 0x7E: "~"}
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
BETWEEN = {f"{MATH}den": "/", f"{MATH}sup": "^"}
TEXTS = {"t", "delText", "instrText", "delInstrText"}


def lines_of_word(
    path,
):
    """Return the lines of a Word file: its body, then its footnotes, each with its mark.

    Returns
    -------
    Lines

    Raises
    ------
    BgdataError
        The file is damaged or protected, unpacks to more than a report, or declares entities.
    """
    try:
        with Archive(path) as archive:
            main = archive.related().get("officeDocument", ["word/document.xml"])[0]
            near = archive.related(main)
            trees = {kind: archive.tree(names[0]) for kind, names in near.items() if names[0].endswith(".xml")}
            body = archive.tree(main)
    except DAMAGED as error:
        key = "encrypted" if "encrypted" in str(error) else "broken"
        raise refusal(key, path=path.name, form=".docx", why=str(error).rstrip(".")) from None
    if body is not None and not body.tag.startswith(W):
        raise refusal("spreadsheet", path=path.name)
    found = body.find(f"{W}body") if body is not None else None
    if found is None:
        raise refusal("broken", path=path.name, form=".docx", why=main)
    try:
        return _Reader(found, trees).read()
    except RecursionError:
        raise refusal("nested", path=path.name) from None


@dataclass
class _Piece:
    """Some letters of a paragraph that look alike: from which run, and how they look."""

    text: str
    look: dict
    run: object = None


class _Reader:
    """Walks through the document; footnotes are numbered in the order of their marks, as Word shows them."""

    def __init__(self, body, trees):
        self.body, self.trees = body, trees
        self.styles = Styles(trees.get("styles"))
        self.numbering = Numbering(trees.get("numbering"), self.styles)
        self.notes, self.dropped, self.fonts = [], Counter(), set()
        self.carried, self.struck, self.added = [], 0, 0

    def read(self):
        lines = list(self._blocks(self.body))
        texts = {kind: self._texts_of_notes(self.trees.get(kind)) for kind in REFERENCES.values()}
        for number, (kind, identifier) in enumerate(self.notes, start=1):
            for line in texts[kind].pop(identifier, ()):
                lines.append(replace(line, note=str(number)))
        left = [line for notes in texts.values() for note in notes.values() for line in note]
        self.dropped["note without a mark"] += sum(digits(line.text) for line in left)
        notices = [("fonts", {"fonts": ", ".join(sorted(self.fonts))})] if self.fonts else []
        notices += [("struck", {"count": self.struck})] if self.struck else []
        notices += [("hidden", {"count": self.dropped["hidden"]})] if self.dropped["hidden"] else []
        embedded = sum(1 for _ in self.body.iter(f"{W}altChunk"))
        notices += [("embedded", {"count": embedded})] if embedded else []
        raw = sum(map(_raw, [self.body, self.trees.get("footnotes"), self.trees.get("endnotes")]))
        return Lines(lines, raw, self.added, self.dropped, notices)

    def _blocks(self, parent):
        for element in parent if parent is not None else ():
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
            elif element.tag in DELETED or element.tag == FALLBACK:
                self._drop(element)
            elif isinstance(element.tag, str):
                yield from self._blocks(element)

    def _paragraph(self, paragraph):
        style = self.styles.of_paragraph(paragraph)
        pieces, self.carried = [*self.carried, *self._pieces(paragraph, style, {})], []
        if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            self.carried = pieces
        else:
            label = self.numbering.label(paragraph)
            yield from self._lines(label, pieces, self.styles.outline(style, paragraph), paragraph)
        for box in paragraph.iter(f"{W}txbxContent"):
            above = itertools.takewhile(lambda one: one is not paragraph, box.iterancestors())
            if not any(one.tag in (FALLBACK, f"{W}txbxContent", *DELETED) for one in above):
                yield from self._blocks(box)

    def _lines(self, label, pieces, level, paragraph):
        """Cut a paragraph at its line breaks; its marks are set apart from its digits."""
        _mark_raised(pieces)
        source = ((paragraph, len(label), tuple((piece.run, piece.text) for piece in pieces)),)
        text = label + "".join(piece.text for piece in pieces)
        strong = len(label)
        for piece in pieces:
            if not piece.look.get("bold") and piece.text.strip():
                break
            strong += len(piece.text)
        if strong == len(label):
            strong = 0
        if not text.strip():
            return
        self.added += digits(label) + sum(digits(piece.text) for piece in pieces if piece.look.get("ours"))
        for place, part in enumerate(text.split("\n")):
            yield Line(part, level, min(strong, len(part)), whole=not place, source=source)
            strong = max(0, strong - len(part) - 1)
        yield Line("")

    def _pieces(self, element, style, look):
        """Return what a paragraph shows, run by run."""
        found = []
        for child in element:
            tag, start = child.tag, len(found)
            if tag in DELETED or tag == FALLBACK:
                self._drop(child)
            elif tag in FIELD:
                self.dropped["field"] += digits(child.text or "")
            elif tag == f"{W}r":
                found += self._run(child, style, found)
            elif tag in REFERENCES:
                self.notes.append((REFERENCES[tag], child.get(f"{W}id")))
                found.append(_Piece(raised(str(len(self.notes))), {"ours": True}, look.get("run")))
            elif isinstance(tag, str) and tag != f"{W}txbxContent":
                text = _written(child)
                found += [_Piece(text, look, look.get("run"))] if text else self._pieces(child, style, look)
                if tag in BETWEEN:
                    found.insert(start, _Piece(BETWEEN[tag], look))
        return found

    def _run(self, run, style, before):
        look = self.styles.run(run, style) | {"run": run}
        if look.get("hidden") or look.get("struck"):
            reason = "hidden" if look.get("hidden") else "struck out"
            self.dropped[reason] += sum(digits(child.text or "") for child in run if child.tag == f"{W}t")
            self.struck += reason == "struck out"
            return [piece for piece in self._pieces(run, style, look) if piece.look.get("ours")]
        pieces = self._pieces(run, style, look)
        font = look.get("font", "")
        if OLD_FONT.match(font):
            self.fonts.add(font)
            for piece in pieces:
                last = before[-1].text[-1:] if before else ""
                before_it = digits(piece.text)
                piece.text = by_font(piece.text, font, last)
                self.dropped["letter of an old font"] += before_it - digits(piece.text)
        return pieces

    def _drop(self, element):
        reason = "repeated for old programs" if element.tag == FALLBACK else "deleted"
        self.dropped[reason] += _raw(element)

    def _table(self, table):
        grid, inner, nested = [], [], []
        for row in _children(table, f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                self._drop(row)
            else:
                grid.append(self._row(row, grid, inner, nested))
        yield Line("")
        if max(map(len, grid), default=0) < 2:
            yield from inner
            return
        for text, cells in rows_of(grid):
            yield Line(text, cells=cells)
        yield Line("")
        yield from nested

    def _row(self, row, grid, inner, nested):
        """Return the boxes of a row; `inner` gathers the lines of its cells, `nested` those of tables within them."""
        head = row.find(f"{W}trPr/{W}tblHeader") is not None
        found, column = [], _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        above = {box.column: box for box in grid[-1]} if grid else {}
        for cell in _children(row, f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            width = _number(properties.find(f"{W}gridSpan") if properties is not None else None, 1)
            merged = properties.find(f"{W}vMerge") if properties is not None else None
            lines = list(self._blocks(cell))
            inner += lines
            nested += [line for line in lines if line.cells]
            lines = [line for line in lines if line.text and not line.cells]
            text = joined(clean(line.text) for line in lines)
            if merged is not None and merged.get(f"{W}val", "continue") == "continue" and column in above and not text:
                found.append(above[column])
            else:
                strong = bool(text) and all(line.strong >= len(line.text) for line in lines)
                found.append(Box(text, column, width, len(grid), strong, head))
            column += width
        return found

    def _texts_of_notes(self, tree):
        notes = tree if tree is not None else ()
        return {note.get(f"{W}id"): list(self._blocks(note)) for note in notes if note.get(f"{W}id")}


def _children(parent, tag):
    """Return the rows of a table or the cells of a row, also those within content controls."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in THROUGH:
            yield from _children(child, tag)


def _number(element, default):
    value = element.get(f"{W}val", "") if element is not None else ""
    return min(int(value[:6]), MOST_COLUMNS) if value.isdigit() else default


def _written(element):
    """Return the letters that one element stands for; empty where it only holds others."""
    if element.tag in SIGNS:
        return SIGNS[element.tag]
    if element.tag == f"{W}sym":
        code = element.get(f"{W}char", "")
        value = int(code, 16) & 0xFFF if all(one in "0123456789abcdefABCDEF" for one in code) and code else 0
        value -= 0xF00 * (value >= 0xF00)
        plain = chr(value) if 0x20 <= value < 0x7F else "�"
        return SYMBOL.get(value, plain) if "symbol" in element.get(f"{W}font", "").lower() else "�"
    if element.tag.endswith("}t"):
        return (element.text or "").replace("\n", " ")
    return ""


def _mark_raised(pieces):
    """Make marks of raised digits: those that stand higher than the letters and digits around them."""
    rises = Counter()
    for piece in pieces:
        rises[piece.look.get("rise", 0)] += sum(map(str.isalpha, piece.text))
    line = max(rises, key=lambda rise: (rises[rise], -rise), default=0)
    if not rises.get(line):
        line = min((piece.look.get("rise", 0) for piece in pieces if piece.text.strip()), default=0)
    for piece in pieces:
        if piece.look.get("rise", 0) - line >= LEAST_RISE and not piece.look.get("ours"):
            piece.text = raised(piece.text)


def _raw(element):
    """Return how many digits the text nodes of an element hold."""
    if element is None:
        return 0
    return sum(
        digits(one.text or "")
        for one in element.iter()
        if isinstance(one.tag, str) and one.tag.rsplit("}", 1)[-1] in TEXTS
    )
