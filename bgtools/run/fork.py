"""Ask the warm process for kernels, and follow what becomes of them.

Nothing of Jupyter is imported here, so that the warm process can be started first and import while others do.
"""

import atexit
import json
import math
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec

from bgtools.run import warm

# The newest minor versions that were tried; pyproject.toml has the same ceilings.
TRIED = {"Python": (3, 13), "jupyter-client": (8, 10), "papermill": (2, 7), "ipykernel": (7, 4)}

# Imported before kernels are forked, or called: what a kernel would import, what pandas and bgdata would for a first
# table, and what Matplotlib would find out anew at each kernel's first figure.
PRELOADS = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "tornado.platform.asyncio",
    "psutil",
    "sqlite3",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "pandas",
    "pandas.core.methods.to_dict",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.csvs",
    "encodings.utf_8_sig",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "PIL.Image:preinit",
    "matplotlib.pyplot",
    "bgdata.show.charts.light:seaborn",
    "bgdata",
    "bgdata.show.charts",
    "bgdata.lab",
    "bgdata.show.figures:rehearse",
    "bgdata.rules.findings:rehearse",
)
INLINE = "module://matplotlib_inline.backend_inline"  # what ipykernel sets; Matplotlib reads it at import
# Variables that matter when Python or a library starts: one warm process for each set of their values.
AT_START = (
    "PYTHON",
    "MPL",
    "MATPLOTLIBRC",
    "OMP_",
    "OPENBLAS",
    "MKL",
    "NUMEXPR",
    "LD_",
    "LC_",
    "LANG",
    "TZ",
    "HOME",
    "XDG_",
    "JUPYTER",
)

_processes, _lock = {}, threading.Lock()


class WarmProcess:
    """The driver's end of a process that forks kernels."""

    def __init__(self, interpreter, environ, folder=None, periods=()):
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.owner = os.getpid()
        self.process = subprocess.Popen(
            [*interpreter, warm.__file__, str(theirs.fileno()), json.dumps(PRELOADS), *periods],
            env={"MPLBACKEND": INLINE, **environ},
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd=folder,
        )
        theirs.close()
        atexit.register(self.close)

    @property
    def gone(self):
        """bool: it has ended, and another may be tried. Only the process that started it can know."""
        return self.owner == os.getpid() and self.process.poll() is not None

    def fork(self, argv, environ, cwd, streams):
        """Ask for a kernel, forked as soon as all is imported.

        Raises
        ------
        OSError
            The process is gone.
        """
        line, theirs = socket.socketpair()
        request = json.dumps({"argv": argv, "env": environ, "cwd": cwd}).encode()
        with theirs:
            socket.send_fds(self.control, [request], [theirs.fileno(), *streams])
        return WarmKernel(line)

    def close(self):
        """Let it kill what is left of its kernels, and go; at once where it still imports."""
        self.control.close()
        if self.owner == os.getpid():
            self.process.terminate()
            self.process.wait()


class WarmKernel:
    """A forked kernel, with what jupyter_client needs of a `subprocess.Popen`.

    Its life-line brings the lines ``pid N``, ``ready`` and ``exit N``.

    Attributes
    ----------
    lost : bool
        It ended because the warm process did.
    """

    stdin = stdout = stderr = None
    lost = False

    def __init__(self, line):
        self.line, self.pid, self.returncode, self.ready = line, None, None, False
        self._rest = b""

    def poll(self):
        """Return the exit status, negative for a signal; None while it runs."""
        return self._received(0)

    def wait(self, timeout=None):
        """Wait for the end, and return the exit status.

        Raises
        ------
        subprocess.TimeoutExpired
            It did not end in time.
        """
        end = math.inf if timeout is None else time.monotonic() + timeout
        while self.returncode is None:
            left = end - time.monotonic()
            if left <= 0:
                raise subprocess.TimeoutExpired("kernel", timeout)
            self._received(None if timeout is None else left)
        return self.returncode

    async def told(self):
        """Wait for the next lines, without polling."""
        import asyncio  # not at the top: the warm process is started before anything that takes long to import

        self.line.setblocking(False)
        self._take(await asyncio.get_running_loop().sock_recv(self.line, 4096))

    def send_signal(self, number):
        """Send a signal to the kernel alone, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)

    def terminate(self):
        self.send_signal(signal.SIGTERM)

    def _received(self, timeout):
        if self.returncode is None:
            self.line.settimeout(timeout)
            with suppress(BlockingIOError, TimeoutError):
                self._take(self.line.recv(4096))
        return self.returncode

    def _take(self, data):
        *lines, self._rest = (self._rest + data).split(b"\n")
        for word, *values in (line.split() for line in lines):
            if word == b"pid":
                self.pid = int(values[0])
            elif word == b"exit":
                self.returncode = int(values[0])
            self.ready = self.ready or word == b"ready"
        if not data and self.returncode is None:  # the warm process is gone, and its kernels with it
            self.returncode, self.lost = -signal.SIGKILL, True
            if self.pid:
                kill_group(self.pid)
        if self.returncode is not None:
            self.line.close()  # only now may the process id be given to another


def warm_process(interpreter, environ, cwd, periods=()):
    """Return the warm process for an interpreter, for the environment and the folder that matter at its start.

    Where it has to be started, it first finds out what notebooks ask about these periods.
    """
    folder = cwd if _matters(cwd, environ) else None
    key = (tuple(interpreter), folder, *sorted(item for item in environ.items() if item[0].startswith(AT_START)))
    with _lock:
        if key not in _processes or _processes[key].gone:
            _processes[key] = WarmProcess(interpreter, environ, folder, periods)
        return _processes[key]


def _matters(cwd, environ):
    """Say whether Python or Matplotlib would start differently in this folder."""
    relative = any(not os.path.isabs(path) for path in environ.get("PYTHONPATH", "/").split(os.pathsep))
    return relative or os.path.exists(os.path.join(cwd, "matplotlibrc"))


def prestart(cwd, periods=()):
    """Start the warm process, so that it imports while the driver imports Papermill."""
    if usable():
        warm_process([sys.executable], os.environ | undisturbed(), str(cwd), periods)


def undisturbed():
    """Return the variables that keep a person's own settings, of Matplotlib and of Python's start, out of a run."""
    home = find_spec("matplotlib").submodule_search_locations[0]
    return {"MATPLOTLIBRC": os.path.join(home, "mpl-data", "matplotlibrc"), "PYTHONSTARTUP": ""}


def usable():
    """Say whether kernels can be forked here."""
    return sys.platform == "linux" and os.environ.get("BGDATA_WARM") != "0" and not untried()


@cache
def untried():
    """List what is newer than what the fast runner was tried with: it leans on parts that are nobody's promise.

    Examples
    --------
    >>> untried()
    []
    """
    found = {"Python": sys.version_info[:2], **{name: _minor(version(name)) for name in TRIED if name != "Python"}}
    return [f"{name} {major}.{minor}" for name, (major, minor) in found.items() if (major, minor) > TRIED[name]]


def _minor(text):
    major, minor, *_ = [*re.findall(r"\d+", text), "0"]
    return int(major), int(minor)


def kill_group(group):
    """Kill a process group, if there is one."""
    with suppress(OSError):
        os.killpg(group, signal.SIGKILL)
