"""Write numbers in Vietnamese notation, or in English.

`.` groups thousands and `,` is the decimal mark; halves are rounded up. Which decimals, scale and unit a number is
written with is decided in `text`.
"""

import unicodedata
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

from bgdata.errors import BgdataError
from bgdata.voice import Message

NBSP = "\u00a0"
MINUS = "\u2212"
WIDE = Context(prec=400)  # any float64, written out
MULTIPLIER_WORDS = {
    12: Message("trillion"),
    9: Message("billion"),
    6: Message("million"),
    4: Message("ten thousand"),
    3: Message("thousand"),
}


def format_number(
    value: Decimal | int | float, *, decimals: int | None = None, width: int = 0, lang: str = "vi", sign: bool = False
) -> str:
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
        raise BgdataError("{value} is not a number that can be written.", value=repr(value)) from None
    if decimals is None:
        decimals = max(0, -exact.normalize().as_tuple().exponent)
    rounded = round_half_up(exact, decimals)
    text = f"{rounded.copy_abs():,.{decimals}f}"
    if lang == "vi":
        text = text.translate(str.maketrans(",.", ".,")).zfill(width)
    if rounded < 0:
        return MINUS + text
    return "+" + text if sign and rounded > 0 else text


def folded(text: str) -> str:
    """Return a text without accents and capitals, for comparing.

    Examples
    --------
    >>> folded("Đường truyền số liệu")
    'duong truyen so lieu'
    """
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def round_half_up(value: Decimal | int, decimals: int) -> Decimal:
    """Round to `decimals` decimals, halves away from zero as Vietnamese readers expect.

    Examples
    --------
    >>> round_half_up(Decimal("2.25"), 1)
    Decimal('2.3')
    """
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, WIDE)
