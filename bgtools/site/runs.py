"""What the last run of a period left: the executed notebooks and their figures, as `run.results` proves them.

Nothing is executed. A notebook that failed, is missing or was edited after the run is read as far as it goes, and
what is wrong with it is kept beside it: for the reader of the page, and for whoever runs the notebooks.
"""

import csv
import io
import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from bgdata.errors import RunError
from bgdata.notation.periods import Period
from bgdata.package.datapackage import Package
from bgdata.voice import Message
from bgtools.run.results import Place, digest

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
    lang: str
    entries: dict = field(repr=False)
    finished: datetime

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
            raise RunError(NOT_RUN.text, period=period, command=command(period, lang))
        finished = datetime.fromtimestamp((place.build / "run.json").stat().st_mtime)
        return cls(package, period, lang, entries, finished)

    @property
    def command(self):
        """str: the command that runs what is stale or failed."""
        return command(self.period, self.lang)

    @cached_property
    def pages(self):
        """list of Page: in the order of their names, also of notebooks that were never run."""
        sources = {path.stem for path in (self.package.root / "notebooks").glob("[!.]*.ipynb")}
        return [self._page(name) for name in sorted({*self.entries, *sources})]

    def _page(self, name):
        entry = self.entries.get(name, {})
        sector = name.lstrip("0123456789").lstrip("-").replace("-", "_")
        cells, trouble = self._cells(name, entry)
        return Page(name, sector, cells, trouble, self._figures(entry))

    def _cells(self, name, entry):
        """Return the cells of an executed copy, and what is wrong with it."""
        if not entry:
            told = Message("Never run. Run: {command}", command=self.command)
            return [], Trouble(Message("This page has not been made yet for this period."), told)
        file = Place(self.package.root, self.period.code, self.lang).build / f"{name}.ipynb"
        try:
            cells = json.loads(file.read_bytes())["cells"]
        except (OSError, ValueError, KeyError, TypeError):
            cells = []
        if entry.get("error"):
            return cells, self._failed(**entry["error"])
        if not cells:
            told = Message("The executed copy cannot be read. Run: {command}", command=self.command)
            return cells, Trouble(Message("The contents of this page are lost; it must be made again."), told)
        if entry.get("outputs", {}).get(file.relative_to(self.package.root).as_posix()) != digest(file):
            told = Message("The executed copy was edited after the run. Run: {command}", command=self.command)
            return cells, Trouble(Message("This page was changed by hand after it was computed; do not cite it."), told)
        return cells, None

    def _failed(self, cell, name, message):
        """Say that a notebook failed."""
        where = Message(" in cell {cell}", cell=cell) if cell else ""
        told = Message("The notebook failed{where}: {name}: {message}", where=where, name=name, message=message)
        said = Message("A step in the computation of this page failed. What stands above it is complete; the rest is missing.")
        return Trouble(said, told, str(message))

    def _figures(self, entry):
        """Return the files of the figures that a notebook wrote, by name and ending."""
        found = {}
        for name in entry.get("outputs", {}):
            path = self.package.root / name
            if path.suffix in (".svg", ".png", ".csv") and path.parent.name != "word" and path.is_file():
                found.setdefault(path.stem, {})[path.suffix[1:]] = path
        return found

    def stale(self):
        """Return the names of the notebooks that have read rows of the data package which have changed since."""
        data = self.package.root / "data"
        reads = [(name, read) for name, entry in self.entries.items() for read in entry.get("reads", ())]
        tables = {table: _lines(data / table) for table in {read["table"] for _, read in reads}}
        changed = {name for name, read in reads if read["rows"] != _asked(tables[read["table"]], read["where"])}
        return sorted(changed)


def has_run(package, period, lang):
    """Say whether a period has been run."""
    return bool(Place(package.root, period.code, lang).entries())


def command(period, lang):
    """Return the command that runs a period.

    Examples
    --------
    >>> command("2024-S1", "en")
    'bgdata run 2024-S1 --lang en'
    """
    return f"bgdata run {period}" + " --lang en" * (lang == "en")


def _lines(path):
    """Return the lines of a table as the run records them, each with its cells by column."""
    text = path.read_text(encoding="utf-8-sig", errors="replace") if path.exists() else ""
    names, *rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row] or [[]]
    lines = []
    for row in rows:
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(row)
        lines.append((dict(zip(names, row)), line.getvalue()))
    return lines


def _asked(lines, where):
    """Return the lines in which each column has one of the given values; an unknown column excludes nothing."""
    return [line for row, line in lines if all(row[column] in where[column] for column in where if column in row)]
