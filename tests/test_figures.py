"""Saving: what is drawn is what went in, written once, the same each time, and said in words."""

import os
import subprocess
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from invented import GROWTH, ORDINARY, STATIONS, VIETNAMESE, changes, rows
from PIL import Image

from bgdata.errors import FigureError, WriteError
from bgdata.show import charts
from bgdata.show.figures import save_figure
from bgdata.show.readback import alt_text, read_back, verify

SAYING = {"caption": "Một chú thích", "source": "Sở Thông tin và Truyền thông"}
ENDINGS = (".csv", ".png", ".resource.json", ".svg")
FILES = [*(f"2024-S1/bars{ending}" for ending in ENDINGS), "2024-S1/word/bars.png"]
HASHES = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from invented import ORDINARY, VIETNAMESE
from bgdata.show.figures import save_figure
for name, draw in ORDINARY.items():
    folder = save_figure(draw(**VIETNAMESE).figure, name.replace("_", "-"), caption="c", source="s").folder
for path in sorted(folder.parent.rglob("*.*")):
    print(path.name, hashlib.sha256(path.read_bytes()).hexdigest())
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("BGDATA_FIGURES", str(tmp_path))
    yield tmp_path
    plt.close("all")


@pytest.fixture
def bars():
    return charts.ordered_bars(STATIONS, **VIETNAMESE)


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("kind", ORDINARY)
def test_every_kind_is_saved_in_both_frames_with_its_numbers(kind, folder):
    saved = save_figure(ORDINARY[kind](**VIETNAMESE).figure, "one", **SAYING)
    assert {path.name for path in saved.folder.rglob("*.*")} == {f"one{ending}" for ending in ENDINGS}
    assert (saved.folder / "word" / "one.png").is_file()


def test_files_of_vietnamese_and_english_runs_stand_apart(bars, folder):
    save_figure(bars.figure, "bars", **SAYING)
    assert files(folder) == FILES
    save_figure(charts.ordered_bars(STATIONS, lang="en").figure, "bars", **SAYING)
    assert "2024-S1/en/word/bars.png" in files(folder)


def test_saving_closes_the_figure(bars):
    save_figure(bars.figure, "bars", **SAYING)
    assert plt.get_fignums() == []


def test_multiplying_the_bars_by_100_is_found_by_name(bars):
    for patch in bars.patches:
        patch.set_width(patch.get_width() * 100)
    with pytest.raises(FigureError, match='"3G": drawn value 124200, expected 1242'):
        save_figure(bars.figure, "bars", **SAYING)


def test_swapping_two_bars_is_found_by_both_names(bars):
    first, second = bars.patches[0], bars.patches[1]
    first.set_y(first.get_y() + second.get_y())
    second.set_y(first.get_y() - second.get_y())
    first.set_y(first.get_y() - second.get_y())
    with pytest.raises(FigureError, match='(?s)"3G": drawn value 884, expected 1242.*"2G": drawn value 1242'):
        verify(bars.figure)


def test_cutting_the_axis_at_80_is_found():
    axes = ORDINARY["track_bars"](**VIETNAMESE)
    axes.set_xlim(80, 100)
    with pytest.raises(FigureError, match="the axis runs from 80 to 100; an axis of bars includes zero"):
        verify(axes.figure)


def test_cutting_a_bar_off_is_found(bars):
    bars.set_xlim(0, 1000)
    with pytest.raises(FigureError, match="runs from 0 to 1000 and cuts bars off"):
        verify(bars.figure)


def test_deleting_a_label_is_found_by_name(bars):
    bars.figure.bgdata.labels[3].artists[0].remove()
    with pytest.raises(FigureError, match='the label "5G" is not on the figure'):
        verify(bars.figure)


def test_changing_the_text_of_a_value_is_found(bars):
    bars.figure.bgdata.values[0].artists[0].set_text("999 trạm")
    with pytest.raises(FigureError, match='the text "884 trạm" of "2G" is not on the figure'):
        verify(bars.figure)


def test_emptying_a_filled_square_is_found():
    axes = ORDINARY["unit_squares"](**VIETNAMESE)
    axes.patches[0].set_facecolor("white")
    with pytest.raises(FigureError, match='"Tổ chức": drawn value 1, expected 2'):
        verify(axes.figure)


