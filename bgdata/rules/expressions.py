"""The language of `data/rules.csv`: one comparison between two sums of printed numbers.

    rule     = sum ("==" | "<=" | ">=" | "<" | ">") sum
    sum      = product (("+" | "-") product)*
    product  = factor (("*" | "/") factor)*
    factor   = number ["%"] | "-" factor | "(" sum ")" | indicator ["[" category "]"]
             | ("sum" | "count") "(" indicator "[*]" | "[* except category, ...]" ")" | "last_year" "(" sum ")"

A text becomes a tree here and nothing else: it is never executed, and what a tree says of the numbers is decided in
`verdicts`. Each number may stand at most once above and once below a fraction bar, so that a rule changes in one
direction only when one number changes; that is what makes verdicts exact.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from bgdata.errors import BgdataError, near
from bgdata.package import Key
from bgdata.voice import Message

LONGEST = 400
DEEPEST = 20
MOST_DIGITS = 15
COMPARISONS = ("==", "<=", ">=", "<", ">")
FUNCTIONS = ("sum", "count", "last_year")

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?%?)|(?P<name>[^\W\d][\w.]*)|\[(?P<category>[^\[\]]*)\]"
    r"|(?P<symbol>==|<=|>=|\*\*|[-+*/()<>])|(?P<other>\S))"
)
_CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Literal:
    """A number written in the rule itself."""

    value: Fraction
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """One observation of the period, or of the same period `years` earlier."""

    indicator: str
    category: str = ""
    years: int = 0

    @property
    def key(self) -> Key:
        """Key: which number it is, in whichever period."""
        return Key(self.indicator, self.category)


@dataclass(frozen=True, slots=True)
class Each:
    """The sum, or the count, of all printed categories of an indicator but some."""

    function: str
    indicator: str
    without: tuple[str, ...] = ()
    years: int = 0


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of several terms: what an `Each` stands for in one period."""

    terms: tuple


@dataclass(frozen=True, slots=True)
class Operation:
    """Two terms under ``+``, ``-``, ``*`` or ``/``."""

    operator: str
    left: object
    right: object


@dataclass(frozen=True, slots=True)
class Relation:
    """What a rule demands: that two sides compare as `operator` says."""

    left: object
    operator: str
    right: object


def parse(text: str, known: Callable[[str, str], None] = lambda indicator, category: None) -> Relation:
    """Read the expression of a rule.

    Parameters
    ----------
    text : str
    known : callable, optional
        Called with each indicator and category (``""`` for the total, ``"*"`` for all); raises BgdataError for what
        the catalogue does not have.

    Raises
    ------
    BgdataError
        The expression breaks the grammar; the message begins with the column.

    Examples
    --------
    >>> parse("inspection.fined <= inspection.subjects").operator
    '<='
    >>> parse("telecom.bts ** 9")
    Traceback (most recent call last):
    bgdata.errors.BgdataError: column 13 of the expression: powers are not part of the language
    """
    if len(text) > LONGEST:
        raise _fault(
            LONGEST, Message("the expression is longer than {most} characters; divide it into two rules", most=LONGEST)
        )
    relation = _Parser(text, known).relation()
    above, below = _degrees(Operation("-", relation.left, relation.right))
    for (indicator, *_), degree in [*above.items(), *below.items()]:
        if degree > 1:
            column = text.find(indicator) + 1
            twice = Message(
                "{indicator} is multiplied by itself, or divides twice; write one fraction instead", indicator=indicator
            )
            raise _fault(column, twice)
    return relation


def leaves(tree) -> Iterator[Reference | Each]:
    """Yield what a tree says of printed numbers, from left to right, repeated as it is."""
    if isinstance(tree, Reference | Each):
        yield tree
    elif isinstance(tree, Total):
        yield from tree.terms
    elif isinstance(tree, Operation | Relation):
        yield from leaves(tree.left)
        yield from leaves(tree.right)


def without_exceptions(tree):
    """Return the tree with its sums and counts over all categories."""
    if isinstance(tree, Each):
        return replace(tree, without=())
    if isinstance(tree, Operation | Relation):
        return replace(tree, left=without_exceptions(tree.left), right=without_exceptions(tree.right))
    return tree


def expand(tree, categories: Callable[[Each], list[str]]):
    """Return the tree with each `Each` replaced by the categories that it stands for."""
    if isinstance(tree, Each):
        terms = tuple(Reference(tree.indicator, category, tree.years) for category in categories(tree))
        return Literal(Fraction(len(terms))) if tree.function == "count" else Total(terms)
    if isinstance(tree, Operation | Relation):
        return replace(tree, left=expand(tree.left, categories), right=expand(tree.right, categories))
    return tree


def _degrees(tree):
    """Count how often each number is multiplied with itself, above and below the fraction bar of the whole tree."""
    if isinstance(tree, Literal) or isinstance(tree, Each) and tree.function == "count":
        return Counter(), Counter()
    if isinstance(tree, Reference):
        return Counter([(tree.indicator, tree.years, bool(tree.category))]), Counter()
    if isinstance(tree, Each):
        return Counter([(tree.indicator, tree.years, True)]), Counter()
    (above, below), (other_above, other_below) = _degrees(tree.left), _degrees(tree.right)
    if tree.operator == "*":
        return above + other_above, below + other_below
    if tree.operator == "/":
        return above + other_below, below + other_above
    return above + other_below | other_above + below, below + other_below


