"""Hold one period's file, or the whole data package, against the catalogue.

A line is right when its columns agree with each other and its codes are known. Whether the numbers agree with
one another is decided in `rules`.
"""

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from functools import lru_cache

from bgdata.errors import DataError, Fault, NotationError, UnknownName, describe, near
from bgdata.notation import Period, numbers
from bgdata.package import descriptor, dialects, reads
from bgdata.package.datapackage import Package, signature
from bgdata.package.key import Key
from bgdata.voice import Joined, Message, counted


def validate(periods: Sequence[str] | None = None, *, package: Package | None = None) -> list[Fault]:
    """Check the catalogue and the observations of all periods, or of those named.

    Parameters
    ----------
    periods : sequence of str, optional
    package : Package, optional
        The one of the project at hand if left out.

    Returns
    -------
    list of Fault
        Empty where everything can be used.

    Raises
    ------
    UnknownName
        No such period.

    Examples
    --------
    >>> validate()
    []
    """
    try:
        package = package or Package.open()
    except DataError as error:
        return error.faults
    faults = []
    for period in map(package.period, periods) if periods else package.periods:
        faults += read_observations(package, period)[1]
    if not periods:
        known = {f"{period.code}.csv" for period in package.periods}
        strays = sorted(
            file.name for file in (package.root / "data" / "observations").glob("*.csv") if file.name not in known
        )
        faults += [
            Fault(package.file_name(f"observations/{name}"), None, Message("belongs to no period of data/periods.csv"))
            for name in strays
        ]
    return faults


def read_observations(package: Package, period: Period) -> tuple[descriptor.Table, list[Fault]]:
    """Read one period's file and hold it against the catalogue; once, as long as the file does not change.

    Returns
    -------
    table : Table
        The rows without a fault, each with the parsed ``number`` (None where the observation is missing).
    faults : list of Fault
    """
    return _read(package, period, signature(package.observations_file(period)))


def every_row(package: Package) -> list[dict]:
    """Return the rows without a fault of all periods, in a workspace of all areas; note that they were asked for."""
    found = []
    for one in package.packages():
        with nullcontext() if one is package else reads.within(one.root / "data", package.root):
            for period in one.observed_periods():
                reads.record(f"observations/{period}.csv")
                found += read_observations(one, period)[0].rows
    return found


def refuse_faults(package: Package, periods: Iterable[Period]) -> None:
    """Refuse observations that cannot be used.

    Raises
    ------
    DataError
        All faults of all periods.
    """
    faults = [fault for period in periods for fault in read_observations(package, period)[1]]
    if faults:
        raise describe(faults)


@lru_cache(maxsize=64)
def _read(package, period, _):
    file = package.observations_file(period)
    name = package.file_name(f"observations/{file.name}")
    if not file.is_file():
        return descriptor.Table(name, [], []), [
            Fault(name, None, Message("does not exist, but data/periods.csv lists {period}", period=period))
        ]
    schema = package.schemas["observations"]
    table, faults = descriptor.read_table(file, schema, name=name)
    faults += descriptor.references(table, schema, package.tables)
    sections = package.sections
    if table.separator != ",":
        for row, printed in zip(table.rows, dialects.unpadded([row["printed"] for row in table.rows])):
            row["printed"] = printed
    for row, line in zip(table.rows, table.lines):
        row["number"], wrong = _number(row)
        if row["indicator"] in package.indicators:
            wrong += _against_catalogue(package, row)
        if not belongs(row["section"], sections):
            hint = near(row["section"], sections)
            wrong.append(Message('section "{section}" belongs to no sector{hint}', section=row["section"], hint=hint))
        faults += [Fault(name, line, text) for text in wrong]
    return table, faults


def belongs(section: str, known: Iterable[str]) -> bool:
    """Tell whether a section is one of those that are known, within one, or above one.

    Examples
    --------
    >>> [belongs(section, ["I.2.1.a"]) for section in ("I.2.1.a fn2", "I.2.1", "I.2.2")]
    [True, True, False]
    """
    place = section.partition(" ")[0]
    return any(f"{place}.".startswith(f"{one}.") or one.startswith(f"{place}.") for one in known)


def _number(row):
    """Parse `printed` and hold it against the other columns; return the number and what is wrong."""
    if row["status"] == "M":
        filled = [column for column in ("value", "lower", "upper", "qualifier", "printed") if row[column] is not None]
        wrong = counted(
            "status is M (missing), but {columns} is filled",
            "status is M (missing), but {columns} are filled",
            columns=filled,
            count=len(filled),
        )
        return None, [wrong] if filled else []
    empty = [column for column in ("printed", "qualifier") if row[column] is None]
    if empty:
        columns = Joined(Message(" and "), empty)
        return None, [Message("{columns} is empty; only a missing number (status M) has none", columns=columns)]
    row["printed"] = dialects.uncut(row["printed"], row["value"])
    try:
        number = _parse(row)
    except NotationError as error:
        return None, [Joined(" ", ["printed", error.message])]
    row["value"] = dialects.whole(row["value"], number)
    wrong = _disagreement(row, number)
    return number, [wrong] if wrong else []


def _disagreement(row, number):
    """Say in what the columns of a row differ from its printed number; None where they agree."""
    found = {"printed": row["printed"], "value": row["value"], "number": number.value}
    if number.qualifier == "range":
        if row["value"] is None and (row["lower"], row["upper"]) == (number.lower, number.upper):
            return None
        found |= {"lower": number.lower, "upper": number.upper}
        return Message('printed "{printed}" is a range: value must be empty, lower {lower}, upper {upper}', **found)
    if row["lower"] is not None or row["upper"] is not None:
        return Message('lower and upper are for ranges only; "{printed}" is one number, leave them empty', **found)
    if row["value"] is None:
        return Message('value is empty, but printed is "{printed}" ({number})', **found)
    if row["value"] != number.value:
        return Message('value {value} does not agree with printed "{printed}" ({number})', **found)
    return None


def _parse(row):
    """Parse `printed`; a slip in its notation counts as read where `value` is one of its readings and `note` explains it."""
    try:
        return numbers.resolve(row["printed"], row["qualifier"], row["value"] if row["note"] else None)
    except NotationError as error:
        if not error.readings:
            raise
        advice = Message("Write the reading that is meant into value, and why into note.")
        raise NotationError(Joined(" ", [error.message, advice])) from None


def _against_catalogue(package, row):
    indicator = package.indicators[row["indicator"]]
    number, found = row["number"], {name: row[name] for name in ("printed", "category", "indicator")}
    if number and number.percent != (indicator["unit"] == "percent"):
        found |= {"unit": indicator["unit"]}
        yield Message('printed "{printed}" does not go with the unit {unit} of {indicator}', **found)
    if row["category"] and not indicator["breakdown"]:
        yield Message('category "{category}": {indicator} has no breakdown in data/indicators.csv', **found)
    elif row["category"]:
        try:
            package.key(Key.of(row))
        except UnknownName as error:
            yield Joined(" ", [error.message, Message("Add it to data/categories.csv if it is new.")])
