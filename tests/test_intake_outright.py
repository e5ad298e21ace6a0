"""What a statement says outright of its number, wherever it says it: each kind in variants of words, places and numbers."""

import random

import pytest

from bgdata.notation.formats import format_number
from bgdata.notation.periods import Period
from bgdata.package import Package
from bgtools.read.document.passage import Cell, Passage
from bgtools.read.indicator.misfits import misfits
from bgtools.read.indicator.slots import slots
from bgtools.read.reading import of_lines
from bgtools.read.statement import doubts
from bgtools.read.statement.numerals import numerals, value_of
from bgtools.read.statement.scope import known
from bgtools.read.statement.timewords import Time

PERIOD = Period.parse("2024-S2")
SLOTS = {slot.key: slot for slot in slots(Package.open(), PERIOD)}
HEAD = ["I. KẾT QUẢ", "2.1. Bưu chính, viễn thông", "a) Bưu chính"]


def read(text, **more):
    """The observations of a passage."""
    found = numerals([Passage(text, **more)], PERIOD, "Bắc Giang")
    return [numeral for numeral in found if numeral.kind == "observation"]


def drawn(seed, low=200, high=999, count=3):
    chance = random.Random(seed)
    return [chance.randint(low, high) for _ in range(count)]


def heard(numeral):
    """All doubts that the words about a number raise."""
    return {doubt for doubt, _ in numeral.stated} | {aside.doubt for aside in numeral.asides}


SAID = {
    doubts.COMPARISON: ["bình quân một cụm", "tính trung bình", "lấy tổng chia đều", "mỗi huyện"],
    doubts.PART: ["chưa kể các xã vùng cao", "không tính điểm thuê", "ngoại trừ bưu cục", "mới chỉ tính nhóm đầu"],
    doubts.WIDER: ["cộng chung hai kỳ", "gộp cả ba năm", "tính dồn nhiều năm", "tổng các quý"],
    doubts.NARROWER: ["chỉ tính dịp ra quân", "riêng trong phiên đầu", "nửa đầu kỳ", "vào dịp hè"],
    doubts.RIVALLED: ["chưa rõ số nào đúng", "chưa cơ quan nào xác nhận", "đang đối chiếu", "hai bên chưa thống nhất"],
    doubts.NEGATED: ["không phải của Sở", "không thuộc báo cáo", "không có việc ấy"],
    doubts.PLAN: ["đó là đích đến", "ấy là mục tiêu của ngành"],
    doubts.LATER: ["dời sang tháng sau", "hoãn đến quý sau"],
    doubts.EARLIER: ["trích niên giám", "theo số liệu công bố lần trước"],
    doubts.NATION: ["chung các bộ, ngành", "tính tất cả các địa phương"],
}
STATED = [
    "Điểm phục vụ bưu chính: {} điểm, {}.",
    "Điểm phục vụ bưu chính: {} điểm; {}.",
    "Có {} điểm phục vụ ({}).",
    "Có {} điểm phục vụ. Con số này {}.",
]


@pytest.mark.parametrize("number", drawn("said"))
@pytest.mark.parametrize("stated", STATED)
@pytest.mark.parametrize("doubt, words", [(doubt, words) for doubt, every in SAID.items() for words in every])
def test_what_is_said_outright_is_heard_wherever_it_stands(doubt, words, stated, number):
    assert doubt in heard(read(stated.format(number, words))[0])


@pytest.mark.parametrize("number", drawn("asked"))
@pytest.mark.parametrize("question", ["Có {} điểm phục vụ?", "Có phải tỉnh có {} điểm không? Chưa biết."])
def test_a_question_states_nothing(question, number):
    assert doubts.RIVALLED in heard(read(question.format(number))[0])


@pytest.mark.parametrize("number", drawn("harmless"))
@pytest.mark.parametrize(
    "words", ["bảo đảm mỗi người dân được phục vụ", "số còn lại đang sửa", "trong kỳ này", "đạt kết quả tốt"]
)
def test_harmless_words_are_no_doubt(words, number):
    assert not {doubts.PART, doubts.NEGATED, doubts.RIVALLED, doubts.WIDER} & heard(
        read(f"Có {number} điểm phục vụ, {words}.")[0]
    )


