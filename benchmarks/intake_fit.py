"""Fit the weights of the matching on the invented reports: python benchmarks/intake_fit.py

Each report is measured with weights fitted on the others only; from these measures come the confidence and the table
that is printed. Then all are fitted together and bgtools/read/statement/weights.py is written. Words and paragraphs are left out
at random, so that other wordings and shorter reports are met. The reports of KEPT_OUT are not looked at; the first
report is where BGDATA_REPORT names it.
"""

import os
import random
import re

import numpy as np
from intake import FITTED, REPORTS, ROOT, checked, deciles, right
from scipy.optimize import minimize

from bgdata.notation import Period
from bgdata.package import Package
from bgtools.read.document.documents import read
from bgtools.read.statement import match, weights
from bgtools.read.statement.context import context
from bgtools.read.statement.evidence import Evidence
from bgtools.read.statement.numerals import numerals, value_of
from bgtools.read.statement.slots import slots

NEGATIVE = {"no_total": (None, -1.0), "other_unit": (None, 0), "total": (None, -0.5)}
LIMITS = {"size": (0, 1.0), "order": (0, 1.5), "role": (0, 3), "category_wide": (0.8, None), "elsewhen": (6, 6)}
LIMITS |= {name: (least, None) for name, least in (("exceeds", 4), ("shares", 4), ("unnamed", 2))}  # seldom, but sure
DROPPED = ((0.0, 0.0), (0.15, 0.4), (0.35, 0.2))  # shares of words and of paragraphs left out
BEST = 25  # slots per numeral that are looked at while fitting
SETS = {name: (REPORTS / f"{name}.txt", REPORTS / f"{name}.csv", of) for name, of in FITTED.items()}
if "BGDATA_REPORT" in os.environ:
    SETS["2024-S1"] = os.environ["BGDATA_REPORT"], ROOT / "data" / "observations" / "2024-S1.csv", "2024-S1"
SAID = set(
    "khoảng gần hơn trên dưới ước đạt xấp xỉ tăng giảm bằng so với cùng kỳ triệu tỷ tỉ nghìn đồng usd đến tới năm "
    "tháng ngày phần trăm lần thứ số quyết định kế hoạch công văn không từ lên xuống".split()
)


class Case:
    """A report with, for each numeral, the slot that it truly belongs to (-1: none)."""

    def __init__(self, name, dropped, seed):
        self.name = name
        text, known, period = SETS[name]
        package, period, chance = Package.open(), Period.parse(period), random.Random(seed)
        words, paragraphs = dropped
        found = read(text, package, lang="en").passages
        self.passages = [one for one in found if one.text in one.headings or chance.random() >= paragraphs]
        for passage in self.passages:
            passage.text = _thinned(passage, words, chance)
        found = [numeral for numeral in numerals(self.passages, period) if numeral.kind == "observation"]
        self.numerals = match.candidates(self.passages, found)
        self.slots = slots(package, period)
        self.evidence = Evidence(self.passages, self.numerals, self.slots, package)
        self.known = checked(known)
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
    """Leave out a share of the words; numbers, headings and the words that qualify a number stay."""

    def kept(word):
        plain = word[0].strip()
        stays = plain.lower() in SAID or len(plain) < 2 or not word.start() or chance.random() > share
        return word[0] if stays else ""

    if passage.text in passage.headings:
        return passage.text
    return re.sub(r"(?<![\w/.-])[^\W\d_]+(?![\w/.-]) ?", kept, passage.text)


def fitted(cases):
    """Return the weights under which the true slots are likeliest (conditional logit, no slot counting as 0)."""
    names = [name for name in weights.WEIGHTS if name != "bias"]
    values, possible, true = (np.concatenate(parts) for parts in zip(*(case.examples(names) for case in cases)))
    bounds = [LIMITS.get(name) or NEGATIVE.get(name) or (0, None) for name in names] + [(None, None)]
    start = np.array([*(weights.WEIGHTS[name] for name in names), weights.WEIGHTS["bias"]])
    start = np.clip(start, *zip(*((-99 if low is None else low, 99 if high is None else high) for low, high in bounds)))
    result = minimize(_loss, start, (values, possible, true), jac=True, method="L-BFGS-B", bounds=bounds)
    return dict(zip([*names, "bias"], result.x.tolist()))


