"""Verdicts: exact over the intervals that print allows, whatever the way a true number was rounded."""

import random
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bgdata.notation import format_number, numbers, round_half_up
from bgdata.rules import Interval, Reference, verdicts
from bgdata.rules.expressions import expand, parse
from bgdata.rules.findings import as_operand
from bgdata.rules.intervals import hull
from bgdata.rules.verdicts import Operand, bounds, judge, verdict

ENDS = st.fractions(min_value=0, max_value=20, max_denominator=4)
FORMS = [
    "a.a / (a.a + a.b) == a.s",
    "a.a - a.b == a.s",
    "(a.a - a.b) / a.b == a.s",
    "a.a / a.b == a.a / a.s",
    "a.a * (a.b + a.s) <= a.b",
    "a.a + a.b <= a.s",
    "(a.a + a.b) / (a.a + a.b + a.s) == 50%",
]


@st.composite
def boxes(draw):
    return {Reference(name): Interval.of(*sorted((draw(ENDS), draw(ENDS)))) for name in ("a.a", "a.b", "a.s")}


def values(tree, box, shares):
    """Return what a tree is worth inside a box, none where it divides by zero."""
    point = {
        name: Interval.of(one.lower + share * (one.upper - one.lower))
        for (name, one), share in zip(box.items(), shares)
    }
    found = verdicts.enclose(tree, point)
    return [found.lower] if found.exact else []


@given(st.sampled_from(FORMS), boxes(), st.tuples(*[st.fractions(0, 1, max_denominator=8)] * 3))
def test_the_range_holds_the_exact_result_also_of_a_number_that_stands_twice(form, box, shares):
    tree = verdicts.difference(parse(form))
    assert all(value in bounds(tree, box)[0] for value in values(tree, box, shares))


@given(st.sampled_from(FORMS), boxes())
def test_an_exact_range_ends_where_numbers_of_the_box_take_it(form, box):
    tree = verdicts.difference(parse(form))
    found, exact = bounds(tree, box)
    corners = [value for shares in product([0, 1], repeat=3) for value in values(tree, box, shares)]
    assert not exact or not found.bounded or not corners or hull(map(Interval.of, corners)) == found


@given(st.sampled_from(FORMS), boxes(), boxes())
def test_wider_intervals_never_turn_what_holds_into_a_contradiction(form, box, other):
    relation = parse(form)
    wide = {name: hull([box[name], other[name]]) for name in box}
    narrow_verdict, wide_verdict = (
        judge(relation.operator, *bounds(verdicts.difference(relation), these)) for these in (box, wide)
    )
    assert not (narrow_verdict == "holds" and wide_verdict == "contradicts")


@given(boxes(), st.permutations(["a.a", "a.b", "a.s"]))
def test_verdicts_do_not_depend_on_the_order_of_terms(box, order):
    operands = {name: Operand(one, one) for name, one in box.items()}
    assert verdict(parse("a.a + a.b + a.s == 30"), operands) == verdict(parse(f"{' + '.join(order)} == 30"), operands)
    assert verdict(parse("a.a * a.b * a.s <= 30"), operands) == verdict(parse(f"{' * '.join(order)} <= 30"), operands)
    assert verdict(parse("a.a + a.b == a.s"), operands) == verdict(parse("a.s == a.b + a.a"), operands)
    assert verdict(parse("a.a + a.b <= a.s"), operands) == verdict(parse("a.s >= a.b + a.a"), operands)


def test_a_part_that_also_stands_in_its_whole_is_not_counted_as_independent():
    box = {Reference("a.a"): Interval.of(10, 20), Reference("a.b"): Interval.of(10, 20)}
    assert bounds(parse("a.a / (a.a + a.b) == 1").left, box) == (Interval.of(Fraction(1, 3), Fraction(2, 3)), True)


def test_a_denominator_that_may_be_zero_tells_nothing():
    box = {Reference("a.a"): Interval.of(4, 6), Reference("a.b"): Interval.of(5)}
    relation = parse("a.a / (a.a - a.b) == 0")
    assert judge("==", *bounds(verdicts.difference(relation), box)) == "cannot tell"


@pytest.mark.parametrize(
    ("operator", "interval", "expected"),
    [
        ("==", Interval.of(0), "holds"),
        ("==", Interval.of(0, 5), "holds"),
        ("==", Interval(Fraction(0), inf), "holds"),
        ("==", Interval(-inf, inf), "cannot tell"),
        ("==", Interval(Fraction(1), inf), "contradicts"),
        ("<=", Interval.of(0, 5), "holds"),
        ("<", Interval.of(0, 5), "contradicts"),
        ("<", Interval.of(-1, 5), "holds"),
        ("<=", Interval(-inf, Fraction(5)), "cannot tell"),
        ("<=", Interval(-inf, Fraction(-5)), "holds"),
        (">=", Interval.of(-5, -1), "contradicts"),
        (">=", Interval(Fraction(-5), inf), "cannot tell"),
        (">", Interval.of(-5, 0), "contradicts"),
    ],
)
def test_a_verdict_depends_on_where_the_difference_lies(operator, interval, expected):
    assert judge(operator, interval) == expected


