"""Read, inspect and change notebook files before they are executed.

Notebooks are plain dictionaries here, as JSON has them; nothing is executed and nothing is validated beyond
what a run relies on: code cells, a cell tagged `parameters` that assigns strings, unique cell ids.
"""

import ast
import json
import re

from bgdata.errors import RunError, UnknownName
from bgdata.voice import Message
from bgtools.run.messages import hint

FIGURES = re.compile(r"\b(charts|save_figure|matplotlib|plt)\b")  # what code mentions that needs Matplotlib,
SEABORN = re.compile(r"\b(\w+_bars|table_chart|lines|seaborn|sns|scipy)\b")  # seaborn,
TREND = re.compile(r"\btrend\b")  # or seaborn, from the third period on


def find(folder, only=(), *, say):
    """List the notebooks of a folder in the order of their names.

    Parameters
    ----------
    folder : pathlib.Path
    only : sequence of str
        Names to keep: the whole name (``03-telecom``) or what follows its number (``telecom``).
    say : callable
        See :func:`bgtools.run.messages.speaker`.

    Raises
    ------
    UnknownName
        A name in `only` that is no notebook's; the message has the near matches.
    RunError
        The folder holds no notebook.
    """
    paths = sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))
    if not paths:
        raise RunError(say("no_notebooks", folder=folder))
    names = {path.stem: path for path in paths}
    short = {path.stem.lstrip("0123456789").lstrip("-"): path for path in paths}
    chosen = set()
    for name in only:
        key = name.removesuffix(".ipynb").replace("_", "-")
        if key not in names and key not in short:
            raise UnknownName(say("unknown_notebook", name=name, hint=hint(key, sorted({*names, *short}), say)))
        chosen.add(names.get(key) or short[key])
    return [path for path in paths if path in chosen or not only]


def load(path, *, say):
    """Read a notebook; its sources become single strings.

    Raises
    ------
    RunError
        The file is not a notebook of format 4, or two of its cells share an id.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        version, cells = notebook["nbformat"], notebook["cells"]
        for cell in cells:
            cell["source"] = "".join(cell["source"])
        ids = [cell["id"] for cell in cells if "id" in cell]
    except (ValueError, KeyError, TypeError) as error:
        raise RunError(say("not_a_notebook", path=path.name, why=error)) from None
    repeated = sorted({one for one in ids if ids.count(one) > 1})
    if version != 4 or repeated:
        why = f"cell id {repeated[0]} twice" if repeated else f"nbformat {version}"
        raise RunError(say("not_a_notebook", path=path.name, why=why))
    return notebook


def stage(notebook, periods):
    """Guess how much has to be imported before a notebook runs; a wrong guess costs time, and changes no result.

    Parameters
    ----------
    notebook : dict
    periods : int
        How many the data package has: `trend` draws nothing until there are three.

    Returns
    -------
    int
        The number of a stage of `bgtools.run.fork.STAGES`.

    Examples
    --------
    >>> stage({"cells": [{"cell_type": "code", "source": "bg.charts.dumbbell(rows)"}]}, periods=1)
    1
    """
    code = "\n".join(cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code")
    if SEABORN.search(code) or periods > 2 and TREND.search(code):
        return 2
    return 1 if FIGURES.search(code) else 0


def tags(cell):
    """Return a cell's tags."""
    return cell.get("metadata", {}).get("tags", [])


def _assignments(notebook, name, say):
    """Yield (parameter, value node, cell) for each assignment in the cells tagged `parameters`."""
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code" or "parameters" not in tags(cell):
            continue
        try:
            statements = ast.parse(cell["source"]).body
        except SyntaxError as error:
            raise RunError(say("parameters_unreadable", notebook=name, why=error.msg)) from None
        for statement in statements:
            value = getattr(statement, "value", None)
            target = statement.targets[0] if isinstance(statement, ast.Assign) else None
            if not isinstance(target, ast.Name) or not isinstance(getattr(value, "value", None), str):
                raise RunError(say("parameters_unreadable", notebook=name, why=ast.unparse(statement)))
            yield target.id, value, cell


def defaults(notebook, name, *, say):
    """Return the parameters of a notebook with their defaults, all strings.

    Raises
    ------
    RunError
        The cell tagged `parameters` holds anything but assignments of strings.
    """
    return {parameter: value.value for parameter, value, _ in _assignments(notebook, name, say)}


def set_default(notebook, name, parameter, value, *, say):
    """Change one default in the cell tagged `parameters`; comments and order stay."""
    for found, node, cell in _assignments(notebook, name, say):
        if found == parameter:
            lines = cell["source"].encode("utf-8").split(b"\n")
            line = lines[node.lineno - 1]
            literal = json.dumps(value, ensure_ascii=False).encode("utf-8")
            lines[node.lineno - 1] = line[: node.col_offset] + literal + line[node.end_col_offset :]
            cell["source"] = b"\n".join(lines).decode("utf-8")


def translate(notebook):
    """Put the English of each text cell, as the catalogue has it, in place of the Vietnamese."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown" and cell["source"]:
            cell["source"] = Message(cell["source"]).to("en")
