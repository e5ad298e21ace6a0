"""Several notebooks at a time, each in a worker process that dies with this one; what goes there and what comes back.

A worker that is killed loses its notebook and nothing else; a worker that does not stop when it should is killed.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path

from bgdata.voice import Message
from bgtools.run import fork

GRACE = 20  # seconds past its limit after which a notebook's worker is killed
SECRET = "AWS_"  # beginning of the variables that a store is opened with
TICK = 0.5  # seconds between two looks at the clock


@dataclass(frozen=True, eq=False)
class Task:
    """One notebook to execute for one period.

    Attributes
    ----------
    name : str
        The notebook's file name without ending.
    root, source, staging : pathlib.Path
        The project, the notebook, and the folder for everything that it makes.
    parameters : dict of str to str
        Injected; None executes the notebook with its own defaults and makes no injected cell.
    copy : str
        Where the executed copy will stand, relative to `root`.
    lang : {"vi", "en"}
        Of the pages; `speech` is the language of the messages.
    limit : float
        Seconds for the whole notebook.
    weight : float
        Seconds that it is expected to take.
    area : str
        Its code in the workspace; empty where there is none.
    home : pathlib.Path, optional
        The workspace, where `root` is an area of it: notebooks and catalogue are there.
    private : pathlib.Path, optional
        A folder for the sockets of its kernel (:func:`bgtools.run.lock.private`).
    plain : bool
        Executed by Papermill alone (:func:`bgtools.run.fork.untried`).
    """

    name: str
    root: Path
    source: Path
    staging: Path
    copy: str
    period: str
    parameters: dict | None
    lang: str
    speech: str
    limit: float
    weight: float
    area: str = ""
    home: Path | None = None
    private: Path | None = None
    plain: bool = False

    @property
    def environment(self):
        """dict of str to str: of its kernel: where the project is, where figures and notes of reads go.

        What a store would be opened with is not in it: a notebook that shows its environment shows no secrets. Nor is
        what a person has set up for IPython, Matplotlib and Python's start.
        """
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(SECRET)},
            **fork.undisturbed(),
            "IPYTHONDIR": str(self.staging / "ipython"),
            "BGDATA_ROOT": str(self.root),
            "BGDATA_FIGURES": str(self.staging / "figures"),
            "BGDATA_READS": str(self.staging / "reads"),
        }

    @property
    def what(self):
        """str: how messages call it."""
        where = ", ".join(filter(None, (self.area, self.period)))
        return f"{self.name} ({where})" if where else self.name

    def late(self):
        """Say that it took too long."""
        return Message("not finished after {seconds} seconds and stopped (--timeout)", seconds=round(self.limit))


@dataclass
class Outcome:
    """What became of a task.

    Attributes
    ----------
    error : dict, optional
        ``cell`` (its id, or None), ``name`` and ``message``; None if it succeeded.
    figures : dict of str to str
        Path below the figures folder -> sha256.
    copy : str, optional
        sha256 of the executed copy; None if there is none.
    reads : list of dict
        What the notebook asked the data package for (:mod:`bgdata.package.reads`).
    slow : bool
        Its kernel was started anew though it could have been forked.
    lost : bool
        Its kernel went with the process that forks them, which need not be this notebook's doing.
    """

    seconds: float = 0.0
    error: dict | None = None
    figures: dict = field(default_factory=dict)
    copy: str | None = None
    reads: list = field(default_factory=list)
    slow: bool = False
    lost: bool = False


def failure(error, name=None):
    """Return what an outcome says of an error that no cell made; it has the name of its cause, if it has one."""
    return {"cell": None, "name": name or type(error.__cause__ or error).__name__, "message": str(error)}


def ending(status):
    """Say how a process ended, from its exit status (negative: the signal's number).

    Examples
    --------
    >>> print(ending(-11))
    signal SIGSEGV
    """
    if status is None or status >= 0:
        return Message("exit status {status}", status=status)
    name = signal.Signals(-status).name
    if status == -9:
        return Message("signal {name}, perhaps for want of memory", name=name)
    return Message("signal {name}", name=name)


class Worker:
    """A process that executes one task after another."""

    def __init__(self, context, executor):
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, executor), daemon=True)
        self.process.start()
        theirs.close()
        self.task, self.deadline = None, None

    def give(self, task):
        """Start on a task."""
        self.task, self.deadline = task, time.monotonic() + task.limit + GRACE
        self.connection.send(task)

    def message(self):
        """Return what the worker says: ("cell", (index, count)), ("done", outcome) or ("died", exit status)."""
        try:
            return self.connection.recv()
        except (EOFError, ConnectionError):
            self.process.join()
            return "died", self.process.exitcode

    def stop(self, patience=3.0):
        """End the process: ask first, so that it can stop its kernel, then kill."""
        if self.process.is_alive():
            self.process.terminate()
            self.process.join(patience)
            self.process.kill()
        self.process.join()
        self.connection.close()


def results(tasks, executor, *, jobs):
    """Execute tasks several at a time, in their order; yield what happens as it happens.

    Parameters
    ----------
    tasks : iterable of Task
    executor : callable
        Importable by its name; returns ``execute(task, told)``, which runs in the workers.
    jobs : int

    Yields
    ------
    (str, task, object)
        ``"start"`` (None), ``"cell"`` (index, count), ``"done"`` (the outcome), ``"died"`` (exit status),
        ``"late"`` (killed after its time limit), and ``"tick"`` (task and object None) twice a second.
        Closing the generator stops the workers.
    """
    context = multiprocessing.get_context("fork" if fork.usable() else "spawn")
    if fork.usable():
        executor()  # its imports are then shared by all workers
    waiting, workers, news = deque(tasks), [], []
    try:
        while waiting or news or any(worker.task for worker in workers):
            started = []
            while waiting and sum(1 for worker in workers if worker.task) < jobs:
                worker = next((one for one in workers if not one.task), None)
                if worker is None:
                    workers.append(worker := Worker(context, executor))
                worker.give(waiting.popleft())
                started.append(("start", worker.task, None))
            yield from [*news, *started, ("tick", None, None)]  # what has ended is looked after while others run
            news = _news(workers)
    finally:
        for worker in workers:
            worker.process.terminate()
        for worker in workers:
            worker.stop()


def _news(workers):
    """Return what the workers say now; forget those that died."""
    news, by_connection = [], {worker.connection: worker for worker in workers if worker.task}
    for connection in wait(list(by_connection), timeout=TICK if by_connection else 0):
        worker = by_connection[connection]
        (kind, what), task = worker.message(), worker.task
        if kind == "died":
            workers.remove(worker)
            kind = "late" if time.monotonic() > worker.deadline else "died"
        if kind != "cell":
            worker.task = None
        news.append((kind, task, what))
    for worker in by_connection.values():
        if worker.task and time.monotonic() > worker.deadline:
            worker.process.kill()
    return news


def processors():
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _work(connection, executor):
    """Be a worker: execute the tasks that come, until there are no more or the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which then stops the workers
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    threading.Thread(target=_go_with_parent, daemon=True).start()
    execute = executor()
    with closing(connection):
        while True:
            try:
                task = connection.recv()
            except EOFError:
                return
            connection.send(("done", execute(task, lambda *cell: connection.send(("cell", cell)))))


def _go_with_parent():
    multiprocessing.parent_process().join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(3)
    os._exit(1)
