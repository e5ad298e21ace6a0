import ast
import doctest
import inspect
import re
import subprocess
import sys
from collections import Counter
from importlib import import_module
from importlib.metadata import version

import pytest

import bgdata
from conftest import ROOT

FLOORS = {  # a module imports from lower floors, and from its own folder
    "bgdata.voice": -2,
    "bgdata.errors": -1,
    "bgdata.files": 0,
    "bgdata.notation": 1,
    "bgdata.package": 2,
    "bgdata.rules": 3,
    "bgdata.show": 4,
    "bgdata": 5,
    "bgtools.run": 6,
    "bgtools.read": 6,
    "bgtools.site": 6,
    "bgtools.word": 6,
    "bgtools.check": 7,
    "bgtools": 8,
}
DOORS = {  # what a room asks another room
    ("bgtools.site", "bgtools.run.results"),
    ("bgtools.site", "bgtools.run.notebooks"),
    ("bgtools.word", "bgtools.run.results"),
    ("bgtools.word", "bgtools.run.notebooks"),
    ("bgtools.word", "bgtools.read"),
}
MODULES = sorted(path for package in ("bgdata", "bgtools") for path in (ROOT / package).rglob("*.py"))


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


def floor(name):
    """The part of the house that a full name belongs to: the longest name in FLOORS that it begins with."""
    parts = name.split(".")
    return next(part for end in range(len(parts), 0, -1) if (part := ".".join(parts[:end])) in FLOORS)


def upward(source, name):
    """What a module imports from other rooms of its own floor, or from the floors above."""
    here = floor(name)
    names = [*imported(source, name.split(".")[:-1]), *named(source)]
    others = [found for found in names if found.split(".")[0] in ("bgdata", "bgtools") and floor(found) != here]
    return [found for found in others if FLOORS[floor(found)] >= FLOORS[here] and not through_a_door(here, found)]


def through_a_door(room, found):
    return any(room == asking and (found + ".").startswith(asked + ".") for asking, asked in DOORS)


def named(source):
    """Modules that a string of the source names, such as those that are imported by name later on."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if match := re.fullmatch(r"(bg(?:data|tools)(?:\.\w+)+)(?::\w+)?", node.value):
                yield match[1]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_imports_upwards(path):
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    assert upward(path.read_text(encoding="utf-8"), name) == []


@pytest.mark.parametrize(
    "name, source",
    [
        ("bgdata.rules.checks", "from bgdata.show.tables import table"),
        ("bgdata.rules.checks", "from bgdata.show import text"),
        ("bgdata.rules.checks", "import bgdata.show.tables"),
        ("bgdata.rules.checks", "from bgdata import show"),
        ("bgdata.rules.checks", "import bgdata as bg"),
        ("bgdata.rules.checks", "from bgdata import load"),
        ("bgdata.rules.checks", "from ..show import text"),
        ("bgdata.rules.checks", "from .. import show"),
        ("bgdata.rules.checks", "def late():\n    from bgtools.run import driver"),
        ("bgdata.rules.checks", "import importlib\nimportlib.import_module('bgdata.show.charts')"),
        ("bgdata.rules.checks", "HOMES = ['bgdata.show.tables']"),
        ("bgdata.package.observations", "from bgdata.rules import checks"),
        ("bgdata.notation.numbers", "PRELOAD = ('bgtools.run.warm:main',)"),
        ("bgtools.site.pages", "from bgtools.read import review"),
        ("bgtools.site.pages", "from bgtools.run import driver"),
        ("bgtools.run.driver", "from bgtools.read import reading"),
        ("bgtools.run.driver", "from bgtools.cli import main"),
        ("bgdata.errors", "from bgdata.notation import numbers"),
    ],
)
def test_a_planted_import_upwards_is_seen(name, source):
    assert upward(source, name) != []


@pytest.mark.parametrize(
    "name, source",
    [
        ("bgdata.rules.checks", "from bgdata.notation import numbers"),
        ("bgdata.rules.checks", "from . import verdicts"),
        ("bgdata.rules.checks", "from bgdata.errors import BgdataError"),
        ("bgdata.show.charts.bars", "from .parts import frame"),
        ("bgtools.run.driver", "from bgdata.package import Package\nfrom bgdata.show import style"),
        ("bgtools.site.pages", "from bgtools.run.results import digest"),
        ("bgtools.cli", "from bgtools.run import driver\nimport click"),
    ],
)
def test_an_import_downwards_or_within_a_room_is_allowed(name, source):
    assert upward(source, name) == []


def test_no_folder_holds_more_than_fourteen_modules():
    folders = Counter(path.parent for path in MODULES if path.stem != "__init__")
    assert {str(folder): count for folder, count in folders.items() if count > 14} == {}


def test_the_name_of_a_module_stands_once_in_the_tree():
    names = Counter(path.stem for path in MODULES if not path.stem.startswith("__"))
    assert [name for name, count in names.items() if count > 1] == []


def python(code):
    """What a fresh interpreter prints."""
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=600
    ).stdout.strip()


def test_importing_bgdata_imports_neither_pandas_nor_matplotlib():
    assert (
        python("import bgdata, sys; print({'pandas', 'matplotlib', 'seaborn', 'click'} & set(sys.modules))") == "set()"
    )


def test_loading_numbers_does_not_import_matplotlib():
    code = "import bgdata as bg, sys; bg.load(period='2024-S1'); print({'matplotlib', 'seaborn'} & set(sys.modules))"
    assert python(code) == "set()"


@pytest.mark.parametrize("name", bgdata.__all__)
def test_every_public_name_exists_and_teaches_by_an_example(name):
    documented = getattr(bgdata, name)
    assert doctest.DocTestParser().get_examples(inspect.getdoc(documented) or ""), f"{name} has no example"


def test_a_name_that_is_not_public_is_refused():
    with pytest.raises(AttributeError, match="module 'bgdata' has no attribute 'pandas'"):
        bgdata.pandas  # noqa: B018


STOREYS = ("notation", "package", "rules", "show")
FACES = {storey: import_module(f"bgdata.{storey}") for storey in STOREYS}
FACED = {
    (getattr(face, name).__module__, name)
    for face in FACES.values()
    for name in face.__all__
    if hasattr(getattr(face, name), "__module__")
}
PUBLIC = [(face, name) for face in (bgdata, bgdata.charts, *FACES.values()) for name in face.__all__]


def past_the_face(source, name):
    """What a module imports from modules of another storey though the storey's face has it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.count(".") == 2:
            found = {(node.module, alias.name) for alias in node.names} & FACED
            if not name.startswith(node.module.rsplit(".", 1)[0] + "."):
                yield from sorted(name for _, name in found)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_storey_shows_is_imported_from_its_face(path):
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    assert list(past_the_face(path.read_text(encoding="utf-8"), name)) == []


