"""The commands: read the arguments, call the code that does the work, say what came of it."""

import atexit
import gc
import sys

import click

from bgdata.errors import BgdataError, UnknownName

CONTEXT = {"help_option_names": ["-h", "--help"]}


class Group(click.Group):
    """Turns our errors into sentences: exit status 1, or 2 where a name on the command line is unknown."""

    def invoke(self, ctx):
        try:
            return super().invoke(ctx)
        except BgdataError as error:
            click.echo(str(error), err=True)
            ctx.exit(2 if isinstance(error, UnknownName) else 1)


@click.group(cls=Group, context_settings=CONTEXT)
@click.version_option(package_name="bgdata")
def main():
    """The department's half-yearly report as checked data, notebooks and figures."""
    atexit.register(gc.freeze)  # else Python searches all that was imported for garbage before it ends


@main.command()
@click.argument("periods", nargs=-1, metavar="[PERIOD]...")
@click.option("--lang", type=click.Choice(["vi", "en"]), help="Language of figures, pages and messages.")
@click.option("--only", multiple=True, metavar="NAME", help="Run this notebook only; may be repeated.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Notebooks at a time (default: processors).")
@click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    default=600,
    metavar="SECONDS",
    show_default=True,
    help="Stop a notebook that takes longer.",
)
@click.option("--keep-going/--fail-fast", default=True, help="After a failure go on with the others, or stop.")
@click.option("--force", is_flag=True, help="Run what is fresh, too.")
@click.option("--dry-run", is_flag=True, help="Say what would run, and why; run nothing.")
@click.option(
    "-p", "parameters", type=(str, str), multiple=True, metavar="NAME VALUE", help="Set a parameter of the notebooks."
)
@click.option("--in-place", is_flag=True, help="Execute the notebooks with their own defaults and write them back.")
def run(periods, lang, only, jobs, timeout, keep_going, force, dry_run, parameters, in_place):
    """Run the notebooks for each PERIOD and write figures and executed copies.

    Only what is stale is run; without PERIOD, for the newest one. A notebook that fails does not stop the
    others; its executed copy shows where it failed, and the exit status is 1.

    \b
    Examples:
        bgdata run 2024-S2
        bgdata run 2024-S2 --only telecom --force
        bgdata run --dry-run
    """
    from bgtools.run import fork

    if not dry_run:
        fork.prestart()
    from bgdata.package.datapackage import project_root
    from bgtools.run import summary as report
    from bgtools.run.driver import Order
    from bgtools.run.messages import locale_language

    order = Order(
        root=project_root(),
        periods=periods,
        lang=lang or "vi",
        speech=lang or locale_language(),
        only=only,
        parameters=dict(parameters),
        jobs=jobs,
        limit=timeout,
        fail_fast=not keep_going,
        force=force,
    )
    if in_place:
        if len(periods) > 1 or parameters or dry_run or lang == "en":
            raise UnknownName(order.say("one_period_in_place"))
        sys.exit(report.rewritten(order))
    sys.exit(report.planned(order) if dry_run else report.ran(order))


@main.command()
@click.argument("periods", nargs=-1, metavar="[PERIOD]...")
@click.option("--lang", type=click.Choice(["vi", "en"]), help="Language of what is said.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check(periods, lang, form):
    """Validate the data package and evaluate its rules, for each PERIOD or for all.

    The exit status is 1 where a file cannot be used, or where printed numbers contradict each other and nobody has
    accepted it in data/accepted.csv.

    \b
    Examples:
        bgdata check
        bgdata check 2024-S1 --format json
    """
    from bgtools.check import checked
    from bgtools.run.messages import locale_language, speaker

    lang = lang or locale_language()
    sys.exit(checked(periods, lang=lang, form=form, say=speaker(lang)))


@main.command()
@click.argument("period")
@click.option("--from", "source", type=click.Path(), metavar="REPORT", help="The report: .docx, .pdf, .txt or .md.")
@click.option("--lang", type=click.Choice(["vi", "en"]), help="Language of messages and of the review page.")
def new(period, source, lang):
    """Open a new PERIOD, from the text of its report if given.

    What is certain is entered in data/observations/; the rest stands in build/PERIOD/intake.html, with the sentence
    that each number was read from. Nothing is taken over from another period. Run it again after your corrections:
    they stay.

    \b
    Examples:
        bgdata new 2024-S2 --from report.docx
        bgdata new 2024-S2
    """
    from bgdata.package.datapackage import project_root
    from bgtools.read.new import opened
    from bgtools.run.messages import locale_language

    sys.exit(opened(project_root(), period, source=source, lang=lang or locale_language()))


@main.command()
@click.argument("periods", nargs=-1, metavar="[PERIOD]...")
@click.option("--lang", type=click.Choice(["vi", "en"]), help="Language of pages and messages.")
@click.option("--single-file", is_flag=True, help="Make one file for each period, to send by e-mail.")
@click.option("--only", multiple=True, metavar="NAME", help="With --single-file: only this page; may be repeated.")
def site(periods, lang, single_file, only):
    """Make the reviewers' pages from the last run of each PERIOD.

    Without PERIOD, of all that have been run, with a switch between them. build/site/index.html opens with a
    double click: no server, no network. Pages of failed notebooks say so, and the exit status is 1.

    \b
    Examples:
        bgdata site
        bgdata site 2024-S2 --single-file
        bgdata site 2024-S2 --single-file --only telecom
    """
    from bgdata.package.datapackage import project_root
    from bgtools.run.messages import locale_language
    from bgtools.site import made as report
    from bgtools.site.site import Order

    order = Order(root=project_root(), periods=periods, lang=lang or "vi", speech=lang or locale_language(), only=only)
    sys.exit(report.made(order, single=single_file))
