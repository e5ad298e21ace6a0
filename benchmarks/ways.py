"""Ways of running the notebooks that are Python code: `ways.py NAME`, started by run.py.

In a project's folder; executed copies go to out/. The limit keeps no copies: it only does the work of the cells.
Nothing here is of the module `__main__`: ploomber-engine puts the notebook's own in its place.
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


def nbclient_pool():
    """Execute with nbclient alone: a kernel each, without parameters, which are the notebooks' defaults."""
    with multiprocessing.get_context("spawn").Pool(PROCESSORS) as pool:
        pool.map(nbclient_one, notebooks(), chunksize=1)


def nbclient_one(path):
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}).execute()
    nbformat.write(notebook, path.parent.parent / "out" / path.name)


def ploomber():
    """Execute one after the other in this process, without a kernel."""
    for path in notebooks():
        ploomber_one(path)


def ploomber_pool():
    import ploomber_engine  # noqa: F401 - imported once, for all processes forked from this one

    with multiprocessing.get_context("fork").Pool(PROCESSORS) as pool:
        pool.map(ploomber_one, notebooks(), chunksize=1)


def ploomber_one(path):
    from ploomber_engine import execute_notebook

    out = path.parent.parent / "out" / path.name
    execute_notebook(path, out, parameters=PERIOD, cwd=path.parent, progress_bar=False)


def cache():
    """Execute with jupyter-cache, in parallel; what was executed is in its cache."""
    from jupyter_cache import get_cache
    from jupyter_cache.executors import load_executor

    folder = Path("out/cache").resolve()
    found = get_cache(folder)
    for path in notebooks():
        found.add_nb_to_project(str(path))
    done = load_executor("local-parallel", found).run_and_cache(force=True, timeout=600)
    sys.exit(len(done.excepted + done.errored))


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
    import ways

    getattr(ways, sys.argv[1])()
