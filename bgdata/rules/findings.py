"""Apply the rules to the printed numbers of a period: which rule, which numbers, which verdict.

What a finding looks like in a table is made in `rules` and `wording`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from math import inf
from typing import Self

from bgdata.notation import Number, Period
from bgdata.package import Package, read_observations, reads, refuse_faults
from bgdata.package.datapackage import signature
from bgdata.rules import rulebook, verdicts
from bgdata.rules.expressions import Each, Reference, expand, leaves
from bgdata.rules.intervals import Interval
from bgdata.rules.verdicts import (
    BOUND,
    CANNOT_TELL,
    CONTRADICTS,
    COUNT,
    DISPUTED,
    EQUALITY,
    HOLDS,
    NEEDS_CLARIFICATION,
    TAUTOLOGY,
    WORST_FIRST,
    Mend,
    Operand,
)
from bgdata.rules.wording import Printed

FLOORS = {"growth": -1, "change": -inf}


def printed(package: Package, period: Period) -> dict[str, dict[str, Printed]]:
    """Return a period's numbers by indicator and category: dict of str to dict of str to Printed.

    Empty where the period has no report.

    Raises
    ------
    DataError
        Observations that cannot be used.
    """
    if period not in package.periods or not package.observations_file(period).is_file():
        return {}
    refuse_faults(package, [period])
    return _printed(package, period, signature(package.observations_file(period)))


def examine(package: Package, period: Period, names: Collection[str] | None = None) -> "Findings":
    """Return what comes out of the rules of one period, or of those that touch the named indicators.

    Raises
    ------
    DataError
        Observations or rules that cannot be used.
    """
    files = (package.observations_file(one) for one in (period, period.year_before()))
    every = _examined(package, period, signature(*files))
    return every if names is None else every.about(names)  # what nobody asks about is not judged


def rehearse(*codes: str, back: int = 14) -> None:
    """Judge some periods, the newest if none is named, and those before that they are seen with.

    What is found out here is known to all processes forked from this one.
    """
    package = Package.open()
    asked = [package.period(code) for code in codes] or [package.newest()]
    observed = package.observed_periods()
    for period in sorted({one for last in asked for one in [one for one in observed if one <= last][-back:]}):
        examine(package, period).found  # noqa: B018  (judged here and now)


@lru_cache(maxsize=64)
def _examined(package, period, _):
    reports = {one: printed(package, one) for one in (period, period.year_before())}
    rules = {rule.code: rule for rule in rulebook.written(package)}
    for rule in rulebook.generated(package, reports[period]):
        rules.setdefault(rule.code, rule)
    return Findings.of(package, period, reports, rules.values())


@lru_cache(maxsize=64)
def _printed(package, period, _):
    found = {}
    for row in read_observations(package, period)[0].rows:
        indicator = package.indicators[row["indicator"]]
        operand = as_operand(row["number"], indicator["measure"]) if row["number"] else None
        of_it = found.setdefault(row["indicator"], {})
        of_it[row["category"] or ""] = Printed(period, row, indicator["unit"], operand)
    return found


@dataclass(frozen=True, eq=False)
class Findings:
    """What came out of rules in one period.

    Attributes
    ----------
    package : Package
    period : Period
    reports : dict of Period to dict
        The numbers of the period and of the year before, as :func:`printed` returns them.
    rules : list of Rule
        In the order of `rules.csv`, then of the catalogue.
    names : collection of str
        The indicators that were asked about.
    """

    package: Package
    period: Period
    reports: dict
    rules: list
    names: Collection[str]
    applied: "_Applied"

    @classmethod
    def of(cls, package: Package, period: Period, reports: dict, rules: Iterable[rulebook.Rule]) -> Self:
        """Apply rules to the numbers of a period."""
        rules = list(rules)
        return cls(package, period, reports, rules, package.indicators, _Applied(package, period, reports, rules))

    @cached_property
    def found(self) -> list["Finding"]:
        """list of Finding: what came out of each rule; a rule is judged when it is first asked about."""
        return [self.applied.found(rule) for rule in self.rules]

    def about(self, names: Collection[str]) -> Self:
        """Return what came out of the rules that touch some indicators."""
        wanted = set(names)
        rules = [rule for rule in self.rules if not wanted.isdisjoint(rule.indicators)]
        return replace(self, rules=rules, names=wanted)

    @property
    def printed(self) -> dict[str, dict[str, Printed]]:
        """dict: the numbers of the period."""
        return self.reports[self.period]

    @cached_property
    def touching(self) -> dict[Reference, list["Finding"]]:
        """dict of Reference to list of Finding: the findings that each number takes part in."""
        touching = {}
        for finding in self.found:
            for reference in finding.printed:
                touching.setdefault(reference, []).append(finding)
        return touching

    @cached_property
    def verdicts(self) -> dict[str, str]:
        """dict of str to str: by key, the worst verdict about each number of the period."""
        return {
            str(reference.key): min((finding.verdict for finding in touching), key=WORST_FIRST.index)
            for reference, touching in self.touching.items()
            if not reference.years
        }

    def note(self) -> None:
        """Note which rows of the package it all depends on."""
        names = {*self.names, *(name for rule in self.rules for name in rule.indicators)}
        for period in (self.period, self.period.year_before()):
            reads.record(f"observations/{period}.csv", indicator=names)
        reads.record("indicators.csv", indicator=names)
        for file in ("categories.csv", "units.csv", "rules.csv", "breaks.csv"):
            reads.record(file)


class _Applied:
    """Applies rules to the numbers of one period, one by one, each once."""

    def __init__(self, package, period, reports, rules):
        self.package, self.period, self.reports, self.rules = package, period, reports, rules
        self.recurring, self.judged = rulebook.recurring(package), {}

    def found(self, rule):
        """Return what came out of a rule; where it contradicts, another reading of the matter may hold."""
        finding = self._judged(rule)
        if finding.contradicts:
            others = [self._judged(one) for one in self.rules if one.matter == rule.matter]
            finding.reread([one for one in others if one.verdict == HOLDS])
        return finding

    def _judged(self, rule):
        if rule.code not in self.judged:
            self.judged[rule.code] = self._apply(rule)
        return self.judged[rule.code]

    def _apply(self, rule):
        relation = expand(rule.relation, self._categories)
        lacking = [leaf for leaf in leaves(rule.relation) if isinstance(leaf, Each) and not self._categories(leaf)]
        printed = {}
        for reference in dict.fromkeys(leaves(relation)):
            one = self._of(reference).get(reference.category)
            if one and one.operand:
                printed[reference] = one
            else:
                lacking.append(reference)
        return Finding(rule, relation, printed, lacking, self._broken(relation))

    def _of(self, leaf):
        period = self.period.year_before() if leaf.years else self.period
        return self.reports[period].get(leaf.indicator, {})

    def _categories(self, each):
        """Return what a sum is over: the categories printed, and those that every report should print."""
        printed = [category for category in self._of(each) if category]
        expected = self.recurring.get(self.package.indicators[each.indicator]["breakdown"], ()) if printed else ()
        return [category for category in dict.fromkeys([*expected, *printed]) if category not in each.without]

    def _broken(self, relation):
        """Return the series break that makes last year's numbers incomparable, if there is one."""
        for reference in leaves(relation):
            if reference.years and self._of(reference):
                then, indicator = self.period.year_before(), self.package.indicators[reference.indicator]
                return self.package.break_between(indicator, then, self.period)
        return None


