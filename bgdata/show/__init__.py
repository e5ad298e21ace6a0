"""How the numbers look: text, tables and figures. What other rooms ask for stands here; `import bgdata` is for users.

Functions that are called like their module (`report`, `style`, `trend`, `lint`) are imported from it.
"""

from importlib import import_module

_HOMES = {
    "export": ["to_excel", "workbook"],
    "figures": ["SavedFigure", "rehearse", "save_figure"],
    "readback": ["alt_text", "read_back"],
    "report": ["Report"],
    "sentences": ["Answer", "answer", "say", "source", "title"],
    "celltext": ["cell"],
    "tables": ["Table", "table"],
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = list(_HOME)


def __getattr__(name):
    """Import a name when it is first asked for: only some of them need Matplotlib."""
    if name not in _HOME:
        raise AttributeError(f"module 'bgdata.show' has no attribute {name!r}")
    return getattr(import_module(f"bgdata.show.{_HOME[name]}"), name)
