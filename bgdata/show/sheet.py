"""The sheet that a chart of the house is drawn on, and a record of what each artist on it stands for.

All lengths are points from the upper left corner, so that what is measured before drawing is where it stands
afterwards. The body is laid out once; the page around it only shows or hides what is said there.
"""

from functools import cached_property

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import XAxis, YAxis
from matplotlib.patches import Rectangle
from matplotlib.scale import LinearScale
from matplotlib.ticker import FixedLocator, NullFormatter, NullLocator

from bgdata.notation import NBSP
from bgdata.show.framing import MARGIN, Drawing, Page, capitalised, no_data, panel_width
from bgdata.show.lettering import Line
from bgdata.show.marks import CENTRE, SIGNS, Mark, Said, flag_width, middle, plain, sign_of
from bgdata.show.measure import line_height, text_width, wrap
from bgdata.show.style import INK, LEADING, MUTED, SMALL, TEXT, TRACK, WARNING, WIDTH

GAP = 9  # between columns
ROW_GAP = 9.5  # between rows
NO_TICKS, NO_TEXTS = NullLocator(), NullFormatter()
SWATCH = 7  # side of a square that explains a colour


class _Unticked:
    """Of an axis: makes no ticks only to clip or to style them, or to have none."""

    def set_clip_path(self, path, transform=None):
        Artist.set_clip_path(self, path, transform)

    def set_tick_params(self, *_, **__):
        pass

    def _set_scale(self, value, **options):
        if value != "linear":
            super()._set_scale(value, **options)
            return
        self._scale = LinearScale(self)
        self.major.locator, self.major.formatter = NO_TICKS, NO_TEXTS
        self.minor.locator, self.minor.formatter = NO_TICKS, NO_TEXTS

    def set_ticks(self, ticks, *_, **__):
        self.set_major_locator(FixedLocator(ticks))


class _X(_Unticked, XAxis):
    pass


class _Y(_Unticked, YAxis):
    pass


class Bare(Axes):
    """Axes without lines around them, ticks and grid, which no chart of ours shows: to make these takes most time."""

    def _gen_axes_spines(self):
        return {}

    def _init_axis(self):
        self.xaxis, self.yaxis = _X(self, clear=False), _Y(self, clear=False)

    def grid(self, *_, **__):
        pass

    def get_xaxis_transform(self, which="grid", **_):
        return super().get_xaxis_transform("grid")

    def get_yaxis_transform(self, which="grid", **_):
        return super().get_yaxis_transform("grid")


