"""Hold one period's file, or the whole data package, against the catalogue.

A line is right when its columns agree with each other and its codes are known. Whether the numbers agree with
one another is decided in `rules`.
"""

from functools import lru_cache

from bgdata.errors import DataError, NotationError, UnknownName, near
from bgdata.notation import numbers
from bgdata.package import descriptor, dialects
from bgdata.package.datapackage import Package, signature
from bgdata.package.descriptor import Fault
from bgdata.package.key import Key


def validate(periods=None):
    """Check the catalogue and the observations of all periods, or of those named.

    Parameters
    ----------
    periods : sequence of str, optional

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
        package = Package.open()
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
            Fault(f"data/observations/{name}", None, "belongs to no period of data/periods.csv") for name in strays
        ]
    return faults


def read_observations(package, period):
    """Read one period's file and hold it against the catalogue; once, as long as the file does not change.

    Returns
    -------
    table : Table
        The rows without a fault, each with the parsed ``number`` (None where the observation is missing).
    faults : list of Fault
    """
    return _read(package, period, signature(package.observations_file(period)))


def refuse_faults(package, periods):
    """Refuse observations that cannot be used.

    Raises
    ------
    DataError
        All faults of all periods.
    """
    faults = [fault for period in periods for fault in read_observations(package, period)[1]]
    if faults:
        raise descriptor.describe(faults)


@lru_cache(maxsize=64)
def _read(package, period, _):
    file = package.observations_file(period)
    name = f"data/observations/{file.name}"
    if not file.is_file():
        return descriptor.Table(name, [], []), [
            Fault(name, None, f"does not exist, but data/periods.csv lists {period}")
        ]
    schema = package.schema("observations")
    table, faults = descriptor.read_table(file, schema, name=name)
    faults += descriptor.references(table, schema, package.tables)
    sections = _sections(package)
    for row, line in zip(table.rows, table.lines):
        row["number"], wrong = _number(row)
        if row["indicator"] in package.indicators:
            wrong += _against_catalogue(package, row)
        if not any(
            row["section"] == known or row["section"].startswith((f"{known}.", f"{known} fn")) for known in sections
        ):
            wrong.append(f'section "{row["section"]}" belongs to no sector{near(row["section"], sections)}')
        faults += [Fault(name, line, text) for text in wrong]
    return table, faults


def _sections(package):
    return [section for row in package.sectors.values() for section in row["section"].split("; ")]


def _number(row):
    """Parse `printed` and hold it against the other columns; return the number and what is wrong."""
    if row["status"] == "M":
        filled = [column for column in ("value", "lower", "upper", "qualifier", "printed") if row[column] is not None]
        return None, [f"status is M (missing), but {', '.join(filled)} is filled"] if filled else []
    empty = [column for column in ("printed", "qualifier") if row[column] is None]
    if empty:
        return None, [f"{' and '.join(empty)} is empty; only a missing number (status M) has none"]
    row["printed"] = dialects.uncut(row["printed"], row["value"])
    try:
        number = _parse(row)
    except NotationError as error:
        return None, [f"printed {error}"]
    row["value"] = dialects.whole(row["value"], number)
    if number.qualifier == "range":
        agree = row["value"] is None and (row["lower"], row["upper"]) == (number.lower, number.upper)
        return number, [] if agree else [
            f'printed "{row["printed"]}" is a range: value must be empty, lower {number.lower}, upper {number.upper}'
        ]
    if row["lower"] is not None or row["upper"] is not None:
        return number, [f'lower and upper are for ranges only; "{row["printed"]}" is one number, leave them empty']
    if row["value"] is None:
        return number, [f'value is empty, but printed is "{row["printed"]}" ({number.value})']
    if row["value"] != number.value:
        return number, [f'value {row["value"]} does not agree with printed "{row["printed"]}" ({number.value})']
    return number, []


def _parse(row):
    """Parse `printed`; a slip in its notation counts as read where `value` is one of its readings and `note` explains it."""
    try:
        return numbers.resolve(row["printed"], row["qualifier"], row["value"] if row["note"] else None)
    except NotationError as error:
        if not error.readings:
            raise
        raise NotationError(f"{error} Write the reading that is meant into value, and why into note.") from None


def _against_catalogue(package, row):
    indicator = package.indicators[row["indicator"]]
    number = row["number"]
    if number and number.percent != (indicator["unit"] == "percent"):
        yield f'printed "{row["printed"]}" does not go with the unit {indicator["unit"]} of {row["indicator"]}'
    if row["category"] and not indicator["breakdown"]:
        yield f'category "{row["category"]}": {row["indicator"]} has no breakdown in data/indicators.csv'
    elif row["category"]:
        try:
            package.key(Key.of(row))
        except UnknownName as error:
            yield f"{error} Add it to data/categories.csv if it is new."
