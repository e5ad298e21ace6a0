"""The kinds of chart: rows of ``load()`` or ``compare()`` in, Axes out.

>>> import bgdata as bg
>>> ax = bg.charts.ordered_bars(bg.breakdown(bg.load("telecom", period="2024-S1"), "telecom.bts"))
>>> len(ax.patches)
4
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import pandas as pd
from matplotlib.axes import Axes

from bgdata.package import Package
from bgdata.show.charts.across import area_dots, area_lines, area_map
from bgdata.show.charts.bars import ordered_bars, table_chart, track_bars
from bgdata.show.charts.change import dumbbell
from bgdata.show.charts.parts import completion_bars, unit_squares
from bgdata.show.charts.series import lines
from bgdata.show.charts.stacks import stacked_bars

__all__ = [
    "area_dots",
    "area_lines",
    "area_map",
    "completion_bars",
    "dumbbell",
    "lines",
    "ordered_bars",
    "stacked_bars",
    "table_chart",
    "track_bars",
    "unit_squares",
]
SAID = ("title", "subtitle", "part_label", "meaning")
FRAMES = ("limit", "shares_of")  # options that may be rows too
Options = ParamSpec("Options")


def __dir__() -> list[str]:
    return __all__


class Charts:
    """The kinds of chart as a report draws them: in its language, and with its sentences put into words.

    Attributes
    ----------
    package : Package
    lang : {"vi", "en"}
    say : callable
        Puts a sentence into words.
    mark : callable
        Says below a chart what is contradictory in its rows.

    Examples
    --------
    >>> import bgdata as bg
    >>> report = bg.report("2024-S1")
    >>> ax = report.charts.ordered_bars(report.breakdown("telecom.bts"), title="Trạm BTS, {period}")
    >>> ax.figure.texts[0].get_text()
    'Trạm BTS, 6 tháng đầu năm 2024'
    """

    def __init__(self, package: Package, lang: str, say: Callable[[str], str], mark: Callable):
        self.package, self.lang, self.say, self.mark = package, lang, say, mark
        self.area_dots = self.bound(area_dots)
        self.area_lines = self.bound(area_lines)
        self.area_map = self.bound(area_map)
        self.completion_bars = self.bound(completion_bars)
        self.dumbbell = self.bound(dumbbell)
        self.lines = self.bound(lines)
        self.ordered_bars = self.bound(ordered_bars)
        self.stacked_bars = self.bound(stacked_bars)
        self.table_chart = self.bound(table_chart)
        self.track_bars = self.bound(track_bars)
        self.unit_squares = self.bound(unit_squares)

    def __dir__(self) -> list[str]:
        return __all__

    def bound(self, draw: Callable[Options, Axes]) -> Callable[Options, Axes]:
        """Return a chart function that says the texts given and knows language and package."""

        @wraps(draw)
        def drawn(frame: pd.DataFrame, *args: Options.args, **options: Options.kwargs) -> Axes:
            texts = {name: self.say(options[name]) for name in SAID if options.get(name)}
            texts |= {name: self.mark(options[name]) for name in FRAMES if isinstance(options.get(name), pd.DataFrame)}
            return draw(self.mark(frame), *args, **{"lang": self.lang, "package": self.package} | options | texts)

        return drawn
