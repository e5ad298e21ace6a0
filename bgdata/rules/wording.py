"""Say what a rule found: numbers as printed, what was computed from them, and what would mend it.

What is computed is an exact fraction, written in the way of a printed number beside it.
"""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, inf, log10
from typing import NamedTuple

from bgdata.notation import MINUS, MULTIPLIER_WORDS, NBSP, Number, Period, format_number
from bgdata.package import QUALIFIERS, section_text, value_text
from bgdata.rules.expressions import Literal, Reference, Total, leaves
from bgdata.rules.intervals import Interval
from bgdata.rules.rulebook import name_of
from bgdata.rules.verdicts import CANNOT_TELL, COUNT, DISPUTED, HOLDS, Operand, cut, judge
from bgdata.voice import Bilingual, Joined, Message

BOUNDS = {"<=": Message("at most"), ">=": Message("at least")}
SIGNS = {"*": "×", "/": "/", "+": "+", "-": "−", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}
CONTRARY = {"==": "≠", "<=": ">", ">=": "<", "<": "≥", ">": "≤"}
STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2}
MOST_MENDS = 6
SIDES = ("face", "interval")


class Printed(NamedTuple):
    """One number of a report, as a rule needs it."""

    period: Period
    row: dict
    unit: str
    operand: Operand

    @property
    def number(self) -> Number:
        return self.row["number"]


def as_printed(one, lang, package=None):
    """Write a printed number: with its unit, which the package knows the words of, or without, and with no zero before
    it, as in formulas."""
    quoted = package is not None
    return value_text({**one.row, "unit": one.unit}, lang, unit=quoted, padded=quoted, package=package)


def numbers(package, printed, lang):
    """List the printed numbers with their units and sections."""
    texts = []
    for reference, one in printed.items():
        place = section_text(one.row["section"], lang) + (f", {one.period.label(lang)}" if reference.years else "")
        texts.append(f"{name_of(package, reference).to(lang)}: {as_printed(one, lang, package)} ({place})")
    return "; ".join(texts)


def seen(printed):
    """Write the values that a verdict is about, for `data/accepted.csv`."""
    return "; ".join(f"{_path(reference)}={_value(one.number)}" for reference, one in printed.items())


def computed(findings, finding, lang):
    """Write a rule with its numbers put in, or why it cannot be told.

    Such as ``"312.000 / 411.230 = 75,87% ≠ 83%"``.
    """
    if finding.lacking:
        return Message("no data: {numbers}", numbers="; ".join(_lacking(findings, finding, lang))).to(lang)
    if finding.broken:
        return Message("not comparable: {why}", why=Bilingual(finding.broken, "reason")).to(lang)
    left, right = finding.relation.left, finding.relation.right
    if finding.relation.operator == COUNT:
        return _count(finding, lang)
    values = finding.sides("face")
    sign = _comparison(finding.relation.operator, *values, finding.verdict)
    texts = [_formula(tree, finding.printed, lang) for tree in (left, right)]
    if sign != "=" or not isinstance(right, Reference | Literal):
        texts = [text + _result(side, finding, lang) for side, text in enumerate(texts)]
    text = f"{texts[0]} {sign} {texts[1]}"
    if finding.verdict != CANNOT_TELL:
        return text
    return Message("{computed}: the intervals are too wide to tell", computed=text).to(lang)


def _count(finding, lang):
    """Write between what a count must lie, and the whole number that does, if one does."""
    found = finding.sides("interval")[0]
    if not found.bounded:
        return Message(
            "{computed}: the intervals are too wide to tell",
            computed=_formula(finding.relation.left, finding.printed, lang),
        ).to(lang)
    ends = "–".join(format_number(_rounded(end, 2), lang=lang) for end in dict.fromkeys((found.lower, found.upper)))
    text = f"{_formula(finding.relation.left, finding.printed, lang)} = {ends}"
    if finding.verdict == HOLDS:
        return f"{text} ∋ {format_number(ceil(found.lower), lang=lang)}"
    return Message("{computed}: no whole number lies there", computed=text).to(lang)


