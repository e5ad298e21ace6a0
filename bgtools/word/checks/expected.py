"""Hold the numbers of a draft against the data of its period.

A number agrees when it has the value of the data, or prints that value with fewer digits. What is wrong with one that
does not is told from what it looks like: last period's value, a wrong sign, another scale, a slip of the fingers.
"""

import re
from collections import Counter
from decimal import Decimal

from bgdata.notation import MINUS
from bgdata.package import read_observations
from bgdata.voice import Message
from bgtools.word.checks.remarks import ASK, WRONG, Remark

SURE = 0.8  # confidence from which a number that differs is called wrong
LIKELY = 0.3
FAR = 1_000


class Expected:
    """What the data package holds for a period, the period before it, and the year before.

    Attributes
    ----------
    now, last : dict of (str, str) to dict
        Rows by indicator and category, each with its parsed ``number``.
    """

    def __init__(self, package, period):
        self.package, self.period = package, period
        self.now = _rows(package, period)
        before = [one for one in package.observed_periods() if period and one.freq == period.freq and one < period]
        self.before = before[-1] if before else None
        self.last = _rows(package, self.before)

    def remarks(self, reading):
        """Return the remarks on the numbers of a draft that differ from the data."""
        said = {match.slot.key for match in reading.matches if self._agreeing(match)}
        meant = {id(match.numeral): match for match in reading.matches if match.slot.key in self.now}
        remarks = []
        for numeral in reading.numerals:
            match, text = meant.get(id(numeral)), reading.passages[numeral.passage].text
            if match is not None and match.confidence >= LIKELY:
                if not self._agreeing(match):
                    kind, why = self._why(numeral, match.slot.key)
                    likely = match.confidence >= SURE or kind in ("stale", "direction")
                    doubted = (
                        self._far(numeral, match.slot.key)
                        or self._anothers(numeral, match.slot.key, said)
                        or self._beside(numeral, match.slot.key, meant, reading)
                    )
                    sure = likely and not doubted
                    remarks.append(self._remark(numeral, match.slot.key, text, kind if sure else "unknown", why))
            elif numeral.number is not None and numeral.number.value is not None:
                remarks += [
                    self._remark(numeral, key, text, *self._why(numeral, key)) for key in self._known(numeral, said)
                ]
        return remarks

    def _agreeing(self, match):
        row = self.now.get(match.slot.key)
        return row is not None and agrees(match.numeral, row["number"])

    def _far(self, numeral, key):
        """Tell whether a number is so far from the data's that it can hardly be meant for it."""
        mine, theirs = numeral.number.value, self.now[key]["number"].value
        return bool(mine and theirs) and not 1 / FAR < abs(mine / theirs) < FAR and slip(mine, theirs) is None

    def _beside(self, numeral, key, meant, reading):
        """Tell whether what the data hold stands in the same passage, as a number that the reader took for nothing."""
        row = self.now[key]
        return _telling(row) and any(
            other.passage == numeral.passage and id(other) not in meant and agrees(other, row["number"])
            for other in reading.numerals
        )

    def _known(self, numeral, said):
        """Return what a number that the reader is not sure of tells by itself: a value turned round, last period's."""
        found = [
            key
            for key, row in self.now.items()
            if key not in said and (self._turned(numeral, key, row) or self._left(numeral, key, row))
        ]
        return found if len(found) == 1 else []

    def _turned(self, numeral, key, row):
        moves = self.package.indicators[key[0]]["measure"] in ("growth", "change")
        return (
            moves
            and numeral.relation == "growth"
            and bool(row["number"].value)
            and numeral.number.value == -row["number"].value
        )

    def _left(self, numeral, key, row):
        last = self.last.get(key)
        same = last is not None and _telling(last) and numeral.number.value == last["number"].value
        return same and not agrees(numeral, row["number"]) and not numeral.elsewhen

    def _remark(self, numeral, key, text, kind, why):
        row, printed = self.now[key], printed_of(numeral, text)
        start = begins(numeral, text) if kind == "direction" else numeral.start
        said = Message("The draft prints {printed}; the data hold {expected}.", printed=printed, expected=_said(row))
        return Remark(
            kind,
            numeral.passage,
            start,
            numeral.end,
            printed,
            _together(said, why),
            expected=row["printed"],
            source=source(self.package, self.period, row),
            grade=ASK if kind == "unknown" else WRONG,
            key=key,
        )

    def _anothers(self, numeral, meant, said):
        """Tell whether a number is what the data hold of something else that the draft does not seem to print."""
        return any(
            agrees(numeral, row["number"])
            for key, row in self.now.items()
            if key not in said and (key[0] == meant[0] or _telling(row) and _sector(key) == _sector(meant))
        )

    def _why(self, numeral, key):
        """Return the kind of an error, and what it looks like."""
        last = self.last.get(key)
        mine, theirs = numeral.number.value, self.now[key]["number"].value
        if mine is not None and theirs is not None and mine == -theirs:
            words = Message("an increase") if theirs > 0 else Message("a decrease")
            return "direction", Message("By the data it is {direction}.", direction=words)
        if last is not None and agrees(numeral, last["number"]):
            return "stale", Message("This is the value of {period}, left standing.", period=label(self.before))
        if mine is not None and theirs is not None:
            return "value", slip(mine, theirs)
        return "value", None


