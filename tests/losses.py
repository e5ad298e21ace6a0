"""A run on several hosts that loses one of them, a worker, a nanny, a cable or its driver: nothing may be lost for good,
published twice or half.

    .venv/bin/python tests/losses.py 50 10        (so many kills and pulled cables, at random moments; needs root)
"""

import hashlib
import json
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

import psutil
from hosts import Hosts
from projects import Project

PERIODS = ("2024-S1", "2024-S2", "2025-S1")
SLOW = "import time; time.sleep({seconds})\n"
LINE = "telecom.bts,4G,{value},,,=,A,{value},I.2.1.b,,"


class Losses:
    """A project that has run once here, and is run again and again on hosts that fail."""

    def __init__(self, hosts, root, seconds=0.7):
        self.hosts, self.it = hosts, Project(root, "draws", "draws-two", "reads", "shows-where-it-is")
        for number in range(2, 4):
            self.it.add(f"reads-{number}", "reads")
        for path in (root / "notebooks").glob("*.ipynb"):
            notebook = json.loads(path.read_text(encoding="utf-8"))
            cell = next(cell for cell in notebook["cells"] if "import" in "".join(cell["source"]))
            cell["source"] = [SLOW.format(seconds=seconds), *cell["source"]]
            path.write_text(json.dumps(notebook), encoding="utf-8")
        for value, period in enumerate(PERIODS[1:], 900):
            self.it.add_period(period, LINE.format(value=value))
        result = self.it.run(*PERIODS)
        assert result.exit_code == 0, result.output
        self.whole, self.count = self.results(), result.output.count("done   ")
        self.took = self.count * (seconds + 0.3) / hosts.count / hosts.threads

    def results(self):
        return {name: content for name, content in self.it.contents().items() if not name.endswith("run.json")}

    def start(self, *arguments, periods=PERIODS, host=0, **options):
        """Run on the cluster, on the scheduler's host or another."""
        options["env"] = {**options.get("env", {}), "BGDATA_ROOT": str(self.it.root)}
        self.log = tempfile.TemporaryFile("w+")
        words = ["run", *periods, "--cluster", self.hosts.address, *arguments]
        return self.hosts.start(host, "-m", "bgtools", *words, stdout=self.log, stderr=self.log, **options)

    def said(self):
        return os.pread(self.log.fileno(), 10**6, 0).decode()  # the run's own place in the file stays where it is

    def wait_for(self, text, seconds=60):
        """Wait until a run says something."""
        end = time.monotonic() + seconds
        while text not in self.said() and time.monotonic() < end:
            time.sleep(0.1)

    def true(self):
        """Every entry of every run.json names files that are just what it says; return how many entries are done."""
        done = 0
        for period in PERIODS:
            with suppress(FileNotFoundError):
                for entry in json.loads(self.it.result(f"build/{period}/run.json"))["notebooks"].values():
                    done += entry["status"] == "done"
                    for name, sha in entry["outputs"].items():
                        assert hashlib.sha256(self.it.path(name).read_bytes()).hexdigest() == sha, name
        return done

    def settle(self, run):
        """Wait for the end: all is done, each once, with the bytes of a run on this machine."""
        status, said = run.wait(300), self.said()
        assert status == 0, said
        assert set(Counter(re.findall(r"^done   (.*?\))", said, re.MULTILINE)).values()) <= {1}, said
        assert said.count("done   ") == self.count, said
        self.whole_again()

    def whole_again(self):
        assert self.true() == self.count
        assert self.results() == self.whole
        assert not self.it.path("build/.staging").exists()


# kinds of loss: each gets the losses, a moment in seconds and a host


def worker(it, moment, host):
    """A worker is killed; its nanny starts another."""
    run = it.start("--force")
    time.sleep(moment)
    if process := it.hosts.worker(host):
        process.kill()
    it.settle(run)


def hung(it, moment, host):
    """A worker hangs, with all that it started; it is unheard of and started anew."""
    run = it.start("--force")
    time.sleep(moment)
    if process := it.hosts.worker(host):
        process.suspend()
    it.settle(run)
    for process in it.hosts.processes(host):
        process.resume()


def nanny(it, moment, host):
    """A nanny is killed, and its worker with it; a person starts it again."""
    run = it.start("--force")
    time.sleep(moment)
    it.hosts.running[host].kill()
    it.settle(run)
    it.hosts.kill(host)
    it.hosts.work(host)


def power(it, moment, host):
    """A host goes dark: everything on it is gone at once, and its cable is dead."""
    run = it.start("--force")
    time.sleep(moment)
    it.hosts.pull(host)
    it.hosts.kill(host)
    it.settle(run)
    it.hosts.plug(host)
    it.hosts.work(host)


def cable(it, moment, host):
    """A cable is pulled; when it is plugged in again, the worker comes back by itself."""
    run = it.start("--force")
    time.sleep(moment)
    it.hosts.pull(host)
    it.settle(run)
    it.hosts.plug(host)
    it.hosts.wait(seconds=150)


def link(it, moment, host, seconds=30):
    """The cable of the driver's own host is pulled for half a minute, and that of a worker with it."""
    run = it.start("--force", host=host)
    it.wait_for("done   ")  # it is at work
    time.sleep(moment / 2)
    it.hosts.pull(host)
    time.sleep(seconds)
    it.hosts.plug(host)
    it.settle(run)
    it.hosts.wait(seconds=150)


def driver(it, moment, _):
    """The driver is killed: what it published stays and is true, and the next run does what is left."""
    for period in PERIODS:
        it.it.path(f"build/{period}/run.json").unlink(missing_ok=True)
    run = it.start("--force")
    time.sleep(moment)
    with suppress(psutil.Error):
        psutil.Process(run.pid).kill()
    run.wait()
    before = it.true()
    run = it.start()
    status, said = run.wait(300), it.said()
    assert status == 0 and said.count("done   ") == it.count - before, (before, said)
    it.whole_again()


KILLS = {"worker": worker, "nanny": nanny, "host": power, "driver": driver}


def main(kills, cables, seed="losses"):
    chance = random.Random(seed)
    kinds = [chance.choice([*KILLS]) for _ in range(kills)] + ["cable"] * cables
    with tempfile.TemporaryDirectory() as folder, Hosts(Path(folder) / "hosts", 3) as hosts:
        hosts.wait()
        it = Losses(hosts, Path(folder) / "project")
        for number, kind in enumerate(kinds):
            hosts.wait()
            moment, host, began = chance.uniform(0, it.took + 2), chance.randint(1, hosts.count), time.monotonic()
            (cable if kind == "cable" else KILLS[kind])(it, moment, host)
            print(
                f"{number + 1} {kind} of host {host} after {moment:.1f} s: {time.monotonic() - began:.1f} s", flush=True
            )
    print(Counter(kinds))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]), *sys.argv[3:])
