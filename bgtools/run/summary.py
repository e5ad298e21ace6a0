"""Say what a run will do, is doing and has done, and turn it into an exit status."""

import time
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bgdata.voice import Joined, Message
from bgtools.run import fork
from bgtools.run.asked import periods_asked
from bgtools.run.driver import plan_all, rewrite, run


def planned(order):
    """Say which notebooks would run, and why; return 0."""
    if order.store:
        from bgtools.run.store import fetched

        fetched(order.store, order.root, periods_asked(order), order.lang, order.areas)
    plan = plan_all(order)
    _say_passed(plan.passed, order.lacking)
    for place, steps in plan.steps.items():
        for step in steps:
            what = f"{step.path.stem} ({place.name})"
            if step.reasons:
                click.echo(Message("would run  {what}  ({last})  {why}", what=what, last=_last(step), why=_why(step)))
            else:
                click.echo(Message("fresh      {what}", what=what))
    return 0


def ran(order):
    """Run; say what came of it; return the exit status."""
    report = run(order, Screen())
    status = _ended(report, order.lacking)
    failed = len(report.failed)
    click.echo(
        Message(
            "Notebooks: {done} done, {fresh} fresh, {failed} failed; {seconds}.",
            done=len(report.outcomes) - failed,
            fresh=report.fresh,
            failed=failed,
            seconds=seconds_text(report.seconds),
        )
    )
    if len(report.places) > FEW:
        click.echo(
            Message(
                "Figures and executed copies: in figures/ and build/ of {count} periods and areas.",
                count=len(report.places),
            )
        )
    for place in report.places if len(report.places) <= FEW else ():
        folders = {name: getattr(place, name).relative_to(order.root).as_posix() for name in ("figures", "build")}
        click.echo(Message("Figures: {figures}; executed copies: {build}.", **folders))
    return status


def rewritten(order):
    """Execute the notebooks in place; say what came of it; return the exit status."""
    report = rewrite(order, Screen())
    status = _ended(report)
    click.echo(Message("Rewritten in notebooks/: {count}.", count=len(report.outcomes) - len(report.failed)))
    return status


def _ended(report, lacking=()):
    """Name notebook, cell and error of each failure, on standard error; return the exit status."""
    _say_passed(report.passed, lacking)
    for task, outcome in report.failed:
        error = {**outcome.error, "what": task.what}
        if error["cell"]:
            click.echo(Message("{what}, cell {cell}: {name}: {message}", **error), err=True)
        else:
            click.echo(f"{error['what']}: {error['message']}", err=True)
        if outcome.copy and task.parameters is not None:
            where = Message("The executed copy shows where it failed: {path}.", path=task.copy)
            click.echo(f"  {where}", err=True)
    if new := fork.untried():
        said = Message("{what}: newer than what was tried; plain Papermill ran the notebooks, slowly.", what=new)
        click.echo(said, err=True)
    if report.slow:
        click.echo(Message("Some kernels could not be forked and were started anew, which takes longer."), err=True)
    if report.interrupted:
        click.echo(Message("Interrupted; earlier results are unchanged."), err=True)
    return 1 if report.failed or report.interrupted else 0


def _say_passed(paths, lacking=()):
    """Name the notebooks that are none of the report's, and areas without a report, on standard error."""
    if lacking:
        click.echo(Message("Passed over, since there is no report: {names}.", names="; ".join(lacking)), err=True)
    for path in paths:
        said = Message("{name} takes no period (it has no parameters cell) and is passed over.", name=path.name)
        click.echo(said, err=True)


def _last(step):
    seconds = step.entry and step.entry.seconds
    return Message("last time {seconds}", seconds=seconds_text(seconds)) if seconds else Message("never run")


def _why(step, shown=3):
    left = len(step.reasons) - shown
    return Joined("; ", [*step.reasons[:shown], *([Message("and {count} more", count=left)] if left > 0 else [])])


FEW = 6  # places that are named one by one


class Screen:
    """Shows tasks as they start, proceed and end: a live display in a terminal, plain lines elsewhere."""

    def __init__(self, *, console=None):
        self.console = console or Console(highlight=False, soft_wrap=True)
        self._bars, self._progress = {}, None

    @contextmanager
    def showing(self, tasks):
        """Show progress while the `with` block runs."""
        self._left, self._start = len(tasks), time.monotonic()
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[note]}"),
            console=self.console,
            transient=True,
            auto_refresh=False,
            disable=not self.console.is_terminal,
        )
        with self._progress:
            self._total = self._progress.add_task(str(Message("notebooks")), total=len(tasks), note="")
            yield

    def told(self, kind, task, what):
        """Take a piece of news of :func:`bgtools.run.pool.results`."""
        if kind == "note":
            self.console.print(str(what), markup=False)
        elif kind == "start" and task not in self._bars:
            self._bars[task] = self._progress.add_task(task.what, total=None, note="")
        elif kind == "cell":
            self._progress.update(self._bars[task], completed=what[0], total=what[1])
        self._progress.refresh()

    def ended(self, task, outcome):
        """Show that a task ended, and about how long the others will take."""
        seconds = seconds_text(outcome.seconds)
        if outcome.error:
            line = Message("FAILED {what}  {seconds}", what=task.what, seconds=seconds)
        else:
            line = Message("done   {what}  {seconds}", what=task.what, seconds=seconds)
        self.console.print(str(line), markup=False)
        self._progress.remove_task(self._bars.pop(task))
        self._left -= 1
        done = self._progress.tasks[0].completed + 1
        left = (time.monotonic() - self._start) / done * self._left
        note = str(Message("about {time} left", time=seconds_text(left))) if self._left else ""
        self._progress.update(self._total, advance=1, note=note)
        self._progress.refresh()


def seconds_text(seconds):
    """Write a duration for reading.

    Examples
    --------
    >>> seconds_text(3.14159), seconds_text(75)
    ('3.1 s', '1 min 15 s')
    """
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{seconds // 60:.0f} min {seconds % 60:.0f} s"
