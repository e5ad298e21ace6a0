"""Read a Word file: body, tables, text boxes and footnotes, with tracked changes as accepted.

The archive is measured before it is unpacked, and its XML may declare no entities.
"""

import re
import zipfile

from lxml import etree

from bgtools.read.document.layout import SUPERSCRIPTS
from bgtools.read.document.numbering import Numbering
from bgtools.read.messages import refusal

MOST_UNPACKED = 200_000_000
MOST_XML = 40_000_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
GONE = {f"{W}del", f"{W}moveFrom", f"{W}delText", f"{W}instrText", FALLBACK}
BREAKS = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-"}
RAISED = str.maketrans("0123456789", SUPERSCRIPTS)
PARTS = {name: f"word/{name}.xml" for name in ("document", "footnotes", "endnotes", "numbering", "styles")}


def lines_of_word(path, *, lang="vi"):
    """Return the paragraphs of a Word file, then its footnotes, each behind its mark.

    Raises
    ------
    BgdataError
        The file is damaged or protected, unpacks to more than a report, or declares entities.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _measure(archive, path, lang)
            trees = {name: _tree(archive, part, path, lang) for name, part in PARTS.items()}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, etree.XMLSyntaxError) as error:
        key = "encrypted" if "encrypted" in str(error) else "broken"
        raise refusal(key, lang, path=path.name, form=".docx", why=str(error).rstrip(".")) from None
    if trees["document"] is None:
        raise refusal("broken", lang, path=path.name, form=".docx", why="word/document.xml")
    return _Reader(trees).lines()


def _measure(archive, path, lang):
    infos = archive.infolist()
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MOST_UNPACKED or any(info.file_size > MOST_XML for info in infos if info.filename.endswith(".xml")):
        raise refusal("bomb", lang, path=path.name, size=round(unpacked / 1e6))


def _tree(archive, part, path, lang):
    if part not in archive.namelist():
        return None
    content = archive.read(part)
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", content[:100_000].replace(b"\0", b"")):
        raise refusal("entities", lang, path=path.name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


class _Reader:
    """Walks through the document; footnotes are numbered in the order of their marks, as Word shows them."""

    def __init__(self, trees):
        self.trees = trees
        self.numbering = Numbering(trees["numbering"], trees["styles"])
        self.notes = []

    def lines(self):
        body = list(self._blocks(self.trees["document"].find(f"{W}body")))
        kinds = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
        texts = {tag: self._texts_of_notes(self.trees[name]) for tag, name in kinds.items()}
        notes = [
            f"{_mark(number)} {texts[tag].get(identifier, '')}"
            for number, (tag, identifier) in enumerate(self.notes, start=1)
        ]
        return [line for text in [*body, *notes] for line in (text, "")]

    def _blocks(self, parent):
        for element in parent if parent is not None else ():
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
            elif element.tag not in GONE:
                yield from self._blocks(element)

    def _paragraph(self, paragraph):
        text = self.numbering.label(paragraph) + self._text(paragraph)
        if text.strip():
            yield text
        for box in paragraph.iter(f"{W}txbxContent"):
            if not any(above.tag == FALLBACK for above in box.iterancestors()):
                yield from self._blocks(box)

    def _table(self, table):
        for row in table.iterfind(f".//{W}tr"):
            cells = [" ".join(self._blocks(cell)) for cell in row.iterfind(f"{W}tc")]
            yield " | ".join(filter(None, cells))

    def _text(self, element):
        parts = []
        for child in element:
            if child.tag == f"{W}t":
                parts.append(child.text or "")
            elif child.tag in BREAKS:
                parts.append(BREAKS[child.tag])
            elif child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self.notes.append((child.tag, child.get(f"{W}id")))
                parts.append(_mark(len(self.notes)))
            elif child.tag == f"{W}r" and _raised(child):
                parts.append(self._text(child).translate(RAISED))
            elif child.tag not in GONE and child.tag != f"{W}txbxContent":
                parts.append(self._text(child))
        return "".join(parts)

    def _texts_of_notes(self, tree):
        notes = tree if tree is not None else ()
        return {note.get(f"{W}id"): " ".join(self._blocks(note)).strip() for note in notes if note.get(f"{W}id")}


def _mark(number):
    return str(number).translate(RAISED)


def _raised(run):
    """Tell whether a run is set as superscript."""
    position = run.find(f"{W}rPr/{W}vertAlign")
    return position is not None and position.get(f"{W}val") == "superscript"
