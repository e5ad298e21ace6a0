"""Every kind of chart: frame in, readable Axes out, or a sentence that says why not."""

import re

import matplotlib.pyplot as plt
import pytest
from invented import (
    FINED,
    HOSTILE,
    LIMIT,
    LONG,
    NAN,
    ORDINARY,
    PRESS,
    RATES,
    STACKED,
    STATIONS,
    TEAMS,
    TREND,
    VIETNAMESE,
    changes,
    pairs,
    rows,
    several,
)
from matplotlib.axes import Axes

import bgdata as bg
from bgdata.errors import FigureError
from bgdata.show import charts
from bgdata.show.lint import lint
from bgdata.show.marks import plain
from bgdata.show.measure import NBSP, text_width, wrap
from bgdata.show.readback import read_back, verify

EVERY = {**ORDINARY, **HOSTILE}
NO_ROWS = {name: draw for name, draw in HOSTILE.items() if "no rows" in name}
TITLE = {"title": "Một câu"}


@pytest.fixture(autouse=True)
def no_figure_stays_open():
    yield
    plt.close("all")


def words(axes):
    """Return all that can be read on a figure."""
    texts = [*axes.figure.texts, *(text for each in axes.figure.axes for text in each.texts)]
    return [plain(text.get_text()) for text in texts if text.get_visible()]


def drawn(axes, column="value"):
    """Return what is drawn, by label."""
    found = read_back(axes.figure)
    return dict(found[found["column"] == column][["label", "drawn"]].itertuples(index=False))


@pytest.mark.parametrize("draw", EVERY.values(), ids=EVERY)
def test_every_kind_draws_the_numbers_of_ordinary_and_hostile_rows(draw):
    axes = draw(**VIETNAMESE)
    assert isinstance(axes, Axes)
    verify(axes.figure)


@pytest.mark.parametrize("draw", NO_ROWS.values(), ids=NO_ROWS)
def test_a_frame_without_rows_gives_a_figure_that_says_so(draw):
    assert words(draw(lang="vi", **TITLE)) == ["Một câu", "Chưa có số liệu"]


@pytest.mark.parametrize(("lang", "said"), [("vi", "chưa có số liệu"), ("en", "no data")])
def test_a_missing_number_is_said_and_never_drawn_as_zero(lang, said):
    axes = charts.ordered_bars(rows(("Có", 5), ("Không có", NAN)), lang=lang)
    assert drawn(axes) == {"Có": 5.0}
    assert said in words(axes)


def test_an_observed_zero_is_not_a_missing_number():
    axes = charts.ordered_bars(rows(("Không", 0)))
    assert drawn(axes) == {"Không": 0.0}
    assert "0 trạm" in words(axes)


def test_bars_stand_in_the_order_of_the_rows_and_without_their_common_beginning():
    assert list(drawn(charts.ordered_bars(STATIONS))) == ["2G", "3G", "4G", "5G"]


def test_order_selects_and_orders_by_key_or_label():
    axes = charts.ordered_bars(STATIONS, order=["Trạm BTS: 4G", "invented.row0"])
    assert list(drawn(axes)) == ["4G", "2G"]


def test_order_passes_over_a_category_that_the_period_lacks():
    frame = rows(("Trạm BTS", 3775), indicator="telecom.bts")
    assert drawn(charts.ordered_bars(frame, order=["telecom.bts", "telecom.bts[2G]"])) == {"Trạm BTS": 3775.0}


def test_order_refuses_an_unknown_name_with_its_near_match():
    with pytest.raises(FigureError, match='No row is called "invented.rov1"; did you mean "invented.row1"'):
        charts.ordered_bars(STATIONS, order=["invented.rov1"])


def test_a_frame_without_the_needed_columns_is_refused_with_their_names():
    with pytest.raises(FigureError, match="no column value, growth|no column growth"):
        charts.table_chart(STATIONS)


def test_rows_with_one_label_are_refused():
    with pytest.raises(FigureError, match="Rows with the same label cannot be told apart: Trạm"):
        charts.ordered_bars(rows(("Trạm", 1), ("Trạm", 2)))


@pytest.mark.parametrize("draw", [charts.ordered_bars, charts.stacked_bars, charts.track_bars])
def test_rows_in_different_units_never_share_a_scale(draw):
    with pytest.raises(FigureError, match="the rows are in VND, station"):
        draw(rows(("Tiền", 335e9), ("Trạm", 2), unit=["VND", "station"]))


def test_highlighted_rows_are_bold_besides_being_coloured():
    axes = charts.track_bars(RATES, highlight=RATES["value"] < 90)
    bold = [text.get_text() for text in axes.figure.axes[0].texts if text.get_weight() == "bold"]
    assert plain(bold[0]) == "Hộ có cáp quang"


