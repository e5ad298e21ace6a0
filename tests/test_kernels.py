"""Warm kernels: clean, like ordinary ones in all that a notebook can see, and gone when they should be."""

import os
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest
from jupyter_client import KernelManager, write_connection_file

from bgtools.run import fork
from bgtools.run.kernels import WarmProvisioner

pytestmark = pytest.mark.skipif(not fork.usable(), reason="kernels cannot be forked here")


class Kernel:
    """A kernel and a client, spoken to in code."""

    def __init__(self, **options):
        self.manager = KernelManager()
        self.manager.provisioner = WarmProvisioner(
            kernel_id="test", kernel_spec=self.manager.kernel_spec, parent=self.manager
        )
        self.manager.start_kernel(**options)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=300)

    def does(self, code):
        """Execute; return (name of the error or None, what it printed)."""
        printed = []
        reply = self.client.execute_interactive(
            code,
            timeout=120,
            allow_stdin=False,
            output_hook=lambda message: printed.append(message["content"].get("text", "")),
        )
        return reply["content"].get("ename"), "".join(printed).strip()

    def says(self, expression):
        """Return what an expression prints."""
        return self.does(f"print({expression})")[1]

    @property
    def pid(self):
        return self.manager.provisioner.pid

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture
def start():
    """Start kernels that are gone after the test."""
    kernels = []

    def one(**options):
        kernels.append(Kernel(**options))
        return kernels[-1]

    yield one
    for kernel in kernels:
        kernel.close()


@pytest.fixture(scope="module")
def kernel():
    """A kernel for questions that leave no trace in it."""
    one = Kernel()
    yield one
    one.close()


