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
from matplotlib.textpath import TextToPath

from bgdata.show.style import FONTS, register_fonts

SPACES = re.compile("([ \u00a0]+)")  # no font of ours moves letters beside them
UNHINTED = LoadFlags.NO_HINTING
UPRIGHT = [[0x10000, 0], [0, 0x10000]]
OUTLINED = 64 * 100  # size of the outlines that Matplotlib writes
EM = 1000  # of texts that are shaped: sizes at which nothing of the first font is rounded


@cache
def face(bold=False):
    """Return the font, with those behind it that have the letters it lacks."""
    register_fonts()
    wanted = FontProperties(family=FONTS, weight="bold" if bold else "normal")
    return get_font(fontManager._find_fonts_by_props(wanted))


@cache
def _advance(font, glyph):
    """Return how far a glyph moves the pen, in the units of its font."""
    font.set_size(EM, 72)
    return round(font.load_glyph(glyph, flags=UNHINTED).linearHoriAdvance / 65536 * font.units_per_EM / EM)


@lru_cache(maxsize=20_000)
def _word(text, bold):
    """Return the glyphs of a word: font, glyph, and how much nearer to the glyph before than that leaves room for."""
    font = face(bold)
    font.set_size(EM, 72)
    return [
        (item.ft_object, item.glyph_index, round(item.prev_kern * item.ft_object.units_per_EM / EM))
        for item in font._layout(text, flags=UNHINTED)
    ]


@lru_cache(maxsize=20_000)
def _steps(text, bold):
    """Return the glyphs of a text: font, glyph, kerning before it, its own advance."""
    return [
        (font, glyph, kern, _advance(font, glyph))
        for word in SPACES.split(text)
        for font, glyph, kern in (_word(word, bold) if word else ())
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
    list of (FT2Font, int, float)
        Font, glyph, and distance from the start of the text in pixels.
    float
        Pixels.

    Examples
    --------
    >>> glyphs, width = placed("884", False, 64 * 10)
    >>> [x < width for _, _, x in glyphs], placed("", True, 64)
    ([True, True, True], ([], 0.0))
    """
    glyphs, pen = [], 0
    for font, glyph, kern, advance in _steps(text, bold):
        pen += (kern * (scale << 16) // font.units_per_EM + 0x8000) >> 16  # as HarfBuzz rounds
        glyphs.append((font, glyph, pen / 64))
        pen += (round(advance * round((scale << 16) / font.units_per_EM) / 64) + 0x200) >> 10  # as FreeType does
    return glyphs, pen / 64


def _is_bold(font):
    return font.get_weight() == "bold"


class PixelRenderer(RendererAgg):
    """Draws texts as pixels."""

    def _scale(self, font):
        return round(font.get_size_in_points() * 64 * self.dpi / 72)

    def get_text_width_height_descent(self, text, font, ismath):
        return placed(text, _is_bold(font), self._scale(font))[1], font.get_size_in_points(), 0

    def draw_text(self, gc, x, y, text, font, angle, ismath=False, mtext=None):
        up, draw, used, height = round(64 * (self.height - y)), self._renderer.draw_text_image, None, int(self.height)
        for glyphs, glyph, along in placed(text, _is_bold(font), self._scale(font))[0]:
            if glyphs is not used:
                used = glyphs
                glyphs.set_size(font.get_size_in_points(), self.dpi)
            glyphs._set_transform(UPRIGHT, [round(64 * (x + along)), up])
            bitmap = glyphs._render_glyph(glyph, UNHINTED, RenderMode.NORMAL)
            buffer = bitmap.buffer
            draw(buffer, bitmap.left, height - bitmap.top + buffer.shape[0], 0, gc)


class _Outlines(TextToPath):
    """Tells how to draw texts as paths."""

    def get_text_width_height_descent(self, text, font, ismath):
        size = font.get_size_in_points()
        return placed(text, _is_bold(font), OUTLINED)[1] * (size / self.FONT_SCALE), size, 0

    def _get_font(self, font):
        return face(_is_bold(font))

    def get_glyphs_with_font(self, font, text, glyph_map, return_new_glyphs_only=True, **_):
        known, new, found = glyph_map, {}, []
        for glyphs, glyph, along in placed(text, font is face(True), OUTLINED)[0]:
            name, path = _outline(glyphs, glyph)
            found.append((name, along, 0.0, 1.0))
            if name not in known:
                new[name] = path
        return found, new, []


@cache
def _outline(font, glyph):
    """Return a name for a glyph, and its path."""
    font.set_size(TextToPath.FONT_SCALE, 72)
    font.load_glyph(glyph, flags=UNHINTED)
    return outlines._get_glyph_repr(font, glyph), font.get_path()


outlines = _Outlines()


class VectorRenderer(RendererSVG):
    """Draws texts as paths."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._text2path = outlines