@pytest.mark.parametrize("number", drawn("places", count=2))
@pytest.mark.parametrize("stated", ["{1}: điểm phục vụ - {0}.", "Có {0} điểm phục vụ, con số ấy là của {1}."])
@pytest.mark.parametrize("place", random.Random("places").sample(sorted(known() - {"Bắc Giang"}), 15))
def test_a_place_is_known_by_its_name_alone(place, stated, number):
    one = read(stated.format(number, place))[0]
    assert one.place or doubts.PLACE in heard(one)


MOVED = ["thêm", "bớt", "thay thế", "sửa", "giảm đi", "tăng thêm", "chênh lệch", "hơn năm trước", "vượt kế hoạch", "dư"]
FLOWS = [("society.tv_news", ""), ("direction.decisions", ""), ("security.incidents", "")]


@pytest.mark.parametrize("number", drawn("moved", 11, 99, 2))
@pytest.mark.parametrize("key", FLOWS, ids=str)
@pytest.mark.parametrize("words", MOVED)
def test_by_how_much_it_changed_is_no_number_of_a_flow(words, key, number):
    one = read(f"Trong kỳ đã {words} {number} mục.")[0]
    assert doubts.COMPARISON in misfits(one, SLOTS[key]) or one.relation == "growth"


@pytest.mark.parametrize("number", drawn("new", 11, 99))
@pytest.mark.parametrize("key", [("economy.new_digital_firms", ""), ("telecom.bts_approved", "")], ids=str)
def test_so_many_more_of_what_is_counted_when_new_is_its_number(key, number):
    assert misfits(read(f"Có thêm {number} mục.")[0], SLOTS[key]) == []


SCRIPTS = [0x0660, 0x06F0, 0x0966, 0xFF10]  # noughts


@pytest.mark.parametrize("number", drawn("scripts", 1000, 9999))
@pytest.mark.parametrize("nought", SCRIPTS)
def test_digits_of_another_script_keep_their_number_and_are_asked(nought, number):
    printed = "".join(chr(nought + int(sign)) if sign.isdigit() else sign for sign in format_number(number))
    [one] = read(f"Toàn tỉnh có {printed} trạm.")
    assert (value_of(one)[0], one.asked) == (number, True)


@pytest.mark.parametrize("sign", "½③₂²¾⑨")
@pytest.mark.parametrize("number", drawn("odd", 11, 98, 2))
def test_a_number_that_a_sign_may_go_on_with_is_asked(sign, number):
    assert read(f"Tỷ lệ đạt {number},{sign} phần.")[0].asked


@pytest.mark.parametrize("number", drawn("tied", 1000, 9999))
def test_what_a_stroke_ties_to_a_broken_number_behind_it_is_asked_with_it(number):
    printed = format_number(number)
    assert read(f"Duy trì {printed} / {printed[:-1]}½ tổ.")[0].asked


@pytest.mark.parametrize("words", ["kế hoạch là ", "cuối năm 2023 ", "thêm ", "riêng huyện Tân Yên có ", "nghe nói "])
@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("number", drawn("rows", count=2))
def test_a_row_in_which_a_cell_says_more_is_asked_as_a_whole(words, place, number):
    pieces = ["Điểm phục vụ", str(number), str(number + 3)]
    pieces[place + 1] = words + pieces[place + 1]
    cells, start = [], 0
    for column, piece in enumerate(pieces):
        heads = (["Nội dung", "Tổng số", "Đã có"][column],)
        cells.append(Cell(start, start + len(piece), heads, ("Điểm phục vụ",), column))
        start += len(piece) + 3
    assert [one.asked for one in read(" | ".join(pieces), cells=tuple(cells)) if one.cell] == [True, True]


@pytest.mark.parametrize("number", drawn("counted", 10, 99))
@pytest.mark.parametrize("what", ["quyết định", "kế hoạch", "chương trình"])
def test_so_many_plans_of_a_year_are_of_that_year_and_a_plan_of_a_year_is_a_name(what, number):
    assert read(f"Sở đã ban hành {number} {what} năm 2023.")[0].time == Time.EARLIER
    assert read(f"Theo các {what} năm 2023, Sở đã mở {number} lớp.")[0].time == Time.NOW


