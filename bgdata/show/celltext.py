"""One cell of a table as text: numbers with their unit, codes as words, and in words what is missing.

What a row is and which columns are worth showing is decided in `tables`.
"""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from bgdata.errors import BgdataError
from bgdata.notation import NBSP, Period, format_number
from bgdata.package import (
    NO_DATA,
    Package,
    base_text,
    difference_text,
    growth_text,
    interval_text,
    section_text,
    unit_text,
    value_text,
)
from bgdata.rules import SIGNS
from bgdata.rules.comparison import NOT_PRINTED
from bgdata.voice import Message

HEADERS = {
    "area": Message("Area"),
    "period": Message("Period"),
    "sector": Message("Sector"),
    "indicator": Message("Indicator code"),
    "category": Message("Category"),
    "label": Message("Indicator"),
    "value": Message("Value"),
    "lower": Message("At least"),
    "upper": Message("At most"),
    "interval": Message("Interval"),
    "base": Message("Base period"),
    "change": Message("Change"),
    "growth": Message("Growth"),
    "reason": Message("Why not compared"),
    "unit": Message("Unit"),
    "measure": Message("Measure"),
    "status": Message("Status"),
    "printed": Message("As printed"),
    "section": Message("Section"),
    "as_of": Message("As of"),
    "note": Message("Note"),
    "statement": Message("Relation"),
    "numbers": Message("Printed numbers"),
    "computed": Message("Computed"),
    "verdict": Message("Verdict"),
    "remark": Message("Remark"),
    "why": Message("Why not checked"),
    "start": Message("First day"),
    "end": Message("Last day"),
    "observations": Message("Numbers"),
    "position": Message("Position"),
    "definition": Message("Definition"),
    **dict.fromkeys(("label_vi", "label_en"), Message("Name")),
    **dict.fromkeys(("source_vi", "source_en"), Message("Report")),
}
STATUS = {"E": Message("estimated"), "P": Message("provisional")}
VERDICTS = {
    "holds": Message("✓ holds"),
    "contradicts": Message("▲ contradicts"),
    "needs clarification": Message("◇ needs clarification"),
    "cannot tell": Message("? cannot tell"),
}
NUMBERS = ("value", "base", "change")
ENDS = ("lower", "upper")
CATALOGUED = ("sector", "category")  # columns whose words only a package knows
WORDS = {True: Message("yes"), False: Message("no")}


def header(column, rows, lang):
    """Return the title of a column; of the two sides of a comparison, their period."""
    code = {"value": "period", "base": "base_period"}.get(column)
    if "base" in rows and code in rows and rows[code].nunique() == 1 and rows[code].iloc[0]:
        label = _period(rows[code].iloc[0], {}, lang, None)
        return label[:1].upper() + label[1:]
    return HEADERS[column].to(lang) if column in HEADERS else str(column)


def cell(column: str, row: Mapping, lang: str, package: Package | None = None) -> str:
    """Return one cell as text.

    Examples
    --------
    >>> cell("section", {"section": "I.2.1.b fn2"}, "vi"), cell("growth", {"growth": 24.64}, "vi")
    ('I.2.1.b, chú thích 2', '+24,64%')
    >>> cell("unit", {"unit": "station"}, "vi"), cell("upper", {"upper": 85.5, "unit": "percent"}, "vi")
    ('trạm', '85,5%')
    """
    content = row.get(column)
    if column == "area" and package:
        return package.name_of(content, lang)
    if column in NUMBERS and "unit" in row and not isinstance(content, str):
        return number_cell(column, row, lang, package)
    if column == "interval":
        return interval_text(*(row.get(end, float("nan")) for end in ENDS), row.get("unit", ""), lang, package=package)
    if column in ENDS and "unit" in row:
        return interval_text(content, content, row["unit"], lang, package=package) or "–"
    if column == "growth":
        return "–" if pd.isna(content) else growth_text(row if "unit" in row else content, lang)
    if column == "reason" and not pd.isna(row.get("base")):
        return ""  # the cells say it, or a note
    if column == "remark":
        return remark(row, lang)
    if column in CODES and isinstance(content, str) and content and not listed(column, row):
        package = package or (Package.open() if column in CATALOGUED else None)
        return CODES[column](content, row, lang, package)
    return plain_cell(content, lang)


