"""Tell observations from the other numerals of a report: dates, document numbers, names, ordinals, constants.

Only the words and signs right beside a numeral decide; they are tried in order and the first that fits counts.
"""

import re

OBSERVATION, DATE, DOCUMENT, NAME, ORDINAL, CONSTANT = (
    "observation",
    "date",
    "document",
    "name",
    "ordinal",
    "constant",
)
DOCUMENTS = (
    r"quyết định|nghị quyết|nghị định|thông tư|chỉ thị|kế hoạch|công văn|luật|văn bản|đề án|hướng dẫn|thông báo|"
    r"tờ trình|báo cáo|công điện|kết luận|quy định|quy chế|chương trình"
)
CAPITAL = f"[A-Z{''.join(filter(str.isupper, map(chr, range(0xC0, 0x1EFA))))}]"
YEAR = r"(?:19|20)\d\d"
UPTO, ALONE = r"(?:đến|hết|tới|chốt|trước)\s", r"(?=\s?[,.;:)](?!\d)|\s?$|\s(?:kể|tính)\s)"  # and no noun behind it

# class, what stands before, the numeral itself, what stands after
RULES = [
    (NAME, r"(?:https?://|www\.)\S*", r".*", r""),
    (NAME, r"\S*@\S*", r".*", r""),
    (OBSERVATION, r"", r"\d.*", r"\s?(?:VNĐ|VND|USD|US\$)(?![^\W\d_])"),
    (DATE, r"", r"\d{1,2}", r"\s?(?:h|giờ|g(?=\d))\s?\d{0,2}(?![^\W\d_])"),
    (DATE, r"\d\s?(?:(?-i:[hg])|giờ)\s?", r"\d{1,2}", r""),
    (OBSERVATION, r"(?<!\w)x", r"\d.*", r""),
    (NAME, r"[^\W\d_]", r".*", r""),
    (NAME, r"[^\W\d_]-", r".*", r""),
    (NAME, r"", r".*", r"[A-ZĐ]{1,3}(?![^\W\d_])"),
    (DATE, r"\d\s?[/.-]\s?\d{1,2}\s?[/.-]\s?", r"\d{4}", r""),
    (DATE, r"", r"\d{1,2}", rf"\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?{YEAR}"),
    (DATE, r"\d\s?[/.-]\s?", r"\d{1,2}", rf"\s?[/.-]\s?{YEAR}"),
    (DOCUMENT, r"", r".*", r"\s?/\s?(?:\d{4}\s?/\s?)?[A-ZĐ]{2,}"),
    (DOCUMENT, r"\d\s?/\s?", YEAR, r"\s?/\s?[A-ZĐ]{2,}"),
    (DOCUMENT, r"", r".*", r"-[A-ZĐ]{2,}"),
    (
        DOCUMENT,
        rf"(?:{DOCUMENTS})[^.;:,]{{0,25}}?(?<!tần )(?<!đổi )(?<!ký )(?<!nghệ )(?<!tổng )(?<!trong )(?<!kinh tế )(?<!xã hội )\bsố:?\s*",
        r"\d+",
        r"",
    ),
    (NAME, r"(?<!\w)(?:đề án|chương trình|dự án)\s+(?:số\s+)?", r"\d{1,3}", r""),
    (DOCUMENT, rf"(?<!các )(?<!\w)(?:{DOCUMENTS})\s+", r"\d{2,4}", r"(?=[\s,;.)]*(?:ngày|của|về|$))"),
    (OBSERVATION, r"(?:mỗi|một|hàng|hằng|/) tháng\s+", r"\d+", r"\s+[^\W\d_]"),
    (DATE, r"(?:ngày|tháng)\s+(?:\d{1,2}\s?[-–/,]\s?)*", r"\d{1,2}(?:\s?[-–]\s?\d{1,2})?", r"(?!\s?%)"),
    (DATE, r"", r"\d{1,2}(?:\s?[-–]\s?\d{1,2})?", rf"\s?/\s?(?:\d{{1,2}}\s?/\s?)?{YEAR}(?!\d)"),
    (DATE, r"\d\s?/\s?", rf"\d{{1,2}}|{YEAR}", rf"\s?/\s?{YEAR}"),
    (DATE, r"(?<![\d.])\d{1,2}\s?/\s?", YEAR, r"(?!\s*[^\W\d_]*\s*(?:hồ sơ|tổ|hộ|người|đơn))"),
    (DATE, r"(?:ngày|tháng)\s+\d{1,2}\s?/\s?", r"\d{1,2}", r""),
    (DATE, rf"(?<!\w){UPTO}", r"(?:0?[1-9]|[12]\d|3[01])", rf"/(?:0?[1-9]|1[0-2]){ALONE}"),
    (DATE, rf"(?<!\w){UPTO}(?:0?[1-9]|[12]\d|3[01])/", r"0?[1-9]|1[0-2]", ALONE),
    (DATE, r"(?:quý|năm|giai đoạn|thời kỳ|nhiệm kỳ|niên khóa|tháng)\s+", rf"{YEAR}(?:\s?[-–—]\s?{YEAR})?", r""),
    (DATE, r"", r"1[5-9]\d\d\s?[-–—]\s?20\d\d|" + rf"{YEAR}\s?[-–—]\s?{YEAR}", r""),
    (DATE, rf"{YEAR}\s?(?:[-–—,]|đến|tới|và)\s?(?:năm\s)?", YEAR, r"(?!\.\d)"),
    (DATE, r"quý\s+", r"\d", r""),
    (DATE, r"(?:^|[\s(])", YEAR, r"(?=[\s]*(?:[,;.:)]|$|-|–))"),
    (CONSTANT, r"/\s?", r"0?1", r"\s?[^\W\d_]{3,}"),
    (CONSTANT, r"cứ\s+(?:mỗi\s+)?", r".*", r""),
    (CONSTANT, r"", r"24", r"\s?/\s?7"),
    (CONSTANT, r"24\s?/\s?", r"7", r""),
    (DATE, r"", r"\d{1,2}", r"\s?tháng(?!\w)"),
    (CONSTANT, r"", r".*", r"\s+(?:đến|-|–)?\s?(?:\d+\s+)?tuổi"),
    (CONSTANT, r"", r"\d+", r"\s?(?:W|kW|KW|MHz|GHz|kV|V|km/h)(?![^\W\d_])"),
    (CONSTANT, r"", r"\d{1,3}", r"\s+năm(?!\s+\d)(?!\w)"),
    (ORDINAL, r"(?:thứ|thứ hạng|xếp hạng|xếp vị trí|vị trí thứ|hạng)\s+", r"\d{1,3}", r""),
    (
        ORDINAL,
        r"(?<!\w)(?:khu vực|vùng|cấp độ|cấp|mức độ|đợt|khóa|loại|phụ lục|mẫu|biểu|bảng)\s+(?:số\s+)?",
        r"\d{1,2}",
        r"(?!\s?[/%])(?![\s]*[^\W\d_]*\s*(?:vị trí|tổ|lớp))(?=[\s,;.)]|$)",
    ),
    (ORDINAL, r"^\W*(?:\d+\.)*", r"\d{1,2}(?:\.\d{1,2})*", rf"\.?\)?\s+\W?{CAPITAL}"),
    (ORDINAL, r"(?:^|[;:,.–+-]\s?|(?<!\w)và\s)\(", r"[1-9]\d?", r"\)\s*[^\W\d_]"),
    (CONSTANT, r"(?<!\w)(?:điều|khoản)\s+", r"\d{1,3}", r"(?!\s?%)"),
]
BESIDE = 48


