"""Notebooks on many machines: the same bytes, nothing lost with a worker, a host or a driver, and sentences for the rest.

Hosts are network namespaces of this machine, so most of it needs root and iproute2 on Linux.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec

import areas_project
import pytest
from click.testing import CliRunner
from projects import Project

from conftest import ROOT

if find_spec("distributed") is None:
    pytest.skip("needs Dask: make cluster", allow_module_level=True)

import distributed
import losses
from hosts import Hosts, possible

from bgdata.errors import UnknownName
from bgtools.cli import main
from bgtools.run.cluster import crew, keys, queue_options, remote
from bgtools.run.cluster.address import Address
from bgtools.run.cluster.bundle import packed, unpacked

on_hosts = pytest.mark.skipif(not possible(), reason="needs network namespaces: Linux, root and iproute2")
ODD = ("draws", "fails", "shows-where-it-is", "reads", "prints-much")


@pytest.fixture(scope="module")
def hosts(tmp_path_factory):
    """Two hosts with a worker each."""
    with Hosts(tmp_path_factory.mktemp("hosts"), 2) as hosts:
        yield hosts


@pytest.fixture(scope="module")
def it(hosts, tmp_path_factory):
    """A project of 18 notebooks that has run here."""
    return losses.Losses(hosts, tmp_path_factory.mktemp("losses") / "project", seconds=0.3)


@pytest.fixture
def ready(hosts):
    """All workers are there, whatever the last test did to them."""
    for host in range(1, hosts.count + 1):
        hosts.plug(host)
        if host not in hosts.running or hosts.running[host].poll() is not None:
            hosts.kill(host)
            hosts.work(host)
    hosts.wait()
    return hosts


def results(project):
    return {name: content for name, content in project.contents().items() if not name.endswith("run.json")}


def lines(result):
    """What a run says, without times and in no order."""
    return sorted(
        line.partition("  ")[0] if "done  " in line else line.rpartition(";")[0] for line in result.splitlines()
    )


# the same as on one machine


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The same notebooks, sound and faulty, run here and by `--cluster local:2`; and what was said."""
    here, there = (Project(tmp_path_factory.mktemp(name) / "project", *ODD) for name in ("here", "there"))
    return (here, here.run("--timeout", "60")), (there, there.run("--timeout", "60", "--cluster", "local:2"))


def test_a_cluster_makes_the_same_bytes_as_one_machine(both):
    (here, _), (there, _) = both
    assert len(results(here)) > 5 and results(there) == results(here)


def test_a_cluster_records_the_same_but_for_times(both):
    (here, _), (there, _) = both
    times = {"seconds": 0, "stamps": {}}
    for name in ODD:
        assert there.entry(name) | times == here.entry(name) | times


def test_a_run_on_a_cluster_says_and_exits_as_on_one_machine(both):
    (_, said_here), (_, said_there) = both
    assert said_there.exit_code == said_here.exit_code == 1
    assert lines(said_there.output) == lines(said_here.output)


def test_what_a_cluster_made_is_fresh_here(both):
    _, (there, _) = both
    assert "3 fresh" in there.run("--only", "draws", "--only", "reads", "--only", "prints-much").output


def test_notebooks_are_rewritten_in_place_on_a_cluster(tmp_path):
    here, there = (Project(tmp_path / name, "draws", "reads") for name in ("here", "there"))
    here.run("--in-place")
    assert there.run("--in-place", "--cluster", "local:1").exit_code == 0
    assert there.contents() == here.contents()


def test_a_run_without_a_cluster_does_not_import_dask(tmp_path):
    project = Project(tmp_path / "project", "draws")
    code = (
        "import sys; from bgtools.cli import main\n"
        "try: main(['run'])\n"
        "except SystemExit as end: print(end.code, sorted({'dask', 'distributed', 'fsspec', 's3fs'} & set(sys.modules)))"
    )
    environ = {**os.environ, "BGDATA_ROOT": str(project.root)}
    said = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True).stdout
    assert said.splitlines()[-1] == "0 []"


