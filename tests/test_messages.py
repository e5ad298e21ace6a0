"""All that is said to people stands in the catalogues, in both directions, and nothing else does."""

import re
import shlex
import subprocess
import sys
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from conftest import ROOT

FOLDERS = {"vi": "bgdata bgtools", "en": "notebooks"}  # what is translated into a language, as `make messages` reads it

PYBABEL = [sys.executable, "-m", "babel.messages.frontend"]


@pytest.fixture(scope="module", params=["vi", "en"])
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def keys(lang, tmp_path_factory):
    """What is said, as `make messages` finds it."""
    made = subprocess.run(["make", "-n", "messages"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    [command] = [line for line in made.splitlines() if " extract " in line and line.endswith(FOLDERS[lang])]
    words, out = shlex.split(command), tmp_path_factory.mktemp("messages") / "said.pot"
    words[words.index("-o") + 1] = str(out)
    subprocess.run([*PYBABEL, *words[1:]], cwd=ROOT, check=True)
    return read(out)


def read(path):
    with path.open("rb") as file:
        return read_po(file)


def catalogue(lang):
    return read(ROOT / f"bgdata/locale/{lang}/LC_MESSAGES/bgdata.po")


def places(text):
    """The names of the places for values in a text."""
    try:
        return {name.split("!")[0] for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return set()


def faults(keys, translated):
    """What is wrong with the translations: missing, fuzzy, no longer said, or with other places for values."""
    said = [one.id for one in keys if one.id]
    known = {one.id: one for one in translated if one.id}
    for key in said:
        if key not in known or not any([*known[key].string] if isinstance(key, tuple) else [known[key].string]):
            yield "missing", key
    for key, one in known.items():
        texts = one.string if isinstance(key, tuple) else (one.string,)
        if one.fuzzy:
            yield "fuzzy", key
        if key not in said:
            yield "no longer said", key
        allowed = places(key[-1] if isinstance(key, tuple) else key)
        if any(text and places(text) != allowed for text in texts):
            yield "other places", key


def test_every_text_is_translated_and_every_translation_is_said(lang, keys):
    assert list(faults(keys, catalogue(lang))) == []


def test_the_compiled_catalogue_is_that_of_the_texts(lang):
    with (ROOT / f"bgdata/locale/{lang}/LC_MESSAGES/bgdata.mo").open("rb") as file:
        compiled = {str(one.id): one.string for one in map(listed, read_mo(file)) if one.id}
    assert compiled == {str(one.id): one.string for one in map(listed, catalogue(lang)) if one.id and one.string}


def listed(message):
    """A message whose plural forms, if it has them, stand in tuples: the readers of both files differ in that."""
    if not isinstance(message.id, str):
        message.id, message.string = tuple(message.id), tuple(message.string)
    return message


def made(*messages):
    """A catalogue of (key, translation, flags)."""
    made = Catalog()
    for key, translation, *flags in messages:
        made.add(key, translation, flags=flags)
    return made


@pytest.mark.parametrize(
    "fault, messages",
    [
        ("missing", []),
        ("missing", [("Có {n} trạm.", "")]),
        ("fuzzy", [("Có {n} trạm.", "There are {n} stations.", "fuzzy")]),
        ("other places", [("Có {n} trạm.", "There are {m} stations.")]),
        ("other places", [("Có {n} trạm.", "There are stations.")]),
        ("no longer said", [("Có {n} trạm.", "There are {n} stations."), ("Cũ.", "Old.")]),
    ],
)
def test_a_planted_fault_is_found(fault, messages):
    assert fault in [found for found, _ in faults(made(("Có {n} trạm.", "")), made(*messages))]


def test_a_sound_catalogue_has_no_fault():
    assert list(faults(made(("Có {n} trạm.", "")), made(("Có {n} trạm.", "There are {n} stations.")))) == []


@pytest.mark.parametrize("kind", ["text cell", "sentence", "caption"])
def test_a_text_that_is_new_in_a_notebook_is_missed(kind, tmp_path):
    cells = {
        "text cell": '{"cell_type": "markdown", "source": ["# Mới"]}',
        "sentence": '{"cell_type": "code", "source": ["report.answer(\\"# Mới\\")"]}',
        "caption": '{"cell_type": "code", "source": ["report.save(ax, \\"new\\", caption=\\"# Mới\\")"]}',
    }
    (tmp_path / "new.ipynb").write_text(f'{{"cells": [{cells[kind]}]}}', encoding="utf-8")
    out = tmp_path / "said.pot"
    subprocess.run([*PYBABEL, "-q", "extract", "-F", "babel.cfg", "-o", out, tmp_path], cwd=ROOT, check=True)
    assert ("missing", "# Mới") in list(faults(read(out), catalogue("en")))


def test_no_vietnamese_stands_among_the_texts_of_the_code():
    tones = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
    assert [one.id for one in catalogue("vi") if tones.search(str(one.id))] == []
