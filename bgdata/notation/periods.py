"""Reporting periods: years, half-years, trimesters, quarters and months, written as SDMX writes them.

A period is only a span of time with a name. Which periods the data package holds is decided in `package`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, total_ordering
from typing import Self

from bgdata.errors import BgdataError, either
from bgdata.notation import timeforms
from bgdata.notation.timeforms import MONTHS
from bgdata.voice import Joined, Message

ROMAN = ("I", "II", "III", "IV")  # how reports number quarters
NAMES = {
    "A": [Message("{year}")],
    "S": [Message("first half of {year}"), Message("second half of {year}")],
    "T": [
        Message("first four months of {year}"),
        Message("May to August {year}"),
        Message("last four months of {year}"),
    ],
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
FORMS = Message(
    '"{code}" is not a period. Write it as SDMX does: 2024-S1 or 2024-S2 (half-year), '
    "2024-Q3 (quarter), 2024-M05 (month), 2024-T1 (four months), 2024-A1 (year)."
)


@total_ordering
@dataclass(frozen=True)
class Period:
    """A reporting period.

    Attributes
    ----------
    year : int
    freq : str
        ``"A"`` year, ``"S"`` half-year, ``"T"`` trimester (four months), ``"Q"`` quarter, ``"M"`` month.
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
        """Read an SDMX period code, or another form of SDMX that stands for exactly these days.

        Raises
        ------
        BgdataError
            The text is no period; the message shows the forms that are, and the code that was probably meant.

        Examples
        --------
        >>> Period.parse("2024-S1")
        Period(year=2024, freq='S', index=1)
        >>> [str(Period.parse(text)) for text in ("2024", "2024-05", "2024-01-01/P6M")]
        ['2024-A1', '2024-M05', '2024-S1']
        >>> Period.parse("2024-W27")
        Traceback (most recent call last):
        bgdata.errors.BgdataError: No report covers just "2024-W27"; did you mean 2024-M07?
        """
        if isinstance(text, cls):
            return text
        span = timeforms.days(text) if isinstance(text, str) else None
        if span is None:
            near = timeforms.days(timeforms.tidied(str(text)))
            meant = near and Message("Did you mean {codes}?", codes=either(cls._holding(*near)))
            said = Message(FORMS.text, code=text)
            raise BgdataError(Joined(" ", [said, meant]) if meant else said)
        held = cls._holding(*span)
        if (held[0].start, held[0].end) == span:
            return held[0]
        raise BgdataError('No report covers just "{code}"; did you mean {codes}?', code=text, codes=either(held))

    @classmethod
    @lru_cache(maxsize=1024)
    def _holding(cls, first, last):
        """Return the shortest period that holds these days; where none does, the two in which they begin and end."""
        for freq in reversed(MONTHS):
            held, end = (cls(day.year, freq, (day.month - 1) // MONTHS[freq] + 1) for day in (first, last))
            if held == end or freq == "A" or (freq == "M" and (last - first).days < 7):
                return list(dict.fromkeys([held, end]))

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
