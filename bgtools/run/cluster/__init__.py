"""Notebooks on many machines, through Dask: what a driver hands out, and what a worker does with it.

Needs `dask.distributed`, which is imported here: only a run that was asked for a cluster comes this far.
"""

from importlib.util import find_spec

from bgdata.errors import RunError

if find_spec("distributed") is None:
    raise RunError('A cluster needs Dask, which is not installed: pip install "bgdata[cluster]".')

from bgtools.run.cluster.connection import connected, keys, queue_options
from bgtools.run.cluster.crew import results
from bgtools.run.cluster.hosts import worked

__all__ = ["connected", "keys", "queue_options", "results", "worked"]
