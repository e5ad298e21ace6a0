"""What one run has for itself: the project's folder, and a private folder that no other user can enter.

The operating system holds both by locks, which go with the processes that hold them, however those end: there are no
stale locks, and what a killed run left in its private folder is known to be left over. The project's lock file stays;
it only says who holds it. On a drive without locks a second file, which can be made only once, stands for the lock.
"""

import errno
import os
import shutil
import socket
import sys
import tempfile
import time
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path

from bgdata.errors import RunError
from bgdata.voice import Message

PREFIX = "bgdata-"
AT_WORK = Message("Another run is at work in this folder ({holder}). Wait until it is done, then run again.")
UNSURE = 60  # seconds after which a file that says nothing was left by a process that was killed
LONGEST = 70  # bytes; the path of a socket has 107 at most, and ours adds 32


@contextmanager
def held(path):
    """Hold the lock while the `with` block runs.

    Raises
    ------
    RunError
        Another process holds it; the message says which.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a+", encoding="utf-8") as file:
        taken = _taken(file)
        if taken is False:
            file.seek(0)
            raise RunError(AT_WORK.text, holder=file.read().strip() or path.name)
        with nullcontext() if taken else _made_once(path.with_name(f"{path.name}-held")):
            file.truncate(0)
            file.write(f"PID {os.getpid()}, {socket.gethostname()}, {datetime.now():%Y-%m-%d %H:%M:%S}\n")
            file.flush()
            yield


@contextmanager
def _made_once(path):
    """Hold a file that names this process; that of a process which is gone goes."""
    mine = f"{os.getpid()} {_started(os.getpid())} {socket.gethostname()}"
    while True:
        try:
            with open(path, "x", encoding="utf-8") as file:
                file.write(mine)
            break
        except FileExistsError:
            _remove_if_left(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _remove_if_left(path):
    """Remove the file of a process that is gone.

    Raises
    ------
    RunError
        Its process lives, or nobody can tell.
    """
    with suppress(FileNotFoundError):
        found = path.read_text(encoding="utf-8")
        number, started, host = [*found.split(" ", 2), "", "", ""][:3]
        if host and (host != socket.gethostname() or sys.platform == "win32"):
            raise RunError(
                "A run on {host} seems to be at work in this folder, whose drive has no locks. If there is none, delete "
                "{path}, then run again.",
                host=host,
                path=path,
            )
        if _started(number) == started if host else time.time() - path.stat().st_mtime < UNSURE:
            raise RunError(AT_WORK.text, holder=f"PID {number}".strip())
        aside = path.with_name(f"{path.name}-{os.getpid()}")
        path.rename(aside)  # which one process can do
        if aside.read_text(encoding="utf-8") != found:  # another was faster, and holds it now
            aside.rename(path)
        else:
            aside.unlink()


def _started(number):
    """Return when a process of this computer started, in its own words; empty where there is none."""
    if sys.platform == "linux":
        with suppress(OSError):
            return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[19]
        return ""
    with suppress(ProcessLookupError):
        if sys.platform != "win32":  # where this would end the process
            with suppress(PermissionError):
                os.kill(int(number), 0)
        return "?"
    return ""


@contextmanager
def private():
    """Yield a folder for sockets, which only this user can enter and find; None where there can be none.

    It goes with the run; those of killed runs, whose processes are all gone, go first.
    """
    root = _root_for_sockets()
    if root is None:
        yield None
        return
    for left in root.glob(f"{PREFIX}*"):
        with suppress(OSError), _locked(left):
            shutil.rmtree(left)
    new = Path(tempfile.mkdtemp(prefix=f".{PREFIX}", dir=root))  # of mode 700, whatever the umask
    with _locked(new, needed=False):
        folder = new.rename(root / new.name[1:])  # seen by others once it is locked
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def ipython_within(folder):
    """Let IPython keep its files in a folder where it can in no home folder: it would say so, and leave one behind."""
    given = os.environ.get("IPYTHONDIR")
    usual = Path(given or os.path.expanduser("~/.ipython"))
    try:
        usual.mkdir(exist_ok=True)  # as IPython does
        if not os.access(usual, os.W_OK):
            raise PermissionError
    except OSError:
        os.environ["IPYTHONDIR"] = str(folder / "ipython")
    try:
        yield
    finally:
        if given is None:
            os.environ.pop("IPYTHONDIR", None)
        else:
            os.environ["IPYTHONDIR"] = given


@contextmanager
def _locked(folder, needed=True):
    """Hold the lock of a folder: this process, and what it forks meanwhile, as long as any of them lives."""
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with nullcontext() if needed else suppress(OSError):  # a drive without locks: others leave the folder alone
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _root_for_sockets():
    """Return a folder that private ones can be made in, short enough for the path of a socket."""
    if sys.platform != "linux":
        return None
    for name in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp"):
        if name and len(os.fsencode(name)) <= LONGEST and os.access(name, os.W_OK | os.X_OK):
            return Path(name)
    return None


def _taken(file):
    """Say whether the lock of a file was taken; None where the drive has no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(1 << 30)  # a byte past the text, which stays readable to others
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in (errno.EACCES, errno.EAGAIN) else None
    return True
