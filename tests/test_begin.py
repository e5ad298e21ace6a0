"""`bgdata notebook`: what it makes is one of the report's at once, and it never touches what is there."""

import inspect
import json
import shutil

import pytest
import test_notebooks
from click.testing import CliRunner
from projects import Project
from test_notebooks import printed  # noqa: F401

from bgtools.cli import main
from conftest import NOTEBOOKS

RULES = [name for name in vars(test_notebooks.TestForm) if name.startswith("test_")]


def bgdata(root, *arguments, lang="C"):
    return CliRunner().invoke(main, arguments, env={"BGDATA_ROOT": str(root), "LC_ALL": lang})


@pytest.fixture(scope="module", params=[None, "digital_government", "inspection"])
def begun(request, tmp_path_factory):
    """A notebook that was begun for a sector beside one of the report's."""
    it = Project(tmp_path_factory.mktemp("begun") / "project", "draws")
    it.path("notebooks/draws.ipynb").rename(it.path("notebooks/00-draws.ipynb"))
    result = bgdata(it.root, "notebook", "Cáp quang 5G", *(["--sector", request.param] if request.param else []))
    assert result.exit_code == 0, result.output
    assert "notebooks/01-cap-quang-5g.ipynb is there" in result.output and "make lab" in result.output
    return it.path("notebooks/01-cap-quang-5g.ipynb")


@pytest.mark.parametrize("rule", RULES)
def test_a_new_notebook_has_the_form(begun, rule, printed):  # noqa: F811
    held = getattr(test_notebooks.TestForm(), rule)
    held(begun, *[printed] * ("printed" in inspect.signature(held).parameters))


def test_it_runs_for_the_report_in_both_languages_and_has_a_page(tmp_path):
    it = Project(tmp_path / "project", "draws")
    bgdata(it.root, "notebook", "fibre")
    for lang in ("vi", "en"):
        assert it.run("--lang", lang).exit_code == 0
        assert bgdata(it.root, "site", "--lang", lang).exit_code == 0
    assert it.path("figures/2024-S1/fibre-changes.svg").exists()
    assert "A new notebook" in it.result("build/site-en/2024-S1/00-fibre.html")


@pytest.fixture
def real(tmp_path):
    """A project with the thirteen notebooks of the report."""
    it = Project(tmp_path / "project")
    for path in NOTEBOOKS[:13]:
        shutil.copy(path, it.path("notebooks"))
    return it


@pytest.mark.parametrize(
    "name", ["telecom", "Telecom", "99-telecom", "03-fibre", "digital_society", "An toàn/../x", ""]
)
def test_what_is_there_stays_and_what_cannot_be_a_name_is_refused(real, name):
    before = real.contents()
    assert bgdata(real.root, "notebook", name).exit_code in (1, 2)
    assert real.contents() == before


@pytest.mark.parametrize(
    "arguments, status, sentence",
    [
        (["telecom"], 1, "There is notebooks/03-telecom.ipynb already; nothing was written."),
        (["03-fibre"], 1, "There is notebooks/03-telecom.ipynb already; nothing was written."),
        (["4G"], 2, 'A notebook cannot be called "4G": its name begins with a letter'),
        (["../fibre"], 2, 'A notebook cannot be called "../fibre"'),
        (["f" * 41], 2, "40 at most"),
        (["fibre", "--sector", "telecm"], 2, 'Sector "telecm" is unknown; did you mean "telecom"?'),
    ],
)
def test_the_reason_is_said(real, arguments, status, sentence):
    result = bgdata(real.root, "notebook", *arguments)
    assert result.exit_code == status and sentence in result.output


@pytest.mark.parametrize(
    "asked, made",
    [
        ("fibre", "13-fibre"),
        ("20-fibre.ipynb", "20-fibre"),
        ("Đường truyền", "13-duong-truyen"),
        ("a_b  c", "13-a-b-c"),
    ],
)
def test_its_name_is_numbered_after_the_others_and_plain(real, monkeypatch, asked, made):
    monkeypatch.setattr("bgtools.begin.rewritten", lambda order: 0)
    assert bgdata(real.root, "notebook", asked).exit_code == 0
    assert real.path(f"notebooks/{made}.ipynb").exists()


def test_its_period_is_that_of_the_others(real, monkeypatch):
    monkeypatch.setattr("bgtools.begin.rewritten", lambda order: 0)
    real.edit("00-overview", "2024-S1", "2023-S2")
    real.path("notebooks/0-scratch.ipynb").write_text("{")
    bgdata(real.root, "notebook", "fibre")
    cells = json.loads(real.result("notebooks/13-fibre.ipynb"))["cells"]
    assert cells[1]["source"][0].startswith('period = "2023-S2"')
