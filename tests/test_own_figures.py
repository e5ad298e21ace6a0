"""Figures that analysts draw themselves: any of them gets the page of the house, and what is wrong is said."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.ticker import PercentFormatter
from PIL import Image

import bgdata as bg
from bgdata.errors import FigureError
from bgdata.show.marks import plain
from bgdata.voice import speaking

PERIOD = "2024-S1"
SAID = {"caption": "Một chú thích", "source": "Sở", "alt": "Một hình.", "period": PERIOD}
RANDOM = np.random.default_rng(1)


@pytest.fixture(autouse=True)
def no_figure_stays_open():
    yield
    plt.close("all")


@pytest.fixture
def stations():
    return bg.breakdown(bg.load("telecom", period=PERIOD), "telecom.bts")


def bars(rows, **options):
    with bg.style():
        axes = plt.figure().add_subplot(title="Số trạm")
        axes.bar(rows["label"], rows["value"], **options)
    return axes


def long_labels(axes):
    axes.barh(["Một chỉ tiêu có tên dài hơn một nửa bề ngang của trang giấy", "Hai"], [335521e9, 1e12])


def outside_legend(axes):
    axes.plot([0, 1], [0, 1.5], label="Một tên dài đứng ngoài khung")
    axes.legend(loc="upper left", bbox_to_anchor=(1.02, 1))


def dated(axes):
    axes.plot(pd.date_range("2024-01-01", periods=6, freq="MS"), range(6))


def percent(axes):
    axes.plot([0, 1], [0.105, 0.5])
    axes.yaxis.set_major_formatter(PercentFormatter(1))


def logarithmic(axes):
    axes.plot([0.1, 10, 1e7], [1, 2, 3])
    axes.set_xscale("log")


AXES = {
    "bars with long labels": long_labels,
    "legend outside": outside_legend,
    "dates": dated,
    "percent": percent,
    "logarithmic": logarithmic,
    "years": lambda axes: axes.plot([2021, 2022, 2023], [1.5e9, 2e9, 2.75e9]),
    "scatter": lambda axes: axes.scatter(RANDOM.normal(5000, 900, 30), RANDOM.normal(-1e4, 500, 30)),
    "upright labels": lambda axes: (axes.bar(["Tên dài " * 4, "Hai"], [1, 2]), axes.tick_params(axis="x", rotation=90)),
    "seaborn": lambda axes: sns.histplot(RANDOM.normal(5000, 900, 200), ax=axes),
    "heat map": lambda axes: sns.heatmap(np.full((2, 3), 1250.0), annot=True, fmt=".1f", ax=axes, vmin=1000),
    "colour bar": lambda axes: axes.figure.colorbar(axes.imshow(RANDOM.normal(5000, 900, (4, 4))), ax=axes),
    "by hand": lambda axes: axes.set_position((0, 0, 1, 1)),
    "twin": lambda axes: (axes.bar(["a", "b"], [1, 2]), axes.twinx().plot(["a", "b"], [1500, 2500])),
}


@pytest.mark.parametrize("name", AXES)
def test_any_drawing_is_saved_as_wide_as_the_page_with_nothing_clipped(name, figures):
    with bg.style():
        axes = plt.figure(figsize=(10, 5)).add_subplot(title="Thông điệp")
        AXES[name](axes)
    saved = bg.save_figure(axes, "own", **SAID)
    assert saved.faults == ()
    for picture in (saved.folder / "own.png", saved.folder / "word" / "own.png"):
        pixels = np.asarray(Image.open(picture).convert("L"))
        edges = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
        assert pixels.shape[1] == 1385 and edges.min() == 255 and pixels.min() < 100


def ticks(axes, which):
    return [plain(label.get_text()) for label in getattr(axes, f"get_{which}ticklabels")()]


@pytest.mark.parametrize(
    "name, which, lang, found",
    [
        ("bars with long labels", "x", "vi", "100.000 tỷ"),
        ("years", "x", "vi", "2021"),
        ("years", "y", "vi", "1,6 tỷ"),
        ("years", "y", "en", "1.6 billion"),
        ("dates", "x", "vi", "02/2024"),
        ("percent", "y", "vi", "30%"),
        ("logarithmic", "x", "vi", "1.000"),
        ("scatter", "y", "vi", "−10.000"),
    ],
)
def test_numbers_on_axes_are_written_as_the_language_does(name, which, lang, found):
    with bg.style():
        axes = plt.figure().add_subplot(title="Thông điệp")
        AXES[name](axes)
    bg.save_figure(axes, "own", lang=lang, **SAID)
    assert found in ticks(axes, which)


def test_axes_are_vietnamese_when_the_style_is_left_and_turn_english_when_saved_so():
    with bg.style():
        axes = plt.figure().add_subplot(title="Thông điệp")
        axes.plot([0, 1], [0, 2500.5])
        chosen = plt.figure().add_subplot()
        chosen.yaxis.set_major_formatter("{x:.1f} m")
    axes.figure.draw_without_rendering()
    chosen.figure.draw_without_rendering()
    assert "1.500" in ticks(axes, "y") and "0.2 m" in ticks(chosen, "y")
    bg.save_figure(axes, "own", lang="en", **SAID)
    assert "1,500" in ticks(axes, "y")


def test_numbers_that_stand_as_labels_are_written_as_the_language_does(stations):
    axes = bars(stations)
    axes.bar_label(axes.containers[0], fmt="%.1f")
    bg.save_figure(axes, "own", rows=stations)
    assert [text.get_text() for text in axes.texts] == ["884,0", "1.242,0", "1.647,0", "2,0"]


def test_source_caption_and_alt_text_are_made_from_the_rows_named(stations):
    saved = bg.save_figure(bars(stations), "own", rows=stations)
    assert saved.alt == "Biểu đồ. Số trạm. 2G: 884 trạm; 3G: 1.242 trạm; 4G: 1.647 trạm; 5G: 2 trạm."
    assert (saved.caption, saved.source, saved.period) == ("Số trạm", bg.source(PERIOD), PERIOD)
    assert saved.keys == tuple(f"telecom.bts[{one}G]" for one in (2, 3, 4, 5)) and saved.faults == ()
    assert pd.read_csv(saved.folder / "own.csv")["value"].sum() == 3775


def test_a_figure_without_title_is_called_by_its_rows(stations):
    axes = bars(stations[:2])
    axes.set_title("", loc="left")
    saved = bg.save_figure(axes, "own", rows=stations[:2])
    assert saved.caption == "2G; 3G, 6 tháng đầu năm 2024."
    assert saved.faults == ("Hình chưa có tiêu đề: hãy nêu phía trên điều mà hình cho thấy.",)


def test_a_figure_of_which_nothing_is_said_is_refused(stations):
    with pytest.raises(FigureError, match="pass rows=.*or alt="):
        bg.save_figure(bars(stations), "own", caption="c", source="s")


def test_a_disputed_number_is_named_below_the_page_and_not_in_the_report(figures):
    rows = bg.load("digital_society", period=PERIOD).query("verdict == 'contradicts' and unit == 'person'")
    saved = bg.save_figure(bars(rows), "own", rows=rows)
    assert "Số liệu này mâu thuẫn" in saved.alt
    page, bare = (Image.open(saved.folder / name) for name in ("own.png", "word/own.png"))
    assert "Số liệu này mâu thuẫn" not in bare.text["Description"] and page.height > bare.height + 60


def test_a_unit_of_ones_own_is_written_on_charts(stations):
    rows = pd.DataFrame({"label": ["Bắc Giang", "Bắc Ninh"], "value": [2.37, 3.5], "unit": "trạm/cột"})
    chart = bg.charts.ordered_bars(rows, title="Trạm trên mỗi cột")
    assert "2,37 trạm/cột" in bg.save_figure(chart, "own", source="s", period=PERIOD).alt
    assert "3,5 trạm/cột" in bg.save_figure(bars(rows), "own", rows=rows, source="s", period=PERIOD).alt


# what a proof-reader finds


def faults(axes, **said):
    with speaking("vi"):
        return [str(one) for one in bg.lint(axes)] if not said else bg.save_figure(axes, "own", **said).faults


def test_a_cut_axis_is_said(stations):
    axes = bars(stations)
    axes.set_ylim(500, 2000)
    assert "trục chạy từ 500 đến 2000; trục của biểu đồ thanh phải có số không" in faults(axes)


def test_numbers_in_another_notation_are_said(stations):
    axes = bars(stations)
    axes.text(3, 1000, "12.5 trạm")
    assert any('"12.5 trạm"' in one for one in faults(axes))


def test_small_text_text_over_text_and_another_typeface_are_said(stations):
    axes = bars(stations)
    axes.text(3, 1000, "li ti", size=5)
    axes.text(3, 1200, "chồng")
    axes.text(3.05, 1200, "lên")
    axes.text(3, 1500, "kiểu khác", family="DejaVu Sans")
    told = " ".join(faults(axes))
    assert '"li ti"' in told and '"chồng"' in told and '"kiểu khác"' in told


def test_rows_that_are_not_drawn_are_named(stations):
    told = faults(bars(stations[:3]), rows=stations)
    assert len(told) == 1 and '"5G"' in told[0] and "2 trạm" in plain(told[0])
    assert faults(bars(stations[:3]), **SAID) == ()


def test_rows_drawn_in_billions_or_as_slices_are_drawn(stations):
    money = bg.load(period=PERIOD).query("unit == 'VND' and value == value and verdict != 'contradicts'")[:3]
    axes = bars(money.assign(value=money["value"] / 1e9, label=list("abc")))
    assert faults(axes, rows=money) == ()
    with bg.style():
        axes = plt.figure().add_subplot(title="Bánh")
        axes.pie(stations["value"], colors=["#12436D", "#6A8CAE", "#C3D0DB", "#E3E7EA"])
    assert faults(axes, rows=stations) == ()


# several charts in one figure


def test_two_charts_stand_side_by_side_and_say_both(stations, figures):
    rates = bg.load("telecom", period=PERIOD).query("unit == 'percent'")[:3]
    with bg.style():
        fig, (left, right) = plt.subplots(1, 2)
    assert bg.charts.ordered_bars(stations, title="Số trạm", ax=left) is left
    bg.charts.track_bars(rates, title="Tỷ lệ", ax=right)
    fig.suptitle("Viễn thông")
    assert bg.lint(fig) == []
    saved = bg.save_figure(fig, "two", caption="Hai hình")
    assert saved.alt.startswith("Viễn thông. Biểu đồ thanh. Số trạm. 2G: 884 trạm;")
    assert "Biểu đồ thanh tỷ lệ. Tỷ lệ. " in saved.alt
    assert len(pd.read_csv(saved.folder / "two.csv")) == 7 and len(saved.keys) == 7
    assert Image.open(saved.folder / "two.png").width == 1385


def test_a_changed_bar_in_one_of_two_charts_is_found(stations):
    fig, (left, right) = plt.subplots(1, 2)
    for axes in (left, right):
        bg.charts.ordered_bars(stations, title="Số trạm", ax=axes)
    right.patches[1].set_width(9)
    with pytest.raises(FigureError, match='"3G": drawn value 9, expected 1242'):
        bg.save_figure(fig, "two", caption="c")


def test_a_chart_and_a_drawing_of_ones_own_share_a_figure(stations):
    with bg.style():
        fig, (above, below) = plt.subplots(2, 1)
        below.plot([2022, 2023, 2024], [1e6, 2.5e6, 3e6])
        below.set(title="Đường", ylabel="một nhãn")
    bg.charts.ordered_bars(stations, title="Số trạm", ax=above)
    saved = bg.save_figure(fig, "two", caption="c", alt="Trạm: 2G, 3G, 4G, 5G.")
    assert saved.faults == () and {"2022", "2023", "2024"} <= {*ticks(below, "x")}


def test_the_signs_of_a_chart_in_a_figure_are_off_in_the_report(figures):
    rows = bg.report(PERIOD).marked(bg.load("digital_society", period=PERIOD).query("unit == 'person'")[:6])
    fig, (left, right) = plt.subplots(1, 2)
    bg.charts.ordered_bars(rows, title="a", ax=left)
    bg.charts.ordered_bars(rows, title="b", ax=right)
    saved = bg.save_figure(fig, "two", caption="c")
    page, bare = (np.asarray(Image.open(saved.folder / name).convert("RGB")) for name in ("two.png", "word/two.png"))
    red = [((one == (0x8E, 0x1B, 0)).all(axis=2)).any() for one in (page, bare)]
    assert red == [True, False]


@pytest.mark.parametrize("where", ["twice", "by hand", "narrow"])
def test_a_chart_without_a_place_of_its_own_is_refused(where, stations):
    fig, axes = plt.subplots(1, 5 if where == "narrow" else 1, squeeze=False)
    place = fig.add_axes((0, 0, 1, 1)) if where == "by hand" else axes[0, 0]
    with pytest.raises(FigureError, match="hold a chart already|axes of a grid|do not fit"):
        for _ in range(1 + (where == "twice")):
            bg.charts.dumbbell(bg.compare("press.resident", period=PERIOD), ax=place)


# where it goes


def saved_by(stations, **options):
    return bg.save_figure(bg.charts.ordered_bars(stations, title="Số trạm"), "telecom-bts", caption="c", **options)


@pytest.fixture
def exploring(package, monkeypatch):
    monkeypatch.delenv("BGDATA_FIGURES")
    return package.root


def test_exploring_writes_into_the_scratch_and_not_into_what_is_published(exploring, stations):
    assert saved_by(stations).folder == exploring / "build" / "scratch" / PERIOD
    assert not (exploring / "figures").exists()


def test_a_folder_that_is_named_is_where_it_goes(exploring, stations, tmp_path):
    saved_by(stations, folder=tmp_path / "mine")
    assert (tmp_path / "mine" / "telecom-bts.png").is_file() and (tmp_path / "mine/word/telecom-bts.png").is_file()


def test_what_a_notebook_published_is_not_written_over(exploring, stations):
    published = exploring / "figures" / PERIOD
    saved_by(stations, folder=published)
    before = (published / "telecom-bts.png").read_bytes()
    with pytest.raises(FigureError, match="figures/2024-S1/telecom-bts.* was made by a notebook"):
        saved_by(stations[:2], folder=published)
    assert (published / "telecom-bts.png").read_bytes() == before


def test_in_a_run_all_figures_go_where_the_run_keeps_them(stations, figures, tmp_path):
    assert saved_by(stations, folder=tmp_path / "mine").folder == figures / PERIOD


def test_a_scratch_needs_no_period(exploring, stations):
    saved = bg.save_figure(bars(stations), "own", caption="c", source="s", alt="a")
    assert saved.folder == exploring / "build" / "scratch"


@pytest.mark.parametrize("lang, unit", [("vi", "trạm"), ("en", "stations")])
@pytest.mark.parametrize("columns", [{"x": "label", "y": "value"}, {"x": "value", "y": "label"}])
def test_axes_that_seaborn_names_by_columns_get_the_unit_or_nothing(lang, unit, columns, stations, tmp_path):
    with bg.style():
        axes = sns.barplot(stations, **columns)
        axes.set_title("Số trạm")
    bg.save_figure(axes, "thu", rows=stations, lang=lang, folder=tmp_path)
    named = {"label": "", "value": unit}
    assert (axes.get_xlabel(), axes.get_ylabel()) == (named[columns["x"]], named[columns["y"]])


def test_names_of_columns_leave_the_key_and_names_of_ones_own_stay(stations, tmp_path):
    stations["kind"] = "kind"
    with bg.style():
        axes = sns.barplot(stations, x="label", y="value", hue="kind", legend=True)
        axes.set(title="Số trạm", ylabel="Trạm đang phát")
    bg.save_figure(axes, "thu", rows=stations, folder=tmp_path)
    assert (axes.get_ylabel(), axes.get_legend().get_title().get_text()) == ("Trạm đang phát", "")


def test_a_drawing_beside_a_low_chart_has_room_and_both_titles_are_the_caption(stations, tmp_path):
    with bg.style():
        fig, (left, right) = plt.subplots(1, 2)
        bg.charts.ordered_bars(stations.head(2), ax=left, title="Trái")
        sns.barplot(stations, x="label", y="value", ax=right)
        right.set_title("Phải")
    saved = bg.save_figure(fig, "thu", rows=stations, folder=tmp_path)
    assert saved.caption.startswith("Trái; Phải, ") and not saved.faults
    assert right.get_window_extent().height > 0.6 * fig.bbox.height


ROUND = {"pie": lambda axes: axes.pie([3, 2]), "picture": lambda axes: axes.imshow(np.eye(3))}


@pytest.mark.parametrize("kind", ROUND)
def test_a_figure_that_was_looked_over_first_is_the_same_picture(kind):
    made = []
    for looks in range(3):
        with bg.style():
            axes = plt.figure().add_subplot(title="Tròn")
            ROUND[kind](axes)
        for _ in range(looks):
            bg.lint(axes)
        made.append((bg.save_figure(axes, "a", **SAID).folder / "a.png").read_bytes())
    assert made[0] == made[1] == made[2]


def test_numbers_within_inset_axes_tables_and_on_a_third_axis_are_vietnamese(stations):
    with bg.style():
        fig = plt.figure()
        axes, deep = fig.add_subplot(121), fig.add_subplot(122, projection="3d")
        inset = axes.inset_axes([0.1, 0.5, 0.3, 0.3])
        inset.plot([0, 1], [0, 1.5])
        cells = axes.table([["1242.5"]])
        deep.bar3d([0], [0], [0], 1, 1, [5000])
    bg.lint(fig)
    texts = [axis.get_major_formatter()(1242.5) for axis in (inset.yaxis, deep.zaxis)] + [
        cells[0, 0].get_text().get_text()
    ]
    assert texts == ["1.242,5"] * 3


def test_a_text_in_inset_axes_is_looked_over():
    with bg.style():
        inset = plt.figure().add_subplot(title="Trạm").inset_axes([0.2, 0.2, 0.5, 0.5])
        inset.text(0.5, 0.5, "nhỏ", size=4)
    assert "too small" in {one.fault for one in bg.lint(inset)}


def test_a_drawing_beside_a_chart_has_to_be_told_in_words(stations):
    with bg.style():
        fig, (ours, other) = plt.subplots(1, 2)
        bg.charts.ordered_bars(stations, ax=ours, title="Trạm")
        other.plot([1, 2], [1, 2])
        other.set_title("Qua các tháng")
    [fault] = [one for one in bg.lint(fig) if one.fault == "no alt text"]
    assert "Qua các tháng" in str(fault)
    assert "no alt text" not in {one.fault for one in bg.lint(fig, alt="Trạm: 2G, 3G, 4G, 5G. Qua các tháng.")}


NO_AXES = {
    "number": lambda: 5,
    "figure": plt.figure,
    "several": lambda: plt.subplots(1, 2)[1],
    "polar": lambda: plt.figure().add_subplot(projection="polar"),
    "3d": lambda: plt.figure().add_subplot(projection="3d"),
}


@pytest.mark.parametrize("kind", NO_AXES)
def test_a_chart_is_drawn_in_plain_axes_only(kind, stations):
    with pytest.raises(FigureError, match="one plain Axes"):
        bg.charts.ordered_bars(stations, ax=NO_AXES[kind]())


@pytest.mark.parametrize("highlight", [4, [4], pd.Series([True]), pd.Series([True] * 4)])
def test_a_highlight_that_is_no_row_is_refused(highlight, stations):
    with pytest.raises(FigureError):
        bg.charts.ordered_bars(stations.set_axis(list("abcd")), highlight=highlight)


def test_a_chart_of_texts_or_of_an_unknown_column_is_refused(stations):
    with pytest.raises(FigureError, match="value holds texts"):
        bg.charts.ordered_bars(stations.assign(value="x"))
    with pytest.raises(FigureError, match="no column nope"):
        bg.charts.stacked_bars(stations, by="nope")
