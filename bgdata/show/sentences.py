"""Sentences made from values: titles, answers and source lines.

A sentence is written only when every value in it is there and its condition holds; what is missing is named, and one
with a disputed number carries its sign. Its Vietnamese text is the key: English comes from the
catalogue in `locale/en`.
"""

import html
import math
from collections.abc import Callable, Mapping
from string import Formatter

import pandas as pd

from bgdata.errors import BgdataError
from bgdata.notation import NBSP, Period, format_number
from bgdata.package import (
    NO_DATA,
    Package,
    base_text,
    check_lang,
    direction_text,
    growth_text,
    percent_text,
    reads,
    value_text,
)
from bgdata.package.selection import finder
from bgdata.rules import DISPUTED, SIGNS
from bgdata.rules.areas import rank_text
from bgdata.rules.comparison import compare
from bgdata.rules.derived import share
from bgdata.voice import Message

NUMBER_FORMS = {"%": percent_text, "+%": growth_text, "d": direction_text}
CHANGES = ("+%", "d")  # forms that say how a number changed
SIGNED = {
    "▲": Message("▲ Contradictory numbers: see the checks below."),
    "◇": Message("◇ Numbers that need clarification: see the checks below."),
}


class Say:
    """A sentence that holds under a condition; made by :func:`say`."""

    def __init__(self, text: str, when: bool, values: Mapping[str, object]):
        self.text, self.when, self.values = text, bool(when), values


def say(text: str, *, when: bool = True, **values: object) -> Say:
    """State a sentence, to be written by :func:`answer` or :func:`title`.

    Parameters
    ----------
    text : str
        In Vietnamese, with places for values:

        - ``{telecom.bts}``, ``{telecom.bts[2G]}``: numbers of the period; ``:n`` without unit and words.
        - ``{post.revenue:d}``, ``{post.revenue:+%}``: how it changed against the year before, in words (tăng, giảm,
          không đổi) or with a sign.
        - ``{telecom.bts[2G]/telecom.bts:%}``: what share one is of the other.
        - ``{telecom.bts:rank}``: which place its area has in a workspace (thứ 4 trong 34);
          ``:area``: the name of the area.
        - ``{name}``: a value given by keyword: a text, a row (``:label`` is its label, ``:name`` the same within a
          sentence) or a number, which takes ``:%`` (percent), ``:+%``, ``:d``, its decimals (``:1``) or its unit
          (``:VND``); ``:base`` is what a number is
          compared with, in the words of its own report.
        - ``{period}``, ``{year_before}``: the names of the period and of the one a year before.
    when : bool
        The sentence is left out where this is false.
    **values
        For ``{name}``; None and NaN are missing.

    Returns
    -------
    Say
        The sentence, not written yet: what is wrong with its places is said when it is.

    Examples
    --------
    >>> import bgdata as bg
    >>> telecom = bg.load("telecom", period="2024-S1")
    >>> bg.answer(telecom, bg.say("Số trạm là {telecom.bts:n}."), bg.say("Tất cả đều cũ.", when=False))
    Số trạm là 3.775.
    """
    return Say(text, when, values)


def answer(
    frame: pd.DataFrame, *says: Say | str, lang: str = "vi", package: Package | None = None, **values: object
) -> "Answer":
    """Write the sentences that the values support, and name the values that are missing.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`load` for one period.
    *says : Say or str
        Sentences, as :func:`say` takes them.
    lang : {"vi", "en"}
    package : Package, optional
        The one of the project at hand if left out.
    **values
        Texts, rows or numbers for ``{name}`` in any of the sentences.

    Returns
    -------
    Answer
        Shows itself as Markdown.

    Raises
    ------
    UnknownName
        A place names no indicator and no value.
    BgdataError
        A sentence cannot be read, or the frame holds several periods.

    Examples
    --------
    >>> import bgdata as bg
    >>> telecom = bg.load("telecom", period="2024-S1")
    >>> bg.answer(telecom, "Có {telecom.bts[4G]:n} trạm tại {place}.", place="Bắc Giang")
    Có 1.647 trạm tại Bắc Giang.
    """
    return Writer.of(frame, lang, package or Package.open()).answer(says, values)


