"""Formatted tables: every number with its unit, where it comes from, and in words what is missing.

A table shows rows; it computes nothing and keeps no state. HTML is plain and the same each time it is made.
"""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from bgdata.errors import BgdataError, near
from bgdata.notation import NBSP, Period, format_number
from bgdata.package import NO_DATA, Package, base_text, difference_text, growth_text, section_text, value_text
from bgdata.rules import SIGNS
from bgdata.rules.comparison import NOT_PRINTED
from bgdata.show.sentences import SIGNED, source
from bgdata.voice import Message

HEADERS = {
    "period": Message("Period"),
    "sector": Message("Sector"),
    "indicator": Message("Indicator code"),
    "category": Message("Category"),
    "label": Message("Indicator"),
    "value": Message("Value"),
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
}
OF_LOAD = ["period", "label", "value", "status", "section", "as_of", "note"]
OF_COMPARE = ["label", "value", "base", "change", "growth", "reason"]
OF_CHECK = ["period", "verdict", "statement", "computed", "numbers", "remark"]
ONLY_IF_SAID = {"status", "as_of", "note", "reason", "remark"}
ONE_LINE = {"verdict", "section", "as_of"}
PROSE = {"statement", "numbers", "remark"}
STATUS = {"E": Message("estimated"), "P": Message("provisional")}
VERDICTS = {
    "holds": Message("✓ holds"),
    "contradicts": Message("▲ contradicts"),
    "needs clarification": Message("◇ needs clarification"),
    "cannot tell": Message("? cannot tell"),
}
ALIGN = {
    "number": "text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap",
    "line": "text-align: left; font-weight: normal; white-space: nowrap",
    "text": "text-align: left; font-weight: normal",
    "prose": "text-align: left; font-weight: normal; min-width: 13em",
}
REASONS_IN_ROWS = 3
NUMERIC = {"value", "base", "change", "growth"}


def table(
    frame: pd.DataFrame,
    *,
    lang: str = "vi",
    columns: Sequence[str] | None = None,
    caption: str | None = None,
    empty: str | None = None,
    package: Package | None = None,
) -> "Table":
    """Format rows as a table for reading.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``load()``, ``compare()`` or ``check()``, or any other frame.
    lang : {"vi", "en"}
    columns : list of str, optional
        Columns of `frame` to show, in this order. If left out, those that suit the frame; status, date, note and
        reason only if a row has one, the period only if there are several. Notes are written in Vietnamese only.
    caption : str, optional
    empty : str, optional
        What to say where there are no rows.
    package : Package, optional
        Knows units and sources; the one of the project at hand if left out.

    Returns
    -------
    Table
        Shows itself as HTML in a notebook, as aligned text elsewhere.

    Raises
    ------
    BgdataError
        A column is not in the frame.

    Examples
    --------
    >>> import pandas as pd
    >>> table(pd.DataFrame({"label": ["Trạm BTS"], "value": [float("nan")], "unit": ["station"]}))
    Chỉ tiêu          Giá trị
    --------  ---------------
    Trạm BTS  chưa có số liệu
    """
    rows, uncompared = without_bases(pd.DataFrame(frame), lang)
    unknown = [column for column in columns or [] if column not in rows]
    if unknown:
        raise BgdataError(
            'Column "{name}" is not in the frame{hint}', name=unknown[0], hint=near(unknown[0], rows.columns)
        )
    package, shown = package or Package.open(), columns or suitable(rows, lang)
    body = [[cell(column, row, lang, package) for column in shown] for row in rows.to_dict("records")]
    return Table(
        heads=[header(column, rows, lang) for column in shown],
        body=body,
        align=[alignment(column, rows) for column in shown],
        caption=caption or "",
        notes=uncompared + revisions(rows) + footnotes(rows, shown, lang, package),
        empty=empty or ("" if uncompared else nothing(rows, lang)),
        marks=marks(rows),
    )


def nothing(rows, lang):
    """Return what an empty table says."""
    if "statement" in rows:
        return Message("There is no relation to show.").to(lang)
    return NO_DATA.to(lang).capitalize() + "."


