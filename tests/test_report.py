"""A report says period and language once: its methods give what the functions give, and nothing reads more than it asks."""

import json

import pandas as pd
import pytest

import bgdata as bg
from bgdata.errors import BgdataError, FigureError, UnknownName
from bgdata.package import Package
from bgdata.show.marks import plain
from conftest import PackageCopy

REPORT, ENGLISH = bg.report("2024-S1"), bg.report("2024-S1", lang="en")
TELECOM = bg.load("telecom", period="2024-S1", expected=True)
PAIR = ("telecom.bts[2G]", "telecom.bts")
AMOUNTS = ["post.revenue", "telecom.revenue"]


@pytest.mark.parametrize(
    "method, function",
    [
        (lambda it: it.load("telecom"), lambda known: TELECOM),
        (lambda it: it.load("post", expected=False), lambda known: bg.load("post", **known)),
        (lambda it: it.load("telecom.bts"), lambda known: bg.load("telecom.bts", **known)),
        (lambda it: it.check("telecom"), lambda known: bg.check("2024-S1", sector="telecom")),
        (lambda it: it.unchecked(), lambda known: bg.unchecked("2024-S1")),
        (lambda it: it.compare(AMOUNTS), lambda known: bg.compare(AMOUNTS, **known)),
        (lambda it: it.compare("post.revenue", with_="2022-S1"),
         lambda known: bg.compare("post.revenue", base_period="2022-S1", **known)),
        (lambda it: it.breakdown("telecom.bts"), lambda known: bg.breakdown(TELECOM, "telecom.bts")),
        (lambda it: it.ratio("telecom.bts", "telecom.masts"), lambda known: bg.ratio(TELECOM, "telecom.bts", "telecom.masts")),
        (lambda it: it.share(*PAIR), lambda known: bg.share(TELECOM, *PAIR)),
        (lambda it: it.total(*PAIR), lambda known: bg.total(TELECOM, *PAIR)),
        (lambda it: it.difference(*reversed(PAIR)), lambda known: bg.difference(TELECOM, *reversed(PAIR))),
    ],
)  # fmt: skip
def test_a_method_gives_what_the_function_of_its_name_gives(method, function):
    pd.testing.assert_frame_equal(
        method(REPORT).reset_index(drop=True), function({"period": "2024-S1"}).reset_index(drop=True)
    )


def test_a_key_gives_the_row_of_its_number():
    assert REPORT["telecom.bts[4G]"].to_dict() == TELECOM[TELECOM["key"] == "telecom.bts[4G]"].iloc[0].to_dict()


@pytest.mark.parametrize("key, name", [("telecom.bst", "telecom.bts"), ("telecom.bts[6G]", "6G"), ("", "known")])
def test_an_unknown_key_is_answered_with_the_near_matches(key, name):
    with pytest.raises(UnknownName, match=name):
        REPORT[key]


def test_a_number_that_the_period_lacks_is_a_row_without_a_value(package):
    package.add_period("2024-S2", "telecom.bts,,3800,,,=,A,3.800,I.2.1.b,,")
    report = bg.report("2024-S2")
    assert report["telecom.bts[4G]"]["status"] == report["inspection.fines_listed"]["status"] == "M"
    assert report.select("telecom.masts", "telecom.bts")["status"].to_list() == ["M", "A"]
    assert str(report.answer("Có {telecom.masts}.")) == "Chưa có số liệu: Vị trí cột ăng ten."
    assert str(report.answer("Chiếm {telecom.bts[2G]/telecom.bts:%}.")) == "Chưa có số liệu: Trạm BTS: 2G."


def test_what_a_computation_lacks_is_named(package):
    package.add_period("2024-S2", "telecom.bts,,3800,,,=,A,3.800,I.2.1.b,,", "telecom.masts,,0,,,=,A,00,I.2.1.b,,")
    report = bg.report("2024-S2")
    lacking = report.difference("telecom.bts", "telecom.bts[2G]")
    assert lacking[["label", "status"]].values.tolist() == [["Trạm BTS: 2G", "M"]]
    assert str(report.answer("Còn {rest}.", rest=lacking)) == "Chưa có số liệu: Trạm BTS: 2G."
    assert report.difference("telecom.bts", "telecom.bts[2G]", label="Trạm khác")["label"].to_list() == ["Trạm khác"]
    untold = report.answer("Bình quân {mean}.", mean=report.ratio("telecom.bts", "telecom.masts"))
    assert str(untold) == "Trạm BTS; Vị trí cột ăng ten: không tính được từ số liệu trong báo cáo."


