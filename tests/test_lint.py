"""The lint finds a planted fault of each kind, and nothing on sound figures, however hostile the rows."""

import re

import matplotlib.pyplot as plt
import pytest
from foreign_words import foreign_words, is_english
from invented import HOSTILE, ORDINARY, RATES, STATIONS, VIETNAMESE, rows
from matplotlib.text import Text
from notebook_charts import recorded

from bgdata.show import charts
from bgdata.show.lint import lint
from bgdata.show.style import ACCENT, GOOD, WARNING
from conftest import NOTEBOOKS

EVERY = {**ORDINARY, **HOSTILE}


@pytest.fixture(autouse=True)
def no_figure_stays_open():
    yield
    plt.close("all")


@pytest.fixture
def fig():
    return charts.ordered_bars(STATIONS, **VIETNAMESE).figure


def faults(fig, **more):
    return {(finding.fault, finding.where) for finding in lint(fig, **more)}


def kinds(fig, **more):
    return {finding.fault for finding in lint(fig, **more)}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("draw", EVERY.values(), ids=EVERY)
def test_nothing_is_found_on_any_kind_with_ordinary_or_hostile_rows(draw, lang):
    assert lint(draw(lang=lang, **VIETNAMESE).figure) == []


def test_text_beyond_the_edge_is_clipped(fig):
    fig.bgdata.write(440, 20, "ngoài mép giấy")
    assert ("clipped", '"ngoài mép giấy"') in faults(fig)


def test_text_that_is_clipped_in_one_frame_only_is_found_in_that_frame(fig):
    fig.bgdata.write(5, -20, "trên đầu")
    assert [finding.frame for finding in lint(fig) if finding.fault == "clipped"] == ["bare"]


def test_text_on_text_overlaps(fig):
    fig.bgdata.write(8, fig.bgdata.labels[1].place(), "chồng")
    assert ("overlap", '"3G" and "chồng"') in faults(fig)


def test_dark_text_on_a_dark_bar_is_unreadable(fig):
    fig.bgdata.write(100, fig.bgdata.labels[2].place(), "trên thanh")
    assert ("overlap", '"trên thanh" and a bar') in faults(fig)


def test_white_text_inside_a_dark_bar_can_be_read(fig):
    fig.bgdata.write(60, fig.bgdata.labels[2].place(), "4", size=7, colour="white")
    assert lint(fig) == []


def test_a_line_through_text_is_found(fig):
    fig.bgdata.body.plot([0, 60], [fig.bgdata.labels[3].place()] * 2)
    assert ("overlap", '"5G" and a line') in faults(fig)


def test_text_under_7_pt_is_too_small(fig):
    fig.bgdata.write(300, 2, "li ti", size=6.5)
    assert ("too small", '"li ti" has 6.5 pt') in faults(fig)


def test_an_axis_of_bars_that_does_not_start_at_zero_is_cut():
    axes = charts.track_bars(RATES, **VIETNAMESE)
    axes.set_xlim(80, 100)
    assert "cut axis" in kinds(axes.figure)


@pytest.mark.parametrize("colour", [GOOD, WARNING])
def test_two_emphasised_colours_are_allowed(fig, colour):
    fig.axes[1].patches[0].set_facecolor(ACCENT)
    fig.axes[1].patches[1].set_facecolor(colour)
    assert lint(fig) == []


def test_three_emphasised_colours_are_too_many(fig):
    for patch, colour in zip(fig.axes[1].patches, (ACCENT, GOOD, WARNING)):
        patch.set_facecolor(colour)
    assert kinds(fig) == {"too many colours"}


@pytest.mark.parametrize("alt", ["", "Biểu đồ thanh. 2G: 884 trạm."])
def test_an_alt_text_that_is_missing_or_leaves_out_a_label_is_found(fig, alt):
    assert kinds(fig, alt=alt) == {"no alt text"}


def test_a_figure_without_a_message_is_found():
    assert kinds(charts.ordered_bars(STATIONS).figure) == {"no title"}


def test_a_contradictory_number_without_its_sign_is_found():
    fig = charts.ordered_bars(STATIONS.assign(verdict=["contradicts", "", "", ""]), **VIETNAMESE).figure
    assert lint(fig) == []
    fig.bgdata.rows["mark"] = ""
    assert ("no verdict", '"Trạm BTS: 2G"') in faults(fig)


@pytest.mark.parametrize(
    "title, found", [("Có 884 trạm 2G", {"no verdict"}), ("Có 884 trạm 2G ▲", set()), ("1.884", set())]
)
def test_a_contradictory_number_in_a_title_without_its_sign_is_found(title, found):
    frame = STATIONS.assign(verdict=["contradicts", "", "", ""])
    assert kinds(charts.ordered_bars(frame, title=title).figure) == found


@pytest.mark.parametrize("draw", EVERY.values(), ids=EVERY)
def test_no_kind_writes_a_foreign_word_on_a_vietnamese_figure(draw):
    assert foreign_words(draw(**VIETNAMESE).figure) == []


def test_a_planted_foreign_word_is_found():
    assert foreign_words(charts.ordered_bars(rows(("Base stations", 5)), **VIETNAMESE).figure) == ["stations"]


@pytest.mark.parametrize(
    "word",
    (
        "Internet BTS SOC OCOP TikTok Smartphone Viettel livestream nghiêng khuyến quyết giữa tuyến điện ước xoáy "
        "khuỷu giếng huyện in to no tin oan yêu quốc gì"
    ).split(),
)
def test_vietnamese_words_and_names_are_not_english(word):
    assert not is_english(word)


@pytest.mark.parametrize("word", ["stations", "Share", "of", "Total", "Growth", "coverage", "households", "with"])
def test_english_words_are_english(word):
    assert is_english(word)


def test_the_lint_leaves_the_figure_as_it_was(fig):
    before = fig.dpi, tuple(fig.get_size_inches())
    lint(fig)
    assert (fig.dpi, tuple(fig.get_size_inches())) == before


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.stem)
def test_nothing_is_found_on_the_figures_of_the_notebooks(notebook, lang):
    assert {name: lint(draw().figure) for name, draw, _ in recorded(notebook, lang) if lint(draw().figure)} == {}


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.stem)
def test_no_foreign_word_stands_on_the_vietnamese_figures_of_the_notebooks(notebook):
    assert {name: words for name, draw, _ in recorded(notebook) if (words := foreign_words(draw().figure))} == {}


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.stem)
def test_no_vietnamese_stands_on_the_english_figures_of_the_notebooks(notebook):
    found = {name: vietnamese(draw().figure) for name, draw, _ in recorded(notebook, "en")}
    assert {name: texts for name, texts in found.items() if texts} == {}


def vietnamese(fig):
    """The texts of a figure that have letters of Vietnamese alone."""
    return [text for text in (one.get_text() for one in fig.findobj(Text)) if re.search("[ăâđêôơưạ-ỹ]", text.lower())]
