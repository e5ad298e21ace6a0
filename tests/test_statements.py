"""What is read of a numeral: whether it is whole, its time, whose it is, as what it is stated; each kind in variants."""

import random
from decimal import Decimal

import pytest

from bgdata.notation.formats import format_number
from bgdata.notation.periods import Period
from bgtools.read.document.passage import Cell, Passage
from bgtools.read.statement import doubts
from bgtools.read.statement.heads import column
from bgtools.read.statement.numerals import numerals, value_of
from bgtools.read.statement.timewords import Time

PERIOD = Period.parse("2024-S2")
VARIANTS = 12


def read(text, **more):
    """The observations of a passage."""
    found = numerals([Passage(text, **more)], PERIOD, "Bắc Giang")
    return [numeral for numeral in found if numeral.kind == "observation"]


def variants(seed, low, high):
    chance = random.Random(seed)
    return [chance.randint(low, high) for _ in range(VARIANTS)]


def value(numeral):
    return None if numeral.number is None else value_of(numeral)[0]


BROKEN = {
    "a space behind the mark": lambda printed: printed.replace(".", ". "),
    "a space before the mark": lambda printed: printed.replace(".", " ."),
    "an apostrophe": lambda printed: printed.replace(".", "'"),
    "a raised dot": lambda printed: printed.replace(".", "·"),
    "a space": lambda printed: printed.replace(".", " "),
    "a space inside": lambda printed: f"{printed[0]} {printed[1:]}",
    "letters apart": lambda printed: " ".join(printed),
    "a raised mark": lambda printed: printed + "²",
    "a mark in brackets": lambda printed: printed + "(1)",
    "a mark behind a quote": lambda printed: "”" + printed,
    "a quote that ends no quotation": lambda printed: printed + "”",
    "a straight quote that ends none": lambda printed: printed + '"',
    "a quote before what it is part of": lambda printed: printed + "’/2..128",
}


@pytest.mark.parametrize("number", variants("broken", 10_000, 999_999))
@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_number_that_something_touches_is_asked_and_never_cut(broken, number):
    numeral = read(f"Toàn tỉnh có {broken(format_number(number))} thư dự thi.")[0]
    assert (numeral.asked, value(numeral)) == (True, number)


@pytest.mark.parametrize("big, small", list(zip(variants("big", 1, 900), variants("small", 100, 999))))
def test_a_number_in_parts_is_one_number(big, small):
    money, count = read(f"thu {big} tỷ {small} triệu đồng; nhận {big} nghìn {small} hồ sơ")
    worth = Decimal(big * 10**9 + small * 10**6), Decimal(big * 1000 + small)
    assert ((value(money), value(count)), money.asked or count.asked) == (worth, False)


@pytest.mark.parametrize("number", variants("half", 1, 99))
def test_a_half_behind_a_multiplier_belongs_to_the_number(number):
    assert value(read(f"thu {number} triệu rưỡi đồng")[0]) == number * 10**6 + 500_000


@pytest.mark.parametrize(
    "tail", ["8 tỷ 100 đồng", "5 triệu hai trăm nghìn đồng", "3 trăm đồng", "2 tỷ 9000 triệu đồng"]
)
def test_parts_that_do_not_fit_together_are_asked(tail):
    assert read(f"thu {tail}")[0].asked


@pytest.mark.parametrize("number", variants("multiplier", 2, 900))
@pytest.mark.parametrize(
    "printed, times",
    [("{}k thư", 1000), ("{} vạn thư", 10_000), ("{}trđ", 10**6), ("{} trđ", 10**6), ("{}.000VNĐ", 1000)],
)
def test_a_short_multiplier_is_read(printed, times, number):
    numeral = read("có " + printed.format(number))[0]
    assert (value(numeral), numeral.asked) == (number * times, False)


WORDS = [
    "mười một",
    "mười hai",
    "mười ba",
    "mười bốn",
    "mười lăm",
    "mười sáu",
    "hai mươi",
    "hai mươi mốt",
    "ba mươi tư",
]
TOLD = [11, 12, 13, 14, 15, 16, 20, 21, 34]


@pytest.mark.parametrize("words, number", list(zip(WORDS, TOLD)))
def test_words_and_digits_of_one_number_must_agree(words, number):
    agree, differ = (read(f"Đã mở {words} ({digits}) lớp.")[0] for digits in (number, number + 1))
    assert (value(agree), agree.asked, differ.asked) == (number, False, True)


