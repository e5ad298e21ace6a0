"""Then and now: two dots on a line."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from bgdata.notation import Period, format_number
from bgdata.package import Package, base_text
from bgdata.rules.comparison import NOT_PRINTED
from bgdata.show.charts.rows import PAD, Names, baseline, highlighted, in_style, prepare, scale, single_unit
from bgdata.show.measure import text_width
from bgdata.show.sheet import Sheet, no_data
from bgdata.show.style import ACCENT, MAIN, MUTED
from bgdata.voice import Message

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
    package: Package | None = None,
) -> Axes:
    """Draw then and now of quantities with one unit as two dots on a line.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``compare()`` in one unit. A base that is derived (``basis``) gets a star and a footnote.
    y, order, highlight, lang, title, subtitle, package
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
    rows = prepare(frame, lang=lang, columns=("value", "base", "period", "base_period"), y=y, order=order)
    if "basis" in rows:
        rows["derived"] |= rows["basis"].isin(NOT_PRINTED) & rows["base"].notna()
    reasons = [
        f"{row['name']}: {row['reason']}"
        for row in rows.to_dict("records")
        if row.get("reason") and not np.isnan(row["value"]) and not row["mark"]
    ]
    sheet = Sheet(
        "dumbbell", rows, lang=lang, package=package or Package.open(), title=title, subtitle=subtitle, notes=reasons
    )
    if rows.empty:
        return sheet.empty()
    single_unit(rows)
    emphasised = highlighted(rows, frame, highlight)
    records = rows.to_dict("records")
    ends = [end_texts(sheet, row, dated=first) for first, row in zip([True, *[False] * len(records)], records)]
    axes, centres = sheet.table(list(rows["name"]), bold=emphasised)
    room = [text_room(*end, not row["value"] < row["base"]) for end, row in zip(ends, records)]
    positions = np.r_[rows[["value", "base"]].min(axis=1), rows[["value", "base"]].max(axis=1)]
    nothing = [0] * len(rows)
    axes.set_xlim(
        *scale(
            positions,
            [left for left, _ in room] + nothing,
            nothing + [right for _, right in room],
            dict(sheet.plots)[axes][2],
        )
    )
    low, high = axes.get_xlim()
    points = dict(sheet.plots)[axes][2] / (high - low)
    clear = [None if 0 < np.nan_to_num(x) * points < left else x for x, (left, _) in zip(positions, room)]
    if None not in clear:
        baseline(axes, centres, clear)
    for row, (record, end, y) in enumerate(zip(records, ends, centres)):
        pair(sheet, axes, row, record, end, y, ACCENT if row in emphasised else MAIN)
    return axes


def end_texts(sheet, row, *, dated=False):
    """Return the texts of a row: base, value, change; `dated` says of which year (or period) the first two are."""
    base = base_text(row, sheet.lang, unit=False, words=False, package=sheet.package)
    then = "" if np.isnan(row["base"]) else base + "*" * row["derived"]
    now = sheet.text(row)
    if dated and row["base_period"]:
        periods = [Period.parse(row[column]) for column in ("base_period", "period")]
        apart = periods[0].year != periods[1].year
        years = [str(one.year) if apart else one.label(sheet.lang) for one in periods]
        then, now = (f"{year}: {text}" if text else "" for year, text in zip(years, (then, now)))
    if np.isnan(row["base"]) or np.isnan(row["value"]):
        return then, now, ""
    change = row["value"] - row["base"]
    if row.get("direction") == "":
        return then, now, ""
    size = sheet.text({"value": abs(change), "unit": row["unit"]}, words=False)
    if row["unit"] == "percent":
        size = Message("{n} percentage points", n=format_number(abs(change), decimals=1, lang=sheet.lang)).to(
            sheet.lang
        )
    return then, now, f"({'+' if change > 0 else '−' if change < 0 else '±'}{size})"


def said_at(sheet, row, column, code):
    """Return how a drawn number is said, with its period."""

    def say(drawn):
        said = sheet.text(row) if column == "value" else base_text(row, sheet.lang, package=sheet.package)
        return said + "*" * (column == "base" and row["derived"]) + f" ({Period.parse(code).label(sheet.lang)})"

    return say


def text_room(then, now, change, rising):
    """Return the room for texts on the left and on the right of a pair of dots."""
    outer = DOT / 2 + PAD
    then, now = text_width(then) + outer, text_width(now, bold=True) + outer
    after = text_width(change) + 6 if change else 0
    return (then, now + after) if rising else (now, then + after)


def pair(sheet, axes, row, record, texts, y, colour):
    """Draw one row: the dot of the base, the dot of the value, the line between, and their texts."""
    base, value = record["base"], record["value"]
    axes.plot([base, value], [y, y], color=MUTED, linewidth=1.8, zorder=2)
    look = {"marker": "o", "markersize": DOT, "markeredgewidth": 1.5, "clip_on": False, "zorder": 3}
    for column, edge, face in (("base", MUTED, "white"), ("value", colour, colour)):
        if not np.isnan(record[column]):
            (dot,) = axes.plot([record[column]], [y], color=edge, markerfacecolor=face, **look)
            code = record["base_period" if column == "base" else "period"]
            sheet.mark(row, column, record[column], dot, position, say=said_at(sheet, record, column, code))
    x0, _, width, _ = dict(sheet.plots)[axes]
    low, high = axes.get_xlim()
    at_base, at_value = (x0 + (np.nan_to_num(number) - low) / (high - low) * width for number in (base, value))
    write_pair(sheet, row, y, at_base if np.isnan(value) else at_value, at_base, texts, value < base)


def write_pair(sheet, row, y, at_value, at_base, texts, falling):
    """Write base, value and change of one row outside its two dots."""
    then, now, change = texts
    outer = DOT / 2 + PAD
    left, right = {"align": "right"}, {"align": "left"}
    if then:
        look = {"bold": False, "colour": MUTED}
        sheet.value(row, at_base + (outer if falling else -outer), y, then, **look, **(right if falling else left))
    if now == no_data(sheet.lang):
        sheet.missing(row, at_value + outer, y)
        return
    sheet.value(row, at_value + (-outer if falling else outer), y, now, **(left if falling else right))
    if change:
        end = at_base + text_width(then) if falling else at_value + text_width(now, bold=True)
        sheet.value(row, end + outer + 6, y, change, bold=False)


def position(dot):
    """Read a dot: where it stands."""
    return dot.get_xdata()[0]
