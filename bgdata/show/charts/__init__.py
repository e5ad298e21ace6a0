"""The kinds of chart: rows of ``load()`` or ``compare()`` in, Axes out.

>>> import bgdata as bg
>>> ax = bg.charts.ordered_bars(bg.breakdown(bg.load("telecom", period="2024-S1"), "telecom.bts"))
>>> len(ax.patches)
4
"""

from bgdata.show.charts.bars import ordered_bars, table_chart, track_bars
from bgdata.show.charts.change import dumbbell
from bgdata.show.charts.parts import completion_bars, nested_bars, unit_squares
from bgdata.show.charts.series import lines

__all__ = [
    "completion_bars",
    "dumbbell",
    "lines",
    "nested_bars",
    "ordered_bars",
    "table_chart",
    "track_bars",
    "unit_squares",
]
