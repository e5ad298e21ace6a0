"""Say what a run will do or has done, and turn it into an exit status."""

import click

from bgtools.run.driver import plan_all, rewrite, run
from bgtools.run.progress import Screen, seconds_text


def planned(order):
    """Say which notebooks would run, and why; return 0."""
    steps, _ = plan_all(order)
    for place, found in steps.items():
        for step in found:
            what = f"{step.path.stem} ({place.period})"
            if step.reasons:
                click.echo(order.say("would_run", what=what, last=_last(step, order.say), why=_why(step, order.say)))
            else:
                click.echo(order.say("is_fresh", what=what))
    return 0


def ran(order):
    """Run; say what came of it; return the exit status."""
    report = run(order, Screen(order.say))
    status = _ended(report, order)
    click.echo(
        order.say(
            "summary",
            done=len(report.outcomes) - len(report.failed),
            fresh=report.fresh,
            failed=len(report.failed),
            seconds=seconds_text(report.seconds),
        )
    )
    for place in report.places:
        folders = {name: getattr(place, name).relative_to(order.root).as_posix() for name in ("figures", "build")}
        click.echo(order.say("results", **folders))
    return status


def rewritten(order):
    """Execute the notebooks in place; say what came of it; return the exit status."""
    report = rewrite(order, Screen(order.say))
    status = _ended(report, order)
    click.echo(order.say("in_place_done", count=len(report.outcomes) - len(report.failed)))
    return status


def _ended(report, order):
    """Name notebook, cell and error of each failure, on standard error; return the exit status."""
    for task, outcome in report.failed:
        key = "failure" if outcome.error["cell"] else "failure_nowhere"
        click.echo(order.say(key, what=task.what, **outcome.error), err=True)
        if outcome.copy and task.parameters is not None:
            click.echo("  " + order.say("look", path=task.copy), err=True)
    if report.interrupted:
        click.echo(order.say("interrupted"), err=True)
    return 1 if report.failed or report.interrupted else 0


def _last(step, say):
    seconds = step.entry.get("seconds")
    return say("last_time", seconds=seconds_text(seconds)) if seconds else say("never")


def _why(step, say, shown=3):
    more = [say("and_more", count=len(step.reasons) - shown)] if len(step.reasons) > shown else []
    return "; ".join([*step.reasons[:shown], *more])