def agrees(numeral, number):
    """Tell whether a printed number says what the data hold, in the same digits or in fewer.

    Parameters
    ----------
    numeral : bgtools.read.statement.numerals.Numeral
    number : bgdata.notation.numbers.Number
    """
    mine = numeral.number
    if mine is None:
        return False
    if mine.value is None or number.value is None:
        return (mine.value, mine.lower, mine.upper) == (number.value, number.lower, number.upper)
    if mine.value == number.value:
        return True
    step = last_digit(mine, numeral.qualifier)
    if step <= last_digit(number, number.qualifier) or mine.percent != number.percent:
        return False
    unit, apart = Decimal(1).scaleb(step), number.value - mine.value
    if numeral.qualifier == ">":
        return 0 <= apart < unit
    if numeral.qualifier == "<":
        return -unit < apart <= 0
    if numeral.printed.startswith("gần "):
        return -unit < apart <= 0
    return abs(apart) <= unit / 2


def last_digit(number, qualifier):
    """Return the power of ten of the last digit that counts; zeros at the end of a count do where it is exact.

    Examples
    --------
    >>> from bgdata.notation import parse
    >>> [last_digit(parse(text), sign) for text, sign in (("24,6%", "="), ("335 tỷ", "~"), ("17.000", ">"), ("17.000", "="))]
    [-1, 9, 3, 0]
    """
    if number.decimals or number.exponent or number.percent:
        return number.exponent - number.decimals
    if qualifier == "=" or not number.value:
        return 0
    return max(0, Decimal(number.value).normalize().as_tuple().exponent)


def slip(mine, theirs):
    """Say how two numbers differ, where it looks like a slip: scale, swapped digits, one digit; else None.

    Examples
    --------
    >>> print(slip(Decimal(353), Decimal(335)), slip(Decimal(345), Decimal(335)), slip(Decimal(1), Decimal(335)), sep="|")
    Two digits are swapped.|One digit differs.|None
    """
    ratio = mine / theirs if theirs else Decimal(0)
    if ratio and ratio != 1 and ratio.normalize().as_tuple().digits == (1,):
        return Message("The scale differs: {times} times.", times=f"{max(ratio, 1 / ratio).normalize():f}")
    one, other = (f"{abs(number).normalize():f}" for number in (mine, theirs))
    if len(one) != len(other):
        return None
    differing = [place for place in range(len(one)) if one[place] != other[place]]
    if len(differing) == 2 and Counter(one) == Counter(other):
        return Message("Two digits are swapped.")
    return Message("One digit differs.") if len(differing) == 1 else None


def printed_of(numeral, text):
    """Return what stands in the text, with the direction word that belongs to it."""
    words = text[numeral.start : numeral.end]
    if numeral.relation == "growth":
        return f"{'giảm' if numeral.printed.startswith(MINUS) else 'tăng'} {words}"
    return words


def begins(numeral, text):
    """Return where the direction word stands that belongs to a number; else where the number does."""
    before = text[max(0, numeral.start - 40) : numeral.start]
    found = [match.start() for match in re.finditer(r"(?<!\w)(?:tăng|giảm)(?!\w)", before, re.IGNORECASE)]
    return max(0, numeral.start - 40) + found[-1] if found else numeral.start


def label(period):
    """Return a period's name as a message: in the language that it is said in."""
    return _Label(period)


class _Label(Message):
    def __init__(self, period):
        super().__init__("", period=period.code)
        self.period = period

    def to(self, lang):
        return self.period.label(lang)


class Name(Message):
    """The name of an indicator or of one of its categories, in the language that it is said in."""

    def __init__(self, package, key):
        super().__init__("", key=key)
        self.package, self.key = package, key

    def to(self, lang):
        return self.package.label(*self.key, lang)


def source(package, period, row):
    """Return where an expected number comes from."""
    return Message(
        "{name}, {period}, section {section} (data/observations/{code}.csv)",
        name=Name(package, (row["indicator"], row["category"] or "")),
        period=label(period),
        section=row["section"],
        code=period.code,
    )


def _telling(row):
    """Tell whether a number has digits enough not to stand elsewhere by chance."""
    value = row["number"].value
    return value is not None and len(Decimal(value).normalize().as_tuple().digits) > 2


def _sector(key):
    return key[0].partition(".")[0]


def _said(row):
    words = {"~": "khoảng", ">": "hơn", "<": "dưới"}.get(row["qualifier"], "")
    return row["printed"] if row["printed"].startswith("gần") else f"{words} {row['printed']}".strip()


def _together(said, why):
    from bgdata.voice import Joined

    return Joined(" ", [said, why]) if why else said


def _rows(package, period):
    """Return a period's observations that have a number; none where the period has no data."""
    if period is None or period not in package.periods or not package.observations_file(period).is_file():
        return {}
    rows = read_observations(package, period)[0].rows
    return {(row["indicator"], row["category"] or ""): row for row in rows if row["number"] is not None}
