"""Tell what time a numeral speaks of: the report's own, a wider, narrower, earlier or later one.

The period of the title is the default; the expression of time that stands nearest overrides it. A name that holds a
year (a plan of 2024) says no time, and what a number is only compared with is its base, not its time.
"""

import re
from bisect import bisect_left, bisect_right
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
    "several": r"(?:trong|sau|qua|suốt)? ?(?:\d{1,2}|hai|ba|bốn|năm|sáu|mười|nhiều|các|những) năm(?: (?:qua|gần đây|trở lại đây|liền|liên tiếp|vừa qua))|trong (?:\d{1,2}|hai|ba|bốn|năm|sáu|mười) năm(?!\w)",
    "to_date": r"(?:lũy|luỹ) (?:kế|tiến)(?: (?:tới|đến)(?: hết)?(?: nay| cùng ngày)?)?|cộng dồn|tích (?:lũy|luỹ)|từ trước (?:đến|tới) nay|(?:tính từ|kể từ|từ khi|từ lúc|từ ngày|từ đầu)(?= (?:khi|lúc|đầu|ngày|phát|đợt|chiến|triển|thành|bắt|vận|mở|ra))[^,.;:()\d]{0,40}(?:(?:đến|tới) nay)?",
    "now": r"(?:nửa năm|(?:0?6|sáu) tháng) (?:vừa )?qua|hiện(?: nay| có| tại)?|(?:đến|tới|cho đến) nay|(?<!năm )(?<!từ )nay(?! tăng)|(?:trong )?kỳ (?:này|báo cáo)|trong kỳ|lên|xuống",
    "earlier": r"(?:một năm|kỳ|quý|tháng|tuần|lần|nửa năm|năm) (?:liền )?(?:trước|ngoái)(?: (?:đó|đây))?|trước (?:đó|đây)|hồi (?:đầu|giữa|cuối) năm|(?:hồi )?(?<!từ )(?:đầu|giữa) năm(?! nay| \d)",
    "later": r"(?:kỳ|thời gian|năm|tháng|quý|tuần|giai đoạn|nửa năm) (?:tới|sau|tiếp theo|kế tiếp)|sắp tới|tới đây",
    "short": r"(?:trong|riêng|chỉ|tính) (?:tháng|tuần|ngày|quý)(?: (?:này|qua|vừa qua))?(?! \d| I|\w)|(?:tháng|tuần|ngày|quý) (?:qua|vừa qua)",
}
COMPILED = {name: re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.IGNORECASE) for name, form in FORMS.items()}
UPTO = re.compile(
    r"(?<!\w)(?:đến|tới|hết|cuối|giữa|thời điểm|trước)(?: (?:hết|cuối|đầu|giữa|ngày|thời điểm|năm|tháng))*\s$",
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
    r"bộ tiêu chí|nghị định|thông tư|upu lần thứ \d+)(?:\s[^\W\d_,.;:()]+){0,8}\s?\(?$",
    re.IGNORECASE,
)
DURATION = re.compile(r"(?<!\w)(?:vòng|hạn|kéo dài|mỗi|từng|sau|một|cứ|thời gian|trên|hằng|hàng)\s$", re.IGNORECASE)
STOP = re.compile(r"[.;!?](?=\s)")
ABOUT = r"(?:hơn|trên|gần|khoảng|xấp xỉ|chưa đến|dưới)"
AGAINST = re.compile(
    rf"(?<!\w)(?:so với|so|thay vì|thay cho|hơn (?:con số|mức)|kém (?:con số|mức)|từ mức)\s+(?:con số |mức |số )?"
    rf"(?:{ABOUT}\s+)?$",
    re.IGNORECASE,
)
FROM = re.compile(rf"(?<!\w)từ\s+(?:mức |con số )?(?:{ABOUT}\s+)?$", re.IGNORECASE)
TO = re.compile(r"[^.;]{0,40}?\s(?:lên|xuống|còn)(?!\w)", re.IGNORECASE)
BEHIND = re.compile(
    r"(?:\s?%)?(?:\s(?!(?:so|với|hơn|bằng|tăng|giảm|từ|sau|theo|và|trước|cùng)(?!\w))[^\W\d_]+){0,6}\s(?:\(\s?)?(?:(?:của|hồi|trong|vào|ở|tại|cho|cả)\s)?$",
    re.IGNORECASE,
)
BESIDE = re.compile(
    rf"\s(?:(?:{ABOUT}|là|đạt|có|ước|được|ước tính|không|quá|đầy|chưa|trở|lên|tới|đến)\s)*[≥>≤<~≈]?\s?", re.IGNORECASE
)
AS_OF = re.compile(
    r"(?<!\w)(?:đến|tới)\s+(?:hết\s+)?(?:ngày\s+)?(?P<day>\d{1,2})\s?/\s?(?P<month>\d{1,2})(?:\s?/\s?(?P<year>\d{4}))?(?!\d)",
    re.IGNORECASE,
)
REACH = 240  # characters that are looked back for what says when
MOST = 12  # expressions of time that are looked back over


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
    if form in ("years", "span", "half", "quarter") and not use and bracketed and NAMED.search(before):
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
        if groups["gone"] == "trước" or not 2 <= count <= 12:
            return None
        length = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
        if not groups["part"] and not groups["year"] and count == length:
            return period.start, period.end
        return _months(count, groups["part"], year)
    if form == "month":
        number = {"giêng": 1, "chạp": 12}.get(groups["month"].lower()) or int(groups["month"])
        return _span(year, number, number)
    if form == "date":
        return _day(groups.get("day") or groups.get("day2"), groups.get("month") or groups.get("month2"), year)
    return _span(year, 1, 12)


