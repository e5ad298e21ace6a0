from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import bgdata as bg
from bgdata.errors import BgdataError, UnknownName
from bgdata.notation import parse
from bgdata.package import base_text, difference_text, growth_text
from bgdata.rules import bases
from bgdata.rules.findings import as_operand
from bgdata.rules.wording import Printed
from bgdata.show.marks import plain
from bgdata.show.readback import alt_text
from conftest import PackageCopy


def compared(indicators, period="2024-S1", **options):
    """The comparison of one indicator's total, as a dict."""
    frame = bg.compare(indicators, period=period, **options)
    return frame[frame["category"] == ""].iloc[0].to_dict()


def rounded(row, *columns):
    return [round(row[column], 2) for column in columns]


def test_the_base_is_the_observation_of_the_year_before(package):
    package.add_period("2023-S1", "telecom.masts,,1500,,,=,A,1.500,I.2.1.b,,")
    row = compared("telecom.masts")
    assert (row["base"], row["change"], row["basis"], row["reason"]) == (1500, 96, "observed", "")
    assert rounded(row, "growth") == [6.4]


def test_an_observed_base_goes_before_a_derived_one_that_it_meets(package):
    package.add_period("2023-S1", "post.revenue,,275000000000,,,=,A,275 tỷ,I.2.1.a,,")
    row = compared("post.revenue")
    assert (row["base"], row["base_lower"], row["base_upper"], row["basis"]) == (275e9, 274.5e9, 275.5e9, "observed")
    assert (row["published"], row["growth"], row["reason"]) == (275e9, 21.8, "")


def test_a_base_published_then_that_this_report_contradicts_is_a_revision_and_both_are_said(package):
    package.add_period("2023-S1", "post.revenue,,280000000000,,,=,A,280 tỷ,I.2.1.a,,")
    row = compared("post.revenue")
    assert (row["base"], row["base_printed"], row["basis"], row["verdict"]) == (
        280e9, "280 tỷ", "revised", "contradicts",
    )  # fmt: skip
    assert rounded(row, "implied_lower", "implied_upper") == [round(334e9 / 1.2185, 2), round(336e9 / 1.2175, 2)]
    assert np.isnan([row["change"], row["growth"]]).all() and row["direction"] == ""
    assert plain(row["reason"]) == (
        "Hai báo cáo nêu khác nhau về 6 tháng đầu năm 2023: bản công bố năm trước: 280 tỷ đồng; "
        "suy ra từ báo cáo này: 274–276 tỷ đồng."
    )


def test_a_revision_is_said_in_english(package):
    package.add_period("2023-S1", "press.resident,,4,,,=,A,04,I.2.3,,")
    assert plain(compared("press.resident", lang="en")["reason"]) == (
        "The two reports differ on the first half of 2023: published a year before: 4 agencies; "
        "implied by this report: 5 agencies."
    )


def test_a_range_published_then_that_this_report_contradicts_is_a_revision(package):
    package.add_period("2023-S1", "post.revenue,,,280000000000,290000000000,range,A,280-290 tỷ,I.2.1.a,,")
    row = compared("post.revenue")
    assert (row["basis"], np.isnan(row["published"])) == ("revised", True)
    assert "280–290 tỷ đồng" in plain(row["reason"])


def test_both_bases_are_said_so_finely_that_they_differ(package):
    package.add_period("2023-S1", "post.revenue,,276000000000,,,=,A,276000 triệu,I.2.1.a,,")
    assert plain(compared("post.revenue")["reason"]).endswith("suy ra từ báo cáo này: 274,11–275,98 tỷ đồng.")


def test_a_break_in_between_goes_before_a_revision(package):
    package.add_period("2023-S1", "post.revenue,,280000000000,,,=,A,280 tỷ,I.2.1.a,,")
    package.append("breaks.csv", "2023-08-01,post.revenue,Đổi cách đếm.,Counted anew.")
    row = compared("post.revenue", lang="en")
    assert np.isnan([row["base"], row["published"], row["change"], row["growth"]]).all()
    assert (row["basis"], row["reason"]) == ("", "Not comparable. Counted anew.")


