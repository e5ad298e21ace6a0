"""Lines: how numbers develop over three periods and more, each on a scale of its own."""

from math import gcd

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from bgdata.errors import FigureError
from bgdata.notation import MONTHS, Period
from bgdata.package import Package, reads, unit_text
from bgdata.package.observations import keys_of, rows_of
from bgdata.show.charts.rows import Names, in_style, prepare
from bgdata.show.charts.trend import MOST
from bgdata.show.framing import MARGIN, no_data
from bgdata.show.marks import Said, marks_of, plain
from bgdata.show.measure import line_height, text_width, wrap
from bgdata.show.sheet import GAP, Sheet
from bgdata.show.style import INK, LEADING, MAIN, MUTED, SMALL, TEXT, WIDTH
from bgdata.voice import Message

PANEL, CLEAR, APART = 72, 18, 12  # height of a panel's lines, room for a value in it, room below it, points
MOST_HEIGHT = 360  # of all panels, so that the figure with its words stays below 16 cm
FEW = 6  # values of a line that are all written
DATE = {"size": SMALL, "colour": MUTED, "align": "center"}
FORMS = ((True, TEXT), (False, TEXT), (False, SMALL))  # of values: with unit, size; the first that fits
BRIEF = {1: Message("1H"), 2: Message("2H")}  # of more periods than a few
HALVES = {1: Message("H1"), 2: Message("H2")}


