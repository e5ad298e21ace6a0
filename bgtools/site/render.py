"""Fill the templates: everything that comes from data is escaped there, what is HTML already says so itself.

Pages load nothing but what lies beside them, and run no script but ours: each says so in its Content-Security-Policy.
"""

import base64
import hashlib
import io
import re
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import fontpkg_be_vietnam_pro
from fontTools.ttLib import TTFont
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bgdata.voice import Message, counted
from bgtools.site.clean import loose, tied
from bgtools.site.links import data_address

WEIGHTS = {400: "BeVietnamPro-Regular", 700: "BeVietnamPro-Bold"}
FACE = (
    '@font-face {{ font-family: "Be Vietnam Pro"; font-weight: {weight}; font-display: swap; '
    'src: url("{address}") format("woff"); }}\n'
)
POLICY = (
    "default-src 'none'; script-src {script}; style-src {style}; img-src {own} data:; font-src {own} data:; "
    "base-uri 'none'; form-action 'none'"
)
BESIDE = POLICY.format(script="'self'", style="'self'", own="'self'")
LONG = re.compile(r"\S{40}")


def filled(template, **values):
    """Fill a template, in the language that is spoken."""
    return _templates().get_template(template).render(values)


def policy(styles=(), scripts=()):
    """Return the policy of a page that holds its styles and scripts: these run, and no others.

    Examples
    --------
    >>> policy(["b {}"], []).split("; ")[:3]
    ["default-src 'none'", "script-src 'none'", "style-src 'sha256-zy87ZYlZV4kMyp51wB+3ABJeEclAGRFupKDmlDS9DAw='"]
    """
    allowed = [" ".join(map(_hash, texts)) or "'none'" for texts in (scripts, styles)]
    return POLICY.format(script=allowed[0], style=allowed[1], own="").replace("  ", " ")


def static(name):
    """Return the text of a file that pages load."""
    return (files("bgtools.site") / "static" / name).read_text(encoding="utf-8")


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


def faces(*, inside):
    """Return the style that loads the typeface of the figures: from files beside it, or from inside it."""
    return "".join(
        FACE.format(
            weight=weight,
            address=data_address("font/woff", woff()[f"{name}.woff"]) if inside else f"{name}.woff",
        )
        for weight, name in WEIGHTS.items()
    )


def capital(text):
    """Return a text with its first letter as a capital.

    Examples
    --------
    >>> capital("số liệu"), capital("")
    ('Số liệu', '')
    """
    text = str(text)
    return text[:1].upper() + text[1:]


def day(moment, lang):
    """Write a day for readers.

    Examples
    --------
    >>> from datetime import date
    >>> day(date(2024, 7, 5), "vi"), day(date(2024, 7, 5), "en")
    ('05/7/2024', '5 July 2024')
    """
    return f"{moment:%d}/{moment.month}/{moment.year}" if lang == "vi" else f"{moment.day} {moment:%B %Y}"


def clock(moment, lang):
    """Write a moment for readers, to the minute.

    Examples
    --------
    >>> from datetime import datetime
    >>> clock(datetime(2024, 7, 5, 8, 30), "vi"), clock(datetime(2024, 7, 5, 8, 30), "en")
    ('08:30 ngày 05/7/2024', '5 July 2024, 08:30')
    """
    return f"{moment:%H:%M} ngày {day(moment, lang)}" if lang == "vi" else f"{day(moment, lang)}, {moment:%H:%M}"


def named(text):
    """Return a name from the data: its direction is its own, and a word without end breaks before it leaves its column.

    Examples
    --------
    >>> named("a < b"), named("x" * 50)[:22]
    (Markup('<bdi>a &lt; b</bdi>'), Markup('<bdi class="long">xxxx'))
    """
    kind = Markup(' class="long"') if LONG.search(str(text)) else ""
    return Markup("<bdi{}>{}</bdi>").format(kind, tied(str(text)))


def _hash(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _say(text, /, **values):
    return str(Message(text, **values))


def _count(one, other, count):
    return str(counted(one, other, count=count))


@cache
def _templates():
    environment = Environment(
        loader=PackageLoader("bgtools.site"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals |= {"_": _say, "ngettext": _count, "version": version("bgdata"), "beside": BESIDE}
    environment.filters |= {"capital": capital, "named": named, "loose": loose}
    return environment
