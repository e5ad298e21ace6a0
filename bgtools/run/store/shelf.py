"""What a store is asked for, and a folder that is one.

Four things: an object is read; objects are written, each whole; a name is written if nobody wrote it since it was read;
it is held by one at a time.
"""

import hashlib
from contextlib import contextmanager
from pathlib import Path

from bgdata.errors import RunError, UnknownName
from bgdata.files import reason, write_all
from bgtools.run import lock

OTHERS = ("gs", "gcs", "abfs", "abfss", "az")


class Taken(Exception):
    """Somebody else wrote the name since it was read."""


def opened(url):
    """Return the store at an address: ``s3://BUCKET/PREFIX`` or a folder.

    Raises
    ------
    UnknownName
        It is no such address, or has a name or key of a person in it.
    """
    kind, mark, rest = url.partition("://")
    if "@" in rest or "?" in rest:
        raise UnknownName("A store's address holds neither names nor keys; they belong into the environment.")
    if kind == "s3" and rest.strip("/"):
        from bgtools.run.store.bucket import Bucket

        return Bucket(url.rstrip("/"))
    if mark and kind in OTHERS:
        raise UnknownName(
            "{kind}:// is no store yet: that results of another run are never written over was proven with S3 only. Use s3:// "
            "or a folder.",
            kind=kind,
        )
    if mark and kind != "file" or not (rest or kind):
        raise UnknownName('"{url}" is no store; expected: s3://BUCKET/PREFIX or a folder.', url=url)
    return Shelf(Path(rest if mark else url).expanduser().absolute())


def version_of(content):
    """Return what tells two contents of one name apart."""
    return hashlib.sha256(content).hexdigest()


class Shelf:
    """A folder as a store.

    Attributes
    ----------
    url : str
        How messages call it.
    """

    def __init__(self, folder):
        self.folder, self.url = folder, str(folder)

    @contextmanager
    def held(self):
        """Be the only one who writes while the `with` block runs.

        Raises
        ------
        RunError
            Another one does.
        """
        with lock.held(self.folder / ".lock"):
            yield

    def read(self, names):
        """Return the contents of objects, by name; those that are not there are left out.

        Raises
        ------
        RunError
            The store cannot be read.
        """
        found = {}
        for name in names:
            try:
                found[name] = (self.folder / name).read_bytes()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise RunError("The store {url} cannot be read: {why}.", url=self.url, why=reason(error)) from None
        return found

    def seen(self, name):
        """Return (content, version) of a name; (None, None) if nobody wrote it."""
        content = self.read([name]).get(name)
        return content, None if content is None else version_of(content)

    def put(self, contents):
        """Write objects, each whole or not at all.

        Raises
        ------
        WriteError
            One of them cannot be written.
        """
        write_all({self.folder / name: content for name, content in contents.items()})

    def commit(self, name, content, version):
        """Write a name that has still the version that was seen; return the new version.

        Raises
        ------
        Taken
            It has another.
        WriteError
            It cannot be written.
        """
        if self.seen(name)[1] != version:
            raise Taken
        self.put({name: content})
        return version_of(content)
