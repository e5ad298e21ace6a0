"""Find the names of persons in Vietnamese text, so that no sentence that is kept holds one.

A name is told by what stands before it (ông, bà, đồng chí), by its family name, or by its middle name (Thị, Văn). Names
of places, streets, schools and bodies stay. A name too many costs the end of a sentence; one too few would be a
person's: what looks like a name counts as one.
"""

import re
import unicodedata

FAMILIES = (
    "An Âu Bạch Bành Bế Biện Bùi Cam Cao Cầm Châu Chu Chử Cù Cung Dương Đàm Đào Đặng Điền Đinh Đoàn Doãn Đỗ Đồng Đổng Đường "
    "Giang Giáp Giàng Hà Hạ Hán Hầu Hồ Hoàng Hoà Hòa Hứa Hướng Huỳnh Khổng Khúc Khương Kiều Kim La Lã Lại Lăng Lâm Lê Lò Lỗ Lộc Lục "
    "Lương Lưu Lường Lý Ma Mã Mạc Mai Mẫn Mạnh Nghiêm Nghị Ngô Ngọ Ngụy Nguyễn Ninh Nông Ong Ông Phạm Phan Phí Phó Phùng Phương Quách "
    "Quan Quản Quàng Sái Sầm Sùng Tạ Tăng Thạch Thái Thân Thẩm Thi Thiều Tiêu Tô Tôn Tống Trà Trần Triệu Trịnh Trương Tràng Từ Tưởng "
    "Ứng Vàng Văn Vi Viên Vương Võ Vũ Xa"
).split()
COMMON = "Nguyễn Trần Lê Phạm Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Ngô Trịnh Giáp Thân Hoàng Đinh Trương Phùng Tạ".split()
MIDDLES = "Văn Thị Hữu Đức Đình Quang Xuân Ngọc Minh Thanh Thành Công Duy Anh Bá Trọng Mạnh Quốc Hoài Thu Hồng Kim Tiến Viết Danh Như Phương Bích Tuấn".split()
TITLES = (
    r"các ông|các bà|ông, bà|ông bà|ông|bà|anh|chị|cô|chú|bác|cụ|cháu|em|mr\.?|mrs\.?|ms\.?|đồng chí|đ/c|đc|công dân|bị can|bị cáo|nạn nhân|"
    r"chủ hộ|hộ ông|hộ bà|học sinh|sinh viên|giáo viên|phóng viên|nhà báo|luật sư|bác sĩ|kỹ sư|tiến sĩ|thạc sĩ|cử nhân|"
    r"ts\.?|ths\.?|pgs\.?|gs\.?|bs\.?|ks\.?|tài khoản (?:facebook|tiktok|zalo|youtube)|facebook|nick"
)
OFFICES = (
    r"giám|phó|chủ|bí|trưởng|chánh|thứ|bộ|thủ|tổng|uỷ|ủy|đại|hiệu|cục|vụ|sở|ban|phòng|tỉnh|huyện|thường|chi|hội|lãnh|cán|công|đảng|"
    r"viện|kế|thanh|tư|trung|thiếu|thượng|quyền|nguyên|hđnd|ubnd"
)
PLACES = (
    r"tỉnh|thành phố|tp\.?|huyện|thị xã|quận|xã|phường|thị trấn|thôn|bản|làng|xóm|ấp|khu|đường|phố|ngõ|đại lộ|quốc lộ|cầu|chợ|sông|hồ|núi|"
    r"đảo|đèo|ga|cảng|sân bay|bến|trường|thpt|thcs|tiểu học|mầm non|đại học|cao đẳng|học viện|bệnh viện|công viên|quảng trường|"
    r"tượng đài|khu di tích|đền|chùa|đình|nhà thờ|bảo tàng|thư viện|giải|giải thưởng|quỹ|cup|cúp|công ty|tnhh|tập đoàn|doanh nghiệp|htx|hợp tác xã|"
    r"ngân hàng|báo|đài|tạp chí|nhà xuất bản|khách sạn|kcn|ccn|khu công nghiệp|cụm công nghiệp|chi nhánh|nhãn hiệu|thương hiệu|tư tưởng"
)
KNOWN = (  # places and persons of history that stand without such a word
    "Hồ Chí Minh|Hà Nội|Hà Nam|Hà Giang|Hà Tĩnh|Hà Tây|Hà Bắc|Hà Đông|Cao Bằng|Thái Nguyên|Thái Bình|Thái Lan|Ninh Bình|Ninh Thuận|Lâm Đồng|"
    "An Giang|Kim Bảng|Hoà Bình|Hòa Bình|Đồng Nai|Đồng Tháp|Đồng Hới|Lục Ngạn|Lục Nam|Giang Tây|Hoàng Sa|Trường Sa|Bà Rịa|Bà Nà|Bà Đen|Hai Bà Trưng|"
    "Văn Giang|Văn Lâm|Mai Châu|Hoàng Mai|Vũng Tàu|Kiên Giang|Hậu Giang|Tiền Giang|Lương Sơn|Lý Sơn|Phan Thiết|Phan Rang|Quan Sơn|Quan Hóa|"
    "Điện Biên|Lai Châu|Châu Âu|Châu Á|Trần Phú|Lê Lợi|Ngô Quyền|Nghị quyết|Nghị định|Quản lý|Phó Chủ|Công an|Kim Sơn|Kim Động|Việt Nam"
)

