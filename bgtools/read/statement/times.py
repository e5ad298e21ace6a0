"""Tell what time a numeral speaks of: the report's own, a wider, narrower, earlier or later one.

The period of the title is the default; the expression of time that stands nearest overrides it. What a number is only
compared with is its base, not its time.
"""

import re
from bisect import bisect_left, bisect_right

from bgtools.read.statement.timewords import Time, day_of, expressions

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
COUNTED = re.compile(
    r"(?:\s?%)?(?:\s[^\W\d_]+){0,4},?\s\(?(?:tính|chốt|cập nhật|số liệu|thống kê)(?:\s(?:số|chốt|tại|đến|tới|dịp|vào|của|cho|trong|hết|ngày|thời điểm))*\s$",
    re.IGNORECASE,
)
BESIDE = re.compile(
    rf"\s(?:(?:{ABOUT}|là|đạt|có|ước|được|ước tính|không|quá|đầy|chưa|trở|lên|tới|đến)\s)*[≥>≤<~≈]?\s?", re.IGNORECASE
)
AS_OF = re.compile(
    r"(?<!\w)(?:đến|tới)\s+(?:hết\s+)?(?:ngày\s+)?(?P<day>\d{1,2})\s?/\s?(?P<month>\d{1,2})(?:\s?/\s?(?P<year>\d{4}))?(?!\d)",
    re.IGNORECASE,
)
QUALIFIES = re.compile(r"\s*\)\s?[:=]\s*")  # "số cuộc (6 tháng 2023): 12"
REACH = 240  # characters that are looked back for what says when
MOST = 12  # expressions of time that are looked back over
SPAN = re.compile(r"(?:giai đoạn )?(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d", re.IGNORECASE)


class Clock:
    """Tells what time each numeral of a passage speaks of.

    Parameters
    ----------
    text : str
    period : Period, optional
    lead : str
        What leads to the passage, or what it is a note to; its last sentence counts where the passage says nothing.
    headings : sequence of str
        Those above the passage, outermost first; the innermost that names a time counts where nothing else does.
    """

    def __init__(self, text, period=None, lead="", headings=()):
        self.text, self.period = text, period
        self.found = expressions(text, period)
        self.starts = [one.start for one in self.found]
        self.stops = [match.end() for match in STOP.finditer(text)]
        self.brackets = _brackets(text)
        self.default, self.headed = _led(lead, period), headed(headings, period)

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
        found = behind.time if behind and behind.time != Time.NOW else self._before(start)
        return self.headed if found == Time.NOW else found

    def _behind(self, start, end):
        """Return the expression right behind a numeral that says when: "20 vụ của cùng kỳ", "5 lớp (tháng 10)"."""
        place = bisect_left(self.starts, end)
        if place == len(self.found) or self.found[place].start - end > 60:
            return None
        one = self.found[place]
        between = self.text[end : one.start]
        if one.use == "base" or one.time == Time.NOW and one.soft:
            return None
        if COUNTED.fullmatch(between):
            return one
        if not BEHIND.fullmatch(between):
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
            return one if self.text[one.end : one.end + 1] == ")" else None
        return one if not one.use or re.search(r"\s(?:của|hồi|trong|vào)\s$", between) else None

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
        if not before or before.time not in times or before.use:
            return False
        between = self.text[before.end : self.found[back].start]
        return len(between) < 30 and not re.search(r"\d|;", between)

    def _governs(self, one, start, opened):
        between = self.text[one.end : start]
        if one.use and one.time != Time.NOW and BESIDE.fullmatch(between):
            return one.use == "name" or one.time != Time.EARLIER
        if not one.use and QUALIFIES.fullmatch(between):
            return True
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
                r"(?:^\W*|[.;:(!?]\s*|(?<!\w)(?:trong khi|nhưng)\s)(?:(?:so sánh|đối chiếu|tham khảo|theo|số liệu|thống kê|báo cáo|nếu|tính|chung|lũy kế|con số|số|mức|tỷ lệ|chỉ tiêu|tại|vào|ở|trong|của|riêng|cả|đến|tới|hết|cuối|đầu|giữa|trước|tính đến)\W*)*$",
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
        >>> from bgdata.notation.periods import Period
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


def headed(headings, period):
    """Return the time that the innermost heading says which says any; none where it says several.

    Examples
    --------
    >>> from bgdata.notation import Period
    >>> period = Period.parse("2024-S2")
    >>> headed(["II. Công tác 6 tháng đầu năm 2025", "1. Bưu chính"], period)
    <Time.LATER: 'later'>
    >>> headed(["Kết quả 6 tháng cuối năm 2024; nhiệm vụ năm 2025"], period)
    <Time.NOW: 'now'>
    """
    for heading in reversed(headings):
        heading = SPAN.sub("", heading)  # a programme is called so
        said = {one.time for one in expressions(heading, period) if one.use == "" and not one.soft}
        if said:
            return said.pop() if len(said) == 1 else Time.NOW
    return Time.NOW


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
    >>> from bgdata.notation.periods import Period
    >>> as_of("Tính đến hết ngày 15/11, có 12 xã.", 29, Period.parse("2024-S2"))
    datetime.date(2024, 11, 15)
    """
    found = list(AS_OF.finditer(re.split(r"[.;]\s", text[max(0, start - 600) : start])[-1]))
    if not found:
        return None
    day, month, year = (int(found[-1][name] or period.year) for name in ("day", "month", "year"))
    told = day_of(day, month, year)
    return told[0] if told and period.start <= told[0] <= period.end else None
