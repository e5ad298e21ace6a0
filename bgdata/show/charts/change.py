"""Then and now: two dots on a line."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from bgdata.notation import Period
from bgdata.package import Package, base_text, difference_text
from bgdata.rules import SIGNS
from bgdata.rules.comparison import NOT_PRINTED
from bgdata.show.charts.rows import (
    PAD,
    Names,
    baseline,
    highlighted,
    in_style,
    prepare,
    scale,
    single_unit,
    value_beside,
    widths_beside,
)
from bgdata.show.framing import capitalised
from bgdata.show.marks import Column
from bgdata.show.sheet import Sheet
from bgdata.show.style import ACCENT, MAIN, MUTED

DOT = 7.5  # diameter of a marker, points


@in_style
def dumbbell(
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
    """Draw then and now of quantities with one unit as two dots on a line.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``compare()`` in one unit. A base that is derived (``basis``) gets a star and a footnote.
    y, order, highlight, lang, title, subtitle, ax, package
        As in :func:`ordered_bars`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    FigureError
        The rows have different units or the same label, or a name is unknown.

    Examples
    --------
    >>> import bgdata as bg
    >>> from bgdata.show import alt_text
    >>> ax = bg.charts.dumbbell(bg.compare("press.resident", period="2024-S1"), title="Báo chí")
    >>> alt_text(ax.figure).split(": ")[1]
    '5 cơ quan* (6 tháng đầu năm 2023), 8 cơ quan (6 tháng đầu năm 2024). * Số suy ra; báo cáo không nêu trực tiếp.'
    """
    package = package or Package.open()
    rows = prepare(frame, lang=lang, columns=("value", "base", "period", "base_period"), y=y, order=order)
    if "basis" in rows:
        rows["derived"] |= rows["basis"].isin(NOT_PRINTED) & rows["base"].notna()
    reasons = [
        f"{row['name']}: {row['reason']}"
        for row in rows.to_dict("records")
        if row.get("reason") and not np.isnan(row["value"]) and not row["mark"]
    ]
    sheet = Sheet(
        "dumbbell",
        rows,
        lang=lang,
        package=package,
        title=title,
        subtitle=subtitle,
        ax=ax,
        notes=reasons,
    )
    if rows.empty:
        return sheet.empty()
    single_unit(rows)
    emphasised, records = highlighted(rows, frame, highlight, package), rows.to_dict("records")
    texts, changes = sheet.texts(), [change_text(sheet, row) for row in records]
    heads = [capitalised(Period.parse(records[0][column]).label(lang)) for column in ("base_period", "period")]
    signs = [SIGNS.get(row.get("base_verdict"), "") for row in records]
    then = Column([base_of(sheet, row) for row in records], heads[0], "right", colour=MUTED, flags=signs)
    axes, centres = sheet.table(list(rows["name"]), before=[then], header=heads[1], bold=emphasised, least=200)
    after = np.asarray(widths_beside(rows, texts, changes)) + DOT / 2 + PAD
    axes.set_xlim(*scale(rows[["value", "base"]].max(axis=1), 0 * after, after, dict(sheet.plots)[axes][2]))
    baseline(axes, centres, records)
    for row, (record, y) in enumerate(zip(records, centres)):
        pair(sheet, axes, row, record, (texts[row], changes[row]), y, ACCENT if row in emphasised else MAIN)
    return axes


def base_of(sheet, row):
    """Return the number of the base period, with a star where it is derived; "" where there is none."""
    text = base_text(row, sheet.lang, unit=False, package=sheet.package)
    return "" if np.isnan(row["base"]) else text + "*" * row["derived"]


def change_text(sheet, row):
    """Return by how much a number changed, as far as both numbers tell it; "" where there are not both."""
    if np.isnan(row["base"]) or np.isnan(row["value"]):
        return ""
    return f"({difference_text(row, sheet.lang, package=sheet.package)})"


def said_at(sheet, row, column, code):
    """Return how a drawn number is said, with its period."""

    def say(drawn):
        said = sheet.text(row) if column == "value" else base_text(row, sheet.lang, package=sheet.package)
        return said + "*" * (column == "base" and row["derived"]) + f" ({Period.parse(code).label(sheet.lang)})"

    return say


def pair(sheet, axes, row, record, texts, y, colour):
    """Draw one row: the dot of the base, the dot of the value, the line between, and what is said behind them."""
    base, value = record["base"], record["value"]
    axes.plot([base, value], [y, y], color=MUTED, linewidth=1.8, zorder=2)
    look = {"marker": "o", "markersize": DOT, "markeredgewidth": 1.5, "clip_on": False, "zorder": 3}
    for column, edge, face in (("base", MUTED, "white"), ("value", colour, colour)):
        if not np.isnan(record[column]):
            (dot,) = axes.plot([record[column]], [y], color=edge, markerfacecolor=face, **look)
            code = record["base_period" if column == "base" else "period"]
            sheet.mark(row, column, record[column], dot, position, say=said_at(sheet, record, column, code))
    own = bool(record["mark"]) and (record.get("verdict") in SIGNS or record.get("base_verdict") not in SIGNS)
    gone = {"bold": False, "colour": MUTED} if np.isnan(value) else {}
    shift = (DOT / 2) * np.subtract(*axes.get_xlim()[::-1]) / dict(sheet.plots)[axes][2]
    value_beside(sheet, axes, row, np.nanmax([base, value, 0]) + shift, texts[0], y, rest=texts[1], look=gone, flag=own)


def position(dot):
    """Read a dot: where it stands."""
    return dot.get_xdata()[0]
