"""How often matches of some confidence are right in reports that nothing was fitted on.

These are the reports that are kept out of all fitting, and each other one read with weights and a curve that were fitted
without it.
"""

from bgdata.notation import Period
from bgdata.package import Package
from bgtools.read.fit.cases import DROPPED, Case
from bgtools.read.fit.fitting import calibrated, left_out, set_table
from bgtools.read.fit.labelled import FITTED, KEPT_OUT, ROOT, checked, invented, right
from bgtools.read.indicator import weights
from bgtools.read.reading import read_report

BINS = (0.0, 0.5, 0.75, 0.9, 0.95, 0.99, 1.01)
HEAD = "| confidence | matches | right | entered | entered rightly |\n|---|---:|---:|---:|---:|"


def bins(measured=None, without=None):
    """Return a Markdown table of the matches in held-out reports, by their confidence.

    Parameters
    ----------
    measured, without : list and dict, optional
        As :func:`left_out` returns them; it takes two minutes to make them anew.

    Returns
    -------
    str
    """
    tables = dict(weights.WEIGHTS), dict(weights.CONFIDENCE)
    if measured is None:
        cases = [Case(report, share, seed) for report in invented(FITTED) for seed, share in enumerate(DROPPED)]
        measured, without = left_out(cases, tables[0], list(FITTED))
    judged = [one for report in invented(KEPT_OUT) for one in _judged(report)]
    try:
        for report in invented(FITTED):
            set_table(weights.WEIGHTS, without[report.name])
            set_table(weights.CONFIDENCE, calibrated([one for one in measured if one[0].name != report.name]))
            judged += _judged(report)
    finally:
        set_table(weights.WEIGHTS, tables[0])
        set_table(weights.CONFIDENCE, tables[1])
    return "\n".join([HEAD, *_lines(judged)])


def _judged(report):
    """Yield (confidence, whether it is right, whether it is entered) of each match of a report."""
    reading = read_report(report.text, Package.open(ROOT), Period.parse(report.period))
    known = checked(report.checked)
    for one in reading.matches:
        yield one.confidence, right(one, reading.passages, known), reading.certain(one)


def _lines(judged):
    for low, high in zip(BINS, BINS[1:]):
        found = [(good, entered) for sure, good, entered in judged if low <= sure < high]
        share = f"{sum(good for good, _ in found) / len(found):.1%}" if found else "–"
        entered = [good for good, entered in found if entered]
        yield f"| {low} to {min(high, 1.0)} | {len(found)} | {share} | {len(entered)} | {sum(entered)} |"
