"""What there is, found by words or listed; and what may be asked for in one go."""

import areas_project
import pytest

import bgdata as bg
from bgdata import lab
from bgdata.errors import BgdataError, UnknownName
from bgdata.package import Package
from bgdata.rules import rulebook
from bgdata.rules.expressions import parse
from conftest import PackageCopy


def keys(*words, **options):
    return bg.find(*words, **options)["key"].to_list()


@pytest.mark.parametrize("words", ["trạm bts", "TRAM BTS", "Bts trạm", "tra\u0323m BTS", "base stations", "4g bts"])
def test_words_are_found_whatever_their_accents_capitals_order_and_language(words):
    assert {"telecom.bts[4G]"} <= set(keys(words)) <= set(keys("bts")) | {"telecom.masts"}


@pytest.mark.parametrize("words", ["đường", "duong", "ĐƯỜNG"])
def test_a_barred_d_is_found_as_a_plain_one(words):
    assert keys(words) == keys("đường") != []


def test_all_words_have_to_stand_in_one_text():
    assert keys("bts") and keys("dossiers") and keys("bts dossiers") == []


def test_a_definition_a_note_and_a_code_are_searched_too(package):
    package.cell(PackageCopy.observations, "post.service_points,", "note", "Điểm xyzzy")
    found = bg.find("xyzzy").iloc[0]
    assert (found["key"], found["where"], found["text"]) == ("post.service_points", "note", "Điểm xyzzy")
    assert bg.find("post.service_points")["where"].to_list() == ["code"]
    assert "definition" in bg.find("tham mưu")["where"].iloc[0]


def test_a_quote_is_searched_where_there_are_quotes(package):
    (package.data / "quotes").mkdir()
    package.write(
        "quotes/2024-S1.csv", "indicator,category,quote\ntelecom.bts,4G,Có plugh trạm.\nx.y,,plugh\n".encode()
    )
    assert bg.find("plugh")[["key", "where", "text"]].values.tolist() == [
        ["telecom.bts[4G]", "quote", "Có plugh trạm."]
    ]


def test_what_nothing_says_is_an_empty_frame_with_all_columns():
    assert bg.find("qwerty").empty and list(bg.find("qwerty")) == list(bg.find("bts"))


def test_every_key_is_found_once_and_can_be_loaded():
    every = keys()
    assert len(every) == len(set(every)) and set(bg.load()["key"]) <= set(every)
    assert len(bg.load(every)) == len(bg.load())


def test_labels_are_in_the_language_asked_for():
    assert bg.find("telecom.bts", lang="en")["label"].to_list()[0] == "Locations approved for new base stations"


def test_notes_quotes_and_rules_of_all_areas_of_a_workspace_are_found(tmp_path, monkeypatch):
    root = areas_project.write(tmp_path / "w", 2, ["2024-S1"], gaps=0)
    monkeypatch.setenv("BGDATA_ROOT", str(root))
    quotes = sorted(root.rglob("observations"))[-1].with_name("quotes") / "2024-S1.csv"
    quotes.parent.mkdir()
    quotes.write_text("indicator,category,quote\ntelecom.masts,,Có plugh vị trí.\n", encoding="utf-8")
    assert bg.find("plugh")["key"].to_list() == ["telecom.masts"]
    assert "telecom.bts.sum" in bg.rules("telecom")["rule"].to_list()
    assert lab.complete('bg.load(section="I.2.1.a f', {"bg": bg})[1] == {"I.2.1.a fn1": "text"}


def test_units_are_those_of_the_catalogue():
    assert bg.units()["unit"].to_list() == list(Package.open().units)


def test_categories_of_an_indicator_of_its_category_and_of_all():
    assert bg.categories("telecom.bts[4G]").equals(bg.categories("telecom.bts"))
    assert bg.categories("telecom.masts").empty
    assert set(bg.categories()["breakdown"]) == set(bg.indicators()["breakdown"]) - {""}


def test_indicators_are_listed_without_the_phrases_of_the_reader():
    assert "cue" not in bg.indicators()


def test_rules_are_the_written_ones_and_those_of_the_catalogue():
    rules = bg.rules().set_index("rule")
    assert set(bg.check()["rule"]) == set(rules.index)
    assert rules["written"].sum() == len(Package.open().tables["rules"].rows)
    assert rules.loc["society.youth_epayment_share.share", "expression"] == (
        "society.youth_epayment / society.youth == society.youth_epayment_share"
    )


def test_rules_of_a_sector_and_of_a_number_are_those_that_touch_it():
    assert {*bg.rules("telecom.bts[4G]")["rule"]} == {"telecom.bts.sum", "telecom.masts_and_stations"}
    assert set(bg.rules("telecom")["rule"]) == set(bg.check(sector="telecom")["rule"])


@pytest.mark.parametrize("rule", rulebook.written(Package.open()), ids=lambda rule: rule.code)
def test_an_expression_that_is_written_out_is_read_back_as_the_same(rule):
    assert parse(rulebook.expression(rule.relation)) == rule.relation


@pytest.mark.parametrize("text", ["a.b - (a.c - a.d) <= 12.5", "a.b / (a.c * a.d) == 3%", "a.b * (1 + a.c) > a.d[x y]",
                                  "count(a.b[* except x, y]) < last_year(sum(a.c[*]))"])  # fmt: skip
