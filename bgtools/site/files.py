"""Write what is made: aside first, in its place when whole."""

import os
import shutil
from contextlib import contextmanager

from bgdata.errors import RunError


def write(path, text):
    """Write a text file the same way on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def written_aside(target, say):
    """Yield a folder beside `target` that takes its place when the block is done; else `target` stays as it was.

    Raises
    ------
    RunError
        Something cannot be written.
    """
    aside, old = (target.with_name(f".{target.name}.{os.getpid()}.{part}") for part in ("new", "old"))
    with refused(target, say):
        try:
            aside.mkdir(parents=True)
            yield aside
            if target.exists():
                os.replace(target, old)
            os.replace(aside, target)
        finally:
            if old.exists() and not target.exists():
                os.replace(old, target)
            for left in (aside, old):
                shutil.rmtree(left, ignore_errors=True)


@contextmanager
def refused(path, say):
    """Say in a sentence what cannot be written.

    Raises
    ------
    RunError
    """
    try:
        yield
    except OSError as error:
        raise RunError(say("cannot_write", path=error.filename or path, why=error.strerror or error)) from None
