"""The front page: what a deputy director needs to know before reading on.

Contradictions stand first. Every sentence is made from values; nothing is judged here that the rules have not judged.
"""

import hashlib

from bgdata.package.datapackage import Package
from bgdata.package.text import CURRENCIES, growth_text, value_text
from bgdata.rules.comparison import NOT_PRINTED, compare
from bgdata.show.sentences import source
from bgdata.show.tables import cell
from bgtools.site.index import anchor, key, terms
from bgtools.site.words import capital, clock


def front(book, made):
    """Return what the front page shows.

    Parameters
    ----------
    book : bgtools.site.book.Book
    made : datetime.datetime
        When the pages are made.

    Returns
    -------
    dict
        For the template.
    """
    checks = book.numbers.checks
    wrong = checks[checks["verdict"] == "contradicts"].to_dict("records")
    untold = checks[checks["verdict"] == "cannot tell"].to_dict("records")
    return {
        "counts": _counts(book, checks, wrong),
        "faults": faults(book),
        "contradictions": [_contradiction(book, row) for row in wrong],
        "untold": [(row["statement"], row["computed"]) for row in untold],
        "base": book.run.period.year_before().label(book.lang),
        "headlines": headlines(book),
        "missing": missing(book),
        "pages": [_page(book, page, made) for page, made in book.pages],
        "provenance": provenance(book, made),
    }


def contents(about, say):
    """Return the sections of the front page: their ids and titles."""
    names = ["contradictions", *["faults"] * bool(about["faults"]), "headlines", "missing", "pages", "provenance"]
    return [(name, say(f"{name}_title", base=about["base"])) for name in names]


def _counts(book, checks, wrong):
    """Return the numbers at the top: how much there is, and how much of it is doubtful."""
    rows, say = book.numbers.rows, book.say
    lacking, faulty = int((rows["status"] == "M").sum()), len(faults(book))
    return [
        (len(rows) - lacking, say("observations"), book.links.to("numbers"), False),
        (len(checks), say("relations"), book.links.to("index", "contradictions"), False),
        (len(wrong), say("contradict"), book.links.to("index", "contradictions"), bool(wrong)),
        (lacking, say("missing_count"), book.links.to("index", "missing"), bool(lacking)),
        (faulty, say("faulty"), book.links.to("index", "faults" if faulty else "pages"), bool(faulty)),
    ]


def faults(book):
    """List what is wrong with the pages: (title, address, sentence)."""
    say, run = book.say, book.run
    found = [(made.title, book.links.to(page.name), page.trouble) for page, made in book.pages if page.trouble]
    covered = {page.sector for page, _ in book.pages}
    for sector, row in Package.open().sectors.items():
        if sector not in covered:
            found.append((row[f"label_{run.lang}"], "", say("no_notebook")))
    titles = {page.name: made.title for page, made in book.pages}
    stale = [titles[name] for name in run.stale() if name in titles]
    if stale:
        found.append((say("stale_title"), "", say("stale", names="; ".join(stale), command=run.command)))
    return found


def _contradiction(book, row):
    """Return one contradiction: the sentence, the numbers with their places, and what a person said."""
    say, numbers = book.say, {key(one): one for one in book.numbers.rows.to_dict("records")}
    found = [numbers[one] for one in terms(row["seen"]) if one in numbers]
    sections = ", ".join(dict.fromkeys(one["section"] for one in found))
    sentence = say(
        "contradiction",
        statement=row["statement"],
        computed=row["computed"],
        sections=say("section", sections=sections),
    )
    return {
        "id": row["rule"],
        "sentence": sentence,
        "numbers": [_number(book, one) for one in found],
        "mend": capital(row["mend"]),
        "reason": row["accepted"],
        "note": row["note"] if book.lang == "vi" else "",
    }


def _number(book, row):
    text = value_text(row, book.lang)
    return {**row, "text": text, "href": book.links.to("numbers", anchor(key(row)))}


def headlines(book):
    """Return the numbers that can be compared with a year before."""
    compared = compare(list(Package.open().indicators), period=book.run.period.code, lang=book.lang)
    rows = compared[compared["change"].notna() & (compared["category"] == "")]
    return [_headline(book, row) for row in rows.to_dict("records")]


def _headline(book, row):
    by_growth = row["unit"] in CURRENCIES and row["growth"] == row["growth"]
    return {
        **_number(book, row),
        "change": growth_text(row["growth"], book.lang) if by_growth else cell("change", row, book.lang),
        "direction": (row["change"] > 0) - (row["change"] < 0),
        "base": cell("base", row, book.lang),
        "derived": row["basis"] in NOT_PRINTED,
    }


def missing(book):
    """Return a sentence for each sector that lacks numbers."""
    rows, say = book.numbers.rows, book.say
    sentences = []
    for sector, row in Package.open().sectors.items():
        of_it = rows[rows["sector"] == sector]
        lacking = of_it[of_it["status"] == "M"]
        label = row[f"label_{book.lang}"]
        if len(lacking) and len(lacking) == len(of_it):
            sentences.append(say("sector_missing", sector=label))
        elif len(lacking):
            sentences.append(say("missing_of", sector=label, names="; ".join(lacking["label"])))
    return sentences


def _page(book, page, made):
    rows = book.numbers.rows
    there = rows[(rows["sector"] == page.sector) & (rows["status"] != "M")]
    return {
        "title": made.title,
        "href": book.links.to(page.name),
        "lead": made.lead,
        "numbers": len(there),
        "contradictions": book.numbers.contradictions_of(page.sector),
        "trouble": page.trouble,
    }


def provenance(book, made):
    """Return the sentences that say from what and when the pages were made."""
    say, run = book.say, book.run
    file = Package.open().observations_file(run.period)
    sha = hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else "–"
    count = int((book.numbers.rows["status"] != "M").sum())
    return [
        say("source", source=source(run.period.code, run.lang)),
        say("data", file=f"data/observations/{file.name}", count=count, sha=sha),
        capital(say("run", finished=clock(run.finished, run.lang), made=clock(made, run.lang))),
    ]
