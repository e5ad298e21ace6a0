import unicodedata
from decimal import Decimal

import pytest
from babel.numbers import format_compact_currency, format_compact_decimal
from hypothesis import assume, given
from hypothesis import strategies as st

from bgdata.errors import BgdataError, NotationError
from bgdata.notation import MINUS, format_number, parse, parse_pair, resolve, round_half_up

DECIMALS = st.decimals(-(10**9), 10**9, places=3)
SCALES = st.sampled_from(["", " nghìn", " triệu", " tỷ", " nghìn tỷ"])


@pytest.mark.parametrize(
    "text, value",
    [
        ("334", "334"),
        ("07", "7"),
        ("55.860", "55860"),
        ("45.369.985.510", "45369985510"),
        ("335 tỷ", "335000000000"),
        ("335tỷ", "335000000000"),
        ("335 TỶ ĐỒNG", "335000000000"),
        ("1.135 tỷ đồng", "1135000000000"),
        ("4.531 triệu USD", "4531000000"),
        ("19,5 triệu", "19500000"),
        ("1,2 nghìn tỷ", "1200000000000"),
        ("1,2 nghìn tỉ", "1200000000000"),
        ("24,64%", "24.64"),
        ("99,5 %", "99.5"),
        ("−3,2%", "-3.2"),
        ("-3,2%", "-3.2"),
        ("+24,6%", "24.6"),
        ("hơn 17.000", "17000"),
        ("ước đạt 335\u00a0tỷ", "335000000000"),
        ("  3.775  ", "3775"),
        (unicodedata.normalize("NFD", "gần 335 triệu"), "335000000"),
    ],
)
def test_a_printed_number_is_read_in_the_unit_itself(text, value):
    assert parse(text).value == Decimal(value)


@pytest.mark.parametrize(
    "text, qualifier, lower, upper",
    [
        ("334", "=", 334, 334),
        ("24,64%", "=", "24.635", "24.645"),
        ("85%", "=", "84.5", "85.5"),
        ("335 tỷ", "=", "334500000000", "335500000000"),
        ("19,5 triệu", "=", "19450000", "19550000"),
        ("hơn 17.000", ">", 17000, None),
        ("khoảng trên 8,1 tỷ", ">", "8100000000", None),
        ("dưới 5%", "<", None, 5),
        ("khoảng 55.860", "~", 55850, 55870),
        ("xấp xỉ 24,60%", "~", "24.59", "24.61"),
        ("ước 335 tỷ", "~", "334000000000", "336000000000"),
        ("gần 700", "~", 600, 700),
        ("02-05", "range", 2, 5),
        ("5-8 triệu", "range", 5000000, 8000000),
        ("5 – 8 triệu đồng", "range", 5000000, 8000000),
        ("từ 10 đến 15", "range", 10, 15),
        ("800 triệu - 1,2 tỷ", "range", "800000000", "1200000000"),
        ("14,5-15%", "range", "14.5", 15),
    ],
)
def test_the_interval_is_what_the_printed_form_stands_for(text, qualifier, lower, upper):
    number = parse(text)
    bounds = tuple(None if bound is None else Decimal(bound) for bound in (lower, upper))
    assert (number.qualifier, number.lower, number.upper) == (qualifier, *bounds)


def test_a_range_has_no_single_value():
    assert parse("5-8 triệu").value is None


def test_a_padded_count_keeps_its_width():
    assert (parse("07").width, parse("7").width, parse("0,5").width) == (2, 0, 0)


@pytest.mark.parametrize(
    "text, readings",
    [
        ("16.2%", ("16,2%", "162%")),
        ("-16.2%", ("−16,2%", "−162%")),
        ("gần 16.2", ("gần 16,2", "gần 162")),
        ("335,521,0", ("335.521,0", "3.355.210")),
        ("1.23.4", ("123,4", "1.234")),
        ("1,234.5", ("1.234,5", "12.345")),
        ("0.123", ("0,123", "123")),
        ("1234.567", ("1.234,567", "1.234.567")),
        ("5,", ("5",)),
        ("335,521,0 tỷ", ("335.521,0 tỷ", "3.355.210 tỷ")),
    ],
)
def test_a_broken_notation_is_refused_with_the_readings_it_could_have(text, readings):
    with pytest.raises(NotationError, match="breaks the notation: .* It could be ") as caught:
        parse(text)
    assert caught.value.readings == readings