@pytest.mark.parametrize("sign, qualifier", [("≥", ">"), (">", ">"), ("≤", "<"), ("<", "<"), ("~", "~"), ("≈", "~")])
@pytest.mark.parametrize("gap", ["", " "])
@pytest.mark.parametrize("number", variants("sign", 20, 99_999)[:3])
def test_a_sign_says_how_exact_a_number_is(sign, gap, qualifier, number):
    numeral = read(f"Qua bưu chính công ích {sign}{gap}{format_number(number)} hồ sơ.")[0]
    assert (numeral.qualifier, value(numeral)) == (qualifier, number)


@pytest.mark.parametrize("sign", ["-", "−", "âm "])
@pytest.mark.parametrize("number", variants("minus", 2, 99)[:4])
def test_a_negative_growth_is_negative_and_any_other_negative_number_is_asked(sign, number):
    growth, share = read(f"tăng trưởng {sign}{number}% so với cùng kỳ; tỷ lệ hộ là {sign}{number}%")
    assert (value(growth), growth.asked, share.asked) == (-number, False, True)


@pytest.mark.parametrize("quotes", ["“”", '""', "‘’", "«»"])
@pytest.mark.parametrize("number", variants("quoted", 11, 999)[:4])
def test_a_quote_that_ends_a_quotation_is_no_mark_of_the_number_before_it(quotes, number):
    assert not read(f"Mô hình {quotes[0]}chợ có {number}{quotes[1]} được nhân rộng.")[0].asked


@pytest.mark.parametrize("number", [f"0{number}" for number in variants("padded", 10, 99)])
def test_a_number_with_a_nought_before_two_digits_is_asked(number):
    assert read(f"Đã tiến hành {number} cuộc thanh tra.")[0].asked


@pytest.mark.parametrize("way", ["tăng", "giảm", "tăng thêm", "giảm nhẹ"])
@pytest.mark.parametrize("sign", ["-", "−", "âm "])
@pytest.mark.parametrize("number", variants("contrary", 2, 99)[:4])
def test_a_minus_that_contradicts_its_word_or_says_it_twice_is_asked(way, sign, number):
    assert read(f"doanh thu {way} {sign}{number}% so với cùng kỳ")[0].asked


@pytest.mark.parametrize("tie", ["-", " - ", "–", "/", " đến "])
@pytest.mark.parametrize("broken", ["{0} {1}", "{0}’{1}", "{0}. {1}{1}{1}", "{0}{1}¹"])
@pytest.mark.parametrize("number", variants("range", 11, 98)[:4])
def test_what_a_stroke_ties_to_a_broken_number_is_asked_with_it(tie, broken, number):
    text = broken.format(*str(number)) + tie + str(number + 5)
    assert [one.asked for one in read(f"Mỗi phóng sự từ {text} phút.")][-1:] == [True]


@pytest.mark.parametrize("verb", ["nộp ngân sách", "doanh thu đạt", "thu được", "giá trị xuất khẩu là", "thu nộp được"])
@pytest.mark.parametrize("start", ["Ước", "Trong kỳ, ước", "Tăng 3 điểm; ước"])
@pytest.mark.parametrize("number", variants("ahead", 11, 900)[:2])
def test_an_estimate_may_be_called_one_at_the_head_of_its_clause(verb, start, number):
    last = read(f"{start} {verb} {number} tỷ đồng, hoàn thành việc thu.")[-1]
    assert (last.qualifier, last.status) == ("~", "E")


SLIPS = [
    "l{}",
    "{}O",
    "I{}",
    "{}l5",
    "x{}",
    "{}:5",
    "{}|5",
    "{} + 5",
    "{}+5",
    "{}/xã",
    "{}? điểm",
    "{} hoặc 5",
    "{} [5]",
    "{}, đính chính: 5",
    "{} (sửa thành 5)",
]


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("number", variants("slip", 11, 98)[:4])
def test_what_is_typed_into_or_beside_a_number_makes_it_asked(slip, number):
    assert read(f"Toàn tỉnh có {slip.format(number)} điểm phục vụ.")[0].asked


@pytest.mark.parametrize("number", [f"({number})" for number in variants("brackets", 11, 98)])
def test_a_number_in_brackets_within_a_sentence_is_a_number_and_at_its_head_an_ordinal(number):
    assert [bool(read(text)) for text in (f"Sở phát hành {number} văn bản.", f"Gồm: {number} văn bản chỉ đạo.")] == [
        True,
        False,
    ]


