"""Find the words that name a time: a period and its parts, the year before, "to date", and hold them against a period.

A name that holds a year (a plan of 2024) says no time, and what something is only compared with is a base. Which
words are about which number is told in `times`.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Time(StrEnum):
    """What time is spoken of, held against the report's period."""

    NOW = "now"
    TO_DATE = "to date"
    WIDER = "wider"
    NARROWER = "narrower"
    EARLIER = "earlier"
    LATER = "later"


@dataclass(frozen=True)
class Expression:
    """Words that name a time.

    Attributes
    ----------
    start, end : int
        Where they stand.
    time : Time
    use : str
        ``""`` where they say when, ``"base"`` what is compared with, ``"name"`` where they are part of a name.
    year_before : bool
        The same part of the year before is meant.
    soft : bool
        They only say up to when.
    """

    start: int
    end: int
    time: Time
    use: str = ""
    year_before: bool = False
    soft: bool = False


YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d|\.\d)"
COUNTS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
COUNTS |= {"mười một": 11, "mười hai": 12}
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
OF_YEAR = rf"(?:(?:,? (?:của )?năm |\s?/\s?| ){YEAR}|(?: (?:của )?năm)? (?P<word>nay|này|trước|ngoái|tới|sau|liền trước)(?!\w))"
FORMS = {
    "same": rf"(?:cùng|đồng) (?:kỳ|thời điểm|thời gian|quý|giai đoạn|tháng)(?:,? (?:của )?(?:năm )?(?:(?P<word>trước|ngoái)(?!\w)|{YEAR}))?",
    "half": rf"(?:(?:0?6|sáu) tháng|nửa)(?: (?P<half>đầu|cuối)(?:(?: năm)?{OF_YEAR}| năm)?)",
    "quarter": rf"quý (?P<quarter>IV|I{{1,3}}|[1-4])(?!\w|[.,]\d)(?:{OF_YEAR})?",
    "months": rf"(?<!ngày )(?P<count>(?<![\d/.,])\d{{1,2}}|{'|'.join(sorted(COUNTS, key=len, reverse=True))}) tháng(?!\w)(?: (?P<part>đầu|cuối)(?: năm)?)?(?: (?:của )?năm)?(?:{OF_YEAR})?(?: (?P<gone>trước|qua|gần đây))?",
    "month": rf"(?<!mỗi )(?<!một )(?<!hàng )(?<!hằng )(?<!/)tháng (?P<month>\d{{1,2}}|giêng|chạp)(?![\d%]|[.,]\d)(?:(?:\s?/\s?|,? năm ){YEAR})?",
    "date": rf"(?:ngày )?(?<![\d/.,])(?P<day>\d{{1,2}})\s?[/.-]\s?(?P<month>\d{{1,2}})\s?[/.-]\s?{YEAR}|ngày (?P<day2>\d{{1,2}})(?:\s?/\s?| tháng )(?P<month2>\d{{1,2}})(?:\s?/\s?| năm )?(?P<year2>(?:19|20)\d\d)?(?!\d)",
    "since_year": rf"từ (?:đầu năm|tháng (?:0?1|giêng)(?:(?:/| năm )(?=(?:19|20)\d\d))?)(?: ?{YEAR}| nay| này)?(?: (?:đến|tới) (?:hết )?(?:thời điểm )?(?:nay|này|hiện nay|báo cáo|tháng \d{{1,2}}|ngày \d{{1,2}}[/ ][^,.;:()]{{0,16}}))?",
    "years": rf"(?P<whole>cả |trong cả |chung cả |toàn )?năm(?: {YEAR}(?!\s?[-–—]\s?(?:19|20)\d\d)| (?P<word>nay|này|trước|ngoái|qua|tới|sau|liền trước)(?!\w))|cả năm(?!\w)",
    "span": r"(?:giai đoạn|thời kỳ|nhiệm kỳ)\s(?:19|20)\d\d\s?[-–—]\s?(?:19|20)\d\d",
    "year_end": r"(?:hết|cuối) năm(?: nay)?(?! ?\d)(?! (?:trước|ngoái))",
    "several": r"(?:(?:trong|sau|qua|suốt)(?: vòng| gần| hơn)? )?(?:\d{1,2}|hai|ba|bốn|năm|sáu|mười|nhiều|các|những) năm(?: (?:qua|gần đây|trở lại đây|liền|liên tiếp|vừa qua))|"
    r"(?:trong|sau|suốt|qua)(?: vòng| gần| hơn)? (?:\d{1,2}|hai|ba|bốn|năm|sáu|mười|nhiều|các) năm(?! (?:19|20)\d\d(?![.\d]))(?!\w)|(?:hai|ba|các) năm(?= (?:19|20)\d\d)|"
    r"(?:(?:từ đầu|trong|cả|suốt|toàn|đầu) )+nhiệm kỳ(?: này)?|(?:trong )?(?:toàn|cả|suốt|trong) giai đoạn(?! (?:19|20)\d\d)|từ (?:năm )?(?:19|20)\d\d (?:đến|tới) nay|(?:(?:trong|suốt|qua|cả) )+(?:thời kỳ|chặng đường|chu kỳ|thập kỷ|thập niên)|năm học(?: (?:19|20)\d\d\s?[-–—]\s?(?:19|20)\d\d)?",
    "to_date": r"(?:lũy|luỹ) (?:kế|tiến)(?! (?:cả |trong |của )?(?:\d{1,2} tháng|sáu tháng|nửa|từ đầu năm|từ tháng|năm|quý)(?!\w))(?: (?:tới|đến)(?: hết)?(?: nay| cùng ngày)?)?|cộng dồn|tích (?:lũy|luỹ)|từ trước (?:đến|tới) nay|(?:tính từ|kể từ|từ khi|từ lúc|từ ngày|từ đầu)(?= (?:khi|lúc|đầu|ngày|phát|đợt|chiến|triển|thành|bắt|vận|mở|ra))[^,.;:()\d]{0,40}(?:(?:đến|tới) nay)?",
    "now": r"(?:nửa năm|(?:0?6|sáu) tháng) (?:vừa )?qua|(?<!thực )(?<!phát )(?<!thể )(?<!xuất )hiện(?: nay| có| tại)?|(?:đến|tới|cho đến) nay|(?<!năm )(?<!từ )nay(?! tăng)|(?:trong )?kỳ (?:này|báo cáo)|trong kỳ(?! (?:tới|sau|tiếp|kế|trước|liền|ngoái))|lên|xuống",
    "earlier": r"(?:một năm|kỳ|quý|tháng|tuần|lần|nửa năm|năm) (?:liền )?(?:trước|ngoái)(?: (?:đó|đây))?|trước (?:đó|đây)|trước (?:khi|lúc)(?: [^\W\d_]+){1,2}|trước (?:sáp nhập|sắp xếp|hợp nhất)|cách đây [^\W_]+ (?:năm|tháng)|(?<!trong )(?<!từ )đầu kỳ|trước năm (?:19|20)\d\d|hồi (?:đầu|giữa|cuối) năm|(?:hồi )?(?<!từ )(?:đầu|giữa) năm(?! nay| \d)",
    "later": r"(?:kỳ|thời gian|năm|tháng|quý|tuần|giai đoạn|nửa năm) (?:tới|sau|tiếp theo|kế tiếp)|sắp tới|tới đây|từ nay (?:về sau|trở đi)|về sau|mai sau|rồi đây",
    "short": r"(?:trong|sau|chỉ|tính)(?: vòng| riêng)? (?:một|nửa) (?:tháng|tuần)|(?:trong|sau|chỉ|vòng) (?:\d{1,2}|hai|ba|mấy) (?:tuần|tiếng)|(?:trong|sau|vòng) (?:[5-9]|[1-9]\d|mười) ngày|"
    r"(?:trong|riêng|đợt|dịp) (?:đợt|dịp|cao điểm|tuần lễ)(?: (?:cao điểm|\d|Tết))?|(?:trong|riêng|chỉ|tính) (?:tháng|tuần|ngày|quý)(?: (?:này|qua|vừa qua))?(?! \d| I|\w)|(?:tháng|tuần|ngày|quý) (?:qua|vừa qua)|(?:vào|trong) (?:những|mấy) (?:ngày|tuần|tháng|phiên)(?: cao điểm| đầu| cuối)?",
}
COMPILED = {name: re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.IGNORECASE) for name, form in FORMS.items()}
UPTO = re.compile(
    r"(?<!\w)(?:đến|tới|hết|cuối|giữa|thời điểm|trước|chốt|dịp|tính (?:tại|vào))(?: (?:hết|vào|cuối|đầu|giữa|ngày|thời điểm|năm|tháng))*\s$",
    re.IGNORECASE,
)
MIDDLE, OPENING = re.compile(r"giữa\s$", re.IGNORECASE), re.compile(r"(?<!từ )đầu\s$", re.IGNORECASE)
SINCE = re.compile(r"(?<!\w)(?:kể từ|từ|sau|tính từ)(?: (?:ngày|đầu|năm|sau|tháng|hết))*\s$", re.IGNORECASE)
COMPARED = re.compile(
    r"(?:(?<!\w)(?:so với|so|hơn|kém|bằng|như|tăng|giảm|vượt|thay vì|thay cho|gấp|sau)|%)"
    r"\s(?:(?:con số|mức|số|của|lần|đôi|thời điểm|cuối|hết|kết quả|chỉ tiêu)\s)*$",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"(?<!\w)(?<!sở )(?:kế hoạch|chương trình|đề án|dự án|quyết định|nghị quyết|luật|chỉ số|cuộc thi|hội thi|giải (?:thưởng|nhất|nhì|ba|báo chí)|lễ hội|lễ|"
    r"ngày hội|tuần lễ|tuần|vụ (?:vải|mùa|hè|đông|xuân|thu|chiêm)|phong trào|chiến dịch|đại hội|danh mục|dự toán|quy hoạch|chiến lược|hội chợ|xếp hạng|"
    r"sắp xếp|sáp nhập|hợp nhất|bộ tiêu chí|nghị định|thông tư|upu lần thứ \d+)(?:\s[^\W\d_,.;:()]+){0,8}\s?\(?$",
    re.IGNORECASE,
)
COUNTED = re.compile(r"(?<![\d/.])\d[\d.]*\s$")
DURATION = re.compile(r"(?<!\w)(?:vòng|hạn|kéo dài|mỗi|từng|sau|một|cứ|thời gian|trên|hằng|hàng)\s$", re.IGNORECASE)


