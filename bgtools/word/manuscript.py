"""Open a draft: its Word file, its passages and numbers, whose report it is and of which period.

A draft is data from outside: what cannot be one is refused in a sentence, and the file itself is only read.
"""

import io
import os
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bgdata.errors import BgdataError
from bgdata.notation import Period
from bgdata.package import Package
from bgtools.read.document.documents import read, sectors_of
from bgtools.read.document.refusals import refusal
from bgtools.read.reading import Reading, of_passages
from bgtools.read.statement.classes import OBSERVATION
from bgtools.word.file.anchors import Anchors
from bgtools.word.file.container import Container

LIMIT = 60_000_000
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HALF = re.compile(r"(?:(?:0?6|sáu)\s+tháng|nửa)\s+(?P<half>đầu|cuối)\s+năm\s+(?P<year>20\d\d)", re.IGNORECASE)
QUARTER = re.compile(r"quý\s+(?P<quarter>IV|I{1,3}|[1-4])(?:\s+năm\s+|/)(?P<year>20\d\d)", re.IGNORECASE)
MONTH = re.compile(r"tháng\s+(?P<month>0?[1-9]|1[0-2])(?:\s+năm\s+|/)(?P<year>20\d\d)", re.IGNORECASE)
YEAR = re.compile(r"(?<!\w)năm\s+(?P<year>20\d\d)", re.IGNORECASE)
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
PLACE_AND_DATE = re.compile(r"ngày\s+[\d.…\s]*tháng", re.IGNORECASE)
OURS = 0.25  # of a draft's numbers that the catalogue knows: less is the report of another body


@dataclass
class Manuscript:
    """A draft as it was read.

    Attributes
    ----------
    path : pathlib.Path
    container : Container
    package : bgdata.package.datapackage.Package
    period : Period or None
        What it is held against.
    titled : Period or None
        What its title says.
    reading : bgtools.read.reading.Reading
    notices : list of Message or str
    """

    path: Path
    container: Container
    package: Package
    period: Period | None
    titled: Period | None
    reading: Reading
    notices: list

    @cached_property
    def anchors(self):
        """Anchors: the way back to the runs."""
        return Anchors(self.container, self.reading.passages)

    @cached_property
    def numbers(self):
        """list of Numeral: those that count or measure something."""
        return [numeral for numeral in self.reading.numerals if numeral.kind == OBSERVATION]

    @cached_property
    def ours(self):
        """bool: the catalogue knows what it counts."""
        sure = sum(one.confidence >= 0.5 for one in self.reading.matches)
        return bool(self.numbers) and sure >= OURS * len(self.numbers)


def open_draft(path, package, period=None, *, as_titled=False):
    """Open a draft.

    Parameters
    ----------
    path : path
        A .docx file.
    package : bgdata.package.datapackage.Package
    period : str, optional
        What it is held against; else what its title says, else the newest period of the package.
    as_titled : bool
        Read it as the report of the earlier period that its title names: it is to become that of `period`.

    Returns
    -------
    Manuscript

    Raises
    ------
    BgdataError
        The file is absent, open in Word, damaged, protected, of another form, or no report.
    """
    path = Path(path)
    content = _content(path)
    document = read(path, sectors=sectors_of(package))
    titled = period_of(document.front)
    asked = Period.parse(period) if period else titled
    now = asked or (package.newest() if package.observed_periods() else None)
    of = titled if as_titled and titled and now and titled < now else now
    reading = of_passages(document.passages, package, of or Period.parse("2024-S1"), document.notices)
    container = Container(path, content)
    if container.damaged:
        raise refusal("broken", path=path.name, form=".docx", why=container.damaged)
    draft = Manuscript(path, container, package, now, titled, reading, list(document.notices))
    held = any("/media/" in name for name in draft.container.names) or any("[" in one.text for one in reading.passages)
    if not (draft.numbers or held):
        raise BgdataError("{path} prints no number that counts or measures something; nothing to do.", path=path.name)
    return draft


def _content(path):
    """Return the bytes of a Word file; refuse what is none, or is open in Word."""
    if path.name.startswith(("~$", ".~lock.")):
        raise BgdataError("{path} is the mark that a document is open, not a document.", path=path.name)
    for lock in (f"~${path.name[2:]}", f"~${path.name}", f".~lock.{path.name}#"):
        if path.with_name(lock).exists():
            raise BgdataError(
                "{path} is open in Word or LibreOffice; save and close it, then run again.", path=path.name
            )
    try:
        if path.is_file() and path.stat().st_size > LIMIT:
            raise BgdataError(
                "{path} is larger than {limit} MB; take the large pictures out.", path=path.name, limit=60
            )
        content = path.read_bytes()
    except FileNotFoundError:
        raise BgdataError("There is no file {path}.", path=path) from None
    except OSError as error:
        raise BgdataError("{path} cannot be read ({why}).", path=path.name, why=os.strerror(error.errno)) from None
    if content.startswith(OLD_WORD) and path.suffix.lower() == ".docx":
        raise BgdataError("{path} is protected by a password; remove it in Word, then run again.", path=path.name)
    if not content.startswith(b"PK\x03\x04") or b"opendocument" in content[:120]:
        raise BgdataError(
            "{path} is no .docx file; open it in Word or LibreOffice, save it as .docx, then run again.", path=path.name
        )
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise BgdataError(
            "{path} is damaged; open it in Word and save it again, or take an earlier copy.", path=path.name
        )
    return content


def period_of(front):
    """Return the period that a report's title names first, or None.

    Examples
    --------
    >>> period_of(["Bắc Giang, ngày 12 tháng 6 năm 2025", "Sơ kết 6 tháng đầu năm 2025, nhiệm vụ 6 tháng cuối năm 2025"])
    Period(year=2025, freq='S', index=1)
    """
    text = " \n ".join(line for line in front if not PLACE_AND_DATE.search(line))
    found = [(match.start(), period) for match, period in periods_in(text)]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def periods_in(text):
    """Yield (match, Period) for the periods that a text names with their year."""
    for match in HALF.finditer(text):
        yield match, Period(int(match["year"]), "S", 1 if match["half"].lower() == "đầu" else 2)
    for match in QUARTER.finditer(text):
        number = match["quarter"].lower()
        yield match, Period(int(match["year"]), "Q", ROMAN.get(number) or int(number))
    for match in MONTH.finditer(text):
        if not re.search(r"(?:ngày|[-–])\s*\d*\s*$", text[: match.start()]):
            yield match, Period(int(match["year"]), "M", int(match["month"]))
    for match in YEAR.finditer(text):
        if not re.search(r"(?:đầu|cuối|tháng\s+\d+|quý\s+\w+|kỳ|và)\s+$", text[: match.start()]):
            yield match, Period(int(match["year"]), "A", 1)
