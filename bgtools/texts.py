"""Find what a notebook says to people: whole text cells, and the sentences of its code.

They are the keys of the English catalogue, which Babel fills through :func:`extract` (`make messages`). Nothing is
translated here, and no code is executed.
"""

import ast
import json
from collections.abc import Iterator

SAYING = {"answer", "say", "text", "title"}  # functions and methods whose texts are said
SHOWN = {"caption", "empty", "label", "part_label", "subtitle", "title"}  # arguments that are said


def extract(file, keywords=(), comment_tags=(), options=None) -> Iterator[tuple]:
    """Yield the texts of a notebook as Babel's extractors do: line, function, text, comments.

    Parameters
    ----------
    file : binary file
    keywords, comment_tags, options
        What Babel hands to every extractor; not used.

    Examples
    --------
    >>> import io
    >>> cells = [{"cell_type": "code", "source": ['bg.say("Có {telecom.bts}.")']}]
    >>> [text for _, _, text, _ in extract(io.BytesIO(json.dumps({"cells": cells}).encode()))]
    ['Có {telecom.bts}.']
    """
    for cell in json.load(file)["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield 1, None, source, []
        elif cell["cell_type"] == "code":
            yield from ((line, None, text, []) for line, text in said(source))


def said(code: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of each literal in a cell's code that people read.

    Examples
    --------
    >>> list(said('report.save(ax, "telecom-bts", caption="Trạm BTS")\\nreport.title(["Một", 2])'))
    [(1, 'Trạm BTS'), (2, 'Một')]
    """
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        spoken = [*call.args] if name in SAYING else []
        spoken += [keyword.value for keyword in call.keywords if keyword.arg in SHOWN]
        for node in spoken:
            for one in node.elts if isinstance(node, ast.List | ast.Tuple) else [node]:
                if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value:
                    yield one.lineno, one.value
