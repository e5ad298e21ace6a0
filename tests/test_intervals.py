"""Interval arithmetic: holds the exact result, and nothing that cannot be one."""

from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bgdata.rules import Interval
from bgdata.rules.intervals import EVERYTHING, hull

numbers = st.fractions(min_value=-50, max_value=50, max_denominator=20)
within = st.fractions(min_value=0, max_value=1, max_denominator=10)


@st.composite
def intervals(draw):
    return Interval.of(*sorted((draw(numbers), draw(numbers))))


@st.composite
def members(draw):
    """An interval and a number in it."""
    interval, share = draw(intervals()), draw(within)
    return interval, interval.lower + share * (interval.upper - interval.lower)


def without_zero(pair):
    return not pair[0].lower <= 0 <= pair[0].upper


@given(members(), members())
def test_a_sum_a_difference_and_a_product_hold_the_exact_result(first, second):
    (a, x), (b, y) = first, second
    assert x + y in a + b
    assert x - y in a - b
    assert x * y in a * b


@given(members(), members().filter(without_zero))
def test_a_quotient_holds_the_exact_result(first, second):
    (a, x), (b, y) = first, second
    assert x / y in a / b


@given(intervals(), intervals())
def test_the_ends_of_sum_and_product_are_reached_by_ends_of_the_operands(a, b):
    ends = [(x, y) for x in (a.lower, a.upper) for y in (b.lower, b.upper)]
    assert a + b == hull(Interval.of(x + y) for x, y in ends)
    assert a - b == hull(Interval.of(x - y) for x, y in ends)
    assert a * b == hull(Interval.of(x * y) for x, y in ends)


@given(intervals(), intervals().filter(lambda b: not b.lower <= 0 <= b.upper))
def test_the_ends_of_a_quotient_are_reached_by_ends_of_the_operands(a, b):
    assert a / b == hull(Interval.of(x / y) for x in (a.lower, a.upper) for y in (b.lower, b.upper))


@given(members(), members())
def test_with_an_open_end_every_result_is_held_too(first, second):
    (a, x), (b, y) = first, second
    above, below = Interval(a.lower, inf), Interval(-inf, b.upper)
    assert x + y in above + below
    assert x * y in above * below
    assert y == 0 or x / y in above / below


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Interval.of(0) * Interval(Fraction(1), inf), Interval.of(0)),
        (Interval(Fraction(1), inf) * Interval.of(0), Interval.of(0)),
        (Interval.of(0, 1) * Interval(Fraction(1), inf), Interval(Fraction(0), inf)),
        (Interval.of(-1, 1) * Interval(Fraction(0), inf), EVERYTHING),
        (Interval.of(1) / Interval.of(0, 2), Interval(Fraction(1, 2), inf)),
        (Interval.of(1) / Interval.of(-2, 0), Interval(-inf, Fraction(-1, 2))),
        (Interval.of(1) / Interval(Fraction(2), inf), Interval.of(0, "0.5")),
        (Interval.of(1) / Interval.of(-1, 1), EVERYTHING),
        (Interval.of(1) / Interval.of(0), EVERYTHING),
        (-Interval(Fraction(2), inf), Interval(-inf, Fraction(-2))),
    ],
)
def test_arithmetic_is_right_at_zero_and_at_infinity(found, expected):
    assert found == expected


def test_nothing_is_rounded():
    assert Interval.of("0.1") + Interval.of("0.2") == Interval.of("0.3")
    assert Interval.of(1) / Interval.of(3) * Interval.of(3) == Interval.of(1)
