"""What the pages ask bgdata for, of a package that is open."""

from typing import NamedTuple

from bgdata.package.observations import read
from bgdata.rules.checks import evaluate
from bgdata.rules.comparison import compare
from bgdata.voice import translate


class Key(NamedTuple):
    indicator: str
    category: str = ""

    @classmethod
    def parse(cls, text):
        indicator, _, category = text.rstrip("]").partition("[")
        return cls(indicator, category)

    @classmethod
    def of(cls, row):
        return cls(row["indicator"], row["category"])

    @property
    def anchor(self):
        return ".".join(filter(None, self))

    def __str__(self):
        return f"{self.indicator}[{self.category}]" if self.category else self.indicator


def loaded(package, period, lang):
    return read(package, [period], package.indicators_of(), lang=lang, expected=True).to_dict("records")


def checked(package, period, lang):
    return evaluate(period.code, lang=lang)


def compared(package, period, lang, base=None):
    return compare(list(package.indicators), period=period.code, base_period=base, lang=lang).to_dict("records")


def written(text, lang):
    return text if lang == "vi" else translate(text, lang) if text else ""
