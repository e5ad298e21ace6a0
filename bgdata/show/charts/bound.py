"""The kinds of chart as a report draws them: in its language, and its sentences put into words.

Nothing is drawn here.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from matplotlib.axes import Axes

from bgdata.package import Package
from bgdata.show import charts

SAID = ("title", "subtitle", "part_label")
Options = ParamSpec("Options")


def bound(draw: Callable[Options, Axes]) -> Callable[Concatenate["Charts", Options], Axes]:
    """Make a method of a chart function: it says the texts given, and hands on package and language."""

    @wraps(draw)
    def drawn(self, *args, **options):
        texts = {name: self.say(options[name]) for name in SAID if options.get(name)}
        return draw(*args, **{"lang": self.lang, "package": self.package} | options | texts)

    return drawn


class Charts:
    """The kinds of chart of :mod:`bgdata.charts`, drawn for one report.

    Attributes
    ----------
    package : Package
    lang : {"vi", "en"}
    say : callable
        Puts a sentence into words.

    Examples
    --------
    >>> import bgdata as bg
    >>> report = bg.report("2024-S1")
    >>> ax = report.charts.ordered_bars(report.breakdown("telecom.bts"), title="Trạm BTS, {period}")
    >>> ax.figure.texts[0].get_text()
    'Trạm BTS, 6 tháng đầu năm 2024'
    """

    def __init__(self, package: Package, lang: str, say: Callable[[str], str]):
        self.package, self.lang, self.say = package, lang, say

    completion_bars = bound(charts.completion_bars)
    dumbbell = bound(charts.dumbbell)
    lines = bound(charts.lines)
    nested_bars = bound(charts.nested_bars)
    ordered_bars = bound(charts.ordered_bars)
    table_chart = bound(charts.table_chart)
    track_bars = bound(charts.track_bars)
    unit_squares = bound(charts.unit_squares)
