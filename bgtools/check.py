"""Say whether the data package can be used, and which printed numbers contradict each other."""

import json
from collections import Counter
from itertools import groupby
from math import isfinite
from textwrap import fill

import click

from bgdata.errors import DataError
from bgdata.notation import NBSP
from bgdata.package import Package, describe, validate, workspace
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


def checked(root, periods, *, form, areas=()):
    """Check the package, and the rules in the periods asked for, or in all; say what was found.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the project, or of the workspace.
    periods : sequence of str
    form : {"text", "json"}
    areas : sequence of str
        Of a workspace; all if empty.

    Returns
    -------
    int
        Exit status: 1 for faults, and for contradictions that nobody has accepted.
    """
    packages, faults = _opened(root, periods, areas)
    found = [] if faults else [_evaluated(package, periods) for package in packages]
    open_ones = [row for rows, _ in found for row in rows if row["verdict"] == CONTRADICTS and not row["accepted"]]
    if form == "json" and any(package.area for package in packages):
        parts = {package.area: _plain([], *one) for package, one in zip(packages, found)}
        click.echo(json.dumps(_plain(faults, [], []) | {"areas": parts}, ensure_ascii=False, indent=1))
    elif form == "json":
        click.echo(json.dumps(_plain(faults, *(found or [([], [])])[0]), ensure_ascii=False, indent=1))
    elif faults:
        click.echo(describe(faults), err=True)
    elif len(packages) == 1:
        _say_all(packages[0], *found[0])
    else:
        _say_areas(packages, found)
    return 1 if faults or open_ones else 0


def _opened(root, periods, areas):
    """Return the packages of the areas, or the one, and their faults; none where a catalogue is faulty."""
    try:
        package = Package.open(root)
        packages = workspace.asked(package, areas)
    except DataError as error:
        if not error.faults:
            raise
        return [], error.faults
    for period in periods:
        known_period(period, package)
    if areas and "all" not in areas:
        workspace.refuse_lacking(packages, periods)
    return packages, [fault for one in packages for fault in validate(_there(one, periods) or None, package=one)]


def _there(package, periods):
    """Return those of some periods that a package has."""
    return [period for period in periods if package.has(period)]


def _evaluated(package, periods):
    """Return the rows of the rules, and the numbers that no rule could check."""
    there = _there(package, periods)
    if periods and not there:
        return [], []
    asked = {"period": there or None, "lang": language(), "package": package}
    return evaluate(**asked), untold(**asked)


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
        click.echo(f"{words} ({counts.total()}): {_counted(counts)}")
    click.echo(Message("Not checked: {count}", count=len(alone)))
    several = len({row["period"] for row in alone}) > 1
    for (period, sector), rows in groupby(alone, key=lambda row: (row["period"], row["sector"])):
        names = [f"{row['label']}: {row['printed']}".replace(" ", NBSP) for row in rows]
        text = f"{f'{period} ' * several}{package.sectors[sector][f'label_{language()}']} ({len(names)}): {'; '.join(names)}"
        click.echo(fill(text, WIDTH, initial_indent="  ", subsequent_indent="    ").replace(NBSP, " "))


def _graded(row):
    return ACCEPTED if row["verdict"] == CONTRADICTS and row["accepted"] else row["verdict"]


def _say_areas(packages, found):
    """Say of several areas what is contradictory and nobody has accepted, and count the rest."""
    total = Counter()
    click.echo(Message("The data packages of {count} areas are valid.", count=len(packages)))
    for package, (rows, _) in zip(packages, found):
        counts = Counter(_graded(row) for row in rows)
        total += counts
        click.echo(f"\n{package.area}  {package.name()}: {_counted(counts)}")
        for row in rows:
            if _graded(row) == CONTRADICTS:
                click.echo(f"  {row['rule']} ({row['period']}): {row['computed']}")
    click.echo()
    click.echo(Message("All areas: {counts}", counts=_counted(total)))


def _counted(counts):
    return ", ".join(f"{said}: {counts[grade]}" for grade, said in VERDICTS.items() if counts[grade]) or "–"