def test_a_revision_is_what_the_rule_of_the_year_before_contradicts(package):
    package.add_period(
        "2023-S1", "post.revenue,,280000000000,,,=,A,280 tỷ,I.2.1.a,,", "press.resident,,5,,,=,A,05,I.2.3,,"
    )
    verdicts = bg.check("2024-S1").set_index("rule")["verdict"]
    bases = bg.compare(["post.revenue", "press.resident"], period="2024-S1").set_index("indicator")["basis"]
    assert (verdicts["post.revenue_ratio.year_before"], bases["post.revenue"]) == ("contradicts", "revised")
    assert (verdicts["press.resident_change.year_before"], bases["press.resident"]) == ("holds", "observed")


def printed(number, percent=False):
    """Two operands: a number printed as a whole one, or as a percentage with one decimal, rounded half-up."""
    shown = Decimal(number).quantize(Decimal("0.1") if percent else Decimal(1), ROUND_HALF_UP)
    text = f"{shown}".replace(".", ",") + "%" if percent else f"{shown} tỷ"
    parsed = parse(text, "=")
    row = {"value": parsed.value, "number": parsed}
    return Printed(None, row, "percent" if percent else "VND", as_operand(parsed, "flow"))


@given(
    base=st.integers(1, 999_999),
    now=st.integers(1, 999_999),
    measure=st.sampled_from(["ratio_to_base", "growth"]),
)
def test_no_revision_is_found_where_both_reports_only_round(base, now, measure):
    """Both reports print the true amounts and the true ratio, each rounded half-up."""
    true_base, true_now = Decimal(base) / 7, Decimal(now) / 7
    assume(true_base >= 1 and true_now >= 1)
    stated = (true_now / true_base - (measure == "growth")) * 100
    row = {"indicator": "x.growth", "of": "x.amount", "measure": measure}
    found, then = printed(true_now), printed(true_base)
    assert bases.verdict(found, row, printed(stated, percent=True), then) != "contradicts"


@given(base=st.integers(100, 9_999), off=st.integers(1, 9_000))
def test_any_other_count_than_the_one_implied_is_a_revision(base, off):
    row = {"indicator": "x.change", "of": "x.count", "measure": "change"}
    found, stated, then = (
        Printed(None, {"value": number}, "agency", as_operand(parse(f"{number}", "="), measure))
        for number, measure in ((base + 10, "stock"), (10, "change"), (base + off, "stock"))
    )
    assert bases.verdict(found, row, stated, then) == "contradicts"


def test_a_category_that_only_the_base_period_has_is_shown_as_missing_with_a_reason(package):
    package.add_period(
        "2025-S1", "telecom.bts,,4000,,,=,A,4.000,I.2.1.b,,", "telecom.bts,4G,2000,,,=,A,2.000,I.2.1.b,,"
    )
    frame = bg.compare("telecom.bts", period="2025-S1").set_index("category")
    assert frame.index.to_list() == ["", "2G", "3G", "4G", "5G"]
    row = frame.loc["3G"]
    assert (np.isnan(row["value"]), row["status"], row["base"], np.isnan(row["change"])) == (True, "M", 1242, True)
    assert row["reason"] == "Chưa có số liệu của 6 tháng đầu năm 2025."


def test_a_missing_category_is_named_in_the_table(package):
    package.add_period("2025-S1", "telecom.bts,4G,2000,,,=,A,2.000,I.2.1.b,,")
    text = plain(repr(bg.table(bg.compare("telecom.bts", period="2025-S1"))))
    assert "Trạm BTS: 3G chưa có số liệu 1.242 trạm – –" in text


