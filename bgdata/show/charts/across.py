"""Charts across the areas of a workspace: a dot for each, a small line for each, and a map of how much there is."""

from functools import partial

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap, to_hex

from bgdata.errors import FigureError
from bgdata.notation import Period
from bgdata.package import Package
from bgdata.package.observations import rows_of
from bgdata.show.charts.bars import explained
from bgdata.show.charts.change import position
from bgdata.show.charts.light import seaborn
from bgdata.show.charts.rows import PAD, in_style, prepare, scale, single_unit, starred
from bgdata.show.charts.series import height_of
from bgdata.show.framing import MARGIN
from bgdata.show.marks import Column
from bgdata.show.measure import line_height, wrap
from bgdata.show.sheet import GAP, Sheet
from bgdata.show.style import ACCENT, INK, MAIN, MUTED, SMALL, contrast
from bgdata.voice import Message

DOT, CLOSE = 6, 4  # a dot's width, and what is between rows of many; points
ACROSS, PANEL = 5, 40  # small charts beside each other, and how high each is
LEVELS = 8  # colours of a map, from white
FULL = 100 * LEVELS / (LEVELS - 1)  # so that nothing but 100 has the last of them


def _of_areas(frame, *columns):
    """Return rows of several areas; refuse others."""
    frame = rows_of(frame, FigureError)
    if absent := [column for column in ("area", *columns) if column not in frame]:
        raise FigureError("The frame has no column {absent}; load it in a workspace of several areas.", absent=absent)
    return frame


def _named(frame, package, lang, columns=("value",)):
    """Return the rows with the name of their area, and refuse what is not of one number."""
    frame = _of_areas(frame)
    if "indicator" in frame and len(frame[["indicator", "category"]].drop_duplicates()) > 1:
        raise FigureError("Areas are compared in one number; select one with its key.")
    named = frame.assign(place=[package.name_of(area, lang) for area in frame["area"]])
    return prepare(named, lang=lang, y="place", columns=columns)


def _us(rows, us):
    """Return the positions of the area that is ours, named by its code or its name."""
    return list(rows.index[(rows["area"] == us) | (rows["place"] == us)]) if us else []


def _explained(us, meaning, emphasised, package, lang):
    """Return what the accent colour says: the name of our area, if nothing else."""
    return explained(meaning or package.name_of(us, lang), emphasised)


@in_style
def area_dots(
    frame: pd.DataFrame,
    *,
    us: str = "",
    meaning: str = "",
    lang: str = "vi",
    title: str = "",
    subtitle: str = "",
    ax: Axes | None = None,
    package: Package | None = None,
) -> Axes:
    """Draw one number of each area as a dot, the highest first, with a line at the median.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``load()`` in a workspace: one number of one period.
    us : str, optional
        Code or name of the area to emphasise.
    meaning : str
        What the accent colour says; the name of our area if left out.
    lang, title, subtitle, ax, package
        As in :func:`ordered_bars`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    FigureError
        The rows are of no workspace, or of several numbers.

    Examples
    --------
    >>> import bgdata as bg
    >>> from bgdata.show import alt_text
    >>> import pandas as pd
    >>> masts = bg.load("telecom.masts", period="2024-S1")
    >>> areas = [masts.assign(area=area, printed=f"{value}00", value=value * 100.0) for area, value in (("A", 9), ("B", 12))]
    >>> alt_text(bg.charts.area_dots(pd.concat(areas), title="Cột ăng ten").figure)
    'Biểu đồ điểm. Cột ăng ten. B: 1.200 vị trí; A: 900 vị trí. Đường đứt: trung vị, 1.050 vị trí.'
    """
    package = package or Package.open()
    frame = _of_areas(frame).sort_values("value", ascending=False, kind="stable", ignore_index=True)
    rows = _named(frame, package, lang)
    emphasised, values = _us(rows, us), rows["value"].to_numpy(float)
    sheet = Sheet(
        "area_dots",
        rows,
        lang=lang,
        package=package,
        title=title,
        subtitle=subtitle,
        ax=ax,
        key=_explained(us, meaning, emphasised, package, lang),
    )
    if rows.empty or np.isnan(values).all():
        return sheet.empty()
    single_unit(rows)
    median = float(np.nanmedian(values))
    said = sheet.text({"value": median, "unit": rows["unit"][0]})
    sheet.notes.append(Message("Broken line: the median, {value}.", value=said).to(lang))
    column = Column(sheet.texts(), align="right", bold=True, flags=list(rows["mark"] != ""))
    axes, centres = sheet.table(starred(rows), after=[column], bold=emphasised, gap=CLOSE)
    outer = [DOT / 2 + PAD] * len(values)
    axes.set_xlim(*scale(values, outer, outer, dict(sheet.plots)[axes][2]))
    axes.hlines(centres, *axes.get_xlim(), color=MUTED, linewidth=0.2, zorder=0)
    axes.axvline(median, color=MUTED, linewidth=1, linestyle=(0, (3, 2)), zorder=1)
    for row, (value, y) in enumerate(zip(values, centres)):
        if not np.isnan(value):
            colour = ACCENT if row in emphasised else MAIN
            (dot,) = axes.plot([value], [y], marker="o", markersize=DOT, color=colour, markeredgewidth=0, zorder=3)
            sheet.mark(row, "value", value, dot, position)
    return axes


