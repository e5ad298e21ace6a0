"""A table that a notebook shows, taken apart: its rows with the keys of their numbers, for the page and to take away.

Cells stay as they are; nothing is read out of their texts.
"""

import csv
import io
from dataclasses import dataclass

from markupsafe import Markup

from bgdata.package import Key, section_text
from bgdata.show import workbook
from bgdata.voice import Message
from bgtools.site.clean import loose, standing, words, written

FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = ("label", "value", "unit", "printed", "section", "as_of", "note", "quote")
TITLES = {
    "label": Message("Indicator"),
    "value": Message("Value"),
    "unit": Message("Unit"),
    "printed": Message("Printed as"),
    "section": Message("Section"),
    "as_of": Message("As of"),
    "note": Message("Note"),
    "quote": Message("Sentence of the report"),
}


@dataclass(frozen=True)
class Row:
    """A row of a table: the key of its number or None, the code of its rule or "", and its cells as (HTML, classes)."""

    key: Key | None
    rule: str
    cells: list


class Table:
    """What one output shows as HTML: mostly one table with its notes.

    Parameters
    ----------
    tree : lxml.etree.Element
        See :func:`bgtools.site.clean.parse`.
    cell : str
        Id of the cell that put it out.

    Attributes
    ----------
    heads : list of (str, str)
        Titles of the columns with their classes; empty where the output is no plain table, and only `html` shows it.
    rows : list of Row
    notes : list of Markup
    html : Markup
    """

    def __init__(self, tree, cell):
        self.tree, self.cell = tree, cell
        table = tree.find(".//table")
        plain = table is not None and not table.findall(".//table") and not table.xpath(".//*[@colspan or @rowspan]")
        self.heads = [(words(head), standing(head)) for head in table.iterfind("thead/tr/th")] if plain else []
        self.rows = [_row(row) for row in table.iterfind("tbody/tr")] if self.heads else []
        self.notes = [written(note) for note in tree.iterfind(".//p") if "bgdata-note" in standing(note)]
        self.caption = words(table.find("caption")) if self.heads and table.find("caption") is not None else ""
        self.folded = words(tree.find(".//summary")) if self.heads and tree.find(".//summary") is not None else ""
        self.html = Markup("") if self.heads else written(tree)

    @property
    def says(self):
        """bool: it shows more than notes."""
        return bool(self.rows) or words(self.tree) != " ".join(words(note) for note in self.notes)

    @property
    def keys(self):
        """list of Key: the numbers in it."""
        return list(dict.fromkeys(row.key for row in self.rows if row.key))

    def parted(self, holding):
        """Return the table of what a reader must see, and that of the rules that hold, each without empty columns.

        Parameters
        ----------
        holding : set of str
            The codes of these rules.

        Returns
        -------
        list of (list of (str, str), list of Row)
            Heads and rows of both.
        """
        told = [row for row in self.rows if row.rule not in holding]
        held = [row for row in self.rows if row.rule in holding]
        return [(self.heads, told) if not held else self._without_empty(told), self._without_empty(held)]

    def _without_empty(self, rows):
        kept = [
            at for at in range(len(self.heads)) if any(words(row.cells[at][0]) for row in rows if at < len(row.cells))
        ]
        picked = [Row(row.key, row.rule, [row.cells[at] for at in kept if at < len(row.cells)]) for row in rows]
        return [self.heads[at] for at in kept], picked

    def place(self, key):
        """Return the id of a number's row."""
        return f"{self.cell}..{key.anchor}"

    def cells(self, numbers):
        """Return the table to take away: its columns, and for numbers their unit, section and note."""
        extra = [name for name in ("unit", "printed", "section", "as_of", "note", "quote")] if self.keys else []
        lines = [[title for title, _ in self.heads] + [str(TITLES[name]) for name in extra]]
        for row in self.rows:
            about = about_number(numbers, row.key) if row.key else {}
            lines.append([words(html) for html, _ in row.cells] + [about.get(name, "") for name in extra])
        return lines + [[words(note)] for note in self.notes]


def _row(row):
    key = Key.match(row.get("data-key"))
    cells = [(loose(written(cell)), standing(cell)) for cell in row if cell.tag in ("td", "th")]
    return Row(key, row.get("data-rule", ""), cells)


def about_number(numbers, key):
    """Return what there is to say of a number beside its value, as texts; nothing of an unknown key."""
    row = numbers.by_key.get(key)
    if row is None:
        return {}
    entry = numbers.entry(0, row)
    return {
        "label": row["label"],
        "value": "" if row["value"] != row["value"] else row["value"],
        "unit": numbers.package.units[row["unit"]][f"label_{numbers.lang}"],
        "printed": row["printed"],
        "section": section_text(row["section"], numbers.lang),
        "as_of": entry["as_of"],
        "note": entry["note"],
        "quote": entry["quote"],
    }


def all_numbers(numbers):
    """Return every number of a period as a table to take away."""
    lines = [[str(TITLES[name]) for name in NUMBER]]
    for row in numbers.rows:
        about = about_number(numbers, Key.of(row))
        lines.append([about[name] for name in NUMBER])
    return lines


def as_csv(lines):
    """Return a table as CSV that spreadsheets open as it is; what begins like a formula stays text.

    Examples
    --------
    >>> as_csv([["a", 1.5], ["=1+1", ""]])
    "\\ufeffa,1.5\\n'=1+1,\\n"
    """
    out = io.StringIO("\ufeff")
    out.seek(0, io.SEEK_END)
    csv.writer(out, lineterminator="\n").writerows([[_harmless(cell) for cell in line] for line in lines])
    return out.getvalue()


def as_workbook(tables):
    """Return tables as an Excel file, a sheet for each; texts stay texts.

    Parameters
    ----------
    tables : list of (str, list of list)
        Title and lines of each.

    Returns
    -------
    bytes
    """
    return workbook([(f"{number} {title}", lines) for number, (title, lines) in enumerate(tables, 1)])


def _harmless(cell):
    """Return a cell that no spreadsheet executes; a lone carriage return would begin a new cell."""
    text = cell.replace("\r", "\n") if isinstance(cell, str) else ""
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text or cell
