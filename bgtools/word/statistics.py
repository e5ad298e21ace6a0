"""Make the statistics part of a period's report as a Word file of its own, ready to be edited."""

from pathlib import Path

import click

from bgdata import files
from bgdata.errors import BgdataError
from bgdata.package import Package
from bgdata.voice import Message
from bgtools.word.part.composition import composed

NAME = "so-lieu-{period}.docx"


def made(root, period=None, *, target=None, force=False, lang="vi"):
    """Make the statistics part of a report, and say where it is.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the project.
    period : str, optional
        The newest one with data if left out.
    target : path, optional
        The file; ``so-lieu-<period>.docx`` in the folder at hand if left out.
    force : bool
        Write over a file that is there.
    lang : {"vi", "en"}
        Of what is written.

    Returns
    -------
    int
        The exit status.

    Raises
    ------
    BgdataError
        There are no data for the period, the file is there already, or it cannot be written.
    """
    package = Package.open(root)
    now = package.period(period) if period else package.newest()
    if not package.observations_file(now).is_file():
        raise BgdataError(
            "There are no data for {period} yet; open it with: bgdata new {code}", period=now.code, code=now.code
        )
    target = Path(target or NAME.format(period=now.code))
    if target.exists() and not force:
        raise BgdataError(
            "{path} is there already and may have been edited; name another file with --to, or write over it with --force.",
            path=target,
        )
    files.write(target, composed(package, now, lang))
    click.echo(str(Message("Statistics part: {path}", path=target)))
    return 0
