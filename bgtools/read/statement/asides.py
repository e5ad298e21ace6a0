"""Hear what is said of a number elsewhere in its statement: another time or place, in brackets, at the end, or afterwards.

`times` and `scope` tell what stands where a time or a place usually stands. Here all the rest of a statement is heard:
its words up to those of the numbers beside it, and a sentence behind it that comes back to it ("Đó là số của cả năm").
What is not said of another number, nor only compared with, is asked about.
"""

import re
from dataclasses import dataclass

from bgtools.read.statement import doubts
from bgtools.read.statement.classes import CONSTANT, OBSERVATION, ORDINAL
from bgtools.read.statement.stance import outright
from bgtools.read.statement.times import BESIDE
from bgtools.read.statement.timewords import Time

OF_TIME = {
    Time.WIDER: doubts.WIDER,
    Time.NARROWER: doubts.NARROWER,
    Time.EARLIER: doubts.EARLIER,
    Time.LATER: doubts.LATER,
    Time.TO_DATE: doubts.TO_DATE,
}
STOP, END = re.compile(r"[.;!?](?=\s)|\n"), re.compile(r"[.!?](?=\s)|\n")
BRACKET = re.compile(r"\s?%?(?:\s[^\W\d_]+){0,4}\s\((?P<said>[^()]*)\)")
BEFORE_OURS = re.compile(r"[,:)–-]\s|\s(?:và|với|cùng|trong khi|còn)\s")
BEHIND_OURS = re.compile(r"[,:()–-]|\s(?:và|với|cùng|trong khi|còn|so)\s")
IT = (
    r"(?:(?:tất cả|toàn bộ)(?! các)|(?:đó|đây|đấy|ấy) (?:là|chỉ|mới|cũng|chính|vẫn)|cái (?:này|đó|ấy)|(?:nguồn|ghi chú|lưu ý|chú thích)(?!\w)|tức là|nghĩa là|"
    r"(?:(?:con|những|các) )?(?:số|con số|số liệu|kết quả|mức|tỷ lệ|thành tích|lượng|khoản|giá trị|cách (?:làm|tính)|phần|mạng lưới)(?: [^\W\d_]+)?"
    r" (?:này|đó|ấy|đấy|trên|kể trên|nêu trên|vừa nêu|nêu tại đây|ở đây))(?!\w)"
)
COMES_BACK = re.compile(rf"\W*{IT}", re.IGNORECASE)
COMMENT = re.compile(rf"[,;(–-]\s*(?:(?:mà|nhưng|song|và|thì|vì|trong khi) )?{IT}", re.IGNORECASE)
PRAISE = re.compile(
    r"\W*(?:(?:đây|đó) là )?(?:(?:kết quả|thành tích|con số|mức)\s(?:này|trên|đó|nêu trên)\s)?(?:cho thấy|ghi nhận|khẳng định|có được|góp|tạo|thể hiện|đạt được|"
    r"là nhờ|là tiền đề|nhờ|tăng|giảm|cao hơn|kết quả của sự|tiền đề|cơ sở|nền tảng|minh chứng|nỗ lực|nguồn nhân lực|lực lượng)(?!\w)",
    re.IGNORECASE,
)
AGAINST = re.compile(
    r"(?<!\w)(?:so|so với|hơn|gấp(?: rưỡi| đôi| ba)?|vượt|bằng|kém|như|sau|từ|hướng tới|chào mừng|nhiệm vụ)(?:\s[^\W\d_]+){0,4}\s*\(?$|"
    r"(?<!\w)(?:để|nhằm|phục vụ|chuẩn bị)(?:\s[^\W\d_]+){1,7}\s*$|(?<!\w)(?:nhất|kỷ lục)\s(?:[^\W\d_]+\s)?\(?$",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"(?<!\w)(?:đầu|nhất|nhóm|tốp|top|hạng|đứng|hơn|so với|so)(?:\s[^\W\d_]+){0,3}\s*$",
    re.IGNORECASE,
)
PARTNER = re.compile(
    r"(?<!\w)(?:với|cùng|từ|và|giúp|cho|do|nhờ|tại các|ở các|các doanh nghiệp)(?:\s[^\W\d_]+){0,3}(?<!\Wtại)(?<!\Wở)(?<!\Wriêng)\s*$",
    re.IGNORECASE,
)
FIRM = r"(?:công ty|tập đoàn|tổng công ty|ngân hàng|doanh nghiệp|trung tâm|viện|trường)"
LISTED = re.compile(
    rf"(?<!\w)(?:với|cùng)\s(?:{FIRM}(?:\s[^\W\d_]+){{0,5}}|(?:[^\W\d_]+\s){{0,2}}(?-i:[A-ZĐ])[^\W\d_]*(?:\s[^\W\d_]+){{0,3}},(?:\s[^\W\d_]+)?)\s$",
    re.IGNORECASE,
)  # the second of two partners, or a firm's own name
UNTIL = re.compile(r"trước (?:khi|lúc)(?!\w)", re.IGNORECASE)
HEARD = ("nation", "place", "company")
ALL = re.compile(r"(?:63|34)\s(?:tỉnh|địa phương)")  # as many as there are
NEAR = 40  # characters before an expression that say what it is for


@dataclass(frozen=True)
class Aside:
    """Something that is said of a number beside the rest.

    Attributes
    ----------
    doubt : Message
    place : Place or None
        That an indicator may itself be about; None for a time.
    """

    doubt: object
    place: object = None


