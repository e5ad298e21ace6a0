"""Bars that compare rows: ordered bars, bars on a track to 100 %, and changes beside levels."""

from decimal import Decimal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from bgdata.errors import FigureError
from bgdata.notation import Period, round_half_up
from bgdata.package import Package, growth_text
from bgdata.rules import DISPUTED
from bgdata.show.charts.rows import (
    BAR,
    Names,
    bar_scale,
    bars,
    baseline,
    colours_of,
    highlighted,
    in_style,
    prepare,
    row_of,
    share_of,
    share_text,
    single_unit,
    starred,
    value_beside,
    widths_beside,
)
from bgdata.show.framing import capitalised, no_data
from bgdata.show.marks import Column
from bgdata.show.sheet import Sheet
from bgdata.show.style import ACCENT, MUTED, TRACK
from bgdata.voice import Message


@in_style
def ordered_bars(
    frame: pd.DataFrame,
    *,
    y: str = "label",
    order: Names | None = None,
    highlight: "Names | pd.Series[bool] | None" = None,
    meaning: str = "",
    shares_of: float | pd.DataFrame | None = None,
    lang: str = "vi",
    title: str = "",
    subtitle: str = "",
    ax: Axes | None = None,
    package: Package | None = None,
) -> Axes:
    """Draw one bar per row on one scale, in the order of the rows.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``load()``, all in one unit.
    y : str
        Column with the labels. What all labels begin with ("Số trạm BTS: ") is left out.
    order : list of str, optional
        Keys (``"telecom.bts[4G]"``), categories or labels of the rows to draw, from the top.
    highlight : str, list of str or boolean Series, optional
        Rows to draw in the accent colour.
    meaning : str
        What the accent colour says; it stands below the chart, in the written report too.
    shares_of : float or frame of one row, optional
        A total, in the rows' unit: its share is written beside each value.
    lang : {"vi", "en"}
    title, subtitle : str
        What the chart says, above it.
    ax : matplotlib.axes.Axes, optional
        Axes of a grid, such as ``plt.subplots(1, 2)`` makes within :func:`style`, to draw in, for several charts in one
        figure; its width becomes that of the page, its rows as high as the charts need. A figure of its own if left out.
    package : Package, optional
        Knows the words of units; the one of the project at hand if left out.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    FigureError
        The rows have different units or the same label, or a name in `order` or `highlight` is unknown.

    Examples
    --------
    >>> import bgdata as bg
    >>> from bgdata.show import alt_text
    >>> stations = bg.breakdown(bg.load("telecom", period="2024-S1"), "telecom.bts")
    >>> ax = bg.charts.ordered_bars(stations, highlight="2G", shares_of=3775, title="Trạm BTS")
    >>> alt_text(ax.figure)
    'Biểu đồ thanh. Trạm BTS. 2G: 884 trạm; 3G: 1.242 trạm; 4G: 1.647 trạm; 5G: 2 trạm.'
    """
    package = package or Package.open()
    rows, whole = prepare(frame, lang=lang, y=y, order=order), row_of(shares_of, lang)
    rows["mark"] = rows["mark"].mask(rows["mark"] == "", whole["mark"])  # a share of a disputed whole is disputed too
    emphasised = highlighted(rows, frame, highlight, package)
    sheet = Sheet(
        "ordered_bars", rows, lang=lang, package=package, title=title, subtitle=subtitle, ax=ax,
        key=explained(meaning, emphasised),
    )  # fmt: skip
    if rows.empty:
        return sheet.empty()
    single_unit(rows)
    axes, centres = sheet.table(starred(rows), bold=emphasised)
    texts, values = sheet.texts(), rows["value"].to_numpy(float)
    shares = [share_of(row, whole) for row in rows.to_dict("records")]
    rests = ["" if np.isnan(share) else f"({share_text(share, lang, off)})" for share, off in shares]
    axes.set_xlim(*bar_scale(values, widths_beside(rows, texts, rests), dict(sheet.plots)[axes][2]))
    patches = bars(axes, values, centres, colours_of(rows, emphasised))
    baseline(axes, centres, values)
    for row, patch in enumerate(patches):
        muted = {} if patch else {"bold": False, "colour": MUTED}
        value_beside(
            sheet, axes, row, np.nan_to_num(values[row]), texts[row], centres[row], rest=rests[row], look=muted
        )
        if patch:
            sheet.mark(row, "value", values[row], patch, length)
    return axes


@in_style
def track_bars(
    frame: pd.DataFrame,
    *,
    y: str = "label",
    order: Names | None = None,
    highlight: "Names | pd.Series[bool] | None" = None,
    meaning: str = "",
    lang: str = "vi",
    title: str = "",
    subtitle: str = "",
    ax: Axes | None = None,
    package: Package | None = None,
) -> Axes:
    """Draw rates as bars on a grey track that ends at 100 %.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``load()`` in percent. A value over 100 is drawn beyond the track's end.
    y, order, highlight, meaning, lang, title, subtitle, ax, package
        As in :func:`ordered_bars`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    FigureError
        The rows are not in percent, two have the same label, or a name is unknown.

    Examples
    --------
    >>> import bgdata as bg
    >>> from bgdata.show import alt_text
    >>> telecom = bg.load("telecom", period="2024-S1")
    >>> rates = bg.select(telecom, "telecom.village_fibre_share", "telecom.household_fibre_share")
    >>> alt_text(bg.charts.track_bars(rates, title="Cáp quang").figure)
    'Biểu đồ thanh tỷ lệ. Cáp quang. Thôn, tổ dân phố có hạ tầng cáp quang: 99,3%; Hộ gia đình có Internet cáp quang: 85%. Phần còn thiếu đến 100%.'
    """
    package = package or Package.open()
    rows = prepare(frame, lang=lang, y=y, order=order)
    emphasised = highlighted(rows, frame, highlight, package)
    key = [*explained(meaning, emphasised), (TRACK, Message("what is left up to 100%").to(lang))]
    sheet = Sheet("track_bars", rows, lang=lang, package=package, title=title, subtitle=subtitle, ax=ax, key=key)
    if rows.empty:
        return sheet.empty()
    if set(rows["unit"]) != {"percent"}:
        raise FigureError(
            "The track ends at 100%, but the rows are in {units}. Use ordered_bars.", units=list(rows["unit"].unique())
        )
    texts = sheet.texts()
    column = Column(texts, bold=True, flags=list(rows["mark"] != ""))
    axes, centres = sheet.table(starred(rows), after=[column], bold=emphasised)
    tracked(sheet, axes, centres, rows["value"].to_numpy(float), colours_of(rows, emphasised))
    return axes


