"""Vietnamese number notation, both ways: printed text to value and interval, value to text.

`.` groups thousands and `,` is the decimal mark. What breaks the notation is refused with the readings that it
could have; choosing one of them is the recorder's work. Units of measurement are not known here.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from bgdata.errors import BgdataError, NotationError

NBSP = "\u00a0"
MINUS = "\u2212"
MULTIPLIERS = {"nghìn tỷ": 12, "ngàn tỷ": 12, "tỷ": 9, "tỉ": 9, "triệu": 6, "nghìn": 3, "ngàn": 3}
MULTIPLIER_WORDS = {
    12: ("nghìn tỷ", "trillion"),
    9: ("tỷ", "billion"),
    6: ("triệu", "million"),
    3: ("nghìn", "thousand"),
}
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
CURRENCIES = "đồng|VND|USD"

_words = "|".join(QUALIFIER_WORDS)
_scales = "|".join(MULTIPLIERS)
_PRINTED = re.compile(
    rf"(?:(?P<word>{_words})\s+)?(?P<digits>[+{MINUS}-]?[0-9][0-9.,]*)\s?(?P<percent>%)?"
    rf"(?:\s*(?P<scale>{_scales}))?(?:\s+(?:{CURRENCIES}))?",
    re.IGNORECASE,
)
_DASHES = "-\u2010\u2011\u2012\u2013\u2014"
_RANGE = re.compile(
    rf"(?:từ\s+)?(?P<first>.*?[0-9%\w])\s*(?:[{_DASHES}]|\s(?:đến|tới)\s)\s*(?P<last>[0-9].*)", re.IGNORECASE
)
_PAIR = re.compile(r"(?P<part>[0-9][0-9.]*)\s*/\s*(?P<whole>[0-9][0-9.]*)")
_NOTATION = re.compile(r"(?P<whole>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,(?P<fraction>[0-9]+))?")


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


def parse(text, qualifier=None):
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
    >>> parse("16.2%")
    Traceback (most recent call last):
    bgdata.errors.NotationError: "16.2%" breaks the notation: after "." come three digits. It could be 16,2% or 162%.
    """
    text = _clean(text)
    ranged = _RANGE.fullmatch(text)
    if ranged:
        if qualifier not in (None, "range"):
            raise NotationError(f'"{text}" is a range, but its qualifier is "{qualifier}" instead of "range".')
        return _range(text, ranged["first"], ranged["last"])
    if qualifier == "range":
        raise NotationError(f'"{text}" is one number, but its qualifier is "range".')
    match = _PRINTED.fullmatch(text)
    if not match:
        if _PAIR.fullmatch(text):
            raise NotationError(f'"{text}" is two numbers, n of N; read it with parse_pair.')
        raise NotationError(f'"{text}" is not a number in Vietnamese notation, such as 335 tỷ, 55.860 or 24,64%.')
    word = (match["word"] or "").lower()
    said = QUALIFIER_WORDS.get(word)
    if qualifier and said and said != qualifier:
        raise NotationError(f'"{text}" says "{word}" ({said}), but its qualifier is "{qualifier}".')
    exponent = MULTIPLIERS.get((match["scale"] or "").lower(), 0)
    try:
        return _number(match["digits"], exponent, bool(match["percent"]), qualifier or said or "=", word)
    except NotationError as error:
        tail = text[match.end("digits") :]
        raise _broken(text, str(error), [reading + tail for reading in error.readings]) from None


def resolve(text, qualifier, value):
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
            number = parse(reading, qualifier)
            if value is not None and number.value == Decimal(str(value)):
                return number
        raise


def parse_pair(text):
    """Read ``n/N``: a part and its whole, both counts.

    Returns
    -------
    tuple of Number

    Examples
    --------
    >>> [int(number.value) for number in parse_pair("312.000/411.230")]
    [312000, 411230]
    """
    match = _PAIR.fullmatch(_clean(text))
    if not match:
        raise NotationError(f'"{text}" is not n/N, such as 312.000/411.230.')
    return parse(match["part"]), parse(match["whole"])


