"""Make the reviewers' pages from the last run: a folder that opens with a double click, or one file to e-mail.

Nothing is executed and nothing is judged. Pages are written aside and take the place of the old ones when whole.
"""

import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bgdata.errors import RunError, UnknownName
from bgdata.package.datapackage import Package
from bgtools.site.book import Book
from bgtools.site.changes import snapshot
from bgtools.site.files import refused, write, written_aside
from bgtools.site.folder import write_assets, write_period
from bgtools.site.links import Pages, Places
from bgtools.site.render import redirect
from bgtools.site.runs import Run, command, has_run
from bgtools.site.single import single_file
from bgtools.site.words import speaker


@dataclass(frozen=True)
class Order:
    """What is asked for.

    Attributes
    ----------
    root : pathlib.Path
    periods : tuple of str
        All periods that have been run if empty.
    lang : {"vi", "en"}
        Of the pages.
    speech : {"vi", "en"}
        Of what is said about them.
    only : tuple of str
        Pages of the one file, by the name of their notebook or of its sector; all if empty.
    """

    root: Path
    periods: tuple = ()
    lang: str = "vi"
    speech: str = "vi"
    only: tuple = ()

    @property
    def say(self):
        return speaker(self.speech)

    @property
    def suffix(self):
        return "-en" if self.lang == "en" else ""


@dataclass
class Built:
    """What was made: the files to open, how many pages, and what is wrong with them, as sentences."""

    paths: list
    pages: int = 0
    seconds: float = 0.0
    faults: list = field(default_factory=list)


def build(order):
    """Make the folder of pages for one or more periods.

    Returns
    -------
    Built

    Raises
    ------
    UnknownName
        No such period.
    RunError
        A period has not been run, or the pages cannot be written.
    """
    start, made = time.monotonic(), datetime.now()
    books = _books(order, Pages())
    target = order.root / "build" / f"site{order.suffix}"
    shown = {book.run.period.code: snapshot(book, made) for book in books}
    with written_aside(target, order.say) as aside:
        write_assets(aside / "assets")
        count = sum(
            write_period(book, books, aside / code, target / code, shown, made) for code, book in zip(shown, books)
        )
        write(aside / "index.html", redirect(f"{books[0].run.period}/index.html", order.lang))
    return Built([target / "index.html"], count, time.monotonic() - start, _faults(books))


def build_single(order):
    """Make one file for each period.

    Returns
    -------
    Built

    Raises
    ------
    UnknownName
        No such period or page.
    RunError
        A period has not been run, or the file cannot be written.
    """
    start, made, paths = time.monotonic(), datetime.now(), []
    books = _books(order, Places())
    for book in books:
        name = "-".join(["bgdata", book.run.period.code, *order.only])
        path = order.root / "build" / f"{name}{order.suffix}.html"
        with refused(path, order.say):
            write(path, single_file(book, made, whole=not order.only))
        paths.append(path)
    count = sum(len(book.pages) for book in books)
    return Built(paths, count, time.monotonic() - start, _faults(books))


def _books(order, links):
    """Return a book for each period asked for, newest first."""
    runs = [Run.read(order.root, period, order.lang, say=speaker(order.lang)) for period in _periods(order)]
    names = [_page_name(name, runs[0], order.say) for name in order.only]
    return [Book.of(run, links, speaker(order.lang), names) for run in runs]


def _periods(order):
    """Return the periods asked for, or all that have been run, newest first."""
    package = Package.open()
    known = {period.code: period for period in package.periods}
    for name in order.periods:
        if name not in known:
            raise UnknownName(order.say("unknown_period", name=name, known=", ".join(known)))
        if not has_run(order.root, name, order.lang):
            raise RunError(order.say("not_run", period=name, command=command(name, order.lang)))
    asked = {known[name] for name in order.periods}
    found = asked or {period for period in known.values() if has_run(order.root, period, order.lang)}
    if not found:
        raise RunError(order.say("nothing_run", command=command(package.newest(), order.lang)))
    return sorted(found, reverse=True)


def _page_name(name, run, say):
    """Return the name of the page that `name` or its sector stands for."""
    names = {
        alias: page.name for page in run.pages for alias in (page.sector, page.sector.replace("_", "-"), page.name)
    }
    if name not in names:
        raise UnknownName(say("unknown_page", name=name, known=", ".join(page.name for page in run.pages)))
    return names[name]


def _faults(books):
    return [(book.run.period.code, page.name, page.trouble) for book in books for page, _ in book.pages if page.trouble]
