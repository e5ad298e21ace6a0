"""What editors and type checkers know of the library: every public name, typed, and what is wrong with a misspelt one."""

import re

import jedi
import pytest
from mypy import api

import bgdata as bg
from bgdata.show.report import Report
from conftest import ROOT

ROWS = 'bg.load("telecom")'
CHARTS = bg.charts.__all__
NAMES = [
    *(f"bg.{name}" for name in [*bg.__all__, "__version__"] if name != "charts"),
    *(f"bg.charts.{name}" for name in CHARTS),
    *(f"report.{name}" for name in vars(Report) if not name.startswith("_")),
    *(f"report.charts.{name}" for name in CHARTS),
    *('report["telecom.bts"]', 'report["telecom.bts"]["value"]', ROWS, 'bg.value("telecom.bts")', 'bg.find("bts")'),
    *(f"bg.lowest({ROWS})", f"bg.table({ROWS})", f"bg.charts.lines({ROWS})", 'bg.Key.parse("a.b").anchor'),
    f'report.charts.ordered_bars({ROWS}, title="Trạm")',
]
MISTAKES = {
    "bg.laod()": "attr-defined",
    "bg.charts.orderd_bars": "attr-defined",
    "report.lod()": "attr-defined",
    "report.charts.nothing": "attr-defined",
    'bg.load("telecom", perod="2024-S1")': "call-arg",
    'bg.value("telecom.bts", categroy="4G")': "call-arg",
    "bg.load(period=3)": "arg-type",
    'bg.value("telecom.bts").nothing': "attr-defined",
    f'bg.charts.ordered_bars({ROWS}, titel="Trạm")': "call-arg",
    f'report.charts.ordered_bars({ROWS}, titel="Trạm")': "call-arg",
    f'bg.save_figure(bg.charts.lines({ROWS}).figure, "a", captoin="b", source="c")': "call-arg",
    'report.check(sectr="post")': "call-arg",
    'bg.report("2024-S1", langage="en")': "call-arg",
}


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What mypy says, by line of code."""
    folder = tmp_path_factory.mktemp("typed")
    head = ["import bgdata as bg", 'report = bg.report("2024-S1")']
    lines = [*head, *(f"reveal_type({name})" for name in NAMES), *MISTAKES]
    (folder / "uses.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MYPYPATH", str(ROOT))
        words = [
            "--follow-imports=silent",
            "--no-implicit-reexport",
            "--config-file=",
            "--no-error-summary",
            "--cache-dir",
            str(folder),
        ]
        found, _, _ = api.run([str(folder / "uses.py"), *words])
    told = {}
    for line, text in re.findall(r"uses\.py:(\d+): (.*)", found):
        told.setdefault(lines[int(line) - 1], []).append(text)
    return told


@pytest.mark.parametrize("name", NAMES)
def test_a_type_checker_knows_every_public_name_and_nothing_of_it_is_any(said, name):
    [text] = said[f"reveal_type({name})"]
    assert text.startswith("note: Revealed type is") and not re.search(r"\bAny\b", text)


@pytest.mark.parametrize("code", MISTAKES)
def test_a_type_checker_finds_a_misspelt_name_keyword_or_value(said, code):
    assert any(text.startswith("error:") and text.endswith(f"[{MISTAKES[code]}]") for text in said[code])


def names(code):
    """What an editor offers at the end of some code."""
    lines = ("import bgdata as bg\nreport = bg.report('2024-S1')\n" + code).split("\n")
    return {one.name for one in jedi.Script("\n".join(lines)).complete(len(lines), len(lines[-1]))}


def test_an_editor_completes_every_public_name():
    assert {*bg.__all__, "__version__"} <= names("bg.")
    assert set(CHARTS) <= names("bg.charts.")
    assert {name for name in vars(Report) if not name.startswith("_")} <= names("report.")


@pytest.mark.parametrize(
    "code, some",
    [(f"{ROWS}.", "groupby"), (f"bg.charts.lines({ROWS}).", "set_title"), ("report.load('post').", "groupby"),
     ("bg.load(per", "period="), ("bg.load(sec", "section="), ("report.check(sec", "sector="), ("bg.rules().", "groupby"),
     (f"bg.charts.ordered_bars({ROWS}, high", "highlight=")],
)  # fmt: skip
def test_an_editor_knows_what_comes_back_and_what_may_be_said(code, some):
    assert some in names(code)


def test_an_editor_finds_no_misspelt_name():
    assert names("bg.laod") == set() and names("bg.loa") == {"load"}


def test_an_editor_shows_the_signature():
    [signature] = jedi.Script("import bgdata as bg\nbg.value(").get_signatures(2, 9)
    assert signature.to_string().startswith("value(indicator: str | Key, period: str")
