"""Run the notebooks for one or more periods: check everything first, execute what is stale, put results in place.

A notebook's figures and executed copy are made in a staging folder and renamed into place when it has succeeded;
only then is its entry in `run.json` written. Whatever ends the run before leaves what was there.
"""

import math
import os
import shutil
import signal
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bgdata.errors import RunError
from bgdata.package.datapackage import Package
from bgtools.run import asked, fork, plan, pool, settling
from bgtools.run.lock import held
from bgtools.run.messages import ending, speaker
from bgtools.run.results import Place
from bgtools.run.tasks import Outcome, Task

STAGING = Path("build") / ".staging"


@dataclass(frozen=True)
class Order:
    """What is asked of a run.

    Attributes
    ----------
    root : pathlib.Path
    periods : tuple of str
        Empty: the newest.
    lang : {"vi", "en"}
        Of figures and pages; `speech` is the language of messages.
    parameters : dict of str to str
        For the notebooks, beside `period` and `lang`.
    limit : float
        Seconds for one notebook.
    """

    root: Path
    periods: tuple = ()
    lang: str = "vi"
    speech: str = "en"
    only: tuple = ()
    parameters: dict = field(default_factory=dict)
    jobs: int | None = None
    limit: float = 600.0
    fail_fast: bool = False
    force: bool = False

    @cached_property
    def package(self):
        """bgdata.package.datapackage.Package: opened when first asked for; a faulty catalogue is refused then."""
        return Package.open(self.root)

    @property
    def say(self):
        """callable: says a message in the language of messages."""
        return speaker(self.speech)


@dataclass
class Report:
    """What a run did: (task, outcome) pairs, places, how many notebooks were fresh, seconds, whether interrupted."""

    places: list = field(default_factory=list)
    outcomes: list = field(default_factory=list)
    fresh: int = 0
    seconds: float = 0.0
    interrupted: bool = False

    @property
    def failed(self):
        """list: the pairs with an error."""
        return [(task, outcome) for task, outcome in self.outcomes if outcome.error]


def plan_all(order):
    """Check all that is asked and compare it with what is there.

    Returns
    -------
    dict of Place to list of bgtools.run.plan.Step
    bgtools.run.plan.Snapshot

    Raises
    ------
    UnknownName, RunError
        Something that was asked for does not exist; nothing has been run or written.
    DataError
        Observations that cannot be used, of all periods asked for.
    """
    found, snapshot = asked.notebooks_asked(order), plan.Snapshot(order.root)
    places = [Place(order.root, period, order.lang) for period in asked.periods_asked(order)]
    given = {
        (place, path): asked.parameters_asked(order, place.period, path, notebook)
        for place in places
        for path, notebook in found.items()
    }
    asked.check_observations([place.period for place in places], order.package)
    steps = {}
    for place in places:
        entries = place.entries()
        steps[place] = [
            plan.step(path, notebook, given[place, path], entries.get(path.stem, {}), snapshot, order)
            for path, notebook in found.items()
        ]
    return steps, snapshot


def run(order, screen):
    """Run what is stale.

    Parameters
    ----------
    order : Order
    screen : bgtools.run.progress.Screen

    Returns
    -------
    Report

    Raises
    ------
    UnknownName, RunError
        Something that was asked for does not exist, another run is at work, or nothing can be written.
    """
    start, report = time.monotonic(), Report()
    with _writing(order):
        steps, snapshot = plan_all(order)
        stale = {
            _task(order, place, step): (place, step) for place, found in steps.items() for step in found if step.reasons
        }
        for place, found in steps.items():
            place.build.mkdir(parents=True, exist_ok=True)
            place.figures.mkdir(parents=True, exist_ok=True)
            if not order.only:
                settling.forget_absent(place, {step.path.stem for step in found})
        report.places = list(steps)
        report.fresh = sum(map(len, steps.values())) - len(stale)

        entries = {place: place.entries() for place in steps}

        def settle(task, outcome):
            place, step = stale[task]
            settling.settle(place, entries[place], step, task, outcome, snapshot, order.say)

        _execute(order, stale, settle, screen, report)
    report.seconds = time.monotonic() - start
    return report


