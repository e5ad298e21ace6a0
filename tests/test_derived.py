"""Numbers computed from numbers: each is held against the same computation on the ends of the printed intervals."""

import random
import re
from decimal import Decimal
from itertools import product
from math import inf, isnan, nan

import pandas as pd
import pytest

import bgdata as bg
from bgdata.notation import parse
from bgdata.package import value_text
from bgdata.package.observations import COLUMNS, framed
from bgdata.package.selection import finder

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
    named = pd.concat([FRAME[FRAME["indicator"] != "society.youth"], whole.assign(indicator="society.youth")])
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


def of_two(column, other, first=1):
    """One report's rows, and the same of another period or area, in either order."""
    here, there = (of("10", "5").assign(**{column: one}) for one in ("2024-S1", other))
    return pd.concat([here, there][::first], ignore_index=True)


@pytest.mark.parametrize("first", [1, -1])
@pytest.mark.parametrize("column, other", [("period", "2023-S1"), ("area", "VN-01")])
@pytest.mark.parametrize(
    "ask",
    [
        lambda frame: bg.ratio(frame, A, B),
        lambda frame: bg.share(frame, A, B),
        lambda frame: bg.answer(frame, f"{{{A}:n}}"),
        lambda frame: bg.answer(frame, f"{{{A}/{B}:%}}"),
        lambda frame: bg.title(frame, f"{{{A}:n}}"),
    ],
)
def test_the_first_of_two_periods_or_areas_is_never_taken(ask, column, other, first):
    with pytest.raises(bg.BgdataError, match=f"rows of one {column}, but these are of"):
        ask(of_two(column, other, first))


def test_a_number_that_stands_twice_is_refused():
    with pytest.raises(bg.BgdataError, match=f"{A} stands in two rows"):
        bg.share(pd.concat([of("10", "5"), of("11", "5")]), A, B)


def test_a_computed_row_of_another_period_is_refused():
    other = bg.total(of("10", "5").assign(period="2023-S1"), A)
    with pytest.raises(bg.BgdataError, match="rows of one period, but these are of 2023-S1, 2024-S1"):
        bg.difference(of("10", "5").assign(period="2024-S1"), other, B)


def test_a_computed_frame_of_two_rows_is_refused():
    frame = of("10", "5")
    with pytest.raises(bg.BgdataError, match="one at a time, but a frame has 2 rows"):
        bg.difference(frame, pd.concat([bg.total(frame, A)] * 2), B)
    with pytest.raises(bg.BgdataError, match="takes one number, but its frame has 2 rows"):
        bg.answer(frame, "{both:n}", both=frame)


def test_a_key_with_its_area_is_found_among_rows_of_several():
    frame = of_two("area", "VN-01")
    frame.loc[frame["area"] == "VN-01", ["value", "lower", "upper"]] *= 2
    assert finder(frame)(bg.Key(A, area="VN-01"))["value"] == 20


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


def unit_allowed(row):
    """The smallest power of ten that the number's interval lies within, on either side; at most its first digit."""
    value, off = Decimal(str(row["value"])), max(row["upper"] - row["value"], row["value"] - row["lower"])
    unit = next(
        Decimal(10) ** power
        for power in range(-9, 18)
        if Decimal(10) ** power >= Decimal(str(off)) * (1 - Decimal("1e-6"))
    )
    return min(unit, Decimal(10) ** value.adjusted())


def every_derived_number():
    """Rows of all computations on invented numbers, and the bases and changes of the real report, as rows."""
    for first, second in CASES:
        for compute in (bg.ratio, bg.share, bg.total, bg.difference):
            yield from compute(of(first, second), A, B).to_dict("records")
    for first, second in SHARES:
        yield from bg.implied_whole(of(first, second), A, SHARE).to_dict("records")
    for row in (
        bg.compare(bg.indicators()["indicator"], period="2024-S1").query("basis == 'derived'").to_dict("records")
    ):
        yield {"value": row["base"], "lower": row["base_lower"], "upper": row["base_upper"], "unit": row["unit"]}
        yield {"value": row["growth"], "lower": row["growth_lower"], "upper": row["growth_upper"], "unit": "percent"}


DERIVED = [
    row
    for row in every_derived_number()
    if not isnan(row["value"]) and row["lower"] < row["upper"] < inf and row["value"]
]


def test_there_are_many_derived_numbers_to_look_at():
    assert len(DERIVED) > 100


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_derived_number_has_as_many_digits_as_its_interval_allows(lang):
    wrong = []
    for row in (row for row in DERIVED if row.get("qualifier", "~") not in (">", "<")):
        text = value_text(row, lang, unit=False).replace("\u00a0", " ")
        number, unit = said(text, lang), unit_allowed(row)
        if number % unit or abs(number - Decimal(str(row["value"]))) > unit / 2:
            wrong.append((text, row["value"], row["lower"], row["upper"]))
    assert wrong == []


def said(text, lang):
    """Read a written number back."""
    powers = {
        "trillion": 12,
        "billion": 9,
        "million": 6,
        "thousand": 3,
        "nghìn tỷ": 12,
        "tỷ": 9,
        "triệu": 6,
        "nghìn": 3,
    }
    power = next((power for word, power in powers.items() if text.endswith(word)), 0)
    digits = re.search(r"−?[0-9][0-9.,]*", text)[0].replace("−", "-")
    plain = digits.translate(str.maketrans(",.", ".,")) if lang == "vi" else digits
    return Decimal(plain.replace(",", "")).scaleb(power)


@pytest.mark.parametrize(
    ("value", "off", "unit", "text"),
    [
        (269_192.1e9, 12e9, "VND", "khoảng 269,2 nghìn tỷ đồng"),
        (92_470, 96, "person", "khoảng 92.500 người"),
        (1_099.8e9, 1.5e9, "VND", "khoảng 1.100 tỷ đồng"),
        (275.04e9, 0.94e9, "VND", "khoảng 275 tỷ đồng"),
        (2.3653, 0, "", "2,37"),
        (3_336_028.3, 0, "VND", "3,34 triệu đồng"),
        (75.8699, 0, "percent", "75,9%"),
        (1_649, 0, "station", "1.649 trạm"),
    ],
)
def test_the_digits_of_a_derived_number(value, off, unit, text):
    row = {"value": value, "lower": value - off, "upper": value + off, "unit": unit}
    assert value_text(row).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        ("hơn 8,1 tỷ", "khoảng 335 tỷ", "trên 2,4%"),
        ("trên 29,6 tỷ", "khoảng 1.135 tỷ", "trên 2,6%"),
        ("100", "hơn 57", "dưới 175,5%"),
    ],
)
def test_a_bound_is_rounded_so_that_it_stays_true(part, whole, text):
    assert value_text(bg.share(of(part, whole), A, B).iloc[0]).replace("\u00a0", " ") == text
