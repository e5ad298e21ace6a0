"""Say whether the data package can be used, and which printed numbers contradict each other."""

import json
from collections import Counter
from itertools import groupby
from math import isfinite
from textwrap import fill

import click

from bgdata.errors import DataError
from bgdata.notation import NBSP
from bgdata.package import Package, describe, validate
from bgdata.rules import CANNOT_TELL, CONTRADICTS, HOLDS, KINDS, NEEDS_CLARIFICATION, evaluate, untold
from bgdata.voice import Message, language
from bgtools.run.asked import known_period

SHOWN = ("statement", "numbers", "computed", "note")
ACCEPTED = "accepted"
WIDTH = 100  # of lines on a terminal
OF_KIND = dict(zip(KINDS, (Message("Equalities"), Message("Bounds"), Message("Tautologies"))))
VERDICTS = {
    CONTRADICTS: Message("Contradicts"),
    ACCEPTED: Message("Contradicts, accepted"),
    NEEDS_CLARIFICATION: Message("Needs clarification"),
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
    asked = {"period": list(periods) or None, "lang": language(), "package": package}
    rows, alone = ([], []) if faults else (evaluate(**asked), untold(**asked))
    open_ones = [row for row in rows if row["verdict"] == CONTRADICTS and not row["accepted"]]
    if form == "json":
        click.echo(json.dumps(_plain(faults, rows, alone), ensure_ascii=False, indent=1))
    elif faults:
        click.echo(describe(faults), err=True)
    else:
        _say_all(package, rows, alone)
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


def _plain(faults, rows, alone):
    """Return faults, rules and numbers without a rule as JSON can hold them: no infinite and no missing numbers."""
    return {
        "faults": [{**fault._asdict(), "text": str(fault.text)} for fault in faults],
        "rules": [
            {name: None if isinstance(value, float) and not isfinite(value) else value for name, value in row.items()}
            for row in rows
        ],
        "unchecked": alone,
    }


def _say_all(package, rows, alone):
    click.echo(Message("The data package is valid."))
    for row in rows:
        if row["verdict"] != HOLDS:
            click.echo(f"\n{VERDICTS[_graded(row)]}  {row['rule']} ({row['period']})")
            for name in SHOWN:
                if row[name]:
                    click.echo(f"  {row[name]}")
            if row["mend"]:
                click.echo(Message("  Could be mended: {mend}", mend=row["mend"]))
            if row["otherwise"]:
                click.echo(Message("  But it {reading}", reading=row["otherwise"]))
            if row["accepted"]:
                click.echo(Message("  Accepted: {reason}", reason=row["accepted"]))
    click.echo()
    for kind, words in OF_KIND.items():
        counts = Counter(_graded(row) for row in rows if row["kind"] == kind)
        told = ", ".join(f"{said}: {counts[grade]}" for grade, said in VERDICTS.items() if counts[grade])
        click.echo(f"{words} ({counts.total()}): {told or '–'}")
    click.echo(Message("Not checked: {count}", count=len(alone)))
    several = len({row["period"] for row in alone}) > 1
    for (period, sector), rows in groupby(alone, key=lambda row: (row["period"], row["sector"])):
        names = [f"{row['label']}: {row['printed']}".replace(" ", NBSP) for row in rows]
        text = f"{f'{period} ' * several}{package.sectors[sector][f'label_{language()}']} ({len(names)}): {'; '.join(names)}"
        click.echo(fill(text, WIDTH, initial_indent="  ", subsequent_indent="    ").replace(NBSP, " "))


def _graded(row):
    return ACCEPTED if row["verdict"] == CONTRADICTS and row["accepted"] else row["verdict"]