def test_a_table_says_a_revision_under_it_and_no_change(package):
    package.add_period("2023-S1", "post.revenue,,280000000000,,,=,A,280 tỷ,I.2.1.a,,")
    text = plain(repr(bg.table(bg.compare("post.revenue", period="2024-S1"))))
    assert "▲ Doanh thu bưu chính: Hai báo cáo nêu khác nhau về 6 tháng đầu năm 2023" in text
    assert "280 tỷ đồng số liệu mâu thuẫn –" in text and "Lý do không so sánh được" not in text


def test_a_table_without_revision_says_nothing_of_one():
    assert "▲" not in repr(bg.table(bg.compare(bg.indicators()["indicator"], period="2024-S1")))


@pytest.mark.parametrize("draw", ["table_chart", "dumbbell"])
def test_a_chart_says_a_revision_under_it(package, draw):
    package.add_period("2023-S1", "press.resident,,4,,,=,A,04,I.2.3,,")
    axes = getattr(bg.charts, draw)(bg.compare("press.resident", period="2024-S1"), title="Một câu")
    assert alt_text(axes.figure).count("bản công bố năm trước: 04 cơ quan; suy ra từ báo cáo này: 5 cơ quan") == 1


def test_a_printed_ratio_implies_the_base_with_its_interval():
    row = compared("post.revenue")
    assert rounded(row, "base", "base_lower", "base_upper", "growth") == [
        round(335e9 / 1.218, 2),
        round(334e9 / 1.2185, 2),
        round(336e9 / 1.2175, 2),
        21.8,
    ]
    assert row["basis"] == "derived"


def test_a_printed_growth_implies_the_base_with_its_interval():
    row = compared("ict.hardware_exports")
    assert rounded(row, "base", "base_lower", "base_upper", "growth") == [
        round(4531e6 / 1.243, 2),
        round(4530.5e6 / 1.2435, 2),
        round(4531.5e6 / 1.2425, 2),
        24.3,
    ]


def test_a_printed_change_implies_the_base():
    row = compared("press.covering")
    assert (row["base"], row["base_lower"], row["base_upper"], row["change"], row["basis"]) == (
        18,
        18,
        18,
        8,
        "derived",
    )


def test_the_derived_interval_holds_the_derived_base():
    frame = bg.compare(bg.indicators()["indicator"], period="2024-S1")
    derived = frame[frame["basis"] == "derived"]
    assert (derived["base_lower"] <= derived["base"]).all() and (derived["base"] <= derived["base_upper"]).all()


def test_exactly_the_levels_with_a_printed_ratio_growth_or_change_have_a_derived_base():
    frame = bg.compare(bg.indicators()["indicator"], period="2024-S1")
    assert set(frame.loc[frame["basis"] == "derived", "indicator"]) == {
        "post.revenue", "telecom.revenue", "ict.revenue", "ict.hardware_exports", "ict.production_revenue",
        "press.resident", "press.covering",
    }  # fmt: skip


def test_what_has_no_base_says_why():
    row = compared("telecom.masts")
    assert np.isnan(row["base"]) and np.isnan(row["growth"])
    assert row["reason"] == "Báo cáo không so sánh với 6 tháng đầu năm 2023; chưa có số liệu của kỳ đó."


def test_every_row_has_either_a_base_or_a_reason():
    frame = bg.compare(bg.indicators()["indicator"], period="2024-S1", lang="en")
    assert (frame["base"].notna() == (frame["reason"] == "")).all()
    assert (frame["base"].notna() == (frame["basis"] != "")).all()


def test_a_range_has_no_base():
    assert compared("post.counter_staff", lang="en")["reason"] == "The report gives a range only."


def test_a_range_is_no_base(package):
    package.add_period("2023-S1", "telecom.masts,,,1400,1500,range,A,1.400-1.500,I.2.1.b,,")
    assert compared("telecom.masts", lang="en")["reason"] == "The report gives a range only."


