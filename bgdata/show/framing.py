"""What stands around a drawing: title, notes, signs and source, in two frames.

The frame is put around any Matplotlib figure: a chart of the house, several of them, or whatever else was drawn. All
lengths are points. What was drawn is moved and scaled, never drawn again; only numbers on its axes are written anew.
"""

import warnings

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from bgdata.errors import FigureError
from bgdata.notation import Period
from bgdata.package import NO_DATA, value_text
from bgdata.package.observations import keys_of, rows_of
from bgdata.show.lettering import Line
from bgdata.show.marks import axes_of, marks_of, name_axes, number_axes, number_labels, sign_of, thin_ticks
from bgdata.show.measure import line_height, wrap
from bgdata.show.style import INK, MUTED, SMALL, TEXT, TITLE, WARNING, WIDTH
from bgdata.voice import Message

MARGIN = 5
BETWEEN = 14  # rows of a figure with several drawings
DRAWN = 150  # least height of a row that holds more than charts of ours
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


class Page:
    """A drawing with what is said around it.

    Attributes
    ----------
    height : float
        Of the drawing itself.
    box : matplotlib.transforms.Bbox or None
        What of the figure is saved, in inches; None where it is all of it.
    flat : bool
        It is drawn in the colours of the house and no others.
    """

    box, flat, alt = None, True, ""

    def __init__(self, rows, *, lang, package, title="", subtitle="", notes=()):
        self.rows, self.lang, self.package = rows, lang, package
        self.title, self.subtitle = str(title or ""), capitalised(str(subtitle or ""))
        self.notes, self.source = list(notes), ""
        self.numbers = rows  # what is written beside the picture
        self._above, self._below, self._accusing, self.flags, self._source = [], [], [], [], []

    def text(self, row, **how):
        """Write the number of a row, as :func:`value_text` does."""
        return value_text(row, self.lang, padded=False, package=self.package, **how)

    def texts(self):
        """Return the number of each row as text."""
        return [self.text(row) for row in self.rows.to_dict("records")]

    def _write_around(self):
        self._above = [(text, TITLE * 1.32) for text in self._free(self.title, TITLE, bold=True)]
        self._above += [(text, line_height()) for text in self._free(self.subtitle, TEXT, colour=MUTED)]
        if "derived" in self.rows and self.rows["derived"].any() and DERIVED.to(self.lang) not in self.notes:
            self.notes.insert(0, DERIVED.to(self.lang))
        self._below = [text for note in self.notes for text in self._free(note, SMALL, colour=MUTED)]
        self._accusing = [text for mark in self._marked() for text in self._free(mark, SMALL, colour=WARNING)]
        self.set_frame("page")

    def _marked(self):
        """Return what is said below of numbers that are not to be taken as they stand."""
        rows = self.rows.to_dict("records") if "mark" in self.rows else []
        return list(dict.fromkeys(f"{sign_of(row)} {row['mark']}" for row in rows if row["mark"]))

    def _free(self, text, size, *, bold=False, colour=INK):
        look = {"size": size, "weight": "bold" if bold else "normal", "color": colour, "va": "baseline"}
        lines = wrap(text, WIDTH - 2 * MARGIN, size=size, bold=bold)
        return [Line.of(self.fig.text(0, 0, line, in_layout=False, **look)) for line in lines]

    def set_source(self, source):
        """Write the source line of the page frame."""
        for text in self._source:
            text.remove()
        self.source = Message("Source: {source}.", source=source.rstrip(".")).to(self.lang)
        self._source = self._free(self.source, SMALL, colour=MUTED)

    def set_frame(self, frame):
        """Show the drawing as a `page` or `bare`: the report that it goes into has a caption, and is not accused in it."""
        if frame not in FRAMES:
            raise FigureError('"{frame}" is no frame; choose one of: {frames}.', frame=frame, frames=FRAMES)
        page = frame == "page"
        above = [(text, step) for text, step in self._above if page]
        below = self._below + (self._accusing + self._source if page else [])
        head, step = self._head(above), SMALL * 1.42
        total = MARGIN + head + self.height + (6 + step * len(below) if below else 0) + MARGIN
        for text in [*(text for text, _ in self._above), *self.flags, *self._accusing, *self._source]:
            text.set_visible(page)
        self._lay(MARGIN + head, total)
        top = MARGIN
        for text, height in above:
            text.set_position(self._at(MARGIN, top + height * 0.78, total))
            top += height
        top = MARGIN + head + self.height + 6
        for text in below:
            text.set_position(self._at(MARGIN, top + step * 0.78, total))
            top += step

    def others(self):
        """Return the axes that no chart function drew on."""
        return []

    def settle(self):
        """Put all that is drawn so far in its place."""
        self.set_frame("page")

    def _at(self, x, y, total):
        """Return where a point of the page is on the figure."""
        return x / WIDTH, 1 - y / total

    def _head(self, above):
        return sum(step for _, step in above) + (12 if above else 3)

    def bare_span(self):
        """Return where on the page the bare frame begins and ends, in points from the top; a margin follows below."""
        top = self._head(self._above) - self._head([])
        notes = 6 + SMALL * 1.42 * len(self._below) if self._below else 0
        return top, top + MARGIN + self._head([]) + self.height + notes


