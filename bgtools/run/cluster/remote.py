"""What a worker does: it lays the project out, executes a notebook beside others, and hands back what it made.

Also a preload module of Dask's: whatever starts workers, `--preload bgtools.run.cluster.remote` makes them ours. Each
then offers a resource whose name tells the versions of all that computes, so that the scheduler itself gives no
notebook to a worker that would compute something else.
"""

import atexit
import hashlib
import shutil
import socket
import tempfile
import threading
from collections import Counter
from contextlib import ExitStack, nullcontext
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from distributed import get_worker

from bgdata.errors import RunError
from bgdata.files import reason
from bgdata.voice import Message, speaking
from bgtools.run import driver, fork, lock, plan
from bgtools.run.cluster.bundle import unpacked
from bgtools.run.pool import Outcome, failure
from bgtools.run.results import digest

NAME = "bgtools.run.cluster.remote"
ROOM = 16_000_000  # bytes; with less than this free, a disk is full
NEEDED = ("dask", "distributed", "msgpack")

_lock, _alone, _used = threading.Lock(), threading.Lock(), Counter()


@cache
def versions():
    """Return what has to be the same on all machines for the same bytes: code and versions."""
    snapshot = plan.Snapshot(Path("nowhere"))
    folder = Path(__file__).parents[2]
    code = [*snapshot.code.items(), *((path.name, digest(path)) for path in sorted(folder.rglob("*.py")))]
    needed = {name: version(name) for name in NEEDED}
    return {**snapshot.versions, **needed, "bgdata": hashlib.sha256(repr(code).encode()).hexdigest()[:8]}


def resource():
    """Return the name of the resource that workers of these versions offer, one for each notebook at a time."""
    return "bgdata-" + hashlib.sha256(repr(sorted(versions().items())).encode()).hexdigest()[:12]


async def described(worker):
    """Tell the scheduler what this worker is."""
    return {"versions": versions(), "host": socket.gethostname()}


def dask_setup(worker):
    """Make a Dask worker one of ours, before it is known to the scheduler: with kernels warm."""
    for amounts in (worker.state.total_resources, worker.state.available_resources):
        amounts[resource()] = worker.state.nthreads
    worker.startup_information["bgdata"] = described
    fork.prestart(worker.local_directory)
    _ready(_folder(worker))


def strict(dask_scheduler):
    """Let a scheduler give up a worker that is not heard of for 30 s, and a notebook that took three workers along."""
    dask_scheduler.allowed_failures = min(dask_scheduler.allowed_failures, 2)
    watch = dask_scheduler.periodic_callbacks.get("worker-ttl")
    if watch and dask_scheduler.worker_ttl > 30:
        dask_scheduler.worker_ttl = 30
        watch.stop()
        watch.callback_time = 10_000
        watch.start()


def executed(lot, bundle, run):
    """Execute notebooks on this worker, one after the other.

    Parameters
    ----------
    lot : list of bgtools.run.pool.Task
    bundle : bytes
        The project.
    run : str
        Whose events the driver hears; each run lays the project out for itself.

    Returns
    -------
    list of (bgtools.run.pool.Outcome, dict of str to bytes)
        Of each what became of it, `lost` where it was this machine's fault, and the files that it made, by the path below
        its staging folder.
    """
    worker = get_worker()
    key, ended = worker.get_current_task(), []
    for at, task in enumerate(lot):

        def told(*cell, at=at):
            worker.log_event(run, {"key": key, "worker": worker.address, "at": at, "cell": cell})

        if key not in worker.state.tasks or worker.state.tasks[key].state == "cancelled":
            raise RuntimeError("nobody waits for it")
        told()
        with speaking(task.speech):
            ended.append(_executed(task, bundle, run, told))
    return ended


def _executed(task, bundle, run, told):
    home = _folder(get_worker())
    try:
        with _project(home, run, bundle) as root, _alone if task.plain else nullcontext():
            execute, private = _ready(home)
            here = replace(_moved(task, root), private=private)
            outcome, files = execute(here, told), {}
            if here.staging.exists():
                files = {name: (here.staging / name).read_bytes() for name in _made(outcome)}
            shutil.rmtree(here.staging, ignore_errors=True)
        full = outcome.error and shutil.disk_usage(home).free < ROOM
        return (_lost(Message("No space left on device"), outcome), {}) if full else (outcome, files)
    except OSError as error:
        return _lost(reason(error), Outcome()), {}


def _folder(worker):
    return Path(worker.local_directory).resolve()


@cache
def _ready(folder):
    """Return the function that executes, and a private folder for sockets, as long as this process lives."""
    kept = ExitStack()
    kept.enter_context(lock.ipython_within(folder))
    private = kept.enter_context(lock.private())
    atexit.register(kept.close)
    return driver.executor(), private


class _project:
    """A project's folder while notebooks of it are executed; what earlier runs left here goes when it is made."""

    def __init__(self, home, run, content):
        self.root, self.content = home / f"bgdata-{run}-{hashlib.sha256(content).hexdigest()[:12]}", content

    def __enter__(self):
        with _lock:
            if not self.root.exists():
                for other in self.root.parent.glob("bgdata-*"):
                    if not _used[other]:
                        shutil.rmtree(other, ignore_errors=True)
                aside = Path(tempfile.mkdtemp(dir=self.root.parent))  # of mode 700: what is printed is nobody else's
                try:
                    unpacked(self.content, aside)
                    aside.rename(self.root)
                finally:
                    shutil.rmtree(aside, ignore_errors=True)
            _used[self.root] += 1
        return self.root

    def __exit__(self, *_):
        with _lock:
            _used[self.root] -= 1


def _moved(task, root):
    """Return the task as it stands in this machine's copy of the project."""
    home = task.home or task.root
    there = {name: root / getattr(task, name).relative_to(home) for name in ("root", "source", "staging")}
    shutil.rmtree(there["staging"], ignore_errors=True)
    return replace(task, home=root, **there)


def _made(outcome):
    return [*(f"figures/{name}" for name in outcome.figures), *(["copy.ipynb"] if outcome.copy else [])]


def _lost(why, outcome):
    error = RunError("worker {host}: {why}", host=socket.gethostname(), why=why)
    return replace(outcome, error=failure(error, "WorkerError"), figures={}, copy=None, lost=True)
