"""A project in a folder of its own: the data package, some of the notebooks in tests/notebooks, and runs of them."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from bgtools.cli import main
from conftest import PackageCopy

NOTEBOOKS = Path(__file__).parent / "notebooks"
PERIOD = "2024-S1"


def heed_interrupts():
    """Undo what a shell does to whatever it starts in the background: ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Project(PackageCopy):
    """What a run finds and what it leaves, as tests speak of it."""

    def __init__(self, root, *names):
        self.root, self.data = root, root / "data"
        if not root.exists():
            super().__init__(root)
            (root / "notebooks").mkdir()
        for name in names:
            self.add(name)

    def add(self, name, source=None):
        """Add a notebook, under its own name or in place of another."""
        shutil.copy(NOTEBOOKS / f"{source or name}.ipynb", self.root / "notebooks" / f"{name}.ipynb")

    def edit(self, name, old, new):
        """Change a notebook's text."""
        path = self.path(f"notebooks/{name}.ipynb")
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def run(self, *arguments):
        """Run in this process; return click's result."""
        return CliRunner().invoke(main, ["run", *arguments], env={"BGDATA_ROOT": str(self.root), "LANG": "C"})

    def start(self, *arguments, before=(), preexec_fn=heed_interrupts if os.name == "posix" else None, **changed):
        """Run in a process of its own, behind the words `before`; return it. A variable that is None is taken away."""
        variables = {**os.environ, "BGDATA_ROOT": str(self.root), "LANG": "C", **changed}
        return subprocess.Popen(
            [*before, sys.executable, "-m", "bgtools", "run", *arguments],
            text=True,
            env={name: value for name, value in variables.items() if value is not None},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=preexec_fn,
        )

    def path(self, name):
        return self.root / name

    def result(self, name):
        """The text of a file that a run made."""
        return self.path(name).read_text(encoding="utf-8")

    def entry(self, name, place=PERIOD):
        """A notebook's entry in run.json."""
        return json.loads(self.result(f"build/{place}/run.json"))["notebooks"][name]

    def cells(self, name):
        """The cells of a notebook, by id."""
        return {cell["id"]: cell for cell in json.loads(self.result(name))["cells"]}

    def contents(self):
        """Every file that a run may write, with its bytes."""
        return {
            str(path.relative_to(self.root)): path.read_bytes()
            for folder in ("figures", "build", "notebooks")
            for path in (self.root / folder).rglob("*")
            if path.is_file() and path.name != ".lock"
        }
