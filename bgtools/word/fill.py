"""Fill a draft: propose the data's numbers, times, figures and tables where it does not say them yet.

All is proposed as tracked changes. In last period's report every number is replaced or marked as lacking, so that none
is left standing; in a draft of this period, only what differs from the data is touched.
"""

from dataclasses import dataclass, field, replace

import click

from bgdata import files
from bgdata.errors import BgdataError
from bgdata.package import Package
from bgdata.voice import Message
from bgtools.word.checks.expected import Expected, agrees, label
from bgtools.word.checks.leftovers import leftovers
from bgtools.word.checks.remarks import WRONG
from bgtools.word.checks.twice import repeated
from bgtools.word.file.comments import comment
from bgtools.word.file.revisions import Revisions
from bgtools.word.filling.places import fill_places
from bgtools.word.filling.redrawn import redraw
from bgtools.word.filling.renewal import Edit, renewed
from bgtools.word.filling.writing import edits
from bgtools.word.manuscript import open_draft
from bgtools.word.pictures import pictures

SUFFIX = ".dien-so.docx"
NO_DATA = Message("[no data for this period yet]")
SURE, LIKELY = 0.8, 0.3


@dataclass
class Filling:
    """What is proposed for a draft.

    Attributes
    ----------
    draft : Manuscript
    edits : list of Edit
    figures : int
        Figures, captions and tables.
    """

    draft: object
    edits: list = field(default_factory=list)
    figures: int = 0

    def count(self, kind):
        return sum(one.kind == kind for one in self.edits)

    @property
    def empty(self):
        return not (self.edits or self.figures)


def filled(root, path, *, period=None, lang="vi"):
    """Fill a draft, write the copy beside it, and say what is proposed.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the project.
    path : path
        The draft, a .docx file: of this period, or last period's report.
    period : str, optional
        The newest period with data if left out.
    lang : {"vi", "en"}
        Of what is written into the draft.

    Returns
    -------
    int
        The exit status.

    Raises
    ------
    BgdataError
        There are no data for the period, the draft cannot be opened or read, or the copy cannot be written.
    """
    package = Package.open(root)
    now = package.period(period) if period else package.newest()
    if not package.observations_file(now).is_file():
        raise BgdataError(
            "There are no data for {period} yet; open it with: bgdata new {code}", period=label(now), code=now.code
        )
    filling = propose(open_draft(path, package, now.code, as_titled=True), lang)
    if filling.empty:
        click.echo(str(Message("Nothing to propose: {path} says what the data say.", path=filling.draft.path.name)))
        return 0
    target = filling.draft.path.with_suffix(SUFFIX)
    files.write(target, filling.draft.container.bytes())
    _say(filling, target)
    return 0


def propose(draft, lang="vi"):
    """Put all that is to be proposed into an open draft.

    Parameters
    ----------
    draft : bgtools.word.manuscript.Manuscript
        Read as of the period that its title names.
    lang : {"vi", "en"}

    Returns
    -------
    Filling
    """
    expected = Expected(draft.package, draft.period)
    last = draft.titled is not None and draft.titled < draft.period
    times = renewed(draft.reading.passages, draft.titled, draft.period) if last else _times(draft)
    edits_made = _apart([*times, *_numbers(draft, expected, last, NO_DATA.to(lang))])
    trees = draft.anchors.trees
    revisions = Revisions(trees.values())
    placed = [(draft.anchors.find(one.passage, one.start, one.end), one) for one in edits_made]
    placed = sorted(((anchor, one) for anchor, one in placed if anchor), key=lambda pair: -pair[0].at)
    shown = pictures(draft)
    for anchor, one in placed:
        if anchor.inside != "box":
            revisions.replace(anchor, one.text, marked=one.kind == "empty")
    filling = Filling(draft, [one for _, one in placed])
    notes = _notes([pair for pair in reversed(placed) if pair[0].inside == "box"], draft, lang)
    filling.figures = redraw(draft, shown, revisions, lang)
    filling.figures += fill_places(draft, revisions, lang)
    if not filling.empty:
        for part, tree in trees.items():
            draft.container.put(part, tree)
        comment(draft.container, trees[draft.container.main], notes)
    return filling


def _notes(boxed, draft, lang):
    """Return comments for what stands in text boxes, one for each: LibreOffice mixes up tracked changes there."""
    notes = {}
    for anchor, one in boxed:
        printed = draft.reading.passages[one.passage].text[one.start : one.end]
        said = Message("In the text box, instead of {printed}: {text}", printed=printed, text=one.text)
        notes.setdefault(id(anchor.host), (anchor, []))[1].append(said.to(lang))
    return list(notes.values())


def _numbers(draft, expected, last, lacking):
    """Return the edits of numbers; where it is last period's report, of every one that is no longer true."""
    passages, rows, made = draft.reading.passages, {}, []
    for match in draft.reading.matches:
        row = expected.now.get(match.slot.key)
        if row and (match.confidence >= SURE or agrees(match.numeral, row["number"]) and match.confidence >= LIKELY):
            rows[id(match.numeral)] = row
    rows |= {id(later): rows[id(first)] for first, later in repeated(draft) if id(first) in rows}
    for numeral in draft.numbers:
        row, text = rows.get(id(numeral)), passages[numeral.passage].text
        if row and agrees(numeral, row["number"]) and not numeral.readings:
            continue
        new = edits(numeral, row, text) if row else None
        if new is None and last:
            new = [Edit(numeral.passage, numeral.start, numeral.end, lacking, "empty")]
        made += new or []
    return _pairs_joined(made, passages)


def _pairs_joined(made, passages):
    """Let n/N that lacks both numbers be marked once."""
    joined = []
    for one in made:
        before = joined[-1] if joined else None
        if before and before.kind == one.kind == "empty" and before.passage == one.passage:
            between = passages[one.passage].text[before.end : one.start]
            if between.strip() == "/":
                joined[-1] = replace(before, end=one.end)
                continue
        joined.append(one)
    return joined


def _times(draft):
    """Return the edits of years and periods that are left over from another report."""
    return [
        Edit(one.passage, one.start, one.end, one.expected, "time")
        for one in leftovers(draft)
        if one.grade == WRONG and one.expected
    ]


def _apart(edits_made):
    """Return the edits that do not stand in each other's place; the first ones stay."""
    kept = []
    for one in edits_made:
        if not any(one.passage == other.passage and one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return kept


def _say(filling, target):
    values, empty, times = (filling.count(kind) for kind in ("value", "empty", "time"))
    if filling.draft.titled and filling.draft.titled < filling.draft.period:
        told = Message(
            "This is the report of {then}; it is made into that of {now}.",
            then=label(filling.draft.titled),
            now=label(filling.draft.period),
        )
        click.echo(str(told), err=True)
    click.echo(
        str(
            Message(
                "Proposed: {values} numbers, {times} names of time, {figures} figures and tables; {empty} numbers are marked as lacking.",
                values=values,
                times=times,
                figures=filling.figures,
                empty=empty,
            )
        )
    )
    click.echo(str(Message("Copy with tracked changes: {path}", path=target)))
