"""Write the folder of one period: its pages, its figures, its tables and its search."""

import shutil

from markupsafe import Markup

from bgdata.files import write
from bgdata.package import NO_DATA, section_text
from bgdata.voice import Message
from bgtools.site import tabular
from bgtools.site.book import comparison
from bgtools.site.changes import keep, since_build, since_periods
from bgtools.site.front import TITLES, front
from bgtools.site.index import choices, entries, script
from bgtools.site.links import Pages, Sheets
from bgtools.site.render import capital, clock, faces, filled, policy, static, woff
from bgtools.site.reviews import contradiction_item, figure_item, items, number_item, page_item, text_item

NAMES = {
    "index": Message("Front page"),
    "numbers": Message("All numbers"),
    "changes": Message("What changed"),
    "legend": Message("How to read"),
    "book": Message("The whole period"),
    "brief": Message("One-page brief"),
}
SECTORS, PRINT = Message("Sectors"), Message("To print")
EXACTNESS = [
    (Message("about"), Message("the last digit that is not zero may be off by one")),
    (Message("an estimated"), Message("the report says that it is an estimate for the whole period")),
    (Message("more than, over"), Message("at least that much, without an upper bound")),
    (Message("less than"), Message("at most that much, without a lower bound")),
    (Message("from – to"), Message("the report gives two ends and nothing between")),
]
ITEMS = {
    "item_of": number_item,
    "figure_item": figure_item,
    "text_item": text_item,
    "contradiction_item": contradiction_item,
    "page_item": page_item,
    "items": items,
}
SHEET = '@page {{ @top-left {{ content: "{title}"; }} @bottom-center {{ content: counter(page) " / " counter(pages); }} }}\n'


def write_period(book, shelf, folder, old, shown):
    """Write the pages of one period.

    Parameters
    ----------
    book : bgtools.site.book.Book
    shelf : list of bgtools.site.runs.Spine
        All periods of the site.
    folder, old : pathlib.Path
        To be made; and what it will replace, which need not exist.
    shown : dict
        What the book shows: see :func:`bgtools.site.changes.snapshot`.

    Returns
    -------
    int
        How many pages were written.
    """
    folder.mkdir()
    table, about, before = book.numbers.table(), front(book), keep(old, folder, shown)
    write(folder / "search.js", script(entries(book, table, about["contradictions"])))
    write(folder / "period.css", SHEET.format(title=_quoted(book.title)))
    _figures(book, folder / "figures")
    _tables(book, folder / "tables")
    bodies = _bodies(book, table, about, since_build(book, shown, before))
    turns = [None, *[(title, book.links.to(name)) for name, title, *_ in bodies], None]
    for position, (name, title, body, values) in enumerate(bodies):
        own = {"contents": (), "before": turns[position], "after": turns[position + 2]}
        own |= {"body": body, "here": name, "title": title, "periods": _switch(name, book, shelf)}
        write(folder / f"{name}.html", filled("frame.html", **common(book), **own | values))
    _paper(book, folder, table, about)
    return len(bodies) + 2


def _bodies(book, table, about, build):
    """Return the pages in their order: name, title, template and what it shows."""
    bodies = [("index", capital(book.label), "_front.html", {"front": about, "contents": ()})]
    bodies += [
        (page.name, one.title, "_page.html", {"page": page, "shown": one, "contents": one.contents})
        for page, one in book.pages
    ]
    numbers = {"table": table, "choices": choices(table)}
    changes = {"build": build, "periods_compared": since_periods(book)}
    return bodies + [
        ("numbers", NAMES["numbers"], "_numbers.html", numbers),
        ("changes", NAMES["changes"], "_changes.html", changes),
        ("legend", NAMES["legend"], "_legend.html", {}),
    ]


def write_areas(target, grid, runs, periods, lang, made):
    """Write the front page over the areas of a workspace, and what their comparisons show.

    Parameters
    ----------
    target : pathlib.Path
    grid : dict of str to dict of str to bgtools.site.book.Cell
        By the name of the area and the code of the period.
    runs : list of bgtools.site.runs.Run
        Of the workspace's own notebooks, newest first.
    periods : list of bgdata.notation.Period
        Newest first.
    """
    shared = {"grid": grid, "periods": periods, "lang": lang, "made": clock(made, lang), "links": Pages()}
    names = {run.period.code: f"areas-{run.period}.html" for run in runs}
    for name, run in [("index.html", runs[0] if runs else None), *((names[run.period.code], run) for run in runs)]:
        shown = comparison(run) if run else []
        for figure in (one for _, page in shown for one in page.figures.values()):
            for ending, path in figure.files.items():
                (target / "figures" / run.period.code).mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target / "figures" / run.period.code / f"{figure.name}.{ending}")
        own = {
            "shown": shown,
            "run": run,
            "others": names if name == "index.html" else {},
            "whole": name == "index.html",
        }
        write(target / name, filled("areas.html", **shared | own))


