"""Numbers computed from numbers: each is held against the same computation on the ends of the printed intervals."""

import random
from itertools import product
from math import inf, isnan, nan

import pandas as pd
import pytest

import bgdata as bg
from bgdata.notation import parse
from bgdata.package import value_text
from bgdata.package.observations import COLUMNS, framed

FRAME = bg.load(period="2024-S1")
A, B, C = "telecom.bts", "telecom.masts", "telecom.bts[4G]"
SHARE = "telecom.area_coverage_share"


def row(key, printed, unit="station", **columns):
    """One number as `load` gives it."""
    number = parse(printed)
    indicator, _, category = key.partition("[")
    return {
        **dict.fromkeys(COLUMNS, ""),
        "period": "2024-S1",
        "indicator": indicator,
        "category": category.rstrip("]"),
        "label": key,
        "value": nan if number.value is None else float(number.value),
        "lower": -inf if number.lower is None else float(number.lower),
        "upper": inf if number.upper is None else float(number.upper),
        "unit": "percent" if number.percent else unit,
        "measure": "share" if number.percent else "stock",
        "qualifier": number.qualifier,
        "status": "A",
        "printed": printed,
        **columns,
    }


def of(first, second):
    """A frame of two numbers, so printed."""
    return framed([row(A, first), row(SHARE if second.endswith("%") else B, second)])


def printed(chance, percent=False):
    """A number as reports print it."""
    number = f"{chance.randint(10, 99)},{chance.randint(0, 9)}%" if percent else str(chance.randint(2, 999))
    scaled = f"{chance.randint(2, 99)}{chance.choice(['', ',5'])} {chance.choice(['nghìn', 'triệu'])}"
    return number if percent else chance.choice([number, scaled, f"khoảng {number}", f"{chance.randint(2, 9)}-12"])


def within(value, found):
    return found["lower"] <= value <= found["upper"]


CASES = [(printed(chance), printed(chance)) for chance in map(random.Random, range(60))]
SHARES = [(printed(chance), printed(chance, percent=True)) for chance in map(random.Random, range(40))]


@pytest.mark.parametrize("first, second", CASES)
@pytest.mark.parametrize(
    "compute, plain",
    [
        (bg.ratio, lambda one, other: one / other),
        (bg.share, lambda one, other: one / other * 100),
        (bg.total, lambda one, other: one + other),
        (bg.difference, lambda one, other: one - other),
    ],
)
def test_the_interval_is_what_the_ends_of_the_printed_numbers_make(compute, plain, first, second):
    found, (one, other) = compute(of(first, second), A, B).iloc[0], of(first, second).to_dict("records")
    ends = [plain(*pair) for pair in product((one["lower"], one["upper"]), (other["lower"], other["upper"]))]
    assert (found["lower"], found["upper"]) == pytest.approx((min(ends), max(ends)))
    assert isnan(found["value"]) if found["qualifier"] == "range" else within(found["value"], found)


@pytest.mark.parametrize("first, second", SHARES)
def test_an_implied_whole_holds_every_whole_that_the_part_and_its_share_allow(first, second):
    found, (one, other) = bg.implied_whole(of(first, second), A, SHARE).iloc[0], of(first, second).to_dict("records")
    ends = [a / b * 100 for a, b in product((one["lower"], one["upper"]), (other["lower"], other["upper"]))]
    assert (found["lower"], found["upper"]) == pytest.approx((min(ends), max(ends)))


@pytest.mark.parametrize(
    "compute, first, second, said",
    [
        (bg.ratio, "hơn 100", "50", "trên 2"),
        (bg.ratio, "100", "hơn 50", "dưới 2"),
        (bg.ratio, "dưới 100", "50", "dưới 2"),
        (bg.ratio, "100", "dưới 50", "trên 2"),
        (bg.total, "hơn 100", "50", "trên 150 trạm"),
        (bg.total, "hơn 100", "khoảng 50", "trên 140 trạm"),
        (bg.difference, "100", "hơn 40", "dưới 60 trạm"),
        (bg.difference, "100", "dưới 40", "60–100 trạm"),
        (bg.total, "5-8", "2", "7–10 trạm"),
        (bg.ratio, "900", "600", "1,5"),
        (bg.share, "600", "800", "75%"),
    ],
)
def test_a_bound_stays_a_bound_on_the_right_side(compute, first, second, said):
    assert value_text(compute(of(first, second), A, B).iloc[0]).replace("\u00a0", " ") == said


