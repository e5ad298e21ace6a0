"""Statements of one number each, written by people who did not know the reader: what is entered from them?

`statements/*.jsonl`, a line a statement: its kind (``plain``: a result of ours), the text, the indicator that it is or tempts
to, the number as printed, what may be entered (`may`, a `range`). Each takes the place of the passage in which an
invented report prints that indicator; some are read together, in sections of their own.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal

from disturbing import Bench

from bgdata.package import Package
from bgtools.read.fit.labelled import invented
from bgtools.read.reading import of_passages
from bgtools.read.statement.numerals import value_of

TOGETHER, APART = 8, 2


@dataclass
class Judged:
    """What came of the statements of one kind."""

    stated: int = 0
    wrong: int = 0
    right: int = 0
    may: int = 0
    said: list = field(default_factory=list)

    def line(self, kind):
        return f"| {kind} | {self.stated} | {self.wrong} | {self.right} of {self.may} |"


class Host:
    """An invented report that statements are put into."""

    def __init__(self, name="second-half"):
        self.package = Package.open()
        self.bench = Bench(invented([name])[0], self.package)
        self.of_key = {one.slot.key: index for index, one in self.bench.targets}
        self.of_sector = {one.slot.row["sector"]: index for index, one in reversed(self.bench.targets)}

    def place(self, one):
        """Return the passage that a statement takes the place of."""
        same = [index for (indicator, _), index in self.of_key.items() if indicator == one["indicator"]]
        sector = self.package.indicators[one["indicator"]]["sector"]
        own = self.of_key.get((one["indicator"], one["category"]))
        return next(index for index in (own, *same, self.of_sector.get(sector)) if index is not None)

    def batches(self, statements):
        """Yield statements with their places, those of one batch apart and of other indicators."""
        batches = []
        for one in statements:
            index = self.place(one)
            for batch in batches:
                apart = all(abs(index - place) > APART for _, place in batch)
                if (
                    len(batch) < TOGETHER
                    and apart
                    and all(one["indicator"] != other["indicator"] for other, _ in batch)
                ):
                    batch.append((one, index))
                    break
            else:
                batches.append([(one, index)])
        return batches

    def judge(self, statements):
        """Return what is entered from statements, by kind."""
        counts = defaultdict(Judged)
        for batch in self.batches(statements):
            passages = list(self.bench.passages)
            for one, index in batch:
                passages[index] = replace(passages[index], text=one["text"], marks={})
            entered = list(
                filter((reading := of_passages(passages, self.package, self.bench.period)).certain, reading.matches)
            )
            for one, index in batch:
                _count(counts[one["kind"]], one, [match for match in entered if match.numeral.passage == index])
        return counts


def _count(count, one, entered):
    key, number = (one["indicator"], one["category"]), one["printed"].split()[0]
    may, between = [Decimal(value) for value in one["may"]], [Decimal(str(end)) for end in one.get("range") or []]
    count.stated += 1
    count.may += bool(may or between)
    for match in entered:
        value, *ends = value_of(match.numeral)
        if match.slot.key == key and (value in may or value is None and ends == between):
            count.right += 1
        elif match.slot.key == key or match.numeral.printed.split()[0] == number:
            count.wrong += 1
            count.said.append(f"{'/'.join(match.slot.key)} = {match.numeral.printed}: {one['text']}")
