"""Open a new period: read its report if there is one, and the answers to what was asked; write the draft and say so."""

import click

from bgdata import files
from bgdata.errors import BgdataError
from bgdata.notation import Period
from bgdata.package import Package
from bgdata.voice import Joined, Message, counted
from bgtools.read import draft, page, period_files, quotes, record, review, workbook
from bgtools.read.decisions import spelled
from bgtools.read.indicator.slots import slots

MOST_NOTICES, MOST_QUESTIONS = 8, 12


def opened(root, period, *, source=None, lang="vi", accept=False, rewrite=False, only_quotes=False):
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
        Language of messages, of the review page and of the workbook.
    accept : bool
        Take the report though its title or letterhead says that it is another's.
    rewrite : bool
        Draft the period again though it is published.
    only_quotes : bool
        Write the sentences that the period's numbers were read from, and nothing else.

    Returns
    -------
    int
        The exit status.

    Raises
    ------
    BgdataError
        The report cannot be read or is another's, an answer cannot be taken over, or nothing can be written; the package
        is as it was.
    """
    period = Period.parse(period)
    package = Package.open(root)
    if only_quotes:
        return _quotes(package, period, source, lang, accept)
    if not rewrite and period_files.published(package, period):
        raise BgdataError(
            "{period} is published and is not drafted again. With --quotes only its sentences are written; "
            "with --rewrite it is drafted again.",
            period=period.code,
        )
    reading, notices = _read(source, package, period, lang, accept) if source else (None, [])
    expected = reading.slots if reading else slots(package, period)
    build = package.root / "build" / period.code
    drafted = draft.make(package, period, reading, _answers(build / workbook.FILE, period, expected))
    lines = review.lines(package, expected, drafted, lang)
    if reading:
        drafted.seen = review.seen(package, reading)
    counts = review.counts(drafted.seen, drafted) if drafted.seen else None
    notices += _notices(drafted, {name: row[f"label_{lang}"] for name, row in package.sectors.items()})
    told = f"build/{period.code}/{workbook.FILE}"
    built = {
        page.FILE: page.html(period, lines, lang, seen=drafted.seen, counts=counts, notices=notices, workbook=told),
        workbook.FILE: workbook.content(period, lines, lang),
        record.FILE: draft.record_of(drafted),
    }
    files.write_all({**period_files.texts(package, drafted), **{build / name: text for name, text in built.items()}})
    _say(drafted, lines, counts, notices)
    return 0


def _answers(path, period, expected):
    """Return the reader of the workbook's answers, or None where there is no workbook."""
    if not path.is_file():
        return None

    def read(found):
        from bgtools.read import answers

        return answers.read(path, period, expected, found)

    return read


def _read(source, package, period, lang, accept):
    from bgtools.read import whose
    from bgtools.read.document import documents
    from bgtools.read.reading import of_passages  # SciPy is needed to read a report only

    document = documents.read(source, sectors=documents.sectors_of(package))
    text = [passage.text for passage in document.passages]
    reasons, notices = whose.doubts(document.front, text, package, period)
    if reasons and not accept:
        raise BgdataError(
            "This is not the report that was asked for: {reasons}. Nothing was written. If it is, add: --accept-report",
            reasons=Joined("; ", reasons),
        )
    reading = of_passages(document.passages, package, period, document.notices)
    return reading, [*reading.notices, *reasons, *notices]


def _quotes(package, period, source, lang, accept):
    """Write the sentences of a period's numbers, found again in its report; touch nothing else."""
    if not source:
        raise BgdataError("Name the report that the sentences are read from: --from REPORT")
    rows = list((period_files.observations(package, package.period(period.code)) or {}).values())
    reading, notices = _read(source, package, period, lang, accept)
    found = quotes.of_reading(rows, reading, lambda row: [spelled(row[name]) for name in ("value", "lower", "upper")])
    path = period_files.quotes_file(package, period)
    files.write(path, period_files.table(quotes.COLUMNS, found))
    _notice(notices)
    told = path.relative_to(package.root).as_posix()
    click.echo(
        Message("{found} of {all} numbers with their sentence: {path}", found=len(found), all=len(rows), path=told)
    )
    return 0


def _notices(drafted, labels):
    for sector, sections in drafted.sections.items():
        yield Message(
            "New sections {sections} were put with the sector {sector} in data/sectors.csv; check this.",
            sections=sections,
            sector=labels[sector],
        )
    if drafted.lapsed:
        yield counted(
            "{count} decision has lapsed: the report prints another number now ({codes}).",
            "{count} decisions have lapsed: the report prints another number now ({codes}).",
            count=len(drafted.lapsed),
            codes=[_code(key) for key in list(drafted.lapsed)[:5]] + ["…"] * (len(drafted.lapsed) > 5),
        )


def _code(key):
    return f"{key[0]}[{key[1]}]" if key[1] else key[0]


def _notice(notices):
    for notice in notices[:MOST_NOTICES]:
        click.echo(str(notice), err=True)
    if len(notices) > MOST_NOTICES:
        click.echo(Message("… and {count} notices more on the page", count=len(notices) - MOST_NOTICES), err=True)


def _say(drafted, lines, counts, notices):
    """Say what came of it: notices first, then counts, the first questions, and where to go on."""
    code = drafted.period.code
    _notice(notices)
    click.echo(
        Message(
            "Period {period}: {count} observations in {path}, {kept} of them decided by a person.",
            period=code,
            count=len(drafted.rows),
            path=f"data/observations/{code}.csv",
            kept=len(drafted.kept),
        )
    )
    if counts:
        click.echo(page.accounted(counts))
    asked = [line for line in lines if line.state == review.ASKED]
    for line in asked[:MOST_QUESTIONS]:
        reason = f" ({line.flags[0]})" if line.flags else ""
        click.echo(f"  ? {line.label}: {line.printed}{reason}")
    if len(asked) > MOST_QUESTIONS:
        click.echo(Message("  … and {count} more to look at", count=len(asked) - MOST_QUESTIONS))
    click.echo(Message("Answer in: {path}", path=f"build/{code}/{workbook.FILE}"))
    click.echo(Message("Page to review: {path}", path=f"build/{code}/{page.FILE}"))
    click.echo(Message("Next: bgdata check {period}", period=code))
