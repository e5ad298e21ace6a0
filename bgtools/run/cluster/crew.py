"""The driver's end of a cluster: notebooks are handed out, and what becomes of them is heard.

Each is executed at least once; what counts is what the driver makes of it. What was lost with a machine or a connection
is handed out again; what a notebook did wrong is not. Many hands get them by the lot, which is what one area reports of one
period. Nothing is scattered: what Dask makes for us it can make again.
"""

import queue
import shutil
import time
import uuid
from collections import defaultdict, deque
from contextlib import suppress
from dataclasses import dataclass, replace

from distributed import Future, KilledWorker
from distributed.client import FutureCancelledError
from distributed.comm import CommClosedError

from bgdata.errors import RunError, WriteError
from bgdata.files import cannot_write
from bgdata.voice import Message
from bgtools.run.cluster import remote
from bgtools.run.cluster.bundle import packed
from bgtools.run.cluster.connection import ANSWER, AWAY, connected
from bgtools.run.pool import GRACE, TICK, Outcome, failure

LOOK = 2.0  # seconds between two looks at who is there
UNSEEN = 15  # seconds without a word after which a worker is the scheduler's business
REFUSED = 10  # seconds after which workers that are all refused are no more waited for
FEW = 16  # notebooks at a time, up to which each is handed out by itself
TRIES = 2  # times more that a notebook is handed out where machines were at fault
LOST = (TimeoutError, OSError, CommClosedError, FutureCancelledError)


@dataclass
class Given:
    """A lot in the hands of the cluster; which is `at` work, its `worker`, and `late` (a moment) are told as it goes."""

    lot: list
    future: Future
    at: int = 0
    worker: str = ""
    late: float = float("inf")


def results(tasks, address, *, jobs=None):
    """Execute tasks on a cluster; yield what happens, as :func:`bgtools.run.pool.results` does.

    Parameters
    ----------
    tasks : iterable of Task
    address : str
        See :class:`bgtools.run.cluster.address.Address`.
    jobs : int, optional
        At most so many at a time.

    Yields
    ------
    (str, task, object)
        As from the pool, and ``"note"`` (None, a message).

    Raises
    ------
    UnknownName, RunError
        There is no such cluster, nobody there can be used, or it is gone and does not come back.
    """
    with connected(address) as client:
        crew = Crew(client, tasks, jobs)
        try:
            if not address.startswith("local") and (link := crew.dashboard):
                yield "note", None, Message("The cluster's dashboard: {link}", link=link)
            while crew.waiting or crew.given:
                crew.hand_out()
                yield ("tick", None, None)
                yield from crew.news()
        finally:
            crew.leave()


