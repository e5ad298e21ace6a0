"""The one way a file is written whole: aside first, in its place when all of it is there.

What was there stays until then, and after an error or an interruption. What is written is not looked at here.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from bgdata.errors import WriteError
from bgdata.voice import Message

REASONS = (  # what the system says, in its own words, which are the keys of ours
    Message("Permission denied"),
    Message("Operation not permitted"),
    Message("No such file or directory"),
    Message("File exists"),
    Message("Not a directory"),
    Message("Is a directory"),
    Message("Directory not empty"),
    Message("No space left on device"),
    Message("Disk quota exceeded"),
    Message("Read-only file system"),
    Message("File name too long"),
    Message("Too many open files"),
    Message("Input/output error"),
    Message("Cannot allocate memory"),
)


def write(path: Path, content: str | bytes) -> None:
    """Write one file, the same way on every system; its folder is made if need be.

    Raises
    ------
    WriteError
        It cannot be written; what was there is unchanged.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(Path(folder) / "new" / "a.txt", "một\\n")
    ...     (Path(folder) / "new" / "a.txt").read_text(encoding="utf-8")
    'một\\n'
    """
    write_all({path: content})


def write_all(contents: Mapping[Path, str | bytes]) -> None:
    """Write several files, all or none: each aside, then all are renamed.

    Raises
    ------
    WriteError
        One of them cannot be written; what was there is unchanged.
    """
    aside = {path: _beside(path, "new") for path in contents}
    with cannot_write(next(iter(contents), Path())):
        try:
            for path, content in contents.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                aside[path].write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
            for path, new in aside.items():
                os.replace(new, path)
        finally:
            for new in aside.values():
                with suppress(OSError):
                    new.unlink(missing_ok=True)


@contextmanager
def folder(target: Path) -> Iterator[Path]:
    """Yield a folder beside `target` that takes its place when the block is done; else `target` stays as it was.

    Raises
    ------
    WriteError
        Something cannot be written.
    """
    aside, old = _beside(target, "new"), _beside(target, "old")
    with cannot_write(target):
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
def cannot_write(path: Path) -> Iterator[None]:
    """Turn an error of the system within the block into a sentence about the file that it names, or about `path`."""
    try:
        yield
    except OSError as error:
        named = error.filename2 or error.filename or path
        raise WriteError(
            "Cannot write to {path}: {why}. What was there is unchanged.", path=named, why=reason(error)
        ) from error


def reason(error: OSError) -> Message:
    """Return why the system could not do something.

    Examples
    --------
    >>> reason(PermissionError(13, "Permission denied"))
    Message('Permission denied')
    """
    return Message(error.strerror or str(error))


def _beside(path: Path, part: str) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.{part}")