@pytest.mark.parametrize(
    "text, reason",
    [
        ("16.2%", 'after "." come three digits'),
        ("0.123", 'before the first "." come one to three digits, not led by 0'),
        ("335,521,0", "there is more than one decimal comma"),
        ("1,234.5", '"." stands behind the decimal comma'),
        ("5,", "the decimals are missing"),
        ("1234567890123456", "it has more than 15 digits"),
        ("9/10", "is two numbers, n of N; record each of them"),
        ("khoảng 5-8 triệu", "is a range behind a qualifying word; write the range alone"),
        ("8-5", "is not a range from a lower to a higher number"),
        ("5%-8", "is not a range from a lower to a higher number"),
        ("=1+1", "is not a number in Vietnamese notation"),
        ("NaN", "is not a number in Vietnamese notation"),
        ("inf", "is not a number in Vietnamese notation"),
        ("1e5", "is not a number in Vietnamese notation"),
        ("１２", "is not a number in Vietnamese notation"),
        ("5% tỷ", "is not a number in Vietnamese notation"),
        ("~ 24", "is not a number in Vietnamese notation"),
        ("", "is not a number in Vietnamese notation"),
        ("hơn", "is not a number in Vietnamese notation"),
        ("1-" * 1000 + "1", "is not a number in Vietnamese notation"),
        (None, "None is not a text"),
        (335.521, "335.521 is not a text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(text, reason):
    with pytest.raises(NotationError) as caught:
        parse(text)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    "text, qualifier", [("gần 700", "="), ("hơn 450", "~"), ("5-8", "="), ("334", "range"), ("dưới 5", ">")]
)
def test_a_qualifier_that_contradicts_the_printed_word_is_refused(text, qualifier):
    with pytest.raises(NotationError, match="but its qualifier is"):
        parse(text, qualifier)


def test_a_known_value_decides_between_the_readings_of_a_slip():
    assert (resolve("16.2%", "=", 16.2).decimals, resolve("16.2%", "=", 162).decimals) == (1, 0)


@pytest.mark.parametrize("value", [16.3, 1.62, None, float("nan")])
def test_a_value_that_is_no_reading_does_not_excuse_a_slip(value):
    with pytest.raises(NotationError, match="breaks the notation"):
        resolve("16.2%", "=", value)


@pytest.mark.parametrize(
    "text, pair", [("312.000/411.230", (312000, 411230)), ("9/10", (9, 10)), ("138 / 851", (138, 851))]
)
def test_n_of_N_is_a_part_and_a_whole(text, pair):
    assert tuple(number.value for number in parse_pair(text)) == pair


@pytest.mark.parametrize("text", ["9", "9/10/11", "a/b", "16.2/100", ""])
def test_what_is_not_n_of_N_is_refused(text):
    with pytest.raises(NotationError):
        parse_pair(text)


@pytest.mark.parametrize(
    "value, decimals, vi, en",
    [
        (335521, None, "335.521", "335,521"),
        (19.5, None, "19,5", "19.5"),
        (2.25, 1, "2,3", "2.3"),
        (0.125, 2, "0,13", "0.13"),
        (-2.25, 1, "−2,3", "−2.3"),
        (-0.04, 1, "0,0", "0.0"),
        (0, None, "0", "0"),
        (999.95, 1, "1.000,0", "1,000.0"),
        (1e30, None, "1" + ".000" * 10, "1" + ",000" * 10),
        (Decimal("45369985510"), None, "45.369.985.510", "45,369,985,510"),
    ],
)
def test_a_number_is_written_half_up_with_grouped_thousands(value, decimals, vi, en):
    written = [format_number(value, decimals=decimals, lang=lang) for lang in ("vi", "en")]
    assert written == [vi, en]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None, "x"])
