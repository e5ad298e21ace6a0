"""Read a report: its numerals, and which of them are which observations. Nothing is written here."""

from dataclasses import dataclass, field

from bgdata.notation import MINUS, Period
from bgdata.voice import Message
from bgtools.read.document.documents import read, sectors_of
from bgtools.read.document.layout import passages
from bgtools.read.document.passage import Passage
from bgtools.read.document.written import Writing
from bgtools.read.indicator import plausible
from bgtools.read.indicator.match import Match, match
from bgtools.read.indicator.slots import slots, together
from bgtools.read.statement.classes import OBSERVATION
from bgtools.read.statement.numerals import Numeral, numerals, value_of
from bgtools.read.statement.scope import home_of_package
from bgtools.read.statement.times import as_of

CERTAIN, LIKELY = 0.95, 0.5
DAMAGED = Message(
    "So many numbers are of another order of magnitude than last time that nothing was entered. Is this a copy with "
    "its corrections showing?"
)


@dataclass
class Reading:
    """What was found in a report.

    Attributes
    ----------
    passages : list of Passage
    numerals : list of Numeral
        Of every class.
    slots : list of Slot
        What the report is expected to print.
    matches : list of Match
    notices : list of str
        What a person should know about how the document was read.
    period : bgdata.notation.periods.Period or None
        Of the report.
    doubtful : bool
        So many numbers are of another order of magnitude than last time that nothing is entered.
    """

    passages: list[Passage] = field(default_factory=list)
    numerals: list[Numeral] = field(default_factory=list)
    slots: list = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    period: Period | None = None
    doubtful: bool = False

    def rows(self):
        """Return the observations that are certain enough to be entered, as rows of `observations/<period>.csv`."""
        return [self.row(one) for one in self.matches if self.certain(one)]

    def row(self, one):
        """Return the columns of `observations/<period>.csv` for a match, as text."""
        numeral = one.numeral
        value, lower, upper = ("" if number is None else f"{number:f}" for number in value_of(numeral))
        falls = numeral.falls and bool(numeral.relation)
        return {
            "indicator": one.slot.indicator,
            "category": one.slot.category,
            "value": value,
            "lower": lower,
            "upper": upper,
            "qualifier": numeral.qualifier,
            "status": "E" if self._estimated(one) else "A",
            "printed": numeral.printed,
            "section": self.passages[numeral.passage].section,
            "as_of": str(self._as_of(numeral) or ""),
            "note": f'Báo cáo in "giảm {numeral.printed.lstrip(MINUS)}".' if falls else "",
        }

    def _as_of(self, numeral):
        text = self.passages[numeral.passage].text
        return as_of(text, numeral.start, self.period) if self.period else None

    def _estimated(self, one):
        """Tell whether the number, or the one that its ratio or growth was computed from, is called an estimate."""
        level = one.slot.row["of"] if one.slot.row["measure"] in ("growth", "ratio_to_base", "change") else None
        return any(
            other.numeral.status == "E" for other in self.matches if other is one or other.slot.key == (level, "")
        )

    def certain(self, one):
        """Tell whether a match is entered without asking."""
        section = self.passages[one.numeral.passage].section
        return one.confidence >= CERTAIN and not one.doubts and bool(section) and not self.doubtful

    @property
    def unknown(self):
        """list of Numeral: observations that no indicator was found for, or only an unlikely one."""
        taken = {id(one.numeral) for one in self.matches if one.confidence >= LIKELY}
        return [numeral for numeral in self.numerals if numeral.kind == OBSERVATION and id(numeral) not in taken]


def read_report(path, package, period):
    """Read a report and match its numerals.

    Parameters
    ----------
    path : path
        A .docx, .odt, .pdf, .txt or .md file.
    package : bgdata.package.datapackage.Package
    period : bgdata.notation.periods.Period

    Returns
    -------
    Reading

    Raises
    ------
    BgdataError
        The document cannot be read.
    """
    document = read(path, sectors=sectors_of(package))
    return of_passages(document.passages, package, period, document.notices)


def of_lines(lines, package, period, notices=()):
    """Match the numerals of a report that is given as lines.

    Examples
    --------
    >>> from bgdata.notation import Period
    >>> from bgdata.package import Package
    >>> lines = ["I. KẾT QUẢ", "2.1. Bưu chính", "a) Bưu chính", "Toàn tỉnh có 340 điểm phục vụ bưu chính."]
    >>> found = of_lines(lines, Package.open(), Period.parse("2024-S2"))
    >>> [(one.slot.indicator, one.numeral.printed) for one in found.matches]
    [('post.service_points', '340')]
    """
    return of_passages(passages(lines, sectors_of(package)), package, period, notices)


def of_passages(text, package, period, notices=()):
    """Match the numerals of a report that is given as passages."""
    expected = slots(package, period)
    writing = Writing(text, together(expected))
    found = numerals(writing.passages, period, home_of_package(package))
    candidates = [numeral for numeral in found if numeral.kind == OBSERVATION]
    matches = plausible.checked(match(writing.passages, candidates, expected, package), package, period)
    writing.restore(found)
    reading = Reading(text, found, expected, matches, list(notices), period)
    reading.doubtful = plausible.many([one for one in matches if one.confidence >= CERTAIN])
    if reading.doubtful:
        reading.notices.append(DAMAGED)
    return reading
