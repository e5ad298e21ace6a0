"""Read an OpenDocument text (.odt): body, tables, frames and footnotes, with tracked changes as accepted."""

from collections import Counter

from bgtools.read.document.forms.archive import DAMAGED, Archive
from bgtools.read.document.forms.encodings import OLD_FONT, by_font
from bgtools.read.document.forms.numbering import written
from bgtools.read.document.grid import MOST_COLUMNS, Box, rows_of
from bgtools.read.document.lines import Line, Lines, clean, digits, raised
from bgtools.read.document.refusals import refusal

NAMES = {
    name: f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"
    for name in ("office", "text", "table", "style", "draw")
}
OFFICE, TEXT, TABLE, STYLE, DRAW = NAMES.values()
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
LEFT_OUT = {f"{TEXT}tracked-changes", f"{TEXT}note", f"{OFFICE}annotation", f"{TEXT}ruby-text", f"{OFFICE}forms"}
FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
MOST_SPACES, MOST_ROWS, MOST_STEPS = 200, 1000, 30


def lines_of_opendocument(
    path,
):
    """Return the lines of an OpenDocument text: its body, then its footnotes, each with its mark.

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
            manifest = archive.tree("META-INF/manifest.xml")
            if manifest is not None and any(str(one.tag).endswith("}encryption-data") for one in manifest.iter()):
                raise refusal("encrypted", path=path.name)
            content, styles = archive.tree("content.xml"), archive.tree("styles.xml")
    except DAMAGED as error:
        raise refusal("broken", path=path.name, form=".odt", why=str(error).rstrip(".")) from None
    body = content.find(f"{OFFICE}body/{OFFICE}text") if content is not None else None
    if body is None:
        raise refusal("broken", path=path.name, form=".odt", why="content.xml")
    try:
        return _Reader(body, [one for one in (styles, content) if one is not None]).read()
    except RecursionError:
        raise refusal("nested", path=path.name) from None


class _Reader:
    """Walks through the document; list numbers are counted, footnotes are numbered as they come."""

    def __init__(self, body, trees):
        self.body, self.notes, self.dropped, self.added, self.fonts = body, [], Counter(), 0, set()
        self.styles = {one.get(f"{STYLE}name"): one for tree in trees for one in tree.iter(f"{STYLE}style")}
        self.faces = {
            one.get(f"{STYLE}name"): one.get(
                "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}font-family", ""
            )
            for tree in trees
            for one in tree.iter(f"{STYLE}font-face")
        }
        self.lists = {one.get(f"{STYLE}name"): one for tree in trees for one in tree.iter(f"{TEXT}list-style")}
        self.outlines = next((one for tree in trees for one in tree.iter(f"{TEXT}outline-style")), None)
        self.counts, self.looks = {}, {}

    def read(self):
        raw = digits("".join(self.body.itertext()))
        lines = list(self._blocks(self.body))
        for number, note in enumerate(self.notes, start=1):
            citation = (
                "".join(note.find(f"{TEXT}note-citation").itertext())
                if note.find(f"{TEXT}note-citation") is not None
                else ""
            )
            self.dropped["mark of a footnote"] += digits(citation)
            inner = [line for line in self._blocks(note.find(f"{TEXT}note-body")) if line.text]
            lines += [Line(line.text, note=str(number)) for line in inner]
        notices = [("fonts", {"fonts": ", ".join(sorted(self.fonts))})] if self.fonts else []
        for key, reason in (("struck", "struck out"), ("hidden", "hidden")):
            notices += [(key, {"count": self.dropped[reason]})] if self.dropped[reason] else []
        return Lines(lines, raw, self.added, self.dropped, notices)

    def _blocks(self, parent, numbered=None):
        for element in parent if parent is not None else ():
            if element.tag in (f"{TEXT}p", f"{TEXT}h"):
                yield from self._paragraph(element, numbered)
                numbered = None
            elif element.tag == f"{TEXT}list":
                yield from self._list(element, [])
            elif element.tag == f"{TABLE}table":
                yield from self._table(element)
            elif element.tag in LEFT_OUT:
                self.dropped["deleted"] += digits("".join(element.itertext()))
            elif isinstance(element.tag, str):
                yield from self._blocks(element)

    def _list(self, element, above):
        """Read a list; `above` holds the style and the number of each list around it."""
        name = element.get(f"{TEXT}style-name") or (above[0][0] if above else "")
        depth = len(above)
        key = name if element.get(f"{TEXT}continue-numbering") == "true" or name in self.counts else None
        counts = self.counts.setdefault(name, {}) if key or name else {}
        if not above and not key:
            counts.clear()
        for item in element:
            if item.tag not in (f"{TEXT}list-item", f"{TEXT}list-header"):
                continue
            label = ""
            first = item[0] if len(item) else None
            if item.tag == f"{TEXT}list-item" and first is not None and first.tag != f"{TEXT}list":
                label = self._count(self.lists.get(name), counts, depth, item.get(f"{TEXT}start-value"))
            for child in item:
                if child.tag == f"{TEXT}list":
                    yield from self._list(child, [*above, (name, depth)])
                elif child.tag in (f"{TEXT}p", f"{TEXT}h"):
                    yield from self._paragraph(child, label)
                    label = ""
                else:
                    yield from self._blocks([child])

    def _count(self, style, counts, depth, start=None):
        """Count an item and return its number with a space behind it."""
        level = None
        for one in style if style is not None else ():
            if one.get(f"{TEXT}level") == str(depth + 1):
                level = one
        if level is None:
            return ""
        if level.tag == f"{TEXT}list-level-style-bullet":
            return "- "
        begin = level.get(f"{TEXT}start-value", "1")
        counts[depth] = (
            int(start) if start and start.isdigit() else counts.get(depth, int(begin) - 1 if begin.isdigit() else 0) + 1
        )
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        form = FORMS.get(level.get(f"{STYLE}num-format", ""), "none")
        if form == "none":
            return ""
        shown = level.get(f"{TEXT}display-levels", "1")
        levels = range(depth + 1 - min(int(shown) if shown.isdigit() else 1, depth + 1), depth + 1)
        forms = {
            int(one.get(f"{TEXT}level", "1")) - 1: FORMS.get(one.get(f"{STYLE}num-format", ""), "none") for one in style
        }
        numbers = [written(counts.get(one, 1), forms.get(one, "decimal")) for one in levels]
        return f"{level.get(f'{STYLE}num-prefix', '')}{'.'.join(filter(None, numbers))}{level.get(f'{STYLE}num-suffix', '')} "

    def _paragraph(self, paragraph, label):
        level = paragraph.get(f"{TEXT}outline-level", "")
        level = int(level[:1]) if level.isdigit() and paragraph.tag == f"{TEXT}h" else 0
        if level and label is None:
            label = self._count(self.outlines, self.counts.setdefault("", {}), level - 1)
        look = self._look(paragraph.get(f"{TEXT}style-name"), {})
        pieces = list(self._pieces(paragraph, look))
        label = label or ""
        text = label + "".join(text for text, _ in pieces)
        strong = len(label)
        for piece, bold in pieces:
            if piece.strip() and not bold:
                break
            strong += len(piece)
        if text.strip():
            self.added += digits(label)
            for place, part in enumerate(text.split("\n")):
                yield Line(part, level, min(strong, len(part)) if strong > len(label) else 0, whole=not place)
                strong = max(0, strong - len(part) - 1)
            yield Line("")
        for frame in paragraph.iter(f"{DRAW}text-box"):
            if not any(one.tag == f"{DRAW}text-box" for one in _between(frame, paragraph)):
                yield from self._blocks(frame)

    def _pieces(self, element, look):
        """Yield the texts of a paragraph, each with whether it is bold."""
        yield from self._piece(element.text, look)
        for child in element:
            if child.tag == f"{TEXT}note":
                self.notes.append(child)
                mark = raised(str(len(self.notes)))
                self.added += digits(mark)
                yield mark, look.get("bold", False)
            elif child.tag in LEFT_OUT:
                self.dropped["deleted"] += digits("".join(child.itertext()))
            elif child.tag == f"{TEXT}s":
                count = child.get(f"{TEXT}c", "1")
                yield " " * min(int(count[:4]) if count.isdigit() else 1, MOST_SPACES), look.get("bold", False)
            elif child.tag in (f"{TEXT}tab", f"{TEXT}line-break"):
                yield "\t" if child.tag == f"{TEXT}tab" else "\n", look.get("bold", False)
            elif isinstance(child.tag, str) and child.tag != f"{DRAW}text-box":
                inner = self._look(child.get(f"{TEXT}style-name"), look) if child.tag == f"{TEXT}span" else look
                yield from self._pieces(child, inner)
            yield from self._piece(child.tail, look)

    def _piece(self, text, look):
        text = " ".join(text.split(" ")).replace("\n", " ").replace("\t", " ") if text else ""
        for reason in ("hidden", "struck out"):
            if look.get(reason):
                self.dropped[reason] += digits(text)
                return
        if OLD_FONT.match(look.get("font", "")):
            self.fonts.add(look["font"])
            before = digits(text)
            text = by_font(text, look["font"])
            self.dropped["letter of an old font"] += before - digits(text)
        if text:
            yield raised(text) if look.get("raised") else text, look.get("bold", False)

    def _look(self, name, above):
        """Return how text of a style looks, within text that looks like `above`."""
        if name not in self.looks:
            found, chain = {}, []
            while name in self.styles and len(chain) < MOST_STEPS and name not in chain:
                chain.append(name)
                name = self.styles[name].get(f"{STYLE}parent-style-name")
            for one in reversed(chain):
                found |= self._said(self.styles[one].find(f"{STYLE}text-properties"))
            self.looks[chain[0] if chain else name] = found
            return above | found
        return above | self.looks[name]

    def _said(self, properties):
        found = {}
        if properties is None:
            return found
        place = properties.get(f"{STYLE}text-position")
        if place:
            rise = place.split()[0]
            found["raised"] = rise == "super" or rise.rstrip("%").isdigit() and int(rise.rstrip("%")) >= 12
        if weight := properties.get(f"{FO}font-weight"):
            found["bold"] = weight in ("bold", "600", "700", "800", "900")
        if struck := properties.get(f"{STYLE}text-line-through-style"):
            found["struck out"] = struck != "none"
        if shown := properties.get(f"{TEXT}display"):
            found["hidden"] = shown == "none"
        if font := properties.get(f"{STYLE}font-name") or properties.get(f"{FO}font-family"):
            found["font"] = self.faces.get(font, font).strip("'\"")
        return found

    def _table(self, table):
        grid, inner, nested, left = [], [], [], []
        for row in _rows(table):
            line = []
            column, covered = 0, {box.column: box for box, until in left if until > len(grid)}
            for cell in row:
                repeat = cell.get(f"{TABLE}number-columns-repeated", "1")
                repeat = min(int(repeat[:4]) if repeat.isdigit() else 1, MOST_COLUMNS)
                if cell.tag == f"{TABLE}covered-table-cell":
                    line += [covered[one] for one in range(column, column + repeat) if one in covered]
                elif cell.tag == f"{TABLE}table-cell":
                    box, height = self._cell(cell, column, len(grid), inner, nested)
                    line.append(box)
                    left += [(box, len(grid) + height)] if height > 1 else []
                column += repeat
            left = [one for one in left if one[1] > len(grid) + 1]
            grid.append(line)
        yield Line("")
        if max(map(len, grid), default=0) < 2:
            yield from inner
            return
        for text, cells in rows_of(grid):
            yield Line(text, cells=cells)
        yield Line("")
        yield from nested

    def _cell(self, cell, column, row, inner, nested):
        width, height = (cell.get(f"{TABLE}number-{way}-spanned", "1") for way in ("columns", "rows"))
        width = min(int(width[:4]) if width.isdigit() else 1, MOST_COLUMNS)
        lines = list(self._blocks(cell))
        inner += lines
        nested += [line for line in lines if line.cells]
        lines = [line for line in lines if line.text and not line.cells]
        strong = bool(lines) and all(line.strong >= len(line.text) for line in lines)
        head = cell.getparent().getparent().tag == f"{TABLE}table-header-rows"
        box = Box(clean(" ".join(line.text for line in lines)), column, width, row, strong, head)
        return box, min(int(height[:4]) if height.isdigit() else 1, MOST_ROWS)


def _rows(table):
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in (f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            yield from _rows(child)


def _between(element, top):
    for above in element.iterancestors():
        if above is top:
            return
        yield above
