"""Which rules there are: those that follow from the catalogue, and those that `data/rules.csv` adds.

The catalogue says that categories add up to their total, that a share is its part divided by its whole, that a
part does not exceed its whole, that some whole number lies behind a share of things whose count is not printed, and how
a growth follows from the level. A written rule stands in the place of the one
with the same code that follows from the catalogue. Whether a rule holds is decided in `verdicts`.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from bgdata.errors import BgdataError
from bgdata.notation import folded
from bgdata.package import AMOUNTS, CURRENCIES, Fault, Key, Package, check_lang, describe, every_row, reads
from bgdata.rules.expressions import Each, Literal, Operation, Reference, Relation, leaves, parse, without_exceptions
from bgdata.rules.verdicts import COUNT
from bgdata.voice import LANGUAGES, Bilingual, Message

if TYPE_CHECKING:
    import pandas as pd

ONE = Literal(Fraction(1))
NOTHING = Literal(Fraction(0))
ALL_OF_IT = Literal(Fraction(1), percent=True)

STATEMENTS = {
    "sum": Message("“{first}”: the parts add up to the total"),
    "part": Message("“{first}” does not exceed “{second}”"),
    "share": Message("“{first}” divided by “{second}” is “{third}”"),
    "count": Message("“{first}” of “{second}” is that of a whole number"),
    "limit": Message("“{first}” does not exceed 100%"),
    "year_before": Message("“{first}” follows from “{second}” now and a year earlier"),
    "base": Message("“{first}” a year earlier, implied by “{second}”, is not negative"),
}
TRIVIAL = ("part", "limit")


@dataclass(frozen=True)
class Rule:
    """A relation between printed numbers, and how to say it.

    Attributes
    ----------
    code : str
    relation : Relation
    statement : Message
    note : str
    trivial : bool
        It can hardly fail: a share is at most 100 %, a part at most its whole.
    """

    code: str
    relation: Relation
    statement: Message
    note: str = ""
    trivial: bool = False

    @cached_property
    def indicators(self) -> list[str]:
        """list of str: the indicators that the rule is about, in its order."""
        return list(dict.fromkeys(leaf.indicator for leaf in leaves(self.relation)))

    @cached_property
    def matter(self) -> Relation:
        """Relation: what the rule is about. Rules that differ in what they except only are readings of one matter."""
        return without_exceptions(self.relation)


@lru_cache(maxsize=2)
def written(package: Package) -> list[Rule]:
    """Read the rules of `data/rules.csv`.

    Raises
    ------
    DataError
        Expressions that cannot be used, all of them, with line and column.
    """
    table = package.tables["rules"]
    rules, faults = [], []
    for row, line in zip(table.rows, table.lines):
        try:
            relation = parse(row["expression"], lambda indicator, category: _known(package, indicator, category))
        except BgdataError as error:
            faults.append(Fault(table.file, line, error.message))
            continue
        rules.append(Rule(row["rule"], relation, Bilingual(row, "label"), row["note"] or ""))
    if faults:
        raise describe(faults)
    return rules


def generated(package: Package, printed: Mapping[str, Collection[str]]) -> list[Rule]:
    """Make the rules that follow from the catalogue, for the numbers of one period.

    Parameters
    ----------
    printed : dict of str to collection of str
        The categories (``""`` for the total) that the period prints of each indicator.

    Returns
    -------
    list of Rule
        Of indicators that the period prints, in the catalogue's order.
    """
    maker = _Maker(package, printed)
    return [rule for name in package.indicators if name in printed for rule in maker.rules(name)]


def rules(sector: str | Key | None = None, *, lang: str = "vi", package: Package | None = None) -> "pd.DataFrame":
    """List the rules that numbers must satisfy: those of `data/rules.csv`, and those that follow from the catalogue.

    Parameters
    ----------
    sector : str or Key, optional
        Only the rules that touch this sector, or the indicator of a key.
    lang : {"vi", "en"}
        Language of ``statement``.
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    pandas.DataFrame
        One row for each rule about numbers that some period prints; whether it holds is told by :func:`check`:

        - ``rule`` (str): its code; ``statement`` (str): the rule in words.
        - ``expression`` (str): in the language of `data/rules.csv`; empty where that cannot say it.
        - ``indicators`` (str): what it is about, separated by spaces.
        - ``written`` (bool): it stands in `data/rules.csv`; ``note`` (str).

    Raises
    ------
    UnknownName
        No such sector.

    Notes
    -----
    Source: `data/rules.csv` and the catalogue.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.rules("telecom").query("rule == 'telecom.bts.sum'")["expression"].to_list()
    ['sum(telecom.bts[*]) == telecom.bts']
    """
    import pandas as pd  # not at the top: the command line evaluates rules without it

    check_lang(lang)
    package = package or Package.open()
    names, printed = set(package.indicators_of(sector)), {}
    reads.record("rules.csv")
    reads.record("indicators.csv")
    for row in every_row(package):
        printed.setdefault(row["indicator"], {})[row["category"] or ""] = None
    ours = {rule.code: rule for rule in written(package)}
    every = ours | {rule.code: rule for rule in generated(package, printed) if rule.code not in ours}
    rows = [
        [code, rule.statement.to(lang), expression(rule.relation), " ".join(rule.indicators), code in ours, rule.note]
        for code, rule in every.items()
        if names.intersection(rule.indicators)
    ]
    return pd.DataFrame(rows, columns=["rule", "statement", "expression", "indicators", "written", "note"])


def expression(tree) -> str:
    """Write a tree in the language of `data/rules.csv`; empty where that cannot say it.

    Examples
    --------
    >>> expression(parse("(a.b + sum(a.c[* except x])) / last_year(a.d[4G]) >= 12.5%"))
    '(a.b + sum(a.c[* except x])) / last_year(a.d[4G]) >= 12.5%'
    """
    match tree:
        case Relation(left, operator, right):
            return "" if operator == COUNT else f"{expression(left)} {operator} {expression(right)}"
        case Operation(operator, left, right):
            sides = [expression(side) for side in (left, right)]
            tight = [isinstance(left, Operation) and operator in "*/" and left.operator in "+-"]
            tight += [isinstance(right, Operation) and (operator in "*/" or operator == "-" and right.operator in "+-")]
            return f" {operator} ".join(f"({side})" if bracket else side for side, bracket in zip(sides, tight))
        case Literal(value, percent):
            return f"{float(value * 100 if percent else value):.12g}{'%' * percent}"
        case Each(function, indicator, without, years):
            text = f"{function}({indicator}[*{' except ' * bool(without)}{', '.join(without)}])"
            return f"last_year({text})" if years else text
    return f"last_year({tree.key})" if tree.years else str(tree.key)


def year_before(row: dict) -> Relation:
    """Return how a ratio, growth or change follows from what it is of, now and a year earlier.

    Parameters
    ----------
    row : dict
        Of `indicators.csv`.
    """
    now, before = Reference(row["of"]), Reference(row["of"], years=1)
    return Relation(Reference(row["indicator"]), "==", CHANGES[row["measure"]](now, before))


def recurring(package: Package) -> dict[str, list[str]]:
    """Return the categories of each breakdown that every report is expected to print."""
    found: dict[str, list[str]] = {}
    for (breakdown, category), row in package.categories.items():
        if row["recurring"]:
            found.setdefault(breakdown, []).append(category)
    return found


def name_of(package: Package, leaf: Reference | Each) -> Message:
    """Return the label of an indicator, or of one of its categories."""
    category = "" if isinstance(leaf, Each) else leaf.category
    return Bilingual({f"label_{lang}": package.label(leaf.indicator, category, lang) for lang in LANGUAGES}, "label")


class _Maker:
    """Makes the rules of one period, indicator by indicator."""

    def __init__(self, package, printed):
        self.package = package
        self.recurring = recurring(package)
        self.categories, self.parts = printed, {}
        for name, row in package.indicators.items():
            if row["of"] and row["measure"] in AMOUNTS:
                self.parts.setdefault(row["of"], []).append(name)

    def rules(self, name) -> Iterator[Rule]:
        row = self.package.indicators[name]
        measure, whole = row["measure"], row["of"]
        if row["breakdown"]:
            yield from self.breakdown(name, row["breakdown"])
        if measure in AMOUNTS and whole:
            yield from self.part(name, whole)
        elif measure == "share":
            yield from self.share(name, whole)
        elif measure in CHANGES and whole:
            yield self.rule(f"{name}.year_before", "year_before", Reference(name), "==", year_before(row).right)
        if measure == "change" and whole:
            base = Operation("-", Reference(whole), Reference(name))
            yield self.rule(f"{name}.base", "base", base, ">=", NOTHING)

    def breakdown(self, name, breakdown):
        """Categories add up to the total; one alone is an example, unless more are expected."""
        categories = [category for category in self.categories[name] if category]
        total = len(categories) < len(self.categories[name])
        if categories and breakdown in self.recurring or len(categories) > 1 and total:
            yield self.rule(f"{name}.sum", "sum", Each("sum", name), "==", Reference(name))
        elif categories and total:
            yield self.rule(f"{name}.part", "part", Reference(name, categories[0]), "<=", Reference(name))

    def part(self, name, whole):
        yield self.rule(f"{name}.part", "part", Reference(name), "<=", Reference(whole))
        if self.package.indicators[whole]["breakdown"] == self.package.indicators[name]["breakdown"]:
            for category in self.categories[name]:
                if category and category in self.categories.get(whole, ()):
                    of_it = Reference(whole, category)
                    yield self.rule(f"{name}.part.{_slug(category)}", "part", Reference(name, category), "<=", of_it)

    def share(self, name, whole):
        """A share is that part of the whole whose code begins its own, divided by the whole."""
        yield self.rule(f"{name}.limit", "limit", Reference(name), "<=", ALL_OF_IT)
        parts = [part for part in self.parts.get(whole, ()) if name.startswith(f"{part}_")]
        if whole and self.counts(whole) and not any(part in self.categories for part in parts):
            number = Operation("*", Reference(name), Reference(whole))
            yield self.rule(f"{name}.count", "count", number, COUNT, NOTHING)
        if parts:
            share = Operation("/", Reference(max(parts, key=len)), Reference(whole))
            yield self.rule(f"{name}.share", "share", share, "==", Reference(name))

    def counts(self, whole):
        """Say whether an indicator that is printed counts things."""
        unit = self.package.indicators[whole]["unit"]
        return whole in self.categories and unit not in ("percent", *CURRENCIES)

    def rule(self, code, kind, left, operator, right):
        relation = Relation(left, operator, right)
        names = dict.fromkeys(name_of(self.package, leaf) for leaf in leaves(relation))
        statement = Message(STATEMENTS[kind].text, **dict(zip(("first", "second", "third"), names)))
        return Rule(code, relation, statement, trivial=kind in TRIVIAL)


CHANGES = {
    "ratio_to_base": lambda now, before: Operation("/", now, before),
    "growth": lambda now, before: Operation("-", Operation("/", now, before), ONE),
    "change": lambda now, before: Operation("-", now, before),
}


def _known(package, indicator, category):
    row = package.indicator(indicator)
    if category == "*" and not row["breakdown"]:
        raise BgdataError('"{name}" has no categories to add up', name=indicator)
    if category not in ("", "*"):
        package.key(Key(indicator, category))


def _slug(category):
    """Write a category with the letters that the code of a rule may have."""
    return re.sub(r"[^a-z0-9]+", "_", folded(category)).strip("_")
