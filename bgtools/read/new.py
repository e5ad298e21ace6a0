"""Open a new period: read its report if there is one, write the draft and the review page, say what came of it."""

import click

from bgdata.notation.periods import Period
from bgdata.package.datapackage import Package
from bgtools.read import draft, page, review
from bgtools.read.messages import sentence
from bgtools.read.statement.slots import slots

PAGE = "intake.html"


def opened(root, period, *, source=None, lang="vi"):
    """Open a period, or draft it again, and say what came of it.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the project.
    period : str
        Code of the period; it need not be in the package yet.
    source : path, optional
        The report.
    lang : {"vi", "en"}
        Language of messages and of the review page.

    Returns
    -------
    int
        The exit status.

    Raises
    ------
    BgdataError
        The report cannot be read, or nothing can be written; the package is as it was.
    """
    period = Period.parse(period)
    package = Package.open(root)
    reading = _read(source, package, period, lang) if source else None
    drafted = draft.make(package, period, reading)
    expected = reading.slots if reading else slots(package, period)
    lines = review.lines(package, expected, reading, drafted, lang)
    new = review.new_numbers(package, reading) if reading else []
    counts = review.counts(reading, lines, new) if reading else None
    notices = _notices(reading, drafted, period, lang)
    others = review.others(reading, lang) if reading else ()
    text = page.html(period, lines, lang, counts=counts, new=new, others=others, notices=notices)
    draft.write(package, drafted, {PAGE: text}, lang)
    page.table(lines, new, lang)
    _say(drafted, counts, notices, lang)
    return 0


def _read(source, package, period, lang):
    from bgtools.read.statement.reading import read_report  # SciPy is needed to read a report only

    return read_report(source, package, period, lang=lang)


def _notices(reading, drafted, period, lang):
    notices = list(reading.notices) if reading else []
    if reading and not any(period.label() in passage.text.lower() for passage in reading.passages):
        notices.append(sentence("other_year", lang, label=period.label(lang)))
    for sector, sections in drafted.sections.items():
        notices.append(sentence("sections", lang, sections=", ".join(sections), sector=sector))
    return notices


def _say(drafted, counts, notices, lang):
    code = drafted.period.code
    for notice in notices:
        click.echo(notice, err=True)
    path = f"data/observations/{code}.csv"
    click.echo(sentence("written", lang, period=code, count=len(drafted.rows), path=path, kept=len(drafted.kept)))
    if counts:
        click.echo(sentence("accounted", lang, **counts))
    click.echo(sentence("page", lang, path=f"build/{code}/{PAGE}"))
    click.echo(sentence("next", lang, period=code))