class Sheet(Page):
    """A chart in the making, and afterwards the record that reading back, alt text and lint rely on.

    It is a figure of its own, or stands in a place of another one: the axes `ax`.
    """

    def __init__(self, kind, rows, *, lang, package, title, subtitle, key=(), notes=(), ax=None):
        super().__init__(rows, lang=lang, package=package, title=title, subtitle=subtitle, notes=notes)
        self.colours = list(key)
        self.kind, self.ax, self.over = kind, ax, 0
        self.width = WIDTH if ax is None else panel_width(ax)
        self.labels, self.values, self.marks, self.plots = {}, [], [], []
        self.zero_based = True

    @property
    def sheets(self):
        """list of Sheet: itself."""
        return [self]

    @property
    def room(self):
        """float: the width between the margins, in points."""
        return self.width - 2 * MARGIN

    def open(self, height):
        """Make the figure with a body of this height."""
        key = self._key_places(height)
        self.height = key[-1][1] + line_height(SMALL) / 2 + 2 if key else height
        self._open_panel() if self.ax else self._open_figure()
        self.body.set(xlim=(0, self.width), ylim=(self.height, -self.over))
        self.body.set_axis_off()
        for x, y, colour, text in key:
            self.swatch(x, y, colour)
            self.write(x + SWATCH + 4, y, text, size=SMALL, colour=MUTED)
        if self.ax is None:
            self._write_around()

    def _open_figure(self):
        self.fig = plt.figure(figsize=(WIDTH / 72, 1))
        self.fig.bgdata = self
        self.body = self.fig.add_axes((0, 0, 1, 1), label="body", zorder=2, axes_class=Bare)

    def _open_panel(self):
        """Take a place in another figure; what is said above a chart stands over its place, but of an only one above all."""
        self.fig = self.ax.figure
        alone = len(self.fig.axes) == 1
        self.body = self.fig.add_axes((0, 0, 1, 1), label="body", zorder=2, axes_class=Bare)
        drawing = Drawing.of(self.fig)
        drawing.add(self)
        if alone:
            drawing.title, drawing.subtitle = self.title, self.subtitle
            return
        above = [(line, TEXT, True, INK) for line in wrap(self.title, self.room, bold=True)]
        above += [(line, SMALL, False, MUTED) for line in wrap(self.subtitle, self.room, size=SMALL)]
        self.over = sum(size * LEADING for _, size, *_ in above) + 6 * bool(above)
        y = -self.over
        for line, size, bold, colour in above:
            self.write(MARGIN, y + size * LEADING / 2, line, size=size, bold=bold, colour=colour)
            y += size * LEADING

    def _key_places(self, height):
        """Return where each colour is explained, below the drawing and in both frames: x, y, colour and text."""
        places, x, y = [], MARGIN, height + line_height(SMALL)
        for colour, text in self.colours:
            lines = wrap(capitalised(text), self.room - SWATCH - 4, size=SMALL)
            width = SWATCH + 4 + text_width(max(lines, key=len), SMALL)
            if x > MARGIN and x + width > self.width - MARGIN:
                x, y = MARGIN, y + line_height(SMALL)
            places.append((x, y + (len(lines) - 1) / 2 * line_height(SMALL), colour, lines))
            x, y = x + width + 2 * GAP, y + (len(lines) - 1) * line_height(SMALL)
        return places

    def swatch(self, x, y, colour):
        """Draw a small square that stands for a colour; returns it."""
        edge = MUTED if colour in ("white", TRACK) else colour
        square = Rectangle((x, y - SWATCH / 2), SWATCH, SWATCH, facecolor=colour, edgecolor=edge, linewidth=0.6)
        return self.body.add_patch(square)

    def _lay(self, top, total):
        self.fig.set_size_inches(WIDTH / 72, total / 72)
        self.place(0, top, total)

    def place(self, left, top, total):
        """Put the body and its plots on a figure of this height, from a corner on."""
        whole = (self.body, (0, -self.over, self.width, self.height + self.over))
        for axes, (x, y, across, height) in [whole, *self.plots]:
            axes.set_position(((left + x) / WIDTH, 1 - (top + y + height) / total, across / WIDTH, height / total))

    def plot(self, x, y, width, height):
        """Add axes for data; their vertical unit is the point of the body."""
        first = self.ax if self.ax and not self.plots else None
        name = f"plot {len(self.plots)}"
        axes = first or self.fig.add_axes((0, 0, 1, 1), label=name, zorder=1, axes_class=Bare)
        axes.set(ylim=(y + height, y), xticks=[], yticks=[])
        for spine in axes.spines.values():
            spine.set_visible(False)
        self.plots.append((axes, (x, y, width, height)))
        self.fig.bgdata.settle()
        return axes

    def write(self, x, y, lines, *, size=TEXT, bold=False, colour=INK, align="left"):
        """Write lines of text, centred on height `y`; returns the artists."""
        lines = [lines] if isinstance(lines, str) else lines
        first = y - (len(lines) - 1) / 2 * size * LEADING + size * CENTRE
        look = {"size": size, "color": colour, "ha": align, "va": "baseline", "weight": "bold" if bold else "normal"}
        return [Line.of(self.body.text(x, first + i * size * LEADING, line, **look)) for i, line in enumerate(lines)]

    def label(self, row, x, y, lines, **look):
        """Write the name of a row."""
        self.labels[row] = Said(row, plain(" ".join(lines)), self.write(x, y, lines, **look))

    def value(self, row, x, y, text, *, flag=False, sign_colour=WARNING, **look):
        """Write the value of a row, with a sign, or where `flag` is true that of its footnote."""
        look = {"bold": True} | look
        lines = text if isinstance(text, list) else [text]
        if flag and look.get("align") == "right":
            x -= flag_width()
        sign = sign_of(self.rows.loc[row]) if flag is True else flag or ""
        self.values.append(Said(row, plain(" ".join(lines)), self.write(x, y, lines, **look), sign))
        if sign:
            size = look.get("size", TEXT)
            beside = {"right": 0, "center": text_width(lines[-1], size, look["bold"]) / 2}
            left = x + beside.get(look.get("align"), text_width(lines[-1], size, look["bold"]))
            self.flags += self.write(left + 4, y, sign, size=SMALL, colour=sign_colour)

    def head(self, x, y, text):
        """Write a heading; the sign that a sentence ends with is written as that of a number."""
        plain_text = text.rstrip("".join(SIGNS.values()) + NBSP)
        self.write(x, y, plain_text, bold=True)
        sign = text[len(plain_text) :].strip()
        left = x + text_width(plain_text, TEXT, True) + 4
        self.flags += self.write(left, y, sign, size=SMALL, colour=WARNING) if sign else []

    def missing(self, row, x, y):
        """Say that a row has no number."""
        self.value(row, x, y, no_data(self.lang), bold=False, colour=MUTED)

    def mark(self, row, column, expected, artist, read, *, say=None, place=None, axes=None):
        """Record that an artist shows the number in `column` of `row`; `say` turns the drawn number into text."""
        self.marks.append(
            Mark(row, column, float(expected), artist, read, say or self._saying(row), place or middle, axes)
        )

    def _saying(self, row):
        def say(drawn):
            record = self.records[row]
            return self.text(record if drawn == record["value"] else {"value": drawn, "unit": record["unit"]})

        return say

    @cached_property
    def records(self):
        """dict of int to dict: the rows as mappings, once all of them are drawn."""
        return dict(zip(self.rows.index, self.rows.to_dict("records")))

    def empty(self):
        """Say that there is nothing to draw; returns the axes of an empty figure."""
        self.colours = []
        self.open(28)
        self.body.text(MARGIN, 17, capitalised(no_data(self.lang)), color=MUTED)
        return self.plot(MARGIN, 0, self.room, 28)

    def table(
        self, labels, *, before=(), after=(), header="", head="", notes=None, tall=None, bold=(), least=120, gap=ROW_GAP
    ):
        """Lay out rows: label, columns, the plot, columns; returns the plot's axes and the rows' heights.

        Parameters
        ----------
        labels : list of str
        before, after : sequence of Column
            Columns on the left and on the right of the plot.
        header : str
            Of the plot.
        head : str
            Of the label column.
        notes : list of str, optional
            Sentences that stand in the plot, one per row ("" for none).
        tall : callable, optional
            Takes the plot's width, returns the height that each row's drawing needs.
        bold : collection of int
            Rows with emphasised labels.
        least : float
            The width that the plot must have, points.
        gap : float
            Between rows, points.
        """
        room = self.room - sum(column.width() + GAP for column in [*before, *after])
        widest = max(text_width(label, TEXT, i in bold) for i, label in enumerate(labels))
        room_for_label = max(min(widest, room - GAP - least, 0.42 * self.width), 60)
        names = [wrap(label, room_for_label, bold=i in bold) for i, label in enumerate(labels)]
        label_width = max(text_width(line, TEXT, i in bold) for i, lines in enumerate(names) for line in lines)
        left = MARGIN + max(label_width, text_width(head, SMALL)) + GAP
        plot_left = left + sum(column.width() + GAP for column in before)
        plot_right = self.width - MARGIN - sum(column.width() + GAP for column in after)
        notes = [wrap(note, plot_right - plot_left, size=SMALL) for note in notes or [""] * len(labels)]
        drawn = tall(plot_right - plot_left) if tall else [0] * len(labels)
        over = wrap(header, plot_right - plot_left, size=SMALL)
        top = 18 if any([header, head, *(column.header for column in [*before, *after])]) else 0
        top += (max(len(over), 1) - 1) * line_height(SMALL)
        steps = even(
            [
                max(max(len(name), len(note)) * line_height(), height) + gap
                for name, note, height in zip(names, notes, drawn)
            ]
        )
        centres = top + np.cumsum(steps) - np.array(steps) / 2
        self.open(top + sum(steps))
        for row, (name, y) in enumerate(zip(names, centres)):
            self.label(row, MARGIN, y, name, bold=row in bold)
        if top:
            y = top - 12
            self.write(MARGIN, y, head, size=SMALL, colour=MUTED)
            self.write(plot_left, y - (max(len(over), 1) - 1) / 2 * line_height(SMALL), over, size=SMALL, colour=MUTED)
        self._columns(before, left, top - 12, centres)
        self._columns(after, plot_right + GAP, top - 12, centres)
        for row, (note, y) in enumerate(zip(notes, centres)):
            if note:
                self.value(row, plot_left, y, note, bold=False, size=SMALL, colour=MUTED)
        return self.plot(plot_left, top, plot_right - plot_left, sum(steps)), centres

    def _columns(self, columns, left, above, centres):
        for column in columns:
            x = left + (column.width() if column.align == "right" else 0)
            look = {"align": column.align, "size": column.size}
            self.write(x, above, column.header, size=SMALL, colour=MUTED, align=column.align)
            for row, (text, y) in enumerate(zip(column.texts, centres)):
                gone = text == no_data(self.lang)
                self.value(
                    row,
                    x,
                    y,
                    text,
                    flag=column.flags[row] if column.flags else False,
                    bold=column.bold and not gone,
                    colour=MUTED if gone else column.colour,
                    **look,
                )
            left += column.width() + GAP


def even(steps):
    """Give all rows one height unless that makes the figure more than a quarter higher.

    Examples
    --------
    >>> even([20, 24]), even([20, 20, 20, 80])
    ([24, 24], [20, 20, 20, 80])
    """
    return [max(steps)] * len(steps) if len(steps) * max(steps) <= 1.25 * sum(steps) else steps
