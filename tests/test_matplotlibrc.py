"""A person's own matplotlibrc changes no byte of a figure that is drawn in the house style."""

import io
import shutil
from contextlib import suppress
from enum import EnumType

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib import rcsetup
from matplotlib.font_manager import FontEntry, findfont, fontManager

import bgdata as bg
from bgdata.show import lettering, measure
from bgdata.show.style import FONTS, HOUSE, SETTINGS, WINDOWS, register_fonts, style

DEFAULTS = dict(matplotlib.rcParamsDefault)
VALUES = ["bold", 42, 1.5, True, False, 3, "red", "serif", "x", "--", "landscape", "both", "top", None, 2, 0.3, "-",
          [-3, 2], (3, 2), [5, 2, 1, 2], (1, 2, 3), "tight", "ghostscript", "xpdf", "None", "toolmanager",
          matplotlib.cycler(color=["r", "g"])]  # fmt: skip
FIXED = {"backend", "backend_fallback"}  # chosen once for a process


def another(key):
    """A valid value of a setting that the house style does not have."""
    check = rcsetup._validators[key]
    for value in [*getattr(check, "valid", []), *(check if isinstance(check, EnumType) else []), *VALUES]:
        with suppress(Exception):
            if str(check(value)) != str(check(HOUSE.get(key, DEFAULTS[key]))):
                return value
    raise LookupError(key)


CHANGED = {key: another(key) for key in DEFAULTS if key not in FIXED}


def drawn(entered):
    """The bytes of a small figure, as SVG and as pixels, drawn and saved within a style."""
    with entered:
        fig, ax = plt.subplots(figsize=(2, 1.5))
        ax.plot([-1, 2, 3e6], [1, -3, 2], "o--", label="một")
        ax.bar([1, 2], [2, 3], yerr=1)
        ax.set(title="Trạm $BTS$", xlabel="kỳ", ylabel="trạm")
        ax.legend()
        svg = io.BytesIO()
        fig.savefig(svg, format="svg", metadata={"Date": None})
        fig.canvas.draw()
        pixels = np.asarray(fig.canvas.buffer_rgba()).tobytes()
        plt.close(fig)
    return svg.getvalue(), pixels


@pytest.fixture(scope="module")
def undisturbed():
    return drawn(style())


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("key", CHANGED)
def test_no_setting_changes_a_figure_that_is_drawn_in_the_style(key, undisturbed):
    with matplotlib.rc_context({key: CHANGED[key]}):
        assert drawn(style()) == undisturbed


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("key", ["lines.antialiased", "axes.xmargin", "xtick.direction", "font.weight"])
def test_a_setting_that_leaks_would_be_seen(key, undisturbed):
    with matplotlib.rc_context({key: CHANGED[key]}):
        assert drawn(matplotlib.rc_context(SETTINGS)) != undisturbed


def forget():
    """Let everything be measured anew."""
    for kept in [*vars(lettering).values(), measure.text_width]:
        getattr(kept, "cache_clear", lambda: None)()


def saved():
    """The bytes of all files of a chart."""
    stations = bg.breakdown(bg.load("telecom", period="2024-S1"), "telecom.bts")
    ax = bg.charts.ordered_bars(stations, title="Trạm BTS")
    figure = bg.save_figure(ax.figure, "telecom-bts", caption="Trạm BTS.", source=bg.source("2024-S1"))
    return {path: path.read_bytes() for path in figure.folder.rglob("telecom-bts*")}


@pytest.mark.filterwarnings("ignore")
def test_all_settings_at_once_change_no_file_of_a_saved_chart(figures):
    chart = saved()
    with matplotlib.rc_context(CHANGED):
        forget()
        shutil.rmtree(figures)
        assert (saved(), len(chart)) == (chart, 5)


@pytest.mark.filterwarnings("ignore")
def test_all_settings_at_once_change_no_width_that_is_measured():
    texts = ("Trạm BTS", "12.345 tỷ", "₫ → ✓")
    widths = [measure.text_width(text) for text in texts]
    with matplotlib.rc_context(CHANGED):
        forget()
        assert [measure.text_width(text) for text in texts] == widths


def test_the_settings_of_windows_stay_those_of_the_person():
    with matplotlib.rc_context({"keymap.save": ["q"]}), style():
        assert matplotlib.rcParams["keymap.save"] == ["q"]
    assert {key for key in SETTINGS if key.startswith(WINDOWS)} == set()


def test_a_font_of_the_same_name_in_the_home_folder_is_not_taken(monkeypatch):
    other = FontEntry(fname="/home/a/.fonts/BeVietnamPro-Regular.ttf", name=FONTS[0], weight=400)
    monkeypatch.setattr(fontManager, "ttflist", [other, *fontManager.ttflist])
    register_fonts.__wrapped__()
    assert findfont(FONTS[0]) != other.fname
