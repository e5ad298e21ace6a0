"""Execute one notebook through Papermill, in this process, into its own staging folder.

What comes out is whole or not there: nothing outside the staging folder is written. Moving results to where they
belong, and deciding what runs, is done in `run`.
"""

import json
import logging
import os
import time
from contextlib import suppress
from pathlib import Path

import nbformat
import papermill
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from papermill.exceptions import PapermillExecutionError
from papermill.log import logger
from papermill.translators import PythonTranslator, papermill_translators
from traitlets.config import Config

from bgdata.errors import RunError
from bgdata.files import cannot_write
from bgdata.voice import speaking
from bgtools.run import notebooks, tidy
from bgtools.run.pool import Outcome, failure
from bgtools.run.results import digest


class PlainTranslator(PythonTranslator):
    """Writes parameters as a person would, without escapes for Vietnamese letters."""

    @classmethod
    def translate_str(cls, val):
        return json.dumps(val, ensure_ascii=False)


logger.setLevel(logging.CRITICAL)  # what went wrong is in the outcome
papermill_translators.register("python", PlainTranslator)


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
    start, outcome = time.monotonic(), Outcome()
    with speaking(task.speech):
        try:
            with cannot_write(task.staging):
                _execute(task, told, outcome)
        except Exception as error:  # whatever is wrong with a notebook is its own failure, and no other's
            outcome.error = failure(error)
    outcome.seconds = round(time.monotonic() - start, 3)
    return outcome


def _execute(task, told, outcome):
    (task.staging / "figures").mkdir(parents=True)
    executed, outcome.error = _executed(task, told, outcome)
    _write_copy(task, executed)
    outcome.copy = digest(task.staging / "copy.ipynb")
    if outcome.error is None:
        folder = task.staging / "figures"
        outcome.figures = {
            path.relative_to(folder).as_posix(): digest(path) for path in sorted(folder.rglob("*")) if path.is_file()
        }
    reads = task.staging / "reads"
    if reads.exists():
        outcome.reads = [json.loads(line) for line in reads.read_text(encoding="utf-8").splitlines()]


def rehearse():
    """Do once what each worker would do first: find the kernel, make nbformat's validator."""
    with suppress(NoSuchKernel):  # which the run then says of each notebook
        KernelSpecManager().get_kernel_spec("python3")
    nbformat.validate(nbformat.v4.new_notebook())


def _executed(task, told, outcome):
    """Return (executed notebook, error or None)."""
    notebook = notebooks.load(task.source)
    notebooks.defaults(notebook, task.source.name)  # they can be read
    if task.parameters is None and task.period:
        notebooks.set_default(notebook, task.name, "period", task.period)
    if task.lang == "en":
        notebooks.translate(notebook)
    execute = _plainly if task.plain else _quickly
    executed, error = execute(task, nbformat.from_dict(notebook), told, outcome)
    if error is None:
        return executed, None
    cell = executed.cells[error.cell_index + 2]  # Papermill put two cells before it, to show the place
    message = tidy.scrubbed(error.evalue or error.ename, task.root)
    return executed, {"cell": cell.get("id"), "name": error.ename, "message": message}


def _quickly(task, notebook, told, outcome):
    """Execute by our engine; return (executed notebook, PapermillExecutionError or None)."""
    from bgtools.run import engine

    keep = []
    try:
        papermill.execute_notebook(
            notebook,
            None,
            task.parameters,
            engine_name=engine.NAME,
            progress_bar=False,
            kernel_name="python3",
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
            task=task,
            keep=keep,
            outcome=outcome,
            told=told,
        )
    except PapermillExecutionError as error:
        return keep[0], error
    except RuntimeError as error:
        raise RunError("its kernel did not start: {why}", why=error) from error
    return keep[0], None


def _plainly(task, notebook, told, outcome):
    """Execute by Papermill alone, with a time limit for each cell; return what `_quickly` returns."""
    os.environ.update(task.environment)  # this process has no other notebook meanwhile
    path, failed = task.staging / "plain.ipynb", None
    try:
        papermill.execute_notebook(
            notebook,
            path,
            task.parameters,
            progress_bar=False,
            kernel_name="python3",
            cwd=task.source.parent,
            execution_timeout=round(task.limit),
            config=Config(AsyncKernelManager=_sockets(task)),
        )
    except PapermillExecutionError as error:
        failed = error
    return nbformat.read(path, as_version=4), failed


def _sockets(task):
    """Return what makes a kernel manager of Jupyter's speak over sockets in the private folder, if there is one."""
    return {"transport": "ipc", "connection_file": f"{task.private}/{os.getpid()}.json"} if task.private else {}


def _write_copy(task, executed):
    if task.parameters is None:
        tidy.committed(executed, root=task.root)
    else:
        source = Path(os.path.relpath(task.source, task.root)).as_posix()
        tidy.executed_copy(executed, root=task.root, input_path=source, output_path=task.copy)
    (task.staging / "copy.ipynb").write_text(nbformat.v4.writes(executed) + "\n", encoding="utf-8", newline="\n")