def title(
    frame: pd.DataFrame, *says: Say | str, lang: str = "vi", package: Package | None = None, **values: object
) -> str:
    """Return the first sentence that the values support, for the title of a figure.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of :func:`load` for one period.
    *says : Say or str
        Sentences as :func:`say` takes them, the one that is wanted most first.
    lang : {"vi", "en"}
    package : Package, optional
        The one of the project at hand if left out.
    **values
        For ``{name}``; None and NaN are missing.

    Returns
    -------
    str
        ``"Chưa có số liệu"`` where none is supported.

    Raises
    ------
    UnknownName
        A place names no number that there is.
    BgdataError
        The rows are of several periods, or a place cannot be written.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.title(bg.load("telecom", period="2024-S1"), bg.say("Tăng", when=False), "{telecom.bts:n} trạm")
    '3.775 trạm'
    """
    return Writer.of(frame, lang, package or Package.open()).title(says, values)


def source(period: str, lang: str = "vi", *, package: Package | None = None) -> str:
    """Return the name of the report that a period's observations come from.

    Parameters
    ----------
    period : str
    lang : {"vi", "en"}
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    str
        Who wrote the report, and its title, as `data/periods.csv` has them.

    Raises
    ------
    UnknownName
        No such period.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.source("2024-S1")
    'Sở Thông tin và Truyền thông tỉnh Bắc Giang, Báo cáo sơ kết công tác 6 tháng đầu năm 2024'
    """
    check_lang(lang)
    package = package or Package.open()
    reads.record("periods.csv", period=str(period))
    return package.periods[package.period(period)][f"source_{lang}"]


class Answer:
    """A paragraph written from values; shows itself as Markdown."""

    def __init__(self, text: str):
        self.text = text

    def __repr__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        return html.escape(self.text, quote=False)


class Written(str):
    """A text whose places have been filled; braces in it are braces."""


class Writer:
    """Writes sentences about one period in one language.

    Parameters
    ----------
    package : Package
    lang : {"vi", "en"}
    period : Period or None
        None where there are no rows to tell it.
    find : callable
        Takes a Key; returns its row, None where there is none.
    """

    def __init__(self, package: Package, lang: str, period: Period | None, find: Callable):
        check_lang(lang)
        self.package, self.lang, self.find = package, lang, find
        self.words = {
            "period": period and period.label(lang),
            "year_before": period and period.year_before().label(lang),
        }

    @classmethod
    def of(cls, frame: pd.DataFrame, lang: str, package: Package) -> "Writer":
        """Make a writer that finds numbers in the rows of one period."""
        find, codes = finder(frame), frame["period"].unique()
        return cls(package, lang, Period.parse(codes[0]) if len(codes) else None, find)

    def answer(self, says, values) -> Answer:
        """Write the sentences that the values support, and name what is missing; see :func:`answer`."""
        written, missing = [], {}
        for sentence in map(_sentence, says):
            if sentence.when:
                text, gaps = self.fill(sentence, values)
                missing |= gaps
                if not gaps:
                    written.append(text)
        written += [SIGNED[sign].to(self.lang) for sign in SIGNED if any(sign in text for text in written)]
        for reason in dict.fromkeys(missing.values()):
            named = "; ".join(name for name in missing if name and missing[name] == reason)
            told = [named, reason] if reason else [NO_DATA.to(self.lang).capitalize(), named]
            written.append(": ".join(filter(None, told)).rstrip(".") + ".")
        return Answer(" ".join(written) or Message("The numbers of this period allow no conclusion.").to(self.lang))

    def title(self, says, values) -> Written:
        """Return the first sentence that the values support; see :func:`title`."""
        for sentence in map(_sentence, says):
            if sentence.when:
                text, gaps = self.fill(sentence, values)
                if not gaps:
                    return Written(text)
        return Written(NO_DATA.to(self.lang).capitalize())

    def fill(self, sentence, values):
        """Return the sentence in the language of the writer, its places filled, and what is missing: label to reason."""
        filler, text = _Filler(self), Message(sentence.text).to(self.lang) if sentence.text else ""
        try:
            said = filler.vformat(text, (), self.words | values | sentence.values)
            return signed(said, filler.verdicts), filler.missing
        except ValueError as error:
            raise BgdataError('The sentence "{text}" cannot be read: {why}.', text=text, why=error) from None


