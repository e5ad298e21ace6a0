"""Reporting periods: half-years, quarters, months and years, written as SDMX writes them.

A period is only a span of time with a name. Which periods the data package holds is decided in `package`.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering

from bgdata.errors import BgdataError

MONTHS = {"A": 12, "S": 6, "Q": 3, "M": 1}
CODE = re.compile(r"(?P<year>[12][0-9]{3})-(?:(?P<freq>[ASQ])(?P<index>[1-4])|M(?P<month>0[1-9]|1[0-2]))")
HALVES = ("đầu", "cuối")
ROMAN = ("I", "II", "III", "IV")
ORDINALS = ("first", "second", "third", "fourth")
MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


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
    def parse(cls, text):
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
            f'"{text}" is not a period. Write it as SDMX does: 2024-S1 or 2024-S2 (half-year), '
            "2024-Q3 (quarter), 2024-M05 (month), 2024-A1 (year)."
        )

    @property
    def code(self):
        """str: the SDMX code, such as ``"2024-S1"``."""
        return f"{self.year}-{self.freq}{self.index:0{2 if self.freq == 'M' else 1}d}"

    @property
    def start(self):
        """datetime.date: the first day."""
        return date(self.year, (self.index - 1) * MONTHS[self.freq] + 1, 1)

    @property
    def end(self):
        """datetime.date: the last day."""
        months = self.year * 12 + self.index * MONTHS[self.freq]
        return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)

    def previous(self):
        """Return the period of the same length just before.

        Examples
        --------
        >>> str(Period.parse("2024-S1").previous())
        '2023-S2'
        """
        return self.shifted(-1)

    def year_before(self):
        """Return the same period of the year before.

        Examples
        --------
        >>> str(Period.parse("2024-M05").year_before())
        '2023-M05'
        """
        return Period(self.year - 1, self.freq, self.index)

    def shifted(self, steps):
        """Return the period `steps` lengths later (earlier if negative)."""
        per_year = 12 // MONTHS[self.freq]
        year, index = divmod(self.year * per_year + self.index - 1 + steps, per_year)
        return Period(year, self.freq, index + 1)

    def label(self, lang="vi"):
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
        if lang == "vi":
            return f"{self._words_vi()}năm {self.year}"
        if self.freq == "A":
            return f"{self.year}"
        if self.freq == "M":
            return f"{MONTH_NAMES[self.index - 1]} {self.year}"
        return f"{ORDINALS[self.index - 1]} {'half' if self.freq == 'S' else 'quarter'} of {self.year}"

    def _words_vi(self):
        if self.freq == "S":
            return f"6 tháng {HALVES[self.index - 1]} "
        if self.freq == "Q":
            return f"quý {ROMAN[self.index - 1]} "
        return f"tháng {self.index} " if self.freq == "M" else ""

    def __str__(self):
        return self.code

    def __lt__(self, other):
        if not isinstance(other, Period):
            return NotImplemented
        return (self.end, self.start) < (other.end, other.start)