def tracked(sheet, axes, centres, values, colours, *, full=100.0, column="value", sayings=None):
    """Draw bars on tracks, all from zero to `full`, and record them."""
    shown = ~np.isnan(values)
    longest = max(full, values[shown].max(initial=0))
    axes.set_xlim(0, longest)
    axes.barh(centres[shown], np.full(shown.sum(), full), BAR, color=TRACK, linewidth=0, zorder=0.5)
    for row, patch in enumerate(bars(axes, values, centres, colours)):
        if patch:
            sheet.mark(row, column, values[row], patch, length, say=sayings and sayings[row])
    if longest > full:
        axes.vlines(
            np.full(shown.sum(), full),
            centres[shown] - BAR / 2 - 2,
            centres[shown] + BAR / 2 + 2,
            color=MUTED,
            linewidth=0.9,
        )


@in_style
def table_chart(
    frame: pd.DataFrame,
    *,
    y: str = "label",
    order: Names | None = None,
    highlight: "Names | pd.Series[bool] | None" = None,
    lang: str = "vi",
    title: str = "",
    subtitle: str = "",
    ax: Axes | None = None,
    package: Package | None = None,
) -> Axes:
    """Draw the change of quantities with different units: the level as text, the change as a bar.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``compare()``: `value` in its unit, `growth` in percent; where growth is missing, `reason` is written.
    y, order, highlight, lang, title, subtitle, ax, package
        As in :func:`ordered_bars`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    FigureError
        Two rows have the same label, or a name is unknown.

    Examples
    --------
    >>> import bgdata as bg
    >>> from bgdata.show import alt_text
    >>> alt_text(bg.charts.table_chart(bg.compare("post.revenue", period="2024-S1"), title="Doanh thu").figure)
    'Bảng số liệu kèm biểu đồ thanh. Doanh thu. Doanh thu bưu chính: ước 335 tỷ đồng, +21,8%.'
    """
    package = package or Package.open()
    rows = prepare(frame, lang=lang, columns=("value", "growth", "period", "base_period"), y=y, order=order)
    sheet = Sheet("table_chart", rows, lang=lang, package=package, title=title, subtitle=subtitle, ax=ax)
    if rows.empty:
        return sheet.empty()
    emphasised = highlighted(rows, frame, highlight, package)
    if "direction" in rows:  # no bar where the numbers tell no direction
        rows["growth"] = rows["growth"].where(rows["direction"] != "")
    growth = rows["growth"].to_numpy(float)
    texts = ["" if np.isnan(row["growth"]) else shorter(row, lang) for row in rows.to_dict("records")]
    notes = [_no_growth(row, lang) if np.isnan(row["growth"]) else "" for row in rows.to_dict("records")]
    level_texts = sheet.texts()
    flags = list(rows["verdict"].isin(DISPUTED)) if "verdict" in rows else []
    level = Column(level_texts, capitalised(Period.parse(rows["period"][0]).label(lang)), align="right", flags=flags)
    axes, centres = sheet.table(
        starred(rows),
        before=[level],
        bold=emphasised,
        notes=notes,
        head=Message("Indicator").to(lang),
        header=Message("Change from the {base}", base=Period.parse(rows["base_period"][0]).label(lang)).to(lang),
        least=150,
    )
    axes.set_xlim(*bar_scale(growth, widths_beside(rows, texts), dict(sheet.plots)[axes][2]))
    patches = bars(axes, growth, centres, colours_of(rows, emphasised))
    baseline(axes, centres, patches)
    for row, patch in enumerate(patches):
        if patch:
            value_beside(sheet, axes, row, growth[row], texts[row], centres[row])
            say = grown(rows.loc[row].to_dict(), level_texts[row], lang)
            sheet.mark(row, "growth", growth[row], patch, length, say=say)
    return axes


def grown(row, level, lang):
    """Return how a drawn growth is said, behind the level."""
    return lambda drawn: f"{level}, {shorter(row | {'growth': drawn}, lang)}"


def shorter(row, lang):
    """Write the growth of a row for a chart: as finely as it is known, with one decimal at most."""
    off = max([abs(row.get(f"growth_{end}", np.nan) - row["growth"]) for end in ("lower", "upper")])
    if off > 0.1:
        return growth_text(row, lang)
    return growth_text(float(round_half_up(Decimal(str(row["growth"])), 1)), lang)


def explained(meaning, emphasised):
    """Return what the accent colour says, where it is used."""
    return [(ACCENT, meaning)] if meaning and len(emphasised) else []


def _no_growth(row, lang):
    """Return why there is no growth: what the numbers do not tell, or why there is nothing to compare."""
    text = growth_text(row, lang)
    return text if text != no_data(lang) else row.get("reason") or text


def length(patch):
    """Read a bar: from zero to its end."""
    return patch.get_x() + patch.get_width()
