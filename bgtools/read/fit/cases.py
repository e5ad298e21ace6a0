"""Labelled reports as cases to fit on: their evidence, and for each numeral the slot that it truly belongs to.

Words, paragraphs and numbers are left out at random, so that other wordings, shorter reports and reports that leave a
number out are met. Nothing is fitted here.
"""

import random
import re

import numpy as np

from bgdata.notation import Period
from bgdata.package import Package
from bgtools.read.document.documents import read, sectors_of
from bgtools.read.document.written import Writing
from bgtools.read.fit.labelled import ROOT, checked, right
from bgtools.read.indicator import match
from bgtools.read.indicator.context import context
from bgtools.read.indicator.evidence import Evidence
from bgtools.read.indicator.slots import slots, together
from bgtools.read.statement.numerals import numerals, value_of
from bgtools.read.statement.scope import home_of_package

DROPPED = (  # shares of words, paragraphs, numbers, and how much that is
    (0, 0, 0, 0),
    (0.15, 0.4, 0, 1),
    (0.35, 0.2, 0, 2),
    (0, 0, 0.4, 1),
    (0.1, 0.1, 0.7, 2),
)
NUMBER = re.compile(r"(?<![\w/.,-])\d[\d.,]*(?:(?:\s?[-–]\s?|\s+đến\s+)\d[\d.,]*)?(?![\w/-])")  # a range is one number
BEST = 25  # slots per numeral that are looked at while fitting
SAID = set(
    "khoảng gần hơn trên dưới ước đạt xấp xỉ tăng giảm bằng so với cùng kỳ triệu tỷ tỉ nghìn đồng usd đến tới năm "
    "tháng ngày phần trăm lần thứ số quyết định kế hoạch công văn không từ lên xuống".split()
)


class Case:
    """A report with, for each numeral, the slot that it truly belongs to (-1: none)."""

    def __init__(self, report, dropped, seed):
        self.name = report.name
        package, period, chance = Package.open(ROOT), Period.parse(report.period), random.Random(seed)
        words, paragraphs, left_out, self.thinned = dropped
        self.slots = slots(package, period)
        found = Writing(read(report.text, sectors=sectors_of(package)).passages, together(self.slots)).passages
        self.passages = [one for one in found if one.text in one.headings or chance.random() >= paragraphs]
        for passage in self.passages:
            passage.text = _blanked(_thinned(passage, words, chance), passage, left_out, chance)
        found = numerals(self.passages, period, home_of_package(package))
        self.numerals = match.candidates(self.passages, [one for one in found if one.kind == "observation"])
        self.evidence = Evidence(self.passages, self.numerals, self.slots, package)
        self.known = checked(report.checked)
        self.truth = self._truth()
        self.pairs = [(row, int(column)) for row, column in enumerate(self.truth) if column >= 0]

    def _truth(self):
        """Of several numerals that print the number in its section, the one that most speaks for is the true one."""
        columns = {slot.key: column for column, slot in enumerate(self.slots)}
        worth = match.total(self.evidence.layers, self.evidence.possible)
        here = [(*value_of(one), one.qualifier, self.passages[one.passage].section) for one in self.numerals]
        truth = np.full(len(self.numerals), -1)
        for key, row in self.known.items():
            wanted = (row["value"], row["lower"], row["upper"], row["qualifier"], row["section"])
            equal = [place for place, printed in enumerate(here) if printed == wanted and truth[place] < 0]
            equal = [place for place in equal if self.evidence.possible[place, columns[key]]]
            if equal:
                truth[max(equal, key=lambda place: worth[place, columns[key]])] = columns[key]
        return truth

    def examples(self, names):
        """Return the evidence for the likeliest slots of each numeral, which of them are possible, and the true one.

        Each numeral comes twice: with the size of the last value, and as in a first report, without.
        """
        layers = self.evidence.layers | context(self.evidence, self.pairs)
        values = np.stack([layers[name] for name in names], axis=-1).astype(np.float32)
        rough = match.total(layers, self.evidence.possible)
        rows = np.arange(len(self.truth))
        rough[rows[self.truth >= 0], self.truth[self.truth >= 0]] = np.inf
        best = np.argsort(-rough, axis=1)[:, :BEST]
        values, possible = values[rows[:, None], best], self.evidence.possible[rows[:, None], best]
        unknown = values.copy()
        unknown[..., names.index("size")] = 0.5
        true = np.where(self.truth >= 0, 0, -1)  # the true slot sorts first
        return np.concatenate([values, unknown]), np.concatenate([possible] * 2), np.concatenate([true] * 2)

    def judged(self, pairs):
        proposed = [match.Match(self.numerals[row], self.slots[column], 0) for row, column in pairs]
        return np.array([right(one, self.passages, self.known) for one in proposed], dtype=bool)


def _thinned(passage, share, chance):
    """Leave out a share of the words; numbers, headings, names and the words that qualify a number stay."""

    def kept(word):
        plain = word[0].strip()
        named = not plain.islower() and word.start()
        stays = plain.lower() in SAID or named or len(plain) < 2 or not word.start() or chance.random() > share
        return word[0] if stays else ""

    if passage.text in passage.headings:
        return passage.text
    return re.sub(r"(?<![\w/.-])[^\W\d_]+(?![\w/.-]) ?", kept, passage.text)


def _blanked(text, passage, share, chance):
    """Leave out a share of the numbers, as a report that does not print them."""
    if passage.text in passage.headings or not share or passage.cells:
        return text
    return NUMBER.sub(lambda one: "nhiều" if chance.random() < share else one[0], text)
