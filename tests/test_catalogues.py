"""No sentence of the code escapes the extractor, wherever it stands in an expression; none is said twice."""

import ast
import re

import pytest
from babel.messages.catalog import Message
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


def untranslated(entries):
    return [text for text, message in entries.items() if not all(forms(message.string)) or message.fuzzy]


def test_every_sentence_of_the_catalogue_is_said_in_vietnamese():
    assert untranslated(ENTRIES) == []


def test_a_sentence_without_its_vietnamese_is_seen():
    assert untranslated({"a": Message("a", ""), "b": Message("b", "bê"), "c": Message(("c", "cs"), ("xê", ""))}) == [
        "a",
        "c",
    ]


def test_a_sentence_that_the_catalogue_lacks_is_seen():
    source = "raise BgdataError('x', why=Message('y'))\nsay(f'{Message(\"z\")}')"
    assert sorted(said(source)) == ["x", "y", "z"]


def test_an_unknown_period_is_said_in_one_sentence():
    assert [text for text in ENTRIES if re.search(r"[Pp]eriod .*(unknown|not in)", text)] == [
        'Period "{name}" is unknown{hint}'
    ]
