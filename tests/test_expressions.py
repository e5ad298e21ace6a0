"""The language of rules.csv: what it understands, and what it refuses with a place and a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bgdata.errors import BgdataError
from bgdata.rules import Reference, expressions
from bgdata.rules.expressions import Each, Literal, Operation, Relation, parse

A, B, C = Reference("a.x"), Reference("a.y"), Reference("a.z")


def refusal(text):
    with pytest.raises(BgdataError) as caught:
        parse(text)
    return str(caught.value)


def outcome(text):
    try:
        return type(parse(text))
    except BgdataError as error:
        return type(error)


def test_multiplication_binds_stronger_than_addition_and_terms_group_from_the_left():
    assert parse("a.x + a.y * a.z == 1").left == Operation("+", A, Operation("*", B, C))
    assert parse("a.x - a.y - a.z == 1").left == Operation("-", Operation("-", A, B), C)
    assert parse("a.x / a.y / a.z == 1").left == Operation("/", Operation("/", A, B), C)


def test_brackets_change_what_belongs_together():
    assert parse("(a.x + a.y) * a.z == 1").left == Operation("*", Operation("+", A, B), C)


@pytest.mark.parametrize("operator", expressions.COMPARISONS)
def test_every_comparison_is_understood(operator):
    assert parse(f"a.x {operator} a.y") == Relation(A, operator, B)


def test_a_category_is_written_in_square_brackets():
    assert parse("telecom.bts[4G] <= telecom.bts").left == Reference("telecom.bts", "4G")


def test_a_sum_runs_over_all_categories_or_all_but_some():
    assert parse("sum(a.x[*]) == a.x").left == Each("sum", "a.x")
    assert parse("count(a.x[* except one, two three]) == 2").left == Each("count", "a.x", ("one", "two three"))


def test_last_year_reaches_everything_within_it():
    left = parse("last_year(a.x + sum(a.y[*])) == a.x").left
    assert left == Operation("+", Reference("a.x", years=1), Each("sum", "a.y", years=1))


def test_numbers_are_exact_and_may_be_percent():
    assert parse("a.x <= 0.1").right == Literal(expressions.Fraction(1, 10))
    assert parse("a.x <= 100%").right == Literal(expressions.Fraction(1), percent=True)


@pytest.mark.parametrize(
    ("text", "column", "reason"),
    [
        ("a.x", 4, "expected one of == <= >= < >"),
        ("a.x = a.y", 5, 'equality is written "=="'),
        ("a.x == ", 8, "expected a number, an indicator or a bracket"),
        ("a.x == (a.y", 12, 'expected ")"'),
        ("a.x == a.y == a.z", 12, "a rule ends after one comparison"),
        ("a.x == 48,5", 10, '"," is not part of the language; the decimal mark is a point'),
        ("a.x[*] == a.x", 1, "all categories at once are written sum(a.x[*]) or count(a.x[*])"),
        ("sum(a.x) == a.x", 5, 'expected sum(indicator[*]) or sum(indicator[* except category]), found "a.x"'),
        ("average(a.x) == 1", 1, '"average" is not a function; known: sum, count, last_year.'),
        ("last_year(last_year(a.x)) == 1", 21, "last_year stands within last_year; only the year before is known"),
        ("x == 1", 1, '"x" is not the code of an indicator, such as telecom.bts'),
        ("", 1, "expected a number, an indicator or a bracket"),
    ],
)
def test_a_wrong_expression_is_refused_with_its_column_and_the_reason(text, column, reason):
    assert refusal(text) == f"column {column} of the expression: {reason}"


@pytest.mark.parametrize(
    "text",
    [
        "a.x.__class__ == 1",
        "a.x == ().__class__.__bases__[0]",
        "__import__('os').system('true') == 1",
        "open('/etc/passwd') == 1",
        "eval(a.x) == 1",
        "a.x == 9 ** 9 ** 9",
        "a.x == 1e999999",
        "a.x == " + "9" * 300,
        "(" * 150 + "a.x" + ")" * 150 + " == 1",
        "-" * 300 + "a.x == 1",
        "a.x == " + "a.y + " * 100 + "1",
        "lambda: a.x == 1",
        "a.x == 1 if a.y else 2",
        "[a.x for a.x in a.y] == 1",
        "a.x == f'{a.y}'",
        "a.x == 1; a.y == 2",
        "a.x := 1",
        "a.x @ a.y == 1",
        "a.x // a.y == 1",
        "a.x & a.y == 1",
        "not a.x == 1",
        "a.x == \u0665",
        "sum(",
        "sum(a.x[*]",
        "last_year(",
        "a.x[",
        "a.x[]] == 1",
        "\x00",
    ],
)
def test_what_a_rule_has_no_use_for_is_refused_with_a_sentence(text):
    assert refusal(text).startswith("column ")


@pytest.mark.parametrize(
    "text", ["a.x * a.x == 1", "a.x / a.y == a.z / (a.x + a.y) / a.y", "a.x * sum(a.y[*]) * a.y[one] == 1"]
)
def test_a_number_multiplied_by_itself_is_refused_since_verdicts_would_not_be_exact(text):
    assert "write one fraction instead" in refusal(text)


@given(
    st.lists(st.sampled_from(["a.x", "sum", "(", ")", "[*]", "[b]", "+", "-", "*", "/", "==", "<", "1", "%", "é", "."]))
)
def test_whatever_the_text_there_is_a_rule_or_a_refusal(pieces):
    assert outcome(" ".join(pieces)) in (Relation, BgdataError)


def test_a_share_of_a_sum_that_the_part_belongs_to_is_allowed():
    assert parse("a.x[one] / sum(a.x[*]) == a.y").operator == "=="
    assert parse("(a.x - last_year(a.x)) / last_year(a.x) == a.y").operator == "=="


def test_the_catalogue_is_asked_for_every_indicator_and_category():
    asked = []
    parse("sum(a.x[* except one]) / a.y[two] == last_year(a.z)", lambda *key: asked.append(key))
    assert asked == [("a.x", "one"), ("a.x", "*"), ("a.y", "two"), ("a.z", "")]


def test_what_the_catalogue_does_not_know_is_refused_at_its_column():
    def known(indicator, category):
        raise BgdataError(f'"{indicator}" is unknown')

    with pytest.raises(BgdataError, match='^column 5 of the expression: "a.x" is unknown'):
        parse("1 + a.x == 2", known)
