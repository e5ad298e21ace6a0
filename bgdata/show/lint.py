"""Look over a figure as a proof-reader would, in both frames, and list what is wrong.

Nothing is corrected here. What is found is found by measuring the artists, so it holds for any data.
"""

import re
from itertools import combinations
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle, Wedge
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from bgdata.notation import format_number
from bgdata.package import Package
from bgdata.rules import DISPUTED
from bgdata.show.framing import FRAMES, Drawing
from bgdata.show.marks import axes_of, plain, sign_of, texts_on
from bgdata.show.readback import alt_text, cut_axes, sheet_of
from bgdata.show.style import ACCENT, FONTS, GOOD, WARNING, contrast, style
from bgdata.voice import Message

DPI = 144
SMALLEST = 7  # points
READABLE = 4.5  # WCAG contrast of text
EMPHASIS = {ACCENT.lower(), GOOD.lower(), WARNING.lower()}
SLACK = 1.0  # pixels that boxes may share
MET = {
    "bar": Message("{text} overlaps a bar, or cannot be read on it."),
    "line": Message("{text} is crossed by a line."),
}
FOREIGN = {  # numbers in the notation of another language
    "vi": re.compile(r"[+−-]?(\d+\.(\d{1,2}|\d{4,})|\d{1,3}(,\d{3})+(\.\d+)?)(\s?%|\s\D*)?"),
    "en": re.compile(r"[+−-]?(\d+,(\d{1,2}|\d{4,})|\d{1,3}(\.\d{3}){2,}(,\d+)?)(\s?%|\s\D*)?"),
}


class Finding(NamedTuple):
    """One fault: in which frame, what kind, where, and a sentence that says it."""

    frame: str
    fault: str
    where: str
    sentence: Message

    def __str__(self) -> str:
        return str(self.sentence)


def lint(fig: Figure | Axes, *, alt: str | None = None) -> list[Finding]:
    """List the faults of a figure that would be seen in print.

    Found are: text that is clipped, that overlaps other text, or that cannot be read on a bar or is crossed by a line;
    text under 7 pt or in another typeface; a number that is not written as the language does; an axis of bars that is
    cut; more than two emphasised colours; a missing title or alt text; a contradictory number, drawn or in the title,
    without its sign; rows whose numbers are not drawn.

    Parameters
    ----------
    fig : matplotlib.figure.Figure or matplotlib.axes.Axes
        Any that was drawn within :func:`style`; one that no chart function drew gets its page by this.
    alt : str, optional
        The alt text to judge; the figure's own if left out.

    Returns
    -------
    list of Finding
        Each is a sentence (``print(*bg.lint(fig), sep="\\n")``); none where nothing is wrong.

    Examples
    --------
    >>> import bgdata as bg
    >>> ax = bg.charts.ordered_bars(bg.breakdown(bg.load("telecom", period="2024-S1"), "telecom.bts"))
    >>> print(*bg.lint(ax))
    The figure has no title: say above it what it shows.
    """
    fig = fig if isinstance(fig, Figure) else fig.figure.figure
    if getattr(fig, "bgdata", None) is None or not fig.bgdata.flat and not fig.bgdata.rows.size:
        with style():
            Drawing.of(fig).framed(Package.open())
    sheet = sheet_of(fig)
    found = [Finding("both", "cut axis", str(fault), fault) for fault in cut_axes(sheet)]
    said = alt_text(fig) if alt is None else alt
    found += [
        Finding("both", *fault) for fault in [*colours(fig), *wording(sheet, said), *unsigned(sheet), *undrawn(sheet)]
    ]
    before = fig.dpi
    fig.set_dpi(DPI)
    with style():
        for frame in FRAMES:
            sheet.set_frame(frame)
            found += [Finding(frame, *fault) for fault in layout_faults(fig)]
    fig.set_dpi(before)
    sheet.set_frame("page")
    return list(dict.fromkeys(found)) if sheet.flat else list({one.sentence: one for one in found}.values())


def texts_of(fig):
    """Return the texts that can be seen."""
    texts = [*fig.texts, *(text for legend in fig.legends for text in legend.get_texts())]
    for axes in filter(Axes.get_visible, axes_of(fig)):
        legend = axes.get_legend()
        texts += [child for child in axes.get_children() if isinstance(child, Text) and child not in axes.texts]
        texts += texts_on(axes)
        texts += [*legend.get_texts(), legend.get_title()] if legend else []
        for axis in (axes.xaxis, axes.yaxis) if axes.axison else ():
            texts += [axis.label, *ticks_of(axis)] if axis.get_visible() else []
    return [text for text in texts if text.get_visible() and text.get_text().strip()]


