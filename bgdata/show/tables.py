"""Formatted tables: every number with its unit, where it comes from, and in words what is missing.

A table shows rows; it computes nothing and keeps no state. HTML is plain and the same each time it is made.
"""

import html
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from bgdata.errors import BgdataError, near
from bgdata.package import NO_DATA, Package
from bgdata.package.observations import rows_of
from bgdata.rules import SIGNS
from bgdata.rules.comparison import NOT_PRINTED
from bgdata.show.celltext import cell, derived, header
from bgdata.show.sentences import SIGNED, source
from bgdata.voice import Message

OF_LOAD = ["period", "label", "value", "status", "section", "as_of", "note"]
OF_COMPARE = ["label", "value", "base", "change", "growth", "reason"]
OF_CHECK = ["period", "verdict", "statement", "computed", "numbers", "remark"]
ONLY_IF_SAID = {"status", "as_of", "note", "reason", "remark"}
ONE_LINE = {"verdict", "section", "as_of"}
PROSE = {"statement", "numbers", "remark"}
ALIGN = {
    "number": "text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap",
    "line": "text-align: left; font-weight: normal; white-space: nowrap",
    "text": "text-align: left; font-weight: normal",
    "prose": "text-align: left; font-weight: normal; min-width: 13em",
}
REASONS_IN_ROWS = 3
NUMERIC = {"value", "base", "change", "growth", "lower", "upper"}


def table(
    frame: "pd.DataFrame | pd.Series[str | float] | Sequence[Mapping[str, object]]",
    *,
    lang: str = "vi",
    columns: Sequence[str] | None = None,
    interval: bool = False,
    caption: str | None = None,
    empty: str | None = None,
    package: Package | None = None,
) -> "Table":
    """Format rows as a table for reading.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``load()``, ``compare()`` or ``check()``, or of several of them one after the other, or any other frame;
        one row; or rows of one's own, as dictionaries. A unit that the package lacks is written as it is.
    lang : {"vi", "en"}
    columns : list of str, optional
        Columns of `frame` to show, in this order. If left out, those that suit the frame; status, date, note and
        reason only if a row has one, the period only if there are several. Notes are written in Vietnamese only.
    interval : bool
        Also show the interval that each number stands for, beside its value.
    caption : str, optional
    empty : str, optional
        What to say where there are no rows.
    package : Package, optional
        Knows units and sources; the one of the project at hand if left out.

    Returns
    -------
    Table
        Shows itself as HTML in a notebook, as aligned text elsewhere; ``.frame`` is a plain frame of what it shows.

    Raises
    ------
    BgdataError
        These are no rows, or a column is not in the frame.

    Examples
    --------
    >>> import bgdata as bg
    >>> import pandas as pd
    >>> bg.table(pd.DataFrame({"label": ["Trạm BTS"], "value": [float("nan")], "unit": ["station"]}))
    Chỉ tiêu          Giá trị
    --------  ---------------
    Trạm BTS  chưa có số liệu
    >>> bg.table([{"label": "Trạm trên mỗi cột", "value": 2.37, "unit": "trạm/cột"}]).body
    [['Trạm trên mỗi cột', '2,37\\xa0trạm/cột']]
    """
    rows, uncompared = without_bases(tidied(frame), lang)
    known = {*rows, *(["remark"] if "mend" in rows else [])}
    unknown = [column for column in columns or [] if column not in known]
    if unknown:
        raise BgdataError(
            'Column "{name}" is not in the frame{hint}', name=unknown[0], hint=near(unknown[0], rows.columns)
        )
    records = rows.to_dict("records")
    package, shown = package or Package.open(), list(columns or suitable(rows, records, lang))
    if interval and {"lower", "upper"} <= {*rows}:
        rows = rows.assign(interval="")
        shown.insert(shown.index("value") + 1 if "value" in shown else len(shown), "interval")
    body = [[cell(column, row, lang, package) for column in shown] for row in records]
    return Table(
        heads=[header(column, rows, lang) for column in shown],
        body=body,
        align=[alignment(column, rows) for column in shown],
        caption=caption or "",
        notes=uncompared + revisions(records) + footnotes(rows, shown, lang, package),
        empty=empty or ("" if uncompared else nothing(rows, lang)),
        marks=marks(rows),
        rows=rows,
        shown=shown,
        lang=lang,
        package=package,
    )


