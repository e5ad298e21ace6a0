"""Every word of a number's statement is accounted for, or the number is asked about."""

import pytest

from bgdata.notation import Period
from bgdata.package import Package
from bgtools.read.document.passage import Passage
from bgtools.read.indicator.novelty import harmless, novel, unknown
from bgtools.read.indicator.slots import slots
from bgtools.read.statement.numerals import numerals

PERIOD = Period.parse("2024-S2")
[SLOT] = [slot for slot in slots(Package.open(), PERIOD) if slot.key == ("post.service_points", "")]
HARMLESS = (
    "Toàn tỉnh có {}.",
    "Hiện nay, trên địa bàn tỉnh có {}.",
    "Trong 6 tháng cuối năm, tỉnh duy trì hoạt động {}.",
    "Tính đến 15/12/2024, mạng bưu chính công cộng có {}.",
    "Về mạng lưới: có {}.",
    "Mạng lưới được giữ vững với khoảng {} đang hoạt động.",
    "Đến nay đã có {} (gồm các loại).",
    "Trong kỳ, số điểm phục vụ bưu chính đạt {}.",
    "Có 12 huyện, với tổng số {}.",
    "Để phục vụ tốt hơn, mạng bưu chính có {}.",
)
STRANGE = (
    "Ở thuở sơ khai có {}.",
    "Láng giềng ta có {}.",
    "Theo giấc mơ, có {}.",
    "Giá như thuận lợi, toàn tỉnh có {}.",
    "Toàn tỉnh bỏ lỡ {}.",
    "Tập đoàn nọ có {}.",
    "Toàn tỉnh ao ước {}.",
    "Toàn tỉnh có {} thuộc hãng nọ.",
    "Toàn tỉnh có {} (giấc mơ).",
    "Toàn tỉnh có {} trong mùa trăng tròn.",
    "Toàn tỉnh suýt soát vuột {}.",
    "Khu nghỉ dưỡng: có {}.",
)


def _told(sentence):
    text = sentence.format("340 điểm phục vụ bưu chính")
    start = text.index("340")
    return novel(text, start, start + 3, SLOT)


@pytest.mark.parametrize("sentence", HARMLESS)
def test_a_statement_in_known_words_is_not_asked_about(sentence):
    assert not _told(sentence)


@pytest.mark.parametrize("sentence", STRANGE)
def test_a_statement_with_words_that_nothing_accounts_for_is_asked_about(sentence):
    assert _told(sentence)


def test_words_that_follow_each_other_are_told_together():
    text = "Hãng nọ kia có 340 điểm phục vụ bưu chính."
    assert unknown(text, 15, 18, SLOT) == [["hãng", "nọ", "kia"]]


def test_a_sentence_with_a_plan_or_another_place_teaches_no_words():
    told = [Passage("Tỉnh có 5 lớp. Cả nước có 900 lớp; kế hoạch là 12 lớp. Mở 3 lớp.")]
    kept = harmless(told, numerals(told, PERIOD, "Bắc Giang"))
    assert [piece.strip(" .;") for piece in kept if piece.strip(" .;")] == ["Tỉnh có 5 lớp", "Mở 3 lớp"]
