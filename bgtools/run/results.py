"""Where a run's results stand, and `run.json`: the only proof that a notebook succeeded.

An entry per notebook: status, parameters, seconds, error, the hashes of its outputs, and the fingerprint of what
it was made from (:mod:`bgtools.run.plan`). A file that is half-written never has the final name.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

ENTRY = {"status", "error", "seconds", "parameters", "outputs", "source", "code", "versions", "reads"}


@dataclass(frozen=True)
class Place:
    """The folders of one period's results, in one language."""

    root: Path
    period: str
    lang: str

    @property
    def build(self):
        """pathlib.Path: executed copies and `run.json`."""
        return self._below("build")

    @property
    def figures(self):
        """pathlib.Path: figures."""
        return self._below("figures")

    def _below(self, folder):
        place = self.root / folder / self.period
        return place / "en" if self.lang == "en" else place

    def entries(self):
        """Return the entries of `run.json` by notebook; what is not as this version writes it proves nothing."""
        try:
            entries = json.loads((self.build / "run.json").read_text(encoding="utf-8"))["notebooks"]
            return {name: entry for name, entry in entries.items() if ENTRY <= entry.keys()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def write(self, entries):
        """Write `run.json`, whole or not at all: a line per notebook, which is several times faster than indenting."""
        lines = ",\n".join(f"{_json(name)}: {_json(entry)}" for name, entry in sorted(entries.items()))
        head = f'"lang": {_json(self.lang)},\n"notebooks": {{\n'
        replace(self.build / "run.json", f'{{\n{head}{lines}\n}},\n"period": {_json(self.period)}\n}}\n')


def _json(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def replace(path, text):
    """Write a text file aside and rename it."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_text(text, encoding="utf-8", newline="\n")
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def digest(path):
    """Return a file's sha256 in hex."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
