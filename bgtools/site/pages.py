"""Turn the cells of an executed notebook into what its page shows.

Parameters and imports go; code stays, folded. Tables get a link from each number to the index of all numbers.
"""

import base64
import hashlib
import html
import re
from dataclasses import dataclass, field

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from bgtools.site.clean import clean, markdown, plain

HIDDEN = {"parameters", "injected-parameters", "papermill-error-cell-tag"}
ROW = re.compile(r'(<th[^>]* scope="row"[^>]*>|<th scope="row"[^>]*>)([^<]+)(</th>)')
TITLE = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
MARKS = re.compile(r"<[^>]*>")
FORMATTER = HtmlFormatter(nowrap=True)
LEXER = PythonLexer()


@dataclass(frozen=True)
class Figure:
    """A picture on a page.

    Attributes
    ----------
    name : str
        Of its files, without ending; for a picture that the run did not save, page and cell.
    png : bytes
    files : dict of str to pathlib.Path
        The files to copy, by ending; none for a picture that the run did not save.
    """

    name: str
    caption: str
    alt: str
    width: int
    png: bytes = field(repr=False)
    files: dict = field(repr=False)

    @property
    def anchor(self):
        """str: the id of its place on the page."""
        return f"figure-{self.name}"

    @property
    def digest(self):
        """str: the hash of the picture."""
        return hashlib.sha256(self.png).hexdigest()


@dataclass
class Content:
    """What a page shows.

    Attributes
    ----------
    title, lead, lead_id : str
        The title, the question under it, and the id of its cell.
    cells : list of dict
        ``id``, ``code`` (HTML, or empty) and ``blocks``, each a dict with its ``kind``.
    contents : list of (str, str)
        Id and title of each section.
    shown : dict of (str, str) to str
        Where each number stands: the id of the first cell that shows it, by indicator and category.
    figures : dict of str to Figure
    texts : dict of str to str
        Sentences by the id of their cell.
    sections : list of [str, str, str]
        Id, title and text of each part, for the search.
    """

    title: str
    lead: str = ""
    lead_id: str = ""
    cells: list = field(default_factory=list)
    contents: list = field(default_factory=list)
    shown: dict = field(default_factory=dict)
    figures: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)
    sections: list = field(default_factory=list)


def content(page, title, numbers):
    """Return what a page shows.

    Parameters
    ----------
    page : bgtools.site.runs.Page
    title : str
        For a notebook without a heading of its own.
    numbers : bgtools.site.index.Numbers
        The numbers of the period, to link those that the page shows.
    """
    made = Content(page.heading or title)
    made.sections.append(["", made.title, ""])
    for position, cell in enumerate(page.cells):
        tags = set(cell["metadata"].get("tags", []))
        if tags & HIDDEN:
            continue
        cell = {"id": f"cell-{position}", **cell, "source": "".join(cell["source"])}
        if cell["cell_type"] == "markdown":
            _text_cell(made, cell)
        elif cell["cell_type"] == "code":
            _code_cell(made, cell, page, numbers, imports="hide-input" in tags and not cell["outputs"])
    return made


def _text_cell(made, cell):
    """Add a text cell; the first one gives the page its title and question."""
    source = cell["source"].strip()
    if not made.cells and not made.lead and source.startswith("# "):
        made.lead, made.lead_id = markdown(source.partition("\n")[2].strip()), cell["id"]
        made.texts[cell["id"]] = _words(made.lead)
        made.sections[-1][2] += made.texts[cell["id"]]
        return
    text = markdown(source)
    title = TITLE.search(text)
    if title:
        made.contents.append((cell["id"], _words(title[1])))
        made.sections.append([cell["id"], _words(title[1]), ""])
    made.texts[cell["id"]] = _words(text)
    made.sections[-1][2] += " " + _words(TITLE.sub("", text))
    made.cells.append({"id": cell["id"], "code": "", "blocks": [{"kind": "text", "html": text}]})


