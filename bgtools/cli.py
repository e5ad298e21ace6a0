"""The commands: read the arguments, call the code that does the work, say what came of it."""

import atexit
import gc
import sys

import click

from bgdata.errors import UnknownName
from bgdata.voice import language
from bgtools.spoken import Group, Option, said, versioned

LANGUAGES = click.Choice(["vi", "en"])
AREAS = said("Areas of the workspace, by code or name, with commas between; all for all of them.")
STORE = said("Where others find the results: s3://BUCKET/PREFIX or a folder; fetched from there first.")


def option(*names, **options):
    """Declare an option whose help is read in the language that is spoken."""
    return click.option(*names, cls=Option, **options)


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=said("The department's half-yearly report as checked data, notebooks and figures."),
)
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=versioned,
    help=said("Show the version and exit."),
)
def main():
    atexit.register(gc.freeze)  # else Python searches all that was imported for garbage before it ends


@main.command(
    help=said(
        "Run the notebooks for each PERIOD and write figures and executed copies.\n\n"
        "Only what is stale is run; without PERIOD, for the newest one. A notebook that fails does not stop the "
        "others; its executed copy shows where it failed, and the exit status is 1.\n\n"
        "\b\nExamples:\n"
        "    bgdata run 2024-S2\n"
        "    bgdata run 2024-S2 --only telecom --force\n"
        "    bgdata run 2024-S2 --areas all\n"
        "    bgdata run --dry-run"
    )
)
@click.argument("periods", nargs=-1, metavar="[PERIOD]...")
@option("--lang", type=LANGUAGES, help=said("Language of figures, pages and messages."))
@option("--only", multiple=True, metavar="NAME", help=said("Run this notebook only; may be repeated."))
@option("--jobs", type=click.IntRange(min=1), metavar="N", help=said("Notebooks at a time (default: processors)."))
@option(
    "--timeout",
    type=click.FloatRange(min=1),
    default=600,
    metavar="SECONDS",
    show_default=True,
    help=said("Stop a notebook that takes longer."),
)
@option("--keep-going/--fail-fast", default=True, help=said("After a failure go on with the others, or stop."))
@option("--force", is_flag=True, help=said("Run what is fresh, too."))
@option("--dry-run", is_flag=True, help=said("Say what would run, and why; run nothing."))
@option(
    "-p",
    "parameters",
    type=(str, str),
    multiple=True,
    metavar="NAME VALUE",
    help=said("Set a parameter of the notebooks."),
)
@option("--in-place", is_flag=True, help=said("Execute the notebooks with their own defaults and write them back."))
@option("--areas", multiple=True, metavar="AREA,...", help=AREAS)
@option(
    "--cluster",
    default="",
    metavar="ADDRESS",
    help=said("Execute on a Dask cluster: tls://HOST:PORT, or local:N for a try with N workers."),
)
@option("--store", default="", metavar="URL", help=STORE)
def run(periods, lang, only, jobs, timeout, keep_going, force, dry_run, parameters, in_place, areas, cluster, store):
    from bgdata.package import project_root
    from bgdata.package.workspace import located
    from bgtools.run import fork

    root, areas = located(project_root(), areas)
    if not (dry_run or cluster):
        fork.prestart(root / "notebooks", periods)
    from bgtools.run import summary
    from bgtools.run.asked import Order

    if in_place and (len(periods) > 1 or parameters or dry_run or areas or store or lang == "en"):
        raise UnknownName(
            "--in-place takes one period at most, and neither -p nor --areas nor --lang en nor --dry-run nor --store."
        )
    order = Order(
        root=root,
        periods=periods,
        lang=lang or "vi",
        only=only,
        parameters=dict(parameters),
        jobs=jobs,
        limit=timeout,
        fail_fast=not keep_going,
        force=force,
        areas=areas,
        cluster=cluster,
        store=store,
    )
    say = summary.rewritten if in_place else summary.planned if dry_run else summary.ran
    sys.exit(say(order))


@main.command(
    help=said(
        "Execute notebooks for bgdata run --cluster ADDRESS, on this machine.\n\n"
        "One process, as many notebooks at a time as there are processors. Scheduler, workers and driver need the same "
        "versions and the same certificates.\n\n"
        "\b\nExamples:\n"
        "    bgdata worker tls://login:8786"
    )
)
@click.argument("address")
@option("--jobs", type=click.IntRange(min=1), metavar="N", help=said("Notebooks at a time (default: processors)."))
@option("--lang", type=LANGUAGES, help=said("Language of what is said."))
def worker(address, jobs, lang):
    from bgtools.run.cluster import worked

    sys.exit(worked(address, threads=jobs))


