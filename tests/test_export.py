"""Rows as files for other programs: what they read is what was written, as text or as a number."""

import subprocess

import openpyxl
import pandas as pd
import pytest
from frictionless import validate
from invented import STATIONS, TREND, changes, rows
from libreoffice import SOFFICE, converted
from lxml.html import fromstring

import bgdata as bg
from bgdata.errors import BgdataError
from bgdata.show import charts
from bgdata.show.export import Amount, amount
from bgdata.show.figures import save_figure
from bgdata.show.marks import plain
from conftest import ROOT

PERIOD = "2024-S1"
SAID = {"caption": "Một chú thích", "source": "Sở"}
PUBLISHED = sorted((ROOT / "figures").rglob("*.csv"))
needs_office = pytest.mark.skipif(not SOFFICE, reason="needs LibreOffice")


# the numbers behind a figure


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_printed_numbers_of_published_figures_are_text_to_pandas(path):
    frame = pd.read_csv(path)
    printed = frame["printed"].dropna()
    assert [type(one) for one in printed] == [str] * len(printed) and printed.str.fullmatch("“.+”").all()
    assert list(frame)[0] == "period" and pd.api.types.is_numeric_dtype(frame["value"])


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_the_description_beside_a_published_figure_holds(path):
    report = validate(str(path.with_suffix(".resource.json")))
    assert report.valid, report.flatten(["message"])


@pytest.mark.parametrize(
    "old, new, fault",
    [("884.0", "nhiều", "type-error"), ("period,", "kỳ,", "incorrect-label"), (",False,", ",False,,", "extra-cell")],
)
def test_a_planted_fault_is_found_by_the_description(old, new, fault, figures):
    save_figure(charts.ordered_bars(STATIONS, title="t").figure, "bars", **SAID)
    path = figures / PERIOD / "bars.csv"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    found = validate(str(path.with_suffix(".resource.json"))).flatten(["type"])
    assert [fault] in found


