"""Look over a figure as a proof-reader would, in both frames, and list what is wrong.

Nothing is corrected here. What is found is found by measuring the artists, so it holds for any data.
"""

import re
from itertools import combinations
from typing import NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure

from bgdata.rules import DISPUTED
from bgdata.show.marks import plain, sign_of
from bgdata.show.readback import alt_text, cut_axes, sheet_of
from bgdata.show.sheet import FRAMES
from bgdata.show.style import ACCENT, GOOD, WARNING, contrast, style

DPI = 144
SMALLEST = 7  # points
READABLE = 4.5  # WCAG contrast of text
EMPHASIS = {ACCENT.lower(), GOOD.lower(), WARNING.lower()}
SLACK = 1.0  # pixels that boxes may share


class Finding(NamedTuple):
    """One fault: in which frame, what kind, and where."""

    frame: str
    fault: str
    where: str


def lint(fig: Figure, *, alt: str | None = None) -> list[Finding]:
    """List the faults of a figure that would be seen in print.

    Found are: text that is clipped, that overlaps other text, or that cannot be read on a bar or is crossed by a line;
    text under 7 pt; an axis of bars that is cut; more than two emphasised colours; a missing title or alt text; a
    contradictory number, drawn or in the title, without its sign.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Made by a chart function.
    alt : str, optional
        The alt text to judge; the figure's own if left out.

    Returns
    -------
    list of Finding
    """
    sheet = sheet_of(fig)
    found = [Finding("both", "cut axis", fault) for fault in cut_axes(sheet)]
    found += [
        Finding("both", *fault)
        for fault in [*colours(fig), *wording(sheet, alt_text(fig) if alt is None else alt), *unsigned(sheet)]
    ]
    before = fig.dpi
    fig.set_dpi(DPI)
    with style():
        for frame in FRAMES:
            sheet.set_frame(frame)
            found += [Finding(frame, *fault) for fault in layout_faults(fig)]
    fig.set_dpi(before)
    sheet.set_frame("page")
    return found


def texts_of(fig):
    """Return the texts that can be seen."""
    axes_texts = [text for axes in fig.axes for text in axes.texts]
    return [text for text in [*fig.texts, *axes_texts] if text.get_visible() and text.get_text().strip()]


def layout_faults(fig):
    """Return the faults of the texts' boxes in the present frame."""
    renderer = FigureCanvasAgg(fig).get_renderer()
    boxes = [(text, text.get_window_extent(renderer)) for text in texts_of(fig)]
    width, height = fig.get_size_inches() * fig.dpi
    for text, box in boxes:
        if box.x0 < -SLACK or box.y0 < -SLACK or box.x1 > width + SLACK or box.y1 > height + SLACK:
            yield "clipped", said(text)
        if text.get_fontsize() < SMALLEST:
            yield "too small", f"{said(text)} has {text.get_fontsize():g} pt"
    for (one, first), (other, second) in combinations(boxes, 2):
        if shared(first, second):
            yield "overlap", f"{said(one)} and {said(other)}"
    for text, box in boxes:
        yield from drawn_over(fig, text, box)


def drawn_over(fig, text, box):
    """Return what makes one text hard to read: a bar of a like colour under it, its edge, a line through it."""
    for axes in fig.axes:
        for patch in axes.patches:
            under = patch.get_window_extent()
            if patch.get_visible() and shared(box, under):
                dark = contrast(text.get_color(), to_hex(patch.get_facecolor())) < READABLE
                inside = under.x0 - SLACK <= box.x0 and box.x1 <= under.x1 + SLACK
                if dark or not inside:
                    yield "overlap", f"{said(text)} and a bar"
        inner = box.padded(-1.5)
        for line in axes.lines:
            path = line.get_transform().transform_path(line.get_path())
            marker = line.get_markersize() / 2 * fig.dpi / 72 if line.get_marker() not in ("", "None", None) else 0
            points = path.vertices
            near = (
                np.hypot(
                    np.clip(points[:, 0], inner.x0, inner.x1) - points[:, 0],
                    np.clip(points[:, 1], inner.y0, inner.y1) - points[:, 1],
                )
                < marker
            ).any()
            if near or len(points) > 1 and path.intersects_bbox(inner, filled=False):
                yield "overlap", f"{said(text)} and a line"
        for collection in axes.collections:
            transform = collection.get_transform()
            if any(path.transformed(transform).intersects_bbox(inner, filled=False) for path in collection.get_paths()):
                yield "overlap", f"{said(text)} and a line"


def shared(one, other):
    """Return whether two boxes overlap by more than a hair."""
    return (
        min(one.x1, other.x1) - max(one.x0, other.x0) > SLACK and min(one.y1, other.y1) - max(one.y0, other.y0) > SLACK
    )


def colours(fig):
    """Return a fault if more than two colours ask for attention."""
    used = {
        to_hex(patch.get_facecolor())
        for axes in fig.axes
        for patch in axes.patches
        if to_rgba(patch.get_facecolor())[3]
    }
    used |= {to_hex(line.get_color()) for axes in fig.axes for line in axes.lines}
    used |= {to_hex(text.get_color()) for text in texts_of(fig)}
    used &= EMPHASIS
    return [("too many colours", ", ".join(sorted(used)))] if len(used) > 2 else []


def wording(sheet, alt):
    """Return the faults of what is said."""
    if not sheet.title.strip():
        yield "no title", "the figure has no message"
    unsaid = [label.text for label in sheet.labels.values() if label.text not in plain(alt)]
    if not alt.strip() or unsaid:
        yield "no alt text", "; ".join(unsaid)


def unsigned(sheet):
    """Return the disputed numbers whose rows, or whose title, do not say so."""
    signs = {value.row: value.sign for value in sheet.values if value.sign}
    for index, row in sheet.rows.iterrows():
        if not set(DISPUTED) & {row.get("verdict"), row.get("base_verdict")}:
            continue
        number = plain(sheet.text(row, unit=False, words=False))
        titled = re.search(rf"(?<![\w.,]){re.escape(number)}(?![\w]|[.,]\d)", plain(sheet.title))
        if not row["mark"] or index not in signs or titled and sign_of(row) not in sheet.title:
            yield "no verdict", f'"{row["label"]}"'


def said(text):
    """Return how a text is named in a finding."""
    return f'"{plain(text.get_text())}"'
