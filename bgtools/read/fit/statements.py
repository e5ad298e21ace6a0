"""python -m bgtools.read.fit.statements: fit what tells a plain statement of a result from others, and write its weights."""

import csv
import json
from collections import Counter

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from bgdata.notation import Period
from bgdata.package import Package
from bgtools.read.document.written import Writing, Written
from bgtools.read.fit.labelled import FITTED, ROOT, checked, invented, right
from bgtools.read.indicator import plainness
from bgtools.read.indicator.slots import slots, together
from bgtools.read.reading import read_report

STATEMENTS = ROOT / "tests" / "statements"
NUMERIC = {"broken", "compound", "footnote", "sign", "twice", "fraction", "over100", "range"}
RIDGE, LEAST = 1.0, 0.01


def stated(pattern):
    """Return the statements of the files of that name: kind, text, the indicator that tempts, its number, what it may be."""
    return [json.loads(line) for path in sorted(STATEMENTS.glob(pattern)) for line in path.open(encoding="utf-8")]


def statements(found, package, period):
    """Yield (features, is no plain result) of statements; those that figures tell, not words, are left out."""
    known = {slot.key: slot for slot in slots(package, period)}
    told = together(known.values())
    for one in found:
        slot, number = known.get((one["indicator"], one["category"])), one["printed"].split()[0]
        text, plain = Written(one["text"], told).text, one["kind"] == "plain"
        start = text.find(number)
        if slot and start >= 0 and (plain or not one["may"] and one["kind"] not in NUMERIC):
            yield plainness.features(text, start, start + len(number), slot.words), not plain


def of_reports(names, package):
    """Yield the features of what is read rightly in reports."""
    for report in invented(names):
        reading, known = read_report(report.text, package, Period.parse(report.period)), checked(report.checked)
        texts = Writing(reading.passages, together(reading.slots)).texts
        for one in reading.matches:
            if right(one, reading.passages, known):
                written = texts[one.numeral.passage]
                place = written.placed(one.numeral.start), written.placed(one.numeral.end)
                yield plainness.features(written.text, *place, one.slot.words), False


def fit(examples):
    """Return the weight of each feature; words that only one plain statement had count as unheard there."""
    seen = Counter(word for found, strange in examples if not strange for word in found)
    held = []
    for found, strange in examples:
        known = seen.keys() if strange else {word for word in found if seen[word] > 1}
        held.append((found | plainness.unheard(found, known), strange))
    counts = Counter(word for found, _ in held for word in found)
    names = [word for word, count in counts.items() if count > 1]
    place = {word: number for number, word in enumerate(names)}
    pairs = [(row, place[word]) for row, (found, _) in enumerate(held) for word in found if word in place]
    rows, columns = zip(*pairs)
    values = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(held), len(names)))
    strange = np.array([one for _, one in held], dtype=float)

    def loss(now):
        margin = values @ now[:-1] + now[-1]
        share = 1 / (1 + np.exp(-margin))
        slope = np.append(values.T @ (share - strange) + RIDGE * now[:-1], (share - strange).sum())
        return np.sum(np.logaddexp(0, -margin * (2 * strange - 1))) + RIDGE / 2 * np.sum(now[:-1] ** 2), slope

    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    table = {word: 0.0 for word in seen} | dict(zip(names, found[:-1].tolist())) | {plainness.BIAS: float(found[-1])}
    return {word: weight for word, weight in table.items() if word in seen or abs(weight) >= LEAST}


def main():
    package = Package.open(ROOT)
    found = statements(stated("fitted*.jsonl"), package, Period.parse("2024-S2"))
    examples = [*found, *of_reports(FITTED, package)]
    table = fit(examples)
    with open(plainness.WEIGHTS, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight"])
        writer.writerows((word, f"{weight:.2f}") for word, weight in sorted(table.items()))
    print(f"{len(examples)} statements, {len(table)} features")


if __name__ == "__main__":
    main()
