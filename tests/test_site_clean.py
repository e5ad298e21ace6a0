"""What of a notebook's HTML and Markdown gets into a page, and what does not."""

import pytest

from bgtools.site.clean import clean, markdown

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
        ("[a](javascript:x)", "<p>a</p>\n"),
        ("[a](http://x) <http://x>", "<p>a http://x</p>\n"),
        ("[a](#b-1)", '<p><a href="#b-1">a</a></p>\n'),
        ("## a", "<h2>a</h2>\n"),
    ],
)
def test_markdown_has_no_html_no_pictures_and_no_links_to_elsewhere(source, expected):
    assert markdown(source) == expected
