"""Measure how well a report is read: python benchmarks/intake.py REPORT CHECKED [--period 2024-S2]

CHECKED is an observations file that a person has checked; what the package holds of PERIOD itself is not looked at.
Without arguments the invented reports of tests/reports are measured. --fit fits the weights on them, one report kept
out of all fitting, and writes bgdata/intake/weights.py.
"""

import argparse
import csv
import random
import re
import time
from decimal import Decimal
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from bgdata.intake import match, reading
from bgdata.intake.documents import read
from bgdata.intake.evidence import Evidence
from bgdata.intake.numerals import value_of
from bgdata.intake.weights import CONFIDENCE, WEIGHTS
from bgdata.model.package import Package
from bgdata.model.periods import Period

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT / "tests" / "reports"
FITTED = {"second-half": "2024-S2", "bullets": "2025-S1", "prose": "2025-S1", "reordered": "2026-S1"}
KEPT_OUT = {"held-out": "2025-S2"}
NEGATIVE = {"no_total": (None, -2.0), "other_unit": (None, 0), "total": (None, -0.5), "is_category": (None, 0)}
LIMITS = {"size": (0, 1.0), "order": (0, 1.5), "role": (0, 3), "category_wide": (0.8, None)}  # weak evidence stays weak
CONTEXT = ("kin", "sector", "order", "exceeds")
DROPPED = (0.0, 0.2, 0.4)  # shares of words left out, so that other wordings are met
COLUMNS = ("value", "lower", "upper")
SAID = set(
    "khoảng gần hơn trên dưới ước đạt xấp xỉ tăng giảm bằng so với cùng kỳ triệu tỷ tỉ nghìn đồng usd đến tới năm "
    "tháng ngày phần trăm lần thứ số quyết định kế hoạch công văn không".split()
)


