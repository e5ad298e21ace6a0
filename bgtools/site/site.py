"""Make the reviewers' pages from the last run: a folder that opens with a double click, or one file to e-mail.

Nothing is executed and nothing is judged. Pages are written aside and take the place of the old ones when whole.
"""

import time
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import click

from bgdata.errors import RunError, UnknownName
from bgdata.files import folder, write
from bgdata.notation import format_number
from bgdata.package import UNKNOWN_PERIOD, Package, workspace
from bgdata.voice import Message, language, speaking
from bgtools.run.results import Place
from bgtools.site.book import Book, Cell
from bgtools.site.changes import snapshot
from bgtools.site.folder import single_file, write_areas, write_assets, write_period
from bgtools.site.links import Pages, Places
from bgtools.site.render import filled
from bgtools.site.runs import NOT_RUN, Run, has_run


@dataclass(frozen=True)
class Order:
    """What is asked for.

    Attributes
    ----------
    root : pathlib.Path
        Folder of the project whose numbers are published, wherever one stands.
    periods : tuple of str
        All periods that have been run if empty.
    lang : {"vi", "en"}
        Of the pages.
    areas : tuple of str
        Of a workspace; all if empty.
    only : tuple of str
        Pages of the one file, by the name of their notebook or of its sector; all if empty.
    """

    root: Path
    periods: tuple = ()
    lang: str = "vi"
    only: tuple = ()
    areas: tuple = ()

    @property
    def suffix(self):
        return "-en" if self.lang == "en" else ""


@dataclass
class Built:
    """What was made: the files to open, how many pages, and what is wrong with them: period, page, sentence."""

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
        A period has not been run.
    WriteError
        The pages cannot be written.
    """
    start, target = time.monotonic(), Path(order.root) / "build" / f"site{order.suffix}"
    with speaking(order.lang):
        built, grid = Built([target / "index.html"]), {}
        with folder(target) as aside:
            write_assets(aside / "assets")
            for books in _all_books(order, Pages()):
                for book in books:
                    shown = snapshot(book)
                    built.pages += write_period(book, books, aside / book.folder, target / book.folder, shown)
                built.faults += _faults(books)
                grid[books[0].area] = {book.code: Cell.of(book) for book in books}
            first = f"{books[0].folder}/index.html"
            if isinstance(package := Package.open(order.root), workspace.Workspace):
                built.pages += _front(order, package, aside, grid)
            else:
                write(aside / "index.html", filled("redirect.html", href=first, lang=order.lang))
    built.seconds = time.monotonic() - start
    return built


def _front(order, package, aside, grid):
    """Write the front page over areas; return how many pages that are."""
    codes = {code for cells in grid.values() for code in cells}
    periods = [period for period in reversed(package.periods) if period.code in codes]
    runs = [Run.read(package, one, order.lang) for one in periods if has_run(package, one, order.lang)]
    write_areas(aside, grid, runs, periods, order.lang, datetime.now())
    return 1 + len(runs)


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
        A period has not been run.
    WriteError
        The file cannot be written.
    """
    start, paths = time.monotonic(), []
    with speaking(order.lang):
        built = Built(paths)
        for book in (book for books in _all_books(order, Places()) for book in books):
            name = "-".join(["bgdata", book.folder, *order.only])
            paths.append(Path(order.root) / "build" / f"{name}{order.suffix}.html")
            write(paths[-1], single_file(book, whole=not order.only))
            built.pages += len(book.pages)
            built.faults += _faults([book])
    built.seconds = time.monotonic() - start
    return built


def made(order, *, single):
    """Make the pages; say what came of it; return the exit status: 1 where a page is not whole."""
    if order.only and not single:
        raise UnknownName("--only goes with --single-file.")
    built = (build_single if single else build)(order)
    for period, name, trouble in built.faults:
        click.echo(f"{period}, {name}: {trouble}", err=True)
    seconds = format_number(built.seconds, decimals=1, lang=language())
    click.echo(Message("{count} pages made; {seconds} s.", count=built.pages, seconds=seconds))
    for path in built.paths:
        click.echo(Message("Open: {path}", path=path.relative_to(order.root).as_posix()))
    return 1 if built.faults else 0


def _all_books(order, links):
    """Yield the books of the one package, or those of each area that has been run."""
    package = Package.open(order.root)
    packages, found = workspace.asked(package, order.areas), False
    if packages == [package]:
        yield _books(order, package, links)
        return
    asked = [package.period(code) for code in order.periods]
    for one in packages:
        run = [period for period in asked or one.periods if one.has(period) and has_run(one, period, order.lang)]
        if run:
            found = True
            yield _books(replace(order, periods=tuple(map(str, run))), one, links)
    if not found:
        raise RunError(
            "No period has been run. Run: {command}", command=_command(order, package, package.newest().code)
        )


def _books(order, package, links):
    """Return a book for each period asked for, newest first."""
    now = datetime.now()
    runs = [Run.read(package, period, order.lang) for period in _periods(package, order)]
    names = [_page_name(name, runs[0]) for name in order.only]
    return [Book.of(run, links, now, names) for run in runs]


def _periods(package, order):
    """Return the periods asked for, or all that have been run, newest first."""
    known = {period.code: period for period in package.periods}
    for name in order.periods:
        if name not in known:
            raise UnknownName.of(UNKNOWN_PERIOD, name, known)
        if not has_run(package, known[name], order.lang):
            raise RunError(NOT_RUN.text, period=name, command=_command(order, package, name))
    asked = {known[name] for name in order.periods}
    found = asked or {period for period in known.values() if has_run(package, period, order.lang)}
    if not found:
        raise RunError(
            "No period has been run. Run: {command}", command=_command(order, package, package.newest().code)
        )
    return sorted(found, reverse=True)


def _command(order, package, period):
    return Place(package.root, period, order.lang, package.area).command


def _page_name(name, run):
    """Return the name of the page that `name` or its sector stands for."""
    names = {
        alias: page.name for page in run.pages for alias in (page.sector, page.sector.replace("_", "-"), page.name)
    }
    if name not in names:
        raise UnknownName(
            'Page "{name}" is unknown. Known: {known}.', name=name, known=[page.name for page in run.pages]
        )
    return names[name]


def _faults(books):
    return [(book.folder, page.name, page.trouble.operator) for book in books for page, _ in book.pages if page.trouble]