def without_bases(rows, lang):
    """Take the rows that cannot be compared out of a comparison where they are many; a note for each reason."""
    if "base" not in rows or "reason" not in rows:
        return rows, []
    without = (rows["reason"] != "") & rows["base"].isna()
    if without.sum() <= REASONS_IN_ROWS:
        return rows, []
    counts = rows.loc[without, "reason"].value_counts(sort=False)
    notes = [
        Message("{count} numbers cannot be compared. {reason}", count=count, reason=reason).to(lang)
        for reason, count in counts.items()
    ]
    return rows[~without], notes


def revisions(rows):
    """Return a sentence for each base that is not what the base period's own report printed."""
    revised = rows[rows["basis"] == "revised"] if "basis" in rows else rows[:0]
    return [f"▲ {row['label']}: {row['reason']}" for row in revised.to_dict("records")]


def alignment(column, rows):
    """Return how a column stands: numbers at the right, short codes on one line, text at the left."""
    if column in NUMERIC or (column in rows and pd.api.types.is_numeric_dtype(rows[column])):
        return "number"
    return "line" if column in ONE_LINE else "prose" if column in PROSE else "text"


def suitable(rows, lang):
    """Return the columns worth showing of a frame."""
    if "base" in rows:
        wanted = OF_COMPARE
    elif {"label", "value", "unit"} <= set(rows):
        wanted = OF_LOAD if "period" in rows and rows["period"].nunique() > 1 else OF_LOAD[1:]
    elif "statement" in rows:
        wanted = OF_CHECK if rows["period"].nunique() > 1 else OF_CHECK[1:]
    else:
        return list(rows)
    return [
        column
        for column in wanted
        if (column in rows or column == "remark")
        and (column != "note" or lang == "vi")
        and (column not in ONLY_IF_SAID or any(cell(column, row, lang) for row in rows.to_dict("records")))
    ]


def header(column, rows, lang):
    """Return the title of a column; of the two sides of a comparison, their period."""
    code = {"value": "period", "base": "base_period"}.get(column)
    if "base" in rows and code in rows and rows[code].nunique() == 1 and rows[code].iloc[0]:
        label = Period.parse(rows[code].iloc[0]).label(lang)
        return label[:1].upper() + label[1:]
    return HEADERS[column].to(lang) if column in HEADERS else str(column)


def cell(column: str, row: Mapping, lang: str, package: Package | None = None) -> str:
    """Return one cell as text.

    Examples
    --------
    >>> cell("section", {"section": "I.2.1.b fn2"}, "vi"), cell("growth", {"growth": 24.64}, "vi")
    ('I.2.1.b, chú thích 2', '+24,64%')
    """
    content = row.get(column)
    if column in ("value", "base", "change") and "unit" in row:
        return number_cell(column, row, lang, package)
    if column == "growth":
        return "–" if pd.isna(content) else growth_text(row if "unit" in row else content, lang)
    if column == "reason" and not pd.isna(row.get("base")):
        return ""  # the cells say it, or a note
    if column == "remark":
        return remark(row, lang)
    if column == "as_of" and lang == "vi" and content:
        day = date.fromisoformat(content)
        return f"{day.day}/{day.month}/{day.year}"
    if column == "section":
        return section_text(content, lang)
    if column in ("status", "verdict"):
        words = (STATUS if column == "status" else VERDICTS).get(content)
        return words.to(lang) if words else ""
    if column == "period" and isinstance(content, str) and content:
        return Period.parse(content).label(lang)
    return plain_cell(content, lang)


def number_cell(column, row, lang, package):
    """Return the number of a row, what it is compared with, or the change between them, as text."""
    if column == "value":
        return value_text(row, lang, package=package) + "*" * derived(row.get("derived")) + signs(row.get("verdict"))
    if column == "change":
        text = difference_text(row, lang, package=package)
        return "–" if text == NO_DATA.to(lang) and row.get("reason") else text
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
    said = [
        row["mend"] and Message("Possibly misprinted: {mend}", mend=row["mend"]).to(lang),
        row["accepted"] and Message("Reviewed: {reason}", reason=Message(row["accepted"])).to(lang),
        row["note"] if lang == "vi" else "",
    ]
    return " ".join(text.rstrip(".") + "." for text in said if text)


