"""Make the reviewers' pages from the last run: a folder that opens with a double click, or one file to e-mail.

Nothing is executed and nothing is judged. Pages are written aside and take the place of the old ones when whole.
"""

import gc
import os
import shutil
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import click

from bgdata.errors import RunError, UnknownName
from bgdata.files import folder, write
from bgdata.notation import format_number
from bgdata.package import UNKNOWN_PERIOD, Package
from bgdata.voice import Message, language, speaking
from bgtools.run.results import Place
from bgtools.site.links import Pages, Places
from bgtools.site.runs import NOT_RUN, Run, Spine, has_run, maker, note, stamps, unchanged


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
    only : tuple of str
        Pages of the one file, by the name of their notebook or of its sector; all if empty.
    """

    root: Path
    periods: tuple = ()
    lang: str = "vi"
    only: tuple = ()

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
    """Make the folder of pages for one or more periods: those of which nothing has changed stay as they are.

    Returns
    -------
    Built
        Its pages are those that were made.

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
        package, built = Package.open(order.root), Built([target / "index.html"])
        shelf = [Spine.of(package, period, order.lang) for period in _periods(package, order)]
        made_by = maker([(one.code, one.label, one.names) for one in shelf])
        old = {one.code for one in shelf if unchanged(target / one.code, made_by, stamps(order.root, one.sources))}
        if len(old) < len(shelf) or not _stands(target, shelf, made_by):
            with folder(target) as aside:
                _fill(order, package, shelf, (target, aside), old, built, made_by)
    built.seconds = time.monotonic() - start
    return built


def _stands(target, shelf, made_by):
    """Say whether a folder holds these periods, no others, and what all pages load."""
    known = {"index.html", "assets", *(one.code for one in shelf)}
    here = {path.name for path in target.iterdir()} if target.is_dir() else set()
    return here == known and unchanged(target / "assets", made_by, {})


def _fill(order, package, shelf, places, old, built, made_by):
    """Fill a new folder: with what has not changed as it is, and one period after the other."""
    from bgtools.site.book import Book
    from bgtools.site.changes import snapshot
    from bgtools.site.folder import write_assets, write_period
    from bgtools.site.render import filled

    (target, aside), now = places, datetime.now()
    write_assets(aside / "assets")
    note(aside / "assets", made_by, {})
    for spine in shelf:
        if spine.code in old:
            shutil.copytree(target / spine.code, aside / spine.code, copy_function=_linked)
            continue
        sources = stamps(order.root, spine.sources)
        book = Book.of(Run.read(package, spine.period, order.lang), Pages(), now)
        built.pages += write_period(book, shelf, aside / book.code, target / book.code, snapshot(book))
        gc.collect()  # else the pages of the last period are still there when those of the next are made
        if wrong := _faults(book):
            built.faults += wrong  # to be said again the next time
        else:
            note(aside / book.code, made_by, sources)
    write(aside / "index.html", filled("redirect.html", href=f"{shelf[0].code}/index.html", lang=order.lang))


def _linked(old, new):
    """Give a file a second name, which takes no room; copy it where the drive cannot do that."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


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
    from bgtools.site.book import Book
    from bgtools.site.folder import single_file

    start, built, names = time.monotonic(), Built([]), ()
    with speaking(order.lang):
        package, now = Package.open(order.root), datetime.now()
        for period in _periods(package, order):
            run = Run.read(package, period, order.lang)
            names = names or [_page_name(name, run) for name in order.only]
            book = Book.of(run, Places(), now, names)
            name = "-".join(["bgdata", book.code, *order.only])
            built.paths.append(Path(order.root) / "build" / f"{name}{order.suffix}.html")
            write(built.paths[-1], single_file(book, whole=not order.only))
            built.pages, built.faults = built.pages + len(book.pages), built.faults + _faults(book)
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


def _periods(package, order):
    """Return the periods asked for, or all that have been run, newest first."""
    known = {period.code: period for period in package.periods}
    for name in order.periods:
        if name not in known:
            raise UnknownName.of(UNKNOWN_PERIOD, name, known)
        if not has_run(package, known[name], order.lang):
            raise RunError(NOT_RUN.text, period=name, command=_command(order, name))
    asked = {known[name] for name in order.periods}
    found = asked or {period for period in known.values() if has_run(package, period, order.lang)}
    if not found:
        raise RunError("No period has been run. Run: {command}", command=_command(order, package.newest().code))
    return sorted(found, reverse=True)


def _command(order, period):
    return Place(order.root, period, order.lang).command


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


def _faults(book):
    return [(book.code, page.name, page.trouble.operator) for page, _ in book.pages if page.trouble]
