"""Read the heads of a table's columns: what is counted there, in which unit, of which time, as what.

A running number is no number of the report, a unit column gives the unit of its row. A head that is not understood is
asked about once, whatever the rows below it hold.
"""

import re
from dataclasses import dataclass

from bgdata.voice import Message
from bgtools.read.statement.doubts import COMPARISON, PLAN
from bgtools.read.statement.scope import Map, Place
from bgtools.read.statement.timewords import Time, expressions

RUNNING = re.compile(r"\W*(?:tt|stt|số tt|số thứ tự|thứ tự|no\.?|#|số)\W*$", re.IGNORECASE)
UNIT_HEAD = re.compile(r"\W*(?:đvt|đ\.?v\.? ?t(?:ính)?|đơn vị(?: tính)?)\W*$", re.IGNORECASE)
NOTE = re.compile(
    r"(?<!\w)(?:ghi chú|nhận xét|đánh giá|nguồn|cơ quan|đơn vị (?:chủ trì|thực hiện)|văn bản|căn cứ)(?!\w)",
    re.IGNORECASE,
)
PLANNED = re.compile(
    r"(?<!\w)(?:kế hoạch|kh|chỉ tiêu(?: giao)?|mục tiêu|dự toán|giao|dự kiến|phấn đấu|nghị quyết)(?!\w)", re.IGNORECASE
)
COMPARED = re.compile(
    r"(?<!\w)(?:so sánh|so với|tăng|giảm|chênh lệch|tốc độ|hoàn thành|thực hiện\s?/|th\s?/|đạt tỷ lệ|tỷ trọng|cơ cấu)(?!\w)|[+±]|/\s?(?:kh|ck|cùng kỳ|kế hoạch)(?!\w)|^\W*%\W*$|\d\s?[/:]\s?\d|(?<!\w)\(?\d\)?\s?=",
    re.IGNORECASE,
)
RESULT = re.compile(
    r"(?<!\w)(?:thực hiện|th|kết quả|ước|đạt|đạt được|số lượng|số liệu|giá trị|số [^\W\d_]+|tổng(?: số)?|kỳ này|kỳ báo cáo|trong kỳ|hiện có|"
    r"hiện nay|con số|tỷ lệ|doanh thu|kim ngạch|sản lượng|lượt|người|trạm|điểm|hồ sơ|chính thức|nộp ngân sách|số)(?!\w)",
    re.IGNORECASE,
)
SIGNS = re.compile(r"[\s.]*(?:#|[%+±−–/()-]*[%+±][%+±−–/()-]*)[\s.]*|\s*(?:19|20)\d\d\s*")
DAY = re.compile(r"\d{1,2}\s?/\s?\d{1,2}(?:\s?/\s?\d{4})?|\d{1,2}\s?/\s?\d{4}")
UNIT = re.compile(
    r"(?:(?P<scale>nghìn tỷ|ngàn tỷ|tỷ|tỉ|triệu|trđ|tr\.?đ|nghìn|ngàn|1000|1\.000)(?![^\W\d_]))?\s?"
    r"(?:(?P<unit>đồng|đ|vnđ|vnd|usd|đô la(?: mỹ)?|%|phần trăm)(?![^\W\d_]))?(?:\s?[^\W\d_%].{0,24})?$",
    re.IGNORECASE,
)
IN_BRACKETS = re.compile(r"\((?:đvt|đơn vị(?: tính)?)?\s?:?\s?(?P<unit>[^()]{1,24})\)\s*$", re.IGNORECASE)
ABOVE = re.compile(r"(?<!\w)(?:đvt|đơn vị(?: tính)?)\s?:\s?(?P<unit>[^.;:()\n|]{1,24})", re.IGNORECASE)
SCALES = {
    "nghìn tỷ": "nghìn tỷ",
    "ngàn tỷ": "nghìn tỷ",
    "tỷ": "tỷ",
    "tỉ": "tỷ",
    "triệu": "triệu",
    "trđ": "triệu",
    "tr.đ": "triệu",
    "trd": "triệu",
}
SCALES |= {"nghìn": "nghìn", "ngàn": "nghìn", "1000": "nghìn", "1.000": "nghìn"}


