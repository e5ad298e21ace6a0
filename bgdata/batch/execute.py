"""Execute one notebook through Papermill, in this process, into its own staging folder.

What comes out is whole or not there: nothing outside the staging folder is written. Moving results to where they
belong, and deciding what runs, is done in `run`.
"""

import json
import logging
import os
import sys
import time

sys.modules.setdefault("rfc3987_syntax", None)  # 2 s at import, for a URL format that no notebook uses

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.log import logger
from papermill.translators import PythonTranslator, papermill_translators

from bgdata.batch import notebooks, tidy
from bgdata.batch.messages import ending, speaker
from bgdata.batch.records import digest
from bgdata.batch.tasks import Outcome

START_LIMIT = 60        # seconds for a kernel to come up


class PlainTranslator(PythonTranslator):
    """Writes parameters as a person would, without escapes for Vietnamese letters."""

    @classmethod
    def translate_str(cls, val):
        return json.dumps(val, ensure_ascii=False)


class Client(PapermillNotebookClient):
    """Stops the kernel at once, without asking it, where it does not answer, is gone, or we are told to stop."""

    def papermill_execute_cells(self):
        try:
            super().papermill_execute_cells()
        except BaseException:
            self.shutdown_kernel = "immediate"
            self.exit_status = self.km.provisioner.process.poll()
            raise


class Engine(NBClientEngine):
    """Papermill's engine with one time limit for the whole notebook and an environment for the kernel.

    A cell that runs out of time, or takes its kernel down, is shown as a failed cell like any other.
    """

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, *, task, keep, told, **_):
        keep.append(nb_man.nb)
        deadline = time.monotonic() + task.limit
        running = []

        def note(cell, cell_index):
            running[:] = [cell]
            told(cell_index, len(nb_man.nb.cells))

        client = Client(
            nb_man, kernel_name=kernel_name, log=logger, startup_timeout=START_LIMIT, record_timing=False,
            timeout_func=lambda cell: max(1, round(deadline - time.monotonic())), on_cell_start=note,
            coalesce_streams=True, resources={"metadata": {"path": str(task.source.parent)}})
        try:
            with open(task.staging / "kernel.log", "wb") as log:
                client.execute(env=environment(task), stdout=log, stderr=log)
        except (CellTimeoutError, DeadKernelError) as error:
            say = speaker(task.speech)
            if isinstance(error, CellTimeoutError):
                name, message = "TimeoutError", say("timed_out", seconds=round(task.limit))
            else:
                name, message = "DeadKernelError", say("kernel_died", how=ending(client.exit_status, say))
            running[0].outputs.append(nbformat.v4.new_output(
                "error", ename=name, evalue=message, traceback=[f"{name}: {message}"]))
            nb_man.cell_exception(running[0])


logger.setLevel(logging.CRITICAL)       # what went wrong is in the outcome
papermill_engines.register("bgdata", Engine)
papermill_translators.register("python", PlainTranslator)


def environment(task):
    """Return the kernel's environment: where the project is, and where figures and notes of reads go."""
    return {**os.environ, "BGDATA_ROOT": str(task.root), "BGDATA_FIGURES": str(task.staging / "figures"),
            "BGDATA_READS": str(task.staging / "reads")}


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
            outcome.figures = {path.relative_to(folder).as_posix(): digest(path)
                               for path in sorted(folder.rglob("*")) if path.is_file()}
        reads = task.staging / "reads"
        if reads.exists():
            outcome.reads = [json.loads(line) for line in reads.read_text(encoding="utf-8").splitlines()]
    except OSError as error:
        outcome.error = {"cell": None, "name": type(error).__name__,
                         "message": say("cannot_write", path=task.staging, why=error.strerror or error)}
    outcome.seconds = round(time.monotonic() - start, 3)
    return outcome


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
            nbformat.from_dict(notebook), None, task.parameters, engine_name="bgdata", progress_bar=False,
            kernel_name="python3", request_save_on_cell_execute=False, autosave_cell_every=0,
            task=task, keep=keep, told=told)
    except PapermillExecutionError as error:
        cell = keep[0].cells[error.cell_index + 2]      # Papermill put two cells before it, to show the place
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
