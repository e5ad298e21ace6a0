"""Save a chart and show what was saved, after reading the drawn numbers back from the artists.

A figure that does not show the numbers that went into it is refused. The alt text is made from what was read back.
Nothing is drawn a second time for the notebook: it shows the saved file.
"""

import html
import io
import os
import re
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bgdata.errors import BgdataError, FigureError
from bgdata.files import write_all
from bgdata.notation import Period
from bgdata.package import Package, project_root
from bgdata.show.export import csv, described
from bgdata.show.framing import MARGIN, Drawing, Page, no_data
from bgdata.show.lettering import PixelRenderer, VectorRenderer, outlines
from bgdata.show.lint import lint
from bgdata.show.measure import text_width
from bgdata.show.readback import alt_text, verify
from bgdata.show.style import DPI, PURPOSES, SMALL, TEXT, TINTS, TITLE, WIDTH, style
from bgdata.show.tables import sources_of
from bgdata.voice import Message, counted

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
BAND, WHITE = 8, 0xFFFFFFFF  # lines of pixels that are looked at together: more would take new memory
RUN = "BGDATA_FIGURES"  # set in a run: where its figures go
MOST_FAULTS = 3  # of a kind that are told
SCRATCH = Path("build") / "scratch"
WORDS = {"caption": Message("caption"), "source": Message("source")}


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
    faults : tuple of str
        What is wrong with the look of a figure that no chart function drew; shown below it.
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
    faults: tuple = ()

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
        faults = "".join(f'\n<p class="bgdata-note">▲ {html.escape(fault)}</p>' for fault in self.faults)
        return (
            f'<p class="bgdata-caption"><em>{html.escape(self.caption)}</em></p>\n<details class="bgdata-alt">'
            f"<summary>{head}</summary><p>{html.escape(self.alt)}</p></details>{faults}"
        )

    def _ipython_display_(self) -> None:
        from IPython.display import display

        data, metadata = self.picture()
        display(data, metadata=metadata, raw=True)
        display({"text/html": self.caption_html(), "text/plain": self.caption}, raw=True)


