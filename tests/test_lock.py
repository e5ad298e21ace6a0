"""One run at a time in a folder, on a drive without locks too."""

import errno
import os
import socket
import subprocess
import sys

import pytest
from ordeal import LOCKS

from bgdata.errors import RunError
from bgtools.run import lock

fcntl = pytest.importorskip("fcntl")
HERE = socket.gethostname()


@pytest.fixture
def path(tmp_path, monkeypatch):
    """The lock file of a folder on a drive without locks."""

    def none(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)
    return tmp_path / ".lock"


def left(path, text):
    path.with_name(".lock-held").write_text(text)


def test_a_second_run_is_refused_and_a_third_may_begin_when_the_first_is_done(path):
    with lock.held(path):
        with (
            pytest.raises(RunError, match=f"Another run is at work in this folder .PID {os.getpid()}"),
            lock.held(path),
        ):
            raise AssertionError("two at once")
    with lock.held(path):
        assert path.with_name(".lock-held").exists()
    assert not path.with_name(".lock-held").exists()


def test_a_run_that_ends_badly_leaves_nothing(path):
    with pytest.raises(KeyError), lock.held(path):
        raise KeyError
    assert not path.with_name(".lock-held").exists()


def ended():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.mark.parametrize(
    "text",
    [f"{ended()} 12345 {HERE}", f"{os.getpid()} 1 {HERE}", f"1 12345 {HERE}", f"x 1 {HERE}"],
    ids=["ended", "another", "first", "none"],
)
def test_what_a_killed_run_left_is_taken_over_though_another_process_has_its_number(path, text):
    left(path, text)
    with lock.held(path):
        assert path.with_name(".lock-held").read_text().startswith(f"{os.getpid()} ")


def test_a_run_on_another_computer_is_named_with_the_file_to_delete(path):
    left(path, "12 345 may-chu")
    with pytest.raises(RunError, match="A run on may-chu seems .* delete .*lock-held, then run again"), lock.held(path):
        raise AssertionError("two at once")


def test_a_file_that_says_nothing_yet_is_waited_for_a_minute(path):
    left(path, "")
    with pytest.raises(RunError, match="Another run is at work"), lock.held(path):
        raise AssertionError("two at once")
    os.utime(path.with_name(".lock-held"), (1, 1))
    with lock.held(path):
        assert path.with_name(".lock-held").exists()


RACE = f"""
import sys, time
{LOCKS}
from pathlib import Path
from bgdata.errors import RunError
from bgtools.run import lock
time.sleep(max(0, float(sys.argv[2]) - time.time()))
try:
    with lock.held(Path(sys.argv[1])):
        print("held", flush=True)
        time.sleep(0.5)
except RunError:
    print("refused")
"""


@pytest.mark.parametrize("text", [None, f"1 12345 {HERE}"], ids=["nothing left", "something left"])
def test_of_eight_at_once_one_holds_it(tmp_path, text):
    import time

    if text:
        left(tmp_path / ".lock", text)
    start = str(time.time() + 2)
    every = [
        subprocess.Popen([sys.executable, "-c", RACE, tmp_path / ".lock", start], stdout=subprocess.PIPE, text=True)
        for _ in range(8)
    ]
    said = sorted(one.communicate(timeout=60)[0].strip() for one in every)
    assert said == ["held", *["refused"] * 7]


def test_with_locks_no_second_file_is_made(tmp_path):
    with lock.held(tmp_path / ".lock"):
        assert [one.name for one in tmp_path.iterdir()] == [".lock"]