@main.command(
    help=said(
        "Validate the data package and evaluate its rules, for each PERIOD or for all.\n\n"
        "The exit status is 1 where a file cannot be used, or where printed numbers contradict each other and nobody "
        "has accepted it in data/accepted.csv.\n\n"
        "\b\nExamples:\n"
        "    bgdata check\n"
        "    bgdata check 2024-S1 --format json\n"
        "    bgdata check --areas all"
    )
)
@click.argument("periods", nargs=-1, metavar="[PERIOD]...")
@option("--lang", type=LANGUAGES, help=said("Language of what is said."))
@option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@option("--areas", multiple=True, metavar="AREA,...", help=AREAS)
def check(periods, lang, form, areas):
    from bgdata.package import project_root
    from bgdata.package.workspace import located
    from bgtools.check import checked

    root, areas = located(project_root(), areas)
    sys.exit(checked(root, periods, form=form, areas=areas))


@main.command(
    help=said(
        "Open a new PERIOD, from the text of its report if given.\n\n"
        "What is certain is entered in data/observations/; the rest stands in build/PERIOD/intake.xlsx, to be answered "
        "there, with the sentence that each number was read from. Run it again after your answers and corrections: they "
        "are kept in data/decisions.csv. Nothing is taken over from another period.\n\n"
        "\b\nExamples:\n"
        "    bgdata new 2024-S2 --from report.docx\n"
        "    bgdata new 2024-S2\n"
        "    bgdata new 2024-S1 --from report.docx --quotes"
    )
)
@click.argument("period")
@option(
    "--from", "source", type=click.Path(), metavar="REPORT", help=said("The report: .docx, .odt, .pdf, .txt or .md.")
)
@option("--accept-report", is_flag=True, help=said("Take the report though its title or letterhead says otherwise."))
@option("--rewrite", is_flag=True, help=said("Draft the period again though it is published."))
@option("--quotes", is_flag=True, help=said("Write data/quotes/PERIOD.csv from the report, and nothing else."))
@option("--lang", type=LANGUAGES, help=said("Language of messages, of the review page and of the workbook."))
def new(period, source, accept_report, rewrite, quotes, lang):
    from bgdata.package import project_root
    from bgdata.package.workspace import single
    from bgtools.read.new import opened

    sys.exit(
        opened(
            single(project_root()),
            period,
            source=source,
            lang=language(),
            accept=accept_report,
            rewrite=rewrite,
            only_quotes=quotes,
        )
    )


@main.command(
    help=said(
        "Make the reviewers' pages from the last run of each PERIOD.\n\n"
        "Without PERIOD, of all that have been run, with a switch between them. build/site/index.html opens with a "
        "double click: no server, no network. Pages of failed notebooks say so, and the exit status is 1.\n\n"
        "\b\nExamples:\n"
        "    bgdata site\n"
        "    bgdata site 2024-S2 --single-file\n"
        "    bgdata site 2024-S2 --single-file --only telecom\n"
        "    bgdata site --areas all"
    )
)
@click.argument("periods", nargs=-1, metavar="[PERIOD]...")
@option("--lang", type=LANGUAGES, help=said("Language of pages and messages."))
@option("--single-file", is_flag=True, help=said("Make one file for each period, to send by e-mail."))
@option("--only", multiple=True, metavar="NAME", help=said("With --single-file: only this page; may be repeated."))
@option("--areas", multiple=True, metavar="AREA,...", help=AREAS)
@option("--store", default="", metavar="URL", help=STORE)
def site(periods, lang, single_file, only, areas, store):
    from bgdata.package import project_root
    from bgdata.package.workspace import located
    from bgtools.site.site import Order, made

    root, areas = located(project_root(), areas)
    if store:
        from bgtools.run.store import fetched

        fetched(store, root, periods, lang or "vi", areas)
    sys.exit(made(Order(root, periods, lang or "vi", only, areas), single=single_file))


