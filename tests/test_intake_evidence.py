"""What stands around a number, and what numbers say about one another, as the matching weighs it."""

from types import SimpleNamespace as Some

import pytest

from bgdata.notation import Period, parse
from bgdata.package import Package
from bgtools.read.indicator.arithmetic import groups
from bgtools.read.indicator.terms import Stream
from bgtools.read.reading import of_lines
from bgtools.read.statement.exactness import exactness

COUNTED = ["xã", "thôn", "huyện", "trường", "hộ"]
PARTS = ["41/42", "209/209", "2.104/2.128", "1 / 10", "352.100/411.300"]


def distance(text, number, word):
    start = text.index(number)
    return dict(Stream(text, [(start, start + len(number))]).around(0, 60.0)[1]).get(word, 60.0)


@pytest.mark.parametrize("counted", COUNTED)
@pytest.mark.parametrize("parts", PARTS)
def test_what_a_share_is_of_stands_behind_its_n_of_n_in_brackets(parts, counted):
    assert distance(f"Đạt 98% ({parts}) {counted} trong tỉnh", "98%", counted) < 5
    assert distance(f"Đạt 98% ({parts}); {counted} trong tỉnh", "98%", counted) > 10


@pytest.mark.parametrize("words", ["cả phần mềm", "gồm dịch vụ, phần mềm", "theo Nghị quyết", "SOC", "do Sở chủ trì"])
def test_words_in_brackets_hardly_part_a_number_from_what_it_counts(words):
    text = f"xuất khẩu toàn ngành ({words}) là 5.102 triệu USD"
    start = text.index("5.102")
    assert dict(Stream(text, [(start, start + 5)]).around(0, 60.0)[0])["ngành"] < 9


def numerals(*values):
    return [
        Some(number=parse(str(value)), unit="count", relation="", doubts=(), passage=0, start=10 * place)
        for place, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    "values, found",
    [
        ((33, 24, 9, 11, 4), [(0, [1, 2])]),
        ((100, 60, 40), [(0, [1, 2])]),
        ((14, 7, 21), [(2, [1, 0])]),
        ((50, 20, 17), []),
        ((12, 5, 4, 3), [(0, [1, 2, 3])]),
    ],
)
def test_a_number_is_a_part_of_one_total_only(values, found):
    assert groups(numerals(*values)) == found


@pytest.mark.parametrize("verb", ["chiếm", "bằng", "tăng", "giảm", "tăng thêm"])
@pytest.mark.parametrize("said", ["ước", "Ước", "ước tính"])
def test_what_is_estimated_before_a_verb_is_an_estimate(said, verb):
    found = exactness(f"doanh số {said} {verb} ", " tổng mức bán lẻ")
    assert (found.qualifier, found.status) == ("~", "E")
    assert exactness(f"mong ước của tỉnh, {verb} ", "").qualifier == "="


LAID_OUT = [
    "Tổ chức, cá nhân bị xử phạt vi phạm hành chính: {n} đối tượng.",
    "- Tổ chức, cá nhân bị xử phạt vi phạm hành chính trong kỳ: {n}.",
    "Xử phạt vi phạm hành chính {n} tổ chức, cá nhân.",
    "Số tổ chức, cá nhân bị xử phạt vi phạm hành chính là {n} đối tượng.",
]


@pytest.mark.parametrize("number", [4, 6, 9])
@pytest.mark.parametrize("text", LAID_OUT)
def test_a_number_of_several_categories_taken_together_is_their_total(text, number):
    lines = ["I. KẾT QUẢ", "4. Thanh tra, kiểm tra", text.format(n=f"{number:02d}")]
    [one] = of_lines(lines, Package.open(), Period.parse("2024-S2")).matches
    assert one.slot.key == ("inspection.fined", "")


DONE = [
    "Bưu điện tỉnh đã tham gia đổi mới cơ chế một cửa tại {} huyện, thị xã, thành phố.",
    "Bưu điện tỉnh đã tham gia đổi mới bộ phận một cửa ở {} huyện, thị xã, thành phố trong kỳ.",
    "Đến nay, {} huyện, thị xã, thành phố đã đổi mới cơ chế một cửa với sự tham gia của Bưu điện tỉnh.",
    "Bưu điện tỉnh đã cùng {} huyện, thị xã, thành phố đổi mới cơ chế một cửa.",
]


def taken(text, number):
    lines = ["I. KẾT QUẢ", "2.1. Bưu chính", "a) Bưu chính", "Toàn tỉnh có 341 điểm phục vụ bưu chính.", text]
    found = of_lines(lines, Package.open(), Period.parse("2024-S2")).matches
    return {one.slot.indicator for one in found if one.numeral.printed == str(number) and one.confidence > 0.5}


@pytest.mark.parametrize("number", [8, 9, 10])
@pytest.mark.parametrize("text", DONE)
def test_where_something_is_done_is_not_taken_for_all_that_there_are(text, number):
    assert "post.districts" not in taken(text.format(number), number)


@pytest.mark.parametrize(
    "text", ["đổi mới cơ chế một cửa tại 9/10 huyện", "có 9 trên tổng số 10 huyện đổi mới một cửa"]
)
def test_a_total_that_is_called_one_or_stands_behind_its_part_is_taken(text):
    assert taken(f"Bưu điện tỉnh {text}, thị xã, thành phố.", 10) == {"post.districts"}
