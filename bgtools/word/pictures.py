"""The pictures of a draft, held against the figures of the runs: which one each is, of which period, and its caption.

A picture is known by its bytes, by its pixels where Word has packed it anew, by its name or description, or by its
caption. Pictures that are none of our figures, such as a coat of arms, are left alone.
"""

import hashlib
import io
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import etree

from bgdata.notation import Period
from bgdata.voice import Message
from bgtools.word.checks.expected import label
from bgtools.word.checks.remarks import ASK, WRONG, Remark
from bgtools.word.file.anchors import Anchor, name_of
from bgtools.word.manuscript import periods_in

CAPTION = re.compile(
    r"\s*(?:Hình|Biểu đồ|Đồ thị|Sơ đồ|Figure)(?:\s+(?:số\s+)?[\dIVX]+(?:[.-]\d+)*)?\s*[.:–-]?\s*(?P<words>.*)$",
    re.IGNORECASE | re.DOTALL,
)
LABELLED = re.compile(r"\s*(?:Hình|Biểu đồ|Đồ thị|Sơ đồ|Figure)\s+(?:số\s+)?\d", re.IGNORECASE)
SIDE, ALIKE = 48, 6.0  # of a thumbnail in pixels; mean difference of grey levels of one picture packed twice
MOST_PIXELS = 40_000_000


@dataclass
class Drawn:
    """A figure that a run has written."""

    name: str
    period: str
    path: Path

    @cached_property
    def content(self):
        return self.path.read_bytes()

    @cached_property
    def about(self):
        """tuple of str: caption and description, as the picture itself holds them."""
        from PIL import Image

        with Image.open(io.BytesIO(self.content)) as image:
            return image.info.get("Title", ""), image.info.get("Description", "")

    @cached_property
    def thumbnail(self):
        return _thumbnail(self.content)


@dataclass
class Shown:
    """A picture of a draft that is one of our figures.

    Attributes
    ----------
    name : str
        Of the figure.
    state : str
        ``"current"``, ``"stale"``, ``"altered"`` or ``"unknown"`` (the period has no such figure).
    drawing : lxml element
    blip : lxml element
        What names the picture's part.
    caption : lxml element or None
        Its paragraph.
    current : Drawn or None
        The figure as the period has it.
    of : Period or None
        The period that the picture itself is of.
    remarks : list of Remark
    """

    name: str
    state: str
    drawing: etree._Element
    blip: etree._Element
    caption: etree._Element | None = None
    current: Drawn | None = None
    of: Period | None = None
    remarks: list = field(default_factory=list)

    @property
    def anchor(self):
        return Anchor((), host_of(self.drawing), at=10**9)


class Figures:
    """The figures of all periods.

    Parameters
    ----------
    root : pathlib.Path
        Of the project.
    """

    def __init__(self, root):
        self.drawn = [
            Drawn(path.stem, path.relative_to(root / "figures").parts[0], path)
            for path in sorted((root / "figures").glob("*/**/*.png"))
        ]
        self.by_digest = {}
        for one in self.drawn:
            self.by_digest.setdefault(_digest(one.content), []).append(one)

    def of(self, period, name, lang="vi"):
        """Return a period's figure in the frame that Word documents take, or None."""
        found = [
            one for one in self.drawn if (one.period, one.name, one.path.parent.name) == (period.code, name, "word")
        ]
        return min(found, key=lambda one: ("en" in one.path.parts[-4:]) != (lang == "en"), default=None)

    def same(self, content):
        """Return the figures that a picture shows, by its bytes or else by its looks."""
        exact = self.by_digest.get(_digest(content))
        if exact:
            return exact
        seen = _thumbnail(content)
        if seen is None:
            return []
        return [one for one in self.drawn if one.thumbnail is not None and _apart(one.thumbnail, seen) < ALIKE]

    def named(self, words):
        """Return the name of the figure that some words name: its name, its description or its caption."""
        words = words.strip()
        plain = re.sub(r"\.(?:png|svg|jpe?g)$", "", words, flags=re.IGNORECASE)
        for one in self.drawn:
            if plain == one.name or words and words in one.about:
                return one.name
        return ""


def pictures(draft):
    """Return the pictures of a draft that are our figures, each with what is to be said of it.

    Parameters
    ----------
    draft : bgtools.word.manuscript.Manuscript

    Returns
    -------
    list of Shown
    """
    container, tree = draft.container, draft.anchors.trees[draft.container.main]
    parts = container.related(container.main)
    blips = [one for one in tree.iter() if name_of(one) in ("blip", "imagedata") and not _within(one, "Fallback")]
    if not blips:
        return []
    figures, shown = Figures(draft.package.root), []
    for blip in blips:
        identifier = next((value for key, value in blip.attrib.items() if key.endswith(("}embed", "}id"))), None)
        content = container.read(parts.get(identifier, ""))
        found = _shown(blip, content, figures, draft.period) if content else None
        if found:
            _remark(found, figures, draft.period)
            shown.append(found)
    return shown


