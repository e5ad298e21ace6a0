"""Bring the names of time in last period's report up to this one: its periods, the year before, its dates.

A date of the old period is emptied for the person who knows the new one; dates of documents stay. Only names of time
are looked at here, never numbers.
"""

import re
from dataclasses import dataclass

from bgtools.word.checks.leftovers import BARE_HALF, BREAKS, DATE, DOCUMENT, IN_FRONT, PLANS, SAME, relabelled
from bgtools.word.manuscript import periods_in

PLACED = re.compile(r"ngày\s+[\d.…]*\s*tháng\s+[\d.…]*\s*năm\s+20\d\d", re.IGNORECASE)


MONTH_ALONE = re.compile(
    r"(?<!\w)(?<!mỗi )(?<!hằng )tháng\s+(?P<month>1[0-2]|0?[1-9])(?!\s*(?:năm|/|-|–|\d|%))(?!\w)", re.IGNORECASE
)
PLANNED = re.compile(r"(?<!\w)(?:cùng kỳ|so với|tới|sang|sẽ)(?!\w)[^.;]{0,30}$", re.IGNORECASE)


@dataclass(frozen=True)
class Edit:
    """A stretch of a passage that another text is proposed for.

    Attributes
    ----------
    passage, start, end : int
    text : str
    kind : str
        ``"value"``, ``"empty"`` or ``"time"``.
    """

    passage: int
    start: int
    end: int
    text: str
    kind: str


def renewed(passages, then, now):
    """Return the edits that turn a report's names of time into those of another period.

    Parameters
    ----------
    passages : sequence of Passage
    then, now : Period
        Of the report as it stands, and of the one that it becomes.

    Returns
    -------
    list of Edit
    """
    edits = []
    for index, passage in enumerate(passages):
        taken = []
        for find in (_placed, _spans, _same_time, _dates, _months):
            for start, end, text in find(passage, then, now):
                if not any(start < last and first < end for first, last in taken):
                    taken.append((start, end))
                    if passage.text[start:end] != text:
                        edits.append(Edit(index, start, end, text, "time"))
    return edits


def _placed(passage, then, now):
    """The line with place and date: the year stays to be seen, day and month are left open."""
    if not passage.section:
        for match in PLACED.finditer(passage.text):
            yield *match.span(), f"ngày … tháng … năm {now.end.year}"


def _spans(passage, then, now):
    """Periods with their year, and half-years without."""
    turned = {then.shifted(step): now.shifted(step) for step in (0, 1)} | {then.year_before(): now.year_before()}
    turned.setdefault(then.previous(), now.previous())
    for match, named in periods_in(passage.text):
        if named in turned and not _documents(passage, match.start()):
            yield *match.span(), relabelled(match[0], turned[named])
    if then.freq == now.freq == "S" and then.index != now.index:
        for match in BARE_HALF.finditer(passage.text):
            half = "cuối" if match["half"].lower() == "đầu" else "đầu"
            if not _documents(passage, match.start()):
                yield *match.span("half"), half.upper() if match["half"].isupper() else half


def _documents(passage, start):
    """Tell whether a time belongs to the name of a document."""
    before = passage.text[max(0, start - 60) : start]
    return bool((DOCUMENT if passage.section else IN_FRONT).search(before)) and not PLANS.search(before)


def _same_time(passage, then, now):
    for match in SAME.finditer(passage.text):
        if int(match["year"]) == then.year - 1:
            yield *match.span("year"), str(now.year - 1)


def _dates(passage, then, now):
    """Dates within the old period, or of its year: the day is for a person to say."""
    if not passage.section:
        return
    for match in DATE.finditer(passage.text):
        before = BREAKS.split(passage.text[: match.start()])[-1]
        if int(match["year"]) in (then.year, now.year - 1) and match["day"] and not DOCUMENT.search(before[-90:]):
            start = match.start("day")
            yield start, match.end("year"), f"…/…/{now.year}"


def _months(passage, then, now):
    """Months without a year that the new period does not have: "đến hết tháng 11"."""
    if not passage.section:
        return
    for match in MONTH_ALONE.finditer(passage.text):
        before = passage.text[: match.start()]
        if (
            not now.start.month <= int(match["month"]) <= now.end.month
            and not _documents(passage, match.start())
            and not PLANNED.search(before)
        ):
            yield *match.span("month"), "…"
