"""Begin a notebook: a file with the form of the others, executed once, so that its author starts from what works.

Its words are those of `templates/notebook.ipynb`, whose cells and figure are named after it. What it is to say is the
author's.
"""

import json
import re
import unicodedata
from importlib.resources import files

import click

from bgdata.errors import BgdataError, RunError, UnknownName
from bgdata.files import write
from bgdata.package import Package
from bgdata.voice import Message
from bgtools.run import notebooks
from bgtools.run.asked import Order
from bgtools.run.summary import rewritten

NAME = re.compile(r"(?:(?P<number>[0-9]{2})-)?(?P<name>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)")
LONGEST = 40
TEMPLATE = {"name": "new", "sector": "post", "period": "2024-S1"}


def begun(root, name, *, sector):
    """Make a notebook and execute it in place; say where it is and what comes next.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the project.
    name : str
        Such as ``fibre``, ``14-fibre`` or ``Cáp quang``; without a number it comes after the others.
    sector : str, optional
        Whose numbers it shows; the first one's if left out.

    Returns
    -------
    int
        The exit status.

    Raises
    ------
    UnknownName
        The name is none that a notebook can have, or no such sector.
    RunError
        There is such a notebook.
    """
    package, folder = Package.open(root), root / "notebooks"
    others = sorted(folder.glob("*.ipynb"))
    stem = _stem(name, others)
    sector = package.sector(sector) if sector else next(iter(package.sectors))
    default = _default(others) or package.newest().code
    values = {"name": stem.partition("-")[2], "sector": sector, "period": default}
    write(folder / f"{stem}.ipynb", _filled(values))
    status = rewritten(Order(root, only=(stem,)))
    click.echo(
        Message(
            "notebooks/{name}.ipynb is there, with sample cells to write over: make lab. When it says what it is to say: "
            "bgdata run --in-place --only {name}, then make test.",
            name=stem,
        )
    )
    return status


def _stem(asked, others):
    """Return the name of the file, numbered after the others if no number is asked for."""
    plain = unicodedata.normalize("NFD", asked.removesuffix(".ipynb").casefold().replace("đ", "d"))
    found = NAME.fullmatch(re.sub(r"[\s_-]+", "-", "".join(one for one in plain if not unicodedata.combining(one))))
    if not found or len(found["name"]) > LONGEST:
        raise UnknownName(
            'A notebook cannot be called "{name}": its name begins with a letter, has letters, digits and hyphens, '
            "{most} at most, such as fibre-optic.",
            name=asked,
            most=LONGEST,
        )
    numbers = {path.stem[:2]: path for path in others if path.stem[:2].isdecimal()}
    number = found["number"] or f"{max(map(int, numbers), default=-1) + 1:02d}"
    same = [path for path in others if path.stem.lstrip("0123456789-") == found["name"]]
    if taken := [*same, *filter(None, [numbers.get(number)])]:
        raise RunError("There is notebooks/{name} already; nothing was written.", name=taken[0].name)
    return f"{number}-{found['name']}"


def _default(others):
    """Return the period that the notebooks have as their default, empty where none has."""
    for path in filter(notebooks.belongs, others):
        try:
            return notebooks.defaults(notebooks.load(path), path.name)["period"]
        except BgdataError:
            continue
    return ""


def _filled(values):
    """Return the text of the template with a name, a sector and a period in place of its own."""
    notebook = json.loads((files("bgtools") / "templates" / "notebook.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["id"] = cell["id"].replace("new-", f"{values['name']}-", 1)
        for what, word in TEMPLATE.items():
            own = '"{}-' if what == "name" else '"{}"'
            cell["source"] = [line.replace(own.format(word), own.format(values[what])) for line in cell["source"]]
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
