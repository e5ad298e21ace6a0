"""A bucket of object storage (S3) as a store, through fsspec.

Who one is, and where the bucket is, stand where every S3 client looks (AWS_PROFILE, AWS_ENDPOINT_URL and so on); nothing
of it is written or said. Whatever fails for want of an answer is tried again for a while: writing an object twice writes
the same, and a commit whose answer was lost is looked up.
"""

import json
import os
import socket
import threading
import time
import uuid
from contextlib import contextmanager
from importlib.util import find_spec

from bgdata.errors import RunError
from bgdata.voice import Message
from bgtools.run.store.shelf import Taken

FIRST, PATIENCE = 15, 90  # seconds that a store may be away at first, and once it has answered
LEASE, RENEWAL = 60, 15  # seconds that a lease is good for, and after which it is renewed
HOLDER = "driver.json"


class Bucket:
    """A prefix of a bucket as a store; see :class:`bgtools.run.store.shelf.Shelf`."""

    def __init__(self, url):
        if find_spec("s3fs") is None:
            raise RunError('An s3:// store needs s3fs, which is not installed: pip install "bgdata[cluster]".')
        import fsspec

        self.url, self.base, self.patience = url, url.removeprefix("s3://"), FIRST
        quick = {"connect_timeout": 5, "read_timeout": 15, "retries": {"max_attempts": 1}}
        self.files = fsspec.filesystem("s3", config_kwargs=quick, use_listings_cache=False, skip_instance_cache=True)
        self.files.retries = 1  # one who tries again is enough

    @contextmanager
    def held(self):
        """Hold a lease while the `with` block runs; it lapses by itself when its holder is gone.

        Raises
        ------
        RunError
            Another driver has one.
        """
        ours = json.dumps({"holder": f"PID {os.getpid()}, {socket.gethostname()}", "id": uuid.uuid4().hex}).encode()
        lease, done = [self._leased(ours)], threading.Event()

        def renew():
            while not done.wait(RENEWAL):
                try:
                    lease[0] = self.commit(HOLDER, ours, lease[0])
                except (Taken, RunError):
                    return  # a commit will tell

        thread = threading.Thread(target=renew, daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()
            self._release(lease[0])

    def _leased(self, ours):
        """Take the lease, if nobody has it or the one who had it is gone."""
        content, version = self.seen(HOLDER)
        if content is not None and self._age(HOLDER) < LEASE:
            raise self._other(content)
        try:
            return self.commit(HOLDER, ours, version)
        except Taken:
            raise self._other(self.seen(HOLDER)[0]) from None

    def _other(self, content):
        try:
            holder = json.loads(content)["holder"]
        except (ValueError, TypeError, KeyError):
            holder = HOLDER
        return RunError(
            "Another run writes to {url} ({holder}). Wait until it is done, then run again.",
            url=self.url,
            holder=holder,
        )

    def _age(self, name):
        """Return how many seconds ago an object was written, by the store's own clock."""
        probe = f"{name}.{uuid.uuid4().hex[:8]}"
        self.put({probe: b""})
        now, then = (self._tried(lambda one=one: self.files.modified(self._path(one))) for one in (probe, name))
        self._tried(lambda: self.files.rm_file(self._path(probe)))
        return (now - then).total_seconds()

    def _release(self, version):
        """Give the lease back, if it is still ours; else it lapses."""
        try:
            if self.seen(HOLDER)[1] == version:
                self._tried(lambda: self.files.rm_file(self._path(HOLDER)), patience=5)
        except RunError:
            pass

    def read(self, names):
        """Return the contents of objects, by name; those that are not there are left out."""
        paths = {self._path(name): name for name in names}
        if not paths:
            return {}
        found = self._tried(lambda: _raised(self.files.cat([*paths], on_error="return")))
        return {paths[path]: content for path, content in found.items() if isinstance(content, bytes)}

    def seen(self, name):
        """Return (content, version) of a name; (None, None) if nobody wrote it."""
        bucket, _, key = self._path(name).partition("/")

        def look():
            try:
                answer = self.files.call_s3("get_object", Bucket=bucket, Key=key)
            except FileNotFoundError as error:
                if "bucket" in str(error).lower():
                    raise
                return None, None
            return self._body(answer["Body"]), answer["ETag"]

        return self._tried(look)

    def _body(self, stream):
        from fsspec.asyn import sync

        return sync(self.files.loop, stream.read)

    def put(self, contents):
        """Write objects; each is there when all of it has come, or not at all."""
        self._tried(lambda: self.files.pipe({self._path(name): content for name, content in contents.items()}))

    def commit(self, name, content, version):
        """Write a name that has still the version that was seen; return the new version.

        Raises
        ------
        Taken
            It has another.
        """
        condition = {"IfMatch": version} if version else {"IfNoneMatch": "*"}

        def write():
            try:
                return self.files.call_s3(
                    "put_object",
                    **dict(zip(("Bucket", "Key"), self._path(name).split("/", 1))),
                    Body=content,
                    **condition,
                )["ETag"]
            except (OSError, FileExistsError) as error:
                if not _is(error, "PreconditionFailed", "ConditionalRequestConflict"):
                    raise
            there, now = self.seen(name)
            if there != content:  # else it was ours, and its answer was lost
                raise Taken
            return now

        return self._tried(write)

    def _path(self, name):
        return f"{self.base}/{name}"

    def _tried(self, work, patience=PATIENCE):
        """Do something, again and again while there is no answer; say in a sentence what cannot be."""
        end, pause = time.monotonic() + min(patience, self.patience), 0.2
        while True:
            try:
                done = work()
                self.patience = PATIENCE
                return done
            except (Taken, RunError):
                raise
            except Exception as error:
                if why := _final(error):
                    raise RunError("The store {url} cannot be used: {why}.", url=self.url, why=why) from None
                if time.monotonic() > end:
                    raise RunError("The store {url} does not answer.", url=self.url) from None
            time.sleep(pause)
            pause = min(2 * pause, 5)


def _code(error):
    """Return what S3 calls an error, "" if S3 said nothing."""
    while error is not None:
        if hasattr(error, "response"):
            return str(error.response.get("Error", {}).get("Code", ""))
        error = error.__cause__
    return ""


def _is(error, *codes):
    return _code(error) in codes


def _final(error):
    """Return why it is no use to try again; None if it may be."""
    code = _code(error)
    if isinstance(error, FileNotFoundError) or code == "NoSuchBucket":
        return Message("there is no such bucket")
    if isinstance(error, PermissionError):
        return Message("Permission denied")
    if type(error).__name__ in ("NoCredentialsError", "PartialCredentialsError", "TokenRetrievalError"):
        return Message("nobody said who you are (AWS_PROFILE, AWS_ACCESS_KEY_ID)")
    if type(error).__name__ in ("ParamValidationError", "ProfileNotFound", "InvalidBucketName"):
        return Message("it is no name of a bucket")
    return f"S3 {code}" if code and not code.startswith("5") and code not in AGAIN else None


AGAIN = ("InternalError", "SlowDown", "ServiceUnavailable", "RequestTimeout", "IncompleteBody", "BadDigest")


def _raised(found):
    """Return what was read; an object that is not there is none, any other error is raised."""
    for content in found.values():
        if isinstance(content, Exception) and not isinstance(content, FileNotFoundError):
            raise content
    return found
