"""The connection of a driver with a scheduler: certificates, and a cluster of its own for a try.

Certificates are those that Dask's own configuration names, or else those in the folder of :func:`keys`.
"""

import logging
import os
import socket
import time
from contextlib import contextmanager
from pathlib import Path

import dask
import distributed  # noqa: F401  (its configuration)
from distributed import Client, LocalCluster, Security

from bgdata.errors import RunError
from bgdata.files import cannot_write, reason
from bgdata.voice import Message
from bgtools.run.cluster import remote
from bgtools.run.cluster.address import Address

ANSWER = 10  # seconds for an answer
AWAY = 90  # seconds that a scheduler may be away
FILES = ("certificate.pem", "key.pem")
REASONS = (  # what the system says of connections, in its own words, which are the keys of ours
    Message("Connection refused"),
    Message("timed out"),
    Message("No route to host"),
    Message("Network is unreachable"),
    Message("Temporary failure in name resolution"),
    Message("Name or service not known"),
)


@contextmanager
def connected(text):
    """Yield a function that makes a client of the cluster at an address, anew where the last one was lost.

    Raises
    ------
    UnknownName
        The address is none, or open to everybody.
    RunError
        Nobody answers there, or there are no certificates.
    """
    address = Address.parse(text)
    quiet()
    if address.workers:
        with _own(address.workers) as (text, security):
            yield lambda patience=ANSWER: _client(text, security, patience)
    else:
        security = certified(address)
        answering(address)
        yield lambda patience=ANSWER: _client(text, security, patience)


def certified(address):
    """Return the certificates to use with an address.

    Raises
    ------
    RunError
        There are none, or they cannot be read.
    """
    folder, security = keys_folder(), Security()
    paths = [folder / name for name in FILES]
    if address.safe and not security.tls_ca_file:
        if not all(path.is_file() for path in paths):
            raise RunError(
                "{address} needs certificates: name them in Dask's configuration (distributed.comm.tls), or copy "
                "{folder} here from where the scheduler has its own.",
                address=address.text,
                folder=folder,
            )
        security = _security(folder)
    try:
        security.get_connection_args("client")
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else error
        raise RunError("The certificates for {address} cannot be used: {why}.", address=address.text, why=why) from None
    return security


def keys(folder=None):
    """Return certificates for a cluster of one's own: those in a folder that only its owner can read, made if need be.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        Default: ``~/.config/bgdata/cluster``, or what ``BGDATA_CLUSTER_KEYS`` says; there `bgdata run --cluster` and
        `bgdata worker` look for them.

    Returns
    -------
    distributed.Security

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     keys(folder).require_encryption
    True
    """
    folder = Path(folder).expanduser() if folder else keys_folder()
    if not all((folder / name).exists() for name in FILES):
        made = Security.temporary()
        with cannot_write(folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for name, content in zip(FILES, (made.tls_ca_file, made.tls_client_key)):
                with open(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                    file.write(content)
    return _security(folder)


def queue_options():
    """Return what the clusters of dask-jobqueue (SLURM, PBS and others) have to be made with, to execute our notebooks.

    Returns
    -------
    dict
        ``protocol``, ``security`` (:func:`keys`) and ``worker_extra_args``.
    """
    return {"protocol": "tls://", "security": keys(), "worker_extra_args": ["--preload", remote.NAME]}


def keys_folder():
    """Return where certificates are looked for."""
    return Path(os.environ.get("BGDATA_CLUSTER_KEYS") or "~/.config/bgdata/cluster").expanduser()


def _security(folder):
    certificate, key = (str(folder / name) for name in FILES)
    roles = {
        f"tls_{role}_{part}": path
        for role in ("client", "scheduler", "worker")
        for part, path in (("cert", certificate), ("key", key))
    }
    return Security(require_encryption=True, tls_ca_file=certificate, **roles)


def answering(address, patience=ANSWER / 2):
    """Wait until somebody listens at an address.

    Raises
    ------
    RunError
        Nobody does.
    """
    end = time.monotonic() + patience
    while True:
        try:
            left = max(1, end - time.monotonic())
            socket.create_connection((address.host.strip("[]"), address.port), timeout=left).close()
            return
        except OSError as error:
            if time.monotonic() > end or isinstance(error, socket.gaierror):
                raise RunError(
                    "No scheduler answers at {address}: {why}.", address=address.text, why=reason(error)
                ) from None
        time.sleep(0.5)


def quiet():
    """Keep Dask from writing logs beside what a run says."""
    for name in [name for name in logging.root.manager.loggerDict if name.startswith(("distributed", "tornado"))]:
        logging.getLogger(name).setLevel(logging.CRITICAL)


@contextmanager
def _own(workers):
    """Yield the address of a cluster on this machine, and its certificates; nobody else gets in."""
    security = Security.temporary()
    with LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        protocol="tls://",
        host="127.0.0.1",
        security=security,
        dashboard_address=None,
        memory_limit=0,
        silence_logs=logging.CRITICAL,
        preload=[remote.NAME],
    ) as cluster:
        yield cluster.scheduler_address, security


def _client(text, security, patience):
    """Return a client, and make its scheduler strict.

    Raises
    ------
    RunError
        It does not answer in time, as a scheduler of Dask's with these certificates and our code would.
    """
    end, why = time.monotonic() + patience, Message("timed out")
    while time.monotonic() < end:
        try:
            with dask.config.set({"distributed.comm.timeouts.connect": f"{ANSWER}s"}):
                client = Client(text, security=security, timeout=ANSWER, set_as_default=False)
            client.run_on_scheduler(remote.strict)
            return client
        except ImportError as error:
            raise RunError("The scheduler at {address} has no bgdata: {why}.", address=text, why=error) from None
        except (OSError, ValueError) as error:
            if "certificate" in str(error):
                why = Message("its certificates are others than those here")
            time.sleep(1)
    raise RunError("No scheduler answers at {address}: {why}.", address=text, why=why)
