"""Fill the templates: everything that comes from data is escaped there, what is HTML already says so itself."""

from functools import cache
from importlib.metadata import version
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from bgdata.package.datapackage import Package
from bgtools.site import words


def static(name):
    """Return the text of a file that pages load."""
    return (files("bgtools.site") / "static" / name).read_text(encoding="utf-8")


@cache
def _templates():
    return Environment(
        loader=PackageLoader("bgtools.site"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def frame(template, book, made, *, whole=True, **values):
    """Fill a template with what all pages of a book share, and what one page shows.

    Parameters
    ----------
    template : str
        Name of its file.
    book : bgtools.site.book.Book
    made : datetime.datetime
    whole : bool
        The book has a front page.
    **values
        What the page shows.

    Returns
    -------
    str
        The page.
    """
    shared = {
        "book": book,
        "capital": words.capital,
        "lang": book.lang,
        "links": book.links,
        "made_text": words.clock(made, book.lang),
        "nav": nav(book, whole),
        "say": book.say,
        "version": version("bgdata"),
    }
    return _templates().get_template(template).render(shared | values)


def redirect(href, lang):
    """Return a page that opens another."""
    return _templates().get_template("redirect.html").render(href=href, lang=lang, say=words.speaker(lang))


def nav(book, whole):
    """Return the menu: groups of pages, each with its heading; without the front page if the book is not whole."""
    sectors, groups = Package.open().sectors, ([], [])
    for page, shown in book.pages:
        wrong = book.numbers.contradictions_of(page.sector)
        groups[page.sector in sectors].append(_entry(page.name, shown.title, page.trouble, wrong))
    first = [_entry("index", book.say("front"))] * whole
    last = [_entry(name, book.say(name)) for name in ("numbers", "changes")[: 1 if book.links.single else 2]]
    return [("", [*first, *groups[0]]), (book.say("sectors"), groups[1]), ("", last)]


def _entry(name, title, trouble="", contradictions=0):
    return {"name": name, "title": title, "trouble": trouble, "contradictions": contradictions}
