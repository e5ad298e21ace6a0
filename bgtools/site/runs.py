"""What the last run of a period left: the executed notebooks and their figures, as `run.results` proves them.

Nothing is executed. A notebook that failed, is missing or was edited after the run is read as far as it goes, and
what is wrong with it is kept beside it: for the reader of the page, and for whoever runs the notebooks.
"""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import bgdata
import bgtools
from bgdata.errors import RunError
from bgdata.files import write
from bgdata.notation import Period
from bgdata.package import Package
from bgdata.package.datapackage import signature
from bgdata.package.schema import CATALOGUE
from bgdata.voice import Message, language
from bgtools.run.results import Place, Tables, digest

MADE = "made.json"
NOT_RUN = Message("Period {period} has not been run. Run: {command}")


class Trouble(NamedTuple):
    """What is wrong with a page: to its reader, to who runs the notebooks, and what the computer said."""

    reader: Message
    operator: Message
    details: str = ""


@dataclass(frozen=True)
class Page:
    """One notebook as the run left it.

    Attributes
    ----------
    name : str
        Of the notebook's file, without its ending.
    sector : str
        Code of the sector that the name stands for; empty for the overview.
    cells : list of dict
        Of the executed copy; none where it cannot be read.
    trouble : Trouble or None
    figures : dict of str to dict of str to pathlib.Path
        The files of each figure that the notebook wrote, by name and ending.
    """

    name: str
    sector: str
    cells: list = field(repr=False)
    trouble: Trouble | None
    figures: dict = field(repr=False)

    @property
    def heading(self):
        """str: the first heading of the first degree; empty where there is none."""
        texts = ("".join(cell["source"]) for cell in self.cells if cell["cell_type"] == "markdown")
        first = next((text for text in texts if text.startswith("# ")), "").partition("\n")[0]
        return first[2:].strip()


@dataclass(frozen=True)
class Run:
    """The last run of one period, in one language."""

    package: Package
    period: Period
    place: Place
    entries: dict = field(repr=False)

    @classmethod
    def read(cls, package, period, lang):
        """Read what the run recorded.

        Raises
        ------
        RunError
            The period has not been run in this language; the message names the command that does it.
        """
        place = Place(package.root, period.code, lang)
        entries = place.entries()
        if not entries:
            raise RunError(NOT_RUN.text, period=period, command=place.command)
        return cls(package, period, place, entries)

    @property
    def lang(self):
        return self.place.lang

    @cached_property
    def pages(self):
        """list of Page: in the order of their names, also of notebooks that were never run."""
        return [self._page(name) for name in self.names]

    @property
    def names(self):
        """list of str: of the pages, in their order."""
        sources = {path.stem for path in (self.package.root / "notebooks").glob("[!.]*.ipynb")}
        return sorted({*self.entries, *sources})

    def _page(self, name):
        entry = self.entries.get(name)
        sector = name.lstrip("0123456789").lstrip("-").replace("-", "_")
        cells, trouble = self._cells(name, entry)
        return Page(name, sector, cells, trouble, self._figures(entry))

    def _cells(self, name, entry):
        """Return the cells of an executed copy, and what is wrong with it."""
        command = self.place.command
        if not entry:
            told = Message("Never run. Run: {command}", command=command)
            return [], Trouble(Message("This page has not been made yet for this period."), told)
        file = self.package.root / self.place.copy(name)
        try:
            cells = json.loads(file.read_bytes())["cells"]
        except (OSError, ValueError, KeyError, TypeError):
            cells = []
        if entry.error:
            return cells, _failed(**entry.error)
        if not cells:
            told = Message("The executed copy cannot be read. Run: {command}", command=command)
            return cells, Trouble(Message("The contents of this page are lost; it must be made again."), told)
        if entry.outputs.get(self.place.copy(name)) != digest(file):
            told = Message("The executed copy was edited after the run. Run: {command}", command=command)
            return cells, Trouble(Message("This page was changed by hand after it was computed; do not cite it."), told)
        return cells, None

    def _figures(self, entry):
        """Return the files of the figures that a notebook wrote, by name and ending."""
        found = {}
        for name in entry.outputs if entry else ():
            path = self.package.root / name
            if path.suffix in (".svg", ".png", ".csv") and path.parent.name != "word" and path.is_file():
                found.setdefault(path.stem, {})[path.suffix[1:]] = path
        return found

    def stale(self):
        """Return the names of the notebooks that have read rows of the data package which have changed since."""
        tables = Tables(self.package.root)
        return sorted(name for name, entry in self.entries.items() if tables.changes(entry.reads))


def _failed(cell, name, message):
    """Say that a notebook failed."""
    where = Message(" in cell {cell}", cell=cell) if cell else ""
    told = Message("The notebook failed{where}: {name}: {message}", where=where, name=name, message=message)
    said = Message(
        "A step in the computation of this page failed. What stands above it is complete; the rest is missing."
    )
    return Trouble(said, told, str(message))


def has_run(package, period, lang):
    """Say whether a period has been run."""
    return bool(Place(package.root, period.code, lang).entries())


class Spine(NamedTuple):
    """What other periods' pages need to know of a period, and what its own depend on.

    Attributes
    ----------
    period : bgdata.notation.Period
    label : str
        The period in words.
    names : list of str
        Of its pages.
    sources : list of str
        The files that its pages are made of, which need not exist, relative to the project's folder.
    """

    period: Period
    label: str
    names: list
    sources: list

    @property
    def code(self):
        """str: the code of the period."""
        return self.period.code

    @classmethod
    def of(cls, package, period, lang):
        """Read the spine of the book of a period."""
        run = Run.read(package, period, lang)
        earlier = [one for one in package.observed_periods() if one.freq == period.freq and one < period]
        tables = {f"{name}.csv" for name in CATALOGUE} | {"datapackage.json"}
        tables |= {f"{folder}/{period}.csv" for folder in ("reviews", "quotes")}
        tables |= {f"observations/{one}.csv" for one in (period, period.year_before(), *earlier[-1:])}
        tables |= {read["table"] for entry in run.entries.values() for read in entry.reads}
        outputs = {name for entry in run.entries.values() for name in entry.outputs}
        made = run.place.file.relative_to(package.root).as_posix()
        return cls(period, period.label(lang), run.names, sorted({made, *outputs, *(f"data/{one}" for one in tables)}))


def stamps(root, names):
    """Return size, times and place of files that make their contents known: dict of str to list."""
    return {name: list(signature(root / name)[0] or ()) for name in names}


def maker(shelf):
    """Return a hash of all that makes every page: which periods the site has, and the code."""
    code = [path for package in (bgdata, bgtools) for path in sorted(Path(package.__file__).parent.rglob("*.*"))]
    told = json.dumps([str(shelf), language(), stamps(Path(), [str(path) for path in code if path.suffix != ".pyc"])])
    return hashlib.sha256(told.encode()).hexdigest()


def note(folder, made_by, sources):
    """Note beside pages what they were made of, and which they are."""
    write(folder / MADE, json.dumps([made_by, sources, _pages(folder)]) + "\n")


def unchanged(folder, made_by, sources):
    """Say whether a folder holds the pages that would be made anew."""
    try:
        return json.loads((folder / MADE).read_bytes()) == [made_by, sources, _pages(folder)]
    except (OSError, ValueError):
        return False


def _pages(folder):
    """Return the files of a folder, with size and time of change."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MADE)
    return [[path.relative_to(folder).as_posix(), path.stat().st_size, path.stat().st_mtime_ns] for path in paths]
