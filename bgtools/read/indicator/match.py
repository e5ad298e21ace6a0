"""Decide which numeral is which observation: one assignment for the whole report.

Evidence is added up with weights that `python -m bgtools.read.fit` fits on invented reports; scipy finds the assignment of
the greatest sum, in which a numeral may stay without an indicator. A first assignment tells which sections belong to
which sectors and which numerals stand together; that is evidence for the next ones.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from bgtools.read.indicator.context import context
from bgtools.read.indicator.evidence import Evidence
from bgtools.read.indicator.rivals import Rivals, distinct, repeats
from bgtools.read.indicator.slots import Slot
from bgtools.read.indicator.weights import CONFIDENCE, WEIGHTS
from bgtools.read.statement.numerals import Numeral

PASSES = 5
IMPOSSIBLE = -1e6
TRIALS, SHAKE = 24, 1.0
LISTED = -2.5  # a pair worth less than this is not even shown
WEAK = 0.4
NEAR = 60  # characters from a level to its ratio


@dataclass(frozen=True)
class Match:
    """A numeral that is taken for an observation.

    Attributes
    ----------
    numeral : Numeral
    slot : Slot
    confidence : float
        The share of matches of this confidence that are right.
    rival : Slot or None
        The slot that the numeral would have gone to otherwise.
    doubts : tuple of Message
        Why it is not entered, however sure the slot is.
    before : Numeral or None
        The number that stands right before it in its sentence.
    """

    numeral: Numeral
    slot: Slot
    confidence: float
    rival: Slot | None = None
    doubts: tuple = ()
    before: Numeral | None = None


def match(passages, found, slots, package):
    """Assign observations to slots.

    Parameters
    ----------
    passages : sequence of Passage
    found : sequence of Numeral
        Of any class; observations with a readable number are assigned.
    slots : sequence of Slot
    package : bgdata.package.datapackage.Package

    Returns
    -------
    list of Match
        In the report's order; each numeral and each slot at most once.
    """
    found = candidates(passages, found)
    if not found:
        return []
    evidence = Evidence(passages, found, slots, package)
    scores, pairs = settle(evidence)
    certain = confidence(scores, pairs, evidence)
    weak, rivals = leftover(scores, pairs), Rivals(evidence, pairs, settle(evidence, without=("foreign",))[1])
    pairs, certain = [*pairs, *weak], [*certain, *(WEAK / (1 - scores[pair]) for pair in weak)]
    return [
        Match(
            found[row],
            slots[column],
            float(sure),
            rival(scores, row, column, slots),
            rivals.doubts(row, column),
            _before(found, row),
        )
        for (row, column), sure in sorted(zip(pairs, certain))
    ]


def _before(found, row):
    """Return the number that stands before one in its sentence, not far from it."""
    if not row or found[row - 1].passage != found[row].passage or found[row].start - found[row - 1].end > NEAR:
        return None
    return found[row - 1]


def candidates(passages, found):
    """Return the numerals that can be observations: those that are not said twice; what cannot be read keeps its place."""
    return [numeral for numeral in found if not repeats(numeral, passages)]


def settle(evidence, without=()):
    """Assign, take the context of the assignment as evidence, and assign again; half of the old scores is kept.

    Parameters
    ----------
    evidence : Evidence
    without : sequence of str
        Layers that are disregarded.

    Returns
    -------
    scores : numpy.ndarray
        Shape ``(numerals, slots)``.
    pairs : list of (int, int)
    """
    layers = {name: layer for name, layer in evidence.layers.items() if name not in without}
    base = scores = total(layers, evidence.possible)
    pairs = assign(scores)
    for step in range(PASSES):
        now = base + total(context(evidence, pairs))
        scores = now if step == 0 else (scores + now) / 2
        pairs = assign(scores)
    return scores, pairs


def total(layers, possible=None):
    """Add up layers of evidence; 0 is the worth of leaving a numeral without a slot."""
    scores = sum(WEIGHTS[name] * layer for name, layer in layers.items())
    if possible is None:
        return scores
    return np.where(possible, scores + WEIGHTS["bias"], IMPOSSIBLE)


def assign(scores):
    """Return the (row, column) pairs of the assignment with the greatest sum; what is worth less than 0 stays out."""
    rows, columns = linear_sum_assignment(np.maximum(scores, 0), maximize=True)
    return [(row, column) for row, column in zip(rows.tolist(), columns.tolist()) if scores[row, column] > 0]


def leftover(scores, pairs):
    """Return pairs for numerals that were left out, though not by far: they are shown, never entered."""
    rest = scores - LISTED
    rest[[row for row, _ in pairs], :] = IMPOSSIBLE
    rest[:, [column for _, column in pairs]] = IMPOSSIBLE
    return assign(rest)


def regrets(scores, pairs, found):
    """Return, for each pair, how much worse the best assignment without it is.

    Numerals that print the same number in the same section are no rivals: either would be right.
    """
    rows, columns = (np.array(side) for side in zip(*pairs))
    own = scores[rows, columns]
    loss = own.copy()
    free_columns = np.setdiff1d(np.arange(scores.shape[1]), columns)
    if len(free_columns):
        loss = np.minimum(loss, own - np.maximum(scores[np.ix_(rows, free_columns)].max(axis=1), 0))
    free_rows = np.setdiff1d(np.arange(scores.shape[0]), rows)
    for row in free_rows:
        rivals = np.array([distinct(found[row], found[other]) for other in rows])
        loss = np.where(rivals, np.minimum(loss, own - np.maximum(scores[row, columns], 0)), loss)
    cross = scores[np.ix_(rows, columns)]
    swapped = own[:, None] + own[None, :] - cross - np.maximum(cross.T, 0)
    np.fill_diagonal(swapped, np.inf)
    return np.minimum(loss, swapped.min(axis=1))


def confidence(scores, pairs, evidence):
    """Return how sure each pair is: the share of such pairs that proved right on the invented reports."""
    if not pairs:
        return np.array([])
    facts = certainty(scores, pairs, evidence.found)
    margin = sum(CONFIDENCE[name] * value for name, value in facts.items()) + CONFIDENCE["bias"]
    return 1 / (1 + np.exp(-margin))


def certainty(scores, pairs, found):
    """Return what confidence is made from: for each pair how firmly it stands, and its regret."""
    return {"stable": stability(scores, pairs), "regret": np.minimum(regrets(scores, pairs, found), 8.0)}


def stability(scores, pairs):
    """Return how often each pair stays when all scores are shaken: -1 to 1."""
    shaken, kept = np.random.default_rng(0), np.zeros(len(pairs))
    for _ in range(TRIALS):
        noise = shaken.normal(scale=SHAKE, size=scores.shape)
        again = set(assign(scores + noise))
        kept += [pair in again for pair in pairs]
    return 2 * kept / TRIALS - 1


def rival(scores, row, column, slots):
    """Return the next best slot of a numeral, if it is worth anything."""
    others = scores[row].copy()
    others[column] = IMPOSSIBLE
    best = int(others.argmax())
    return slots[best] if others[best] > 0 else None
