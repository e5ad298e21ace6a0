"""The house style: entered and left, and readable for everyone."""

from itertools import combinations

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.font_manager import fontManager

from bgdata.show.style import ACCENT, FONTS, GOOD, INK, MAIN, MUTED, SETTINGS, TINTS, TRACK, WARNING, contrast, style

MACHADO_2009 = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
TEXT_COLOURS = {"ink": INK, "muted": MUTED, "warning": WARNING}
BAR_COLOURS = {"main": MAIN, "accent": ACCENT, "good": GOOD}
NEIGHBOURS = {
    "main, track": (MAIN, TRACK),
    "main, accent": (MAIN, ACCENT),
    "main, good": (MAIN, GOOD),
    "tints": TINTS[1:],
}


def seen(colour, deficiency=None):
    """Return a colour as linear RGB, as seen with a colour vision deficiency (Machado 2009, severity 1)."""
    channels = np.array(to_rgb(colour))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return np.clip(np.array(MACHADO_2009[deficiency]) @ linear, 0, 1) if deficiency else linear


def difference(one, other, deficiency=None):
    """Return the CIE 1976 colour difference."""
    lab = []
    for colour in (one, other):
        f = np.cbrt(np.array(XYZ) @ seen(colour, deficiency) / np.array(XYZ).sum(axis=1))
        lab.append([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])
    return float(np.hypot.reduce(np.subtract(*lab)))


def test_style_restores_every_setting_even_after_an_error():
    before = dict(matplotlib.rcParams)
    with pytest.raises(ZeroDivisionError), style():
        assert matplotlib.rcParams["font.size"] == SETTINGS["font.size"]
        raise ZeroDivisionError
    assert dict(matplotlib.rcParams) == before


def test_style_leaves_settings_alone_that_it_does_not_list():
    with style(), matplotlib.rc_context():
        changed = {key for key in matplotlib.rcParams if matplotlib.rcParams[key] != matplotlib.rcParamsDefault[key]}
    assert changed - {"backend", "backend_fallback"} <= set(SETTINGS)


def test_entering_twice_registers_each_font_once():
    with style(), style():
        weights = [font.weight for font in fontManager.ttflist if font.name == FONTS[0]]
    assert sorted(weights) == [400, 700]


@pytest.mark.parametrize("colour", TEXT_COLOURS.values(), ids=TEXT_COLOURS)
def test_text_is_readable_on_white(colour):
    assert contrast(colour, "white") >= 7


@pytest.mark.parametrize("colour", BAR_COLOURS.values(), ids=BAR_COLOURS)
def test_a_bar_stands_out_from_white(colour):
    assert contrast(colour, "white") >= 3


@pytest.mark.parametrize("pair", NEIGHBOURS.values(), ids=NEIGHBOURS)
def test_neighbours_differ_in_brightness_so_that_a_copy_in_grey_can_be_read(pair):
    assert contrast(*pair) >= 2.9


@pytest.mark.parametrize("deficiency", [None, *MACHADO_2009])
@pytest.mark.parametrize("pair", list(combinations([MAIN, ACCENT, GOOD, WARNING, TRACK], 2)))
def test_colours_of_two_purposes_are_told_apart_with_any_colour_vision(pair, deficiency):
    assert difference(*pair, deficiency) > 20
