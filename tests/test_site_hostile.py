"""Pages whose every field is hostile, opened in a real browser: no script runs, no request leaves, the texts stay texts.

Skipped where there is no Chromium, as the other tests in a browser.
"""

import csv
import io
import itertools
import json
import socket

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no browser tests")

from click.testing import CliRunner  # noqa: E402
from site_probes import CHROMIUM, FLAGS  # noqa: E402
from site_project import PERIOD, SiteProject  # noqa: E402

from bgtools.cli import main  # noqa: E402

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine: no browser tests")

EVIL = (
    "<script>window.evil=1;fetch('{url}')</script>",
    "<img src={url} onerror=window.evil=1>",
    '"><svg/onload=window.evil=1><image href={url} />',
    "'-window.evil=1-'</td></tr></table></script></style></title></textarea><script src={url}></script>",
    "<iframe src={url} srcdoc='<script>parent.evil=1</script>'></iframe><base href={url}>",
    "{{{{ 7 * 7 }}}}{{% include '/etc/passwd' %}}<link rel=stylesheet href={url}>",
    "<style>@import '{url}';*{{background:url({url})}}</style><meta http-equiv=refresh content='0;url={url}'>",
    "[a](javascript:window.evil=1) ![b]({url}) <a href={url} ping={url}>c</a><form action={url}><button>",
    "\u2028]]>--><!--\u202e<details open ontoggle=window.evil=1><video src={url} onerror=window.evil=1>",
)
FIELDS = {
    "indicators.csv": ("label_vi", "label_en", "definition"),
    "sectors.csv": ("label_vi", "label_en"),
    "units.csv": ("label_vi", "label_en"),
    "categories.csv": ("label_vi", "label_en"),
    "periods.csv": ("label_vi", "label_en", "source_vi", "source_en"),
    "rules.csv": ("label_vi", "label_en", "note"),
    "accepted.csv": ("reason", "by"),
    "breaks.csv": ("reason_vi", "reason_en"),
    "observations/2024-S1.csv": ("note",),
}


def spoil(project, evil):
    """Put something hostile into every field, and into all that a run leaves and a reviewer says."""
    for file, columns in FIELDS.items():
        rows = list(csv.DictReader(io.StringIO(project.text(file))))
        for row in rows:
            row.update({column: f"{row[column]} {next(evil)}".strip() for column in columns})
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        project.write(file, out.getvalue().encode())
    for row in list(csv.DictReader(io.StringIO(project.text(project.observations))))[:40]:
        project.quote(row["indicator"], row["category"], f"Có {row['printed']} {next(evil)}")
    for name in ("02-post", "03-telecom"):
        notebook = json.loads((project.root / "build" / PERIOD / f"{name}.ipynb").read_text())
        for cell in notebook["cells"]:
            project.change_cell(name, cell["id"], **hostile_cell(cell, evil))
    project.fail("02-post", "post-table", next(evil))


def hostile_cell(cell, evil):
    if cell["cell_type"] == "markdown":
        return {"source": "".join(cell["source"]) + "\n" + next(evil)}
    outputs = [
        {**output, "data": {kind: spoilt(kind, content, evil) for kind, content in output["data"].items()}}
        for output in cell.get("outputs", [])
        if "data" in output
    ]
    printed = {"output_type": "stream", "name": "stdout", "text": next(evil)}
    return {"source": "".join(cell["source"]) + f"\n# {next(evil)}", "outputs": [*outputs, printed]}


def spoilt(kind, content, evil):
    return content if kind == "image/png" else "".join(content) + next(evil)


def review(project, evil):
    items = [
        {"kind": "number", "id": "telecom.bts", "seen": "3.775", "done": True, "remark": next(evil)},
        {"kind": "page", "id": "03-telecom", "seen": "a", "done": False, "remark": next(evil)},
        {"kind": "text", "id": "telecom-bts-answer", "seen": "a", "done": True, "remark": next(evil)},
    ]
    found = {"bgdata-review": 1, "period": PERIOD, "lang": "vi", "by": next(evil)[:99], "on": "2024-07-05"}
    path = project.root / "review.json"
    path.write_text(json.dumps({**found, "by": "".join(filter(str.isprintable, found["by"])), "items": items}))
    result = CliRunner().invoke(main, ["review", str(path)])
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="module")
def server():
    with socket.create_server(("127.0.0.1", 0)) as found:
        found.setblocking(False)
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory, server):
    """All pages that are made of hostile fields: those of the site, the one file, and the one of the questions."""
    with pytest.MonkeyPatch.context() as patch:
        root = tmp_path_factory.mktemp("hostile")
        patch.setenv("BGDATA_ROOT", str(root))
        url = f"http://127.0.0.1:{server.getsockname()[1]}/a"
        evil = itertools.cycle([text.format(url=url) for text in EVIL])
        project = SiteProject(root, "02-post", "03-telecom")
        spoil(project, evil)
        review(project, evil)
        project.build()
        project.build_single()
        report = root / "<img src=x onerror=evil=1>.txt"
        lines = [f"Toàn tỉnh Bắc Giang có 340 điểm phục vụ bưu chính {next(evil)} trong kỳ." for _ in range(20)]
        report.write_text("\n".join(["I. KẾT QUẢ", f"2.1. Bưu chính {next(evil)}", "a) Bưu chính", *lines]))
        drafted = CliRunner().invoke(main, ["new", "2024-S2", "--from", str(report), "--accept-report"])
        assert drafted.exit_code == 0, drafted.output
        yield sorted([*(root / "build").rglob("*.html")])


@pytest.fixture(scope="module")
def opened(pages, server):
    """What happened when each page was opened: scripts that ran, requests, and the text that it shows."""
    found = {}
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page, requests = browser.new_page(), []
        page.on("request", lambda request: requests.append(request.url))
        page.on("dialog", lambda dialog: dialog.dismiss())
        for path in pages:
            requests.clear()
            page.goto(path.as_uri())
            page.wait_for_timeout(200)  # the first page leads to that of the newest period
            page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
            page.wait_for_timeout(50)
            left = [url for url in requests if not url.startswith(("file:", "data:"))]
            found[f"{path.parent.name}/{path.name}"] = (
                page.evaluate("window.evil"),
                left,
                page.evaluate("document.body.textContent"),
            )
        planted = browser.new_page()
        planted.set_content(EVIL[0].format(url=""))
        found["planted"] = (planted.evaluate("window.evil"), [], "")
        browser.close()
    return found


def test_no_script_of_a_hostile_field_runs(opened):
    assert opened.pop("planted")[0] == 1
    assert len(opened) > 8 and {name for name, (evil, _, _) in opened.items() if evil is not None} == set()


def test_no_request_leaves_a_hostile_page(opened, server):
    assert [left for _, left, _ in opened.values() if left] == []
    with pytest.raises(BlockingIOError):
        server.accept()


def test_what_is_hostile_is_shown_as_text(opened):
    assert (
        "<script>window.evil=1" in opened[f"{PERIOD}/numbers.html"][2]
        and "onload=window.evil=1" in opened[f"{PERIOD}/numbers.html"][2]
    )
    assert (
        "window.evil=1" in opened["2024-S2/intake.html"][2]
        and "window.evil=1" in opened[f"{PERIOD}/03-telecom.html"][2]
    )


def test_every_page_says_what_it_may_load(pages):
    assert [path.name for path in pages if "Content-Security-Policy" not in path.read_text(encoding="utf-8")] == []
