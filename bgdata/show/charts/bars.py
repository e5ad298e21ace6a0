"""Bars that compare rows: ordered bars, bars on a track to 100 %, and changes beside levels."""

import numpy as np

from bgdata.notation import Period
from bgdata.package import growth_text
from bgdata.show.charts.rows import (
    BAR,
    bar_scale,
    bars,
    baseline,
    colours_of,
    highlighted,
    in_style,
    number_of,
    prepare,
    share_text,
    single_unit,
    starred,
    texts_of,
    value_beside,
    widths_beside,
)
from bgdata.show.marks import Column
from bgdata.show.sheet import Sheet, capitalised, no_data
from bgdata.show.style import MUTED, TRACK
from bgdata.voice import Message


@in_style
def ordered_bars(frame, *, y="label", order=None, highlight=None, shares_of=None, lang="vi", title="", subtitle=""):
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
    shares_of : float or frame of one row, optional
        A total, in the rows' unit: its share is written beside each value.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    FigureError
        The rows have different units or the same label, or a name in `order` or `highlight` is unknown.
    """
    rows = prepare(frame, y=y, order=order)
    sheet = Sheet("ordered_bars", rows, lang=lang, title=title, subtitle=subtitle)
    if rows.empty:
        return sheet.empty()
    single_unit(rows)
    emphasised = highlighted(rows, frame, highlight)
    axes, centres = sheet.table(starred(rows), bold=emphasised)
    texts, values, shares_of = texts_of(rows, lang), rows["value"].to_numpy(float), number_of(shares_of)
    rests = [
        "" if np.isnan(value) or not shares_of else f"({share_text(value / shares_of * 100, lang)})" for value in values
    ]
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
def track_bars(frame, *, y="label", order=None, highlight=None, lang="vi", title="", subtitle=""):
    """Draw rates as bars on a grey track that ends at 100 %.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``load()`` in percent. A value over 100 is drawn beyond the track's end.
    y, order, highlight
        As in :func:`ordered_bars`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    FigureError
        The rows have different units or the same label, or a name is unknown.
    """
    rows = prepare(frame, y=y, order=order)
    sheet = Sheet("track_bars", rows, lang=lang, title=title, subtitle=subtitle)
    if rows.empty:
        return sheet.empty()
    single_unit(rows)
    emphasised = highlighted(rows, frame, highlight)
    texts = texts_of(rows, lang)
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
def table_chart(frame, *, y="label", order=None, highlight=None, lang="vi", title="", subtitle=""):
    """Draw the change of quantities with different units: the level as text, the change as a bar.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``compare()``: `value` in its unit, `growth` in percent; where growth is missing, `reason` is written.
    y, order, highlight
        As in :func:`ordered_bars`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    FigureError
        Two rows have the same label, or a name is unknown.
    """
    rows = prepare(frame, columns=("value", "growth", "period", "base_period"), y=y, order=order)
    sheet = Sheet("table_chart", rows, lang=lang, title=title, subtitle=subtitle)
    if rows.empty:
        return sheet.empty()
    emphasised = highlighted(rows, frame, highlight)
    growth = rows["growth"].to_numpy(float)
    texts = [growth_text(value, lang) if not np.isnan(value) else "" for value in growth]
    reasons = rows["reason"].fillna("") if "reason" in rows else [""] * len(rows)
    notes = [(reason or no_data(lang)) if np.isnan(value) else "" for value, reason in zip(growth, reasons)]
    level_texts = texts_of(rows, lang)
    level = Column(level_texts, capitalised(Period.parse(rows["period"][0]).label(lang)), align="right")
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
            level = f"{level_texts[row]}, "
            sheet.mark(
                row,
                "growth",
                growth[row],
                patch,
                length,
                say=lambda drawn, level=level: level + growth_text(drawn, lang),
            )
    return axes


def length(patch):
    """Read a bar: from zero to its end."""
    return patch.get_x() + patch.get_width()
