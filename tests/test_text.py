import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bgdata as bg
from bgdata.errors import BgdataError
from bgdata.notation import NBSP, parse
from bgdata.package import direction_text, growth_text, percent_text, unit_text, value_text

REPORT = {
    (row["indicator"], row["category"]): row for row in bg.load(period="2024-S1", expected=True).to_dict("records")
}
NUMBERS = {key: row for key, row in REPORT.items() if not math.isnan(row["value"])}


@pytest.mark.parametrize(
    "indicator, category, vi, en",
    [
        ("ict.revenue", "", "ước 335.521 tỷ đồng", "an estimated 335,521 billion VND"),
        ("inspection.fines", "", "19,5 triệu đồng", "19.5 million VND"),
        ("ict.exports", "", "4.531 triệu USD", "4,531 million USD"),
        ("society.welfare_amount", "", "45.369.985.510 đồng", "45,369,985,510 VND"),
        ("telecom.bts", "2G", "884 trạm", "884 stations"),
        ("telecom.bts", "5G", "02 trạm", "2 stations"),
        ("inspection.petitions", "slander", "01 đơn", "1 petition"),
        ("ict.revenue_growth", "", "24,64%", "24.64%"),
        ("telecom.area_coverage_share", "", "99,5%", "99.5%"),
        ("economy.new_digital_firms_share", "", "16,2%", "16.2%"),
        ("outlook.conferences_target", "", "02–05 hội nghị, hội thảo, tọa đàm", "2–5 conferences and seminars"),
        ("post.counter_staff_support", "", "5–8 triệu đồng", "5–8 million VND"),
        ("society.team_members", "", "hơn 17.000 người", "more than 17,000 people"),
        ("post.dossiers", "", "khoảng 55.860 hồ sơ", "about 55,860 dossiers"),
        ("economy.training_attendances", "", "gần 700 lượt người", "nearly 700 attendances"),
    ],
)
def test_a_printed_number_is_written_as_it_was_printed(indicator, category, vi, en):
    written = [value_text(REPORT[indicator, category], lang).replace(NBSP, " ") for lang in ("vi", "en")]
    assert written == [vi, en]


@pytest.mark.parametrize(
    "row, text",
    [
        ({"value": 275041050903.1, "lower": 274.1e9, "upper": 275.9e9, "unit": "VND"}, "khoảng 275 tỷ đồng"),
        ({"value": 1191000, "unit": "VND"}, "1,19 triệu đồng"),
        ({"value": 18.0, "lower": 18.0, "upper": 18.0, "unit": "agency"}, "18 cơ quan"),
        ({"value": 75.87, "unit": "percent"}, "75,9%"),
        ({"value": 0.0, "unit": "station"}, "0 trạm"),
        ({"value": -3.0, "unit": "agency"}, "−3 cơ quan"),
        ({"value": 2.5, "lower": 2.5, "upper": math.inf, "unit": "day"}, "2,5 ngày"),
    ],
)
def test_a_derived_number_is_written_as_precisely_as_it_is_known(row, text):
    assert value_text(row).replace(NBSP, " ") == text


@pytest.mark.parametrize(
    "row",
    [
        {"value": math.nan, "unit": "station"},
        {"value": None, "unit": "station"},
        {"unit": "station"},
        {"value": math.nan, "unit": "station", "printed": "", "status": "M", "qualifier": ""},
    ],
)
def test_a_missing_number_is_written_as_missing_and_never_as_zero(row):
    assert [value_text(row, "vi"), value_text(row, "en")] == ["chưa có số liệu", "no data"]


@pytest.mark.parametrize("row", REPORT.values(), ids=map(" ".join, REPORT))
def test_digits_and_unit_never_part_at_the_end_of_a_line(row):
    assert " " not in value_text(row, "vi", words=False) + value_text(row, "en", words=False)


