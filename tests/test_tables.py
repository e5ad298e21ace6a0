"""Tables: Vietnamese notation, units, sources, and words for what is missing."""

import re
from functools import cache

import pandas as pd
import pytest
from invented import NAN, STATIONS, TREND, changes, rows

import bgdata as bg
from bgdata.errors import BgdataError
from bgdata.show.marks import plain
from bgdata.show.tables import table

PERIOD = "2024-S1"
GENERATIONS = ("[2G]", "[3G]", "[4G]", "[5G]")
CHECKS = pd.DataFrame(
    {
        "period": "2024-S1",
        "statement": ["a + b = c"],
        "numbers": ["1 + 2 = 4"],
        "computed": ["3"],
        "verdict": ["contradicts"],
        "mend": "",
        "accepted": "",
        "note": "",
    }
)


def test_a_table_of_observations_shows_label_value_with_unit_and_section():
    assert plain(repr(table(STATIONS)).splitlines()[3]) == "Trạm BTS: 3G 1.242 trạm I.1"


def test_a_table_speaks_english():
    text = repr(table(STATIONS, lang="en"))
    assert text.startswith("Indicator")
    assert "1,242\xa0stations" in text


def test_a_missing_number_is_said_in_words():
    assert "chưa có số liệu" in repr(table(rows(("Không có", NAN))))


def test_the_source_stands_under_the_table():
    assert repr(table(STATIONS)).splitlines()[-1].startswith("Nguồn: Sở Thông tin và Truyền thông")


@pytest.mark.parametrize(("status", "word"), [("E", "ước tính"), ("P", "sơ bộ")])
def test_a_status_is_shown_in_words_only_where_it_is_not_normal(status, word):
    assert word in repr(table(rows(("Doanh thu", 5), ("Trạm", 6), status=["A", status])))
    assert "Tình trạng" not in repr(table(STATIONS))


def test_the_period_is_shown_where_there_are_several(monkeypatch):
    monkeypatch.setattr("bgdata.show.tables.source", lambda period, lang, package: f"báo cáo {period}")
    text = repr(table(TREND))
    assert text.startswith("Kỳ báo cáo")
    assert "6 tháng cuối năm 2023" in text
    assert text.endswith("Nguồn: báo cáo 2023-S2; báo cáo 2024-S1; báo cáo 2024-S2.")


def test_notes_are_vietnamese_and_left_out_in_english():
    frame = rows(("Trạm", 5), note="Tính đến tháng 6.")
    assert "Tính đến tháng 6." in repr(table(frame))
    assert "Tính đến tháng 6." not in repr(table(frame, lang="en"))


def test_a_comparison_shows_both_periods_change_and_growth():
    lines = repr(table(changes(("Doanh thu", 90e9, 80e9)))).splitlines()
    assert "6 tháng đầu năm 2024" in lines[0] and "6 tháng đầu năm 2023" in lines[0]
    assert "+12,5%" in lines[2] and "+10\xa0tỷ\xa0đồng" in lines[2]


def test_a_derived_base_has_a_star_that_is_explained():
    text = repr(table(changes(("Doanh thu", 90e9, 80e9), basis="derived")))
    assert "đồng*" in text
    assert "* Số suy ra từ báo cáo; báo cáo không nêu trực tiếp." in text


def test_a_comparison_without_base_says_why():
    text = repr(table(changes(("Doanh thu", 90e9, NAN), reason="Chưa có kỳ trước.")))
    assert "Chưa có kỳ trước." in text
    assert "nan" not in text


def test_columns_choose_and_order():
    assert repr(table(STATIONS, columns=["section", "label"])).splitlines()[0].split() == ["Mục", "Chỉ", "tiêu"]


def test_an_unknown_column_is_refused_with_its_near_match():
    with pytest.raises(BgdataError, match='"vale" is not in the frame; did you mean "value"'):
        table(STATIONS, columns=["vale"])


def test_any_other_frame_is_shown_as_it_is():
    assert repr(table(pd.DataFrame({"tên": ["một"], "số": [1234.5]}))).splitlines()[2] == "một  1.234,5"


def test_rules_are_shown_with_their_verdict_in_words_and_with_a_sign():
    lines = repr(table(CHECKS)).splitlines()
    assert "Kết luận" in lines[0]
    assert "▲ mâu thuẫn" in lines[2]


def test_a_table_without_rows_says_so():
    assert "Chưa có số liệu." in repr(table(STATIONS[:0]))
    assert "Chưa có số liệu." in table(STATIONS[:0])._repr_html_()


def test_html_is_escaped_everywhere():
    frame = rows(('<script>"&"</script>', 5), note="<i>", section="<b>")
    html = table(frame, caption="<h1>")._repr_html_()
    assert "&lt;script&gt;&quot;&amp;&quot;&lt;/script&gt;" in html
    assert not {"<script>", "<i>", "<b>", "<h1>"} & {html[i : i + 8].split(">")[0] + ">" for i in range(len(html))}


def test_html_has_scoped_headers_a_class_and_numbers_on_the_right():
    html = table(STATIONS, caption="Trạm")._repr_html_()
    assert html.startswith('<table class="bgdata">\n<caption>Trạm</caption>')
    assert html.count('scope="col"') == 3
    assert html.count('scope="row"') == 4
    assert html.count("text-align: right") == 5


def test_each_row_of_html_carries_the_key_of_its_number_and_a_derived_one_none():
    telecom = bg.load("telecom.bts", period="2024-S1")
    derived = bg.share(telecom, "telecom.bts[2G]", "telecom.bts")
    html = table(pd.concat([telecom, derived]))._repr_html_()
    assert re.findall('<tr data-key="([^"]*)">', html) == [f"telecom.bts{part}" for part in ("", *GENERATIONS)]
    assert html.count("<tr>") == 2


