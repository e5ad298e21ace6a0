"""Numbers as text: the one formatter for tables, sentences and figures.

How a number is written follows from how it was printed; which numbers are worth writing is decided elsewhere.
"""

import math
from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from bgdata.errors import NotationError
from bgdata.notation import MINUS, MULTIPLIER_WORDS, NBSP, format_number, resolve, round_half_up, said_with
from bgdata.package import reads
from bgdata.package.datapackage import Package, check_lang
from bgdata.package.key import Key
from bgdata.voice import Message

NO_DATA = Message("no data")
QUALIFIERS = {"~": Message("about"), ">": Message("more than"), "<": Message("less than")}
NEARLY = ("gần", Message("nearly"))  # as reports print it, and as it is said
ESTIMATED = Message("an estimated")
DIRECTIONS = {1: Message("up"), -1: Message("down"), 0: Message("unchanged")}
WAYS = {"up": 1, "down": -1, "unchanged": 0}  # of `direction` in rows of a comparison
OPEN = Message("cannot be told")
CELLS = {"contradicts": Message("contradictory"), "open": OPEN, "same": OPEN}
SENTENCES = {
    "contradicts": Message("has contradictory numbers, so that no direction can be told"),
    "open": Message("cannot be told to have risen or fallen"),
    "same": Message("is reported at the same level"),
}
POINTS = Message("percentage points")
ROUNDINGS = {">": ROUND_FLOOR, "<": ROUND_CEILING}
MOST_OFF = Decimal("1.5")  # units of the last digit that the ends of a derived number lie from it
CURRENCIES = ("VND", "USD")
SCALES = {"VND": (12, 9, 6, 3), "USD": (6, 3)}


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

    A number that was computed from a printed one is none: it is refused until its ``printed`` is empty.

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

    Raises
    ------
    NotationError
        ``value`` is not what ``printed`` stands for.

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
        number = _as_printed(row, value)
        ends = (number.lower, number.upper) if number.qualifier == "range" else (number.value,)
        decimals, exponent, width = number.decimals, number.exponent, number.width
        word = (said_with(row["printed"]) if lang == "vi" else "") or _word(row)
    elif math.isnan(value) and (row.get("qualifier") != "range" or not {"lower", "upper"} <= {*row.keys()}):
        return NO_DATA.to(lang)
    elif math.isnan(value) or not (known := _as_known(row)):
        return range_text(row["lower"], row["upper"], row["unit"], lang, package=package)
    else:
        width, (computed, decimals, exponent, word) = 0, known
        ends = (computed,)
    signed = row.get("measure") == "change"
    digits = "–".join(
        format_number(
            Decimal(str(end)).scaleb(-exponent),
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
    exponent = _scale(abs(ends[0]), unit)
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


def interval_text(lower: float, upper: float, unit: str, lang: str = "vi", *, package: Package | None = None) -> str:
    """Write an interval with its ends as they are, not rounded; "" where there is none.

    Examples
    --------
    >>> interval_text(84.5, 85.5, "percent"), interval_text(334e9, 336e9, "VND").replace(NBSP, " ")
    ('84,5–85,5%', '334–336 tỷ đồng')
    >>> interval_text(17000, math.inf, "person", "en").replace(NBSP, " "), interval_text(math.nan, math.nan, "person")
    ('more than 17,000 people', '')
    """
    ends = [end for end in dict.fromkeys((lower, upper)) if math.isfinite(end)]
    if not ends:
        return ""
    exponent = _scale(max(map(abs, ends)), unit)
    numbers = [Decimal(str(end)).scaleb(-exponent) for end in ends]
    digits = "–".join(format_number(round_half_up(one, 3).normalize(), lang=lang) for one in numbers)
    open_end = QUALIFIERS[">" if lower in ends else "<"].to(lang) if math.inf in (upper, -lower) else ""
    tail = [MULTIPLIER_WORDS[exponent].to(lang)] if exponent else []
    tail += [unit_text(unit, lang, package=package)] if unit != "percent" else []
    return NBSP.join(filter(None, [open_end, digits + "%" * (unit == "percent"), *tail]))


def _scale(number, unit):
    """Return the power of ten that a bound of a currency is written in."""
    return next((scale for scale in SCALES.get(unit, ()) if scale < 12 and number >= 10**scale), 0)


def unit_text(unit: str, lang: str = "vi", *, one: bool = False, package: Package | None = None) -> str:
    """Return the word that stands behind a number of the unit; a unit that the package lacks is written as it is.

    Examples
    --------
    >>> unit_text("trạm/cột"), unit_text("station/cột", "en")
    ('trạm/cột', 'stations/cột')
    >>> unit_text("station"), unit_text("station", "en"), unit_text("station", "en", one=True)
    ('trạm', 'stations', 'station')
    >>> unit_text("station/district", "en", one=True), unit_text("percent"), unit_text("")
    ('station/district', '%', '')
    """
    if "/" in unit:
        part, whole = unit.split("/", 1)
        texts = (unit_text(part, lang, one=one, package=package), unit_text(whole, lang, one=True, package=package))
        return "/".join(texts)
    if not unit:
        return ""
    if one and lang == "en" and unit not in CURRENCIES:
        return unit.replace("_", NBSP)
    reads.record("units.csv", unit=unit)
    known = (package or Package.open()).units.get(unit, {})
    return known.get(f"label_{lang}", unit).replace(" ", NBSP)


def base_text(row: Mapping, lang: str = "vi", **how: bool | Package | None) -> str:
    """Write the base of a row of :func:`compare` as its own report printed it, or as finely as it is implied.

    `how` is what :func:`value_text` takes.

    Examples
    --------
    >>> row = {"base": 29.6e9, "base_printed": "trên 29,6 tỷ", "base_qualifier": ">", "unit": "VND"}
    >>> base_text(row).replace(NBSP, " ")
    'trên 29,6 tỷ đồng'
    """
    base = {column: row.get(f"base_{column}", row["base"]) for column in ("lower", "upper")} | {"value": row["base"]}
    base |= {column: row.get(f"base_{column}", "") for column in ("printed", "qualifier", "status")}
    base |= {"unit": row["unit"], "measure": row.get("measure")}
    return value_text(base, lang, **how)


def difference_text(row: Mapping, lang: str = "vi", *, package: Package | None = None) -> str:
    """Write the change of a row of :func:`compare` with its sign and unit: percentages differ in points.

    Parameters
    ----------
    row : mapping or pandas.Series
        With ``change``, ``change_lower``, ``change_upper``, ``direction`` and ``unit``.

    Returns
    -------
    str
        In words where the change has no number: that it cannot be told, that the numbers contradict each other, by how
        much at least; ``"chưa có số liệu"`` where one of both numbers is missing.

    Examples
    --------
    >>> row = {"change": 3.5, "change_lower": 3.4, "change_upper": 3.6, "unit": "percent"}
    >>> difference_text(row).replace(NBSP, " "), difference_text(row | {"unit": "agency"}).replace(NBSP, " ")
    ('+3,5 điểm phần trăm', '+3,5 cơ quan')
    >>> open_ended = {"change": math.nan, "base_lower": 29.6e9, "lower": 33.4e9, "unit": "VND"}
    >>> difference_text(open_ended)
    'chưa kết luận được'
    """
    return _moved(row, "change", row["unit"], lang, package)


def growth_text(growth: "float | Mapping | None", lang: str = "vi") -> str:
    """Write a growth in percent with its sign; that of a row of :func:`compare` as finely as it is known.

    Examples
    --------
    >>> growth_text(24.64), growth_text(-3.2), growth_text(float("nan"))
    ('+24,64%', '−3,2%', 'chưa có số liệu')
    >>> growth_text({"growth": 12.837, "growth_lower": 12.5, "growth_upper": 13.2, "unit": "VND"})
    '+13%'
    """
    if hasattr(growth, "keys"):
        known = growth["unit"] != "percent" and not (_gone(growth["growth"]) and _gone(growth.get("growth_lower")))
        return _moved(growth, "growth", "%", lang) if known else difference_text(growth, lang)
    if _gone(growth):
        return NO_DATA.to(lang)
    return format_number(growth, decimals=_decimals(growth), lang=lang, sign=True) + "%"


def direction_text(growth: "float | Mapping | None", lang: str = "vi") -> str:
    """Write a growth, or the change of a row of :func:`compare`, in words that agree with what is known of it.

    Examples
    --------
    >>> direction_text(24.64).replace(NBSP, " "), direction_text(0.0, "en")
    ('tăng 24,64%', 'unchanged')
    >>> row = {"growth": 21.8, "growth_lower": 21.75, "growth_upper": 21.85, "unit": "VND"}
    >>> direction_text(row | {"direction": "up"}).replace(NBSP, " ")
    'tăng 21,8%'
    """
    if hasattr(growth, "keys"):
        way = WAYS.get(growth.get("direction"))
        if way is None:
            return _untold(growth, SENTENCES).to(lang)
        text = growth_text(growth, lang)
    else:
        text = growth_text(growth, lang)
        way = 0 if not text.strip("+0,.%" + MINUS) else -1 if text.startswith(MINUS) else 1
        if _gone(growth):
            return text
    digits = text.lstrip("+" + MINUS)
    said = DIRECTIONS[way].to(lang)
    return said + (f"{NBSP}{digits}" if way and digits[:1].isdigit() else "") if not text.startswith(said) else text


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


def _as_printed(row, value):
    """Read what a row has in ``printed``, if that is its value: what was computed from it is another number.

    Raises
    ------
    NotationError
        It is not, or the print breaks the notation.
    """
    number = resolve(row["printed"], row.get("qualifier") or None, None if math.isnan(value) else value)
    if math.isnan(value) or number.value is not None and math.isclose(number.value, value, rel_tol=1e-9):
        return number
    raise NotationError(
        '{label}: the value {value} is not what is printed, "{printed}". A number that you '
        'computed has none, and its own unit: rows.assign(printed="", derived="computed", unit="station/location").',
        label=row.get("label") or Key.of(row),
        value=f"{value:.15g}",
        printed=row["printed"],
    )


def _word(row):
    """Return the qualifying word of a number that is printed without one, or whose word is another language's."""
    if row.get("qualifier") == "~":
        if row.get("status") == "E":
            return ESTIMATED
        if said_with(row["printed"]) == NEARLY[0]:
            return NEARLY[1]
    return QUALIFIERS.get(row.get("qualifier"))


def _as_known(row):
    """Return a derived number as far as it is known: rounded, its decimals, scale and word; None where only its ends
    can be told.

    It has the digits that its interval allows: the last one is off by one at most; a quotient has three of them at
    most, a percentage one decimal, or two where it ends there. A bound is rounded away from what it bounds.
    """
    value, unit = Decimal(str(row["value"])), row["unit"]
    qualifier = row.get("qualifier") if row.get("qualifier") in (">", "<") else ""
    ends = [row[end] for end in ("lower", "upper") if not qualifier and math.isfinite(row.get(end, math.nan))]
    off = max([abs(end - row["value"]) for end in ends], default=0)
    if ends and not min(ends) <= row["value"] <= max(ends):  # the interval is that of another number
        off = 0
    size = math.floor(math.log10(abs(row["value"]))) if value else 0
    scales = SCALES.get(unit.partition("/")[0], ())
    allowed = math.ceil(round(math.log10(off), 6)) if off else -math.inf
    if unit == "percent":
        finest = min(-_decimals(row["value"]) if off else -1, size - 1)
    elif off and "/" not in unit:
        finest = -math.inf
    else:
        finest = 0 if value == value.to_integral_value() and not scales else size - 2 if scales else min(0, size - 2)
    digit = max(min(allowed, size) if value else allowed, finest)
    exponent = next((scale for scale in scales if size >= scale and (scale < 12 or digit > 9 and size > 12)), 0)
    qualifier = qualifier or "~" * bool(off)
    rounded = value.scaleb(-digit).to_integral_value(ROUNDINGS.get(qualifier, ROUND_HALF_UP)).scaleb(digit)
    if digit < allowed and any(abs(Decimal(str(end)) - rounded) > MOST_OFF.scaleb(digit) for end in ends):
        return None
    exact = rounded.scaleb(-exponent).normalize()
    return rounded, max(0, -exact.as_tuple().exponent), exponent, QUALIFIERS.get(qualifier)


def _moved(row, column, unit, lang, package=None):
    """Write the change or growth of a row of a comparison."""
    number, lower, upper = (row.get(f"{column}{end}", math.nan) for end in ("", "_lower", "_upper"))
    if row.get("direction") == "unchanged":
        return DIRECTIONS[0].to(lang)
    if _gone(number) or number and row.get("direction") == "":
        way = WAYS.get(row.get("direction"))
        known = {1: lower, -1: upper}.get(way, math.nan)
        if not way or _gone(known) or not math.isfinite(known) or not known:
            return (DIRECTIONS[way] if way else _untold(row, CELLS)).to(lang)
        least = {"value": abs(known), "qualifier": ">", "unit": unit}
        return f"{DIRECTIONS[way].to(lang)}{NBSP}{_signed(least, lang, package, sign=False)}"
    return _signed({"value": number, "lower": lower, "upper": upper, "unit": unit}, lang, package)


def _signed(row, lang, package, sign=True):
    """Write a difference with its unit: that of percentages in points, a growth (unit "%") in percent.

    One of which only the ends can be told has its direction in words.
    """
    unit = {"percent": "", "%": "percent"}.get(row["unit"], row["unit"])
    points = NBSP + POINTS.to(lang) if row["unit"] == "percent" else ""
    row = row | {"unit": unit, "measure": "change" * sign}
    if sign and not _as_known(row):
        ends = sorted(abs(row[end]) for end in ("lower", "upper"))
        way = DIRECTIONS[1 if row["value"] > 0 else -1].to(lang)
        return f"{way}{NBSP}{range_text(*ends, unit, lang, package=package)}{points}"
    return value_text(row, lang, words=not sign, package=package) + points


def _untold(row, words):
    """Return why no change is told: a text of CELLS or of SENTENCES."""
    if "contradicts" in (row.get("verdict"), row.get("base_verdict")):
        return words["contradicts"]
    if any(_gone(row.get(column)) for column in ("lower", "base_lower")):
        return NO_DATA
    return words["same" if row["change"] == 0 else "open"]


def _gone(number):
    return number is None or math.isnan(number)


def section_text(section: str, lang: str = "vi") -> str:
    """Write where a number stands in the report.

    Examples
    --------
    >>> section_text("I.2.1.b fn2"), section_text("I.2.1.b fn2", "en")
    ('I.2.1.b, chú thích 2', 'I.2.1.b, note 2')
    """
    place, _, note = section.partition(" fn")
    return Message("{section}, note {note}", section=place, note=note).to(lang) if note else section
