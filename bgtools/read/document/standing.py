"""Tell which lines are headings by how they stand, whatever their words are, and where the report begins below its front.

A heading is a short line of its own that ends in no mark, states no number, and has something below it. What the
letterhead, the title, the addressees and the signatures say is no heading, and no part of what the report states.
"""

import re

from bgtools.read.document.numbered import BOOK, is_heading
from bgtools.read.document.plans import of_plans

BULLET = re.compile(r"[-–—+*•▪]\s+(?=\S)")
DASH = re.compile(r"\s[-–—]\s")
END, MARKS = ".;:!?…", ".;:,!?…/–-("
DAY = r"(?:ngày|đến|từ|hết|trước|sau)\s+\d{1,2}\s?[/.-]\s?\d{1,2}(?!\d)|\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}/\d{4}"
PAPER = r"nghị quyết|quyết định|kế hoạch|công văn|chỉ thị|chương trình|đề án|dự án|thông tư|nghị định|văn bản|kết luận|thông báo|luật"
TOLD_NOTHING = re.compile(  # digits that are no number of anything: of times, papers, names
    rf"(?:(?:{PAPER}) )?số:?\s*\d+[-/]\S*|(?:{PAPER})\s+\d+\S*|\d+[-/]\w*[A-ZĐ]\S*|ngày\s+[\d.…]+(?=\s+tháng)|{DAY}|(?<!\d)(?:19|20)\d\d(?!\d)|"
    r"(?:tháng|quý|thứ|khóa|kỳ)\s+\d{1,2}(?![\d%])|\d{1,2}\s+tháng(?!\w)|\d+G(?!\w)|4\.0",
    re.IGNORECASE,
)
TITLE = re.compile(r"\W*báo cáo(?! viên)\b", re.IGNORECASE)
ADDRESS = re.compile(
    r"\W*(?:kính gửi|kính trình|nơi nhận|số\s*:|v/v|về việc|độc lập|cộng h[oò][aà]|điện thoại|địa chỉ)", re.IGNORECASE
)
SIGNED = re.compile(
    r"\W*(?:(?i:nơi nhận)\b|(?:TM|KT|TL|TUQ|Q)\.\s?[A-ZĐ]|(?:PHÓ )?(?:GIÁM ĐỐC|CHỦ TỊCH|CHÁNH VĂN PHÒNG)\W*$)"
)
ANNEX = re.compile(r"\W*(?:phụ lục|biểu|bảng)\b", re.IGNORECASE)
CAPTION = re.compile(
    r"\W*(?:(?:bảng|biểu|hình|biểu đồ|sơ đồ|đồ thị|ảnh)(?: số)? \d|phụ lục|biểu số|đơn vị(?: tính)?\s*:|đvt|nguồn\b|ghi chú|chú thích|\(|\[)",
    re.IGNORECASE,
)
TASKS = re.compile(
    r"(?:(?:những|các|một số|về)\s)?(?:phương hướng|định hướng|nhiệm vụ|mục tiêu|kế hoạch|trọng tâm|chương trình công tác)\b",
    re.IGNORECASE,
)
FRONT, LONGEST, MOST_WORDS = 40, 150, 26  # paragraphs of a front; letters and words of a heading
PROSE, TOLD = 15, 4  # words of a sentence that opens the report, and of one that states a number


def counted(text):
    """Tell whether a text states a number: not only times, the numbers of papers, or names.

    Examples
    --------
    >>> [counted(text) for text in ("Nhiệm vụ 6 tháng đầu năm 2025", "Công văn số 15/UBND ngày 02/6/2025", "Mạng 5G")]
    [False, False, False]
    >>> counted("Toàn tỉnh có 340 điểm"), counted("Phủ sóng 99%")
    (True, True)
    """
    return any(map(str.isdigit, TOLD_NOTHING.sub("", text)))


