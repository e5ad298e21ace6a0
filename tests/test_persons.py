"""Names of private persons are found in every form; names of places, streets and bodies stay."""

import itertools
import random

import pytest

from bgtools.read.persons import cut, names

TITLES = ["ông", "Bà", "đồng chí", "anh", "chị", "công dân", "chủ hộ", "phóng viên", "ThS.", "ông/bà"]
FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Thân", "Giáp", "Vàng", "Lò", "Đỗ", "Âu", "Ong"]
GIVEN = ["Văn Mẫu", "Thị Ví Dụ", "Đức Thử", "Mẫu", "T. Thử", "Ngọc Ánh", "Hữu Ước"]
BEFORE = ["Xử phạt {} số tiền ", "Theo {}, có ", "{} được hỗ trợ ", "Có {} và "]
PLACES = [
    "thành phố Hồ Chí Minh", "đường Lê Lợi", "trường THPT Nguyễn Hồng", "Cao Bằng", "Thái Nguyên", "Hà Nội",
    "huyện Lục Ngạn", "Sở Khoa học và Công nghệ", "Đoàn Thanh niên Cộng sản Hồ Chí Minh", "Giám đốc Sở Tài chính",
    "đồng chí Giám đốc Sở", "đồng chí Phó Chủ tịch UBND tỉnh", "Công ty TNHH Hoàng Long", "Bà Rịa - Vũng Tàu",
    "Đài Phát thanh và Truyền hình tỉnh", "em học sinh", "Khu công nghiệp Đình Trám", "Báo Bắc Giang",
    "phường Trần Nguyên Hãn", "Hội Nông dân", "Ủy ban nhân dân tỉnh Hà Giang", "Quỹ Nguyễn Thái Bình",
]  # fmt: skip


def planted():
    """Forms of names: with a title, without one where the name is whole, in capitals, without accents, shortened."""
    for title, family, given in itertools.product(TITLES, FAMILIES, GIVEN):
        yield f"{title} {family} {given}"
    for family, given in itertools.product(FAMILIES, ["Văn Mẫu", "Thị Ví Dụ"]):
        yield f"{family} {given}"
        yield f"{family} {given}".upper()
    yield from ["Nguyen Van Mau", "Tran Thi Vi", "Giàng Thị Dụ", "Y Thị Mẫu", "ông N.V.M", "bà Hoa", "Mr. John Doe"]


@pytest.mark.parametrize("seed", range(12))
def test_no_planted_name_stays_in_a_sentence(seed):
    chosen = random.Random(seed).sample(list(planted()), 60)
    pairs = [(name, random.Random(name).choice(BEFORE).format(name)) for name in chosen]
    kept = [(name, cut(before, "5", " triệu đồng")[0]) for name, before in pairs]
    assert [name for name, head in kept if name.split()[-1] in head.replace(",", " ").split()] == []


@pytest.mark.parametrize("place", PLACES)
def test_a_place_or_a_body_stays_whole(place):
    text = f"Hoạt động tại {place} có 5 điểm."
    assert names(text) == []


def test_a_sentence_is_cut_at_the_names_nearest_to_its_number():
    said = cut("Ông Lê Văn Mẫu và bà Trần Thị Ví nộp ", "7,5 triệu", " đồng, sau đó ông Đỗ Đức Thử nộp tiếp.")
    assert said == ("… nộp ", "7,5 triệu", " đồng, sau đó …")


def test_a_name_in_decomposed_letters_is_found():
    import unicodedata

    assert cut(unicodedata.normalize("NFD", "Ông Nguyễn Văn Mẫu nộp "), "5", "")[0] == "… nộp "
