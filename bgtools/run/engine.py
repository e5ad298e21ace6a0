"""Papermill's engine, client and parameter cell as a run needs them: one time limit, results kept, no escapes."""

import json
import logging
import os
import time

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.log import logger
from papermill.translators import PythonTranslator, papermill_translators

from bgdata.voice import Message
from bgtools.run import tidy
from bgtools.run.kernels import START_LIMIT, QuickManager
from bgtools.run.pool import ending

NAME = "bgdata"


class PlainTranslator(PythonTranslator):
    """Writes parameters as a person would, without escapes for Vietnamese letters."""

    @classmethod
    def translate_str(cls, val):
        return json.dumps(val, ensure_ascii=False)


class Client(PapermillNotebookClient):
    """Stops the kernel at once, without asking it, where it does not answer, is gone, or we are told to stop.

    What a cell prints is one text per stream, and no more of it is kept than a person could read: nbclient's own
    way (`coalesce_streams`) takes hours for a line of a million letters.
    """

    def output(self, outs, msg, display_id, cell_index):
        if msg["msg_type"] == "stream":
            content = msg["content"]
            for printed in outs:
                if printed["output_type"] == "stream" and printed["name"] == content["name"]:
                    if len(printed["text"]) <= tidy.LONGEST_STREAM:
                        printed["text"] += content["text"]
                    return None
        return super().output(outs, msg, display_id, cell_index)

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
            nb_man,
            kernel_name=kernel_name,
            kernel_manager_class=QuickManager,
            startup_timeout=START_LIMIT,
            timeout_func=lambda cell: max(1, round(deadline - time.monotonic())),
            on_cell_start=note,
            log=logger,
            record_timing=False,
            resources={"metadata": {"path": str(task.source.parent)}},
        )
        try:
            with open(task.staging / "kernel.log", "wb") as log:
                client.execute(env=environment(task), stdout=log, stderr=log)
        except (CellTimeoutError, DeadKernelError) as error:
            if isinstance(error, CellTimeoutError):
                name, said = "TimeoutError", task.late()
            else:
                how = ending(client.exit_status)
                name, said = "DeadKernelError", Message("its kernel stopped suddenly ({how})", how=how)
            message = str(said)
            running[0].outputs.append(
                nbformat.v4.new_output("error", ename=name, evalue=message, traceback=[f"{name}: {message}"])
            )
            nb_man.cell_exception(running[0])


def environment(task):
    """Return the kernel's environment: where the project is, where figures and notes of reads go."""
    return {
        **os.environ,
        "BGDATA_ROOT": str(task.root),
        "BGDATA_FIGURES": str(task.staging / "figures"),
        "BGDATA_READS": str(task.staging / "reads"),
    }


logger.setLevel(logging.CRITICAL)  # what went wrong is in the outcome
papermill_engines.register(NAME, Engine)
papermill_translators.register("python", PlainTranslator)
