"""A project folder with the results of a run, made from the committed notebooks without running anything."""

import base64
import csv
import html
import json
import re
import shutil
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from bgtools.run.results import digest
from bgtools.site.site import Order, build, build_single
from conftest import NOTEBOOKS, ROOT, PackageCopy

ENTRY = {"status": "done", "error": None, "seconds": 1, "parameters": {}, "outputs": {}, "source": "", "code": {}}
ENTRY |= {"versions": {}, "reads": []}
PERIOD = "2024-S1"
LATER = "2024-S2"


class SiteProject(PackageCopy):
    """A copy of the data package, and executed notebooks with their `run.json` and figures.

    Without names those that are committed; of the named ones samples, whose cells a test knows.
    """

    def __init__(self, root, *names):
        super().__init__(root)
        (root / "notebooks").mkdir()
        for path in NOTEBOOKS:
            if not names:
                shutil.copy(path, root / "notebooks")
            elif path.stem in names:
                (root / "notebooks" / path.name).write_text(json.dumps(sample(path.stem)), encoding="utf-8")
        self.ran(PERIOD)

    def ran(self, period, lang="vi"):
        """Leave what a run of the notebooks would leave; in English with the figures and sentences of the others."""
        below = Path(period) / "en" if lang == "en" else Path(period)
        build, figures = self.root / "build" / below, self.root / "figures" / below
        shutil.copytree(self.root / "notebooks", build)
        shutil.copytree(ROOT / "figures" / PERIOD, figures, ignore=shutil.ignore_patterns("en", "word"))
        made = {f"figures/{below.as_posix()}/{path.name}": digest(path) for path in figures.iterdir()}
        entries = {}
        for path in sorted(build.glob("*.ipynb")):
            copy = {f"build/{below.as_posix()}/{path.name}": digest(path)}
            entries[path.stem] = {**ENTRY, "outputs": made | copy}
        self.record(entries, below, lang)

    def open_later_period(self, change=lambda text: text):
        """Open the next period with the numbers of the first, changed, and leave its run."""
        header, *lines = self.text(self.observations).splitlines()
        self.add_period(LATER, *change("\n".join(lines)).splitlines())
        descriptor = json.loads(self.text("datapackage.json"))
        [known] = [one for one in descriptor["resources"] if one["path"] == self.observations]
        descriptor["resources"].append({**known, "name": "observations-2024-s2", "path": f"observations/{LATER}.csv"})
        self.write("datapackage.json", json.dumps(descriptor).encode())
        self.ran(LATER)

    def entries(self, period=PERIOD):
        return json.loads((self.root / "build" / period / "run.json").read_text(encoding="utf-8"))["notebooks"]

    def record(self, entries, period=PERIOD, lang="vi"):
        """Write `run.json`."""
        text = json.dumps({"period": PERIOD, "lang": lang, "notebooks": entries})
        (self.root / "build" / period / "run.json").write_text(text, encoding="utf-8")

    def fail(self, name, cell, message):
        """Record that a notebook failed in a cell, or in its last one, and put the error into its copy."""
        cell = cell or self.cells(name)[-1]["id"]
        entries = self.entries()
        entries[name] |= {"status": "failed", "error": {"cell": cell, "name": "NameError", "message": message}}
        self.record(entries)
        error = {"output_type": "error", "ename": "NameError", "evalue": message, "traceback": ["\x1b[31m" + message]}
        self.change_cell(name, cell, outputs=[error])

    def cells(self, name):
        """Return the cells of an executed copy."""
        return json.loads((self.root / "build" / PERIOD / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]

    def change_cell(self, name, cell, **parts):
        """Change parts of a cell of an executed copy, and record the copy as what the run wrote."""
        path = self.root / "build" / PERIOD / f"{name}.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        [found] = [one for one in notebook["cells"] if one["id"] == cell]
        found.update(parts)
        path.write_text(json.dumps(notebook), encoding="utf-8")
        entries = self.entries()
        entries[name]["outputs"][f"build/{PERIOD}/{name}.ipynb"] = digest(path)
        self.record(entries)

    def quote(self, indicator, category, text):
        """Leave the sentence that a number of the first period was read from."""
        (self.data / "quotes").mkdir(exist_ok=True)
        with open(self.data / "quotes" / f"{PERIOD}.csv", "a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows([("indicator", "category", "quote")] * (not file.tell()) + [(indicator, category, text)])

    def spoil(self, text):
        """Write a hostile text wherever a text may stand: tables of the package, outputs of a notebook, errors, reviews."""
        for file, key, columns in [
            ("indicators.csv", "telecom.masts", ["label_vi", "definition"]),
            ("sectors.csv", "telecom", ["label_vi"]),
            ("units.csv", "station", ["label_vi"]),
            ("periods.csv", PERIOD, ["label_vi", "source_vi"]),
            (self.observations, "telecom.masts", ["note"]),
            ("accepted.csv", PERIOD + ",society.youth_epayment_share.share", ["reason", "by"]),
        ]:
            for column in columns:
                self.cell(file, key, column, text)
        self.quote("telecom.masts", "", text)
        (self.data / "reviews").mkdir()
        row = ["number", "telecom.masts", "vi", "1.596 | = A | I.2.1.b", "true", text, text, "2024-07-05"]
        with open(self.data / "reviews" / f"{PERIOD}.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["kind", "id", "lang", "seen", "done", "remark", "by", "on"], row])
        image = {"image/png": picture(), "text/plain": text}
        about = {"image/png": {"alt": text, "width": 605}, "bgdata": {"figure": text, "keys": [text]}}
        outputs = [
            {"output_type": "display_data", "metadata": about, "data": image},
            {"output_type": "display_data", "metadata": {}, "data": {"text/html": text, "text/plain": text}},
            {"output_type": "display_data", "metadata": {}, "data": {"text/markdown": text, "text/plain": "x"}},
            {"output_type": "stream", "name": "stdout", "text": text},
            table((text, text)),
        ]
        self.change_cell("03-telecom", "telecom-bts-answer", outputs=outputs)
        self.change_cell("03-telecom", "telecom-bts", source=f"## {text}")
        self.change_cell("03-telecom", "telecom-title", source=f"# {text}\n\n{text}")
        self.fail("03-telecom", "telecom-bts-figure", text)

    def build(self, *periods, lang="vi"):
        return build(Order(self.root, periods, lang))

    def build_single(self, *only, lang="vi"):
        [path] = build_single(Order(self.root, (PERIOD,), lang, only)).paths
        return path.read_text(encoding="utf-8")

    def page(self, name, period=PERIOD):
        """Return a page of the site."""
        return Html((self.root / "build" / "site" / period / f"{name}.html").read_text(encoding="utf-8"))


class Html(HTMLParser):
    """A page taken apart: its tags in order, its ids, what it refers to, and its text by tag."""

    def __init__(self, source):
        super().__init__()
        self.source, self.tags, self.ids, self.refers, self.texts, self.open = source, [], [], [], [], []
        self.attributes, self.plain, self.inside = [], [], []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.inside += [tag] * (tag in ("code", "script", "style"))
        self.attributes.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]
        self.refers += [value for name, value in attrs if name in ("href", "src", "action", "data", "poster", "srcset")]

    def handle_endtag(self, tag):
        if self.inside[-1:] == [tag]:
            self.inside.pop()

    def handle_data(self, data):
        self.texts.append(data)
        self.plain += [data] * (not self.inside)

    @property
    def shown(self):
        """What a reader sees who does not look at code."""
        return " ".join(" ".join(self.plain).split())

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())

    def repeated_ids(self):
        return [one for one, times in Counter(self.ids).items() if times > 1]


def broken_links(folder):
    """Return every reference of every page that leads to no file or to no place in it."""
    pages = {path: Html(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html"))}
    broken = []
    for path, page in pages.items():
        for reference in page.refers:
            if reference.startswith("data:"):
                continue
            name, _, place = reference.partition("#")
            target = (path.parent / unquote(name)).resolve() if name else path
            if not target.is_file() or (place and unquote(place) not in pages[target].ids):
                broken.append(f"{path.name}: {reference}")
    return broken


def remote(page):
    """Return the addresses of other machines that a page refers to."""
    return [one for one in page.refers if re.match(r"(?!data:)(\w+:|//)", one)]


def loaded(style):
    """Return what a style or a script loads."""
    return re.findall(r"""url\(\s*["']?(?!data:)[^)]*|@import[^;]*|https?:[^"']*""", style)


def picture():
    """Return a small picture as a notebook holds it."""
    return base64.b64encode(Path(ROOT / "figures" / PERIOD / "telecom-bts.png").read_bytes()).decode()


def table(*keyed, rows="", note=""):
    """An output with a table, as a notebook shows it: rows of key and label; or only its note."""
    cells = rows + "".join(
        f"<tr{f' data-key={json.dumps(key)}' if key else ''}><th scope='row'>{html.escape(label)}</th><td>1</td></tr>"
        for key, label in keyed
    )
    head = "<thead><tr><th scope='col'>Chỉ tiêu</th><th scope='col'>Giá trị</th></tr></thead>"
    source = f"<table class='bgdata'>{head}<tbody>{cells}</tbody></table>" * bool(cells)
    source += f"<p class='bgdata-note'><small>{note}</small></p>" * bool(note)
    return {"output_type": "execute_result", "metadata": {}, "data": {"text/html": source, "text/plain": ""}}


def sample(name):
    """An executed notebook of a sector: numbers, checks, and a question with figure and answer."""
    sector = name.partition("-")[2]
    keyed = {"post": [("post.revenue", "Doanh thu bưu chính")]}
    keyed["telecom"] = [("telecom.bts", "Trạm BTS"), ("telecom.masts", "Vị trí cột ăng ten")]
    rule = "<tr data-rule='telecom.bts.sum'><th scope='row'>✓ phù hợp</th><td>Tổng</td></tr>"
    image = {"image/png": picture(), "text/plain": "Biểu đồ thanh. 2G: 884 trạm; 3G: 1.242 trạm; 4G: 1.647 trạm."}
    about = {"image/png": {"alt": image["text/plain"], "width": 605}}
    about["bgdata"] = {"figure": "telecom-bts", "keys": ["telecom.bts[2G]", "telecom.bts[4G]"]}
    caption = "<p class='bgdata-caption'><em>Trạm BTS theo thế hệ</em></p>"
    drawn = [
        {"output_type": "display_data", "metadata": about, "data": image},
        {"output_type": "display_data", "metadata": {}, "data": {"text/html": caption, "text/plain": "Trạm BTS"}},
    ]
    cells = [
        ("title", "# Một tên khác\n\nMạng di động gồm những gì?", None, []),
        ("parameters", 'period = "2024-S1"\ncompare_with = ""\nlang = "vi"', [], ["parameters"]),
        ("imports", "import bgdata as bg", [], ["hide-input"]),
        ("printed", "## Số liệu trong báo cáo", None, []),
        ("table", "report.table(rows)", [table(*keyed[sector], note="Nguồn: Báo cáo.")], []),
        ("check", "report.table(report.check())", [table(rows=rule)], []),
        ("bts", "## Mạng di động gồm những thế hệ nào?\n\nĐếm theo thế hệ.", None, []),
        ("bts-figure", "report.save(ax)", drawn if sector == "telecom" else [], []),
        ("bts-answer", "report.answer()", [answer("Có 1.647 trạm 4G.")], ["hide-input"]),
        ("earlier", "## So với kỳ trước", None, []),
        ("earlier-table", "report.table(rows)", [table(note="Không so sánh được 22 số liệu.")], []),
    ]
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell(sector, *one) for one in cells]}


def cell(sector, name, source, outputs, tags):
    """A cell of a notebook; of text where it has no outputs at all."""
    kind = "markdown" if outputs is None else "code"
    made = {"id": f"{sector}-{name}", "cell_type": kind, "metadata": {"tags": tags}, "source": source}
    return made if outputs is None else {**made, "execution_count": 1, "outputs": outputs}


def answer(text):
    """An output that is a sentence made from values."""
    return {"output_type": "execute_result", "metadata": {}, "data": {"text/markdown": text, "text/plain": text}}
