"""Numbers as text: the one formatter for tables, sentences and figures.

How a number is written follows from how it was printed; which numbers are worth writing is decided elsewhere.
"""

import math
from collections.abc import Mapping
from decimal import Decimal

from bgdata.notation import MINUS, MULTIPLIER_WORDS, NBSP, format_number, resolve, round_half_up, said_with
from bgdata.package import reads
from bgdata.package.datapackage import Package, check_lang
from bgdata.voice import Message

NO_DATA = Message("no data")
QUALIFIERS = {"~": Message("about"), ">": Message("more than"), "<": Message("less than")}
NEARLY = ("gần", Message("nearly"))  # as reports print it, and as it is said
ESTIMATED = Message("an estimated")
DIRECTIONS = {1: Message("up"), -1: Message("down"), 0: Message("unchanged")}
CURRENCIES = ("VND", "USD")
SCALES = {"VND": (9, 6, 3), "USD": (6, 3)}


def value_text(
    row: Mapping,
    lang: str = "vi",
    *,
    unit: bool = True,
    words: bool = True,
    padded: bool = True,
    package: Package | None = None,
) -> str:
    """Write one number as a reader expects it, with exactly the decimals that were printed.

    Parameters
    ----------
    row : mapping or pandas.Series
        A row of :func:`load`; ``printed``, ``qualifier``, ``status``, ``lower`` and ``upper`` may be absent. Without
        ``printed`` the number is a derived one: it is written as precisely as its interval allows.
    lang : {"vi", "en"}
    unit : bool
        Write the unit behind the number.
    words : bool
        Write the qualifying word before it.
    padded : bool
        Keep the zero before a number ("05"), as reports print it.
    package : Package, optional
        Knows the words of units; the one of the project at hand if left out.

    Returns
    -------
    str
        With no-break spaces; ``"chưa có số liệu"`` where there is no number.

    Examples
    --------
    >>> value_text({"value": 335521e9, "unit": "VND", "printed": "335.521 tỷ", "qualifier": "="}).replace(NBSP, " ")
    '335.521 tỷ đồng'
    >>> value_text({"value": 17000, "unit": "person", "printed": "17.000", "qualifier": ">"}, "en").replace(NBSP, " ")
    'more than 17,000 people'
    >>> value_text({"value": 29.6e9, "unit": "VND", "printed": "trên 29,6 tỷ", "qualifier": ">"}).replace(NBSP, " ")
    'trên 29,6 tỷ đồng'
    """
    check_lang(lang)
    value = math.nan if row.get("value") is None else row["value"]
    if row.get("printed"):
        number = resolve(row["printed"], row.get("qualifier") or None, None if math.isnan(value) else value)
        ends = (number.lower, number.upper) if number.qualifier == "range" else (number.value,)
        decimals, exponent, width = number.decimals, number.exponent, number.width
        word = (said_with(row["printed"]) if lang == "vi" else "") or _word(row)
    elif math.isnan(value):
        if row.get("qualifier") != "range":
            return NO_DATA.to(lang)
        return range_text(row["lower"], row["upper"], row["unit"], lang, package=package)
    else:
        ends, width = (value,), 0
        decimals, exponent, word = _precision(row)
    signed = row.get("measure") == "change"
    digits = "–".join(
        format_number(
            end if not exponent else end / 10 ** type(end)(exponent),
            decimals=decimals,
            width=width if padded and not signed else 0,
            lang=lang,
            sign=signed,
        )
        for end in ends
    )
    tail = [MULTIPLIER_WORDS[exponent].to(lang)] if exponent else []
    if row["unit"] == "percent":
        digits += "%"
    elif unit:
        tail.append(unit_text(row["unit"], lang, one=ends == (1,), package=package))
    said = word.to(lang) if isinstance(word, Message) else (word or "").replace(" ", NBSP)
    return NBSP.join(filter(None, [said if words else "", digits, *tail]))


def range_text(
    lower: float,
    upper: float,
    unit: str,
    lang: str = "vi",
    *,
    apart: float = math.inf,
    package: Package | None = None,
) -> str:
    """Write a derived interval as finely as it is wide, and as it lies apart from what it is held against.

    Examples
    --------
    >>> range_text(274.1e9, 275.97e9, "VND").replace(NBSP, " "), range_text(18, 18, "agency").replace(NBSP, " ")
    ('274–276 tỷ đồng', '18 cơ quan')
    >>> range_text(99.55, math.inf, "percent", "en", apart=0.25).replace(NBSP, " ")
    'more than 99.6%'
    """
    ends = [end for end in dict.fromkeys((lower, upper)) if math.isfinite(end)]
    exponent = next((scale for scale in SCALES.get(unit, ()) if abs(ends[0]) >= 10**scale), 0)
    widths = [width for width in (upper - lower, apart) if 0 < width < math.inf]
    digit = math.floor(math.log10(min(widths))) if widths else 0
    decimals = max(0, exponent - digit)
    numbers = dict.fromkeys(
        format_number(Decimal(str(end)).scaleb(-exponent), decimals=decimals, lang=lang) for end in ends
    )
    open_end = ">" if upper == math.inf else "<" if lower == -math.inf else ""
    words = [QUALIFIERS[open_end].to(lang)] if open_end else []
    words.append("–".join(numbers) + "%" * (unit == "percent"))
    words += [MULTIPLIER_WORDS[exponent].to(lang)] if exponent else []
    return NBSP.join(filter(None, [*words, unit_text(unit, lang, package=package) if unit != "percent" else ""]))