def mends(package, printed, found, lang):
    """Write which single number would mend a contradiction, and to what."""
    texts = []
    for mend in found[:MOST_MENDS]:
        one = printed[mend.reference]
        words = [BOUNDS[mend.bound].to(lang)] if mend.bound in BOUNDS else []
        words += [QUALIFIERS["~"].to(lang)] if mend.about else []
        shift = 2 if one.number.percent else 0
        decimals = max(0, one.number.exponent - shift - mend.digit)
        value = mend.value * (100 if shift else 1)
        text = _trimmed(_scaled(value, one.number, decimals, lang), lang) + _tail(one.number, lang)
        name = name_of(package, mend.reference).to(lang)
        name += f" ({one.period.label(lang)})" if mend.reference.years else ""
        words.append(text)
        texts.append(f"“{name}”: {as_printed(one, lang)} → {NBSP.join(words).replace(' ', NBSP)}")
    return Joined(Message("; or "), texts).to(lang)


def otherwise(findings, finding, lang):
    """Write under which other reading the numbers would be true; empty where none is known."""
    if finding.other:
        other, text = finding.other.rule.statement, computed(findings, finding.other, lang)
        return Message("holds in another reading: {statement}: {computed}", statement=other, computed=text).to(lang)
    cut_off = cut(finding.relation, finding.operands)
    if cut_off is None:
        return ""
    one, name = finding.printed[cut_off], name_of(findings.package, cut_off)
    text = Message(
        "holds if “{name}” was cut off at {printed} and not rounded", name=name, printed=as_printed(one, lang)
    )
    return text.to(lang)


def in_unit(end, tree, finding):
    """Return an end of an interval as a float in the unit of a tree: percent as percent."""
    return float(end * 100 if _unit(tree, finding.printed) == "percent" else end)


def _lacking(findings, finding, lang):
    for leaf in dict.fromkeys(finding.lacking):
        when = f" ({findings.period.year_before().label(lang)})" if leaf.years else ""
        yield name_of(findings.package, leaf).to(lang) + when


def _result(side, finding, lang):
    """Write what a side (0 or 1) amounts to, in the way of a printed number of its unit; nothing behind a number itself.

    It is written as finely as the intervals allow, and at least as finely as what it is held against.
    """
    relation = finding.relation
    tree, value, known = ((relation.left, relation.right)[side], *(finding.sides(one)[side] for one in SIDES))
    if isinstance(tree, Reference | Literal):
        return ""
    unit = _unit(tree, finding.printed)
    plain_first = sorted((relation.right, relation.left), key=lambda one: not isinstance(one, Reference))
    alike = [leaf for one in plain_first for leaf in leaves(one) if finding.printed[leaf].unit == unit]
    number = finding.printed[alike[0]].number if alike else Number(None, None, None, percent=unit == "percent")
    decimals = number.decimals + 2
    if number.percent or not _ends(value, number, decimals):
        decimals = max(number.decimals, 2 * number.percent)
    if not known.exact and known.bounded and value.exact:
        decimals = min(decimals, max(_allowed(finding, number)))
    ends = (value.lower,) if value.exact else (value.lower, value.upper)
    sign = "=" if known.exact or _ends(value, number, decimals) else "≈"
    return f" {sign} " + "–".join(_derived(end, number, decimals, lang) for end in ends)