@pytest.mark.parametrize("lines", [[], ["telecom.masts,,,,,,M,,I.2.1.b,,"]])
def test_a_missing_observation_is_neither_value_nor_base(package, lines):
    package.add_period("2024-S2", *lines)
    row = compared("telecom.masts", period="2024-S2", lang="en")
    assert np.isnan([row["value"], row["base"]]).all()
    assert row["reason"] == "No data for the second half of 2024."


def test_a_base_with_status_M_is_no_base(package):
    package.add_period("2023-S1", "telecom.masts,,,,,,M,,I.2.1.b,,")
    assert compared("telecom.masts", lang="en")["reason"] == (
        "The report makes no comparison with the first half of 2023, and there are no data for it."
    )


def test_a_base_of_zero_gives_a_change_and_no_growth(package):
    package.add_period("2023-S1", "telecom.masts,,0,,,=,A,00,I.2.1.b,,")
    row = compared("telecom.masts")
    assert (row["change"], np.isnan(row["growth"])) == (1596, True)


def test_percentages_are_compared_in_points(package):
    package.add_period("2023-S1", "telecom.area_coverage_share,,99,,,=,A,99%,I.2.1.b,,")
    row = compared("telecom.area_coverage_share")
    assert (row["change"], np.isnan(row["growth"])) == (0.5, True)


def test_a_lower_bound_leaves_the_base_without_an_upper_one(package):
    package.cell(PackageCopy.observations, "post.revenue", "qualifier", ">")
    assert compared("post.revenue")["base_upper"] == np.inf


def test_categories_are_compared_with_their_own_base(package):
    package.add_period("2023-S1", "telecom.bts,4G,1500,,,=,A,1.500,I.2.1.b fn2,,")
    frame = bg.compare("telecom.bts", period="2024-S1").set_index("category")
    assert (frame["base"]["4G"], frame["change"]["4G"], frame["basis"][""]) == (1500, 147, "")


def test_a_printed_growth_of_the_total_implies_no_base_of_a_category(package):
    package.append("indicators.csv", "telecom.bts_growth,telecom,Tăng,Growth,percent,growth,telecom.bts,,Mức tăng.,,")
    package.append(PackageCopy.observations, "telecom.bts_growth,,10,,,=,A,10%,I.2.1.b,,")
    frame = bg.compare("telecom.bts", period="2024-S1")
    assert frame["basis"].to_list() == ["derived", "", "", "", ""]


def test_a_printed_ratio_says_nothing_about_another_base_period(package):
    package.add_period("2023-S2")
    assert compared("post.revenue", base_period="2023-S2")["basis"] == ""


def test_another_base_period_can_be_named(package):
    package.add_period("2023-S2", "telecom.masts,,1500,,,=,A,1.500,I.2.1.b,,")
    row = compared("telecom.masts", base_period="2023-S2")
    assert (row["base_period"], row["base"]) == ("2023-S2", 1500)


@pytest.mark.parametrize("base_period", ["2024-S1", "2024-S2", "2023-A1", "2023-Q1", "2024-Q1"])
def test_a_base_period_that_is_not_earlier_or_of_another_length_is_refused(base_period):
    with pytest.raises(BgdataError, match="2024-S1 cannot be compared with .* such as 2023-S1"):
        bg.compare("telecom.masts", period="2024-S1", base_period=base_period)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: bg.compare("telecom.mast", period="2024-S1"),
        lambda: bg.compare(["telecom.bts", "x"], period="2024-S1"),
        lambda: bg.compare("telecom.bts", period="2030-S1"),
    ],
)
def test_an_unknown_name_is_refused(ask):
    with pytest.raises(UnknownName):
        ask()


def test_nothing_asked_is_an_empty_frame():
    assert len(bg.compare([], period="2024-S1")) == 0


@pytest.mark.parametrize("scope", ["telecom.masts", "telecom", "*"])
def test_a_break_of_the_indicator_its_sector_or_all_makes_periods_incomparable(package, scope):
    package.add_period("2023-S1", "telecom.masts,,1500,,,=,A,1.500,I.2.1.b,,")
    package.append("breaks.csv", f"2024-01-15,{scope},Đổi cách đếm.,Counted anew.")
    row = compared("telecom.masts", lang="en")
    assert np.isnan([row["base"], row["change"], row["growth"]]).all()
    assert row["reason"] == "Not comparable. Counted anew."