def hear(numerals, text, clock, whose):
    """Note the asides of each observation of a passage, and what its statement says outright of it.

    Parameters
    ----------
    numerals : sequence of Numeral
        Of one passage, in order.
    text : str
    clock : Clock
    whose : Map
    """
    others = [
        one for one in numerals if one.kind in (OBSERVATION, ORDINAL, CONSTANT) and not ALL.match(text, one.start)
    ]
    for one in numerals:
        if one.kind == OBSERVATION:
            spans = _of_cell(text, one.cell) if one.cell else statement(text, one, others)
            one.stated = list(dict.fromkeys([*one.stated, *outright(text, spans)]))
            if not one.cell:
                found = [*_base(text, one, clock), *_times(text, spans, clock)]
                found += [*_places(text, spans, whose), *_comments(text, spans)]
                one.asides = list(dict.fromkeys(found))


def _of_cell(text, cell):
    """Return the spans of a cell and of the heads of its row."""
    labels = [(place, place + len(head)) for head in cell.rows if (place := text.find(head)) >= 0]
    return [(cell.start, cell.end), *labels]


def statement(text, one, others):
    """Return the pieces of a text, as (start, end), that say something of a number and of none of the others.

    Examples
    --------
    >>> from types import SimpleNamespace as Some
    >>> text = "Có 12 lớp (cùng kỳ 10). Xử lý 35 sự cố, tính cả năm. Đó là số của tỉnh."
    >>> [last, one] = [Some(start=3, end=5), Some(start=30, end=32)]
    >>> [text[first:end] for first, end in statement(text, one, [last, Some(start=19, end=21), one])]
    ['Xử lý ', ' sự cố, tính cả năm.', ' Đó là số của tỉnh.']
    """
    stops = [match.end() for match in STOP.finditer(text)]
    first, last = _around(stops, one, len(text))
    whole = _around([match.end() for match in END.finditer(text)], one, len(text))
    if not any(whole[0] <= other.start < whole[1] for other in others if other is not one):
        first, last = whole
    before = max((other.end for other in others if first < other.end <= one.start), default=first)
    behind = min((other.start for other in others if one.end <= other.start < last), default=last)
    if before > first:
        sign = BEFORE_OURS.search(text, before, one.start)
        before = sign.start() if sign else one.start
    if behind < last:
        sign = BEHIND_OURS.search(text, one.end, behind)
        behind = sign.start() if sign else one.end
    pieces = [(before + len(text[before:]) - len(text[before:].lstrip()), one.start), (one.end, behind)]
    if behind != last:
        return pieces + _bracket(text, one, others)
    return pieces + _afterwards(text, last, stops, others)


def _around(stops, one, length):
    """Return where the stretch between two stops begins and ends in which a number stands."""
    return max((stop for stop in stops if stop <= one.start), default=0), next(
        (stop for stop in stops if stop >= one.end), length
    )


def _bracket(text, one, others):
    """Return the end of a bracket behind a number that says something of it, behind the numbers that the bracket prints."""
    found = BRACKET.match(text, one.end)
    if not found:
        return []
    last = max((other.end for other in others if found.start("said") <= other.start < found.end()), default=None)
    sign = re.compile(r"[,;]\s").search(text, last or found.start("said"), found.end("said"))
    return [(sign.start(), found.end("said"))] if sign else []


def _afterwards(text, last, stops, others):
    """Return the sentence behind a statement, if it comes back to it and brings no number of its own."""
    end = next((stop for stop in stops if stop > last), len(text))
    own = any(last <= other.start < end for other in others)
    return [(last, end)] if COMES_BACK.match(text, last) and not own else []


def _base(text, one, clock):
    """Yield an aside where a number is right behind what something is compared with: "với cùng kỳ năm trước 340 lượt"."""
    if one.relation or one.unit == "percent":
        return
    for said in clock.found:
        if said.use == "base" and said.time == Time.EARLIER and BESIDE.fullmatch(text, said.end, one.start):
            yield Aside(doubts.EARLIER)


def _times(text, spans, clock):
    for first, end in spans:
        for one in clock.found:
            if not first <= one.start < end or one.use or one.time not in OF_TIME or UNTIL.match(text, one.start):
                continue
            if not AGAINST.search(text[max(first, one.start - NEAR) : one.start]):
                yield Aside(OF_TIME[one.time])


def _places(text, spans, whose):
    number = spans[0][1]
    home = max((one.start for one in whose.found if one.kind == "home" and one.start < number), default=-1)
    for first, end in spans:
        for one in whose.found:
            if one.kind == "nation" and one.start < home:
                continue  # "trong bối cảnh thị trường toàn cầu ..., doanh thu của tỉnh"
            before = text[max(first, one.start - NEAR) : one.start]
            helping = (PARTNER.search(before) or LISTED.search(before)) and not COMES_BACK.match(text, first)
            if first <= one.start < end and one.kind in HEARD and not LEADING.search(before) and not helping:
                yield Aside(one.doubt, one)


def _comments(text, spans):
    """Yield a doubt if a clause or a sentence behind a number says what it is, and says more than praise."""
    for first, end in spans[1:]:
        found = COMES_BACK.match(text, first, end) if first > spans[1][0] else COMMENT.search(text, first, end)
        if found and not PRAISE.match(text, re.compile(r"\w").search(text, found.start()).start()):
            yield Aside(doubts.NOVEL)