TIMES = {
    Time.WIDER: [
        "năm 2024",
        "cả năm",
        "từ đầu năm đến nay",
        "12 tháng",
        "trong 3 năm",
        "giai đoạn 2021-2025",
        "3 năm qua",
        "sau 5 năm thực hiện",
        "trong vòng hai năm",
        "từ đầu nhiệm kỳ",
        "trong cả giai đoạn",
    ],
    Time.NARROWER: [
        "trong tháng 10",
        "tháng 9/2024",
        "quý III",
        "trong quý 4",
        "riêng tháng 8",
        "tháng 11 năm 2024",
        "trong 2 tuần",
        "trong một tháng",
        "trong nửa tháng",
        "trong đợt cao điểm",
    ],
    Time.EARLIER: [
        "cùng kỳ năm trước",
        "năm 2023",
        "năm ngoái",
        "cuối năm 2023",
        "6 tháng đầu năm",
        "quý I",
        "tháng 3",
        "trước khi sáp nhập",
        "cách đây 2 năm",
    ],
    Time.LATER: ["đến năm 2025", "kỳ tới", "năm 2026", "quý I/2025"],
    Time.TO_DATE: ["lũy kế đến nay", "cộng dồn", "từ trước đến nay"],
    Time.NOW: ["trong kỳ", "6 tháng cuối năm", "đến nay", "trong 6 tháng", "đến 15/12/2024", "từ tháng 7 đến tháng 12"],
}
SENTENCES = ["Toàn tỉnh {} có 340 điểm.", "{}, toàn tỉnh có 340 điểm.", "Số điểm {} đạt 340 điểm, tăng so với trước."]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("time, words", [(time, words) for time, every in TIMES.items() for words in every])
def test_the_nearest_words_say_of_what_time_a_number_is(time, words, sentence):
    numeral = next(one for one in read(sentence.format(words)) if one.printed == "340")
    assert numeral.time == time


@pytest.mark.parametrize(
    "words", ["trong tháng 10", "của cùng kỳ năm trước", "năm 2023", "(năm 2023)", "(tháng 11/2024)"]
)
def test_a_time_behind_a_number_is_its_time(words):
    assert read(f"Toàn tỉnh có 340 điểm {words}, tăng 3%.")[0].elsewhen


