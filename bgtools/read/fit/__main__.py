"""python -m bgtools.read.fit: fit on the invented reports, print how well each is read without itself, write the weights."""

from bgdata.notation import Period
from bgdata.package import Package
from bgtools.read.document.documents import read
from bgtools.read.fit.cases import DROPPED, Case
from bgtools.read.fit.fitting import calibrated, left_out, set_table, train, write
from bgtools.read.fit.held_out import bins
from bgtools.read.fit.labelled import FITTED, ROOT, invented
from bgtools.read.indicator import novelty, weights
from bgtools.read.indicator.slots import slots


def main():
    reports = invented(FITTED)
    texts = [passage.text for report in reports for passage in read(report.text).passages]
    novelty.write(texts, slots(Package.open(ROOT), Period.parse(reports[0].period)))
    cases = [Case(report, share, seed) for report in reports for seed, share in enumerate(DROPPED)]
    train(cases, rounds=3)
    together = dict(weights.WEIGHTS)
    measured, without = left_out(cases, together, list(FITTED))
    set_table(weights.WEIGHTS, together)
    set_table(weights.CONFIDENCE, calibrated(measured))
    write()
    print(bins(measured, without))


if __name__ == "__main__":
    main()
