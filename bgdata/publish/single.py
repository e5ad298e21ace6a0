"""One file that holds everything: pages, style, fonts, pictures, search. It can be sent by e-mail."""

from markupsafe import Markup

from bgdata.publish import fonts
from bgdata.publish.front import front
from bgdata.publish.numbers import choices
from bgdata.publish.render import frame, static
from bgdata.publish.search import entries, script


def single_file(book, made, *, whole=True):
    """Return one file with all pages of a book; without their code and without what changed.

    Parameters
    ----------
    book : bgdata.publish.book.Book
        With links of the kind :class:`bgdata.publish.links.Places`.
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
