"""Fit the weights of the evidence, and the curve from the facts about a match to the share that is right.

Each report is measured with weights fitted on the others only; from these measures comes the confidence.
"""

import numpy as np
from scipy.optimize import minimize

from bgtools.read.indicator import match, weights
from bgtools.read.indicator.rivals import undoubted

NEGATIVE = {"no_total": (None, -1.0), "other_unit": (None, 0), "total": (None, -0.5)}
LIMITS = {"size": (0, 1.0), "order": (0, 1.5), "role": (0, 3), "category_wide": (0.8, None), "foreign": (6, 6)}
HARD = 2  # cases from which more was left out say nothing of the confidence
LIMITS |= {
    name: (least, None)
    for name, least in (("exceeds", 4), ("shares", 4), ("alone", 4), ("unnamed", 2), ("together", 1.5))
}  # seldom, but sure


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
        set_table(weights.WEIGHTS, fitted(cases))
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


def left_out(cases, together, names):
    """Measure each report with weights fitted on the others.

    Returns
    -------
    measured : list of (Case, dict, numpy.ndarray)
        Of each case its facts, and which of its matches are right; those that are doubted anyway are left out.
    without : dict of str to dict
        The weights by the report that they were fitted without.
    """
    measured, without = [], {}
    for name in names:
        set_table(weights.WEIGHTS, together)
        train([case for case in cases if case.name != name], rounds=1)
        without[name] = dict(weights.WEIGHTS)
        for case in (case for case in cases if case.name == name):
            scores, pairs = match.settle(case.evidence)
            good = case.judged(pairs)
            plain = undoubted(case.evidence, pairs)
            facts = match.certainty(scores, pairs, case.numerals)
            measured.append((case, {key: value[plain] for key, value in facts.items()}, good[plain]))
            print(f"{name}: left out, {good.sum()} of {(case.truth >= 0).sum()} right, {(~good).sum()} wrong")
    return measured, without


def calibrated(measured):
    """Fit the curve on reports of which little was left out: those that offices write; as they are, they count twice."""
    kept = [one for one in measured for _ in range(2 - one[0].thinned) if one[0].thinned < HARD]
    facts = {key: np.concatenate([facts[key] for _, facts, _ in kept]) for key in kept[0][1]}
    return calibrate(facts, np.concatenate([good for *_, good in kept]))


def set_table(table, values):
    table.clear()
    table.update(values)


def write():
    lines = ['"""Weights of the evidence and of confidence; `python -m bgtools.read.fit` writes this file."""', ""]
    for name in ("WEIGHTS", "CONFIDENCE"):
        table = getattr(weights, name)
        lines += [f"{name} = {{", *(f'    "{key}": {round(float(value), 3)},' for key, value in table.items()), "}"]
    open(weights.__file__, "w", encoding="utf-8").write("\n".join(lines) + "\n")
