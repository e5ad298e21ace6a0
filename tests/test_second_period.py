"""A second, invented period with gaps, a sector that is absent, and a fall: all notebooks run and say what is true."""

import csv
import io
import json
import os
import re
import subprocess
import sys

import pytest

from bgdata.notation.numbers import format_number
from conftest import NOTEBOOKS, PackageCopy, copy_notebooks

GONE = {"telecom.masts", "post.one_stop_districts", "ict.hardware_exports_growth", "society.welfare_accounts_share"}
FALLING = {"ratio_to_base": "96,8%", "growth": "-5,2%", "change": "-2"}


def invented(row, measure):
    """Return a line of the new period, unlike that of the old one in every number that is long enough to be known."""
    if row["qualifier"] == "range":
        return row
    printed, value = FALLING.get(measure), row["value"]
    if printed:
        value = printed.replace(",", ".").rstrip("%")
    elif "%" in row["printed"]:
        value = f"{float(value) * 0.91:.1f}"
        printed = format_number(value, decimals=1) + "%"
    elif (words := row["printed"].split(" ")[-1]) in ("tỷ", "triệu"):
        digits = format_number(round(float(value) / 10 ** {"tỷ": 9, "triệu": 6}[words]) + 13)
        printed = f"{digits} {words}"
        value = int(digits.replace(".", "")) * 10 ** {"tỷ": 9, "triệu": 6}[words]
    else:
        value = int(value) * 2 + 1
        printed = format_number(value)
    return row | {"value": str(value), "printed": printed, "note": "", "as_of": ""}


def second_period(package):
    """Write 2024-S2 beside 2024-S1."""
    measures = {row["indicator"]: row["measure"] for row in csv.DictReader(io.StringIO(package.text("indicators.csv")))}
    rows = csv.DictReader(io.StringIO(package.text(package.observations)))
    kept = [row for row in rows if row["indicator"] not in GONE and not row["indicator"].startswith("press.")]
    out = io.StringIO()
    writer = csv.DictWriter(out, kept[0], lineterminator="\n")
    writer.writerows(invented(row, measures[row["indicator"]]) for row in kept)
    package.add_period("2024-S2", *out.getvalue().splitlines())


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project folder with both periods, in which the second one has been run."""
    root = tmp_path_factory.mktemp("project")
    second_period(PackageCopy(root))
    copy_notebooks(root / "notebooks")
    done = subprocess.run(
        [sys.executable, "-m", "bgtools", "run", "2024-S2"], cwd=root, capture_output=True, text=True, timeout=300,
        env=os.environ | {"BGDATA_ROOT": str(root)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return root


def outputs(project, name):
    """Return what a reader sees of an executed copy: cell id -> text."""
    notebook = json.loads((project / f"build/2024-S2/{name}.ipynb").read_text(encoding="utf-8"))
    texts = {}
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            texts[cell["id"]] = texts.get(cell["id"], "") + "".join(output["data"].get("text/plain", ""))
    return texts


def test_all_notebooks_run_to_the_end(project):
    report = json.loads((project / "build/2024-S2/run.json").read_text(encoding="utf-8"))
    assert {entry["status"] for entry in report["notebooks"].values()} == {"done"}
    assert len(report["notebooks"]) == len(NOTEBOOKS)


def test_comparisons_with_the_first_period_appear(project):
    text = outputs(project, "02-post")["post-earlier"]
    assert "6 tháng đầu năm 2024" in text
    assert re.search(r"Điểm phục vụ bưu chính +669\sđiểm +334\sđiểm +\+335\sđiểm", text)


def test_nothing_of_the_first_period_is_shown_as_if_it_were_the_seconds(project):
    old = set(
        "3.775 1.647 1.242 884 99,3 99,5 84,6 94,5 1.135 121,8 103,2 335.521 24,64 312.000 411.230 134.210 55.860 19.887 "
        "44.848 45.369.985.510 30.500 13.600".split()
    )
    names = [path.stem for path in (project / "build/2024-S2").glob("*.ipynb")]
    texts = [
        text
        for name in names
        for cell, text in outputs(project, name).items()
        if not cell.endswith(("earlier", "trend"))
    ]
    shown = {number for text in texts for number in re.findall(r"[0-9][0-9.,]*[0-9]", text)}
    assert len(names) == len(NOTEBOOKS)
    assert shown & old == set()


def test_a_missing_observation_is_shown_as_missing_and_never_as_zero(project):
    table = outputs(project, "03-telecom")["telecom-table"]
    assert re.search(r"Vị trí cột ăng ten +chưa có số liệu", table)


def test_a_sector_that_is_absent_says_so(project):
    texts = outputs(project, "09-press")
    assert texts["press-table"].count("chưa có số liệu") == 7
    assert "Chưa có số liệu" in texts["press-answer"]
    assert "chưa có số liệu" in texts["press-agencies-figure"]


def test_the_overview_names_what_is_missing(project):
    assert "Cơ quan báo chí có văn phòng đại diện" in outputs(project, "00-overview")["overview-missing-answer"]


def test_no_text_says_that_a_falling_number_rose(project):
    texts = outputs(project, "02-post")
    said = " ".join(text for cell, text in texts.items() if cell.endswith(("answer", "earlier", "changes")))
    assert "giảm 3,2%" in said.replace("\u00a0", " ")
    assert not re.search(r"tăng\s[0-9]|đều tăng", said)