def test_brackets_stand_where_they_matter(text):
    assert rulebook.expression(parse(text)) == text


# what is asked for in one go


def test_the_newest_period_is_loaded_where_none_is_named(package):
    package.add_period("2023-S2", "telecom.masts,,1500,,,=,A,1.500,I.2.1.b,,")
    assert set(bg.load()["period"]) == {"2024-S1"}
    assert bg.value("telecom.masts") == bg.value("telecom.masts", "2024-S1") == 1596
    assert bg.compare("telecom.masts").equals(bg.compare("telecom.masts", "2024-S1"))


def test_the_period_may_be_the_second_thing_that_is_said():
    assert bg.load("telecom", "2024-S1").equals(bg.load("telecom", period="2024-S1"))


def test_several_sectors_and_keys_stand_in_the_order_of_the_report():
    rows = bg.load(["telecom.bts[4G]", "post", "telecom.masts"])
    assert rows["sector"].unique().tolist() == ["post", "telecom"]
    assert rows.loc[rows["sector"] == "telecom", "key"].to_list() == ["telecom.masts", "telecom.bts[4G]"]


@pytest.mark.parametrize("asked", [["telecom.bts", "telecom.bts[4G]"], ["telecom", "telecom.bts[4G]"]])
def test_a_number_that_is_asked_for_twice_is_there_once(asked):
    assert not bg.load(asked)["key"].duplicated().any()


def test_a_section_is_loaded_with_its_footnotes_and_what_stands_below_it():
    assert set(bg.load(section="I.2.1.b")["section"]) == {"I.2.1.b", "I.2.1.b fn2"}
    assert set(bg.load(section="I.2.1")["sector"]) == {"post", "telecom"}
    assert set(bg.load("telecom", section="I.2.1")["sector"]) == {"telecom"}


def test_a_section_is_not_one_whose_name_begins_alike(package):
    package.cell("sectors.csv", "office", "section", "I.2.5; I.2.10")
    package.cell(PackageCopy.observations, "post.service_points,", "section", "I.2.10")
    assert "post.service_points" not in bg.load(section="I.2.1")["key"].to_list()


def test_an_unknown_section_is_answered_with_the_near_ones():
    with pytest.raises(UnknownName, match='Section "I.2.1.c" is unknown; did you mean "I.2.2.c" or "I.2.1.b"'):
        bg.load(section="I.2.1.c")


def test_a_known_section_without_numbers_is_an_empty_frame():
    assert bg.load("post", section="I.2.2.c").empty


@pytest.mark.parametrize("code", ["2024-S1", "2024", "2024-05"])
def test_a_period_in_the_place_of_a_sector_is_told_where_it_goes(code):
    with pytest.raises(BgdataError, match='is a period, not a sector; write period="2024-'):
        bg.load(code)


@pytest.mark.parametrize("ask", [bg.load, bg.value, bg.compare])
def test_a_period_to_come_is_answered_with_the_command_that_begins_it(ask):
    with pytest.raises(UnknownName, match="^2024-S2 has no observations yet .*bgdata new 2024-S2"):
        ask("telecom.bts", "2024-S2")


def test_a_column_order_puts_first_what_a_reader_asks_first():
    assert list(bg.load())[:6] == ["label", "printed", "unit", "section", "note", "value"]


@pytest.mark.parametrize("ask", [bg.check, lambda code: bg.load("post", code), bg.report])
def test_a_sector_in_the_place_of_a_period_is_told_where_it_goes(ask):
    with pytest.raises(BgdataError, match='"telecom" is a sector, not a period; write sector="telecom"'):
        ask("telecom")


@pytest.mark.parametrize(
    "name, code", [("Bưu chính", "post"), ("buu chinh", "post"), ("Báo chí", "press"), ("telecon", "telecom")]
)
def test_a_sector_by_its_name_is_told_its_code_and_nothing_else(name, code):
    with pytest.raises(BgdataError, match=f'is unknown; did you mean "{code}"') as raised:
        bg.load(name)
    assert raised.value.__context__ is None


@pytest.mark.parametrize(
    "text, keys",
    [
        ("số trạm bts 4g", ["telecom.bts[4G]"]),
        ("xyz zyx cot ang ten", []),  # two of five are lacking
        ("xyz cot ang ten", ["telecom.masts"]),
        ("tram xyz", []),  # of two words none may lack
        ("doanh thu buu chinh", ["post.revenue", "post.revenue_ratio"]),
    ],
)
def test_where_no_text_has_all_words_a_third_of_them_may_lack(text, keys):
    assert bg.find(text)["key"].tolist() == keys


@pytest.mark.parametrize("words", ["“trạm bts”", "bts, trạm", "Trạm BTS?", "(bts) trạm; 4g"])
def test_marks_around_words_are_not_looked_for(words):
    assert "telecom.bts[4G]" in keys(words)


def test_a_category_beside_the_key_of_another_is_refused():
    assert bg.value("telecom.bts[4G]", "2024-S1", category="4G") == bg.value("telecom.bts[4G]", "2024-S1")
    with pytest.raises(BgdataError, match=r"telecom.bts\[4G\] is not the category"):
        bg.value("telecom.bts[4G]", "2024-S1", category="5G")