def test_a_project_is_sent_as_the_same_bytes_whatever_its_dates_outputs_and_hidden_files(tmp_path):
    project = Project(tmp_path / "project", "draws")
    project.run("--in-place")
    before = packed(project.root)
    (project.root / "data" / ".hidden").write_text("x")
    os.utime(project.path("notebooks/draws.ipynb"), (1, 1))
    project.edit("draws", "xin chào 2024-S1", "xin chào 2030-S1")  # in an output
    assert packed(project.root) == before
    unpacked(before, tmp_path / "there")
    assert json.loads((tmp_path / "there/notebooks/draws.ipynb").read_text())["cells"][-1]["outputs"] == []


# who may come in


@pytest.mark.parametrize(
    "text", ["tcp://10.0.0.1:8786", "tcp://scheduler:8786", "tcp://127.0.0.1.evil.org:1", "tcp://0.0.0.0:8786"]
)
def test_a_port_that_anybody_could_use_is_refused(text):
    with pytest.raises(UnknownName, match="without TLS"):
        Address.parse(text)


@pytest.mark.parametrize(
    "text", ["", "x", "local:0", "local:", "tls://", "tls://a", "tls://a:99999", "http://a:1", "ws://a:1"]
)
def test_what_is_no_address_is_wrong_usage(text):
    with pytest.raises(UnknownName, match="is no address of a cluster"):
        Address.parse(text)


@pytest.mark.parametrize(
    "text", ["tcp://127.0.0.1:8786", "tcp://localhost:1", "tcp://[::1]:8786", "tls://10.0.0.1:8786"]
)
def test_this_machine_and_whatever_has_tls_are_let_in(text):
    assert Address.parse(text).port


def test_keys_are_readable_by_their_owner_only_and_made_once(tmp_path):
    folder = tmp_path / "keys"
    keys(folder)
    before = {path.name: (path.stat().st_mode & 0o777, path.read_bytes()) for path in folder.iterdir()}
    keys(folder)
    assert {path.name: (path.stat().st_mode & 0o777, path.read_bytes()) for path in folder.iterdir()} == before
    assert before["key.pem"][0] == 0o600 and folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "command, address, status, said",
    [
        ("run", "tcp://10.9.9.9:8786", 2, "without TLS"),
        ("worker", "tcp://10.9.9.9:8786", 2, "without TLS"),
        ("run", "tcp://127.0.0.1:1", 1, "No scheduler answers at tcp://127.0.0.1:1: Connection refused."),
        ("run", "tls://127.0.0.1:1", 1, "needs certificates"),
    ],
)
def test_a_cluster_that_cannot_be_used_is_a_sentence(tmp_path, monkeypatch, command, address, status, said):
    monkeypatch.setenv("BGDATA_CLUSTER_KEYS", str(tmp_path / "none"))
    project = Project(tmp_path / "project", "draws")
    words = ["run", "--cluster", address] if command == "run" else ["worker", address]
    ended = subprocess.run(
        [sys.executable, "-m", "bgtools", *words], env={**os.environ, "BGDATA_ROOT": str(project.root), "LANG": "C"},
        capture_output=True, text=True,
    )  # fmt: skip
    assert (ended.returncode, said in ended.stderr) == (status, True), ended.stderr
    assert "Traceback" not in ended.stderr
    assert not project.path("build/2024-S1/run.json").exists()


def test_a_queue_starts_workers_that_are_ours(tmp_path, monkeypatch):
    monkeypatch.setenv("BGDATA_CLUSTER_KEYS", str(tmp_path / "keys"))
    made = queue_options()
    assert made["protocol"] == "tls://" and made["security"].tls_worker_key == str(tmp_path / "keys" / "key.pem")
    assert import_module(made["worker_extra_args"][1]).dask_setup


def test_a_workspace_of_areas_makes_the_same_bytes_on_a_cluster_and_fits_into_one_store(tmp_path):
    here = areas_project.write(tmp_path / "here", 2, ["2024-S1"], gaps=0)
    (here / "notebooks").mkdir()
    shutil.copy(ROOT / "tests" / "notebooks" / "reads.ipynb", here / "notebooks" / "03-telecom.ipynb")
    there, other = (shutil.copytree(here, tmp_path / name) for name in ("there", "other"))
    store = str(tmp_path / "store")
    ways = {here: [], there: ["--cluster", "local:1", "--store", store], other: ["--store", store]}
    said = {}
    for root, words in ways.items():
        said[root] = CliRunner().invoke(main, ["run", *words], env={"BGDATA_ROOT": str(root), "LANG": "C"}).output
    assert "2 done, 0 fresh" in said[there] and "0 done, 2 fresh" in said[other], said
    made = [{path.relative_to(root): path.read_bytes() for path in root.rglob("build/**/*.ipynb")} for root in ways]
    assert len(made[0]) == 2 and made[1] == made[0] and made[2] == made[0]


