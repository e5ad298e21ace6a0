"""Read what the last run of a period left: its entries in `run.json`, the executed notebooks and the figures.

Nothing is executed. A notebook that failed, is missing or was edited after the run is read as far as it goes, and
what is wrong with it is kept beside it.
"""

import csv
import hashlib
import io
import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from bgdata.errors import RunError
from bgdata.notation.periods import Period


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
    trouble : str
        What went wrong, as a sentence; empty where nothing did.
    figures : dict of str to pathlib.Path
        The folder of a figure's files and its name, by the hash of its PNG.
    """

    name: str
    sector: str
    cells: list = field(repr=False)
    trouble: str
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

    root: Path
    period: Period
    lang: str
    entries: dict = field(repr=False)
    finished: datetime
    say: object = field(repr=False)

    @classmethod
    def read(cls, root, period, lang, *, say):
        """Read `run.json`.

        Raises
        ------
        RunError
            The period has not been run in this language; the message names the command that does it.
        """
        file = folder(root, period, lang) / "run.json"
        try:
            entries = json.loads(file.read_text(encoding="utf-8"))["notebooks"]
            finished = datetime.fromtimestamp(file.stat().st_mtime)
        except (OSError, ValueError, KeyError, TypeError):
            raise RunError(say("not_run", period=period, command=command(period, lang))) from None
        return cls(root, period, lang, entries, finished, say)

    @property
    def command(self):
        """str: the command that runs what is stale or failed."""
        return command(self.period, self.lang)

    @cached_property
    def pages(self):
        """list of Page: in the order of their names, also of notebooks that were never run."""
        sources = {path.stem for path in (self.root / "notebooks").glob("[!.]*.ipynb")}
        return [self._page(name) for name in sorted({*self.entries, *sources})]

    def _page(self, name):
        entry = self.entries.get(name, {})
        sector = name.lstrip("0123456789").lstrip("-").replace("-", "_")
        file = folder(self.root, self.period, self.lang) / f"{name}.ipynb"
        cells, trouble = self._cells(file, entry)
        return Page(name, sector, cells, trouble, _figures(self.root, entry))

    def _cells(self, file, entry):
        """Return the cells of an executed copy, and what is wrong with it."""
        if not entry:
            return [], self.say("never_run", command=self.command)
        try:
            content = file.read_bytes()
            cells = json.loads(content)["cells"]
        except (OSError, ValueError, KeyError, TypeError):
            cells, content = [], b""
        error = entry.get("error")
        if error:
            where = self.say("in_cell", cell=error["cell"]) if error["cell"] else ""
            return cells, self.say("failed", where=where, name=error["name"], message=error["message"])
        if not cells:
            return cells, self.say("copy_lost", command=self.command)
        recorded = entry.get("outputs", {}).get(file.relative_to(self.root).as_posix())
        edited = recorded != hashlib.sha256(content).hexdigest()
        return cells, self.say("copy_edited", command=self.command) if edited else ""

    def stale(self):
        """Return the names of the notebooks that have read rows of the data package which have changed since."""
        reads = [(name, read) for name, entry in self.entries.items() for read in entry.get("reads", ())]
        tables = {table: _lines(self.root / "data" / table) for table in {read["table"] for _, read in reads}}
        changed = {name for name, read in reads if read["rows"] != _asked(tables[read["table"]], read["where"])}
        return sorted(changed)


def folder(root, period, lang):
    """Return the folder of a period's executed notebooks."""
    place = root / "build" / str(period)
    return place / "en" if lang == "en" else place


def has_run(root, period, lang):
    """Say whether a period has been run."""
    return (folder(root, period, lang) / "run.json").is_file()


def command(period, lang):
    """Return the command that runs a period.

    Examples
    --------
    >>> command("2024-S1", "en")
    'bgdata run 2024-S1 --lang en'
    """
    return f"bgdata run {period}" + " --lang en" * (lang == "en")


def _figures(root, entry):
    """Return the figures that a notebook wrote and that are still what it wrote, by the hash of their PNG."""
    found = {}
    for name, sha in entry.get("outputs", {}).items():
        path = root / name
        if path.suffix == ".png" and path.parent.name != "word":
            found[sha] = path
    return found


def _lines(path):
    """Return the lines of a table as `run.json` records them, each with its cells by column."""
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
