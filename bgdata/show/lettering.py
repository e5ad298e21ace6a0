"""Shape each text once: which glyphs it consists of and where each stands, whatever it is measured or drawn at.

Matplotlib shapes a text anew whenever it is measured and for each format that it is drawn in. Unhinted glyphs advance
in proportion to the size but for rounding to 1/64 of a pixel, so one shaping in the font's own units tells all of it:
texts stand where Matplotlib alone would put them. They have one line, no mathematics, and stand on their baseline.
"""

import re
from functools import cache, lru_cache

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.ft2font import LoadFlags, RenderMode
from matplotlib.text import Text
from matplotlib.textpath import TextToPath

from bgdata.show.style import FONTS, register_fonts

SPACES = re.compile("([ \u00a0]+)")  # no font of ours moves letters beside them
UNHINTED = LoadFlags.NO_HINTING
UPRIGHT = [[0x10000, 0], [0, 0x10000]]
OUTLINED = 64 * 100  # size of the outlines that Matplotlib writes
BEFORE = {"left": 0, "center": 0.5, "right": 1}  # how much of a line stands before its place
EM = 1000  # of texts that are shaped: sizes at which nothing of the first font is rounded


@cache
def _files(bold):
    """Return the files of the font, and of those behind it that have the letters it lacks.

    Fonts are kept by file: an open one that two forked processes read would mix up their places in the file, and
    Matplotlib opens it anew in each.
    """
    register_fonts()
    return tuple(fontManager._find_fonts_by_props(_properties(bold)))


def _properties(bold):
    plain = {"style": "normal", "variant": "normal", "stretch": "normal"}  # whatever a person's matplotlibrc says
    return FontProperties(family=FONTS, weight="bold" if bold else "normal", **plain)


@cache
def _advance(file, glyph):
    """Return how far a glyph moves the pen, and how long an em is, in the units of its font."""
    font = get_font(file)
    font.set_size(EM, 72)
    along = font.load_glyph(glyph, flags=UNHINTED).linearHoriAdvance
    return round(along / 65536 * font.units_per_EM / EM), font.units_per_EM