@pytest.mark.parametrize("number", drawn("next"))
@pytest.mark.parametrize("words", ["Trong kỳ tới", "Trong kỳ sau", "Trong kỳ tiếp theo"])
def test_the_next_time_is_not_this_one(words, number):
    assert read(f"{words}, toàn tỉnh có {number} điểm.")[0].time == Time.LATER


@pytest.mark.parametrize("day, month", [(31, 12), (15, 11), (5, 8), (30, 9)])
@pytest.mark.parametrize(
    "stated", ["Có 340 điểm, tính đến {}/{}.", "Chốt {}/{}, có 340 điểm.", "Có 340 điểm (đến {}/{})."]
)
def test_a_day_and_a_month_are_no_numbers_and_so_many_of_all_are(stated, day, month):
    assert [one.printed for one in read(stated.format(day, month))] == ["340"]
    assert [one.printed for one in read("Nâng tới 9/10 huyện có điểm.")] == ["9", "10"]


@pytest.mark.parametrize("number", drawn("late"))
@pytest.mark.parametrize(
    "stated", ["Có {} điểm (của 3 nhà mạng, thời điểm hết tháng 4/2025).", "Có {} điểm, theo số chốt vào tháng 4/2025."]
)
def test_a_time_at_the_end_of_a_bracket_or_behind_its_source_is_heard(stated, number):
    assert doubts.LATER in heard(read(stated.format(number))[0])


def entered(line):
    """What is entered from a line of a report on the post."""
    reading = of_lines([*HEAD, line], Package.open(), PERIOD)
    return {one.slot.key: one.numeral.printed for one in filter(reading.certain, reading.matches)}


TWO = [
    "Điểm phục vụ bưu chính toàn tỉnh: bảng ghi {} điểm, lời văn ghi {} điểm.",
    "Toàn tỉnh có {} điểm phục vụ bưu chính (theo biểu), {} điểm (theo sổ).",
    "Toàn tỉnh có {} điểm phục vụ bưu chính; biểu cuối báo cáo đếm được {}.",
]


@pytest.mark.parametrize("number", drawn("two", 300, 380))
@pytest.mark.parametrize("stated", TWO)
def test_a_number_that_two_sources_tell_differently_is_not_entered(stated, number):
    assert entered(f"Toàn tỉnh có {number} điểm phục vụ bưu chính.") == {("post.service_points", ""): str(number)}
    assert entered(stated.format(number, number + 7)) == {}


@pytest.mark.parametrize("number", drawn("marked", 11, 99))
@pytest.mark.parametrize(
    "stated", ["Đã mở {0} ({1}) lớp.", "Đã mở {0}({1}) lớp.", "Đã mở {0} x {1} lớp.", "Mở {0}. lớp, {1} buổi."]
)
def test_a_number_with_a_mark_or_another_at_its_side_is_asked(stated, number):
    assert read(stated.format(number, 2))[0].asked
    assert not read(f"Đã mở {number} lớp. Đoàn thanh niên dự.")[0].asked


@pytest.mark.parametrize("number", drawn("trio", 300, 600))
@pytest.mark.parametrize("words", ["theo kế hoạch", "dự kiến", "chưa"])
def test_what_is_said_of_a_share_is_said_of_its_n_and_of_its_whole(words, number):
    share = f"{number / 10:.1f}".replace(".", ",")
    found = read(f"Số hộ dùng: {words} đạt {share}% ({number}/1.000 hộ).")
    assert all({doubts.PLAN, doubts.NEGATED} & heard(one) for one in found)


@pytest.mark.parametrize("number", drawn("at", 11, 99))
@pytest.mark.parametrize("place", ["huyện Tân Yên", "thị xã Việt Yên", "tỉnh Lạng Sơn"])
def test_a_place_behind_and_at_is_no_partner(place, number):
    assert doubts.PLACE in heard(read(f"Gồm 340 vị trí của tỉnh và tại {place} {number} vị trí của Viettel.")[1])
    assert doubts.PLACE not in heard(read(f"Sở và {place} đã mở {number} lớp.")[0])
