"""What begins like a formula is text in every CSV file and workbook that people open."""

import csv
import io
import json

import pytest
from click.testing import CliRunner
from invented import rows
from openpyxl import load_workbook
from site_project import PERIOD, SiteProject

import bgdata as bg
from bgtools.cli import main
from bgtools.read.quotes import harmless
from bgtools.site.tabular import as_csv, as_workbook

EVIL = [
    sign + text
    for sign in ("=", "+", "-", "@", "\t=", "\r=")
    for text in ("cmd|' /C calc'!A0", 'HYPERLINK("http://x.vn","a")', "SUM(1)")
]


def dangerous(cell):
    """Whether a spreadsheet would take a cell for a formula; a number with its sign is none."""
    bare = cell.strip()
    return bare[:1] in "=@\t\r" and bool(bare) or bare[:1] in "+-" and bare[1:2].isdigit() is False and len(bare) > 1


def cells_of(text):
    return [cell for line in csv.reader(io.StringIO(text, newline="")) for cell in line]


@pytest.mark.parametrize("evil", EVIL)
def test_what_begins_like_a_formula_is_told(evil):
    assert dangerous(evil) and not dangerous(f"'{evil}") and not dangerous("-3,2%")


@pytest.mark.parametrize("evil", EVIL)
def test_the_numbers_behind_a_figure_hold_no_formula(figures, evil):
    frame = rows((evil, 5), ("Trạm", 7)).assign(note=evil, mark=evil)
    with bg.style():
        bg.save_figure(bg.charts.ordered_bars(frame).figure, "evil", caption="Một", source="Hai", period=PERIOD)
    text = next(figures.rglob("*.csv")).read_bytes().decode()
    assert [cell for cell in cells_of(text) if dangerous(cell)] == [] and evil.strip() in text.replace('""', '"')


@pytest.mark.parametrize("evil", EVIL)
def test_tables_to_take_away_hold_no_formula(evil):
    [sheet] = load_workbook(io.BytesIO(as_workbook([("Một", [["a", evil], [1.5, -2]])])))
    assert [cell for cell in cells_of(as_csv([["a", evil], [1.5, -2]])) if dangerous(cell)] == []
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []


@pytest.mark.parametrize("evil", EVIL)
def test_a_sentence_that_is_kept_is_no_formula(evil):
    assert not dangerous(harmless(evil))


def test_what_reviewers_say_is_no_formula(tmp_path, monkeypatch):
    monkeypatch.setenv("BGDATA_ROOT", str(tmp_path))
    project = SiteProject(tmp_path, "03-telecom")
    items = [
        {"kind": "text", "id": f"a{place}", "seen": "b", "done": True, "remark": evil}
        for place, evil in enumerate(EVIL)
    ]
    found = {"bgdata-review": 1, "period": PERIOD, "lang": "vi", "by": EVIL[0], "on": "2024-07-05", "items": items}
    (tmp_path / "review.json").write_text(json.dumps(found))
    assert CliRunner().invoke(main, ["review", str(tmp_path / "review.json")]).exit_code == 0
    text = project.text(f"reviews/{PERIOD}.csv")
    assert [cell for cell in cells_of(text) if cell[:1] in "=+-@" and cell] == [] and "SUM(1)" in text