class Drawing(Page):
    """Any figure, with charts of the house in some of its places or none, brought to the width of the page."""

    kind, flat, zero_based, plots, marks, values, labels = "figure", False, False, (), (), (), {}

    def __init__(self, fig, lang="vi", package=None):
        super().__init__(pd.DataFrame(), lang=lang, package=package)
        self.fig, self.sheets, self.height = fig, [], 0
        self.own, self._named = pd.DataFrame(), False
        self._form, self._size = 1, ()
        fig.bgdata = self

    @classmethod
    def of(cls, fig):
        """Return the page of a figure; it gets one if need be."""
        return getattr(fig, "bgdata", None) or cls(fig)

    def add(self, sheet):
        """Give a chart its place."""
        if any(other.ax is sheet.ax for other in self.sheets):
            raise FigureError("These axes hold a chart already; give each chart axes of its own.")
        self.sheets.append(sheet)
        self.lang, self.package, self.flags = sheet.lang, sheet.package, _Flags(self.sheets)

    def framed(self, package, rows=None, *, alt="", lang=None):
        """Put title and notes around the figure, and its numbers into the notation of the language."""
        self.lang, self.package = lang or self.lang, package or self.package
        self.alt = alt
        if not self._named:
            self.title, self._named = self.title or lifted_title(self.fig), True
        self.own = pd.DataFrame() if rows is None else named_rows(rows, self.lang)
        shown = [rows for rows in (*(sheet.rows for sheet in self.sheets), self.own) if len(rows.columns)]
        self.rows = pd.concat(shown, ignore_index=True) if shown else pd.DataFrame()
        self.numbers = self.rows
        self.notes = list(dict.fromkeys(note for sheet in self.sheets for note in sheet.notes))
        name_axes(self.others(), self.own, self.package, self.lang)
        number_axes(self.others(), self.lang)
        number_labels(self.others(), self.lang)
        for text in (one for axes in self.others() for one in axes.findobj(Text) if one.get_fontsize() == TITLE):
            text.set_fontsize(TEXT)  # one of several titles
        for text in [*(text for text, _ in self._above), *self._below, *self._accusing]:
            text.remove()
        self.arrange()
        self._write_around()
        return self

    def others(self):
        """Return the axes that hold no chart of the house."""
        ours = [axes for sheet in self.sheets for axes in (sheet.body, *(axes for axes, _ in sheet.plots))]
        return [axes for axes in axes_of(self.fig) if axes not in ours]

    def settle(self):
        self.arrange()
        self.set_frame("page")

    def arrange(self):
        """Bring the figure to the width of the page, and each chart to its place."""
        if self.sheets:
            self._arrange_places()
        else:
            self._widen()
        (left, bottom), (right, top) = self.fig.get_tightbbox().get_points() * 72
        if self.sheets:
            left, right = MARGIN, WIDTH - MARGIN
        self.extent, self.height = Bbox.from_extents(left, bottom, right, top), top - bottom

    def _arrange_places(self):
        """Make the rows as high as the charts in them need, and the columns as wide as the grid says."""
        places = {sheet.ax: place_of(sheet.ax) for sheet in self.sheets}
        places |= {axes: place_of(axes) for axes in self.others() if axes.get_subplotspec()}
        heights = [DRAWN] * max(place.rows.stop for place in places.values())
        drawn = {place.rows.stop - 1 for axes, place in places.items() if axes in self.others()}
        for row in {place.rows.stop - 1 for place in (places[sheet.ax] for sheet in self.sheets)}:
            needed = [s.height + s.over for s in self.sheets if places[s.ax].rows.stop - 1 == row]
            heights[row] = max([*needed, DRAWN * (row in drawn)])
        tops = [sum(heights[:row]) + BETWEEN * row for row in range(len(heights) + 1)]
        total = tops[-1] - BETWEEN
        self.fig.set_layout_engine("none")
        self.fig.set_size_inches(WIDTH / 72, total / 72)
        for sheet in self.sheets:
            place = places.pop(sheet.ax)
            sheet.place(place.left, tops[place.rows.start] + sheet.over, total)
        for axes, place in places.items():
            below = tops[place.rows.stop] - BETWEEN
            cell = (place.left + MARGIN, total - below, place.right - MARGIN, total - tops[place.rows.start])
            within(axes, [edge / side for edge, side in zip(cell, (WIDTH, total) * 2)])

    def _widen(self):
        """Make the figure as wide as the page; its form is the one that a person gave it, however often this is done."""
        size = tuple(self.fig.get_size_inches())
        self._form = self._form if size == self._size else size[1] / size[0]
        widen(self.fig, self._form)
        self._size = tuple(self.fig.get_size_inches())

    def _lay(self, top, total):
        left, self._top = self.extent.x0 - MARGIN, self.extent.y1 + top
        self.box = Bbox.from_bounds(left / 72, (self._top - total) / 72, WIDTH / 72, total / 72)

    def _at(self, x, y, total):
        width, height = self.fig.get_size_inches() * 72
        return (self.extent.x0 - MARGIN + x) / width, (self._top - y) / height


