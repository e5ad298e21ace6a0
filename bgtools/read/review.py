"""What a person has to look at: every expected number beside the last one, with the sentence that it was read from.

The same lines become the page `build/<period>/intake.html` and the table in the terminal. Sentences of the report
go nowhere else.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from bgdata.notation.numbers import resolve
from bgdata.package.text import growth_text, value_text
from bgtools.read.messages import sentence
from bgtools.read.statement.classes import OBSERVATION
from bgtools.read.statement.match import repeats
from bgtools.read.statement.reading import LIKELY

ENTERED, ASKED, MISSING, PERSON, DELETED = "entered", "to_ask", "missing", "person", "deleted"
BEYOND_DOUBT = 0.98  # above it, what a number could also be is not worth a reader's time
LEAD = 70  # characters of what leads to a list or a table's row
NEARBY = 140  # characters of the sentence shown on either side of the number


@dataclass
class Line:
    """One expected number.

    Attributes
    ----------
    sector, label : str
    code : str
        Indicator, and category if there is one.
    last, now, change : str
        As a reader expects them; empty where there is none.
    quote : tuple of str
        What stands before the number, the number, and what stands behind it.
    section : str
    confidence : float or None
    state : str
        ``"entered"``, ``"to_ask"``, ``"person"``, ``"deleted"`` or ``"missing"``.
    flags : list of str
        What is worth a second look, as sentences.
    """

    sector: str
    label: str
    code: str
    last: str = ""
    now: str = ""
    change: str = ""
    quote: tuple = ("", "", "")
    section: str = ""
    confidence: float | None = None
    state: str = MISSING
    flags: list = field(default_factory=list)

    @property
    def sure(self):
        """str: the confidence as it is shown, never rounded up."""
        return "" if self.confidence is None else f"{min(99, int(self.confidence * 100)) / 100:.2f}"


def lines(package, slots, reading, draft, lang):
    """Return a line for each expected number, in the catalogue's order.

    Parameters
    ----------
    package : bgdata.package.datapackage.Package
    slots : sequence of bgtools.read.statement.slots.Slot
    reading : bgtools.read.statement.reading.Reading or None
    draft : bgtools.read.draft.Draft
    lang : {"vi", "en"}

    Returns
    -------
    list of Line
        Categories that not every report prints are left out where they are neither in this report nor expected.
    """
    matches = {one.slot.key: one for one in reading.matches} if reading else {}
    rows = {(row["indicator"], row["category"]): row for row in draft.rows}
    printed = {*rows, *(slot.key for slot in slots if slot.last)}
    only_parts = {indicator for indicator, _ in printed} - {indicator for indicator, part in printed if not part}
    found = []
    for slot in slots:
        shown = slot.key in matches or slot.key in rows or slot.key in draft.deleted
        if shown or (slot.recurring and not (slot.indicator in only_parts and not slot.category)):
            found.append(_line(package, slot, matches.get(slot.key), rows.get(slot.key), reading, draft, lang))
    return found


def _line(package, slot, one, row, reading, draft, lang):
    line = Line(
        package.sectors[slot.row["sector"]][f"label_{lang}"],
        package.label(slot.indicator, slot.category, lang),
        f"{slot.indicator}[{slot.category}]" if slot.category else slot.indicator,
        last=_written(slot, slot.last, lang) if slot.last else "",
    )
    if one:
        passage = reading.passages[one.numeral.passage]
        line.quote, line.section, line.confidence = quote(passage, one.numeral), passage.section, one.confidence
    if row is None and one and one.confidence < LIKELY and slot.key not in draft.deleted:
        line.flags.append(sentence("perhaps", lang))
    elif row is None and one:
        row = reading.row(one)
        line.state = DELETED if slot.key in draft.deleted else ASKED
        if line.state == ASKED and reading.certain(one):
            line.flags.append(sentence("no_section", lang, section=line.section))
    elif row is not None:
        line.state = PERSON if slot.key in draft.kept else ENTERED
        line.section = row["section"]
    if row is not None and row["status"] != "M":
        line.now = _written(slot, row, lang)
        line.change = _change(slot, row, lang)
        line.flags += _flags(package, slot, one, row, lang)
    return line


def _written(slot, row, lang):
    value = float(row["value"]) if row["value"] not in (None, "") else float("nan")
    return value_text({**row, "value": value, "unit": slot.row["unit"]}, lang)


def _change(slot, row, lang):
    """Write the change since the last period: in percent, or in points where the number itself is in percent."""
    last = slot.last
    if last is None or last["value"] in (None, 0) or row["value"] == "":
        return ""
    now, before = float(row["value"]), float(last["value"])
    if slot.row["unit"] == "percent":
        points = growth_text(round(now - before, 6), lang).removesuffix("%")
        return sentence("points", lang, points=points)
    return growth_text((now / before - 1) * 100, lang)


def _flags(package, slot, one, row, lang):
    """Return what is worth a second look."""
    found, last = [], slot.last
    if last is not None and last["value"] and row["value"]:
        ratio = abs(float(row["value"]) / float(last["value"]))
        number = resolve(row["printed"], row["qualifier"], float(row["value"]))
        if not 0.1 < ratio < 10:
            found.append(sentence("jumped", lang))
        elif number.exponent != last["number"].exponent:
            found.append(sentence("other_multiplier", lang))
        if ratio == 1 and len(last["printed"]) > 3:
            found.append(sentence("same", lang))
    if one and one.rival and one.confidence < BEYOND_DOUBT:
        label = package.label(one.rival.indicator, one.rival.category, lang)
        found.append(sentence("rival", lang, label=label))
    if one and one.numeral.readings:
        found.append(sentence("notation", lang, readings="; ".join(one.numeral.readings)))
    if one and one.numeral.elsewhen:
        found.append(sentence("elsewhen", lang))
    return found


def quote(passage, numeral):
    """Return the sentence around a numeral: what stands before it, the numeral, what stands behind it.

    Examples
    --------
    >>> from bgtools.read.document.passage import Passage
    >>> from bgtools.read.statement.numerals import Numeral
    >>> quote(Passage("Câu trước. Có 334 điểm phục vụ; nộp thuế."), Numeral(0, 14, 17, "334"))
    ('Có ', '334', ' điểm phục vụ; nộp thuế.')
    """
    text = passage.text
    before, after = text[: numeral.start], text[numeral.end :]
    before = re.split(r"(?<=[.!?])\s", before)[-1]
    after = re.split(r"(?<=[^\W\d_)%][.!?])\s", after)[0]
    if len(before) > NEARBY:
        before = "… " + before[-NEARBY:].split(" ", 1)[-1]
    if len(after) > NEARBY:
        after = after[:NEARBY].rsplit(" ", 1)[0] + " …"
    if passage.lead and text.startswith(before):
        lead = passage.lead if len(passage.lead) <= LEAD else "… " + passage.lead[-LEAD:].split(" ", 1)[-1]
        before = f"{lead} › {before}"
    return before, text[numeral.start : numeral.end], after


@dataclass
class New:
    """A number that no indicator was found for, with the indicator that it could become.

    `told` is ``"repeated"`` where the text has it already, ``"compared"`` where it is another period's.
    """

    quote: tuple
    section: str
    printed: str
    suggestion: str
    told: str = ""


def new_numbers(package, reading):
    """Return the numbers of the report that no indicator was found for, or none with any confidence.

    Returns
    -------
    list of New
        The code suggested for a new indicator is made of its sector and of the words behind the number.
    """
    prefixes = {}
    for one in reading.matches:
        section = reading.passages[one.numeral.passage].section.split(" fn")[0]
        prefixes.setdefault(section, Counter())[one.slot.indicator.split(".")[0]] += 1
    found = []
    for numeral in reading.unknown:
        passage = reading.passages[numeral.passage]
        near = prefixes.get(passage.section.split(" fn")[0])
        prefix = near.most_common(1)[0][0] if near else next(iter(package.sectors))
        before, printed, after = quote(passage, numeral)
        noun = re.split(r"[,;.:()]", after)[0].split()[:5] or re.split(r"[,;.:()]", before)[-1].split()[-4:]
        found.append(
            New(
                (before, printed, after),
                passage.section,
                numeral.printed,
                f"{prefix}.{_slug(noun)}",
                "compared" if numeral.elsewhen else "repeated" if repeats(numeral, reading.passages) else "",
            )
        )
    return found


def _slug(words):
    plain = unicodedata.normalize("NFD", "_".join(words).lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9_]", "", plain).strip("_0123456789") or "new"


def counts(reading, found, new):
    """Return how many numerals of the text are accounted for, by what they were taken for."""
    states = Counter(line.state for line in found)
    told = Counter(one.told for one in new)
    everything = len(reading.numerals)
    others = sum(numeral.kind != OBSERVATION for numeral in reading.numerals)
    fresh, repeated, compared = told[""], told["repeated"], told["compared"]
    entered = sum(reading.certain(one) for one in reading.matches)
    asked = everything - others - len(new) - entered
    return {
        "numerals": everything,
        "entered": entered,
        "asked": asked,
        "others": others,
        "repeats": repeated,
        "compared": compared,
        "new": fresh,
        "missing": states[MISSING],
        "share": f"{(everything - fresh - asked) / everything:.0%}" if everything else "100%",
    }


def others(reading, lang):
    """Return the numerals that are no observations: kind, and the words around each."""
    found = []
    for numeral in reading.numerals:
        if numeral.kind != OBSERVATION:
            before, printed, after = quote(reading.passages[numeral.passage], numeral)
            found.append((sentence(numeral.kind, lang), (before[-40:], printed, after[:40])))
    return found