def _word(words):
    return lambda code, row, lang, package: words[code].to(lang) if code in words else ""


def _day(code, row, lang, package):
    try:
        return plain_cell(date.fromisoformat(code), lang)
    except ValueError:
        return code


def _period(code, row, lang, package):
    try:
        return Period.parse(code).label(lang)
    except BgdataError:
        return code


def _label(table):
    def label(code, row, lang, package):
        return getattr(package, table).get(code, {}).get(f"label_{lang}", code)

    return label


def _category(code, row, lang, package):
    """Write the name of a category, as far as the row says of which indicator it is one."""
    of = package.indicators.get(row.get("indicator"), row).get("breakdown")
    return package.categories.get((of, code), {}).get(f"label_{lang}", code)


CODES = {  # columns whose codes are put into words
    "status": _word(STATUS),
    "verdict": _word(VERDICTS),
    "as_of": _day,
    "section": lambda code, row, lang, package: section_text(code, lang),
    "period": _period,
    "base_period": _period,
    "sector": _label("sectors"),
    "unit": lambda code, row, lang, package: unit_text(code, lang, package=package),
    "category": _category,
}


def listed(column, row):
    """Return whether a row lists what a column is the code of, such as a sector: then the code is what is looked for."""
    named, of_numbers = {"label", "label_vi"} & {*row}, {"indicator", "value", "key"} & {*row}
    return bool(named) and not of_numbers and next(iter(row)) in (column, "breakdown")


def number_cell(column, row, lang, package):
    """Return the number of a row, what it is compared with, or the change between them, as text."""
    if column == "value":
        return value_text(row, lang, package=package) + "*" * derived(row.get("derived")) + signs(row.get("verdict"))
    if column == "change":
        text = difference_text(row, lang, package=package)
        return "–" if text == NO_DATA.to(lang) and (row.get("reason") or not row.get("base_period")) else text
    if not row.get("base_period", True):
        return "–"  # a row that is no comparison, among such
    star = "*" * (row.get("basis") in NOT_PRINTED)
    return base_text(row, lang, package=package) + star + signs(row.get("base_verdict"))


def signs(*verdicts):
    """Return the signs of the verdicts that dispute a number, with a space before each."""
    return "".join(f"{NBSP}{SIGNS[verdict]}" for verdict in SIGNS if verdict in verdicts)


def derived(computation):
    """Return whether a number comes from a computation; the cell may be missing."""
    return isinstance(computation, str) and computation != ""


def remark(row, lang):
    """Return what there is to say about a rule: what would mend it, why it was accepted, and its note."""
    mend, accepted = row.get("mend"), row.get("accepted")
    said = [
        mend and Message("Possibly misprinted: {mend}", mend=mend).to(lang),
        accepted and Message("Reviewed: {reason}", reason=Message(accepted)).to(lang),
        row.get("note") if lang == "vi" else "",
    ]
    return " ".join(text.rstrip(".") + "." for text in said if text)


def plain_cell(content, lang):
    """Return anything else as text."""
    if isinstance(content, str):
        return content
    if isinstance(content, bool | np.bool_):
        return WORDS[bool(content)].to(lang)
    if isinstance(content, date) and not pd.isna(content):
        return f"{content.day}/{content.month}/{content.year}" if lang == "vi" else f"{content:%Y-%m-%d}"
    if not isinstance(content, int | float | np.number):
        return "" if content is None or content is pd.NaT or content is pd.NA else str(content)
    if np.isinf(content):
        return "–"
    if pd.isna(content):
        return NO_DATA.to(lang)
    return format_number(content if content == int(content) else float(f"{content:.7g}"), lang=lang)
