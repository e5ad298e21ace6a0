"""Disturb numbers of reports, write these in every form of paper, read them back, and count what is entered wrongly.

What a paper's form costs is seen beside the same text read from a text file. Used by the tests, and by
`benchmarks/disturb.py --documents`.
"""

import random
from contextlib import nullcontext
from dataclasses import dataclass, field

import office
import papers_pdf
import papers_word
from disturbing import WAYS, Bench, batches
from papers import paper, plain

from bgdata.package.datapackage import Package
from bgtools.read.document.documents import read, sectors_of
from bgtools.read.fit.labelled import invented
from bgtools.read.reading import of_passages

TEXT = "text"
PDFS = ("PDF of LibreOffice", "PDF of reportlab", "PDF of Chromium")
FORMS = (TEXT, *PDFS, *papers_word.WRITERS)
HEAD = (
    "| form | documents | disturbed | wrong | not so in the text | entered right | in the text | "
    "other numbers entered | in the text | digits lost |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)


@dataclass
class Sheet:
    """A report of which some numbers are disturbed: its paper, and what may be entered for each of them."""

    bench: Bench
    paper: object
    allowed: dict


@dataclass
class Account:
    """What came of one form: by (document, number) whether what was entered may be; what was said; lost digits."""

    good: dict = field(default_factory=dict)
    said: dict = field(default_factory=dict)
    lost: list = field(default_factory=list)


def drawn(names, *, documents, together=8, seed=0):
    """Return so many sheets of each report, in each some numbers disturbed, in ways drawn by lot."""
    package, found = Package.open(), []
    for report in invented(names):
        bench, chance = Bench(report, package), random.Random(f"{seed} {report.name}")
        every = []
        for way in WAYS:
            variants = list(bench.variants(way, chance))
            every += chance.sample(variants, min(documents, len(variants)))
        chance.shuffle(every)
        for _, batch in zip(range(documents), batches(every, together)):
            changed = {place: text for place, _, text, _ in batch}
            found.append(Sheet(bench, paper(bench.passages, changed), {one.slot.key: may for _, one, _, may in batch}))
    return found


def written(sheets, folder, forms=FORMS, seed=0):
    """Write each sheet in each form; return the paths by form."""
    paths = {form: [folder / f"{FORMS.index(form)}-{place}" for place in range(len(sheets))] for form in forms}
    printing = papers_pdf.browser() if PDFS[2] in forms else nullcontext()
    with printing as printed:
        for form, of_form in paths.items():
            for place, (sheet, path) in enumerate(zip(sheets, of_form)):
                of_form[place] = _written(form, path, sheet.paper, f"{seed} {place}", printed)
    for form, kind in ((PDFS[0], "pdf"), (papers_word.SAVED, "docx")):
        if form in paths:
            (out := folder / f"out-{kind}").mkdir()
            paths[form] = office.converted(paths[form], kind, out)
    return paths


def _written(form, path, made, seed, printed):
    if form == TEXT:
        path.with_suffix(".txt").write_text(plain(made), encoding="utf-8")
        return path.with_suffix(".txt")
    if form == PDFS[1]:
        return papers_pdf.reportlab(path.with_suffix(".pdf"), made, seed)
    if form == PDFS[2]:
        return printed(path.with_suffix(".pdf"), papers_pdf.page_of(made, seed))
    kind = "Word: heading styles, footnotes" if form == PDFS[0] else form
    return papers_word.written(kind, path.with_suffix(".docx"), made, seed)


def judged(sheets, paths):
    """Read the files of each form, and return the account of each."""
    accounts = {form: Account() for form in paths}
    for form, account in accounts.items():
        for place, (sheet, path) in enumerate(zip(sheets, paths[form])):
            document = read(path, sectors=sectors_of(sheet.bench.package))
            if document.digits.lost:
                account.lost.append((path.name, document.digits))
            reading = of_passages(document.passages, sheet.bench.package, sheet.bench.period)
            for one, good in sheet.bench.judged(reading, sheet.allowed):
                account.good[place, one.slot.key] = good
                text = reading.passages[one.numeral.passage].text
                near = text[max(0, one.numeral.start - 80) : one.numeral.end + 40]
                account.said[place, one.slot.key] = (
                    f"{sheet.bench.name} {'/'.join(one.slot.key)} = {one.numeral.printed} {one.numeral.qualifier}: {near}"
                )
    return accounts


def alone(account, accounts):
    """Return what is entered wrongly from a form and not from the text."""
    return [key for key, good in account.good.items() if not good and accounts[TEXT].good.get(key, True)]


def line(form, sheets, accounts):
    """Return a line of the table."""
    mine, text = accounts[form], accounts[TEXT]
    wrong = sum(not good for good in mine.good.values())

    def entered(account, disturbed):
        return sum(good and (key in sheets[place].allowed) == disturbed for (place, key), good in account.good.items())

    numbers = sum(len(sheet.allowed) for sheet in sheets)
    lost = sum(abs(one.lost) for _, one in mine.lost)
    counts = (entered(mine, True), entered(text, True), entered(mine, False), entered(text, False), lost)
    return f"| {form} | {len(sheets)} | {numbers} | {wrong} | {len(alone(mine, accounts))} | {' | '.join(map(str, counts))} |"
