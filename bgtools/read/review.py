"""What a person has to look at: every expected number beside the last one, with the sentence that it was read from.

The same lines become the page `build/<period>/intake.html`, the workbook `intake.xlsx` and what the terminal says.
"""

import re
from collections import Counter
from dataclasses import asdict, dataclass, field

from bgdata.errors import NotationError
from bgdata.notation import folded, resolve
from bgdata.package import growth_text, value_text
from bgdata.voice import Message
from bgtools.read import decisions
from bgtools.read.indicator.rivals import repeats
from bgtools.read.quotes import near, quote
from bgtools.read.reading import CERTAIN, LIKELY
from bgtools.read.statement.classes import OBSERVATION
from bgtools.read.statement.doubts import JUMP

ENTERED, ASKED, MISSING, PERSON, DELETED = "entered", "to_ask", "missing", "person", "deleted"
STATES = {
    ENTERED: Message("entered"),
    ASKED: Message("to look at"),
    MISSING: Message("no data"),
    PERSON: Message("by a person"),
    DELETED: Message("deleted by a person"),
}
KINDS = {
    "date": Message("date"),
    "document": Message("document number"),
    "name": Message("name"),
    "ordinal": Message("ordinal"),
    "constant": Message("constant"),
}
SURE = (Message("not clear"), Message("probably"), Message("certainly"))
JUMPED = Message("another order of magnitude than last time")
TOLD = {
    "repeated": Message("repeated"),
    "compared": Message("of another period, to compare with"),
}


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
    printed : str
        As the report prints it.
    quote : tuple of str
        What stands before the number, the number, and what stands behind it.
    section : str
    confidence : float or None
    state : str
        ``"entered"``, ``"to_ask"``, ``"person"``, ``"deleted"`` or ``"missing"``.
    flags : list of str
        What is worth a second look, as sentences.
    decision : Decision or None
        What a person has decided, as long as it counts.
    key : (str, str)
    """

    sector: str
    label: str
    code: str
    last: str = ""
    now: str = ""
    change: str = ""
    printed: str = ""
    quote: tuple = ("", "", "")
    section: str = ""
    confidence: float | None = None
    state: str = MISSING
    flags: list = field(default_factory=list)
    decision: object = None
    key: tuple = ("", "")

    @property
    def sure(self):
        """Message or None: how sure it is that the sentence is about this indicator, in words."""
        if self.confidence is None:
            return None
        return SURE[sum(self.confidence >= limit for limit in (LIKELY, CERTAIN))]


def lines(package, slots, draft, lang):
    """Return a line for each expected number, in the catalogue's order.

    Parameters
    ----------
    package : bgdata.package.datapackage.Package
    slots : sequence of bgtools.read.indicator.slots.Slot
    draft : bgtools.read.draft.Draft
    lang : {"vi", "en"}

    Returns
    -------
    list of Line
        Categories that not every report prints are left out where they are neither in this report nor expected.
    """
    rows = {(row["indicator"], row["category"]): row for row in draft.rows}
    printed = {*rows, *(slot.key for slot in slots if slot.last)}
    only_parts = {indicator for indicator, _ in printed} - {indicator for indicator, part in printed if not part}
    spoken_of = {*rows, *(draft.found or ()), *draft.deleted, *draft.lapsed}
    found = []
    for slot in slots:
        if slot.key in spoken_of or (slot.recurring and not (slot.indicator in only_parts and not slot.category)):
            found.append(_line(package, slot, rows.get(slot.key), draft, lang))
    return found


def _line(package, slot, row, draft, lang):
    one = (draft.found or {}).get(slot.key)
    line = Line(
        package.sectors[slot.row["sector"]][f"label_{lang}"],
        package.label(slot.indicator, slot.category, lang),
        f"{slot.indicator}[{slot.category}]" if slot.category else slot.indicator,
        last=_written(package, slot, slot.last, lang) if slot.last else "",
        decision=None if slot.key in draft.lapsed else draft.decided.get(slot.key),
        key=slot.key,
    )
    if one:
        line.quote, line.section, line.confidence = one.quote, one.row["section"], one.confidence
        line.printed = one.row["printed"]
    if slot.key in draft.lapsed:
        line.flags.append(_lapsed(draft.lapsed[slot.key], one).to(lang))
    if slot.key in draft.deleted:
        line.state = DELETED
    elif row is not None:
        line.state, line.section = PERSON if slot.key in draft.kept else ENTERED, row["section"]
    elif one and one.confidence < LIKELY and slot.key not in draft.lapsed:
        line.flags.append(Message("perhaps this sentence, but far from certain").to(lang))
    elif one:
        line.state = ASKED
    shown = row or (one.row if one and line.state in (ASKED, DELETED) else None)
    if shown is not None and shown["status"] != "M":
        line.now, line.change = _written(package, slot, shown, lang), _change(slot, shown, lang)
        doubted = one.doubts if one else ()
        asked = any(text == JUMP.text for text, _ in doubted)
        line.flags += [flag.to(lang) for flag in _compared(slot, shown) if not (asked and flag == JUMPED)]
        line.flags += [_doubt(package, text, values, lang) for text, values in doubted]
    return line


def _lapsed(decision, one):
    """Say what a person decided about a number that the report prints otherwise now."""
    said = {
        decisions.ACCEPT: Message("a person accepted {printed}", printed=decision.printed),
        decisions.CORRECT: Message(
            "a person decided {answer} where it printed {printed}",
            answer=decision.answer or "–",
            printed=decision.printed or "–",
        ),
        decisions.DROP: Message("a person deleted {printed}", printed=decision.printed),
    }[decision.action]
    if one is None:
        return Message("{said}; now it is not found in the report", said=said)
    return Message("{said}; now the report prints {now}", said=said, now=one.row["printed"])


def _doubt(package, text, values, lang):
    if "indicator" in values:
        values = {"label": package.label(values["indicator"], values["category"], lang)}
    return Message(text, **values).to(lang)


def _written(package, slot, row, lang):
    try:
        value = float(row["value"]) if row["value"] not in (None, "") else float("nan")
        return value_text({**row, "value": value, "unit": slot.row["unit"]}, lang, package=package)
    except NotationError:
        return row["printed"]


def _change(slot, row, lang):
    """Write the change since the last period: in percent, or in points where the number itself is in percent."""
    last = slot.last
    if last is None or last["value"] in (None, 0) or row["value"] == "":
        return ""
    now, before = float(row["value"]), float(last["value"])
    if slot.row["unit"] == "percent":
        points = growth_text(round(now - before, 6), lang).removesuffix("%")
        return Message("{points} points", points=points).to(lang)
    return growth_text((now / before - 1) * 100, lang)


def _compared(slot, row):
    """Say what is worth a second look beside the last period's number."""
    last = slot.last
    if last is None or not last["value"] or not row["value"]:
        return
    ratio = abs(float(row["value"]) / float(last["value"]))
    number = resolve(row["printed"], row["qualifier"], float(row["value"]))
    if not 0.1 < ratio < 10:
        yield JUMPED
    elif number.exponent != last["number"].exponent:
        yield Message("another multiplier than last time")
    if ratio == 1 and len(last["printed"]) > 3:
        yield Message("same number as last time")


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
        beside = prefixes.get(passage.section.split(" fn")[0])
        prefix = beside.most_common(1)[0][0] if beside else next(iter(package.sectors))
        before, printed, after = quote(passage, numeral)
        noun = re.split(r"[,;.:()]", after)[0].split()[:5] or re.split(r"[,;.:()]", before)[-1].split()[-4:]
        found.append(
            New(
                near((before, printed, after)),
                passage.section,
                numeral.printed,
                f"{prefix}.{_slug(noun)}",
                "compared" if numeral.elsewhen else "repeated" if repeats(numeral, reading.passages) else "",
            )
        )
    return found