def _months(count, part, year):
    first = 13 - count if part == "cuối" else 1
    return _span(year, first, first + count - 1)


def _span(year, first, last):
    """Return the first and the last day of some months of a year, or None."""
    if not (1 <= first <= last <= 12 and 1900 < year < 2100):
        return None
    behind = date(year + (last == 12), last % 12 + 1, 1)
    return date(year, first, 1), behind - timedelta(days=1)


def expressions(text, period=None):
    """Return the expressions of time in a text, in order.

    Examples
    --------
    >>> from bgdata.notation import Period
    >>> from bgdata.notation.periods import Period
    >>> found = expressions("Năm 2024 đạt 30 tỷ, so với cùng kỳ; tháng 10 có 5 lớp.", Period.parse("2024-S2"))
    >>> [(one.time.value, one.use) for one in found]
    [('wider', ''), ('earlier', 'base'), ('narrower', '')]
    """
    found = []
    for form, pattern in COMPILED.items():
        found += [(match.start(), -match.end(), form, match) for match in pattern.finditer(text)]
    kept, behind, since = [], 0, None
    for start, end, form, match in sorted(found, key=lambda one: one[:2]):
        if start < behind:
            continue
        one, since = _expression(text, form, match, period, since)
        if one:
            kept.append(one)
            behind = -end
    return kept


