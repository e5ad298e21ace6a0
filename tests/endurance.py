"""What takes too long for every day: faults at random moments, freshness against full runs, cost of many periods.

.venv/bin/python -m pytest tests/endurance.py            (two hours; TIMES=1 for a taste)
"""

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from ordeal import AS_ROOT, FOLDERS, KINDS, MARK, SOUND, Ordeal
from projects import NOTEBOOKS, Project

from conftest import ROOT

TIMES = int(os.environ.get("TIMES", "10"))


@pytest.fixture
def small(tmp_path):
    """A folder on a small disk of its own."""
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.parametrize("number", range(TIMES))
@pytest.mark.parametrize("kind", KINDS)
def test_after_a_fault_the_next_run_gives_what_a_clean_one_gives(tmp_path, monkeypatch, request, kind, number):
    if kind in AS_ROOT and os.getuid():
        pytest.skip("needs to mount file systems")
    monkeypatch.setenv(MARK, "")
    chance = random.Random(f"{kind} {number}")
    place = request.getfixturevalue("small") if kind == "disk full" else tmp_path
    it = Ordeal(place / FOLDERS[number % len(FOLDERS)], sound=chance.sample(SOUND, 2))
    KINDS[kind](it, chance.uniform(0, 1.1 * it.took))


@pytest.mark.parametrize(
    "name", ["hangs", "hangs-deaf", "leaves", "crashes", "fills-memory", "prints-much", "starts-a-process"]
)
def test_notebook_misbehaves(tmp_path, monkeypatch, name):
    monkeypatch.setenv(MARK, "")
    it = Ordeal(tmp_path / "project", name)
    for _ in range(TIMES):
        it.settle(it.start())


def test_hundred_megabytes_are_printed(tmp_path, monkeypatch):
    monkeypatch.setenv(MARK, "")
    it = Ordeal(tmp_path / "project")
    it.it.add("prints-much")
    it.it.edit("prints-much", "range(100)", "range(1000)")
    assert it.it.run("--only", "prints-much").exit_code == 0
    assert it.it.path("build/2024-S1/prints-much.ipynb").stat().st_size < 2_000_000


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
