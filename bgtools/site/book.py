"""One period's pages: what the run left and the numbers of the data package, put together once for all that is made."""

from dataclasses import dataclass, field

from bgdata.package.datapackage import Package
from bgtools.site.index import Numbers
from bgtools.site.pages import content


@dataclass
class Book:
    """The pages of one period.

    Attributes
    ----------
    run : bgtools.site.runs.Run
    links : bgtools.site.links.Pages or Places
    numbers : bgtools.site.index.Numbers
    pages : list of (bgtools.site.runs.Page, bgtools.site.pages.Content)
    """

    run: object
    links: object
    say: object
    numbers: object
    pages: list = field(default_factory=list)

    @classmethod
    def of(cls, run, links, say, only=()):
        """Read the pages of a run, or only some of them by name."""
        made = cls(run, links, say, Numbers.of(run.period, run.lang, links, say))
        for page in run.pages:
            if not only or page.name in only:
                shown = content(page, made._title(page), made.numbers)
                made.numbers.note_uses(page, shown)
                made.pages.append((page, shown))
        return made

    @property
    def lang(self):
        return self.run.lang

    @property
    def label(self):
        """str: the period in words."""
        return self.run.period.label(self.lang)

    @property
    def title(self):
        """str: the title of the whole."""
        return f"{self.say('book')} {self.label}"

    def figures(self):
        """Return all figures, by name."""
        return {name: figure for _, shown in self.pages for name, figure in shown.figures.items()}

    def _title(self, page):
        sector = Package.open().sectors.get(page.sector)
        return sector[f"label_{self.lang}"] if sector else page.name
