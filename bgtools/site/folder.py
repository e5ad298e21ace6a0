"""Write the folder of one period: its pages, its figures and its search."""

import shutil

from bgtools.site import fonts
from bgtools.site.changes import changes, keep
from bgtools.site.files import write
from bgtools.site.front import contents, front
from bgtools.site.index import choices
from bgtools.site.render import frame, static
from bgtools.site.search import entries, script

ALWAYS = {"index", "numbers", "changes"}


def write_period(book, books, folder, old, shown, made):
    """Write the pages of one period.

    Parameters
    ----------
    book : bgtools.site.book.Book
    books : list of bgtools.site.book.Book
        All periods of the site.
    folder, old : pathlib.Path
        To be made; and what it will replace, which need not exist.
    shown : dict of str to dict
        What each book shows, by period: see :func:`bgtools.site.changes.snapshot`.
    made : datetime.datetime

    Returns
    -------
    int
        How many pages were written.
    """
    folder.mkdir()
    now, rows, about = shown[book.run.period.code], book.numbers.table(), front(book, made)
    before = keep(old, folder, now)
    write(folder / "search.js", script(entries(book, rows, about["contradictions"])))
    _figures(book, folder / "figures")
    bodies = [("index", book.label, "_front.html", {"front": about, "contents": contents(about, book.say)})]
    bodies += [
        (page.name, one.title, "_page.html", {"page": page, "shown": one, "contents": one.contents})
        for page, one in book.pages
    ]
    bodies += [
        ("numbers", book.say("numbers"), "_numbers.html", {"rows": rows, "choices": choices(rows)}),
        ("changes", book.say("changes"), "_changes.html", {"changes": changes(book, now, before, shown)}),
    ]
    turns = [None, *[(title, book.links.to(name)) for name, title, *_ in bodies], None]
    for position, (name, title, body, values) in enumerate(bodies):
        common = {"contents": (), "before": turns[position], "after": turns[position + 2]}
        common |= {"body": body, "here": name, "title": title, "periods": _switch(name, book, books)}
        write(folder / f"{name}.html", frame("frame.html", book, made, **common | values))
    return len(bodies)


def write_assets(folder):
    """Write what all pages load."""
    folder.mkdir()
    write(folder / "site.css", fonts.linked() + static("site.css"))
    write(folder / "site.js", static("site.js"))
    for name, content in fonts.woff().items():
        (folder / name).write_bytes(content)


def _switch(name, book, books):
    """Return the periods with the address of the same page, or of the front page where a period lacks it."""
    found = []
    for other in books:
        there = name in ALWAYS or name in [page.name for page, _ in other.pages]
        label = other.label if there else book.say("other_period_front", period=other.label)
        href = f"../{other.run.period}/{other.links.to(name if there else 'index')}"
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