@pytest.mark.parametrize("first, second", [("hơn 100", "hơn 50"), ("dưới 100", "dưới 50"), ("dưới 100", "gần 10")])
def test_of_what_has_no_bound_nothing_is_said(first, second):
    assert bg.ratio(of(first, second), A, B).empty


def test_it_keeps_what_was_printed_where_and_with_what_verdict():
    found = bg.share(FRAME, "society.youth_epayment", "society.youth").iloc[0]
    assert found[["derived", "printed", "note", "section", "verdict", "key"]].to_list() == [
        "share", "", "312.000 / 411.230", "I.2.2.e", "contradicts", "",
    ]  # fmt: skip


def test_what_is_computed_from_an_estimate_is_an_estimate():
    rows = [row(A, "10", status="E"), row(B, "5")]
    assert bg.total(framed(rows), A, B)["status"].item() == "E"


def test_a_computed_number_can_be_computed_with():
    whole = bg.implied_whole(FRAME, "society.welfare_accounts", "society.welfare_accounts_share")
    named = pd.concat([FRAME, whole.assign(indicator="society.youth")]).query(
        "note != '' or indicator != 'society.youth'"
    )
    assert bg.share(named, "society.welfare_accounts", "society.youth")["note"].item() == "44.848 / (44.848 / 48,5%)"


@pytest.mark.parametrize("compute", [bg.ratio, bg.share, bg.implied_whole, bg.total, bg.difference])
def test_all_computations_give_the_columns_of_load(compute):
    found = compute(
        of("10", "50%" if compute is bg.implied_whole else "5"), A, SHARE if compute is bg.implied_whole else B
    )
    assert found.columns.to_list() == FRAME.columns.to_list()
    assert found["derived"].item() == compute.__name__


@pytest.mark.parametrize("compute", [bg.ratio, bg.share, bg.implied_whole, bg.total, bg.difference])
def test_where_a_number_is_missing_there_is_no_row(compute):
    missing = bg.load("telecom", period="2024-S1", expected=True).iloc[:0]
    assert compute(missing, A, B).empty
    assert compute(framed([row(A, "5"), row(B, "5", value=nan, lower=nan, upper=nan, status="M")]), A, B).empty


@pytest.mark.parametrize("compute", [bg.ratio, bg.share])
def test_nothing_is_divided_by_zero(compute):
    assert compute(of("5", "0"), A, B).empty


@pytest.mark.parametrize("compute", [bg.ratio, bg.share, bg.total, bg.difference])
@pytest.mark.parametrize("column, other", [("period", "2023-S1"), ("area", "Hà Nội")])
def test_rows_of_two_periods_or_areas_are_refused(compute, column, other):
    frame = of("10", "5").assign(**{column: ["2024-S1", other]})
    with pytest.raises(bg.BgdataError, match=f"rows of one {column}, but these are of 2024-S1, {other}"):
        compute(frame, A, B)


@pytest.mark.parametrize(
    "compute, units",
    [
        (bg.total, ("station", "person")),
        (bg.difference, ("VND", "USD")),
        (bg.share, ("VND", "USD")),
        (bg.share, ("VND", "person")),
        (bg.ratio, ("percent", "person")),
        (bg.ratio, ("station/person", "person")),
        (bg.implied_whole, ("person", "person")),
        (bg.implied_whole, ("percent", "percent")),
    ],
)
def test_units_that_do_not_go_together_are_refused(compute, units):
    with pytest.raises(bg.BgdataError, match=f"Numbers in {', '.join(units)} do not go together"):
        compute(of("10", "5").assign(unit=units), A, B)


@pytest.mark.parametrize("lang, said", [("vi", "2,5 trạm/vị trí"), ("en", "2.5 stations/location")])
def test_the_unit_of_a_ratio_is_one_unit_for_one_of_the_other(lang, said):
    found = bg.ratio(of("10", "4").assign(unit=["station", "location"]), A, B).iloc[0]
    assert value_text(found, lang).replace("\u00a0", " ") == said
