"""The warm process: imports what notebooks import, and forks one clean kernel per notebook.

A script of its own, started by `fork` with the number of a socket and the modules to import. It has one thread and no
ZMQ context, or it does not fork kernels at all. Each message on the socket asks for a kernel and brings the kernel's
life-line, a socket on which the one who asked is told `pid N`, `ready` and `exit N`; where it is only closed, there is
no kernel.

The process that the driver starts only waits for the one that does all this, so that a notebook that kills its kernel's
parent, or the parent of that, reaches neither the driver nor what it has to do.

Who dies when: the last one who can ask is gone, and the socket with it: the kernels are killed, and this process
ends. This process is gone: the operating system kills the kernels. A life-line is let go: its kernel is killed. A
kernel ends: what it started and left behind is killed. No process id is given back to the system before the one
who asked has let go of the life-line, so no signal can reach a stranger that got the same id.
"""

import ctypes
import gc
import importlib
import io
import json
import os
import select
import signal
import socket
import sys
import threading
import traceback
from contextlib import suppress

FORK_SAFE = {"jemalloc_bg_thd"}  # of pyarrow, where pandas brings it; its allocator handles fork itself
DEATH_SIGNAL, CHILD_SUBREAPER = 1, 36  # prctl


class Warm:
    """A process that forks.

    Attributes
    ----------
    control : socket.socket
        Brings requests.
    kernels : dict of int to list
        Process id -> [life-line, whether its end has been told].
    stamps : dict of str to tuple
        See :func:`stamps`.
    """

    def __init__(self, control):
        self.control, self.kernels = control, {}
        self.environ, self.stamps, self.safe = set(os.environ), {}, False
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.wake, self.alarm = os.pipe()
        for end in (self.wake, self.alarm):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self.alarm, warn_on_full_buffer=False)

    def load(self, names, arguments):
        """Import modules, and find out whether this process can fork after that."""
        gc.disable()  # next to nothing that imports make is garbage
        preload(names, arguments)
        gc.freeze()  # keeps the collector from touching, and so from copying, shared pages
        self.stamps = stamps(files("bgdata"))
        self.safe = not threads()
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # from here on, the end of the socket says when to go

    def serve(self):
        """Fork kernels as they are asked for; return in a kernel, with its request, and never in this process."""
        while True:
            lines = [line for line, _ in self.kernels.values()]
            ready = select.select([self.control, self.wake, *lines], [], [])[0]
            if self.wake in ready:
                os.read(self.wake, 4096)
            self.tell_ends()
            self.let_go(ready)
            if self.control in ready and (request := self.fork(*self.hear_request())):
                return request

    def hear_request(self):
        """Return the request that has come, with its descriptors; end where nobody is left who could ask."""
        message, descriptors, *_ = socket.recv_fds(self.control, 1 << 20, 8)
        if not message:
            self.end()
        return json.loads(message), descriptors

    def fork(self, request, descriptors):
        """Fork one kernel, if that is safe; return its request there, None here."""
        pid = os.fork() if self.safe else None
        if pid is None:
            close(descriptors)
            return None
        line = socket.socket(fileno=descriptors[0])
        if pid:
            close(descriptors[1:])
            self.kernels[pid] = [line, False]
            return None
        self.close()
        added = {name: os.environ[name] for name in set(os.environ) - self.environ}
        return {**request, "line": line, "streams": descriptors[1:], "added": added, "stamps": self.stamps}

    def close(self):
        """Let go of what a child of this process has no business with."""
        for other in (self.control, *(line for line, _ in self.kernels.values())):
            other.close()
        signal.set_wakeup_fd(-1)
        close([self.wake, self.alarm])

    def tell_ends(self):
        """Tell of each kernel that has ended how it did, and kill what it left in its process group."""
        for pid, kernel in self.kernels.items():
            ended = None if kernel[1] else os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended:
                kernel[1] = True
                kill_group(pid)
                status = ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
                with suppress(OSError):
                    kernel[0].sendall(b"exit %d\n" % status)

    def let_go(self, ready):
        """Kill the kernels whose life-lines have been let go, and give their process ids back."""
        for pid, (line, _) in list(self.kernels.items()):
            if line in ready and not received(line):
                kill_group(pid)
                os.waitpid(pid, 0)
                line.close()
                del self.kernels[pid]

    def end(self):
        """Kill all kernels and whatever they have left behind, then go."""
        for pid in self.kernels:
            kill_group(pid)
        with suppress(OSError):  # no such file: this system does not list children
            while left := children():
                for pid in left:
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                    os.waitpid(pid, 0)
        os._exit(0)


def prctl(option, value):
    ctypes.CDLL(None).prctl(option, value)


def close(descriptors):
    for descriptor in descriptors:
        os.close(descriptor)


def received(line):
    with suppress(OSError):
        return line.recv(64)
    return b""


