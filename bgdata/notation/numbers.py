"""Read numbers in Vietnamese notation: printed text to value and interval.

What breaks the notation is refused with the readings that it could have; choosing one of them is the recorder's
work. Numbers are written in `notation`, and units of measurement are not known here.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bgdata.errors import NotationError, either
from bgdata.notation.formats import MINUS, format_number
from bgdata.voice import Joined, Message

MULTIPLIERS = {
    "nghìn tỷ": 12,
    "ngàn tỷ": 12,
    "nghìn tỉ": 12,
    "ngàn tỉ": 12,
    "tỷ": 9,
    "tỉ": 9,
    "triệu": 6,
    "tr": 6,
    "vạn": 4,
    "nghìn": 3,
    "ngàn": 3,
    "k": 3,
}
SHORT = {"NT": 12, "T": 9, "N": 3}  # CLDR's short forms, in capitals only; its "Tr" stands above
QUALIFIER_WORDS = {
    "khoảng hơn": ">",
    "khoảng trên": ">",
    "hơn": ">",
    "trên": ">",
    "dưới": "<",
    "gần": "~",
    "khoảng": "~",
    "xấp xỉ": "~",
    "ước đạt": "~",
    "ước": "~",
}
CURRENCIES = r"đồng|đ|₫|VND|USD|US\$"
EXAMPLES = ("55.860", "24,64%")
MOST_DIGITS = 15  # what a float64 keeps exactly
MOST_LETTERS = 120  # no printed number is longer; what is longer is not even looked at

_words = "|".join(QUALIFIER_WORDS)
_scales = "|".join(MULTIPLIERS)
_CURRENCY = re.compile(rf"\s*(?:{CURRENCIES})\Z", re.IGNORECASE)
_sign = rf"(?:\s+(?:{CURRENCIES})|\s*(?:₫|đ|US\$))?"
_PRINTED = re.compile(
    rf"(?:(?P<word>{_words})\s+)?(?:(?:₫|US\$)\s*)?(?P<digits>[+{MINUS}-]?[0-9][0-9.,]*)"
    rf"(?:\s?(?P<percent>%)|(?:\s*(?P<scale>{_scales}|(?-i:{'|'.join(SHORT)})))?{_sign})",
    re.IGNORECASE,
)
_DASHES = "-\u2010\u2011\u2012\u2013\u2014"
_RANGE = re.compile(
    rf"(?:từ\s+)?(?P<first>[{MINUS}-]?[^{_DASHES}]*?[%\w₫$])\s*(?:[{_DASHES}]|\s(?:đến|tới)\s)\s*"
    rf"(?P<last>[0-9][^{_DASHES}]*)",
    re.IGNORECASE,
)
_PART = re.compile(rf"(?P<digits>[1-9][0-9.]*|0)\s?(?P<scale>{_scales})(?![^\W\d_])", re.IGNORECASE)
_HALF = "rưỡi"
_PAIR = re.compile(r"(?P<part>[0-9][0-9.]*)\s*/\s*(?P<whole>[0-9][0-9.]*)")
_SPACED = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")
_NOTATION = re.compile(r"(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)(?:,(?P<fraction>[0-9]+))?")


@dataclass(frozen=True)
class Number:
    """A number as it was printed: its value and all that the print says about it.

    Attributes
    ----------
    value : Decimal or None
        In the unit itself (``"335 tỷ"`` is 335000000000); None for a range.
    lower, upper : Decimal or None
        The closed interval that the printed form stands for; None where there is no bound.
    qualifier : str
        ``=``, ``~``, ``>``, ``<`` or ``range``.
    decimals : int
        Decimals printed.
    exponent : int
        Power of ten of the multiplier word: 9 for ``tỷ``, 0 without one.
    percent : bool
    width : int
        Digits printed where the number is padded with zeros (2 for ``07``), else 0.
    """

    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: str = "="
    decimals: int = 0
    exponent: int = 0
    percent: bool = False
    width: int = 0


def parse(text: str, qualifier: str | None = None) -> Number:
    """Read a printed number.

    Parameters
    ----------
    text : str
        Such as ``"335 tỷ"``, ``"24,64%"``, ``"07"``, ``"5-8 triệu"`` or ``"hơn 17.000"``.
    qualifier : {"=", "~", ">", "<", "range"}, optional
        How exactly the number is stated, where the words that say so stand outside `text`.

    Returns
    -------
    Number
        The interval is the number itself for a whole number without multiplier (a count is exact), half a unit of
        the last printed digit on either side otherwise; ``>`` has no upper bound, ``<`` no lower; ``~`` is one unit
        of the last significant digit on either side, below only after ``gần`` (nearly).

    Raises
    ------
    NotationError
        `text` breaks the notation; the message and ``readings`` say what it could mean.

    Examples
    --------
    >>> parse("335 tỷ").value, parse("335 tỷ").lower
    (Decimal('335000000000'), Decimal('334500000000'))
    >>> parse("gần 700").lower, parse("gần 700").upper
    (Decimal('600'), Decimal('700'))
    >>> parse("335 tỷ 500 triệu").value, parse("1 triệu rưỡi").value
    (Decimal('335500000000'), Decimal('1500000'))
    >>> parse("4,5 Tr US$").value, parse("1,2 NT ₫").value
    (Decimal('4500000'), Decimal('1200000000000'))
    >>> parse("16.2%")
    Traceback (most recent call last):
    bgdata.errors.NotationError: "16.2%" breaks the notation: after "." come three digits. It could be 16,2% or 162%.
    """
    if not isinstance(text, str):
        raise NotationError("{printed} is not a text.", printed=repr(text))
    return _parsed(text, qualifier)


@lru_cache(maxsize=4096)  # tables, sentences and charts ask for the same few numbers again and again
def _parsed(text, qualifier):
    text = _clean(text)
    ranged = _RANGE.fullmatch(text)
    if ranged:
        if qualifier not in (None, "range"):
            raise NotationError(
                '"{printed}" is a range, but its qualifier is "{qualifier}" instead of "range".',
                printed=text,
                qualifier=qualifier,
            )
        return _range(text, ranged["first"], ranged["last"])
    if qualifier == "range":
        raise NotationError('"{printed}" is one number, but its qualifier is "range".', printed=text)
    return _single(text, qualifier)


def said_with(printed: str) -> str:
    """Return the word of exactness that a printed number begins with, as it is printed; empty where it has none.

    Examples
    --------
    >>> said_with("khoảng trên 8,1 tỷ"), said_with("335 tỷ")
    ('khoảng trên', '')
    """
    match = _PRINTED.fullmatch(_clean(printed))
    return (match["word"] or "").lower() if match else ""


def _single(text, qualifier=None):
    """Read what is no range."""
    match = _PRINTED.fullmatch(text)
    if not match:
        parts = _parts(text)
        if parts:
            return _compound(text, parts, qualifier)
        if _PAIR.fullmatch(text):
            raise NotationError('"{printed}" is two numbers, n of N; record each of them.', printed=text)
        if _SPACED.search(text):
            joined = _SPACED.sub(lambda digits: digits[0].replace(" ", "."), text)
            raise _broken(text, Message("groups of three digits are parted by a point, not by a space"), [joined])
        raise NotationError(
            '"{printed}" is not a number in Vietnamese notation, such as {examples}.',
            printed=text,
            examples=either(EXAMPLES),
        )
    word = (match["word"] or "").lower()
    said = QUALIFIER_WORDS.get(word)
    if qualifier and said and said != qualifier:
        raise NotationError(
            '"{printed}" says "{word}" ({said}), but its qualifier is "{qualifier}".',
            printed=text,
            word=word,
            said=said,
            qualifier=qualifier,
        )
    scale = match["scale"] or ""
    exponent = MULTIPLIERS.get(scale.lower(), SHORT.get(scale, 0))
    try:
        return _number(match["digits"], exponent, bool(match["percent"]), qualifier or said or "=", word)
    except NotationError as error:
        head, tail = text[: match.start("digits")], text[match.end("digits") :]
        raise _broken(text, error.message, [head + reading + tail for reading in error.readings]) from None


@lru_cache(maxsize=4096)
def resolve(text: str, qualifier: str | None, value: Decimal | float | None) -> Number:
    """Read a printed number whose value is known already, even where its notation is broken.

    Parameters
    ----------
    text, qualifier : str
    value : Decimal or float
        Decides between the readings of a number that breaks the notation.

    Raises
    ------
    NotationError
        `value` is none of the readings.

    Examples
    --------
    >>> resolve("16.2%", "=", 16.2).decimals
    1
    """
    try:
        return parse(text, qualifier)
    except NotationError as error:
        for reading in error.readings:
            if value is not None and parse(reading, qualifier).value == Decimal(str(value)):
                return parse(reading, qualifier)
        raise


def parse_pair(text: str) -> tuple[Number, Number]:
    """Read ``n/N``: a part and its whole, both counts.

    Returns
    -------
    tuple of Number

    Examples
    --------
    >>> [int(number.value) for number in parse_pair("312.000/411.230")]
    [312000, 411230]
    """
    match = isinstance(text, str) and _PAIR.fullmatch(_clean(text))
    if not match:
        raise NotationError('"{printed}" is not n/N, such as 312.000/411.230.', printed=text)
    return parse(match["part"]), parse(match["whole"])


def _clean(text):
    if len(text) > MOST_LETTERS:
        raise NotationError(
            '"{printed}" is not a number in Vietnamese notation, such as {examples}.',
            printed=text[:20] + "…",
            examples=either(EXAMPLES),
        )
    return re.sub(r"[\s\u00a0\u202f]+", " ", unicodedata.normalize("NFC", text)).strip()


def _range(text, first, last):
    """Read both ends; a multiplier or % behind the last belongs to both."""
    high, low = _single(last), _single(first)
    if not low.exponent and not low.percent and not _CURRENCY.search(first):
        tail = re.search(r"[^0-9.,]*\Z", last)[0]
        low = _single(first + tail)
    if low.qualifier != "=":
        raise NotationError('"{printed}" is a range behind a qualifying word; write the range alone.', printed=text)
    if high.qualifier != "=" or low.percent != high.percent or low.value > high.value:
        raise NotationError('"{printed}" is not a range from a lower to a higher number.', printed=text)
    return Number(
        None,
        low.value,
        high.value,
        "range",
        max(low.decimals + high.exponent - low.exponent, high.decimals),
        high.exponent,
        high.percent,
        max(low.width, high.width),
    )


def _parts(text):
    """Return (digits, power of ten) of the parts of "335 tỷ 500 triệu", "61 nghìn 300" or "1 triệu rưỡi", else []."""
    found, place = [], 0
    while match := _PART.match(text, place):
        found.append((match["digits"], MULTIPLIERS[match["scale"].lower()]))
        place = match.end() + (text[match.end() : match.end() + 1] == " ")
    rest = _CURRENCY.sub("", text[place:])
    if found and rest.lower() == _HALF:
        found.append(("5", found[-1][1] - 1))
    elif found and rest and found[-1][1] == 3 and re.fullmatch("[0-9]{3}", rest):
        found.append((rest, 0))
    elif rest:
        return []
    return found if len(found) > 1 else []


def _compound(text, parts, qualifier):
    """Add up the parts, each finer than the one before it and smaller than one of its units."""
    value, left = Decimal(0), None
    for digits, exponent in parts:
        part = _number(digits, exponent, False, "=", "") if not digits.startswith("0") else None
        amount = part.value if part else Decimal(digits).scaleb(exponent)
        if left is not None and amount >= Decimal(1).scaleb(left):
            raise NotationError('"{printed}" is not one number: its parts do not go down.', printed=text)
        value, left = value + amount, exponent
    first = parts[0][1]
    lower, upper = _interval(value, left, exact=False, decimal=False, qualifier=qualifier or "=", word="")
    decimals = first - left
    return Number(_plain(value), _plain(lower), _plain(upper), qualifier or "=", decimals, first)


def _number(digits, exponent, percent, qualifier, word):
    negative = digits[0] in f"-{MINUS}"
    plain = digits.lstrip(f"+-{MINUS}")
    match = _NOTATION.fullmatch(plain)
    if not match:
        raise NotationError(_reason(plain), [negative * MINUS + reading for reading in _readings(plain)])
    fraction = match["fraction"] or ""
    whole = match["whole"].replace(".", "")
    if len(whole + fraction) > MOST_DIGITS:
        raise NotationError("it has more than {most} digits", most=MOST_DIGITS)
    value = Decimal(f"{whole}.{fraction}")
    value = (-value if negative else value).scaleb(exponent)
    lower, upper = _interval(
        value,
        exponent - len(fraction),
        exact=not (exponent or percent or fraction),
        decimal=bool(fraction),
        qualifier=qualifier,
        word=word,
    )
    padded = plain.startswith("0") and len(plain) > 1 and plain.isdigit()
    return Number(
        _plain(value),
        _plain(lower),
        _plain(upper),
        qualifier,
        len(fraction),
        exponent,
        percent,
        len(plain) if padded else 0,
    )


def _interval(value, last_digit, *, exact, decimal, qualifier, word):
    """Bounds of what a printed value can stand for; `last_digit` is the power of ten of the last printed digit.

    Zeros at the end are significant behind a decimal comma only.
    """
    if qualifier == ">":
        return value, None
    if qualifier == "<":
        return None, value
    if qualifier == "~":
        zeros = 0 if decimal or not value else max(0, value.normalize().as_tuple().exponent - last_digit)
        step = Decimal(1).scaleb(last_digit + zeros)
        return value - step, value if word == "gần" else value + step
    half = Decimal(0) if exact else Decimal(5).scaleb(last_digit - 1)
    return value - half, value + half


def _plain(number):
    """Write a Decimal without exponent and without superfluous zeros."""
    if number is None:
        return None
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _reason(plain):
    if plain.count(",") > 1:
        return Message("there is more than one decimal comma")
    if "," in plain and "." in plain.split(",", 1)[1]:
        return Message('"." stands behind the decimal comma')
    if plain.endswith(",") or "." not in plain:
        return Message("the decimals are missing")
    first, *groups = plain.split(",")[0].split(".")
    if all(len(group) == 3 for group in groups):
        return Message('before the first "." come one to three digits, not led by 0')
    return Message('after "." come three digits')


def _readings(plain):
    """Numbers in correct notation that the digits could have meant, likeliest first."""
    found = []
    if sum(mark.isdigit() for mark in plain) > MOST_DIGITS:
        return found
    marks = [mark for mark in plain if mark in ".,"]
    whole, _, fraction = plain.rpartition(marks[-1]) if marks else (plain, "", "")
    digits = re.sub(r"[.,]", "", plain)
    head = re.sub(r"[.,]", "", whole)
    if head and fraction:
        found.append(f"{format_number(int(head))},{fraction}")
    if digits:
        found.append(format_number(int(digits)))
    return list(dict.fromkeys(found))


def _broken(text, reason, readings):
    broken = Message('"{printed}" breaks the notation: {reason}.', printed=text, reason=reason)
    if not readings:
        return NotationError(broken)
    could = Message("It could be {readings}.", readings=either(readings))
    return NotationError(Joined(" ", [broken, could]), readings)
