"""Parts of a whole: completion (n/N), parts of parts on one scale, and squares to be counted."""

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from bgdata.errors import FigureError
from bgdata.package import Key, value_text
from bgdata.show.charts.bars import tracked
from bgdata.show.charts.rows import PAD, in_style, prepare, share_text, single_unit, starred, texts_of
from bgdata.show.marks import Column, middle
from bgdata.show.measure import line_height, text_width
from bgdata.show.sheet import Sheet, no_data
from bgdata.show.style import GOOD, MAIN, MUTED, TINTS
from bgdata.voice import Message

SQUARE, STEP = 10.5, 13.5  # a unit square, and from one to the next, points
MOST_SQUARES = 200


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
    after = [Column(texts, bold=True, flags=list(rows["mark"] != "")), Column(counts, align="right", colour=MUTED)]
    axes, centres = sheet.table(starred(rows), after=after)
    colours = [GOOD if share >= 100 else MAIN for share in shares]
    sayings = [lambda drawn, count=count: f"{share_text(drawn, lang)} ({count})" for count in counts]
    tracked(sheet, axes, centres, shares, colours, column="share", sayings=sayings)
    return axes


def paired(frame, pairs, *, y, lang):
    """Return the rows of the parts with the columns `whole` and `share` (computed, percent)."""
    known = {str(Key.of(row)): row for row in frame.to_dict("records")}
    pairs = [[str(key) for key in pair] for pair in pairs]
    rows = prepare(frame, y=y, order=[pair[0] for pair in pairs])
    wholes = {pair[0]: pair[1:] for pair in pairs}
    for index, row in rows.iterrows():
        whole, *printed = wholes[row["key"]]
        if whole not in known:
            raise FigureError(
                'The frame has no row "{whole}", the whole of "{part}". '
                "Load the frame with expected=True, so that gaps are rows too.",
                whole=whole,
                part=row["key"],
            )
        total = known[whole]["value"]
        share = row["value"] / total * 100 if total else np.nan
        rows.loc[index, ["whole", "share", "whole_key"]] = total, share, whole
        rows.loc[index, "whole_text"] = value_text(known[whole], lang, unit=False, words=False)
        rows.loc[index, "whole_with_unit"] = value_text(known[whole], lang)
        if printed and printed[0] in known and not row["mark"]:
            rows.loc[index, "mark"] = difference(known[printed[0]], rows.loc[index], lang)
    return rows


def difference(printed, row, lang):
    """Return the footnote for a printed share that part and whole do not make, "" if they do."""
    value, share = printed["value"], row["share"]
    lower, upper = printed.get("lower", value - 0.5), printed.get("upper", value + 0.5)
    if np.isnan(value) or np.isnan(share) or lower <= share <= upper:
        return ""
    return Message(
        "The report says {printed}; {part}/{whole} makes {share}.",
        printed=value_text(printed, lang),
        part=value_text(row.to_dict(), lang, unit=False, words=False),
        whole=row["whole_text"],
        share=share_text(share, lang),
    ).to(lang)


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
    single_unit(rows)
    values = rows["value"].to_numpy(float)
    known = values[~np.isnan(values)]
    if (np.diff(known) > 0).any():
        raise FigureError("Nested bars go from the whole to its smallest part, but a row is larger than the one above.")
    after = [Column(texts_of(rows, lang), bold=True, flags=list(rows["mark"] != ""))]
    if len(rows) > 1:
        after.append(shares(values, np.full(len(values), values[0]), Message("{percent} of total", percent="%"), lang))
    if len(rows) > 2:
        after.append(
            shares(values, np.r_[np.nan, np.nan, values[1:-1]], Message("{percent} of row above", percent="%"), lang)
        )
    axes, centres = sheet.table(starred(rows), after=after, least=100)
    colours = [TINTS[0], *[TINTS[1]] * (len(rows) - 2), TINTS[2]] if len(rows) > 1 else [MAIN]
    tracked(sheet, axes, centres, values, colours, full=known.max(initial=0) or 1.0)
    return axes


