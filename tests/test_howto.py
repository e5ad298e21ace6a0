"""The ten ordinary tasks of docs/: at most five lines each, the same in both languages, and true when run again."""

import ast
import json
import re

import pytest
from howto import PAGES, ROOT, executed

NAMES = ["how-to", "lam-the-nao"]
MAGIC = re.compile(r"^!(.*)$", re.MULTILINE)


def cells(path, kind="code"):
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return {cell["id"]: "".join(cell["source"]) for cell in found if cell["cell_type"] == kind}


def test_there_is_a_page_in_each_language_with_the_same_tasks():
    assert [path.stem for path in PAGES] == NAMES
    one, other = PAGES
    assert list(cells(one)) == list(cells(other)) and list(cells(one, "markdown")) == list(cells(other, "markdown"))


@pytest.fixture(scope="module")
def root(path, tmp_path_factory):
    """A copy of the project in which the page was executed."""
    root = tmp_path_factory.mktemp("again") / "project"
    (root.parent / "page.ipynb").write_text(executed(path, root), encoding="utf-8")
    return root


@pytest.mark.parametrize("path", PAGES, ids=NAMES, scope="module")
class TestPage:
    def test_it_has_ten_tasks_each_of_at_most_five_lines(self, path):
        headings = re.findall(r"^## (\d+)\. ", "\n".join(cells(path, "markdown").values()), re.MULTILINE)
        assert headings == [str(number) for number in range(1, 11)]
        assert {name: len(code.splitlines()) for name, code in cells(path).items() if len(code.splitlines()) > 5} == {}

    def test_it_uses_public_names_only(self, path):
        code = MAGIC.sub(r"'\1'", "\n".join(cells(path).values()))
        imported = [ast.unparse(node) for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Import)]
        assert imported == ["import bgdata as bg", "import matplotlib.pyplot as plt", "import sys"]

    def test_every_picture_has_its_description_and_no_complaint(self, path):
        text = path.read_text(encoding="utf-8")
        assert text.count('"image/png": "') == 3 == text.count("bgdata-alt") and 'bgdata-note\\">▲' not in text

    def test_it_gives_the_same_when_it_is_executed_again(self, path, root):
        before, now = (json.loads(one.read_text("utf-8"))["cells"] for one in (path, root.parent / "page.ipynb"))
        assert [cell["id"] for cell, other in zip(before, now, strict=True) if cell != other] == []

    def test_what_it_makes_is_where_it_says_and_nothing_that_is_published_changes(self, path, root):
        made = {one.relative_to(root).as_posix() for one in root.rglob("*") if one.is_file()}
        new = {name for name in made if not (ROOT / name).exists() or name.startswith("build/")}
        assert len([name for name in new if name.startswith("build/scratch/") and name.endswith(".svg")]) == 3
        assert sorted(name.partition("/")[0] for name in new if not name.startswith("build/")) == ["docs", "notebooks"]
