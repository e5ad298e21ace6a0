"""Parts of a whole: completion (n/N), parts of parts on one scale, and squares to be counted."""

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from bgdata.errors import FigureError
from bgdata.model.numbers import format_number
from bgdata.show.charts.bars import tracked
from bgdata.show.charts.rows import PAD, in_style, key_of, prepare, single_unit, starred, texts_of
from bgdata.show.layout import line_height, text_width
from bgdata.show.sheet import Column, Sheet, no_data
from bgdata.show.style import GOOD, MAIN, MUTED, TINTS
from bgdata.show.text import value_text

SQUARE, STEP = 10.5, 13.5              # a unit square, and from one to the next, points
MOST_SQUARES = 200

WORDS = {
    "differs": {"vi": "Báo cáo ghi {printed}; tính lại từ {part}/{whole} là {share}.",
                "en": "The report says {printed}; {part}/{whole} makes {share}."},
    "of_total": {"vi": "% của tổng", "en": "% of total"},
    "of_above": {"vi": "% hàng trên", "en": "% of row above"},
}


@in_style
def completion_bars(frame, *, pairs, y="label", lang="vi", title="", subtitle=""):
    """Draw how much of each whole is done: a bar to 100 %, the share, and n/N beside it.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``load()`` that hold the parts, the wholes and, where the report prints them, the shares.
    pairs : list of tuple of str
        ``(part, whole)`` or ``(part, whole, printed share)``, as keys (``"post.counters"``, ``"a.b[c]"``). Where the
        printed share is not what part and whole make, the row gets a sign and a footnote by itself.
    y : str
        Column with the labels; those of the parts are written.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    FigureError
        A pair names what is not in the frame, or two rows have the same label.
    """
    rows = paired(frame, pairs, y=y, lang=lang)
    sheet = Sheet("completion_bars", rows, lang=lang, title=title, subtitle=subtitle)
    if rows.empty:
        return sheet.empty()
    shares = rows["share"].to_numpy(float)
    texts = [share_text(share, lang) for share in shares]
    counts = ["" if np.isnan(share) else fraction(row, lang) for share, row in zip(shares, rows.to_dict("records"))]
    after = [Column(texts, bold=True, flags=list(rows["mark"] != "")),
             Column(counts, align="right", colour=MUTED)]
    axes, centres = sheet.table(starred(rows), after=after)
    colours = [GOOD if share >= 100 else MAIN for share in shares]
    tracked(sheet, axes, centres, shares, colours, column="share")
    return axes


def paired(frame, pairs, *, y, lang):
    """Return the rows of the parts with the columns `whole` and `share` (computed, percent)."""
    known = {key_of(row): row for row in frame.to_dict("records")}
    rows = prepare(frame, y=y, order=[pair[0] for pair in pairs])
    wholes = {pair[0]: pair[1:] for pair in pairs}
    for index, row in rows.iterrows():
        whole, *printed = wholes[row["key"]]
        if whole not in known:
            raise FigureError(f'The frame has no row "{whole}", the whole of "{row["key"]}". '
                              "Load the frame with expected=True, so that gaps are rows too.")
        total = known[whole]["value"]
        share = row["value"] / total * 100 if total else np.nan
        rows.loc[index, ["whole", "share"]] = total, share
        rows.loc[index, "whole_text"] = value_text(known[whole], lang, unit=False, words=False)
        if printed and printed[0] in known and not row["mark"]:
            rows.loc[index, "mark"] = difference(known[printed[0]], rows.loc[index], lang)
    return rows


def difference(printed, row, lang):
    """Return the footnote for a printed share that part and whole do not make, "" if they do."""
    value, share = printed["value"], row["share"]
    lower, upper = printed.get("lower", value - 0.5), printed.get("upper", value + 0.5)
    if np.isnan(value) or np.isnan(share) or lower <= share <= upper:
        return ""
    return WORDS["differs"][lang].format(
        printed=value_text(printed, lang), part=value_text(row.to_dict(), lang, unit=False, words=False),
        whole=row["whole_text"], share=share_text(share, lang))


def share_text(share, lang):
    """Write a computed share: whole numbers without decimals, others with one."""
    if np.isnan(share):
        return no_data(lang)
    return format_number(share, decimals=0 if share == round(share) else 1, lang=lang) + "%"


