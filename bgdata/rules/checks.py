"""Hold the printed numbers of each period against each other: every rule, its verdict, and who accepted it.

Nothing is corrected. A contradiction that a person has accepted in `data/accepted.csv` stays in sight and counts no
longer as a fault, until one of the numbers that it was about changes.
"""

from collections.abc import Sequence
from math import nan
from typing import TYPE_CHECKING

from bgdata.package import Key, Package, check_lang, reads, refuse_faults
from bgdata.package.workspace import Workspace
from bgdata.rules import rulebook, wording
from bgdata.rules.expressions import Literal, Reference
from bgdata.rules.findings import examine
from bgdata.rules.verdicts import CANNOT_TELL, WORST_FIRST
from bgdata.voice import Message

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = [
    "period",
    "rule",
    "sectors",
    "indicators",
    "statement",
    "numbers",
    "computed",
    "lower",
    "upper",
    "verdict",
    "kind",
    "off",
    "mend",
    "otherwise",
    "accepted",
    "note",
    "seen",
    "keys",
]
UNCHECKED = ["period", "sector", "indicator", "category", "label", "printed", "section", "why"]


def check(
    period: str | Sequence[str] | None = None,
    *,
    sector: str | Key | None = None,
    lang: str = "vi",
    package: Package | None = None,
) -> "pd.DataFrame":
    """Evaluate every rule for one or more periods.

    Parameters
    ----------
    period : str or sequence of str, optional
        All periods that have observations if left out.
    sector : str or Key, optional
        Only the rules that touch this sector, or the indicator of a key.
    lang : {"vi", "en"}
        Language of the texts.
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    pandas.DataFrame
        One row for each rule and period (in a workspace, for each of its areas), worst first (contradictions, accepted contradictions, what needs to be made
        clear, what cannot be told, what holds):

        - ``period``, ``rule`` (str); ``sectors``, ``indicators`` (str): codes, separated by spaces.
        - ``statement``, ``numbers``, ``computed`` (str): the rule in words, the printed numbers with their sections,
          and the rule with the numbers put in, or why it cannot be told.
        - ``lower``, ``upper`` (float64): interval of the computed side, in its unit (percent as 75.87).
        - ``verdict`` (str): ``"holds"``, ``"contradicts"`` (cannot be true), ``"needs clarification"`` (cannot be
          true as this rule reads it, while another reading of the matter holds) or ``"cannot tell"``.
        - ``kind`` (str): ``"equality"``, ``"bound"`` or ``"tautology"`` (what can hardly fail: a share is at most
          100 %, a part at most its whole, a number stated twice at most itself).
        - ``off`` (float64): by how much the printed numbers miss the rule, in the same unit; 0 where it holds.
        - ``mend`` (str): which single printed number would mend it, and to what, the likeliest first.
        - ``otherwise`` (str): the other reading under which the numbers would be true, if one is known.
        - ``accepted`` (str): why a person has accepted the contradiction; empty if nobody has.
        - ``note`` (str); ``seen`` (str): the values, as `data/accepted.csv` quotes them.
        - ``keys`` (str): the numbers of the period that the rule is about, separated by ``"; "``.

    Raises
    ------
    UnknownName
        No such period or sector.
    DataError
        Observations or rules that cannot be used.

    Notes
    -----
    Source: the numbers of the department's report, the rules of `data/rules.csv` and of the catalogue.

    Examples
    --------
    >>> import bgdata as bg
    >>> worst = bg.check("2024-S1", sector="digital_society", lang="en").iloc[0]
    >>> worst["computed"], worst["verdict"], round(float(worst["off"]), 2)
    ('312,000 / 411,230 = 75.87% ≠ 83%', 'contradicts', 7.13)
    """
    package = package or Package.open()
    if isinstance(package, Workspace):
        from bgdata.package.selection import over_areas  # brings pandas

        codes = package.observed_periods() if period is None else [period] if isinstance(period, str) else period
        asked = {"sector": sector, "lang": lang}
        periods = [package.period(code) for code in codes]
        return over_areas(package, None, periods, lambda one, there: check(there, package=one, **asked))
    return _frame(evaluate(period, sector=sector, lang=lang, package=package), COLUMNS, ("lower", "upper", "off"))


def unchecked(
    period: str | Sequence[str] | None = None,
    *,
    sector: str | Key | None = None,
    lang: str = "vi",
    package: Package | None = None,
) -> "pd.DataFrame":
    """List the observations that no rule could check.

    Parameters
    ----------
    period, sector, lang, package
        As in :func:`check`.

    Returns
    -------
    pandas.DataFrame
        One row for each: ``period, sector, indicator, category, label, printed, section`` (str), and ``why``: there is no rule, or its rules
        cannot tell.

    Raises
    ------
    UnknownName
        No such period or sector.

    Notes
    -----
    Source: the numbers of the department's report, the rules of `data/rules.csv` and of the catalogue.

    Examples
    --------
    >>> import bgdata as bg
    >>> bg.unchecked("2024-S1", sector="office", lang="en")[["indicator", "why"]].values.tolist()
    [['office.reappointments', 'no rule'], ['office.training_attendances', 'no rule']]
    """
    return _frame(untold(period, sector=sector, lang=lang, package=package), UNCHECKED, ())