def test_what_is_no_number_is_never_written(value):
    with pytest.raises(BgdataError, match="is not a number that can be written"):
        format_number(value)


@given(DECIMALS)
def test_a_number_written_and_read_again_is_the_same(value):
    assert parse(format_number(value)).value == value


@given(DECIMALS, st.integers(0, 3))
def test_rounding_moves_a_number_by_half_a_digit_at_most(value, decimals):
    assert abs(round_half_up(value, decimals) - value) <= Decimal(5).scaleb(-decimals - 1)


@given(DECIMALS)
def test_a_number_and_its_negative_are_written_alike_but_for_the_sign(value):
    assume(value > 0)
    assert format_number(-value) == MINUS + format_number(value)


@given(DECIMALS, SCALES, st.sampled_from(["=", "~", ">", "<"]))
def test_the_interval_holds_the_value(value, scale, qualifier):
    number = parse(format_number(value) + scale, qualifier)
    known = [bound for bound in (number.lower, number.value, number.upper) if bound is not None]
    assert known == sorted(known)


@given(st.integers(0, 10**9), st.integers(0, 10**9), SCALES)
def test_a_range_keeps_both_of_its_ends(one, other, scale):
    low, high = sorted((one, other))
    number = parse(f"{format_number(low)}-{format_number(high)}{scale}")
    assert (number.lower, number.upper) == (parse(f"{low}{scale}").value, parse(f"{high}{scale}").value)


@given(st.text("0123456789.,", min_size=1, max_size=15))
def test_digits_are_read_in_one_way_or_refused_with_readings_that_can_be_read(text):
    assert readings_of(text)


def readings_of(text):
    """Values that a text can have."""
    try:
        return [parse(text).value]
    except NotationError as error:
        return [parse(reading).value for reading in error.readings] or [str(error)]


@given(st.text(max_size=20))
def test_any_other_text_is_refused_in_a_sentence_and_never_crashes(text):
    assert readings_of(text)


@pytest.mark.parametrize("text", ["335 tỷ ₫", "335 tỷ₫", "335 T₫", "₫ 335 tỷ", "335 T", "335 tỷ đồng", "0,335 NT ₫"])
def test_a_sign_of_currency_and_a_short_form_are_read_as_the_words_are(text):
    assert parse(text).value == Decimal(335_000_000_000)


@pytest.mark.parametrize("text", ["5-8 Tr US$", "US$ 5-8 triệu", "5 Tr US$ - 8 Tr US$", "5 tr - 8 tr US$"])
def test_a_range_has_signs_of_currency_too(text):
    assert (parse(text).lower, parse(text).upper) == (5_000_000, 8_000_000)


def test_each_end_of_a_range_with_a_currency_has_its_own_multiplier():
    assert (parse("500 ₫ - 8 Tr ₫").lower, parse("500 ₫ - 8 Tr ₫").upper) == (500, 8_000_000)


@pytest.mark.parametrize("number", [1, 1200, 12_000, 123_456, 1.2e6, 12e6, 1.2e9, 335e9, 1.2e12, 123e12])
@pytest.mark.parametrize("currency", ["VND", "USD"])
def test_what_cldr_writes_is_read(number, currency):
    written = [
        format_compact_decimal(number, format_type="short", locale="vi", fraction_digits=1),
        format_compact_decimal(number, format_type="long", locale="vi", fraction_digits=1),
        format_compact_currency(number, currency, locale="vi", fraction_digits=1),
    ]
    assert [float(parse(text).value) for text in written] == pytest.approx([number] * 3, rel=0.05)


@pytest.mark.parametrize("text", ["1,2 t", "3 n", "12 nt", "5 $", "5 %₫", "5 T%", "₫", "US$ ₫ 5"])
def test_what_is_no_short_form_or_sign_is_refused(text):
    with pytest.raises(NotationError):
        parse(text)
