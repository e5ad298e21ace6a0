"""Note which rows of the data package were asked for, so that a run knows what a notebook depends on.

A question is noted, not its answer: the rows that match may not exist yet. Nothing is noted unless the
environment names a file for it (BGDATA_READS), as `bgdata run` does for each notebook.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from bgdata.package.schema import SHARED

_folder: ContextVar[str] = ContextVar("folder", default="")
_noted: set[tuple[str, str]] = set()


def record(table: str, **where: str | Iterable[str]) -> None:
    """Note that the rows of `table` were read in which each column has one of the given values.

    Parameters
    ----------
    table : str
        A file of the data package, relative to `data/`, whether it exists or not.
    **where : str or iterable of str
        Column and value, or values; without any, all rows.

    Examples
    --------
    >>> record("observations/2024-S1.csv", indicator=["telecom.bts", "telecom.fibre"])
    >>> record("breaks.csv")
    """
    path = os.environ.get("BGDATA_READS")
    if not path:
        return
    columns = {
        column: [values] if isinstance(values, str) else sorted(values) for column, values in sorted(where.items())
    }
    table = str(table)
    table = f"{'' if table.removesuffix('.csv') in SHARED else _folder.get()}{table}"
    line = json.dumps({"table": table, "where": columns}, ensure_ascii=False) + "\n"
    if (path, line) not in _noted:
        _noted.add((path, line))
        with open(path, "a", encoding="utf-8") as file:
            file.write(line)


@contextmanager
def within(folder: Path, root: Path) -> Iterator[None]:
    """Note what is read in a ``with`` block as read in another `data/`: relative to that of the project at hand.

    Parameters
    ----------
    folder : pathlib.Path
    root : pathlib.Path
        The project, unless the environment names one (BGDATA_ROOT).
    """
    data = Path(os.environ.get("BGDATA_ROOT") or root) / "data"
    before = _folder.set(Path(os.path.relpath(folder, data)).as_posix() + "/")
    try:
        yield
    finally:
        _folder.reset(before)
