"""Run the notebooks for one or more periods: check everything first, execute what is stale, put results in place.

A notebook's figures and executed copy are made in a staging folder and renamed into place when it has succeeded;
only then is its entry in `run.json` written. Whatever ends the run before leaves what was there.
"""

import os
import shutil
import signal
import sys
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from types import ModuleType

from bgdata.errors import RunError, UnknownName
from bgdata.files import cannot_write
from bgdata.package.workspace import Workspace
from bgdata.voice import language
from bgtools.run import asked, fork, lock, plan, pool
from bgtools.run.pool import Outcome, Task, ending, failure
from bgtools.run.results import Place, forget_absent, settle

STAGING = Path("build") / ".staging"
UNWANTED = (
    "rfc3987_syntax",
    "rfc3986_validator",
    "isoduration",
)  # jsonschema takes long to import them, for no notebook


@dataclass
class Report:
    """What a run did.

    Attributes
    ----------
    places : list of bgtools.run.results.Place
    outcomes : list of (Task, Outcome)
    passed : list of pathlib.Path
        Notebooks that are none of the report's.
    fresh : int
        How many were not run.
    """

    places: list = field(default_factory=list)
    outcomes: list = field(default_factory=list)
    passed: list = field(default_factory=list)
    fresh: int = 0
    seconds: float = 0.0
    interrupted: bool = False

    @property
    def slow(self):
        """bool: kernels that could have been forked were started anew."""
        return any(outcome.slow for _, outcome in self.outcomes)

    @property
    def failed(self):
        """list: the pairs with an error."""
        return [(task, outcome) for task, outcome in self.outcomes if outcome.error]


@dataclass
class Plan:
    """What would run: the steps by place, the snapshots that they were compared with, by folder, and what is passed over."""

    steps: dict
    snapshots: dict
    passed: list


def plan_all(order):
    """Check all that is asked and compare it with what is there.

    Returns
    -------
    Plan

    Raises
    ------
    UnknownName, RunError
        Something that was asked for does not exist; nothing has been run or written.
    DataError
        Observations that cannot be used, of all periods asked for.
    """
    (found, passed), snapshot = asked.notebooks_asked(order), plan.Snapshot(order.root)
    of = {place: [one for one in found if _belongs(one.path, package)] for package, place in order.places}
    given = {(place, one): asked.parameters_asked(order, place.period, one) for place in of for one in of[place]}
    asked.check_observations(order.places)
    steps, snapshots = {}, {place.root: snapshot.of(place.root) for place in of}
    for place in filter(of.get, of):
        entries, now = place.entries(), snapshots[place.root]
        steps[place] = [
            plan.step(one, given[place, one], entries.get(one.path.stem), now, force=order.force) for one in of[place]
        ]
    return Plan(steps, snapshots, passed)


def _belongs(path, package):
    """Say whether a notebook is for an area, or for the workspace itself."""
    return (path.parent.name == "areas") == isinstance(package, Workspace)


def run(order, screen):
    """Run what is stale.

    Parameters
    ----------
    order : bgtools.run.asked.Order
    screen : bgtools.run.summary.Screen

    Returns
    -------
    Report

    Raises
    ------
    UnknownName, RunError
        Something that was asked for does not exist, or another run is at work.
    WriteError
        Nothing can be written.
    """
    start, report = time.monotonic(), Report()
    with _writing(order) as private, _publishing(order) as publish:
        planned = plan_all(order)
        steps = planned.steps
        stale = {
            _task(order, place, step, private): (place, step)
            for place, found in steps.items()
            for step in found
            if step.reasons
        }
        report.places, report.passed = list(steps), planned.passed
        report.fresh = sum(map(len, steps.values())) - len(stale)
        for place, found in steps.items():
            _open(place, {step.path.stem for step in found} | {path.stem for path in planned.passed}, order)

        def put(task, outcome):
            place, step = stale[task]
            sources = {**step.sources, "reads": planned.snapshots[place.root].tables.answers(outcome.reads)}
            settle(place, place.entries(), task, outcome, step.entry.outputs if step.entry else {}, sources)
            publish(place)

        _execute(order, stale, put, screen, report)
        for place in steps:  # what was made without the store, or forgotten
            publish(place)
    report.seconds = time.monotonic() - start
    return report


def _open(place, names, order):
    """Make a place's folders; forget what notebooks made that are no longer there."""
    place.build.mkdir(parents=True, exist_ok=True)
    place.figures.mkdir(parents=True, exist_ok=True)
    if not order.only:
        forget_absent(place, names)


