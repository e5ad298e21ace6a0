"""Find every numeral of a report and say what kind of number it is.

A numeral is read in the report's own notation and gets one class; what an observation measures is decided in
`match`.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from bgdata.errors import NotationError
from bgdata.notation import MINUS, numbers
from bgtools.read.statement.classes import OBSERVATION, classify
from bgtools.read.statement.times import elsewhen, names_other

DIGITS = r"\d+(?:[.,]\d+)*"
SPACED = r"(?<![/-])(?<!tháng )(?<!ngày )(?<!quý )[1-9]\d{0,2}(?: \d{3})+(?!\d|[.,/-]\d| ?/)"
SCALE = r"(?:nghìn|ngàn)\s+t[ỷỉ]|triệu|t[ỷỉ]|nghìn|ngàn"
TAIL = rf"\s?%|\s+phần\s+trăm\b|\s?(?:{SCALE})(?![^\W\d_])"
NUMERAL = re.compile(
    rf"(?<![\d.,])(?P<first>{SPACED}|{DIGITS})"
    rf"(?:(?P<tail>{TAIL})(?=\s?[-–—÷]|\s(?:đến|tới)\s))?"
    rf"(?:(?P<to>\s?[-–—÷]\s?|\s(?:đến|tới)\s)(?P<last>{DIGITS})(?![\d/]))?"
    rf"(?P<end>{TAIL})?",
    re.IGNORECASE,
)
PAIR = re.compile(r"(?P<part>\d[\d.]*)\s?/\s?(?P<whole>\d[\d.]*\d|\d)(?![\d/])")
CURRENCY = re.compile(r"\s*(?P<dong>đồng|VNĐ|VND|đ(?=[\s,;.)/]|$))|\s*(?P<dollar>USD|đô\s?la|đô-la)", re.IGNORECASE)
QUALIFIERS = {
    ">": r"không dưới|ít nhất|tối thiểu|hơn|(?<!đặt )(?<!lắp )(?<!dựa )(?<!tính )trên|vượt",
    "<": r"chưa đến|chưa tới|không quá|tối đa|(?<!trên )(?<!không )dưới",
    "~": r"trên dưới|xấp xỉ|khoảng|gần|chừng|ước tính|ước thực hiện|ước đạt|ước khoảng|ước|dự kiến đạt",
}
WORDS = "|".join(QUALIFIERS[sign] for sign in "~<>")
SAID = re.compile(rf"(?<!\w)(?P<said>(?:(?:{WORDS})\s+(?:(?:đạt|là|có|được|tới|lên)\s+)*)+)$", re.IGNORECASE)
SAID_BEFORE_VERB = re.compile(r"(?<!\w)(?P<said>ước(?: tính)?)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
GROWTH = re.compile(
    r"(?<!\w)(?:(?P<way>tăng|giảm)(?:\s+(?:trưởng|thêm|mạnh|nhẹ|tới|đạt|được|là|bình quân))*|"
    r"(?P<more>(?:nhiều|cao|lớn|tăng|ít|thấp|kém|giảm)(?: hơn)?)(?: so)?(?: với)? cùng kỳ(?: năm (?:trước|ngoái|\d{4}))?(?: là)?)\s*$",
    re.IGNORECASE,
)
FALLS = re.compile(r"giảm|ít|thấp|kém", re.IGNORECASE)
SAID_BEHIND = re.compile(
    r"[^\W\d_]*(?:\s+[^\W\d_]+){0,2}?\s+(?:là\s+)?(?:mức|số|con số)\s+ước(?!\w)|[^\d.,;()]{0,20}\(ước[^)]{0,20}\)",
    re.IGNORECASE,
)
OF_TOTAL = re.compile(r"(?:\s+[^\W\d_]+){0,4}?\s+(?:trên|trong)\s+(?:tổng(?:\s+số)?|số)\s+", re.IGNORECASE)
EQUALS = re.compile(r"(?<!\w)(?:bằng|so|đạt|tương đương|tức)(?!\w)|=", re.IGNORECASE)
IN_TOTAL = re.compile(r"(?<!\w)trong\s+(?:tổng\s+)?(?:số\s+)?$", re.IGNORECASE)
HAVE = re.compile(r"[^.;:()]{0,60}(?<!\w)có(?:\s+(?:tới|đến))?\s+", re.IGNORECASE)
RATIO = re.compile(r"cùng kỳ|so với (?:năm|6 tháng|sáu tháng|quý)|so cùng kỳ", re.IGNORECASE)


@dataclass
class Numeral:
    """A number where it stands in the report.

    Attributes
    ----------
    passage : int
        Position of the passage among those of the report.
    start, end : int
        Where in the passage's text it stands, with multiplier and % but without unit.
    printed : str
        In the form that observations record.
    kind : str
        ``"observation"``, ``"date"``, ``"document"``, ``"name"``, ``"ordinal"`` or ``"constant"``.
    number : Number or None
        None where the notation is broken, or the numeral is no observation.
    readings : tuple of str
        Of a broken notation.
    qualifier, status : str
    unit : str
        ``"percent"``, ``"VND"``, ``"USD"``, ``"money"`` (a multiplier without a currency) or ``"count"``.
    relation : str
        ``"growth"`` (of a count: change), ``"ratio"`` or ``""``.
    role : str
        ``"part"`` or ``"whole"`` of n/N, else ``""``.
    falls : bool
        The number is a decrease.
    elsewhen : bool
        It is the value of another period, beside this one's to compare with.
    """

    passage: int
    start: int
    end: int
    printed: str
    kind: str = OBSERVATION
    number: object = None
    readings: tuple = ()
    qualifier: str = "="
    status: str = "A"
    unit: str = "count"
    relation: str = ""
    role: str = ""
    falls: bool = False
    elsewhen: bool = False

    @property
    def asked(self):
        """bool: its notation or its time leaves a doubt that only a person can resolve."""
        return self.number is None or bool(self.readings) or self.elsewhen


def numerals(passages, period=None):
    """Find and classify every numeral.

    Parameters
    ----------
    passages : sequence of Passage
    period : bgdata.notation.periods.Period, optional
        Of the report; values of other periods are told from its own.

    Returns
    -------
    list of Numeral
        In the order of the passages.

    Examples
    --------
    >>> from bgtools.read.document.passage import Passage
    >>> found = numerals([Passage("Năm 2025 doanh thu ước đạt 412 tỷ đồng, bằng 104,6% so với cùng kỳ; 9/10 huyện.")])
    >>> [(n.kind, n.printed, n.qualifier, n.unit, n.relation, n.role) for n in found[1:3]]
    [('observation', '412 tỷ', '~', 'VND', '', ''), ('observation', '104,6%', '=', 'percent', 'ratio', '')]
    >>> [(n.kind, n.printed, n.role) for n in (found[0], *found[3:])]
    [('date', '2025', ''), ('observation', '9', 'part'), ('observation', '10', 'whole')]
    """
    return [numeral for index, passage in enumerate(passages) for numeral in _of_passage(index, passage, period)]


def _of_passage(index, passage, period):
    text = passage.text
    found, end = [], 0
    for match in NUMERAL.finditer(text):
        if match.start() < end:
            continue
        pair = PAIR.match(text, match.start())
        spans = _spans(match, pair, text)
        end = spans[-1][1]
        for start, stop, role in spans:
            found.append(Numeral(index, start, stop, text[start:stop], role=role))
    kinds = classify(text, [(numeral.start, numeral.end) for numeral in found])
    for numeral, kind in zip(found, kinds):
        numeral.kind = kind
        if kind == OBSERVATION:
            _read(numeral, text)
            numeral.elsewhen = numeral.relation != "growth" and (
                elsewhen(text, numeral.start, numeral.end, period) or names_other(_column(passage, numeral), period)
            )
        else:
            numeral.role = ""
    for one, other in zip(found, found[1:]):
        _of_total(one, other, text)
    return found


def _of_total(one, other, text):
    """Note which is the part and which the whole of "9 trong tổng số 12" and of "trong 12 huyện có 9"."""
    if not all(
        number.number and number.unit == "count" and not (number.role or number.relation) for number in (one, other)
    ):
        return
    between = text[one.end : other.start]
    if OF_TOTAL.fullmatch(between):
        roles = "part", "whole"
    elif IN_TOTAL.search(text[: one.start]) and HAVE.fullmatch(between):
        roles = "whole", "part"
    else:
        return
    part, whole = (one, other) if roles[0] == "part" else (other, one)
    if (part.number.value or 0) <= (whole.number.value or 0):
        one.role, other.role = roles


def _column(passage, numeral):
    """Return what stands above a numeral in a table; both are counted from the right."""
    above = passage.lead.split(" | ")
    behind = passage.text[numeral.end :].count(" | ")
    return above[-1 - behind] if " | " in passage.text and 0 < behind + 1 < len(above) else ""


def _spans(match, pair, text):
    """Return the numerals that one match stands for: one number, a range, two numbers, or n/N."""
    if pair and not match["to"] and _counts(pair):
        return [(*pair.span("part"), "part"), (*pair.span("whole"), "whole")]
    first_end = match.end("tail") if match["tail"] else match.end("first")
    if not match["last"]:
        return [(match.start(), match.end(), "")]
    if _ascends(match):
        return [(match.start(), match.end(), "")]
    second = (match.start("last"), match.end(), "")
    return [(match.start(), first_end, ""), second]


def _counts(pair):
    """Tell n/N from dates and broken notation: n is not greater than N."""
    try:
        part, whole = numbers.parse_pair(pair[0])
    except NotationError:
        return False
    return 0 <= part.value <= whole.value and whole.value > 1


def _ascends(match):
    try:
        low, high = (numbers.parse(match[name]).value for name in ("first", "last"))
    except NotationError:
        return False
    return low < high


def _read(numeral, text):
    """Read value, qualifier, unit and relation of an observation."""
    before, after = text[: numeral.start], text[numeral.end :]
    before = re.sub(r"\s*\($", " ", before)
    clause = re.split(r"[;.](?=\s)", before)[-1]
    said = SAID.search(re.sub(r"\s*[:(]\s*$", " ", before) if before.endswith((":", ": ")) else before)
    words = said["said"].lower() if said else ""
    stem = before[: said.start()] if said else before
    numeral.qualifier = _qualifier(words)
    if re.match(r"(?:\s+[^\W\d]+){0,2}\s+trở lên", after) and numeral.qualifier == "=":
        numeral.qualifier = ">"
    numeral.status = "E" if "ước" in words or "dự kiến" in words else "A"
    if not words and SAID_BEHIND.match(after):
        numeral.qualifier, numeral.status = "~", "E"
    growth = GROWTH.search(stem)
    digits = re.sub(r"\s+phần\s+trăm", "%", numeral.printed, flags=re.IGNORECASE)
    numeral.unit = _unit(digits, after)
    if growth:
        numeral.relation, numeral.falls = "growth", bool(FALLS.match(growth["way"] or growth["more"]))
    elif numeral.unit == "percent":
        behind = re.split(r"[;.,)](?=\s|$)", after)[0][:60]
        compared = RATIO.search(behind) or (RATIO.search(clause[-60:]) and EQUALS.search(clause[-60:]))
        numeral.relation = "ratio" if compared else ""
    if numeral.qualifier == ">" and not numeral.relation and re.match(r"100(?:,0+)?\s*%", digits):
        numeral.qualifier = "="  # "cài trên 100% máy tính": there is no more of a whole than all
    _parse(numeral, digits.replace("÷", "-"), words)


def _qualifier(words):
    if not words:
        return "="
    for sign in "><":
        if re.search(rf"(?<!\w)(?:{QUALIFIERS[sign]})(?!\w| dưới)", words):
            return sign
    return "~"


def _unit(digits, after):
    if digits.endswith("%"):
        return "percent"
    currency = CURRENCY.match(after)
    if currency:
        return "VND" if currency["dong"] else "USD"
    scaled = re.search(rf"(?:{SCALE})$", digits, re.IGNORECASE)
    return "money" if scaled and re.search(r"tri|t[ỷỉ]", scaled[0], re.IGNORECASE) else "count"


def _parse(numeral, digits, words):
    """Set number, or the readings of a notation that is broken."""
    if numeral.falls and numeral.relation:
        digits = MINUS + digits
    if words.strip().endswith("gần") and numeral.qualifier == "~":
        digits = f"gần {digits}"
    numeral.printed = digits
    try:
        numeral.number = numbers.parse(digits)
        if numeral.number.qualifier == "range":
            numeral.qualifier = "range"
        else:
            numeral.number = numbers.parse(digits, numeral.qualifier)
    except NotationError as error:
        numeral.readings = error.readings
        if error.readings:
            numeral.number = numbers.parse(error.readings[0], numeral.qualifier)
        return
    if numeral.unit == "count" and numeral.number.decimals and not numeral.number.exponent:
        whole = digits.replace(",", ".")
        numeral.readings = (digits, whole) if re.search(r",\d{3}$", digits) else ()


def value_of(numeral):
    """Return what stands in the columns value, lower and upper of an observation, in the unit itself.

    Returns
    -------
    tuple of Decimal or None
    """
    number = numeral.number
    if number.qualifier == "range":
        return None, number.lower, number.upper
    return Decimal(number.value), None, None


def size(number):
    """Return how large a number is, of a range its middle; 0 where there is none."""
    if number is None:
        return 0.0
    value = number.value if number.value is not None else (number.lower + number.upper) / 2
    return abs(float(value))
