"""What a run wrote from what: the one owner of `run.json`, whose entries are the only proof that a notebook succeeded.

An entry per notebook: status, error, seconds, parameters, the hashes of its outputs, and what it was made from. All who
ask for it ask here, with one tolerance: what is not as this version writes it proves nothing. Nothing is executed.
"""

import csv
import hashlib
import io
import json
import os
import shutil
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from types import NoneType

from bgdata.errors import RunError, WriteError
from bgdata.files import cannot_write, write
from bgdata.package import table_file
from bgdata.package.datapackage import signature
from bgtools.run.pool import failure


@dataclass
class Entry:
    """What `run.json` says of one notebook.

    Attributes
    ----------
    status : {"done", "failed"}
    error : dict, optional
        ``cell`` (its id, or None), ``name`` and ``message``; None if it succeeded.
    parameters : dict of str to str
    outputs : dict of str to str
        Path below the project's folder -> sha256, of figures and of the executed copy.
    source : str
        Hash of the notebook's cells.
    code, versions : dict of str to str
        Hashes of bgdata's files, and versions of what computes and draws.
    reads : list of dict
        What it asked the data package for, and the rows that it got (:class:`Tables`).
    stamps : dict of str to list
        Times, place and size of each output when it was put there: while they are the same, so are its contents.
    """

    status: str
    error: dict | NoneType
    seconds: float | int
    parameters: dict
    outputs: dict
    source: str
    code: dict
    versions: dict
    reads: list
    stamps: dict = field(default_factory=dict)

    @classmethod
    def read(cls, found):
        """Return the entry that a dictionary is, None if it is none."""
        known = {field.name: field.type for field in fields(cls)}
        if not isinstance(found, dict):
            return None
        found = {"stamps": {}, **found}
        sound = all(isinstance(found.get(name, ...), kind) for name, kind in known.items())
        return cls(**{name: found[name] for name in known}) if sound and all(map(_is_read, found["reads"])) else None

    @cached_property
    def line(self):
        """str: what stands in `run.json`; made once, though the file is written whenever a notebook has ended."""
        return _json({field.name: getattr(self, field.name) for field in fields(self)})

    def holds(self, root, name):
        """Say whether an output is as it was put there; its contents are read only where it may have changed."""
        stamp = signature(root / name)[0]
        return stamp is not None and (list(stamp) == self.stamps.get(name) or digest(root / name) == self.outputs[name])


@dataclass(frozen=True)
class Place:
    """The results of one period's notebooks, in one language; of the area of a workspace that `root` is."""

    root: Path
    period: str
    lang: str
    area: str = ""

    @property
    def build(self):
        """pathlib.Path: the folder of executed copies and `run.json`."""
        return self._below("build")

    @property
    def figures(self):
        """pathlib.Path: the folder of figures."""
        return self._below("figures")

    @property
    def file(self):
        """pathlib.Path: `run.json`."""
        return self.build / "run.json"

    @property
    def command(self):
        """str: what runs the notebooks that are stale or failed.

        Examples
        --------
        >>> Place(Path(), "2024-S1", "en").command
        'bgdata run 2024-S1 --lang en'
        """
        area = f" --areas {self.area}" * bool(self.area)
        return f"bgdata run {self.period}{area}" + " --lang en" * (self.lang == "en")

    @property
    def name(self):
        """str: the period, with the area if it is of one.

        Examples
        --------
        >>> Place(Path(), "2024-S1", "vi", "VN-24").name
        'VN-24, 2024-S1'
        """
        return ", ".join(filter(None, (self.area, self.period)))

    @property
    def finished(self):
        """datetime.datetime: when the last notebook ended; None if none ever ran."""
        return datetime.fromtimestamp(self.file.stat().st_mtime) if self.file.is_file() else None

    def _below(self, folder):
        place = self.root / folder / self.period
        return place / "en" if self.lang == "en" else place

    def copy(self, name):
        """Return where a notebook's executed copy stands, relative to the project's folder."""
        return (self.build / f"{name}.ipynb").relative_to(self.root).as_posix()

    def entries(self):
        """Return the entries of `run.json` by notebook."""
        try:
            return read_entries(self.file.read_bytes())
        except OSError:
            return {}

    def write(self, entries):
        """Write `run.json`, whole or not at all."""
        write(self.file, self.text(entries))

    def text(self, entries):
        """Return the text of `run.json`: a line per notebook, which is several times faster than indenting."""
        lines = ",\n".join(f"{_json(name)}: {entry.line}" for name, entry in sorted(entries.items()))
        head = f'"lang": {_json(self.lang)},\n"notebooks": {{\n'
        return f'{{\n{head}{lines}\n}},\n"period": {_json(self.period)}\n}}\n'


def read_entries(content):
    """Return the entries of the bytes of a `run.json` by notebook; none where it is none."""
    try:
        found = json.loads(content)["notebooks"].items()
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}
    return {name: entry for name, raw in found if (entry := Entry.read(raw))}


