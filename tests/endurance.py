"""What takes too long for every day: faults at random moments, freshness against full runs, cost of many periods.

.venv/bin/python -m pytest tests/endurance.py            (an hour; TIMES=2 for a taste)
"""

import json
import os
import random
import shutil
import signal
import subprocess
import time
import uuid
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from projects import NOTEBOOKS, Project

from conftest import ROOT

TIMES = int(os.environ.get("TIMES", "20"))
LONGEST = 8.0  # seconds: a fault comes at a random moment up to this
SOUND = ("draws", "draws-two", "reads", "shows-where-it-is")
MARK = "BGDATA_ENDURANCE"


def marked(mark):
    """Every process that descends from a run, whoever its parent is by now."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == mark and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def waited(true, seconds=15):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


class Ordeal:
    """A project that has run once, is run again, and meets with a fault."""

    def __init__(self, root, *faulty):
        self.it = Project(root, *SOUND)
        assert self.it.run().exit_code == 0
        self.whole = self.results()
        self.faulty = faulty
        self.mark = uuid.uuid4().hex
        os.environ[MARK] = self.mark

    def results(self):
        return {name: content for name, content in self.it.contents().items() if not name.endswith("run.json")}

    def failed(self):
        """The executed copies that show where their notebook failed; all else of it is what it was."""
        entries = json.loads(self.it.path("build/2024-S1/run.json").read_text())["notebooks"]
        return {f"build/2024-S1/{name}.ipynb" for name, entry in entries.items() if entry["status"] == "failed"}

    def start(self):
        for name in self.faulty:
            self.it.add(name)
        return self.it.start("--force", "--timeout", "5")

    def settle(self, run):
        """Wait for the end; nothing may be left over, lost or half-written, and the next run must be right."""
        run.communicate(timeout=120)
        assert waited(lambda: not marked(self.mark)), [process.cmdline() for process in marked(self.mark)]
        now, failed = self.results(), self.failed()
        assert {name: now.get(name) for name in self.whole if name not in failed} == {
            name: content for name, content in self.whole.items() if name not in failed
        }
        assert all(json.loads(now[name])["cells"] for name in failed & now.keys())
        for name in self.faulty:
            self.it.path(f"notebooks/{name}.ipynb").unlink()
        result = self.it.run()
        assert result.exit_code == 0, result.output
        assert self.results() == self.whole
        assert not self.it.path("build/.staging").exists()


@pytest.fixture
def ordeal(tmp_path, monkeypatch):
    monkeypatch.setenv(MARK, "")
    return lambda *faulty: Ordeal(tmp_path / "project", *faulty)


def moments(name):
    """Random moments, the same for the same name."""
    generator = random.Random(name)
    return [generator.uniform(0, LONGEST) for _ in range(TIMES)]


def command(process):
    """The command line of a process; nothing if it has just ended."""
    with suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""


def victims(run, kind):
    """The processes of a run: its driver, the one that stands before the warm process, that process, or its kernels."""
    found = {"driver": [psutil.Process(run.pid)], "between": [], "warm": [], "kernel": []}
    for process in found["driver"][0].children(recursive=True):
        with suppress(psutil.Error, ProcessLookupError):
            if "warm.py" in command(process):
                forked = "warm.py" in command(process.parent())
                own_session = os.getsid(process.pid) == process.pid
                found["between" if not forked else "kernel" if own_session else "warm"].append(process)
    return found[kind]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_driver_stopped(ordeal, number):
    it = ordeal()
    for moment in moments(f"driver {number}"):
        run = it.start()
        time.sleep(moment)
        run.send_signal(number)
        it.settle(run)


@pytest.mark.parametrize("kind", ["between", "warm", "kernel"])
def test_process_killed(ordeal, kind):
    it = ordeal()
    for moment in moments(kind):
        run = it.start()
        time.sleep(moment)
        for victim in victims(run, kind) if run.poll() is None else []:
            victim.kill()
        it.settle(run)


@pytest.mark.parametrize(
    "name", ["hangs", "hangs-deaf", "leaves", "crashes", "fills-memory", "prints-much", "starts-a-process"]
)
def test_notebook_misbehaves(ordeal, name):
    it = ordeal(name)
    for _ in range(TIMES):
        it.settle(it.start())


def test_hundred_megabytes_are_printed(ordeal, tmp_path):
    it = ordeal()
    it.it.add("prints-much")
    it.it.edit("prints-much", "range(100)", "range(1000)")
    assert it.it.run("--only", "prints-much").exit_code == 0
    assert it.it.path("build/2024-S1/prints-much.ipynb").stat().st_size < 2_000_000


@pytest.mark.skipif(os.getuid() != 0, reason="needs to mount a small file system")
def test_disk_full(tmp_path, monkeypatch):
    small = tmp_path / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", small], check=True)
    try:
        monkeypatch.setenv(MARK, "")
        it = Ordeal(small / "project")
        for moment in moments("disk"):
            run = it.start()
            time.sleep(moment)
            with open(small / "filling", "wb", buffering=0) as file:
                try:
                    while True:
                        file.write(b"x" * 1024)
                except OSError:
                    pass
            run.communicate(timeout=120)
            (small / "filling").unlink()
            it.settle(run)
    finally:
        subprocess.run(["umount", "-l", small], check=True)


# freshness, with the project's own notebooks


@pytest.fixture
def real(tmp_path):
    """The project itself, with its own notebooks, run once."""
    it = Project(tmp_path / "project")
    shutil.rmtree(it.root / "notebooks")
    shutil.copytree(ROOT / "notebooks", it.root / "notebooks", ignore=shutil.ignore_patterns(".*"))
    result = it.run()
    assert result.exit_code == 0, result.output
    return it


def results(it):
    return {name: content for name, content in it.contents().items() if not name.endswith("run.json")}


def test_a_changed_observation_runs_what_read_it_and_gives_what_a_full_run_gives(real):
    rows = real.text(real.observations).splitlines()
    plain = [at for at, row in enumerate(rows) if ",=,A," in row and row.split(",")[7].isdigit()]
    for at in random.Random(5).sample(plain, 10):
        cells = rows[at].split(",")
        changed = ",".join([*cells[:2], str(int(cells[7]) + 1), *cells[3:7], str(int(cells[7]) + 1), *cells[8:]])
        real.write(real.observations, "\n".join([*rows[:at], changed, *rows[at + 1 :], ""]).encode())
        before = results(real)
        planned = [line for line in real.run("--dry-run").output.splitlines() if line.startswith("would run")]
        partial = real.run()
        quick = results(real)
        assert real.run("--force").exit_code == partial.exit_code == 0
        assert results(real) == quick, changed
        differing = {Path(name).stem for name in quick if name.startswith("build") and quick[name] != before.get(name)}
        assert differing <= {line.split()[2] for line in planned}
        print(changed.split(",")[:2], "planned", len(planned), "differing", len(differing))
        real.write(real.observations, ("\n".join(rows) + "\n").encode())
        assert real.run().exit_code == 0


def test_twenty_periods_cost_twenty_times_one(real):
    lines = real.text(real.observations).splitlines()[1:]
    for year in range(2004, 2024):
        real.add_period(f"{year}-S1", *[line.replace("2024-", f"{year}-") for line in lines])
    codes = [f"{year}-S1" for year in range(2004, 2024)]

    def processor_seconds(*periods):
        before = os.times()
        assert real.start("--force", *periods).wait() == 0
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    one = min(processor_seconds(code) for code in codes[-3:])
    twenty = processor_seconds(*codes)
    print(f"one period {one:.1f} s, twenty {twenty:.1f} s, {twenty / one:.1f} times")
    assert twenty <= 20 * 1.1 * one


def test_fixture_notebooks_are_all_used():
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("*.py"))
    assert [path.stem for path in NOTEBOOKS.glob("*.ipynb") if f'"{path.stem}"' not in tests] == []