@pytest.mark.parametrize(
    "name, source, found",
    [
        ("bgdata.show.tables", "from bgdata.package.datapackage import Package", ["Package"]),
        ("bgtools.cli", "def late():\n    from bgdata.rules.checks import check, COLUMNS", ["check"]),
        ("bgdata.package.catalogue", "from bgdata.package.datapackage import Package", []),
        ("bgdata.show.tables", "from bgdata.package import Package\nfrom bgdata.package.observations import read", []),
    ],
)
def test_a_planted_import_past_a_face_is_seen(name, source, found):
    assert list(past_the_face(source, name)) == found


def test_the_faces_bring_no_pandas():
    code = "import bgdata.rules, bgdata.package, sys; print({'pandas', 'numpy'} & set(sys.modules))"
    assert python(code) == "set()"


def untyped(thing):
    """The parameters without a type, and the functions without a type of what they return, of a public name."""
    functions = [thing] if inspect.isfunction(thing) else []
    if inspect.isclass(thing):
        own = [
            getattr(one, "__func__", getattr(one, "func", getattr(one, "fget", one))) for one in vars(thing).values()
        ]
        functions = [one for one in own if inspect.isfunction(one) and not one.__name__.startswith("_")]
    for function in functions:
        signature = inspect.signature(function)
        names = [name for name, one in signature.parameters.items() if one.annotation is one.empty]
        yield from (f"{function.__name__}({name})" for name in names if name not in ("self", "cls"))
        if signature.return_annotation is signature.empty:
            yield function.__name__


@pytest.mark.parametrize("face, name", PUBLIC, ids=lambda part: getattr(part, "__name__", part))
def test_every_public_function_says_its_types(face, name):
    assert list(untyped(getattr(face, name))) == []


def test_a_missing_type_is_seen():
    assert list(untyped(lambda period: period)) == ["<lambda>(period)", "<lambda>"]


OPENING = {
    "complete",
    *bgdata.__all__,
    *bgdata.charts.__all__,
    *(name for face in FACES.values() for name in face.__all__),
}


def opened(source):
    """The functions in which a package is opened without saying where."""
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and ast.unparse(node) == "Package.open()":
                    yield function.name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_only_public_functions_open_a_package_without_saying_where(path):
    assert set(opened(path.read_text(encoding="utf-8"))) <= OPENING


def test_a_package_opened_below_is_seen():
    assert list(opened("class A:\n    def _row(self):\n        return Package.open().units")) == ["_row"]


def test_the_stub_has_the_public_names_and_their_homes():
    stub = ast.parse((ROOT / "bgdata" / "__init__.pyi").read_text(encoding="utf-8"))
    imports = [node for node in stub.body if isinstance(node, ast.ImportFrom)]
    homes = {alias.asname: node.module for node in imports for alias in node.names}
    assert homes == {name: f"bgdata.{home}" for name, home in bgdata._HOME.items()} | {"charts": "bgdata.show"}


def test_the_version_is_that_of_the_distribution():
    assert bgdata.__version__ == version("bgdata")
