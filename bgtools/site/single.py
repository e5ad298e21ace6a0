"""One file that holds everything: pages, style, fonts, pictures, search. It can be sent by e-mail."""

from markupsafe import Markup

from bgtools.site import fonts
from bgtools.site.front import front
from bgtools.site.index import choices
from bgtools.site.render import frame, static
from bgtools.site.search import entries, script


def single_file(book, made, *, whole=True):
    """Return one file with all pages of a book; without their code and without what changed.

    Parameters
    ----------
    book : bgtools.site.book.Book
        With links of the kind :class:`bgtools.site.links.Places`.
    made : datetime.datetime
    whole : bool
        Also the front page and every number; else only the numbers that the pages show.

    Returns
    -------
    str
    """
    about = front(book, made) if whole else None
    rows = [row for row in book.numbers.table() if whole or row["uses"]]
    found = entries(book, rows, about["contradictions"] if whole else [])
    shown = {"front": about, "rows": rows, "choices": choices(rows), "here": "", "title": book.title}
    style = Markup(fonts.inline() + static("site.css"))
    scripts = Markup(script(found) + static("site.js"))
    return frame("single.html", book, made, whole=whole, style=style, script=scripts, **shown)
