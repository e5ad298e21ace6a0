"""A descriptor that declares anything that JSON can hold is refused in sentences, whatever is asked."""

import copy
import json
import random

import pytest
from click.testing import CliRunner

import bgdata as bg
from bgdata.errors import DataError
from bgdata.package import Package
from bgdata.package.schema import read_descriptor
from bgtools.cli import main
from conftest import ROOT

DECLARED = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
JUNK = [None, 3, 0.5, True, "x", "", [], ["x"], {}, {"name": 3}, [[]], "(", -1]


def places(part, path=()):
    """Every place of a JSON value."""
    yield path
    for step in part if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ():
        yield from places(part[step], (*path, step))


ALL = list(places(DECLARED))


def spoilt(seed):
    """The descriptor with one place replaced by junk, or left out."""
    chance, declared = random.Random(seed), copy.deepcopy(DECLARED)
    path = chance.choice([path for path in ALL if path])
    whole = declared
    for step in path[:-1]:
        whole = whole[step]
    if chance.random() < 0.3:
        del whole[path[-1]]
    else:
        whole[path[-1]] = chance.choice(JUNK)
    return declared


def ask(package):
    """All that reads the package; only our own errors may come out."""
    try:
        (
            bg.load(period="2024-S1"),
            bg.check("2024-S1"),
            bg.periods(),
            bg.sectors(),
            bg.indicators(),
            bg.compare("telecom.bts", period="2024-S1"),
        )
    except bg.BgdataError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("seed", range(100))
def test_a_spoilt_descriptor_is_read_or_refused_in_a_sentence(package, seed):
    package.write("datapackage.json", json.dumps(spoilt(seed)).encode())
    assert "Traceback" not in ask(package)


def test_the_descriptor_itself_is_read():
    assert ask(ROOT) == ""


@pytest.mark.parametrize(
    "path, junk, said",
    [
        (("resources",), 3, "the package: resources is not a list"),
        (("resources", 0), 3, "the package: resources 1 is not an object"),
        (("resources", 0, "name"), 3, "resource 1: name is not a text"),
        (("resources", 0, "path"), ["a.csv"], "resource 1: path is not a text"),
        (("resources", 0, "schema"), 3, "resource 1: schema is not an object"),
        (("resources", 0, "schema"), [], "resource 1: schema is not an object"),
        (("resources", 0, "schema", "fields"), {}, "periods: fields is not a list"),
        (("resources", 0, "schema", "fields", 1), None, "periods: fields 2 is not an object"),
        (("resources", 0, "schema", "fields", 1, "name"), 3, "periods: name is not a text"),
        (
            ("resources", 0, "schema", "fields", 1, "type"),
            "money",
            'periods.start: type "money" is none of string, number',
        ),
        (
            ("resources", 0, "schema", "fields", 1, "type"),
            "number",
            "periods.start: has to be a column of the type date",
        ),
        (("resources", 0, "schema", "fields", 0, "constraints"), [], "periods.period: constraints is not an object"),
        (
            ("resources", 0, "schema", "fields", 0, "constraints", "pattern"),
            "(",
            "periods.period: pattern is not a regular",
        ),
        (("resources", 0, "schema", "fields", 0, "constraints", "required"), "yes", "required is not true or false"),
        (
            ("resources", 0, "schema", "fields", 0, "constraints", "minimum"),
            3,
            "periods.period: only numbers have a minimum",
        ),
        (("resources", 0, "schema", "primaryKey"), ["perod"], 'periods: a key refers to "perod", which is no column'),
        (("resources", 3, "schema", "foreignKeys"), 3, "indicators: foreignKeys is not a list"),
        (
            ("resources", 3, "schema", "foreignKeys", 0, "reference"),
            "sectors",
            "indicators: reference is not an object",
        ),
        (
            ("resources", 3, "schema", "foreignKeys", 0, "reference", "fields"),
            ["code"],
            'refers to "code", which is no',
        ),
        (
            ("resources", 3, "schema", "foreignKeys", 0, "reference", "resource"),
            "sector",
            "which is no column of sector",
        ),
    ],
)
def test_what_is_wrong_is_named(package, path, junk, said):
    declared = copy.deepcopy(DECLARED)
    whole = declared
    for step in path[:-1]:
        whole = whole[step]
    whole[path[-1]] = junk
    package.write("datapackage.json", json.dumps(declared).encode())
    with pytest.raises(DataError) as caught:
        Package.open()
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "path", [("schema",), ("schema", "fields"), ("name",), ("path",), ("schema", "fields", 0, "name")]
)
def test_what_is_missing_is_named(package, path):
    declared = copy.deepcopy(DECLARED)
    whole = declared["resources"][0]
    for step in path[:-1]:
        whole = whole[step]
    del whole[path[-1]]
    package.write("datapackage.json", json.dumps(declared).encode())
    with pytest.raises(DataError, match=f"{path[-1]} is not"):
        Package.open()


@pytest.mark.parametrize(
    "content", [b"[" * 100_000, b'{"resources": ' * 5000, b"\xff\xfe\x00", b"\xef\xbb\xbf{", b"NaN", b"1" * 5000]
)
def test_what_is_no_descriptor_at_all_is_refused(package, content):
    package.write("datapackage.json", content)
    with pytest.raises(DataError, match="datapackage.json"):
        Package.open()


@pytest.mark.parametrize("command", [["check"], ["check", "--format", "json"], ["new", "2025-S1"]])
@pytest.mark.parametrize("seed", range(20))
def test_commands_say_a_spoilt_descriptor_without_a_traceback(package, command, seed):
    package.write("datapackage.json", json.dumps(spoilt(seed)).encode())
    assert isinstance(CliRunner().invoke(main, command).exception, SystemExit | None)


def test_the_schema_of_observations_is_one_for_all_periods():
    schemas = read_descriptor(ROOT / "data")[1]
    assert [name for name in schemas if name.startswith("observations")] == ["observations"]
