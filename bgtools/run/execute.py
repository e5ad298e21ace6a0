"""Execute one notebook through Papermill, in this process, into its own staging folder.

What comes out is whole or not there: nothing outside the staging folder is written. Moving results to where they
belong, and deciding what runs, is done in `run`.
"""

import json
import time
from contextlib import suppress

import nbformat
import papermill
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from papermill.exceptions import PapermillExecutionError

from bgtools.run import engine, notebooks, tidy
from bgtools.run.messages import speaker
from bgtools.run.results import digest
from bgtools.run.tasks import Outcome


def execute(task, told=lambda cell, cells: None):
    """Execute a notebook; its copy, figures and reads are then in the task's staging folder.

    Parameters
    ----------
    task : Task
    told : callable
        Called with (index, number of cells) whenever a cell starts.

    Returns
    -------
    Outcome
    """
    say, start = speaker(task.speech), time.monotonic()
    outcome = Outcome()
    try:
        (task.staging / "figures").mkdir(parents=True)
        executed, outcome.error = _executed(task, told, say)
        if executed is not None:
            _write_copy(task, executed)
            outcome.copy = digest(task.staging / "copy.ipynb")
        if outcome.error is None:
            folder = task.staging / "figures"
            outcome.figures = {
                path.relative_to(folder).as_posix(): digest(path)
                for path in sorted(folder.rglob("*"))
                if path.is_file()
            }
        reads = task.staging / "reads"
        if reads.exists():
            outcome.reads = [json.loads(line) for line in reads.read_text(encoding="utf-8").splitlines()]
    except OSError as error:
        outcome.error = {
            "cell": None,
            "name": type(error).__name__,
            "message": say("cannot_write", path=task.staging, why=error.strerror or error),
        }
    outcome.seconds = round(time.monotonic() - start, 3)
    return outcome


def rehearse():
    """Do once what each worker would do first: find the kernel, make nbformat's validator."""
    with suppress(NoSuchKernel):  # which the run then says of each notebook
        KernelSpecManager().get_kernel_spec("python3")
    nbformat.validate(nbformat.v4.new_notebook())


def _executed(task, told, say):
    """Return (executed notebook or None, error or None)."""
    notebook = notebooks.load(task.source, say=say)
    if task.parameters is None and task.period:
        notebooks.set_default(notebook, task.name, "period", task.period, say=say)
    if task.lang == "en":
        notebooks.translate(notebook)
    keep = []
    try:
        papermill.execute_notebook(
            nbformat.from_dict(notebook),
            None,
            task.parameters,
            engine_name=engine.NAME,
            progress_bar=False,
            kernel_name="python3",
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
            task=task,
            keep=keep,
            told=told,
        )
    except PapermillExecutionError as error:
        cell = keep[0].cells[error.cell_index + 2]  # Papermill put two cells before it, to show the place
        message = tidy.scrubbed(error.evalue or error.ename, task.root)
        return keep[0], {"cell": cell.get("id"), "name": error.ename, "message": message}
    except RuntimeError as error:
        return None, {"cell": None, "name": "RuntimeError", "message": say("kernel_absent", why=error)}
    return keep[0], None


def _write_copy(task, executed):
    if task.parameters is None:
        tidy.committed(executed, root=task.root)
    else:
        source = task.source.relative_to(task.root).as_posix()
        tidy.executed_copy(executed, root=task.root, input_path=source, output_path=task.copy)
    (task.staging / "copy.ipynb").write_text(tidy.text(executed), encoding="utf-8", newline="\n")
