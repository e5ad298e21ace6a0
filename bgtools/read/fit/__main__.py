"""python -m bgtools.read.fit: fit on the invented reports, print how well each is read without itself, write the weights."""

import numpy as np

from bgdata.notation import Period
from bgtools.read.document.documents import read
from bgtools.read.fit.cases import DROPPED, Case
from bgtools.read.fit.fitting import calibrate, crossed, joined, left_out, set_table, train, write
from bgtools.read.fit.labelled import FITTED, REPORTS, invented
from bgtools.read.indicator import novelty, weights
from bgtools.read.statement.numerals import numerals

BARS = (0.5, 0.8, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99)


def heard(reports):
    """Return the harmless sentences of some reports, and those that were written for it."""
    texts = (REPORTS / "clauses.txt").read_text(encoding="utf-8").splitlines()
    for report in reports:
        passages = read(report.text).passages
        texts += novelty.harmless(passages, numerals(passages, Period.parse(report.period)))
    return texts


def main():
    reports = invented(FITTED)
    novelty.write(heard(reports))
    cases = [Case(report, share, seed) for report in reports for seed, share in enumerate(DROPPED)]
    train(cases, rounds=3)
    together = dict(weights.WEIGHTS)
    measured = left_out(cases, together, list(FITTED))
    pairs = crossed(measured, list(FITTED))
    for bar in BARS:
        goods = [good for sure, good in pairs if sure >= bar]
        print(f"  from {bar}: {len(goods)} of {len(pairs)}, right {np.mean(goods):.4f}")
    set_table(weights.WEIGHTS, together)
    set_table(weights.CONFIDENCE, calibrate(joined(measured), np.concatenate([good for *_, good in measured])))
    write()


if __name__ == "__main__":
    main()
