"""A machine's worker: one process with as many threads as processors, kernels warm, under a nanny that starts it anew.

It comes back by itself when the network was away, and goes when the scheduler is gone for good.
"""

import asyncio
import logging
import signal
from contextlib import suppress

import click
import distributed

from bgdata.voice import Message
from bgtools.run.cluster import connection, remote
from bgtools.run.cluster.address import Address
from bgtools.run.pool import processors


def worked(text, *, threads=None):
    """Work for a scheduler until it is gone, or until a signal; return the exit status.

    Parameters
    ----------
    text : str
        See :class:`bgtools.run.cluster.address.Address`.
    threads : int, optional
        Notebooks at a time; default: as many as there are processors.

    Raises
    ------
    UnknownName
        The address is none, or open to everybody.
    RunError
        Nobody answers there, or there are no certificates.
    """
    address = Address.parse(text)
    connection.quiet()
    security = connection.certified(address)
    connection.answering(address, connection.AWAY)
    threads = threads or processors()
    click.echo(Message("Working for {address}, {count} notebooks at a time.", address=text, count=threads))
    return asyncio.run(_work(address, threads, security))


async def _work(address, threads, security):
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows has no such handlers
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    while not stopped.is_set():
        async with _nanny(address, threads, security) as nanny:
            ended = [asyncio.ensure_future(nanny.finished()), asyncio.ensure_future(stopped.wait())]
            await asyncio.wait(ended, return_when=asyncio.FIRST_COMPLETED)
        if not stopped.is_set():
            await asyncio.to_thread(connection.answering, address, connection.AWAY)
    return 0


def _nanny(address, threads, security):
    return distributed.Nanny(
        address.text,
        nthreads=threads,
        security=security,
        memory_limit=0,  # kernels are processes of their own
        preload=[remote.NAME],
        silence_logs=logging.CRITICAL,
        dashboard=False,
        host=address.host if not address.safe else None,
        protocol=address.text.partition(":")[0],
    )