@pytest.mark.parametrize(
    "behind, base",
    [
        ("so với cùng kỳ", "year"),
        ("so với cùng kỳ năm 2023", "year"),
        ("so với 6 tháng cuối năm 2023", "year"),
        ("kế hoạch", "other"),
        ("so với kế hoạch năm", "other"),
        ("so với quý I", "other"),
        ("so với 6 tháng đầu năm", "other"),
        ("so với năm 2020", "other"),
        ("so với bình quân cả nước", "other"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("verb", ["bằng", "tăng"])
def test_a_ratio_is_to_a_year_before_only_if_the_words_say_so(verb, behind, base):
    numeral = read(f"Doanh thu đạt 335 tỷ đồng, {verb} 105% {behind}.".replace(" .", "."))[1]
    assert (numeral.base if numeral.relation else base if base == "" else "other") == base


PLACES = [
    "tại huyện Tân Yên",
    "huyện Lục Ngạn có",
    "cả nước có",
    "tỉnh Bắc Ninh có",
    "thị xã Việt Yên",
    "riêng VNPT có",
    "toàn quốc",
    "Lục Ngạn có",
    "Hà Nội đạt",
    "các tỉnh, thành phố có",
    "Công an tỉnh có",
    "Sở Y tế có",
    "Trung tâm Viễn thông 1 có",
    "bình quân mỗi xã",
    "một số huyện có",
    "khu vực nông thôn có",
    "Trung ương có",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("sentence", ["Đã ghi nhận {} 312 cảnh báo.", "Trong kỳ, {} 312 cảnh báo, xử lý xong."])
def test_a_number_of_another_place_is_told_from_the_provinces(place, sentence):
    assert read(sentence.format(place))[0].place is not None


@pytest.mark.parametrize(
    "words",
    [
        "Toàn tỉnh có",
        "Sở phối hợp với huyện Tân Yên mở",
        "Tỉnh Bắc Giang có",
        "Trên địa bàn tỉnh có",
        "Bắc Giang có",
        "Thanh tra Sở tiến hành",
    ],
)
def test_a_partner_and_the_province_itself_are_no_other_place(words):
    assert read(f"{words} 12 lớp.")[0].place is None


STANCES = {
    doubts.PLAN: [
        "theo đề án là {} điểm",
        "theo hợp đồng {} điểm",
        "được phê duyệt {} điểm",
        "nếu đạt {} điểm",
        "đề xuất {} điểm",
        "đề nghị bổ sung {} điểm",
        "có thể có {} điểm",
        "UBND tỉnh giao {} điểm",
        "cần {} điểm",
        "dự báo đạt {} điểm",
        "có {} điểm (dự kiến)",
        "có {} điểm đang đề xuất",
        "hoàn thiện. Theo đề án được duyệt, toàn tỉnh có {} điểm",
        "hoàn thiện. Chỉ tiêu giao năm nay: duy trì {} điểm",
        "hoàn thiện. Phấn đấu hết quý: thêm chợ mới; tuyến phố mới; {} điểm",
        "theo kế hoạch là {} điểm",
        "chỉ tiêu giao {} điểm",
        "phấn đấu đạt {} điểm",
        "{} điểm theo kế hoạch",
        "dự kiến {} điểm",
    ],
    doubts.THRESHOLD: [
        "theo quy định tối thiểu {} điểm",
        "hộ có từ {} người trở lên",
        "mức tối thiểu {} điểm",
        "ngưỡng {} điểm",
        "định mức là {} điểm",
        "hạn mức {} điểm",
        "theo tiêu chuẩn là {} điểm",
        "mức trần là {} điểm",
        "điều kiện là có {} điểm",
        "yêu cầu tối thiểu {} điểm",
    ],
    doubts.COMPARISON: ["gấp {} lần", "cao hơn {} điểm phần trăm", "phát {} bản tin mỗi ngày", "nhận {} đơn một tháng"],
    doubts.NEGATED: [
        "chưa đạt {} điểm",
        "còn thiếu {} máy",
        "{} xã chưa có",
        "chưa triển khai {} điểm",
        "chưa hoàn thành {} điểm",
        "không đủ {} điểm",
        "từ chối {} hồ sơ",
        "trả lại {} hồ sơ",
        "tạm dừng {} điểm",
        "tồn đọng {} đơn",
        "thu hồi {} giấy phép",
        "không kết nối {} xã",
    ],
}


@pytest.mark.parametrize("number", variants("stance", 11, 99)[:3])
@pytest.mark.parametrize("doubt, words", [(doubt, words) for doubt, every in STANCES.items() for words in every])
def test_what_is_no_result_is_doubted_as_what_it_is(doubt, words, number):
    numeral = read("Toàn tỉnh " + words.format(number) + ".")[0]
    assert doubt in [said for said, _ in numeral.stated]


def test_a_share_of_a_plan_is_no_ratio_to_a_year_before():
    numeral = read("Doanh thu bằng 105% kế hoạch và tăng 12% so với cùng kỳ.")[0]
    assert (
        doubts.PLAN in [said for said, _ in numeral.stated],
        numeral.relation == "ratio" and numeral.base == "year",
    ) == (True, False)


def table(heads, cells):
    """A row of a table as a passage."""
    text, spans = " | ".join(cells), []
    for place, cell in enumerate(cells):
        start = len(" | ".join(cells[:place])) + 3 * (place > 0)
        spans.append(Cell(start, start + len(cell), heads[place], (cells[0],), place))
    return text, tuple(spans)


@pytest.mark.parametrize(
    "head, time, doubt",
    [
        (("6 tháng cuối năm 2024",), Time.NOW, None),
        (("Kỳ này",), Time.NOW, None),
        (("Năm 2024", "6 tháng cuối năm"), Time.NOW, None),
        (("Năm 2023", "6 tháng cuối năm"), Time.EARLIER, None),
        (("Năm 2024", "Kế hoạch"), Time.WIDER, doubts.PLAN),
        (("Ước thực hiện",), Time.NOW, None),
        (("6 tháng cuối năm 2023",), Time.EARLIER, None),
        (("Cùng kỳ",), Time.EARLIER, None),
        (("Năm 2024",), Time.WIDER, None),
        (("Quý III",), Time.NARROWER, None),
        (("Lũy kế",), Time.TO_DATE, None),
        (("Kế hoạch năm 2024",), Time.WIDER, doubts.PLAN),
        (("KH giao",), Time.NOW, doubts.PLAN),
        (("So sánh (%)",), Time.NOW, doubts.COMPARISON),
        (("TH/KH",), Time.NOW, doubts.COMPARISON),
    ],
)
def test_a_columns_head_says_its_time_and_role(head, time, doubt):
    said = column(head, PERIOD)
    assert (said.kind, said.time, said.stated == ((doubt,) if doubt else ())) == ("value", time, True)


HOME = [
    "Bắc Giang",
    "Tỉnh Bắc Giang",
    "Toàn tỉnh",
    "Trong tỉnh",
    "Đến 31/12/2024",
    "Số liệu đến 15/12/2024",
    "Kết quả",
    "Thực hiện",
    "Ước TH",
    "Số lượng",
]
ELSE = [
    "Cả nước",
    "Bắc Ninh",
    "Tỉnh Bắc Ninh",
    "Huyện Tân Yên",
    "Kế hoạch",
    "Cùng kỳ",
    "Tăng/giảm",
    "+/-",
    "TH/CK",
    "So sánh (%)",
]


@pytest.mark.parametrize("head, other", list(zip(HOME, ELSE)))
def test_a_column_of_the_province_and_the_period_is_told_from_the_one_beside_it(head, other):
    own, rest = (column((words,), PERIOD, "Bắc Giang") for words in (head, other))
    assert (own.time, own.stated, own.place, own.doubts) == (Time.NOW, (), None, ())
    assert rest.time != Time.NOW or rest.stated or rest.place


@pytest.mark.parametrize("unit", ["điểm", "tỷ đồng", "hồ sơ", "triệu USD", "trạm"])
@pytest.mark.parametrize("head", ["So sánh (%)", "% so với cùng kỳ"])
def test_a_column_in_percent_does_not_take_the_unit_of_its_row(head, unit):
    text, cells = table([("Chỉ tiêu",), ("ĐVT",), ("Kỳ này",), (head,)], ["Doanh thu", unit, "335", "104,5"])
    assert read(text, cells=cells)[1].printed == "104,5%"


@pytest.mark.parametrize("note", ["Tăng 2 điểm", "Đến 31/5 có 3 xã", "5 huyện", "Trong đó 5G: 205", "12"])
@pytest.mark.parametrize("head", ["Ghi chú", "Ghi chú (đến 31/5)"])
def test_a_number_in_a_column_of_notes_is_none_of_the_row(head, note):
    text, cells = table([("Chỉ tiêu",), ("Kỳ này",), (head,)], ["Điểm phục vụ", "340", note])
    assert [one.printed for one in read(text, cells=cells)] == ["340"]


@pytest.mark.parametrize("head", ["TT", "STT", "Số TT", "Số thứ tự"])
def test_a_running_number_is_no_number_of_the_report(head):
    text, cells = table([(head,), ("Chỉ tiêu",), ("Kỳ này",)], ["2", "Điểm phục vụ bưu chính", "340"])
    assert [one.printed for one in read(text, cells=cells)] == ["340"]


@pytest.mark.parametrize(
    "unit, printed", [("tỷ đồng", "335 tỷ"), ("%", "335%"), ("điểm", "335"), ("triệu USD", "335 triệu")]
)
def test_a_unit_column_gives_the_unit_of_its_row(unit, printed):
    text, cells = table([("Chỉ tiêu",), ("ĐVT",), ("Kỳ này",)], ["Doanh thu", unit, "335"])
    assert [one.printed for one in read(text, cells=cells)] == [printed]


def test_numbers_under_heads_that_are_not_understood_are_asked_with_one_doubt():
    texts = [table([("Chỉ tiêu",), ("A",), ("B",)], ["Điểm", str(n), str(n + 1)]) for n in (10, 20)]
    said = {doubt for text, cells in texts for one in read(text, cells=cells) for doubt in one.doubts}
    assert {str(doubt.values["head"]) for doubt in said} == {"A", "B"}


HOSTILE = [
    "ước đạt " * 22 + "a 5",
    "ước khoảng " * 4000 + "5",
    "có 5 lớp và " * 2000,
    "5/9 điểm, " * 1000,
    "a" * 40_000,
    "5 tới " * 16_000,
    "5 đến " * 1000,
    "5," * 1000,
    "1." * 1000,
    "1.1" + "1" * 1000,
    "1 " * 8000,
    "(" * 20_000 + "5",
    "năm 2024 " * 4000 + "5",
    "so với cùng kỳ " * 4000 + "5 lớp",
    "huyện Tân Yên " * 3000 + "5 lớp",
    "5 tỷ " * 4000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{text[:18]}{len(text)}")
def test_a_text_that_repeats_itself_thousands_of_times_is_read(text):
    assert isinstance(read(text), list)
