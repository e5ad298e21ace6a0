"""Read every numeral of a report as a statement: which number, of what time, whose, and as what.

A numeral is read in the report's own notation and gets one class; each of the readings has its own evidence and its own
doubts. What an observation measures is decided in `match`.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from bgdata.errors import NotationError
from bgdata.notation import MINUS, numbers
from bgtools.read.statement import asides, doubts, heads, neighbours, stance
from bgtools.read.statement.cells import columns_of, doubt_rows, settle, take_over
from bgtools.read.statement.classes import NAME, OBSERVATION, ORDINAL, classify
from bgtools.read.statement.exactness import exactness
from bgtools.read.statement.fractions import doubt_fractions
from bgtools.read.statement.scope import Map, home_of, names_of
from bgtools.read.statement.times import Clock
from bgtools.read.statement.timewords import Time
from bgtools.read.statement.wholeness import in_words, spans

CURRENCY = re.compile(
    r"\s*(?:(?P<dong>đồng(?! chí(?!\w))|VNĐ|VND|₫|đ(?=[\s,;.)/]|$)(?!/c))|(?P<dollar>USD|US\$|\$|đô\s?la|đô-la)|(?P<other>€|EUR|euro|£|¥|JPY|CNY|Nhân dân tệ|yên Nhật))",
    re.IGNORECASE,
)
CURRENCY_BEFORE = re.compile(r"(?P<dollar>US\$|USD|\$)\s?$|(?P<dong>₫)\s?$|(?P<other>[€£¥])\s?$")
GROWTH = re.compile(
    r"(?<!\w)(?:(?P<way>tăng|giảm)(?:\s+(?:trưởng|thêm|mạnh|nhẹ|tới|đi|bớt|ròng|đạt|được|là|bình quân))*|"
    r"(?P<more>(?:nhiều|cao|lớn|tăng|ít|thấp|kém|giảm|vượt|hơn|chênh lệch)(?: hơn)?(?: so)?(?: với)?(?: mức| con số)? "
    r"(?:cùng kỳ(?: năm (?:trước|ngoái|\d{4}))?|(?:năm|kỳ|tháng|quý) (?:trước|ngoái|\d{4})|(?P<plan>kế hoạch|chỉ tiêu|nghị quyết|mục tiêu|dự toán)"
    r"(?: (?:giao|năm|đề ra|được|tỉnh|\d{4}))*)(?: là)?))(?:\s*[:=]\s*|\s*)$",
    re.IGNORECASE,
)
FALLS = re.compile(r"giảm|ít|thấp|kém", re.IGNORECASE)
NEGATIVE = re.compile(r"(?<!ghi )(?<!thu )(?<!phát )(?<!lồng )(?<!\w)(?:âm|trừ)\s$", re.IGNORECASE)
SIGN = re.compile(r"(?<![\d%\w])(?P<sign>[-−–])$")
EQUALS = re.compile(r"(?<!\w)(?:bằng|so|đạt|tương đương|tức)(?!\w)|=", re.IGNORECASE)
HELD = re.compile(  # "412 tỷ đồng so cùng kỳ": a difference, or what is compared?
    r"\s?%?(?:\s(?!(?:tăng|giảm|cao|thấp|nhiều|ít|lớn|hơn|bằng|đạt|vượt)(?!\w))[^\W\d_]+){0,3}?\sso (?:với )?(?:cùng kỳ|kế hoạch|chỉ tiêu|(?:năm|kỳ|quý|tháng) trước)(?!\w)",
    re.IGNORECASE,
)
WINDOW = 240  # characters on either side that are looked at


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
        ``"percent"``, ``"VND"``, ``"USD"``, ``"money"`` (a multiplier without a currency), ``"count"`` or ``"other"``.
    relation : str
        ``"growth"`` (of a count: change), ``"ratio"`` or ``""``.
    base : str
        What a ratio or growth is held against: ``"year"``, ``"other"``, or ``""`` where nothing is said.
    role : str
        ``"part"`` or ``"whole"`` of n/N, else ``""``.
    falls : bool
        The number is a decrease.
    time : Time
    place : Place or None
        Whose it is, if not the province's.
    doubts : list of Message
        Whether it is whole, and how it is to be read.
    stated : list of (Message, str)
        Why it may be no result; each with the word that an indicator may itself be about.
    asides : list of Aside
        Of another time or place, said elsewhere in its statement.
    added : bool
        It is what came to a stock, or went.
    part : bool
        It is said to be a part of a number before it.
    cell : Cell or None
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
    base: str = ""
    role: str = ""
    falls: bool = False
    time: Time = Time.NOW
    place: object = None
    doubts: list = field(default_factory=list)
    stated: list = field(default_factory=list)
    asides: list = field(default_factory=list)
    added: bool = False
    part: bool = False
    cell: object = None

    @property
    def elsewhen(self):
        """bool: it is the value of another period."""
        return self.time not in (Time.NOW, Time.TO_DATE)

    @property
    def asked(self):
        """bool: its notation or its time leaves a doubt that only a person can resolve."""
        return self.number is None or bool(self.readings) or self.elsewhen or bool(self.doubts)


def numerals(passages, period=None, home=""):
    """Find and classify every numeral.

    Parameters
    ----------
    passages : sequence of Passage
    period : bgdata.notation.periods.Period, optional
        Of the report; values of other periods are told from its own.
    home : str
        The name of the province; that which the report names most if left out.

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
    home = home or home_of(passages)
    names = names_of(passages, home)
    return [
        numeral
        for index, passage in enumerate(passages)
        for numeral in _of_passage(index, passage, period, home, names)
    ]


