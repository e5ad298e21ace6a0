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
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bgdata.errors import FigureError
from bgdata.model.package import project_root
from bgdata.model.periods import Period
from bgdata.show.sheet import plain
from bgdata.show.style import DPI, PURPOSES, TINTS, WIDTH, style
from bgdata.show.text import growth_text, value_text

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CSV_COLUMNS = ("period", "sector", "indicator", "category", "label", "value", "lower", "upper", "unit", "measure",
               "qualifier", "status", "printed", "base_period", "base", "base_lower", "base_upper", "change", "growth",
               "basis", "reason", "whole", "share", "section", "as_of", "note", "derived", "mark")
KINDS = {
    "ordered_bars": ("Biểu đồ thanh", "Bar chart"),
    "track_bars": ("Biểu đồ thanh tỷ lệ", "Bar chart of rates"),
    "table_chart": ("Bảng số liệu kèm biểu đồ thanh", "Table with a bar chart"),
    "completion_bars": ("Biểu đồ mức hoàn thành", "Completion chart"),
    "nested_bars": ("Biểu đồ thanh lồng nhau", "Nested bar chart"),
    "dumbbell": ("Biểu đồ so sánh hai kỳ", "Chart of two periods"),
    "unit_squares": ("Biểu đồ ô vuông", "Chart of unit squares"),
    "lines": ("Biểu đồ đường", "Line chart"),
}


def read_back(fig):
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
    sheet = sheet_of(fig)
    rows = [{"label": label_at(sheet, mark), "column": mark.column, "drawn": float(mark.read(mark.artist))}
            for mark in sheet.marks]
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
        near = [label for row, label in sheet.labels.items() if row == mark.place(mark.artist)]
    else:
        height = mark.place(mark.artist)
        near = [label for label in sheet.labels.values() if abs(label.place() - height) < 3]
    return near[0].now() if near else ""


def verify(fig):
    """Compare what is drawn with the numbers that went in.

    Raises
    ------
    FigureError
        Every difference, by label: a bar of another length, a label or value that is gone, a cut axis.
    """
    sheet = sheet_of(fig)
    faults = [f'the label "{label.text}" is not on the figure' for label in sheet.labels.values()
              if label.now() != label.text]
    faults += [f'the text "{value.text}" of "{sheet.labels[value.row].text}" is not on the figure'
               for value in sheet.values if value.text and value.now() != value.text]
    faults += cut_axes(sheet)
    drawn = read_back(fig)
    for mark, label, number in zip(sheet.marks, drawn["label"], drawn["drawn"]):
        expected = {other.column: other.expected for other in sheet.marks
                    if sheet.labels[other.row].text == label}.get(mark.column)
        if expected is None:
            faults.append(f'"{sheet.labels[mark.row].text}": its {mark.column} is drawn beside no label')
        elif not np.isclose(number, expected, rtol=1e-9, atol=0):
            faults.append(f'"{label}": drawn {mark.column} {number:.12g}, expected {expected:.12g}')
    if faults:
        raise FigureError("\n  ".join(["The figure does not show the numbers of its frame:", *faults]))


def cut_axes(sheet):
    """Return a sentence for each axis of bars that leaves out its zero or a part of a bar."""
    faults = []
    for axes, _ in sheet.plots if sheet.zero_based else []:
        low, high = sorted(axes.get_xlim())
        if low > 0 or high < 0:
            faults.append(f"the axis runs from {low:g} to {high:g}; an axis of bars includes zero")
        ends = [mark.read(mark.artist) for mark in sheet.marks if getattr(mark.artist, "axes", None) is axes]
        if ends and (max(ends) > high * (1 + 1e-9) or min(ends) < low * (1 + 1e-9)):
            faults.append(f"the axis runs from {low:g} to {high:g} and cuts bars off")
    return faults


def alt_text(fig):
    """Say in words what a figure shows: its kind, its message, and each label with the drawn value.

    Returns
    -------
    str
    """
    sheet = sheet_of(fig)
    texts = {row: [] for row in sheet.labels}
    for mark in sheet.marks:
        row = sheet.rows.loc[mark.row].to_dict()
        drawn = float(mark.read(mark.artist))
        texts[mark.row].append(text_of(mark.column, row, drawn, sheet.lang))
    for value in sheet.values:
        if not texts[value.row]:
            texts[value.row] = [value.text]
    kind = KINDS[sheet.kind][sheet.lang == "en"]
    said = "; ".join(f"{sheet.labels[row].now()}: {', '.join(parts)}" for row, parts in texts.items())
    said = said or value_text({"value": float("nan"), "unit": "", "status": "M"}, sheet.lang)
    return plain(". ".join(part.rstrip(".") for part in [kind, sheet.title, said] if part) + ".")


def text_of(column, row, drawn, lang):
    """Return a drawn number as text."""
    if column == "growth":
        return f"{value_text(row, lang)} ({growth_text(drawn, lang)})"
    if column == "value" and drawn == row["value"]:
        return value_text(row, lang)
    unit = "percent" if column == "share" else row["unit"]
    return value_text({"value": drawn, "unit": unit}, lang)


