"""Prepare rows for drawing, and draw bars whose labels fit beside them.

What a kind of chart needs from its frame is checked here, so that a wrong frame is refused with a sentence.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import ParamSpec

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from bgdata.errors import FigureError, near
from bgdata.notation import format_number
from bgdata.package import Key
from bgdata.package.observations import keys_of, rows_of
from bgdata.show.charts.light import seaborn
from bgdata.show.framing import no_data
from bgdata.show.marks import flag_width, marks_of, said
from bgdata.show.measure import text_width
from bgdata.show.style import ACCENT, INK, MAIN, style

BAR = 11.5  # thickness of a bar, points
PAD = 5  # between a bar and its value
NEEDED = ("label", "unit")
DRAWN = ("value", "base", "growth")  # columns whose numbers become artists
Names = str | Key | Sequence[str | Key]  # of rows: keys, categories or labels


Options = ParamSpec("Options")


def in_style(draw: Callable[Options, Axes]) -> Callable[Options, Axes]:
    """Run a chart function within the house style."""

    @wraps(draw)
    def drawn(*args: Options.args, **options: Options.kwargs) -> Axes:
        with style():
            return draw(*args, **options)

    return drawn


def prepare(frame, *, lang="vi", columns=("value",), y="label", order=None, needed=()):
    """Return the rows to draw: numbered from 0, in order, with `name`, `key`, `derived` and `mark`.

    Raises
    ------
    FigureError
        A column is missing, `order` names what is not there, or two rows have the same label.
    """
    rows = rows_of(frame, FigureError).reset_index(drop=True)
    absent = [column for column in dict.fromkeys([*NEEDED, y, *columns, *needed]) if column not in rows]
    if absent:
        raise FigureError(
            "The frame has no column {absent}; it has: {there}. Charts take rows of load() or compare().",
            absent=absent,
            there=list(rows),
        )
    for column in (one for one in DRAWN if one in rows and not pd.api.types.is_numeric_dtype(rows[one])):
        numbers = pd.to_numeric(rows[column], errors="coerce")
        if (numbers.isna() & rows[column].notna()).any():
            raise FigureError("Column {column} holds texts where a chart needs numbers.", column=column)
        rows[column] = numbers
    rows["key"] = keys_of(rows)
    rows["derived"] = [said(one) for one in rows["derived"]] if "derived" in rows else False
    rows["mark"] = marks_of(rows, lang)
    if "basis" in rows:
        both = rows["label"] + ": " + rows["reason"]
        rows["mark"] = rows["mark"].mask(rows["basis"] == "revised", both)
    if order is not None:
        places = [place for name in order for place in locate(rows, name)]
        rows = rows.loc[places].reset_index(drop=True)
    rows["name"] = short_names(rows["label"].astype(str)) if y == "label" else rows[y].astype(str)
    twins = rows["name"][rows["name"].duplicated()].unique()
    if len(twins):
        raise FigureError(
            "Rows with the same label cannot be told apart: {labels}. "
            "Draw one period at a time, and total and parts apart.",
            labels="; ".join(twins),
        )
    return rows


def row_of(number, lang):
    """Return a number as a row, be it one or a frame of one row: without a value where there is none."""
    if isinstance(number, pd.DataFrame) and len(number):
        return prepare(number, lang=lang).iloc[0]
    known = np.nan if number is None or isinstance(number, pd.DataFrame) else float(number)
    return dict.fromkeys(("value", "lower", "upper"), known) | {"mark": ""}


def short_names(labels):
    """Return the labels without what all of them begin with ("Số trạm BTS: 4G" -> "4G")."""
    parts = labels.str.split(": ", n=1)
    if len(labels) < 2 or parts.str[0].nunique() > 1 or parts.str.len().min() < 2:
        return labels
    return parts.str[1].str[:1].str.upper() + parts.str[1].str[1:]


def locate(rows, name):
    """Return where the row with this key, category or label is: a list of one index, empty for a gap in the period.

    A category of an indicator that the rows hold may be absent from a period; any other unknown name is an error.
    """
    name = str(name)
    for column in ("key", "category", "label"):
        if column in rows and (rows[column] == name).any():
            return [rows.index[rows[column] == name][0]]
    key = Key.match(name)
    if rows.empty or key and key.category and (rows.get("indicator") == key.indicator).any():
        return []
    raise FigureError('No row is called "{name}"{hint}', name=name, hint=near(name, rows["key"]))


def single_unit(rows):
    """Refuse rows that have no common scale."""
    units = rows["unit"].unique()
    if len(units) > 1:
        raise FigureError(
            "The bars have one scale, but the rows are in {units}. Use table_chart, or draw one figure per unit.",
            units=list(units),
        )


def highlighted(rows, frame, highlight, package):
    """Return the positions of the rows to emphasise.

    `highlight` is a boolean Series like the frame, or keys, categories or labels; those that a period lacks, or the
    chart leaves out, are passed over.

    Raises
    ------
    FigureError
        A name is unknown; near ones are named.
    """
    if highlight is None:
        return []
    if isinstance(highlight, pd.Series) and highlight.dtype == bool:
        if not highlight.index.equals(pd.DataFrame(frame).index):
            raise FigureError("highlight= has other rows than the frame; make it of this one.")
        names = [str(Key.of(row)) for row in pd.DataFrame(frame)[highlight].to_dict("records")]
    else:
        names = (
            list(highlight) if pd.api.types.is_list_like(highlight) and not isinstance(highlight, Key) else [highlight]
        )
    names, columns = set(map(str, names)), [one for one in ("key", "category", "label", "name") if one in rows]
    known = {*pd.concat([pd.DataFrame(frame), rows])[columns].stack()} | catalogued(rows, package)
    for name in sorted(names - known) if len(rows) else ():
        raise FigureError(
            'No row is called "{name}"{hint}',
            name=name,
            hint=near(name, filter(None, dict.fromkeys(rows[columns].stack()))),
        )
    return list(rows.index[rows[columns].isin(names).any(axis=1)])


def catalogued(rows, package):
    """Return the keys of the catalogue, and the categories that the indicators of some rows may have."""
    of = {code: row["breakdown"] for code, row in package.indicators.items()}
    shown = {of.get(code) for code in rows.get("indicator", ())}
    pairs = [(code, category) for code in of for breakdown, category in package.categories if breakdown == of[code]]
    return {*of, *(str(Key(*pair)) for pair in pairs), *(category for code, category in pairs if of[code] in shown)}


def colours_of(rows, emphasised, colour=MAIN):
    """Return one colour per row."""
    return [ACCENT if row in emphasised else colour for row in rows.index]


def scale(positions, left, right, room):
    """Return the limits of an axis, zero included, on which all marks with the texts beside them fit.

    Parameters
    ----------
    positions : sequence of float
        In data units; NaN counts as zero.
    left, right : sequence of float
        Room that each position needs on its left and on its right, points.
    room : float
        Width of the plot, points.

    Examples
    --------
    >>> scale([10.0, 5.0], [0, 0], [50, 0], 100)
    (0.0, 20.0)
    """
    positions, left, right = np.nan_to_num(np.asarray(positions, float)), np.asarray(left), np.asarray(right)

    def ends(points):
        return min((positions * points - left).min(), 0), max((positions * points + right).max(), 0)

    low, high = 0.0, room / (np.abs(positions).max() or 1)
    for _ in range(50):
        middle = (low + high) / 2
        first, last = ends(middle)
        low, high = (middle, high) if last - first <= room else (low, middle)
    if not low:
        raise FigureError("The texts of this chart do not fit into its width; give it the whole width of the page.")
    first = ends(low)[0]
    return float(f"{first / low:.12g}"), float(f"{(first + room) / low:.12g}")


def bar_scale(values, widths, room):
    """Return the limits of an axis of bars: texts stand on the right, of negative bars on the left."""
    widths = np.asarray(widths, float) + PAD
    below = np.nan_to_num(np.asarray(values, float)) < 0
    return scale(values, np.where(below, widths, 0), np.where(below, 0, widths), room)


def share_of(part, whole):
    """Return what percentage one row's number is of another's, and by how much that may be off."""
    share, least, most = (
        one / other * 100 if other else np.nan
        for one, other in (
            (part.get(a, part["value"]), whole.get(b, whole["value"]))  # rows of one's own have no interval
            for a, b in (("value", "value"), ("lower", "upper"), ("upper", "lower"))
        )
    )
    return share, max([abs(end - share) for end in (least, most) if np.isfinite(end)], default=0.0)


def share_text(share, lang, off=0.0):
    """Write a computed share in percent: one decimal, none for whole numbers, never a rounded 0 or 100.

    It has fewer digits where it may be `off` by more than a tenth.

    Examples
    --------
    >>> [share_text(share, "vi") for share in (100.0, 23.42, 0.04, 99.97, float("nan"))]
    ['100%', '23,4%', '<0,1%', '>99,9%', 'chưa có số liệu']
    """
    if np.isnan(share):
        return no_data(lang)
    if off > 0.1:
        digits = 10 ** int(np.ceil(np.log10(off) - 1e-9))
        return format_number(round(share / digits) * digits, lang=lang) + "%"
    if abs(share - round(share)) < 1e-9:
        return format_number(round(share), lang=lang) + "%"
    sign, near = ("<", 0.1) if 0 < share < 0.05 else (">", 99.9) if 99.95 <= share < 100 else ("", share)
    return f"{sign}{format_number(near, decimals=1, lang=lang)}%"


def bars(axes, values, centres, colours, *, thickness=BAR):
    """Draw horizontal bars from zero at these heights; returns one patch per value, None for NaN."""
    sns = seaborn()

    limits, values = axes.get_ylim(), np.asarray(values, float)
    drawn = np.flatnonzero(~np.isnan(values))
    patches = [None] * len(values)
    if len(drawn):
        apart = np.diff(np.unique(centres[drawn]))
        before = len(axes.patches)
        sns.barplot(
            x=values[drawn],
            y=centres[drawn],
            orient="h",
            native_scale=True,
            errorbar=None,
            saturation=1,
            color=MAIN,
            linewidth=0,
            width=thickness / (apart.min() if len(apart) else 1),
            ax=axes,
        )
        for row, patch in zip(drawn, axes.patches[before:]):
            patch.set_facecolor(colours[row])
            patches[row] = patch
    axes.set(ylim=limits, xticks=[], yticks=[], xlabel="", ylabel="")
    return patches


def baseline(axes, centres, patches):
    """Draw the line at zero from which the bars start, left out where a sentence stands instead of a bar."""
    edges = np.array([axes.get_ylim()[1], *(centres[1:] + centres[:-1]) / 2, axes.get_ylim()[0]])
    drawn = np.array([patch is not None for patch in patches])
    axes.vlines(
        np.zeros(drawn.sum()), edges[:-1][drawn], edges[1:][drawn], color=INK, linewidth=0.9, clip_on=False, zorder=3
    )


def value_beside(sheet, axes, row, value, text, y, *, rest="", look=None, flag=None):
    """Write a value at the end of its bar, with the sign of its footnote, and what belongs to it (a share) after it."""
    x0, _, width, _ = dict(sheet.plots)[axes]
    low, high = axes.get_xlim()
    x = x0 + (value - low) / (high - low) * width
    flag = bool(sheet.rows["mark"][row]) if flag is None else flag
    if value < 0:
        sheet.value(row, x - PAD, y, text, flag=flag, align="right", **(look or {}))
        return
    sheet.value(row, x + PAD, y, text, flag=flag, **(look or {}))
    if rest:
        sheet.write(x + PAD + text_width(text, bold=True) + flag * flag_width() + 6, y, rest)


def widths_beside(rows, texts, rests=None):
    """Return the room that each value needs beside its bar."""
    rests = rests or [""] * len(texts)
    return [
        text_width(text, bold=True) + (text_width(rest) + 6 if rest else 0) + bool(mark) * flag_width()
        for text, rest, mark in zip(texts, rests, rows["mark"])
    ]


def starred(rows):
    """Return the labels, with a star where the number is derived."""
    return [name + "*" * derived for name, derived in zip(rows["name"], rows["derived"])]