def test_highlighting_a_category_that_the_period_lacks_is_no_error():
    stations = bg.breakdown(bg.load("telecom", period="2024-S1"), "telecom.bts")
    charts.ordered_bars(stations[1:], highlight="2G")
    charts.ordered_bars(stations[1:], highlight=["telecom.bts[2G]", "telecom.masts"])
    charts.ordered_bars(stations[:0], highlight="2G")


@pytest.mark.parametrize("name", ["6G", "telecom.bst[2G]", "xyz"])
@pytest.mark.parametrize("draw", [charts.ordered_bars, charts.track_bars])
def test_highlighting_what_nobody_knows_is_refused_with_near_names(draw, name):
    stations = bg.breakdown(bg.load("telecom", period="2024-S1"), "telecom.bts")
    with pytest.raises(FigureError, match=f'(?s)No row is called "{re.escape(name)}".*[2-5]G'):
        draw(stations, highlight=["2G", name])


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_share_beside_a_bar_is_never_rounded_to_nothing(lang):
    axes = charts.ordered_bars(rows(("Một", 1), ("Nhiều", 9999)), shares_of=10000, lang=lang)
    assert {"(<0,1%)", "(>99,9%)", "(<0.1%)", "(>99.9%)"} & set(words(axes))


def test_a_rate_over_100_percent_is_drawn_beyond_the_track():
    axes = charts.track_bars(rows(("Vượt", 121.8), unit="percent"))
    assert drawn(axes) == {"Vượt": 121.8}
    assert axes.get_xlim()[1] == 121.8


@pytest.mark.parametrize("unit", ["station/location", "person", ""])
def test_what_is_not_in_percent_gets_no_track_up_to_100_percent(unit):
    with pytest.raises(FigureError, match="The track ends at 100%, but the rows are in"):
        charts.track_bars(rows(("Trạm trên cột", 2.37), unit=unit))


def test_a_fall_is_drawn_to_the_left_of_zero():
    axes = charts.table_chart(changes(("Doanh thu", 87.5e9, 100e9)))
    assert drawn(axes, "growth") == pytest.approx({"Doanh thu": -12.5})
    assert "−12,5%" in words(axes)


def test_a_table_chart_says_why_there_is_nothing_to_compare_with():
    axes = charts.table_chart(changes(("Doanh thu", 90e9, NAN), reason="Chưa có kỳ trước."))
    assert "Chưa có kỳ trước." in words(axes)
    assert drawn(axes, "growth") == {}


def test_completion_bars_compute_the_share_and_show_both_counts():
    axes = charts.completion_bars(**TEAMS)
    assert drawn(axes, "share") == {"Tổ cấp xã": 100.0, "Huyện có một cửa": 90.0}
    assert {"100%", "209/209", "90%", "9/10"} <= set(words(axes))


def test_a_printed_share_that_part_and_whole_do_not_make_gets_a_footnote():
    axes = charts.completion_bars(
        **pairs(("Thanh niên", 312_000, 411_230), unit="person", printed=[("tỷ lệ", 83, "83%")])
    )
    assert "▲ Báo cáo ghi 83%; tính lại từ 312.000/411.230 là 75,9%." in words(axes)


def test_a_printed_share_that_agrees_gets_none():
    axes = charts.completion_bars(**pairs(("Thanh niên", 138, 851), unit="person", printed=[("tỷ lệ", 16.2, "16,2%")]))
    assert "▲" not in "".join(words(axes))


def test_a_pair_whose_whole_is_not_in_the_frame_is_refused():
    with pytest.raises(FigureError, match='no row "invented.nothing", the whole of "invented.row0"'):
        charts.completion_bars(STATIONS, pairs=[("invented.row0", "invented.nothing")])


def test_the_parts_of_a_stack_are_drawn_one_after_the_other_with_their_names_inside_or_below():
    axes = charts.stacked_bars(STACKED)
    pieces = [(piece.get_x(), piece.get_width()) for piece in axes.patches]
    assert pieces == [(0, 13600), (13600, 31248), (44848, 47622), (92470, 12)]
    assert {"Chưa có tài khoản", "31.248 người", "Khác", "12 người"} <= set(words(axes))


def test_parts_of_several_wholes_stand_in_bars_of_one_scale():
    axes = charts.stacked_bars(rows(("Của tỉnh", 58), ("Của Sở", 14)).assign(by=["Tỉnh", "Sở"]), by="by")
    assert [piece.get_x() for piece in axes.patches] == [0, 0]
    assert {"Tỉnh", "Sở"} <= set(words(axes))


