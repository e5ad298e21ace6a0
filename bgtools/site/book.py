"""One period's pages: what the run left and the numbers of the data package, put together once for all that is made."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from bgdata.package import Package
from bgdata.rules import DISPUTED
from bgdata.voice import Message
from bgtools.site.index import Numbers
from bgtools.site.pages import content
from bgtools.site.reviews import Reviews
from bgtools.site.runs import Run

TITLE = Message("Book of numbers")


@dataclass
class Book:
    """The pages of one period.

    Attributes
    ----------
    package : bgdata.package.datapackage.Package
    run : bgtools.site.runs.Run
    links : bgtools.site.links.Pages or Places
    made : datetime.datetime
        When the pages are made.
    numbers : bgtools.site.index.Numbers
    reviews : bgtools.site.reviews.Reviews
    pages : list of (bgtools.site.runs.Page, bgtools.site.pages.Content)
    """

    package: Package
    run: Run
    links: object
    made: datetime
    numbers: Numbers
    reviews: Reviews
    pages: list = field(default_factory=list)

    @classmethod
    def of(cls, run, links, made, only=()):
        """Read the pages of a run, or only some of them by name."""
        package, numbers = run.package, Numbers.of(run.package, run.period, run.lang)
        book, figures = cls(package, run, links, made, numbers, Reviews.of(package, run.period)), 0
        for page in run.pages:
            shown = content(page, book.title_of(page), figures + 1)
            figures += len(shown.figures)
            if not only or page.name in only:
                numbers.note_uses(page, shown)
                book.pages.append((page, shown))
        return book

    @property
    def lang(self):
        return self.run.lang

    @property
    def code(self):
        """str: the code of the period."""
        return self.run.period.code

    @property
    def folder(self):
        """str: the name of its folder: the period, with the area if it is of one."""
        return "-".join(filter(None, (self.package.area, self.code)))

    @property
    def area(self):
        """str: the name of the area of a workspace; empty where there is none."""
        return self.package.name(self.lang) if self.package.area else ""

    @property
    def label(self):
        """str: the period in words."""
        return self.run.period.label(self.lang)

    @property
    def title(self):
        """str: the title of the whole."""
        return " · ".join(filter(None, (self.area, f"{TITLE.to(self.lang)} {self.label}")))

    def figures(self):
        """Return all figures, by name."""
        return {name: figure for _, shown in self.pages for name, figure in shown.figures.items()}

    def title_of(self, page):
        """Return the one name of a sector, or the heading of a notebook that is of none."""
        sector = self.package.sectors.get(page.sector)
        return sector[f"label_{self.lang}"] if sector else page.heading or page.name


class Cell(NamedTuple):
    """What the front page over areas says of one report.

    Attributes
    ----------
    folder : str
        Of its pages.
    share : float
        How much of what it is expected to print is there, percent.
    """

    folder: str
    share: float
    contradictions: int
    faults: int

    @classmethod
    def of(cls, book):
        """Sum up a book."""
        numbers = book.numbers
        wrong = [row for row in numbers.wrong if row["verdict"] == DISPUTED[0] and not row["accepted"]]
        share = len(numbers.present) / max(len(numbers.rows), 1) * 100
        return cls(book.folder, share, len(wrong), sum(bool(page.trouble) for page, _ in book.pages))

    @property
    def level(self):
        """int: one of ten shades for its share."""
        return min(int(self.share // 10), 9)


def comparison(run):
    """Return the pages that compare areas: what each shows, its figures numbered through."""
    shown, figures = [], 0
    for page in run.pages:
        shown.append((page, content(page, page.heading or page.name, figures + 1)))
        figures += len(shown[-1][1].figures)
    return shown
