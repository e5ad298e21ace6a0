import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bgdata.errors import BgdataError
from bgdata.notation import MONTHS, Period


def between(first, last):
    """Periods of all lengths in these years."""
    return st.sampled_from("ASTQM").flatmap(
        lambda freq: st.builds(Period, st.integers(first, last), st.just(freq), st.integers(1, 12 // MONTHS[freq]))
    )


PERIODS = between(1001, 2999)
NEIGHBOURS = between(2023, 2024)


@pytest.mark.parametrize(
    "text",
    [
        "../../etc",
        "/etc/passwd",
        "C:\\data",
        "",
        " ",
        "2024S1",
        "2024-S3",
        "2024-S0",
        "2024-Q5",
        "2024-M5",
        "2024-M13",
        "2024-A2",
        "2024-s1",
        " 2024-S1",
        "2024-S1\n",
        "2024-S1/..",
        "2024–S1",
        "２０２４-S1",
        "2024-S１",
        "٢٠٢٤-S1",
        "0000-S1",
        "-2024-S1",
        "2024-S1\x00",
        None,
        2024,
        ["2024-S1"],
    ],
)
def test_what_is_no_period_code_is_refused_in_a_sentence_that_shows_the_forms(text):
    with pytest.raises(BgdataError, match="is not a period. Write it as SDMX does: 2024-S1"):
        Period.parse(text)


@pytest.mark.parametrize(
    "text, code",
    [
        ("2024", "2024-A1"),
        ("2024Z", "2024-A1"),
        ("2024-05", "2024-M05"),
        ("2024-05+07:00", "2024-M05"),
        ("2024-A1", "2024-A1"),
        ("2024-S2", "2024-S2"),
        ("2024-S1Z", "2024-S1"),
        ("2024-T1", "2024-T1"),
        ("2024-Q4", "2024-Q4"),
        ("2024-Q4-05:00", "2024-Q4"),
        ("2024-M12", "2024-M12"),
        ("2024-01-01/P6M", "2024-S1"),
        ("2024-07-01/P6M", "2024-S2"),
        ("2024-01-01T00:00:00/P6M", "2024-S1"),
        ("2024-01-01T00:00:00Z/P6M", "2024-S1"),
        ("2024-01-01+07:00/P1Y", "2024-A1"),
        ("2024-01-01/P12M", "2024-A1"),
        ("2024-05-01/P4M", "2024-T2"),
        ("2024-04-01/P3M", "2024-Q2"),
        ("2024-02-01/P29D", "2024-M02"),
        ("2021-02-01/P4W", "2021-M02"),
        ("2024-01-01/2024-06-30", "2024-S1"),
    ],
)
def test_a_form_of_sdmx_that_stands_for_the_days_of_a_period_is_that_period(text, code):
    assert str(Period.parse(text)) == code


@pytest.mark.parametrize(
    "text, codes",
    [
        ("2024-05-17", "2024-M05"),
        ("2024-05-17Z", "2024-M05"),
        ("2024-05-17T10:30:00", "2024-M05"),
        ("2024-05-17T10:30:00.5+07:00", "2024-M05"),
        ("2024-W27", "2024-M07"),
        ("2024-W01", "2024-M01"),
        ("2024-W18", "2024-M04 or 2024-M05"),
        ("2025-W01", "2024-M12 or 2025-M01"),
        ("2020-W53", "2020-M12 or 2021-M01"),
        ("2024-D001", "2024-M01"),
        ("2024-D366", "2024-M12"),
        ("2024-01-01/P5M", "2024-S1"),
        ("2024-05-06/P1W", "2024-M05"),
        ("2024-06-15/P3M", "2024-A1"),
        ("2024-01-31/P1M", "2024-Q1"),
        ("2024-01-01/P18M", "2024-A1 or 2025-A1"),
        ("2024-01-01/P1DT12H", "2024-M01"),
        ("2024-01-01T08:00:00/PT8H", "2024-M01"),
    ],
)
def test_a_time_of_sdmx_that_no_report_covers_is_answered_with_the_codes_that_hold_it(text, codes):
    with pytest.raises(BgdataError, match=f'^No report covers just "{re.escape(text)}"; did you mean {codes}[?]$'):
        Period.parse(text)


@pytest.mark.parametrize(
    "text, code",
    [
        ("2024S1", "2024-S1"),
        ("2024-s1", "2024-S1"),
        ("2024-H1", "2024-S1"),
        ("2024-B2", "2024-S2"),
        (" 2024-S1\n", "2024-S1"),
        ("2024–S1", "2024-S1"),
        ("２０２４-S1", "2024-S1"),
        ("2024-M5", "2024-M05"),
        ("2024/05", "2024-M05"),
        ("5/2024", "2024-M05"),
        ("T5/2024", "2024-M05"),
        ("Q3/2024", "2024-Q3"),
        (2024, "2024-A1"),
    ],
)
def test_a_code_that_was_nearly_written_is_answered_with_it(text, code):
    with pytest.raises(BgdataError, match=f"is not a period. Write it as SDMX does: .* Did you mean {code}[?]$"):
        Period.parse(text)


@pytest.mark.parametrize(
    "text",
    ["2024-W53", "2023-D366", "2024-D000", "2024-00", "2024-02-30", "2024-01-01/", "2024-01-01/P", "2024-01-01/6M",
     "2024-S1/P6M", "2024-T4", "2024-Q5", "2024-01-01/P1.5M"],
)  # fmt: skip
def test_what_no_calendar_has_is_refused_without_a_guess(text):
    with pytest.raises(BgdataError, match=r"is not a period.*\(year\)\.$"):
        Period.parse(text)


@pytest.mark.parametrize(
    "code, start, end",
    [
        ("2024-A1", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-S1", date(2024, 1, 1), date(2024, 6, 30)),
        ("2024-S2", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024-T1", date(2024, 1, 1), date(2024, 4, 30)),
        ("2024-T3", date(2024, 9, 1), date(2024, 12, 31)),
        ("2024-Q3", date(2024, 7, 1), date(2024, 9, 30)),
        ("2024-M02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-M02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-M12", date(2024, 12, 1), date(2024, 12, 31)),
    ],
)
def test_a_period_spans_whole_months(code, start, end):
    assert (Period.parse(code).start, Period.parse(code).end) == (start, end)


@pytest.mark.parametrize(
    "code, vi, en",
    [
        ("2024-S1", "6 tháng đầu năm 2024", "first half of 2024"),
        ("2024-S2", "6 tháng cuối năm 2024", "second half of 2024"),
        ("2024-T1", "4 tháng đầu năm 2024", "first four months of 2024"),
        ("2024-T2", "4 tháng giữa năm 2024", "May to August 2024"),
        ("2024-T3", "4 tháng cuối năm 2024", "last four months of 2024"),
        ("2024-Q1", "quý I năm 2024", "first quarter of 2024"),
        ("2024-Q4", "quý IV năm 2024", "fourth quarter of 2024"),
        ("2024-M05", "tháng 5 năm 2024", "May 2024"),
        ("2024-A1", "năm 2024", "2024"),
    ],
)
def test_a_period_is_named_in_both_languages(code, vi, en):
    assert (Period.parse(code).label("vi"), Period.parse(code).label("en")) == (vi, en)


@pytest.mark.parametrize(
    "code, previous",
    [("2024-S1", "2023-S2"), ("2024-Q1", "2023-Q4"), ("2024-M01", "2023-M12"), ("2024-A1", "2023-A1")],
)
def test_the_previous_period_of_the_first_one_lies_in_the_year_before(code, previous):
    assert str(Period.parse(code).previous()) == previous


@given(PERIODS)
def test_a_code_read_back_is_the_same_period(period):
    assert Period.parse(str(period)) == period


@given(PERIODS)
def test_the_previous_period_ends_the_day_before_this_one_starts(period):
    assert period.previous().end + timedelta(days=1) == period.start


@given(PERIODS)
def test_the_year_before_is_as_many_periods_back_as_a_year_holds(period):
    assert period.year_before() == period.shifted(-(12 // MONTHS[period.freq]))


@given(PERIODS, st.integers(-40, 40))
def test_shifting_there_and_back_changes_nothing(period, steps):
    assert period.shifted(steps).shifted(-steps) == period


@given(NEIGHBOURS, NEIGHBOURS)
def test_of_two_periods_exactly_one_is_earlier_unless_they_are_the_same(one, other):
    assert (one < other) + (other < one) + (one == other) == 1


@given(st.lists(NEIGHBOURS, max_size=8))
def test_sorted_periods_end_one_after_the_other(periods):
    assert [period.end for period in sorted(periods)] == sorted(period.end for period in periods)


@given(PERIODS)
def test_the_previous_period_and_the_year_before_are_earlier(period):
    assert max(period.previous(), period.year_before()) < period


@pytest.mark.parametrize(
    "text",
    [
        *("2024-01-01/2024-06-30 or so", "2024-01-01/20240630", "2024-01-01/2024-W26-7"),
        *("2024-06-30T99", "2024-06-30T25:00:00", "2024-01-01T::/P6M"),
        "2024-01-01/P6MT99H",
    ],
)
def test_what_only_begins_like_a_time_of_sdmx_is_no_period(text):
    with pytest.raises(BgdataError):
        Period.parse(text)
