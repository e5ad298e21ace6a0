"""Lines: how numbers develop over three periods and more, each on a scale of its own."""

import numpy as np
import pandas as pd
import seaborn as sns

from bgdata.errors import FigureError
from bgdata.model.periods import Period
from bgdata.model.text import value_text
from bgdata.show.charts.rows import in_style, key_of, prepare
from bgdata.show.layout import line_height, text_width, wrap
from bgdata.show.marks import Said, plain
from bgdata.show.sheet import GAP, MARGIN, Sheet, no_data
from bgdata.show.style import INK, MAIN, MUTED, SMALL, TEXT, WIDTH

PANEL, TICKS = 72, 25  # height of a panel's lines, and of the periods under them, points
MOST_PERIODS = 12

WORDS = {
    "halves": {"vi": ("nửa đầu", "nửa cuối"), "en": ("H1", "H2")},
    "quarter": {"vi": "quý {}", "en": "Q{}"},
    "month": {"vi": "tháng {}", "en": "month {}"},
    "gap": {"vi": "Chỗ đứt của đường: {}.", "en": "Break in a line: {}."},
}


@in_style
def lines(frame, *, y="label", order=None, lang="vi", title="", subtitle=""):
    """Draw one small panel per label with its values over the periods, each on a scale of its own.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``load()`` for three periods or more; the newest twelve are drawn. A period without a number is a break
        in the line.
    y : str
        Column with the labels of the panels.
    order : list of str, optional
        Keys, categories or labels of the panels to draw.

    Returns
    -------
    matplotlib.axes.Axes
        Of the first panel.

    Raises
    ------
    FigureError
        There are fewer than three periods, or a name is unknown.
    """
    rows, panels, periods = series(frame, y, order)
    sheet = Sheet("lines", rows, lang=lang, title=title, subtitle=subtitle)
    if rows.empty or rows["value"].isna().all():
        return sheet.empty()
    sheet.zero_based = False
    width = (WIDTH - 2 * MARGIN - 2.5 * GAP) / 2
    texts = [value_text(row, lang) for row in rows.to_dict("records")]
    across = 2 if len(panels) > 1 and max(map(text_width, texts)) < width / len(periods) - 4 else 1
    width = width if across == 2 else WIDTH - 2 * MARGIN
    gaps = rows["value"].isna().any() or len(rows) < len(panels) * len(periods)
    if gaps and not fits_gap(lang, width / len(periods)):
        sheet.notes.append(WORDS["gap"][lang].format(no_data(lang)))
    names = [wrap(name, width, bold=True) for name in panels]
    head = max(map(len, names)) * line_height() + 4
    step = head + PANEL + TICKS + 12
    sheet.open(step * -(-len(panels) // across) - 12)
    for index, (name, said) in enumerate(zip(panels, names)):
        x, top = MARGIN + index % across * (width + 2.5 * GAP), index // across * step
        title_lines = sheet.write(x, top + len(said) * line_height() / 2, said, bold=True)
        panel(sheet, rows[rows["name"] == name], title_lines, periods, (x, top + head, width, PANEL))
    return sheet.plots[0][0]


def series(frame, y, order):
    """Return the rows with `name`, the names of the panels and the periods, in order."""
    rows = pd.DataFrame(frame).reset_index(drop=True)
    periods = [str(period) for period in sorted({Period.parse(code) for code in rows.get("period", [])})][
        -MOST_PERIODS:
    ]
    if not rows.empty and len(periods) < 3:
        raise FigureError("Lines need three periods or more. Use a dumbbell or a table-chart for two.")
    rows = rows[rows["period"].isin(periods)].reset_index(drop=True)
    rows["key"] = [key_of(row) for row in rows.to_dict("records")]
    newest = rows.drop_duplicates("key", keep="last").set_index("key")
    names = prepare(newest.assign(period=""), y=y, order=order).set_index("key")["name"] if len(rows) else {}
    rows = rows[rows["key"].isin(list(names.keys()))].reset_index(drop=True)
    rows["name"] = rows["key"].map(dict(names))
    return rows.assign(derived=False, mark=""), list(dict(names).values()), periods


def panel(sheet, rows, title_lines, periods, box):
    """Draw the line of one label, with its values over the dots and the periods below."""
    axes = sheet.plot(*box)
    x0, top, width, height = box
    values = rows.drop_duplicates("period").set_index("period")["value"].reindex(periods).to_numpy(float)
    inset = width / len(periods) / 2
    axes.set_xlim(-0.5, len(periods) - 0.5)
    axes.set_ylim(*value_range(values))
    axes.axhline(axes.get_ylim()[0], color=MUTED, linewidth=0.8)
    ticks = [
        sheet.write(
            x0 + inset + i * 2 * inset,
            top + height + TICKS / 2,
            short(period, sheet.lang),
            size=SMALL,
            colour=MUTED,
            align="center",
        )
        for i, period in enumerate(periods)
    ]
    drawn = runs(axes, values)
    for row, record in zip(rows.index, rows.to_dict("records")):
        i = periods.index(record["period"])
        artists = [*title_lines, *ticks[i]]
        sheet.labels[row] = Said(row, plain(" ".join(artist.get_text() for artist in artists)), artists)
        if i in drawn:
            sheet.mark(
                row,
                "value",
                values[i],
                drawn[i],
                height_of,
                axes=axes,
                place=lambda point, row=row, here=i: row if round(point[0].get_xdata()[point[1]]) == here else None,
            )
    labelled(sheet, axes, rows, values, periods, inset)


def value_range(values):
    """Return limits that leave room for texts above, and do not make a small change look large."""
    low, high = np.nanmin(values) if not np.isnan(values).all() else 0, np.nanmax(values, initial=0)
    span = max(high - low, 0.3 * abs(high), 1e-9)
    middle = (low + high) / 2
    return middle - 0.95 * span, middle + 0.95 * span


def runs(axes, values):
    """Draw the stretches without a gap; returns, for each period with a number, its line and its place in it."""
    places, known = {}, np.flatnonzero(~np.isnan(values))
    for run in np.split(known, np.flatnonzero(np.diff(known) > 1) + 1):
        if len(run):
            sns.lineplot(
                x=run,
                y=values[run],
                color=MAIN,
                marker="o",
                markersize=5.5,
                markeredgewidth=0,
                errorbar=None,
                estimator=None,
                ax=axes,
            )
            places |= {int(i): (axes.lines[-1], place) for place, i in enumerate(run)}
    axes.set(xticks=[], yticks=[], xlabel="", ylabel="")
    return places


def labelled(sheet, axes, rows, values, periods, inset):
    """Write the values over the dots (all of them if they fit, else the first and the last), and what is missing."""
    x0, top, _, height = dict(sheet.plots)[axes]
    low, high = axes.get_ylim()
    texts = {
        periods.index(row["period"]): (index, value_text(row, sheet.lang))
        for index, row in zip(rows.index, rows.to_dict("records"))
    }
    known = [i for i in sorted(texts) if not np.isnan(values[i])]
    fits = all(text_width(texts[i][1], TEXT, i == known[-1]) <= 2 * inset - 4 for i in known)
    for i in known if fits else known[:1] + known[1:][-1:]:
        row, text = texts[i]
        half = text_width(text, TEXT, i == known[-1]) / 2
        x = min(max(x0 + inset + i * 2 * inset, x0 + half), x0 + 2 * inset * len(periods) - half)
        y = top + height - (values[i] - low) / (high - low) * height
        sheet.value(
            row,
            x,
            y + (11 if dips(values, i, (high - low) * 0.04) else -11),
            text,
            bold=i == known[-1],
            align="center",
            colour=INK if i == known[-1] else MUTED,
        )
    if fits_gap(sheet.lang, 2 * inset):
        for i in sorted(set(range(len(periods))) - set(known)):
            sheet.write(
                x0 + inset + i * 2 * inset,
                top + height / 2,
                no_data(sheet.lang),
                size=SMALL,
                colour=MUTED,
                align="center",
            )


def fits_gap(lang, room):
    """Return whether the words for a missing number fit into the room of one period."""
    return text_width(no_data(lang), SMALL) <= room - 4


def dips(values, i, least):
    """Return whether the line runs well above a point, so that its value has to stand below."""
    beside = [values[j] for j in (i - 1, i + 1) if 0 <= j < len(values) and not np.isnan(values[j])]
    return bool(beside) and sum(beside) / len(beside) - values[i] > least


def short(period, lang):
    """Return a period in two short lines.

    Examples
    --------
    >>> short("2024-S1", "vi"), short("2024-Q3", "en"), short("2024-A1", "vi")
    (['nửa đầu', '2024'], ['Q3', '2024'], ['2024'])
    """
    period = Period.parse(period)
    if period.freq == "A":
        return [str(period.year)]
    if period.freq == "S":
        return [WORDS["halves"][lang][period.index - 1], str(period.year)]
    return [WORDS["quarter" if period.freq == "Q" else "month"][lang].format(period.index), str(period.year)]


def height_of(point):
    """Read a point of a line: its height."""
    line, place = point
    return line.get_ydata()[place]