def rewrite(order, screen):
    """Execute the notebooks with their own defaults and write them back with their outputs.

    With a period in the order, that becomes the default first. A notebook that fails stays as it is.

    Returns
    -------
    Report
    """
    start, report = time.monotonic(), Report()
    with _writing(order):
        period = asked.periods_asked(order)[0] if order.periods else ""
        place = Place(order.root, period, "vi")
        tasks = [
            _task(order, place, plan.Step(path, None, {}, {}, [], plan.stage(notebook, order)))
            for path, notebook in asked.notebooks_asked(order).items()
        ]

        def settle(task, outcome):
            fresh = task.staging / "copy.ipynb"
            if not outcome.error and fresh.read_bytes() != task.source.read_bytes():
                os.replace(fresh, task.source)

        _execute(order, tasks, settle, screen, report)
    report.seconds = time.monotonic() - start
    return report


@contextmanager
def _writing(order):
    """Hold the folder's lock; say in a sentence what cannot be written."""
    try:
        with held(order.root / "build" / ".lock", say=order.say):
            yield
    except OSError as error:
        raise RunError(
            order.say("cannot_write", path=error.filename or order.root, why=error.strerror or error)
        ) from None


def _task(order, place, step):
    name = step.path.stem
    return Task(
        name=name,
        root=order.root,
        source=step.path,
        period=place.period,
        parameters=step.parameters,
        staging=order.root / STAGING / f"{place.period}{place.lang}" / name,
        copy=(place.build / step.path.name).relative_to(order.root).as_posix(),
        lang=order.lang,
        speech=order.speech,
        limit=order.limit,
        stage=step.stage,
        weight=step.weight,
    )


def _execute(order, tasks, settle, screen, report):
    """Execute tasks; settle each as it ends, whatever became of it."""
    shutil.rmtree(order.root / STAGING, ignore_errors=True)  # of a run that was killed
    if not tasks:
        return
    warm, jobs = fork.prestart(), order.jobs or pool.processors()

    def choose(waiting, running):
        stage = warm.stage if warm else math.inf
        # One may wait for the imports, which leaves them a processor, and starts as soon as they are done.
        return next_of(waiting, stage if jobs == 1 or any(task.stage > stage for task in running) else math.inf)

    news = pool.results(tasks, _executor, choose, jobs=jobs)
    try:
        with _stopped_by_signals(), screen.showing(tasks):
            for kind, task, what in news:
                if kind in ("done", "died", "late"):
                    outcome = what if kind == "done" else Outcome(error=_lost(kind, task, what, order.say))
                    settle(task, outcome)
                    report.outcomes.append((task, outcome))
                    screen.ended(task, outcome)
                    if outcome.error and order.fail_fast:
                        break
                else:
                    screen.told(kind, task, what)
    except KeyboardInterrupt:
        report.interrupted = True
    finally:
        news.close()
        shutil.rmtree(order.root / STAGING, ignore_errors=True)


def next_of(waiting, stage):
    """Return the task to start next: the longest, so that none of them is left over at the end.

    Of those only that can start now, because enough is imported, or that can start first.
    """
    there = max(stage, min(task.stage for task in waiting))
    return max((task for task in waiting if task.stage <= there), key=lambda task: task.weight)


def _executor():
    """Import what executes: Papermill, which a run with nothing to do can spare."""
    sys.modules.setdefault("rfc3987_syntax", None)  # jsonschema needs 2 s to import it, and no notebook needs it
    from bgtools.run import execute

    execute.rehearse()
    return execute.execute


def _lost(kind, task, status, say):
    """Return the error of a task whose worker has gone."""
    message = (
        say("timed_out", seconds=round(task.limit)) if kind == "late" else say("worker_died", how=ending(status, say))
    )
    return {"cell": None, "name": "ProcessError", "message": message}


@contextmanager
def _stopped_by_signals():
    """Let SIGTERM and a closed terminal end the run as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), signal.default_int_handler) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
