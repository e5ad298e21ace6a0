"""Say what a run will do, is doing and has done, and turn it into an exit status."""

import os
import time
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bgdata.voice import Joined, Message
from bgtools.run import fork
from bgtools.run.asked import periods_asked
from bgtools.run.driver import plan_all, rewrite, run
from bgtools.run.pool import processors
from bgtools.run.results import Place


def planned(order):
    """Say which notebooks would run, and why, how many these are and about how long they take; return 0."""
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
    steps = [step for found in plan.steps.values() for step in found]
    if stale := [step for step in steps if step.reasons]:
        click.echo(_length(order, stale, len(steps) - len(stale)))
    return 0


def _length(order, stale, fresh):
    """Say how many notebooks would run, and about how long that takes, as far as any of them ran before."""
    times = {path.parent.name: Place(order.root, path.parent.name, order.lang).entries()
             for path in sorted((order.root / "build").glob("*/run.json"))}  # fmt: skip
    last = {name: entry.seconds for entries in times.values() for name, entry in entries.items() if entry.seconds}
    known = [(step.entry and step.entry.seconds) or last.get(step.path.stem) for step in stale]
    some, jobs = [seconds for seconds in known if seconds], min(order.jobs or processors(), len(stale))
    many = {"count": len(stale), "fresh": fresh, "jobs": jobs}
    if not some:
        return Message("{count} would run, {fresh} are fresh; how long it takes is not known: none ever ran.", **many)
    about = max(max(some), sum(seconds or sum(some) / len(some) for seconds in known) / jobs)
    return Message(
        "{count} would run, {fresh} are fresh; about {time} with {jobs} at a time, as last time.",
        time=seconds_text(about), **many,
    )  # fmt: skip


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


KERNEL = "JPY_PARENT_PID"  # a variable that kernels and what they start have
FEW = 6  # places that are named one by one


class Screen:
    """Shows tasks as they start, proceed and end: a live display in a terminal, plain lines elsewhere.

    Of very many tasks only the failures have a line each; how far the others are is said now and then. A cell of a
    notebook that calls a command (``!bgdata run``) is no terminal, though it looks like one.
    """

    MANY, EVERY = 100, 30  # tasks; seconds

    def __init__(self, *, console=None):
        terminal = False if KERNEL in os.environ else None
        self.console = console or Console(highlight=False, soft_wrap=True, force_terminal=terminal)
        self._bars, self._progress = {}, None

    @contextmanager
    def showing(self, tasks):
        """Show progress while the `with` block runs."""
        self._count, self._failed, self._done = len(tasks), 0, 0
        self._start = self._told = time.monotonic()
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
        """Show that a task ended, how many are done, failed and stale, and about how long these will take."""
        seconds = seconds_text(outcome.seconds)
        self._done, self._failed = self._done + (not outcome.error), self._failed + bool(outcome.error)
        if outcome.error:
            line = Message("FAILED {what}  {seconds}", what=task.what, seconds=seconds)
        else:
            line = Message("done   {what}  {seconds}", what=task.what, seconds=seconds)
        if outcome.error or self._count <= self.MANY:
            self.console.print(str(line), markup=False)
        self._progress.remove_task(self._bars.pop(task))
        note = str(self.state()) if self._done + self._failed < self._count else ""
        self._progress.update(self._total, advance=1, note=note)
        self._progress.refresh()
        if note and self._count > self.MANY and time.monotonic() - self._told > self.EVERY:
            self._told = time.monotonic()
            self.console.print(note, markup=False)

    def state(self):
        """Say how far the run is."""
        ended, passed = self._done + self._failed, time.monotonic() - self._start
        stale = self._count - ended
        return Message(
            "{done} done, {failed} failed, {stale} stale; {rate} a minute; about {time} left",
            done=self._done,
            failed=self._failed,
            stale=stale,
            rate=round(60 * ended / passed) if passed else 0,
            time=seconds_text(passed / ended * stale),
        )


def seconds_text(seconds):
    """Write a duration for reading.

    Examples
    --------
    >>> seconds_text(3.14159), seconds_text(75), seconds_text(7380)
    ('3.1 s', '1 min 15 s', '2 h 3 min')
    """
    if seconds < 60:
        return f"{seconds:.1f} s"
    if seconds < 3600:
        return f"{seconds // 60:.0f} min {seconds % 60:.0f} s"
    return f"{seconds // 3600:.0f} h {seconds % 3600 // 60:.0f} min"
