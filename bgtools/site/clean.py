"""Make what a notebook shows safe to stand in a page: only known tags pass, everything else is text.

No script, no style sheet, no address of another machine gets through, whatever a label or a note holds.
"""

import html
import re
from html.parser import HTMLParser

import mistune
from markupsafe import Markup

TAGS = frozenset(
    "b blockquote br caption code dd details div dl dt em h2 h3 h4 hr i li ol p pre small span strong sub summary sup "
    "table tbody td tfoot th thead tr u ul".split()
)
VOID = frozenset({"br", "hr"})
SILENT = frozenset({"iframe", "math", "noscript", "object", "script", "style", "svg", "template", "title"})
ATTRIBUTES = {
    "class": re.compile(r"bgdata[\w-]*"),
    "scope": re.compile(r"row|col"),
    "colspan": re.compile(r"\d{1,3}"),
    "rowspan": re.compile(r"\d{1,3}"),
}
STYLES = {
    "number": re.compile(r"text-align:\s*right"),
    "line": re.compile(r"white-space:\s*nowrap"),
    "prose": re.compile(r"min-width:"),
}
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class _Cleaner(HTMLParser):
    """Write the tokens of a text anew: known tags with known attributes, everything else escaped or left out."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.open, self.silent = [], [], []

    def handle_starttag(self, tag, attrs):
        if tag in SILENT:
            self.silent.append(tag)
        elif tag in TAGS and not self.silent:
            self.parts.append(f"<{tag}{''.join(_attributes(dict(attrs)))}>")
            if tag not in VOID:
                self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        if tag not in SILENT:
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if self.silent:
            if tag == self.silent[-1]:
                self.silent.pop()
        elif tag in self.open:
            while True:
                closed = self.open.pop()
                self.parts.append(f"</{closed}>")
                if closed == tag:
                    break

    def handle_data(self, data):
        if not self.silent:
            self.parts.append(html.escape(data, quote=False))

    def parse_html_declaration(self, i):
        """Take ``<!`` for text: the parser of the library stops at some declarations that make no sense."""
        self.handle_data("<!")
        return i + 2

    def text(self):
        self.close()
        return "".join(self.parts + [f"</{tag}>" for tag in reversed(self.open)])


def _attributes(given):
    """Yield the attributes that a tag keeps; of a style, only how a cell stands, as classes."""
    style = given.pop("style", None) or ""
    classes = [name for name in (given.pop("class", None) or "").split() if ATTRIBUTES["class"].fullmatch(name)]
    classes += [name for name, rule in STYLES.items() if rule.search(style)]
    if classes:
        yield f' class="{" ".join(classes)}"'
    for name, value in given.items():
        if name in ATTRIBUTES and ATTRIBUTES[name].fullmatch(value or ""):
            yield f' {name}="{value}"'


class _Renderer(mistune.HTMLRenderer):
    """Markdown without pictures, without links to elsewhere, and with HTML as text."""

    def text(self, text):
        return html.escape(html.unescape(text), quote=False)

    def image(self, text, url, title=None):
        return text

    def link(self, text, url, title=None):
        return f'<a href="{html.escape(url)}">{text}</a>' if re.fullmatch(r"#[\w.-]*", url) else text


_markdown = mistune.create_markdown(renderer=_Renderer(escape=True), plugins=["table"])


def clean(text):
    """Return HTML with nothing in it but text, tables and lists.

    Examples
    --------
    >>> clean('<td style="text-align: right" onclick="x()">1 < 2<script>alert(1)</script></td>')
    Markup('<td class="number">1 &lt; 2</td>')
    """
    cleaner = _Cleaner()
    cleaner.feed(text)
    return Markup(cleaner.text())


def markdown(text):
    """Return Markdown as HTML; HTML in it stays text, pictures and links to elsewhere go.

    Examples
    --------
    >>> markdown("**a** <script>b</script> ![c](http://d)")
    Markup('<p><strong>a</strong> &lt;script&gt;b&lt;/script&gt; c</p>\\n')
    """
    return Markup(_markdown(text))


def plain(text):
    """Return terminal output without its colours.

    Examples
    --------
    >>> plain("\\x1b[0;31mNameError\\x1b[0m: x")
    'NameError: x'
    """
    return ANSI.sub("", text)
