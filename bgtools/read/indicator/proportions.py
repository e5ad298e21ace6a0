"""Which numbers prove by their digits where they belong: n of N beside its percentage, parts that add up to a total.

Of the numbers of a passage, few come to a printed percentage by chance; where only two do, they are what it is of.
"""

from bgtools.read.statement.fractions import agree
from bgtools.read.statement.numerals import size

REACH = 320  # characters that three such numbers span at most
MANY = 100  # of so many things, a percentage is rarely met by chance
LEAST_PARTS = 2
FAR_OFF = 5.0  # so many times another number is not the same fact, printed again


def trios(evidence):
    """Return (part, whole, percentage) of numerals: the only two counts nearby that come to the percentage.

    Parameters
    ----------
    evidence : Evidence

    Returns
    -------
    list of (int, int, int)
        Positions among the numerals.
    """
    found, kept = evidence.found, []
    of_passage = {}
    for row, one in enumerate(found):
        if one.number and one.number.value and not one.readings:
            of_passage.setdefault(one.passage, []).append(row)
    for rows in of_passage.values():
        counts = [row for row in rows if found[row].unit == "count" and not found[row].relation]
        for percent in rows:
            pairs = _pairs(found, counts, percent)
            kept += [(*pairs[0], percent)] if len(pairs) == 1 else []
    return kept


def _pairs(found, counts, percent):
    share = found[percent]
    if share.unit != "percent" or share.relation == "growth" or not share.number.decimals:
        return []
    near = [row for row in counts if abs(found[row].start - share.start) < REACH]
    return [
        (part, whole)
        for part in near
        for whole in near
        if MANY <= found[whole].number.value > found[part].number.value and agree(found[part], found[whole], share)
    ]


def bound(evidence, taken):
    """Return the numerals whose indicators agree with what their digits prove.

    Parameters
    ----------
    evidence : Evidence
    taken : dict of int to int
        The slot of each numeral that has one.

    Returns
    -------
    set of int
    """
    slots, kept = evidence.slots, set()
    for trio in evidence.trios:
        if all(row in taken for row in trio):
            part, whole, percent = (slots[taken[row]] for row in trio)
            one = whole.indicator == part.row["of"] == percent.row["of"]
            kept |= set(trio) if one and not (part.category or whole.category) else set()
    for whole, parts in evidence.groups:
        if whole in taken and len(parts) >= LEAST_PARTS and not slots[taken[whole]].category:
            own = [row in taken and slots[taken[row]].category for row in parts]
            same = {slots[taken[row]].indicator for row in (whole, *parts) if row in taken}
            kept |= {whole, *parts} if all(own) and len(same) == 1 else set()
    return kept


def paired(evidence, taken):
    """Return the numerals of each n/N, or n of N beside its percentage, that is one of an indicator and its own total."""
    found, slots, kept = evidence.found, evidence.slots, set()
    pairs = [(row, row + 1) for row, one in enumerate(found) if one.role == "part"] + [
        one[:2] for one in evidence.trios
    ]
    for part, whole in pairs:
        if part in taken and whole in taken and slots[taken[part]].row["of"] == slots[taken[whole]].indicator:
            kept |= {part, whole}
    return kept


def shared_out(evidence, taken, row):
    """Tell whether a part of something is what the percentage beside it, taken for its share, says that it is."""
    slot = evidence.slots[taken[row]] if row in taken else None
    for part, _, percent in evidence.trios:
        share = evidence.slots[taken[percent]] if part == row and percent in taken else None
        if slot and share and share.row["measure"] == "share" and set(slot.name) <= share.profile:
            return True
    return False


def of_another_size(one, other):
    """Tell whether two numbers differ too much to be one fact that is printed twice."""
    small, large = sorted((size(one.number), size(other.number)))
    return large > FAR_OFF * small
