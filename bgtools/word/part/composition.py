"""What the statistics part of a report says: for each sector its answers, its numbers in a table, its figures.

The sectors stand in the report's order. Every number can be followed to the data: by its bookmark, and by the section
that the table names. How it is set is decided in `decree`.
"""

import re

from bgdata.package import Key, value_text
from bgdata.rules import CONTRADICTS, examine
from bgdata.voice import Bilingual, Message
from bgtools.word.checks.expected import Expected, label
from bgtools.word.part.decree import TEXT_WIDTH, Paper
from bgtools.word.part.said import answers, plain
from bgtools.word.pictures import Figures

TITLE = Message("STATISTICS")
OVERVIEW = Message("Overview")
HEADS = (Message("No."), Message("Indicator"), Message("Unit"))
WIDTHS = (1.2, 7.3, 2.8)
TABLE = Bilingual({"label_vi": "Bảng", "label_en": "Table"}, "label")


def composed(package, period, lang):
    """Return the statistics part of a period's report as a Word file, as bytes.

    Parameters
    ----------
    package : bgdata.package.Package
    period : Period
        With observations.
    lang : {"vi", "en"}

    Returns
    -------
    bytes
    """
    return _Composition(package, period, lang).content()


class _Composition:
    def __init__(self, package, period, lang):
        self.package, self.period, self.lang = package, period, lang
        self.rows, self.before = Expected(package, period).now, Expected(package, period.year_before()).now
        self.said, self.figures = answers(package.root, period, lang), Figures(package.root)
        self.verdicts = examine(package, period).verdicts
        self.source = package.periods[period][f"source_{lang}"]
        self.count = 0
        self.paper = Paper(f"{TITLE.to(lang)} {period.label(lang)}", self.source.split(",")[0])

    def content(self):
        paper, lang = self.paper, self.lang
        paper.line(TITLE.to(lang), bold=True)
        paper.line(
            Message("for the report on work in the {period}", period=label(self.period)).to(lang), bold=True, space=6
        )
        paper.line(Message("Source: {source}.", source=self.source).to(lang), italic=True, size=13, space=12)
        shown = set()
        if "overview" in self.said:
            self._section(OVERVIEW.to(lang), "overview", [], shown)
        for sector, row in self.package.sectors.items():
            rows = [one for one in self.rows.values() if self.package.indicators[one["indicator"]]["sector"] == sector]
            if rows or sector in self.said:
                self._section(row[f"label_{lang}"], sector, rows, shown)
        return paper.content()

    def _section(self, name, sector, rows, shown):
        self.count += 1
        self.paper.heading(f"{self.count}. {name}")
        said = self.said.get(sector)
        sentences = [] if sector == "overview" else said.sentences if said else None
        for sentence in plain(self.package, rows, self.lang) if sentences is None else sentences:
            self.paper.text(self._traced(sentence, rows or list(self.rows.values())))
        if rows:
            self._table(name, rows)
        for figure in said.figures if said else self._figures(sector):
            drawn = self.figures.of(self.period, figure, self.lang)
            if drawn and figure not in shown:
                shown.add(figure)
                caption, description = drawn.about
                self.paper.figure(drawn.content, description, figure)
                self.paper.caption(Message("Figure").to(self.lang), caption.rstrip("."))

    def _figures(self, sector):
        """Return the figures that a sector's notebook would draw, by their names."""
        begins = sector.replace("_", "-")
        names = [
            one.name for one in self.figures.drawn if one.period == self.period.code and one.name.startswith(begins)
        ]
        return list(dict.fromkeys(names))

    def _traced(self, sentence, rows):
        """Part a sentence into words and the numbers whose keys are known."""
        spans = []
        for row in rows:
            for form in dict.fromkeys((self._printed(row), row["printed"])):
                found = re.search(rf"(?<![\d.,]){re.escape(form)}(?![\d]|[.,]\d)", sentence)
                if found and not any(found.start() < end and start < found.end() for start, end, _ in spans):
                    spans.append((*found.span(), self._key(row)))
                    break
        pieces, at = [], 0
        for start, end, key in sorted(spans):
            pieces += [(sentence[at:start], ""), (sentence[start:end], key)]
            at = end
        return [piece for piece in (*pieces, (sentence[at:], "")) if piece[0]]

    def _printed(self, row, *, words=False):
        unit = self.package.indicators[row["indicator"]]["unit"]
        return value_text({**row, "unit": unit}, self.lang, unit=False, words=words).replace("\u00a0", " ")

    def _key(self, row):
        return str(Key(row["indicator"], row["category"] or ""))

    def _table(self, name, rows):
        then = [self.before.get((row["indicator"], row["category"] or "")) for row in rows]
        heads = [*(head.to(self.lang) for head in HEADS), _head(self.period, self.lang)]
        if any(then):
            heads.append(_head(self.period.year_before(), self.lang))
        widths = [*WIDTHS, *[(TEXT_WIDTH - sum(WIDTHS)) / (len(heads) - 3)] * (len(heads) - 3)]
        lines, unsure = [], False
        for number, (row, last) in enumerate(zip(rows, then), start=1):
            wrong = self.verdicts.get(self._key(row)) == CONTRADICTS
            unsure = unsure or wrong
            unit = self.package.units[self.package.indicators[row["indicator"]]["unit"]][f"label_{self.lang}"]
            name_of = self.package.label(row["indicator"], row["category"] or "", self.lang)
            value = self._printed(row, words=True) + "*" * wrong
            cells = [(str(number), ""), (name_of, ""), (unit, ""), (value, self._key(row))]
            lines.append([*cells, *[(self._printed(last, words=True) if last else "–", "")] * (len(heads) - 4)])
        self.paper.caption(TABLE.to(self.lang), name, above=True)
        self.paper.table(heads, widths, lines)
        note = Message("* The numbers contradict each other; see: bgdata check {period}.", period=self.period.code)
        self.paper.note(note.to(self.lang) if unsure else "")


def _head(period, lang):
    words = period.label(lang)
    return words[0].upper() + words[1:]
