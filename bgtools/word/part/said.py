"""What the executed notebooks of a run say: the answer under each question, and the figures, in their order.

Only what a run has proved is taken; where none is, the numbers are put into a plain sentence instead.
"""

import html
import re
from dataclasses import dataclass, field

from bgdata.package import value_text
from bgtools.run.notebooks import executed
from bgtools.run.results import Place

HEADING = re.compile(r"^#+\s+(?P<words>.+)$", re.MULTILINE)
NAMED = re.compile(r"\d+-(?P<sector>[\w-]+)")


@dataclass
class Answers:
    """What one notebook says.

    Attributes
    ----------
    sector : str
        ``"overview"`` of the notebook that is of none.
    sentences : list of str
    figures : list of str
        Names.
    """

    sector: str
    sentences: list = field(default_factory=list)
    figures: list = field(default_factory=list)


def answers(root, period, lang):
    """Return what the notebooks of a period's last run say, by sector; nothing of those that failed.

    Parameters
    ----------
    root : pathlib.Path
    period : Period
    lang : {"vi", "en"}

    Returns
    -------
    dict of str to Answers
    """
    place, found = Place(root, period.code, lang), {}
    for name, entry in place.entries().items():
        named = NAMED.fullmatch(name)
        if named and entry.status == "done":
            one = Answers(named["sector"].replace("-", "_"))
            for cell in _cells(root / place.copy(name)):
                _take(cell, one)
            found[one.sector] = one
    return found


def _cells(path):
    try:
        return executed(path)
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _take(cell, one):
    for output in cell.get("outputs", ()):
        figure = output.get("metadata", {}).get("bgdata", {}).get("figure")
        if figure and figure not in one.figures:
            one.figures.append(figure)
        markdown = output.get("data", {}).get("text/markdown")
        if markdown:
            text = html.unescape("".join(markdown)).replace("\u00a0", " ")
            one.sentences += [re.sub(r"[*_`]{1,2}", "", part).strip() for part in text.split("\n\n") if part.strip()]


def plain(package, rows, lang):
    """Return a sentence for each indicator, made of its numbers as they were printed.

    Parameters
    ----------
    package : bgdata.package.Package
    rows : sequence of dict
        Observations of one sector, in the catalogue's order.

    Returns
    -------
    list of str
    """
    sentences, of = [], {}
    for row in rows:
        of.setdefault(row["indicator"], []).append(row)
    for indicator, found in of.items():
        totals = [_said(package, row, lang) for row in found if not row["category"]]
        parts = [f"{_part(package, row, lang)} {_said(package, row, lang)}" for row in found if row["category"]]
        label = package.indicators[indicator][f"label_{lang}"]
        sentences.append(f"{label}: {'; '.join([*totals, *parts])}.")
    return sentences


def _part(package, row, lang):
    breakdown = package.indicators[row["indicator"]]["breakdown"]
    return package.categories[breakdown, row["category"]][f"label_{lang}"]


def _said(package, row, lang):
    unit = package.indicators[row["indicator"]]["unit"]
    return value_text({**row, "unit": unit}, lang).replace("\u00a0", " ")
