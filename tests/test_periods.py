from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bgdata.errors import BgdataError
from bgdata.notation import MONTHS, Period


def between(first, last):
    """Periods of all lengths in these years."""
    return st.sampled_from("ASQM").flatmap(
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
        "2024",
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
    "code, start, end",
    [
        ("2024-A1", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-S1", date(2024, 1, 1), date(2024, 6, 30)),
        ("2024-S2", date(2024, 7, 1), date(2024, 12, 31)),
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
