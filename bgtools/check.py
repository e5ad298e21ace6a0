"""Say whether the data package can be used, and which printed numbers contradict each other."""

import json
from collections import Counter
from math import isfinite

import click

from bgdata.errors import DataError
from bgdata.package.datapackage import Package
from bgdata.package.faults import describe
from bgdata.package.validation import validate
from bgdata.rules.checks import evaluate
from bgdata.rules.verdicts import CANNOT_TELL, CONTRADICTS, HOLDS
from bgtools.run.asked import check_period

SHOWN = ("statement", "numbers", "computed", "note")


def checked(periods, *, lang, form, say):
    """Check the package, and the rules in the periods asked for, or in all; say what was found.

    Parameters
    ----------
    periods : sequence of str
    lang : {"vi", "en"}
    form : {"text", "json"}
    say : callable
        See :func:`bgtools.run.messages.speaker`.

    Returns
    -------
    int
        Exit status: 1 for faults, and for contradictions that nobody has accepted.
    """
    faults = _faults(periods, say)
    rows = [] if faults else evaluate(list(periods) or None, lang=lang)
    open_ones = [row for row in rows if row["verdict"] == CONTRADICTS and not row["accepted"]]
    if form == "json":
        click.echo(json.dumps(_plain(faults, rows), ensure_ascii=False, indent=1))
    elif faults:
        click.echo(str(describe(faults)), err=True)
    else:
        _say_all(rows, say)
    return 1 if faults or open_ones else 0


def _faults(periods, say):
    try:
        package = Package.open()
    except DataError as error:
        return error.faults
    for period in periods:
        check_period(period, package, say)
    return validate(list(periods) or None)


def _plain(faults, rows):
    """Return faults and rules as JSON can hold them: no infinite and no missing numbers."""
    return {
        "faults": [fault._asdict() | {"text": str(fault.text)} for fault in faults],
        "rules": [
            {name: None if isinstance(value, float) and not isfinite(value) else value for name, value in row.items()}
            for row in rows
        ],
    }


def _say_all(rows, say):
    click.echo(say("package_sound"))
    for row in rows:
        if row["verdict"] != HOLDS:
            click.echo(f"\n{say(_kind(row))}  {row['rule']} ({row['period']})")
            for name in SHOWN:
                if row[name]:
                    click.echo(f"  {row[name]}")
            if row["mend"]:
                click.echo("  " + say("could_be", mend=row["mend"]))
            if row["accepted"]:
                click.echo("  " + say("accepted_because", reason=row["accepted"]))
    counts = Counter(map(_kind, rows))
    kinds = ("rule_contradicts", "rule_accepted", "rule_cannot_tell", "rule_holds")
    click.echo("\n" + ", ".join(f"{say(kind)}: {counts[kind]}" for kind in kinds))


def _kind(row):
    """Return the key of the words for a verdict."""
    if row["verdict"] == CONTRADICTS:
        return "rule_accepted" if row["accepted"] else "rule_contradicts"
    return "rule_cannot_tell" if row["verdict"] == CANNOT_TELL else "rule_holds"