@in_style
def area_lines(
    frame: pd.DataFrame,
    *,
    us: str = "",
    meaning: str = "",
    lang: str = "vi",
    title: str = "",
    subtitle: str = "",
    ax: Axes | None = None,
    package: Package | None = None,
) -> Axes:
    """Draw how one number of each area develops: a small chart for each, all of them over the same periods.

    Percentages have one scale; of amounts, each chart has its own, from zero.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``load()`` in a workspace: one number of several periods.
    us, meaning, lang, title, subtitle, ax, package
        As in :func:`area_dots`.

    Returns
    -------
    matplotlib.axes.Axes
        Of the first area.

    Raises
    ------
    FigureError
        The rows are of no workspace, or of several numbers.

    Examples
    --------
    >>> import bgdata as bg
    >>> from bgdata.show import alt_text
    >>> import pandas as pd
    >>> masts = bg.load("telecom.masts", period="2024-S1")
    >>> years = [masts.assign(area="A", period=f"{year}-S1", printed=f"{value}", value=float(value)) for year, value in ((2022, 900), (2023, 950))]
    >>> alt_text(bg.charts.area_lines(pd.concat(years), title="Cột ăng ten").figure)
    'Các biểu đồ đường nhỏ. Cột ăng ten. A: 900 vị trí (6 tháng đầu năm 2022), 950 vị trí. Từ 6 tháng đầu năm 2022 đến 6 tháng đầu năm 2023. Mỗi biểu đồ có thang riêng, từ 0.'
    """
    package, frame = package or Package.open(), _of_areas(frame)
    table, rows, periods = _over_periods(frame, package, lang)
    sheet = Sheet(
        "area_lines",
        rows,
        lang=lang,
        package=package,
        title=title,
        subtitle=subtitle,
        ax=ax,
        key=_explained(us, meaning, _us(rows, us), package, lang),
    )
    if rows.empty:
        return sheet.empty()
    sheet.numbers = frame
    single_unit(rows)
    ends = [periods[end].label(lang) for end in (0, -1)]
    sheet.notes.append(Message("From the {first} to the {last}.", first=ends[0], last=ends[1]).to(lang))
    shared = rows["unit"][0] == "percent"
    if not shared:
        sheet.notes.append(Message("Each chart has a scale of its own, from 0.").to(lang))
    width = (sheet.room - (ACROSS - 1) * GAP) / ACROSS
    names = [wrap(name, width, size=SMALL, bold=True) for name in rows["name"]]
    head = (max(map(len, names)) + 1) * line_height(SMALL) + 4
    step = head + PANEL + GAP
    sheet.open(step * -(-len(rows) // ACROSS) - GAP)
    top = max(100, table.max(axis=None)) if shared else None
    for row, (name, text) in enumerate(zip(names, map(partial(_dated, sheet, periods[-1]), rows.to_dict("records")))):
        x, y = MARGIN + row % ACROSS * (width + GAP), row // ACROSS * step
        sheet.label(row, x, y + len(name) * line_height(SMALL) / 2, name, size=SMALL, bold=True)
        at, flag = y + (len(name) + 0.5) * line_height(SMALL), bool(rows["mark"][row])
        sheet.value(row, x, at, text, size=SMALL, bold=False, flag=flag)
        colour = ACCENT if row in _us(rows, us) else MAIN
        _small(sheet, row, table.iloc[row].to_numpy(float), periods, colour, (x, y + head, width, PANEL), top)
    return sheet.plots[0][0]


def _over_periods(frame, package, lang):
    """Return the numbers as a table of areas by periods, the last row of each area that has any, and the periods."""
    periods = sorted({Period.parse(code) for code in frame["period"]})
    table = frame.pivot_table(index="area", columns="period", values="value", sort=False, dropna=False)
    table = table.reindex(columns=[period.code for period in periods]).dropna(how="all")
    place = [period.code for period in periods].index
    last = frame[frame["value"].notna()].sort_values("period", key=lambda codes: codes.map(place), kind="stable")
    last = last.drop_duplicates("area", keep="last").set_index("area")
    return table, _named(last.reindex(table.index).reset_index(), package, lang), periods


def _dated(sheet, newest, row):
    """Return the last number of an area, with the month that it is of where it is not of the newest period."""
    period = Period.parse(row["period"])
    return sheet.text(row) + (f" ({period.end.month}/{period.end.year})" if period != newest else "")


def _small(sheet, row, values, periods, colour, box, top):
    """Draw the line of one area; its first and its last number are read back."""
    axes, known = sheet.plot(*box), np.flatnonzero(~np.isnan(values))
    top = top or np.nanmax(values) or 1
    axes.set(xlim=(-0.4, len(values) - 0.6), ylim=(min(np.nanmin(values), 0), top * 1.08))
    axes.axhline(0, color=MUTED, linewidth=0.6)
    (line,) = axes.plot(range(len(values)), values, color=colour, linewidth=1.3, marker="o", markersize=2.2)
    unit, first = sheet.rows["unit"][row], known[0]
    then = periods[first].label(sheet.lang)
    told = {"axes": axes, "place": lambda _: row}

    def at_first(drawn):
        return f"{sheet.text({'value': drawn, 'unit': unit})} ({then})"

    if len(known) > 1:
        sheet.mark(row, "first", values[first], (line, first), height_of, say=at_first, **told)
    say = partial(_dated, sheet, periods[-1], sheet.rows.loc[row]) if known[-1] + 1 < len(values) else None
    sheet.mark(row, "value", values[known[-1]], (line, known[-1]), height_of, say=say and (lambda _: say()), **told)


@in_style
def area_map(
    frame: pd.DataFrame,
    *,
    us: str = "",
    lang: str = "vi",
    title: str = "",
    subtitle: str = "",
    ax: Axes | None = None,
    package: Package | None = None,
) -> Axes:
    """Draw percentages of each area as a map: a row for each area, a column for each of the things compared.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`bgdata.completeness`: ``area``, ``head`` (of the column) and ``value``, in percent.
    us, lang, title, subtitle, ax, package
        As in :func:`area_dots`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    FigureError
        The rows are of no workspace.

    Examples
    --------
    >>> import bgdata as bg
    >>> from bgdata.show import alt_text
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"area": ["A", "A", "B"], "head": ["Bưu chính", "Báo chí", "Báo chí"], "value": [100.0, 50.0, 75.0]})
    >>> alt_text(bg.charts.area_map(rows, title="Số liệu có trong báo cáo").figure)
    'Bản đồ nhiệt. Số liệu có trong báo cáo. A: 100%, 50%; B: 75%. Cột 1: Bưu chính; 2: Báo chí.'
    """
    package, frame = package or Package.open(), _of_areas(frame, "head", "value")
    areas, heads = list(dict.fromkeys(frame["area"])), list(dict.fromkeys(frame["head"]))
    cells = {(one["area"], one["head"]): one["value"] for one in frame.to_dict("records")}
    table = np.array([[cells.get((area, head), np.nan) for head in heads] for area in areas], float)
    plain = pd.DataFrame({"area": areas, "label": areas, "unit": "percent", "value": np.nan})
    rows = _named(plain, package, lang)
    named = "; ".join(f"{place}: {head}" for place, head in enumerate(heads, 1))
    notes = [Message("Columns {names}.", names=named).to(lang)] if heads else []
    sheet = Sheet("area_map", rows, lang=lang, package=package, title=title, subtitle=subtitle, ax=ax, notes=notes)
    if not table.size:
        return sheet.empty()
    sheet.zero_based, sheet.numbers = False, frame
    axes, centres = sheet.table(list(rows["name"]), bold=_us(rows, us), gap=CLOSE, header=" ")
    colours = seaborn().light_palette(MAIN, n_colors=LEVELS)
    mesh = axes.pcolormesh(
        np.ma.masked_invalid(table), cmap=ListedColormap(colours), vmin=0, vmax=FULL, edgecolors="white", linewidth=1
    )
    axes.set(xlim=(0, len(heads)), ylim=(len(areas), 0), xticks=[], yticks=[])
    left, _, width, _ = dict(sheet.plots)[axes]
    step = width / len(heads)
    for column in range(len(heads)):
        sheet.write(left + (column + 0.5) * step, 6, str(column + 1), size=SMALL, colour=MUTED, align="center")
    for row, column in np.ndindex(*table.shape):
        value, at = table[row, column], (left + (column + 0.5) * step, centres[row])
        if np.isnan(value):
            sheet.write(*at, "–", size=SMALL, colour=MUTED, align="center")
            continue
        fill = to_hex(colours[min(int(value / FULL * LEVELS), LEVELS - 1)])
        ink = INK if contrast(INK, fill) > contrast("white", fill) else "white"
        sheet.write(*at, f"{value:.0f}", size=SMALL, colour=ink, align="center")
        cell = (mesh, row, column)
        sheet.mark(row, str(column), value, cell, _cell, place=lambda cell: centres[cell[1]], say=_percent)
    return axes


def _cell(cell):
    """Read a cell of a map."""
    mesh, row, column = cell
    return mesh.get_array()[row, column]


def _percent(drawn):
    return f"{drawn:.0f}%"
