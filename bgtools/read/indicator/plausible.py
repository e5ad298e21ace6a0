"""Ask of the numbers that were found whether they can be: alone, against last time, and against one another.

Nothing is corrected: what cannot be is asked about, with all the numbers that it does not go with.
"""

from dataclasses import replace

from bgdata.rules import HOLDS, Findings, rulebook
from bgdata.rules.findings import as_operand
from bgdata.rules.wording import Printed
from bgtools.read.statement import doubts
from bgtools.read.statement.fractions import agree
from bgtools.read.statement.numerals import size, value_of
from bgtools.read.statement.timewords import Time

SURE = 0.95  # how sure a level must be for the ratio beside it
FACTOR = 10.0  # what a count or an amount does not change by from one time to the next
MANY_THINGS, CLOSER = 1000, 5.0  # of so many things, and of money, less: a digit lost or a mark moved is ten times
FACTORS = {"share": 2.5, "ratio_to_base": 2.0, "target": 5.0}
FEW = 1.6  # units of the administration do not change much
ADMINISTRATION = {"district", "province"}
MONEY = {"VND", "USD"}
MOST_GROWTH = 150.0  # percent
MANY_PARTS = 2  # numbers, beside their total, whose sum is no chance
MANY, SHARE = 5, 0.08  # jumps in one document that make all of it doubtful


def checked(matches, package, period):
    """Return the matches with the doubts that come from what their numbers are.

    Parameters
    ----------
    matches : sequence of Match
    package : bgdata.package.datapackage.Package
    period : bgdata.notation.periods.Period

    Returns
    -------
    list of Match
    """
    found = [_with(one, alone(one.numeral, one.slot)) for one in matches]
    found = _levels(_pairs(found))
    return _ruled(found, package, period)


def _with(one, more):
    fresh = [doubt for doubt in more if doubt not in one.doubts]
    return replace(one, doubts=(*one.doubts, *fresh)) if fresh else one


def _without(one, doubt):
    return replace(one, doubts=tuple(other for other in one.doubts if other != doubt))


def alone(numeral, slot):
    """Return the doubts that a number can be the indicator's at all.

    Examples
    --------
    >>> from types import SimpleNamespace as Some
    >>> from bgdata.notation import parse
    >>> slot = Some(row={"unit": "percent", "measure": "share"}, last=None)
    >>> alone(Some(number=parse("763%"), printed="763%"), slot)
    [Message('more than all of it?')]
    """
    if numeral.number is None:
        return []
    found, measure = [], slot.row["measure"]
    ends = [end for end in value_of(numeral) if end is not None]
    if slot.row["unit"] == "percent" and measure in ("share", "target") and any(not 0 <= end <= 100 for end in ends):
        found.append(doubts.OVER_WHOLE)
    if measure == "growth" and any(abs(end) > MOST_GROWTH for end in ends):
        found.append(doubts.JUMP)
    elif measure not in ("growth", "change") and jumps(numeral, slot):
        found.append(doubts.JUMP)
    return found


def jumps(numeral, slot):
    """Tell whether a number is of another order of magnitude than last time, by what kind of number it is."""
    measure, unit = slot.row["measure"], slot.row["unit"]
    now, last = size(numeral.number), size(slot.last["number"]) if slot.last else 0.0
    if measure == "ratio_to_base" and not last:
        last = 100.0
    if not last:
        return False
    usual = CLOSER if last >= MANY_THINGS or unit in MONEY else FACTOR
    factor = FEW if unit in ADMINISTRATION and measure == "stock" else FACTORS.get(measure, usual)
    return not now or not 1 / factor < now / last < factor


def many(matches):
    """Tell whether so many numbers jump that the document itself must be doubted.

    Parameters
    ----------
    matches : sequence of Match
        Those of some confidence.
    """
    jumped = sum(doubts.JUMP in one.doubts or doubts.OVER_WHOLE in one.doubts for one in matches)
    return jumped >= MANY and jumped >= SHARE * len(matches)