@main.command(
    help=said(
        "Take over what a reviewer ticked and remarked on the pages: FILE, as the pages save it.\n\n"
        "It lands in data/reviews/PERIOD.csv and shows on the next pages. What has changed since is shown as such.\n\n"
        "\b\nExamples:\n"
        "    bgdata review bgdata-review-2024-S2.json"
    )
)
@click.argument("file", type=click.Path(), metavar="FILE")
@option("--lang", type=LANGUAGES, help=said("Language of what is said."))
def review(file, lang):
    from bgdata.package import project_root
    from bgtools.site.signoff import taken

    click.echo(taken(project_root(), file))


@main.command(
    help=said(
        "Hold a DRAFT, a .docx file, against the data of its PERIOD and against itself.\n\n"
        "DRAFT.kiem-tra.docx, a copy, gets a comment at each number, year, figure and caption that is wrong or has to "
        "be looked at; nothing else in it changes, and DRAFT is only read. Without PERIOD, what the title says counts. "
        "Without data for the period, the numbers are held against each other. The exit status is 1 where something "
        "is wrong.\n\n"
        "\b\nExamples:\n"
        "    bgdata audit bao-cao.docx\n"
        "    bgdata audit bao-cao.docx 2024-S2 --format json"
    )
)
@click.argument("draft", type=click.Path())
@click.argument("period", required=False)
@option("--lang", type=LANGUAGES, help=said("Language of comments and messages."))
@option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def audit(draft, period, lang, form):
    from bgdata.package import project_root
    from bgdata.package.workspace import single
    from bgtools.word.audit import checked

    sys.exit(checked(single(project_root()), draft, period=period, form=form, lang=lang or "vi"))


@main.command(
    help=said(
        "Propose the data's numbers and figures in a DRAFT, a .docx file, as tracked changes.\n\n"
        "DRAFT.dien-so.docx, a copy, is for a person to accept or reject in Word; DRAFT is only read. DRAFT may be last "
        "period's report: every number of it is then replaced, or marked where PERIOD has no such number. "
        '"[Hình: NAME]" and "[Bảng: SECTOR]" are places for figures and tables. Without PERIOD, the newest one counts.\n\n'
        "\b\nExamples:\n"
        "    bgdata fill bao-cao-ky-truoc.docx 2024-S2\n"
        "    bgdata fill bao-cao.docx"
    )
)
@click.argument("draft", type=click.Path())
@click.argument("period", required=False)
@option("--lang", type=LANGUAGES, help=said("Language of what is proposed, and of messages."))
def fill(draft, period, lang):
    from bgdata.package import project_root
    from bgdata.package.workspace import single
    from bgtools.word.fill import filled

    sys.exit(filled(single(project_root()), draft, period=period, lang=lang or "vi"))


@main.command(
    help=said(
        "Make the statistics part of a report of PERIOD as a Word file, ready to be edited.\n\n"
        "Sectors in the report's order, a sentence for each answer of the last run, tables, figures; each number has a "
        "bookmark. Without PERIOD, the newest one counts.\n\n"
        "\b\nExamples:\n"
        "    bgdata word 2024-S2\n"
        "    bgdata word 2024-S2 --to phan-so-lieu.docx"
    )
)
@click.argument("period", required=False)
@option("--to", "target", type=click.Path(), metavar="FILE", help=said("The file (default: so-lieu-PERIOD.docx)."))
@option("--force", is_flag=True, help=said("Write over a file that is there."))
@option("--lang", type=LANGUAGES, help=said("Language of what is written, and of messages."))
def word(period, target, force, lang):
    from bgdata.package import project_root
    from bgdata.package.workspace import single
    from bgtools.word.statistics import made

    sys.exit(made(single(project_root()), period, target=target, force=force, lang=lang or "vi"))


@main.command(
    help=said(
        "Begin a notebook called NAME, with the form that all have, and execute it once.\n\n"
        "It comes after the others unless NAME begins with a number. Its cells are samples to write over.\n\n"
        "\b\nExamples:\n"
        "    bgdata notebook fibre\n"
        "    bgdata notebook fibre --sector telecom"
    )
)
@click.argument("name")
@option("--sector", metavar="NAME", help=said("The sector whose numbers it shows (default: the first one)."))
@option("--lang", type=LANGUAGES, help=said("Language of what is said."))
def notebook(name, sector, lang):
    from bgdata.package import project_root
    from bgtools.begin import begun

    sys.exit(begun(project_root(), name, sector=sector))