def save_figure(
    fig: Figure | Axes,
    name: str,
    *,
    caption: str | None = None,
    source: str | None = None,
    rows: pd.DataFrame | None = None,
    alt: str | None = None,
    lang: str | None = None,
    period: str | None = None,
    folder: str | Path | None = None,
    root: Path | None = None,
) -> SavedFigure:
    """Check a figure, write it in both frames with its numbers, and close it.

    Any figure that was drawn within :func:`style` can be saved, by a chart function or not. It becomes as wide as the
    page, its title stands above, and the numbers on its axes are written in the notation of the language.

    Writes, all or none: ``<name>.svg`` and ``<name>.png`` with title and source, ``word/<name>.png`` without, and of
    its rows ``<name>.csv`` with ``<name>.resource.json``, which describes it. In a run they go to ``figures/<period>/``
    (English: ``figures/<period>/en/``), at any other time to ``build/scratch/<period>/``: exploring changes nothing
    that is published. A file that would not change is left alone.

    Parameters
    ----------
    fig : matplotlib.figure.Figure or matplotlib.axes.Axes
        Also what has one as ``.figure``, such as seaborn's grids.
    name : str
        Letters a-z, digits and hyphens.
    caption : str, optional
        What the picture shows, one sentence; its title, or the names of its rows, if left out.
    source : str, optional
        Where its numbers come from, without the word "source"; the reports of its rows' periods if left out.
    rows : pandas.DataFrame, optional
        The rows that are drawn, with ``label``, ``value`` and ``unit``; a chart function knows them.
    alt : str, optional
        What the picture shows, in words, for those who cannot see it; made from the rows if left out.
    lang : {"vi", "en"}, optional
        Must be that of the chart; taken from it if left out, and Vietnamese where it has none.
    period : str, optional
        Needed only where there are no rows; else it is the latest period that was drawn.
    folder : str or pathlib.Path, optional
        Where the files go instead, except in a run.
    root : pathlib.Path, optional
        Folder of the project; that of the project at hand if left out.

    Returns
    -------
    SavedFigure
        With its ``faults``: what a proof-reader would find wrong with a figure that no chart function drew.

    Raises
    ------
    FigureError
        The figure does not show its numbers, or a name or text is missing or wrong.
    WriteError
        A file cannot be written; all of them are as they were.

    Examples
    --------
    >>> import bgdata as bg
    >>> stations = bg.breakdown(bg.load("telecom", period="2024-S1"), "telecom.bts")
    >>> ax = bg.charts.ordered_bars(stations, title="Trạm BTS")
    >>> saved = bg.save_figure(ax.figure, "telecom-bts", caption="Trạm BTS.", source=bg.source("2024-S1"))
    >>> saved.alt
    'Biểu đồ thanh. Trạm BTS. 2G: 884 trạm; 3G: 1.242 trạm; 4G: 1.647 trạm; 5G: 2 trạm.'
    >>> import matplotlib.pyplot as plt
    >>> with bg.style():
    ...     bars = plt.figure().add_subplot(title="Trạm 4G và 5G").bar(["4G", "5G"], [1647, 2])
    >>> bg.save_figure(bars[0], "bts-new", rows=stations[2:]).alt
    'Biểu đồ. Trạm 4G và 5G. 4G: 1.647 trạm; 5G: 2 trạm.'
    """
    fig = fig if isinstance(fig, Figure) else fig.figure.figure
    if not (isinstance(name, str) and NAME.fullmatch(name)):
        raise FigureError(
            '"{name}" cannot name a figure. Use a-z, digits and single hyphens: telecom-coverage.', name=name
        )
    try:
        sheet = drawn(fig, name, rows, alt, lang, root)
        verify(fig)
        period = period_of(sheet, period)
        texts = {"caption": caption_of(sheet) if caption is None else caption}
        texts["source"] = "; ".join(sources_of(sheet.rows, sheet.lang, sheet.package)) if source is None else source
        check_words(name, **texts)
        folder = output_folder(sheet, period, folder, root)
        faults = () if sheet.flat else sentences(lint(fig), sheet.lang)
        notes, keys = tuple(sheet.notes), keys_of(sheet.rows)
        saved = SavedFigure(
            name, period, sheet.lang, texts["caption"], alt_text(fig), texts["source"], notes, keys, folder, faults
        )
        made = {path: content for path, content in files_of(fig, saved).items() if not holds(path, content)}
        refuse_published(made, root)
        write_all(made)
    finally:
        plt.close(fig)
    return saved


def drawn(fig, name, rows, alt, lang, root):
    """Return the page of a figure: as a chart function made it, or put around what was drawn otherwise."""
    if getattr(fig, "bgdata", None) is None or not fig.bgdata.flat:
        if rows is None and alt is None and not Drawing.of(fig).sheets:
            raise FigureError(
                "Figure {name}: pass rows=, the rows that are drawn, or alt=, what it shows in words.", name=name
            )
        with style():
            return Drawing.of(fig).framed(Package.open(root), rows, alt=alt or "", lang=lang)
    if lang not in (None, fig.bgdata.lang):
        raise FigureError(
            'Figure {name} was drawn with lang="{drawn}" and cannot be saved with "{lang}".',
            name=name,
            drawn=fig.bgdata.lang,
            lang=lang,
        )
    fig.bgdata.alt = alt or ""
    return fig.bgdata


def sentences(findings, lang):
    """Return what was found in sentences, of each kind the first few."""
    told = []
    for fault in dict.fromkeys(one.fault for one in findings):
        alike = [one.sentence.to(lang) for one in findings if one.fault == fault]
        more = counted("And one more like this.", "And {count} more like this.", count=len(alike) - MOST_FAULTS)
        told += alike[:MOST_FAULTS] + [more.to(lang)] * (len(alike) > MOST_FAULTS)
    return tuple(told)


def check_words(name, **texts):
    """Refuse a figure without caption or source."""
    for what, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            raise FigureError(
                "Figure {name} has no {what}. Every figure says what it shows and where from.",
                name=name,
                what=WORDS[what],
            )


