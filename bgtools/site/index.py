"""What can be looked up: the index of all numbers, each with its place, verdict and pages; and what the search looks into.

Here the numbers of the data package meet the pages: which page shows a number, and where. A number is known by its
key; nothing is found by its label. Words are stored as they are written; the page folds diacritics when it loads them.
"""

import csv
import io
import json
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from bgdata.notation import Period
from bgdata.package import QUALIFIERS, Key, Package, section_text, value_text
from bgdata.rules import DISPUTED, SIGNS, WORST_FIRST, evaluate
from bgdata.rules.load import load
from bgdata.show import cell
from bgdata.voice import Message, translate

EXACTNESS = {**QUALIFIERS, "range": Message("from – to")}
TEXTS = ("definition", "note", "reason", "by")  # of the data package: Vietnamese, with English in the catalogue
CONTRADICTION = Message("Contradiction")
ORDER = (*WORST_FIRST, "")
SAID = {"contradicts": Message("contradictions"), "needs clarification": Message("to be clarified")}
VERDICTS = {
    "contradicts": Message("▲ contradicts"),
    "needs clarification": Message("◇ needs clarification"),
    "cannot tell": Message("? cannot tell"),
    "holds": Message("✓ holds"),
    "": Message("– not checked"),
}


class Use(NamedTuple):
    """Where a number is shown: a page, its title, and the place on it."""

    page: str
    title: str
    place: str


@dataclass
class Numbers:
    """The numbers of a period and what the rules say about them.

    Attributes
    ----------
    rows : list of dict
        Rows of :func:`bgdata.load` with what is missing, in the report's order.
    checks : list of dict
        Rows of :func:`bgdata.check`.
    uses : dict of Key to list of Use
        Filled as the pages are made.
    """

    package: Package
    period: Period
    lang: str
    rows: list
    checks: list
    uses: dict = field(default_factory=dict)

    @classmethod
    def of(cls, package, period, lang):
        """Load the numbers of a period and check them."""
        rows = load(period=period.code, lang=lang, expected=True, package=package).to_dict("records")
        return cls(package, period, lang, rows, evaluate(period.code, lang=lang, package=package))

    @cached_property
    def by_key(self):
        """dict of Key to dict: the rows."""
        return {Key.of(row): row for row in self.rows}

    @cached_property
    def present(self):
        """list of dict: the rows that are not missing."""
        return [row for row in self.rows if row["status"] != "M"]

    @cached_property
    def wrong(self):
        """list of dict: the checks that dispute numbers: what contradicts, then what needs clarification."""
        found = [row for row in self.checks if row["verdict"] in DISPUTED]
        return sorted(found, key=lambda row: ORDER.index(row["verdict"]))

    @cached_property
    def holding(self):
        """set of str: the codes of the rules that hold."""
        return {row["rule"] for row in self.checks if row["verdict"] == "holds"}

    @cached_property
    def verdicts(self):
        """dict of Key to str: the worst verdict on each number."""
        return {Key.of(row): row["verdict"] for row in self.rows}

    @cached_property
    def quotes(self):
        """dict of Key to str: the sentences that numbers were read from, where the package has them."""
        file = self.package.root / "data" / "quotes" / f"{self.period}.csv"
        if not file.is_file():
            return {}
        with open(file, encoding="utf-8-sig", errors="replace", newline="") as lines:
            return {Key.of(row): row["quote"] for row in csv.DictReader(lines) if row.get("quote")}

    def disputes_of(self, sector):
        """Return the signs of what touches a sector, each with its count and what it says, the worst first."""
        found = Counter(row["verdict"] for row in self.wrong if sector in row["sectors"].split())
        return [(SIGNS[verdict], count, SAID[verdict]) for verdict, count in found.items()]

    def sign(self, key):
        """Return the sign of what the rules say against a number; empty where nothing."""
        return SIGNS.get(self.verdicts.get(key), "")

    def note_uses(self, page, content):
        """Note which numbers a page shows."""
        for one, place in content.shown.items():
            self.uses.setdefault(one, []).append(Use(page.name, content.title, place))

    def text(self, row):
        """Return a number as readers see it."""
        return value_text(row, self.lang, package=self.package)

    def entry(self, position, row):
        """Return a row of the index, ready to be shown."""
        key, lang, indicator = Key.of(row), self.lang, self.package.indicators[row["indicator"]]
        verdict = self.verdicts.get(key, "")
        stated = [
            EXACTNESS[row["qualifier"]].to(lang) if row["qualifier"] in EXACTNESS else "",
            cell("status", row, lang, self.package),
        ]
        return {
            "key": key,
            "row": row,
            "position": position,
            "sector_label": self.package.sectors[row["sector"]][f"label_{lang}"],
            "value": self.text(row),
            "amount": row["value"] if row["value"] == row["value"] else row["lower"],
            "stated": ", ".join(filter(None, stated)),
            "missing": row["status"] == "M",
            "place": section_text(row["section"], lang),
            "as_of": cell("as_of", row, lang, self.package),
            "note": written(row["note"], lang),
            "definition": written(indicator["definition"], lang),
            "quote": self.quotes.get(key, ""),
            "verdict": verdict or "none",
            "verdict_text": VERDICTS[verdict],
            "verdict_rank": ORDER.index(verdict),
            "uses": self.uses.get(key, []),
        }

    def table(self):
        """Return the rows of the index, ready to be shown."""
        return [self.entry(position, row) for position, row in enumerate(self.rows)]


