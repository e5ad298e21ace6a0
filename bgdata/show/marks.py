"""What is on a figure: texts, marks that show numbers, columns of text beside a plot, and numbers on an axis.

These records are what reading back, alt text and lint rely on; they hold artists and draw nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from matplotlib import dates, ticker

from bgdata.notation import MULTIPLIER_WORDS, NBSP, format_number
from bgdata.package import unit_text
from bgdata.rules import CONTRADICTS, NEEDS_CLARIFICATION, SIGNS
from bgdata.show.measure import text_width
from bgdata.show.style import INK, SMALL, TEXT
from bgdata.voice import Message

CENTRE = 0.34  # of the text size: from the baseline up to the optical middle of a line
FLAG = SIGNS["contradicts"]
DISPUTES = {
    CONTRADICTS: Message("This number contradicts others of the report."),
    NEEDS_CLARIFICATION: Message("This number needs clarification beside others of the report."),
}


@dataclass
class Said:
    """A text on the figure: what it says for which row, the artists (one per line) that say it, and its sign."""

    row: int
    text: str
    artists: list
    sign: str = ""

    def now(self):
        """str: what is still to be read on the figure."""
        shown = [artist.get_text() for artist in self.artists if artist.axes is not None and artist.get_visible()]
        return plain(" ".join(shown))

    def place(self):
        """float: the height at which it stands, in points."""
        return float(np.mean([artist.get_position()[1] - artist.get_fontsize() * CENTRE for artist in self.artists]))


@dataclass
class Mark:
    """An artist that shows a number: which row and column, the number, how to read it off the artist and say it."""

    row: int
    column: str
    expected: float
    artist: object
    read: Callable
    say: Callable
    place: Callable
    axes: object

    def drawn(self):
        """float: the number that the artist shows now."""
        return float(self.read(self.artist))


@dataclass
class Column:
    """Texts beside the plot, one per row."""

    texts: list
    header: str = ""
    align: str = "left"
    bold: bool = False
    colour: str = INK
    size: float = TEXT
    flags: list = field(default_factory=list)

    def width(self):
        """float: of the widest text, in points."""
        flags = self.flags or [False] * len(self.texts)
        widths = [
            text_width(text, self.size, self.bold) + bool(flag) * flag_width() for text, flag in zip(self.texts, flags)
        ]
        return max([*widths, text_width(self.header, SMALL)], default=0)


def plain(text):
    """Return a text with ordinary spaces only.

    Examples
    --------
    >>> plain("884\\xa0trạm")
    '884 trạm'
    """
    return " ".join(text.replace("\u00a0", " ").split())


def sign_of(row):
    """Return the sign that stands beside a number with a footnote.

    Examples
    --------
    >>> sign_of({"verdict": "needs clarification"}), sign_of({})
    ('◇', '▲')
    """
    return SIGNS.get(row.get("verdict"), SIGNS.get(row.get("base_verdict"), FLAG))


def flag_width():
    """Return the room that the sign of a footnote takes, in points."""
    return max(text_width(sign, SMALL) for sign in SIGNS.values()) + 4


def middle(artist):
    """Return the height of an artist's middle, in the points of the body."""
    if isinstance(artist, list):
        return float(np.mean([middle(one) for one in artist]))
    if hasattr(artist, "get_height"):
        return artist.get_y() + artist.get_height() / 2
    return float(np.mean(artist.get_ydata()))


def marks_of(rows, lang):
    """Return what is said below the chart of each row that is not to be taken as it stands: its `mark`, or its verdict."""
    marks = rows["mark"].fillna("").astype(str) if "mark" in rows else pd.Series("", index=rows.index)
    for column in [one for one in ("verdict", "base_verdict") if one in rows]:
        said = rows[column].map(lambda verdict: DISPUTES[verdict].to(lang) if verdict in DISPUTES else "")
        marks = marks.where(marks != "", said)
    return marks


def said(cell):
    """Return whether a cell says something: neither empty nor missing."""
    return bool(cell) and cell == cell


YEARS = (1900, 2100)
PYTHON = re.compile(r"-?\d+(\.(\d{1,2}|\d{4,}))?%?|-?\d(\.\d+)?e[+-]\d+|-?\d{5,}|-?[03-9]\d{3}")  # but years


