"""What is said to people stands in the catalogue: every sentence of the code, translated, about the same values."""

import ast
import re

import pytest
from babel.messages.pofile import read_po

from conftest import ROOT

SAYING = {
    "Message",
    "counted",
    "BgdataError",
    "NotationError",
    "UnknownName",
    "DataError",
    "FigureError",
    "RunError",
    "WriteError",
}
SOURCES = sorted(path for package in ("bgdata", "bgtools") for path in (ROOT / package).rglob("*.py"))
PLACE = re.compile(r"\{(\w+)")


def forms(texts):
    return [texts] if isinstance(texts, str) else list(texts)


def entries():
    with open(ROOT / "bgdata" / "locale" / "vi" / "LC_MESSAGES" / "bgdata.po", "rb") as file:
        return {forms(message.id)[0]: message for message in read_po(file) if message.id}


ENTRIES = entries()


def said(source):
    """The texts that a module's source says: the first argument of what makes a message or an error."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            if getattr(node.func, "id", None) in SAYING and isinstance(node.args[0].value, str):
                yield node.args[0].value


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_sentence_of_the_code_is_in_the_catalogue(path):
    assert [text for text in said(path.read_text(encoding="utf-8")) if text and text not in ENTRIES] == []


def test_a_sentence_that_the_catalogue_lacks_is_seen():
    source = "raise BgdataError('x', why=Message('y'))\nsay(f'{Message(\"z\")}')"
    assert sorted(said(source)) == ["x", "y", "z"]


def test_every_sentence_is_translated_and_none_is_a_guess():
    assert [text for text, message in ENTRIES.items() if message.fuzzy or not all(forms(message.string))] == []


@pytest.mark.parametrize("text", ENTRIES)
def test_a_translation_speaks_of_no_other_values(text):
    message = ENTRIES[text]
    assert {*PLACE.findall("".join(forms(message.string)))} <= {*PLACE.findall("".join(forms(message.id)))}


def test_an_unknown_period_is_said_in_one_sentence():
    assert [text for text in ENTRIES if re.search(r"[Pp]eriod .*(unknown|not in)", text)] == [
        'Period "{name}" is unknown{hint}'
    ]
