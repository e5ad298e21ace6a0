"""Ways of running the notebooks that are Python code: `ways.py loop|processes|limit`, started by run.py.

In a project's folder; executed copies go to out/. The limit keeps no copies: it only does the work of the cells.
"""

import json
import multiprocessing
import os
import sys
from pathlib import Path

PERIOD = {"period": "2024-S1", "lang": "vi"}
PROCESSORS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def notebooks():
    """List the notebooks, the largest first."""
    return sorted(Path("notebooks").resolve().glob("*.ipynb"), key=lambda path: -path.stat().st_size)


def execute(path):
    """Execute one notebook as Papermill's Python interface does."""
    import papermill

    papermill.execute_notebook(
        path, f"{path.parent.parent}/out/{path.name}", PERIOD, cwd=path.parent, progress_bar=False
    )


def loop():
    for path in notebooks():
        execute(path)


def processes():
    with multiprocessing.get_context("spawn").Pool(PROCESSORS) as pool:
        pool.map(execute, notebooks(), chunksize=1)


def plain(path):
    """Run a notebook's cells as plain code, with what IPython does to show their results."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell.instance()
    shell.reset(new_session=False)
    os.chdir(path.parent)
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            with capture_output():
                shell.run_cell("".join(cell["source"])).raise_error()
            if "parameters" in cell["metadata"].get("tags", []):
                shell.user_ns.update(PERIOD)


def take(paths):
    """Run notebooks until there are no more."""
    while path := paths.get():
        plain(path)


def limit():
    """Import once, fork as many processes as there are processors, and share out the notebooks."""
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    import IPython.core.interactiveshell  # noqa: F401
    import matplotlib.pyplot  # noqa: F401
    import pandas  # noqa: F401
    import seaborn  # noqa: F401

    import bgdata

    for name in bgdata.__all__:
        getattr(bgdata, name)
    fork = multiprocessing.get_context("fork")
    paths = fork.SimpleQueue()
    for path in [*notebooks(), *[None] * PROCESSORS]:
        paths.put(path)
    workers = [fork.Process(target=take, args=(paths,)) for _ in range(PROCESSORS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    sys.exit(max(worker.exitcode for worker in workers))


if __name__ == "__main__":
    {"loop": loop, "processes": processes, "limit": limit}[sys.argv[1]]()
