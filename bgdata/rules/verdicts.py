"""Decide whether printed numbers can all be true together, and which one would mend it where they cannot.

The exact range of (left - right) over the intervals of its numbers decides. A number that stands once is covered by
interval arithmetic. Of a number that stands more than once both ends are tried: the language allows each number once
above and once below the fraction bar, so that the difference only rises or only falls with it between two poles, and
its extremes lie at the ends. Where a pole may lie inside, or an end at infinity, nothing but a contradiction is told.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import ceil, floor, inf, log10
from typing import NamedTuple

from bgdata.rules.expressions import Literal, Operation, Reference, Total, leaves
from bgdata.rules.intervals import Interval, hull

HOLDS, CONTRADICTS, CANNOT_TELL = "holds", "contradicts", "cannot tell"
NEEDS_CLARIFICATION = "needs clarification"  # cannot be true under this reading, while another one holds
SIGNS = {CONTRADICTS: "▲", NEEDS_CLARIFICATION: "◇"}  # of the verdicts that dispute a number
DISPUTED = tuple(SIGNS)
WORST_FIRST = (*DISPUTED, CANNOT_TELL, HOLDS)
COUNT = "count"  # the operator of a rule that a whole number lies on its left side
EQUALITY, BOUND, TAUTOLOGY = KINDS = ("equality", "bound", "tautology")
MOST_SHARED = 10  # numbers standing more than once whose ends are all tried: 2 to this power
HALF = Fraction(1, 2)


class Operand(NamedTuple):
    """A printed number as rules see it; percentages are divided by 100.

    Attributes
    ----------
    interval : Interval
        All that the printed form can stand for.
    face : Interval
        The number itself, without its rounding; a range is itself.
    digit : int
        Power of ten of the finest digit that another number in its place would be told with.
    whole : bool
        It counts something, so that another number in its place would be exact.
    floor, ceiling : Fraction or infinity
        What a number of this kind can be at all.
    """

    interval: Interval
    face: Interval
    digit: int = 0
    whole: bool = True
    floor: Fraction | float = -inf
    ceiling: Fraction | float = inf

    @property
    def middle(self):
        """Fraction: the number itself; of a range, its middle."""
        return (self.face.lower + self.face.upper) / 2


class Mend(NamedTuple):
    """What one number would have to be for a rule to hold.

    Attributes
    ----------
    reference : Reference
    value : Fraction
    bound : str
        ``"=="``, or ``"<="`` where it may be less, ``">="`` where it may be more.
    about : bool
        The other numbers are rounded, so others near it would do as well.
    digit : int
        Power of ten of its last digit that matters.
    """

    reference: Reference
    value: Fraction
    bound: str
    about: bool
    digit: int


def enclose(tree, box) -> Interval:
    """Return an interval that holds every value of a tree, exactly so if each of its numbers stands once.

    Parameters
    ----------
    tree : expression
    box : dict of Reference to Interval
    """
    if isinstance(tree, Reference):
        return box[tree]
    if isinstance(tree, Literal):
        return Interval.of(tree.value)
    if isinstance(tree, Total):
        return sum((box[term] for term in tree.terms), Interval.of(0))
    left, right = enclose(tree.left, box), enclose(tree.right, box)
    if tree.operator == "+":
        return left + right
    if tree.operator == "-":
        return left - right
    return left * right if tree.operator == "*" else left / right


def bounds(tree, box) -> tuple[Interval, bool]:
    """Return the range of a tree over a box, and whether it is exact or wider than that."""
    shared = [leaf for leaf, times in Counter(leaves(tree)).items() if times > 1 and not box[leaf].exact]
    if not shared:
        return enclose(tree, box), True
    if len(shared) > MOST_SHARED or not all(box[leaf].bounded for leaf in shared) or _pole(tree, box):
        return enclose(tree, box), False
    corners = product(*[(Interval.of(box[leaf].lower), Interval.of(box[leaf].upper)) for leaf in shared])
    return hull(enclose(tree, box | dict(zip(shared, corner))) for corner in corners), True


def judge(operator, difference, exact=True) -> str:
    """Return the verdict on ``left operator right``, from the range of left - right.

    Examples
    --------
    >>> judge("==", Interval.of(-1, 2)), judge("==", Interval.of(1, 2)), judge("<=", Interval.of(-1, 2))
    ('holds', 'contradicts', 'holds')
    >>> judge("==", Interval.of(-inf, inf)), judge("<=", Interval.of(-inf, 2)), judge("<=", Interval.of(-inf, -2))
    ('cannot tell', 'cannot tell', 'holds')
    """
    if operator in (">=", ">"):
        return judge("<=" if operator == ">=" else "<", -difference, exact)
    lower, upper = difference.lower, difference.upper
    if operator == "==":
        certain, excluded, open_ended = False, 0 not in difference, not (lower > -inf or upper < inf)
    else:
        strict = operator == "<"
        excluded = lower >= 0 if strict else lower > 0
        certain, open_ended = upper < 0 if strict else upper <= 0, lower == -inf
    if excluded:
        return CONTRADICTS
    return HOLDS if certain or exact and not open_ended else CANNOT_TELL


def verdict(relation, operands) -> str:
    """Return the verdict on a rule.

    Parameters
    ----------
    relation : Relation
        Without `Each`.
    operands : dict of Reference to Operand
    """
    if relation.operator == COUNT:
        found, _ = bounds(relation.left, {reference: one.interval for reference, one in operands.items()})
        known = HOLDS if found.bounded and floor(found.upper) >= ceil(found.lower) else CONTRADICTS
        return known if found.bounded else CANNOT_TELL
    return judge(relation.operator, *bounds(difference(relation), {ref: one.interval for ref, one in operands.items()}))


def difference(relation) -> Operation:
    """Return left - right."""
    return Operation("-", relation.left, relation.right)


def cut(relation, operands) -> Reference | None:
    """Return the number that would make the rule hold if its last digit were cut off and not rounded."""
    for reference, one in operands.items():
        if one.face.exact and not one.whole and one.face.lower > 0 and one.interval.bounded:
            unit = Fraction(10) ** (one.digit + 1)
            longer = one._replace(interval=Interval.of(one.face.lower, one.face.lower + unit))
            if verdict(relation, operands | {reference: longer}) == HOLDS:
                return reference
    return None


def off(relation, operands) -> Fraction | float:
    """Return how far the printed numbers, taken at face value, miss the rule."""
    missed, _ = bounds(difference(relation), {ref: one.face for ref, one in operands.items()})
    if relation.operator == COUNT:
        return abs(missed.lower - floor(missed.lower + HALF))
    above, below = max(missed.lower, Fraction(0)), max(-missed.upper, Fraction(0))
    if relation.operator == "==":
        return max(above, below)
    return above if relation.operator in ("<=", "<") else below


def mends(relation, operands) -> Iterator[Mend]:
    """Yield for each number the value that would make the rule hold, the others as printed; some have none."""
    for reference in dict.fromkeys(
        [*leaves(relation.right), *leaves(relation.left)] if relation.operator != COUNT else []
    ):
        mend = _mend(relation, operands, reference)
        if mend and verdict(relation, operands | {reference: mended(operands[reference], mend)}) == HOLDS:
            yield mend


def mended(operand, mend) -> Operand:
    """Return the number as it would be if the report printed what mends the rule."""
    half = Fraction(0) if operand.whole else HALF * Fraction(10) ** mend.digit
    return operand._replace(interval=Interval.of(mend.value - half, mend.value + half), face=Interval.of(mend.value))


def _pole(tree, box):
    """Say whether some denominator may be zero inside the box."""
    if not isinstance(tree, Operation):
        return False
    if tree.operator == "/":
        below, _ = bounds(tree.right, box)
        if below.lower < 0 < below.upper:
            return True
    return _pole(tree.left, box) or _pole(tree.right, box)


def _mend(relation, operands, reference):
    operand = operands[reference]
    faces = {ref: one.middle for ref, one in operands.items()}
    value = _root(relation, faces, reference)
    if value is None:
        return None
    near = [value]
    for other, one in operands.items():
        if other != reference and one.interval.bounded and not one.interval.exact:
            roots = [
                _root(relation, faces | {other: end}, reference) for end in (one.interval.lower, one.interval.upper)
            ]
            near += [root for root in roots if root is not None]
    width = max(near) - min(near)
    digit = max(operand.digit, floor(log10(width)) - 1) if width else operand.digit
    bound = "==" if relation.operator == "==" else "<=" if value < operand.middle else ">="
    rounded = _round(value, digit, bound)
    if not operand.floor <= rounded <= operand.ceiling:
        return None
    return Mend(reference, rounded, bound, bool(width), digit)


def _root(relation, faces, unknown):
    """Solve left = right for one number; the numerator of the difference is linear in it."""
    at_zero = _quotient(difference(relation), faces | {unknown: Fraction(0)})[0]
    slope = _quotient(difference(relation), faces | {unknown: Fraction(1)})[0] - at_zero
    if slope == 0:
        return None
    root = -at_zero / slope
    return root if _quotient(difference(relation), faces | {unknown: root})[1] else None


def _quotient(tree, faces):
    """Return numerator and denominator of a tree, not reduced."""
    if isinstance(tree, Reference):
        return faces[tree], Fraction(1)
    if isinstance(tree, Literal):
        return tree.value, Fraction(1)
    if isinstance(tree, Total):
        return sum((faces[term] for term in tree.terms), Fraction(0)), Fraction(1)
    (above, below), (other_above, other_below) = _quotient(tree.left, faces), _quotient(tree.right, faces)
    if tree.operator == "*":
        return above * other_above, below * other_below
    if tree.operator == "/":
        return above * other_below, below * other_above
    sign = 1 if tree.operator == "+" else -1
    return above * other_below + sign * other_above * below, below * other_below


def _round(value, digit, bound):
    unit = Fraction(10) ** digit
    if bound == "==":
        return floor(value / unit + HALF) * unit
    return (floor if bound == "<=" else ceil)(value / unit) * unit
