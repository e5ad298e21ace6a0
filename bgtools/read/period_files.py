"""Write a period into the data package: its observations, the decisions on them, its line in the lists of periods and files.

Tables are read as the package reads them, and written as its descriptor declares them. What stands in them is decided in
`draft`.
"""

import csv
import io
import json
import re
from decimal import Decimal

from bgdata.notation import Period
from bgdata.package import describe, read_observations
from bgtools.read import decisions, quotes

DEFAULT = re.compile(r'period = \\?"(?P<period>[^"\\]+)')


def key_of(row):
    """Return the indicator and category of a row."""
    return row["indicator"], row["category"]


def as_text(row):
    """Return a typed row as text, as our own files write it."""
    return {name: _text(value) for name, value in row.items()}


def _text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def rows_of(package, name):
    """Return the rows of a table of the catalogue as text."""
    return [as_text(row) for row in package.tables[name].rows]


def columns(package, name):
    """Return the names of a table's columns."""
    return package.schemas[name].columns


def observations(package, period):
    """Return the lines of a period's file as text, by indicator and category; None where there is no file.

    Raises
    ------
    DataError
        The file has faults.
    """
    if not package.observations_file(period).is_file():
        return None
    table, faults = read_observations(package, period)
    if faults:
        raise describe(faults)
    names = columns(package, "observations")
    lines = (as_text({name: row[name] for name in names}) for row in table.rows)
    return {key_of(row): row for row in lines}


def published(package, period):
    """Tell whether a period is published: its observations are no draft, or the notebooks have come to it.

    A draft is marked in the descriptor when it is opened; the notebooks' own period is the newest that is published.
    """
    resource = _resource(package, period)
    if resource is None or not package.observations_file(period).is_file():
        return False
    defaults = [
        Period.parse(found["period"])
        for path in sorted((package.root / "notebooks").glob("*.ipynb"))
        if path.is_file() and (found := DEFAULT.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    return not resource.get("draft") or any(period <= default for default in defaults[:1])


def _resource(package, period):
    path = f"observations/{period.code}.csv"
    return next((resource for resource in package.descriptor["resources"] if resource["path"] == path), None)


def texts(package, draft):
    """Return the files of the data package that a draft changes, with their new texts.

    Returns
    -------
    dict of pathlib.Path to str
    """
    data = package.root / "data"
    decided = decisions.table(rows_of(package, "decisions"), draft.period, draft.decided.values())
    every = {
        package.observations_file(draft.period): table(columns(package, "observations"), draft.rows),
        package.home / "data" / "sectors.csv": _sectors(package, draft.sections),
        data / "datapackage.json": _descriptor(package, draft.period),
        data / "periods.csv": _periods(package, draft.period),
    }
    if decided != rows_of(package, "decisions"):
        every[data / "decisions.csv"] = table(decisions.COLUMNS, decided)
    if draft.found:
        found = quotes.of_found(draft.rows, draft.found)
        every[quotes_file(package, draft.period)] = table(quotes.COLUMNS, found)
    return {path: text for path, text in every.items() if text is not None and text != _stands(path)}


def quotes_file(package, period):
    """Return the path of a period's quotes (it need not exist)."""
    return package.root / "data" / "quotes" / f"{period.code}.csv"


def table(names, rows):
    """Return the text of a CSV file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _stands(path):
    try:
        return path.read_bytes().decode("utf-8") if path.is_file() else None
    except UnicodeDecodeError:
        return None


def _sectors(package, sections):
    if not sections:
        return None
    rows = rows_of(package, "sectors")
    for row in rows:
        row["section"] = "; ".join([row["section"], *sections.get(row["sector"], ())])
    return table(columns(package, "sectors"), rows)


def _descriptor(package, period):
    """Declare the period's file as those of the other periods are, marked as a draft."""
    if _resource(package, period):
        return None
    resources = package.descriptor["resources"]
    pattern = [resource for resource in resources if resource["path"].startswith("observations/")]
    new = (pattern[-1] if pattern else {}) | {  # in an area of a workspace, which declares the columns
        "name": f"observations-{period.code.lower()}",
        "path": f"observations/{period.code}.csv",
        "title": f"Observations of {period.code}, in the catalogue's order",
        "draft": True,
    }
    place = resources.index(pattern[-1]) + 1 if pattern else len(resources)
    whole = package.descriptor | {"resources": [*resources[:place], new, *resources[place:]]}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _periods(package, period):
    """Add the period to the list; its source is named as the last one's is."""
    if period in package.periods:
        return None
    rows = rows_of(package, "periods")
    last = Period.parse(rows[-1]["period"]) if rows else period
    new = {"period": period.code, "start": str(period.start), "end": str(period.end)}
    for lang in ("vi", "en"):
        new[f"label_{lang}"] = period.label(lang)
        new[f"source_{lang}"] = (
            rows[-1][f"source_{lang}"].replace(last.label(lang), period.label(lang))
            if rows
            else f"{package.name(lang)}, {period.label(lang)}"
        )
    return table(columns(package, "periods"), sorted([*rows, new], key=lambda row: Period.parse(row["period"])))
