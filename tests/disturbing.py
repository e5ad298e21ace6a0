"""Read reports with some of their numbers disturbed, and count what is entered wrongly.

Entered wrongly is what the text does not state as this period's result for the indicator. The ways stand in
`disturbances`, the tables in `layouts`; used by the tests, and by `benchmarks/disturb.py`.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field, replace

from disturbances import Target
from layouts import tables
from other_words import EVERY
from unheard_words import UNHEARD

from bgdata.notation.periods import Period
from bgdata.package.datapackage import Package
from bgtools.read.document.documents import read
from bgtools.read.fit.labelled import checked, invented, right
from bgtools.read.reading import of_passages
from bgtools.read.statement.numerals import value_of

WAYS = EVERY | UNHEARD
TOGETHER = 4  # numbers disturbed in one reading


@dataclass
class Count:
    """What came of one way."""

    disturbed: int = 0
    wrong: int = 0
    entered: int = 0
    may: int = 0
    said: list = field(default_factory=list)

    def add(self, other):
        """Add another count to this one."""
        for name in ("disturbed", "wrong", "entered", "may", "said"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def line(self, way):
        per = 1000 * self.wrong / max(1, self.disturbed)
        share = f"{self.entered / self.may:.0%}" if self.may else "–"
        left = self.disturbed - self.wrong - self.entered
        return f"| {way} | {self.disturbed} | {self.wrong} | {per:.1f} | {share} | {left} |"


class Bench:
    """One report, read undisturbed."""

    def __init__(self, report, package):
        self.package, self.period, self.name = package, Period.parse(report.period), report.name
        self.told = {}  # what a table that was added says, by indicator
        self.passages = read(report.text).passages
        self.known = checked(report.checked)
        reading = of_passages(self.passages, package, self.period)
        self.targets = [
            (one.numeral.passage, self._target(one))
            for one in reading.matches
            if right(one, reading.passages, self.known)
            and self.passages[one.numeral.passage].text not in self.passages[one.numeral.passage].headings
        ]
        self.undisturbed = Count(len(self.known), may=len(self.known))
        self._judge(reading, {}, self.undisturbed)

    def _target(self, one):
        passage, numeral = self.passages[one.numeral.passage], one.numeral
        return Target(passage.text, numeral.start, numeral.end, self.known[one.slot.key], one.slot, self.period)

    def variants(self, way, chance):
        """Return (passage, target, text, allowed) of all that a way makes of the report's numbers."""
        return [(index, one, text, allowed) for index, one in self.targets for text, allowed in WAYS[way](one, chance)]

    def run(self, variants, count):
        """Read the report with some numbers disturbed, and judge what is entered."""
        passages, allowed = list(self.passages), {}
        for index, one, text, may in variants:
            passages[index] = replace(
                passages[index], text=text, marks={}, cells=_moved(passages[index], one.start, len(text))
            )
            allowed[one.slot.key] = may
        count.disturbed += len(variants)
        count.may += sum(bool(may) for *_, may in variants)
        self._judge(of_passages(passages, self.package, self.period), allowed, count)

    def judged(self, reading, allowed):
        """Yield each match that is entered, and whether its number may be."""
        for one in filter(reading.certain, reading.matches):
            key, said = one.slot.key, value_of(one.numeral)
            known = self.known.get(key)
            if key in allowed:
                yield one, (said[0], one.numeral.qualifier) in allowed[key]
            else:
                yield one, bool(known) and said == (known["value"], known["lower"], known["upper"])

    def _judge(self, reading, allowed, count):
        for one, good in self.judged(reading, allowed):
            key, said = one.slot.key, value_of(one.numeral)
            count.entered += good and (key in allowed or not allowed)
            if not good and (key[1] or said[0] is None or said[0] != self.told.get(key[0])):
                count.wrong += 1
                text = reading.passages[one.numeral.passage].text
                place = text[max(0, one.numeral.start - 90) : one.numeral.end + 50]
                count.said.append(
                    f"{self.name} {'/'.join(key)} = {one.numeral.printed} {one.numeral.qualifier}: {place}"
                )


def _moved(passage, start, length):
    """Return the cells of a row in whose text something at a place became longer or shorter."""
    more = length - len(passage.text)
    return [
        replace(cell, start=cell.start + more * (cell.start > start), end=cell.end + more * (cell.end > start))
        for cell in passage.cells
    ]


def batches(variants, together):
    """Part variants so that those of one batch stand in sections of their own, and are of other numbers."""
    open_ones = []
    for one in variants:
        for batch in open_ones:
            if len(batch) < together and all(abs(other[0] - one[0]) > 2 for other in batch):
                batch.append(one)
                break
        else:
            open_ones.append([one])
        if len(open_ones[0]) == together:
            yield open_ones.pop(0)
    yield from open_ones


def measure(names, ways, *, share=1.0, together=TOGETHER, seed=0, most=None):
    """Return the counts by way, the undisturbed first; of each way a share of the numbers, and at most so many a report."""
    package, counts = Package.open(), defaultdict(Count)
    for report in invented(names):
        bench = Bench(report, package)
        counts["undisturbed"].add(bench.undisturbed)
        for way in ways:
            chance = random.Random(f"{seed} {report.name} {way}")
            variants = [one for one in bench.variants(way, chance) if chance.random() < share]
            if most and len(variants) > most:
                variants = chance.sample(variants, most)
            few = way in ("a jump", "impossible share")  # many in one document are refused together
            for batch in batches(variants, min(together, 4) if few else together):
                bench.run(batch, counts[way])
    return counts


def measure_tables(counts, period="2024-S2", count=4, seed=0):
    """Count what is entered from tables of every layout."""
    package, period = Package.open(), Period.parse(period)
    for name, passages, may in tables(period, seed, count):
        reading, one = of_passages(passages, package, period), counts[f"table: {name}"]
        one.disturbed += len(passages) - 2
        one.may += len(may)
        for match in filter(reading.certain, reading.matches):
            good = not match.slot.category and value_of(match.numeral)[0] == may.get(match.slot.indicator)
            one.entered += good
            one.wrong += not good
            if not good:
                one.said.append(
                    f"{'/'.join(match.slot.key)} = {match.numeral.printed}: {passages[match.numeral.passage].text}"
                )


def damaged(report, share, seed):
    """Return the count of a report of which a share of the numbers is damaged at random, with an office's table in it."""
    package, count = Package.open(), Count()
    bench, chance = Bench(report, package), random.Random(f"{seed} {report.name}")
    every = [one for way in WAYS for one in bench.variants(way, chance)]
    chance.shuffle(every)
    chosen, passages = [], set()
    for one in every:
        if len(chosen) < share * len(bench.targets) and one[0] not in passages:
            chosen.append(one)
            passages.add(one[0])
    table, bench.told = next(
        rest for name, *rest in tables(bench.period, seed, 1) if name.startswith("last year, plan")
    )
    bench.passages = [*bench.passages, *table[2:]]
    bench.run(chosen, count)
    return count
