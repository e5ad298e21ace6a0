"""The sheet that a chart is drawn on: header, body, footer, and a record of what each artist stands for.

All lengths are points from the upper left corner, so that what is measured before drawing is where it stands
afterwards. The body is laid out once; the frame (`page` or `bare`) only shows or hides what is around it.
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from bgdata.errors import FigureError
from bgdata.notation import NBSP
from bgdata.package import NO_DATA, value_text
from bgdata.show.marks import CENTRE, SIGNS, Mark, Said, flag_width, middle, plain, sign_of
from bgdata.show.measure import line_height, text_width, wrap
from bgdata.show.style import INK, LEADING, MUTED, SMALL, TEXT, TITLE, TRACK, WARNING, WIDTH
from bgdata.voice import Message

MARGIN = 5
GAP = 9  # between columns
ROW_GAP = 9.5  # between rows
SWATCH = 7  # side of a square that explains a colour
FRAMES = ("page", "bare")
DERIVED = Message("* Derived; the report does not state it directly.")


def capitalised(text):
    """Return a text that begins with a capital.

    Examples
    --------
    >>> capitalised("first half of 2024"), capitalised("6 tháng đầu năm 2024")
    ('First half of 2024', '6 tháng đầu năm 2024')
    """
    return text[:1].upper() + text[1:]


def no_data(lang):
    """Return how a missing number is written."""
    return NO_DATA.to(lang)


class Sheet:
    """A figure in the making, and afterwards the record that reading back, alt text and lint rely on."""

    def __init__(self, kind, rows, *, lang, package, title, subtitle, key=(), notes=()):
        self.colours = list(key)
        self.kind, self.rows, self.lang, self.package = kind, rows, lang, package
        self.title, self.subtitle, self.notes, self.source = title, capitalised(subtitle), list(notes), ""
        self.numbers = rows  # what is written beside the picture
        self.labels, self.values, self.marks, self.plots = {}, [], [], []
        self.zero_based = True
        self._above, self._below, self._accusing, self.flags = [], [], [], []

    def text(self, row, **how):
        """Write the number of a row, as :func:`value_text` does."""
        return value_text(row, self.lang, padded=False, package=self.package, **how)

    def texts(self):
        """Return the number of each row as text."""
        return [self.text(row) for row in self.rows.to_dict("records")]

    def open(self, height):
        """Make the figure with a body of this height."""
        key = self._key_places(height)
        self.height = key[-1][1] + line_height(SMALL) / 2 + 2 if key else height
        self.fig = plt.figure(figsize=(WIDTH / 72, 1))
        self.fig.bgdata = self
        self.body = self.fig.add_axes((0, 0, 1, 1), label="body", zorder=2)
        self.body.set(xlim=(0, WIDTH), ylim=(self.height, 0))
        self.body.set_axis_off()
        for x, y, colour, text in key:
            self.swatch(x, y, colour)
            self.write(x + SWATCH + 4, y, text, size=SMALL, colour=MUTED)
        self._write_around()

    def _key_places(self, height):
        """Return where each colour is explained, below the drawing and in both frames: x, y, colour and text."""
        places, x, y = [], MARGIN, height + line_height(SMALL)
        for colour, text in self.colours:
            lines = wrap(capitalised(text), WIDTH - 2 * MARGIN - SWATCH - 4, size=SMALL)
            width = SWATCH + 4 + text_width(max(lines, key=len), SMALL)
            if x > MARGIN and x + width > WIDTH - MARGIN:
                x, y = MARGIN, y + line_height(SMALL)
            places.append((x, y + (len(lines) - 1) / 2 * line_height(SMALL), colour, lines))
            x, y = x + width + 2 * GAP, y + (len(lines) - 1) * line_height(SMALL)
        return places

    def swatch(self, x, y, colour):
        """Draw a small square that stands for a colour; returns it."""
        edge = MUTED if colour in ("white", TRACK) else colour
        square = Rectangle((x, y - SWATCH / 2), SWATCH, SWATCH, facecolor=colour, edgecolor=edge, linewidth=0.6)
        return self.body.add_patch(square)

    def _write_around(self):
        self._above = [
            (self._free(line, TITLE, bold=True), TITLE * 1.32) for line in self._lines(self.title, TITLE, True)
        ]
        self._above += [
            (self._free(line, TEXT, colour=MUTED), line_height()) for line in self._lines(self.subtitle, TEXT)
        ]
        if self.rows["derived"].any() and DERIVED.to(self.lang) not in self.notes:
            self.notes.insert(0, DERIVED.to(self.lang))
        self._below = [
            self._free(line, SMALL, colour=MUTED) for note in self.notes for line in self._lines(note, SMALL)
        ]
        marks = dict.fromkeys(f"{sign_of(row)} {row['mark']}" for row in self.rows.to_dict("records") if row["mark"])
        self._accusing = [
            self._free(line, SMALL, colour=WARNING) for mark in marks for line in self._lines(mark, SMALL)
        ]
        self._source = []
        self.set_frame("page")

    def _lines(self, text, size, bold=False):
        return wrap(text, WIDTH - 2 * MARGIN, size=size, bold=bold)

    def _free(self, text, size, *, bold=False, colour=INK):
        return self.fig.text(0, 0, text, size=size, weight="bold" if bold else "normal", color=colour, va="baseline")

    def set_source(self, source):
        """Write the source line of the page frame."""
        self.source = Message("Source: {source}.", source=source.rstrip(".")).to(self.lang)
        self._source = [self._free(line, SMALL, colour=MUTED) for line in self._lines(self.source, SMALL)]

    def set_frame(self, frame):
        """Show the sheet as a `page` or `bare`: the report that it goes into has a caption, and is not accused in it."""
        if frame not in FRAMES:
            raise FigureError('"{frame}" is no frame; choose one of: {frames}.', frame=frame, frames=FRAMES)
        page = frame == "page"
        above = [(text, step) for text, step in self._above if page]
        below = self._below + (self._accusing + self._source if page else [])
        head, step = self._head(above), SMALL * 1.42
        total = MARGIN + head + self.height + (6 + step * len(below) if below else 0) + MARGIN
        self.fig.set_size_inches(WIDTH / 72, total / 72)
        for text in [*(text for text, _ in self._above), *self.flags, *self._accusing, *self._source]:
            text.set_visible(page)
        top = MARGIN
        for text, height in above:
            text.set_position((MARGIN / WIDTH, 1 - (top + height * 0.78) / total))
            top += height
        top = MARGIN + head
        for axes, (x, y, width, height) in [(self.body, (0, 0, WIDTH, self.height)), *self.plots]:
            axes.set_position((x / WIDTH, 1 - (top + y + height) / total, width / WIDTH, height / total))
        top += self.height + 6
        for text in below:
            text.set_position((MARGIN / WIDTH, 1 - (top + step * 0.78) / total))
            top += step

    def _head(self, above):
        return sum(step for _, step in above) + (12 if above else 3)

    def bare_span(self):
        """Return where on the page the bare frame begins and ends, in points from the top; a margin follows below."""
        top = self._head(self._above) - self._head([])
        notes = 6 + SMALL * 1.42 * len(self._below) if self._below else 0
        return top, top + MARGIN + self._head([]) + self.height + notes

    def plot(self, x, y, width, height):
        """Add axes for data; their vertical unit is the point of the body."""
        axes = self.fig.add_axes((0, 0, 1, 1), label=f"plot {len(self.plots)}", zorder=1)
        axes.set(ylim=(y + height, y), xticks=[], yticks=[])
        axes.spines[:].set_visible(False)
        self.plots.append((axes, (x, y, width, height)))
        self.set_frame("page")
        return axes

    def write(self, x, y, lines, *, size=TEXT, bold=False, colour=INK, align="left"):
        """Write lines of text, centred on height `y`; returns the artists."""
        lines = [lines] if isinstance(lines, str) else lines
        first = y - (len(lines) - 1) / 2 * size * LEADING + size * CENTRE
        return [
            self.body.text(
                x,
                first + i * size * LEADING,
                line,
                size=size,
                color=colour,
                ha=align,
                va="baseline",
                weight="bold" if bold else "normal",
            )
            for i, line in enumerate(lines)
        ]

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
        record = self.rows.loc[row].to_dict()
        return lambda drawn: self.text(record if drawn == record["value"] else {"value": drawn, "unit": record["unit"]})

    def empty(self):
        """Say that there is nothing to draw; returns the axes of an empty figure."""
        self.colours = []
        self.open(28)
        self.body.text(MARGIN, 17, capitalised(no_data(self.lang)), color=MUTED)
        return self.plot(MARGIN, 0, WIDTH - 2 * MARGIN, 28)

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
        room = WIDTH - 2 * MARGIN - sum(column.width() + GAP for column in [*before, *after])
        widest = max(text_width(label, TEXT, i in bold) for i, label in enumerate(labels))
        room_for_label = max(min(widest, room - GAP - least, 0.42 * WIDTH), 60)
        names = [wrap(label, room_for_label, bold=i in bold) for i, label in enumerate(labels)]
        label_width = max(text_width(line, TEXT, i in bold) for i, lines in enumerate(names) for line in lines)
        left = MARGIN + max(label_width, text_width(head, SMALL)) + GAP
        plot_left = left + sum(column.width() + GAP for column in before)
        plot_right = WIDTH - MARGIN - sum(column.width() + GAP for column in after)
        notes = [wrap(note, plot_right - plot_left, size=SMALL) for note in notes or [""] * len(labels)]
        drawn = tall(plot_right - plot_left) if tall else [0] * len(labels)
        top = 18 if any([header, head, *(column.header for column in [*before, *after])]) else 0
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
            self.write(MARGIN, 6, head, size=SMALL, colour=MUTED)
            self.write(plot_left, 6, header, size=SMALL, colour=MUTED)
        self._columns(before, left, centres)
        self._columns(after, plot_right + GAP, centres)
        for row, (note, y) in enumerate(zip(notes, centres)):
            if note:
                self.value(row, plot_left, y, note, bold=False, size=SMALL, colour=MUTED)
        return self.plot(plot_left, top, plot_right - plot_left, sum(steps)), centres

    def _columns(self, columns, left, centres):
        for column in columns:
            x = left + (column.width() if column.align == "right" else 0)
            look = {"align": column.align, "size": column.size}
            self.write(x, 6, column.header, size=SMALL, colour=MUTED, align=column.align)
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
