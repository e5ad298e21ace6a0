"""No pattern of the tree, and none of a descriptor, takes exponential time on any text."""

import ast
import importlib
import json
import re
import time

import pytest

from bgdata.errors import DataError
from bgdata.package import Package
from bgdata.package.patterns import hazards, reach
from conftest import NEEDS_DASK, ROOT

FUNCTIONS = {"compile", "search", "match", "fullmatch", "split", "sub", "subn", "findall", "finditer"}
SCRIPTS = {"bgtools.__main__", "bgtools.read.fit.__main__", "bgtools.run.warm"}
PATHS = sorted([*ROOT.glob("bgdata/**/*.py"), *ROOT.glob("bgtools/**/*.py")])
NAMES = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in PATHS]
EXPLODING = [
    r"(a+)+$",
    r"(?:\d+[.,]?)+",
    r"(?:\s*\w+)*",
    r"(?:ab|ab)*",
    r"(?:[^\W\d_]+\s*)+",
    r"(a*)*",
    r"((a|b)+c?)+",
    r"(x+x+)+y",
    r"(.*a){11}",
    r"(a{1,2})+b",
    r"(?:(?:ước đạt|ước|đạt)\s?)+a|(?:(?:một|hai)?\s*)*",
]
HARMLESS = [
    r"(?:\s\w+)*",
    r"(?:\.\d{3})+",
    r"(?>a+)+",
    r"(?:a++b?)*",
    r"(?:a|b)*",
    r"(?:a+b)*",
    r"(?:một|mười|mươi)+",
    r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?",
    r"(I|II)(\.[0-9]+){0,2}(; (I|II)(\.[0-9]+){0,2})*",
]


def written(source, known):
    """The patterns that calls in a module's source are given; a part that only a run can tell is taken for a word."""
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        function = call.func
        named = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
        if named and function.value.id == "re" and function.attr in FUNCTIONS and call.args:
            yield evaluated(call.args[0], known)


def evaluated(node, known):
    """The text of an expression; what is not known before a run is taken for a word."""
    if isinstance(node, ast.JoinedStr):
        return "".join(evaluated(part, known) for part in node.values)
    if isinstance(node, ast.BinOp):
        return evaluated(node.left, known) + evaluated(node.right, known)
    try:
        return eval(ast.unparse(node.value if isinstance(node, ast.FormattedValue) else node), dict(known))
    except NameError:
        return "x"


def held(value, depth=0):
    """The compiled patterns that a value of a module holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict | list | tuple | set | frozenset) and depth < 3:
        for one in value.values() if isinstance(value, dict) else value:
            yield from held(one, depth + 1)


def patterns(path, name):
    """Text and flags of every pattern of a module: those that it holds, and those that its functions are given."""
    known = vars(importlib.import_module(name))
    found = [one for value in known.values() for one in held(value)]
    found += [one if isinstance(one, re.Pattern) else re.compile(one, re.I) for one in written(path.read_text(), known)]
    for one in found:
        text = one.pattern if isinstance(one.pattern, str) else one.pattern.decode("latin-1")
        yield text, one.flags & ~re.UNICODE


@pytest.mark.parametrize("path, name", [pair for pair in zip(PATHS, NAMES) if pair[1] not in SCRIPTS], ids=str)
def test_no_pattern_of_a_module_repeats_what_it_can_read_in_many_ways(path, name):
    if name.startswith(NEEDS_DASK):
        pytest.importorskip("distributed", reason="needs Dask: make cluster")
    assert [(text, found) for text, flags in set(patterns(path, name)) if (found := hazards(text, flags))] == []


def test_patterns_are_found_in_functions_and_in_lists():
    path = ROOT / "bgtools" / "read" / "statement" / "classes.py"
    assert len(list(patterns(path, "bgtools.read.statement.classes"))) > 100


@pytest.mark.parametrize("pattern", EXPLODING)
def test_a_pattern_that_could_explode_is_told(pattern):
    assert hazards(pattern) != []


@pytest.mark.parametrize("pattern", HARMLESS)
def test_a_pattern_that_reads_in_one_way_is_harmless(pattern):
    assert hazards(pattern) == []


@pytest.mark.parametrize("pattern", EXPLODING)
def test_a_descriptor_with_a_pattern_that_could_explode_is_refused(package, pattern):
    declared = json.loads(package.text("datapackage.json"))
    declared["resources"][0]["schema"]["fields"][3]["constraints"]["pattern"] = pattern
    package.write("datapackage.json", json.dumps(declared).encode())
    package.cell("periods.csv", "2024-S1", "label_vi", "a" * 60)
    with pytest.raises(DataError, match="could take forever"):
        Package.open()


GROWING = [  # with a text that takes time as its square, its cube or more
    (r".*a.*a", "a"),
    (r"a*a*b", "a"),
    (r"[0-9]*\s*[0-9]*\s*[0-9]*x", "1"),
    (r"(a*)(a*)(a*)(a*)b", "a"),
    (r"(?:a*b?)*c|(?=a*a*b).*", "a"),
    (r"(.*)\1b", "a"),
    (r"[一-龥]*[一-龥]*b", "一"),
]


@pytest.mark.parametrize("pattern, letter", [(one, letter) for one, letter in GROWING if not hazards(one)])
def test_a_text_of_the_longest_length_is_held_against_a_pattern_in_seconds(pattern, letter):
    text = letter * min(reach(pattern), 1_000_000)
    before = time.process_time()
    re.fullmatch(pattern, text + "!")
    assert time.process_time() - before < 30 and len(text) <= 10_000


@pytest.mark.parametrize("pattern, letter", [(one, letter) for one, letter in GROWING if not hazards(one)])
def test_a_longer_cell_is_refused_with_its_length(package, pattern, letter):
    declared = json.loads(package.text("datapackage.json"))
    declared["resources"][0]["schema"]["fields"][3]["constraints"]["pattern"] = pattern
    package.write("datapackage.json", json.dumps(declared).encode())
    package.cell("periods.csv", "2024-S1", "label_vi", letter * (reach(pattern) + 1))
    with pytest.raises(DataError, match=f"{reach(pattern) + 1} letters are too many for the form expected"):
        Package.open()


def test_the_patterns_of_the_project_take_any_cell_that_a_person_would_write():
    declared = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    fields = [one for resource in declared["resources"] for one in resource["schema"]["fields"]]
    found = {one["constraints"]["pattern"] for one in fields if "pattern" in one.get("constraints", {})}
    assert found and {pattern for pattern in found if reach(pattern) < 400} == set()