def format_number(value, *, decimals=None, width=0, lang="vi", sign=False):
    """Write a number with grouped thousands, rounded half-up, with a true minus sign.

    Parameters
    ----------
    value : Decimal, int or float
    decimals : int, optional
        Decimals to write; as many as `value` has if left out.
    width : int
        Pad with zeros to this many digits (Vietnamese only: ``02``).
    lang : {"vi", "en"}
    sign : bool
        Write ``+`` before a positive number.

    Examples
    --------
    >>> format_number(335521), format_number(2.25, decimals=1), format_number(-3.2)
    ('335.521', '2,3', '−3,2')
    >>> format_number(335521.5, lang="en"), format_number(24.6, sign=True)
    ('335,521.5', '+24,6')
    """
    try:
        exact = Decimal(str(value))
        if not exact.is_finite():
            raise InvalidOperation
    except InvalidOperation:
        raise BgdataError(f"{value!r} is not a number that can be written.") from None
    if decimals is None:
        decimals = max(0, -exact.normalize().as_tuple().exponent)
    rounded = round_half_up(exact, decimals)
    text = f"{abs(rounded):,.{decimals}f}"
    if lang == "vi":
        text = text.translate(str.maketrans(",.", ".,")).zfill(width)
    if rounded < 0:
        return MINUS + text
    return "+" + text if sign and rounded > 0 else text


def round_half_up(value, decimals):
    """Round to `decimals` decimals, halves away from zero as Vietnamese readers expect.

    Examples
    --------
    >>> round_half_up(Decimal("2.25"), 1)
    Decimal('2.3')
    """
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _clean(text):
    if not isinstance(text, str):
        raise NotationError(f"{text!r} is not a text.")
    return re.sub(r"[\s\u00a0\u202f]+", " ", unicodedata.normalize("NFC", text)).strip()


def _range(text, first, last):
    """Read both ends; a multiplier or % behind the last belongs to both."""
    high = parse(last)
    low = parse(first)
    if not low.exponent and not low.percent:
        tail = re.search(r"[^0-9.,]*$", last)[0]
        low = parse(first + tail)
    if low.qualifier != "=" or high.qualifier != "=" or low.value > high.value:
        raise NotationError(f'"{text}" is not a range from a lower to a higher number.')
    return Number(
        None,
        low.value,
        high.value,
        "range",
        max(low.decimals, high.decimals),
        high.exponent,
        high.percent,
        max(low.width, high.width),
    )


def _number(digits, exponent, percent, qualifier, word):
    negative = digits[0] in f"-{MINUS}"
    plain = digits.lstrip(f"+-{MINUS}")
    match = _NOTATION.fullmatch(plain)
    if not match:
        raise NotationError(_reason(plain), _readings(plain))
    fraction = match["fraction"] or ""
    value = Decimal(match["whole"].replace(".", "") + "." + fraction if fraction else match["whole"].replace(".", ""))
    value = (-value if negative else value).scaleb(exponent)
    lower, upper = _interval(
        value,
        exponent - len(fraction),
        exact=not (exponent or percent or fraction),
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


def _interval(value, last_digit, *, exact, qualifier, word):
    """Bounds of what a printed value can stand for; `last_digit` is the power of ten of the last printed digit."""
    if qualifier == ">":
        return value, None
    if qualifier == "<":
        return None, value
    if qualifier == "~":
        significant = max(last_digit, value.normalize().as_tuple().exponent) if value else last_digit
        step = Decimal(1).scaleb(significant)
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
        return "there is more than one decimal comma"
    if "," in plain and "." in plain.split(",", 1)[1]:
        return '"." stands behind the decimal comma'
    return 'after "." come three digits' if "." in plain else "the decimals are missing"


def _readings(plain):
    """Numbers in correct notation that the digits could have meant, likeliest first."""
    found = []
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
    could = f" It could be {' or '.join(readings)}." if readings else ""
    return NotationError(f'"{text}" breaks the notation: {reason}.{could}', readings)
