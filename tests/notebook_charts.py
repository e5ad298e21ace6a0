"""The charts that the notebooks draw, recorded by executing their code cells in this process."""

import json
from unittest.mock import patch

import matplotlib.pyplot as plt

from bgdata.show.charts import Charts


def code_of(notebook):
    """Return the code cells of a notebook, the parameters first."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def recorded(notebook, lang="vi"):
    """Return what a notebook draws: the name that each figure is saved under, and a function that draws it anew."""
    calls, figures, bound = [], [], Charts.bound

    def recording(self, draw):
        def drawn(*args, **options):
            calls.append(lambda: bound(self, draw)(*args, **options))
            return calls[-1]()

        return drawn

    def save_figure(fig, name, **said):
        figures.append((name, calls[-1], said))
        plt.close(fig)

    space = {}
    with patch.object(Charts, "bound", recording), patch("bgdata.show.figures.save_figure", save_figure):
        for code in code_of(notebook):
            exec(compile(code, notebook.name, "exec"), space)
            space["lang"] = lang
    return figures