def _loss(now, values, possible, true, ridge=3.0):
    loss, slope = ridge / 2 * np.sum(now[:-1] ** 2), np.append(ridge * now[:-1], 0.0)
    scores = np.where(possible, values @ now[:-1].astype(np.float32) + now[-1], -1e9).astype(float)
    top = np.maximum(scores.max(axis=1), 0)
    shares = np.exp(scores - top[:, None])
    everything = shares.sum(axis=1) + np.exp(-top)
    shares /= everything[:, None]
    rows = np.flatnonzero(true >= 0)
    loss += np.sum(top + np.log(everything)) - np.sum(scores[rows, 0])
    shares[rows, 0] -= 1
    return loss, slope + np.append(np.tensordot(shares, values, 2), shares.sum())


def train(cases, rounds):
    """Fit the weights, with the context of the true pairs first, then of the pairs found."""
    for step in range(rounds):
        _set(weights.WEIGHTS, fitted(cases))
        if step + 1 < rounds:
            for case in cases:
                case.pairs = match.settle(case.evidence)[1]


def calibrate(facts, good):
    """Fit the logistic curve from the facts about a match to the share that is right."""
    values = np.stack([*facts.values(), np.ones(len(good))], axis=1)

    def loss(now):
        return np.sum(np.logaddexp(0, -(values @ now) * (2 * good - 1))) + 0.05 * np.sum(now[:-1] ** 2)

    bounds = [(0, None)] * len(facts) + [(None, None)]
    return dict(zip([*facts, "bias"], minimize(loss, np.zeros(len(facts) + 1), method="L-BFGS-B", bounds=bounds).x))


def left_out(cases, together):
    """Measure each report with weights fitted on the others; return (facts, right) of its matches, report by report."""
    measured = []
    for name in SETS:
        _set(weights.WEIGHTS, together)
        train([case for case in cases if case.name != name], rounds=1)
        for case in (case for case in cases if case.name == name):
            scores, pairs = match.settle(case.evidence)
            good = case.judged(pairs)
            measured.append((name, match.certainty(scores, pairs, case.evidence), good))
            print(f"{name}: left out, {good.sum()} of {(case.truth >= 0).sum()} right, {(~good).sum()} wrong")
    return measured


def crossed(measured):
    """Return (confidence, right) of all matches, each with a curve fitted on the other reports."""
    pairs = []
    for name in SETS:
        others = [one for one in measured if one[0] != name]
        curve = calibrate(_joined(others), np.concatenate([good for *_, good in others]))
        for _, facts, good in (one for one in measured if one[0] == name):
            margin = sum(curve[key] * value for key, value in facts.items()) + curve["bias"]
            pairs += zip(1 / (1 + np.exp(-margin)), good)
    return pairs


def _joined(measured):
    return {key: np.concatenate([facts[key] for _, facts, _ in measured]) for key in measured[0][1]}


def main():
    cases = [Case(name, share, seed) for name in SETS for seed, share in enumerate(DROPPED)]
    train(cases, rounds=3)
    together = dict(weights.WEIGHTS)
    measured = left_out(cases, together)
    pairs = crossed(measured)
    deciles(pairs)
    for bar in (0.9, 0.93, 0.95, 0.97, 0.98, 0.99):
        goods = [good for sure, good in pairs if sure >= bar]
        print(f"  from {bar}: {len(goods)} of {len(pairs)}, right {np.mean(goods):.4f}")
    _set(weights.WEIGHTS, together)
    _set(weights.CONFIDENCE, calibrate(_joined(measured), np.concatenate([good for *_, good in measured])))
    _write()


def _set(table, values):
    table.clear()
    table.update(values)


def _write():
    lines = ['"""Weights of the evidence and of confidence; `benchmarks/intake_fit.py` writes this file."""', ""]
    for name in ("WEIGHTS", "CONFIDENCE"):
        table = getattr(weights, name)
        lines += [f"{name} = {{", *(f'    "{key}": {round(float(value), 3)},' for key, value in table.items()), "}"]
    open(weights.__file__, "w", encoding="utf-8").write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