class _Flags:
    """The signs on all charts of a drawing."""

    def __init__(self, sheets):
        self.sheets = sheets

    def __iter__(self):
        return (text for sheet in self.sheets for text in sheet.flags)

    def __len__(self):
        return sum(len(sheet.flags) for sheet in self.sheets)


class Place:
    """Which part of the page an axes of a grid has: its rows, and its edges on the left and on the right."""

    def __init__(self, rows, left, right):
        self.rows, self.left, self.right = rows, left, right


def place_of(axes):
    """Return the place of axes in the grid that their figure is divided by."""
    spec = axes.get_subplotspec()
    if spec is None:
        raise FigureError("A chart stands in axes of a grid, such as plt.subplots makes; these were added by hand.")
    spec = spec.get_topmost_subplotspec()
    ratios = spec.get_gridspec().get_width_ratios()
    edges = [WIDTH * sum(ratios[:column]) / sum(ratios) for column in range(len(ratios) + 1)]
    return Place(spec.rowspan, edges[spec.colspan.start], edges[spec.colspan.stop])


def panel_width(axes):
    """Return the width of the place of axes, in points.

    Raises
    ------
    FigureError
        These are no axes that a chart can be drawn in.
    """
    if not isinstance(axes, Axes) or axes.name != "rectilinear":
        raise FigureError(
            "A chart is drawn in one plain Axes, such as plt.subplots(1, 2)[1][0]; ax= is {what}.",
            what=type(axes).__name__,
        )
    place = place_of(axes)
    return place.right - place.left


def within(axes, cell):
    """Put axes with all that stands beside them into a cell: left, bottom, right and top in parts of the figure."""
    left, bottom, right, top = cell
    for _ in range(2):
        thin_ticks([axes])
        box, held = axes.get_position(), axes.get_tightbbox().transformed(axes.figure.transFigure.inverted())
        x0, y0 = left + box.x0 - held.x0, bottom + box.y0 - held.y0
        axes.set_position((x0, y0, right - (held.x1 - box.x1) - x0, top - (held.y1 - box.y1) - y0))


def widen(fig, form):
    """Make a figure as wide as the page between its margins, with all that hangs over its edges; its form stays."""
    engine = fig.get_layout_engine()
    plain = engine is None and all(
        getattr(fig.subplotpars, side) == value
        for side, value in [("left", 0.125), ("right", 0.9), ("bottom", 0.11), ("top", 0.88)]
    )
    fig.set_size_inches(WIDTH / 72, WIDTH / 72 * form)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # axes that no layout can move stay where they are
        for _ in range(4):
            fig.tight_layout() if plain else fig.draw_without_rendering()
            thin_ticks(axes_of(fig))
            over = fig.get_tightbbox().width - (WIDTH - 2 * MARGIN) / 72
            if abs(over) < 0.005 or fig.get_figwidth() - over < 1:
                break
            fig.set_figwidth(fig.get_figwidth() - over)
    fig.set_layout_engine("none")


def lifted_title(fig):
    """Take the title off a figure, or off its only axes, for it to stand above; return it."""
    if title := " ".join(fig.get_suptitle().split()):
        fig.suptitle("")
        return title
    drawn = [axes for axes in fig.axes if axes.get_label() != "<colorbar>"]
    titles = [(axes, loc, axes.get_title(loc)) for axes in drawn for loc in ("left", "center", "right")]
    told = [one for one in titles if one[2]]
    if len({axes.get_position().bounds for axes in drawn}) != 1 or len(told) != 1:
        return ""
    axes, loc, title = told[0]
    axes.set_title("", loc=loc)
    return " ".join(title.split())


def named_rows(rows, lang):
    """Return rows as a page needs them: each with a name of its own, its key, and what is wrong with it.

    Raises
    ------
    FigureError
        There is no column with the names, or none with the numbers.
    """
    rows = rows_of(rows, FigureError).reset_index(drop=True)
    absent = [column for column in ("label", "value") if column not in rows]
    if absent:
        raise FigureError("The frame has no column {absent}; it has: {there}.", absent=absent, there=list(rows))
    texts = rows.select_dtypes(exclude="number").columns
    rows[texts] = rows[texts].astype(object).where(rows[texts].notna(), "")
    rows["value"] = pd.to_numeric(rows["value"], errors="coerce")
    rows["unit"] = rows["unit"] if "unit" in rows else ""
    rows["key"] = keys_of(rows)
    rows["derived"] = [bool(one) for one in rows["derived"]] if "derived" in rows else False
    several = "period" in rows and rows["period"].nunique() > 1
    dated = [
        f", {Period.parse(code).label(lang)}" if several and code else ""
        for code in rows.get("period", [""] * len(rows))
    ]
    rows["name"] = rows["label"].astype(str) + dated
    marks = marks_of(rows, lang)
    return rows.assign(mark=(rows["name"] + ": " + marks).where(marks != "", ""))