def settle(place, entries, task, outcome, before, sources):
    """Put what a notebook made in place, and write its entry among the others.

    Parameters
    ----------
    place : Place
    entries : dict of str to Entry
    task : bgtools.run.pool.Task
    outcome : bgtools.run.pool.Outcome
        Its error is set where the results cannot be put in place.
    before : dict of str to str
        The outputs that it had.
    sources : dict
        ``source``, ``code``, ``versions`` and ``reads`` of the entry.
    """
    figures = {f"figures/{name}": sha for name, sha in outcome.figures.items()}
    if not outcome.error:
        outcome.error = _taken(figures, task.name, entries) or _claimed({*figures} - {*before}, task.source)
    outputs, stamps = before if outcome.error else figures, {}
    try:
        with cannot_write(place.root):
            if not outcome.error:
                for name in figures:
                    stamps[name] = _move(task.staging / name, place.root / name)
            if outcome.copy:
                stamps[task.copy] = _move(task.staging / "copy.ipynb", place.root / task.copy)
                outputs = {**outputs, task.copy: outcome.copy}
            for name in set(before) - set(outputs):
                (place.root / name).unlink(missing_ok=True)
    except WriteError as error:
        outcome.error = failure(error)
    entries[task.name] = Entry(
        status="failed" if outcome.error else "done",
        error=outcome.error,
        seconds=outcome.seconds,
        parameters=task.parameters,
        outputs=outputs,
        stamps=stamps,
        **sources,
    )
    place.write(entries)
    shutil.rmtree(task.staging, ignore_errors=True)


def _taken(figures, name, entries):
    """Return the error of a notebook that makes a figure which another makes already; None if it does not."""
    for other, entry in entries.items():
        for path in figures:
            if other != name and path in entry.outputs:
                return _made_by(path, other)
    return None


def _claimed(figures, source):
    """Return the error of a notebook that makes a figure which another one shows that was not run here; None else.

    A figure that has the notebook's name before its own is the notebook's, whatever a copy of it shows.
    """
    others = [path for path in sorted(source.parent.glob("[!.]*.ipynb")) if path != source and path.is_file()]
    for other in others if figures else ():
        shown = _figures_of(other, other.stat().st_mtime_ns)
        for path in sorted(figures):
            figure = PurePosixPath(path).name.partition(".")[0]
            if figure in shown and not _of(source, figure):
                return _made_by(path, other.stem)
    return None


def _of(notebook, figure):
    """Return whether a figure is named as those of a notebook are: "telecom-bts" of "03-telecom"."""
    return figure.startswith(notebook.stem.lstrip("0123456789").lstrip("-") + "-")


@cache
def _figures_of(notebook, _):
    """Return the names of the figures that a notebook saves, as its committed outputs and its code both say."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells]
        shown = [output["metadata"]["bgdata"]["figure"] for cell in cells for output in cell.get("outputs", ())
                 if "bgdata" in output.get("metadata", ())]  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return set()
    return {name for name in shown if any(f'"{name}"' in source for source in code)}


def _made_by(path, other):
    return failure(
        RunError(
            "figure {path} is already made by {other}; each figure needs a name of its own", path=path, other=other
        )
    )


def _move(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(source, target)
    return list(signature(target)[0])


def forget_absent(place, names):
    """Drop entries and outputs of notebooks that are no longer there."""
    entries = place.entries()
    absent = [entries.pop(name) for name in set(entries) - names]
    for entry in absent:
        for path in entry.outputs:
            (place.root / path).unlink(missing_ok=True)
    if absent:
        place.write(entries)


class Tables:
    """Rows of the data package as text, as notebooks asked for them."""

    def __init__(self, root):
        self.root = root
        self._read, self._places = {}, {}

    def rows(self, table, where):
        """Return the lines of a table in which each column has one of the given values.

        A table that does not exist has none; a column that does not exist excludes nothing.
        """
        names, rows = self._table(table)
        tests = [(names.index(column), set(values)) for column, values in where.items() if column in names]
        for at, values in tests[:1]:
            places = self._by_cell(table, at)
            rows = [rows[place] for place in sorted(place for value in values for place in places.get(value, ()))]
        return [line for line, row in rows if all(len(row) > at and row[at] in values for at, values in tests[1:])]

    def _by_cell(self, table, at):
        """Return which rows of a table have which cell in one column: dict of str to list of int."""
        if (table, at) not in self._places:
            found = self._places[table, at] = {}
            for place, (_, row) in enumerate(self._table(table)[1]):
                if len(row) > at:
                    found.setdefault(row[at], []).append(place)
        return self._places[table, at]

    def _table(self, table):
        """Return (column names, [(line, cells)]) of a file of the data package."""
        if table not in self._read:
            path = table_file(self.root, table)
            text = path.read_text(encoding="utf-8-sig", errors="replace") if path.exists() else ""
            rows = list(csv.reader(io.StringIO(text, newline="")))
            self._read[table] = rows[0] if rows else [], [(_line(row), row) for row in rows[1:] if row]
        return self._read[table]

    def answers(self, questions):
        """Return what a notebook asked for, with the answers of this moment.

        Examples of an element: ``{"table": "breaks.csv", "where": {}, "rows": ["2025-07-01,*,..."]}``.
        """
        whole = {question["table"] for question in questions if not question["where"]}
        kept = [question for question in questions if not question["where"] or question["table"] not in whole]
        return [{**question, "rows": self.rows(question["table"], question["where"])} for question in kept]

    def changes(self, reads):
        """Say, row by row, how the answers differ from those recorded: ``telecom.revenue 1.135 tỷ -> 1.210 tỷ``."""
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


def _is_read(found):
    return isinstance(found, dict) and {"table", "where", "rows"} <= found.keys()


def _json(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def digest(path):
    """Return a file's sha256 in hex."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