def _of_passage(index, passage, period, home, names):
    text = passage.text
    found = [
        Numeral(index, span.start, span.end, span.printed, role=span.role, doubts=span.doubts) for span in spans(text)
    ]
    kinds = classify(text, [(numeral.start, numeral.end) for numeral in found])
    lead = "" if " | " in passage.lead else passage.lead  # the heads of a table say their time column by column
    above = [one for one in passage.headings if one != text]
    clock, whose = Clock(text, period, passage.host or lead, above), Map(text, home, names)
    columns = columns_of(passage, period, home)
    flat = not passage.cells and sum(bool(re.search(r"\d", piece)) for piece in text.split(" | ")[1:]) > 1
    for numeral, kind in zip(found, kinds):
        numeral.kind = OBSERVATION if kind in (ORDINAL, NAME) and in_words(text, numeral.start) else kind
        told = settle(numeral, columns)
        if numeral.kind == OBSERVATION:
            _read(numeral, text, clock, whose)
            if told:
                take_over(numeral, told)
            numeral.doubts += [heads.unknown("")] if flat else []
        else:
            numeral.role, numeral.doubts = "", []
    asides.hear(found, text, clock, whose)
    neighbours.inherit_base(found)
    neighbours.share_doubts(found)
    neighbours.of_totals(found, text)
    doubt_fractions(text, found)
    doubt_rows(found, text)
    return found


def _read(numeral, text, clock, whose):
    """Read value, qualifier, unit, relation, time, place and stance of an observation."""
    before = text[max(0, numeral.start - WINDOW) : numeral.start]
    after = text[numeral.end : numeral.end + WINDOW]
    negative = _negative(numeral, before)
    before = before[: len(before) - negative]
    said = exactness(before, after)
    numeral.qualifier, numeral.status = said.qualifier, said.status
    digits = re.sub(r"\s+phần\s+trăm", "%", numeral.printed, flags=re.IGNORECASE).replace("÷", "-")
    numeral.unit = _unit(digits, before, after)
    numeral.time, numeral.place = clock.of(numeral.start, numeral.end), whose.of(numeral.start, numeral.end)
    _relate(numeral, said.stem, before, after, clock)
    if said.words and numeral.qualifier == ">" and not numeral.relation and re.match(r"100(?:,0+)?\s*%", digits):
        numeral.qualifier = "="  # "cài trên 100% máy tính": there is no more of a whole than all
    numeral.stated = stance.stance(text, numeral.start, numeral.end, said.stem, numeral.unit == "percent")
    if HELD.match(after):
        numeral.stated.append((doubts.COMPARISON, ""))
    numeral.added, numeral.part = stance.added(said.stem), stance.part(said.stem)
    if re.search(r"(?<!\w)từ\s$", said.stem, re.IGNORECASE) and re.match(r"\s(?:đến|tới)\s", after):
        numeral.doubts.append(doubts.NOT_WHOLE)
    _parse(numeral, digits, said.words, bool(negative))


