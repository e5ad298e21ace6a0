"""Exact arithmetic on closed intervals whose ends may lie at infinity.

Ends are fractions, so nothing is rounded. Each operation returns the smallest interval that holds all results, its
operands being independent of each other; an operand that occurs twice is the business of `verdicts`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Self

End = Fraction | float  # a float is one of the two infinities


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `lower` to `upper`, both included.

    Examples
    --------
    >>> half = Interval.of("0.5", 1)
    >>> print(half + half, half - half, half * half, Interval.of(1) / half)
    [1, 2] [-1/2, 1/2] [1/4, 1] [1, 2]
    >>> print(Interval.of(1) / Interval.of(0, 2), Interval.of(1) / Interval.of(-1, 2))
    [1/2, inf] [-inf, inf]
    """

    lower: End
    upper: End

    @classmethod
    def of(cls, lower: "End | str", upper: "End | str | None" = None) -> Self:
        """Make the interval between two numbers, texts or infinities; a single number is its own interval."""
        low = _end(lower)
        return cls(low, low if upper is None else _end(upper))

    @property
    def exact(self) -> bool:
        """bool: it holds a single number."""
        return self.lower == self.upper

    @property
    def bounded(self) -> bool:
        """bool: neither end lies at infinity."""
        return self.lower != -inf and self.upper != inf

    def __contains__(self, number):
        return self.lower <= number <= self.upper

    def __add__(self, other):
        return Interval(_plus(self.lower, other.lower), _plus(self.upper, other.upper))

    def __neg__(self):
        return Interval(-self.upper, -self.lower)

    def __sub__(self, other):
        return self + -other

    def __mul__(self, other):
        ends = [_times(mine, theirs) for mine in (self.lower, self.upper) for theirs in (other.lower, other.upper)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other):
        if other.lower < 0 < other.upper or other.lower == other.upper == 0:
            return EVERYTHING
        return self * Interval(_inverse(other.upper, -inf), _inverse(other.lower, inf))

    def __str__(self):
        return f"[{self.lower}, {self.upper}]"


EVERYTHING = Interval(-inf, inf)


def hull(intervals: Iterable[Interval]) -> Interval:
    """Return the smallest interval that holds all of them.

    Examples
    --------
    >>> print(hull([Interval.of(1), Interval.of(3, 4)]))
    [1, 4]
    """
    ends = [(interval.lower, interval.upper) for interval in intervals]
    return Interval(min(lower for lower, _ in ends), max(upper for _, upper in ends))


def _end(number):
    return number if number in (-inf, inf) else Fraction(number)


def _plus(x, y):
    if isinstance(x, float):
        return x
    return y if isinstance(y, float) else x + y


def _times(x, y):
    """Multiply two ends; zero times infinity is zero, since no number of an interval is infinite."""
    if x == 0 or y == 0:
        return Fraction(0)
    if isinstance(x, float) or isinstance(y, float):
        return inf if (x > 0) == (y > 0) else -inf
    return x * y


def _inverse(end, at_zero):
    if end == 0:
        return at_zero
    return Fraction(0) if isinstance(end, float) else 1 / end