@dataclass(frozen=True)
class Column:
    """What the heads of a cell say.

    Attributes
    ----------
    kind : str
        ``"value"``, ``"running"``, ``"unit"``, ``"label"`` or ``"note"``.
    time : Time
    stated : tuple of Message
        Why its numbers are no results.
    place : Place or None
        Whose they are, if not the province's.
    doubts : tuple of Message
    """

    kind: str
    time: Time = Time.NOW
    stated: tuple = ()
    place: Place | None = None
    doubts: tuple = ()


def column(heads, period, home="", *, alone=False):
    """Read the heads of a column, outermost first.

    Parameters
    ----------
    heads : sequence of str
    period : Period or None
    home : str
        The name of the province.
    alone : bool
        It is the only column of numbers: it needs no head that tells it from others.

    Examples
    --------
    >>> from bgdata.notation import Period
    >>> [column(heads, Period.parse("2024-S2")).kind for heads in (("TT",), ("ĐVT",), ("Ghi chú",), ("Năm 2023", "Số điểm"))]
    ['running', 'unit', 'note', 'value']
    >>> column(("6 tháng cuối năm 2024", "Kế hoạch"), Period.parse("2024-S2")).stated
    (Message('a plan or a target?'),)
    """
    heads = words_of(heads)
    words = " ".join(dict.fromkeys(heads))
    last = heads[-1] if heads else ""
    if RUNNING.fullmatch(last):
        return Column("running")
    if UNIT_HEAD.fullmatch(last):
        return Column("unit")
    if NOTE.search(last):
        return Column("note")
    said = _times(heads, period)
    time = next((one.time for one in said if one.time != Time.NOW), Time.NOW)
    stated = ()
    if COMPARED.search(DAY.sub("", words)):
        stated = (COMPARISON,)
    elif PLANNED.search(words) and not re.fullmatch(r"\W*chỉ tiêu\W*", words, re.IGNORECASE):
        stated = (PLAN,)
    places = Map(words, home).found
    other = next((one for one in places if one.kind != "home"), None)
    understood = said or stated or places or RESULT.search(words) or alone
    return Column("value", time, stated, other, () if understood else (unknown(words),))


def words_of(heads):
    """Return the heads that say something: a cell that holds a mere number is the head of nothing.

    Examples
    --------
    >>> words_of(("Năm 2024", "", "98,5%."))
    ('Năm 2024',)
    """
    return tuple(head for head in heads if re.search(r"[^\W\d_]", head) or SIGNS.fullmatch(head))


def _times(heads, period):
    """Return what the innermost head says of the time; it is of the year that a head above it names."""
    year = next((found[0] for head in heads if (found := re.search(r"(?:19|20)\d\d", head))), "")
    for head in reversed(heads):
        head = f"năm {head.strip()}" if re.fullmatch(r"\s*(?:19|20)\d\d\s*", head) else head
        own = "" if not year or year in head else f" năm {year}"
        if expressions(head, period):
            return expressions(head + own, period)
    return []


def unknown(words):
    """Say that the head of a column is not understood."""
    return Message('the column "{head}": of which time, as what?', head=words)


def unit_of(text):
    """Return the multiplier and the unit that a unit cell, or a head in brackets, gives to the numbers.

    Examples
    --------
    >>> unit_of("tỷ đồng"), unit_of("%"), unit_of("điểm"), unit_of("Doanh thu (triệu USD)")
    (('tỷ', 'VND'), ('', 'percent'), ('', ''), ('triệu', 'USD'))
    >>> unit_of("đơn vị"), unit_of("tỉnh, thành phố")
    (('', ''), ('', ''))
    """
    bracket = IN_BRACKETS.search(text) or ABOVE.search(text)
    match = UNIT.match((bracket["unit"] if bracket else text).strip()) if bracket or len(text) < 25 else None
    if not match:
        return "", ""
    unit = (match["unit"] or "").lower()
    scale = SCALES.get((match["scale"] or "").lower(), "")
    currency = (
        "VND"
        if unit in ("đồng", "đ", "vnđ", "vnd")
        or (match["scale"] or "").lower().startswith("tr")
        and "đ" in (match["scale"] or "").lower()
        else ""
    )
    if unit.startswith(("usd", "đô")):
        currency = "USD"
    return scale, "percent" if unit in ("%", "phần trăm") else currency
