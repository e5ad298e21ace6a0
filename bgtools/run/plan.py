"""Decide which notebooks run: those whose results are not what their sources would give today.

A notebook's fingerprint covers its source and parameters, the rows of the data package that it asked for, the
code of bgdata and the versions of what computes and draws. Contents are compared, never dates of files.
"""

import csv
import hashlib
import io
import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from platform import python_version

import bgdata
from bgtools.run import notebooks
from bgtools.run.results import digest

PACKAGE = Path(bgdata.__file__).parent
CODE = "**/*.py"  # what a notebook can reach
DRAWS = ("pandas", "numpy", "matplotlib", "seaborn", "pillow", "fontpkg-be-vietnam-pro")


@dataclass(frozen=True)
class Step:
    """A notebook for one period: what was recorded of it, and why it has to run, if it has to.

    Attributes
    ----------
    path : pathlib.Path
    parameters : dict of str to str
    entry : dict
        Of `run.json`; empty if it never ran.
    sources : dict
        The part of the fingerprint that is known before the notebook runs.
    reasons : list of str
        Sentences; empty if it is fresh.
    stage : int
        See :func:`bgtools.run.notebooks.stage`.
    """

    path: Path
    parameters: dict
    entry: dict
    sources: dict
    reasons: list
    stage: int

    @property
    def weight(self):
        """float: seconds that it took last time, or a guess from the size of the file."""
        return self.entry.get("seconds") or self.path.stat().st_size / 100_000


class Snapshot:
    """The data package, the code and the versions at one moment.

    Taken before the notebooks run: what changes meanwhile makes them stale the next time.
    """

    def __init__(self, root):
        self.root = root
        self._tables = {}
        files = sorted(PACKAGE.glob(CODE))
        self.code = {path.relative_to(PACKAGE).as_posix(): digest(path)[:16] for path in files}
        descriptor = root / "data" / "datapackage.json"
        if descriptor.exists():
            self.code["datapackage.json"] = digest(descriptor)[:16]
        self.versions = {"python": python_version(), **{name: version(name) for name in DRAWS}}

    def rows(self, table, where):
        """Return the lines of a table in which each column has one of the given values, as text.

        A table that does not exist has none; a column that does not exist excludes nothing.
        """
        names, rows = self._table(table)
        tests = [(names.index(column), set(values)) for column, values in where.items() if column in names]
        return [line for line, row in rows if all(len(row) > at and row[at] in values for at, values in tests)]

    def _table(self, table):
        """Return (column names, [(line, cells)]) of a file of the data package."""
        if table not in self._tables:
            path = self.root / "data" / table
            text = path.read_text(encoding="utf-8-sig", errors="replace") if path.exists() else ""
            rows = list(csv.reader(io.StringIO(text, newline="")))
            self._tables[table] = rows[0] if rows else [], [(_line(row), row) for row in rows[1:] if row]
        return self._tables[table]

    def reads(self, questions):
        """Return what a notebook asked for, with the answers of this snapshot.

        Examples of an element: ``{"table": "breaks.csv", "where": {}, "rows": ["2025-07-01,*,..."]}``.
        """
        whole = {question["table"] for question in questions if not question["where"]}
        kept = [question for question in questions if not question["where"] or question["table"] not in whole]
        return [{**question, "rows": self.rows(question["table"], question["where"])} for question in kept]

    def changes(self, reads):
        """Say, row by row, how the answers differ from those recorded."""
        changes = {}
        for read in reads:
            now = self.rows(read["table"], read["where"])
            if now != read["rows"]:
                names = self._table(read["table"])[0]
                changes.update(dict.fromkeys(_differences(names, read["rows"], now) or [read["table"]]))
        return list(changes)


def _line(row):
    file = io.StringIO()
    csv.writer(file, lineterminator="").writerow(row)
    return file.getvalue()


def _differences(names, before, now):
    """Say which rows differ: ``telecom.revenue 1.135 tỷ -> 1.210 tỷ``."""
    old, new = ({_key(names, line): line for line in lines} for lines in (before, now))
    return [
        f"{key} {_shown(names, old.get(key))} -> {_shown(names, new.get(key))}"
        for key in [*old, *(key for key in new if key not in old)]
        if old.get(key) != new.get(key)
    ]


def _key(names, line):
    row = next(csv.reader([line]))
    category = dict(zip(names, row)).get("category")
    return f"{row[0]}[{category}]" if category else row[0]


def _shown(names, line):
    if line is None:
        return "∅"
    row = dict(zip(names, next(csv.reader([line]))))
    return row.get("printed") or row.get("label_vi") or line


def source_hash(notebook):
    """Return the hash of what a notebook's results depend on: its cells without outputs, and their metadata."""
    cells = [
        (cell.get("id"), cell["cell_type"], cell["source"], cell.get("metadata", {})) for cell in notebook["cells"]
    ]
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()[:16]


def step(path, notebook, parameters, entry, snapshot, order):
    """Compare a notebook with its entry in `run.json`.

    Parameters
    ----------
    path : pathlib.Path
    notebook : dict
        See :func:`bgtools.run.notebooks.load`.
    parameters : dict of str to str
    entry : dict
        Empty if there is none.
    snapshot : Snapshot
    order : bgtools.run.driver.Order

    Returns
    -------
    Step
    """
    say = order.say
    sources = {"source": source_hash(notebook), "code": snapshot.code, "versions": snapshot.versions}
    if order.force:
        reasons = [say("forced")]
    elif not entry:
        reasons = [say("never")]
    elif entry["status"] != "done":
        reasons = [say("failed_before")]
    else:
        reasons = [
            *_changed(entry, sources, parameters, say),
            *snapshot.changes(entry["reads"]),
            *_damaged(entry["outputs"], order.root, say),
        ]
    return Step(path, parameters, entry, sources, reasons, stage(notebook, order))


def stage(notebook, order):
    """Return how much is imported before a notebook runs (see :func:`bgtools.run.notebooks.stage`)."""
    return notebooks.stage(notebook, len(order.package.periods))


def _changed(entry, sources, parameters, say):
    """Yield what has changed in the sources of a notebook."""
    if entry["source"] != sources["source"]:
        yield say("source_changed")
    if entry["parameters"] != parameters:
        yield say("parameters_changed")
    for kind, key in (("code", "code_changed"), ("versions", "versions_changed")):
        names = sorted({name for name, _ in entry[kind].items() ^ sources[kind].items()})
        if names:
            yield say(key, what=", ".join(names))


def _damaged(outputs, root, say):
    """Yield which outputs are no longer what the run wrote."""
    for name, sha in outputs.items():
        path = root / name
        if not path.is_file():
            yield say("output_missing", path=name)
        elif digest(path) != sha:
            yield say("output_edited", path=name)
