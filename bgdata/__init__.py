"""Periodic reports of public bodies as checked data, tables and figures.

>>> import bgdata as bg
>>> bg.value("telecom.bts", period="2024-S1", category="4G")
1647.0
"""

import sys
from importlib import import_module
from types import ModuleType

_HOMES = {
    "package.catalogue": ["categories", "completions", "indicators", "periods", "sectors", "units"],
    "package.finder": ["find"],
    "rules.load": ["load", "value"],
    "rules.comparison": ["compare", "headlines", "previous"],
    "rules.checks": ["check", "unchecked"],
    "rules.rulebook": ["rules"],
    "package.selection": ["breakdown", "highest", "lowest", "mark_contradictions", "select"],
    "package.key": ["Key"],
    "rules.derived": ["difference", "implied_whole", "product", "ratio", "share", "total"],
    "rules.areas": ["completeness", "merged", "ranked"],
    "show.sentences": ["answer", "say", "source", "title"],
    "show.style": ["style"],
    "show.tables": ["table"],
    "show.export": ["to_excel"],
    "show.lint": ["lint"],
    "show.figures": ["save_figure"],
    "show.charts.trend": ["trend"],
    "show.report": ["report"],
    "errors": ["BgdataError"],
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [*_HOME, "charts"]  # `__init__.pyi` says the same to editors and type checkers


def __getattr__(name):
    """Import a public name when it is first asked for, so that `import bgdata` does not wait for Matplotlib."""
    if name == "charts":
        return import_module("bgdata.show.charts")
    if name == "__version__":
        return import_module("importlib.metadata").version("bgdata")
    if name not in _HOME:
        raise AttributeError(f"module 'bgdata' has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"bgdata.{_HOME[name]}"), name)
    return found


def __dir__():
    return sorted(__all__)


class _Face(ModuleType):
    """`rules` is a function to those who `import bgdata`, though a folder has the name too."""

    rules = property(lambda self: __getattr__("rules"), lambda self, folder: None)


sys.modules[__name__].__class__ = _Face
if "IPython" in sys.modules:
    import_module("bgdata.lab").register()