class _Filler(Formatter):
    """Format a sentence whose places name observations; collects what is missing: label to reason, "" for no number."""

    def __init__(self, writer):
        self.package, self.lang, self.find = writer.package, writer.lang, writer.find
        self.missing, self.verdicts = {}, set()

    def get_field(self, name, args, kwargs):
        if name in kwargs:
            return ("", _row_of(kwargs[name])), name
        keys = [self.package.key(one) for one in name.split("/")]
        rows = [self.find(key) for key in keys]
        if len(keys) == 1:
            return (self.package.label(keys[0].indicator, keys[0].category, self.lang), rows[0]), name
        known = [row for row in rows if row is not None and not math.isnan(row["lower"])]
        gaps = [key for key, row in zip(keys, rows) if not any(row is one for one in known)]
        named = "; ".join(self.package.label(key.indicator, key.category, self.lang) for key in gaps or keys)
        return (named, _row_of(share(pd.DataFrame(known), *keys, package=self.package)) if not gaps else None), name

    def format_field(self, named, form):
        name, found = named
        if isinstance(found, str):
            return found
        if found is None:
            text = NO_DATA.to(self.lang)
        else:
            text = self._row(found, form) if hasattr(found, "keys") else self._number(found, form)
        if text == NO_DATA.to(self.lang):
            row = found if hasattr(found, "keys") else {"label": name}
            row = self._compared(row) if form in CHANGES and "key" in row else row
            gone = math.isnan(row.get("lower", math.nan)) and "base" in row
            self.missing[row["label"]] = "" if gone else row.get("reason", "")
        return text

    def _row(self, row, form):
        if form in ("label", "name"):
            return row["label"] if form == "label" else within(row["label"])
        if form == "area":
            return self.package.name_of(row.get("area") or self.package.area, self.lang)
        if form == "rank":
            return rank_text(row, self.lang, package=self.package) or NO_DATA.to(self.lang)
        row = self._compared(row) if form in (*CHANGES, "base") else row
        self.verdicts |= {row.get("verdict"), row.get("base_verdict")}
        if form == "base":
            return base_text(row, self.lang, padded=False, package=self.package)
        if form in CHANGES:
            return NUMBER_FORMS[form](row, self.lang)
        if form not in ("", "n", "%") or row["unit"] != "percent" and form == "%":
            return self._number(row["value"], form)
        plain = form == "n"
        return value_text(row, self.lang, unit=not plain, words=not plain, padded=False, package=self.package)

    def _compared(self, row):
        if "growth" in row:
            return row
        return compare(row["key"], period=row["period"], lang=self.lang, package=self.package).iloc[0]

    def _number(self, number, form):
        if form in NUMBER_FORMS:
            return NUMBER_FORMS[form](number, self.lang)
        if form in self.package.units:
            return value_text({"value": number, "unit": form}, self.lang, package=self.package)
        if form and not form.isdigit():
            known = " ".join(
                f":{one}" for one in ("n", "label", *NUMBER_FORMS, "base", "name", "rank", "area", "1", "VND")
            )
            raise BgdataError(
                '":{form}" is not a form that a value is written in; use one of {known}.', form=form, known=known
            )
        if math.isnan(number):
            return NO_DATA.to(self.lang)
        return format_number(number, decimals=int(form) if form else None, lang=self.lang)


def within(label):
    """Return a label as it stands within a sentence: with a small letter, but for abbreviations.

    Examples
    --------
    >>> within("Doanh thu bưu chính"), within("UBND cấp xã nối mạng"), within("IT revenue")
    ('doanh thu bưu chính', 'UBND cấp xã nối mạng', 'IT revenue')
    """
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def signed(text, verdicts):
    """Return a sentence with the sign of the worst verdict that disputes its numbers at its end."""
    worst = next((verdict for verdict in DISPUTED if verdict in verdicts), None)
    stop = "." * text.endswith(".")
    return f"{text.removesuffix(stop)}{NBSP}{SIGNS[worst]}{stop}" if worst else text


def _sentence(one: Say | str) -> Say:
    if isinstance(one, Written):
        return Say("{written}", True, {"written": str(one)})
    return Say(one, True, {}) if isinstance(one, str) else one


def _row_of(found):
    """Return what stands for a place: of a frame its one row, None where it has none."""
    if not isinstance(found, pd.DataFrame):
        return found
    if len(found) > 1:
        raise BgdataError("A place in a sentence takes one number, but its frame has {count} rows.", count=len(found))
    return found.iloc[0] if len(found) else None
