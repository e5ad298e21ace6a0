"""What printed numbers say about one another: totals beside their parts, n/N beside its percentage.

Nothing is corrected here: a sum or a share only tells which numbers belong together.
"""

import numpy as np

from bgtools.read.statement.numerals import size

MOST_PARTS = 5
WITHIN = 160  # characters that a total and its parts span at most
BESIDE = 45  # characters between n/N and its percentage


def sums(evidence):
    """Return a layer: 1 where a total, or one of its parts, stands where the slot belongs, -1 where it does not.

    Parameters
    ----------
    evidence : Evidence

    Returns
    -------
    numpy.ndarray
        Shape ``(numerals, slots)``.
    """
    divided = {slot.indicator for slot in evidence.slots if slot.category}
    total = np.array([not slot.category and slot.indicator in divided for slot in evidence.slots], dtype=float)
    part = np.array([bool(slot.category) for slot in evidence.slots], dtype=float)
    layer = np.zeros((len(evidence.found), len(evidence.slots)))
    for whole, parts in evidence.groups:
        layer[whole] = total - part
        layer[parts] = part - total
    return layer


def groups(found):
    """Return (total, its parts) of numerals, each a part once: the sum of more numbers is more likely to be chance."""
    used, kept = set(), []
    for whole, parts in sorted(_groups(found), key=lambda group: len(group[1])):
        if used.isdisjoint(parts):
            kept.append((whole, parts))
            used.update(parts)
    return kept


def _groups(found):
    """Yield (total, its parts): the numerals right behind it, or right before it, that add up to it."""
    values = [size(one.number) if one.unit == "count" and not (one.relation or one.doubts) else 0.0 for one in found]
    for whole, value in enumerate(values):
        for step in (1, -1):
            parts, added = [], 0.0
            for other in range(whole + step, whole + step * (MOST_PARTS + 1), step):
                if not 0 <= other < len(found) or not _near(found[whole], found[other]) or not values[other]:
                    break
                parts.append(other)
                added += values[other]
                if added >= value:
                    break
            if len(parts) > 1 and added == value:
                yield whole, parts


def _near(one, other):
    return one.passage == other.passage and abs(one.start - other.start) < WITHIN


def shares(evidence, pairs):
    """Return a layer: 0.5 where n/N is what the percentage beside it is a share of, -1 where it is something else.

    It is -1, too, where parts that are named as such are none of the total that they add up to.

    Parameters
    ----------
    evidence : Evidence
    pairs : list of (int, int)

    Returns
    -------
    numpy.ndarray
        Shape ``(numerals, slots)``.
    """
    taken, slots = dict(pairs), evidence.slots
    layer = np.zeros((len(evidence.found), len(slots)))
    for part, whole, percent in _percentages(evidence):
        if percent not in taken:
            continue
        of = slots[taken[percent]].row["of"]
        layer[whole] = [0.5 if of and slot.indicator == of else -1.0 for slot in slots]
        layer[part] = [0.5 if slot.row["of"] == of else -1.0 for slot in slots]
    _proved(evidence, taken, layer)
    for whole, parts in evidence.groups:
        of = slots[taken[whole]] if whole in taken else None
        own = np.array([bool(of and slot.category and slot.indicator == of.indicator) for slot in slots])
        if own.any() and not of.category and (evidence.layers["category"][parts][:, own].max(axis=1) > 0).all():
            layer[np.ix_(parts, ~own)] = -1.0
    return layer


def _proved(evidence, taken, layer):
    """Tell of each percentage, whose whole its digits prove, that it is a share of that and of nothing else."""
    slots, filled = evidence.slots, {evidence.slots[column].indicator for column in taken.values()}
    shared = {slot.row["of"] for slot in slots if slot.row["measure"] == "share"} - {""}
    for part, whole, percent in evidence.trios:
        of = slots[taken[whole]].indicator if whole in taken else ""
        if of in shared and part in taken and slots[taken[part]].row["of"] == of:
            layer[percent] = [0.5 if slot.row["of"] == of else -1.0 for slot in slots]
        elif not of:
            layer[percent] = [-1.0 if slot.row["of"] in filled else 0.0 for slot in slots]


def _percentages(evidence):
    """Yield (part, whole, percentage) where n/N and a percentage stand side by side."""
    found = evidence.found
    for part in range(len(found) - 1):
        if found[part].role != "part" or found[part + 1].role != "whole":
            continue
        for other, left, right in ((part + 2, part + 1, part + 2), (part - 1, part - 1, part)):
            if not 0 <= other < len(found) or found[other].unit != "percent" or found[other].relation:
                continue
            between = evidence.passages[found[part].passage].text[found[left].end : found[right].start]
            if found[other].passage == found[part].passage and len(between) < BESIDE and ";" not in between:
                yield part, part + 1, other
                break