def unit_text(unit: str, lang: str = "vi", *, one: bool = False, package: Package | None = None) -> str:
    """Return the word that stands behind a number of the unit.

    Examples
    --------
    >>> unit_text("station"), unit_text("station", "en"), unit_text("station", "en", one=True)
    ('trạm', 'stations', 'station')
    >>> unit_text("station/district", "en", one=True), unit_text("percent"), unit_text("")
    ('station/district', '%', '')
    """
    if "/" in unit:
        part, whole = unit.split("/")
        texts = (unit_text(part, lang, one=one, package=package), unit_text(whole, lang, one=True, package=package))
        return "/".join(texts)
    if not unit:
        return ""
    if one and lang == "en" and unit not in CURRENCIES:
        return unit.replace("_", NBSP)
    reads.record("units.csv", unit=unit)
    return (package or Package.open()).units[unit][f"label_{lang}"].replace(" ", NBSP)


def growth_text(percent: float | None, lang: str = "vi") -> str:
    """Write a growth in percent with its sign.

    Examples
    --------
    >>> growth_text(24.64), growth_text(-3.2), growth_text(float("nan"))
    ('+24,64%', '−3,2%', 'chưa có số liệu')
    """
    if percent is None or math.isnan(percent):
        return NO_DATA.to(lang)
    return format_number(percent, decimals=_decimals(percent), lang=lang, sign=True) + "%"


def direction_text(percent: float | None, lang: str = "vi") -> str:
    """Write a growth in words that agree with its sign.

    Examples
    --------
    >>> direction_text(24.64).replace(NBSP, " "), direction_text(0.0, "en")
    ('tăng 24,64%', 'unchanged')
    """
    if percent is None or math.isnan(percent):
        return NO_DATA.to(lang)
    text = format_number(percent, decimals=_decimals(percent), lang=lang)
    digits = text.lstrip(MINUS)
    sign = 0 if not digits.strip("0,.") else -1 if text.startswith(MINUS) else 1
    return DIRECTIONS[sign].to(lang) + (f"{NBSP}{digits}%" if sign else "")


def percent_text(percent: float | None, lang: str = "vi") -> str:
    """Write a computed percentage.

    Examples
    --------
    >>> percent_text(75.8699), percent_text(75.8699, "en"), percent_text(90.0)
    ('75,9%', '75.9%', '90%')
    """
    if percent is None or math.isnan(percent):
        return NO_DATA.to(lang)
    return format_number(percent, decimals=_decimals(percent), lang=lang) + "%"


def _decimals(percent):
    """Write a percentage with the decimals that it has, up to two as reports print them; a longer one with one."""
    if not math.isfinite(percent):
        return 0
    exact = Decimal(str(round(percent, 8))).normalize()
    decimals = max(0, -exact.as_tuple().exponent)
    return decimals if decimals <= 2 else 1


def _word(row):
    """Return the qualifying word of a number that is printed without one, or whose word is another language's."""
    if row.get("qualifier") == "~":
        if row.get("status") == "E":
            return ESTIMATED
        if said_with(row["printed"]) == NEARLY[0]:
            return NEARLY[1]
    return QUALIFIERS.get(row.get("qualifier"))


def _precision(row):
    """Choose decimals, scale and word of a derived number.

    It is written one digit finer than its interval is wide, or with three digits, without zeros at its end.
    """
    value, unit = row["value"], row["unit"]
    width = row.get("upper", math.nan) - row.get("lower", math.nan)
    uncertain = math.isfinite(width) and width > 0
    exponent = next((scale for scale in SCALES.get(unit, ()) if abs(value) >= 10**scale), 0)
    if uncertain:
        digit = math.floor(math.log10(width)) - 1
    elif exponent:
        digit = math.floor(math.log10(abs(value))) - 2
    else:
        digit = -1
    rounded = round_half_up(Decimal(str(value)).scaleb(-exponent), max(0, exponent - digit)).normalize()
    qualifier = row.get("qualifier") if row.get("qualifier") in (">", "<") else "~" if uncertain else ""
    return max(0, -rounded.as_tuple().exponent), exponent, QUALIFIERS.get(qualifier)


def section_text(section: str, lang: str = "vi") -> str:
    """Write where a number stands in the report.

    Examples
    --------
    >>> section_text("I.2.1.b fn2"), section_text("I.2.1.b fn2", "en")
    ('I.2.1.b, chú thích 2', 'I.2.1.b, note 2')
    """
    place, _, note = section.partition(" fn")
    return Message("{section}, note {note}", section=place, note=note).to(lang) if note else section
