"""Draw and save every figure of the notebooks: once with bgdata, and three times over the usual way.

The usual way draws a figure for the SVG, again for the PNG and again for the notebook, and saves each with a tight box.
bgdata draws once and writes SVG, PNG, the bare PNG for the written report and the numbers; the notebook shows the PNG.

    .venv/bin/python benchmarks/figures.py
"""

import io
import os
import sys
import tempfile
import time
from pathlib import Path

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt

from bgdata.show.figures import save_figure
from bgdata.show.style import DPI, style

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from notebook_charts import NOTEBOOKS, recorded

USUAL = [{"format": "svg"}, {"format": "png", "dpi": DPI}, {"format": "png", "dpi": DPI}]
ROUNDS = 3


def once(name, draw, said):
    """Draw and save a figure with bgdata."""
    save_figure(draw().figure, name, **said)


def three_times_over(name, draw, said):
    """Draw and save a figure for each format anew."""
    for options in USUAL:
        figure = draw().figure
        with style():
            figure.savefig(io.BytesIO(), bbox_inches="tight", **options)
        plt.close(figure)


def seconds(way, figures):
    """Return the least processor time that all figures take in one of several rounds."""
    times = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["BGDATA_FIGURES"] = folder
            start = time.process_time()
            for figure in figures:
                way(*figure)
            times.append(time.process_time() - start)
    return min(times)


def main():
    """Print both times and their ratio."""
    figures = [figure for notebook in NOTEBOOKS for figure in recorded(notebook)]
    ours, usual = seconds(once, figures), seconds(three_times_over, figures)
    print(f"{len(figures)} figures: once {ours:.2f} s, three times over {usual:.2f} s, ratio {ours / usual:.2f}")


if __name__ == "__main__":
    main()
