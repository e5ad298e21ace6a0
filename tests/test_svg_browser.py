"""A figure whose every text is hostile, opened in a browser as it is: it is a picture and nothing else."""

import pytest
from invented import rows
from site_probes import CHROMIUM, FLAGS

import bgdata as bg
from bgdata.show import charts

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no browser tests")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine: no browser tests")

EVIL = [
    '"><script>window.evil=1</script>',
    "</text></svg><img src=http://example.org/x.png onerror='window.evil=1'>",
    "]]><script href='http://example.org/x.js'/> -->",
    "<a xlink:href='javascript:window.evil=1'>&lt;!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    "$\\url{http://example.org/}$ ?><?xml-stylesheet href='http://example.org/x.css'?>",
]


@pytest.fixture(scope="module")
def page():
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser.new_page()
        browser.close()


def opened(page, path):
    """What a picture does: whether its script ran, and which addresses it asked for beside its own."""
    asked = []
    page.on("request", note := lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_timeout(200)
    page.remove_listener("request", note)
    return page.evaluate("window.evil ?? null"), [url for url in asked if url != path.as_uri()]


@pytest.mark.parametrize("evil", EVIL)
def test_no_script_runs_and_no_request_leaves(page, figures, evil):
    ax = charts.ordered_bars(rows((evil, 3), (evil[::-1], 5), ("Trạm BTS", 8)), title=evil)
    bg.save_figure(ax.figure, "evil", caption=evil, source=evil, period="2024-S1")
    assert opened(page, next(figures.rglob("evil.svg"))) == (None, [])
    assert page.evaluate("document.documentElement.tagName") == "svg"
    assert page.evaluate("document.querySelectorAll('script, a, image, foreignObject, [onerror]').length") == 0


def test_a_script_in_a_picture_would_be_seen(page, tmp_path):
    (tmp_path / "planted.svg").write_text(
        "<svg xmlns='http://www.w3.org/2000/svg'><script>window.evil=1</script>"
        "<image href='http://example.org/x.png' width='9' height='9'/></svg>"
    )
    assert opened(page, tmp_path / "planted.svg") == (1, ["http://example.org/x.png"])
