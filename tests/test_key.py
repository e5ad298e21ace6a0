import re

import pandas as pd
import pytest

import bgdata as bg
from bgdata.package import Key
from conftest import ROOT

FOUR = "telecom.bts[4G]"
ALL = bg.load(period="2024-S1")


@pytest.mark.parametrize("text", [FOUR, "telecom.bts", "inspection.fines_listed[tiktok]", f"{FOUR}@VN-24", "post.a@X"])
def test_a_key_is_written_as_it_was_read(text):
    assert str(Key.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "telecom.bts[",
        "telecom.bts[]",
        "[4G]",
        "telecom.bts[4G]x",
        "a[b][c]",
        "a@",
        "a@b@c",
        "@b",
        "a@b[c]",
        None,
        4,
    ],
)
def test_what_has_not_the_form_of_a_key_is_refused_in_a_sentence(text):
    with pytest.raises(bg.BgdataError, match=re.escape(f'"{text}" is not the key of a number')):
        Key.parse(text)


def test_every_number_has_a_key_of_its_own_and_an_anchor_of_its_own():
    keys = [Key.parse(key) for key in ALL["key"]]
    assert [(key.indicator, key.category) for key in keys] == list(zip(ALL["indicator"], ALL["category"]))
    assert len(set(keys)) == len({key.anchor for key in keys}) == len(ALL)


@pytest.mark.parametrize("key", [FOUR, Key("telecom.bts", "4G")], ids=["text", "Key"])
@pytest.mark.parametrize(
    "ask",
    [
        lambda key: bg.value(key, period="2024-S1"),
        lambda key: bg.load(key, period="2024-S1")["value"].item(),
        lambda key: bg.compare(key, period="2024-S1")["value"].item(),
        lambda key: bg.select(ALL, key)["value"].item(),
        lambda key: bg.total(ALL, key)["value"].item(),
        lambda key: float(bg.answer(ALL, f"{{{key}:n}}")._repr_markdown_().replace(".", "")),
        lambda key: bg.charts.ordered_bars(ALL[ALL["indicator"] == "telecom.bts"], order=[key]).patches[0].get_width(),
        lambda key: bg.charts.completion_bars(ALL, pairs=[(key, key)]) and 1647,
    ],
    ids=["value", "load", "compare", "select", "total", "answer", "order", "pairs"],
)
def test_a_key_stands_wherever_an_indicator_does(ask, key):
    assert ask(key) == 1647


@pytest.mark.parametrize(
    "ask",
    [
        lambda key: bg.value(key, period="2024-S1"),
        lambda key: bg.load(key, period="2024-S1"),
        lambda key: bg.compare(key, period="2024-S1"),
        lambda key: bg.select(ALL, key),
        lambda key: bg.share(ALL, key, "telecom.bts"),
        lambda key: bg.breakdown(ALL, key),
        lambda key: bg.title(ALL, f"{{{key}}}"),
    ],
    ids=["value", "load", "compare", "select", "share", "breakdown", "title"],
)
@pytest.mark.parametrize(
    "key, said",
    [
        ("telecom.bts[9G]", 'Category "9G" of telecom.bts is unknown; known: '),
        ("telecom.bst[4G]", 'Indicator "telecom.bst" is unknown; did you mean "telecom.bts"'),
    ],
)
def test_an_unknown_key_is_refused_with_the_near_ones(ask, key, said):
    with pytest.raises(bg.BgdataError, match=re.escape(said)):
        ask(key)


def test_a_category_has_no_breakdown():
    with pytest.raises(bg.BgdataError, match=re.escape(f"{FOUR} has no breakdown")):
        bg.breakdown(ALL, FOUR)


def test_a_row_without_an_indicator_has_the_empty_key():
    assert str(Key.of(pd.Series({"label": "Tất cả", "category": float("nan")}))) == ""


def test_the_form_of_a_key_is_written_and_read_in_one_place():
    form = re.compile(r'\}\[\{|category\}\]|partition\("\["\)|rstrip\("\]"\)')
    rooms = [
        path for room in ("notation", "package", "rules", "show") for path in (ROOT / "bgdata" / room).rglob("*.py")
    ]
    assert [path.name for path in rooms if form.search(path.read_text(encoding="utf-8"))] == ["key.py"]
