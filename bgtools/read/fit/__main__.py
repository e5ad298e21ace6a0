"""python -m bgtools.read.fit: fit on the invented reports, print how well each is read without itself, write the weights."""

from bgdata.notation import Period
from bgdata.package import Package
from bgtools.read.document.documents import read
from bgtools.read.document.written import Writing, Written
from bgtools.read.fit.cases import DROPPED, Case
from bgtools.read.fit.fitting import calibrated, left_out, set_table, train, write
from bgtools.read.fit.held_out import bins
from bgtools.read.fit.labelled import FITTED, REPORTS, ROOT, invented
from bgtools.read.fit.statements import main as fit_statements
from bgtools.read.fit.statements import stated
from bgtools.read.indicator import novelty, weights
from bgtools.read.indicator.slots import slots, together
from bgtools.read.statement.numerals import numerals


def heard(reports):
    """Return the harmless sentences of some reports, and those that were written for it."""
    told = together(slots(Package.open(ROOT), Period.parse("2024-S2")))
    texts = (REPORTS / "clauses.txt").read_text(encoding="utf-8").splitlines()
    texts += [Written(one["text"], told).text for one in stated("fitted*.jsonl") if one["kind"] == "plain"]
    for report in reports:
        passages = Writing(read(report.text).passages, told).passages
        texts += novelty.harmless(passages, numerals(passages, Period.parse(report.period)))
    return texts


def main():
    reports = invented(FITTED)
    novelty.write(heard(reports))
    cases = [Case(report, share, seed) for report in reports for seed, share in enumerate(DROPPED)]
    train(cases, rounds=3)
    together = dict(weights.WEIGHTS)
    measured, without = left_out(cases, together, list(FITTED))
    set_table(weights.WEIGHTS, together)
    set_table(weights.CONFIDENCE, calibrated(measured))
    write()
    fit_statements()
    print(bins(measured, without))


if __name__ == "__main__":
    main()
