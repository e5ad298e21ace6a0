"""The answers of CONTRIBUTING.md to "where would you change ...?" are true: the file is there, and holds the thing."""

import ast
import re

import pytest

from conftest import ROOT

HOLDS = {  # what makes each answer true: a name that the module defines, or a text that the file holds
    "bgdata/notation/numbers.py": "parse",
    "bgdata/package/text.py": "value_text",
    "data/datapackage.json": '"fields"',
    "bgdata/package/key.py": "Key",
    "bgdata/package/workspace.py": "Workspace",
    "data/rules.csv": "rule,expression",
    "bgdata/rules/expressions.py": "parse",
    "bgdata/rules/comparison.py": "compare",
    "bgdata/lab.py": "complete",
    "bgdata/notation/timeforms.py": "days",
    "bgdata/show/style.py": "SETTINGS",
    "bgdata/show/report.py": "Report",
    "bgdata/locale/vi/LC_MESSAGES/bgdata.po": 'msgid "no data"',
    "bgtools/run/plan.py": "step",
    "bgtools/run/results.py": "Entry",
    "bgtools/run/cluster/remote.py": "executed",
    "bgtools/run/cluster/crew.py": "Crew",
    "bgtools/run/store/mirror.py": "Mirror",
    "bgtools/read/document/forms/word.py": "lines_of_word",
    "bgtools/read/statement/times.py": "Clock",
    "bgtools/read/whose.py": "doubts",
    "bgtools/read/decisions.py": "Decision",
    "bgtools/site/front.py": "front",
    "bgtools/word/checks/": "twice.py",
    "bgtools/cli.py": "run",
}


def told():
    """The places that the table of CONTRIBUTING.md names."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text.partition("Where would you change")[2].partition("\n## ")[0]
    return re.findall(r"\| `([^`]+)` \|$", table, re.MULTILINE)


def holds(path, thing):
    """Say whether a folder has a file, a module a name, or a file a text."""
    if path.is_dir():
        return (path / thing).is_file()
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return thing in text
    found = set()
    for node in ast.parse(text).body:
        found.add(getattr(node, "name", None))
        found.update(target.id for target in getattr(node, "targets", ()) if isinstance(target, ast.Name))
    return thing in found


def test_every_place_that_is_told_is_held_to_something():
    assert told() == list(HOLDS)


@pytest.mark.parametrize("place, thing", HOLDS.items())
def test_a_stranger_who_looks_there_finds_it(place, thing):
    assert holds(ROOT / place, thing)


def test_a_place_without_the_thing_is_noticed():
    assert not holds(ROOT / "bgdata/notation/numbers.py", "compare")
