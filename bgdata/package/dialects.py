"""Read a CSV file as a spreadsheet saves it back: its encoding, its separator, its way of writing a cell.

Excel on a Vietnamese Windows parts cells by ";" and writes a decimal comma; any spreadsheet turns 335000000000 into
3,35E+11 and 134.210 into 134.21. What can be told for certain is read as it was; all else stays as it stands, and is
refused where it does not have the form that the descriptor asks for. No file is written here.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}  # what Excel calls Unicode text
SEPARATORS = (",", ";", "\t")
HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
COMMA = re.compile(r"(?P<whole>-?[0-9]+),(?P<fraction>[0-9]+)")
POWER = re.compile(r"-?[0-9](?:[.,][0-9]+)?E\+[0-9]{2}")
DAY = re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})")
PERCENT = re.compile(r"[−-]?[0-9.]+(?:,(?P<decimals>[0-9]+))? ?%")
CUT = re.compile(r"[0-9]{1,3}\.[0-9]{1,2}")


def decode(content):
    """Return the text of a file: UTF-8 with or without a byte order mark, or UTF-16 with one.

    Raises
    ------
    UnicodeDecodeError
        It is neither.
    """
    return content.decode(MARKS.get(content[:2], "utf-8-sig"))


def separator(text, names):
    """Return what parts the cells, told by the header, and the line on which that stands.

    Examples
    --------
    >>> separator("period;start\\r\\n", ["period", "start"]), separator("sep=;\\nperiod;start\\n", ["period", "start"])
    ((';', 1), (';', 2))
    """
    hint = HINT.match(text)
    line = 2 if hint else 1
    header = text.split("\n", line)[line - 1].strip("\r") if "\n" in text else text
    for mark in SEPARATORS:
        if [name.strip('"') for name in header.rstrip(mark).split(mark)] == names:
            return mark, line
    return ",", line


def trimmed(cells, names, found):
    """Return the cells of a row without those below a head that is empty, behind the last column.

    Examples
    --------
    >>> trimmed(["VND", "đồng", ""], ["unit", "label"], ["unit", "label", ""])
    ['VND', 'đồng']
    """
    beyond = len(cells) == len(found) and not any(found[len(names) :]) and not any(cells[len(names) :])
    return cells[: len(names)] if beyond else cells


def plain(text, kind, mark=","):
    """Return a cell as our own files write it; where ";" parts the cells, the day stands before the month.

    Examples
    --------
    >>> plain("16,2", "number"), plain("3,35E+11", "number"), plain("30/06/2024", "date"), plain("TRUE", "boolean")
    ('16.2', '3.35E+11', '2024-06-30', 'true')
    >>> plain("05/06/2024", "date"), plain("05/06/2024", "date", ";")
    ('05/06/2024', '2024-06-05')
    """
    if kind == "number":
        match = COMMA.fullmatch(text)
        if match:
            return f"{match['whole']}.{match['fraction']}"
        return text.replace(",", ".") if POWER.fullmatch(text) else text
    if kind == "boolean" and text in ("TRUE", "FALSE"):
        return text.lower()
    match = DAY.fullmatch(text) if kind == "date" else None
    if match and (mark == ";" or int(match["day"]) > 12 or match["day"] == match["month"]):
        return f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}"
    return text


def whole(value, number):
    """Return the value that a spreadsheet has rounded or misread, given the number that was printed; else `value`.

    Examples
    --------
    >>> from bgdata.notation import parse
    >>> whole(Decimal("3.35E+11"), parse("335,4 tỷ")), whole(Decimal("1.642"), parse("1.642")), whole(Decimal(335), parse("335 tỷ"))
    (Decimal('335400000000'), Decimal('1642'), Decimal('335'))
    """
    if value is None or number.value is None:
        return value
    lost = value.as_tuple().exponent
    if lost > 0 and number.value.quantize(Decimal(1).scaleb(lost), ROUND_HALF_UP) == value:
        return number.value
    if lost == -3 and not number.exponent and not number.decimals and value * 1000 == number.value:
        return number.value
    return value


def uncut(printed, value):
    """Return a printed number whose last zeros a spreadsheet has cut, given its value; else `printed`.

    Examples
    --------
    >>> uncut("134.21", Decimal(134210)), uncut("16.2%", Decimal("16.2"))
    ('134.210', '16.2%')
    """
    if printed and CUT.fullmatch(printed) and value is not None and Decimal(printed) * 1000 == value:
        return f"{Decimal(printed):.3f}"
    return printed


def unpadded(printed):
    """Return printed numbers without the zeros that a spreadsheet adds to percentages: its forms have two decimals or none.

    Examples
    --------
    >>> unpadded(["83,00%", "48,50%", "24,64%", "335 tỷ"]), unpadded(["24,60%", "48,5%"])
    (['83%', '48,5%', '24,64%', '335 tỷ'], ['24,60%', '48,5%'])
    """
    decimals = {len(match["decimals"] or "") for text in printed if text and (match := PERCENT.fullmatch(text))}
    if not decimals <= {0, 2}:
        return printed
    return [re.sub(r",?0+( ?%)$", r"\1", text) if _padded(text) else text for text in printed]


def _padded(text):
    match = PERCENT.fullmatch(text) if text else None
    return bool(match and match["decimals"])