@pytest.mark.parametrize("scope", ["telecom.bts", "post"])
def test_a_break_of_something_else_changes_nothing(package, scope):
    package.add_period("2023-S1", "telecom.masts,,1500,,,=,A,1.500,I.2.1.b,,")
    package.append("breaks.csv", f"2024-01-15,{scope},Đổi cách đếm.,Counted anew.")
    assert compared("telecom.masts")["basis"] == "observed"


def test_a_break_in_between_suppresses_the_base_that_the_report_implies(package):
    package.append("breaks.csv", "2023-08-01,post.revenue,Đổi cách đếm.,Counted anew.")
    assert compared("post.revenue")["basis"] == ""


@pytest.mark.parametrize(
    "day, stock, flow",
    [
        ("2023-01-01", "observed", "observed"),
        ("2023-01-02", "observed", ""),
        ("2023-06-30", "observed", ""),
        ("2023-07-01", "", ""),
        ("2024-06-30", "", ""),
        ("2024-07-01", "observed", "observed"),
    ],
)
def test_a_stock_is_broken_after_the_base_day_and_a_flow_from_within_the_base_period(package, day, stock, flow):
    package.add_period(
        "2023-S1",
        "telecom.masts,,1500,,,=,A,1.500,I.2.1.b,,",
        "post.dossiers,,50000,,,=,A,50.000,I.2.1.a,,",
    )
    package.append("breaks.csv", f"{day},*,Đổi cách đếm.,Counted anew.")
    assert bg.compare(["telecom.masts", "post.dossiers"], period="2024-S1")["basis"].to_list() == [stock, flow]


def test_the_province_of_2026_is_not_compared_with_that_of_2024(package):
    package.add_period("2026-S1", "telecom.masts,,3000,,,=,A,3.000,I.2.1.b,,")
    row = compared("telecom.masts", period="2026-S1", base_period="2024-S1", lang="en")
    assert (
        row["reason"]
        == "Not comparable. From 1 July 2025 the provinces of Bắc Giang and Bắc Ninh form the new province of Bắc Ninh."
    )


def test_the_previous_period_is_the_newest_earlier_one_of_the_same_length(package):
    package.add_period("2022-S2")
    package.add_period("2023-A1")
    assert bg.previous("2024-S1") == "2022-S2"


TRAPS = {  # what both reports print of an indicator: now, then, the change in words of a table, the direction
    "telecom.household_fibre_share": ("88,1%", "84,6%", "+3,5 điểm phần trăm", "up"),
    "telecom.adult_smartphone_share": ("88,14%", "khoảng 85%", "+3 điểm phần trăm", "up"),
    "telecom.budget": ("hơn 33,4 tỷ", "hơn 29,6 tỷ", "chưa kết luận được", ""),
    "post.budget": ("hơn 8,1 tỷ", "hơn 8,1 tỷ", "chưa kết luận được", ""),
    "economy.ecommerce_students": ("hơn 600", "450", "tăng trên 150 người", "up"),
    "economy.ecommerce_retail_share": ("20%", "trên 25%", "giảm trên 4,5 điểm phần trăm", "down"),
    "society.team_members": ("hơn 17.000", "16.000", "tăng trên 1.000 người", "up"),
    "post.dossiers": ("khoảng 55.860", "khoảng 55.850", "chưa kết luận được", ""),
    "telecom.masts": ("1.596", "1.596", "không đổi", "unchanged"),
    "telecom.area_coverage_share": ("99,5%", "99,5%", "0 điểm phần trăm", ""),
    "post.revenue": ("335 tỷ", "khoảng 334 tỷ", "chưa kết luận được", ""),
    "telecom.licence_guidance": ("06", "03", "+3 đơn vị", "up"),
}


