import ast
import doctest
import inspect
import subprocess
import sys

import pytest

import bgdata
from conftest import ROOT

FLOORS = {
    "errors": 0,
    "model": 1,
    "show": 2,
    "batch": 3,
    "intake": 3,
    "publish": 3,
    "cli": 4,
    "bgdata": 5,
    "__main__": 6,
}
MODULES = sorted((ROOT / "bgdata").rglob("*.py"))


def imported(source, package):
    """Full names of all that a module's source imports, at its head or within functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            yield from (".".join([*base, *filter(None, [node.module]), alias.name]) for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            yield from (argument.value for argument in node.args[:1] if isinstance(argument, ast.Constant))


def wing(name):
    """The part of the house that a full name belongs to; the bare package, and its public names, are the roof."""
    part = (name.split(".") + [""])[1]
    return part if part in FLOORS else "bgdata"


def upward(source, name):
    """What a module imports from its own floor's other wings or from the floors above."""
    here = wing(name)
    others = [found for found in imported(source, name.split(".")[:-1]) if found.split(".")[0] == "bgdata"]
    return [found for found in others if wing(found) != here and FLOORS[wing(found)] >= FLOORS[here]]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_imports_upwards(path):
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    assert upward(path.read_text(encoding="utf-8"), name) == []


@pytest.mark.parametrize(
    "name, source",
    [
        ("bgdata.model.rules", "from bgdata.show.tables import table"),
        ("bgdata.model.rules", "from bgdata.show import text"),
        ("bgdata.model.rules", "import bgdata.show.tables"),
        ("bgdata.model.rules", "from bgdata import show"),
        ("bgdata.model.rules", "import bgdata as bg"),
        ("bgdata.model.rules", "from bgdata import load"),
        ("bgdata.model.rules", "from ..show import text"),
        ("bgdata.model.rules", "from .. import show"),
        ("bgdata.model.rules", "def late():\n    from bgdata.batch import run"),
        ("bgdata.model.rules", "import importlib\nimportlib.import_module('bgdata.show.charts')"),
        ("bgdata.show.tables", "from bgdata.publish import site"),
        ("bgdata.batch.run", "from bgdata.intake import reader"),
        ("bgdata.batch.run", "from bgdata.cli import main"),
        ("bgdata.errors", "from bgdata.model import numbers"),
    ],
)
def test_a_planted_import_upwards_is_seen(name, source):
    assert upward(source, name) != []


@pytest.mark.parametrize(
    "name, source",
    [
        ("bgdata.model.rules", "from bgdata.model import numbers"),
        ("bgdata.model.rules", "from . import numbers"),
        ("bgdata.model.rules", "from bgdata.errors import BgdataError"),
        ("bgdata.show.charts.bars", "from .parts import frame"),
        ("bgdata.batch.run", "from bgdata.model.package import Package\nfrom bgdata.show import style"),
        ("bgdata.cli", "from bgdata.batch import run\nimport click"),
    ],
)
def test_an_import_downwards_or_within_a_wing_is_allowed(name, source):
    assert upward(source, name) == []


def test_every_folder_and_module_of_the_house_has_its_floor():
    parts = {path.relative_to(ROOT / "bgdata").parts[0].removesuffix(".py") for path in MODULES}
    assert parts - {"__init__"} <= set(FLOORS)


def python(code):
    """What a fresh interpreter prints."""
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    ).stdout.strip()


def test_importing_bgdata_imports_neither_pandas_nor_matplotlib():
    assert (
        python("import bgdata, sys; print({'pandas', 'matplotlib', 'seaborn', 'click'} & set(sys.modules))") == "set()"
    )


def test_loading_numbers_does_not_import_matplotlib():
    code = "import bgdata as bg, sys; bg.load(period='2024-S1'); print({'matplotlib', 'seaborn'} & set(sys.modules))"
    assert python(code) == "set()"


def test_bgdata_with_load_costs_a_tenth_of_a_second_more_than_pandas_at_most():
    code = (
        "import time, pandas; start = time.perf_counter(); import bgdata; bgdata.load; "
        "print(time.perf_counter() - start)"
    )
    assert min(float(python(code)) for _ in range(3)) < 0.1


@pytest.mark.parametrize("name", bgdata.__all__)
def test_every_public_name_exists_and_teaches_by_an_example(name):
    documented = getattr(bgdata, name)
    assert doctest.DocTestParser().get_examples(inspect.getdoc(documented) or ""), f"{name} has no example"


def test_a_name_that_is_not_public_is_refused():
    with pytest.raises(AttributeError, match="module 'bgdata' has no attribute 'pandas'"):
        bgdata.pandas  # noqa: B018