@pytest.mark.parametrize("row", NUMBERS.values(), ids=map(" ".join, NUMBERS))
def test_the_written_number_is_the_value(row):
    assert float(parse(value_text(row, unit=False, words=False)).value) == row["value"]


def test_unit_and_words_can_be_left_out():
    assert value_text(REPORT["post.dossiers", ""], unit=False, words=False) == "55.860"


def test_a_row_can_be_a_series():
    assert value_text(bg.load("telecom", period="2024-S1").iloc[0]).replace(NBSP, " ") == "03 đơn vị"


@pytest.mark.parametrize("lang", ["fr", "", None])
def test_an_unknown_language_is_refused(lang):
    with pytest.raises(BgdataError, match="is not a language of bgdata"):
        value_text(REPORT["post.dossiers", ""], lang)


def test_an_unexplained_printed_number_is_refused():
    with pytest.raises(BgdataError, match="breaks the notation"):
        value_text({"value": 3.0, "unit": "percent", "printed": "16.2%", "qualifier": "="})


def test_a_unit_of_several_words_stays_together():
    assert (unit_text("attendance"), unit_text("youth_branch", "en", one=True)) == ("lượt\xa0người", "youth\xa0branch")


@pytest.mark.parametrize(
    "percent, growth, direction",
    [
        (24.64, "+24,64%", "tăng 24,64%"),
        (24.637, "+24,6%", "tăng 24,6%"),
        (-3.2, "−3,2%", "giảm 3,2%"),
        (0.0, "0%", "không đổi"),
        (0.004, "0,0%", "không đổi"),
        (-0.004, "0,0%", "không đổi"),
        (-0.06, "−0,06%", "giảm 0,06%"),
        (0.0501, "+0,1%", "tăng 0,1%"),
        (1234.5, "+1.234,5%", "tăng 1.234,5%"),
        (math.nan, "chưa có số liệu", "chưa có số liệu"),
        (None, "chưa có số liệu", "chưa có số liệu"),
    ],
)
def test_a_growth_is_written_with_a_sign_or_a_word_that_agrees_with_it(percent, growth, direction):
    assert (growth_text(percent), direction_text(percent).replace(NBSP, " ")) == (growth, direction)


@pytest.mark.parametrize(
    "percent, text", [(90.0, "90%"), (2.25, "2,25%"), (2.255, "2,3%"), (75.8699, "75,9%"), (None, "chưa có số liệu")]
)
def test_a_percentage_has_the_decimals_that_it_needs_and_one_where_they_are_many(percent, text):
    assert percent_text(percent) == text


@pytest.mark.parametrize("write", [growth_text, direction_text, percent_text])
def test_an_infinite_percentage_is_refused(write):
    with pytest.raises(BgdataError, match="inf is not a number that can be written"):
        write(math.inf)


@given(st.floats(-1e4, 1e4))
def test_growth_and_direction_show_the_same_digits(percent):
    assert growth_text(percent).lstrip("+−") in (direction_text(percent).split(NBSP)[-1], "0,0%", "0%")


@pytest.mark.parametrize(
    "value, printed", [(884 / 1596, "884"), (335.0, "335 tỷ"), (2.5, "2 đến 3"), (85.0, "84,9%"), (885.0, "884")]
)
def test_a_number_computed_from_a_printed_one_is_never_written_as_that_one(value, printed):
    with pytest.raises(BgdataError, match="is not what is printed"):
        value_text({"label": "2G", "value": value, "printed": printed, "unit": "station"})


def test_a_number_computed_from_a_printed_one_is_written_without_the_interval_of_that_one():
    stations = bg.breakdown(bg.load("telecom", "2024-S1"), "telecom.bts")
    rows = stations.assign(
        value=stations["value"] / 1596, printed="", derived="computed", unit="station/location"
    ).to_dict("records")
    assert [value_text(row).replace(NBSP, " ") for row in rows[:3]] == [
        "0,554 trạm/vị trí", "0,778 trạm/vị trí", "1,03 trạm/vị trí",
    ]  # fmt: skip