def _allowed(finding, number):
    """Yield the decimals that intervals allow, those of a printed side, and those that tell disputed sides apart."""
    scale = Fraction(100 if number.percent else 1)
    values = finding.sides("face")
    for tree, value, known in zip((finding.relation.left, finding.relation.right), values, finding.sides("interval")):
        if isinstance(tree, Reference):
            yield finding.printed[tree].number.decimals
        elif not isinstance(tree, Literal) and known.bounded and value.exact and not known.exact:
            off = max(value.lower - known.lower, known.upper - value.lower) * scale
            yield number.exponent - ceil(round(log10(off), 6))
    gap = (values[0] - values[1]) if finding.disputed else Interval.of(0)
    if gap.exact and gap.lower:
        yield number.exponent - floor(log10(abs(gap.lower) * scale))


def _ends(value, number, decimals):
    """Say whether a computed number, written like a printed one, ends within some decimals."""
    scale = (100 if number.percent else 1) / Fraction(10) ** (number.exponent - decimals)
    return value.exact and (value.lower * scale).denominator == 1


def _formula(tree, printed, lang, strength=0):
    if isinstance(tree, Reference):
        text = as_printed(printed[tree], lang)
        return f"({text})" if strength and text.startswith(MINUS) else text
    if isinstance(tree, Literal):
        value = _rounded(tree.value * (100 if tree.percent else 1), 15).normalize()
        return format_number(value, lang=lang) + "%" * tree.percent
    if isinstance(tree, Total):
        text, own = " + ".join(as_printed(printed[term], lang) for term in tree.terms), 1 if len(tree.terms) > 1 else 3
    else:
        own = STRENGTH[tree.operator]
        right = _formula(tree.right, printed, lang, own + (tree.operator in "-/"))
        if tree.operator == "-" and tree.left == Literal(Fraction(0)):
            return f"−{right}"
        text = f"{_formula(tree.left, printed, lang, own)} {SIGNS[tree.operator]} {right}"
    return f"({text})" if own < strength else text


def _comparison(operator, left, right, verdict):
    """Return the sign that stands between the two sides as they are."""
    if verdict != HOLDS:
        return CONTRARY[operator] if verdict in DISPUTED else "?"
    gap = left - right
    if operator == "==":
        return "=" if gap.exact and gap.lower == 0 else "≈"
    return SIGNS[operator] if judge(operator, gap) == HOLDS else "≈"


def _unit(tree, printed):
    """Return the unit of what a tree computes: of numbers of one unit divided by each other, percent."""
    if isinstance(tree, Reference):
        return printed[tree].unit
    if isinstance(tree, Literal):
        return "percent" if tree.percent else ""
    if isinstance(tree, Total):
        return printed[tree.terms[0]].unit
    left, right = _unit(tree.left, printed), _unit(tree.right, printed)
    if tree.operator == "/":
        return "percent" if left == right != "" else left or right
    if tree.operator == "*":
        return right if left in ("percent", "") else left
    return left or right


def _derived(value, number, decimals, lang):
    """Write a computed value like a printed number."""
    if value in (-inf, inf):
        return "∞" if value > 0 else "−∞"
    text = _scaled(value * 100 if number.percent else value, number, decimals, lang)
    return _trimmed(text, lang) + _tail(number, lang)


def _scaled(value, number, decimals, lang):
    return format_number(_rounded(value / 10**number.exponent, decimals), decimals=max(0, decimals), lang=lang)


def _tail(number, lang):
    word = NBSP + MULTIPLIER_WORDS[number.exponent].to(lang) if number.exponent else ""
    return word + "%" * number.percent


def _trimmed(text, lang):
    mark = "," if lang == "vi" else "."
    return text.rstrip("0").rstrip(mark) if mark in text else text


def _rounded(value, decimals):
    return Decimal(floor(abs(value) * Fraction(10) ** decimals + Fraction(1, 2)) * (-1 if value < 0 else 1)).scaleb(
        -decimals
    )


def _path(reference):
    return f"last_year({reference.key})" if reference.years else str(reference.key)


def _value(number):
    if number.qualifier == "range":
        return f"{number.lower}..{number.upper}"
    return f"{number.value}" if number.qualifier == "=" else f"{number.qualifier}{number.value}"
