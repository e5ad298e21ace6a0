"""Reporting periods: half-years, quarters, months and years, written as SDMX writes them.

A period is only a span of time with a name. Which periods the data package holds is decided in `package`.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering
from typing import Self

from bgdata.errors import BgdataError
from bgdata.voice import Message

MONTHS = {"A": 12, "S": 6, "Q": 3, "M": 1}
ROMAN = ("I", "II", "III", "IV")  # how reports number quarters
CODE = re.compile(r"(?P<year>[12][0-9]{3})-(?:(?P<freq>[ASQ])(?P<index>[1-4])|M(?P<month>0[1-9]|1[0-2]))")
NAMES = {
    "A": [Message("{year}")],
    "S": [Message("first half of {year}"), Message("second half of {year}")],
    "Q": [
        Message("first quarter of {year}"),
        Message("second quarter of {year}"),
        Message("third quarter of {year}"),
        Message("fourth quarter of {year}"),
    ],
    "M": [
        Message("January {year}"),
        Message("February {year}"),
        Message("March {year}"),
        Message("April {year}"),
        Message("May {year}"),
        Message("June {year}"),
        Message("July {year}"),
        Message("August {year}"),
        Message("September {year}"),
        Message("October {year}"),
        Message("November {year}"),
        Message("December {year}"),
    ],
}


@total_ordering
@dataclass(frozen=True)
class Period:
    """A reporting period.

    Attributes
    ----------
    year : int
    freq : str
        ``"A"`` year, ``"S"`` half-year, ``"Q"`` quarter, ``"M"`` month.
    index : int
        Which one within the year, from 1.

    Notes
    -----
    Periods are ordered by their end, then by their start: a quarter before the half-year that it closes is later
    than that half-year's first month, and of two periods with one end the longer comes first.

    Source: SDMX time formats (ISO/TS 17369), Gregorian and reporting periods.
    """

    year: int
    freq: str
    index: int

    @classmethod
    def parse(cls, text: "str | Period") -> Self:
        """Read an SDMX period code.

        Raises
        ------
        BgdataError
            The text is no period code; the message shows the forms that are.

        Examples
        --------
        >>> Period.parse("2024-S1")
        Period(year=2024, freq='S', index=1)
        >>> Period.parse("2024-S1").label("vi")
        '6 tháng đầu năm 2024'
        """
        if isinstance(text, cls):
            return text
        match = CODE.fullmatch(text) if isinstance(text, str) else None
        if match:
            freq = match["freq"] or "M"
            index = int(match["index"] or match["month"])
            if index <= 12 // MONTHS[freq]:
                return cls(int(match["year"]), freq, index)
        raise BgdataError(
            '"{code}" is not a period. Write it as SDMX does: 2024-S1 or 2024-S2 (half-year), '
            "2024-Q3 (quarter), 2024-M05 (month), 2024-A1 (year).",
            code=text,
        )

    @property
    def code(self) -> str:
        """str: the SDMX code, such as ``"2024-S1"``."""
        return f"{self.year}-{self.freq}{self.index:0{2 if self.freq == 'M' else 1}d}"

    @property
    def start(self) -> date:
        """datetime.date: the first day."""
        return date(self.year, (self.index - 1) * MONTHS[self.freq] + 1, 1)

    @property
    def end(self) -> date:
        """datetime.date: the last day."""
        months = self.year * 12 + self.index * MONTHS[self.freq]
        return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)

    def previous(self) -> Self:
        """Return the period of the same length just before.

        Examples
        --------
        >>> str(Period.parse("2024-S1").previous())
        '2023-S2'
        """
        return self.shifted(-1)

    def year_before(self) -> Self:
        """Return the same period of the year before.

        Examples
        --------
        >>> str(Period.parse("2024-M05").year_before())
        '2023-M05'
        """
        return type(self)(self.year - 1, self.freq, self.index)

    def shifted(self, steps: int) -> Self:
        """Return the period `steps` lengths later (earlier if negative)."""
        per_year = 12 // MONTHS[self.freq]
        year, index = divmod(self.year * per_year + self.index - 1 + steps, per_year)
        return type(self)(year, self.freq, index + 1)

    def label(self, lang: str = "vi") -> str:
        """Return the period in words.

        Parameters
        ----------
        lang : {"vi", "en"}

        Examples
        --------
        >>> Period.parse("2024-Q3").label("vi"), Period.parse("2024-Q3").label("en")
        ('quý III năm 2024', 'third quarter of 2024')
        >>> Period.parse("2024-M05").label("vi"), Period.parse("2024-S2").label("en")
        ('tháng 5 năm 2024', 'second half of 2024')
        """
        return Message(NAMES[self.freq][self.index - 1].text, year=self.year).to(lang)

    def __str__(self) -> str:
        return self.code

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return (self.end, self.start) < (other.end, other.start)
