"""Import seaborn without SciPy, which takes ten times as long to import and which none of our charts needs.

Of SciPy, seaborn wants `gaussian_kde` and `hierarchy` when it is imported, and uses them for densities and dendrograms.
Here it gets stand-ins that import the real ones when they are used, so that all of seaborn works as ever.
"""

import sys
from importlib import import_module
from types import ModuleType


class _Later(ModuleType):
    """A module that is imported when something of it is asked for."""

    def __getattr__(self, name):
        return getattr(import_module(self.__name__), name)


def _gaussian_kde(*args, **options):
    return import_module("scipy.stats").gaussian_kde(*args, **options)


def seaborn() -> ModuleType:
    """Return seaborn.

    Examples
    --------
    >>> seaborn().__name__
    'seaborn'
    """
    if "seaborn" in sys.modules or "scipy" in sys.modules:
        return import_module("seaborn")
    stats, cluster = ModuleType("scipy.stats"), ModuleType("scipy.cluster")
    stats.gaussian_kde, cluster.hierarchy = _gaussian_kde, _Later("scipy.cluster.hierarchy")
    sys.modules.update({"scipy.stats": stats, "scipy.cluster": cluster})
    try:
        return import_module("seaborn")
    finally:
        del sys.modules["scipy.stats"], sys.modules["scipy.cluster"]
