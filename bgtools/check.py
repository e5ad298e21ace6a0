"""Say whether the data package can be used, and which printed numbers contradict each other."""

import json
from collections import Counter
from math import isfinite

import click

from bgdata.errors import DataError
from bgdata.package import Package, describe, validate
from bgdata.rules import CANNOT_TELL, CONTRADICTS, HOLDS, evaluate
from bgdata.voice import Message, language
from bgtools.run.asked import known_period

SHOWN = ("statement", "numbers", "computed", "note")
ACCEPTED = "accepted"
KINDS = {
    CONTRADICTS: Message("Contradicts"),
    ACCEPTED: Message("Contradicts, accepted"),
    CANNOT_TELL: Message("Cannot tell"),
    HOLDS: Message("Holds"),
}


def checked(root, periods, *, form):
    """Check the package, and the rules in the periods asked for, or in all; say what was found.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the project.
    periods : sequence of str
    form : {"text", "json"}

    Returns
    -------
    int
        Exit status: 1 for faults, and for contradictions that nobody has accepted.
    """
    package, faults = _opened(root, periods)
    rows = [] if faults else evaluate(list(periods) or None, lang=language(), package=package)
    open_ones = [row for row in rows if row["verdict"] == CONTRADICTS and not row["accepted"]]
    if form == "json":
        click.echo(json.dumps(_plain(faults, rows), ensure_ascii=False, indent=1))
    elif faults:
        click.echo(describe(faults), err=True)
    else:
        _say_all(rows)
    return 1 if faults or open_ones else 0


def _opened(root, periods):
    """Return the package and its faults; no package where its catalogue is faulty."""
    try:
        package = Package.open(root)
    except DataError as error:
        return None, error.faults
    for period in periods:
        known_period(period, package)
    return package, validate(list(periods) or None, package=package)


def _plain(faults, rows):
    """Return faults and rules as JSON can hold them: no infinite and no missing numbers."""
    return {
        "faults": [{**fault._asdict(), "text": str(fault.text)} for fault in faults],
        "rules": [
            {name: None if isinstance(value, float) and not isfinite(value) else value for name, value in row.items()}
            for row in rows
        ],
    }


def _say_all(rows):
    click.echo(Message("The data package is valid."))
    for row in rows:
        if row["verdict"] != HOLDS:
            click.echo(f"\n{KINDS[_kind(row)]}  {row['rule']} ({row['period']})")
            for name in SHOWN:
                if row[name]:
                    click.echo(f"  {row[name]}")
            if row["mend"]:
                click.echo(Message("  Could be mended: {mend}", mend=row["mend"]))
            if row["accepted"]:
                click.echo(Message("  Accepted: {reason}", reason=row["accepted"]))
    counts = Counter(map(_kind, rows))
    click.echo("\n" + ", ".join(f"{words}: {counts[kind]}" for kind, words in KINDS.items()))


def _kind(row):
    return ACCEPTED if row["verdict"] == CONTRADICTS and row["accepted"] else row["verdict"]