@pytest.fixture
def areas(tmp_path):
    """A workspace of three areas with two notebooks each, in two copies."""
    here = areas_project.write(tmp_path / "here", 3, ["2024-S1"], gaps=0)
    (here / "notebooks").mkdir()
    for name in ("03-reads", "04-draws"):
        shutil.copy(ROOT / "tests" / "notebooks" / f"{name[3:]}.ipynb", here / "notebooks" / f"{name}.ipynb")
    return here, shutil.copytree(here, tmp_path / "there")


def made(root):
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.suffix in (".svg", ".ipynb")}


def run(root, *words):
    return CliRunner().invoke(main, ["run", *words], env={"BGDATA_ROOT": str(root), "LANG": "C"}).output


@pytest.mark.parametrize("few, lots", [(1, {2}), (2, {1})])
def test_many_hands_get_what_one_area_has_of_one_period_as_one(areas, monkeypatch, few, lots):
    given, submit = set(), distributed.Client.submit
    monkeypatch.setattr(crew, "FEW", few)
    monkeypatch.setattr(
        distributed.Client,
        "submit",
        lambda self, work, *words, **more: (
            work is remote.executed and given.add(len(words[0])),
            submit(self, work, *words, **more),
        )[1],
    )
    here, there = areas
    assert "6 done, 0 fresh" in run(here) and "6 done, 0 fresh" in run(there, "--cluster", "local:2")
    assert given == lots and "0 done, 6 fresh" in run(there)
    assert made(there) == made(here)


@on_hosts
def test_a_worker_of_other_versions_is_refused_before_it_works(it, ready, tmp_path):
    other = tmp_path / "other"
    for name in ("bgdata", "bgtools"):
        shutil.copytree(ROOT / name, other / name, ignore=shutil.ignore_patterns("__pycache__"))
    (other / "bgdata" / "errors.py").open("a").write("# another version\n")
    ready.kill(1)
    ready.work(1, cwd=other)
    time.sleep(6)
    run = it.start("--force")
    it.settle(run)
    assert "is refused: it has bgdata " in it.said()
    ready.kill(2)
    run = it.start("--force")
    assert run.wait(120) == 1 and "None of the workers can be used: it has bgdata " in it.said()
    it.whole_again()
    ready.kill(1)


@on_hosts
def test_other_certificates_are_not_let_in(it, ready, tmp_path):
    keys(tmp_path / "keys")
    run = it.start("--force", env={"BGDATA_CLUSTER_KEYS": str(tmp_path / "keys")})
    assert run.wait(60) == 1 and "its certificates are others than those here" in it.said()
    it.whole_again()


# what may be lost


DRIVER = """
import sys
if "run" in sys.orig_argv:
    from bgtools.run.cluster import crew
    crew.{name} = {value}
"""


@on_hosts
@pytest.mark.parametrize(
    "kind", [losses.worker, losses.nanny, losses.driver, losses.cable, losses.link], ids=lambda kind: kind.__name__
)
def test_nothing_is_lost_or_done_twice_or_half_with(kind, it, ready):
    kind(it, 2.0, 1)