@pytest.mark.parametrize("compute", ["ratio", "share", "total", "difference", "product", "implied_whole"])
@pytest.mark.parametrize(
    "number", [",2,3,range,A,2 đến 3", "2,,,>,A,trên 2", "2,,,<,A,dưới 2", "2,,,~,A,khoảng 2", "2,,,=,A,2"]
)
def test_what_is_computed_with_a_number_that_is_not_there_is_missing(package, compute, number):
    package.add_period("2024-S2", f"post.counter_staff,,{number},I.2.1.a,,")
    report, keys = bg.report("2024-S2"), ["post.counter_staff", "post.counter_staff_support"]
    found = [getattr(report, compute)(*pair) for pair in (keys, reversed(keys))]
    assert {str(report.answer("Có {x}.", x=one)) for one in found} == {
        "Chưa có số liệu: Hỗ trợ mỗi nhân viên bưu điện một tháng."
    }


def test_why_a_change_cannot_be_told_is_said(package):
    package.add_period("2024-S2", "telecom.bts,,3800,,,=,A,3.800,I.2.1.b,,")
    report = bg.report("2024-S2")
    assert str(report.answer("Số trạm {telecom.bts:d}, số cột {telecom.masts:d}.")) == (
        "Trạm BTS: Báo cáo không so sánh với 6 tháng cuối năm 2023; chưa có số liệu của kỳ đó. "
        "Chưa có số liệu: Vị trí cột ăng ten."
    )


def test_rows_are_compared_and_followed_by_the_indicators_that_they_are_of():
    rows = REPORT.compare(REPORT.load("telecom.bts"))
    pd.testing.assert_frame_equal(rows, bg.compare("telecom.bts", period="2024-S1"))


def test_the_previous_period_is_the_one_chosen_or_the_one_before():
    assert bg.report("2024-S1", compare_with="2021-S1").previous == "2021-S1"
    assert REPORT.previous == bg.previous("2024-S1")


def test_tables_and_labels_are_in_the_language_of_the_report():
    assert repr(ENGLISH.table(ENGLISH.load("telecom.bts"))) == repr(bg.table(bg.load("telecom.bts", period="2024-S1", lang="en"), lang="en"))  # fmt: skip
    assert (REPORT.label("telecom.bts[4G]"), ENGLISH.label("telecom.bts[4G]")) == ("Trạm BTS: 4G", "Mobile base stations: 4G")  # fmt: skip


@pytest.mark.parametrize(
    "report, said", [(REPORT, "## Số liệu trong báo cáo"), (ENGLISH, "## The numbers in the report")]
)
def test_a_heading_is_said_in_the_language_of_the_report(report, said):
    assert report.text("## Số liệu trong báo cáo")._repr_markdown_() == said


@pytest.mark.parametrize("report, said", [(REPORT, "Trạm BTS theo thế hệ, 6 tháng đầu năm 2024"), (ENGLISH, "Base stations by generation, first half of 2024")])  # fmt: skip
def test_a_saved_chart_has_title_caption_and_source_in_the_language_of_the_report(report, said):
    ax = report.charts.ordered_bars(report.breakdown("telecom.bts"), title="Trạm BTS theo thế hệ, {period}")
    saved = report.save(ax, "stations", caption="Trạm BTS theo thế hệ, {period}")
    assert (saved.caption, saved.source, saved.lang) == (said, bg.source("2024-S1", report.lang), report.lang)
    assert said in saved.alt


def test_a_title_that_has_been_written_keeps_its_braces():
    title = REPORT.title("Tên: {name}", name="{telecom.masts}")
    ax = REPORT.charts.ordered_bars(REPORT.breakdown("telecom.bts"), title=title)
    assert ax.figure.texts[0].get_text() == "Tên: {telecom.masts}"


def test_a_chart_in_another_language_than_the_report_is_not_saved():
    ax = bg.charts.ordered_bars(REPORT.breakdown("telecom.bts"), title="Trạm")
    with pytest.raises(FigureError, match='"vi" and cannot be saved with "en"'):
        ENGLISH.save(ax, "stations", caption="Trạm")