def fraction(row, lang):
    """Write n/N."""
    return f"{value_text(row, lang, unit=False, words=False)}/{row['whole_text']}"


@in_style
def nested_bars(frame, *, y="label", order=None, lang="vi", title="", subtitle=""):
    """Draw a whole, a part of it and a part of that part on one scale, with the shares beside.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``load()`` in one unit, from the whole to the smallest part.
    y, order
        As in :func:`ordered_bars`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    FigureError
        The rows have different units or the same label, or a part is larger than the row above.
    """
    rows = prepare(frame, y=y, order=order)
    sheet = Sheet("nested_bars", rows, lang=lang, title=title, subtitle=subtitle)
    if rows.empty:
        return sheet.empty()
    single_unit(rows, "Nested bars")
    values = rows["value"].to_numpy(float)
    known = values[~np.isnan(values)]
    if (np.diff(known) > 0).any():
        raise FigureError("Nested bars go from the whole to its smallest part, but a row is larger than the one above.")
    after = [Column(texts_of(rows, lang), bold=True, flags=list(rows["mark"] != ""))]
    if len(rows) > 1:
        after.append(shares(values, np.full(len(values), values[0]), "of_total", lang))
    if len(rows) > 2:
        after.append(shares(values, np.r_[np.nan, np.nan, values[1:-1]], "of_above", lang))
    axes, centres = sheet.table(starred(rows), after=after)
    colours = [TINTS[0], *[TINTS[1]] * (len(rows) - 2), TINTS[2]] if len(rows) > 1 else [MAIN]
    tracked(sheet, axes, centres, values, colours, full=known.max(initial=0) or 1.0)
    return axes


def shares(values, wholes, header, lang):
    """Return the column of shares of other rows; the first row has none."""
    percent = np.divide(values * 100, wholes, out=np.full(len(values), np.nan), where=wholes > 0)
    texts = ["" if row == 0 or np.isnan(share) else format_number(share, decimals=1, lang=lang) + "%"
             for row, share in enumerate(percent)]
    return Column(texts, WORDS[header][lang], align="right", colour=MUTED)


@in_style
def unit_squares(frame, *, pairs, part_label, y="label", lang="vi", title="", subtitle=""):
    """Draw a handful of entities as squares to be counted; those of the part are filled.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``load()`` with the parts and the wholes, all of them counts.
    pairs : list of tuple of str
        ``(part, whole)`` as keys.
    part_label : str
        What is said of the part, in `lang`: "bị xử phạt".
    y : str
        Column with the labels.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    FigureError
        A value is no count, a part is larger than its whole, or there are too many squares to be counted.
    """
    rows = paired(frame, pairs, y=y, lang=lang)
    sheet = Sheet("unit_squares", rows, lang=lang, title=title, subtitle=subtitle)
    if rows.empty:
        return sheet.empty()
    parts, wholes = counts_of(rows)
    units = {key_of(row): row for row in frame.to_dict("records")}
    texts = [squares_text(row, units[whole[1]], part_label, lang)
             for row, whole in zip(rows.to_dict("records"), in_order(rows, pairs))]
    fits = {}

    def tall(width):
        fits["line"] = max(1, int((width + STEP - SQUARE) // STEP))
        fits["beside"] = all(whole * STEP + PAD + text_width(text, bold=True) <= width
                             for whole, text in zip(wholes, texts))
        lines = np.ceil(np.maximum(wholes, 1) / fits["line"])
        return [0 if fits["beside"] else line * STEP + line_height() for line in lines]

    axes, centres = sheet.table(starred(rows), tall=tall, least=190)
    axes.set_xlim(0, dict(sheet.plots)[axes][2])
    left = dict(sheet.plots)[axes][0]
    for row, (part, whole, text, y) in enumerate(zip(parts, wholes, texts, centres)):
        lines = int(np.ceil(max(whole, 1) / fits["line"]))
        top = y - SQUARE / 2 if fits["beside"] else y - (lines * STEP + line_height()) / 2
        draw_squares(sheet, axes, row, part, whole, top, fits["line"], y)
        x, height = (whole * STEP + PAD if whole else 0, y) if fits["beside"] else (0, top + lines * STEP + line_height() / 2)
        look = {} if whole else {"bold": False, "colour": MUTED}
        sheet.value(row, left + x, height, text, flag=bool(rows["mark"][row]), **look)
    return axes