class AxisNumbers(ticker.Formatter):
    """Writes the numbers on an axis as a language does, large ones in millions and billions.

    Parameters
    ----------
    lang : {"vi", "en"}
    whole : float, optional
        What is 100 %, on an axis of percentages.
    years : bool
        They are years, which are not grouped.

    Examples
    --------
    >>> [text.replace(NBSP, " ") for text in AxisNumbers("vi").format_ticks([0, 0.5e9, 1e9])], AxisNumbers("vi")(1242)
    (['0,0', '0,5 tỷ', '1,0 tỷ'], '1.242')
    """

    def __init__(self, lang, *, whole=None, years=False):
        self.lang, self.whole, self.years = lang, whole, years

    def __call__(self, number, pos=None):
        return self.format_ticks([number])[0]

    def format_ticks(self, values):
        if self.years:
            return [str(round(value)) if value == round(value) else "" for value in values]
        values = [value / self.whole * 100 for value in values] if self.whole else values
        most = max([abs(value) for value in values if np.isfinite(value)], default=0)
        exponent = next((scale for scale in (9, 6) if not self.whole and most >= 10**scale), 0)
        scaled = [float(f"{value / 10**exponent:.10g}") for value in values]
        texts = [format_number(value, lang=self.lang) for value in scaled]
        decimals = max(len(text.partition("," if self.lang == "vi" else ".")[2]) for text in texts) if texts else 0
        unit = "%" if self.whole else NBSP + MULTIPLIER_WORDS[exponent].to(self.lang) if exponent else ""
        return [
            format_number(value, decimals=decimals, lang=self.lang) + unit * bool(value or self.whole)
            for value in scaled
        ]


class LogNumbers(AxisNumbers):
    """Writes the numbers on a logarithmic axis, each by itself."""

    def format_ticks(self, values):
        return [text for value in values for text in super(LogNumbers, self).format_ticks([value])]


def axes_of(fig):
    """Return all axes of a figure, those within others too."""
    return [*fig.axes, *(child for axes in fig.axes for child in axes.child_axes)]


def sides_of(drawn):
    """Return the two axes, or three, of each of some axes."""
    return [getattr(axes, side) for axes in drawn for side in ("xaxis", "yaxis", "zaxis") if hasattr(axes, side)]


def thin_ticks(drawn):
    """Have fewer numbers on axes where they would overlap."""
    for axis in (axis for axes in drawn for axis in (axes.xaxis, axes.yaxis)):
        most = 8
        while most > 1 and type(axis.get_major_formatter()) is AxisNumbers and crowded(axis):
            axis.set_major_locator(ticker.MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]))
            most -= 1


def crowded(axis):
    """Return whether labels of ticks overlap."""
    low, high = sorted(axis.get_view_interval())
    labels = [tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
    axis.figure.figure.draw_without_rendering()  # of the whole, where these axes are in a part of it
    boxes = [label.get_window_extent().padded(2) for label in labels if label.get_visible()]
    return any(one.overlaps(other) for one, other in zip(boxes, boxes[1:]))


def number_axes(drawn, lang):
    """Have the numbers and dates on axes written as a language does, where nobody chose how."""
    for axis in sides_of(drawn):
        chosen = axis.get_major_formatter()
        whole = chosen.xmax if isinstance(chosen, ticker.PercentFormatter) else getattr(chosen, "whole", None)
        if isinstance(chosen, ticker.LogFormatter | LogNumbers):
            axis.set_major_formatter(LogNumbers(lang))
            axis.set_minor_formatter(ticker.NullFormatter())
        elif whole:
            axis.set_major_formatter(AxisNumbers(lang, whole=whole))
        elif isinstance(chosen, ticker.ScalarFormatter | AxisNumbers):
            ends = sorted(axis.get_view_interval())
            years = axis.axis_name == "x" and YEARS[0] <= ends[0] and ends[1] <= YEARS[1]
            axis.set_major_formatter(AxisNumbers(lang, years=years))
            if years:
                axis.set_major_locator(ticker.MaxNLocator(integer=True))
        elif isinstance(chosen, dates.AutoDateFormatter | dates.ConciseDateFormatter):
            written = dates.AutoDateFormatter(axis.get_major_locator())
            written.scaled |= {30.0: "%m/%Y", 1.0: "%d/%m/%Y"} if lang == "vi" else {}
            axis.set_major_formatter(written)


def name_axes(drawn, rows, package, lang):
    """Write on axes and keys, where seaborn puts the name of a column of the rows, the unit of its numbers, or nothing."""
    units = set(rows.get("unit", ()))
    unit = unit_text(*units, lang, package=package) if len(units) == 1 else ""
    named = [axis.label for axes in drawn for axis in (axes.xaxis, axes.yaxis)]
    named += [axes.get_legend().get_title() for axes in drawn if axes.get_legend()]
    for text in (text for text in named if text.get_text() in rows):
        text.set_text(unit if text.get_text() == "value" else "")


def texts_on(axes):
    """Return the texts that stand by themselves on axes, and those in the cells of tables there."""
    return [*axes.texts, *(one.get_text() for table in axes.tables for one in table.get_celld().values())]


def number_labels(drawn, lang):
    """Write numbers that stand by themselves on a drawing, such as those over bars, as a language does."""
    for text in (text for axes in drawn for text in texts_on(axes) if PYTHON.fullmatch(text.get_text())):
        number = text.get_text().rstrip("%")
        decimals = len(number.partition(".")[2])
        written = (
            AxisNumbers(lang)(float(number)) if "e" in number else format_number(number, decimals=decimals, lang=lang)
        )
        text.set_text(written + text.get_text()[len(number) :])
