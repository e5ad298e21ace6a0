"""Find years and periods that are left over from another report.

What a report may name: its own period, the next one where it plans, the year before where it compares. A date of a
document or a law is its own business. Only names of time are looked at here, never numbers.
"""

import re

from bgdata.voice import Message
from bgtools.word.checks.expected import label
from bgtools.word.checks.remarks import ASK, WRONG, Remark
from bgtools.word.manuscript import HALF, periods_in

SAME = re.compile(
    r"cùng\s+(?:kỳ|thời điểm|thời gian|giai đoạn)(?:\s+của)?\s+(?:năm\s+)?(?P<year>20\d\d)", re.IGNORECASE
)
UNTIL = re.compile(
    r"(?<!\w)(?:(?:tính\s+)?(?:đến|tới)(?:\s+(?:hết|nay|cuối|thời điểm|ngày|tháng|quý|năm))*)\s*(?:\([^)]*)?$",
    re.IGNORECASE,
)
DATE = re.compile(
    r"(?<![\d/.-])(?:(?:ngày\s+)?(?P<day>\d{1,2})\s?(?:[/.-]|\s+tháng\s+))?(?:tháng\s+)?(?P<month>\d{1,2})\s?(?:[/.-]|\s+năm\s+)(?P<year>20\d\d)(?![\d/-])",
    re.IGNORECASE,
)
COMPARED = re.compile(
    r"(?<!\w)(?:cùng kỳ|so với|so|so sánh|cùng thời điểm|năm trước|kỳ trước|từ|kể từ|sau|giai đoạn|trước)(?!\w)",
    re.IGNORECASE,
)
DOCUMENT = re.compile(
    r"quyết định|nghị quyết|nghị định|thông tư|chỉ thị|kế hoạch|công văn|luật|văn bản|đề án|hướng dẫn|thông báo|tờ trình|"
    r"báo cáo|công điện|kết luận|quy định|quy chế|chương trình|giai đoạn|số:?\s*\d|/[A-ZĐ]{2}",
    re.IGNORECASE,
)
IN_FRONT = re.compile(r"công văn|kế hoạch số|quyết định|nghị quyết|thông tư|chỉ thị", re.IGNORECASE)
PLANS = re.compile(
    r"phương hướng|định hướng|nhiệm vụ(?! (?:được|đã))|kỳ tới|thời gian tới|trọng tâm|phải làm|giải pháp|dự kiến|kế hoạch công tác",
    re.IGNORECASE,
)
RESULTS = re.compile(r"kết quả|tình hình|đánh giá|sơ kết|tổng kết", re.IGNORECASE)
BARE_HALF = re.compile(r"(?<!\w)(?:0?6|sáu)\s+tháng\s+(?P<half>đầu|cuối)\s+năm(?!\s+20\d\d)", re.IGNORECASE)
SIGNED = re.compile(r",\s*ngày\s+[\d.…\s]*tháng\s+[\d.…\s]*năm\s+(?P<year>20\d\d)", re.IGNORECASE)


def leftovers(manuscript):
    """Return the remarks on years and periods that this report has no reason to name.

    Parameters
    ----------
    manuscript : Manuscript
        With a period.
    """
    remarks, period = [], manuscript.period
    for index, passage in enumerate(manuscript.reading.passages):
        for check in (_periods, _halves, _same_time, _dates, _signed):
            remarks += [
                Remark("period", index, start, end, passage.text[start:end], why, expected, grade=grade)
                for start, end, why, expected, grade in check(passage, period)
            ]
    return remarks


def _planned(passage, before):
    """Tell whether a place speaks of what comes: in the part of plans, or behind such a word in the title."""
    part = passage.headings[0] if passage.headings else ""
    if PLANS.search(part) and not RESULTS.search(part):
        return True
    clause = re.split(r"[,;]", before)[-1]
    return bool(PLANS.search(clause)) and not RESULTS.search(clause)


