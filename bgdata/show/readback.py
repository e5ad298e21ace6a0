"""Read the drawn numbers back from the artists, compare them with what went in, and say them as alt text.

What is read is geometry (bar lengths, positions, filled squares) and the labels that stand beside it. Nothing is
corrected: a difference is an error that names the label.
"""

import numpy as np
import pandas as pd
from matplotlib.container import BarContainer
from matplotlib.figure import Figure

from bgdata.errors import FigureError
from bgdata.show.framing import capitalised, no_data
from bgdata.show.marks import plain
from bgdata.voice import Joined, Message

KINDS = {
    "ordered_bars": Message("Bar chart"),
    "track_bars": Message("Bar chart of rates"),
    "table_chart": Message("Table with a bar chart"),
    "completion_bars": Message("Completion chart"),
    "stacked_bars": Message("Stacked bar chart"),
    "dumbbell": Message("Chart of two periods"),
    "unit_squares": Message("Chart of unit squares"),
    "lines": Message("Line chart"),
    "figure": Message("Chart"),
    "area_dots": Message("Dot plot"),
    "area_lines": Message("Small line charts"),
    "area_map": Message("Heat map"),
}


def read_back(fig: Figure) -> pd.DataFrame:
    """Read the drawn numbers off a figure: from the geometry of its artists, not from what went in.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Made by one of the chart functions.

    Returns
    -------
    pandas.DataFrame
        One row per drawn number:

        - ``label`` (str): the label that stands beside the artist on the figure, "" if there is none.
        - ``column`` (str): the column of the chart's frame that the artist shows.
        - ``drawn`` (float64): bar length, marker position or number of filled squares, in data units.

    Raises
    ------
    FigureError
        The figure was not made by a chart function.
    """
    marks = [(sheet, mark) for sheet in sheet_of(fig).sheets for mark in sheet.marks]
    rows = [{"label": label_at(sheet, mark), "column": mark.column, "drawn": mark.drawn()} for sheet, mark in marks]
    return pd.DataFrame(rows, columns=["label", "column", "drawn"])


def sheet_of(fig):
    """Return the record that a chart function attached to its figure."""
    sheet = getattr(fig, "bgdata", None)
    if sheet is None:
        raise FigureError("This figure was not made by a chart function of bgdata, so its numbers cannot be read back.")
    return sheet


def label_at(sheet, mark):
    """Return the label that a reader sees beside a mark."""
    if mark.axes is not None:
        place = mark.place(mark.artist)
        near = [label for row, label in sheet.labels.items() if row == place]
    else:
        height = mark.place(mark.artist)
        near = [label for label in sheet.labels.values() if abs(label.place() - height) < 3]
    return near[0].now() if near else ""


def verify(fig: Figure) -> None:
    """Compare what is drawn with the numbers that went in.

    Raises
    ------
    FigureError
        Every difference, by label: a bar of another length, a label or value that is gone, a cut axis.
    """
    faults = [fault for sheet in sheet_of(fig).sheets for fault in differences(sheet)]
    if faults:
        head = Message("The figure does not show the numbers of its frame:")
        raise FigureError(Joined("\n  ", [head, *faults]))


def differences(sheet):
    """Yield each difference between what a chart shows and the numbers that went in."""
    for label in sheet.labels.values():
        if label.now() != label.text:
            yield Message('the label "{label}" is not on the figure', label=label.text)
    for value in sheet.values:
        if value.text and value.now() != value.text:
            label = sheet.labels[value.row].text
            yield Message('the text "{text}" of "{label}" is not on the figure', text=value.text, label=label)
    yield from cut_axes(sheet)
    for mark in sheet.marks:
        label, number = label_at(sheet, mark), mark.drawn()
        expected = {other.column: other.expected for other in sheet.marks if sheet.labels[other.row].text == label}.get(
            mark.column
        )
        if expected is None:
            label = sheet.labels[mark.row].text
            yield Message('"{label}": its {column} is drawn beside no label', label=label, column=mark.column)
        elif not np.isclose(number, expected, rtol=1e-9, atol=0):
            yield Message(
                '"{label}": drawn {column} {number:.12g}, expected {expected:.12g}',
                label=label,
                column=mark.column,
                number=number,
                expected=expected,
            )


def cut_axes(sheet):
    """Return a sentence for each axis of bars that leaves out its zero or a part of a bar."""
    faults = []
    for ends, limits in bars_of(sheet):
        low, high = sorted(limits)
        if low > 0 or high < 0:
            faults.append(
                Message("the axis runs from {low:g} to {high:g}; an axis of bars includes zero", low=low, high=high)
            )
        if ends and (max(ends) > high * (1 + 1e-9) or min(ends) < low * (1 + 1e-9)):
            faults.append(Message("the axis runs from {low:g} to {high:g} and cuts bars off", low=low, high=high))
    return faults


def bars_of(drawing):
    """Yield for each axis of bars where they end, and the limits of the axis."""
    for sheet in drawing.sheets:
        for axes, _ in sheet.plots if sheet.zero_based else []:
            yield [mark.drawn() for mark in sheet.marks if getattr(mark.artist, "axes", None) is axes], axes.get_xlim()
    for axes in drawing.others():
        for bars in (one for one in axes.containers if isinstance(one, BarContainer)):
            upright = bars.orientation == "vertical"
            starts = [bar.get_y() if upright else bar.get_x() for bar in bars]
            sizes = [bar.get_height() if upright else bar.get_width() for bar in bars]
            ends = [start + size for start, size in zip(starts, sizes) if np.isfinite(size)]
            if 0 in starts:
                yield ends, axes.get_ylim() if upright else axes.get_xlim()


def alt_text(fig: Figure, *, frame: str = "page") -> str:
    """Say in words what a figure shows: its kind, its message, and each label with the drawn value.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
    frame : {"page", "bare"}
        The bare one goes into the report: it has no message, and no sentence about what contradicts in it.

    Returns
    -------
    str
    """
    drawing, page = sheet_of(fig), frame == "page"
    if drawing.alt:
        return drawing.alt
    title = drawing.title if page else ""
    if drawing in drawing.sheets:
        parts = [*told(drawing, title, page), *drawing.notes]
    else:
        named = [f"{row['name']}: {drawing.text(row)}" for row in drawing.own.to_dict("records")]
        parts = [*([] if drawing.sheets else [KINDS[drawing.kind].to(drawing.lang)]), title, "; ".join(named)]
        parts += [
            part for sheet in drawing.sheets for part in told(sheet, sheet.title * (sheet.title != drawing.title), page)
        ]
        parts += drawing.notes
    parts += dict.fromkeys(drawing.rows["mark"]) if page and "mark" in drawing.rows else ()
    return plain(". ".join(part.rstrip(".") for part in parts if part) + ".")


def told(sheet, title, signed):
    """Return what a chart shows: its kind, a title, each label with the drawn value, and what its colours say."""
    texts = {row: [mark.say(mark.drawn()) for mark in sheet.marks if mark.row == row] for row in sheet.labels}
    for row in [row for row, parts in texts.items() if not parts]:
        texts[row] = [value.now() for value in sheet.values if value.row == row and value.text] or [no_data(sheet.lang)]
    signs = {value.row: f" {value.sign}" for value in sheet.values if value.sign and signed}
    said = "; ".join(
        f"{sheet.labels[row].now()}: {', '.join(parts)}{signs.get(row, '')}" for row, parts in texts.items()
    )
    keyed = [capitalised(text) for _, text in sheet.colours]
    return [KINDS[sheet.kind].to(sheet.lang), title, said or no_data(sheet.lang), "; ".join(keyed)]
