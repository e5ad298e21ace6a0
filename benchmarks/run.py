"""Time the ways of running the project's notebooks, side by side, and write the table that the README quotes.

Every way runs in each round, in a copy of the project, so that a busy moment of the machine meets all of them; the
short ones, which such a moment would change most, run three times in turn. One round more, not timed, measures memory.
The limit is the same cells as plain code in as many warm processes as there are processors: whole processes,
everything imported once. Peers that this project does not depend on are installed beside it, in build/peers.

    .venv/bin/python benchmarks/run.py [--rounds N] [--only WAY]... [--before CHECKOUT] [--write]

All of it, three rounds, takes about twenty minutes on two quiet processors; `--only ploomber --only "bgdata run"` three.

With --write, what was measured becomes the README's table, and run.md.

With --before, another checkout of this project, with a .venv of its own, takes part with its own notebooks and data.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
import venv
from datetime import date
from pathlib import Path

import psutil
import readme

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PERIOD = "2024-S1"
BIN = Path(sys.executable).parent
PROCESSORS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
PAPERMILL = f"{BIN}/papermill --cwd notebooks -p period {PERIOD} -p lang vi --no-progress-bar"
NAMES = "ls notebooks/*.ipynb | xargs -n 1 basename"
PEERS = ROOT / "build" / "peers"  # a .venv of their own, with this one's packages behind it
WANTED = ("ploomber-engine", "jupyter-cache")
WAYS = {
    "shell loop of papermill": f"for name in $({NAMES}); do {PAPERMILL} notebooks/$name out/$name; done",
    f"papermill, {PROCESSORS} at a time (xargs)": f"{NAMES} | xargs -P {PROCESSORS} -I% {PAPERMILL} notebooks/% out/%",
    "jupyter nbconvert --execute, one call": (
        f"{BIN}/jupyter nbconvert --execute --to notebook --output-dir out notebooks/*.ipynb"
    ),
    "loop over papermill.execute_notebook": f"{sys.executable} {HERE}/ways.py loop",
    f"{PROCESSORS} processes calling execute_notebook": f"{sys.executable} {HERE}/ways.py processes",
    f"{PROCESSORS} processes calling nbclient": f"{sys.executable} {HERE}/ways.py nbclient_pool",
    "jupyter-cache, local-parallel": f"{PEERS}/bin/python {HERE}/ways.py cache",
    "ploomber-engine, one process": f"{PEERS}/bin/python {HERE}/ways.py ploomber",
    f"ploomber-engine, pool of {PROCESSORS}": f"{PEERS}/bin/python {HERE}/ways.py ploomber_pool",
    "bgdata run --force, nothing forked": f"BGDATA_WARM=0 {BIN}/bgdata run {PERIOD} --force",
    "bgdata run --force": f"{BIN}/bgdata run {PERIOD} --force",
    "limit: plain code in warm processes": f"{sys.executable} {HERE}/ways.py limit",
}
LOOP, *_, POOL, UNFORKED, OURS, LIMIT = WAYS
BEFORE = f"{OURS} (before)"
SHORT = (BEFORE, POOL, OURS, LIMIT)


def install_peers():
    """Install the peers once."""
    if (PEERS / "ready").exists():
        return
    venv.create(PEERS, with_pip=True, clear=True)
    behind = next(PEERS.glob("**/site-packages")) / "behind.pth"
    behind.write_text(f"{sysconfig.get_path('purelib')}\n{ROOT}\n", encoding="utf-8")
    subprocess.run([PEERS / "bin" / "pip", "install", "--quiet", *WANTED], check=True)
    (PEERS / "ready").touch()


def measured(way, folder):
    """Run a way in a copy of the project; return (wall seconds, processor seconds).

    Raises
    ------
    subprocess.CalledProcessError
        It failed; its output was printed.
    """
    process, log = started(way, folder)
    before, start = processor_seconds(), time.perf_counter()
    finish(process, log, way)
    return time.perf_counter() - start, processor_seconds() - before


def started(way, folder):
    for name in ("out", "figures", "build"):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir()
    environ = {**os.environ, "BGDATA_ROOT": str(folder), "BGDATA_FIGURES": str(folder / "figures")}
    log = open(folder / "log", "w+")
    return subprocess.Popen(["sh", "-ec", WAYS[way]], cwd=folder, env=environ, stdout=log, stderr=log), log


def finish(process, log, way):
    with log:
        if process.wait():
            log.seek(0)
            print(log.read(), file=sys.stderr)
            raise subprocess.CalledProcessError(process.returncode, way)


def processor_seconds():
    """Return the processor seconds of all processes that have ended below this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def peak_memory(way, folder):
    """Return the peak of the memory of all processes of a way, in MB; what they share is counted once."""
    process, log = started(way, folder)
    peak, ended = [0], threading.Event()

    def watch():
        while not ended.wait(0.1):
            peak[0] = max(peak[0], memory(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    finish(process, log, way)
    ended.set()
    watcher.join()
    return peak[0] / 1e6


def memory(pid):
    total = 0
    try:
        for process in psutil.Process(pid).children(recursive=True):
            try:
                total += process.memory_full_info().pss
            except (psutil.Error, OSError):
                continue
    except psutil.Error:
        pass
    return total


def rows(ways, times, peaks):
    """Yield the table's lines: medians, ranges, and ratios to the loop and to the limit."""
    median = {way: statistics.median(wall for wall, _ in times[way]) for way in ways}
    yield "| way | wall s (least to most) | processor s | peak MB | times faster than the loop | of the limit |"
    yield "|---|---|---|---|---|---|"
    for way in ways:
        walls = [wall for wall, _ in times[way]]
        used = statistics.median(cpu for _, cpu in times[way])
        loop = f"{median[LOOP] / median[way]:.1f}" if LOOP in median else ""
        limit = f"{median[way] / median[LIMIT]:.2f}" if LIMIT in median else ""
        spread = f"{median[way]:.1f} ({min(walls):.1f} to {max(walls):.1f})"
        peak = f"{peaks[way]:.0f}" if way in peaks else ""
        yield f"| {way} | {spread} | {used:.1f} | {peak} | {loop} | {limit} |"


def copied(root, folder):
    """Copy what a run needs of a project, once."""
    copy = folder / root.resolve().as_posix().strip("/").replace("/", "-")
    for name in ("data", "notebooks"):
        if not (copy / name).exists():
            shutil.copytree(root / name, copy / name)
    return copy


def main():
    """Measure, print the table, and write it if that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", action="append", default=[], metavar="WAY", help="part of a way's name")
    parser.add_argument("--no-memory", action="store_true")
    parser.add_argument("--before", type=Path, metavar="CHECKOUT", help="another checkout, with a .venv of its own")
    parser.add_argument("--write", action="store_true", help="the README's table and run.md")
    asked = parser.parse_args()
    if asked.before:
        WAYS[BEFORE] = f"{asked.before.resolve()}/.venv/bin/bgdata run {PERIOD} --force"
    ways = [way for way in WAYS if not asked.only or any(part in way for part in asked.only)]
    if any(str(PEERS) in WAYS[way] for way in ways):
        install_peers()
    times, peaks = {way: [] for way in ways}, {}
    with tempfile.TemporaryDirectory() as folder:
        copies = {way: copied(asked.before if way == BEFORE else ROOT, Path(folder)) for way in ways}
        for number in range(asked.rounds):
            for way in [*ways, *[way for way in ways if way in SHORT] * 2]:
                times[way].append(measured(way, copies[way]))
                print(f"round {number + 1}: {way}: {times[way][-1][0]:.1f} s", file=sys.stderr)
        if not asked.no_memory:
            peaks = {way: peak_memory(way, copies[way]) for way in ways}
    count = len(list((ROOT / "notebooks").glob("*.ipynb")))
    table = "\n".join(
        [
            f"{count} notebooks, {PROCESSORS} processors, medians of {asked.rounds} rounds, {date.today()}.\n",
            *rows(ways, times, peaks),
        ]
    )
    print(table)
    if asked.write:
        readme.shown("run", table)


if __name__ == "__main__":
    main()
