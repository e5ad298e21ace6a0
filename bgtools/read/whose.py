"""Tell whose report a document is, and of which period: its letterhead and its title decide.

What is mentioned further below decides nothing; only where the front names no place is the place counted that the text
speaks of. A document without either is no other body's: what it does not say is said back as a notice.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date

from bgdata.notation import MONTHS, Period
from bgdata.voice import Message
from bgtools.read.persons import UPPER

TITLE = re.compile(r"\W*báo cáo(?! viên)\b", re.IGNORECASE)
BREAK = re.compile(r" \| | (?=BÁO CÁO\b)")
CAPITAL = f"[{UPPER}]"
WORD = rf"(?!(?i:sở|bộ|cộng|số|báo|về|kết|năm)\b){CAPITAL}\w*"  # not the beginning of what follows a place
NAME = rf"{WORD}(?: {WORD}){{0,2}}"
PLACED = re.compile(rf"(?<!\w)(?:(?i:tỉnh|thành phố|tp\.))\s?({NAME})")
DATED = re.compile(rf"(?<![\w/-])({NAME}),\s*(?i:ngày)")
SIGNED = re.compile(
    r"ngày\s*(?P<day>\d{0,2})\W*?(?:tháng\s*|/)(?P<month>\d{1,2})(?:\s*năm\s*|/)(?P<year>\d{4})", re.IGNORECASE
)
DISTRICT = r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|hđnd|hội đồng nhân dân)\s+(?:huyện|thị xã|quận|xã|phường|thị trấn|thành phố|tp)"
BODY = re.compile(
    rf"(?:bộ|sở|{DISTRICT}|huyện ủy|thành ủy|thị ủy|phòng|cục|tổng cục|chi cục|chính phủ|văn phòng chính phủ|"
    r"công ty|tổng công ty|tập đoàn|bưu điện|viễn thông|công an|hội|liên đoàn|trường|ban quản lý)(?!\w)[^|;:()]*",
    re.IGNORECASE,
)
MOTTO = re.compile(r"\s*(?:cộng h[oò][aà] xã hội|độc lập\s*[-–]).*", re.IGNORECASE)
NUMBERS = {"một": 1, "hai": 2, "ba": 3, "tư": 4, "sáu": 6, "chín": 9, "mười hai": 12}
NUMBERS |= {"i": 1, "ii": 2, "iii": 3, "iv": 4}
COUNT = r"\d{1,2}|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
YEAR = r"(?:\s*(?:của\s+)?(?:năm|/)\s*(?P<{}>\d{{4}}))"
SPAN = re.compile(
    rf"(?P<half>nửa)\s+(?P<which>đầu|cuối)\s+năm(?:\s+(?P<y0>\d{{4}}))?"
    rf"|(?P<months>{COUNT})\s+tháng(?:\s+(?P<end>đầu|cuối))?(?:\s+(?:của\s+)?năm(?:\s+(?P<y1>\d{{4}}))?)"
    rf"|quý\s+(?P<quarter>{COUNT})(?!\w){YEAR.format('y2')}?"
    rf"|tháng\s+(?P<month>\d{{1,2}}){YEAR.format('y3')}?"
    r"|năm\s+(?P<y4>\d{4})(?!\s*[-–]\s*\d{4})",
    re.IGNORECASE,
)
NO_SPAN = re.compile(r"(?:ngày\s*\d{0,2}\s*|giai đoạn\s*|nhiệm kỳ\s*|số\s+\S+\s+)$", re.IGNORECASE)
OUTLOOK = re.compile(r"phương hướng|nhiệm vụ|định hướng|giải pháp|triển khai|kế hoạch|dự kiến", re.IGNORECASE)
ASIDE = re.compile(r"\(|thực hiện (?:công văn|chỉ đạo|văn bản)|căn cứ|kính gửi", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """A time that a title names: its words, and the period if it is one; year 0 where none is said."""

    words: str
    freq: str = ""
    index: int = 0
    year: int = 0

    def is_of(self, period):
        """Tell whether it is a period, as far as it says."""
        return (self.freq, self.index) == (period.freq, period.index) and self.year in (0, period.year)


def doubts(front, text, package, period):
    """Say why a document is not the report that was asked for.

    Parameters
    ----------
    front : sequence of str
        The lines before the first section: letterhead and title.
    text : sequence of str
        All of it, heading by heading.
    package : bgdata.package.datapackage.Package
    period : bgdata.notation.periods.Period

    Returns
    -------
    reasons, notices : list of Message
        Why it is another's report; and what it does not say.
    """
    lines = [
        part.strip() for line in front for part in BREAK.split(re.sub(r"\s+", " ", unicodedata.normalize("NFC", line)))
    ]
    start = next((place for place, line in enumerate(lines) if TITLE.match(line)), 0)
    head, title = lines[:start], _title(lines[start:])
    home, bodies = _ours(package, period)
    reasons = [*_place(head, title, text, home), *_body(head, bodies)]
    spans = _spans(title, head) or _spans(next((line for line in text if re.match(r"I\s*[.:-]", line)), ""), head)
    if spans and not any(span.is_of(period) for span in spans):
        words = ", ".join(dict.fromkeys(span.words for span in spans))
        reasons.append(Message('its title says "{words}", not "{label}"', words=words, label=_Label(period)))
    unsaid = not spans or not any(span.year for span in spans if span.is_of(period))
    unsaid = (
        Message("The title does not say which period it is; make sure that this is {label}.", label=_Label(period))
        if unsaid
        else None
    )
    return reasons, [unsaid] if unsaid and not reasons else []


class _Label(Message):
    """The name of a period."""

    def __init__(self, period):
        super().__init__("", period=period)

    def to(self, lang):
        return self.values["period"].label(lang)


def _ours(package, period):
    """Return the place that the package is about, and the names of bodies that report on it."""
    sources = [row["source_vi"] for row in package.periods.values()]
    homes = [found[1] for source in sources if (found := PLACED.search(source))]
    named = [source.split(",")[0] for source in sources]
    for row in package.tables["breaks"].rows:
        if row["on"] <= period.end:
            named += re.findall(rf"Sở {CAPITAL}[^.,;]*", row["reason_vi"])
    return (homes[-1] if homes else ""), {_words(re.sub(r" tỉnh .*", "", name)) for name in named}


def _words(text):
    return " ".join(re.findall(r"\w+", text.lower().replace("hoà", "hòa")))


def _title(lines):
    """Return the title: the lines from `BÁO CÁO` to what explains it."""
    parts = []
    for line in lines[:6]:
        if parts and (ASIDE.match(line) or len(line) > 300):
            break
        parts.append(ASIDE.split(line)[0] if "(" in line else line)
    return " ".join(parts)


def _place(head, title, text, home):
    """Find the place that the letterhead names first, or else the title, or else the text most often."""
    found = [name for line in head for name in _places(line)] or _places(title)
    if not found:
        counts = Counter(name.title() for line in text for name in PLACED.findall(line))
        ours = sum(count for name, count in counts.items() if _same(name, home))
        found = [name for name, count in counts.most_common(1) if count > max(1, 2 * ours)]
    if home and found and not _same(found[0], home):
        yield Message("it is of another place: {found}, not {home}", found=found[0].title(), home=home)


def _places(line):
    line = MOTTO.sub("", line)
    found = [(match.start(), match[1]) for form in (PLACED, DATED) for match in form.finditer(line)]
    return [name for _, name in sorted(found)]


def _same(found, home):
    found, home = _words(found), _words(home)
    return found.startswith(home) or found.endswith(home) or (home.startswith(found) and len(found) > 2)


def _body(head, bodies):
    """Find the body that the letterhead names, where it is none of ours."""
    found = [match[0].strip() for line in head if (match := BODY.match(MOTTO.sub("", line)))]
    whole = _words(" ".join(MOTTO.sub("", line) for line in head))
    initials = {"".join(word[0] for word in body.split()[1:] if word != "và") for body in bodies}
    ours = any(_known(body, bodies, initials) for body in found) or any(body in whole for body in bodies)
    if found and not ours:
        yield Message("it is of another body: {found}", found=found[-1])


def _known(body, bodies, initials):
    """Tell whether a body is one of `bodies`, which the end of a line may have cut or an office abbreviated."""
    words = _words(body).split()
    short = "".join(words[1:])
    return any(known.split()[:3] == words[:3] for known in bodies) or short in initials


def _spans(title, head):
    """Return the times that a title says of the work done, without those of the work to come."""
    matches = [match for match in SPAN.finditer(title) if not NO_SPAN.search(title[: match.start()])]
    if not matches:
        return []
    ahead = OUTLOOK.search(title, matches[0].end())
    done = [match for match in matches if not ahead or match.start() < ahead.start()]
    later = [span for match in matches[len(done) :] if (span := _span(match)).year and span.freq]
    before = _signed(head) or (Period(later[0].year, later[0].freq, later[0].index).start if later else None)
    return [_in_year(_span(match), before) for match in done]


def _span(match):
    said = {
        name: _count(value)
        for name, value in match.groupdict().items()
        if value and name not in ("which", "end", "half")
    }
    year = next((value for name, value in said.items() if name.startswith("y")), 0)
    last = "cuối" in ((match["which"] or "") + (match["end"] or "")).lower()
    if match["half"]:
        return Span(match[0], "S", 1 + last, year)
    if "months" in said:
        length = next((freq for freq, months in MONTHS.items() if months == said["months"]), "")
        return Span(match[0], length, 12 // said["months"] if last and length else 1, year)
    if "quarter" in said:
        return Span(match[0], "Q", said["quarter"], year)
    return Span(match[0], "M", said["month"], year) if "month" in said else Span(match[0], "A", 1, year)


def _count(text):
    return int(text) if text.isdigit() else NUMBERS[text.lower()]


def _signed(head):
    """Return the day on which the report was signed, as far as it is said."""
    match = SIGNED.search(" ".join(head))
    if not match or not 1 <= int(match["month"]) <= 12:
        return None
    return date(int(match["year"]), int(match["month"]), min(max(1, int(match["day"] or 28)), 28))


def _in_year(span, before):
    """Give a time without a year that of the last such period that began before a day."""
    if span.year or not span.freq or before is None or span.index > 12 // MONTHS[span.freq]:
        return span
    year = before.year - (Period(before.year, span.freq, span.index).start >= before)
    return Span(span.words, span.freq, span.index, year)
