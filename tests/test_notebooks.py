"""The committed notebooks keep one form: the same rhythm, no logic, no number of the report typed by hand."""

import ast
import csv
import json
import re

import pytest

from bgdata.package import Package
from bgdata.voice import Message
from bgtools.run import notebooks
from conftest import NOTEBOOKS, ROOT

STRAYS = sorted(set((ROOT / "notebooks").glob("*.ipynb")) - set(NOTEBOOKS))
OPENING = "report = bg.report(period, compare_with=compare_with, lang=lang)"
LOGIC = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.While,
    ast.Import,
    ast.ImportFrom,
)


def cells(path, kind="code"):
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]


def source(cell):
    return "".join(cell["source"])


def texts(path):
    """What the text cells of a notebook say, and those that say a text in the language of the report."""
    said = [ast.parse(source(cell)).body[0].value for cell in cells(path) if source(cell).startswith("report.text(")]
    return [source(cell) for cell in cells(path, "markdown")] + [call.args[0].value for call in said]


def tags(cell):
    return cell["metadata"].get("tags", [])


def logic(code):
    """Name what does not belong in a cell: definitions, loops, imports, print and paths."""
    tree = ast.parse(code)
    found = [type(node).__name__ for node in ast.walk(tree) if isinstance(node, LOGIC)]
    found += [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in ("print", "open", "Path")]
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return found + [text for text in texts if re.search(r"\.(csv|png|svg)$|^\.{0,2}/", text)]


def context(code):
    """Name what tells a call the period or the language, which the report knows."""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    told = [keyword.arg for call in calls for keyword in call.keywords if keyword.arg in ("lang", "period")]
    names = [node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)]
    return told + [name for name in names if name in ("lang", "period", "compare_with")]


def typed(text, printed):
    """Name the numbers of three digits and more, or with decimals, that stand in the text as the report prints them."""
    return sorted(number for number in printed if re.search(rf"(?<![\w.,]){re.escape(number)}(?![\w]|[.,][0-9])", text))


@pytest.fixture(scope="module")
def printed():
    """Every number printed in any period, as digits, where it is long enough to be known by sight."""
    package = Package.open(ROOT)
    texts = [package.observations_file(period).read_text(encoding="utf-8") for period in package.periods]
    cells_printed = [row["printed"] for text in texts for row in csv.DictReader(text.splitlines())]
    numbers = {number for cell in cells_printed for number in re.findall(r"[0-9][0-9.,]*[0-9]", cell)}
    return {
        number
        for number in numbers
        if len(re.sub(r"\D", "", number)) >= 3 and not re.fullmatch("20[0-9]{2}|100", number)
    }


def test_there_is_an_overview_and_one_notebook_for_each_sector_before_all_others():
    names = [path.stem for path in NOTEBOOKS]
    sectors = ["overview", *Package.open(ROOT).sectors]
    first = [f"{position:02d}-{sector.replace('_', '-')}" for position, sector in enumerate(sectors)]
    assert names[: len(first)] == first
    assert [name for name in names if not re.fullmatch("[0-9]{2}-[a-z][a-z0-9]*(-[a-z0-9]+)*", name)] == []