def test_marked_rows_are_those_of_the_rules_that_are_contradicted():
    rows = REPORT.marked(REPORT.load("digital_society"))
    assert plain(rows.loc[rows["key"] == "society.youth", "mark"].iloc[0]) == "312.000 / 411.230 = 75,87% ≠ 83%"
    assert (rows["mark"] != "").sum() == (rows["verdict"] == "contradicts").sum()


def test_the_catalogue_knows_which_numbers_are_parts_of_which():
    pairs = REPORT.pairs()
    assert len(pairs) == 11 and pairs["value"].is_monotonic_increasing
    youth = pairs[pairs["part"] == "society.youth_epayment"].iloc[0]
    assert youth[["whole", "share", "coverage", "verdict"]].to_list() == [
        "society.youth", "society.youth_epayment_share", True, "contradicts",
    ]  # fmt: skip
    assert not pairs.set_index("part").loc["inspection.fined", "coverage"]


def test_checks_are_folded_into_one_line_where_nothing_is_wrong():
    folded, wrong = REPORT.checks("post"), REPORT.checks("digital_society")
    assert folded._repr_html_().startswith('<details class="bgdata-fold"><summary>Kiểm tra chéo: ')
    assert wrong._repr_html_().startswith("<table") and "mâu thuẫn" in repr(wrong)


def test_there_is_nothing_to_compare_where_no_report_says_it():
    assert REPORT.changes("telecom.masts") is None
    assert REPORT.changes("telecom.revenue", with_=REPORT.previous) is None
    assert len(REPORT.changes(["telecom.revenue", "telecom.masts"]).body) == 1


def test_a_product_of_two_ranges_is_a_range():
    cost = REPORT.product("post.counter_staff", "post.counter_staff_support")
    assert plain(str(REPORT.answer("{x}", x=cost))) == "10–24 triệu đồng"


def test_a_computed_row_can_be_computed_with():
    whole = REPORT.implied_whole("society.welfare_accounts", "society.welfare_accounts_share")
    rest = REPORT.difference(whole, "society.welfare_accounts")
    assert rest[["lower", "upper"]].round().values.tolist() == [[47527.0, 47718.0]]


def test_a_sentence_reads_no_more_than_its_numbers(tmp_path, monkeypatch):
    monkeypatch.setenv("BGDATA_READS", str(tmp_path / "reads"))
    bg.report("2024-S1").answer("Có {press.covering}.")
    noted = [json.loads(line) for line in (tmp_path / "reads").read_text(encoding="utf-8").splitlines()]
    read = {name for one in noted if one["table"].startswith("observations") for name in one["where"]["indicator"]}
    assert "press.covering" in read and not {name for name in read if name.startswith("telecom")}


@pytest.mark.parametrize("lang, period", [("fr", "2024-S1"), ("vi", "2030-S1"), ("vi", "2024")])
def test_an_unknown_period_or_language_is_refused_at_once(lang, period):
    with pytest.raises(BgdataError):
        bg.report(period, lang=lang)


def test_everything_is_that_of_the_project_whose_report_it_is(package, tmp_path, monkeypatch):
    other = PackageCopy(tmp_path / "b")
    other.cell("units.csv", "station", "label_vi", "nhà trạm")
    other.cell(other.observations, "telecom.bts,4G", "value", "1234")
    other.cell(other.observations, "telecom.bts,4G", "printed", "1.234")
    other.cell("periods.csv", "2024-S1", "source_vi", "Báo cáo B")
    monkeypatch.delenv("BGDATA_FIGURES")
    report = bg.report("2024-S1", package=Package.open(other.root))
    ax = report.charts.ordered_bars(report.breakdown("telecom.bts"), title="{telecom.bts[4G]}")
    saved = report.save(ax, "stations", caption="Trạm")
    assert plain(saved.alt).startswith("Biểu đồ thanh. 1.234 nhà trạm ▲. 2G: 884 nhà trạm")
    assert saved.source == "Báo cáo B" and saved.folder == other.root / "build/scratch/2024-S1"
    assert "Nguồn: Báo cáo B." in repr(report.table(report.load("telecom.bts")))
    assert plain(str(report.answer("Có {telecom.bts[4G]}."))).startswith("Có 1.234 nhà trạm ▲.")


def test_a_report_shows_which_it_is():
    assert repr(REPORT) == "Report('2024-S1', lang='vi')"