def caption_of(sheet):
    """Return the title of a figure as its caption, or the names of what it shows and when."""
    panels = [one.title for one in getattr(sheet, "sheets", ())]
    panels += [axes.get_title(loc) for axes in sheet.others() for loc in ("left", "center", "right")]
    names = [title for title in panels if title] or list(dict.fromkeys(sheet.rows.get("label", ())))
    if sheet.title or not names:
        return sheet.title
    periods = [Period.parse(code).label(sheet.lang) for code in dict.fromkeys(sheet.rows.get("period", ())) if code]
    return ", ".join(["; ".join(names), *periods]) + "."


def files_of(fig, saved):
    """Return the files of a figure: the page as SVG and PNG, the bare frame cut out of it, and the numbers."""
    sheet, (caption, alt, folder) = fig.bgdata, (saved.caption, saved.alt, saved.folder)
    with style():
        sheet.set_source(saved.source)
        sheet.set_frame("page")
        vector, (plain_page, page) = svg(fig, caption, alt), pixels(fig, [*sheet.flags])
    made = {
        folder / f"{saved.name}.svg": vector,
        folder / f"{saved.name}.png": png(page, caption, alt),
        folder / "word" / f"{saved.name}.png": png(bare(plain_page, sheet), caption, alt_text(fig, frame="bare")),
    }
    if len(sheet.numbers.columns):
        made[folder / f"{saved.name}.csv"] = csv(sheet.numbers)
        about = {"name": saved.name, "title": caption, "source": saved.source}
        made[folder / f"{saved.name}.resource.json"] = described(sheet.numbers, **about)
    return made


def period_of(sheet, period):
    """Return the code of the period that a sheet is about; "" of a scratch that does not say it."""
    found = [Period.parse(code) for code in sheet.rows.get("period", []) if code]
    if not found and period is None:
        if not os.environ.get(RUN) and not sheet.flat:
            return ""
        raise FigureError("The chart has no rows, so its period is not known; pass period= to save_figure.")
    if found and period and max(found) > Period.parse(period):
        raise FigureError(
            "The chart shows {drawn}, later than {period}, which it is of.", drawn=max(found), period=period
        )
    return (max(found) if found else Period.parse(period)).code


def keys_of(rows):
    """Return the keys of the numbers that are drawn, and of the wholes that they are drawn in."""
    columns = [rows[column] for column in ("key", "whole_key") if column in rows]
    return tuple(dict.fromkeys(key for keys in zip(*columns) for key in keys if key and key == key))


def output_folder(sheet, period, folder, root):
    """Return where a figure goes: to the run's folder in a run, else to one that was named, else to the scratch."""
    run = os.environ.get(RUN)
    if folder is not None and not run:
        return Path(folder)
    base = Path(run) if run else (root or project_root()) / SCRATCH
    return base / period / ("en" if sheet.lang == "en" else "")


def refuse_published(made, root):
    """Refuse to change, outside a run, a file in the folder of what is published."""
    published = ((root or project_root()) / "figures").resolve() if not os.environ.get(RUN) else None
    for path in made if published else ():
        if path.exists() and published in path.resolve().parents:
            raise FigureError(
                "{path} was made by a notebook, and only bgdata run writes it. Choose another name, or leave folder= out.",
                path=path.resolve().relative_to(published.parent).as_posix(),
            )


def svg(fig, title, description):
    """Return a figure as SVG bytes, with title and description for those who cannot see it."""
    buffer, metadata = io.StringIO(), {"Date": None, "Creator": None, "Format": None, "Type": None}
    if fig.bgdata.flat:
        fig.set_dpi(72)
        renderer = VectorRenderer(*fig.bbox.size, buffer, metadata=metadata)
        fig.draw(renderer)
        renderer.finalize()
    else:
        fig.savefig(buffer, format="svg", bbox_inches=fig.bgdata.box, metadata=metadata)
    head, opening, rest = buffer.getvalue().partition("<svg ")
    attributes, closing, body = rest.partition(">")
    return (
        f'{head}{opening}role="img" {attributes}{closing}\n <title>{html.escape(title)}</title>\n'
        f" <desc>{html.escape(description)}</desc>{body}"
    ).encode()


