"""Another user of the same machine, while a run is at work: reads nothing of its kernels, and has nothing executed.

Needs to become that user, so it runs as root and is skipped otherwise.
"""

import json
import os
import shutil
import socket
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest
from jupyter_client import BlockingKernelClient
from projects import Project

pytestmark = pytest.mark.skipif(sys.platform != "linux" or os.getuid() != 0, reason="needs to become another user")

NOBODY = 65534
QUIET = {"silent": True, "store_history": False, "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}


def as_user(uid, look, *arguments):
    """What a function finds in a process of a user; all that it needs was imported before."""
    reading, writing = os.pipe()
    if not (pid := os.fork()):
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
        os.write(writing, json.dumps(look(*arguments)).encode())
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as answer:
        found = json.loads(answer.read())
    os.waitpid(pid, 0)
    return found


def connected(paths):
    """The sockets that can be connected to."""
    found = []
    for path in paths:
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as tried:
            tried.connect(path)
            found.append(path)
    return found


def readable(folders):
    """The names of files that can be read."""
    found = []
    for path in (Path(parent) / name for folder in folders for parent, _, names in os.walk(folder) for name in names):
        with suppress(OSError):
            path.read_bytes()
            found.append(path.name)
    return found


def written(folders):
    """The folders that something can be put into, such as a socket in place of a kernel's."""
    found = []
    for folder in folders:
        with suppress(OSError):
            (folder / "planted").touch()
            found.append(str(folder))
    return found


class Watched:
    """A run whose kernel prints without end, and where its things are."""

    def __init__(self, runtime, it):
        self.paths = [line.split()[7] for line in ours(runtime)]
        self.folders = [*runtime.glob("bgdata-*"), it.path("build/.staging")]
        self.connection = json.loads(next(runtime.glob("bgdata-*/*.json")).read_text())


@pytest.fixture(scope="module")
def watched():
    runtime = Path(tempfile.mkdtemp(prefix="r", dir="/tmp"))
    runtime.chmod(0o755)
    home = Path(tempfile.mkdtemp(prefix="p", dir="/tmp"))
    home.chmod(0o755)
    it = Project(home / "project", "hangs")
    it.edit("hangs", "pass", r"print(\"a secret\", flush=True); __import__(\"time\").sleep(0.05)")
    before = os.umask(0)  # all that is made, anybody may read and write
    run = it.start(XDG_RUNTIME_DIR=str(runtime))
    os.umask(before)
    end = time.monotonic() + 120
    while time.monotonic() < end and not (list(runtime.glob("bgdata-*/*.json")) and len(ours(runtime)) >= 5):
        time.sleep(0.1)
    yield Watched(runtime, it)
    run.terminate()
    run.communicate(timeout=300)
    shutil.rmtree(home)
    shutil.rmtree(runtime)


def ours(folder):
    with open("/proc/net/unix") as file:
        return [line for line in file if str(folder) in line]


def test_the_same_user_reads_and_connects(watched):
    assert len(as_user(0, connected, watched.paths)) >= 5
    assert "kernel.log" in as_user(0, readable, watched.folders)


def test_another_user_reads_nothing_that_kernels_print(watched):
    assert as_user(NOBODY, readable, watched.folders) == []


def test_another_user_connects_to_no_socket_and_so_has_nothing_executed(watched):
    assert as_user(NOBODY, connected, watched.paths) == []


def sent(connection, marker):
    """Ask a kernel, whose address and key are known, to make a file, and give it time to."""
    client = BlockingKernelClient()
    client.load_connection_info(connection)
    client.start_channels(hb=False, stdin=False)
    client.control_channel.send(
        client.session.msg("execute_request", {**QUIET, "code": f"open({marker!r}, 'w').close()"})
    )
    end = time.monotonic() + 5
    while time.monotonic() < end and not os.path.exists(marker):
        time.sleep(0.1)
    client.stop_channels()
    return "sent"


@pytest.mark.parametrize("uid, made", [(0, True), (NOBODY, False)])
def test_a_kernel_executes_what_its_user_sends_and_nothing_of_another_even_with_the_key(watched, tmp_path, uid, made):
    assert as_user(uid, sent, watched.connection, str(tmp_path / "marker")) == "sent"
    assert (tmp_path / "marker").exists() == made


def test_another_user_puts_nothing_in_the_place_of_a_kernel(watched):
    assert as_user(NOBODY, written, watched.folders) == []


def test_no_socket_of_a_kernel_is_abstract(watched):
    with open("/proc/net/unix") as file:
        abstract = [path for line in file if (path := (line.split() + [""] * 8)[7]).startswith("@")]
    assert [path for path in abstract if "bgdata" in path or "kernel" in path] == []


def test_a_socket_that_is_no_file_would_be_seen():
    with socket.socket(socket.AF_UNIX) as planted:
        planted.bind("\0bgdata-planted")
        with open("/proc/net/unix") as file:
            assert "@bgdata-planted" in file.read()
