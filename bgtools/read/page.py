"""Show the review as a page that needs no network, for reading; answers are given in the workbook."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from bgdata.voice import Message, speaking, translate
from bgtools.read.quotes import near
from bgtools.read.review import ASKED, DELETED, ENTERED, KINDS, MISSING, PERSON, STATES, TOLD

FILE = "intake.html"
PARTS = (
    (Message("To look at: not certain enough to be entered"), (ASKED,)),
    (Message("Entered"), (ENTERED, PERSON, DELETED)),
    (Message("Not found in the report"), (MISSING,)),
)


def html(period, lines, lang, *, seen=None, counts=None, notices=(), workbook=""):
    """Return the review page.

    Parameters
    ----------
    period : bgdata.notation.periods.Period
    lines : list of bgtools.read.review.Line
    lang : {"vi", "en"}
    seen : dict, optional
        As :func:`bgtools.read.review.seen` returns it; without, no report was read.
    counts : dict, optional
        As :func:`bgtools.read.review.counts` returns them.
    notices : sequence of Message
    workbook : str
        Where the questions are answered.

    Returns
    -------
    str
    """
    environment = Environment(
        loader=PackageLoader("bgtools.read"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["by_sector"] = _by_sector
    environment.globals["_"] = lambda text, **values: translate(text, lang, values)
    parts = [
        (heading, [line for line in lines if line.state in states])
        for heading, states in PARTS
        if seen or MISSING in states or any(line.state in states for line in lines)
    ]
    seen = seen or {}
    with speaking(lang):
        return environment.get_template("intake.html").render(
            title=Message("Intake: {label}", label=period.label(lang)),
            path=f"data/observations/{period.code}.csv",
            period=period.code,
            workbook=workbook,
            lang=lang,
            near=near,
            parts=parts,
            states=STATES,
            kinds=KINDS,
            told=TOLD,
            accounted=accounted(counts),
            new=seen.get("new", ()),
            others=seen.get("others", ()),
            notices=notices,
        )


def accounted(counts):
    """Say how many numerals of the report are accounted for; None where none was read."""
    if not counts:
        return None
    return Message(
        "{numerals} numerals in the text: {entered} entered, {asked} to look at, {others} no observations, "
        "{repeats} repeated, {compared} of another period, {new} new; {share} accounted for.",
        **counts,
    )


def _by_sector(lines):
    groups = {}
    for line in lines:
        groups.setdefault(line.sector, []).append(line)
    return groups.items()
