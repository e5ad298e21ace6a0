"""Propose changes in a Word file as tracked changes, which a person accepts or rejects in Word.

What stood there stays until then, struck out; what is proposed stands behind it, looking like it. Which changes to
propose is decided in `fill`.
"""

from copy import deepcopy

from lxml import etree

from bgtools.word.file.anchors import name_of
from bgtools.word.file.comments import AUTHOR
from bgtools.word.file.fields import field_of, results
from bgtools.word.file.splitting import SPACE, isolated

STRUCK = {"t": "delText", "instrText": "delInstrText"}
TRACKED = ("ins", "moveTo")
NUMBERED = (
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "rPrChange",
    "pPrChange",
    "comment",
    "bookmarkStart",
    "moveFromRangeStart",
    "moveToRangeStart",
)


class Revisions:
    """Makes the tracked changes of one Word file.

    Parameters
    ----------
    trees : iterable of lxml element
        The parts of the file in which changes are made; the first is the document.
    """

    def __init__(self, trees):
        trees = list(trees)
        self.space = trees[0].tag[: -len("document")]
        marks = [one for tree in trees for one in tree.iter() if name_of(one) in NUMBERED]
        self.number = max(
            (int(number) for one in marks if (number := one.get(f"{self.space}id") or "").isdigit()), default=0
        )

    def replace(self, anchor, text, *, marked=False):
        """Propose another text for what stands at an anchor; nothing but its removal where the text is empty.

        Parameters
        ----------
        anchor : Anchor
        text : str
        marked : bool
            Show the new text on yellow ground: it is a place to fill, not a value.
        """
        runs = [isolated(piece) for piece in reversed(anchor.pieces)][::-1]
        if any(name_of(one) == "del" for one in runs[0].iterancestors()):
            return  # of a field that is struck out already
        fields = {run: field_of(run) or [run] for run in runs}
        doomed = list(dict.fromkeys(one for run in runs for one in fields[run]))
        parts = {one for field in fields.values() for one in results(field)}
        shown = [one for one in doomed if one in runs or one in parts]
        before, behind = shown[: shown.index(runs[0])], shown[shown.index(runs[-1]) + 1 :]
        text = "".join(map(_text, before)) + text + "".join(map(_text, behind))
        new = self._run(runs[0], text, marked) if text else None
        for run in doomed:
            self.delete(run)
        if new is not None:
            self._behind(doomed[-1].getparent(), new)

    def delete(self, run):
        """Strike out a run."""
        for text in [one for one in run if name_of(one) in STRUCK]:
            text.tag = f"{self.space}{STRUCK[name_of(text)]}"
        struck = self.mark("del", run)
        run.addprevious(struck)
        struck.append(run)

    def insert_behind(self, run, new):
        """Propose a run behind another one, or behind the deletion that it stands in."""
        parent = run.getparent()
        self._behind(parent if name_of(parent) == "del" else run, new)

    def mark(self, name, beside):
        """Return an empty element that marks a change."""
        self.number += 1
        attributes = {f"{self.space}id": str(self.number), f"{self.space}author": AUTHOR}
        return beside.makeelement(f"{self.space}{name}", attributes, nsmap=beside.nsmap)

    def _behind(self, element, run):
        """Put a run as an insertion of ours behind an element; an insertion of others is parted for it."""
        outer = element.getparent()
        if name_of(outer) in TRACKED:
            rest = outer.makeelement(outer.tag, dict(outer.attrib), nsmap=outer.nsmap)
            for moved in list(element.itersiblings()):
                rest.append(moved)
            if len(rest):
                outer.addnext(rest)
            element = outer
        inserted = self.mark("ins", element)
        inserted.append(run)
        element.addnext(inserted)

    def _run(self, like, text, marked):
        """Return a run that looks like another one."""
        run = like.makeelement(like.tag, nsmap=like.nsmap)
        properties = next((deepcopy(one) for one in like if name_of(one) == "rPr"), None)
        if properties is None and marked:
            properties = run.makeelement(f"{self.space}rPr", nsmap=run.nsmap)
        if properties is not None:
            for change in [one for one in properties if name_of(one) in ("rPrChange", "ins", "del")]:
                properties.remove(change)
            if marked:
                _shade(properties, self.space)
            run.append(properties)
        element = etree.SubElement(run, f"{self.space}t")
        element.text = text
        element.set(SPACE, "preserve")
        return run


def _text(run):
    return "".join(one.text or "" for one in run if name_of(one) == "t")


BEHIND_SHADE = (
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "specVanish",
    "oMath",
)


def _shade(properties, space):
    """Set a run on yellow ground, in the order that Word wants the properties in."""
    for old in [one for one in properties if name_of(one) == "highlight"]:
        properties.remove(old)
    shade = properties.makeelement(f"{space}highlight", {f"{space}val": "yellow"}, nsmap=properties.nsmap)
    behind = next((one for one in properties if name_of(one) in BEHIND_SHADE), None)
    if behind is None:
        properties.append(shade)
    else:
        behind.addprevious(shade)
