"""The trend of some indicators: a line chart that appears by itself from the third period on.

Which periods belong together and which series can be compared is decided here; how lines look, in `charts`. What stands
at a time (stocks, shares) is followed over all periods, what adds up over a period over the same one of each year.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import isnan
from typing import TYPE_CHECKING

from bgdata.notation import Period
from bgdata.package import Key, Package, base_text, check_lang, reads, value_text
from bgdata.package.observations import framed
from bgdata.rules.comparison import since
from bgdata.rules.load import numbers
from bgdata.show.sentences import signed, source
from bgdata.voice import Message

if TYPE_CHECKING:
    from bgdata.show.figures import SavedFigure

LEAST, MOST = 3, 12  # periods
STANDING = ("stock", "share")  # measures of what stands at a time, whatever the season


def trend(
    name: str,
    indicators: Sequence[str | Key],
    *,
    period: str,
    lang: str = "vi",
    package: Package | None = None,
) -> "SavedFigure | None":
    """Draw and save how indicators develop, if there are three periods to tell it.

    Parameters
    ----------
    name : str
        Of the figure, as :func:`save_figure` takes it.
    indicators : sequence of str
        Their totals are drawn, each on a scale of its own that starts at zero: stocks and shares over the newest twelve
        periods, all else over the same period of each year. One without two numbers that can be compared, because series breaks lie
        between them or they are missing, is left out, and so is one that never changes.
    period : str
        The last period of the trend.
    lang : {"vi", "en"}
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    SavedFigure or None
        None, and no file, where fewer than three periods have reports or no series can be compared.

    Raises
    ------
    UnknownName
        No such indicator or period.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.trend("post-trend", ["post.revenue", "post.dossiers"], period="2024-S1")  # the first: nothing to draw
    """
    package = package or Package.open()
    names = [package.key(one).indicator for one in indicators]
    check_lang(lang)
    rows = _rows(package, package.period(period), names, lang)
    shown = [one for one in names if _tells(package, [row for row in rows if row["indicator"] == one])]
    if not shown:
        return None
    from bgdata.show import charts, figures  # not at the top: most runs draw no trend

    rows = [row for row in rows if row["indicator"] in shown]
    moves = _moves(package, rows, period, lang)
    marks = {row["label"]: f"{row['label']}: {row['reason']}" for row in moves if row["basis"] == "revised"}
    caption = _caption(package, shown, rows, lang)
    subtitle = Message("Each indicator on a scale of its own, from zero").to(lang)
    ax = charts.lines(
        framed(rows).assign(mark=[marks.get(row["label"], "") for row in rows]), order=shown, lang=lang, package=package,
        title=_title(moves, lang, package) or caption, subtitle=subtitle,
    )  # fmt: skip
    years = sorted({row["period"][:4] for row in rows})
    sources = Message(
        "{now}; reports of {years}", now=source(period, lang, package=package), years=f"{years[0]}–{years[-1]}"
    )
    return figures.save_figure(
        ax.figure, name, caption=caption, source=sources.to(lang), period=period, root=package.root
    )


def _rows(package, now, names, lang):
    """Return the totals of indicators in the periods that they are followed over, up to `now`; none without a report."""
    standing = any(package.indicators[name]["measure"] in STANDING for name in names)
    alike = [one for one in package.periods if one.freq == now.freq and one <= now]
    alike = [one for one in alike if standing or one.index == now.index][-MOST:]
    for one in alike:
        reads.record(f"observations/{one}.csv", indicator=names)
    for table in ("periods.csv", "sectors.csv", "categories.csv", "breaks.csv"):
        reads.record(table)
    reads.record("indicators.csv", indicator=names)
    periods = [one for one in alike if package.observations_file(one).is_file()]
    rows = numbers(package, periods if now in periods else [], names, lang=lang, expected=True)
    followed = {code: Period.parse(code).index == now.index for code in map(str, periods)}
    return [row for row in rows if not row["category"] and (row["measure"] in STANDING or followed[row["period"]])]


def _tells(package, rows):
    """Return whether a series has three periods, moves, and has two neighbouring numbers that can be compared."""
    values = {Period.parse(row["period"]): row["value"] for row in rows}
    known = [one for one, value in values.items() if not isnan(value)]
    if len(rows) < LEAST or len({values[one] for one in known}) < 2:
        return False
    indicator = package.indicators[rows[0]["indicator"]]
    return any(not package.break_between(indicator, then, now) for then, now in pairwise(known))


def _moves(package, rows, period, lang):
    """Compare each series with its first period: rows of a comparison, with what was revised since the year before."""
    now, first, wanted = Period.parse(period), {}, {}
    for row in (one for one in rows if not isnan(one["value"])):
        first[row["indicator"]] = min(Period.parse(row["period"]), first.get(row["indicator"], now))
    for name, then in first.items():
        wanted.setdefault((then, "observed"), []).append(name)
    wanted |= {(now.year_before(), "revised"): list(first)}
    found = [
        row
        for (then, basis), names in wanted.items()
        if then < now
        for row in since(names, now, then, lang, package)
        if row["basis"] == basis
    ]
    return sorted(found, key=lambda row: ([*first].index(row["indicator"]), row["basis"] == "observed"))


def _title(moves, lang, package):
    """Say what changed most since its first period, as far as both numbers allow no other direction."""
    told = [row for row in moves if row["direction"] in ("up", "down")]
    if not told:
        return ""
    most = max(told, key=lambda row: abs(row["growth"] if row["growth"] == row["growth"] else row["change"]))
    said = {
        "label": most["label"],
        "base": base_text(most, lang, unit=False, package=package),
        "value": value_text(most, lang, padded=False, package=package),
    }
    rose = Message("{label} rose from {base} to {value}", **said)
    fell = Message("{label} fell from {base} to {value}", **said)
    return signed((rose if most["direction"] == "up" else fell).to(lang), {most["verdict"], most["base_verdict"]})


def _caption(package, names, rows, lang):
    years = sorted({row["period"][:4] for row in rows})
    sectors = {package.indicators[name]["sector"] for name in names}
    one = len(sectors) == 1
    of = package.sectors[sectors.pop()][f"label_{lang}"] if one else Message("Selected indicators")
    return Message("{of}, {years}", of=of, years=f"{years[0]}–{years[-1]}").to(lang)