def test_a_stack_is_held_against_a_limit_that_no_name_stands_on():
    axes = charts.stacked_bars(STACKED, limit=LIMIT, **TITLE)
    assert axes.lines[0].get_xdata()[0] == 60000 and "60.000 người" in words(axes)
    assert lint(axes.figure) == []


def test_a_part_that_is_missing_is_named_and_leaves_no_gap():
    axes = charts.stacked_bars(rows(("Một", 5), ("Hai", NAN), ("Ba", 7)))
    assert [piece.get_x() for piece in axes.patches] == [0, 5]
    assert {"Hai", "chưa có số liệu"} <= set(words(axes))


def test_a_derived_number_has_a_star_and_a_footnote():
    said = words(charts.stacked_bars(rows(("Tổng", 9), ("Phần", 5), derived=[True, False])))
    assert {"Tổng*", "* Số suy ra; báo cáo không nêu trực tiếp."} <= set(said)


def test_unit_squares_are_as_many_as_there_are_entities():
    axes = charts.unit_squares(**FINED, part_label="bị xử phạt")
    assert len(axes.patches) == 21
    assert "14 đối tượng, 2 bị xử phạt" in words(axes)


@pytest.mark.parametrize("pair", [("Lẻ", 1.5, 3), ("Âm", -1, 3)])
def test_unit_squares_refuse_what_cannot_be_counted(pair):
    with pytest.raises(FigureError, match="Unit squares show counts"):
        charts.unit_squares(**pairs(pair), part_label="x")


@pytest.mark.parametrize("pair", [("Quá nhiều", 5, 10_000), ("Phần lớn hơn", 8, 5)])
def test_what_cannot_be_counted_at_a_glance_is_drawn_as_bars(pair):
    assert charts.unit_squares(**pairs(pair), part_label="x").figure.bgdata.kind == "completion_bars"


def test_a_dumbbell_says_both_numbers_the_change_and_the_periods():
    said = words(charts.dumbbell(PRESS))
    heads = {"6 tháng đầu năm 2023", "6 tháng đầu năm 2024"}
    numbers = {"5", "8 cơ quan", "(+3 cơ quan)", "18", "26 cơ quan", "(+8 cơ quan)"}
    assert numbers | heads == {*said} - {*PRESS["label"], ""}


def test_a_dumbbell_begins_at_a_line_at_zero():
    axes = charts.dumbbell(PRESS)
    assert [path.vertices[0][0] for path in axes.collections[0].get_paths()] == [0, 0] and axes.get_xlim()[0] == 0


def test_a_contradictory_base_is_marked_beside_its_number_and_not_beside_the_other():
    sheet = charts.dumbbell(PRESS.assign(base_verdict=["contradicts", ""], verdict="")).figure.bgdata
    assert [(value.text, value.sign) for value in sheet.values if value.row == 0] == [
        ("5", "▲"),
        ("8 cơ quan", ""),
    ]


def test_a_derived_base_is_marked():
    assert "5*" in words(charts.dumbbell(changes(("Thường trú", 8, 5), unit="agency", basis="derived")))


def test_lines_need_three_periods():
    with pytest.raises(FigureError, match="three periods or more"):
        charts.lines(TREND[TREND["period"] != "2023-S2"])


def test_lines_break_where_a_period_has_no_number():
    axes = HOSTILE["lines: a gap, a series without numbers"](**TITLE)
    assert [list(line.get_ydata()) for line in axes.lines[1:]] == [[275e9], [335e9, 250e9]]
    assert {"chưa có", "số liệu"} <= set(words(axes))


def test_lines_over_gaps_of_more_than_twelve_periods_show_the_newest_twelve():
    found = several(*[(f"{year}-S1", year * 1e9, year) for year in (2001, 2010, 2012, 2013)])
    axes = charts.lines(found, **TITLE)
    assert [list(line.get_ydata()) for line in axes.lines[1:]] == [[2010e9], [2012e9, 2013e9]]


def test_wrapping_never_breaks_a_compound_and_keeps_each_line_within_the_width():
    lines = wrap(LONG, 100)
    assert max(text_width(line) for line in lines) <= 100
    assert f"chuyên{NBSP}dùng" in " ".join(lines)


def test_wrapping_respects_no_break_spaces_of_the_label():
    assert wrap(f"khu{NBSP}vực một", 45) == [f"khu{NBSP}vực", "một"]


def test_a_dollar_sign_is_text_and_not_a_formula():
    assert "Giá $x^2$" in words(charts.ordered_bars(rows(("Giá $x^2$", 5))))