def _day(day, month, year):
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


class Clock:
    """Tells what time each numeral of a passage speaks of.

    Parameters
    ----------
    text : str
    period : Period, optional
    lead : str
        What leads to the passage, or what it is a note to; its last sentence counts where the passage says nothing.
    """

    def __init__(self, text, period=None, lead=""):
        self.text, self.period = text, period
        self.found = expressions(text, period)
        self.starts = [one.start for one in self.found]
        self.stops = [match.end() for match in STOP.finditer(text)]
        self.brackets = _brackets(text)
        self.default = _led(lead, period)

    def of(self, start, end):
        """Return the time of the numeral that stands there.

        Examples
        --------
        >>> text = "Có 15 lớp (cùng kỳ là 12 lớp), tăng từ 30 lên 45 học viên; bằng 105% so với cùng kỳ."
        >>> clock = Clock(text)
        >>> [match[0] for match in re.finditer("[0-9]+", text) if clock.of(*match.span()) == Time.EARLIER]
        ['12', '30']
        """
        before, after = self.text[max(0, start - 60) : start], self.text[end : end + 80]
        if AGAINST.search(before) or (FROM.search(before) and TO.match(after)):
            return Time.EARLIER
        behind = self._behind(start, end)
        return behind.time if behind and behind.time != Time.NOW else self._before(start)

    def _behind(self, start, end):
        """Return the expression right behind a numeral that says when: "20 vụ của cùng kỳ", "5 lớp (tháng 10)"."""
        place = bisect_left(self.starts, end)
        if place == len(self.found) or self.found[place].start - end > 60:
            return None
        one = self.found[place]
        between = self.text[end : one.start]
        if one.use == "base" or one.time == Time.NOW and one.soft or not BEHIND.fullmatch(between):
            return None
        if one.time == Time.NOW and one.soft is False and self.text[one.start : one.end].lower() in ("hiện", "nay"):
            return None
        if (
            between.lstrip().startswith("%")
            and one.time == Time.EARLIER
            and not re.search(r"\((?:\s)?$|của|hồi|vào", between)
        ):
            return None
        if "(" in between:
            return one if self.text[one.end : one.end + 1] == ")" and one.use != "name" else None
        return one if one.use == "" else None

    def _before(self, start):
        sentence = self._sentence(start)
        opened = self._open(start)
        place = bisect_right(self.starts, start - 1) - 1
        for back in range(place, max(-1, place - MOST), -1):
            one = self.found[back]
            if one.start < sentence or start - one.end > REACH:
                break
            if self._governs(one, start, opened):
                if one.soft and one.time != Time.EARLIER and self._since_before(back):
                    continue
                return one.time
        leading = self._leading(sentence, start)
        return leading or (self.default if sentence == 0 or not self.stops else Time.NOW)

    def _since_before(self, back):
        """Tell whether words right before "đến 31/5" say since when it is counted."""
        before = self.found[back - 1] if back else None
        times = (Time.TO_DATE, Time.WIDER, Time.EARLIER) if self.found[back].time == Time.NOW else (Time.EARLIER,)
        return bool(before and before.time in times and before.use == "" and self.found[back].start - before.end < 30)

    def _governs(self, one, start, opened):
        between = self.text[one.end : start]
        if one.use and one.time != Time.NOW and BESIDE.fullmatch(between):
            return one.use == "name" or one.time != Time.EARLIER
        if one.use == "name" or (one.start < start and not set(self._open(one.start)) <= set(opened)):
            return False
        inside = re.fullmatch(rf"\s*\(\s*(?:{ABOUT}\s+)?", between)
        if one.use == "base":
            return bool(inside)
        if self._open(one.start) != opened:
            return bool(inside) or one.time in (Time.WIDER, Time.NARROWER, Time.TO_DATE, Time.LATER)
        if self._belongs_before(one):
            return False
        if one.time in (Time.NOW, Time.WIDER, Time.TO_DATE):
            return one.time != Time.WIDER or ";" not in between
        parted = "," in between or ";" in between
        return not parted or ";" not in between and self._opens(one)

    def _opens(self, one):
        """Tell whether an expression opens its sentence, clause or bracket, so that more than one number is of it."""
        before = self.text[max(0, one.start - 60) : one.start]
        return bool(
            re.search(
                r"(?:^|[.;(!?]\s*|(?<!\w)(?:trong khi|nhưng)\s)(?:(?:so sánh|đối chiếu|tham khảo|nếu|tính|chung|lũy kế|con số|số|mức|tỷ lệ|chỉ tiêu|tại|vào|ở|trong|của|riêng|cả|đến|tới|hết|cuối|đầu|giữa|trước|tính đến)\W*)*$",
                before,
                re.IGNORECASE,
            )
        ) and (one.start < 60 or len(before) == 60)

    def _belongs_before(self, one):
        """Tell whether an expression says when of the number before it: "20 vụ của cùng kỳ"."""
        piece = self.text[max(0, one.start - 60) : one.start]
        number = re.search(r"\d[^\d]*$", piece)
        if not number or one.time == Time.NOW:
            return False
        closed = self.text[one.end : one.end + 1] == ")"
        link = r"(?:của|hồi|\()" if closed else r"(?:của|hồi)"
        return bool(re.fullmatch(rf"\d(?:\s?%)?(?:\s[^\W\d_]+){{0,4}}\s{link}\s?", number[0]))

    def _leading(self, sentence, start):
        """Return the time that opens the sentence, however long it is."""
        place = bisect_left(self.starts, sentence)
        if place < len(self.found):
            one = self.found[place]
            opens = one.end <= start and one.start - sentence < 24 and one.use == ""
            if opens and one.time in (Time.WIDER, Time.NARROWER) and not self._now_between(place, start):
                return one.time
        return None

    def _now_between(self, place, start):
        last = bisect_right(self.starts, start - 1)
        return any(
            one.time == Time.NOW and one.use == "" and not one.soft
            for one in self.found[place + 1 : min(last, place + 1 + MOST)]
        )

    def _sentence(self, start):
        place = bisect_right(self.stops, start)
        return self.stops[place - 1] if place else 0

    def _open(self, start):
        """Return where the brackets begin that a place stands in."""
        places, stacks = self.brackets
        return stacks[bisect_right(places, start) - 1]

    def base(self, start, end):
        """Return what a ratio or a growth is held against: "year", "other" or "" where nothing is said.

        Examples
        --------
        >>> from bgdata.notation import Period
        >>> clock = Clock("tăng 5% so với quý I", Period.parse("2024-S2"))
        >>> clock.base(5, 7)
        'other'
        """
        behind = re.split(r"[;.)](?=\s|$)|,\s|\svà\s(?=tăng|giảm|bằng|đạt)|(?<=\S.)\s\(", self.text[end : end + 110])[0]
        place = bisect_left(self.starts, end)
        if place < len(self.found) and self.found[place].start < end + len(behind):
            one = self.found[place]
            if one.time != Time.NOW:
                return "year" if one.year_before else "other"
        if re.search(r"(?<!\w)(?:so với|so|hơn|kế hoạch|dự toán|chỉ tiêu|mục tiêu)(?!\w)", behind, re.IGNORECASE):
            return "other"
        sentence = self._sentence(start)
        for one in reversed(self.found[max(0, place - MOST) : place]):
            if one.start < sentence or start - one.end > 160:
                break
            if one.time == Time.EARLIER:
                return "year" if one.year_before else "other"
        return ""


