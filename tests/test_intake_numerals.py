import pytest

from bgdata.notation import Period
from bgtools.read.document.passage import Cell, Passage
from bgtools.read.statement.numerals import numerals, value_of
from bgtools.read.statement.times import as_of


def only(text):
    [numeral] = [numeral for numeral in numerals([Passage(text)]) if numeral.kind == "observation"]
    return numeral


@pytest.mark.parametrize(
    "text, printed, qualifier, status, unit",
    [
        ("Có 334 điểm", "334", "=", "A", "count"),
        ("khoảng 55.860 hồ sơ", "55.860", "~", "A", "count"),
        ("gần 700 lượt", "gần 700", "~", "A", "count"),
        ("xấp xỉ 70.200 hồ sơ", "70.200", "~", "A", "count"),
        ("hơn 17.000 thành viên", "17.000", ">", "A", "count"),
        ("nộp ngân sách khoảng trên 8,1 tỷ đồng", "8,1 tỷ", ">", "A", "VND"),
        ("không dưới 20 lớp", "20", ">", "A", "count"),
        ("chưa tới 20 lớp", "20", "<", "A", "count"),
        ("ước đạt 362 tỉ đồng", "362 tỉ", "~", "E", "VND"),
        ("doanh thu ước trên 30%", "30%", ">", "E", "percent"),
        ("lắp đặt trên 100% máy trạm", "100%", "=", "A", "percent"),
        ("doanh thu tăng trên 100%", "100%", ">", "A", "percent"),
        ("tỷ lệ 99,5 % diện tích", "99,5 %", "=", "A", "percent"),
        ("đạt 85 phần trăm số hộ", "85%", "=", "A", "percent"),
        ("đặt trên 1.688 vị trí", "1.688", "=", "A", "count"),
        ("đạt 4.531 triệu USD", "4.531 triệu", "=", "A", "USD"),
        ("hơn 18 nghìn người", "18 nghìn", ">", "A", "count"),
        ("từ 10 đến 15 phút", "10 đến 15", "range", "A", "count"),
        ("tổ chức 02 – 05 hội nghị", "02 – 05", "range", "A", "count"),
        ("hỗ trợ 5-8 triệu đồng", "5-8 triệu", "range", "A", "VND"),
        ("mỗi tháng 01 số", "01", "=", "A", "count"),
        ("hai (02) bài viết", "02", "=", "A", "count"),
    ],
)
def test_a_number_is_read_with_the_words_that_qualify_it(text, printed, qualifier, status, unit):
    numeral = only(text)
    assert (numeral.printed, numeral.qualifier, numeral.status, numeral.unit) == (printed, qualifier, status, unit)


@pytest.mark.parametrize(
    "text, kind",
    [
        ("ngày 27/5/2024", "date"),
        ("ngày 28-29/5/2024", "date"),
        ("giai đoạn 2021 - 2025", "date"),
        ("6 tháng đầu năm", "date"),
        ("lúc 11h30", "date"),
        ("Công văn số 275/STTTT-CNTT", "document"),
        ("Nghị định số 49/2024/NĐ-CP", "document"),
        ("Nghị quyết số 111-NQ/TU", "document"),
        ("trạm 4G", "name"),
        ("dịch vụ KT1", "name"),
        ("Đề án 06", "name"),
        ("https://vi.du/trang?id=100009930", "name"),
        ("mã ngành 479; 581; 591; 592", "name"),
        ("lần thứ 53", "ordinal"),
        ("2.1. Bưu chính", "ordinal"),
        ("Khu vực 1", "ordinal"),
        ("em từ 9 đến 15 tuổi", "constant"),
        ("công suất 150 W", "constant"),
        ("kỷ niệm 140 năm khởi nghĩa", "constant"),
        ("đồng/01 người/ 01tháng", "constant"),
    ],
)
def test_what_is_no_observation_gets_its_class(text, kind):
    assert {numeral.kind for numeral in numerals([Passage(text)])} == {kind}


def test_n_of_n_is_two_numbers_and_a_percentage_beside_it_a_third():
    found = numerals([Passage("có 312.000/411.230 (83%) thanh niên")])
    assert [(one.printed, one.role) for one in found] == [("312.000", "part"), ("411.230", "whole"), ("83%", "")]


@pytest.mark.parametrize(
    "text, relation",
    [
        ("bằng 121,8% so với cùng kỳ", "ratio"),
        ("so với cùng kỳ năm 2023 bằng 106,4%", "ratio"),
        ("tăng 24,64% so với cùng kỳ", "growth"),
        ("giảm 03 cơ quan so với cùng kỳ", "growth"),
        ("chiếm 25% tổng mức bán lẻ", ""),
    ],
)
def test_a_ratio_is_told_from_a_growth_and_from_a_share(text, relation):
    assert only(text).relation == relation


