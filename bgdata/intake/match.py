"""Decide which numeral is which observation: one assignment for the whole report.

Evidence is added up with weights that `benchmarks/intake.py` fits on invented reports; scipy finds the assignment of
the greatest sum, in which a numeral may stay without an indicator. A first assignment tells which sections belong to
which sectors and which numerals stand together; that is evidence for the next ones.
"""

import re
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from bgdata.intake.evidence import Evidence, size
from bgdata.intake.numerals import Numeral
from bgdata.intake.slots import Slot
from bgdata.intake.weights import CONFIDENCE, WEIGHTS

PASSES = 5
IMPOSSIBLE = -1e6
TRIALS, SHAKE = 24, 1.0


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
    """

    numeral: Numeral
    slot: Slot
    confidence: float
    rival: Slot | None = None


def match(passages, found, slots, package):
    """Assign observations to slots.

    Parameters
    ----------
    passages : sequence of Passage
    found : sequence of Numeral
        Of any class; observations with a readable number are assigned.
    slots : sequence of Slot
    package : bgdata.model.package.Package

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
    return [
        Match(found[row], slots[column], float(sure), rival(scores, row, column, slots))
        for (row, column), sure in zip(pairs, certain)
    ]


def candidates(passages, found):
    """Return the numerals that can be observations: those that can be read and are not said twice."""
    return [numeral for numeral in found if numeral.number is not None and not _repeats(numeral, passages)]


def _repeats(numeral, passages):
    """Tell whether a footnote only repeats a number of the text that it is a note to."""
    host = passages[numeral.passage].host[-200:]
    digits = numeral.printed.removeprefix("gần ")
    return len(digits) > 2 and bool(re.search(rf"(?<![\d.,]){re.escape(digits)}(?![\d.,]\d|\d)", host))


def settle(evidence):
    """Assign, take the context of the assignment as evidence, and assign again; half of the old scores is kept.

    Returns
    -------
    scores : numpy.ndarray
        Shape ``(numerals, slots)``.
    pairs : list of (int, int)
    """
    base = scores = total(evidence.layers, evidence.possible)
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


def context(evidence, pairs):
    """Return the layers that an assignment gives for the next one: kin, sector, order and size.

    Parameters
    ----------
    evidence : Evidence
    pairs : list of (int, int)

    Returns
    -------
    dict of str to numpy.ndarray
    """
    return {
        "kin": _kin(evidence, pairs),
        "sector": _sector(evidence, pairs),
        "order": _order(evidence, pairs),
        "exceeds": _exceeds(evidence, pairs),
    }


def _relatives(slots):
    """Return, for each slot, those that are usually printed beside it: its whole, parts and other categories."""
    by_indicator = {}
    for column, slot in enumerate(slots):
        by_indicator.setdefault(slot.indicator, []).append(column)
    relatives = [set() for _ in slots]
    for column, slot in enumerate(slots):
        near = {other for other in by_indicator[slot.indicator] if slot.category or slots[other].category}
        if not slot.category and slot.row["of"]:
            near |= {other for other in by_indicator[slot.row["of"]] if not slots[other].category}
        relatives[column] |= near - {column}
        for other in near - {column}:
            relatives[other].add(column)
    return relatives


def _kin(evidence, pairs):
    """Nearness to the numerals that were taken for a slot's relatives; below 0 where those stand far away."""
    found, slots = evidence.found, evidence.slots
    taken = {column: row for row, column in pairs}
    layer = np.zeros((len(found), len(slots)))
    places = _places(evidence)
    for column, near in enumerate(_relatives(slots)):
        rows = [taken[other] for other in near if other in taken]
        if rows:
            distance = np.min([_apart(places, row) for row in rows], axis=0)
            layer[:, column] = 1.3 * np.exp(-distance / 120.0) - 0.3
    for row, numeral in enumerate(found):
        own = next((column for taken_row, column in pairs if taken_row == row), None)
        if own is not None and not any(other in taken for other in _relatives_of(evidence, own)):
            layer[row, own] = max(layer[row, own], 0.0)
    return layer


def _relatives_of(evidence, column):
    if not hasattr(evidence, "relatives"):
        evidence.relatives = _relatives(evidence.slots)
    return evidence.relatives[column]


def _places(evidence):
    """Return where each numeral stands: passage and offset; a footnote's numerals stand at its mark."""
    hosts = {passage.text: index for index, passage in enumerate(evidence.passages)}
    places = []
    for numeral in evidence.found:
        passage = evidence.passages[numeral.passage]
        if passage.host:
            host = next((index for text, index in hosts.items() if text.startswith(passage.host)), numeral.passage)
            places.append((host, len(passage.host) + numeral.start * 0.5))
        else:
            places.append((numeral.passage, float(numeral.start)))
    return np.array(places)


