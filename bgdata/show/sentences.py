"""Sentences made from values: titles, answers and source lines.

A sentence is written only when every value in it is there and its condition holds; what is missing is named.
"""

import html
import math
from string import Formatter

import pandas as pd

from bgdata.errors import BgdataError
from bgdata.notation.formats import format_number
from bgdata.notation.periods import Period
from bgdata.package import reads
from bgdata.package.datapackage import Package, check_lang
from bgdata.package.key import Key
from bgdata.package.text import NO_DATA, direction_text, growth_text, percent_text, value_text

ROW_FORMS = ("n", "label")
NUMBER_FORMS = {"%": percent_text, "+%": growth_text, "d": direction_text}


class Say:
    """A sentence in both languages that holds under a condition; made by :func:`say`."""

    def __init__(self, vi, en, when):
        self.texts = {"vi": vi, "en": en}
        self.when = bool(when)


def say(vi, en, when=True):
    """State a sentence in both languages, to be written by :func:`answer` or :func:`title`.

    Parameters
    ----------
    vi, en : str
        With places for values: ``{telecom.bts}`` and ``{telecom.bts[2G]}`` are numbers of the frame, ``{telecom.bts:n}``
        the same without unit and words, ``{name}`` a value given by keyword: a text, a row (``{name:label}`` is its
        label) or a number, which takes ``:%`` (percent), ``:+%`` (with sign), ``:d`` (tăng, giảm, không đổi) its
        decimals (``:1``) or its unit (``:VND``). ``{period}`` and ``{year_before}`` are the frame's period and the one a year before.
    when : bool
        The sentence is left out where this is false.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.say("Số trạm là {telecom.bts:n}.", "There are {telecom.bts:n} stations.").texts["vi"]
    'Số trạm là {telecom.bts:n}.'
    """
    return Say(vi, en, when)


def answer(frame, *says, lang="vi", **values):
    """Write the sentences that the values support, and name the values that are missing.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`load` for one period.
    *says : Say
    lang : {"vi", "en"}
    **values
        Texts, rows or numbers for ``{name}``; None and NaN are missing.

    Returns
    -------
    Answer
        Shows itself as Markdown.

    Examples
    --------
    >>> import bgdata as bg
    >>> frame = bg.load("telecom", period="2024-S1", lang="en")
    >>> bg.answer(frame, bg.say("Có {telecom.bts[4G]:n} trạm.", "There are {telecom.bts[4G]:n} stations."), lang="en")
    There are 1,647 stations.
    """
    check_lang(lang)
    written, missing = [], {}
    for sentence in says:
        if sentence.when:
            text, gaps = _fill(sentence.texts[lang], frame, values, lang)
            missing |= gaps
            if not gaps:
                written.append(text)
    if missing:
        named = "; ".join(filter(None, missing))
        written.append(NO_DATA.to(lang).capitalize() + (f": {named}." if named else "."))
    nothing = {
        "vi": "Số liệu của kỳ này không cho phép kết luận.",
        "en": "The numbers of this period allow no conclusion.",
    }
    return Answer(" ".join(written) or nothing[lang])


def title(frame, *says, lang="vi", **values):
    """Return the first sentence that the values support, for the title of a figure.

    Returns
    -------
    str
        ``"Chưa có số liệu"`` where none is supported.

    Examples
    --------
    >>> import bgdata as bg
    >>> frame = bg.load("telecom", period="2024-S1")
    >>> says = bg.say("Tăng.", "Up.", when=False), bg.say("{telecom.bts:n} trạm", "{telecom.bts:n} stations")
    >>> bg.title(frame, *says)
    '3.775 trạm'
    """
    check_lang(lang)
    for sentence in says:
        if sentence.when:
            text, gaps = _fill(sentence.texts[lang], frame, values, lang)
            if not gaps:
                return text
    return NO_DATA.to(lang).capitalize()


def source(period, lang="vi"):
    """Return the name of the report that a period's observations come from.

    Examples
    --------
    >>> source("2024-S1")
    'Sở Thông tin và Truyền thông tỉnh Bắc Giang, Báo cáo sơ kết công tác 6 tháng đầu năm 2024'
    """
    package = Package.open()
    check_lang(lang)
    reads.record("periods.csv", period=str(period))
    return package.periods[package.period(period)][f"source_{lang}"]


class Answer:
    """A paragraph written from values; shows itself as Markdown."""

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text

    def _repr_markdown_(self):
        return html.escape(self.text, quote=False)


class _Filler(Formatter):
    """Format a sentence whose places name observations; collects the labels of what is missing."""

    def __init__(self, rows, lang):
        self.rows, self.lang, self.missing = rows, lang, {}

    def get_field(self, name, args, kwargs):
        if name in kwargs:
            found = kwargs[name]
            if isinstance(found, pd.DataFrame):
                found = found.iloc[0] if len(found) else None
            return ("", found), name
        package = Package.open()
        key = package.key(name)
        return (package.label(key.indicator, key.category, self.lang), self.rows.get(key)), name

    def format_field(self, named, spec):
        name, found = named
        if isinstance(found, str):
            return found
        if found is None:
            text = NO_DATA.to(self.lang)
        else:
            text = self._row(found, spec) if hasattr(found, "keys") else self._number(found, spec)
        if text == NO_DATA.to(self.lang):
            self.missing[name] = None
        return text

    def _row(self, row, form):
        if form in NUMBER_FORMS:
            return NUMBER_FORMS[form](row["value"], self.lang)
        if form and form not in ROW_FORMS:
            raise _unknown_form(form, ROW_FORMS)
        return row["label"] if form == "label" else value_text(row, self.lang, unit=form != "n", words=form != "n")

    def _number(self, number, form):
        if form in NUMBER_FORMS:
            return NUMBER_FORMS[form](number, self.lang)
        if form in Package.open().units:
            return value_text({"value": number, "unit": form}, self.lang)
        if form and not form.isdigit():
            raise _unknown_form(form, [*NUMBER_FORMS, "1", "VND"])
        if math.isnan(number):
            return NO_DATA.to(self.lang)
        return format_number(number, decimals=int(form) if form else None, lang=self.lang)


def _unknown_form(form, known):
    return BgdataError(f'":{form}" is not a form that a value is written in; use one of :{" :".join(known)}.')


def _fill(text, frame, values, lang):
    if frame["period"].nunique() > 1:
        raise BgdataError("A sentence needs the rows of one period; select them first.")
    rows = {Key.of(row): row for row in frame.to_dict("records")}
    filler = _Filler(rows, lang)
    try:
        return filler.vformat(text, (), _period_words(frame, lang) | values), filler.missing
    except ValueError as error:
        raise BgdataError(f'The sentence "{text}" cannot be read: {error}.') from None


def _period_words(frame, lang):
    if frame.empty:
        return {"period": None, "year_before": None}
    period = Period.parse(frame["period"].iloc[0])
    return {"period": period.label(lang), "year_before": period.year_before().label(lang)}
