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
from bgdata.package import UNKNOWN_PERIOD, Package, workspace
from bgdata.voice import Message, language, speaking
from bgtools.run.results import Place
from bgtools.site.links import Pages, Places
from bgtools.site.runs import NOT_RUN, Run, Spine, Stamp, coded, has_run, stamps, told


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
        package, code, built = Package.open(order.root), coded(), Built([target / "index.html"])
        shelves = [[Spine.of(one, period, order) for period in periods] for one, periods in _asked(order, package)]
        over, stamped = _over(order, package), []
        for shelf in shelves:
            maker = told([(one.folder, one.label, one.names) for one in shelf], code)
            stamped += [(one, shelf, Stamp(maker, stamps(order.root, one.sources))) for one in shelf]
        front = Stamp(
            told([one.folder for one, *_ in stamped], code),
            stamps(order.root, sorted({name for one in over for name in one.sources})),
        )
        cells = [stamp.holds(target / one.folder) for one, _, stamp in stamped]
        if not all(cells) or not front.holds(target / "assets"):
            with folder(target) as aside:
                grid = _periods_made(order, stamped, cells, (target, aside), built)
                _front(order, package, (aside, front), (grid, over, stamped[0][0].folder), built)
    built.seconds = time.monotonic() - start
    return built


def _over(order, package):
    """Return the runs of a workspace's own notebooks, newest first."""
    if not isinstance(package, workspace.Workspace):
        return []
    runs = [one for one in reversed(package.periods) if has_run(package, one, order.lang)]
    return [Spine.of(package, period, order) for period in runs]


def _periods_made(order, stamped, cells, places, built):
    """Fill a new folder, one period after the other, with what has not changed as it is; return what each sums up to.

    Returns
    -------
    dict of str to dict of str to bgtools.site.book.Cell
        By the name of the area and the code of the period.
    """
    from bgtools.site.book import Book, Cell
    from bgtools.site.changes import snapshot
    from bgtools.site.folder import write_period

    (target, aside), now, grid = places, datetime.now(), {}
    for (spine, shelf, stamp), cell in zip(stamped, cells):
        old, new = target / spine.folder, aside / spine.folder
        if cell:
            shutil.copytree(old, new, copy_function=_linked)
        else:
            stamp = Stamp(stamp.maker, stamps(order.root, spine.sources))
            book = Book.of(Run.read(spine.package, spine.period, order.lang), Pages(), now)
            built.pages += write_period(book, shelf, new, old, snapshot(book))
            built.faults += (wrong := _faults(book))
            cell = Cell.of(book)
            if not wrong:  # else it is to be said again the next time
                stamp.leave(new, cell)
            del book
            gc.collect()  # else the pages of this period are still there when those of the next are made
        grid.setdefault(spine.area, {})[spine.period.code] = Cell(*cell)
    return grid


def _front(order, package, places, about, built):
    """Write what all pages load, and the front page: over areas, or that of the newest period."""
    from bgtools.site.folder import write_areas, write_assets
    from bgtools.site.render import filled

    (aside, stamp), (grid, over, first) = places, about
    write_assets(aside / "assets")
    stamp.leave(aside / "assets", ["assets"])
    if not isinstance(package, workspace.Workspace):
        write(aside / "index.html", filled("redirect.html", href=f"{first}/index.html", lang=order.lang))
        return
    codes = {code for cells in grid.values() for code in cells}
    runs = [Run.read(package, one.period, order.lang) for one in over if one.period.code in codes]
    periods = [period for period in reversed(package.periods) if period.code in codes]
    write_areas(aside, grid, runs, periods, order.lang, datetime.now())
    built.pages += 1 + len(runs)


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

    start, built, now = time.monotonic(), Built([]), datetime.now()
    with speaking(order.lang):
        for package, periods in _asked(order, Package.open(order.root)):
            runs = (Run.read(package, period, order.lang) for period in periods)
            names = ()
            for run in runs:
                names = names or [_page_name(name, run) for name in order.only]
                book = Book.of(run, Places(), now, names)
                name = "-".join(["bgdata", book.folder, *order.only])
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


def _asked(order, package):
    """Yield the one package, or those of each area that has been run, with the periods to show, newest first."""
    packages = workspace.asked(package, order.areas)
    if packages == [package]:
        yield package, _periods(package, order)
        return
    asked, found = [package.period(code) for code in order.periods], False
    for one in packages:
        run = [period for period in asked or one.periods if one.has(period) and has_run(one, period, order.lang)]
        if run:
            found = True
            yield one, sorted(run, reverse=True)
    if not found:
        raise RunError(
            "No period has been run. Run: {command}", command=_command(order, package, package.newest().code)
        )


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


def _faults(book):
    return [(book.folder, page.name, page.trouble.operator) for page, _ in book.pages if page.trouble]
