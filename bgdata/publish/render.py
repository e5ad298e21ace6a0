"""Fill the templates: everything that comes from data is escaped there, what is HTML already says so itself."""

from functools import cache
from importlib.metadata import version
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from bgdata.publish import words

STATIC = files("bgdata.publish") / "static"


@cache
def _templates():
    return Environment(
        loader=PackageLoader("bgdata.publish"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def frame(template, book, made, **values):
    """Fill a template with what all pages of a book share, and what one page shows.

    Parameters
    ----------
    template : str
        Name of its file.
    book : bgdata.publish.book.Book
    made : datetime.datetime
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
        "nav": nav(book),
        "say": book.say,
        "version": version("bgdata"),
    }
    return _templates().get_template(template).render(shared | values)


def redirect(href, lang):
    """Return a page that opens another."""
    return _templates().get_template("redirect.html").render(href=href, lang=lang, say=words.speaker(lang))


def nav(book):
    """Return the entries of the menu."""
    return [
        {
            "name": page.name,
            "title": shown.title,
            "href": book.links.to(page.name),
            "trouble": page.trouble,
            "contradictions": book.numbers.contradictions_of(page.sector),
        }
        for page, shown in book.pages
    ]
