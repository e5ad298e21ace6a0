"""What persons decided of a report's numbers: `data/decisions.csv`, one line for each.

A decision answers the number that the report printed then. It counts as long as the report prints that number; when the
print changes it lapses, and the number is asked about again. Numbers are compared, not their spelling. A line that a
person changed, added or deleted in the observations is a decision, too.
"""

import re
from dataclasses import asdict, dataclass, fields
from decimal import Decimal

from bgdata.errors import NotationError
from bgdata.notation import numbers

ACCEPT, CORRECT, DROP = "accept", "correct", "drop"
EDITED = "Người sửa tệp số liệu"  # who decided by changing the file of observations itself
NUMBERS = ("value", "lower", "upper")


@dataclass(frozen=True)
class Decision:
    """A line of `data/decisions.csv`, as text."""

    period: str
    indicator: str
    category: str
    printed: str
    section: str
    action: str
    value: str
    answer: str
    by: str
    on: str

    @property
    def key(self):
        return self.indicator, self.category

    def same(self, other):
        """Tell whether another decision says the same of the same print, whoever took it."""
        return (self.action, spelled(self.value)) == (other.action, spelled(other.value)) and alike(
            self.printed, other.printed
        )


COLUMNS = [field.name for field in fields(Decision)]


def of(rows, period):
    """Return the decisions on a period by indicator and category, from the rows of `data/decisions.csv` as text."""
    found = (Decision(**row) for row in rows if row["period"] == period.code)
    return {decision.key: decision for decision in found}


def table(rows, period, decided):
    """Return the rows of `data/decisions.csv` with a period's decisions in place of those that stood there."""
    others = [row for row in rows if row["period"] != period.code]
    return others + [asdict(decision) for decision in decided]


def spelled(value):
    """Return a number of a table in one spelling, to be compared."""
    return str(Decimal(value).normalize()) if value else ""


def alike(one, other):
    """Tell whether two printed numbers are the same number, printed as exactly.

    Examples
    --------
    >>> alike("335 tỷ", "335 tỉ"), alike("7", "07"), alike("335 tỷ", "335,0 tỷ"), alike("16.2%", "16.2 %")
    (True, True, False, True)
    """
    return one == other or _reading(one) == _reading(other)


def _reading(printed):
    try:
        number = numbers.parse(printed)
        return number.value, number.lower, number.upper
    except NotationError:
        return re.sub(r"\s", "", printed)


def same_row(one, other):
    """Tell whether two lines of observations say the same."""
    if one is None or other is None:
        return one is other
    return all(
        alike(one[name], other[name])
        if name == "printed"
        else spelled(one[name]) == spelled(other[name])
        if name in NUMBERS
        else one[name] == other[name]
        for name in one
    )


def edits(period, before, now, found, day):
    """Return the decisions that a person took by changing the file of observations.

    Parameters
    ----------
    period : Period
    before, now : dict of (str, str) to dict
        The lines as they were written last, and as they stand.
    found : dict of (str, str) to Found
        What the report was found to say when they were written.
    day : datetime.date
    """
    for key in {**before, **now}:
        if not same_row(before.get(key), now.get(key)):
            one, row = found.get(key), now.get(key)
            yield Decision(
                period.code,
                *key,
                one.row["printed"] if one else "",
                (one.row if one else row or before[key])["section"],
                CORRECT if row else DROP,
                row["value"] if row else "",
                row["printed"] if row else "",
                EDITED,
                str(day),
            )


def holds(decision, one):
    """Tell whether a decision still counts: the report prints what it was about.

    Parameters
    ----------
    decision : Decision
    one : Found or None
        What the report is found to say now.
    """
    if not decision.printed:
        return one is None or not one.certain
    return one is not None and alike(decision.printed, one.row["printed"])


def agrees(decision, row):
    """Tell whether a line of observations says what was decided."""
    return (
        decision.action != DROP
        and spelled(decision.value) == spelled(row["value"])
        and (bool(decision.value) or not decision.answer or alike(decision.answer, row["printed"]))
    )


def row_of(decision, one):
    """Return the line of observations that a decision makes.

    Parameters
    ----------
    decision : Decision
    one : Found or None
    """
    base = one.row if one else {"status": "A", "as_of": "", "note": "", "qualifier": "", "section": decision.section}
    row = {"indicator": decision.indicator, "category": decision.category, **base}
    if decision.action == ACCEPT:
        return row
    number = numbers.parse(decision.answer)
    exact = number.qualifier == "=" and one is not None and base["printed"] and alike(decision.answer, base["printed"])
    row |= {
        **{name: "" if (end := getattr(number, name)) is None else f"{end:f}" for name in NUMBERS},
        "qualifier": base["qualifier"] if exact else number.qualifier,
        "printed": _unqualified(decision.answer),
        "note": base["note"] if exact else "",
    }
    if number.qualifier != "range":
        row |= {"lower": "", "upper": ""}
    return row | _slip(decision, one)


def _unqualified(answer):
    """Return a number without the word that its qualifier says: only `gần` says more."""
    words = "|".join(word for word in numbers.QUALIFIER_WORDS if word != "gần")
    return re.sub(rf"^(?:{words})\s+", "", answer, flags=re.IGNORECASE)


def _slip(decision, one):
    """Return what keeps the report's own print where the answer only says how its broken notation is meant."""
    if one is None:
        return {}
    try:
        numbers.parse(one.row["printed"])
    except NotationError as error:
        if any(alike(decision.answer, reading) for reading in error.readings):
            printed = one.row["printed"]
            return {"printed": printed, "note": f'Báo cáo in "{printed}"; được hiểu là {decision.answer}.'}
    return {}
