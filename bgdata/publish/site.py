"""Make the reviewers' pages from the last run: a folder that opens with a double click, or one file to e-mail.

Nothing is executed and nothing is judged. Pages are written aside and take the place of the old ones when whole.
"""

import os
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bgdata.errors import RunError, UnknownName
from bgdata.model.package import Package
from bgdata.publish import fonts
from bgdata.publish.book import Book
from bgdata.publish.changes import changes, keep, snapshot
from bgdata.publish.front import front
from bgdata.publish.links import Pages, Places
from bgdata.publish.numbers import choices
from bgdata.publish.render import STATIC, frame, redirect
from bgdata.publish.runs import Run, command, has_run
from bgdata.publish.search import entries, script
from bgdata.publish.words import speaker


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
    with _written_aside(target, order.say) as aside:
        _assets(aside / "assets")
        shown = {book.run.period.code: snapshot(book, made) for book in books}
        count = sum(_write_period(book, books, target, aside, shown, made) for book in books)
        _write(aside / "index.html", redirect(f"{books[0].run.period}/index.html", order.lang))
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
        with _refused(path, order.say):
            _write(path, single_file(book, made, whole=not order.only))
        paths.append(path)
    count = sum(len(book.pages) for book in books)
    return Built(paths, count, time.monotonic() - start, _faults(books))


def single_file(book, made, *, whole=True):
    """Return one file with all pages of a book, its style, fonts, pictures and script.

    Parameters
    ----------
    book : bgdata.publish.book.Book
        With links of the kind :class:`bgdata.publish.links.Places`.
    made : datetime.datetime
    whole : bool
        Also the front page and every number; else only the numbers that the pages show.
    """
    about = front(book, made) if whole else None
    rows = [row for row in book.numbers.table() if whole or row["uses"]]
    found = entries(book, rows, about["contradictions"] if whole else [])
    return frame(
        "single.html", book, made, front=about, rows=rows, choices=choices(rows), here="", title=book.title,
        style=fonts.inline() + _static("site.css"), script=script(found) + _static("site.js"),
    )


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
    names = {alias: page.name for page in run.pages for alias in (page.sector, page.sector.replace("_", "-"), page.name)}
    if name not in names:
        raise UnknownName(say("unknown_page", name=name, known=", ".join(page.name for page in run.pages)))
    return names[name]


def _write_period(book, books, target, aside, shown, made):
    """Write the pages of one period; return how many."""
    code = book.run.period.code
    folder = aside / code
    folder.mkdir()
    now, rows, about = shown[code], book.numbers.table(), front(book, made)
    before = keep(target / code, folder, now)
    _write(folder / "search.js", script(entries(book, rows, about["contradictions"])))
    _figures(book, folder / "figures")
    bodies = [("index", book.label, "_front.html", {"front": about, "contents": _front_contents(about, book.say)})]
    bodies += [(page.name, one.title, "_page.html", {"page": page, "shown": one, "contents": one.contents})
               for page, one in book.pages]
    bodies += [
        ("numbers", book.say("numbers"), "_numbers.html", {"rows": rows, "choices": choices(rows)}),
        ("changes", book.say("changes"), "_changes.html", {"changes": changes(book, now, before, shown)}),
    ]
    for position, (name, title, body, values) in enumerate(bodies):
        beside = {"before": bodies[position - 1] if position else None, "after": (bodies[position + 1 :] or [None])[0]}
        turn = {side: one and (one[1], book.links.to(one[0])) for side, one in beside.items()}
        common = {"contents": (), "body": body, "here": name, "title": title, "periods": _switch(name, book, books)}
        _write(folder / f"{name}.html", frame("frame.html", book, made, **common | turn | values))
    return len(bodies)


def _front_contents(about, say):
    """Return the sections of the front page for its table of contents."""
    titles = [("faults", "faults_title")] * bool(about["faults"])
    titles += [(name, f"{name}_title") for name in ("contradictions", "headlines", "missing", "pages", "provenance")]
    return [(name, say(title, base=about["base"])) for name, title in titles]


def _switch(name, book, books):
    """Return the periods with the address of the same page, or of the front page where a period lacks it."""
    found = []
    for other in books:
        names = {page.name for page, _ in other.pages} | {"index", "numbers", "changes"}
        label = other.label if name in names else book.say("other_period_front", period=other.label)
        href = f"../{other.run.period}/{other.links.to(name if name in names else 'index')}"
        found.append({"label": label, "href": href, "current": other is book})
    return found


def _figures(book, folder):
    """Copy the figures' files; write what the run did not save."""
    folder.mkdir()
    for name, figure in book.figures().items():
        for ending, path in figure.files.items():
            shutil.copyfile(path, folder / f"{name}.{ending}")
        if not figure.files:
            (folder / f"{name}.png").write_bytes(figure.png)


def _assets(folder):
    """Write what all pages load."""
    folder.mkdir()
    _write(folder / "site.css", fonts.linked() + _static("site.css"))
    _write(folder / "site.js", _static("site.js"))
    for name, content in fonts.woff().items():
        (folder / name).write_bytes(content)


def _static(name):
    return (STATIC / name).read_text(encoding="utf-8")


def _write(path, text):
    path.write_text(text, encoding="utf-8", newline="\n")


def _faults(books):
    return [(book.run.period.code, page.name, page.trouble) for book in books for page, _ in book.pages if page.trouble]


@contextmanager
def _written_aside(target, say):
    """Yield a folder beside `target` that takes its place when the block is done."""
    aside, old = (target.with_name(f".{target.name}.{os.getpid()}.{part}") for part in ("new", "old"))
    with _refused(target, say):
        try:
            aside.mkdir(parents=True)
            yield aside
            if target.exists():
                os.replace(target, old)
            try:
                os.replace(aside, target)
            except OSError:
                os.replace(old, target)
                raise
        finally:
            for left in (aside, old):
                shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _refused(path, say):
    """Say in a sentence what cannot be written."""
    try:
        yield
    except OSError as error:
        raise RunError(say("cannot_write", path=error.filename or path, why=error.strerror or error)) from None
