"""One period's pages: what the run left and the numbers of the data package, put together once for all that is made."""

from dataclasses import dataclass, field
from datetime import datetime

from bgdata.package import Package
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
    def label(self):
        """str: the period in words."""
        return self.run.period.label(self.lang)

    @property
    def title(self):
        """str: the title of the whole."""
        return f"{TITLE.to(self.lang)} {self.label}"

    def figures(self):
        """Return all figures, by name."""
        return {name: figure for _, shown in self.pages for name, figure in shown.figures.items()}

    def title_of(self, page):
        """Return the one name of a sector, or the heading of a notebook that is of none."""
        sector = self.package.sectors.get(page.sector)
        return sector[f"label_{self.lang}"] if sector else page.heading or page.name
