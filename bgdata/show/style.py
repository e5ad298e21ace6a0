"""The look of the figures: fonts, sizes, and colours named by what they are for.

A style is entered and left: within it, whatever a person's matplotlibrc says counts for nothing. Nothing here draws,
and nothing changes Matplotlib's settings for good; only the two font files stay registered.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import fontpkg_be_vietnam_pro
import matplotlib
from matplotlib.colors import to_rgb
from matplotlib.font_manager import fontManager

FONTS = (fontpkg_be_vietnam_pro.FAMILY, "DejaVu Sans")
FONT_FILES = ("BeVietnamPro-Regular.ttf", "BeVietnamPro-Bold.ttf")

WIDTH = 16 / 2.54 * 72  # points; every length of the layout is in points
DPI = 220
TITLE, TEXT, SMALL = 11.5, 9, 8  # text sizes in points
LEADING = 1.36  # line height over text size: room for "Ổ" under "ụ"

INK = "#1A1A1A"
MUTED = "#595959"
MAIN = "#12436D"
ACCENT = "#F46A25"
GOOD = "#28A197"
WARNING = "#8E1B00"
TRACK = "#E3E7EA"
TINTS = ("#C3D0DB", "#6A8CAE", MAIN)  # whole, part, part of part

PURPOSES = {
    "ink": INK,
    "muted": MUTED,
    "main": MAIN,
    "accent": ACCENT,
    "good": GOOD,
    "warning": WARNING,
    "track": TRACK,
}

SETTINGS = {
    "font.family": list(FONTS),
    "font.size": TEXT,
    "text.color": INK,
    "text.parse_math": False,  # a "$" in a label is a dollar sign
    "text.usetex": False,
    "text.hinting": "no_hinting",  # widths in proportion to the size, so that measuring holds at any dpi
    "axes.facecolor": "none",
    "axes.edgecolor": INK,
    "axes.labelcolor": MUTED,
    "axes.labelsize": TEXT,
    "axes.titlesize": TITLE,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "axes.prop_cycle": matplotlib.cycler(color=[MAIN, ACCENT, GOOD, WARNING]),
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "legend.frameon": False,
    "lines.linewidth": 1.6,
    "figure.figsize": (WIDTH / 72, 9 / 2.54),
    "figure.dpi": 110,
    "figure.facecolor": "white",
    "figure.autolayout": False,
    "figure.constrained_layout.use": False,
    "savefig.facecolor": "white",
    "savefig.edgecolor": "white",
    "savefig.bbox": None,
    "savefig.transparent": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "bgdata",
}
WINDOWS = ("backend", "interactive", "toolbar", "webagg.", "tk.", "keymap.", "docstring.", "savefig.directory",
           "figure.raise_window", "date.epoch")  # fmt: skip  # these stay a person's own: no picture shows them
HOUSE = {key: value for key, value in matplotlib.rcParamsDefault.items() if not key.startswith(WINDOWS)} | SETTINGS


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast of two colours, from 1 to 21.

    Examples
    --------
    >>> contrast("white", "black")
    21.0
    """
    brightness = []
    for colour in (one, other):
        channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
        brightness.append(0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2])
    return (max(brightness) + 0.05) / (min(brightness) + 0.05)


@cache
def register_fonts():
    """Make Be Vietnam Pro, regular and bold, known to Matplotlib, before any other of that name; once in a process."""
    folder = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
    files = [str(folder / name) for name in FONT_FILES]
    fontManager.ttflist[:] = [font for font in fontManager.ttflist if font.fname not in files]
    for file in files:
        fontManager.addfont(file)
        fontManager.ttflist.insert(0, fontManager.ttflist.pop())


@contextmanager
def style() -> Iterator[None]:
    """Draw in the house style within a ``with`` block; what was set before is restored after it.

    All settings are those of ``HOUSE``: the ones listed in ``SETTINGS``, Matplotlib's own defaults for the rest. The
    chart functions enter the style by themselves: the block is needed for what is drawn with Matplotlib or seaborn
    directly. The axes of figures made within it write their numbers as Vietnamese does, where nobody chose how.

    Examples
    --------
    >>> import bgdata as bg
    >>> import matplotlib
    >>> with bg.style():
    ...     matplotlib.rcParams["font.size"]
    9.0
    """
    register_fonts()
    there = {*_open_figures()}
    with matplotlib.rc_context(HOUSE):
        yield
    if made := {*_open_figures()} - there:
        from bgdata.show.marks import axes_of, number_axes  # not at the top: it builds on this

        pyplot = sys.modules["matplotlib.pyplot"]
        for number in [*made, pyplot.gcf().number]:  # the last one is current again
            figure = pyplot.figure(number)
            if number in made and not hasattr(figure, "bgdata"):
                number_axes(axes_of(figure), "vi")


def _open_figures():
    """Return the numbers of the figures that Matplotlib keeps open."""
    return sys.modules["matplotlib.pyplot"].get_fignums() if "matplotlib.pyplot" in sys.modules else []