def test_a_fall_is_a_negative_number():
    assert str(value_of(only("giảm 2,5% so với cùng kỳ"))[0]) == "-2.5"


def test_a_slip_of_notation_is_never_certain_and_shows_its_readings():
    numeral = only("chiếm 16.2% tổng số")
    assert (numeral.asked, numeral.readings) == (True, ("16,2%", "162%"))


@pytest.mark.parametrize(
    "text, other",
    [
        ("Có 15 lớp (cùng kỳ: 12 lớp).", "12"),
        ("Mở 15 lớp; cùng kỳ năm trước chỉ có 12 lớp.", "12"),
        ("Có 15 lớp, trong khi nửa cuối năm 2023 là 12 lớp.", "12"),
        ("Số lớp tăng từ 12 lên 15.", "12"),
        ("Số lớp là 15 so với 12 của năm ngoái.", "12"),
        ("Xử lý 15 vụ, thấp hơn con số 20 vụ của cùng kỳ năm trước.", "20"),
        ("Doanh thu 30 tỷ đồng, bằng 105% cùng kỳ năm trước (28,6 tỷ đồng).", "28,6 tỷ"),
        ("Tỷ lệ hộ có máy là 86,2% (giữa năm: 84,6%).", "84,6%"),
        ("Có 15 lớp; tính cả năm 2024, số lớp là 27.", "27"),
    ],
)
def test_the_value_of_another_period_is_told_from_this_one(text, other):
    found = numerals([Passage(text)], Period.parse("2024-S2"))
    assert [one.printed for one in found if one.elsewhen] == [other]


@pytest.mark.parametrize(
    "text",
    [
        "doanh thu bằng 105% so với cùng kỳ năm trước",
        "so với cùng kỳ năm 2023, số lớp tăng 03 lớp",
        "tăng 5% so với cùng kỳ, nộp ngân sách 30 tỷ đồng",
        "trong 6 tháng cuối năm 2024 có 15 lớp",
    ],
)
def test_what_is_compared_with_another_period_is_of_this_one(text):
    assert not any(one.elsewhen for one in numerals([Passage(text)], Period.parse("2024-S2")))


def test_a_column_of_last_years_values_is_of_another_period():
    cells = (Cell(0, 6, ("Chỉ tiêu",)), Cell(9, 11, ("Kỳ này",), column=1), Cell(14, 16, ("Cùng kỳ 2023",), column=2))
    row = Passage("Số lớp | 15 | 12", cells=cells)
    assert [one.elsewhen for one in numerals([row], Period.parse("2024-S2"))] == [False, True]


def test_the_number_behind_a_generation_of_networks_is_no_time_of_day():
    assert [one.printed for one in numerals([Passage("chia ra 4G 2.087, 5G 24.")]) if one.kind == "observation"] == [
        "2.087",
        "24",
    ]


def test_digits_grouped_by_spaces_are_one_number_that_a_person_confirms():
    numeral = only("có 12 345 tài khoản")
    assert (numeral.asked, value_of(numeral)[0]) == (True, 12345)


def test_a_word_behind_the_number_can_call_it_an_estimate():
    numeral = only("1.287 tỉ đồng là mức ước đạt của doanh thu")
    assert (numeral.qualifier, numeral.status) == ("~", "E")


@pytest.mark.parametrize(
    "text, roles",
    [
        ("Có 9 xã trong tổng số 12 xã.", ["part", "whole"]),
        ("Trong 12 huyện của tỉnh có 9 huyện đã làm.", ["whole", "part"]),
        ("Trong 9 huyện của tỉnh có 12 lớp.", ["", ""]),
    ],
)
def test_part_and_whole_are_known_by_the_words_between_them(text, roles):
    assert [one.role for one in numerals([Passage(text)])] == roles


@pytest.mark.parametrize(
    "before, told",
    [
        ("Tính đến hết ngày 31/5/2025, đã chi trả cho ", "2025-05-31"),
        ("Lũy kế đến 15/4, toàn tỉnh có ", "2025-04-15"),
        ("Đã xong việc đến ngày 31/5/2025. Toàn tỉnh có ", "None"),
        ("Theo Quyết định ngày 31/5/2025, tỉnh có ", "None"),
        ("Phấn đấu đến ngày 31/12/2025 có ", "None"),
    ],
)
def test_a_number_is_dated_only_by_the_day_it_was_counted_up_to(before, told):
    assert str(as_of(before + "340 người.", len(before), Period.parse("2025-S1"))) == told
