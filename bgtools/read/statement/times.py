"""Tell what time a numeral speaks of: another period than the report's, or a date that it was counted up to.

A report puts last year's value beside this year's ("cùng kỳ là 12", "từ 12 lên 15"). Such a value is never taken for
one of this period. Only the words of its own sentence decide.
"""

import re
from datetime import date
from functools import cache

SENTENCE = re.compile(r"[.;]\s")
NUMBER_OF = r"(?:\s*%|\s+(?!(?:so|với|hơn|bằng|tăng|giảm|từ|sau|theo|và)(?!\w))[^\W\d_]+){0,5}"
SAYS = (
    r"(?:\s*[:=–-])?(?:\s+(?:là|đạt|có|chỉ|mới|ở|mức|con|số|ghi|nhận|tỉnh|toàn|được|cả|đã|tỷ|lệ|ước|khoảng|gần|hơn|"
    r"trên|dưới|xấp|xỉ|chưa|đến)(?!\w))*\s*"
)
COMPARED = r"(?:so với|so|với|hơn|kém|bằng|%|của|từ|kể từ|sau|tăng|giảm|theo|kế hoạch|chương trình|luật|chỉ số)\s*$"
ABOUT = r"(?:hơn|trên|gần|khoảng|xấp xỉ|chưa đến|dưới)"
AGAINST = re.compile(
    rf"(?<!\w)(?:so với|so|thay vì|thay cho|hơn (?:con số|mức)|kém (?:con số|mức)|từ mức)\s+(?:con số |mức |số )?"
    rf"(?:{ABOUT}\s+)?$",
    re.IGNORECASE,
)
FROM = re.compile(rf"(?<!\w)từ\s+(?:mức |con số )?(?:{ABOUT}\s+)?$", re.IGNORECASE)
TO = re.compile(r"[^.;]{0,40}?\s(?:lên|xuống|còn)(?!\w)", re.IGNORECASE)
AS_OF = re.compile(
    r"(?<!\w)(?:đến|tới)\s+(?:hết\s+)?(?:ngày\s+)?(?P<day>\d{1,2})\s?/\s?(?P<month>\d{1,2})(?:\s?/\s?(?P<year>\d{4}))?(?!\d)",
    re.IGNORECASE,
)


@cache
def _earlier(period):
    """Return what names another time than the period's: the year before, the half before, the whole year."""
    years = "|".join(str(period.year - back) for back in range(1, 9)) if period else r"(?!)"
    before = rf"(?:trước|ngoái|{years})"
    same = rf"cùng (?:kỳ|thời điểm|thời gian|quý|giai đoạn)(?:,? (?:của )?(?:năm )?{before})?"
    part = r"(?:(?:0?6|sáu|0?9|chín|0?3|ba) tháng(?: (?:đầu|cuối))?|nửa(?: (?:đầu|cuối))?|quý \w+|cuối|đầu|giữa|hết|tháng \d+)"
    named = (
        rf"(?:thời điểm này |{part} )?(?:của )?năm (?:liền )?{before}|(?:ngày )?(?:\d{{1,2}}/)?\d{{1,2}}/(?:{years})"
    )
    words = [same, named, r"(?:kỳ|quý|tháng|lần|nửa năm|6 tháng) (?:liền )?trước", r"trước (?:đó|đây)"]
    if period and period.freq != "A":
        words.append(rf"cả năm(?: {period.year})?(?!\w)")
    if period and period.freq == "S" and period.index == 2:
        words.append(rf"(?:giữa năm|(?:nửa|0?6 tháng|sáu tháng) đầu năm)(?: nay| {period.year}(?!\d)|(?! ?20\d\d))")
    return rf"(?<!\w)(?:{'|'.join(words)})(?!\w)"


@cache
def _patterns(period):
    earlier = _earlier(period)
    now = (
        r"(?<!\w)(?:nay|kỳ này|năm này|hiện|lên|xuống|so với" + (rf"|năm {period.year}" if period else "") + r")(?!\w)"
    )
    return {
        "said": re.compile(rf"(?P<head>.*){earlier}{SAYS}$", re.IGNORECASE | re.DOTALL),
        "behind": re.compile(rf"{earlier}\s*\(\s*(?:{ABOUT}\s+)?$", re.IGNORECASE),
        "opens": re.compile(
            rf"\W*(?:so sánh|đối chiếu|tham khảo)?\W*(?:(?:nếu|tính|chung|lũy kế|con số|số|mức|tỷ lệ|chỉ tiêu|tại|vào|ở|trong|của|này|đó|riêng)\s+)*"
            rf"{earlier}(?P<rest>.*)$",
            re.IGNORECASE | re.DOTALL,
        ),
        "follows": re.compile(rf"{NUMBER_OF}\s+(?:của|hồi)\s+{earlier}", re.IGNORECASE),
        "now": re.compile(now, re.IGNORECASE),
    }


def elsewhen(text, start, end, period=None):
    """Tell whether a numeral is the value of another period, put there to compare with.

    Parameters
    ----------
    text : str
    start, end : int
        Where the numeral stands.
    period : bgdata.notation.periods.Period, optional
        Of the report: years before it are other periods.

    Examples
    --------
    >>> text = "Có 15 lớp (cùng kỳ là 12 lớp), tăng từ 30 lên 45 học viên; bằng 105% so với cùng kỳ."
    >>> [match[0] for match in re.finditer("[0-9]+", text) if elsewhen(text, *match.span())]
    ['12', '30']
    """
    patterns = _patterns(period)
    before, after = text[max(0, start - 200) : start], text[end : end + 80]
    if AGAINST.search(before) or (FROM.search(before) and TO.match(after)):
        return True
    said = patterns["said"].match(before)
    if said and not re.search(COMPARED, said["head"], re.IGNORECASE):
        return True
    if patterns["behind"].search(before) and re.match(r"[^(),;]{0,25}\)", after):
        return True
    opens = patterns["opens"].match(_clause(before))
    if opens and not patterns["now"].search(opens["rest"]):
        return True
    return not after.lstrip().startswith("%") and bool(patterns["follows"].match(after))


def names_other(words, period=None):
    """Tell whether words, such as the head of a table's column, name another period."""
    return bool(re.search(_earlier(period), words, re.IGNORECASE))


def _clause(before):
    """Return what stands before a numeral in its clause or brackets."""
    inside = before.rfind("(") > before.rfind(")")
    piece = before[before.rfind("(") + 1 :] if inside else before
    return re.split(r"[.;](?=\s)|(?<!\w)(?:trong khi|nhưng)(?!\w)", piece, flags=re.IGNORECASE)[-1]


def as_of(text, start, period):
    """Return the date that a numeral is counted up to, as its own sentence says, or None.

    Examples
    --------
    >>> from bgdata.notation import Period
    >>> as_of("Tính đến hết ngày 15/11, có 12 xã.", 29, Period.parse("2024-S2"))
    datetime.date(2024, 11, 15)
    """
    found = list(AS_OF.finditer(SENTENCE.split(text[:start])[-1]))
    if not found:
        return None
    day, month, year = (int(found[-1][name] or period.year) for name in ("day", "month", "year"))
    try:
        told = date(year, month, day)
    except ValueError:
        return None
    return told if period.start <= told <= period.end else None