def plain_cell(content, lang):
    """Return anything else as text."""
    if isinstance(content, str):
        return content
    if isinstance(content, bool) or not isinstance(content, (int, float)):
        return "" if content is None else str(content)
    return NO_DATA.to(lang) if pd.isna(content) else format_number(content, lang=lang)


def footnotes(rows, shown, lang, package):
    """Return what stands under a table: what the star means, and the source."""
    starred = "base" in shown and "basis" in rows and rows["basis"].isin(NOT_PRINTED).any()
    starred |= "value" in shown and "derived" in rows and rows["derived"].map(derived).any()
    periods = sorted({Period.parse(code) for code in rows["period"]}) if "period" in rows else []
    sources = dict.fromkeys(source(str(period), lang, package=package) for period in periods)
    notes = [Message("* Derived from the report, which does not state it.").to(lang)] if starred else []
    verdicts = {one for name, of in (("verdict", "value"), ("base_verdict", "base")) if of in shown and name in rows
                for one in rows[name]}  # fmt: skip
    notes += [SIGNED[SIGNS[one]].to(lang) for one in SIGNS if one in verdicts]
    notes += [text for text in dict.fromkeys(rows["caution"]) if text] if "caution" in rows else []
    return notes + ([Message("Source: {source}.", source="; ".join(sources)).to(lang)] if sources else [])


def marks(rows):
    """Return for each row the attribute by which pages know which number, or which rule, it is about; "" for others."""
    name = next((name for name in ("key", "rule") if name in rows), None)
    codes = rows[name] if name else [""] * len(rows)
    return [f' data-{name}="{html.escape(code)}"' if isinstance(code, str) and code else "" for code in codes]


@dataclass(frozen=True)
class Table:
    """Cells as text, ready to be shown; each row carries the mark of what it is about."""

    heads: list
    body: list
    align: list
    caption: str
    notes: list
    empty: str
    marks: list
    folded: str = ""

    def __repr__(self):
        above = [text for text in (self.folded, self.caption) if text]
        if not self.body:
            return "\n".join(filter(None, [*above, self.empty, *self.notes]))
        widths = [max(map(len, column)) for column in zip(self.heads, *self.body)]
        lines = [self._line(self.heads, widths), "  ".join("-" * width for width in widths)]
        lines += [self._line(row, widths) for row in self.body]
        return "\n".join([*above, *lines, *self.notes])

    def _line(self, row, widths):
        return "  ".join(
            text.rjust(width) if align == "number" else text.ljust(width)
            for text, width, align in zip(row, widths, self.align)
        ).rstrip()

    def _repr_html_(self):
        shown = self._html()
        if not self.folded:
            return shown
        head = f"<summary>{html.escape(self.folded)}</summary>"
        return f'<details class="bgdata-fold">{head}\n{shown}\n</details>'

    def _html(self):
        notes = [f'<p class="bgdata-note"><small>{html.escape(note)}</small></p>' for note in self.notes]
        if not self.body:
            said = [f"<p>{html.escape(text)}</p>" for text in (self.caption, self.empty) if text]
            return "\n".join(said + notes)
        caption = f"<caption>{html.escape(self.caption)}</caption>\n" if self.caption else ""
        heads = "".join(
            f'<th scope="col"{self._align(i)}>{html.escape(head)}</th>' for i, head in enumerate(self.heads)
        )
        rows = "\n".join(f"<tr{mark}>{self._cells(row)}</tr>" for mark, row in zip(self.marks, self.body))
        body = f"<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>\n{rows}\n</tbody>"
        return "\n".join([f'<table class="bgdata">\n{caption}{body}\n</table>', *notes])

    def _cells(self, row):
        first, *others = row
        cells = [f'<th scope="row"{self._align(0)}>{html.escape(first)}</th>']
        return "".join(cells + [f"<td{self._align(i)}>{html.escape(text)}</td>" for i, text in enumerate(others, 1)])

    def _align(self, column):
        return f' style="{ALIGN[self.align[column]]}"'
