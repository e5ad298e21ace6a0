"""Say what pages were made, and turn it into an exit status."""

import click

from bgdata.errors import UnknownName
from bgdata.notation.formats import format_number
from bgtools.site.site import build, build_single


def made(order, *, single):
    """Make the pages; say what came of it; return the exit status: 1 where a page is not whole."""
    if order.only and not single:
        raise UnknownName(order.say("only_single"))
    built = (build_single if single else build)(order)
    for period, name, trouble in built.faults:
        click.echo(order.say("fault", period=period, name=name, trouble=trouble), err=True)
    seconds = format_number(built.seconds, decimals=1, lang=order.speech)
    click.echo(order.say("written", count=built.pages, seconds=seconds))
    for path in built.paths:
        click.echo(order.say("open_it", path=path.relative_to(order.root).as_posix()))
    return 1 if built.faults else 0