class Crew:
    """The workers of a cluster, and what they were given."""

    def __init__(self, client, tasks, jobs):
        self.connect, self.jobs = client, jobs
        self.waiting, self.given, self.failed = deque([task] for task in tasks), {}, defaultdict(list)
        self.bundles, self.workers, self.refused = {}, {}, {}
        self.gathered, self.looked = False, 0.0
        self._begin(client())

    def _begin(self, client):
        """Speak with a scheduler, under a name that was never used before."""
        self.client, self.run, self.heard = client, uuid.uuid4().hex[:12], queue.SimpleQueue()
        self.sent, self.since, self.link = {}, time.monotonic(), client.scheduler_comm
        heard = self.heard
        client.subscribe_topic(self.run, lambda event: heard.put(("event", event[1])))

    @property
    def dashboard(self):
        """str: the address of JupyterLab's and the browser's view of the workers; empty where the scheduler shows none."""
        shown = self.client.scheduler_info(n_workers=0).get("services", {}).get("dashboard")
        return self.client.dashboard_link if shown else ""

    @property
    def lost(self):
        """bool: the connection is, or was for a moment: Dask makes another one, over which nobody hears of what was given."""
        return self.client.status == "closed" or self.client.scheduler_comm is not self.link

    def hand_out(self):
        """Give as many tasks as the workers have hands, and a few more, so that none of them waits for us."""
        places = sum(worker["nthreads"] for worker in self.workers.values())
        hands = min(places, self.jobs or places)
        if hands > FEW and not self.gathered:
            self._gather(hands)
        most = hands if self.jobs else places + places // 4 + bool(places)
        while self.waiting and len(self.given) < most and not self.lost:
            self._give(self.waiting.popleft())

    def _gather(self, hands):
        """Put together what waits of one area and period, unless some hands would have nothing to do then."""
        lots = defaultdict(list)
        for lot in self.waiting:
            lots[lot[0].area, lot[0].period] += lot
        if len(lots) >= hands:
            self.waiting, self.gathered = deque(lots.values()), True

    def _again(self, tasks):
        """Let tasks wait once more, each by itself: one of a lot may be what took its worker along."""
        self.waiting.extendleft([task] for task in reversed(tasks))

    def _give(self, lot):
        """Submit a lot; it is told when it has ended."""
        key, heard, home = f"notebook-{self.run}-{uuid.uuid4().hex[:12]}", self.heard, lot[0].home or lot[0].root
        failed = {name for task in lot for name in self.failed[task]}
        elsewhere = [name for name in self.workers if name not in failed]
        future = self.client.submit(
            remote.executed,
            lot,
            self._bundle(home),
            self.run,
            key=key,
            pure=False,
            resources={remote.resource(): 1},
            workers=elsewhere if failed and elsewhere else None,
        )
        self.given[key] = Given(lot, future)
        future.add_done_callback(lambda future: heard.put(("ended", future.key)))

    def _bundle(self, root):
        """Return the future of a project's bytes: made by a task, it can be made again when its worker is lost."""
        if root not in self.bundles:
            self.bundles[root] = packed(root)
        if root not in self.sent:
            key = f"project-{self.run}-{len(self.sent)}"
            self.sent[root] = self.client.submit(
                bytes, self.bundles[root], key=key, pure=False, resources={remote.resource(): 1}
            )
        return self.sent[root]

    def news(self):
        """Yield what happens within a moment."""
        yield from self._look()
        yield from self._late()
        with suppress(queue.Empty):
            news = [self.heard.get(timeout=TICK)]
            while not self.heard.empty():
                news.append(self.heard.get())
            for kind, what in news:
                yield from self._began(what) if kind == "event" else self._ended(what)

    def _began(self, event):
        """Take what a worker says of a lot: the notebook that it begins, or the cell that it is at."""
        given = self.given.get(event["key"])
        if given and event["cell"]:
            yield "cell", given.lot[event["at"]], tuple(event["cell"])
        elif given:
            given.at, given.worker = event["at"], event["worker"]
            given.late = time.monotonic() + given.lot[given.at].limit + GRACE
            yield "start", given.lot[given.at], None

    def _ended(self, key):
        """Take what became of a lot; hand it out again, elsewhere, where a machine was at fault."""
        given = self.given.get(key)
        if not given or self.lost:  # all of a lost connection is handed out again
            return
        try:
            ended = given.future.result(timeout=ANSWER)
        except KilledWorker as error:
            one = Outcome(error=failure(_killed(error), "ProcessError"), lost=len(given.lot) > 1)
            ended = [(one, {})] * len(given.lot)
        except LOST:  # what it made went with its worker, and is being made again
            given.future.add_done_callback(lambda future: self.heard.put(("ended", future.key)))
            return
        except Exception as error:  # the cluster's: what a notebook does wrong is an outcome
            wrong = failure(RunError("the cluster failed: {why}", why=f"{type(error).__name__}: {error}"))
            ended = [(Outcome(error=wrong, lost=True), {})] * len(given.lot)
        del self.given[key]
        given.future.release()
        for task, (outcome, files) in zip(given.lot, ended, strict=True):
            if outcome.lost and len(self.failed[task]) < TRIES:
                self.failed[task].append(given.worker)
                self._again([task])
            else:
                yield "done", task, _laid_down(task, replace(outcome, lost=False), files)

    def _late(self):
        """Restart the workers whose notebooks are not done long after their time; each is lost for good."""
        now = time.monotonic()
        for key, given in list(self.given.items()):
            if now < given.late:
                continue
            if given.worker in self.workers and time.time() - self.workers[given.worker]["last_seen"] < UNSEEN:
                del self.given[key]
                given.future.cancel()
                self.client.restart_workers([given.worker], timeout=ANSWER, raise_for_error=False)
                self._again([task for task in given.lot if task is not given.lot[given.at]])
                yield "late", given.lot[given.at], None
            else:
                given.late = now + AWAY

    def _look(self):
        """See who is there; where the connection is lost, make it anew, and hand out again what was given."""
        if time.monotonic() < self.looked + LOOK:
            return
        self.looked = time.monotonic()
        if self.lost:
            yield "note", None, Message("The connection to the cluster is lost; trying again.")
            with suppress(*LOST, RuntimeError):
                self.client.close(timeout=ANSWER)
            self.waiting.extendleft(given.lot for given in self.given.values())
            self.given.clear()
            self._begin(self.connect(AWAY))
        if self.client.status == "running":
            with suppress(*LOST):
                yield from self._sort(self.client.scheduler_info()["workers"])

    def _sort(self, found):
        """Part the workers that can be used from those that are refused, and say why they are."""
        ours = remote.resource()
        self.workers = {name: one for name, one in found.items() if ours in one["resources"]}
        for name in found.keys() - self.workers.keys() - self.refused.keys():
            self.refused[name] = _difference(found[name])
            yield "note", None, Message("Worker {name} is refused: {why}.", name=name, why=self.refused[name])
        if found and not self.workers and not self.given and time.monotonic() > self.since + REFUSED:
            raise RunError("None of the workers can be used: {why}.", why=next(iter(self.refused.values())))

    def leave(self):
        """Let go of all that was handed out; what a worker is at it ends, and nobody hears of it."""
        with suppress(*LOST, RuntimeError):  # which a client without a connection raises
            self.client.cancel([*(given.future for given in self.given.values()), *self.sent.values()])
        with suppress(*LOST, RuntimeError):
            self.client.close(timeout=ANSWER)


def _difference(worker):
    """Say why a worker cannot be used."""
    if "bgdata" not in worker:
        return Message("it was not started by bgdata worker")
    theirs, here = worker["bgdata"]["versions"], remote.versions()
    differing = [name for name in here if theirs.get(name) != here[name]]
    return Message(
        "it has {theirs}; here is {ours}",
        theirs=[f"{name} {theirs.get(name)}" for name in differing],
        ours=[f"{name} {here[name]}" for name in differing],
    )


def _killed(error):
    worker = getattr(error.last_worker, "address", "?")
    return RunError("its worker was lost three times while it ran, the last time {worker}", worker=worker)


def _laid_down(task, outcome, files):
    """Write what a notebook made into its staging folder, as if it had been executed here; return the outcome."""
    shutil.rmtree(task.staging, ignore_errors=True)
    try:
        with cannot_write(task.staging):
            for name, content in files.items():
                path = task.staging / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    except WriteError as error:
        return replace(outcome, error=failure(error), figures={}, copy=None)
    return outcome