def test_moving_a_dot_is_found():
    axes = ORDINARY["dumbbell"](**VIETNAMESE)
    axes.figure.bgdata.marks[1].artist.set_xdata([9])
    with pytest.raises(FigureError, match='"Phóng viên thường trú": drawn value 9, expected 8'):
        verify(axes.figure)


def test_lifting_a_point_of_a_line_is_found():
    axes = ORDINARY["lines"](**VIETNAMESE)
    axes.lines[-1].set_ydata([310e9, 335e9, 351e9])
    with pytest.raises(FigureError, match='"Doanh thu bưu chính 6 tháng cuối năm 2024": drawn value 351000000000'):
        verify(axes.figure)


def test_read_back_gives_label_column_and_number_of_each_artist(bars):
    expected = pd.DataFrame(
        {"label": ["2G", "3G", "4G", "5G"], "column": "value", "drawn": [884.0, 1242.0, 1647.0, 2.0]}
    )
    pd.testing.assert_frame_equal(read_back(bars.figure), expected, check_dtype=False)


def test_the_alt_text_says_kind_message_and_every_number(bars):
    assert alt_text(bars.figure) == (
        "Biểu đồ thanh. Hai nhóm tăng, một nhóm giảm. 2G: 884 trạm; 3G: 1.242 trạm; 4G: 1.647 trạm; 5G: 2 trạm."
    )


def test_the_alt_text_follows_the_language():
    axes = charts.ordered_bars(STATIONS[:1], lang="en", title="Message")
    assert alt_text(axes.figure) == "Bar chart. Message. Trạm BTS: 2G: 884 stations."


def test_the_alt_text_of_a_fall_does_not_say_that_it_rose():
    axes = charts.table_chart(changes(("Doanh thu bưu chính", 87.5e9, 100e9)), title="Doanh thu giảm")
    assert "Doanh thu bưu chính: 87,5 tỷ đồng, −12,5%" in alt_text(axes.figure)


@pytest.mark.parametrize("name", ["../etc", "/etc/passwd", "Bars", "a b", "", "a--b", "bằng", "a.png", "-a", None])
def test_a_name_that_is_no_plain_word_is_refused_and_nothing_is_written(name, bars, folder):
    with pytest.raises(FigureError, match="cannot name a figure"):
        save_figure(bars.figure, name, **SAYING)
    assert files(folder) == []


@pytest.mark.parametrize("part", ["caption", "source"])
def test_a_figure_without_caption_or_source_is_refused(part, bars):
    with pytest.raises(FigureError, match=f"has no {part}"):
        save_figure(bars.figure, "bars", **(SAYING | {part: " "}))


def test_a_figure_is_not_saved_in_another_language(bars):
    with pytest.raises(FigureError, match='drawn with lang="vi"'):
        save_figure(bars.figure, "bars", lang="en", **SAYING)


def test_the_period_of_an_empty_chart_has_to_be_named(folder):
    with pytest.raises(FigureError, match="pass period="):
        save_figure(charts.ordered_bars(STATIONS[:0]).figure, "bars", **SAYING)
    save_figure(charts.ordered_bars(STATIONS[:0]).figure, "bars", period="2024-S1", **SAYING)
    assert files(folder) == FILES


