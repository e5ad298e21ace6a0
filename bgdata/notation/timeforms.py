"""The days that a time of SDMX stands for, in any of its forms, and the code that was nearly written.

Gregorian years, months and days, moments, reporting periods down to weeks and days, ranges; each with or without a
time zone. Which of these a report can cover is decided in `periods`.
"""

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

MONTHS = {"A": 12, "S": 6, "T": 4, "Q": 3, "M": 1}
ZONE = re.compile(r"(?<=[0-9])(?:Z|[+-][0-9]{2}:[0-9]{2})(?=/|\Z)")
CLOCK = r"T(?:(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}(?:\.[0-9]+)?|24:00:00)"
GREGORIAN = re.compile(rf"([12][0-9]{{3}})(?:-([0-9]{{2}})(?:-([0-9]{{2}})(?:{CLOCK})?)?)?")
REPORTING = re.compile(r"([12][0-9]{3})-(?:([ASTQ])([1-4])|(M)([0-9]{2})|(W)([0-9]{2})|(D)([0-9]{3}))")
DURATION = re.compile(
    r"P(?=[0-9T])(?:([0-9]{1,3})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,4})W)?(?:([0-9]{1,5})D)?(T[0-9HMS.]+)?"
)
SLOPPY = re.compile(r"(?P<year>[12][0-9]{3})[-/. ]?(?P<freq>[ASTQMWDHB]?)0*(?P<index>[1-9][0-9]{0,2})")
TURNED = re.compile(r"(?P<freq>[SQMHT]?)0*(?P<index>[1-9][0-9]?)[-/. ](?P<year>[12][0-9]{3})")
HALVES = {"H": "S", "B": "S"}  # as Eurostat and SDMX 2.0 write them
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


@lru_cache(maxsize=1024)
def days(text: str) -> tuple[date, date] | None:
    """Return the first and the last day of a time of SDMX; None where the text is none.

    Examples
    --------
    >>> [str(day) for day in days("2024-W27")], [str(day) for day in days("2024-01-01/P6M")]
    (['2024-07-01', '2024-07-07'], ['2024-01-01', '2024-06-30'])
    >>> days("2024-13"), days("2024-S3")
    (None, None)
    >>> days("2024-01-01/2024-06-30 or so"), days("2024-06-30T25:00:00")
    (None, None)
    """
    start, slash, length = ZONE.sub("", text).partition("/")
    gregorian, reporting = GREGORIAN.fullmatch(start), REPORTING.fullmatch(start)
    try:
        if slash:
            return _range(date(*map(int, gregorian.groups(1))), length) if gregorian else None
        if gregorian:
            year, month, day = gregorian.groups()
            return (
                _months(int(year), int(month or 1), 1 if month else 12)
                if not day
                else _range(date(int(year), int(month), int(day)), "P1D")
            )
        return _reporting(*filter(None, reporting.groups())) if reporting else None
    except (ValueError, OverflowError):
        return None


def tidied(text: str) -> str:
    """Return what a code that was nearly written would be, such as ``"2024-S1"`` of ``"2024h1"``.

    Examples
    --------
    >>> tidied("2024–s1"), tidied("2024-M5"), tidied("Q3/2024"), tidied("5/2024"), tidied("T5/2024")
    ('2024-S1', '2024-M05', '2024-Q3', '2024-M05', '2024-M05')
    """
    text = unicodedata.normalize("NFKC", text[:40]).translate(DASHES).strip().upper()
    turned = TURNED.fullmatch(text)
    match = SLOPPY.fullmatch(text) or turned
    if not match:
        return text
    freq = HALVES.get(match["freq"], match["freq"] or "M")
    freq = "M" if turned and freq == "T" else freq  # "T5/2024" is Vietnamese for May
    width = {"M": 2, "W": 2, "D": 3}.get(freq, 1)
    return f"{match['year']}-{freq}{int(match['index']):0{width}d}"


def _months(year, month, count):
    """Return the first and the last day of some months."""
    last = year * 12 + month - 1 + count
    return date(year, month, 1), date(last // 12, last % 12 + 1, 1) - timedelta(days=1)


def _reporting(year, freq, index):
    year, index = int(year), int(index)
    if freq == "W":
        return _range(date.fromisocalendar(year, index, 1), "P1W")
    if freq == "D":
        day = date(year, 1, 1) + timedelta(days=index - 1)
        return (day, day) if day.year == year and index else None
    return _months(year, (index - 1) * MONTHS[freq] + 1, MONTHS[freq]) if 1 <= index <= 12 // MONTHS[freq] else None


def _range(start, length):
    """Return the first and the last day of a time that begins on a day and lasts so long, or until another day."""
    duration = DURATION.fullmatch(length)
    if not duration:
        end = GREGORIAN.fullmatch(length)
        end = date(*map(int, end.groups())) if end and end[3] else None
    else:
        *counts, beyond = duration.groups()
        years, months, weeks, more = (int(count or 0) for count in counts)
        month = start.year * 12 + start.month - 1 + years * 12 + months
        end = date(month // 12, month % 12 + 1, 1) + timedelta(days=start.day - 1 + 7 * weeks + more - 1)
        end += timedelta(days=1) if beyond else timedelta(0)
    return (start, max(start, end)) if end else None
