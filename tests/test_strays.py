"""A notebook that is none of the report's, or no notebook at all, never stops the others: in no command, in no test."""

import json

import nbformat
import pytest
from click.testing import CliRunner
from projects import Project
from site_project import SiteProject

from bgtools.cli import main
from bgtools.run import fork, notebooks, results
from conftest import ROOT

KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
UNTITLED = {"cells": [], "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5}
SCRATCH = {"cell_type": "code", "id": "a", "metadata": {}, "source": "for", "outputs": [], "execution_count": None}
PASSED = {  # what JupyterLab leaves of a person who tries something
    "new": json.dumps(UNTITLED).encode(),
    "scratch": json.dumps(UNTITLED | {"cells": [SCRATCH]}).encode(),
    "lang only": json.dumps(
        UNTITLED | {"cells": [SCRATCH | {"metadata": {"tags": ["parameters"]}, "source": 'lang = "vi"'}]}
    ).encode(),
}
SPOILT = {
    "empty": b"",
    "torn": b'{"cells": [{"cell_type": "ma',
    "of format 3": b'{"worksheets": [], "metadata": {}, "nbformat": 3, "nbformat_minor": 0}',
    "a table": b"PK\x03\x04\x00\xff",
    "a list": b"[1]",
}


@pytest.fixture
def project(tmp_path):
    """A project with a sound notebook, and strays of these names and contents."""

    def made(strays):
        it = Project(tmp_path / "project", "draws")
        for name, content in strays.items():
            it.path(f"notebooks/Untitled {name}.ipynb").write_bytes(content)
        return it

    return made


def test_a_link_to_nothing_is_a_failure_of_its_own(project):
    it = project({})
    it.path("notebooks/Untitled.ipynb").symlink_to("nowhere")
    output = it.run().output
    assert "done   draws" in output and "Untitled.ipynb cannot be read" in output


def test_a_copy_of_a_notebook_takes_no_figure_away_from_it(tmp_path):
    own, *copies = (tmp_path / f"{name}.ipynb" for name in ("03-telecom", "03-telecom-Copy1", "Bản sao", "Untitled"))
    for path in (own, *copies):
        path.write_bytes((ROOT / "notebooks" / "03-telecom.ipynb").read_bytes())
    figures = {"figures/2024-S1/telecom-bts.svg"}
    assert results._claimed(figures, own) is None
    assert [results._claimed(figures, copy) is None for copy in copies] == [False] * 3


@pytest.mark.parametrize("arguments", [[], ["--in-place"], ["--lang", "en"]], ids=" ".join)
def test_a_run_names_strays_and_does_the_others(project, arguments):
    it = project(PASSED | SPOILT)
    result = it.run(*arguments)
    assert result.exit_code == 1
    assert {f"Untitled {name}.ipynb takes no period" in result.output for name in PASSED} == {True}
    assert {f"Untitled {name}.ipynb is not a Jupyter notebook" in result.output for name in SPOILT} == {True}
    assert "Traceback" not in result.output
    made = (
        "notebooks/draws.ipynb"
        if "--in-place" in arguments
        else f"build/2024-S1/{'en/' * len(arguments[1:])}draws.ipynb"
    )
    assert it.cells(made)["answer"]["execution_count"]


def test_strays_that_are_passed_over_leave_a_run_as_good_as_it_was(project):
    assert project(PASSED).run().exit_code == 0


def test_the_site_has_no_page_for_what_is_passed_over_and_says_what_is_spoilt(tmp_path, monkeypatch):
    monkeypatch.setenv("BGDATA_ROOT", str(tmp_path))
    it = SiteProject(tmp_path, "03-telecom")
    for name, content in (PASSED | SPOILT).items():
        (it.root / "notebooks" / f"Untitled {name}.ipynb").write_bytes(content)
    said = CliRunner().invoke(main, ["site", "--lang", "vi"])
    assert said.exit_code == 1
    assert {name for name in PASSED | SPOILT if f"Untitled {name}: Chưa chạy lần nào" in said.output} == set(SPOILT)
    assert (it.root / "build" / "site" / "2024-S1" / "03-telecom.html").exists()


def file_of(path, content):
    path.write_bytes(content)
    return open(path, "rb")


@pytest.mark.parametrize("name, content", (PASSED | SPOILT).items(), ids=[*PASSED, *SPOILT])
def test_the_catalogues_take_nothing_from_a_stray(tmp_path, name, content):
    with file_of(tmp_path / "Untitled.ipynb", content) as file:
        assert list(notebooks.extract(file)) == []


# outputs and parameters


PRINTED = {
    "what was printed before": "print(1, flush=True); clear_output(wait=True); print(2)",
    "what was shown before": "display(1); clear_output(wait=True); print(2)",
    "each time": "[(clear_output(wait=True), print(n, flush=True)) for n in range(3)]; None",
    "nothing while nothing follows": "print(1, flush=True); clear_output(wait=True)",
    "at once": "print(1, flush=True); clear_output(); print(2)",
    "both streams": "import sys; print(1, flush=True); print(1, file=sys.stderr, flush=True); clear_output(wait=True); print(2)",
}


@pytest.mark.parametrize("code", PRINTED.values(), ids=PRINTED)
def test_cleared_outputs_are_those_of_plain_papermill(project, monkeypatch, code):
    it = project({})
    code = json.dumps("from IPython.display import clear_output, display; " + code)[1:-1]
    it.edit("draws", json.dumps('print("xin chào", period, lang, compare_with)', ensure_ascii=False)[1:-1], code)
    assert it.run().exit_code == 0
    ours = it.cells("build/2024-S1/draws.ipynb")["answer"]["outputs"]
    monkeypatch.setattr(fork, "untried", lambda: ["papermill 99.0"])
    it.run("--force")
    assert it.cells("build/2024-S1/draws.ipynb")["answer"]["outputs"] == ours != []


def test_a_second_parameters_cell_is_the_failure_of_its_notebook(project):
    it = project({})
    it.add("twice", "draws")
    notebook = nbformat.read(it.path("notebooks/twice.ipynb"), 4)
    notebook.cells.append(nbformat.v4.new_code_cell('lang = "en"', id="again", metadata={"tags": ["parameters"]}))
    nbformat.write(notebook, it.path("notebooks/twice.ipynb"))
    result = it.run()
    assert result.exit_code == 1
    assert "twice.ipynb: 2 cells are tagged `parameters`; leave one." in result.output
    assert "Notebooks: 1 done, 0 fresh, 1 failed" in result.output


# texts that are said


def code_cell(source, *outputs):
    shown = [{"output_type": "display_data", "metadata": {}, "data": data} for data in outputs]
    return {"cell_type": "code", "id": "a", "metadata": {}, "source": source, "outputs": shown, "execution_count": 1}


SAID = {"text/markdown": ["## Cáp ", "quang"], "text/plain": "## Cáp quang"}


@pytest.mark.parametrize(
    "cell, kind",
    [
        (code_cell(['report.text("## Cáp quang")'], SAID), "markdown"),
        (code_cell('report.text("## Cáp quang")'), "code"),
        (code_cell('report.text("## Cáp quang")', SAID, SAID), "code"),
        (code_cell('report.text("## Cáp quang")', {"text/plain": "a"}), "code"),
        (code_cell('report.answer("## Cáp quang")', SAID), "code"),
    ],
)
def test_a_cell_that_only_says_a_text_is_a_text_cell_to_readers(tmp_path, cell, kind):
    (tmp_path / "copy.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    [shown] = notebooks.executed(tmp_path / "copy.ipynb")
    assert shown["cell_type"] == kind
    assert kind == "code" or (shown["source"], shown["outputs"]) == ("## Cáp quang", [])