def single_file(book, *, whole=True):
    """Return one file with all pages of a book; without their code and without what changed.

    Parameters
    ----------
    book : bgtools.site.book.Book
        With links of the kind :class:`bgtools.site.links.Places`.
    whole : bool
        Also the front page and every number; else only the numbers that the pages show.

    Returns
    -------
    str
    """
    about = front(book) if whole else None
    table = [one for one in book.numbers.table() if whole or one["uses"]]
    style = faces(inside=True) + static("site.css") + SHEET.format(title=_quoted(book.title))
    scripts = script(entries(book, table, about["contradictions"] if whole else [])) + static("site.js")
    own = {"front": about, "table": table, "choices": choices(table), "here": "", "title": book.title}
    own |= {"style": Markup(style), "script": Markup(scripts), "policy": policy([style], [scripts])}
    return filled("single.html", **common(book, whole=whole), **own)


def write_assets(folder):
    """Write what all pages load."""
    folder.mkdir()
    write(folder / "site.css", faces(inside=False) + static("site.css"))
    write(folder / "site.js", static("site.js"))
    for name, content in woff().items():
        write(folder / name, content)


def common(book, *, whole=True):
    """Return what all pages of a book share."""
    return {
        "book": book,
        "lang": book.lang,
        "links": book.links,
        "made": clock(book.made, book.lang),
        "nav": nav(book, whole),
        "titles": TITLES,
        "exactness": EXACTNESS,
        "nothing": NO_DATA,
        "example": _example(book),
        "figure_example": Message("Figure 3, {book}", book=book.title),
        "place": lambda section: section_text(section, book.lang),
        "table_name": table_name,
        **ITEMS,
    }


def nav(book, whole):
    """Return the menu: groups of pages, each with its heading; without the front page if the book is not whole."""
    sectors, groups = book.package.sectors, ([], [])
    for page, shown in book.pages:
        wrong = book.numbers.disputes_of(page.sector)
        groups[page.sector in sectors].append(_entry(page.name, shown.title, page.trouble, wrong))
    last = ["numbers", *["changes"] * (not book.links.single), *["legend"] * whole]
    paper = ["brief", "book"] * (not book.links.single)
    first, last, paper = ([_entry(name, NAMES[name]) for name in names] for names in (["index"] * whole, last, paper))
    return [("", [*first, *groups[0]]), (SECTORS, groups[1]), ("", last), (PRINT, paper)]


def table_name(page, table):
    """Return the name of a table's file, without ending."""
    return f"{page}-{table.cell}"


def _entry(name, title, trouble=None, contradictions=()):
    return {"name": name, "title": title, "trouble": trouble, "contradictions": contradictions}


def _example(book):
    """Return a number of the book as one cites it."""
    for row in book.numbers.present:
        section, period = section_text(row["section"], book.lang), book.label
        return Message(
            "{label}: {value}, {period}, section {section} of the report",
            label=row["label"],
            value=book.numbers.text(row),
            period=period,
            section=section,
        )
    return NO_DATA


def _switch(name, book, shelf):
    """Return the periods with the address of the same page, or of the front page where a period lacks it."""
    found = []
    for other in shelf:
        there = name in NAMES or name in other.names
        label = other.label if there else Message("{period} (front page)", period=other.label)
        href = f"../{other.folder}/{book.links.to(name if there else 'index')}"
        found.append({"label": label, "href": href, "current": other.folder == book.folder})
    return found


def _paper(book, folder, table, about):
    """Write what is made to be printed: the whole period, and one page of it."""
    source = book.package.periods[book.run.period][f"source_{book.lang}"]
    elsewhere = [one for one in table if not one["uses"]]
    whole = {"front": about, "table": elsewhere, "links": Sheets()}
    pages = {"book": ("_chapters.html", whole), "brief": ("_brief.html", {"front": about, "source": source})}
    for name, (body, values) in pages.items():
        shared = common(book) | {"body": body, "here": name, "title": NAMES[name]}
        write(folder / f"{name}.html", filled("paper.html", **shared | values))


def _figures(book, folder):
    """Copy the figures' files; write what the run did not save."""
    folder.mkdir()
    for name, figure in book.figures().items():
        for ending, path in figure.files.items():
            shutil.copyfile(path, folder / f"{name}.{ending}")
        if not figure.files:
            write(folder / f"{name}.png", figure.png)


def _tables(book, folder):
    """Write every table as CSV, and those of a page together as an Excel file."""
    folder.mkdir()
    everything = tabular.all_numbers(book.numbers)
    write(folder / "numbers.csv", tabular.as_csv(everything))
    write(folder / "numbers.xlsx", tabular.as_workbook([(NAMES["numbers"], everything)]))
    for page, shown in book.pages:
        tables = [(part.title or shown.title, table) for part in shown.sections for table in part.tables]
        lines = [(title, table.cells(book.numbers)) for title, table in tables]
        for (_, table), (_, cells) in zip(tables, lines):
            write(folder / f"{table_name(page.name, table)}.csv", tabular.as_csv(cells))
        if lines:
            write(folder / f"{page.name}.xlsx", tabular.as_workbook(lines))


def _quoted(text):
    """Return a text as a string of a style sheet."""
    return "".join(letter if letter.isalnum() or letter in " ,.-" else f"\\{ord(letter):x} " for letter in text)
