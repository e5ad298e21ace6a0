"""Decide which notebooks run: those whose results are not what their sources would give today.

A notebook's fingerprint covers its source and parameters, the rows of the data package that it asked for, the
code of bgdata and the versions of what computes and draws. Contents are compared; an output whose times, place and size
are those that the run left is not read again.
"""

import hashlib
import json
from copy import copy
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from platform import python_version

import bgdata
from bgdata.voice import Message
from bgtools.run.results import Entry, Tables, digest

PACKAGE = Path(bgdata.__file__).parent
CODE = ("**/*.py", "locale/**/*.mo")  # what a notebook can reach
DRAWS = ("pandas", "numpy", "matplotlib", "seaborn", "pillow", "fontpkg-be-vietnam-pro")


@dataclass(frozen=True)
class Step:
    """A notebook for one period: what was recorded of it, and why it has to run, if it has to.

    Attributes
    ----------
    path : pathlib.Path
    parameters : dict of str to str
    entry : bgtools.run.results.Entry, optional
        None if it never ran; without what it read, of which there may be much.
    sources : dict
        The part of the fingerprint that is known before the notebook runs.
    reasons : list of Message
        Empty if it is fresh.
    """

    path: Path
    parameters: dict | None
    entry: Entry | None = None
    sources: dict = field(default_factory=dict)
    reasons: list = field(default_factory=list)

    @property
    def weight(self):
        """float: seconds that it took last time, or a guess from the size of the file."""
        return (self.entry and self.entry.seconds) or (self.path.stat().st_size / 100_000 if self.path.is_file() else 0)


class Snapshot:
    """The data package, the code and the versions at one moment.

    Taken before the notebooks run: what changes meanwhile makes them stale the next time.
    """

    def __init__(self, root):
        self.root, self.tables = root, Tables(root)
        files = sorted(path for pattern in CODE for path in PACKAGE.glob(pattern))
        self.code = {path.relative_to(PACKAGE).as_posix(): digest(path)[:16] for path in files}
        descriptor = root / "data" / "datapackage.json"
        if descriptor.exists():
            self.code["datapackage.json"] = digest(descriptor)[:16]
        self.versions = {"python": python_version(), **{name: version(name) for name in DRAWS}}

    def of(self, root):
        """Return the same moment of another project: an area of the workspace."""
        other = copy(self)
        other.root, other.tables = root, Tables(root)
        return other


def source_hash(notebook):
    """Return the hash of what a notebook's results depend on: its cells without outputs, and their metadata."""
    cells = [
        (cell.get("id"), cell["cell_type"], cell["source"], cell.get("metadata", {})) for cell in notebook["cells"]
    ]
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()[:16]


def step(one, parameters, entry, snapshot, *, force=False):
    """Compare a notebook with its entry in `run.json`.

    Parameters
    ----------
    one : bgtools.run.asked.Asked
    parameters : dict of str to str
    entry : bgtools.run.results.Entry, optional
    snapshot : Snapshot

    Returns
    -------
    Step
    """
    source = source_hash(one.notebook) if one.notebook else ""
    sources = {"source": source, "code": snapshot.code, "versions": snapshot.versions}
    if one.fault:
        reasons = [one.fault.message]
    elif force:
        reasons = [Message("asked for (--force)")]
    elif not entry:
        reasons = [Message("never run")]
    elif entry.status != "done":
        reasons = [Message("failed last time")]
    else:
        reasons = [
            *_changed(entry, sources, parameters),
            *snapshot.tables.changes(entry.reads),
            *_damaged(entry, snapshot.root),
        ]
    return Step(one.path, parameters, entry and replace(entry, reads=[]), sources, reasons)


def _changed(entry, sources, parameters):
    """Yield what has changed in the sources of a notebook."""
    if entry.source != sources["source"]:
        yield Message("the notebook has changed")
    if entry.parameters != parameters:
        yield Message("its parameters have changed")
    if names := _differing(entry.code, sources["code"]):
        yield Message("bgdata has changed: {what}", what=names)
    if names := _differing(entry.versions, sources["versions"]):
        yield Message("versions have changed: {what}", what=names)


def _differing(before, now):
    return sorted({name for name in before.keys() | now.keys() if before.get(name) != now.get(name)})


def _damaged(entry, root):
    """Yield which outputs are no longer what the run wrote."""
    for name in entry.outputs:
        if not (root / name).is_file():
            yield Message("{path} is missing", path=name)
        elif not entry.holds(root, name):
            yield Message("{path} was edited", path=name)
