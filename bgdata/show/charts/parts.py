"""Parts of a whole: completion (n/N), and squares to be counted."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from bgdata.errors import FigureError
from bgdata.package import Key, Package, unit_text
from bgdata.rules import CONTRADICTS
from bgdata.show.charts.bars import tracked
from bgdata.show.charts.rows import PAD, in_style, prepare, share_of, share_text, starred
from bgdata.show.framing import capitalised, no_data
from bgdata.show.marks import DISPUTES, Column, middle
from bgdata.show.measure import line_height, text_width
from bgdata.show.sheet import Sheet
from bgdata.show.style import GOOD, MAIN, MUTED, TRACK
from bgdata.voice import Message

SQUARE, STEP = 10.5, 13.5  # a unit square, and from one to the next, points
MOST_SQUARES = 200


@in_style
def completion_bars(
    frame: pd.DataFrame,
    *,
    pairs: Sequence[Sequence[str | Key]],
    y: str = "label",
    lang: str = "vi",
    title: str = "",
    subtitle: str = "",
    ax: Axes | None = None,
    package: Package | None = None,
) -> Axes:
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
    lang, title, subtitle, ax, package
        As in :func:`ordered_bars`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    FigureError
        A pair names what is not in the frame, or two rows have the same label.

    Examples
    --------
    >>> import bgdata as bg
    >>> from bgdata.show import alt_text
    >>> society, pair = bg.load("digital_society", period="2024-S1"), ("society.youth_epayment", "society.youth")
    >>> ax = bg.charts.completion_bars(society, pairs=[(*pair, "society.youth_epayment_share")], title="Thanh niên")
    >>> alt_text(ax.figure).split(": ")[1]
    '75,9% (312.000/411.230) ▲. Phần còn thiếu đến 100%. Báo cáo ghi 83%; tính lại từ 312.000/411.230 là 75,9%.'
    """
    rows = paired(frame, pairs, y=y, lang=lang)
    full = "share" in rows and (rows["share"] >= 100).any()
    key = [(GOOD, Message("complete, 100%").to(lang))] if full else []
    key.append((TRACK, Message("what is left up to 100%").to(lang)))
    sheet = Sheet(
        "completion_bars",
        rows,
        lang=lang,
        package=package or Package.open(),
        title=title,
        subtitle=subtitle,
        ax=ax,
        key=key,
    )
    if rows.empty:
        return sheet.empty()
    worded(sheet, frame)
    shares = rows["share"].to_numpy(float)
    texts = [share_text(share, lang, off) for share, off in zip(shares, rows["off"])]
    counts = ["" if np.isnan(share) else fraction(sheet, row) for share, row in zip(shares, rows.to_dict("records"))]
    after = [Column(texts, bold=True, flags=list(rows["mark"] != "")), Column(counts, align="right", colour=MUTED)]
    axes, centres = sheet.table(starred(rows), after=after)
    colours = [GOOD if share >= 100 else MAIN for share in shares]
    sayings = [lambda drawn, count=count, off=off: f"{share_text(drawn, lang, off)} ({count})"
               for count, off in zip(counts, rows["off"])]  # fmt: skip
    tracked(sheet, axes, centres, shares, colours, column="share", sayings=sayings)
    return axes


def paired(frame, pairs, *, y, lang):
    """Return the rows of the parts with the columns `whole` and `share` (computed, percent), and the keys of both."""
    known = {str(Key.of(row)): row for row in frame.to_dict("records")}
    pairs = [[str(key) for key in pair] for pair in pairs]
    rows = prepare(frame, lang=lang, y=y, order=[pair[0] for pair in pairs])
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
        about = (known[whole]["value"], *share_of(row, known[whole]), whole, (*printed, "")[0])
        rows.loc[index, ["whole", "share", "off", "whole_key", "share_key"]] = about
    return rows