def _expression(text, form, match, period, since):
    """Read one expression; `since` is the day that a span begins which the words before have opened."""
    start, end = match.span()
    before = text[max(0, start - 90) : start]
    use = "base" if COMPARED.search(before) or form == "same" and before.endswith("với ") else ""
    bracketed = before[-1:] != "(" or text[end : end + 1] == ")"
    if form in ("years", "span", "half", "quarter") and not use and bracketed and _named(before):
        use = "name"
    fixed = {"now": Time.NOW, "to_date": Time.TO_DATE, "earlier": Time.EARLIER, "later": Time.LATER}
    fixed |= {"span": Time.WIDER, "several": Time.WIDER}
    if form == "now":
        soft = match[0].lower().split()[0] in ("lên", "xuống", "đến", "tới", "cho")
        return Expression(start, end, Time.NOW, soft=soft), None
    if form == "year_end":
        ends = not period or period.end.month == 12
        return Expression(start, end, Time.NOW if ends else Time.LATER, use, soft=ends), None
    if form in fixed:
        return Expression(start, end, fixed[form], use, soft=form == "to_date"), None
    if form == "same":
        year = match["year"]
        before_us = not year or (period and int(year) == period.year - 1)
        return Expression(start, end, Time.EARLIER, use, year_before=bool(before_us)), None
    if form == "short":
        return Expression(start, end, Time.NARROWER, use), None
    if form == "since_year":
        year = match["year"]
        ours = period and period.start.month == 1 and (not year or int(year) == period.year)
        return Expression(start, end, Time.NOW if ours else Time.WIDER, use), None
    days = _days(form, match, period)
    if days is None or (form == "months" and DURATION.search(before)):
        return _relative(form, match, use), None
    return _dated(days, form, match, before, use, period, since)


