"""Weigh what speaks for a category of an indicator, or for the total of all.

Each kind is one layer of an array, numerals x slots, as in `evidence`.
"""

import numpy as np

from bgtools.read.indicator.terms import unbroken

UNNAMED = 0.3  # of a category's own words nearby: less is none


def categories(evidence):
    """Return the layers that tell categories from one another, and from their total.

    Parameters
    ----------
    evidence : Evidence
        Its views are there already.

    Returns
    -------
    dict of str to numpy.ndarray
    """
    slots, groups, layers = evidence.slots, {}, {}
    for column, slot in enumerate(slots):
        if slot.category:
            groups.setdefault(slot.indicator, []).append(column)
    telling = [_telling(slot, [slots[other] for other in groups.get(slot.indicator, ())]) for slot in slots]
    for name, view in (("category", "beside"), ("category_wide", "wide")):
        cover = evidence.cover(evidence.views[view], telling)
        layers[name] = np.zeros_like(cover)
        for group in groups.values():
            for column in group:
                rest = cover[:, [other for other in group if other != column]].max(axis=1, initial=0.0)
                own = cover[:, column]
                layers[name][:, column] = (own - rest) / (own + rest + 0.15)
    layers["total"] = np.zeros_like(layers["category"])
    for column, slot in enumerate(slots):
        if not slot.category and slot.indicator in groups:
            layers["total"][:, column] = layers["category"][:, groups[slot.indicator]].max(axis=1)
    has = np.array([bool(slot.category) for slot in slots], dtype=float)
    layers["unnamed"] = -has * (cover < UNNAMED)
    layers["together"] = _together(evidence, groups, telling)
    return layers


def _telling(slot, group):
    """Return the terms of a category that at most half of its siblings share."""
    shared = [other.category_terms for other in group]
    return [term for term in slot.category_terms if sum(term in other for other in shared) <= max(1, len(group) / 2)]


def _together(evidence, groups, telling):
    """1 for a total, -1 for a category, where several categories are named in one breath: "04 tổ chức, cá nhân"."""
    layer = np.zeros((len(evidence.found), len(evidence.slots)))
    # up to the next number or sentence; commas are passed
    sides = [
        [
            {term for term, _ in unbroken(side, reach, apart=2.9, last=2.5)}
            for side, reach in ((after, 12.0), (before, 18.0))
        ]
        for before, after in evidence.contexts
    ]
    totals = {slot.indicator: column for column, slot in enumerate(evidence.slots) if not slot.category}
    for indicator, group in groups.items():
        names = [name for name in (set(telling[column]) for column in group) if name]
        for row, side in enumerate(sides):
            behind, ahead = (sum(len(name & terms) > len(name) / 2 for name in names) for terms in side)
            if behind > 1 or (not behind and ahead > 1):
                layer[row, group], layer[row, totals[indicator]] = -1.0, 1.0
    return layer