def test_every_printed_form_is_text_to_pandas_and_to_spreadsheets(figures, tmp_path):
    forms = ("1.242", "02-05", "100%", "99,5 %", "16.2%", "335 tỷ", "1e5", "=1+1")
    frame = rows(*[(f"Số {at}", at + 1.0, "") for at, _ in enumerate(forms)]).assign(unit="station")
    saved = save_figure(charts.ordered_bars(frame, title="t").figure, "bars", **SAID)
    path = saved.folder / "bars.csv"
    text = path.read_text("utf-8")
    lines = [line.replace("=,A,,", f'=,A,"“{form}”",') for line, form in zip(text.splitlines()[1:], forms)]
    path.write_text("\n".join([text.splitlines()[0], *lines]), encoding="utf-8")
    assert pd.read_csv(path)["printed"].tolist() == [f"“{form}”" for form in forms]
    if SOFFICE:
        command = [SOFFICE, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx"]
        command += ["--infilter=CSV:44,34,76,1,,1066,false,true", "--outdir", str(tmp_path), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        heads, *body = openpyxl.load_workbook(tmp_path / "bars.xlsx").active.iter_rows(values_only=True)
        assert [line[heads.index("printed")] for line in body] == [f"“{form}”" for form in forms]


# Excel


def sheets(path):
    return {sheet.title: list(sheet.iter_rows()) for sheet in openpyxl.load_workbook(path)}


def written(frame, folder, **options):
    return sheets(bg.to_excel(frame, folder / "a.xlsx", **options))


def test_numbers_are_numbers_with_unit_label_section_and_note(tmp_path):
    heads, *lines = written(bg.load("telecom", period=PERIOD), tmp_path)["Số liệu"]
    found = {line[0].value: line for line in lines if line[0].value}
    money = found["Doanh thu viễn thông, Internet"]
    assert [plain(head.value) for head in heads][:3] == ["Chỉ tiêu", "Giá trị", "Đơn vị"]
    assert money[1].value == 1135e9 and plain(money[1].number_format) == '[$-42A]"ước "#,##0,,," tỷ đồng"'
    assert money[2].value == "đồng" and "I.2.1.b" in [cell.value for cell in money]
    assert found["Hộ gia đình có Internet cáp quang"][1].value == 85
    assert {cell.data_type for line in lines for cell in line} <= {"n", "s", "inlineStr"}


def test_the_sources_have_a_sheet_and_so_have_contradictions(tmp_path):
    book = written(bg.load("digital_society", period=PERIOD), tmp_path)
    assert list(book) == ["Số liệu", "Nguồn", "Mâu thuẫn"]
    assert book["Nguồn"][1][2].value == bg.source(PERIOD)
    disputed = [line[1] for line in book["Số liệu"] if "▲" in line[1].number_format]
    assert len(disputed) == 3 and {cell.fill.fgColor.rgb for cell in disputed} == {"00FDE3D8"}
    assert "▲ mâu thuẫn" in [cell.value for line in book["Mâu thuẫn"] for cell in line]
    assert list(written(bg.load("press", period=PERIOD), tmp_path)) == ["Số liệu", "Nguồn"]


def test_a_formula_stays_text_in_every_cell(tmp_path):
    for text in ("=1+1", "+1", "-1", "@a", "=HYPERLINK(0)", "\t=1", "a\x00b"):
        frame = rows((text, 5), note=text, section=text).assign(label=text)
        cells = [cell for lines in written(frame, tmp_path).values() for line in lines for cell in line]
        assert [cell for cell in cells if cell.data_type == "f"] == []
        assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith("="))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_kind_of_frame_is_written(tmp_path, lang):
    compared = bg.compare(["post.revenue", "press.resident"], period=PERIOD, lang=lang)
    for frame in (compared, bg.check(PERIOD), bg.sectors(), bg.indicators(), TREND, pd.concat([STATIONS, compared])):
        assert len(next(iter(written(frame, tmp_path, lang=lang).values()))) > 1
    own = [{"label": "a", "value": 2.375, "unit": "trạm/cột"}]
    assert next(iter(written(own, tmp_path, lang=lang).values()))[1][1].value == 2.375


def test_a_table_is_written_as_it_is_shown(tmp_path):
    shown = bg.table(STATIONS, lang="en", columns=["section", "value"], caption="Stations")
    heads, first, *_ = sheets(shown.to_excel(tmp_path / "t.xlsx"))["Numbers"]
    assert [head.value for head in heads] == ["Section", "Value"]
    assert first[1].value == 884 and plain(first[1].number_format) == '[$-409]#,##0" stations"'


@pytest.mark.parametrize(
    "text, number, lang, form",
    [
        ("05 trạm", 5.0, "vi", '[$-42A]00" trạm"'),
        ("24,64%", 24.64, "vi", '[$-42A]#,##0.00"%"'),
        ("−3,2%", -3.2, "vi", '[$-42A]#,##0.0"%";[$-42A]"−"#,##0.0"%"'),
        ("+60 tỷ đồng", 59.96e9, "vi", '[$-42A]"+"#,##0,,," tỷ đồng";[$-42A]"−"#,##0,,," tỷ đồng"'),
        ("1,242 stations ▲", 1242.0, "en", '[$-409]#,##0" stations ▲"'),
        ('3 "a"', 3.0, "vi", '[$-42A]#,##0" ”a”"'),
    ],
)
def test_the_format_of_a_cell_shows_the_text_of_the_table(text, number, lang, form):
    assert amount(text, number, lang) == Amount(number, form, "▲" in text)


@pytest.mark.parametrize(
    "text, number", [("5–8 triệu", float("nan")), ("chưa có số liệu", float("nan")), ("I.1", "I.1")]
)
def test_what_is_no_number_stays_a_text(text, number):
    assert amount(text, number, "vi") == text


def test_a_derived_number_has_no_more_digits_than_its_interval_allows():
    assert amount("khoảng 47.600 người*", 47622.1, "vi").value == 47600


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(BgdataError, match="a.csv is no name of an Excel file"):
        bg.to_excel(STATIONS, tmp_path / "a.csv")


@needs_office
def test_libreoffice_shows_each_number_as_the_table_does(tmp_path):
    frame = pd.concat([bg.load(period=PERIOD), changes(("Doanh thu", 90e9, 80e9))])
    [page] = converted([bg.to_excel(frame, tmp_path / "a.xlsx")], "html", tmp_path)
    shown = {plain(cell.text_content()) for cell in fromstring(page.read_text("utf-8")).iter("td")}
    assert {plain(cell) for line in bg.table(frame).body for cell in line} - {*shown} == set()


FRAMES = {
    "periods": bg.periods,
    "sectors": bg.sectors,
    "units": bg.units,
    "rules": bg.rules,
    "days": lambda: pd.DataFrame({"day": [pd.Timestamp("2024-01-01"), pd.NaT], "for": pd.to_timedelta([1, 2], "D")}),
    "months": lambda: pd.DataFrame({"value": [1.5]}, index=pd.period_range("2024-01", periods=1, name="month")),
    "lists": lambda: pd.DataFrame({"parts": [[1, 2], {"a": 1}], "z": [1 + 2j, 0]}),
}


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_of_anything_becomes_a_sheet(name, tmp_path):
    frame = FRAMES[name]()
    sheet = openpyxl.load_workbook(bg.to_excel(frame, tmp_path / "a.xlsx")).worksheets[0]
    assert sheet.max_row > len(frame)