def worded(sheet, frame):
    """Add to the rows of pairs how the wholes are written, and a footnote where a printed share is another one."""
    known, rows = {str(Key.of(row)): row for row in frame.to_dict("records")}, sheet.rows
    for index, row in rows.iterrows():
        whole, printed = known[row["whole_key"]], known.get(row["share_key"])
        rows.loc[index, "whole_text"] = sheet.text(whole, unit=False, words=False)
        rows.loc[index, "whole_with_unit"] = sheet.text(whole)
        verdict = next((one for one in DISPUTES if one in (row.get("verdict"), whole.get("verdict"))), "")
        differs = difference(sheet, printed, rows.loc[index]) if printed else ""
        rows.loc[index, "mark"] = differs or row["mark"] or (DISPUTES[verdict].to(sheet.lang) if verdict else "")
        rows.loc[index, "verdict"] = CONTRADICTS if differs else verdict


def difference(sheet, printed, row):
    """Return the footnote for a printed share that part and whole do not make, "" if they do."""
    value, share = printed["value"], row["share"]
    lower, upper = printed.get("lower", value - 0.5), printed.get("upper", value + 0.5)
    if np.isnan(value) or np.isnan(share) or lower <= share <= upper:
        return ""
    return Message(
        "The report says {printed}; {part}/{whole} makes {share}.",
        printed=sheet.text(printed),
        part=sheet.text(row.to_dict(), unit=False, words=False),
        whole=row["whole_text"],
        share=share_text(share, sheet.lang, row["off"]),
    ).to(sheet.lang)


def fraction(sheet, row):
    """Write n/N."""
    return f"{sheet.text(row, unit=False, words=False)}/{row['whole_text']}"


@in_style
def unit_squares(
    frame: pd.DataFrame,
    *,
    pairs: Sequence[Sequence[str | Key]],
    part_label: str,
    y: str = "label",
    lang: str = "vi",
    title: str = "",
    subtitle: str = "",
    ax: Axes | None = None,
    package: Package | None = None,
) -> Axes:
    """Draw a handful of entities as squares to be counted; those of the part are filled.

    More than can be counted, and parts larger than their wholes, are drawn as :func:`completion_bars`.

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
    lang, title, subtitle, ax, package
        As in :func:`ordered_bars`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    FigureError
        A value is no count.

    Examples
    --------
    >>> import bgdata as bg
    >>> from bgdata.show import alt_text
    >>> inspection = bg.load("inspection", period="2024-S1")
    >>> pairs = [("inspection.fined[individual]", "inspection.subjects[individual]")]
    >>> alt_text(bg.charts.unit_squares(inspection, pairs=pairs, part_label="bị xử phạt", title="Cá nhân").figure)
    'Biểu đồ ô vuông. Cá nhân. Đối tượng bị xử phạt: cá nhân: 7 đối tượng, 4 bị xử phạt. Bị xử phạt; mỗi ô là một đối tượng.'
    """
    rows, package = paired(frame, pairs, y=y, lang=lang), package or Package.open()
    if (rows["whole"] > MOST_SQUARES).any() or (rows["value"] > rows["whole"]).any():
        look = {"lang": lang, "title": title, "subtitle": subtitle, "package": package, "ax": ax}
        return completion_bars(frame, pairs=pairs, y=y, **look)
    units = unit_text(rows["unit"].iloc[0], lang, one=True, package=package) if len(rows) else ""
    key = [(MAIN, Message("{part}; each square is one {unit}", part=capitalised(part_label), unit=units).to(lang))]
    sheet = Sheet("unit_squares", rows, lang=lang, package=package, title=title, subtitle=subtitle, ax=ax, key=key)
    if rows.empty:
        return sheet.empty()
    check_counts(rows)
    worded(sheet, frame)
    texts = [squares_text(sheet, row, part_label) for row in rows.to_dict("records")]
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
    if ((numbers % 1 != 0) | (numbers < 0)).any():
        raise FigureError("Unit squares show counts. Use completion_bars for other numbers.")


def squares_text(sheet, row, part_label):
    """Say how many there are and how many of them are filled."""
    if np.isnan(row["whole"]):
        return no_data(sheet.lang)
    if np.isnan(row["value"]):
        return f"{row['whole_with_unit']}; {part_label}: {no_data(sheet.lang)}"
    return f"{row['whole_with_unit']}, {sheet.text(row, unit=False)} {part_label}"


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
            say=lambda number: f"{sheet.text(record, unit=False)} {part_label}",
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
