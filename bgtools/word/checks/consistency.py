"""Hold the numbers of a draft against each other, by their words alone: no data are needed, nor a catalogue.

Spoken of are n/N and the percentage beside it, parts that a list adds up to their total, direction words that their
numbers deny, and notation that means nothing. What needs knowledge of the matter is held in `rulings`.
"""

import re
from decimal import Decimal

from bgdata.notation import MINUS, format_number, round_half_up
from bgdata.voice import Message
from bgtools.word.checks.expected import begins, printed_of
from bgtools.word.checks.remarks import ASK, WRONG, Remark

BESIDE = 45  # characters between n/N and its percentage
APART = 90  # characters between a direction word and the ratio that it is about
SAID_BEFORE = re.compile(r"\s*\((?:\s*(?:tương ứng|tức|là|đạt|gồm|=|:))*\s*", re.IGNORECASE)
SAID_BEHIND = re.compile(
    r"[^.;:()]*?(?:\(|,|\s)\s*(?:(?:đạt|chiếm|bằng|tức|hay|tỷ lệ|tương đương|tương ứng|khoảng|gần|hơn|trên|là|với|=)\s*)*",
    re.IGNORECASE,
)
TOTAL = re.compile(r"[^\d()]{0,60}\(\s*$")
SPELT = re.compile(r"[^\d()]{0,60}?,?\s*(?:bao gồm|gồm có|gồm)\s*:?\s*$", re.IGNORECASE)
ITEM = re.compile(r"\s*(?P<noun>[^\d;,().]{0,60}?)\s*(?:[,;]|\bvà\b|,?\s*\bvà\b)\s*(?P<lead>[^\d;,().]{0,40}?)\s*$")
NOT_ALL = re.compile(
    r"(?<!\w)(?:như|tiêu biểu|trong đó|riêng|ví dụ|cùng kỳ|so với|tăng|giảm|đạt|năm|kỳ|từ|đến)(?!\w)", re.IGNORECASE
)
DIRECTION = re.compile(r"(?<!\w)(?P<way>tăng|giảm)(?!\s+(?:nghèo|tải|thiểu|trừ|nhẹ gánh|cường))(?!\w)", re.IGNORECASE)
FROM_TO = re.compile(r"(?<!\w)từ\s+(?:mức\s+)?$", re.IGNORECASE)
TOWARDS = re.compile(r"[^.;\d]{0,40}?\s(?P<way>lên|xuống|còn)(?:\s+(?:còn|tới|đến|mức))*\s*$", re.IGNORECASE)
BREAK = re.compile(r"[.;](?=\s)")


def inconsistencies(reading):
    """Return the remarks on numbers that contradict each other, or that break the notation.

    Parameters
    ----------
    reading : bgtools.read.reading.Reading

    Returns
    -------
    list of Remark
    """
    of_passage = {}
    for numeral in reading.numerals:
        if numeral.kind == "observation":
            of_passage.setdefault(numeral.passage, []).append(numeral)
    remarks = []
    for index, found in of_passage.items():
        text = reading.passages[index].text
        for check in (_notation, _pairs, _shares, _sums, _turns, _ratios, _beside_last_year):
            remarks += check(found, text)
    return remarks


def _remark(kind, numeral, text, why, expected="", grade=WRONG, of=()):
    """Remark on a number; where any of several may be the wrong one, on the stretch from the first to the last."""
    printed, every = printed_of(numeral, text), [numeral, *of]
    start, end = min(one.start for one in every), max(one.end for one in every)
    return Remark(kind, numeral.passage, start, end, printed, why, expected, grade=grade)


def _notation(found, text):
    for one in found:
        if one.number is None or one.readings:
            printed = text[one.start : one.end]
            could = [Message("It could be {readings}.", readings=list(one.readings))] if one.readings else []
            why = Message("{printed} breaks the notation of numbers: 1.234,5.", printed=printed)
            grade = ASK if re.search(r"\d \d", printed) else WRONG  # spaces between groups mislead nobody
            yield _remark(
                "notation", one, text, _sentences(why, *could), one.readings[0] if one.readings else "", grade
            )