def pixels(fig, flags=()):
    """Return a figure drawn at 220 dpi without some texts and with them: for each pixel, which colour of the palette.

    One that no chart function drew has colours of its own: for each pixel, its red, green and blue.
    """
    if not fig.bgdata.flat:
        return [_drawn(fig, flags, visible) for visible in (False, True)]
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


def _drawn(fig, flags, visible):
    buffer = io.BytesIO()
    for flag in flags:
        flag.set_visible(visible)
    fig.savefig(buffer, format="rgba", dpi=DPI, bbox_inches=fig.bgdata.box)
    return np.frombuffer(buffer.getbuffer(), np.uint8).reshape(-1, int(WIDTH / 72 * DPI), 4)[:, :, :3]


def _coloured(renderer):
    seen = np.asarray(renderer.buffer_rgba()).view("<u4")[:, :, 0]
    drawn, nearest = np.zeros(seen.shape, np.uint8), palette()[1].ravel()
    for at in range(0, len(seen), BAND):
        band = seen[at : at + BAND]
        if band.min() < WHITE:  # red, green, blue: the upper five bits of each
            drawn[at : at + BAND] = nearest[(band & 0xF8) << 7 | (band & 0xF800) >> 6 | (band & 0xF80000) >> 19]
    return drawn


def bare(page, sheet):
    """Cut the bare frame out of a drawn page: all but title, subtitle and source."""
    first, last = (round(points * DPI / 72) for points in sheet.bare_span())
    margin = np.full_like(page[: round(MARGIN * DPI / 72)], 0 if sheet.flat else 255)
    return np.vstack([page[first:last], margin])


def png(drawn, title, description):
    """Return pixels as PNG bytes with a palette, title and description."""
    image = Image.fromarray(drawn)
    if drawn.ndim == 2:
        image.putpalette(palette()[0].tobytes())
    about = PngInfo()
    about.add_itxt("Title", title)
    about.add_itxt("Description", description)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", dpi=(DPI, DPI), pnginfo=about)
    return buffer.getvalue()


def rehearse() -> None:
    """Draw a small figure with every kind of text, and throw it away.

    What is found out at a first drawing (fonts, colours, words of the catalogue) is then known to all processes forked
    from this one.
    """
    with style():
        fig = plt.figure(figsize=(WIDTH / 72, 1))
        fig.bgdata = Page(pd.DataFrame(), lang="vi", package=None)
        fig.add_subplot().barh([0], [1])
        for size in (TITLE, TEXT, SMALL):
            for bold in (False, True):
                text_width("0", size, bold)
                fig.text(0, 0, "0", size=size, weight="bold" if bold else "normal")
        svg(fig, "", "")
        png(pixels(fig)[0], "", "")
        plt.close(fig)
    no_data("vi"), no_data("en")
    with suppress(BgdataError):  # which whoever needs the catalogue is told better
        labels = [row["label_vi"] for name in ("indicators", "categories") for row in Package.open().tables[name].rows]
        for bold in (False, True):
            outlines.get_glyphs_with_font(bold, " ".join(dict.fromkeys(" ".join(labels).split())), {})


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
    squares, nearest = (known**2).sum(axis=1), np.empty((32, 32, 32), np.uint8)
    for red, shades in enumerate(grid.reshape(32, -1, 3).astype(np.float32)):  # all at once take much new memory
        distance = squares - 2 * shades @ known.T  # but for what all have in common
        nearest[red] = distance.argmin(axis=1).reshape(32, 32)
    for exact in [0, *range(len(colours) - len(pure), len(colours))]:
        nearest[tuple(colours[exact] >> 3)] = exact
    return colours, nearest


def holds(path, content):
    """Return whether a file holds these bytes already."""
    try:
        return path.read_bytes() == content
    except OSError:
        return False