def _code_cell(made, cell, page, numbers, *, imports):
    """Add a code cell with what it put out; a cell that only imports is left out."""
    outputs = [_joined(output) for output in cell["outputs"]]
    blocks = [block for i, output in enumerate(outputs) for block in _blocks(output, outputs[i + 1 :], cell, page)]
    if imports or not (blocks or cell["source"].strip()):
        return
    for block in blocks:
        if block["kind"] == "figure":
            figure = block["figure"]
            made.figures[figure.name] = figure
            for key in numbers.drawn(figure):
                made.shown.setdefault(key, figure.anchor)
        elif block["kind"] == "html":
            block["html"] = _linked(block["html"], cell["id"], numbers, made.shown)
        elif block["kind"] == "answer":
            made.texts[cell["id"]] = _words(block["html"])
        made.sections[-1][2] += " " + _searched(block)
    code = Markup(highlight(cell["source"], LEXER, FORMATTER))
    made.cells.append({"id": cell["id"], "code": code, "blocks": blocks})


def _joined(output):
    """Return an output with its texts as single strings."""
    data = {kind: "".join(text) if isinstance(text, list) else text for kind, text in output.get("data", {}).items()}
    return {**output, "data": data, "text": "".join(output.get("text", ""))}


def _blocks(output, later, cell, page):
    """Yield what a page shows of one output."""
    kind, data = output["output_type"], output["data"]
    if kind == "error":
        trace = plain("\n".join(output["traceback"]))
        yield {"kind": "error", "name": output["ename"], "message": plain(output["evalue"]), "trace": trace}
    elif kind == "stream":
        yield {"kind": "printed", "text": plain(output["text"])}
    elif "image/png" in data:
        yield {"kind": "figure", "figure": _figure(output, later, cell, page)}
    elif "bgdata-caption" in data.get("text/html", ""):
        return
    elif "text/html" in data:
        yield {"kind": "html", "html": clean(data["text/html"])}
    elif "text/markdown" in data:
        yield {"kind": "answer", "html": _answer(data)}
    elif "text/plain" in data:
        yield {"kind": "printed", "text": plain(data["text/plain"])}


def _figure(output, later, cell, page):
    """Return a picture; its caption stands in the output that follows it."""
    png = base64.b64decode(output["data"]["image/png"])
    captions = (one["data"] for one in later if "bgdata-caption" in one["data"].get("text/html", ""))
    about = output.get("metadata", {}).get("image/png", {})
    path = page.figures.get(hashlib.sha256(png).hexdigest())
    endings = ("svg", "png", "csv") if path and path.is_file() else ()
    files = {ending: path.with_suffix(f".{ending}") for ending in endings}
    return Figure(
        name=path.stem if path else f"{page.name}-{cell['id']}",
        caption=next(captions, {}).get("text/plain", ""),
        alt=about.get("alt") or output["data"].get("text/plain", ""),
        width=int(about.get("width") or 605),
        png=png,
        files={ending: file for ending, file in files.items() if file.is_file()},
    )


def _answer(data):
    """Return a sentence as HTML: one made from values is plain text, whatever stars a label has."""
    if html.unescape(data["text/markdown"]) == data.get("text/plain"):
        return Markup("<p>{}</p>").format(data["text/plain"])
    return markdown(data["text/markdown"])


def _linked(table, cell, numbers, shown):
    """Link each number of a table to the index, and note where it stands."""

    def link(match):
        key = numbers.by_label.get(html.unescape(match[2]))
        if key is None:
            return match[0]
        shown.setdefault(key, cell)
        return f"{match[1]}{numbers.link(key, match[2])}{match[3]}"

    return Markup(ROW.sub(link, str(table)))


def _searched(block):
    """Return the text of a block that the search looks into."""
    if block["kind"] == "figure":
        return f"{block['figure'].caption} {block['figure'].alt}"
    return _words(block["html"]) if "html" in block else block.get("text", block.get("message", ""))


def _words(text):
    """Return HTML as the words in it."""
    return " ".join(html.unescape(MARKS.sub(" ", str(text))).split())