def written(text, lang):
    """Return a text of the data package, which is Vietnamese, in the language of the pages."""
    return translate(text, lang) if text and lang != "vi" else text


def extract(file, keywords=(), comment_tags=(), options=None):
    """Yield the texts of a table of the data package as Babel's extractors do: line, function, text, comments.

    Parameters
    ----------
    file : binary file
    keywords, comment_tags, options
        What Babel hands to every extractor; not used.

    Examples
    --------
    >>> [text for _, _, text, _ in extract(io.BytesIO("rule,note\\na,Một chữ.\\nb,\\n".encode()))]
    ['Một chữ.']
    """
    for number, row in enumerate(csv.DictReader(io.TextIOWrapper(file, encoding="utf-8-sig", newline="")), 2):
        yield from ((number, None, row[column], []) for column in TEXTS if row.get(column))


def choices(entries):
    """Return what the rows of the index can be filtered by: codes and labels of sectors, sections and verdicts."""
    sections = dict.fromkeys((one["row"]["section"].split(" ")[0], one["place"].split(",")[0]) for one in entries)
    verdicts = {one["verdict"]: one["verdict_text"] for one in sorted(entries, key=lambda one: one["verdict_rank"])}
    return {
        "sector": list(dict.fromkeys((one["row"]["sector"], one["sector_label"]) for one in entries)),
        "section": [pair for pair in sections if pair[0]],
        "verdict": list(verdicts.items()),
    }


def terms(seen):
    """Return the numbers of the period itself that a check was about.

    Examples
    --------
    >>> [str(key) for key in terms("telecom.bts[2G]=884; last_year(telecom.bts)=3700; telecom.bts=3775")]
    ['telecom.bts[2G]', 'telecom.bts']
    """
    names = (part.partition("=")[0] for part in seen.split("; "))
    return [Key.parse(name) for name in names if name and "(" not in name]


def entries(book, table, contradictions):
    """Return the entries of one period's search: [kind, title, text, address, section], best kinds first.

    Parameters
    ----------
    book : bgtools.site.book.Book
    table : list of dict
        Of the index of all numbers.
    contradictions : list of dict
        Of the front page.
    """
    links = book.links
    found = [
        [0, one["row"]["label"], _told(one), links.to("numbers", one["key"].anchor), one["row"]["section"]]
        for one in table
    ]
    for one in contradictions:
        sentence = str(one["sentence"])
        found.append([1, CONTRADICTION.to(book.lang), sentence, links.to("index", one["id"]), ""])
    for page, shown in book.pages:
        found.append([2, shown.title, shown.texts.get(shown.lead_id, ""), links.to(page.name), ""])
        for part in shown.sections:
            title = f"{shown.title} › {part.title}" if part.title else shown.title
            found.append([2, title, " ".join(part.text().split()), links.to(page.name, part.id), ""])
    return found


def script(found):
    """Return the entries as a script, since pages opened from a folder may not read other files.

    Examples
    --------
    >>> script([[0, "a", "</script>", "b.html", ""]])
    'window.bgdataSearch=[[0,"a","\\\\u003c/script>","b.html",""]];'
    """
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return (
        f"window.bgdataSearch={text};".replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    )


def _told(entry):
    """Return what a number is found by beside its name: value, section, its words in the report, and the sentence."""
    parts = [entry["value"], entry["place"], entry["row"]["printed"], entry["quote"]]
    return " · ".join(dict.fromkeys(filter(None, parts)))