def test_html_is_the_same_each_time():
    assert table(STATIONS)._repr_html_() == table(STATIONS)._repr_html_()


# frames of any origin


@cache
def ours():
    """Frames that the library returns, and what analysts make of them."""
    telecom, compared, checks = (
        bg.load("telecom", period=PERIOD),
        bg.compare("post.revenue", period=PERIOD),
        bg.check(PERIOD),
    )
    stations, report = bg.breakdown(telecom, "telecom.bts"), bg.report(PERIOD)
    share = bg.share(telecom, "telecom.bts[2G]", "telecom.bts")
    return {
        "periods": bg.periods(),
        "sectors": bg.sectors(),
        "indicators": bg.indicators(),
        "completions": bg.completions(),
        "units": bg.units(),
        "categories": bg.categories("telecom.bts"),
        "rules": bg.rules(),
        "found": bg.find("bts"),
        "load": bg.load(period=PERIOD, expected=True),
        "compare": compared,
        "check": checks,
        "unchecked": bg.unchecked(PERIOD),
        "headlines": bg.headlines(PERIOD),
        "pairs": report.pairs(),
        "one row": report["telecom.bts"],
        "highest": bg.highest(stations),
        "marked": bg.mark_contradictions(telecom, checks),
        "rows and derived": pd.concat([telecom, share]),
        "rows and comparison": pd.concat([telecom, compared]),
        "comparison and rows": pd.concat([compared, telecom]),
        "rows and checks": pd.concat([telecom, checks]),
        "summed": telecom.groupby("unit")["value"].sum(),
        "two levels of columns": telecom.groupby("unit")[["value"]].agg(["sum", "mean"]),
        "pivoted": telecom.pivot_table(index="label", columns="unit", values="value"),
        "texts only": telecom.astype(str),
        "nothing": telecom[:0],
        "own": [{"label": "a", "value": "b", "unit": None, "period": "hôm nay", "as_of": "hôm qua"}],
    }


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", ours())
def test_a_frame_of_any_origin_is_shown_whatever_columns_are_left(name, lang):
    frame = ours()[name]
    shown = table(frame, lang=lang, interval=True)
    assert "nan" not in repr(shown).lower().split() and shown.to_markdown().startswith(("|", "Chưa", "No"))
    if isinstance(frame, pd.DataFrame):
        for column in frame:
            assert "nan" not in repr(table(frame[[column]], lang=lang)).lower().split()
            repr(table(frame.drop(columns=column), lang=lang))


def test_an_interval_stands_beside_the_value_with_its_ends_as_they_are():
    text = plain(repr(table(bg.load("telecom.household_fibre_share", period=PERIOD), interval=True)))
    assert "85% 84,5–85,5%" in text


def test_lower_and_upper_have_the_unit_and_vietnamese_notation():
    shown = table(bg.load("post.revenue", period=PERIOD), columns=["lower", "upper"]).body
    assert [plain(text) for text in shown[0]] == ["334 tỷ đồng", "336 tỷ đồng"]


def test_sectors_and_units_are_shown_by_name_in_rows_and_by_code_where_they_are_listed():
    rows = bg.load("telecom.bts", period=PERIOD)
    assert table(rows, columns=["sector", "unit"]).body[0] == ["Viễn thông, Internet", "trạm"]
    assert table(bg.sectors()).body[0][0] == "direction" and table(bg.units()).body[0][0] == "document"
    assert table(bg.categories("inspection.fined")).frame["category"].to_list() == ["organisation", "individual"]


def test_a_unit_of_ones_own_is_written_as_it_is():
    assert plain(table([{"label": "a", "value": 2.37, "unit": "trạm/cột"}]).body[0][1]) == "2,37 trạm/cột"


def test_the_frame_of_a_table_has_numbers_with_their_unit():
    frame = table(STATIONS).frame
    assert list(frame) == ["label", "value", "section", "unit"] and frame["value"].sum() == 3775


def test_markdown_escapes_what_would_end_a_cell_and_keeps_the_notes():
    lines = table([{"label": "a|<b>\nc", "growth": 5.0}], caption="Bảng").to_markdown().splitlines()
    assert lines[0] == "**Bảng**" and lines[-1] == "| a\\|&lt;b&gt; c | +5% |"
    assert table(STATIONS).to_markdown().splitlines()[-1].startswith("Nguồn: ")


@pytest.mark.parametrize("what", ["telecom.bts", 5, bg.report(PERIOD)])
def test_what_is_no_rows_is_refused_by_tables_and_charts_alike(what):
    for show in (bg.table, bg.charts.ordered_bars, bg.charts.stacked_bars, bg.charts.lines, bg.charts.area_map):
        with pytest.raises(BgdataError, match="no frame of rows"):
            show(what)


def test_a_column_that_stands_twice_is_refused():
    with pytest.raises(BgdataError, match='two columns "value"'):
        table(pd.concat([STATIONS, STATIONS[["value"]]], axis=1))


def test_one_row_may_be_a_dictionary():
    assert plain(table({"label": "Trạm", "value": 2.5, "unit": "trạm/cột"}).body[0][1]) == "2,5 trạm/cột"


@pytest.mark.parametrize("unit, shown", [(NAN, "3.775"), (None, "3.775"), (5, "3.775 5")])
def test_a_unit_that_is_no_text_is_shown_as_one(unit, shown):
    assert plain(table([{"label": "a", "value": 3775, "unit": unit}]).body[0][1]) == shown


@pytest.mark.parametrize("column", ["qualifier", "printed", "verdict"])
def test_rows_that_lack_what_load_says_of_a_number_are_shown(column):
    frame = bg.load("post", period=PERIOD)
    assert len(table(frame.assign(**{column: NAN})).body) == len(frame)