def checked(path):
    """Return the rows of a checked observations file by indicator and category."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row |= {column: Decimal(row[column]) if row[column] else None for column in COLUMNS}
    return {(row["indicator"], row["category"]): row for row in rows}


def right(one, passages, known):
    """Tell whether a match has the value, unit, qualifier and section of the checked row."""
    row = known.get(one.slot.key)
    numeral = one.numeral
    return row is not None and (*value_of(numeral), numeral.qualifier, passages[numeral.passage].section) == (
        *(row[column] for column in COLUMNS),
        row["qualifier"],
        row["section"],
    )


def measure(lines, known, period):
    """Print the measures of one report; return (confidence, right) of its matches."""
    start = time.perf_counter()
    found = reading.of_lines(lines, Package.open(), period)
    seconds = time.perf_counter() - start
    judged = [(one, right(one, found.passages, known)) for one in found.matches]
    entered = [good for one, good in judged if found.certain(one)]
    classes = {kind: sum(numeral.kind == kind for numeral in found.numerals) for kind in _kinds(found)}
    proposed = sum(good for _, good in judged)
    print(f"  numerals classified    {len(found.numerals)} ({', '.join(f'{n} {k}' for k, n in classes.items())})")
    print(f"  proposed right         {proposed} of {len(known)} ({proposed / len(known):.1%})")
    print(f"  entered without asking {len(entered)}, right {sum(entered)} ({_share(entered):.1%})")
    for one, good in judged:
        if not good:
            entry = "ENTERED" if found.certain(one) else "listed"
            place = found.passages[one.numeral.passage].section
            print(
                f"    wrong, {entry}: {'/'.join(one.slot.key)} = {one.numeral.printed} ({place}) {one.confidence:.2f}"
            )
    missed = set(known) - {one.slot.key for one, good in judged if good}
    print(f"  not proposed right     {', '.join('/'.join(key).strip('/') for key in known if key in missed) or '-'}")
    print(f"  seconds                {seconds:.2f}")
    return [(one.confidence, good) for one, good in judged]


def _kinds(found):
    return list(dict.fromkeys(numeral.kind for numeral in found.numerals))


def _share(goods):
    return sum(goods) / len(goods) if goods else 1.0


def deciles(pairs):
    """Print how many matches of each confidence were right."""
    print("  confidence   matches   right")
    for low in range(10):
        goods = [good for sure, good in pairs if low <= min(9, int(sure * 10)) < low + 1]
        if goods:
            print(f"  {low / 10:.1f}-{low / 10 + 0.1:.1f}      {len(goods):7d}   {_share(goods):.3f}")


def growth(lines, period):
    """Print the seconds for the report, and for reports of 2, 5 and 10 times its length."""
    for times in (1, 2, 5, 10):
        start = time.perf_counter()
        found = reading.of_lines(list(lines) * times, Package.open(), period)
        count = sum(numeral.kind == "observation" for numeral in found.numerals)
        print(f"  {times:2d} x   {count:5d} numerals   {time.perf_counter() - start:5.2f} s")


# fitting


class Case:
    """A report with, for each numeral, the slot that it truly belongs to (-1: none)."""

    def __init__(self, name, period, dropped=0.0, seed=0):
        self.name = name
        package = Package.open()
        text = (REPORTS / f"{name}.txt").read_text(encoding="utf-8")
        found = reading.of_lines(_thinned(text, dropped, seed).split("\n"), package, Period.parse(period))
        self.passages, self.slots = found.passages, found.slots
        self.numerals = match.candidates(found.passages, [n for n in found.numerals if n.kind == "observation"])
        self.evidence = Evidence(self.passages, self.numerals, self.slots, package)
        self.known = checked(REPORTS / f"{name}.csv")
        self.truth = self._truth()

    def _truth(self):
        columns = {slot.key: column for column, slot in enumerate(self.slots)}
        truth = np.full(len(self.numerals), -1)
        for key, row in self.known.items():
            wanted = (*(row[column] for column in COLUMNS), row["section"])
            for position, numeral in enumerate(self.numerals):
                here = (*value_of(numeral), self.passages[numeral.passage].section)
                if truth[position] < 0 and here == wanted and self.evidence.possible[position, columns[key]]:
                    truth[position] = columns[key]
                    break
        return truth

    def layers(self, names, pairs):
        layers = self.evidence.layers | match.context(self.evidence, pairs)
        return np.stack([layers[name] for name in names], axis=-1)

    def judged(self, pairs):
        return np.array(
            [
                right(match.Match(self.numerals[row], self.slots[column], 0), self.passages, self.known)
                for row, column in pairs
            ]
        )


def _thinned(text, share, seed):
    """Leave out a share of the words; numbers, headings and the words that qualify a number stay."""
    chance = random.Random(seed)

    def kept(word):
        plain = word[0].strip()
        return word[0] if plain.lower() in SAID or len(plain) < 2 or not word.start() or chance.random() > share else ""

    lines = text.split("\n")
    heading = re.compile(r"(I+\.|\d+(\.\d+)*\.|[a-zđ]\)) ")
    return "\n".join(
        line if heading.match(line) else re.sub(r"(?<![\w/.-])[^\W\d_]+(?![\w/.-]) ?", kept, line) for line in lines
    )


def fitted(cases, names, pairs):
    """Return the weights under which the true slots are likeliest (conditional logit, no slot counting as 0)."""
    arrays = []
    for case, taken in zip(cases, pairs):
        layers = case.layers(names, taken)
        unknown = layers.copy()
        unknown[:, :, names.index("size")] = 0.5  # as in a first report, without a last value
        arrays += [(layers, case.truth, case.evidence.possible), (unknown, case.truth, case.evidence.possible)]
    bounds = [LIMITS.get(name) or NEGATIVE.get(name) or (0, None) for name in names] + [(None, None)]
    start = np.zeros(len(names) + 1)
    result = minimize(_loss, start, args=(arrays,), jac=True, method="L-BFGS-B", bounds=bounds)
    return dict(zip([*names, "bias"], result.x))


def _loss(weights, arrays, ridge=0.6):
    loss, slope = ridge / 2 * np.sum(weights[:-1] ** 2), np.append(ridge * weights[:-1], 0.0)
    for layers, truth, possible in arrays:
        scores = np.where(possible, layers @ weights[:-1] + weights[-1], -1e9)
        top = np.maximum(scores.max(axis=1), 0)
        shares = np.exp(scores - top[:, None])
        total = shares.sum(axis=1) + np.exp(-top)
        shares /= total[:, None]
        rows = np.flatnonzero(truth >= 0)
        loss += np.sum(top + np.log(total)) - np.sum(scores[rows, truth[rows]])
        shares[rows, truth[rows]] -= 1
        slope += np.append(np.einsum("ns,nsk->k", shares, layers), shares.sum())
    return loss, slope


def train(cases):
    """Fit the weights, with the context of the true pairs first, then of the pairs found; set and return them."""
    names = [*cases[0].evidence.layers, *CONTEXT]
    pairs = [[(row, int(column)) for row, column in enumerate(case.truth) if column >= 0] for case in cases]
    for _ in range(3):
        _set(WEIGHTS, fitted(cases, names, pairs))
        pairs = [match.settle(case.evidence)[1] for case in cases]
    return dict(WEIGHTS)


def calibrate(facts, good):
    """Fit the logistic curve from the facts about a match to the share that is right."""
    names = list(facts)
    values = np.stack([*facts.values(), np.ones(len(good))], axis=1)

    def loss(weights):
        return np.sum(np.logaddexp(0, -(values @ weights) * (2 * good - 1))) + 0.05 * np.sum(weights[:-1] ** 2)

    start = np.zeros(values.shape[1])
    result = minimize(loss, start, method="L-BFGS-B", bounds=[(0, None)] * len(names) + [(None, None)])
    return dict(zip([*names, "bias"], result.x))


def fit():
    """Fit everything, print how each report fares when it is left out, and write the weights."""
    _set(WEIGHTS, {name: 0.0 for name in (*WEIGHTS, *CONTEXT)})
    cases = [Case(name, period, share, seed) for name, period in FITTED.items() for seed, share in enumerate(DROPPED)]
    facts, good = [], []
    for name in FITTED:
        train([case for case in cases if case.name != name])
        for case in (case for case in cases if case.name == name):
            scores, pairs = match.settle(case.evidence)
            facts.append(match.certainty(scores, pairs, case.evidence))
            good.append(case.judged(pairs))
            print(
                f"{name}: left out of fitting, {good[-1].sum()} of {len(case.known)} right, {(~good[-1]).sum()} wrong"
            )
    together = {key: np.concatenate([one[key] for one in facts]) for key in facts[0]}
    _set(CONFIDENCE, calibrate(together, np.concatenate(good)))
    train(cases)
    _write()


def _set(table, values):
    table.clear()
    table.update(values)


def _write():
    lines = ['"""Weights of the evidence and of confidence; `benchmarks/intake.py --fit` writes this file."""', ""]
    for name, table in (("WEIGHTS", WEIGHTS), ("CONFIDENCE", CONFIDENCE)):
        lines += [f"{name} = {{", *(f'    "{key}": {round(float(value), 3)},' for key, value in table.items()), "}"]
    (ROOT / "bgdata" / "intake" / "weights.py").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", nargs="?")
    parser.add_argument("checked", nargs="?")
    parser.add_argument("--period", default="2024-S1")
    parser.add_argument("--fit", action="store_true")
    asked = parser.parse_args()
    if asked.fit:
        return fit()
    if asked.report:
        sets = [(asked.report, asked.checked, asked.period)]
    else:
        sets = [(REPORTS / f"{name}.txt", REPORTS / f"{name}.csv", of) for name, of in (FITTED | KEPT_OUT).items()]
    judged = []
    for report, known, period in sets:
        print(Path(report).stem)
        lines, _ = read(report, lang="en")
        judged += measure(lines, checked(known), Period.parse(period))
    deciles(judged)
    growth(lines, Period.parse(period))


if __name__ == "__main__":
    main()