def beginning(paragraphs):
    """Return the place of the first paragraph below letterhead, title and addressees.

    Parameters
    ----------
    paragraphs : sequence
        Each with `text`, `gap`, `lines` and `bold`, as the layout has joined them.
    """
    title = next((place for place, one in enumerate(paragraphs[:FRONT]) if _has_title(one)), -1)
    for place in range(title + 1, len(paragraphs)):
        text, cells = paragraphs[place].text, paragraphs[place].lines[0].cells
        if is_heading(text) or _opens(text, cells, title >= 0):
            return place
    return len(paragraphs)


def headings(paragraphs, start):
    """Return the places of the lines that stand as headings do.

    Parameters
    ----------
    paragraphs : sequence
    start : int
        Where the report begins below its front.

    Returns
    -------
    set of int
    """
    found, signed = set(), False
    for place in range(start + 1, len(paragraphs)):
        signed = (signed or bool(SIGNED.match(paragraphs[place].text))) and not ANNEX.match(paragraphs[place].text)
        if not signed and _alone(paragraphs, place, found) and worded(text := paragraphs[place].text):
            found |= set() if _is_row(text, paragraphs[place + 1 : place + 2]) else {place}
    if _heads_the_first(paragraphs, start):
        found.add(start - 1)
    return found - _over_nothing(paragraphs, found)


def _has_title(paragraph):
    return any(TITLE.match(line.text) and len(line.text) < LONGEST for line in paragraph.lines)


def _opens(text, cells, titled):
    """Tell whether a paragraph is one of the report itself."""
    if ADDRESS.match(text):
        return False
    if cells or BULLET.match(text):
        return titled and counted(text)
    words = len(text.split())
    return text[-1] in END and (words >= PROSE or words >= TOLD and counted(text))


def worded(text):
    """Tell whether a line is worded as a heading can be.

    Examples
    --------
    >>> [worded(text) for text in ("Giữ vững an toàn mạng", "Toàn tỉnh có 340 điểm", "Mạng ổn định.", "Bưu chính: ổn định")]
    [True, False, False, False]
    """
    if not text[0].isupper() or len(text) > LONGEST or not 2 <= len(text.split()) <= MOST_WORDS or counted(text):
        return False
    if " | " in text or BULLET.match(text) or is_heading(text) or BOOK.match(text) or ADDRESS.match(text):
        return False
    if CAPTION.match(text) or SIGNED.match(text):
        return False
    if of_plans(text) and (text[-1] not in MARKS or text[-1] == ":" or text[-1] == "." and TASKS.match(text)):
        return True
    return text[-1] not in MARKS and ": " not in text


def _is_row(text, behind):
    """Tell whether a line is the head of a table that is written with dashes."""
    return bool(DASH.search(text)) and any(DASH.search(one.text) for one in behind)


def _alone(paragraphs, place, found):
    """Tell whether a paragraph is one line that goes on from nothing."""
    own, before = paragraphs[place], paragraphs[place - 1]
    if own.lines[0].cells:
        return False
    parted = own.gap or own.lines[0].whole or before.lines[0].cells
    return bool(parted or is_heading(before.text) or place - 1 in found)


def _heads_the_first(paragraphs, start):
    """Tell whether the line above the first sentence is its heading, and not the end of the title."""
    if not 2 < start < len(paragraphs) or paragraphs[start].gap or is_heading(paragraphs[start].text):
        return False
    own, title = paragraphs[start - 1], any(map(_has_title, paragraphs[: start - 2]))
    plain = title and bool(own.gap) and not own.text.isupper() and not own.lines[0].cells
    return plain and not re.search(r"\d", own.text) and worded(own.text) and not of_plans(own.text)


def _over_nothing(paragraphs, found):
    """Return the headings below which nothing but further headings or the signatures stand."""
    empty, below = set(), False
    for place in range(len(paragraphs) - 1, -1, -1):
        if place not in found:
            below = not SIGNED.match(paragraphs[place].text)
        elif not below:
            empty.add(place)
    return empty