def _pairs(found, text):
    """A part that is more than its whole, and a range that falls: "312/209 tổ", "9-8 triệu"."""
    for one, other in zip(found, found[1:]):
        between = text[one.end : other.start].strip()
        if between not in ("/", "-", "–") or not (_valued(one) and _valued(other)) or one.role or other.relation:
            continue
        low, high = one.number.value, other.number.value
        scaled = high.scaleb(-other.number.exponent) if not one.number.exponent else high
        if between == "/" and low > high > 12 and re.match(r"\s+[^\W\d_]|\s*[(),;]", text[other.end :]):
            why = Message("{printed}: the part is more than the whole.", printed=text[one.start : other.end])
        elif between != "/" and low > scaled > 0 and other.end - other.start < 14:
            why = Message("{printed} is no range from a lower to a higher number.", printed=text[one.start : other.end])
        else:
            continue
        yield _remark("notation", one, text, why, of=(other,))


def _sentences(*parts):
    from bgdata.voice import Joined

    return Joined(" ", parts)


def _shares(found, text):
    """n/N and its percentage."""
    for part, whole, percent in _percentages(found, text):
        n, of = part.number.value, whole.number.value
        share = Decimal(n) * 100 / Decimal(of)
        decimals = percent.number.decimals
        if _rounds_to(share, percent):
            continue
        pair = f"{format_number(n)}/{format_number(of)}"
        right = format_number(round_half_up(share, decimals), decimals=decimals) + "%"
        why = Message(
            "The draft prints {printed}, but {pair} is {share}.",
            printed=text[percent.start : percent.end],
            pair=pair,
            share=right,
        )
        yield _remark("share", percent, text, why, right, of=(part, whole))


def _rounds_to(share, percent):
    """Tell whether a percentage is a share, rounded or cut, or says that it is more, less or about that."""
    unit, apart = Decimal(1).scaleb(-percent.number.decimals), share - percent.number.value
    if percent.qualifier == ">":
        return 0 <= apart < max(unit, 1)
    if percent.qualifier in "<~":
        return abs(apart) <= max(unit, 1)
    return -unit / 2 <= apart < unit


def _percentages(found, text):
    """Yield (part, whole, percentage) where n/N and a percentage are said of one another."""
    taken = set()
    for place in range(len(found) - 1):
        part, whole = found[place], found[place + 1]
        if (part.role, whole.role) != ("part", "whole") or not (part.number and whole.number and whole.number.value):
            continue
        for other in (place - 1, place + 2):
            if not 0 <= other < len(found) or other in taken or not _share_like(found[other]):
                continue
            percent = found[other]
            behind = percent.start > part.start
            between = text[whole.end : percent.start] if behind else text[percent.end : part.start]
            if len(between) < BESIDE and (SAID_BEHIND if behind else SAID_BEFORE).fullmatch(between):
                taken.add(other)
                yield part, whole, percent
                break


def _share_like(one):
    return one.unit == "percent" and not one.relation and _valued(one)


def _sums(found, text):
    """A total and the list that it is said to consist of: "21 đơn vị (14 tổ chức, 07 cá nhân)"."""
    for place, total in enumerate(found):
        parts, listed = _listed(found, place, text)
        if len(parts) < 2:
            continue
        added, whole = sum(part.number.value for part in parts), total.number.value
        if added != whole:
            terms = " + ".join(text[part.start : part.end] for part in parts)
            why = Message(
                "The draft prints {printed}, but its parts add up to {sum} ({terms}).",
                printed=text[total.start : total.end],
                sum=format_number(added),
                terms=terms,
            )
            yield _remark("sum", total, text, why, format_number(added, width=total.number.width), of=parts)


def _listed(found, place, text):
    """Return the parts of a total that is spelt out in brackets, or behind "gồm"."""
    total, parts = found[place], []
    if not _plain(total) or place + 1 >= len(found):
        return [], ""
    opening = text[total.end : found[place + 1].start]
    bracket = bool(TOTAL.match(opening)) or bool(re.match(r"[^\d()]{0,60}\([^\d();,.]{0,30}$", opening))
    if not (bracket or SPELT.match(opening)) or NOT_ALL.search(opening):
        return [], ""
    closing = ")" if bracket else "."
    for one, other in zip(found[place + 1 :], [*found[place + 2 :], None]):
        between = text[one.end : other.start if other else len(text)]
        if not _plain(one):
            return [], ""
        parts.append(one)
        ends = re.match(r"[^\d;,().]{0,60}" + re.escape(closing), between) or (
            not bracket and re.match(r"[^\d;,().]{0,60}(?:;|$)", between)
        )
        if ends:
            return parts, between
        if not ITEM.match(between) or NOT_ALL.search(between):
            return [], ""
    return [], ""