def tidied(frame):
    """Return rows of any origin as a frame in which texts have no gaps and what is drawn or computed is a number."""
    rows = rows_of(frame)
    rows = rows.reset_index(drop=all(name is None for name in rows.index.names))
    for column in [one for one in rows if one in NUMERIC and not pd.api.types.is_numeric_dtype(rows[one])]:
        numbers = pd.to_numeric(rows[column], errors="coerce")
        rows[column] = numbers if numbers.notna().any() or rows[column].isna().all() else rows[column]
    texts = [column for column in rows if not pd.api.types.is_numeric_dtype(rows[column])]
    for column in texts:
        rows[column] = [_text(one) for one in rows[column]]
    return rows


def _text(content):
    return "" if content is None or content is pd.NaT or isinstance(content, float) and np.isnan(content) else content


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


def revisions(records):
    """Return a sentence for each base that is not what the base period's own report printed."""
    return [f"▲ {row['label']}: {row['reason']}" for row in records if row.get("basis") == "revised"]


def alignment(column, rows):
    """Return how a column stands: numbers at the right, short codes on one line, text at the left."""
    if column in NUMERIC or (column in rows and pd.api.types.is_numeric_dtype(rows[column])):
        return "number"
    return "line" if column in ONE_LINE else "prose" if column in PROSE else "text"


def suitable(rows, records, lang):
    """Return the columns worth showing of a frame."""
    if "base" in rows:
        wanted = OF_COMPARE
    elif {"label", "value", "unit"} <= set(rows):
        wanted = OF_LOAD if "period" in rows and rows["period"].nunique() > 1 else OF_LOAD[1:]
    elif {"statement", "verdict"} <= set(rows):
        wanted = OF_CHECK if "period" in rows and rows["period"].nunique() > 1 else OF_CHECK[1:]
    else:
        return [column for column in rows if not str(column).endswith("_en" if lang == "vi" else "_vi")]
    return [
        column
        for column in ["area", *wanted]
        if (column in rows or column == "remark" and "mend" in rows)
        and (column != "note" or lang == "vi")
        and (column not in ONLY_IF_SAID or any(cell(column, row, lang) for row in records))
    ]


def sources_of(rows, lang, package):
    """Return the names of the reports that rows come from, oldest first; those of periods that are known."""
    found = {}
    for code in sorted({*rows["period"]} - {""}) if "period" in rows and "label_vi" not in rows else []:
        with suppress(BgdataError):
            found[source(str(code), lang, package=package)] = code
    return list(found)


def footnotes(rows, shown, lang, package):
    """Return what stands under a table: what the star means, and the source."""
    starred = "base" in shown and "basis" in rows and rows["basis"].isin(NOT_PRINTED).any()
    starred |= "value" in shown and "derived" in rows and rows["derived"].map(derived).any()
    sources = sources_of(rows, lang, package)
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


def _piped(text):
    return html.escape(" ".join(text.split()), quote=False).replace("|", "\\|")


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
    rows: pd.DataFrame = field(default_factory=pd.DataFrame, compare=False)
    shown: list = field(default_factory=list)
    lang: str = "vi"
    package: Package | None = field(default=None, compare=False)

    @property
    def frame(self) -> pd.DataFrame:
        """pandas.DataFrame: what is shown, numbers as numbers, with their unit beside them; else in words."""
        columns = {column: [line[at] for line in self.body] for at, column in enumerate(self.shown)}
        columns |= {one: self.rows[one].tolist() for one in self.shown if one in self.rows and one != "interval"}
        if "value" in columns and "unit" in self.rows and "unit" not in columns:
            columns["unit"] = self.rows["unit"].tolist()
        return pd.DataFrame(columns)

    def to_markdown(self) -> str:
        """Return the table as Markdown, its notes below.

        Examples
        --------
        >>> import bgdata as bg
        >>> print(bg.table([{"label": "a|b", "growth": 5.0}]).to_markdown())
        | Chỉ tiêu | Tăng, giảm |
        | :--- | ---: |
        | a\\|b | +5% |
        """
        rule = ["---:" if align == "number" else ":---" for align in self.align]
        lines = [[_piped(text) for text in line] for line in [self.heads, *self.body]]
        piped = [f"| {' | '.join(line)} |" for line in [lines[0], rule, *lines[1:]]]
        above = [f"**{self.caption}**"] if self.caption else []
        below = [self.empty] if not self.body and self.empty else []
        return "\n\n".join([*above, "\n".join(piped), *below, *self.notes])

    def to_excel(self, path: str | Path) -> Path:
        """Write the table as an Excel file, as :func:`to_excel` does."""
        from bgdata.show.export import to_excel  # not at the top: it brings openpyxl

        return to_excel(self, path)

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
