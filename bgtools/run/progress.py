"""Show how a run goes: a live display in a terminal, plain lines elsewhere."""

import time
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn


class Screen:
    """Shows tasks as they start, proceed and end, in the language of `say`."""

    def __init__(self, say, *, console=None):
        self.say = say
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
            self._total = self._progress.add_task(self.say("running"), total=len(tasks), note="")
            yield

    def told(self, kind, task, what):
        """Take a piece of news of :func:`bgtools.run.pool.results`."""
        if kind == "start":
            self._bars[task] = self._progress.add_task(task.what, total=None, note="")
        elif kind == "cell":
            self._progress.update(self._bars[task], completed=what[0], total=what[1])
        self._progress.refresh()

    def ended(self, task, outcome):
        """Show that a task ended, and about how long the others will take."""
        key = "failed_line" if outcome.error else "done_line"
        self.console.print(self.say(key, what=task.what, seconds=seconds_text(outcome.seconds)), markup=False)
        self._progress.remove_task(self._bars.pop(task))
        self._left -= 1
        done = self._progress.tasks[0].completed + 1
        left = (time.monotonic() - self._start) / done * self._left
        note = self.say("left", time=seconds_text(left)) if self._left else ""
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
