"""What an assignment says about the next one: which numerals stand beside their kin, in their sector, in order.

Each kind is one layer of an array, numerals x slots, as in `evidence`.
"""

import re

import numpy as np

from bgtools.read.indicator.arithmetic import shares
from bgtools.read.statement.numerals import size

WHOLE = re.compile(
    r"(?<!\w)(?:tổng|toàn bộ|tất cả|cả|đủ|mẫu số)(?!\w)|(?<!\w)tỉnh(?: ta)?(?: hiện| nay| hiện nay)?(?: đang)? (?:có|gồm|quản lý)\W*(?:\w+\W*)?$",
    re.IGNORECASE,
)
STEM = 40  # characters before a number that may call it a whole
ROW = 40.0  # characters that the next row of a table is away


def context(evidence, pairs):
    """Return the layers that an assignment gives for the next one: kin, sector, order, size, shares and totals.

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
        "shares": shares(evidence, pairs),
        "alone": _alone(evidence, pairs),
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
    return layer


def _places(evidence):
    """Return where each numeral stands: passage, offset, and whether in a table; a footnote's stand at its mark."""
    hosts, places, of_note = [passage.text for passage in evidence.passages], [], {}
    for numeral in evidence.found:
        passage = evidence.passages[numeral.passage]
        if passage.host and numeral.passage not in of_note:
            found = (index for index, text in enumerate(hosts) if text.startswith(passage.host))
            of_note[numeral.passage] = next(found, numeral.passage)
        if passage.host:
            places.append((of_note[numeral.passage], len(passage.host) + numeral.start * 0.5, 0.0))
        else:
            places.append((numeral.passage, float(numeral.start), float(bool(numeral.cell))))
    return np.array(places)


def _apart(places, row):
    """Return how many characters lie between a numeral and each other; a new paragraph counts as many, a row as few."""
    passages = np.abs(places[:, 0] - places[row, 0])
    between = np.where(places[:, 2] * places[row, 2], ROW * passages, 150.0 + 250.0 * passages)
    apart = np.where(passages == 0, np.abs(places[:, 1] - places[row, 1]), between)
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
                own = taken.get(evidence.slots[one].key)  # the other would come in its place
                wrong[row] = own is not None and sign * sizes[row] > sign * sizes[own]
                layer[wrong, one] = -1.0
    return layer


def _alone(evidence, pairs):
    """-1 where a number would be a total that others are parts of, though nothing calls it so and no part is found.

    "Tại 10 huyện" are those where something is done, and not all that there are.
    """
    layer = np.zeros((len(evidence.found), len(evidence.slots)))
    columns = {slot.key: column for column, slot in enumerate(evidence.slots)}
    taken = {column: row for row, column in pairs}
    called = np.array(
        [bool(one.role or one.cell or _called_whole(evidence, one)) for one in evidence.found], dtype=bool
    )
    for column, slot in enumerate(evidence.slots):
        whole = columns.get((slot.row["of"], ""))
        if slot.category or whole is None or not _is_total(evidence.slots[whole], slot):
            continue
        found = taken.get(column)
        lonely = ~called & ((found is None) | (np.arange(len(called)) == found))
        layer[lonely, whole] = -1.0
    return layer


def _is_total(whole, part):
    """Tell whether an indicator is the total of what another is a part of, and nothing else."""
    same = all(whole.row[name] == part.row[name] for name in ("unit", "measure"))
    return same and whole.row["label_vi"].lower().startswith("tổng")


def _called_whole(evidence, numeral):
    text = evidence.passages[numeral.passage].text
    return bool(WHOLE.search(re.split(r"[.;](?=\s)", text[max(0, numeral.start - STEM) : numeral.start])[-1]))


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
