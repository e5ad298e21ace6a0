"""The typeface of the figures for the pages: beside them, or inside the one file."""

import io
from functools import cache
from pathlib import Path

import fontpkg_be_vietnam_pro
from fontTools.ttLib import TTFont

from bgtools.site.links import data_address

WEIGHTS = {400: "BeVietnamPro-Regular", 700: "BeVietnamPro-Bold"}
FACE = (
    '@font-face {{ font-family: "Be Vietnam Pro"; font-weight: {weight}; font-display: swap; '
    'src: url("{address}") format("woff"); }}\n'
)


@cache
def woff():
    """Return the compressed fonts by the name of their file.

    Examples
    --------
    >>> sorted(woff())
    ['BeVietnamPro-Bold.woff', 'BeVietnamPro-Regular.woff']
    """
    folder, made = Path(fontpkg_be_vietnam_pro.__file__).parent / "files", {}
    for name in WEIGHTS.values():
        font, file = TTFont(folder / f"{name}.ttf", recalcTimestamp=False), io.BytesIO()
        font.flavor = "woff"
        font.save(file)
        made[f"{name}.woff"] = file.getvalue()
    return made


def linked():
    """Return the style that loads the fonts from beside it."""
    return "".join(FACE.format(weight=weight, address=f"{name}.woff") for weight, name in WEIGHTS.items())


def inline():
    """Return the style that holds the fonts."""
    return "".join(
        FACE.format(weight=weight, address=data_address("font/woff", woff()[f"{name}.woff"]))
        for weight, name in WEIGHTS.items()
    )
