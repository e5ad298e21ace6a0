"""What a report was found to say, number by number, in a form that outlives the report: `build/<period>/intake.json`.

It is what a person's answers are about, and what the next draft is compared with. Sentences in it are cut where the name
of a person stands. It is no part of the data package.
"""

import json
from dataclasses import asdict, dataclass, field

from bgdata.voice import Message
from bgtools.read.quotes import quote

FILE = "intake.json"
RIVAL = Message("could also be: {label}")
NOTATION = Message("broken notation; could be {readings}")
ELSEWHEN = Message("seems to be a number of another period")
NO_SECTION = Message("section {section} belongs to no sector")
UNSURE = Message("a number that is absent from the file; a person may have deleted it")
BEYOND_DOUBT = 0.98  # above it, what a number could also be is not worth a reader's time


@dataclass(frozen=True)
class Found:
    """What a report says of one indicator or category.

    Attributes
    ----------
    row : dict of str to str
        The columns of `observations/<period>.csv`.
    confidence : float
    certain : bool
        It is entered without asking.
    quote : tuple of str
        What stands before the number, the number, and what stands behind it.
    doubts : tuple of (str, dict)
        Texts of messages and their values.
    """

    row: dict
    confidence: float
    certain: bool
    quote: tuple = ("", "", "")
    doubts: tuple = ()

    @property
    def key(self):
        return self.row["indicator"], self.row["category"]


@dataclass
class Record:
    """What the last draft wrote, and from what.

    Attributes
    ----------
    written : dict of (str, str) to dict
        Lines of the observations by indicator and category.
    found : dict of (str, str) to Found, or None
        None where no report has been read.
    seen : dict
        What else the review page tells of the report.
    """

    written: dict = field(default_factory=dict)
    found: dict | None = None
    seen: dict = field(default_factory=dict)


def found(reading, belongs):
    """Return what a reading found, by indicator and category.

    Parameters
    ----------
    reading : bgtools.read.reading.Reading
    belongs : callable
        Tells whether a section is one of the package's.
    """
    everything = {}
    for one in reading.matches:
        row = reading.row(one)
        certain = reading.certain(one) and belongs(row["section"])
        doubts = [*_told(one), *_doubts(one)]
        if reading.certain(one) and not certain:
            doubts.append((NO_SECTION.text, {"section": row["section"]}))
        passage = reading.passages[one.numeral.passage]
        everything[one.slot.key] = Found(
            row, round(one.confidence, 3), certain, quote(passage, one.numeral), tuple(doubts)
        )
    return everything


def _told(one):
    """Return the reasons that the reader itself gives for asking; what holds more than plain values is said now."""
    for doubt in getattr(one, "doubts", ()):
        plain = type(doubt) is Message and all(isinstance(value, str | int) for value in doubt.values.values())
        yield (doubt.text, dict(doubt.values)) if plain else (str(doubt), {})


def _doubts(one):
    if one.rival and one.confidence < BEYOND_DOUBT:
        yield RIVAL.text, {"indicator": one.rival.indicator, "category": one.rival.category}
    if one.numeral.readings:
        yield NOTATION.text, {"readings": "; ".join(one.numeral.readings)}
    if one.numeral.elsewhen:
        yield ELSEWHEN.text, {}


def load(folder):
    """Return the record in a folder; an empty one where there is none that can be used.

    Returns
    -------
    Record or None
    """
    try:
        text = json.loads((folder / FILE).read_text(encoding="utf-8"))
        written = {(row["indicator"], row["category"]): row for row in text["written"]}
        everything = None if text["found"] is None else [_found(one) for one in text["found"]]
        return Record(written, None if everything is None else {one.key: one for one in everything}, text["seen"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _found(one):
    doubts = tuple((text, values) for text, values in one["doubts"])
    return Found({**one["row"]}, float(one["confidence"]), bool(one["certain"]), tuple(one["quote"]), doubts)


def dump(record):
    """Return the text of a record's file."""
    everything = None if record.found is None else [asdict(one) for one in record.found.values()]
    text = {"written": list(record.written.values()), "found": everything, "seen": record.seen}
    return json.dumps(text, ensure_ascii=False, indent=1) + "\n"
