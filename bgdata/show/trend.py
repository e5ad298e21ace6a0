"""The trend of some indicators: a line chart that appears by itself from the third period on.

Which periods belong together and which series can be compared is decided here; how lines look, in `charts`.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from bgdata.package import Key, Package, check_lang, reads
from bgdata.package.observations import read
from bgdata.rules.comparison import compare
from bgdata.show.sentences import source
from bgdata.voice import Message

if TYPE_CHECKING:
    from bgdata.show.figures import SavedFigure

LEAST = 3  # periods


def trend(
    name: str,
    indicators: Sequence[str | Key],
    *,
    period: str,
    lang: str = "vi",
    package: Package | None = None,
) -> "SavedFigure | None":
    """Draw and save how indicators develop over the same period of each year, if there are three such periods.

    Parameters
    ----------
    name : str
        Of the figure, as :func:`save_figure` takes it.
    indicators : sequence of str
        Their totals are drawn, each on a scale of its own. One without two numbers that can be compared, because
        series breaks lie between them or they are missing, is left out.
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
    periods = _alike(package, package.period(period), names)
    if len(periods) < LEAST:
        return None
    rows = read(package, periods, names, lang=lang, expected=True)
    rows = rows[rows["category"] == ""]
    shown = [one for one in names if _comparable(package, rows[rows["indicator"] == one], periods)]
    if not shown:
        return None
    from bgdata.show import charts, figures  # not at the top: most runs draw no trend

    rows = rows[rows["indicator"].isin(shown)]
    compared = compare(shown, period=period, lang=lang, package=package)
    said = {row["label"]: row["reason"] for row in compared[compared["basis"] == "revised"].to_dict("records")}
    marks = [f"{label}: {said[label]}" if label in said else "" for label in rows["label"]]
    years = [str(one.year) for one in periods]
    caption = _caption(package, shown, years, lang)
    title = _title(compared, periods[-1], lang) or caption
    subtitle = Message("Each indicator on a scale of its own").to(lang)
    ax = charts.lines(rows.assign(mark=marks), order=shown, lang=lang, title=title, subtitle=subtitle, package=package)
    sources = Message(
        "{now}; reports on the same period of {years}", now=source(period, lang, package=package), years=years[:-1]
    )
    return figures.save_figure(
        ax.figure, name, caption=caption, source=sources.to(lang), period=period, root=package.root
    )


def _alike(package, now, names):
    """Return the periods that lie in their year as `now` does and have a report, up to `now`; none if it has none."""
    alike = [one for one in package.periods if (one.freq, one.index) == (now.freq, now.index) and one <= now]
    for one in alike:
        reads.record(f"observations/{one}.csv", indicator=names)
    for table in ("periods.csv", "sectors.csv", "categories.csv", "breaks.csv"):
        reads.record(table)
    reads.record("indicators.csv", indicator=names)
    periods = [one for one in alike if package.observations_file(one).is_file()]
    return periods if now in periods else []


def _comparable(package, rows, periods):
    """Return whether two neighbouring numbers of a series can be compared."""
    there = set(rows.loc[rows["value"].notna(), "period"])
    known = [one for one in periods if one.code in there]
    return any(
        not package.break_between(package.indicators[rows["indicator"].iloc[0]], then, now)
        for then, now in pairwise(known)
    )


def _title(compared, now, lang):
    """Say how many indicators rose and fell since the year before, as far as both reports print them."""
    there = (compared["basis"] == "observed") & (compared["category"] == "") & (compared["direction"] != "")
    changes = compared.loc[there, "direction"]
    counts = [
        Message("{count} up", count=(changes == "up").sum()),
        Message("{count} down", count=(changes == "down").sum()),
        Message("{count} unchanged", count=(changes == "unchanged").sum()),
    ]
    counts = [count for count in counts if count.values["count"]]
    base = now.year_before().label(lang)
    said = Message("Of {all} comparable with the {base}: {counts}", all=len(changes), base=base, counts=counts)
    return said.to(lang) if counts else ""


def _caption(package, names, years, lang):
    sectors = {package.indicators[name]["sector"] for name in names}
    one = len(sectors) == 1
    of = package.sectors[sectors.pop()][f"label_{lang}"] if one else Message("Selected indicators")
    return Message("{of}, the same period of {years}", of=of, years=f"{years[0]}–{years[-1]}").to(lang)