def as_line(key, text):
    """A line of observations that prints this."""
    number = parse(text)
    return f'{key},,{number.value},,,{number.qualifier},A,"{text}",I.1,,'


@pytest.fixture
def traps(package):
    package.add_period("2025-S1", *[as_line(key, now) for key, (now, *_) in TRAPS.items()])
    package.add_period("2024-S2", *[as_line(key, then) for key, (_, then, *_) in TRAPS.items()])
    return bg.compare(list(TRAPS), period="2025-S1", base_period="2024-S2").set_index("indicator")


@pytest.mark.parametrize("key", TRAPS)
def test_a_change_is_said_only_as_far_as_both_intervals_allow(traps, key):
    row, (_, _, change, direction) = traps.loc[key], TRAPS[key]
    assert (plain(difference_text(row)), row["direction"]) == (change, direction)


@pytest.mark.parametrize("key", TRAPS)
def test_a_base_stands_in_the_words_of_its_own_report(traps, key):
    row, then = traps.loc[key], TRAPS[key][1]
    assert row[["base_printed", "base_section", "base_status"]].to_list() == [then, "I.1", "A"]
    assert plain(base_text(row)).startswith(then)


def test_what_cannot_be_told_says_why(traps):
    assert traps.loc["telecom.budget", "reason"].startswith("Cả hai báo cáo chỉ nêu mức trên")
    assert traps.loc["economy.ecommerce_students", "reason"].startswith("Một trong hai số")
    assert traps.loc["post.dossiers", "reason"].startswith("Hai số được làm tròn")


def test_a_flow_carries_a_caution_where_the_seasons_differ(traps):
    assert traps.loc["post.dossiers", "caution"].startswith("Số phát sinh trong")
    assert traps.loc["telecom.masts", "caution"] == ""


def test_a_comparison_is_not_compared_again(package):
    package.add_period("2025-S1", 'post.revenue_ratio,,114.1,,,=,A,"114,1%",I.1,,')
    row = compared("post.revenue_ratio", period="2025-S1")
    assert (row["base_printed"], plain(difference_text(row)), row["direction"]) == ("121,8%", "chưa kết luận được", "")
    assert row["reason"].startswith("Chỉ tiêu này đã là kết quả so với cùng kỳ")


def test_a_number_that_contradicts_others_is_not_said_to_have_moved(package):
    package.add_period("2025-S1", "society.youth_epayment,,400000,,,=,A,400.000,I.1,,")
    row = compared("society.youth_epayment", period="2025-S1")
    assert (row["base_verdict"], row["direction"], plain(difference_text(row))) == (
        "contradicts",
        "",
        "số liệu mâu thuẫn",
    )


def test_a_ratio_that_the_other_report_denies_moves_nothing(package):
    package.add_period(
        "2025-S1",
        "telecom.revenue,,1109000000000,,,=,A,1.109 tỷ,I.1,,",
        'telecom.revenue_ratio,,112.2,,,=,A,"112,2%",I.1,,',
    )
    row = compared("telecom.revenue", period="2025-S1")
    assert (row["value"], row["base"], row["verdict"], row["direction"]) == (1109e9, 1135e9, "contradicts", "")
    assert plain(row["reason"]).startswith("Hai báo cáo nêu khác nhau về 6 tháng đầu năm 2024")


def test_a_growth_has_the_digits_that_its_interval_allows(package):
    package.add_period("2025-S1", as_line("telecom.revenue", "1.209 tỷ"), as_line("telecom.masts", "1.700"))
    told = bg.compare(["telecom.revenue", "telecom.masts"], period="2025-S1")
    assert [growth_text(row) for row in told.to_dict("records")] == ["+7%", "+6,5%"]


def test_a_sector_is_compared_as_all_its_indicators_are():
    names = list(dict.fromkeys(bg.load("post", expected=True)["indicator"]))
    assert bg.compare("post").equals(bg.compare(names))
