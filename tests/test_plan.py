"""Freshness: a run executes what its sources would change, says why, and executes nothing else."""

import json
import os
import re
import shutil

import pytest
from projects import Project

from bgtools.run import plan
from bgtools.run.results import Tables


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A project with two notebooks that have been run: one reads an observation, one reads nothing."""
    it = Project(tmp_path_factory.mktemp("finished") / "project", "draws", "reads")
    result = it.run()
    assert result.exit_code == 0, result.output
    return it


@pytest.fixture
def project(finished, tmp_path):
    """A copy of it: nothing in it depends on where it lies."""
    shutil.copytree(finished.root, tmp_path / "project", dirs_exist_ok=True)
    return Project(tmp_path / "project")


def planned(project, *arguments):
    """What a dry run says, by notebook: "fresh" or why it would run."""
    lines = project.run("--dry-run", *arguments).output.splitlines()
    return {line.split()[-2 if line.startswith("fresh") else 2]: line for line in lines}


def reason(project, name):
    return planned(project)[name].split(")  ")[-1]


FRESH = {"draws": "fresh      draws (2024-S1)", "reads": "fresh      reads (2024-S1)"}


def test_what_was_run_is_fresh_and_not_run_again(project):
    before = project.contents()
    assert planned(project) == FRESH
    assert "Notebooks: 0 done, 2 fresh, 0 failed" in project.run().output
    assert project.contents() == before


def test_a_dry_run_says_what_would_run_and_how_long_it_took_and_writes_nothing(project):
    before = project.contents()
    line = planned(project, "--force")["draws"]
    assert line.startswith("would run  draws (2024-S1)  (last time ")
    assert line.endswith("asked for (--force)")
    assert project.contents() == before


def test_what_never_ran_would_run(project):
    assert planned(project, "--lang", "en")["draws"].endswith("(never run)  never run")


def test_files_touched_without_a_change_make_nothing_stale(project):
    project.path("notebooks/draws.ipynb").touch()
    project.path("data/observations/2024-S1.csv").touch()
    project.path("figures/2024-S1/drawn.svg").touch()
    assert planned(project) == FRESH


def test_outputs_saved_in_the_notebook_make_nothing_stale(project):
    assert project.run("--in-place").exit_code == 0
    assert planned(project) == FRESH


def test_a_changed_text_cell_makes_its_notebook_stale_and_no_other(project):
    project.edit("draws", "## Số liệu", "## Các số liệu")
    assert reason(project, "draws") == "the notebook has changed"
    assert planned(project)["reads"] == FRESH["reads"]
    assert "Notebooks: 1 done, 1 fresh" in project.run().output


def test_a_changed_observation_makes_stale_what_read_it_and_says_from_what_to_what(project):
    project.cell(project.observations, "telecom.bts,4G", "value", "1648")
    project.cell(project.observations, "telecom.bts,4G", "printed", "1.648")
    assert reason(project, "reads") == "telecom.bts[4G] 1.647 -> 1.648"
    assert planned(project)["draws"] == FRESH["draws"]
    assert "Notebooks: 1 done, 1 fresh" in project.run().output
    assert project.cells("build/2024-S1/reads.ipynb")["value"]["outputs"][0]["data"]["text/plain"] == ["1648.0"]


def test_an_observation_that_no_notebook_read_makes_nothing_stale(project):
    project.cell(project.observations, "telecom.bts,2G", "value", "885")
    project.cell(project.observations, "telecom.bts,2G", "printed", "885")
    assert planned(project) == FRESH


def test_changed_parameters_make_stale(project):
    assert planned(project, "-p", "compare_with", "2024-S1")["draws"].endswith("its parameters have changed")


def test_a_missing_or_edited_output_is_made_again(project):
    figure, copy = project.path("figures/2024-S1/drawn.svg"), project.path("build/2024-S1/draws.ipynb")
    figure.write_text("<svg>by hand</svg>")
    assert reason(project, "draws") == "figures/2024-S1/drawn.svg was edited"
    figure.unlink()
    assert reason(project, "draws") == "figures/2024-S1/drawn.svg is missing"
    project.run()
    assert figure.read_text() == "<svg>2024-S1 vi</svg>"
    copy.write_text(copy.read_text() + " ")
    assert reason(project, "draws") == "build/2024-S1/draws.ipynb was edited"


@pytest.mark.parametrize(
    "file, what",
    [
        ("show/style.py", "bgdata has changed: show/style.py"),
        ("show/charts/bars.py", "bgdata has changed: show/charts/bars.py"),
        ("rules/comparison.py", "bgdata has changed: rules/comparison.py"),
        ("locale/en/LC_MESSAGES/bgdata.mo", "bgdata has changed: locale/en/LC_MESSAGES/bgdata.mo"),
    ],
)
def test_changed_code_makes_everything_stale(project, tmp_path, monkeypatch, file, what):
    shutil.copytree(plan.PACKAGE, tmp_path / "bgdata")
    monkeypatch.setattr(plan, "PACKAGE", tmp_path / "bgdata")
    assert planned(project) == FRESH
    with open(tmp_path / "bgdata" / file, "a") as source:
        source.write("# changed\n")
    assert reason(project, "draws") == reason(project, "reads") == what


def test_code_that_notebooks_cannot_reach_makes_nothing_stale(project, tmp_path, monkeypatch):
    shutil.copytree(plan.PACKAGE, tmp_path / "bgdata")
    (tmp_path / "bgtools").mkdir()
    monkeypatch.setattr(plan, "PACKAGE", tmp_path / "bgdata")
    (tmp_path / "bgtools/cli.py").write_text("")
    assert planned(project) == FRESH


def test_another_version_of_what_draws_makes_everything_stale(project, monkeypatch):
    monkeypatch.setattr(plan, "version", lambda name: "99")
    assert reason(project, "draws").startswith("versions have changed: fontpkg-be-vietnam-pro, matplotlib, numpy")


def test_what_failed_is_run_again(project):
    project.add("draws", "fails")
    assert project.run().exit_code == 1
    assert reason(project, "draws") == "failed last time"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"notebooks": []}'])
def test_a_spoilt_run_json_proves_nothing(project, content):
    project.path("build/2024-S1/run.json").write_text(content)
    assert reason(project, "draws") == "never run"
    assert "Notebooks: 2 done, 0 fresh" in project.run().output


def test_only_the_first_reasons_are_said(project):
    for category in ("2G", "3G", "4G", "5G"):
        project.edit(
            "reads",
            "import bgdata as bg",
            f'import bgdata as bg\\n",\n    "bg.value(\\"telecom.bts\\", period=period, category=\\"{category}\\")',
        )
    assert project.run().exit_code == 0
    for category, value in (("2G", "1"), ("3G", "2"), ("4G", "3"), ("5G", "4")):
        project.cell(project.observations, f"telecom.bts,{category}", "value", value)
        project.cell(project.observations, f"telecom.bts,{category}", "printed", value)
    assert reason(project, "reads").endswith("; and 1 more")


# the rows that a question selects


@pytest.fixture
def tables(tmp_path):
    def of(table, text):
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "data" / table).write_text(text, encoding="utf-8")
        return Tables(tmp_path)

    return of


TABLE = "indicator,category,printed\na.one,,1\na.one,x,2\na.two,,3\n"


def test_a_question_selects_the_rows_with_its_values(tables):
    found = tables("t.csv", TABLE)
    assert found.rows("t.csv", {}) == ["a.one,,1", "a.one,x,2", "a.two,,3"]
    assert found.rows("t.csv", {"indicator": ["a.one"]}) == ["a.one,,1", "a.one,x,2"]
    assert found.rows("t.csv", {"indicator": ["a.one"], "category": [""]}) == ["a.one,,1"]
    assert found.rows("t.csv", {"indicator": []}) == []
    assert found.rows("absent.csv", {}) == []


def test_a_row_that_appears_or_goes_is_a_change(tables):
    reads = tables("t.csv", TABLE).answers([{"table": "t.csv", "where": {"indicator": ["a.one"]}}])
    assert tables("t.csv", TABLE + "a.three,,4\n").changes(reads) == []
    assert tables("t.csv", TABLE + "a.one,y,4\n").changes(reads) == ["a.one[y] ∅ -> 4"]
    assert tables("t.csv", "indicator,category,printed\na.one,,1\n").changes(reads) == ["a.one[x] 2 -> ∅"]


def test_a_file_that_appears_is_a_change(tables):
    reads = tables("t.csv", TABLE).answers([{"table": "later.csv", "where": {}}])
    assert tables("later.csv", TABLE).changes(reads) == ["a.one ∅ -> 1", "a.one[x] ∅ -> 2", "a.two ∅ -> 3"]


def test_rows_in_another_order_are_a_change(tables):
    reads = tables("t.csv", TABLE).answers([{"table": "t.csv", "where": {}}])
    moved = "indicator,category,printed\na.two,,3\na.one,,1\na.one,x,2\n"
    assert tables("t.csv", moved).changes(reads) == ["t.csv"]


def test_a_question_about_all_rows_includes_the_narrower_ones(tables):
    questions = [{"table": "t.csv", "where": {"indicator": ["a.one"]}}, {"table": "t.csv", "where": {}}]
    assert [read["where"] for read in tables("t.csv", TABLE).answers(questions)] == [{}]


def test_the_answers_are_those_of_the_moment_before_the_run(tables):
    before = tables("t.csv", TABLE)
    before.rows("t.csv", {})
    tables("t.csv", TABLE.replace("3", "4"))
    assert json.dumps(before.answers([{"table": "t.csv", "where": {}}])).count("a.two,,3") == 1


def test_a_dry_run_says_how_many_would_run_and_about_how_long_that_takes(project):
    *_, last = project.run("--dry-run", "--force").output.splitlines()
    assert re.fullmatch(r"2 would run, 0 are fresh; about [\d.]+ s with [12] at a time, as last time\.", last)


def test_an_output_put_back_with_its_old_time_is_seen_to_be_another(project):
    project.run("--force", "--only", "draws")
    path = project.path("figures/2024-S1/drawn.svg")
    before, content = path.stat(), path.read_bytes()
    path.write_bytes(content[:-2] + b"x\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert reason(project, "draws") == "figures/2024-S1/drawn.svg was edited"