def _pairs(matches):
    """Doubt n/N and the percentage that the report prints beside them where they do not agree."""
    taken = {one.slot.key: one for one in matches}
    wrong = set()
    for one in matches:
        whole = taken.get((one.slot.row["of"], ""))
        if one.slot.row["measure"] != "share" or not whole or one.slot.row["unit"] != "percent":
            continue
        parts = [
            other
            for other in matches
            if other.slot.row["of"] == one.slot.row["of"]
            and other.slot.row["unit"] == whole.slot.row["unit"]
            and other.slot.row["sector"] == one.slot.row["sector"]
            and other.numeral.passage in (one.numeral.passage, whole.numeral.passage)
        ]
        if len(parts) == 1 and not agree(parts[0].numeral, whole.numeral, one.numeral):
            wrong |= {one.slot.key, whole.slot.key, parts[0].slot.key}
    return [_with(one, [doubts.UNFITTING]) if one.slot.key in wrong else one for one in matches]


def _levels(matches):
    """Doubt a ratio or a growth whose level, printed right before it, was not found or is in doubt itself."""
    certain = {(one.slot.key, one.numeral.passage): one for one in matches if not one.doubts and one.confidence >= SURE}
    found = []
    for one in matches:
        level = (one.slot.row["of"], "")
        lost = one.slot.row["measure"] in ("ratio_to_base", "growth") and one.before is not None
        lost = lost and one.before.unit in ("VND", "USD", "money") and one.before.time == Time.NOW
        known = certain.get((level, one.numeral.passage))
        found.append(_with(one, [doubts.RIVALLED]) if lost and (not known or known.numeral is not one.before) else one)
    return found


def _ruled(matches, package, period):
    """Doubt the numbers of every rule that they contradict together."""
    printed = {}
    for one in matches:
        if one.numeral.number is not None and one.confidence >= 0.5:
            indicator = package.indicators[one.slot.indicator]
            row = {
                "indicator": one.slot.indicator,
                "category": one.slot.category,
                "section": "",
                "printed": one.numeral.printed,
            }
            row |= {"number": one.numeral.number, "qualifier": one.numeral.qualifier, "value": one.numeral.number.value}
            of_it = printed.setdefault(one.slot.indicator, {})
            of_it[one.slot.category] = Printed(
                period, row, indicator["unit"], as_operand(one.numeral.number, indicator["measure"])
            )
    rules = {rule.code: rule for rule in rulebook.written(package)}
    for rule in rulebook.generated(package, printed):
        rules.setdefault(rule.code, rule)
    findings = Findings.of(package, period, {period: printed, period.year_before(): {}}, rules.values())
    wrong, proved = set(), set()
    for finding in findings.found:
        keys = {(reference.indicator, reference.category) for reference in finding.printed}
        if finding.contradicts and not _incomplete(finding, package):
            wrong |= keys
        elif (
            finding.verdict == HOLDS
            and finding.kind == "equality"
            and len(keys) > MANY_PARTS
            and len({indicator for indicator, _ in keys}) == 1
        ):
            proved |= keys  # a digit lost or a mark moved would break the sum
    found = [_without(one, doubts.JUMP) if one.slot.key in proved - wrong else one for one in matches]
    return [_with(one, [doubts.UNFITTING]) if one.slot.key in wrong else one for one in found]


def _incomplete(finding, package):
    """Tell whether the parts of a sum may well be less than the total: not every part has a name in the catalogue."""
    total = [one for reference, one in finding.printed.items() if not reference.category]
    parts = [one for reference, one in finding.printed.items() if reference.category]
    names = {reference.indicator for reference in finding.printed}
    if len(total) != 1 or not parts or len(names) != 1:
        return False
    breakdown = package.indicators[names.pop()]["breakdown"]
    open_ended = any(not row["recurring"] for (of, _), row in package.categories.items() if of == breakdown)
    return open_ended and sum(size(one.number) for one in parts) < size(total[0].number)
