"""The kinds of chart: rows of ``load()`` or ``compare()`` in, Axes out."""

from bgdata.show.charts.bars import ordered_bars, table_chart, track_bars

__all__ = ["ordered_bars", "table_chart", "track_bars"]
