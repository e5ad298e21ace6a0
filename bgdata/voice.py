"""Say things to people in their language: messages that know what they are about, and the catalogues behind them.

A message is put into words when it is shown, never before. Its text is the key of the gettext catalogues in `locale/`:
English in code, Vietnamese in notebooks; where a catalogue lacks it, the text itself is said. `make messages` extracts
and compiles. Nothing is decided or computed here.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Any

LANGUAGES = ("vi", "en")
LOCALE = Path(__file__).parent / "locale"

_speech: ContextVar[str | None] = ContextVar("speech", default=None)


class Message:
    """A sentence, or a part of one, with the values that it is about.

    Parameters
    ----------
    text : str
        With places for values: ``"{path} cannot be read ({why})."``. Without values it is said as it stands.
    **values
        Texts, numbers, messages, or lists of them, which are parted by commas.

    Examples
    --------
    >>> said = Message("no data")
    >>> said.to("en"), said.to("vi")
    ('no data', 'chưa có số liệu')
    """

    plural: str | None = None

    def __init__(self, text: str, /, **values: object):
        self.text, self.values = text, values

    def to(self, lang: str) -> str:
        """Put the message into words of a language, "vi" or "en"."""
        catalogue = _catalogue(lang)
        if self.plural:
            text = catalogue.ngettext(self.text, self.plural, self.values["count"])
        else:
            text = catalogue.gettext(self.text)
        return (
            text.format_map({name: _words(value, lang) for name, value in self.values.items()}) if self.values else text
        )

    def __str__(self) -> str:
        return self.to(language())

    def __repr__(self) -> str:
        return f"Message({self.to('en')!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash(self._parts())

    def _parts(self) -> tuple:
        return self.text, self.plural, tuple((name, str(value)) for name, value in self.values.items())


def counted(one: str, other: str, /, **values: object) -> Message:
    """Make a message whose text depends on the number ``count`` among its values.

    Examples
    --------
    >>> counted("{count} fault.", "{count} faults.", count=2).to("en")
    '2 faults.'
    """
    message = Message(one, **values)
    message.plural = other
    return message


class Joined(Message):
    """Several messages as one, with a text or a message between them.

    Examples
    --------
    >>> Joined(" ", [Message("no data"), "?"]).to("vi")
    'chưa có số liệu ?'
    """

    def __init__(self, between: "str | Message", parts):
        super().__init__("", between=between, parts=list(parts))

    def to(self, lang: str) -> str:
        return str(_words(self.values["between"], lang)).join(str(_words(part, lang)) for part in self.values["parts"])


class Bilingual(Message):
    """A text of the data package, which its files hold in both languages.

    Parameters
    ----------
    row : mapping
        With ``<column>_vi`` and ``<column>_en``.
    column : str

    Examples
    --------
    >>> Bilingual({"label_vi": "Bưu chính", "label_en": "Post"}, "label").to("en")
    'Post'
    """

    def __init__(self, row: Mapping[str, Any], column: str):
        super().__init__("", **{lang: row[f"{column}_{lang}"] for lang in LANGUAGES})

    def to(self, lang: str) -> str:
        return self.values[lang]


def translate(text: str, lang: str, values: Mapping[str, Any] | None = None) -> str:
    """Say a text of the catalogues in a language; see :class:`Message`.

    Examples
    --------
    >>> translate("no data", "vi")
    'chưa có số liệu'
    """
    return Message(text, **(values or {})).to(lang)


def language() -> str:
    """Return the language that people are spoken to in: the one that was set, else that of the locale."""
    return _speech.get() or locale_language()


@contextmanager
def speaking(lang: str | None) -> Iterator[None]:
    """Speak a language within a ``with`` block; None leaves it as it was.

    Examples
    --------
    >>> with speaking("vi"):
    ...     print(Message("no data"))
    chưa có số liệu
    """
    before = _speech.set(lang or _speech.get())
    try:
        yield
    finally:
        _speech.reset(before)


def locale_language(environ: Mapping[str, str] = os.environ) -> str:
    """Return "vi" where the locale is Vietnamese, else "en".

    Examples
    --------
    >>> locale_language({"LANG": "vi_VN.UTF-8"}), locale_language({"LC_ALL": "C", "LANG": "vi_VN"})
    ('vi', 'en')
    """
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return "vi" if locale.startswith("vi") else "en"


@cache
def _catalogue(lang: str) -> NullTranslations:
    return translation("bgdata", LOCALE, [lang], fallback=True)


def _words(value: Any, lang: str) -> Any:
    if isinstance(value, Message):
        return value.to(lang)
    if isinstance(value, list | tuple):
        return ", ".join(str(_words(one, lang)) for one in value)
    return value