def _slug(words):
    return re.sub(r"[^a-z0-9_]", "", folded("_".join(words))).strip("_0123456789") or "new"


def counts(seen, draft):
    """Return how many numerals of the text are accounted for, by what they were taken for and what became of them."""
    settled = {(row["indicator"], row["category"]) for row in draft.rows} | draft.deleted
    found = dict(seen["counts"])
    found["entered"] = sum(key in settled for key in draft.found or ())
    open_ = found["numerals"] - found["others"] - found["repeats"] - found["compared"] - found["entered"]
    found["asked"] = open_ - found["new"]
    share = (found["numerals"] - open_) / found["numerals"] if found["numerals"] else 1
    return found | {"share": f"{share:.0%}"}


def others(reading):
    """Return the numerals that are no observations: kind, and the words around each."""
    found = []
    for numeral in reading.numerals:
        if numeral.kind != OBSERVATION:
            found.append((numeral.kind, near(quote(reading.passages[numeral.passage], numeral), 40)))
    return found


def seen(package, reading):
    """Return what a page tells of a report beside the numbers that are expected, to be kept with the record."""
    new = new_numbers(package, reading)
    told = Counter(one.told for one in new)
    return {
        "counts": {
            "numerals": len(reading.numerals),
            "others": sum(numeral.kind != OBSERVATION for numeral in reading.numerals),
            "repeats": told["repeated"],
            "compared": told["compared"],
            "new": told[""],
        },
        "new": [asdict(one) for one in new],
        "others": others(reading),
    }