def gone(pid, seconds=120):
    """Wait for a process to go."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.02)
    return False


def wait_for(question, seconds=120):
    """Ask until there is an answer; return it."""
    end = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return answer


def warm_pid(kernel):
    return psutil.Process(kernel.pid).ppid()


def test_kernels_are_forked_from_one_process_with_one_thread(kernel, start):
    other = start()
    assert warm_pid(kernel) == warm_pid(other)
    assert psutil.Process(warm_pid(kernel)).num_threads() == 1
    assert warm_pid(kernel) != os.getpid()


def test_what_notebooks_import_is_there_already(kernel):
    assert (
        kernel.says(
            "[m for m in ('pandas', 'seaborn', 'matplotlib.pyplot', 'bgdata.package.observations')"
            " if m not in __import__('sys').modules]"
        )
        == "[]"
    )


def test_a_kernel_has_the_folder_and_the_environment_it_was_given(start, tmp_path):
    kernel = start(cwd=str(tmp_path), env={**os.environ, "GREETING": "xin chào"})
    assert kernel.says("__import__('os').getcwd()") == str(tmp_path)
    assert kernel.says("__import__('os').environ['GREETING']") == "xin chào"


def test_a_kernel_sees_nothing_of_another(kernel, start):
    other = start(env={**os.environ, "GREETING": "xin chào"})
    other.does("import bgdata, os; bgdata.planted = 1; mine = 2")
    assert kernel.says("hasattr(__import__('bgdata'), 'planted'), 'mine' in dir()") == "False False"
    assert kernel.says("__import__('os').environ.get('GREETING')") == "None"


def test_random_numbers_differ_between_kernels(kernel, start):
    numbers = "__import__('random').random(), __import__('numpy').random.rand()"
    first, second = kernel.says(numbers).split(), start().says(numbers).split()
    assert first[0] != second[0] and first[1] != second[1]


STATE = (
    "import sys, os, threading, signal, locale, resource; print([sys.argv[0], sys.argv[1], sys.path, sys.flags, "
    "sys.executable, os.getcwd(), threading.active_count(), signal.getsignal(2), signal.getsignal(17), "
    "signal.pthread_sigmask(0, []), __name__, locale.getlocale(), os.getpgid(0) == os.getpid(), "
    "os.getsid(0) == os.getpid(), resource.getrlimit(7), os.umask(18), sorted(set(os.environ) - {'BGDATA_WARM'}), "
    "sys.getrecursionlimit(), os.environ.get('MPLBACKEND'), __import__('matplotlib').get_backend()])"
)


def test_a_warm_kernel_looks_like_an_ordinary_one_from_inside(start, monkeypatch):
    warm = start().does(STATE)
    monkeypatch.setenv("BGDATA_WARM", "0")
    ordinary = start()
    assert isinstance(ordinary.manager.provisioner.process, subprocess.Popen)
    assert warm == ordinary.does(STATE)


def test_output_of_what_a_cell_starts_is_captured(start, monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # ipykernel captures no such output under pytest
    kernel = start()
    assert "from below" in kernel.does("import os, time; os.system('echo from below'); time.sleep(1)")[1]


@pytest.mark.parametrize(
    "code",
    [
        "import multiprocessing\nwith multiprocessing.Pool(2) as pool: print(pool.map(abs, [-1, -2]))",
        "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as p: print(list(p.map(abs, [-1, -2])))",
        "import numpy; print([int(n) for n in (numpy.ones((300, 300)) @ numpy.ones((300, 2))).sum(axis=0) / 90000 * [1, 2]])",
    ],
)
def test_pools_and_linear_algebra_work_after_the_fork(kernel, code):
    assert kernel.does(code) == (None, "[1, 2]")


def test_an_interrupt_reaches_the_cell_and_what_it_started(start):
    kernel = start()
    question = kernel.client.execute("import subprocess; subprocess.run(['sleep', '1000'])", stop_on_error=False)
    wait_for(lambda: psutil.Process(kernel.pid).children())
    kernel.manager.interrupt_kernel()
    reply = kernel.client.get_shell_msg(timeout=120)
    assert reply["parent_header"]["msg_id"] == question
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert kernel.says("1 + 1") == "2"


def test_a_restart_gives_a_new_kernel(start):
    kernel = start()
    before = kernel.pid
    kernel.manager.restart_kernel()
    kernel.client.wait_for_ready(timeout=300)
    assert gone(before)
    assert kernel.says("1 + 1") == "2"


def test_a_shutdown_lets_the_kernel_close_its_files_and_say_goodbye(start, tmp_path):
    kernel = start(cwd=str(tmp_path))
    kernel.does(
        "import atexit; file = open('open', 'w'); file.write('kept')\n"
        "atexit.register(lambda: open('goodbye', 'w').close())"
    )
    kernel.manager.shutdown_kernel()
    assert (tmp_path / "open").read_text() == "kept"
    assert (tmp_path / "goodbye").exists()


def test_how_a_kernel_ended_is_known(start):
    left, killed = start(), start()
    left.client.execute("import os; os._exit(7)")
    os.kill(killed.pid, signal.SIGKILL)
    assert left.manager.provisioner.process.wait(120) == 7
    assert killed.manager.provisioner.process.wait(120) == -9
    assert not left.manager.is_alive() and not killed.manager.is_alive()


def test_what_a_kernel_started_ends_with_it(start):
    kernel = start()
    child = int(kernel.does("import subprocess; print(subprocess.Popen(['sleep', '1000']).pid)")[1])
    kernel.manager.shutdown_kernel()
    assert gone(child)


def test_kernels_end_with_the_warm_process_and_another_is_started(start):
    kernel = start()
    warm, child = (
        warm_pid(kernel),
        int(kernel.does("import subprocess; print(subprocess.Popen(['sleep', '1000']).pid)")[1]),
    )
    os.kill(warm, signal.SIGKILL)
    assert gone(kernel.pid)
    assert not kernel.manager.is_alive()
    assert gone(child)
    assert warm_pid(start()) != warm


DRIVER = """
import sys, time
sys.path.insert(0, {tests!r})
from test_kernels import Kernel, warm_pid
kernel = Kernel()
child = kernel.does("import subprocess; print(subprocess.Popen(['sleep', '1000'], start_new_session=True).pid)")[1]
print(warm_pid(kernel), kernel.pid, child, flush=True)
time.sleep(1000)
"""


def test_nothing_outlives_a_driver_that_is_killed():
    code = DRIVER.format(tests=os.path.dirname(__file__))
    driver = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    pids = [int(pid) for pid in driver.stdout.readline().split()]
    driver.kill()
    driver.communicate()
    assert len(pids) == 3
    assert [pid for pid in pids if not gone(pid)] == []


def test_a_changed_file_of_bgdata_is_imported_anew(start, tmp_path):
    package = tmp_path / "bgdata"
    package.mkdir()
    (package / "__init__.py").write_text("answer = 1\n")
    environ = {**os.environ, "PYTHONPATH": str(tmp_path)}
    assert start(env=environ).says("__import__('bgdata').answer") == "1"
    (package / "__init__.py").write_text("answer = 100\n")
    assert start(env=environ).says("__import__('bgdata').answer") == "100"


def test_a_matplotlibrc_beside_the_notebook_is_heeded_by_a_forked_kernel(start, tmp_path):
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 7\n")
    other = start(cwd=str(tmp_path))
    assert other.manager.provisioner.forked
    assert other.says("__import__('matplotlib').rcParams['lines.linewidth']") == "7.0"


@pytest.mark.parametrize("path", ["{tmp_path}:", "lib", "lib:{tmp_path}", ":"])
def test_a_path_that_depends_on_the_folder_is_the_same_in_a_forked_kernel(start, monkeypatch, tmp_path, path):
    (tmp_path / "lib").mkdir()
    environ = {**os.environ, "PYTHONPATH": path.format(tmp_path=tmp_path)}
    warm = start(cwd=str(tmp_path), env=environ)
    monkeypatch.setenv("BGDATA_WARM", "0")
    ordinary = start(cwd=str(tmp_path), env=environ)
    assert warm.manager.provisioner.forked and not ordinary.manager.provisioner.forked
    assert warm.says("__import__('sys').path") == ordinary.says("__import__('sys').path")


@pytest.mark.parametrize("channel", ["shell", "iopub", "control"])
def test_a_kernel_whose_port_another_has_taken_ends_at_once(tmp_path, channel):
    with socket.create_server(("127.0.0.1", 0)) as taken, open(os.devnull, "r+b") as null:
        file, _ = write_connection_file(str(tmp_path / "kernel.json"), **{f"{channel}_port": taken.getsockname()[1]})
        warm = fork.warm_process([sys.executable], os.environ, str(tmp_path))
        kernel = warm.fork(["-f", file], dict(os.environ), str(tmp_path), [null.fileno()] * 3)
        assert kernel.wait(120) == 1
    assert not kernel.ready


def test_a_process_with_threads_does_not_fork(start, tmp_path, monkeypatch):
    (tmp_path / "threaded.py").write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(1000,), daemon=True).start()\n"
    )
    monkeypatch.setattr(fork, "PRELOADS", ["threaded"])
    kernel = start(env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert isinstance(kernel.manager.provisioner.process, subprocess.Popen)
    assert kernel.says("1 + 1") == "2"
