"""What the pages ask bgdata for, of a package that is open."""

from bgdata.rules import evaluate
from bgdata.rules.comparison import compare
from bgdata.rules.load import loaded as rows_of
from bgdata.voice import translate


def loaded(package, period, lang):
    return rows_of(package, period=period.code, lang=lang, expected=True).to_dict("records")


def checked(package, period, lang):
    return evaluate(period.code, lang=lang)


def compared(package, period, lang, base=None):
    return compare(list(package.indicators), period=period.code, base_period=base, lang=lang).to_dict("records")


def written(text, lang):
    return text if lang == "vi" else translate(text, lang) if text else ""