def ticks_of(axis):
    """Return the labels of the ticks that stand on an axis."""
    ticks = [*axis.get_major_ticks(), *axis.get_minor_ticks()]
    low, high, *places = axis.get_transform().transform(
        [*axis.get_view_interval(), *(tick.get_loc() for tick in ticks)]
    )
    low, high, near = min(low, high), max(low, high), abs(high - low) * 1e-6
    shown = [tick for tick, place in zip(ticks, places) if low - near <= place <= high + near]
    return [label for tick in shown if tick.get_visible() for label in (tick.label1, tick.label2)]


def layout_faults(fig):
    """Yield the faults of the texts' boxes in the present frame: kind, where, sentence."""
    fig.draw_without_rendering()
    renderer, sheet = FigureCanvasAgg(fig).get_renderer(), fig.bgdata
    boxes = [(text, text.get_window_extent(renderer)) for text in texts_of(fig)]
    size = sheet.box.get_points() if sheet.box else [(0, 0), fig.get_size_inches()]
    edge = Bbox(np.multiply(size, fig.dpi)).padded(SLACK)
    for text, box in boxes:
        if box.x0 < edge.x0 or box.y0 < edge.y0 or box.x1 > edge.x1 or box.y1 > edge.y1:
            yield "clipped", said(text), Message("{text} is cut off at the edge.", text=said(text))
        yield from look_of(text, sheet)
    for (one, first), (other, second) in combinations(boxes, 2):
        if shared(first, second):
            both = {"one": said(one), "other": said(other)}
            yield "overlap", f"{said(one)} and {said(other)}", Message("{one} and {other} overlap.", **both)
    for text, box in boxes:
        for what in dict.fromkeys(drawn_over(fig, text, box)):
            yield "overlap", f"{said(text)} and a {what}", Message(MET[what].text, text=said(text))


def look_of(text, sheet):
    """Yield what is wrong with the look of one text."""
    if text.get_fontsize() < SMALLEST:
        size = format_number(round(text.get_fontsize(), 1), lang=sheet.lang)
        sentence = Message(
            "{text} has {size} pt; less than {least} cannot be read in print.",
            text=said(text),
            size=size,
            least=SMALLEST,
        )
        yield "too small", f"{said(text)} has {text.get_fontsize():g} pt", sentence
    if not sheet.flat and text.get_fontfamily() != list(FONTS):
        sentence = Message("{text} is not in the typeface of the house; draw within bg.style().", text=said(text))
        yield "typeface", said(text), sentence
    if FOREIGN[sheet.lang].fullmatch(text.get_text().strip()):
        sentence = Message("{text} is not written as numbers are in the figure's language.", text=said(text))
        yield "notation", said(text), sentence


def drawn_over(fig, text, box):
    """Yield what makes one text hard to read: a bar of a like colour under it, or its edge; a line through it."""
    for axes in axes_of(fig):
        inside = shared(box, axes.bbox)
        for patch in axes.patches:
            if (
                patch.get_visible()
                and (inside or not patch.get_clip_on())
                and to_rgba(patch.get_facecolor())[3]
                and covers(patch, box)
            ):
                dark = contrast(text.get_color(), to_hex(patch.get_facecolor())) < READABLE
                if dark or not covers(patch, box, wholly=True):
                    yield "bar"
        inner = box.padded(-1.5)
        for line in axes.lines if inside else ():
            path = line.get_transform().transform_path(line.get_path())
            marked = line.get_marker() not in ("", "None", None)
            ruled = line.get_linestyle() not in ("", "None", None) and len(path.vertices) > 1
            size = line.get_markersize() / 2 * fig.dpi / 72
            if marked and touched(path.vertices, inner, size) or ruled and path.intersects_bbox(inner, filled=False):
                yield "line"
        for collection in axes.collections if inside else ():
            yield from laid_over(collection, text, box)


def covers(patch, box, *, wholly=False):
    """Return whether a filled shape lies under a box: under a part of it, or under all of it."""
    if isinstance(patch, Rectangle):
        under = patch.get_window_extent()
        return shared(box, under) and (not wholly or under.x0 - SLACK <= box.x0 and box.x1 <= under.x1 + SLACK)
    path = patch.get_transform().transform_path(patch.get_path())
    return path.contains_points(box.corners()).all() if wholly else path.intersects_bbox(box.padded(-1), filled=True)


def touched(points, box, size):
    """Return whether one of several dots of a size reaches into a box."""
    beside = np.clip(points, box.min, box.max) - points
    return bool((np.hypot(*beside.T) < size).any())


def laid_over(collection, text, box):
    """Yield what of a collection a text meets: its dots, its areas if they are dark, its lines."""
    inner, transform = box.padded(-1.5), collection.get_transform()
    if isinstance(collection, PathCollection):
        dots = collection.get_offset_transform().transform(collection.get_offsets())
        if touched(dots, inner, np.sqrt(collection.get_sizes().max(initial=0)) / 2 * text.figure.dpi / 72):
            yield "line"
        return
    faces = collection.get_facecolor()
    for place, path in enumerate(collection.get_paths()):
        if path.transformed(transform).intersects_bbox(inner, filled=len(faces) > 0):
            if not len(faces):
                yield "line"
            elif contrast(text.get_color(), to_hex(faces[place % len(faces)])) < READABLE:
                yield "bar"


