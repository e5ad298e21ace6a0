"""Put together a period's observations: what its report says for certain, and what persons decided.

A decision that still counts stands above the report; one whose print has changed lapses, and is asked about again.
Nothing is taken over from another period. Files are in `period_files`.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from bgdata.package import belongs
from bgtools.read import decisions, record
from bgtools.read.period_files import key_of, observations, rows_of
from bgtools.read.record import Found, Record


@dataclass
class Draft:
    """What is written, and what it was made from.

    Attributes
    ----------
    period : Period
    rows : list of dict
        All lines of the period's observations, in the catalogue's order.
    found : dict of (str, str) to Found, or None
        What the report says; None where none has been read.
    decided : dict of (str, str) to Decision
    kept, deleted : set of (str, str)
        Indicators and categories whose decision counts: for a number, and for none.
    lapsed : dict of (str, str) to Decision
        Decisions whose print has changed.
    sections : dict of str to list of str
        Sections that are new to the package, by the sector whose numbers stand there.
    seen : dict
        What the review page tells of the report beside the numbers that are expected.
    """

    period: object
    rows: list = field(default_factory=list)
    found: dict | None = None
    decided: dict = field(default_factory=dict)
    kept: set = field(default_factory=set)
    deleted: set = field(default_factory=set)
    lapsed: dict = field(default_factory=dict)
    sections: dict = field(default_factory=dict)
    seen: dict = field(default_factory=dict)

    @property
    def asked(self):
        """list of (str, str): what a person is asked about, in the catalogue's order."""
        present = {key_of(row) for row in self.rows} | self.deleted
        return [key for key in {**(self.found or {}), **self.lapsed} if key not in present]


def make(package, period, reading=None, answers=None, day=None):
    """Put together what was read, now or last time, and what persons have decided.

    Parameters
    ----------
    package : bgdata.package.datapackage.Package
    period : Period
        Need not be in the package yet.
    reading : bgtools.read.reading.Reading, optional
        Without it, what was found last time stands.
    answers : callable, optional
        Takes what was found when the questions were asked; returns the decisions that answer them, by indicator and
        category. Those that stood in `data/decisions.csv` already are no new ones.
    day : datetime.date, optional
        When changes of the file are recorded as decisions; today if left out.

    Returns
    -------
    Draft

    Raises
    ------
    DataError
        The period's observations have faults; correct them first.
    """
    now = observations(package, period)
    last = record.load(package.root / "build" / period.code)
    draft = Draft(period, sections=_new_sections(package, reading) if reading else {})
    draft.found = _found(package, draft, reading) if reading else last.found if last else None
    draft.seen = last.seen if last else {}
    filed = decisions.of(rows_of(package, "decisions"), period)
    draft.decided = dict(filed)
    day = day or date.today()
    if now is None:  # the draft was deleted: afresh, and changes of its lines went with it
        draft.decided = {key: one for key, one in draft.decided.items() if one.by != decisions.EDITED}
    elif last:
        changes = decisions.edits(period, last.written, now, last.found or {}, day)
        draft.decided |= {one.key: one for one in changes}
    elif now and draft.found is not None:
        _without_record(draft, now, day)
    given = answers(last.found if last else draft.found) if answers else {}
    new = {key: one for key, one in given.items() if key not in filed or not one.same(filed[key])}
    draft.decided |= new
    _settle(package, draft, now or {}, set(new))
    return draft


def _found(package, draft, reading):
    known = {*package.sections, *(section for sections in draft.sections.values() for section in sections)}
    allowed = _allowed(package)
    return record.found(reading, lambda section: bool(allowed.fullmatch(section)) and belongs(section, known))


def _allowed(package):
    """Return the pattern that the package declares for sections of observations."""
    return next(field.pattern for field in package.schemas["observations"].fields if field.name == "section")


def _without_record(draft, now, day):
    """Take lines as a person's where it is not known any more what was written: those that the report does not say."""
    said = {key: one.row for key, one in draft.found.items() if one.certain}
    unknown = {key: row for key, row in now.items() if key not in draft.decided}
    before = {key: row for key, row in said.items() if key in unknown}
    draft.decided |= {one.key: one for one in decisions.edits(draft.period, before, unknown, draft.found, day)}
    for key, row in said.items():
        if key not in now and key not in draft.decided:
            one = draft.found[key]
            draft.found[key] = Found(row, one.confidence, False, one.quote, (*one.doubts, (record.UNSURE.text, {})))


def _settle(package, draft, now, answered):
    """Decide on each number: the decision that counts, else the report where it is certain; else it is asked about."""
    found, rows = draft.found or {}, {}
    for key in {**now, **found, **draft.decided}:
        decision, one = draft.decided.get(key), found.get(key)
        if decision is None:
            row = one.row if one and one.certain else now.get(key) if draft.found is None else None
            rows |= {key: row} if row else {}
        elif draft.found is None or decisions.holds(decision, one):
            if decision.action == decisions.DROP:
                draft.deleted.add(key)
            else:
                draft.kept.add(key)
                stands = key in now and key not in answered and decisions.agrees(decision, now[key])
                rows[key] = now[key] if stands else decisions.row_of(decision, one)
        elif one and one.certain and decisions.agrees(decision, one.row):
            rows[key] = one.row
        else:
            draft.lapsed[key] = decision
    order = {key: place for place, key in enumerate(_catalogue(package))}
    draft.rows = [rows[key] for key in sorted(rows, key=lambda key: order.get(key, len(order)))]
    draft.lapsed = dict(sorted(draft.lapsed.items(), key=lambda item: order.get(item[0], len(order))))


def record_of(draft):
    """Return the text of the draft's record."""
    return record.dump(Record({key_of(row): row for row in draft.rows}, draft.found, draft.seen))


def _catalogue(package):
    for indicator, row in package.indicators.items():
        yield indicator, ""
        yield from ((indicator, code) for breakdown, code in package.categories if breakdown == row["breakdown"])


def _new_sections(package, reading):
    """Return sections that no sector has yet: each goes to the sector that most of its numbers are of."""
    allowed, counts = _allowed(package), {}
    for one in reading.matches:
        section = reading.passages[one.numeral.passage].section.split(" fn")[0]
        if reading.certain(one) and allowed.fullmatch(section) and not belongs(section, package.sections):
            counts.setdefault(section, Counter())[one.slot.row["sector"]] += 1
    found = {}
    for section, of_section in counts.items():
        if not any(other.startswith(f"{section}.") for other in counts):  # what stands above one is known by it
            found.setdefault(of_section.most_common(1)[0][0], []).append(section)
    return found