@pytest.mark.parametrize("path", STRAYS, ids=lambda path: path.stem)
def test_a_file_beside_them_is_passed_over_but_not_spoilt(path):
    if not notebooks.belongs(path):
        pytest.skip("takes no period, so it is none of the report's")
    notebooks.defaults(notebooks.load(path), path.name)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestForm:
    def test_it_opens_with_title_parameters_and_imports(self, path):
        document = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert source(document[0]).startswith("# ")
        assert [tags(cell) for cell in document[1:3]] == [["parameters"], ["hide-input"]]
        assert source(document[2]).splitlines()[-2:] == ["import bgdata as bg", OPENING]

    def test_it_answers_first_then_shows_how_and_the_tables_last(self, path):
        order = [cell["id"].removeprefix(f"{path.stem[3:]}-") for cell in cells(path)]
        assert order[2] == "answer"
        tables = [place for place, name in enumerate(order) if name in ("table", "check", "unchecked")]
        assert tables == list(range(len(order) - len(tables), len(order)))

    def test_a_question_in_the_title_is_answered_in_words(self, path):
        document = json.loads(path.read_text(encoding="utf-8"))["cells"]
        [answer] = document[3]["outputs"]
        assert source(document[0]).rstrip().endswith("?")
        assert len("".join(answer["data"]["text/plain"]).split()) > 20

    def test_tables_are_folded_into_one_line_but_where_something_is_wrong(self, path):
        shown = {cell["id"].removeprefix(f"{path.stem[3:]}-"): cell["outputs"] for cell in cells(path)}
        tables = ["".join(output["data"]["text/html"]) for output in shown.get("table", [])]
        checks = ["".join(output["data"]["text/html"]) for output in shown.get("check", [])]
        assert all(html.startswith("<details") for html in tables)
        assert all(html.startswith("<details") or "▲" in html or "◇" in html or "<tr" not in html for html in checks)

    def test_its_parameters_are_three_strings(self, path):
        tree = ast.parse(source(cells(path)[0]))
        assert [node.targets[0].id for node in tree.body] == ["period", "compare_with", "lang"]
        assert all(isinstance(node.value.value, str) for node in tree.body)

    def test_no_cell_holds_logic(self, path):
        assert [(cell["id"], found) for cell in cells(path)[2:] if (found := logic(source(cell)))] == []

    def test_no_cell_is_longer_than_fifteen_lines(self, path):
        assert [cell["id"] for cell in cells(path) if len(source(cell).splitlines()) > 15] == []

    def test_no_number_of_the_report_is_typed(self, path, printed):
        texts = [source(cell) for kind in ("code", "markdown") for cell in cells(path, kind)]
        assert [found for text in texts if (found := typed(text, printed))] == []

    def test_no_text_holds_a_digit(self, path):
        assert [text for text in texts(path) if re.search("[0-9]", text)] == []

    def test_every_text_has_an_english_text(self, path):
        assert [text for text in texts(path) if Message(text).to("en") == text] == []

    def test_all_texts_but_the_title_are_in_the_language_that_a_person_chooses_in_jupyterlab(self, path):
        assert [cell["id"] for cell in cells(path, "markdown")] == [f"{path.stem[3:]}-title"]

    def test_period_and_language_are_said_once(self, path):
        assert [(cell["id"], found) for cell in cells(path)[2:] if (found := context(source(cell)))] == []

    def test_no_line_is_longer_than_a_hundred_characters(self, path):
        lines = [(cell["id"], line) for cell in cells(path) for line in source(cell).splitlines()]
        assert [(name, line) for name, line in lines if len(line) > 100] == []

    def test_cells_carry_no_metadata_but_tags(self, path):
        every = [cell for kind in ("code", "markdown") for cell in cells(path, kind)]
        assert [cell["id"] for cell in every if set(cell["metadata"]) - {"tags"}] == []

    def test_every_cell_has_a_spoken_id_that_begins_with_the_notebook(self, path):
        ids = [cell["id"] for kind in ("code", "markdown") for cell in cells(path, kind)]
        assert len(set(ids)) == len(ids)
        assert [name for name in ids if not re.fullmatch(f"{path.stem[3:]}(-[a-z]+)+", name)] == []

    def test_it_is_committed_executed_from_top_to_bottom_without_error_or_warning(self, path):
        assert [cell["execution_count"] for cell in cells(path)] == list(range(1, len(cells(path)) + 1))
        kinds = [output["output_type"] for cell in cells(path) for output in cell["outputs"]]
        assert set(kinds) <= {"execute_result", "display_data"}

    def test_every_figure_carries_its_alt_text(self, path):
        pictures = [
            output for cell in cells(path) for output in cell["outputs"] if "image/png" in output.get("data", {})
        ]
        assert [output for output in pictures if len("".join(output["data"]["text/plain"])) < 40] == []

    def test_it_stays_under_500_kilobytes(self, path):
        assert path.stat().st_size < 500_000


@pytest.mark.parametrize(
    "code",
    [
        "def f(): pass",
        "class A: pass",
        "f = lambda: 1",
        "for x in y: pass",
        "import os",
        "print(1)",
        "x = '../data/periods.csv'",
        "open('x')",
    ],
)
def test_planted_logic_is_found(code):
    assert logic(code)


@pytest.mark.parametrize("code", ['bg.load("post", period="x")', "report.table(rows, lang=lang)", "print(period)"])
def test_planted_context_is_found(code):
    assert context(code)


@pytest.mark.parametrize("text", ["Có 3.775 trạm", "tăng 24,64%", "value = 411.230", "335.521 tỷ"])
def test_a_planted_number_of_the_report_is_found(text, printed):
    assert typed(text, printed)


SAYS_MORE = re.compile(  # a number that is computed or compared, a target beside what is reached, or what is not known
    r"\{[^}]*(?:/[^}]*:%|:d|:\+%|:base)\}|\{[a-z_]+(?::\w+)?\}|không nêu|[Cc]hưa kết luận|mục tiêu|phải tắt sóng"
)


def repeating(code):
    """Return the sentences of an answer that hold always and say no more than the table does."""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    answers = [call for call in calls if getattr(call.func, "attr", "") == "answer"]
    said = [one.value for call in answers for one in call.args if isinstance(one, ast.Constant)]
    return [sentence for sentence in said if not SAYS_MORE.search(sentence)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_sentence_says_nothing_but_the_table(path):
    assert [one for cell in cells(path) for one in repeating(source(cell))] == []


def test_a_sentence_that_says_nothing_but_the_table_is_seen():
    assert repeating('report.answer("Có {telecom.bts} tại {telecom.masts}.", "Bình quân {mean}.", mean=1)') == [
        "Có {telecom.bts} tại {telecom.masts}."
    ]
