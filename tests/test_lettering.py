"""Texts are shaped once, and stand exactly where Matplotlib alone would put them."""

import csv
import io
import os

import matplotlib.pyplot as plt
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import LoadFlags
from matplotlib.textpath import text_to_path

from bgdata.show import lettering
from bgdata.show.measure import text_width
from bgdata.show.style import FONTS, SMALL, TEXT, TITLE, register_fonts, style
from conftest import ROOT

LABELS = [
    row[column]
    for row in csv.DictReader((ROOT / "data" / "indicators.csv").read_text(encoding="utf-8").splitlines())
    for column in ("label_vi", "label_en")
]
ODD = ["AVAT To. “ưa” – …", "fluffy office fi", "▲ ◇ 83% ≠ 76%", "1.647,5 – 884", " a\u00a0b ", "Ổ Ệ ữ", "x" * 300]
LOOKS = [(size, bold) for size in (SMALL, TEXT, TITLE) for bold in (False, True)]


@pytest.fixture(autouse=True)
def drawn_as_figures_are():
    register_fonts()
    with style():
        yield


def properties(size, bold):
    return FontProperties(family=FONTS, size=size, weight="bold" if bold else "normal")


@pytest.mark.parametrize("dpi", [110, 220, 720])
@pytest.mark.parametrize("size, bold", LOOKS)
def test_each_glyph_stands_where_matplotlib_puts_it(size, bold, dpi):
    renderer, ours, font = RendererAgg(9, 9, dpi), lettering.PixelRenderer(9, 9, dpi), properties(size, bold)
    for text in LABELS + ODD:
        items = renderer._prepare_font(font)._layout(text, flags=LoadFlags.NO_HINTING)
        glyphs, width = lettering.placed(text, bold, ours._scale(font))
        assert glyphs == [(item.ft_object.fname, item.glyph_index, item.x) for item in items], text
        assert width == renderer.get_text_width_height_descent(text, font, False)[0], text


@pytest.mark.parametrize("size, bold", LOOKS)
def test_outlines_are_those_of_matplotlib(size, bold):
    font = text_to_path._get_font(properties(size, bold))
    for text in LABELS + ODD:
        found, paths, _ = text_to_path.get_glyphs_with_font(font, text, {}, True)
        ours, new, _ = lettering.outlines.get_glyphs_with_font(bold, text, {}, True)
        assert (ours, list(new)) == (found, list(paths)), text


ALIGNED = [{"ha": align, "va": "baseline"} for align in ("left", "center", "right")]
CHANGED = [{"rotation": 30}, {"alpha": 0.5}, {"va": "top"}, {"bbox": {"facecolor": "red"}}, {"visible": False}]
WORDS = ["Trạm BTS", "884", "", "hai\ndòng", r"5\$", "Giá $x^2$"]


@pytest.mark.parametrize("look", ALIGNED + CHANGED)
@pytest.mark.parametrize("form", ["svg", "pixels"])
def test_a_line_is_drawn_as_matplotlib_draws_a_text(form, look):
    drawn = []
    for of in (lambda text: text, lettering.Line.of):
        fig = plt.figure(figsize=(3, 2), dpi=72)
        for at, word in enumerate(WORDS):
            of(fig.text(0.4, at / 6 + 0.037, word, size=8, color="#123456", **{"va": "baseline"} | look))
        out = io.StringIO()
        svg = form == "svg"
        renderer = lettering.VectorRenderer(*fig.bbox.size, out) if svg else lettering.PixelRenderer(*fig.bbox.size, 72)
        fig.draw(renderer)
        drawn.append(out.getvalue().partition("<defs>")[2] if svg else bytes(renderer.buffer_rgba()))
        plt.close(fig)
    assert drawn[0] == drawn[1]
    assert svg or len(set(drawn[0])) > 1 or look.get("visible") is False


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes are forked here")
def test_no_open_font_is_kept_for_a_forked_process():
    text_width("Trạm BTS")
    held = [lettering._shaped("Trạm", False), lettering.placed("Trạm", False, 640)]
    assert "FT2Font" not in repr(held)
