"""Show the review: as a page that needs no network, and as a table in the terminal."""

from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bgtools.read.messages import sentence
from bgtools.read.review import ASKED, DELETED, ENTERED, MISSING, PERSON

NARROWEST = 110
PARTS = {"part_asked": (ASKED,), "part_entered": (ENTERED, PERSON, DELETED), "part_missing": (MISSING,)}


def html(period, lines, lang, *, counts=None, new=(), others=(), notices=()):
    """Return the review page.

    Parameters
    ----------
    period : bgdata.notation.periods.Period
    lines : list of bgtools.read.review.Line
    lang : {"vi", "en"}
    counts : dict, optional
        As :func:`bgtools.read.review.counts` returns them; without, no report was read.
    new : sequence of bgtools.read.review.New
    others : sequence of (str, tuple)
    notices : sequence of str

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
    say = partial(_say, lang)
    parts = [
        (say(heading), [line for line in lines if line.state in states])
        for heading, states in PARTS.items()
        if counts or heading == "part_missing" or any(line.state in states for line in lines)
    ]
    return environment.get_template("intake.html").render(
        title=sentence("title", lang, label=period.label(lang)),
        path=f"data/observations/{period.code}.csv",
        lang=lang,
        say=say,
        parts=parts,
        counts=counts,
        new=new,
        others=others,
        notices=notices,
    )


def _say(lang, key, **values):
    return sentence(key, lang, **values)


def _by_sector(lines):
    groups = {}
    for line in lines:
        groups.setdefault(line.sector, []).append(line)
    return groups.items()


def table(lines, new, lang):
    """Print the review in the terminal: what is to look at first, then what is missing and what is new."""
    console = Console(highlight=False)
    console.width = max(console.width, NARROWEST)
    for heading, states in PARTS.items():
        shown = [line for line in lines if line.state in states]
        if shown:
            console.print(_table(sentence(heading, lang), shown, lang))
    if new:
        grid = Table(title=sentence("part_new", lang), title_justify="left", box=box.SIMPLE)
        for column in ("number", "section", "read_from", "suggestion"):
            grid.add_column(sentence(column, lang), overflow="fold")
        for one in new:
            suggestion = sentence(one.told, lang) if one.told else one.suggestion
            grid.add_row(*map(escape, (one.printed, one.section, _short(one.quote), suggestion)))
        console.print(grid)


def _table(heading, lines, lang):
    grid = Table(title=heading, title_justify="left", box=box.SIMPLE)
    for column in ("indicator", "last", "now", "change", "read_from", "section", "confidence"):
        numeric = column in ("last", "now", "change", "confidence")
        grid.add_column(sentence(column, lang), justify="right" if numeric else "left", overflow="fold")
    for line in lines:
        words = "; ".join(filter(None, [_short(line.quote), *line.flags]))
        grid.add_row(*map(escape, (line.label, line.last, line.now, line.change, words, line.section, line.sure)))
    return grid


def _short(quote, width=36):
    before, number, after = quote
    return f"{before[-width:]}[{number}]{after[:width]}" if number else ""
