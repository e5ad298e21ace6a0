"""One run at a time in one folder.

The operating system holds the lock, so that it goes with the process that took it, however that ends: there are
no stale locks. The file stays; it only says who holds it.
"""

import os
import socket
import sys
from contextlib import contextmanager
from datetime import datetime

from bgdata.errors import RunError


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
        if not _taken(file):
            file.seek(0)
            raise RunError(
                "Another run is at work in this folder ({holder}). Wait until it is done, then run again.",
                holder=file.read().strip() or path.name,
            )
        file.truncate(0)
        file.write(f"PID {os.getpid()}, {socket.gethostname()}, {datetime.now():%Y-%m-%d %H:%M:%S}\n")
        file.flush()
        yield


def _taken(file):
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(1 << 30)  # a byte past the text, which stays readable to others
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