class Finding:
    """What came out of one rule.

    Attributes
    ----------
    rule : Rule
    relation : Relation
        Of the rule, with its sums written out.
    printed : dict of Reference to Printed
        The numbers that the rule is about, as far as they are there.
    lacking : list of Reference or Each
        The numbers that are not.
    broken : dict or None
        The series break between the numbers.
    verdict : str
        :data:`NEEDS_CLARIFICATION` where the numbers contradict this reading of a matter, and another one holds.
    other : Finding or None
        That other one.
    """

    def __init__(self, rule, relation, printed, lacking, broken):
        self.rule, self.relation, self.printed, self.lacking, self.broken = rule, relation, printed, lacking, broken
        self.operands = {reference: one.operand for reference, one in printed.items()}
        self.told = not (lacking or broken)
        self.verdict = verdicts.verdict(relation, self.operands) if self.told else CANNOT_TELL
        self.other = None

    def reread(self, holding: "list[Finding]") -> None:
        """Take note of the readings of the same matter that hold."""
        if holding:
            self.verdict, self.other = NEEDS_CLARIFICATION, holding[0]

    @property
    def contradicts(self) -> bool:
        return self.verdict == CONTRADICTS

    @property
    def disputed(self) -> bool:
        """bool: it contradicts the rule, or one reading of it."""
        return self.verdict in DISPUTED

    @property
    def kind(self) -> str:
        """str: ``"equality"``, ``"bound"``, or ``"tautology"``: it can hardly fail, or says one number twice."""
        sides = [self.printed.get(side) for side in (self.relation.left, self.relation.right)]
        twice = all(sides) and sides[0].operand.face == sides[1].operand.face and self.relation.operator != "=="
        if self.rule.trivial or twice and self.verdict == HOLDS or self._sure():
            return TAUTOLOGY
        return EQUALITY if self.relation.operator in ("==", COUNT) else BOUND

    def _sure(self):
        """Say whether a whole number is looked for where there is always one."""
        if self.relation.operator != COUNT or not self.told:
            return False
        found = self.sides("interval")[0]
        return found.bounded and found.upper - found.lower >= 1

    def sides(self, attribute: str) -> list[Interval]:
        """Return the ranges of left and right: of each number its ``"interval"``, or its ``"face"``."""
        box = {reference: getattr(operand, attribute) for reference, operand in self.operands.items()}
        return [verdicts.bounds(side, box)[0] for side in (self.relation.left, self.relation.right)]

    def off(self) -> tuple[Fraction | float, float]:
        """Return how far the numbers miss the rule, and that in proportion to them."""
        missed = verdicts.off(self.relation, self.operands)
        size = max(abs(end) for side in self.sides("face") for end in (side.lower, side.upper))
        return missed, float(missed / size) if size else 0.0

    def mends(self, touching: Mapping) -> list[Mend]:
        """List what would mend the rule: the likeliest first.

        That is what contradicts the fewest other rules, then a slip of the pen, then the smallest change.
        """

        def strain(mend):
            old = self.operands[mend.reference]
            changed = {mend.reference: verdicts.mended(old, mend)}
            others = [one for one in touching[mend.reference] if one is not self and one.told]
            against = [one for one in others if verdicts.verdict(one.relation, one.operands | changed) == CONTRADICTS]
            slip = mend.bound == "==" and not mend.about and _slip(old.middle, mend.value)
            return len(against), not slip, abs(mend.value - old.middle) / (abs(old.middle) or 1)

        return sorted(verdicts.mends(self.relation, self.operands), key=strain)


