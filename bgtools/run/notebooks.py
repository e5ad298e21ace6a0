"""Read, inspect and change notebook files before they are executed; find what they say to people.

Notebooks are plain dictionaries here, as JSON has them; nothing is executed and nothing is validated beyond
what a run relies on: code cells, a cell tagged `parameters` that assigns strings, unique cell ids. Whole text cells and
the sentences of code are the keys of the English catalogue, which Babel fills through :func:`extract`.
"""

import ast
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bgdata.errors import RunError, UnknownName
from bgdata.files import reason
from bgdata.voice import Message

GIVEN = ("period", "lang")  # parameters that every notebook of the report takes
TEXT = "report.text("
SAYING = {"answer", "say", "text", "title"}  # functions and methods whose texts are said
SHOWN = {"caption", "empty", "folded", "label", "meaning", "part_label", "subtitle", "title"}  # arguments that are said


def find(folder, only=(), *, deep=False):
    """List the notebooks of a folder in the order of their names.

    Parameters
    ----------
    folder : pathlib.Path
    only : sequence of str
        Names to keep: the whole name (``03-telecom``) or what follows its number (``telecom``).
    deep : bool
        Also in its folder `areas/`.

    Raises
    ------
    UnknownName
        A name in `only` that is no notebook's; the message has the near matches.
    RunError
        The folder holds no notebook.
    """
    folders = [folder, *[folder / "areas"] * deep]
    paths = [path for one in folders for path in sorted(one.glob("*.ipynb")) if not path.name.startswith(".")]
    if not paths:
        raise RunError("There are no notebooks (*.ipynb) in {folder}.", folder=folder)
    names = {path.stem: path for path in paths}
    short = {path.stem.lstrip("0123456789").lstrip("-"): path for path in paths}
    chosen = set()
    for name in only:
        key = name.removesuffix(".ipynb").replace("_", "-")
        if key not in names and key not in short:
            raise UnknownName.of('Notebook "{name}" is unknown{hint}', key, sorted({*names, *short}))
        chosen.add(names.get(key) or short[key])
    return [path for path in paths if path in chosen or not only]


def load(path):
    """Read a notebook; its sources become single strings.

    Raises
    ------
    RunError
        The file cannot be read or is not a notebook of format 4, or two of its cells share an id.
    """
    try:
        notebook = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise RunError("{path} cannot be read: {why}.", path=path.name, why=reason(error)) from None
    except (ValueError, RecursionError) as error:
        raise _no_notebook(path, _unreadable(error, path)) from None
    version = notebook.get("nbformat") if isinstance(notebook, dict) else None
    if version != 4 or not _has_cells(notebook):
        old = isinstance(version, int) and version != 4
        raise _no_notebook(path, f"nbformat {version}" if old else Message("it has no cells as Jupyter writes them"))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    ids = Counter(cell["id"] for cell in notebook["cells"] if "id" in cell)
    if repeated := [one for one, count in ids.items() if count > 1]:
        raise _no_notebook(path, Message("cell id {name} twice", name=min(repeated)))
    return notebook


def _no_notebook(path, why):
    return RunError("{path} is not a Jupyter notebook (nbformat 4): {why}.", path=path.name, why=why)


def _unreadable(error, path):
    if path.stat().st_size == 0:
        return Message("it is empty")
    if isinstance(error, json.JSONDecodeError):
        return Message("no JSON, line {line}", line=error.lineno)
    return Message("it is no UTF-8") if isinstance(error, UnicodeError) else Message("it cannot be read as JSON")


def _has_cells(notebook):
    """Say whether a notebook has cells, each with what a run relies on."""
    cells = notebook.get("cells")
    return isinstance(cells, list) and all(map(_is_cell, cells))


def _is_cell(cell):
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        return False
    source, metadata = cell.get("source"), cell.get("metadata", {})
    lines = source if isinstance(source, list) else [source]
    texts = [*lines, cell.get("id", "")]
    return all(isinstance(text, str) for text in texts) and isinstance(metadata, dict) and isinstance(tags(cell), list)


def tags(cell):
    """Return a cell's tags."""
    return cell.get("metadata", {}).get("tags", [])


