"""Save a chart and show what was saved, after reading the drawn numbers back from the artists.

A figure that does not show the numbers that went into it is refused. The alt text is made from what was read back.
Nothing is drawn a second time for the notebook: it shows the saved file.
"""

import html
import io
import os
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bgdata.errors import FigureError
from bgdata.files import write_all
from bgdata.notation import Period
from bgdata.package import project_root
from bgdata.show.lettering import PixelRenderer, VectorRenderer
from bgdata.show.measure import text_width
from bgdata.show.readback import alt_text, sheet_of, verify
from bgdata.show.sheet import MARGIN
from bgdata.show.style import DPI, PURPOSES, SMALL, TEXT, TINTS, TITLE, WIDTH, style
from bgdata.voice import Message

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CSV_COLUMNS = """
    area period sector indicator category label value lower upper unit measure qualifier status printed base_period
    base base_lower base_upper change growth basis reason whole share section as_of note derived mark
    head present expected
""".split()
FORMULA = re.compile(r"[=@]|[+-](?![0-9])")  # what spreadsheets execute; a number with its sign they do not
OF_LOAD = ("sector", "lower", "upper", "as_of", "note")  # not written of a comparison


@dataclass(frozen=True)
class SavedFigure:
    """A figure on disk. In a notebook it shows the saved picture, its caption and its description.

    Attributes
    ----------
    name, period, lang, caption, alt, source : str
    notes : tuple of str
        Footnotes that stand on the picture.
    keys : tuple of str
        Of the numbers that it shows.
    folder : pathlib.Path
        Where ``<name>.svg``, ``.png``, ``.csv`` and ``word/<name>.png`` are.
    """

    name: str
    period: str
    lang: str
    caption: str
    alt: str
    source: str
    notes: tuple
    keys: tuple
    folder: Path = field(repr=False)

    def __repr__(self) -> str:
        return self.alt

    def picture(self) -> tuple[dict, dict]:
        """Return the picture as a MIME bundle and its metadata: the saved bytes, the alt text as plain text, and which
        figure of which numbers it is."""
        png = (self.folder / f"{self.name}.png").read_bytes()
        return (
            {"image/png": png, "text/plain": self.alt},
            {
                "image/png": {"alt": self.alt, "width": round(WIDTH / 72 * 96)},
                "bgdata": {"figure": self.name, "keys": list(self.keys)},
            },
        )

    def caption_html(self) -> str:
        """Return caption and description as HTML."""
        head = Message("Description").to(self.lang)
        return (
            f'<p class="bgdata-caption"><em>{html.escape(self.caption)}</em></p>\n<details class="bgdata-alt">'
            f"<summary>{head}</summary><p>{html.escape(self.alt)}</p></details>"
        )

    def _ipython_display_(self) -> None:
        from IPython.display import display

        data, metadata = self.picture()
        display(data, metadata=metadata, raw=True)
        display({"text/html": self.caption_html(), "text/plain": self.caption}, raw=True)


def save_figure(
    fig: Figure,
    name: str,
    *,
    caption: str,
    source: str,
    lang: str | None = None,
    period: str | None = None,
    root: Path | None = None,
) -> SavedFigure:
    """Check a chart, write it in both frames with its numbers, and close it.

    Writes, all or none, under ``figures/<period>/`` (English: ``figures/<period>/en/``):
    ``<name>.svg`` and ``<name>.png`` with title and source, ``word/<name>.png`` without, ``<name>.csv`` with the
    numbers. A file that would not change is left alone.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
    name : str
        Letters a-z, digits and hyphens.
    caption : str
        What the picture shows, one sentence.
    source : str
        Where its numbers come from, without the word "source".
    lang : {"vi", "en"}, optional
        Must be that of the chart; taken from it if left out.
    period : str, optional
        Needed only where a chart has no rows; else it is the latest period that was drawn.
    root : pathlib.Path, optional
        Folder of the project; that of the project at hand if left out.

    Returns
    -------
    SavedFigure

    Raises
    ------
    FigureError
        The figure does not show its numbers, or a name or text is missing or wrong.
    WriteError
        A file cannot be written; all four are as they were.

    Examples
    --------
    >>> import bgdata as bg
    >>> stations = bg.breakdown(bg.load("telecom", period="2024-S1"), "telecom.bts")
    >>> ax = bg.charts.ordered_bars(stations, title="Trạm BTS")
    >>> saved = bg.save_figure(ax.figure, "telecom-bts", caption="Trạm BTS.", source=bg.source("2024-S1"))
    >>> saved.alt
    'Biểu đồ thanh. Trạm BTS. 2G: 884 trạm; 3G: 1.242 trạm; 4G: 1.647 trạm; 5G: 2 trạm.'
    """
    sheet = sheet_of(fig)
    check_words(sheet, name, caption, source, lang)
    try:
        verify(fig)
        period = period_of(sheet, period)
        folder = output_folder(root) / period / ("en" if sheet.lang == "en" else "")
        notes, keys = tuple(sheet.notes), keys_of(sheet.rows)
        saved = SavedFigure(name, period, sheet.lang, caption, alt_text(fig), source, notes, keys, folder)
        made = files_of(fig, saved)
        write_all({path: content for path, content in made.items() if not holds(path, content)})
    finally:
        plt.close(fig)
    return saved


