"""What tests share: a copy of the data package that a test may spoil, and a folder of its own for figures."""

import csv
import io
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

from bgdata.errors import RunError
from bgdata.notation.periods import Period
from bgtools.run.notebooks import GIVEN, defaults, load

ROOT = Path(__file__).resolve().parent
collect_ignore = ["tests/calc.py"]  # a script for the Python that comes with LibreOffice
NEEDS_DASK = "bgtools.run.cluster"  # of `make cluster`
HAS_DASK = find_spec("distributed") is not None
if not HAS_DASK:
    collect_ignore_glob = ["bgtools/run/cluster/*", "tests/hosts.py", "tests/losses.py"]  # need Dask
settings.register_profile("repeatable", max_examples=30, deadline=None, derandomize=True)
settings.load_profile("repeatable")


def of_the_report(path):
    """Whether a file is a notebook of the report; strays are passed over, here and by nbval: `bgdata run` names them."""
    try:
        return path.is_file() and set(GIVEN) <= set(defaults(load(path), path.name))
    except RunError:
        return False


NOTEBOOKS = sorted(filter(of_the_report, (ROOT / "notebooks").glob("*.ipynb")))
HEADER = "indicator,category,value,lower,upper,qualifier,status,printed,section,as_of,note"


def pytest_ignore_collect(collection_path):
    if collection_path.suffix == ".ipynb" and collection_path.parent == ROOT / "notebooks":
        return not of_the_report(collection_path) or None


def copy_notebooks(folder):
    """Copy the notebooks of the report into a folder of its own."""
    folder.mkdir()
    for path in NOTEBOOKS:
        shutil.copy(path, folder)


class PackageCopy:
    """A project folder of its own with a copy of `data/`; `observations` names the first period's file."""

    observations = "observations/2024-S1.csv"

    def __init__(self, root):
        self.root, self.data = root, root / "data"
        shutil.copytree(ROOT / "data", self.data)

    def cell(self, file, key, column, text):
        """Write `text` into the column of the one line that begins with the cells of `key`."""
        rows = list(csv.reader(io.StringIO(self.text(file))))
        cells = key.split(",")
        [row] = [row for row in rows if row[: len(cells)] == cells]
        row[rows[0].index(column)] = text
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        self.write(file, out.getvalue().encode())

    def replace(self, file, old, new):
        """Replace a text that stands exactly once in the file."""
        assert self.text(file).count(old) == 1
        self.write(file, self.text(file).replace(old, new).encode())

    def append(self, file, *lines):
        self.write(file, (self.text(file) + "".join(f"{line}\n" for line in lines)).encode())

    def add_period(self, code, *lines):
        """Open a period whose observations are these lines."""
        period = Period.parse(code)
        self.append(
            "periods.csv", f"{code},{period.start},{period.end},{period.label()},{period.label('en')},Báo cáo,Report"
        )
        self.write(f"observations/{code}.csv", "\n".join([HEADER, *lines, ""]).encode())

    def text(self, file):
        return (self.data / file).read_text(encoding="utf-8")

    def write(self, file, content):
        (self.data / file).write_bytes(content)


@pytest.fixture
def package(tmp_path, monkeypatch):
    monkeypatch.setenv("BGDATA_ROOT", str(tmp_path))
    return PackageCopy(tmp_path)


@pytest.fixture(autouse=True)
def figures(tmp_path, monkeypatch):
    """Where tests and the examples in docstrings save figures: never in the project's own folder."""
    monkeypatch.setenv("BGDATA_FIGURES", str(tmp_path / "figures"))
    return tmp_path / "figures"