def shares(values, wholes, header, lang):
    """Return the column of shares of other rows; the first row has none."""
    percent = np.divide(values * 100, wholes, out=np.full(len(values), np.nan), where=wholes > 0)
    texts = ["" if row == 0 or np.isnan(share) else share_text(share, lang) for row, share in enumerate(percent)]
    return Column(texts, header.to(lang), align="right", colour=MUTED)


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
    check_counts(rows)
    texts = [squares_text(row, part_label, lang) for row in rows.to_dict("records")]
    wholes = rows["whole"].fillna(0).astype(int)
    needed = [whole * STEP + PAD + text_width(text, bold=True) for whole, text in zip(wholes, texts)]

    def tall(width):
        return [
            0 if need <= width else lines_of(whole, width) * STEP + line_height() + 2
            for whole, need in zip(wholes, needed)
        ]

    axes, centres = sheet.table(starred(rows), tall=tall, least=190)
    left, _, width, _ = dict(sheet.plots)[axes]
    axes.set_xlim(0, width)
    for row, (whole, text, y, height) in enumerate(zip(wholes, texts, centres, tall(width))):
        top = y - height / 2 if height else y - STEP / 2
        squares(sheet, axes, row, top + (STEP - SQUARE) / 2, int(width // STEP), part_label)
        x, y = (0, y + (height - line_height()) / 2) if height else (whole * STEP + PAD * (whole > 0), y)
        look = {} if whole else {"bold": False, "colour": MUTED}
        sheet.value(row, left + x, y, text, flag=bool(rows["mark"][row]), **look)
    return axes


def check_counts(rows):
    """Refuse what cannot be drawn as squares."""
    numbers = rows[["value", "whole"]].stack().dropna()
    if ((numbers % 1 != 0) | (numbers < 0) | (numbers > MOST_SQUARES)).any():
        raise FigureError(
            "Unit squares show counts up to {most}. Use completion_bars for larger numbers.", most=MOST_SQUARES
        )
    more = rows["key"][rows["value"] > rows["whole"]]
    if len(more):
        raise FigureError("A part is larger than its whole: {parts}.", parts=list(more))


def squares_text(row, part_label, lang):
    """Say how many there are and how many of them are filled."""
    if np.isnan(row["whole"]):
        return no_data(lang)
    if np.isnan(row["value"]):
        return f"{row['whole_with_unit']}; {part_label}: {no_data(lang)}"
    return f"{row['whole_with_unit']}, {value_text(row, lang, unit=False)} {part_label}"


def lines_of(whole, width):
    """Return how many lines of squares a row takes."""
    return int(np.ceil(max(whole, 1) / (width // STEP)))


def squares(sheet, axes, row, top, per_line, part_label):
    """Draw the squares of a row, the part filled, and record both numbers."""
    part, whole = sheet.rows["value"][row], sheet.rows["whole"][row]
    if np.isnan(whole) or not whole:
        return
    drawn = [
        axes.add_patch(
            Rectangle(
                (i % per_line * STEP + 0.5, top + i // per_line * STEP),
                SQUARE,
                SQUARE,
                facecolor=MAIN if i < part else "white",
                edgecolor=MAIN,
                linewidth=0.9,
            )
        )
        for i in range(int(whole))
    ]
    record = sheet.rows.loc[row].to_dict()
    offset = sheet.labels[row].place() - middle(drawn)

    def place(squares):
        return middle(squares) + offset

    sheet.mark(row, "whole", whole, drawn, on_sheet, place=place, say=lambda number: record["whole_with_unit"])
    if not np.isnan(part):
        sheet.mark(
            row,
            "value",
            part,
            drawn,
            filled,
            place=place,
            say=lambda number: f"{value_text(record, sheet.lang, unit=False)} {part_label}",
        )


def on_sheet(drawn):
    """Read squares: how many there are."""
    return sum(square.axes is not None and square.get_visible() for square in drawn)


def filled(drawn):
    """Read squares: how many are filled."""
    return sum(
        square.axes is not None and square.get_visible() and to_hex(square.get_facecolor()) == MAIN.lower()
        for square in drawn
    )
