"""nbval on the committed notebooks notices a wrong number and a wrong picture, and names the cell."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from conftest import ROOT, PackageCopy

FIGURE = "telecom-coverage-figure"


@pytest.fixture
def project(tmp_path):
    package = PackageCopy(tmp_path)
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks/03-telecom.ipynb", tmp_path / "notebooks")
    return package


def change_cell(project, cell_id, old, new):
    path = project.root / "notebooks/03-telecom.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    [cell] = [cell for cell in notebook["cells"] if cell["id"] == cell_id]
    code = "".join(cell["source"])
    assert code.count(old) == 1
    cell["source"] = code.replace(old, new)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def nbval(project):
    """Return what nbval says of the project's notebook."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--nbval", "notebooks", "-q", "--color=no"],
        cwd=project.root, capture_output=True, text=True, timeout=300, env=os.environ | {"BGDATA_ROOT": str(project.root)},
    )  # fmt: skip
    return done.stdout


def failed(project):
    """Return the sources of the cells that failed, joined."""
    said = nbval(project)
    assert " failed" in said, said
    return said


def test_the_notebook_passes_as_committed(project):
    assert " failed" not in nbval(project)


def test_a_plotted_value_multiplied_by_100_fails_in_its_cell(project):
    widen = "bar = ax.patches[-1]\nbar.set_width(bar.get_width() * 100)\nreport.save("
    change_cell(project, FIGURE, "report.save(", widen)
    assert "bar.set_width(bar.get_width() * 100)" in failed(project)


def test_two_swapped_bars_fail_in_their_cell(project):
    swap = "first, last = ax.patches[-1], ax.patches[-2]\nwidth = first.get_width()\nfirst.set_width(last.get_width())"
    change_cell(project, FIGURE, "report.save(", f"{swap}\nlast.set_width(width)\nreport.save(")
    assert "last.set_width(width)" in failed(project)


def test_two_swapped_rows_fail_in_their_cell(project):
    change_cell(project, FIGURE, 'sort_values("value", ascending=False)', 'sort_values("value", ascending=True)')
    assert "ascending=True" in failed(project)


def test_a_changed_observation_fails_in_the_cells_that_show_it(project):
    project.cell(project.observations, "telecom.household_fibre_share,", "value", "86")
    project.cell(project.observations, "telecom.household_fibre_share,", "printed", "86%")
    said = failed(project)
    assert "telecom-coverage" in said
    assert "report.numbers(telecom)" in said