def _shown(blip, content, figures, period):
    """Return what a picture shows, or None where it is no figure of ours."""
    drawing = next(one for one in blip.iterancestors() if name_of(one) in ("drawing", "pict", "object"))
    caption = caption_of(drawing)
    same = figures.same(content)
    words = [
        value
        for one in drawing.iter()
        if name_of(one) in ("docPr", "shape")
        for key, value in one.attrib.items()
        if key in ("name", "descr", "title", "alt")
    ]
    words += [CAPTION.match(text_of(caption))["words"]] if caption is not None else []
    name = next(filter(None, map(figures.named, words)), "")
    named = [one for one in same if one.name == name] or same
    if not (named or name):
        return None
    name = named[0].name if named else name
    current = figures.of(period, name)
    if any(one.period == period.code for one in named):
        state = "current"
    elif current is None:
        state = "unknown"
    else:
        state = "stale" if named else "altered"
    return Shown(name, state, drawing, blip, caption, current, Period.parse(named[0].period) if named else None)


def _remark(shown, figures, period):
    """Say what is wrong with a figure and its caption."""
    say = shown.remarks
    where = Message("figures/{period}/word/{name}.png", period=period.code, name=shown.name)
    if shown.state == "stale":
        why = Message(
            "This is the figure “{name}” of {stale}; that of {period} is another one.",
            name=shown.name,
            stale=label(shown.of),
            period=label(period),
        )
        say.append(_said("figure", shown, why, where))
    elif shown.state == "altered":
        why = Message(
            "The figure “{name}” is not as the run of {period} drew it: altered, or of another run.",
            name=shown.name,
            period=label(period),
        )
        say.append(_said("figure", shown, why, where))
    elif shown.state == "unknown":
        why = Message(
            "There is no figure “{name}” of {period} to hold this one against.", name=shown.name, period=label(period)
        )
        say.append(_said("figure", shown, why, None, ASK))
    if shown.caption is None:
        say.append(_said("caption", shown, Message("The figure “{name}” has no caption.", name=shown.name), None))
    elif shown.current is not None:
        words = _words(CAPTION.match(text_of(shown.caption))["words"])
        own, others = (
            shown.current.about[0],
            {one.about[0] for one in figures.drawn if one.name != shown.name or one.period != period.code},
        )
        foreign = words in map(_words, others - {own}) and words != _words(own)
        times = {named for _, named in periods_in(text_of(shown.caption)) if named.freq == period.freq}
        if foreign or (times and period not in times):
            why = Message("The caption is that of another figure or period; expected is: {caption}", caption=own)
            say.append(_said("caption", shown, why, where))


def _said(kind, shown, why, source, grade=WRONG):
    return Remark(kind, -1, 0, 0, shown.name, why, source=source, grade=grade)


def caption_of(drawing):
    """Return the paragraph with the caption of a picture: behind it, or else before it; None where there is none."""
    paragraph = next((one for one in drawing.iterancestors() if name_of(one) == "p"), None)
    if paragraph is None:
        return None
    if LABELLED.match(text_of(paragraph)):
        return paragraph
    for step in ("getnext", "getprevious"):
        beside = getattr(paragraph, step)()
        while beside is not None and name_of(beside) != "p" and name_of(beside) not in ("tbl", "sectPr"):
            beside = getattr(beside, step)()
        if beside is not None and name_of(beside) == "p" and (LABELLED.match(text_of(beside)) or _styled(beside)):
            return beside
    return None


def text_of(paragraph):
    """Return the text of a paragraph, tracked changes as accepted; fields as they show."""
    return "".join(one.text or "" for one in paragraph.iter() if name_of(one) == "t" and not _within(one, "del"))


def host_of(element):
    """Return what holds an element in a run of the document's body, outside of text boxes."""
    above = [element, *element.iterancestors()]
    return [child for child, parent in zip(above, above[1:]) if name_of(parent) == "r"][-1]


def _styled(paragraph):
    style = next((one for one in paragraph.iter() if name_of(one) == "pStyle"), None)
    return style is not None and any("caption" in value.lower() for value in style.attrib.values())


def _within(element, name):
    return any(name_of(one) == name for one in element.iterancestors())


def _words(text):
    return re.sub(r"[\s\u00a0.]+", " ", text).strip().lower()


def _digest(content):
    return hashlib.sha256(content).hexdigest()


def _thumbnail(content):
    """Return a picture small and grey, with its proportions; None where it cannot be read as one."""
    import numpy as np
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            small = np.asarray(image.convert("RGB").convert("L").resize((SIDE, SIDE)), dtype=float)
            return image.width / image.height, small
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _apart(one, other):
    if abs(one[0] - other[0]) > 0.02 * one[0]:
        return float("inf")
    return abs(one[1] - other[1]).mean()
