"""Time a run against the number of hosts and of workers, and what a notebook costs more there; write cluster.md and the picture.

Hosts are network namespaces of this machine (needs root and iproute2), so that more of them have no more processors: the
project's own notebooks can be no faster than those. Notebooks that wait instead of computing show what the cluster itself
would do on machines of their own. Least of some rounds for times, which other work only makes longer; medians for
processor seconds.

    .venv/bin/python benchmarks/cluster.py [--rounds N]
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests")]

from hosts import Hosts
from losses import SLOW
from projects import Project

HOSTS = (1, 2, 3)
WORKERS = (1, 2, 4, 8, 16)
WAITING, SECONDS = 48, 2.0


def project(root, waiting=0):
    """The project's own notebooks, or some that wait."""
    made = Project(root)
    if not waiting:
        shutil.rmtree(root / "notebooks")
        shutil.copytree(HERE.parent / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".*"))
    for number in range(waiting):
        made.add(f"waits-{number:02}", "shows-where-it-is")
        path = root / "notebooks" / f"waits-{number:02}.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cell = next(cell for cell in notebook["cells"] if "import" in "".join(cell["source"]))
        cell["source"] = [SLOW.format(seconds=SECONDS), *cell["source"]]
        path.write_text(json.dumps(notebook), encoding="utf-8")
    return made


def measured(hosts, it, *arguments):
    """Run all of a project; return (wall seconds, processor seconds of driver, scheduler, workers and kernels)."""
    before, start = spent(hosts), time.perf_counter()
    run = hosts.start(
        0, "-m", "bgtools", "run", "--force", *arguments,
        env={"BGDATA_ROOT": str(it.root)}, stdout=open(hosts.folder / "run.log", "w"),
    )  # fmt: skip
    assert run.wait() == 0, (hosts.folder / "run.log").read_text()
    return time.perf_counter() - start, spent(hosts) - before


def spent(hosts):
    """Processor seconds of what runs on the hosts, with its children that have ended, and of ours that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    times = [process.cpu_times() for host in hosts.running for process in hosts.processes(host)]
    return used.ru_utime + used.ru_stime + sum(sum(one[:4]) for one in times)


def by_hosts(folder, rounds):
    """Least seconds of the project's notebooks by hosts, and what each cost more than here, in milliseconds."""
    it, found, more = project(folder / "real"), {}, []
    for count in HOSTS:
        with Hosts(folder / f"hosts{count}", count) as hosts:
            hosts.wait()
            measured(hosts, it, "--cluster", hosts.address)  # the first is warm for nobody
            times = []
            for _ in range(rounds):
                here = measured(hosts, it, "--jobs", str(count))[1]
                wall, there = measured(hosts, it, "--cluster", hosts.address)
                times.append(wall)
                more.append((there - here) / 13 * 1000)
            found[count] = min(times)
    return found, statistics.median(more)


def by_workers(folder, rounds):
    """Least seconds of the notebooks that wait, by workers: threads of two hosts, or of one."""
    it, found = project(folder / "waiting", WAITING), {}
    for count in WORKERS:
        with Hosts(folder / f"workers{count}", min(count, 2), threads=max(1, count // 2)) as hosts:
            hosts.wait()
            found[count] = min(measured(hosts, it, "--cluster", hosts.address)[0] for _ in range(rounds))
    return found


def drawn(found, path):
    """Draw time against workers, beside what as many would take at best."""
    import matplotlib.pyplot as plt

    import bgdata as bg

    with bg.style():
        figure, axes = plt.subplots(figsize=(16 / 2.54, 8 / 2.54), layout="constrained")
        best = [WAITING * SECONDS / count for count in found]
        axes.plot([*found], best, color="#8a8a8a", linewidth=1, linestyle="--")
        axes.plot([*found], [*found.values()], color="#12436D", marker="o")
        for count, seconds in found.items():
            axes.annotate(f"{seconds:.1f} s", (count, seconds), (4, 5), textcoords="offset points", color="#12436D")
        axes.annotate(
            "at best", ([*found][-1], best[-1]), (0, -12), textcoords="offset points", ha="right", color="#555555"
        )
        axes.set_xscale("log", base=2)
        axes.set_yscale("log", base=2)
        axes.set_ylim(4, 192)
        axes.set_xticks([*found], [str(count) for count in found])
        axes.set_yticks([4, 8, 16, 32, 64, 128], [f"{seconds} s" for seconds in (4, 8, 16, 32, 64, 128)])
        axes.minorticks_off()
        axes.set_xlabel("workers")
        axes.set_title(f"{WAITING} notebooks that wait {SECONDS:.0f} seconds each", loc="left")
        figure.savefig(path, dpi=160, metadata={"Software": None})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        hosts, more = by_hosts(Path(name), rounds)
        workers = by_workers(Path(name), rounds)
    lines = [
        f"Here on {len(os.sched_getaffinity(0))} processors; least of {rounds} rounds. Hosts are network namespaces, joined "
        f"by TLS. Of processor time, a notebook costs {more:+.0f} ms on a cluster against a run here (median; driver, scheduler, workers and kernels).",
        "",
        "| hosts of one worker | 13 notebooks of the report, s |\n|---|---|\n"
        + "\n".join(f"| {count} | {seconds:.1f} |" for count, seconds in hosts.items()),
        "",
        f"| workers | {WAITING} notebooks that wait {SECONDS:.0f} s, s | at best, s |\n|---|---|---|\n"
        + "\n".join(
            f"| {count} | {seconds:.1f} | {WAITING * SECONDS / count:.1f} |" for count, seconds in workers.items()
        ),
    ]
    (HERE / "cluster.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    drawn(workers, HERE.parent / "docs" / "cluster.png")
    print((HERE / "cluster.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
