"""Make what a notebook shows safe to stand in a page: only known tags pass, everything else is text.

No script, no style sheet, no address of another machine gets through, whatever a label or a note holds. HTML is read
by lxml and Markdown by markdown-it; both take time in proportion to what they read, and so does what is written here.
"""

import html
import re
from io import StringIO

from lxml import etree
from markdown_it import MarkdownIt
from markupsafe import Markup

from bgdata.notation import NBSP

TAGS = frozenset(
    "b blockquote br caption code dd details div dl dt em h2 h3 h4 hr i li ol p pre small span strong sub summary "
    "sup table tbody td tfoot th thead tr u ul".split()
)
VOID = frozenset({"br", "hr"})
SILENT = frozenset({"iframe", "math", "noscript", "object", "script", "style", "svg", "template", "title"})
ATTRIBUTES = {
    "scope": re.compile(r"row|col"),
    "colspan": re.compile(r"\d{1,3}"),
    "rowspan": re.compile(r"\d{1,3}"),
}
CLASS = re.compile(r"bgdata[\w-]*")
STYLES = {"number": "text-align: right", "line": "white-space: nowrap", "prose": "min-width:"}
MULTIPLIED = re.compile(rf"(?<=\d){NBSP}(?=\w)")
PLACE = re.compile(r"#[\w.-]*")
RANGE = re.compile(r"(?<![\d.,/–-])\d[\d.,/]*+(?:[–-]\d[\d.,/]*+)++(?!\w)")
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
UNPRINTED = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000)])


def parse(text):
    """Return HTML as a tree of elements, read as browsers do: nothing in it is an error.

    Examples
    --------
    >>> [one.tag for one in parse("<p>a<b>c").iter()]
    ['body', 'center', 'p', 'b']
    """
    options = {"no_network": True, "remove_comments": True, "remove_pis": True, "huge_tree": True}
    text = text.translate(UNPRINTED).replace("<!", "&lt;!")  # what an output holds declares nothing
    tree = etree.parse(StringIO(f"<center>{text}</center>"), etree.HTMLParser(**options))
    return tree.find("body")


def written(tree):
    """Return what is inside an element as HTML: known tags and attributes; of other tags the text, of scripts nothing.

    Examples
    --------
    >>> written(parse('<td style="text-align: right" onclick="x()">1 < 2<script>alert(1)</script>'))
    Markup('<td class="number">1 &lt; 2</td>')
    """
    parts, silent = [], 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        shown = not silent and element is not tree and (element.tag in TAGS or _place(element) != "")
        if event == "start":
            silent += element.tag in SILENT
            parts += [f"<{element.tag}{''.join(_attributes(element))}>"] * shown
            parts += [tied(element.text)] * (not silent)
        else:
            parts += [f"</{element.tag}>"] * (shown and element.tag not in VOID)
            silent -= element.tag in SILENT
            parts += [tied(element.tail)] * (not silent and element is not tree)
    return Markup("".join(parts))


def clean(text):
    """Return HTML with nothing in it but text, tables and lists.

    Examples
    --------
    >>> clean('<p onclick="x()">1 < 2<script>alert(1)</script></p>')
    Markup('<p>1 &lt; 2</p>')
    """
    return written(parse(text))


def markdown(text):
    """Return Markdown as HTML; HTML in it stays text, pictures and links to elsewhere go.

    Examples
    --------
    >>> markdown("**a** <script>b</script> ![c](http://d)")
    Markup('<p><strong>a</strong> &lt;script&gt;b&lt;/script&gt; c</p>\\n')
    """
    return clean(_markdown.render(text))


def plain(text):
    """Return terminal output without its colours.

    Examples
    --------
    >>> plain("\\x1b[0;31mNameError\\x1b[0m: x")
    'NameError: x'
    """
    return ANSI.sub("", text)


def words(tree):
    """Return the words of a tree, or of HTML.

    Examples
    --------
    >>> words("<p>a <b>b</b></p><p>c</p>")
    'a b c'
    """
    tree = parse(tree) if isinstance(tree, str) else tree
    return " ".join(" ".join(tree.itertext()).split())


def _place(link):
    """Return where on the page a link leads; empty where it leads elsewhere, or is none."""
    return link.get("href", "") if link.tag == "a" and PLACE.fullmatch(link.get("href", "")) else ""


def tied(text):
    """Return text as HTML in which a range of numbers, or a date, stays on one line.

    Examples
    --------
    >>> tied("a < b, 28-29/5/2024")
    Markup('a &lt; b, <span class="line">28-29/5/2024</span>')
    """
    return Markup(RANGE.sub(r'<span class="line">\g<0></span>', html.escape(text or "", quote=False)))


def loose(text):
    """Return a number, as text or HTML, that may break between its words, but never before the word that multiplies it.

    Examples
    --------
    >>> loose(f"ước{NBSP}335.521{NBSP}tỷ{NBSP}đồng").replace(NBSP, "_")
    'ước 335.521_tỷ đồng'
    """
    loosened = MULTIPLIED.sub("\0", str(text)).replace(NBSP, " ").replace("\0", NBSP)
    return Markup(loosened) if isinstance(text, Markup) else loosened


def standing(element):
    """Return the classes that an element keeps; of its style, only how a cell stands.

    Examples
    --------
    >>> standing(parse('<p class="bgdata-note top" style="text-align: right">').find(".//p"))
    'bgdata-note number'
    """
    classes = [name for name in element.get("class", "").split() if CLASS.fullmatch(name)]
    return " ".join(classes + [name for name, style in STYLES.items() if style in element.get("style", "")])


def _attributes(element):
    """Yield the attributes that a tag keeps."""
    if classes := standing(element):
        yield f' class="{classes}"'
    if _place(element):
        yield f' href="{_place(element)}"'
    for name, rule in ATTRIBUTES.items():
        if rule.fullmatch(element.get(name, "")):
            yield f' {name}="{html.escape(element.get(name))}"'


_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_markdown.add_render_rule("image", lambda _, tokens, index, *rest: html.escape(tokens[index].content))