def rewrite(order, screen):
    """Execute the notebooks with their own defaults and write them back with their outputs.

    With a period in the order, that becomes the default first. A notebook that fails stays as it is.

    Returns
    -------
    Report
    """
    start, report = time.monotonic(), Report()
    if isinstance(order.package, Workspace):
        raise UnknownName("--in-place is for the notebooks of one area, and this is a workspace of several.")
    with _writing(order) as private:
        period = asked.periods_asked(order)[0] if order.periods else ""
        place = Place(order.root, period, "vi")
        found, report.passed = asked.notebooks_asked(order)

        def put(task, outcome):
            fresh = task.staging / "copy.ipynb"
            if not outcome.error and fresh.read_bytes() != task.source.read_bytes():
                os.replace(fresh, task.source)

        tasks = [_task(order, place, plan.Step(one.path, None), private) for one in found]
        _execute(order, tasks, put, screen, report)
    report.seconds = time.monotonic() - start
    return report


@contextmanager
def _publishing(order):
    """Fetch what the order's store has; yield the function that publishes a place there, or does nothing."""
    if not order.store:
        yield lambda place: None
        return
    from bgtools.run.store import mirrored

    with mirrored(order.store, [place for _, place in order.places]) as publish:
        yield publish


@contextmanager
def _writing(order):
    """Hold the folder's lock; yield a private folder; say in a sentence what cannot be written."""
    with cannot_write(order.root), lock.held(order.root / "build" / ".lock"), lock.private() as folder:
        yield folder


def _task(order, place, step, private):
    name = step.path.stem
    return Task(
        name=name,
        root=place.root,
        source=step.path,
        period=place.period,
        area=place.area,
        home=order.root,
        parameters=step.parameters,
        staging=order.root / STAGING / f"{place.area}{place.period}{place.lang}" / name,
        copy=place.copy(name),
        lang=order.lang,
        speech=language(),
        limit=order.limit,
        weight=step.weight,
        private=private,
        plain=bool(fork.untried()),
    )


def _execute(order, tasks, put, screen, report):
    """Execute tasks, and put each in place as it ends, whatever became of it."""
    shutil.rmtree(order.root / STAGING, ignore_errors=True)  # of a run that was killed
    if not tasks:
        return
    (order.root / STAGING).mkdir(mode=0o700)  # what kernels print is nobody else's
    news = _news(tasks, order)
    try:
        with lock.ipython_within(order.root / STAGING), _stopped_by_signals() as stopped, screen.showing(tasks):
            for kind, task, what in news:
                if stopped:  # an interrupt that falls into a callback of Python's own is dropped there
                    raise KeyboardInterrupt
                if kind in ("done", "died", "late"):
                    outcome = what if kind == "done" else Outcome(error=_lost(kind, task, what))
                    put(task, outcome)
                    outcome = replace(outcome, reads=[])  # they are in `run.json`, and there may be thousands
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


def _news(tasks, order):
    """Yield what happens, here or on a cluster: the longest task first, so that none is left over at the end."""
    waiting = sorted(tasks, key=lambda task: -task.weight)
    if order.cluster:
        from bgtools.run import cluster  # brings Dask, which no other run needs

        return cluster.results(waiting, order.cluster, jobs=order.jobs)
    fork.prestart(order.root / "notebooks", order.periods)
    return _news_here(waiting, order.jobs or pool.processors())


def _news_here(waiting, jobs):
    """Yield what happens in this machine's workers.

    What was lost with the process that forks kernels is executed once more, each task alone: one of those that ran at
    the time may have killed it.
    """
    lost = []
    with closing(pool.results(waiting, executor, jobs=jobs)) as news:
        for kind, task, what in news:
            if kind == "done" and what.lost:
                shutil.rmtree(task.staging, ignore_errors=True)
                lost.append(task)
            else:
                yield kind, task, what
    for task in lost:
        yield from pool.results([task], executor, jobs=1)


class _Later(ModuleType):
    """A module that is imported when something of it is asked for; Papermill has it for notebooks on other machines."""

    def __getattr__(self, name):
        return getattr(import_module(self.__name__), name)


def executor():
    """Import what executes: Papermill, which a run with nothing to do can spare."""
    for name in UNWANTED:
        sys.modules.setdefault(name, None)
    stand_in = sys.modules.setdefault("requests", _Later("requests"))
    from bgtools.run import execute

    if isinstance(stand_in, _Later):
        del sys.modules["requests"]
    execute.rehearse()
    return execute.execute


def _lost(kind, task, status):
    """Return the error of a task whose worker has gone."""
    if kind == "late":
        return failure(RunError(task.late()), "ProcessError")
    error = RunError("the process that ran it stopped suddenly ({how})", how=ending(status))
    return failure(error, "ProcessError")


@contextmanager
def _stopped_by_signals():
    """Let SIGTERM and a closed terminal end the run as Ctrl-C does; yield the signals that came. What is ignored stays so."""
    if threading.current_thread() is not threading.main_thread():
        yield []
        return
    asked = []

    def stop(number, frame):
        asked.append(number)
        raise KeyboardInterrupt

    known = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {one: signal.getsignal(one) for one in known if signal.getsignal(one) not in (signal.SIG_IGN, None)}
    for one in before:
        signal.signal(one, stop)
    try:
        yield asked
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
