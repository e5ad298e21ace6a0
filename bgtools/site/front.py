"""The front page: what a deputy director needs to know in half a minute.

Three sentences, what needs a decision, the contradictions, the headlines, what is missing. Every sentence is made from
values; nothing is judged here that the rules have not judged.
"""

import hashlib

from bgdata.notation import format_number
from bgdata.package import CURRENCIES, Key, difference_text, growth_text, section_text
from bgdata.rules import CONTRADICTS, SIGNS, comparison
from bgdata.show import cell
from bgdata.show.celltext import signs
from bgdata.voice import Message, counted
from bgtools.site.index import terms, written
from bgtools.site.render import capital, clock, day

SMALL = 10
TITLES = {
    "decisions": Message("What needs a decision"),
    "contradictions": Message("Contradictory numbers"),
    "headlines": Message("Headline numbers"),
    "missing": Message("Missing"),
    "pages": Message("The pages"),
}


def front(book):
    """Return what the front page shows.

    Parameters
    ----------
    book : bgtools.site.book.Book

    Returns
    -------
    dict
        For the template.
    """
    wrong = [contradiction(book, row) for row in book.numbers.wrong]
    untold = [row for row in book.numbers.checks if row["verdict"] == "cannot tell"]
    found = {
        "contradictions": wrong,
        "untold": [(row["statement"], row["computed"]) for row in untold],
        "base": book.run.period.year_before().label(book.lang),
        "headlines": headlines(book),
        "missing": missing(book),
        "pages": [_page(book, page, made) for page, made in book.pages],
        "provenance": provenance(book),
    }
    found["sentences"] = sentences(book, found)
    found["decisions"] = decisions(book, wrong)
    return found


def sentences(book, about):
    """Return what the period says, in three sentences."""
    numbers, wrong = book.numbers, about["contradictions"]
    lacking = len(numbers.rows) - len(numbers.present)
    sectors = len({row["sector"] for row in numbers.present})
    missing_part = counted("; {count} number is missing", "; {count} numbers are missing", count=lacking)
    open_ones = sum(not one["reviewed"] for one in wrong)
    state = (
        Message("; all of them have been reviewed")
        if not open_ones
        else counted("; {count} has not been reviewed", "; {count} have not been reviewed", count=open_ones)
    )
    trivial = sum(row["kind"] == "tautology" for row in numbers.checks)
    unclear = sum(one["sign"] != SIGNS[CONTRADICTS] for one in wrong)
    return [
        Message(
            "The report states {count} numbers in {sectors} sectors{missing}.",
            count=len(numbers.present),
            sectors=sectors,
            missing=missing_part if lacking else "",
        ),
        Message(
            "Of {count} arithmetic relations between them (and {trivial} that can hardly fail), {wrong} contradict"
            "{unclear}{state}.",
            count=len(numbers.checks) - trivial,
            trivial=trivial,
            wrong=len(wrong) - unclear,
            unclear=counted("; {count} needs clarification", "; {count} need clarification", count=unclear)
            if unclear
            else "",
            state=state if wrong else "",
        ),
        _movement(about),
    ]


def _movement(about):
    """Say what moved most against the year before."""
    found = [one for one in about["headlines"] if one["way"]]
    if not found:
        return Message("No number can be compared with the {base} yet.", base=about["base"])
    up, down = (sum(one["way"] == way for one in found) for way in ("up", "down"))
    most = max(found, key=lambda one: one["weight"])
    return Message(
        "Against the {base}, of {count} headline numbers {up} rose and {down} fell; the most: {label} ({change}){sign}.",
        base=about["base"],
        count=len(found),
        up=up,
        down=down,
        label=most["label"],
        change=most["change"],
        sign=most["sign"],
    )


def contradiction(book, row):
    """Return one contradiction: the sentence, the numbers with their places, and what a person said."""
    found = [book.numbers.by_key[one] for one in terms(row["seen"]) if one in book.numbers.by_key]
    places = dict.fromkeys(section_text(one["section"], book.lang) for one in found)
    accepted = accepted_by(book, row) if row["accepted"] else None
    grave = row["verdict"] == CONTRADICTS
    sentence = Message(
        "{statement}, but {computed} ({sections}).",
        statement=row["statement"],
        computed=row["computed"],
        sections=Message("section\u00a0{sections}", sections="; ".join(places)),
    )
    return {
        "sign": SIGNS[row["verdict"]],
        "otherwise": capital(row["otherwise"]),
        "id": row["rule"],
        "rule": row["rule"],
        "sentence": sentence if grave else Message("Needs clarification: {sentence}", sentence=sentence),
        "numbers": [_number(book, one) for one in found],
        "mend": capital(row["mend"]),
        "accepted": accepted,
        "reason": written(row["accepted"], book.lang),
        "reviewed": bool(accepted),
        "seen": row["seen"],
        "note": written(row["note"], book.lang),
    }


def accepted_by(book, row):
    """Say who accepted a contradiction, and when."""
    for one in book.package.tables["accepted"].rows:
        if (one["period"], one["rule"]) == (row["period"], row["rule"]):
            return Message("Reviewed by {by}, {on}", by=written(one["by"], book.lang), on=day(one["on"], book.lang))
    return Message("Reviewed")