@lru_cache(maxsize=20_000)
def _word(text, bold, scale):
    """Return the glyphs of a word as :func:`placed` does, in 1/64 pixels, and how wide it is."""
    glyphs, pen = [], 0
    for file, glyph, kern, along, em in _shaped(text, bold):
        pen += (kern * (scale << 16) // em + 0x8000) >> 16  # as HarfBuzz rounds
        glyphs.append((file, glyph, pen))
        pen += (round(along * round((scale << 16) / em) / 64) + 0x200) >> 10  # as FreeType does
    return glyphs, pen


@lru_cache(maxsize=20_000)
def _shaped(text, bold):
    """Return the glyphs of a word: font, glyph, how much nearer to the glyph before than that leaves room for, advance
    and length of the em."""
    font = get_font(_files(bold))
    font.set_size(EM, 72)
    found = [(one.ft_object.fname, one.glyph_index, one.prev_kern) for one in font._layout(text, flags=UNHINTED)]
    measures = [_advance(file, glyph) for file, glyph, _ in found]
    return [
        (file, glyph, round(kern * em / EM), along, em) for (file, glyph, kern), (along, em) in zip(found, measures)
    ]


@lru_cache(maxsize=20_000)
def placed(text, bold, scale):
    """Return where the glyphs of a text stand, and how wide it is.

    Parameters
    ----------
    text : str
    bold : bool
    scale : int
        How many 1/64 pixels an em has.

    Returns
    -------
    list of (str, int, float)
        File of the font, glyph, and distance from the start of the text in pixels.
    float
        Pixels.

    Examples
    --------
    >>> glyphs, width = placed("884", False, 64 * 10)
    >>> [x < width for _, _, x in glyphs], placed("", True, 64)
    ([True, True, True], ([], 0.0))
    """
    glyphs, pen = [], 0
    for word in filter(None, SPACES.split(text)):
        letters, along = _word(word, bold, scale)
        glyphs += [(file, glyph, (pen + x) / 64) for file, glyph, x in letters]
        pen += along
    return glyphs, pen / 64


def width(text, bold, scale):
    """Return how wide a text is, in pixels, as :func:`placed` does."""
    return sum(_word(word, bold, scale)[1] for word in SPACES.split(text) if word) / 64


def _is_bold(font):
    return font.get_weight() == "bold"


class PixelRenderer(RendererAgg):
    """Draws texts as pixels."""

    def _scale(self, font):
        return round(font.get_size_in_points() * 64 * self.dpi / 72)

    def get_text_width_height_descent(self, text, font, ismath):
        return placed(text, _is_bold(font), self._scale(font))[1], font.get_size_in_points(), 0

    def draw_text(self, gc, x, y, text, font, angle, ismath=False, mtext=None):
        up, draw, fonts, height = round(64 * (self.height - y)), self._renderer.draw_text_image, {}, int(self.height)
        for file, glyph, along in placed(text, _is_bold(font), self._scale(font))[0]:
            if file not in fonts:
                fonts[file] = get_font(file)
                fonts[file].set_size(font.get_size_in_points(), self.dpi)
            fonts[file]._set_transform(UPRIGHT, [round(64 * (x + along)), up])
            bitmap = fonts[file]._render_glyph(glyph, UNHINTED, RenderMode.NORMAL)
            buffer = bitmap.buffer
            draw(buffer, bitmap.left, height - bitmap.top + buffer.shape[0], 0, gc)


class Line(Text):
    """One line of text, upright and on its baseline: how wide it is says where it stands."""

    @classmethod
    def of(cls, text):
        """Have a text of Matplotlib's drawn as a line; returns it."""
        text.__class__ = cls
        return text

    def draw(self, renderer):
        """Draw as Matplotlib does, which lays out a box of several lines first."""
        if not isinstance(renderer, PixelRenderer | VectorRenderer) or self._changed:
            super().draw(renderer)
        elif self.get_visible() and self._text:
            self._draw(renderer)

    @property
    def _changed(self):
        """bool: somebody has made more of it than such a line."""
        beyond = (
            self._rotation,
            self._alpha,
            self._bbox_patch,
            self._path_effects,
            self._url,
            self._usetex,
            self._clipon,
        )
        return any(beyond) or self._verticalalignment != "baseline" or "\n" in self._text

    def _draw(self, renderer):
        font, text = self._fontproperties, self._preprocess_math(self._text)[0]
        x, y = self.get_transform().transform((self._x, self._y))
        x -= renderer.get_text_width_height_descent(text, font, False)[0] * BEFORE[self._horizontalalignment]
        gc = renderer.new_gc()
        gc.set_foreground(self._color)
        renderer.open_group("text", self.get_gid())
        renderer.draw_text(gc, x, renderer.height - y, text, font, 0.0, mtext=self)
        renderer.close_group("text")
        gc.restore()


class _Outlines(TextToPath):
    """Tells how to draw texts as paths."""

    def get_text_width_height_descent(self, text, font, ismath):
        size = font.get_size_in_points()
        return placed(text, _is_bold(font), OUTLINED)[1] * (size / self.FONT_SCALE), size, 0

    def _get_font(self, font):
        return _is_bold(font)  # all that `get_glyphs_with_font` is to know of it

    def get_glyphs_with_font(self, bold, text, glyph_map, return_new_glyphs_only=True, **_):
        new, found = {}, []
        for file, glyph, along in placed(text, bold, OUTLINED)[0]:
            name, path = _outline(file, glyph)
            found.append((name, along, 0.0, 1.0))
            if name not in glyph_map:
                new[name] = path
        return found, new, []


@cache
def _outline(file, glyph):
    """Return a name for a glyph, and its path."""
    font = get_font(file)
    font.set_size(TextToPath.FONT_SCALE, 72)
    font.load_glyph(glyph, flags=UNHINTED)
    return outlines._get_glyph_repr(font, glyph), font.get_path()


outlines = _Outlines()


class VectorRenderer(RendererSVG):
    """Draws texts as paths."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._text2path = outlines