@on_hosts
@pytest.mark.parametrize("kind", [losses.worker, losses.driver], ids=lambda kind: kind.__name__)
def test_nothing_is_lost_or_done_twice_or_half_where_notebooks_go_by_the_lot(kind, it, ready, tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text(DRIVER.format(name="FEW", value=1))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    kind(it, 4.0, 1)


@on_hosts
def test_a_driver_whose_cable_is_pulled_for_good_says_so_and_leaves_what_was_there(it, ready, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(DRIVER.format(name="AWAY", value=5))
    run = it.start("--force", host=2, env={"PYTHONPATH": str(tmp_path), "LANG": "vi_VN.UTF-8"})
    it.wait_for("xong   ")
    ready.pull(2)
    try:
        assert run.wait(120) == 1
    finally:
        ready.plug(2)
    assert "Mất kết nối với cụm máy; đang thử lại." in it.said(), it.said()
    assert f"Không có bộ điều phối nào trả lời tại {ready.address}" in it.said() and "Traceback" not in it.said(), (
        it.said()
    )
    assert it.true() == it.count and it.results() == it.whole
    assert not it.it.path("build/.staging").exists()
    ready.wait()
    run = it.start()
    assert run.wait(120) == 0 and "done   " not in it.said(), it.said()


@on_hosts
def test_a_notebook_that_was_published_twice_or_half_is_seen(it, ready):
    it.whole_again()
    figure = it.it.path("figures/2024-S1/drawn.svg")
    whole = figure.read_bytes()
    figure.write_bytes(whole[:-1])
    with pytest.raises(AssertionError):
        it.whole_again()
    figure.write_bytes(whole)


@on_hosts
def test_the_address_of_the_dashboard_is_said_where_there_is_one():
    from types import SimpleNamespace as Some

    from bgtools.run.cluster.crew import Crew

    for services, said in (({"dashboard": 8787}, "http://10.0.0.1:8787/status"), ({}, "")):
        client = Some(
            scheduler_info=lambda services=services, **_: {"services": services},
            dashboard_link="http://10.0.0.1:8787/status",
        )
        assert Crew.dashboard.fget(Some(client=client)) == said


def test_a_second_driver_of_the_same_folder_is_refused(it, ready):
    first, log = it.start("--force"), it.log
    it.wait_for("done   ")
    second = it.start()
    assert second.wait(60) == 1 and "Another run is at work" in it.said()
    it.log = log
    it.settle(first)


@on_hosts
def test_an_interruption_keeps_what_is_done_and_leaves_the_workers_for_the_next(it, ready):
    run = it.start("--force")
    it.wait_for("done   ")
    run.send_signal(signal.SIGINT)
    assert run.wait(30) == 1 and "Interrupted" in it.said()
    it.true()
    run = it.start()
    assert run.wait(120) == 0
    it.whole_again()


@on_hosts
def test_a_worker_whose_disk_is_full_is_passed_over_and_named_where_it_is_the_only_one(it, ready):
    ready.kill(1)
    small = ready.folder / "tmp1"
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", small], check=True)
    try:
        ready.work(1)
        ready.wait()
        with open(small / "filling", "wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"x" * 1024)
        it.settle(it.start("--force"))
        ready.kill(2)
        run = it.start("--force", env={"LANG": "vi_VN.UTF-8"})
        assert run.wait(120) == 1
        assert f"máy thực thi {os.uname().nodename}: hết chỗ trên đĩa" in it.said(), it.said()
        assert "Traceback" not in it.said() and it.results().items() >= it.whole.items()
    finally:
        ready.kill(1)
        subprocess.run(["umount", "-l", small], check=True)
        it.it.run(*losses.PERIODS)


STUCK = """
import sys
if any("spawn_main" in word for word in sys.orig_argv):
    import time
    from bgtools.run import execute
    sound = execute.execute
    execute.execute = lambda task, told: time.sleep(1000) if task.name == "draws" else sound(task, told)
"""


@on_hosts
def test_a_worker_that_hangs_is_started_anew_and_its_notebook_is_late(it, ready, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(STUCK)
    for host in (1, 2):
        ready.kill(host)
        ready.work(host, env={"PYTHONPATH": str(tmp_path)})
    ready.wait()
    before = ready.worker(1).pid, ready.worker(2).pid
    run = it.start("--force", "--timeout", "4", periods=["2024-S1"])
    assert run.wait(120) == 1
    assert "draws (2024-S1): not finished after 4 seconds" in it.said(), it.said()
    assert it.said().count("done   ") == it.count / 3 - 1
    ready.wait()
    assert (ready.worker(1).pid, ready.worker(2).pid) != before
    for host in (1, 2):
        ready.kill(host)
    it.it.run(*losses.PERIODS)


def test_the_versions_of_a_worker_name_all_that_makes_bytes():
    assert {"python", "matplotlib", "pandas", "bgdata", "distributed"} <= remote.versions().keys()