def untold(
    period: str | Sequence[str] | None = None,
    *,
    sector: str | Key | None = None,
    lang: str = "vi",
    package: Package | None = None,
) -> list[dict]:
    """Return the rows of :func:`unchecked` as they are, without pandas."""
    rows = []
    for findings, names in _asked(package or Package.open(), period, sector, lang):
        for name in names:
            for category, one in findings.printed.get(name, {}).items():
                touching = findings.touching.get(Reference(name, category), ())
                if one.operand and all(finding.verdict == CANNOT_TELL for finding in touching):
                    rows.append(_unchecked(findings.package, Reference(name, category), one, touching, lang))
    return rows


def evaluate(
    period: str | Sequence[str] | None = None,
    *,
    sector: str | Key | None = None,
    lang: str = "vi",
    package: Package | None = None,
) -> list[dict]:
    """Return the rows of :func:`check` as they are, for those who do not want to wait for pandas."""
    ranked = []
    for findings, _ in _asked(package or Package.open(), period, sector, lang):
        for finding in findings.found:
            row, proportion = _row(findings, finding, lang)
            limit = finding.relation.operator != "=="  # an equation missed stands before a limit passed
            ranked.append(((WORST_FIRST.index(finding.verdict), row["accepted"] != "", limit, -proportion), row))
    return [row for _, row in sorted(ranked, key=lambda pair: pair[0])]


def _asked(package, period, sector, lang):
    """Yield the findings of each period asked for, and the indicators asked for; note what they depend on."""
    check_lang(lang)
    codes = package.observed_periods() if period is None else [period] if isinstance(period, str) else period
    periods = list(dict.fromkeys(package.period(code) for code in codes))
    names = package.indicators_of(sector)
    refuse_faults(package, periods)
    for one in periods:
        findings = examine(package, one, names)
        findings.note()
        reads.record("accepted.csv", period=one.code, rule={finding.rule.code for finding in findings.found})
        yield findings, names


def _row(findings, finding, lang):
    """Make the row of a finding; return also by what proportion the rule is missed."""
    package, rule = findings.package, finding.rule
    missed, proportion = finding.off() if finding.disputed else (0, 0.0)
    seen = wording.seen(finding.printed)
    accepted, lapsed = _acceptance(findings, rule, seen, lang) if finding.disputed else ("", "")
    mends = finding.mends(findings.touching) if finding.disputed else []
    lower, upper = _computed_interval(finding)
    row = {
        "period": findings.period.code,
        "rule": rule.code,
        "sectors": " ".join(dict.fromkeys(package.indicators[name]["sector"] for name in rule.indicators)),
        "indicators": " ".join(rule.indicators),
        "statement": rule.statement.to(lang),
        "numbers": wording.numbers(package, finding.printed, lang),
        "computed": wording.computed(findings, finding, lang),
        "lower": lower,
        "upper": upper,
        "verdict": finding.verdict,
        "kind": finding.kind,
        "off": nan if finding.verdict == CANNOT_TELL else wording.in_unit(missed, _side(finding, plain=True), finding),
        "mend": wording.mends(package, finding.printed, mends, lang),
        "otherwise": wording.otherwise(findings, finding, lang) if finding.disputed else "",
        "accepted": accepted,
        "note": " ".join(filter(None, (rule.note, lapsed))),
        "seen": seen,
        "keys": "; ".join(str(reference.key) for reference in finding.printed if not reference.years),
    }
    return row, proportion


def _computed_interval(finding):
    """Return the ends of the range of the computed side, in its unit."""
    if not finding.told:
        return nan, nan
    side = _side(finding)
    interval = finding.sides("interval")[side is finding.relation.right]
    return [wording.in_unit(end, side, finding) for end in (interval.lower, interval.upper)]


def _side(finding, plain=False):
    """Return the side that is computed, or the one that is a printed number where there is one."""
    left, right = finding.relation.left, finding.relation.right
    computed = [side for side in (left, right) if not isinstance(side, Reference | Literal)]
    stated = [side for side in (right, left) if isinstance(side, Reference)]
    return (stated or [left])[0] if plain else (computed or [left])[0]


def _acceptance(findings, rule, seen, lang):
    """Return why a person has accepted the contradiction, and the note that this has lapsed."""
    row = findings.package.accepted.get((findings.period.code, rule.code))
    if row and row["seen"] != seen:
        lapsed = Message(
            "The acceptance of {date} has lapsed, since the numbers have changed.", date=row["on"].isoformat()
        )
        return "", lapsed.to(lang)
    return row["reason"] if row else "", ""


def _unchecked(package, reference, one, touching, lang):
    rules = [finding.rule.statement for finding in touching]
    why = Message("its rules cannot tell: {rules}", rules=rules) if rules else Message("no rule")
    return {
        "period": one.period.code,
        "sector": package.indicators[reference.indicator]["sector"],
        "indicator": reference.indicator,
        "category": reference.category,
        "label": rulebook.name_of(package, reference).to(lang),
        "printed": one.row["printed"],
        "section": one.row["section"],
        "why": why.to(lang),
    }


def _frame(rows, columns, numeric):
    import pandas as pd  # not at the top: the command line checks without it

    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(numeric, "float64"))
