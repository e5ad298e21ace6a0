"""Hold the numbers of a draft against each other by the rules that the catalogue gives: sums, shares, parts, growth.

The draft's own numbers are put in where the reader knows which indicator they are of; no data of its period are
needed, and the year before is taken from the data where they are there.
"""

from bgdata.rules import Findings, rulebook, wording
from bgdata.rules.findings import as_operand, printed
from bgdata.rules.wording import Printed
from bgdata.voice import Message
from bgtools.read.statement.numerals import value_of
from bgtools.word.checks.expected import agrees, printed_of
from bgtools.word.checks.remarks import ASK, WRONG, Remark

SURE = 0.8


def _row(match):
    value, lower, upper = value_of(match.numeral)
    return {
        "indicator": match.slot.indicator,
        "category": match.slot.category,
        "number": match.numeral.number,
        "value": value,
        "lower": lower,
        "upper": upper,
        "qualifier": match.numeral.qualifier,
        "status": match.numeral.status,
        "printed": match.numeral.printed,
        "section": "",
    }


def rulings(manuscript, expected):
    """Return the remarks on numbers that cannot all be true by the rules of the catalogue.

    What differs from the data is remarked on elsewhere: a rule that such a number takes part in is passed over, and
    so is a contradiction that a person has accepted. Where there are data, a contradiction is asked about: it stands in
    them, too, or is of numbers that they do not have.

    Parameters
    ----------
    manuscript : bgtools.word.manuscript.Manuscript
    expected : bgtools.word.checks.expected.Expected
    """
    package, period = manuscript.package, manuscript.period
    matches = [one for one in manuscript.reading.matches if one.confidence >= SURE and not one.numeral.asked]
    wrong = {one.slot.key for one in matches if not _agreeing(one, expected)}
    findings = _findings(package, period, matches)
    accepted = {row["rule"] for row in package.tables["accepted"].rows if row["period"] == period.code}
    by_key = {one.slot.key: one for one in matches}
    for finding in findings.found:
        keys = [(reference.indicator, reference.category) for reference in finding.printed if not reference.years]
        if finding.disputed and finding.rule.code not in accepted and not wrong.intersection(keys):
            if not _filled_up(finding, manuscript):
                asked = expected.now or not finding.contradicts
                yield _remark(manuscript, findings, finding, by_key, ASK if asked else WRONG)


def _findings(package, period, matches):
    """Apply the rules to the numbers of the draft, and to the data of the year before."""
    numbers = {}
    for match in matches:
        row, indicator = _row(match), match.slot.row
        operand = as_operand(row["number"], indicator["measure"])
        numbers.setdefault(row["indicator"], {})[row["category"]] = Printed(period, row, indicator["unit"], operand)
    rules = {rule.code: rule for rule in rulebook.written(package)}
    for rule in rulebook.generated(package, numbers):
        rules.setdefault(rule.code, rule)
    reports = {period: numbers, period.year_before(): printed(package, period.year_before())}
    return Findings.of(package, period, reports, rules.values())


def _agreeing(match, expected):
    row = expected.now.get(match.slot.key)
    return row is None or agrees(match.numeral, row["number"])


def _remark(manuscript, findings, finding, by_key, grade):
    """Remark on the number that would mend the rule with the least change, else on the last one of the draft."""
    own = [reference for reference in finding.printed if not reference.years]
    mends = [mend.reference for mend in finding.mends(findings.touching) if not mend.reference.years]
    chosen = (mends or own[-1:])[0]
    match = by_key[chosen.indicator, chosen.category]
    numeral = match.numeral
    kind = {"sum": "sum", "share": "share"}.get(finding.rule.code.rsplit(".", 1)[-1], "rule")
    said = printed_of(numeral, manuscript.reading.passages[numeral.passage].text)
    why = Message(
        "{statement}, but {computed}.", statement=finding.rule.statement, computed=_Computed(findings, finding)
    )
    grade = ASK if finding.rule.code.endswith("year_before") else grade
    others = [by_key[reference.indicator, reference.category].numeral for reference in own if reference != chosen]
    about = tuple((one.passage, one.start, one.end) for one in others)
    place = numeral.passage, numeral.start, numeral.end
    return Remark(kind, *place, said, why, grade=grade, key=match.slot.key, about=about)


def _filled_up(finding, manuscript):
    """Tell whether what a sum lacks stands beside its parts, as a number that the catalogue does not know."""
    if not finding.rule.code.endswith(".sum"):
        return False
    lacking, _ = finding.off()
    known = {id(one.numeral) for one in manuscript.reading.matches}
    return any(
        numeral.number.value == lacking for numeral in manuscript.numbers if numeral.number and id(numeral) not in known
    )


class _Computed(Message):
    """A rule with its numbers put in."""

    def __init__(self, findings, finding):
        super().__init__("")
        self.findings, self.finding = findings, finding

    def to(self, lang):
        return wording.computed(self.findings, self.finding, lang)