def check_words(sheet, name, caption, source, lang):
    """Refuse a figure without a proper name, caption or source, or in another language than it was drawn in."""
    if not (isinstance(name, str) and NAME.fullmatch(name)):
        raise FigureError(
            '"{name}" cannot name a figure. Use a-z, digits and single hyphens: telecom-coverage.', name=name
        )
    for what, text in ((Message("caption"), caption), (Message("source"), source)):
        if not isinstance(text, str) or not text.strip():
            raise FigureError(
                "Figure {name} has no {what}. Every figure says what it shows and where from.", name=name, what=what
            )
    if lang not in (None, sheet.lang):
        raise FigureError(
            'Figure {name} was drawn with lang="{drawn}" and cannot be saved with "{lang}".',
            name=name,
            drawn=sheet.lang,
            lang=lang,
        )


def files_of(fig, saved):
    """Return the files of a figure: the page as SVG and PNG, the bare frame cut out of it, and the numbers."""
    sheet, (caption, alt, folder) = fig.bgdata, (saved.caption, saved.alt, saved.folder)
    with style():
        sheet.set_source(saved.source)
        sheet.set_frame("page")
        vector, (plain_page, page) = svg(fig, caption, alt), pixels(fig, sheet.flags)
    return {
        folder / f"{saved.name}.svg": vector,
        folder / f"{saved.name}.png": png(page, caption, alt),
        folder / "word" / f"{saved.name}.png": png(bare(plain_page, sheet), caption, alt_text(fig, frame="bare")),
        folder / f"{saved.name}.csv": csv(sheet.numbers),
    }


def period_of(sheet, period):
    """Return the code of the period that a sheet is about."""
    drawn = [Period.parse(code) for code in sheet.rows.get("period", []) if code]
    if not drawn and period is None:
        raise FigureError("The chart has no rows, so its period is not known; pass period= to save_figure.")
    return (max(drawn) if drawn else Period.parse(period)).code


def keys_of(rows):
    """Return the keys of the numbers that are drawn, and of the wholes that they are drawn in."""
    columns = [rows[column] for column in ("key", "whole_key") if column in rows]
    return tuple(dict.fromkeys(key for keys in zip(*columns) for key in keys if key))


def output_folder(root=None):
    """Return the folder of figures: ``BGDATA_FIGURES`` if it is set, else ``figures/`` of the project."""
    return Path(os.environ.get("BGDATA_FIGURES") or (root or project_root()) / "figures")


def svg(fig, title, description):
    """Return a figure as SVG bytes, with title and description for those who cannot see it."""
    fig.set_dpi(72)
    buffer, (width, height) = io.StringIO(), fig.bbox.size
    metadata = {"Date": None, "Creator": None, "Format": None, "Type": None}
    renderer = VectorRenderer(width, height, buffer, metadata=metadata)
    fig.draw(renderer)
    renderer.finalize()
    head, opening, rest = buffer.getvalue().partition("<svg ")
    attributes, closing, body = rest.partition(">")
    return (
        f'{head}{opening}role="img" {attributes}{closing}\n <title>{html.escape(title)}</title>\n'
        f" <desc>{html.escape(description)}</desc>{body}"
    ).encode()