def _case(pattern):
    """Letters count whatever their case, but where a pattern asks for capitals."""
    return 0 if "A-Z" in pattern else re.IGNORECASE


_compiled = [
    (kind, re.compile(rf"(?:{left})$", _case(left)), re.compile(token), re.compile(right, _case(right)))
    for kind, left, token, right in RULES
]
LIST_SIGN = re.compile(r"\s*[;,]\s*")


def classify(text, spans):
    """Return the class of each numeral of a passage.

    Parameters
    ----------
    text : str
    spans : sequence of (int, int)
        Where the numerals stand, in order.

    Examples
    --------
    >>> text = "Ngày 27/5/2024, trạm 4G lần thứ 53 theo Công văn số 275/STTTT cho em từ 9 đến 15 tuổi: 334 điểm."
    >>> spans = [match.span() for match in re.finditer(r"9 đến 15|[0-9]+", text)]
    >>> list(dict.fromkeys(classify(text, spans)))
    ['date', 'name', 'ordinal', 'document', 'constant', 'observation']
    """
    kinds = [_kind(text, start, end) for start, end in spans]
    run = []
    for position, (start, end) in enumerate(spans):
        listed = run and LIST_SIGN.fullmatch(text, spans[run[-1]][1], start) and _bare(text, start, end)
        run = [*run, position] if listed else [position] if _bare(text, start, end) else []
        if len(run) >= 3:
            for member in run:
                kinds[member] = NAME if kinds[member] == OBSERVATION else kinds[member]
    return kinds


def _bare(text, start, end):
    """Tell a number that nothing is said about: only list signs stand around it."""
    return text[start:end].isdigit() and bool(re.match(r"\s*(?:[;,.)]|$)", text[end:]))


def _kind(text, start, end):
    before, token, after = text[max(0, start - BESIDE) : start], text[start:end], text[end : end + BESIDE]
    for kind, left, whole, right in _compiled:
        if whole.fullmatch(token) and right.match(after) and left.search(before):
            return kind
    return OBSERVATION