def test_two_processes_write_the_same_bytes(tmp_path):
    here = str(Path(__file__).parent)
    runs = [
        subprocess.run(
            [sys.executable, "-c", HASHES, here],
            env=os.environ | {"BGDATA_FIGURES": str(tmp_path / run), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for run, seed in (("first", "1"), ("second", "2"))
    ]
    assert runs[0] == runs[1]
    assert runs[0].count("\n") == len(FILES) * len(ORDINARY)


def test_a_file_that_would_not_change_is_left_alone(folder):
    save_figure(charts.ordered_bars(STATIONS, **VIETNAMESE).figure, "bars", **SAYING)
    for name in FILES:
        os.utime(folder / name, (1, 1))
    save_figure(charts.ordered_bars(STATIONS, **VIETNAMESE).figure, "bars", **SAYING)
    assert {(folder / name).stat().st_mtime for name in FILES} == {1}


def test_a_folder_that_cannot_be_written_gives_a_sentence(bars, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("BGDATA_FIGURES", str(tmp_path / "file"))
    with pytest.raises(WriteError, match="Cannot write to .*file.* What was there is unchanged"):
        save_figure(bars.figure, "bars", **SAYING)


def test_a_picture_is_16_cm_wide_small_and_carries_its_description(bars, folder):
    save_figure(bars.figure, "bars", **SAYING)
    picture = Image.open(folder / "2024-S1/bars.png")
    picture.load()
    assert picture.width == 1385
    assert picture.mode == "P"
    assert picture.text["Title"] == "Một chú thích"
    assert picture.text["Description"].startswith("Biểu đồ thanh. Hai nhóm tăng")
    assert "Software" not in picture.text


@pytest.mark.parametrize("kind", ORDINARY)
def test_pictures_stay_well_under_60_kb(kind):
    saved = save_figure(ORDINARY[kind](**VIETNAMESE).figure, "one", **SAYING)
    assert (saved.folder / "one.png").stat().st_size < 45_000


def test_white_and_the_main_colour_are_exact_in_the_palette(bars, folder):
    save_figure(bars.figure, "bars", **SAYING)
    colours = dict(
        (colour, count) for count, colour in Image.open(folder / "2024-S1/bars.png").convert("RGB").getcolors()
    )
    assert sorted(colours, key=colours.get)[-2:] == [(0x12, 0x43, 0x6D), (255, 255, 255)]


def test_the_bare_frame_leaves_out_title_and_source(bars, folder):
    save_figure(bars.figure, "bars", **SAYING)
    page, bare = Image.open(folder / "2024-S1/bars.png"), Image.open(folder / "2024-S1/word/bars.png")
    assert page.width == bare.width
    assert page.height > bare.height + 100


def test_the_svg_escapes_what_it_says_and_has_no_date(folder):
    axes = charts.ordered_bars(rows(('<script>alert("&")</script>', 5)), title="a & b")
    save_figure(axes.figure, "bars", caption='<b>"&"</b>', source="s")
    text = (folder / "2024-S1/bars.svg").read_text("utf-8")
    assert "<title>&lt;b&gt;&quot;&amp;&quot;&lt;/b&gt;</title>" in text
    assert "<desc>Biểu đồ thanh. a &amp; b. &lt;script&gt;" in text
    assert "<script>" not in text
    assert "dc:date" not in text


def test_the_csv_holds_the_numbers_with_unit_and_section(bars, folder):
    save_figure(bars.figure, "bars", **SAYING)
    frame = pd.read_csv(folder / "2024-S1/bars.csv", keep_default_na=False)
    assert list(frame["value"]) == [884, 1242, 1647, 2]
    assert {"unit", "section", "printed", "qualifier"} <= set(frame)
    assert b"\r" not in (folder / "2024-S1/bars.csv").read_bytes()


def test_a_notebook_gets_the_saved_bytes_the_alt_text_and_an_escaped_caption(bars, folder):
    saved = save_figure(bars.figure, "bars", caption="<b>", source="s")
    data, metadata = saved.picture()
    assert data["image/png"] == (folder / "2024-S1/bars.png").read_bytes()
    assert data["text/plain"] == metadata["image/png"]["alt"] == saved.alt == repr(saved)
    assert "<em>&lt;b&gt;</em>" in saved.caption_html()


def test_the_output_of_a_notebook_says_which_figure_it_is_and_of_which_numbers():
    _, metadata = save_figure(ORDINARY["unit_squares"](**VIETNAMESE).figure, "squares", **SAYING).picture()
    keys = ["invented.row0", "invented.row0_total", "invented.row1", "invented.row1_total"]
    assert metadata["bgdata"] == {"figure": "squares", "keys": keys}


def test_a_notebook_shows_picture_and_caption_as_two_outputs(bars, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, **more: shown.append(sorted(data)))
    save_figure(bars.figure, "bars", **SAYING)._ipython_display_()
    assert shown == [["image/png", "text/plain"], ["text/html", "text/plain"]]


def test_levels_are_written_as_the_report_prints_them(folder):
    save_figure(charts.table_chart(GROWTH.assign(printed=["335 tỷ", "1.135 tỷ"]), title="t").figure, "growth", **SAYING)
    assert "335 tỷ" in (folder / "2024-S1/growth.csv").read_text("utf-8")
