"""Several notebooks at a time, each in a worker process that dies with this one.

A worker that is killed loses its notebook and nothing else; a worker that does not stop when it should is killed.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from contextlib import closing
from multiprocessing.connection import wait

from bgtools.run import fork

GRACE = 20  # seconds past its limit after which a notebook's worker is killed
TICK = 0.5  # seconds between two looks at the clock


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


def results(tasks, executor, choose, *, jobs):
    """Execute tasks several at a time; yield what happens as it happens.

    Parameters
    ----------
    tasks : collection
    executor : callable
        Importable by its name; returns ``execute(task, told)``, which runs in the workers.
    choose : callable
        Takes the tasks that wait and those that run, and returns the one to start next.
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
    waiting, workers, news = list(tasks), [], []
    try:
        while waiting or news or any(worker.task for worker in workers):
            started = []
            while waiting and len(running := [worker.task for worker in workers if worker.task]) < jobs:
                worker = next((one for one in workers if not one.task), None)
                if worker is None:
                    workers.append(worker := Worker(context, executor))
                worker.give(choose(waiting, running))
                waiting.remove(worker.task)
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
