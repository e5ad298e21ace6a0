"""Turn the cells of an executed notebook into the sections of its page: the answer first, then what it rests on.

Parameters and imports go. How a section was computed (its method and its code) is kept apart, behind one switch of the
page. Tables get a link from each number to the index of all numbers, by the key that their rows carry.
"""

import base64
import hashlib
from dataclasses import dataclass, field

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from bgdata.package import Key
from bgtools.site.clean import clean, markdown, parse, plain, words
from bgtools.site.tabular import Table

HIDDEN = {"parameters", "injected-parameters", "papermill-error-cell-tag"}
FORMATTER = HtmlFormatter(nowrap=True)
LEXER = PythonLexer()


@dataclass(frozen=True)
class Figure:
    """A picture on a page.

    Attributes
    ----------
    name : str
        Of its files, without ending; for a picture that the run did not save, page and cell.
    number : int
        Its number in the period, for readers to cite.
    png : bytes
    files : dict of str to pathlib.Path
        The files to copy, by ending; none for a picture that the run did not save.
    keys : tuple of Key
        The numbers that it shows.
    """

    name: str
    number: int
    caption: str
    alt: str
    width: int
    png: bytes = field(repr=False)
    files: dict = field(repr=False)
    keys: tuple = ()

    @property
    def anchor(self):
        """str: the id of its place on the page."""
        return f"figure-{self.name}"

    @property
    def digest(self):
        """str: the hash of the picture and of its text form."""
        return hashlib.sha256(self.png + f"{self.caption}\n{self.alt}".encode()).hexdigest()


@dataclass
class Section:
    """A part of a page under one heading.

    Attributes
    ----------
    id, title : str
        Empty for what stands before the first heading.
    answers : list of (str, Markup)
        Sentences made from values, by the id of their cell.
    blocks : list of dict
        Figures, tables and what else was put out, each with its ``kind``.
    method : list of Markup
        How it is measured, in words.
    code : list of Markup
    """

    id: str = ""
    title: str = ""
    level: int = 2
    answers: list = field(default_factory=list)
    blocks: list = field(default_factory=list)
    method: list = field(default_factory=list)
    code: list = field(default_factory=list)

    @property
    def says(self):
        """bool: there is more in it than the note that there is nothing to compare."""
        return bool(self.answers) or any(block["kind"] != "table" or block["table"].says for block in self.blocks)

    @property
    def tables(self):
        """list of Table: those that can be taken away."""
        return [block["table"] for block in self.blocks if block["kind"] == "table" and block["table"].rows]

    def text(self):
        """Return what the search finds in it."""
        return " ".join(
            [words(html) for _, html in self.answers]
            + [block.get("searched", "") for block in self.blocks]
            + [words(html) for html in self.method]
        )


@dataclass
class Content:
    """What a page shows.

    Attributes
    ----------
    title, lead : str
        The title, and the question under it.
    sections : list of Section
        Those with an answer first.
    shown : dict of Key to str
        Where each number stands: the id of the first place that shows it.
    figures : dict of str to Figure
    texts : dict of str to str
        Sentences by the id of their cell.
    """

    title: str
    lead: Markup = Markup("")
    lead_id: str = ""
    sections: list = field(default_factory=list)
    shown: dict = field(default_factory=dict)
    figures: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)

    @property
    def contents(self):
        """list of (str, str): id and title of each section that has a heading."""
        return [(one.id, one.title) for one in self.sections if one.title and one.level == 2]


def content(page, title, first):
    """Return what a page shows.

    Parameters
    ----------
    page : bgtools.site.runs.Page
    title : str
    first : int
        The number of its first figure.
    """
    made = Content(title, sections=[Section()])
    for position, cell in enumerate(page.cells):
        tags = set(cell["metadata"].get("tags", []))
        if tags & HIDDEN:
            continue
        cell = {"id": f"cell-{position}", **cell, "source": "".join(cell["source"])}
        if cell["cell_type"] == "markdown":
            _text_cell(made, cell)
        elif cell["cell_type"] == "code":
            _code_cell(made, cell, page, first, imports="hide-input" in tags and not cell["outputs"])
    said = [one for one in made.sections if one.says]
    made.sections = [one for one in said if one.answers] + [one for one in said if not one.answers]
    return made


