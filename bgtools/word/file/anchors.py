"""The way back from a passage of the reader to the runs of the Word file that it was read from.

The document's letters are walked through once, wherever they stand: in insertions, links, content controls, fields,
tables, text boxes and notes. The passages are then laid along them, letter by letter. What the reader drops or adds
(marks of notes, numbers of headings, signs between cells) is passed over. Nothing is changed here.
"""

import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate

from lxml import etree

from bgtools.word.file.container import Container

GONE = {"del", "moveFrom", "delText", "instrText", "Fallback", "rPr", "pPr", "tblPr", "tcPr", "sectPr"}
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
AHEAD, NEAR = 6_000, 300
ALIKE = 0.6


@dataclass(frozen=True)
class Piece:
    """A stretch of one text element.

    Attributes
    ----------
    text : lxml element
        ``w:t``, within its run.
    start, end : int
        The letters of it that are meant.
    """

    text: etree._Element
    start: int
    end: int


@dataclass(frozen=True)
class Anchor:
    """Where something printed stands.

    Attributes
    ----------
    pieces : tuple of Piece
        In the document's order; empty where only the run is known.
    host : lxml element
        In a run of the document's body, where a comment can be put: the text itself; of what stands in a note, its
        mark; of what stands in a text box, the drawing that holds it.
    inside : str
        ``""``, ``"note"`` or ``"box"``.
    at : int
        Its place among the letters of the document.
    """

    pieces: tuple
    host: etree._Element
    inside: str = ""
    at: int = 0


class Anchors:
    """The letters of a Word file, and where each passage stands among them.

    Parameters
    ----------
    container : Container
    passages : sequence of Passage
        As the reader made them from the same file.

    Attributes
    ----------
    trees : dict of str to lxml element
        The parts that text stands in, by name.
    """

    def __init__(self, container: Container, passages):
        self.container = container
        self.trees = {container.main: container.tree(container.main)}
        self.texts, self.starts = [], []
        self.key, self.places = self._walk_all()
        self.spans = self._lay(passages)

    def find(self, passage, start, end):
        """Return the Anchor of a stretch of a passage's text, or None where it cannot be found.

        Parameters
        ----------
        passage : int
        start, end : int
        """
        offsets, positions = self.spans[passage]
        first, behind = bisect_left(offsets, start), bisect_left(offsets, end)
        if first >= behind:
            return None
        return self._between(positions[first], positions[behind - 1])

    def _between(self, first, last):
        """Return the Anchor of the letters from one position to another."""
        begin, behind = bisect_right(self.starts, first) - 1, bisect_right(self.starts, last)
        pieces = [
            Piece(text, max(first - start, 0), min(last + 1 - start, len(text.text)))
            for start, (text, _, _) in zip(self.starts[begin:behind], self.texts[begin:behind])
        ]
        _, host, inside = self.texts[begin]
        return Anchor(tuple(pieces), host, inside, first)

    def _walk_all(self):
        notes = []
        self._walk(self.trees[self.container.main], None, "", notes, [])
        for kind, identifier, mark in notes:
            for part in self.container.targets(self.container.main, kind):
                if part not in self.trees and (tree := self.container.tree(part)) is not None:
                    self.trees[part] = tree
                for note in self._note(part, identifier):
                    self._walk(note, mark, "note", [], [])
        sizes = [len(text.text) for text, _, _ in self.texts]
        self.starts = [0, *accumulate(sizes)][:-1]
        whole = "".join(text.text for text, _, _ in self.texts)
        keys = [(base, position) for position, letter in enumerate(whole) if (base := _base(letter))]
        return "".join(base for base, _ in keys), [position for _, position in keys]

    def _note(self, part, identifier):
        return [one for one in self.trees.get(part, ()) if _attribute(one, "id") == identifier][:1]

    def _walk(self, element, host, inside, notes, boxes):
        """Take the texts of an element; the text boxes of a paragraph come behind it, as the reader reads them."""
        for child in element.iterchildren():
            name = name_of(child)
            if name == "r":
                self._walk_run(child, host, inside, notes, boxes)
            elif name == "p":
                of_paragraph = []
                self._walk(child, host, inside, notes, of_paragraph)
                for box, holder in of_paragraph:
                    self._walk(box, holder, inside or "box", notes, [])
            elif name not in GONE:
                self._walk(child, host, inside, notes, boxes)

    def _walk_run(self, run, host, inside, notes, boxes):
        for child in run.iterchildren():
            name, holder = name_of(child), child if host is None else host
            if name == "t" and child.text:
                self.texts.append((child, holder, inside))
            elif name in NOTES:
                notes.append((NOTES[name], _attribute(child, "id"), holder))
            elif name not in GONE:
                boxes += [(box, holder) for box in child.iter() if name_of(box) == "txbxContent" and not _repeated(box)]

    def _lay(self, passages):
        """Return, for each passage, offsets of its letters and their positions in the document."""
        spans, at = [], 0
        for passage in passages:
            offsets, key = _keys(passage.text)
            found = self.key.find(key, at, at + len(key) + (AHEAD if len(key) > 12 else NEAR)) if key else -1
            if found >= 0:
                spans.append((offsets, self.places[found : found + len(key)]))
                at = found + len(key)
                continue
            pairs = self._laid_loosely(key, at)
            spans.append(([offsets[mine] for mine, _ in pairs], [self.places[theirs] for _, theirs in pairs]))
            at = pairs[-1][1] + 1 if pairs else at
        return spans

    def _laid_loosely(self, key, at):
        """Pair the letters of a passage with the document's where some are lacking on either side."""
        for start in dict.fromkeys((at, self._elsewhere(key))):
            window = self.key[start : start + int(len(key) * 1.5) + NEAR]
            matcher = SequenceMatcher(None, key, window, autojunk=False)
            pairs = [
                (block.a + step, start + block.b + step)
                for block in matcher.get_matching_blocks()
                if block.size > 2 or len(key) < 12
                for step in range(block.size)
            ]
            if key and len(pairs) >= ALIKE * len(key):
                return pairs
        return []

    def _elsewhere(self, key):
        """Return where the middle of a passage stands anywhere in the document; 0 where it does not."""
        middle = key[len(key) // 3 : len(key) // 3 + 24]
        return max(0, self.key.find(middle) - len(key) // 2) if len(middle) > 12 else 0


def name_of(element):
    """Return an element's name without its namespace; of a comment or instruction, nothing."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _attribute(element, name):
    return next((value for key, value in element.attrib.items() if key.rsplit("}", 1)[-1] == name), None)


def _repeated(box):
    """Tell a text box that only repeats another for old versions of Word, or that stands within another."""
    above = [name_of(one) for one in box.iterancestors()]
    return "Fallback" in above or "txbxContent" in above


@lru_cache(maxsize=20_000)
def _base(letter):
    """Return the letter that counts when texts are compared: no tones, no case; nothing for signs.

    Examples
    --------
    >>> [_base(letter) for letter in "Ế%¹ ,7đ"]
    ['e', '%', '', '', '', '7', 'đ']
    """
    if letter in RAISED:
        return ""
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base[0] if base.isalnum() or base == "%" else ""


def _keys(text):
    keys = [(offset, base) for offset, letter in enumerate(text) if (base := _base(letter))]
    return [offset for offset, _ in keys], "".join(base for _, base in keys)
