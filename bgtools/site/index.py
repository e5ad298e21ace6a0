"""The index of all numbers: each observation of a period with its place in the report, its verdict and its pages.

Here the numbers of the data package meet the pages: which page shows a number, and where.
"""

import csv
import re
from dataclasses import dataclass, field

from markupsafe import Markup

from bgdata.package.datapackage import Package
from bgdata.package.text import QUALIFIERS, value_text
from bgdata.rules.checks import check
from bgdata.rules.load import load
from bgdata.show.tables import cell

EXACTNESS = {**QUALIFIERS, "range": {"vi": "từ – đến", "en": "from – to"}}
TERM = re.compile(r"(?P<indicator>[\w.]+)(?:\[(?P<category>.+)\])?=.*")
STRONGEST_FIRST = ("contradicts", "holds", "cannot tell")


@dataclass
class Numbers:
    """The numbers of a period and what the rules say about them.

    Attributes
    ----------
    rows : pandas.DataFrame
        Of :func:`bgdata.load` with what is missing, in the report's order.
    checks : pandas.DataFrame
        Of :func:`bgdata.check`.
    verdicts : dict of (str, str) to str
        The strongest verdict on each number, by indicator and category.
    by_label : dict of str to (str, str)
        Labels that name one number only.
    uses : dict of (str, str) to list of (page name, page title, anchor)
        Where each number is shown; filled as the pages are made.
    """

    lang: str
    links: object
    say: object
    rows: object
    checks: object
    verdicts: dict = field(default_factory=dict)
    by_label: dict = field(default_factory=dict)
    uses: dict = field(default_factory=dict)

    @classmethod
    def of(cls, period, lang, links, say):
        """Load the numbers of a period and check them."""
        rows = load(period=period.code, lang=lang, expected=True)
        made = cls(lang, links, say, rows, check(period.code, lang=lang))
        labels = rows["label"].value_counts()
        for row in rows.to_dict("records"):
            if labels[row["label"]] == 1:
                made.by_label[row["label"]] = key(row)
        for row in made.checks.to_dict("records"):
            for one in terms(row["seen"]):
                made.verdicts.setdefault(one, row["verdict"])
                made.verdicts[one] = min(made.verdicts[one], row["verdict"], key=STRONGEST_FIRST.index)
        return made

    def contradictions_of(self, sector):
        """Return how many contradictions touch a sector."""
        wrong = self.checks[self.checks["verdict"] == "contradicts"]
        return sum(sector in sectors.split() for sectors in wrong["sectors"])

    def link(self, one, label):
        """Return a link from a number's label to its row in the index; `label` is HTML."""
        flag = Markup(' <span class="flag" title="{0}">▲<span class="unseen"> {0}</span></span>')
        mark = flag.format(self.say("flag")) if self.verdicts.get(one) == "contradicts" else ""
        href = self.links.to("numbers", anchor(one))
        return Markup('<a class="quiet" href="{}">{}</a>{}').format(href, Markup(label), mark)

    def drawn(self, figure):
        """Return the numbers that stand in a figure's CSV."""
        if "csv" not in figure.files:
            return []
        with open(figure.files["csv"], encoding="utf-8", newline="") as file:
            return [key(row) for row in csv.DictReader(file) if row.get("indicator")]

    def note_uses(self, page, made):
        """Note which numbers a page shows."""
        for one, place in made.shown.items():
            self.uses.setdefault(one, []).append((page.name, made.title, place))

    def table(self):
        """Return the rows of the index, ready to be shown."""
        sectors = Package.open().sectors
        return [self._row(position, row, sectors) for position, row in enumerate(self.rows.to_dict("records"))]

    def _row(self, position, row, sectors):
        one, lang = key(row), self.lang
        verdict = self.verdicts.get(one, "")
        stated = [EXACTNESS.get(row["qualifier"], {}).get(lang, ""), cell("status", row, lang)]
        return {
            "id": anchor(one),
            "position": position,
            "sector": row["sector"],
            "sector_label": sectors[row["sector"]][f"label_{lang}"],
            "label": row["label"],
            "code": f"{one[0]}[{one[1]}]" if one[1] else one[0],
            "value": value_text(row, lang),
            "amount": row["value"] if row["value"] == row["value"] else row["lower"],
            "printed": row["printed"],
            "stated": ", ".join(filter(None, stated)),
            "missing": row["status"] == "M",
            "section": row["section"],
            "as_of": cell("as_of", row, lang),
            "note": row["note"] if lang == "vi" else "",
            "verdict": verdict or "none",
            "verdict_text": cell("verdict", {"verdict": verdict}, lang) if verdict else self.say("unchecked"),
            "uses": [(title, self.links.to(name, place)) for name, title, place in self.uses.get(one, ())],
        }


def choices(rows):
    """Return what the rows of the index can be filtered by: codes and labels of sectors and verdicts.

    Examples
    --------
    >>> row = {"sector": "post", "sector_label": "Bưu chính", "verdict": "none", "verdict_text": "–"}
    >>> choices([row, row])
    {'sector': [('post', 'Bưu chính')], 'verdict': [('none', '–')]}
    """
    return {
        column: list(dict.fromkeys((row[column], row[label]) for row in rows))
        for column, label in (("sector", "sector_label"), ("verdict", "verdict_text"))
    }


def key(row):
    """Return what a number is known by: indicator and category."""
    return row["indicator"], row["category"]


def anchor(one):
    """Return the id of a number's row.

    Examples
    --------
    >>> anchor(("telecom.bts", "2G")), anchor(("telecom.bts", ""))
    ('telecom.bts.2G', 'telecom.bts')
    """
    return ".".join(filter(None, one))


def terms(seen):
    """Return the numbers of the period itself that a check was about.

    Examples
    --------
    >>> terms("telecom.bts[2G]=884; last_year(telecom.bts)=3700; telecom.bts=3775")
    [('telecom.bts', '2G'), ('telecom.bts', '')]
    """
    found = [TERM.fullmatch(part) for part in seen.split("; ")]
    return [(match["indicator"], match["category"] or "") for match in found if match]