def decisions(book, wrong):
    """Return what somebody has to decide or do: (sentence, page and place on it)."""
    found = []
    if waiting := sum(not one["reviewed"] for one in wrong):
        text = counted(
            "{count} contradiction or doubt has not been reviewed.",
            "{count} contradictions or doubts have not been reviewed.",
            count=waiting,
        )
        found.append((text, ("index", "contradictions")))
    if lapsed := book.reviews.lapsed(book):
        text = counted(
            "{count} number has changed since it was reviewed: {names}.",
            "{count} numbers have changed since they were reviewed: {names}.",
            count=len(lapsed),
            names="; ".join(row["label"] for row in lapsed),
        )
        found.append((text, ("numbers", Key.of(lapsed[0]).anchor)))
    for remark in book.reviews.remarks(book):
        text = Message("Remark by {by} on {what}: {remark}", by=remark.by, what=remark.what, remark=remark.remark)
        found.append((text, ("numbers", remark.anchor)))
    return found + faults(book)


def faults(book):
    """List what is wrong with the pages: (sentence, page and place on it)."""
    found = [
        (Message("{page}: {trouble}", page=made.title, trouble=page.trouble.reader), (page.name, ""))
        for page, made in book.pages
        if page.trouble
    ]
    covered = {page.sector for page, _ in book.pages}
    for sector, row in book.package.sectors.items():
        if sector not in covered:
            told = Message("There is no page for this sector.")
            found.append((Message("{page}: {trouble}", page=row[f"label_{book.lang}"], trouble=told), ()))
    titles = {page.name: made.title for page, made in book.pages}
    stale = [titles[name] for name in book.run.stale() if name in titles]
    if stale:
        text = Message("The data have changed since these pages were computed: {names}.", names="; ".join(stale))
        found.append((text, ()))
    return found


def _number(book, row):
    return {**row, "text": book.numbers.text(row), "key": Key.of(row)}


def headlines(book):
    """Return the few numbers that stand for the period, as the catalogue names them."""
    rows = comparison.headlines(book.code, lang=book.lang, package=book.package)
    return [_headline(book, row) for row in rows.to_dict("records")]


def compared(book, base=None):
    """Return every number of a period beside an earlier period, by default that of the year before."""
    code = base.code if base else None
    asked = {"period": book.code, "base_period": code, "lang": book.lang, "package": book.package}
    return comparison.compare(list(book.package.indicators), **asked).to_dict("records")


def weight(book, row):
    """Return how much a change of a number tells: its size in percent, money and what the report compares first."""
    change = row["growth"] if row["growth"] == row["growth"] else row["change"] if row["unit"] == "percent" else 0
    change = 0 if change != change else change
    stated = any(one["of"] == row["indicator"] for one in book.package.indicators.values())
    small = row["unit"] != "percent" and max(abs(row["value"]), abs(row["base"])) < SMALL
    return (
        min(abs(change), 100) * (3 if row["unit"] in CURRENCIES else 1) * (2 if stated else 1) * (0.1 if small else 1)
    )


def _headline(book, row):
    known = row["base"] == row["base"]
    return {
        **_number(book, row),
        "text": cell("value", row, book.lang, book.package),
        "sign": signs(row["verdict"], row["base_verdict"]) if known else "",
        "change": moved(book, row) if known else "",
        "way": row["direction"],
        "weight": weight(book, row) if row["direction"] else 0,
        "base": cell("base", row, book.lang, book.package) if known else "",
        "derived": row["basis"] in comparison.NOT_PRINTED,
    }


def moved(book, row):
    """Write how a number changed: money in percent, all else in its unit."""
    if row["unit"] in CURRENCIES and row["growth"] == row["growth"]:
        return growth_text(row, book.lang)
    return difference_text(row, book.lang, package=book.package)


def missing(book):
    """Return a sentence for each sector that lacks numbers."""
    found = []
    for sector, about in book.package.sectors.items():
        of_it = [row for row in book.numbers.rows if row["sector"] == sector]
        lacking = [row["label"] for row in of_it if row["status"] == "M"]
        label = about[f"label_{book.lang}"]
        if lacking and len(lacking) == len(of_it):
            found.append(Message("{sector}: no data at all.", sector=label))
        elif lacking:
            found.append(Message("{sector}: {names}.", sector=label, names="; ".join(lacking)))
    return found


def _page(book, page, made):
    there = [row for row in book.numbers.present if row["sector"] == page.sector]
    return {
        "name": page.name,
        "title": made.title,
        "lead": made.lead,
        "numbers": len(there),
        "contradictions": book.numbers.disputes_of(page.sector),
        "trouble": page.trouble,
    }


def provenance(book):
    """Return the sentences that say from what and when the pages were made."""
    file = book.package.observations_file(book.run.period)
    sha = hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else "–"
    count = format_number(len(book.numbers.present), lang=book.lang)
    source = book.package.periods[book.run.period][f"source_{book.lang}"]
    return [
        Message("Source: {source}.", source=source),
        Message(
            "Numbers computed at {finished}; pages made at {made}.",
            finished=clock(book.run.place.finished, book.lang),
            made=clock(book.made, book.lang),
        ),
        Message(
            "Data: {file}, {count} numbers, checksum {sha}.",
            file=f"data/observations/{file.name}",
            count=count,
            sha=sha,
        ),
    ]