def _apart(places, row):
    """Return how many characters lie between a numeral and each other; a new paragraph counts as many."""
    passages = np.abs(places[:, 0] - places[row, 0])
    apart = np.where(passages == 0, np.abs(places[:, 1] - places[row, 1]), 150.0 + 250.0 * passages)
    apart[row] = np.inf
    return apart


def _sector(evidence, pairs):
    """Share of the numerals of a section that were taken for the slot's sector, its own not counted."""
    sections = [evidence.passages[numeral.passage].section.split(" fn")[0] for numeral in evidence.found]
    names = sorted(set(sections))
    sectors = sorted({slot.row["sector"] for slot in evidence.slots})
    of_slot = np.array([sectors.index(slot.row["sector"]) for slot in evidence.slots])
    counts = np.zeros((len(names), len(sectors)))
    for row, column in pairs:
        counts[names.index(sections[row]), of_slot[column]] += 1
    layer = np.zeros((len(evidence.found), len(evidence.slots)))
    own = dict(pairs)
    for row, section in enumerate(sections):
        here = counts[names.index(section)].copy()
        if row in own:
            here[of_slot[own[row]]] -= 1
        layer[row] = (here / (here.sum() + 1.0))[of_slot]
    return layer


def _exceeds(evidence, pairs):
    """-1 where a part would be greater than its whole, or a whole smaller than one of its parts."""
    sizes = np.array([size(numeral.number) for numeral in evidence.found])
    taken = {evidence.slots[column].key: row for row, column in pairs}
    layer = np.zeros((len(evidence.found), len(evidence.slots)))
    columns = {slot.key: column for column, slot in enumerate(evidence.slots)}
    for column, slot in enumerate(evidence.slots):
        whole = columns.get((slot.indicator if slot.category else slot.row["of"], ""))
        if whole is None or evidence.slots[whole].row["unit"] != slot.row["unit"] or slot.row["unit"] == "percent":
            continue
        for one, other, sign in ((column, whole, 1), (whole, column, -1)):
            row = taken.get(evidence.slots[other].key)
            if row is not None:
                wrong = sign * sizes > sign * sizes[row]
                wrong[row] = False
                layer[wrong, one] = -1.0
    return layer


def _order(evidence, pairs):
    """Whether the slot follows, in the catalogue, on that of the numeral before, and precedes that behind."""
    orders = np.array([slot.order for slot in evidence.slots], dtype=float)
    layer = np.zeros((len(evidence.found), len(evidence.slots)))
    rows = sorted(pairs)
    taken = np.array([row for row, _ in rows])
    for row in range(len(evidence.found)):
        position = np.searchsorted(taken, row)
        if position > 0:
            layer[row] += 0.5 * np.exp(-np.abs(orders - orders[rows[position - 1][1]] - 1) / 2.0)
        behind = position + (position < len(taken) and taken[position] == row)
        if behind < len(rows):
            layer[row] += 0.5 * np.exp(-np.abs(orders[rows[behind][1]] - orders - 1) / 2.0)
    return layer


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
        rivals = np.array([_distinct(found[row], found[other]) for other in rows])
        loss = np.where(rivals, np.minimum(loss, own - np.maximum(scores[row, columns], 0)), loss)
    cross = scores[np.ix_(rows, columns)]
    swapped = own[:, None] + own[None, :] - cross - np.maximum(cross.T, 0)
    np.fill_diagonal(swapped, np.inf)
    return np.minimum(loss, swapped.min(axis=1))


def _distinct(one, other):
    return (one.printed, one.qualifier) != (other.printed, other.qualifier)


def confidence(scores, pairs, evidence):
    """Return how sure each pair is: the share of such pairs that proved right on the invented reports."""
    if not pairs:
        return np.array([])
    facts = certainty(scores, pairs, evidence)
    margin = sum(CONFIDENCE[name] * value for name, value in facts.items()) + CONFIDENCE["bias"]
    return 1 / (1 + np.exp(-margin))


def certainty(scores, pairs, evidence):
    """Return what confidence is made from: for each pair its regret, its worth, and whether its notation is sound."""
    own = np.array([scores[pair] for pair in pairs])
    return {
        "stable": stability(scores, pairs),
        "regret": np.minimum(regrets(scores, pairs, evidence.found), 8.0),
        "worth": np.minimum(own, 12.0),
    }


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
