"""The kinds of chart: rows of ``load()`` or ``compare()`` in, Axes out.

>>> import bgdata as bg
>>> ax = bg.charts.ordered_bars(bg.breakdown(bg.load("telecom", period="2024-S1"), "telecom.bts"))
>>> len(ax.patches)
4
"""

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, ParamSpec

import pandas as pd

from bgdata.package import Package

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from bgdata.show.charts.across import area_dots as area_dots
    from bgdata.show.charts.across import area_lines as area_lines
    from bgdata.show.charts.across import area_map as area_map
    from bgdata.show.charts.bars import ordered_bars as ordered_bars
    from bgdata.show.charts.bars import table_chart as table_chart
    from bgdata.show.charts.bars import track_bars as track_bars
    from bgdata.show.charts.change import dumbbell as dumbbell
    from bgdata.show.charts.parts import completion_bars as completion_bars
    from bgdata.show.charts.parts import unit_squares as unit_squares
    from bgdata.show.charts.series import lines as lines
    from bgdata.show.charts.stacks import stacked_bars as stacked_bars

_HOMES = {
    "across": ["area_dots", "area_lines", "area_map"],
    "bars": ["ordered_bars", "table_chart", "track_bars"],
    "change": ["dumbbell"],
    "parts": ["completion_bars", "unit_squares"],
    "series": ["lines"],
    "stacks": ["stacked_bars"],
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME)
SAID = ("title", "subtitle", "part_label", "meaning")
FRAMES = ("limit", "shares_of")  # options that may be rows too
Options = ParamSpec("Options")


if not TYPE_CHECKING:  # a type checker reads the imports above, and finds a name that is none

    def __getattr__(name):
        """Import a kind of chart when it is first asked for: it brings Matplotlib, which most notebooks do without."""
        if name not in _HOME:
            raise AttributeError(f"module 'bgdata.show.charts' has no attribute {name!r}")
        return getattr(import_module(f"bgdata.show.charts.{_HOME[name]}"), name)


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
        from bgdata.show.charts.across import area_dots, area_lines, area_map
        from bgdata.show.charts.bars import ordered_bars, table_chart, track_bars
        from bgdata.show.charts.change import dumbbell
        from bgdata.show.charts.parts import completion_bars, unit_squares
        from bgdata.show.charts.series import lines
        from bgdata.show.charts.stacks import stacked_bars

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

    def bound(self, draw: "Callable[Options, Axes]") -> "Callable[Options, Axes]":
        """Return a chart function that says the texts given and knows language and package."""

        @wraps(draw)
        def drawn(frame: pd.DataFrame, *args: Options.args, **options: Options.kwargs) -> "Axes":
            texts = {name: self.say(options[name]) for name in SAID if options.get(name)}
            texts |= {name: self.mark(options[name]) for name in FRAMES if isinstance(options.get(name), pd.DataFrame)}
            return draw(self.mark(frame), *args, **{"lang": self.lang, "package": self.package} | options | texts)

        return drawn