@dataclass(frozen=True)
class SavedFigure:
    """A figure on disk. In a notebook it shows the saved picture, its caption and its description.

    Attributes
    ----------
    name, period, lang, caption, alt, source : str
    notes : tuple of str
        Footnotes that stand on the picture.
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
    folder: Path = field(repr=False)

    def __repr__(self):
        return self.alt

    def picture(self):
        """Return the picture as a MIME bundle and its metadata: the saved bytes, and the alt text as plain text."""
        png = (self.folder / f"{self.name}.png").read_bytes()
        return ({"image/png": png, "text/plain": self.alt},
                {"image/png": {"alt": self.alt, "width": round(WIDTH / 72 * 96)}})

    def caption_html(self):
        """Return caption and description as HTML."""
        head = "Mô tả biểu đồ" if self.lang == "vi" else "Description"
        return (f'<p class="bgdata-caption"><em>{html.escape(self.caption)}</em></p>\n<details class="bgdata-alt">'
                f"<summary>{head}</summary><p>{html.escape(self.alt)}</p></details>")

    def _ipython_display_(self):
        from IPython.display import display
        data, metadata = self.picture()
        display(data, metadata=metadata, raw=True)
        display({"text/html": self.caption_html(), "text/plain": self.caption}, raw=True)


def save_figure(fig, name, *, caption, source, lang=None, period=None):
    """Check a chart, write it in both frames with its numbers, and close it.

    Writes, each file whole or not at all, under ``figures/<period>/`` (English: ``figures/<period>/en/``):
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

    Returns
    -------
    SavedFigure

    Raises
    ------
    FigureError
        The figure does not show its numbers, a name or text is missing or wrong, or a file cannot be written.
    """
    sheet = sheet_of(fig)
    if not (isinstance(name, str) and NAME.fullmatch(name)):
        raise FigureError(f'"{name}" cannot name a figure. Use a-z, digits and single hyphens: telecom-coverage.')
    for what, text in (("caption", caption), ("source", source)):
        if not isinstance(text, str) or not text.strip():
            raise FigureError(f"Figure {name} has no {what}. Every figure says what it shows and where from.")
    if lang not in (None, sheet.lang):
        raise FigureError(f"Figure {name} was drawn with lang={sheet.lang!r} and cannot be saved with {lang!r}.")
    try:
        verify(fig)
        period = period_of(sheet, period)
        folder = output_folder() / period / ("en" if sheet.lang == "en" else "")
        saved = SavedFigure(name, period, sheet.lang, caption, alt_text(fig), source, tuple(sheet.notes), folder)
        with style():
            sheet.set_source(source)
            sheet.set_frame("page")
            write(folder / f"{name}.svg", svg(fig, caption, saved.alt))
            write(folder / f"{name}.png", png(fig, caption, saved.alt))
            sheet.set_frame("bare")
            write(folder / "word" / f"{name}.png", png(fig, caption, saved.alt))
        write(folder / f"{name}.csv", csv(sheet.rows))
    finally:
        plt.close(fig)
    return saved


def period_of(sheet, period):
    """Return the code of the period that a sheet is about."""
    drawn = [Period.parse(code) for code in sheet.rows.get("period", []) if code]
    if not drawn and period is None:
        raise FigureError("The chart has no rows, so its period is not known; pass period= to save_figure.")
    return (max(drawn) if drawn else Period.parse(period)).code


def output_folder():
    """Return the folder of figures: ``BGDATA_FIGURES`` if it is set, else ``figures/`` of the project."""
    return Path(os.environ.get("BGDATA_FIGURES") or project_root() / "figures")


def svg(fig, title, description):
    """Return a figure as SVG bytes, with title and description for those who cannot see it."""
    buffer = io.StringIO()
    fig.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    head, opening, rest = buffer.getvalue().partition("<svg ")
    attributes, closing, body = rest.partition(">")
    return (f'{head}{opening}role="img" {attributes}{closing}\n <title>{html.escape(title)}</title>\n'
            f" <desc>{html.escape(description)}</desc>{body}").encode()


def png(fig, title, description):
    """Return a figure as PNG bytes at 220 dpi, with a palette of the house colours blending into white."""
    fig.set_dpi(DPI)
    canvas = FigureCanvasAgg(fig)
    canvas.draw()
    red, green, blue = np.moveaxis(np.asarray(canvas.buffer_rgba())[:, :, :3] >> 3, 2, 0).astype(np.intp)
    colours, nearest = palette()
    image = Image.fromarray(nearest[red, green, blue])
    image.putpalette(colours.tobytes())
    about = PngInfo()
    about.add_itxt("Title", title)
    about.add_itxt("Description", description)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True, dpi=(DPI, DPI), pnginfo=about)
    return buffer.getvalue()


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
    distance = ((grid[:, None] - colours[None].astype(int)) ** 2).sum(axis=2)
    nearest = distance.argmin(axis=1).astype(np.uint8).reshape(32, 32, 32)
    for exact in [0, *range(len(colours) - len(pure), len(colours))]:
        nearest[tuple(colours[exact] >> 3)] = exact
    return colours, nearest


def csv(rows):
    """Return the numbers behind a figure as CSV bytes."""
    columns = [column for column in CSV_COLUMNS if column in rows]
    return rows[columns].to_csv(index=False, lineterminator="\n").encode()


def write(path, content):
    """Write a file whole or not at all; leave it alone if it holds these bytes already."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.is_file() and path.read_bytes() == content:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise FigureError(f"{path.name} could not be written to {path.parent}: {error.strerror}. "
                          "What was there before is unchanged.") from error
