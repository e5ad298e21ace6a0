"""The trend appears by itself from three periods of one kind on, with gaps left open and breaks shown."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from test_charts import words

import bgdata as bg
from bgdata.errors import UnknownName
from bgdata.show import charts
from bgdata.show.lint import lint
from bgdata.show.marks import plain
from conftest import ROOT, PackageCopy

REVENUE, MASTS = "post.revenue,,{0}000000000,,,=,A,{0} tỷ,I.2.1.a,,", "telecom.masts,,{0},,,=,A,{0},I.2.1.b,,"
NAMES = ["post.revenue", "telecom.masts"]


def amounts(billions, masts):
    """Lines of a period: the revenue of the post and the masts, None for what it does not print."""
    return [line.format(number) for line, number in ((REVENUE, billions), (MASTS, masts)) if number]


def drawn(period="2024-S1", **options):
    """The trend as it is saved, and the axes that it was drawn on."""
    kept = []
    with pytest.MonkeyPatch.context() as patch:
        draw = charts.lines
        patch.setattr(charts, "lines", lambda *rows, **look: kept.append(draw(*rows, **look)) or kept[0])
        saved = bg.trend("x-trend", NAMES, period=period, **options)
    return saved, kept[0]


def stretches(axes):
    """The heights of each stretch of line of the first panel."""
    return [list(line.get_ydata()) for line in axes.lines[1:]]


def test_a_trend_appears_with_three_periods(package, figures):
    package.add_period("2022-S1", *amounts(250, 900))
    package.add_period("2023-S1", *amounts(275, 950))
    saved, axes = drawn()
    assert stretches(axes) == [[250e9, 275e9, 335e9]]
    assert sorted(path.name for path in (figures / "2024-S1").glob("*.*")) == [
        "x-trend.csv", "x-trend.png", "x-trend.resource.json", "x-trend.svg",
    ]  # fmt: skip
    assert "Vị trí cột ăng ten tăng từ 900 lên 1.596 vị trí." in saved.alt


def test_nothing_appears_with_two_periods_and_no_file(package, figures):
    package.add_period("2023-S1", *amounts(275, 950))
    assert bg.trend("x-trend", NAMES, period="2024-S1") is None
    assert not figures.exists()


def test_stocks_are_followed_over_all_seasons_and_flows_over_one(package):
    package.add_period("2023-S1", *amounts(275, 950))
    package.add_period("2023-S2", *amounts(300, 960))
    saved, axes = drawn()
    assert stretches(axes) == [[950, 960, 1596]]
    assert "Doanh thu bưu chính" not in saved.alt


def test_a_flow_beside_a_stock_is_drawn_over_its_own_season(package):
    package.add_period("2022-S1", *amounts(250, 900))
    package.add_period("2023-S1", *amounts(275, 950))
    package.add_period("2023-S2", *amounts(300, 960))
    saved, axes = drawn()
    assert stretches(axes) == [[250e9, 275e9, 335e9]]
    assert "300 tỷ" not in saved.alt and "960 vị trí" in saved.alt


def test_what_never_changes_is_left_out(package):
    package.add_period("2022-S1", *amounts(250, 1596))
    package.add_period("2023-S1", *amounts(275, 1596))
    saved, _ = drawn()
    assert "cột ăng ten" not in saved.alt


def test_each_scale_starts_at_zero_and_the_figure_stays_below_16_cm(package):
    names = ["telecom.masts", "telecom.bts", "post.revenue", "telecom.revenue", "ict.firms", "post.service_points"]
    for period, k in (("2022-S1", 2), ("2023-S1", 3)):
        package.add_period(period, *[f"{name},,{k}00,,,=,A,{k}00,I.1,," for name in names])
    rows = bg.load(period=["2022-S1", "2023-S1", "2024-S1"])
    axes = charts.lines(rows[rows["key"].isin(names)], title="Tăng")
    assert {plot.get_ylim()[0] for plot in axes.figure.axes[1:]} == {0}
    assert axes.figure.get_size_inches()[1] < 16 / 2.54


def test_the_title_says_no_direction_that_the_numbers_leave_open(package):
    package.add_period("2022-S1", "post.dossiers,,55850,,,~,A,khoảng 55.850,I.1,,")
    package.add_period("2023-S1", "post.dossiers,,55840,,,~,A,khoảng 55.840,I.1,,")
    saved = bg.trend("x-trend", ["post.dossiers"], period="2024-S1")
    assert "tăng" not in saved.alt and "giảm" not in saved.alt


def test_periods_of_another_kind_and_later_ones_do_not_count(package):
    package.add_period("2023-S1", *amounts(275, 950))
    package.add_period("2022-A1", *amounts(500, 960))
    package.add_period("2025-S1", *amounts(350, 970))
    assert bg.trend("x-trend", NAMES, period="2024-S1") is None


@pytest.mark.parametrize("middle", [None, "2023-S1"])
def test_a_gap_in_the_middle_stays_open_whether_number_or_report_is_missing(package, middle):
    package.add_period("2021-S1", *amounts(220, 850))
    package.add_period("2022-S1", *amounts(250, 900))
    if middle:
        package.add_period(middle, "telecom.bts,,3000,,,=,A,3.000,I.2.1.b,,")
    _, axes = drawn()
    assert stretches(axes) == [[220e9, 250e9], [335e9]]
    assert {"2021", "2022", "2023", "2024"} <= set(words(axes))


def test_no_line_is_drawn_across_a_break_and_its_reason_is_said(package):
    package.add_period("2025-S1", *amounts(350, 1700))
    package.add_period("2026-S1", *amounts(800, 3000))
    saved, axes = drawn("2026-S1", lang="vi")
    assert stretches(axes) == [[335e9, 350e9], [800e9]]
    assert [path.vertices[0][0] for path in axes.collections[0].get_paths()] == [1.5]
    assert "hợp nhất thành tỉnh mới" in saved.alt


def test_what_no_two_neighbouring_periods_can_be_compared_in_is_left_out(package):
    package.add_period("2023-S1", *amounts(275, None))
    package.add_period("2022-S1", *amounts(250, 900))
    package.append("breaks.csv", "2023-08-01,telecom.masts,Đổi cách đếm.,Counted anew.")
    saved, _ = drawn()
    assert "cột ăng ten" not in saved.alt


def test_nothing_appears_where_no_series_can_be_compared(package, figures):
    package.add_period("2022-S1", *amounts(250, 900))
    package.add_period("2023-S1", *amounts(275, 950))
    for year in (2022, 2023):
        package.append("breaks.csv", f"{year}-08-01,*,Đổi cách đếm.,Counted anew.")
    assert bg.trend("x-trend", NAMES, period="2024-S1") is None
    assert not figures.exists()


def test_nothing_appears_for_a_period_without_a_report(package):
    package.add_period("2022-S1", *amounts(250, 900))
    package.add_period("2023-S1", *amounts(275, 950))
    package.add_period("2025-S1")
    (package.data / "observations/2025-S1.csv").unlink()
    assert bg.trend("x-trend", NAMES, period="2025-S1") is None


def test_a_revision_of_what_is_drawn_is_said_under_the_lines(package):
    package.add_period("2022-S1", *amounts(250, 900))
    package.add_period("2023-S1", *amounts(300, 950))
    saved, _ = drawn()
    assert "bản công bố năm trước: 300 tỷ đồng; suy ra từ báo cáo này: 274–276 tỷ đồng" in saved.alt
    assert "Doanh thu bưu chính tăng" not in saved.alt


def test_half_years_are_called_by_their_names_and_by_the_year_where_all_are_alike(package):
    package.add_period("2022-S1", *amounts(250, 900))
    package.add_period("2023-S1", *amounts(275, 950))
    saved, _ = drawn()
    assert "Doanh thu bưu chính (đồng) 2022: 250 tỷ đồng" in saved.alt
    package.add_period("2023-S2", *amounts(300, 960))
    saved, _ = drawn()
    assert "Vị trí cột ăng ten 6 tháng cuối năm 2023: 960 vị trí" in saved.alt
    assert "nửa" not in saved.alt


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_trend_with_gap_break_and_revision_is_clean(package, lang):
    package.add_period("2022-S1", *amounts(250, None))
    package.add_period("2023-S1", *amounts(300, 950))
    package.append("breaks.csv", "2022-08-01,post,Đổi cách đếm.,Counted anew.")
    _, axes = drawn(lang=lang)
    assert lint(axes.figure) == []


def test_unknown_names_are_refused_also_where_there_is_nothing_to_draw():
    with pytest.raises(UnknownName):
        bg.trend("x-trend", ["post.revenu"], period="2024-S1")
    with pytest.raises(UnknownName):
        bg.trend("x-trend", NAMES, period="2030-S1")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project folder with three first halves, in which the notebook of one sector has been run for each."""
    root = tmp_path_factory.mktemp("project")
    package = PackageCopy(root)
    package.add_period("2022-S1", *amounts(250, 900))
    package.add_period("2023-S1", *amounts(300, 950))
    (root / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks/02-post.ipynb", root / "notebooks")
    done = subprocess.run(
        [sys.executable, "-m", "bgtools", "run", "2023-S1", "2024-S1"], cwd=root, capture_output=True, text=True,
        timeout=300, env=os.environ | {"BGDATA_ROOT": str(root)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return root


def outputs(project, period, cell):
    notebook = json.loads((project / f"build/{period}/02-post.ipynb").read_text(encoding="utf-8"))
    [found] = [one["outputs"] for one in notebook["cells"] if one["id"] == cell]
    return plain(" ".join("".join(one["data"]["text/plain"]) for one in found))


def test_the_notebook_shows_the_trend_from_the_third_period_on_and_nothing_before(project):
    assert outputs(project, "2024-S1", "post-trend").startswith("Biểu đồ đường.")
    assert outputs(project, "2023-S1", "post-trend") == ""
    assert [path.parent.name for path in project.glob("figures/*/post-trend.svg")] == ["2024-S1"]


def test_the_notebook_shows_a_revision_and_only_where_there_is_one(project):
    assert "▲ Doanh thu bưu chính: Hai báo cáo nêu khác nhau" in outputs(project, "2024-S1", "post-changes")
    assert "▲" not in outputs(project, "2023-S1", "post-changes")