class _Parser:
    """Recursive descent: one method for each line of the grammar."""

    def __init__(self, text, known):
        self.text, self.known = text, known
        self.tokens = [
            (match.lastgroup, match[match.lastgroup], match.start(match.lastgroup) + 1)
            for match in _TOKEN.finditer(text.rstrip())
        ]
        self.tokens.append(("end", "", len(text) + 1))
        self.place = self.depth = self.years = 0

    def relation(self):
        left = self.sum()
        operator = self.symbol(*COMPARISONS) or self.expect(
            Message("one of {operators}", operators=" ".join(COMPARISONS))
        )
        right = self.sum()
        if self.tokens[self.place][0] != "end":
            self.refuse(Message("a rule ends after one comparison"))
        return Relation(left, operator, right)

    def sum(self):
        tree = self.product()
        while operator := self.symbol("+", "-"):
            tree = Operation(operator, tree, self.product())
        return tree

    def product(self):
        tree = self.factor()
        while operator := self.symbol("*", "/"):
            tree = Operation(operator, tree, self.factor())
        return tree

    def factor(self):
        kind, text, column = self.tokens[self.place]
        self.depth += 1
        if self.depth > DEEPEST:
            self.refuse(Message("brackets and signs are nested more than {most} deep", most=DEEPEST))
        if kind == "number":
            tree = self.literal()
        elif kind == "name":
            tree = self.named()
        elif self.symbol("-"):
            tree = Operation("-", Literal(Fraction(0)), self.factor())
        elif self.symbol("("):
            tree = self.sum()
            self.close()
        else:
            self.expect(Message("a number, an indicator or a bracket"))
        self.depth -= 1
        return tree

    def literal(self):
        text = self.tokens[self.place][1]
        if len(text) > MOST_DIGITS:
            self.refuse(Message("a number has at most {most} digits", most=MOST_DIGITS))
        self.place += 1
        return Literal(Fraction(text.rstrip("%")) / (100 if text.endswith("%") else 1), text.endswith("%"))

    def named(self):
        name = self.tokens[self.place][1]
        called = self.tokens[self.place + 1][1] == "("
        if called and name not in FUNCTIONS:
            self.refuse(Message('"{name}" is not a function{hint}', name=name, hint=near(name, FUNCTIONS)))
        if not called:
            category = self.tokens[self.place + 1][1].strip() if self.tokens[self.place + 1][0] == "category" else ""
            if category.startswith("*"):
                self.refuse(Message("all categories at once are written sum({name}[*]) or count({name}[*])", name=name))
            return self.observation(name, category, Reference(name, category, self.years), 2 if category else 1)
        self.place += 2
        tree = self.last_year() if name == "last_year" else self.each(name)
        self.close()
        return tree

    def last_year(self):
        if self.years:
            self.refuse(Message("last_year stands within last_year; only the year before is known"))
        self.years = 1
        tree = self.sum()
        self.years = 0
        return tree

    def each(self, function):
        name, (kind, inside, _) = self.tokens[self.place][1], self.tokens[min(self.place + 1, len(self.tokens) - 1)]
        star, _, excepted = inside.partition("except")
        without = tuple(category.strip() for category in excepted.split(",")) if excepted else ()
        if kind != "category" or star.strip() != "*":
            self.expect(Message("{name}(indicator[*]) or {name}(indicator[* except category])", name=function))
        for category in without:
            self.refer(name, category)
        return self.observation(name, "*", Each(function, name, without, self.years), 2)

    def observation(self, name, category, tree, tokens):
        self.refer(name, category)
        self.place += tokens
        return tree

    def refer(self, name, category):
        if not _CODE.fullmatch(name):
            self.refuse(Message('"{name}" is not the code of an indicator, such as telecom.bts', name=name))
        try:
            self.known(name, category)
        except BgdataError as error:
            self.refuse(error.message)

    def symbol(self, *wanted):
        kind, text, _ = self.tokens[self.place]
        if kind != "symbol" or text not in wanted:
            return None
        self.place += 1
        return text

    def close(self):
        return self.symbol(")") or self.expect('")"')

    def expect(self, what):
        """Refuse what stands here instead of `what`."""
        text = self.tokens[self.place][1]
        found = Message('expected {what}, found "{text}"', what=what, text=text)
        self.refuse(found if text else Message("expected {what}", what=what))

    def refuse(self, reason):
        _, text, column = self.tokens[self.place]
        if text == "**":
            reason = Message("powers are not part of the language")
        elif text in (",", ";"):
            reason = Message('"{text}" is not part of the language; the decimal mark is a point', text=text)
        elif text == "=":
            reason = Message('equality is written "=="')
        raise _fault(column, reason)


def _fault(column, reason):
    return BgdataError("column {column} of the expression: {reason}", column=column, reason=reason)
