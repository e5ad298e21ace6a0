"""Audit a draft: hold what it prints against the data and against itself, and write a copy with comments.

The draft itself is only read. What is wrong is told from what only a person can judge; nothing is corrected here.
"""

from dataclasses import dataclass, field, replace

from bgdata import files
from bgdata.package import Package
from bgdata.voice import Message
from bgtools.word import account
from bgtools.word.checks.consistency import inconsistencies
from bgtools.word.checks.expected import Expected, agrees, label
from bgtools.word.checks.leftovers import leftovers
from bgtools.word.checks.remarks import ASK, WRONG, by_place
from bgtools.word.checks.rulings import rulings
from bgtools.word.checks.twice import repeated, repetitions
from bgtools.word.file.comments import comment
from bgtools.word.manuscript import open_draft
from bgtools.word.pictures import pictures

SUFFIX = ".kiem-tra.docx"
BY_THEMSELVES = ("value", "stale", "direction", "notation", "unknown")  # remarks that need no other number
CONFIRMED = 0.3  # confidence from which a number that agrees with the data is taken for the one that is meant


@dataclass
class Audit:
    """What came of an audit.

    Attributes
    ----------
    manuscript : Manuscript
    remarks : list of list of Remark
        Those about one place together, in the order of the draft.
    figures : list of bgtools.word.pictures.Shown
    confirmed : set of int
        Ids of the numerals that the data confirm.
    notices : list of Message or str
    """

    manuscript: object
    remarks: list = field(default_factory=list)
    figures: list = field(default_factory=list)
    confirmed: set = field(default_factory=set)
    notices: list = field(default_factory=list)

    @property
    def wrong(self):
        """bool: something in the draft cannot stay as it is."""
        return any(one.grade == WRONG for place in self.remarks for one in place) or any(
            one.grade == WRONG for shown in self.figures for one in shown.remarks
        )

    def counts(self):
        """Return how many numbers there are, and how many are confirmed, wrong and unknown."""
        wrong = {
            (numeral.passage, numeral.start)
            for numeral in self.manuscript.numbers
            for place in self.remarks
            for one in place
            if one.grade == WRONG
            and one.passage == numeral.passage
            and one.start < numeral.end
            and numeral.start < one.end
        }
        good = [
            one
            for one in self.manuscript.numbers
            if id(one) in self.confirmed and (one.passage, one.start) not in wrong
        ]
        every = len(self.manuscript.numbers)
        return {
            "numbers": every,
            "confirmed": len(good),
            "wrong": len(wrong),
            "unknown": every - len(good) - len(wrong),
        }


def checked(root, path, *, period=None, form="text", lang="vi"):
    """Audit a draft, write the copy with comments beside it, and say what came of it.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the project.
    path : path
        The draft, a .docx file.
    period : str, optional
        What it is held against; else what its title says.
    form : {"text", "json"}
        Of what is said.
    lang : {"vi", "en"}
        Of the comments and of what is said.

    Returns
    -------
    int
        The exit status: 1 where something in the draft is wrong.

    Raises
    ------
    BgdataError
        The draft cannot be opened or read, or the copy cannot be written.
    """
    found = audited(open_draft(path, Package.open(root), period))
    target = found.manuscript.path.with_suffix(SUFFIX)
    write(found, target, lang)
    account.of_audit(found, target, form, lang)
    return 1 if found.wrong else 0


def audited(draft):
    """Audit a draft that is open.

    Parameters
    ----------
    draft : bgtools.word.manuscript.Manuscript

    Returns
    -------
    Audit
    """
    reading, found = draft.reading, Audit(draft, notices=list(draft.notices))
    remarks = list(inconsistencies(reading))
    known = {}
    if draft.period and draft.ours:
        expected = Expected(draft.package, draft.period)
        for match in reading.matches:
            row = expected.now.get(match.slot.key)
            if row is not None and match.confidence >= CONFIRMED:
                known[id(match.numeral)] = agrees(match.numeral, row["number"])
        remarks += expected.remarks(reading)
        remarks += rulings(draft, expected)
        found.notices += _notices(draft, expected)
    elif draft.period:
        found.notices.append(
            Message("This is the report of another body: its numbers are held against each other alone.")
        )
    if draft.period:
        remarks += leftovers(draft)
        found.figures = pictures(draft)
    pairs = repeated(draft)
    known |= {id(later): True for first, later in pairs if known.get(id(first)) and agrees(later, first.number)}
    remarks += repetitions(draft, pairs, known)
    found.confirmed = {one for one, good in known.items() if good}
    good = [one for one in draft.numbers if id(one) in found.confirmed]
    found.remarks = by_place(_settled(remarks, good))
    return found


def _settled(remarks, good):
    """Let what the data say stand before what numbers say of one another.

    Where a number differs from the data, its sum or share need not be spoken of; where the data confirm all of them, the
    contradiction stands in the data, too, and is for a person to look at.

    Parameters
    ----------
    remarks : list of Remark
        Those that are read from the text before those of the catalogue's rules.
    good : sequence of Numeral
        Those that the data confirm.
    """
    settled = [one for one in remarks if one.kind in BY_THEMSELVES]
    for remark in (one for one in remarks if one.kind not in BY_THEMSELVES):
        sure = [one for one in good if remark.overlaps(one.passage, one.start, one.end)]
        if remark.kind == "period" or not (sure or any(remark.overlaps(*one.place) for one in settled)):
            settled.append(remark)
        elif not any(remark.overlaps(*one.place) for one in settled):
            settled.append(replace(remark, grade=ASK) if remark.kind in ("sum", "share") else remark)
    return settled


def _notices(draft, expected):
    if draft.titled and draft.titled != draft.period:
        yield Message(
            "The title names {titled}; the draft is held against {period}.",
            titled=label(draft.titled),
            period=label(draft.period),
        )
    if not expected.now:
        yield Message(
            "There are no data for {period} yet: the numbers are held against each other alone.",
            period=label(draft.period),
        )


def write(found, target, lang):
    """Write the copy of a draft with the comments.

    Raises
    ------
    WriteError
        It cannot be written; the draft is as it was.
    """
    draft = found.manuscript
    comments = []
    for place in found.remarks:
        anchor = draft.anchors.find(place[0].passage, place[0].start, max(one.end for one in place))
        if anchor:
            comments.append((anchor, [words for one in place for words in one.paragraphs(lang)]))
    for shown in found.figures:
        if shown.remarks:
            comments.append((shown.anchor, [words for one in shown.remarks for words in one.paragraphs(lang)]))
    comment(draft.container, draft.anchors.trees[draft.container.main], comments)
    files.write(target, draft.container.bytes())
