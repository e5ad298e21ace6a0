"""Find where each numeral of a text begins and ends, and whether it is whole.

A number is whole only if nothing digit-like touches it. What is broken by a mark or a space is put together as one
numeral, with the reading that it could have; it is never certain. What a number means is not looked at here.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from bgdata.errors import NotationError
from bgdata.notation import format_number, numbers
from bgtools.read.statement.doubts import GLUED, NOT_WHOLE, RIVALLED, WORDS_DIFFER

TOKEN = re.compile(r"\d+(?:[.,]\d+)*")
TYPED = re.compile(r"(?<![\w.,/-])(?=[OIl]*\d)(?!\d[SIl]?(?!\w))[\dOoIlS]+(?:[.,][\dOoIlS]+)*(?!\w)")
MISTYPED = str.maketrans("OoIlS", "00115")  # l0, 1O, 6l.300
FOREIGN = re.compile(r"(?![0-9])\d")  # digits of other scripts, of full width
ODD = "¼-¾²³¹⁰-₉⅐-↉①-⓿❶-➓"  # signs that are numbers, and no digits
SUM = re.compile(
    r"\d\s?[+*×±]\s?$|\d\s?x\s$|\d[:|=;·^_~…]$"
)  # what stands before a numeral that is a piece of something else
SCALE = r"(?:nghìn|ngàn)\s+t[ỷỉ]|triệu|t[ỷỉ]|nghìn|ngàn|vạn"
TAIL = re.compile(
    rf"\s?%|\s+phần\s+trăm\b|\s?(?:{SCALE})(?![^\W\d_])|k(?![^\W\d_])|\s?tr(?=\s?đ?(?![^\W\d_]))", re.IGNORECASE
)
DASH = re.compile(r"\s?[-–—÷]\s?(?=\d)|\s(?:đến|tới)\s(?=\d)", re.IGNORECASE)
PAIR = re.compile(r"\s?/\s?(?=\d)")
TIE = re.compile(rf"[^\w\s]?[²³¹⁰⁴-⁹]{{0,2}}(?:{DASH.pattern}|{PAIR.pattern})", re.IGNORECASE)
MORE = re.compile(rf"\s(?P<digits>\d[\d.]*)(?:\s?(?P<scale>{SCALE})(?![^\W\d_])|(?![\d,.]*\d|\s?[/%]))", re.IGNORECASE)
HALF = re.compile(r"\s?rư[ỡở]i(?![^\W\d_])", re.IGNORECASE)
ONES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
ONE = dict(zip(ONES, range(10))) | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "bẩy": 7}
WORD_MORE = re.compile(
    r"\s(?:trăm|chục|tá|mươi|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|rưỡi)\s+(?:trăm|nghìn|ngàn|triệu|tỷ|tỉ|chục|mươi|vạn))(?!\w)",
    re.IGNORECASE,
)
WORD_BEFORE = re.compile(r"(?<!\w)(?:mươi|trăm|nghìn|ngàn|triệu|t[ỷỉ]|vạn|phẩy)\s$", re.IGNORECASE)
IN_WORDS = re.compile(r"(?:(?<!\w)(?:" + "|".join([*ONE, "mười", "mươi"]) + r")\s+){1,3}\($", re.IGNORECASE)
GROUP = re.compile(r"\d{3}(?:\.\d{3})*(?:,\d+)?(?!\d)")
MARKS = re.compile(r"\s?['’‘`´ʼ′·•˙∙⋅‧_ˈ]\s?|\s[.,]\s?|[.,]\s|\s{1,3}")
YEAR = re.compile(r"(?:19|20)\d\d$")
DATED = re.compile(r"(?:năm|tháng|ngày|quý|đoạn|[/–-])\s?$", re.IGNORECASE)
LEFT = re.compile(r"[\s(\[“\"'‘«:|=<>≥≤~≈∼≃+$€£₫\u00a0-]$|^$|[–—−]$|(?:US|USD)\$$")
RIGHT = re.compile(
    r"$|[\s–—÷-]|/(?![^\W_]|\s\d)|[)\]”\"’»,;:.!?|…](?!\d|\s?/\s?\d|["
    + ODD
    + r"])|\s?(?:₫|US\$|\$|€|USD|VNĐ|VND|đ(?![^\W\d_]))|\((?!\d)"
)
OTHER = re.compile(  # one number or the other: only one of them is right
    r"[\s,;:([]*(?:hoặc|hay|hay là|sửa(?: lại)?(?: thành| là)?|đính chính(?: lại)?(?: là| thành)?|(?:nay )?đúng (?:là|phải là)|"
    r"số (?:cũ|mới|đúng|sai|liệu cũ)|thay (?:bằng|cho|vì)|nhầm(?: là)?|chứ không phải|không phải|đọc là|ghi (?:nhầm )?là|chỉnh (?:thành|lại))(?: là)?[\s:]*"
    r"(?:(?:khoảng|gần|hơn|trên)\s)?|\s?[\[{]",
    re.IGNORECASE,
)
MARKED = re.compile(r"\s?\(\d+\)")  # two numbers, or one with a mark
PADDED = re.compile(r"0\d\d")  # offices write 04, and 045 is 45 or 04 with a mark
QUOTED = 400  # characters of a quotation
CHAIN = 12  # tokens that are looked at together as one broken number


@dataclass
class Span:
    """A numeral as it stands.

    Attributes
    ----------
    start, end : int
        With multiplier and %, without unit.
    printed : str
        As observations record it; of a broken number, the reading that it could have.
    role : str
        ``"part"`` or ``"whole"`` of n/N, else ``""``.
    doubts : list of Message
    """

    start: int
    end: int
    printed: str
    role: str = ""
    doubts: list = field(default_factory=list)


def spans(text):
    """Return the numerals of a text in order.

    Examples
    --------
    >>> [(span.printed, bool(span.doubts)) for span in spans("Có 12 lớp, 61. 300 hồ sơ; 335 tỷ 500 triệu đồng; 9/10")]
    [('12', False), ('61.300', True), ('335 tỷ 500 triệu', False), ('9', False), ('10', False)]
    """
    slips = [match for match in TYPED.finditer(text) if re.search("[OoIlS]", match[0])]
    slipped = {place for slip in slips for place in range(*slip.span())}
    slipped |= {match.start() for match in FOREIGN.finditer(text)}
    text = TYPED.sub(lambda match: match[0].translate(MISTYPED), FOREIGN.sub(_as_usual, text))
    tokens = [match.span() for match in TOKEN.finditer(text)]
    found, place = [], 0
    while place < len(tokens):
        taken, place = _next(text, tokens, place)
        if found and found[-1].doubts and _goes_on(text, found[-1].end, taken[0].start):
            taken[0].doubts.append(NOT_WHOLE)
        found += taken
    for one, other in zip(found, found[1:]):
        if OTHER.fullmatch(text, one.end, other.start):
            one.doubts.append(RIVALLED)
            other.doubts.append(RIVALLED)
        if MARKED.fullmatch(text, one.end, other.end + 1) and not (one.printed + other.printed).count("%"):
            one.doubts.append(RIVALLED)
            other.doubts.append(RIVALLED)
        tie = text[one.end : other.start]
        if other.doubts and not one.doubts and ("/" in tie or " " not in tie) and _goes_on(text, one.end, other.start):
            one.doubts.append(NOT_WHOLE)
    for span in found:
        span.doubts += [NOT_WHOLE] * any(place in slipped for place in range(span.start, span.end))
    return found


def _as_usual(match):
    return str(unicodedata.digit(match[0]))


def _goes_on(text, end, start):
    """Tell whether a stroke ties a numeral to the one before it: what is left of a broken range or of n/N."""
    tie = TIE.match(text, end)
    return bool(tie) and tie.end() == start


def _next(text, tokens, place):
    """Return the numerals that begin at a token, and the place of the next token that is not in them."""
    chained = _chain(text, tokens, place)
    if chained > place + 1:
        reading = _reading(text[tokens[place][0] : tokens[chained - 1][1]])
        if reading:
            end, printed = _tailed(text, tokens[chained - 1][1], reading)
            return [Span(tokens[place][0], end, printed, doubts=[NOT_WHOLE])], _behind(tokens, chained, end)
        span = _whole(text, *tokens[place])
        span.doubts.append(NOT_WHOLE)
        return [span], _behind(tokens, place + 1, span.end)
    broken = place > 0 and _broken(text, tokens[place - 1], tokens[place])
    pair = _pair(text, tokens, place)
    found = pair or _ranged(text, tokens[place])
    found[0].doubts += [NOT_WHOLE] * broken
    return found, _behind(tokens, place + 1, found[-1].end)


def _behind(tokens, place, end):
    while place < len(tokens) and tokens[place][0] < end:
        place += 1
    return place


def _chain(text, tokens, place):
    """Return the end of the run of tokens that could be pieces of one number."""
    end = place + 1
    while end < len(tokens) and end < place + CHAIN and _broken(text, tokens[end - 1], tokens[end]):
        end += 1
    return end


def _broken(text, one, other):
    """Tell whether two tokens could be pieces of one number: only marks of groups, or spaces, stand between them."""
    gap = text[one[1] : other[0]]
    if not gap or len(gap) > 3 or not MARKS.fullmatch(gap):
        return False
    before, behind = text[one[0] : one[1]], text[other[0] : other[1]]
    if (YEAR.match(before) or len(before) < 3) and DATED.search(text[max(0, one[0] - 6) : one[0]]):
        return text[one[0] - 1] == "/" and len(behind) < 3 and not YEAR.match(before)
    if YEAR.match(behind) and "." not in before and not gap.strip():
        return False
    if gap[0] in ".," and gap[1:].isspace():
        short = len(re.split("[.,]", before)[-1]) <= 3 and not (gap[0] == "." and "," in before)
        cut = gap[0] == "," and len(behind) < 3 and TAIL.match(text, other[1])
        return bool(short and (GROUP.fullmatch(behind) or cut or (len(behind) < 3 and text[other[1] :][:1] == "%")))
    return True


def _reading(raw):
    """Return the one number that the pieces make, or ""."""
    joined = re.sub(r"\s", "", re.sub(r"['’‘`´ʼ′·•˙∙⋅‧_ˈ]", ".", raw))
    if joined.isdigit():
        pieces = raw.split()
        if len(joined) > numbers.MOST_DIGITS or not (
            all(len(piece) == 1 for piece in pieces) or all(len(piece) == 3 for piece in pieces[1:])
        ):
            return ""
        return format_number(int(joined)) if not joined.startswith("0") else joined
    try:
        numbers.parse(joined)
    except NotationError:
        return ""
    return joined


def _tailed(text, end, printed):
    tail = TAIL.match(text, end)
    return (tail.end(), printed + tail[0]) if tail else (end, printed)


def _pair(text, tokens, place):
    """Return n and N of n/N, told from dates and broken notation: n is not greater than N."""
    if place + 1 >= len(tokens):
        return None
    (start, end), (behind, last) = tokens[place], tokens[place + 1]
    slash = PAIR.match(text, end)
    if place + 2 < len(tokens) and _broken(text, tokens[place + 1], tokens[place + 2]):
        return None
    if not slash or slash.end() != behind or text[last : last + 2].strip().startswith("/"):
        return None
    try:
        part, whole = numbers.parse(text[start:end]), numbers.parse(text[behind:last])
    except NotationError:
        return None
    if part.decimals or whole.decimals or not 0 <= part.value <= whole.value or whole.value <= 1:
        return None
    found = [Span(start, end, text[start:end], "part"), Span(behind, last, text[behind:last], "whole")]
    found[0].doubts += _left(text, start)
    found[1].doubts += _right(text, last)
    return found


def _ranged(text, token):
    """Return one number or a range; two numbers where a range does not ascend."""
    first = _whole(text, *token, last=False)
    dash = DASH.match(text, first.end)
    last = TOKEN.match(text, dash.end()) if dash else None
    if not last or text[last.end() : last.end() + 1] == "/":
        first.doubts += _right(text, first.end)
        return [first]
    second = _whole(text, *last.span(), first=False)
    if _ascends(first.printed, second.printed):
        if DASH.match(text, second.end):
            second.doubts.append(NOT_WHOLE)
        return [Span(first.start, second.end, text[first.start : second.end], doubts=first.doubts + second.doubts)]
    second.doubts.append(GLUED)
    return [first, second]


def _ascends(first, last):
    tail = re.search(r"[^\d.,]*\Z", last)[0]
    try:
        low, high = numbers.parse(first if first[-1:].isalpha() or "%" in first else first + tail), numbers.parse(last)
    except NotationError:
        return False
    return low.percent == high.percent and low.value < high.value


def _whole(text, start, end, *, first=True, last=True):
    """Return one number with its multiplier, the parts that follow on it, and what touches it."""
    doubts = _left(text, start) if first else []
    if not text[start:end].isascii() or PADDED.match(text, start):
        doubts.append(NOT_WHOLE)
    tail = TAIL.match(text, end)
    if tail:
        end, doubt = _compound(text, start, tail.end(), tail[0])
        doubts += doubt
    elif WORD_MORE.match(text, end) or HALF.match(text, end):
        doubts.append(NOT_WHOLE)
    return Span(start, end, text[start:end], doubts=doubts + (_right(text, end) if last else []))


def _compound(text, start, end, tail):
    """Return where "335 tỷ 500 triệu" or "1 triệu rưỡi" ends, and the doubt whether it is one number."""
    if tail.strip().lower() in ("%", "k", "tr") or "phần" in tail.lower():
        return end, []
    half = HALF.match(text, end)
    reach = half.end() if half else end
    while not half and (more := MORE.match(text, reach)):
        reach = more.end()
    if reach == end:
        return end, [NOT_WHOLE] if WORD_MORE.match(text, end) else []
    try:
        numbers.parse(text[start:reach])
    except NotationError:
        return reach, [NOT_WHOLE]
    return reach, [NOT_WHOLE] if WORD_MORE.match(text, reach) else []


def _left(text, start):
    """Return the doubts that come from what stands right before a numeral."""
    before = text[max(0, start - 40) : start]
    if WORD_BEFORE.search(before):
        return [NOT_WHOLE]
    written = IN_WORDS.search(before)
    if written and _value(written[0][:-1].split()) != _digits(text, start):
        return [WORDS_DIFFER]
    if SUM.search(before):
        return [NOT_WHOLE]
    if before and not LEFT.search(before[-4:]) and (not before[-1].isalpha() or re.search(r"(?<!\w)x$", before)):
        return [GLUED]
    if before[-1:] in "'\"" and before[-2:-1].strip("([“"):
        return [GLUED]
    return []


def _digits(text, start):
    digits = TOKEN.match(text, start)[0]
    return int(digits) if digits.isdigit() and len(digits) < 4 else None


def _value(words):
    """Return the number that up to three words of one say: "mười hai" is 12."""
    total = 0
    for word in map(str.lower, words):
        if word == "mười":
            total = 10
        elif word == "mươi":
            total *= 10
        elif word in ONE:
            total += ONE[word]
    return total


def _right(text, end):
    """Return the doubts that come from what stands right behind a numeral."""
    behind = text[end : end + 6]
    if re.match(r"\s?[+*×±]\s?\d|\sx\s\d|[|:;=…~]\d|[?!]\s?[a-zà-ỹ]", behind) or (
        behind[:2] == ". " and behind[2:3].islower()
    ):
        return [NOT_WHOLE]
    if behind[:1] and behind[0] in '”’»"' and not _quoted(text[max(0, end - QUOTED) : end]):
        return [GLUED]
    return [] if RIGHT.match(behind) or behind[:1].isalpha() and not _lone(behind) else [GLUED]


def _quoted(before):
    """Tell whether a quotation is open at the end of a text: a quote behind a number then ends it, and is no mark."""
    opened, closed = (sum(map(before.count, quotes)) for quotes in ("“‘«„", "”’»"))
    return opened > closed or before.count('"') % 2 == 1


def _lone(behind):
    """Tell letters that are glued to a number and are no name of a thing: a number word's rest, or a slip."""
    return bool(re.match(r"[a-zà-ỹ]", behind)) and not re.match(r"(?:h|g)(?![^\W\d_])", behind)


def in_words(text, start):
    """Tell whether a numeral in brackets repeats the words before it: "mười hai (12) lớp"."""
    return bool(IN_WORDS.search(text[max(0, start - 40) : start]))
