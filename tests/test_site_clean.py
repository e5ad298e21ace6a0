"""What of a notebook's HTML and Markdown gets into a page, and what does not."""

import sys

import pytest

from bgtools.site.clean import clean, markdown, words

CLEANED = {
    "<p>a & b &lt;c&gt;</p>": "<p>a &amp; b &lt;c&gt;</p>",
    "<script>alert(1)</script>a": "a",
    "<SCRIPT SRC=//x/y.js></SCRIPT>a": "a",
    "<style>@import '//x'</style>a": "a",
    "<svg><script>x</script><a href='//x'>b</a></svg>a": "a",
    "<img src=//x onerror=x()>a": "a",
    "<a href='javascript:x()'>a</a>": "a",
    "<p onclick='x()' id='content' class='top bgdata-note'>a</p>": '<p class="bgdata-note">a</p>',
    "<td style='position: fixed; background: url(//x)'>a</td>": "<td>a</td>",
    "<td style='text-align: right; white-space: nowrap'>1</td>": '<td class="number line">1</td>',
    "<td colspan='2' rowspan='x'>a</td>": '<td colspan="2">a</td>',
    "<table><tr><td>a": "<table><tr><td>a</td></tr></table>",
    "a</div></main></body>": "a",
    "<b><i>a</b>c</i>": "<b><i>a</i></b>c",
    "a<br/>b<p/>c": "a<br>b<p></p>c",
    "<![CDATA[<p>]]><!doctype x>": "&lt;![CDATA[<p>]]&gt;&lt;!doctype x&gt;</p>",
    "<iframe src=//x>a": "",
    "<p>5–8 triệu, 28-29/5/2024</p>": '<p><span class="line">5–8</span> triệu, <span class="line">28-29/5/2024</span></p>',
    "a\x00b\ud800c": "abc",
}
KINDS = {
    "opened tags": "<a",
    "nested tags": "<b><i>",
    "closed tags": "</b>",
    "comments": "<!--",
    "references": "&amp",
    "rows": "<tr><td>",
    "digits": "1-",
    "brackets": "[",
    "pictures": "![",
    "emphasis": "*a_",
    "ticks": "`a",
    "references of Markdown": "[a][b]",
}


@pytest.mark.parametrize("source, expected", CLEANED.items())
def test_html_keeps_text_and_tables_only(source, expected):
    assert clean(source) == expected


@pytest.mark.parametrize(
    "source, expected",
    [
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        ("a &lt; b &amp; c", "<p>a &lt; b &amp; c</p>\n"),
        ("![a](http://x/y.png)", "<p>a</p>\n"),
        ("[a](javascript:x)", "<p>[a](javascript:x)</p>\n"),
        ("[a](http://x) <http://x>", "<p>a http://x</p>\n"),
        ("[a](#b-1)", '<p><a href="#b-1">a</a></p>\n'),
        ("## a", "<h2>a</h2>\n"),
    ],
)
def test_markdown_has_no_html_no_pictures_and_no_links_to_elsewhere(source, expected):
    assert markdown(source) == expected


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("read", [clean, markdown, words], ids=["html", "markdown", "words"])
def test_hostile_text_of_any_length_takes_steps_in_proportion_to_it(kind, read):
    def steps(length):
        """How many lines of Python a reading goes through: what does not depend on how fast the machine is."""
        counted = 0

        def count(frame, event, argument):
            nonlocal counted
            counted += 1
            return count

        sys.settrace(count)
        try:
            read(kind * length)
        finally:
            sys.settrace(None)
        return counted

    assert steps(800) < 2.6 * steps(400) + 2_000


def test_a_picture_within_html_is_left_out_however_long_it_is():
    assert clean(f'<img src="data:image/png;base64,{"A" * 670_000}">a') == "a"