def rounded(value, chance, *, percent=False):
    """Print a true value in one of the ways that a report would, all of them right."""
    value = Fraction(value)
    way = chance.choice(["round", "round", "about", "more", "less", "nearly", "range"])
    step = chance.choice([-2, -1, 0] if percent else [0, 1, 2, 3])
    unit = Fraction(10) ** step
    down, up = int(value // unit), int(-(-value // unit))
    nearest = int((value + unit / 2) // unit)
    write = writer(unit, step, percent)
    if way == "round" and not percent and step == 0:
        return numbers.parse(write(nearest))
    if way == "round" and not percent:
        return numbers.parse(format_number(half_up(value / 10**6, 4), decimals=4) + " triệu")
    texts = {
        "round": write(nearest),
        "about": f"khoảng {write(nearest)}",
        "more": f"hơn {write(down)}",
        "less": f"dưới {write(up)}",
        "nearly": f"gần {write(up)}",
        "range": f"{write(down)} đến {write(up)}",
    }
    return numbers.parse(texts[way])


def writer(unit, step, percent):
    return lambda times: format_number(half_up(times * unit, 6), decimals=max(0, -step)) + "%" * percent


def half_up(value, decimals):
    return round_half_up(Decimal(int(value * 10**9 + Fraction(1, 2))).scaleb(-9), decimals)


def consistent(chance):
    """Invent true numbers that satisfy a rule; return the rule and its numbers."""
    a, b, c = (chance.randint(10, 999_999) for _ in "abc")
    whole, before, share = a + b + c, chance.randint(a // 9 + 1, a), Fraction(chance.randint(1, 1000), 1000)
    return chance.choice(
        [
            ("a.a + a.b + a.c == a.w", {"a.a": a, "a.b": b, "a.c": c, "a.w": whole}, ()),
            ("a.a / a.w == a.s", {"a.a": a, "a.w": whole, "a.s": Fraction(100 * a, whole)}, {"a.s"}),
            ("a.a / (a.a + a.b) == a.s", {"a.a": a, "a.b": b, "a.s": Fraction(100 * a, a + b)}, {"a.s"}),
            ("a.a / a.b - 1 == a.g", {"a.a": a, "a.b": before, "a.g": Fraction(100 * a, before) - 100}, {"a.g"}),
            (
                "a.s * a.t == a.u",
                {"a.s": share * 100, "a.t": share * 50, "a.u": share * share * 50},
                {"a.s", "a.t", "a.u"},
            ),
            (
                "a.a / a.s == a.w / a.t",
                {"a.a": a, "a.w": whole, "a.s": Fraction(a, 10**5), "a.t": Fraction(whole, 10**5)},
                {"a.s", "a.t"},
            ),
            ("a.a <= a.w", {"a.a": a, "a.w": whole}, ()),
        ]
    )


def reround(count):
    chance = random.Random(4)
    for _ in range(count):
        text, values, percents = consistent(chance)
        printed = {name: rounded(value, chance, percent=name in percents) for name, value in values.items()}
        yield (
            text,
            printed,
            verdict(parse(text), {Reference(name): as_operand(one, "flow") for name, one in printed.items()}),
        )


def test_none_of_1000_roundings_of_consistent_numbers_is_called_a_contradiction():
    assert [found for found in reround(1000) if found[2] == "contradicts"] == []


def test_of_1000_roundings_most_can_be_told():
    assert sum(told == "holds" for *_, told in reround(1000)) > 600


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3.775", (3775, 3775)),
        ("335 tỷ", (334_500_000_000, 335_500_000_000)),
        ("hơn 17.000", (17000, inf)),
        ("gần 700", (600, 700)),
        ("khoảng 55.860", (55850, 55870)),
        ("2 đến 3", (2, 3)),
        ("83%", (Fraction(825, 1000), Fraction(835, 1000))),
    ],
)
def test_a_printed_number_stands_for_its_interval(text, expected):
    one = as_operand(numbers.parse(text), "flow").interval
    assert (one.lower, one.upper) == expected


def test_sums_are_written_out_over_what_is_printed():
    relation = expand(parse("sum(a.x[*]) == a.y"), lambda each: ["p", "q"])
    operands = {Reference("a.x", "p"): whole(2), Reference("a.x", "q"): whole(3), Reference("a.y"): whole(6)}
    assert verdict(relation, operands) == "contradicts"
    assert {mend.reference: mend.value for mend in verdicts.mends(relation, operands)} == {
        Reference("a.y"): 5,
        Reference("a.x", "p"): 3,
        Reference("a.x", "q"): 4,
    }


def whole(number):
    return Operand(Interval.of(number), Interval.of(number))