def _led(lead, period):
    """Return the time that the words say which lead to a passage."""
    lead = lead[-300:]
    stops = [match.end() for match in STOP.finditer(lead.rstrip(" .;"))]
    last = lead[stops[-1] if stops else 0 :]
    said = [one for one in expressions(last, period) if one.use == "" and not one.soft]
    if not said or said[-1].time in (Time.EARLIER, Time.NOW):
        return Time.NOW
    return said[-1].time


def _brackets(text):
    """Return places, and the brackets (where they begin) that are open from each on; at most four deep."""
    places, stacks, stack = [-1], [()], ()
    for match in re.finditer(r"[()]", text):
        stack = (*stack, match.start())[-4:] if match[0] == "(" else stack[:-1]
        places.append(match.start())
        stacks.append(stack)
    return places, stacks


def as_of(text, start, period):
    """Return the date that a numeral is counted up to, as its own sentence says, or None.

    Examples
    --------
    >>> from bgdata.notation import Period
    >>> as_of("Tính đến hết ngày 15/11, có 12 xã.", 29, Period.parse("2024-S2"))
    datetime.date(2024, 11, 15)
    """
    found = list(AS_OF.finditer(re.split(r"[.;]\s", text[max(0, start - 600) : start])[-1]))
    if not found:
        return None
    day, month, year = (int(found[-1][name] or period.year) for name in ("day", "month", "year"))
    told = _day(day, month, year)
    return told[0] if told and period.start <= told[0] <= period.end else None