def pixels(fig, flags=()):
    """Return a figure drawn at 220 dpi without some texts and with them: for each pixel, which colour of the palette."""
    fig.set_dpi(DPI)
    renderer = PixelRenderer(*fig.bbox.size, DPI)
    for flag in flags:
        flag.set_visible(False)
    fig.draw(renderer)
    without = _coloured(renderer)
    for flag in flags:
        flag.set_visible(True)
        flag.draw(renderer)  # nothing else stands where they do
    return without, _coloured(renderer) if flags else without


def _coloured(renderer):
    red, green, blue = np.moveaxis(np.asarray(renderer.buffer_rgba())[:, :, :3] >> 3, 2, 0).astype(np.uint16)
    return palette()[1].ravel()[red << 10 | green << 5 | blue]


def bare(page, sheet):
    """Cut the bare frame out of a drawn page: all but title, subtitle and source."""
    first, last = (round(points * DPI / 72) for points in sheet.bare_span())
    margin = np.zeros((round(MARGIN * DPI / 72), page.shape[1]), page.dtype)
    return np.vstack([page[first:last], margin])


def png(drawn, title, description):
    """Return pixels as PNG bytes with a palette, title and description."""
    image = Image.fromarray(drawn)
    image.putpalette(palette()[0].tobytes())
    about = PngInfo()
    about.add_itxt("Title", title)
    about.add_itxt("Description", description)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", dpi=(DPI, DPI), pnginfo=about)
    return buffer.getvalue()


def rehearse() -> None:
    """Draw a small figure with every kind of text, and throw it away.

    What is found out at a first drawing (fonts, colours) is then known to all processes forked from this one.
    """
    with style():
        fig = plt.figure(figsize=(1, 1))
        fig.add_subplot().barh([0], [1])
        for size in (TITLE, TEXT, SMALL):
            for bold in (False, True):
                text_width("0", size, bold)
                fig.text(0, 0, "0", size=size, weight="bold" if bold else "normal")
        svg(fig, "", "")
        png(pixels(fig)[0], "", "")
        plt.close(fig)


@cache
def palette(levels=16):
    """Return the colours that a flat chart consists of, each purpose blended into white, and the nearest to any colour.

    Returns
    -------
    colours : numpy.ndarray
        Shape ``(colours, 3)``, uint8.
    nearest : numpy.ndarray
        Shape ``(32, 32, 32)``, uint8: which colour stands for the upper five bits of red, green and blue.
    """
    pure = np.array([to_rgb(colour) for colour in dict.fromkeys([*PURPOSES.values(), *TINTS])])
    blends = [pure * level / levels + (1 - level / levels) for level in range(1, levels + 1)]
    colours = np.rint(np.vstack([np.ones((1, 3)), *blends]) * 255).astype(np.uint8)
    grid = np.stack(np.meshgrid(*[np.arange(32) * 8 + 4] * 3, indexing="ij"), axis=-1).reshape(-1, 3)
    known = colours.astype(np.float32)  # exact for whole numbers of this size
    distance = (known**2).sum(axis=1) - 2 * grid.astype(np.float32) @ known.T  # but for what all have in common
    nearest = distance.argmin(axis=1).astype(np.uint8).reshape(32, 32, 32)
    for exact in [0, *range(len(colours) - len(pure), len(colours))]:
        nearest[tuple(colours[exact] >> 3)] = exact
    return colours, nearest


def holds(path, content):
    """Return whether a file holds these bytes already."""
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def csv(rows):
    """Return the numbers behind a figure as CSV bytes; what begins like a formula stays text."""
    left_out = OF_LOAD if "base" in rows else ()
    columns = [column for column in CSV_COLUMNS if column in rows and column not in left_out]
    return rows[columns].map(_harmless).to_csv(index=False, lineterminator="\n").encode()


def _harmless(cell):
    line = re.sub(r"[\t\r\n]+", " ", cell).strip() if isinstance(cell, str) else ""
    return f"'{line}" if FORMULA.match(line) else line or cell
