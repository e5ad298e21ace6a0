"""Three invented periods with planted traps: no row says more than the printed numbers allow."""

from importlib import import_module

import marking
import periods_project
import pytest

import bgdata as bg
from bgdata.package import base_text, difference_text, direction_text, growth_text
from bgdata.rules import DISPUTED
from bgdata.show.marks import plain
from conftest import PackageCopy

BASES = [
    ("2025-S1", "2024-S1"),
    ("2025-S1", "2024-S2"),
    ("2025-S2", "2024-S2"),
    ("2025-S2", "2025-S1"),
    ("2024-S2", "2024-S1"),
]
OWN = {"society.youth_epayment_share.share", "inspection.fines_all_cases"}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        root = tmp_path_factory.mktemp("periods")
        patch.setenv("BGDATA_ROOT", str(root))
        yield periods_project.write(PackageCopy(root))


def compared(period, base):
    rows = bg.compare(bg.indicators()["indicator"], period=period, base_period=base)
    return rows[rows["base"].notna() & rows["value"].notna()]


@pytest.mark.parametrize("code", periods_project.CODES)
def test_what_is_contradictory_is_what_was_planted(project, code):
    checks = bg.check(code)
    assert set(checks.loc[checks["verdict"].isin(DISPUTED), "rule"]) - OWN == periods_project.PLANTED[code]


@pytest.mark.parametrize("period, base", BASES)
def test_a_base_is_what_its_own_report_printed(project, period, base):
    own = bg.load(period=base).set_index("key")
    rows = compared(period, base)
    assert len(rows) > 100
    for row in rows.to_dict("records"):
        assert row["base_printed"] == own.loc[row["key"], "printed"]
        assert row["base_qualifier"] == own.loc[row["key"], "qualifier"]
        assert row["base"] == own.loc[row["key"], "value"]


@pytest.mark.parametrize("period, base", BASES)
def test_a_direction_is_said_only_where_both_intervals_allow_no_other(project, period, base):
    for row in compared(period, base).to_dict("records"):
        up, down = row["lower"] > row["base_upper"], row["upper"] < row["base_lower"]
        same = row["lower"] == row["upper"] == row["base_lower"] == row["base_upper"]
        said = plain(direction_text(row))
        assert said.startswith("tăng") <= up
        assert said.startswith("giảm") <= down
        assert (said == "không đổi") <= same
        assert (plain(difference_text(row))[:1] == "+") <= up


@pytest.mark.parametrize("period, base", BASES)
def test_percentages_are_never_said_to_differ_by_percent(project, period, base):
    rows = compared(period, base)
    for row in rows[rows["unit"] == "percent"].to_dict("records"):
        assert "%" not in difference_text(row) + growth_text(row) + direction_text(row)


@pytest.mark.parametrize("period, base", BASES)
def test_a_contradictory_number_has_not_moved(project, period, base):
    rows = compared(period, base)
    wrong = rows[(rows["verdict"] == "contradicts") | (rows["base_verdict"] == "contradicts")]
    assert len(wrong) >= 3
    assert wrong[["change", "growth"]].isna().all(axis=None)
    assert wrong["direction"].eq("").all() and wrong["reason"].ne("").all()


@pytest.mark.parametrize("period, base", BASES)
def test_flows_of_other_seasons_are_compared_with_a_word_of_caution(project, period, base):
    rows = compared(period, base)
    cautious = (rows["measure"] == "flow") & (period[-2:] != base[-2:])
    assert (rows["caution"] != "").eq(cautious).all()


def test_the_words_of_the_base_are_those_of_its_report(project):
    rows = bg.compare(bg.indicators()["indicator"], period="2025-S2").set_index("key")
    said = {key: plain(base_text(rows.loc[key])) for key in periods_project.TRAPS if rows.loc[key, "base_printed"]}
    assert said["telecom.household_fibre_share"] == "85%"
    assert said["telecom.commune_network_share"] == "100%"
    assert said["telecom.budget"] == "hơn 29,6 tỷ đồng"
    assert said["post.revenue"] == "ước 335 tỷ đồng"
    assert said["telecom.licence_guidance"] == "03 đơn vị"


def test_what_each_trap_is_said_to_be(project):
    rows = bg.compare(bg.indicators()["indicator"], period="2025-S2").set_index("key")
    said = {key: plain(direction_text(rows.loc[key])) for key in periods_project.TRAPS}
    assert said["telecom.adult_smartphone_share"] == "tăng 3,5 điểm phần trăm"
    assert said["telecom.budget"] == said["post.budget"] == "chưa kết luận được tăng hay giảm"
    assert said["post.revenue_ratio"] == "chưa kết luận được tăng hay giảm"
    assert said["post.revenue"] == "tăng 13,4%"
    assert said["economy.ecommerce_students"] == "giảm 33,3%"
    assert "số liệu mâu thuẫn" in said["society.welfare_paid"]


# --- random edits


def test_what_a_check_finds_is_marked_in_every_row_after_any_of_100_edits(project):
    missed, disputed = marking.planted(project, 100, notebooks=False)
    assert missed == [] and disputed > 15


def test_what_a_check_finds_is_marked_on_all_that_is_shown_after_any_of_20_edits(project):
    missed, disputed = marking.planted(project, 20, seed=1)
    assert missed == [] and disputed > 5


MARKS = {  # what marks a number, made to leave the mark out: what is then found unmarked
    "sentence": {"bgdata.show.sentences.signed": lambda text, verdicts: text},
    "table": {"bgdata.show.celltext.signs": lambda *verdicts: ""},
    "card": {"bgdata.show.celltext.signs": lambda *verdicts: "", "bgdata.rules.comparison.CONTRADICTS": ""},
    "figure": {"bgdata.show.sheet.sign_of": lambda row: ""},
}


@pytest.mark.parametrize("kind", MARKS)
def test_a_mark_that_is_left_out_is_found(project, kind, monkeypatch):
    for name, without in MARKS[kind].items():
        module, _, attribute = name.rpartition(".")
        monkeypatch.setattr(import_module(module), attribute, without)
    file = "observations/2025-S2.csv"
    text = project.text(file)
    old, new = "ict.revenue_growth,,20,,,=,A,20%,", "ict.revenue_growth,,24,,,=,A,24%,"
    assert old in text
    try:
        project.write(file, text.replace(old, new).encode())
        found, _ = marking.unmarked("2025-S2")
    finally:
        project.write(file, text.encode())
    assert any(one.startswith(kind) for one in found)