def _named(before):
    """Tell whether a time is part of a name ("kế hoạch năm 2024"), and not when so many were made ("10 kế hoạch năm 2024")."""
    named = NAMED.search(before)
    return bool(named) and not COUNTED.search(before[: named.start()])


def _relative(form, match, use):
    """Return what an expression says without a calendar: "năm trước" is earlier whatever the period."""
    groups = match.groupdict()
    if groups.get("word") in ("trước", "ngoái", "liền trước") or groups.get("gone") == "trước":
        return Expression(*match.span(), Time.EARLIER, use)
    return None


def _days(form, match, period):
    """Return the first and last day that an expression names, or None where it takes a period to know."""
    groups = match.groupdict()
    if not period:
        return None
    word = groups.get("word")
    shift = {"trước": -1, "ngoái": -1, "liền trước": -1, "qua": 0, "tới": 1, "sau": 1}.get(word, 0)
    year = int(groups.get("year") or groups.get("year2") or period.year + shift)
    if form == "half":
        return _span(year, *((1, 6) if groups["half"].lower() == "đầu" else (7, 12)))
    if form == "quarter":
        number = ROMAN.get(groups["quarter"].lower()) or int(groups["quarter"])
        return _span(year, number * 3 - 2, number * 3)
    if form == "months":
        count = COUNTS.get(groups["count"].lower()) or int(groups["count"])
        if groups["gone"] == "trước" or not groups["part"] and word in ("trước", "liền trước") or not 2 <= count <= 12:
            return None
        length = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
        if not groups["part"] and not groups["year"] and count == length:
            return period.start, period.end
        return _months(count, groups["part"], year)
    if form == "month":
        number = {"giêng": 1, "chạp": 12}.get(groups["month"].lower()) or int(groups["month"])
        return _span(year, number, number)
    if form == "date":
        return day_of(groups.get("day") or groups.get("day2"), groups.get("month") or groups.get("month2"), year)
    return _span(year, 1, 12)


def day_of(day, month, year):
    try:
        told = date(year, int(month), int(day))
    except ValueError:
        return None
    return told, told


def _dated(days, form, match, before, use, period, since):
    """Hold the days of an expression against the period."""
    start, end = match.span()
    first, last = days
    if since and re.search(r"(?:đến|tới|[-–—])\s?(?:hết )?(?:ngày )?$", before):
        return Expression(start, end, _held(since, last, period), use), None
    if SINCE.search(before) and form != "half":
        opened = _since(first if not before.endswith("sau ") else last, period)
        return Expression(start, end, opened, use), first
    if (
        UPTO.search(before)
        and form != "months"
        and not match.groupdict().get("whole")
        or (form == "date" and not use and before[-1:] in "(|")
    ):
        day = date(last.year, 6, 30) if MIDDLE.search(before) and form == "years" else last
        day = first if OPENING.search(before) else day
        time = Time.EARLIER if day < period.start else Time.LATER if day > period.end else Time.NOW
        return Expression(start, end, time, use, soft=True), None
    if OPENING.search(before) and form == "years":
        return Expression(start, end, Time.EARLIER, use), None
    if form == "date":
        return None, None
    same = days == (period.year_before().start, period.year_before().end)
    return Expression(start, end, _held(first, last, period), use, year_before=same), None


def _since(first, period):
    if first == period.start:
        return Time.NOW
    return Time.WIDER if first < period.start else Time.NARROWER if first <= period.end else Time.LATER


def _held(first, last, period):
    if last < period.start:
        return Time.EARLIER
    if first > period.end:
        return Time.LATER
    if first == period.start and last >= period.end - timedelta(days=45) and last <= period.end:
        return Time.NOW
    return Time.WIDER if first < period.start or last > period.end else Time.NARROWER