def _negative(numeral, before):
    """Return how many characters before the number say that it is negative; doubt a stroke that may be a dash.

    "Tăng trưởng" goes up or down; a minus behind "tăng" or "giảm" contradicts the word or says it twice.
    """
    sign = NEGATIVE.search(before) or SIGN.search(before)
    if not sign:
        return 0
    growth = GROWTH.search(before[: sign.start()])
    if not growth or "trưởng" not in growth[0].lower():
        numeral.doubts.append(doubts.SIGN)
    return len(sign[0])


def _relate(numeral, stem, before, after, clock):
    """Tell a growth and a ratio, and what each is held against."""
    growth = GROWTH.search(stem)
    if growth:
        numeral.relation, numeral.falls = "growth", bool(FALLS.match(growth["way"] or growth["more"]))
        numeral.base = "other" if growth["plan"] else clock.base(numeral.start, numeral.end)
    elif numeral.unit == "percent":
        base = clock.base(numeral.start, numeral.end)
        clause = re.split(r"[;.](?=\s)", before)[-1]
        close = re.split(r"[;.,)](?=\s|$)", after)[0][:60]
        compared = re.search(r"(?<!\w)(?:cùng kỳ|so với|so cùng kỳ|so)(?!\w)", close, re.IGNORECASE)
        compared = (
            compared or re.search(r"(?:cùng kỳ|so với)", clause[-70:], re.IGNORECASE) and EQUALS.search(clause[-60:])
        )
        if compared and base:
            numeral.relation, numeral.base = "ratio", base
    elif re.match(r"\s?(?:%|điểm phần trăm)", after):
        numeral.unit = "other"


def _unit(digits, before, after):
    if digits.endswith("%"):
        return "percent"
    currency = CURRENCY.match(after[:20]) or CURRENCY_BEFORE.search(before[-6:])
    if currency:
        return "VND" if currency["dong"] else "USD" if currency["dollar"] else "other"
    if after[:1] == "‰":
        return "other"
    return "money" if re.search(r"(?:triệu|t[ỷỉ]|tr|rưỡi)\Z", digits, re.IGNORECASE) else "count"


def _parse(numeral, digits, words, negative):
    """Set number, or the readings of a notation that is broken."""
    moves = numeral.unit == "percent" or numeral.relation == "growth"
    negative = negative and moves or numeral.falls and bool(numeral.relation)
    if negative:
        digits = MINUS + digits
    if words.endswith("gần") and numeral.qualifier == "~":
        digits = f"gần {digits}"
    numeral.printed = digits
    try:
        numeral.number = numbers.parse(digits)
        if numeral.number.qualifier == "range":
            numeral.qualifier = "range"
        else:
            numeral.number = numbers.parse(digits, numeral.qualifier)
    except NotationError as error:
        numeral.readings = tuple(error.readings)
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
    if number is None:
        return None, None, None
    if number.qualifier == "range":
        return None, number.lower, number.upper
    return Decimal(number.value), None, None


def size(number):
    """Return how large a number is, of a range its middle; 0 where there is none."""
    if number is None:
        return 0.0
    value = number.value if number.value is not None else (number.lower + number.upper) / 2
    return abs(float(value))