def _text_cell(made, cell):
    """Add a text cell: the page's question, the heading of a section, or how it is measured."""
    source = cell["source"].strip()
    head, _, rest = source.partition("\n")
    level = len(head) - len(head.lstrip("#"))
    if level == 1 and not made.lead_id:
        made.lead, made.lead_id = markdown(rest.strip()), cell["id"]
        made.texts[cell["id"]] = words(made.lead)
        return
    if level in (2, 3) and head[level : level + 1] == " ":
        made.sections.append(Section(cell["id"], words(markdown(head)), level))
        source = rest.strip()
    if source:
        made.sections[-1].method.append(markdown(source))
    made.texts[cell["id"]] = words(markdown(cell["source"]))


def _code_cell(made, cell, page, first, *, imports):
    """Add a code cell with what it put out; a cell that only imports is left out."""
    if imports:
        return
    section, outputs = made.sections[-1], [_joined(output) for output in cell["outputs"]]
    for position in range(len(outputs)):
        block = _block(position, outputs, cell, page, first + len(made.figures))
        if block is None:
            continue
        if block["kind"] == "answer":
            section.answers.append((cell["id"], block["html"]))
            made.texts[cell["id"]] = words(block["html"])
        else:
            section.blocks.append(block)
            _note(made, block)
    if cell["source"].strip():
        section.code.append(Markup(highlight(cell["source"], LEXER, FORMATTER)))


def _note(made, block):
    """Note what a block shows: figures by name, numbers by key."""
    if block["kind"] == "figure":
        figure = block["figure"]
        made.figures[figure.name] = figure
        for key in figure.keys:
            made.shown.setdefault(key, figure.anchor)
    elif block["kind"] == "table":
        for key in block["table"].keys:
            made.shown.setdefault(key, block["table"].place(key))


def _joined(output):
    """Return an output with its texts as single strings."""
    data = {kind: "".join(text) if isinstance(text, list) else text for kind, text in output.get("data", {}).items()}
    return {**output, "data": data, "text": "".join(output.get("text", ""))}


def _block(position, outputs, cell, page, number):
    """Return what a page shows of one output of a cell, or None."""
    output, later = outputs[position], outputs[position + 1 :]
    kind, data = output["output_type"], output["data"]
    if kind == "error":
        message, trace = plain(output["evalue"]), plain("\n".join(output["traceback"]))
        return {"kind": "error", "name": output["ename"], "message": message, "trace": trace, "searched": message}
    if "image/png" in data:
        name = f"{page.name}-{cell['id']}" + f"-{position + 1}" * (position > 0)
        figure = _figure(output, later, name, page, number)
        return {"kind": "figure", "figure": figure, "searched": f"{figure.caption} {figure.alt}"}
    if "text/html" in data:
        if "bgdata-caption" in data["text/html"]:
            return None
        table = Table(parse(data["text/html"]), cell["id"])
        return {"kind": "table", "table": table, "searched": words(table.tree)}
    if "text/markdown" in data:
        return {"kind": "answer", "html": _answer(data)}
    text = plain(output["text"] if kind == "stream" else data.get("text/plain", ""))
    return {"kind": "printed", "text": text, "searched": text} if text else None


def _figure(output, later, name, page, number):
    """Return a picture; what it is stands in the output's metadata, its caption in the output that follows it."""
    captions = (one["data"] for one in later if "bgdata-caption" in one["data"].get("text/html", ""))
    metadata = output.get("metadata", {})
    about, own = metadata.get("image/png", {}), metadata.get("bgdata", {})
    files = page.figures.get(own.get("figure"), {})
    return Figure(
        name=own["figure"] if files else name,
        number=number,
        caption=next(captions, {}).get("text/plain", ""),
        alt=about.get("alt") or output["data"].get("text/plain", ""),
        width=int(about.get("width") or 605),
        png=base64.b64decode(output["data"]["image/png"]),
        files=files,
        keys=tuple(filter(None, map(Key.match, own.get("keys", ())))) if files else (),
    )


def _answer(data):
    """Return a sentence as HTML: one made from values is plain text, whatever stars a label has."""
    if words(data["text/markdown"]) == " ".join(data.get("text/plain", "").split()):
        return clean(Markup("<p>{}</p>").format(data["text/plain"]))
    return markdown(data["text/markdown"])