def _plain(one):
    """Tell a count: a whole number that is neither compared nor part of n/N nor of another time."""
    number = one.number
    return (
        bool(number)
        and number.value is not None
        and one.unit == "count"
        and not (one.relation or one.role or one.elsewhen or one.qualifier != "=" or number.decimals)
    )


def _turns(found, text):
    """A fall that is called a rise, and the reverse: "tăng từ 15 xuống 12"."""
    for one, other in zip(found, found[1:]):
        between = TOWARDS.fullmatch(text[one.end : other.start])
        if not between or not FROM_TO.search(text[: one.start]) or not (_valued(one) and _valued(other)):
            continue
        rises = other.number.value > one.number.value
        way = between["way"].lower()
        before = DIRECTION.search(BREAK.split(text[: one.start])[-1][-30:])
        if (way == "lên") != rises and other.number.value != one.number.value:
            yield _denied(other, text, way, rises)
        elif before and (before["way"].lower() == "tăng") != rises and other.number.value != one.number.value:
            yield _denied(other, text, before["way"], rises)


def _valued(one):
    return one.number is not None and one.number.value is not None


def _denied(numeral, text, way, rises):
    words = Message("an increase") if rises else Message("a decrease")
    why = Message("The draft says “{way}”, but its own numbers show {direction}.", way=way, direction=words)
    printed = printed_of(numeral, text)
    return Remark("direction", numeral.passage, begins(numeral, text), numeral.end, printed, why)


def _ratios(found, text):
    """A ratio to a year before beside a direction word: "bằng 95,2% so với cùng kỳ, tăng"."""
    for place, one in enumerate(found):
        if one.relation != "ratio" or not _valued(one) or one.number.value == 100:
            continue
        rises = one.number.value > 100
        start = found[place - 1].end if place else 0
        before = BREAK.split(text[max(start, one.start - APART) : one.start])[-1]
        ways = [way for way in DIRECTION.finditer(before)]
        if ways and not re.search(r"kế hoạch|chỉ tiêu", text[one.end : one.end + 30]):
            way = ways[-1]["way"]
            if (way.lower() == "tăng") != rises:
                yield _denied(one, text, way, rises)
        following = found[place + 1] if place + 1 < len(found) else None
        if following is not None and following.relation == "growth" and _valued(following):
            yield from _ratio_and_growth(one, following, text)


def _ratio_and_growth(ratio, growth, text):
    """A ratio and the growth beside it: "bằng 114,5% cùng kỳ, tăng 14,5%"."""
    between = text[ratio.end : growth.start]
    if (
        growth.unit != "percent"
        or len(between) > APART
        or BREAK.search(between)
        or re.search(r"\bcòn\b|trong đó|riêng", between)
    ):
        return
    implied, unit = ratio.number.value - 100, Decimal(1).scaleb(-min(ratio.number.decimals, growth.number.decimals))
    if implied and (implied > 0) != (growth.number.value > 0):
        yield _denied(growth, text, "giảm" if growth.number.value < 0 else "tăng", implied > 0)
    elif re.search(r"\(|,\s*(?:tức\s+)?(?:tăng|giảm)\s*$", between) and abs(implied - growth.number.value) > unit:
        why = Message(
            "The draft prints {printed}, but {ratio} of the year before is a change of {change}.",
            printed=printed_of(growth, text),
            ratio=text[ratio.start : ratio.end],
            change=format_number(implied, sign=True) + "%",
        )
        yield _remark("share", growth, text, why, format_number(abs(implied)) + "%", ASK)


def _beside_last_year(found, text):
    """A number, that of the year before beside it, and a direction word: "15 lớp (cùng kỳ 12 lớp), giảm 3 lớp"."""
    for now, then, change in zip(found, found[1:], found[2:]):
        if not (then.elsewhen and not now.elsewhen and change.relation == "growth" and _valued(now) and _valued(then)):
            continue
        if (
            now.unit != then.unit
            or BREAK.search(text[now.end : change.start])
            or not _valued(change)
            or not then.number.value
        ):
            continue
        rises = now.number.value > then.number.value
        if now.number.value != then.number.value and (change.number.value > 0) != rises:
            yield _denied(change, text, "giảm" if change.printed.startswith(MINUS) else "tăng", rises)