def shared(one, other):
    """Return whether two boxes overlap by more than a hair."""
    return (
        min(one.x1, other.x1) - max(one.x0, other.x0) > SLACK and min(one.y1, other.y1) - max(one.y0, other.y0) > SLACK
    )


def colours(fig):
    """Return a fault if more than two colours ask for attention."""
    used = {
        to_hex(patch.get_facecolor())
        for axes in axes_of(fig)
        for patch in axes.patches
        if to_rgba(patch.get_facecolor())[3]
    }
    used |= {to_hex(line.get_color()) for axes in axes_of(fig) for line in axes.lines}
    used |= {to_hex(text.get_color()) for text in texts_of(fig)}
    used &= EMPHASIS
    said = Message("More than two colours ask for attention: {colours}.", colours=sorted(used))
    return [("too many colours", ", ".join(sorted(used)), said)] if len(used) > 2 else []


def wording(sheet, alt):
    """Yield the faults of what is said."""
    if not sheet.title.strip() and not any(one.title.strip() for one in sheet.sheets):
        sentence = Message("The figure has no title: say above it what it shows.")
        yield "no title", "the figure has no message", sentence
    labels = [label.text for one in sheet.sheets for label in one.labels.values()]
    if (
        not sheet.flat and sheet.sheets and not sheet.alt and sheet.own.empty
    ):  # drawn by hand beside charts, and of no rows
        labels += [name_of(axes) for axes in sheet.others() if axes.has_data()]
    unsaid = [label for label in labels if label not in plain(alt)]
    if not alt.strip(". ") or unsaid:
        sentence = Message("The text for those who cannot see the figure leaves out: {labels}.", labels=unsaid)
        yield "no alt text", "; ".join(unsaid), sentence


def name_of(axes):
    """Return the title of axes, or what else they are called."""
    named = [axes.get_title(loc) for loc in ("left", "center", "right")] + [axes.get_ylabel(), axes.get_xlabel()]
    return next(filter(None, map(plain, named)), "ax")


def unsigned(sheet):
    """Yield the disputed numbers whose rows, or whose title, do not say so."""
    for one in [*sheet.sheets, *([] if sheet.flat else [sheet])]:
        signs = {value.row for value in one.values if value.sign}
        for index, row in (one.rows if one.flat else one.own).iterrows():
            if not {*DISPUTED} & {row.get("verdict"), row.get("base_verdict")}:
                continue
            number, label = plain(one.text(row, unit=False, words=False)), f'"{row["label"]}"'
            titled = re.search(rf"(?<![\w.,]){re.escape(number)}(?![\w]|[.,]\d)", plain(sheet.title))
            if not row["mark"] or one.flat and index not in signs or titled and sign_of(row) not in sheet.title:
                sentence = Message("The number of {label} is disputed, and the figure does not say so.", label=label)
                yield "no verdict", label, sentence


def undrawn(sheet):
    """Yield the rows that a figure was said to draw and does not."""
    if sheet.flat or sheet.alt or sheet.own.empty:
        return
    numbers = np.array([*numbers_of(sheet.others(), sheet.own["value"].sum())])
    scales = 10.0 ** np.array([0, 3, 6, 9, 12])
    for row in sheet.own[sheet.own["value"].notna()].to_dict("records"):
        if not np.isclose(numbers[:, None] * scales, row["value"], rtol=1e-6, atol=1e-9).any():
            told = {"label": f'"{row["name"]}"', "number": sheet.text(row)}
            sentence = Message("The number of {label} ({number}) is not drawn; say in alt= what is.", **told)
            yield "not drawn", told["label"], sentence


def numbers_of(drawn, total):
    """Yield the numbers that the artists on some axes show: bars, points, areas, slices of a total."""
    yield np.nan
    for axes in drawn:
        for patch in axes.patches:
            if isinstance(patch, Rectangle):
                (x, y), width, height = patch.get_xy(), patch.get_width(), patch.get_height()
                yield from (width, height, x + width, y + height)
            elif isinstance(patch, Wedge):
                yield abs(patch.theta2 - patch.theta1) / 360 * total
        for line in axes.lines:
            yield from np.ravel(np.asarray(line.get_xydata(), float))
        for collection in axes.collections:
            yield from np.ravel(np.ma.filled(collection.get_offsets(), np.nan))
            yield from np.ravel(
                np.ma.filled(collection.get_array().astype(float), np.nan) if collection.get_array() is not None else []
            )
            yield from (number for path in collection.get_paths() for number in np.ravel(path.vertices))
        for image in axes.images:
            yield from np.ravel(np.ma.filled(image.get_array().astype(float), np.nan))


def said(text):
    """Return how a text is named in a finding."""
    return f'"{plain(text.get_text())}"'