def _slip(printed, meant):
    """Say whether a number is another with one digit mistyped, two swapped, or the decimal mark moved.

    Examples
    --------
    >>> _slip(848, 884), _slip(848, 849), _slip(8480, 848), _slip(848, 912)
    (True, True, True, False)
    """
    one, other = (f"{float(number):.12f}".replace(".", "").strip("0") for number in (printed, meant))
    wrong = [pair for pair in zip(one, other) if pair[0] != pair[1]]
    swapped = len(wrong) == 2 and wrong[0] == wrong[1][::-1]
    return len(one) == len(other) and (len(wrong) <= 1 or swapped)


def as_operand(number: Number, measure: str) -> Operand:
    """Return a printed number as rules see it; `measure` says what it can be at all."""
    lower, value, upper = (_end(end, number.percent) for end in (number.lower, number.value, number.upper))
    interval = Interval(-inf if lower is None else lower, inf if upper is None else upper)
    whole = not (number.percent or number.exponent or number.decimals)
    digit = number.exponent - number.decimals - 1 - 2 * number.percent
    return Operand(
        interval=interval,
        face=interval if value is None else Interval(value, value),
        digit=0 if whole else digit,
        whole=whole,
        floor=FLOORS.get(measure, 0),
        ceiling=1 if measure == "share" else inf,
    )


def _end(number, percent):
    return number if number is None else Fraction(number) / 100 if percent else Fraction(number)
