"""What the last run of a period left: the executed notebooks and their figures, as `run.results` proves them.

Nothing is executed. A notebook that failed, is missing or was edited after the run is read as far as it goes, and
what is wrong with it is kept beside it: for the reader of the page, and for whoever runs the notebooks.
"""

import hashlib
import json
import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import bgdata
from bgdata.errors import RunError
from bgdata.files import write
from bgdata.notation import Period
from bgdata.package import Package, workspace
from bgdata.package.datapackage import signature
from bgdata.package.schema import AREAS, CATALOGUE
from bgdata.voice import Message, language
from bgtools.run.notebooks import belongs, executed
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
        place = Place(package.root, period.code, lang, package.area)
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
        folder = self.package.home / "notebooks" / ("areas" if isinstance(self.package, workspace.Workspace) else "")
        sources = {path.stem for path in folder.glob("[!.]*.ipynb") if belongs(path)}
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
            cells = executed(file)
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
        for path in entry.outputs:
            if (self.package.root / path).is_file() and not self._wrote(entry, path):
                told = Message(
                    "{path} was edited after the run and is not shown. Run: {command}", path=path, command=command
                )
                return cells, Trouble(
                    Message("A figure's file was changed by hand; the page shows what was computed."), told
                )
        return cells, None

    def _wrote(self, entry, path):
        """Return whether a file is as the run wrote it."""
        return digest(self.package.root / path) == entry.outputs[path]

    def _figures(self, entry):
        """Return the files of the figures that a notebook wrote, by name and ending."""
        found = {}
        for name in entry.outputs if entry else ():
            path = self.package.root / name
            shown = path.suffix in (".svg", ".png", ".csv") and path.parent.name != "word"
            if shown and path.is_file() and self._wrote(entry, name):
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
    package : bgdata.package.Package
    period : bgdata.notation.Period
    area, label : str
        The area, if it is one of a workspace, and the period in words.
    names : list of str
        Of its pages.
    sources : list of str
        The files that its pages are made of, which need not exist, relative to the folder of the whole.
    """

    package: Package
    period: Period
    area: str
    label: str
    names: list
    sources: list

    @property
    def folder(self):
        """str: the name of the folder of its pages: the period, with the area if it is of one."""
        return "-".join(filter(None, (self.package.area, self.period.code)))

    @classmethod
    def of(cls, package, period, order):
        """Read the spine of the book of a period."""
        run = Run.read(package, period, order.lang)
        earlier = [one for one in package.observed_periods() if one.freq == period.freq and one < period]
        tables = {f"{name}.csv" for name in (*CATALOGUE, AREAS)} | {"datapackage.json"}
        tables |= {f"{folder}/{period}.csv" for folder in ("reviews", "quotes")}
        tables |= {f"observations/{one}.csv" for one in (period, period.year_before(), *earlier[-1:])}
        tables |= {read["table"] for entry in run.entries.values() for read in entry.reads}
        made = {package.root / name for entry in run.entries.values() for name in entry.outputs}
        files = {
            run.place.file,
            *made,
            *(home / "data" / name for home in (package.root, package.home) for name in tables),
        }
        sources = sorted(os.path.relpath(file, order.root) for file in files)
        area = package.name(order.lang) if package.area else ""
        return cls(package, period, area, period.label(order.lang), run.names, sources)


class Stamp(NamedTuple):
    """What pages are made of: a hash of what makes them, and the stamps of the files that they are about."""

    maker: str
    sources: dict

    def leave(self, folder, about):
        """Note beside pages that are whole what they were made of, which they are, and what they sum up to."""
        write(folder / MADE, json.dumps([*self, _pages(folder), about]) + "\n")

    def holds(self, folder):
        """Return what the pages in a folder sum up to; None where other ones would be made now."""
        try:
            *made, about = json.loads((folder / MADE).read_bytes())
        except (OSError, ValueError, TypeError):
            return None
        return about if made == [*self, _pages(folder)] else None


def stamps(root, names):
    """Return times, place and size of files, which change when their contents do: dict of str to list."""
    return {name: list(signature(root / name)[0] or ()) for name in names}


def coded():
    """Return what changes when the code that makes pages does."""
    folders = (Path(bgdata.__file__).parent, Path(__file__).parents[1])
    files = [path for folder in folders for path in sorted(folder.rglob("*.*")) if path.suffix != ".pyc"]
    return [language(), *signature(*files)]


def told(*what):
    """Return a hash of what is told."""
    return hashlib.sha256(repr(what).encode()).hexdigest()


def _pages(folder):
    """Return the files of a folder, with size and time of change."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MADE)
    return [[path.relative_to(folder).as_posix(), path.stat().st_size, path.stat().st_mtime_ns] for path in paths]