@in_style
def lines(
    frame: pd.DataFrame,
    *,
    y: str = "label",
    order: Names | None = None,
    lang: str = "vi",
    title: str = "",
    subtitle: str = "",
    ax: Axes | None = None,
    package: Package | None = None,
) -> Axes:
    """Draw one small panel per label with its values over the periods, each on a scale of its own.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``load()`` for three periods or more of one length; the newest twelve are drawn, evenly spaced in time.
        A period without a number leaves a gap in the line, and so does one that the rows skip. Across a series break no
        line is drawn; an upright line stands there, with its reason below the chart.
    y : str
        Column with the labels of the panels.
    order : list of str, optional
        Keys, categories or labels of the panels to draw.
    lang, title, subtitle, ax, package
        As in :func:`ordered_bars`.

    Returns
    -------
    matplotlib.axes.Axes
        Of the first panel.

    Raises
    ------
    FigureError
        There are fewer than three periods, or a name is unknown.

    Examples
    --------
    >>> import bgdata as bg
    >>> from bgdata.show import alt_text
    >>> masts = bg.load("telecom.masts", period="2024-S1")
    >>> import pandas as pd
    >>> years = [
    ...     masts.assign(period=f"{year}-S1", value=value, lower=value, upper=value, printed="")
    ...     for year, value in ((2022, 900.0), (2023, 950.0))
    ... ]
    >>> alt_text(bg.charts.lines(pd.concat([*years, masts]), title="Cột ăng ten").figure).split("; ")[1:]
    ['Vị trí cột ăng ten 2023: 950 vị trí', 'Vị trí cột ăng ten 2024: 1.596 vị trí.']
    """
    rows, panels, periods = series(frame, y, order, lang)
    sheet = Sheet("lines", rows, lang=lang, package=package or Package.open(), title=title, subtitle=subtitle, ax=ax)
    if rows.empty or rows["value"].isna().all():
        return sheet.empty()
    sheet.zero_based = False
    of = {name: [row for row in sheet.records.items() if row[1]["name"] == name] for name in panels}
    texts = {unit: {row: sheet.text(one, unit=unit) for row, one in sheet.records.items()} for unit in (True, False)}
    half = (sheet.room - 2.5 * GAP) / 2
    across = 2 if len(panels) > 1 and (len(panels) > 3 or fitting(sheet, texts, half / len(periods))) else 1
    width = half if across == 2 else sheet.room
    form = fitting(sheet, texts, width / len(periods)) or FORMS[-1]
    breaks = {name: breaks_of(sheet, of[name], periods) for name in panels}
    sheet.notes += notes(sheet, of, texts[True], breaks, periods, width)
    names = [wrap(title_of(sheet, of[name][0][1], form[0]), width, bold=True) for name in panels]
    head = max(map(len, names)) * line_height() + 4
    ticks = [short(period, lang, width / len(periods), periods) for period in periods]
    below = max(map(len, ticks)) * SMALL * LEADING + 5
    deep = -(-len(panels) // across)
    height = min(PANEL, (MOST_HEIGHT - below) / deep - head - APART)
    step = head + height + APART
    sheet.open(step * deep + below - 4)
    dates = [_dates(sheet, ticks, column, step * -(-(len(panels) - column) // across) - APART, width)
             for column in range(min(across, len(panels)))]  # fmt: skip
    for index, (name, said) in enumerate(zip(panels, names)):
        x, top = MARGIN + index % across * (width + 2.5 * GAP), index // across * step
        title_lines = sheet.write(x, top + len(said) * line_height() / 2, said, bold=True)
        box = (x, top + head, width, height)
        panel(sheet, of[name], texts[form[0]], (title_lines, dates[index % across]), periods, breaks[name], form, box)
    return sheet.plots[0][0]


def _dates(sheet, ticks, column, y, width):
    """Write the periods once, below the last panel of a column; of more than a few, each year once."""
    x, room, line, years = MARGIN + column * (width + 2.5 * GAP), width / len(ticks), SMALL * LEADING, {}
    written = []
    for i, lines in enumerate(ticks):
        *own, year = lines
        once = bool(own) and len(ticks) > FEW
        alike = [place for place, other in enumerate(ticks) if other[-1] == year] if once else [i]
        if once and year not in years:
            middle = x + (sum(alike) / len(alike) + 0.5) * room
            years[year] = sheet.write(middle, y + 4 + (len(own) + 0.5) * line, year, **DATE)
        lines = own if once else lines
        artists = sheet.write(x + (i + 0.5) * room, y + 4 + len(lines) * line / 2, lines, **DATE)
        written.append([*artists, *years.get(year, ())])
    return written


def fitting(sheet, texts, room):
    """Return the first form in which all values fit into the room of one period; None where there is none."""
    known = [row for row, one in sheet.records.items() if one["value"] == one["value"]]
    fit = (form for form in FORMS if all(text_width(texts[form[0]][row], form[1], True) < room - 4 for row in known))
    return next(fit, None)


def title_of(sheet, row, unit):
    """Return the title of a panel, with the unit if the values are written without."""
    name, code = row["name"], row["unit"]
    return name if unit or code == "percent" else f"{name} ({unit_text(code, sheet.lang, package=sheet.package)})"


def notes(sheet, of, texts, breaks, periods, width):
    """Return what stands under the chart: what a gap is where there is no room to say it there, and why lines break."""
    lang = sheet.lang
    counts = [(len(one), -(-len(periods) // yearly(one, periods))) for one in of.values()]
    gaps = no_data(lang) in texts.values() or any(there < wanted for there, wanted in counts)
    unsaid = gaps and not fits_gap(lang, width / len(periods))
    said = [Message("Gap in a line: {no_data}.", no_data=no_data(lang)).to(lang)] if unsaid else []
    reasons = dict.fromkeys(reason for broken in breaks.values() for reason in broken.values())
    why = Message("Upright line: not comparable across it. {reasons}", reasons=" ".join(reasons)).to(lang)
    return said + ([why] if reasons else [])


def series(frame, y, order, lang):
    """Return the rows with `name`, the names of the panels and the periods, evenly spaced and in order."""
    rows = rows_of(frame, FigureError).reset_index(drop=True)
    found = sorted({Period.parse(code) for code in rows.get("period", [])})
    if not rows.empty and len(found) < 3:
        raise FigureError("Lines need three periods or more. Use a dumbbell or a table-chart for two.")
    if len({period.freq for period in found}) > 1:
        raise FigureError("Lines need periods of one length; select half-years, quarters, months or years.")
    periods = [period.code for period in evenly(found)][-MOST:]
    if not {period.code for period in found} <= {*periods}:
        rows = rows[rows["period"].isin(periods)].reset_index(drop=True)
    rows["key"] = keys_of(rows)
    newest = (
        prepare(rows.drop_duplicates("key", keep="last").assign(period=""), y=y, order=order) if len(rows) else rows
    )
    names = dict(zip(newest["key"], newest["name"])) if len(newest) else {}
    if not {*rows["key"]} <= {*names}:
        rows = rows[rows["key"].isin([*names])].reset_index(drop=True)
    rows["name"] = [names[key] for key in rows["key"]]
    rows["mark"], rows["derived"] = marks_of(rows, lang), False
    return rows, list(names.values()), periods


def evenly(periods):
    """Return periods with those that they skip, in the steps that they are apart.

    Examples
    --------
    >>> [str(period) for period in evenly([Period.parse(code) for code in ("2022-S1", "2024-S1", "2025-S1")])]
    ['2022-S1', '2023-S1', '2024-S1', '2025-S1']
    """
    months = [period.year * 12 + period.index * MONTHS[period.freq] for period in periods]
    if len(months) < 2:
        return periods
    step = gcd(*(later - earlier for earlier, later in zip(months, months[1:]))) // MONTHS[periods[0].freq]
    filled = [periods[0]]
    while filled[-1] < periods[-1]:
        filled.append(filled[-1].shifted(step))
    return filled


def breaks_of(sheet, rows, periods):
    """Return why a series breaks before a period: dict of position to reason."""
    package, spans = sheet.package, [Period.parse(period) for period in periods]
    indicator = package.indicators.get(rows[0][1].get("indicator"))
    if indicator is None:
        return {}
    reads.record("breaks.csv")
    broken = {i: package.break_between(indicator, spans[i - 1], spans[i]) for i in range(1, len(spans))}
    return {i: row[f"reason_{sheet.lang}"] for i, row in broken.items() if row}


def panel(sheet, rows, texts, said, periods, breaks, form, box):
    """Draw the line of one label, with its values over the dots and the periods below."""
    axes = sheet.plot(*box)
    x0, top, width, height = box
    numbers = {one["period"]: one["value"] for _, one in reversed(rows)}
    values = np.array([numbers.get(period, np.nan) for period in periods], float)
    inset = width / len(periods) / 2
    axes.set_axis_off()
    axes.set_xlim(-0.5, len(periods) - 0.5)
    axes.set_ylim(*value_range(values, height))
    axes.axhline(0, color=MUTED, linewidth=0.8)
    low, high = axes.get_ylim()
    sheet.write(x0, top + height * (high / (high - low)) - SMALL * 0.6, "0", size=SMALL, colour=MUTED)
    if breaks:
        axes.vlines([i - 0.5 for i in breaks], *axes.get_ylim(), color=MUTED, linewidth=0.9, linestyle=(0, (2, 2)))
    title_lines, ticks = said
    drawn = runs(axes, values, breaks, yearly(rows, periods))
    for row, record in rows:
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
    labelled(sheet, axes, rows, texts, values, periods, inset, form)


def yearly(rows, periods):
    """Return in how many places a year goes by where numbers of the same season alone are joined; else one."""
    seasons = {Period.parse(one["period"]).index for _, one in rows}
    return len({code[4:] for code in periods}) if len(seasons) == 1 else 1


def value_range(values, height):
    """Return limits that include zero and leave room for texts above."""
    low, high = min(np.nanmin(values, initial=0), 0), max(np.nanmax(values, initial=0), 0)
    span = (high - low or 1) * height / (height - CLEAR)
    return low - (span * 0.2 if low < 0 else 0), low + span


def runs(axes, values, breaks, step):
    """Draw the stretches without gap or break; returns, for each period with a number, its line and its place in it."""
    places, known = {}, np.flatnonzero(~np.isnan(values))
    apart = [
        place
        for place in range(1, len(known))
        if known[place] - known[place - 1] > step or {*range(known[place - 1] + 1, known[place] + 1)} & {*breaks}
    ]
    for run in np.split(known, apart):
        if len(run):
            axes.plot(run, values[run], color=MAIN, marker="o", markersize=5.5, markeredgewidth=0)
            places |= {int(i): (axes.lines[-1], place) for place, i in enumerate(run)}
    axes.set(xticks=[], yticks=[], xlabel="", ylabel="")
    return places


def labelled(sheet, axes, rows, written, values, periods, inset, form):
    """Write the values over the dots (all if they are few and fit, else the first and the last), and what is missing."""
    x0, top, _, height = dict(sheet.plots)[axes]
    low, high = axes.get_ylim()
    size = form[1]
    texts = {periods.index(one["period"]): (row, written[row]) for row, one in rows}
    known = [i for i in sorted(texts) if not np.isnan(values[i])]
    fits = (
        all(text_width(texts[i][1], size, i == known[-1]) <= 2 * inset - 4 for i in known[:FEW]) and len(known) <= FEW
    )
    for i in known:
        row, text = texts[i]
        told, flag = fits or i in (known[0], known[-1]), bool(sheet.records[row]["mark"])
        if not (told or flag):
            continue
        text = text if told else ""
        half = text_width(text, size, i == known[-1]) / 2
        x = min(max(x0 + inset + i * 2 * inset, x0 + half), x0 + 2 * inset * len(periods) - half)
        y = top + height - (values[i] - low) / (high - low) * height
        below = dips(values, i, (high - low) * 0.04)
        if below and top + height - y < 24 and i not in (known[0], known[-1]) and not flag:
            continue  # no room between the point and the line at zero
        sheet.value(
            row,
            x,
            y + (11 if below and top + height - y > 24 else -9),
            text,
            flag=flag,
            size=size,
            bold=i == known[-1],
            align="center",
            colour=INK if i == known[-1] else MUTED,
        )
    look, step = DATE, yearly(rows, periods)
    for i in sorted(set(range(len(periods) - 1, -1, -step)) - set(known)):
        row, text = texts.get(i, (None, no_data(sheet.lang)))
        at = x0 + (2 * i + 1) * inset, top + height / 2, wrap(text, 2 * inset - 4, size=SMALL)
        if text != no_data(sheet.lang):
            sheet.value(row, *at, bold=False, **look)
        elif fits_gap(sheet.lang, 2 * inset):
            sheet.write(*at, **look)


def fits_gap(lang, room):
    """Return whether the words for a missing number fit into the room of one period."""
    return all(text_width(line, SMALL) <= room - 4 for line in wrap(no_data(lang), room - 4, size=SMALL))


def dips(values, i, least):
    """Return whether the line runs well above a point, so that its value has to stand below."""
    known = [j for j in range(len(values)) if not np.isnan(values[j])]
    beside = [values[j] for j in [*known[: known.index(i)][-1:], *known[known.index(i) + 1 :][:1]]]
    return bool(beside) and sum(beside) / len(beside) - values[i] > least


def short(period, lang, room=WIDTH, periods=()):
    """Return a period in short lines that fit the room; its year alone where all `periods` are of one season.

    Examples
    --------
    >>> short("2024-S1", "vi"), short("2024-Q3", "en"), short("2024-A1", "vi")
    (['6 tháng đầu năm', '2024'], ['Q3', '2024'], ['2024'])
    """
    period = Period.parse(period)
    if period.freq == "A" or len(periods) > 1 and len({code[4:] for code in periods}) == 1:
        return [str(period.year)]
    shorter = {
        "S": (BRIEF if len(periods) > FEW else HALVES).get(period.index),
        "T": Message("four months {index}", index=period.index),
        "Q": Message("Q{index}", index=period.index),
        "M": Message("month {index}", index=period.index),
    }
    return [*wrap(shorter[period.freq].to(lang), room - 8, size=SMALL), str(period.year)]


def height_of(point):
    """Read a point of a line: its height."""
    line, place = point
    return line.get_ydata()[place]
