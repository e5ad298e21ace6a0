"""What is said of a number elsewhere in its statement: asked about, unless it is said of another number or only compared."""

import pytest

from bgdata.notation import Period
from bgdata.package import Package
from bgtools.read.document.passage import Passage
from bgtools.read.reading import of_lines
from bgtools.read.statement import doubts
from bgtools.read.statement.numerals import numerals

PERIOD = Period.parse("2024-S2")
HEADINGS = ["I. KẾT QUẢ", "2. Hạ tầng số", "2.1. Bưu chính, viễn thông", "a) Bưu chính"]
STATEMENTS = [
    "Toàn tỉnh có 340 điểm phục vụ bưu chính",
    "Mạng bưu chính hiện có 340 điểm phục vụ, phủ kín các xã",
    "Số điểm phục vụ bưu chính trên địa bàn tỉnh là 340",
]
TIMES = [
    ("giai đoạn 2021-2024", doubts.WIDER),
    ("lũy kế 12 tháng năm 2024", doubts.WIDER),
    ("trong hai năm 2023 và 2024", doubts.WIDER),
    ("năm 2023", doubts.EARLIER),
    ("kỳ trước", doubts.EARLIER),
    ("tháng 5/2024", doubts.EARLIER),
    ("tháng 3 năm 2025", doubts.LATER),
    ("kỳ tới", doubts.LATER),
    ("trong tháng 10", doubts.NARROWER),
    ("quý III", doubts.NARROWER),
]
PLACES = [
    ("cả nước", doubts.NATION),
    ("tỉnh Hà Nam", doubts.PLACE),
    ("huyện Yên Thế", doubts.PLACE),
    ("Viettel Bắc Giang", doubts.COMPANY),
]
ELSEWHERE = [
    "{statement} ({said}).",
    "{statement}, tính {said}.",
    "{statement}, theo số liệu của {said}.",
    "{statement}. Đó là kết quả của {said}.",
    "{statement}. Đây là số của {said}, nêu lại để tham khảo.",
    "{statement}. Con số này là của {said}.",
    "{statement}. Số liệu nêu trên tính cho {said}.",
]
HARMLESS = [
    "{statement}, tăng so với năm 2023.",
    "{statement} (cùng kỳ: 320 điểm).",
    "{statement}; cả nước có 12.000 điểm.",
    "{statement}, trong khi huyện Yên Thế có 25 điểm.",
    "{statement}, thuộc nhóm dẫn đầu cả nước.",
    "{statement} để chuẩn bị cho năm tới.",
    "{statement}. Đó là kết quả của sự cố gắng chung.",
    "{statement}. Năm 2023, Bộ đã khen thưởng 12 đơn vị.",
]


def asides(text):
    [*_, one] = [one for one in numerals([Passage(text)], PERIOD, "Bắc Giang") if one.printed == "340"]
    return {aside.doubt for aside in one.asides} | {one.place.doubt if one.place else None, one.time.value}


def entered(text):
    reading = of_lines([*HEADINGS, text], Package.open(), PERIOD)
    return [one.slot.indicator for one in reading.matches if one.numeral.printed == "340" and reading.certain(one)]


@pytest.mark.parametrize("form", ELSEWHERE)
@pytest.mark.parametrize("said, doubt", TIMES + PLACES)
@pytest.mark.parametrize("statement", STATEMENTS)
def test_what_is_said_elsewhere_in_a_statement_is_asked_about(statement, said, doubt, form):
    text = form.format(statement=statement, said=said)
    assert not entered(text)


@pytest.mark.parametrize("said, doubt", TIMES + PLACES)
def test_the_doubt_says_what_is_spoken_of(said, doubt):
    text = f"{STATEMENTS[0]}. Đó là kết quả của {said}."
    assert doubt in asides(text)


@pytest.mark.parametrize("form", HARMLESS)
@pytest.mark.parametrize("statement", STATEMENTS)
def test_what_is_said_of_another_number_or_compared_is_no_doubt(statement, form):
    [one] = [
        one
        for one in numerals([Passage(form.format(statement=statement))], PERIOD, "Bắc Giang")
        if one.printed == "340"
    ]
    assert not one.asides


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_plain_statement_is_entered(statement):
    assert entered(f"{statement}.") == ["post.service_points"]