LETTERS = [chr(code) for code in (*range(0x41, 0x250), *range(0x1EA0, 0x1EFA)) if chr(code).isalpha()]
UPPER = "".join(letter for letter in LETTERS if letter.isupper())
LOWER = "".join(letter for letter in LETTERS if letter.islower())
PROPER = rf"[{UPPER}][{LOWER}]*(?![\w])"
SHORT = rf"(?:[{UPPER}]\.\s?){{1,4}}(?:[{UPPER}](?!\w))?"
NAMED = rf"(?:{SHORT}{PROPER}|{SHORT}|{PROPER}(?:\s(?:{SHORT}|{PROPER})){{0,5}})"
NEAR = 40  # characters before a name that say what it is the name of


def _any(words):
    return "|".join(sorted(words, key=len, reverse=True))


def _bare(words):
    plain = [unicodedata.normalize("NFD", word.replace("Đ", "D").replace("đ", "d")) for word in words]
    return {re.sub(r"[\u0300-\u036f]", "", word) for word in plain}


FORMS = [
    re.compile(rf"(?<!\w)(?i:{TITLES})(?:/(?i:bà|chị))?:?\s{{1,3}}(?!(?i:{OFFICES})(?!\w))(?P<name>{NAMED})"),
    re.compile(rf"(?<!\w)(?P<name>(?:{_any(FAMILIES)})(?:\s+{PROPER}){{2,4}})"),
    re.compile(rf"(?<!\w)(?P<name>(?:{_any(COMMON)})\s+(?:{SHORT}(?:{PROPER})?|{PROPER}))"),
    re.compile(rf"(?<!\w)(?P<name>{PROPER}\s+(?:Thị|Văn)\s+{PROPER}(?:\s+{PROPER})?)"),
    re.compile(
        rf"(?<!\w)(?P<name>(?:{_any(word.upper() for word in FAMILIES)})\s+"
        rf"(?:{_any(word.upper() for word in MIDDLES)})\s+[{UPPER}]+(?:\s+[{UPPER}]{{2,}})?)(?!\w)"
    ),
    re.compile(
        rf"(?<!\w)(?P<name>(?:{_any(_bare(COMMON))})\s+(?:(?:{_any(_bare(MIDDLES))})\s+)?[A-Z][a-z]+(?:\s+[A-Z][a-z]+)?)(?!\w)"
    ),
]
PLACE = re.compile(
    rf"(?<!\w)(?:{PLACES})(?:\s+(?:tnhh|cp|cổ phần|tm|dv|mtv|số|ptdtnt|chuyên|liên))*\s*[“\"]?$", re.IGNORECASE
)
PLACE_NAME = re.compile(KNOWN)


def names(text):
    """Return where names of persons stand in a text: start and end of each, in order, none within another.

    Examples
    --------
    >>> text = "Ông Lê Văn Mẫu, Giám đốc Sở, dự lễ ở đường Lê Lợi, thành phố Hồ Chí Minh."
    >>> [text[start:end] for start, end in names(text)]
    ['Ông Lê Văn Mẫu']
    """
    found = []
    for form in FORMS:
        for match in form.finditer(text):
            if (
                not PLACE_NAME.match(match["name"])
                and not PLACE_NAME.match(match[0])
                and not PLACE.search(text[max(0, match.start() - NEAR) : match.start()])
            ):
                found.append(match.span())
    whole = []
    for start, end in sorted(found):
        if whole and start < whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def cut(before, number, after):
    """Return a sentence in three parts, cut where a name stands before and behind the number.

    Examples
    --------
    >>> cut("Ông Lê Văn Mẫu cho biết có ", "340", " điểm phục vụ, theo bà Trần Thị Ví.")
    ('… cho biết có ', '340', ' điểm phục vụ, theo …')
    """
    text = unicodedata.normalize("NFC", before) + number + unicodedata.normalize("NFC", after)
    place = len(unicodedata.normalize("NFC", before))
    found = names(text)
    starts = [end for start, end in found if start < place]
    ends = [start for start, end in found if end > place + len(number)]
    first = max(starts, default=0)
    last = min(ends, default=len(text))
    head = ("…" if first else "") + text[min(first, place) : place]
    tail = text[place + len(number) : max(last, place + len(number))] + ("…" if ends else "")
    return head, number, tail
