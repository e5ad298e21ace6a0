"""What is on a figure: texts, marks that show numbers, and columns of text beside a plot.

These records are what reading back, alt text and lint rely on; they hold artists and draw nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from bgdata.rules import SIGNS
from bgdata.show.measure import text_width
from bgdata.show.style import INK, SMALL, TEXT

CENTRE = 0.34  # of the text size: from the baseline up to the optical middle of a line
FLAG = SIGNS["contradicts"]


@dataclass
class Said:
    """A text on the figure: what it says for which row, and the artists (one per line) that say it."""

    row: int
    text: str
    artists: list

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
        widths = [text_width(text, self.size, self.bold) + flag * flag_width() for text, flag in zip(self.texts, flags)]
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
    return SIGNS.get(row.get("verdict"), FLAG)


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