def _assignments(notebook, name):
    """Yield (parameter, value node, cell) for each assignment in the cell tagged `parameters`."""
    tagged = [cell for cell in notebook["cells"] if cell["cell_type"] == "code" and "parameters" in tags(cell)]
    if len(tagged) > 1:
        raise RunError(
            "{notebook}: {count} cells are tagged `parameters`; leave one.", notebook=name, count=len(tagged)
        )
    for cell in tagged:
        try:
            statements = ast.parse(cell["source"]).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise _no_parameters(name, Message("no Python")) from None
        for statement in statements:
            value = getattr(statement, "value", None)
            target = statement.targets[0] if isinstance(statement, ast.Assign) else None
            if not isinstance(target, ast.Name) or not isinstance(getattr(value, "value", None), str):
                raise _no_parameters(name, ast.unparse(statement))
            yield target.id, value, cell


def _no_parameters(name, why):
    return RunError(
        "{notebook}: the parameters cell may only assign strings, one per line, but has: {why}.", notebook=name, why=why
    )


def defaults(notebook, name):
    """Return the parameters of a notebook with their defaults, all strings.

    Raises
    ------
    RunError
        The cell tagged `parameters` holds anything but assignments of strings, or there is a second one.
    """
    return {parameter: value.value for parameter, value, _ in _assignments(notebook, name)}


def belongs(path):
    """Say whether a notebook is one of the report's: it takes a period and a language.

    One that cannot be read counts, so that this is noticed and said of it.
    """
    try:
        return set(GIVEN) <= set(defaults(load(path), path.name))
    except RunError:
        return True


def set_default(notebook, name, parameter, value):
    """Change one default in the cell tagged `parameters`; comments and order stay."""
    for found, node, cell in _assignments(notebook, name):
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


def executed(path):
    """Return the cells of an executed copy, each that only says a text as a text cell.

    So a heading is the same to readers whether it stands in a text cell or is said by ``report.text``, which JupyterLab
    shows in the language of the report.

    Raises
    ------
    OSError, ValueError, KeyError, TypeError
        It is none.
    """
    return [_as_text(cell) for cell in json.loads(path.read_bytes())["cells"]]


def _as_text(cell):
    if cell["cell_type"] != "code" or not "".join(cell["source"]).startswith(TEXT):
        return cell
    said = [output["data"]["text/markdown"] for output in cell["outputs"] if "text/markdown" in output.get("data", {})]
    whole = len(said) == len(cell["outputs"]) == 1
    return {**cell, "cell_type": "markdown", "source": "".join(said[0]), "outputs": []} if whole else cell


def extract(file, keywords=(), comment_tags=(), options=None) -> Iterator[tuple]:
    """Yield the texts of a notebook as Babel's extractors do: line, function, text, comments.

    Parameters
    ----------
    file : binary file
    keywords, comment_tags, options
        What Babel hands to every extractor; not used.

    Examples
    --------
    >>> with open("notebooks/00-overview.ipynb", "rb") as file:
    ...     next(extract(file))[2].partition("\\n")[0]
    '# Tổng quan'
    """
    path = Path(file.name)
    with suppress(RunError):  # what cannot be read says nothing, nor does what is none of the report's
        notebook = load(path)
        cells = notebook["cells"] if set(GIVEN) <= set(defaults(notebook, path.name)) else []
        for cell in cells:
            if cell["cell_type"] == "markdown":
                yield 1, None, cell["source"], []
            elif cell["cell_type"] == "code":
                yield from ((line, None, text, []) for line, text in said(cell["source"]))


def said(code: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of each literal in a cell's code that people read.

    Examples
    --------
    >>> list(said('report.save(ax, "telecom-bts", caption="Trạm BTS")\\nreport.title(["Một", 2])'))
    [(1, 'Trạm BTS'), (2, 'Một')]
    """
    try:
        calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # which the notebook says when it runs
        return
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        spoken = [*call.args] if name in SAYING else []
        spoken += [keyword.value for keyword in call.keywords if keyword.arg in SHOWN]
        for node in spoken:
            for one in node.elts if isinstance(node, ast.List | ast.Tuple) else [node]:
                if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value:
                    yield one.lineno, one.value
