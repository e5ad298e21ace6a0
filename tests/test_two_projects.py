"""Project B beside project A: what is asked of B is answered with B's numbers, though the work is done in A."""

import json

import pytest
from matplotlib.text import Text

import bgdata as bg
from bgdata.package import Package, validate, value_text
from bgdata.rules import evaluate
from bgdata.show.report import Report
from bgtools.check import checked
from conftest import PackageCopy

P = "2024-S1"
STATIONS = "telecom.bts[4G]"


@pytest.fixture
def b(tmp_path, monkeypatch):
    """Package B, with one number and one word of its own; A is the working directory."""
    a, other = PackageCopy(tmp_path / "a"), PackageCopy(tmp_path / "b")
    other.cell(other.observations, "telecom.bts,4G", "value", "1234")
    other.cell(other.observations, "telecom.bts,4G", "printed", "1.234")
    other.cell("units.csv", "station", "label_vi", "nhà trạm")
    monkeypatch.chdir(a.root)
    monkeypatch.delenv("BGDATA_ROOT", raising=False)
    return Package.open(other.root)


def contradicted(checks):
    return set(checks.loc[checks["verdict"] == "contradicts", "rule"])


def words(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "ask",
    [
        lambda b: bg.value(STATIONS, period=P, package=b),
        lambda b: bg.load(STATIONS, period=P, package=b)["value"].item(),
        lambda b: bg.load("telecom", period=P, package=b).set_index("key").loc[STATIONS, "value"],
        lambda b: bg.compare(STATIONS, period=P, package=b)["value"].item(),
        lambda b: bg.total(bg.load(period=P, package=b), STATIONS, package=b)["value"].item(),
    ],
    ids=["value", "load", "load a sector", "compare", "total"],
)
def test_numbers_are_those_of_the_project_that_was_asked(b, ask):
    assert ask(b) == 1234


def test_rules_judge_the_numbers_of_the_project_that_was_asked(b):
    assert contradicted(bg.check(P, package=b)) - contradicted(bg.check(P)) == {"telecom.bts.sum"}
    assert evaluate(P, sector="telecom", package=b)[0]["verdict"] == "contradicts"
    assert bg.load(STATIONS, period=P, package=b)["verdict"].item() == "contradicts"
    assert bg.load(STATIONS, period=P)["verdict"].item() == "holds"


def test_texts_have_the_words_of_the_project_that_was_asked(b):
    assert "1.234 nhà trạm" in words(value_text(bg.load(STATIONS, period=P, package=b).iloc[0], package=b))
    assert "1.234 nhà trạm" in words(bg.check(P, package=b).set_index("rule").loc["telecom.bts.sum", "numbers"])


def test_the_catalogue_is_that_of_the_project_that_was_asked(b, tmp_path):
    other = PackageCopy(tmp_path / "c")
    other.cell("sectors.csv", "post", "label_vi", "Bưu chính B")
    c = Package.open(other.root)
    assert bg.sectors(package=c).set_index("sector").loc["post", "label_vi"] == "Bưu chính B"
    assert bg.indicators("post", package=c).equals(bg.indicators("post"))
    assert bg.periods(package=c).equals(bg.periods())


def test_faults_are_those_of_the_project_that_was_asked(tmp_path, b):
    spoilt = PackageCopy(tmp_path / "c")
    spoilt.append(spoilt.observations, "telecom.bst,,1,,,=,A,1,I.1,,")
    assert len(validate(package=Package.open(spoilt.root))) == 1
    assert validate() == validate(package=b) == []


def test_tables_sentences_and_figures_are_of_the_project_that_was_asked(b):
    report = Report(b, P, "vi")
    rows = report.load(STATIONS)
    assert "1.234 nhà trạm" in words(repr(report.table(rows)))
    assert "1.234 nhà trạm" in words(str(report.answer("Có {telecom.bts[4G]}.")))
    ax = report.charts.ordered_bars(rows, title="Trạm")
    assert "1.234 nhà trạm" in [words(text.get_text()) for text in ax.figure.findobj(Text)]


def test_commands_are_of_the_project_that_was_asked(b, capsys):
    assert checked(b.root, [P], form="json") == 1
    rules = json.loads(capsys.readouterr().out)["rules"]
    assert [rule["verdict"] for rule in rules if rule["rule"] == "telecom.bts.sum"] == ["contradicts"]