def _periods(passage, period):
    """Half-years and quarters with their year."""
    for match, named in periods_in(passage.text):
        before = passage.text[: match.start()]
        if (
            named.freq != period.freq
            or named.freq in "AM"
            or (DOCUMENT if passage.section else IN_FRONT).search(before[-60:])
            and not PLANS.search(before[-60:])
        ):
            continue
        planned = _planned(passage, before)
        compared = _compared(before)
        allowed = {period, period.shifted(1)} | ({period.year_before(), period.previous()} if compared else set())
        if named not in allowed:
            right = period.shifted(1) if planned else period.year_before() if compared else period
            why = Message("The draft names {printed}; expected is {expected}.", printed=match[0], expected=label(right))
            yield (*match.span(), why, relabelled(match[0], right), WRONG)


def _compared(before):
    """Tell whether a place names a time to compare with: behind such words, or in brackets."""
    return bool(COMPARED.search(before[-40:])) or before.rfind("(") > before.rfind(")")


def relabelled(printed, period):
    """Return the name of a period in the form that another one was printed in.

    Examples
    --------
    >>> from bgdata.notation import Period
    >>> relabelled("06 THÁNG ĐẦU NĂM 2024", Period.parse("2025-S2"))
    '06 THÁNG CUỐI NĂM 2025'
    """
    text = re.sub(r"20\d\d", str(period.year), printed)
    if period.freq != "S":
        return text
    half = ("đầu", "cuối")[period.index - 1]
    return re.sub(r"đầu|cuối", lambda found: half.upper() if found[0].isupper() else half, text, flags=re.IGNORECASE)


def _halves(passage, period):
    """Half-years without a year: "6 tháng đầu năm" in the report of the second half."""
    if period.freq != "S":
        return
    for match in BARE_HALF.finditer(passage.text):
        before = passage.text[: match.start()]
        index = 1 if match["half"].lower() == "đầu" else 2
        if index == period.index or _compared(before) or _planned(passage, before) or DOCUMENT.search(before[-40:]):
            continue
        heading = bool(passage.headings) and passage.text == passage.headings[-1] or not passage.section
        why = Message("The draft names {printed}; expected is {expected}.", printed=match[0], expected=label(period))
        yield (*match.span(), why, relabelled(match[0], period), WRONG if heading else ASK)


def _same_time(passage, period):
    """The year of "cùng kỳ năm ...": the one before the report's."""
    for match in SAME.finditer(passage.text):
        right = period.year - 1
        if int(match["year"]) != right:
            why = Message(
                "The same time a year before is that of {year}, not {printed}.", year=str(right), printed=match["year"]
            )
            yield (*match.span("year"), why, str(right), WRONG)


def _dates(passage, period):
    """Dates that a number is counted up to, and dates of a year that fit the report but for the year."""
    if not passage.section:
        return
    for match in DATE.finditer(passage.text):
        before, year, month = passage.text[: match.start()], int(match["year"]), int(match["month"])
        if not 1 <= month <= 12 or _same(match, passage.text) or DOCUMENT.search(BREAKS.split(before)[-1][-90:]):
            continue
        if year == period.year or _planned(passage, before):
            continue
        right, fits = period.year, period.start.month <= month <= period.end.month
        told = bool(UNTIL.search(before[-40:]))
        if told and year < right or fits and year == right - 1 and not _compared(before):
            why = Message(
                "The draft names the year {printed}; this report is about {period}.",
                printed=str(year),
                period=label(period),
            )
            yield (*match.span("year"), why, str(right), WRONG if fits or told else ASK)


BREAKS = re.compile(r"[.;](?=\s)")


def _same(match, text):
    return bool(HALF.match(text, match.start())) or bool(
        re.search(r"cùng\s+\w+\s+(?:năm\s+)?$", text[: match.start()], re.IGNORECASE)
    )


def _signed(passage, period):
    """The date that a report is signed on: in its last year, or the January behind it."""
    if passage.section:
        return
    for match in SIGNED.finditer(passage.text):
        if int(match["year"]) not in (period.end.year, period.end.year + (period.end.month == 12)):
            why = Message(
                "The draft is dated {printed}; this report is about {period}.",
                printed=match["year"],
                period=label(period),
            )
            yield (*match.span("year"), why, str(period.end.year), WRONG)
