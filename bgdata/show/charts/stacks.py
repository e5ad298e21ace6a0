"""Stacked bars: the parts of a whole one after the other, each named where it stands, against a limit if there is one."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from bgdata.errors import FigureError
from bgdata.package import Package
from bgdata.package.observations import rows_of
from bgdata.show.charts.rows import in_style, prepare, single_unit
from bgdata.show.framing import DERIVED, MARGIN, no_data
from bgdata.show.marks import flag_width, plain
from bgdata.show.measure import line_height, text_width, wrap
from bgdata.show.sheet import GAP, SWATCH, Sheet
from bgdata.show.style import INK, MAIN, MUTED, SMALL, TINTS, TRACK, contrast

SHADES = (MAIN, TINTS[1], TINTS[0], TRACK)
INSET, MOST_LINES, READABLE = 4, 4, 4.5
HEAD = line_height() + 2


@in_style
def stacked_bars(
    frame: pd.DataFrame,
    *,
    by: str = "",
    limit: pd.DataFrame | None = None,
    y: str = "label",
    lang: str = "vi",
    title: str = "",
    subtitle: str = "",
    ax: Axes | None = None,
    package: Package | None = None,
) -> Axes:
    """Draw the parts of one whole, or of several on one scale, as pieces of a bar with their names and numbers.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``load()`` in one unit, none below zero: the parts, in the order in which they are drawn.
    by : str
        Column that says which bar a part belongs to; what it says is written above the bar. All in one if left out.
    limit : frame of one row, optional
        A number in the same unit that the bars are held against: a line across all of them.
    y : str
        Column with the names of the parts.
    lang, title, subtitle, ax, package
        As in :func:`ordered_bars`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    FigureError
        The rows have different units or the same label.

    Examples
    --------
    >>> import bgdata as bg
    >>> from bgdata.show import alt_text
    >>> stations = bg.breakdown(bg.load("telecom", period="2024-S1"), "telecom.bts")
    >>> alt_text(bg.charts.stacked_bars(stations[:2], title="Thế hệ cũ").figure)
    'Biểu đồ thanh chồng. Thế hệ cũ. 2G: 884 trạm; 3G: 1.242 trạm.'
    """
    limited = pd.DataFrame() if limit is None else limit.assign(limit=True)
    parts = prepare(rows_of(frame, FigureError).assign(limit=False), lang=lang, y=y, needed=[by] if by else [])
    rows = pd.concat([parts, prepare(limited, lang=lang, y=y)] if len(limited) else [parts], ignore_index=True)
    sheet = Sheet(
        "stacked_bars", rows, lang=lang, package=package or Package.open(), title=title, subtitle=subtitle, ax=ax
    )
    if parts.empty or parts["value"].isna().all():
        return sheet.empty()
    single_unit(rows)
    bars = [group for _, group in parts.groupby(parts[by] if by else np.zeros(len(parts)), sort=False)]
    width = sheet.room
    longest = max([bar["value"].sum() for bar in bars] + list(rows["value"][len(parts) :].dropna()))
    line = rows["value"][len(parts) :].max()
    laid = [_Bar(sheet, bar, width / (longest or 1), str(bar[by].iloc[0]) if by else "", line) for bar in bars]
    if any("*" in bar.head for bar in laid):
        sheet.notes.append(DERIVED.to(lang))
    named = _limit_name(sheet, len(parts)) if len(limited) else []
    top = len(named) * line_height(SMALL) + 5 if named else 0
    sheet.open(top + sum(bar.height for bar in laid))
    axes = sheet.plot(MARGIN, 0, width, sheet.height)
    axes.set_xlim(0, longest or 1)
    at = top
    for bar in laid:
        at = bar.draw(axes, at)
    if len(limited):
        _limit(sheet, axes, len(parts), longest, (top, laid[-1].ends), named)
    return axes


class _Bar:
    """One bar: its pieces, named inside where there is room and below where there is not."""

    def __init__(self, sheet, rows, scale, head, limit):
        self.sheet, self.rows, self.scale, self.head, self.limit = sheet, rows, scale, head, limit
        self.texts = {row: sheet.text(record) for row, record in zip(rows.index, rows.to_dict("records"))}
        self.names = {row: rows["name"][row] + "*" * bool(rows["derived"][row]) for row in rows.index}
        self.inside = {row: self._lines(row) for row in rows.index}
        self.below = [row for row, (name, _) in self.inside.items() if not name]
        most = max([len(name) + len(number) for name, number in self.inside.values()])
        self.thick = max(most, 1) * line_height(SMALL) + 8
        self.listed = {row: wrap(self.names[row], self._room(row), size=SMALL) for row in self.below}
        self.height = (HEAD if head else 0) + self.thick + 5 + sum(map(self._step, self.below)) + GAP

    def _room(self, row):
        """Return the room that a name has below the bar, before its number."""
        number = text_width(self.texts[row], SMALL, True) + bool(self.rows["mark"][row]) * flag_width()
        return self.sheet.room - SWATCH - 9 - number

    def _step(self, row):
        return len(self.listed[row]) * line_height(SMALL) + 3

    def _lines(self, row):
        """Return name and number of a part in lines that fit into its piece, before a line across it; none without room."""
        end = self.rows["value"].loc[:row].sum()
        start = end - np.nan_to_num(self.rows["value"][row])
        room = ((self.limit if start < self.limit < end else end) - start) * self.scale - 2 * INSET
        flag = bool(self.rows["mark"][row]) * flag_width()
        name = wrap(self.names[row], max(room, 1), size=SMALL)
        number = wrap(plain(self.texts[row]), max(room - flag, 1), size=SMALL, bold=True)
        widths = [text_width(line, SMALL) for line in name] + [text_width(line, SMALL, True) + flag for line in number]
        return (name, number) if max(widths) <= room and len(name + number) <= MOST_LINES else ([], [])

    def draw(self, axes, top):
        """Draw the bar from a height on; returns where it ends."""
        if self.head:
            self.sheet.head(MARGIN, top + HEAD / 2 - 2, self.head)
            top += HEAD
        left, middle, self.ends = 0.0, top + self.thick / 2, top + self.thick + 3
        steps = np.cumsum([0, *map(self._step, self.below)])
        places = {row: top + self.thick + 5 + at + self._step(row) / 2 for row, at in zip(self.below, steps)}
        for index, row in enumerate(self.rows.index):
            value, shade = self.rows["value"][row], SHADES[index % len(SHADES)]
            if not np.isnan(value):
                piece = Rectangle((left, top), value, self.thick, facecolor=shade, edgecolor="white", linewidth=1)
                axes.add_patch(piece)
                self.sheet.mark(row, "value", value, piece, Rectangle.get_width, axes=axes, place=self._place(row))
            if row in places:
                self._name_below(row, places[row], shade)
            else:
                self._name_inside(row, MARGIN + left * self.scale + INSET, middle, shade)
            left += np.nan_to_num(value)
        return top + self.height - (HEAD if self.head else 0)

    def _name_inside(self, row, x, y, shade):
        (name, number), step = self.inside[row], line_height(SMALL)
        colour = "white" if contrast("white", shade) >= READABLE else INK
        self.sheet.label(row, x, y - len(number) / 2 * step, name, size=SMALL, colour=colour)
        look = {"size": SMALL, "colour": colour, "sign_colour": colour}
        self.sheet.value(row, x, y + len(name) / 2 * step, number, flag=bool(self.rows["mark"][row]), **look)

    def _name_below(self, row, y, shade):
        self.sheet.swatch(MARGIN, y, shade)
        x, gone = MARGIN + SWATCH + 4, self.texts[row] == no_data(self.sheet.lang)
        self.sheet.label(row, x, y, self.listed[row], size=SMALL)
        x += max(text_width(line, SMALL) for line in self.listed[row]) + 5
        look = {"bold": not gone, "colour": MUTED if gone else INK}
        self.sheet.value(row, x, y, self.texts[row], flag=bool(self.rows["mark"][row]), size=SMALL, **look)

    def _place(self, row):
        """Return how to find which part a piece shows: the one whose name stands in it, or below in its colour."""

        def place(piece):
            x = self.sheet.labels[row].artists[0].get_position()[0] - MARGIN
            within = piece.get_x() <= x / self.scale <= piece.get_x() + piece.get_width()
            return row if row in self.below or within else None

        return place


def _limit_name(sheet, row):
    """Return the name of the limit, in lines that leave room for its number."""
    record = sheet.rows.loc[row].to_dict()
    number = text_width(sheet.text(record), SMALL, True) + flag_width() + 5
    return wrap(record["name"] + "*" * bool(record["derived"]), sheet.room - number, size=SMALL)


def _limit(sheet, axes, row, longest, ends, named):
    """Draw the number that the bars are held against: a line across them, its name above."""
    record, flag, width = sheet.rows.loc[row].to_dict(), bool(sheet.rows["mark"][row]), sheet.room
    text, name = sheet.text(record), max(text_width(line, SMALL) for line in named)
    need = name + 5 + text_width(text, SMALL, True) + flag * flag_width()
    at = np.nan_to_num(record["value"]) / (longest or 1) * width
    x, y = min(max(MARGIN + at - need / 2, MARGIN), sheet.width - MARGIN - need), ends[0] / 2 - 3
    sheet.label(row, x, y, named, size=SMALL)
    sheet.value(row, x + name + 5, y, text, flag=flag, size=SMALL)
    if not np.isnan(record["value"]):
        value, dashes = record["value"], {"linewidth": 1.2, "linestyle": (0, (4, 2))}
        (line,) = axes.plot([value, value], [ends[0] - 3, ends[1]], color=INK, **dashes)
        sheet.mark(row, "value", value, line, lambda line: line.get_xdata()[0], axes=axes, place=lambda line: row)