def kill_group(pid):
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)  # it may not have made its group yet


def children():
    with open(f"/proc/self/task/{os.getpid()}/children") as file:
        return [int(pid) for pid in file.read().split()]


def preload(names, arguments=()):
    """Import modules, with what their public names import when first asked for; call the functions ``module:name``, the
    last one with the arguments.

    What cannot be imported is left to the kernel, which will say so better.
    """
    for name in names:
        module, _, function = name.partition(":")
        with suppress(Exception):
            found = importlib.import_module(module)
            if function:
                getattr(found, function)(*(arguments if name == names[-1] else ()))
            for public in getattr(found, "__all__", ()):
                getattr(found, public)


def threads():
    """Return the names of threads other than this one that a fork would lose.

    Where there are others, a trial fork comes first: OpenBLAS, for one, ends its threads before a fork and starts them
    again when needed.
    """
    if len(os.listdir("/proc/self/task")) == 1:
        return set()
    pid = os.fork()
    if not pid:
        os._exit(0)
    os.waitpid(pid, 0)
    others = [name for name in os.listdir("/proc/self/task") if int(name) != os.getpid()]
    names = set()
    for other in others:
        with open(f"/proc/self/task/{other}/comm") as file:
            names.add(file.read().strip())
    return names - FORK_SAFE


def files(package):
    """List the files of a package's imported modules."""
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == package]
    return [module.__file__ for module in modules if getattr(module, "__file__", None)]


def stamps(paths):
    """Return size and time of change of files."""
    found = {}
    for path in paths:
        with suppress(OSError):
            state = os.stat(path)
            found[path] = (state.st_size, state.st_mtime_ns)
    return found


def forget_if_changed(package, before):
    """Let a package be imported anew if any of its imported files has changed."""
    if stamps(before) != before:
        for name in [name for name in sys.modules if name.partition(".")[0] == package]:
            del sys.modules[name]


def become_kernel(request):
    """Be the kernel that was asked for: own session, directory, environment, random state."""
    os.setsid()  # an interrupt reaches the kernel and what it starts, and nothing else
    prctl(DEATH_SIGNAL, signal.SIGKILL)
    for number, descriptor in enumerate(request["streams"]):
        os.dup2(descriptor, number)
    for descriptor in request["streams"]:
        os.close(descriptor)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    request["line"].sendall(b"pid %d\n" % os.getpid())
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("500")  # where memory runs out, this process goes first
    os.chdir(request["cwd"])
    environ = {**request["added"], **request["env"], "JPY_PARENT_PID": str(os.getppid())}
    for name in set(os.environ) - set(environ):
        del os.environ[name]
    os.environ.update(environ)
    gc.enable()
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()  # else all kernels draw the same numbers
    forget_if_changed("bgdata", request["stamps"])
    serve_kernel(request)


def serve_kernel(request):
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = [sys.modules["ipykernel"].__path__[0] + "_launcher.py", *request["argv"]]
    kernel = IPKernelApp.instance(parent_handle=os.getppid())
    try:
        kernel.initialize(request["argv"])
    except BaseException:  # a port that is taken, say; half of it is there, and to close that might take for ever
        traceback.print_exc(file=sys.__stderr__)
        os._exit(1)
    if "bgdata.lab" in sys.modules:  # of the package that was imported before there was an IPython
        sys.modules["bgdata.lab"].register()
    request["line"].sendall(b"ready\n")
    request["line"].close()
    kernel.start()
    # It still writes out what was printed; where its streams are closed before, it waits for them until it is killed.
    kernel.control_thread.join(1)


def finish(status):
    """End as Python ends (threads, atexit, buffered files), but for freeing every object, which takes long."""
    with suppress(BaseException):
        import atexit

        threading._shutdown()
        atexit._run_exitfuncs()
        file = io.IOBase.__base__  # io.IOBase itself asks each class first
        for one in gc.get_objects():
            if isinstance(one, file) and not one.closed and one.writable():
                one.flush()
        sys.__stdout__.flush()
        sys.__stderr__.flush()
    os._exit(status)


def stand_between(child):
    """Wait for a child, pass SIGTERM on to it, and end as it ends."""
    signal.signal(signal.SIGTERM, lambda *_: os.kill(child, signal.SIGTERM))
    os.close(int(sys.argv[1]))
    os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 0xFF)


def main():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if child := os.fork():
        stand_between(child)
    prctl(CHILD_SUBREAPER, 1)  # what kernels leave behind comes to us
    if not sys.flags.safe_path:
        del sys.path[0]  # this file's folder
    warm = Warm(socket.socket(fileno=int(sys.argv[1])))
    warm.load(json.loads(sys.argv[2]), sys.argv[3:])
    request, status = warm.serve(), 1
    try:
        become_kernel(request)
        status = 0
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        finish(status)


if __name__ == "__main__":
    main()
