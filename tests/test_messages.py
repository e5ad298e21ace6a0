"""All that is said to people stands in the catalogues, in both directions, and nothing else does."""

import shlex
import subprocess
import sys
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from conftest import ROOT

FOLDERS = {
    "vi": "bgdata bgtools",
    "en": "notebooks bgtools/templates data",
}  # what is translated into a language, as `make messages` reads it

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


def texts_of(catalogue):
    """Key and translation of each text; of a text that depends on a number, all of them."""
    said = [one for one in catalogue if one.id and any(one.string) and not one.fuzzy]
    return sorted(("|".join(one.id), "|".join(one.string)) for one in said)


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
        if any(places(text) - allowed for text in texts):
            yield "other places", key


def left_out(translated):
    """The texts whose translation leaves out a value."""
    return [one.id for one in translated if one.id and places(one.id) - places(one.string)]


def test_every_text_is_translated_and_every_translation_is_said(lang, keys):
    assert list(faults(keys, catalogue(lang))) == []


def test_no_value_of_a_notebook_is_left_out_in_english():
    assert left_out(catalogue("en")) == []


def test_the_compiled_catalogue_is_that_of_the_texts(lang):
    with (ROOT / f"bgdata/locale/{lang}/LC_MESSAGES/bgdata.mo").open("rb") as file:
        assert texts_of(read_mo(file)) == texts_of(catalogue(lang))


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
        ("no longer said", [("Có {n} trạm.", "There are {n} stations."), ("Cũ.", "Old.")]),
    ],
)
def test_a_planted_fault_is_found(fault, messages):
    assert fault in [found for found, _ in faults(made(("Có {n} trạm.", "")), made(*messages))]


def test_a_sound_catalogue_has_no_fault():
    assert list(faults(made(("Có {n} trạm.", "")), made(("Có {n} trạm.", "There are {n} stations.")))) == []


def test_a_planted_translation_that_leaves_a_value_out_is_found():
    assert left_out(made(("Có {n} trạm.", "There are stations."))) == ["Có {n} trạm."]


@pytest.mark.parametrize("kind", ["text cell", "sentence", "caption"])
def test_a_text_that_is_new_in_a_notebook_is_missed(kind, tmp_path):
    cells = {
        "text cell": '{"cell_type": "markdown", "source": ["# Mới"]}',
        "sentence": '{"cell_type": "code", "source": ["report.answer(\\"# Mới\\")"]}',
        "caption": '{"cell_type": "code", "source": ["report.save(ax, \\"new\\", caption=\\"# Mới\\")"]}',
    }
    parameters = (
        '{"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "period = \\"\\"\\nlang = \\"\\""}'
    )
    text = f'{{"nbformat": 4, "cells": [{parameters}, {cells[kind]}]}}'
    (tmp_path / "new.ipynb").write_text(text, encoding="utf-8")
    out = tmp_path / "said.pot"
    subprocess.run([*PYBABEL, "-q", "extract", "-F", "babel.cfg", "-o", out, tmp_path], cwd=ROOT, check=True)
    assert ("missing", "# Mới") in list(faults(read(out), catalogue("en")))
