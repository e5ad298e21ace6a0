"""Apply the rules to the printed numbers of a period: which rule, which numbers, which verdict.

What a finding looks like in a table is made in `rules` and `wording`.
"""

from fractions import Fraction
from functools import cached_property
from math import inf

from bgdata.package import descriptor
from bgdata.package.validation import read_observations
from bgdata.rules import rulebook, verdicts
from bgdata.rules.expressions import Each, expand, leaves
from bgdata.rules.intervals import Interval
from bgdata.rules.verdicts import CANNOT_TELL, CONTRADICTS, Operand
from bgdata.rules.wording import Printed

FLOORS = {"growth": -1, "change": -inf}


class Reports:
    """The printed numbers of the periods that rules ask for, each file read once.

    Parameters
    ----------
    package : Package
    periods : sequence of Period

    Raises
    ------
    DataError
        Observations that cannot be used, of all periods.
    """

    def __init__(self, package, periods):
        self.package = package
        tables = {period: read_observations(package, period) for period in periods}
        faults = [fault for _, wrong in tables.values() for fault in wrong]
        if faults:
            raise descriptor.describe(faults)
        self.known = {period: self._printed(period, table.rows) for period, (table, _) in tables.items()}

    @cached_property
    def accepted(self):
        """dict of (str, str) to dict: rows of `accepted.csv` by period and rule."""
        return {(row["period"], row["rule"]): row for row in self.package.tables["accepted"].rows}

    def printed(self, period):
        """Return a period's numbers by indicator and category: dict of str to dict of str to Printed.

        Empty where the period has no report.
        """
        if period not in self.known:
            observed = period in self.package.periods and self.package.observations_file(period).is_file()
            self.known |= Reports(self.package, [period]).known if observed else {period: {}}
        return self.known[period]

    def _printed(self, period, rows):
        found = {}
        for row in rows:
            indicator = self.package.indicators[row["indicator"]]
            operand = as_operand(row["number"], indicator["measure"]) if row["number"] else None
            of_it = found.setdefault(row["indicator"], {})
            of_it[row["category"] or ""] = Printed(period, row, indicator["unit"], operand)
        return found


class Findings:
    """What came out of the rules that touch some indicators, in one period.

    Attributes
    ----------
    period : Period
    printed : dict
        The period's numbers, as :meth:`Reports.printed` returns them.
    found : list of Finding
        In the order of `rules.csv`, then of the catalogue.
    """

    def __init__(self, reports, rules, period, names):
        self.package, self.reports, self.period = reports.package, reports, period
        self.printed = reports.printed(period)
        self.recurring = rulebook.recurring(self.package)
        wanted, every = set(names), {rule.code: rule for rule in rules}
        for rule in rulebook.generated(self.package, self.printed):
            every.setdefault(rule.code, rule)
        self.found = [self._finding(rule) for rule in every.values() if not wanted.isdisjoint(rule.indicators)]

    @cached_property
    def touching(self):
        """dict of Reference to list of Finding: the findings that each number takes part in."""
        touching = {}
        for finding in self.found:
            for reference in finding.printed:
                touching.setdefault(reference, []).append(finding)
        return touching

    def _finding(self, rule):
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
        return self.reports.printed(period).get(leaf.indicator, {})

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
    """

    def __init__(self, rule, relation, printed, lacking, broken):
        self.rule, self.relation, self.printed, self.lacking, self.broken = rule, relation, printed, lacking, broken
        self.operands = {reference: one.operand for reference, one in printed.items()}
        self.told = not (lacking or broken)
        self.verdict = verdicts.verdict(relation, self.operands) if self.told else CANNOT_TELL

    @property
    def contradicts(self):
        return self.verdict == CONTRADICTS

    def sides(self, attribute):
        """Return the ranges of left and right: of each number its ``"interval"``, or its ``"face"``."""
        box = {reference: getattr(operand, attribute) for reference, operand in self.operands.items()}
        return [verdicts.bounds(side, box)[0] for side in (self.relation.left, self.relation.right)]

    def off(self):
        """Return how far the numbers miss the rule, and that in proportion to them."""
        missed = verdicts.off(self.relation, self.operands)
        size = max(abs(end) for side in self.sides("face") for end in (side.lower, side.upper))
        return missed, float(missed / size) if size else 0.0

    def mends(self, touching):
        """List what would mend the rule: what contradicts the fewest other rules first, then the smallest change."""

        def strain(mend):
            old = self.operands[mend.reference]
            changed = {mend.reference: verdicts.mended(old, mend)}
            others = [one for one in touching[mend.reference] if one is not self and one.told]
            against = [one for one in others if verdicts.verdict(one.relation, one.operands | changed) == CONTRADICTS]
            return len(against), abs(mend.value - old.middle) / (abs(old.middle) or 1)

        return sorted(verdicts.mends(self.relation, self.operands), key=strain)


def as_operand(number, measure):
    """Return a printed number as rules see it; `measure` says what it can be at all."""
    scale = Fraction(1, 100) if number.percent else Fraction(1)
    lower = -inf if number.lower is None else Fraction(number.lower) * scale
    upper = inf if number.upper is None else Fraction(number.upper) * scale
    whole = not (number.percent or number.exponent or number.decimals)
    digit = number.exponent - number.decimals - 1 - 2 * number.percent
    return Operand(
        interval=Interval(lower, upper),
        face=Interval(lower, upper) if number.value is None else Interval.of(Fraction(number.value) * scale),
        digit=0 if whole else digit,
        whole=whole,
        floor=FLOORS.get(measure, 0),
        ceiling=1 if measure == "share" else inf,
    )
