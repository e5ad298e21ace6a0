"""Papermill's engine and client as a run needs them: one time limit, results kept, kernels forked.

They lean on parts of Papermill, jupyter_client and ipykernel that nobody promises; with versions that were not tried
(:func:`bgtools.run.fork.untried`) they are not even imported.
"""

import time
from contextlib import contextmanager

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.log import logger
from traitlets.config import Config

from bgdata.voice import Message
from bgtools.run import fork, tidy
from bgtools.run.kernels import START_LIMIT, QuickManager
from bgtools.run.pool import ending

NAME = "bgdata"


class Client(PapermillNotebookClient):
    """Stops the kernel at once, without asking it, where it does not answer, is gone, or we are told to stop.

    What a cell prints is one text per stream, and no more of it is kept than a person could read: nbclient's own
    way (`coalesce_streams`) takes hours for a line of a million letters.

    Attributes
    ----------
    manager : jupyter_client.KernelManager
        Of its kernel, also when that has ended.
    """

    manager = None

    def create_kernel_manager(self):
        self.manager = super().create_kernel_manager()
        return self.manager

    def output(self, outs, msg, display_id, cell_index):
        if msg["msg_type"] == "stream" and not self.clear_before_next_output:
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
            raise


class Engine(NBClientEngine):
    """Papermill's engine with one time limit for the whole notebook and an environment for the kernel.

    A cell that runs out of time, or takes its kernel down, is shown as a failed cell like any other.
    """

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, *, task, keep, outcome, told, **_):
        keep.append(nb_man.nb)
        deadline = time.monotonic() + task.limit
        running = {}

        def note(cell, cell_index):
            kernel = client.km.provisioner
            running.update(cell=cell, process=kernel.process)
            outcome.slow = fork.usable() and not getattr(kernel, "forked", False)
            told(cell_index, len(nb_man.nb.cells))

        client = Client(
            nb_man,
            kernel_name=kernel_name,
            kernel_manager_class=QuickManager,
            config=Config(QuickManager={"folder": str(task.private or "")}),
            startup_timeout=START_LIMIT,
            timeout_func=lambda cell: max(1, round(deadline - time.monotonic())),
            on_cell_start=note,
            log=logger,
            record_timing=False,
            resources={"metadata": {"path": str(task.source.parent)}},
        )
        try:
            with open(task.staging / "kernel.log", "wb") as log, _watched(client, outcome):
                client.execute(env=task.environment, stdout=log, stderr=log)
        except (CellTimeoutError, DeadKernelError) as error:
            if isinstance(error, CellTimeoutError):
                name, said = "TimeoutError", task.late()
            else:
                how = ending(running["process"].poll())
                name, said = "DeadKernelError", Message("its kernel stopped suddenly ({how})", how=how)
            cell, message = running["cell"], str(said)
            cell.outputs.append(
                nbformat.v4.new_output("error", ename=name, evalue=message, traceback=[f"{name}: {message}"])
            )
            nb_man.cell_exception(cell)


@contextmanager
def _watched(client, outcome):
    """Note of a kernel that dies, before it is ready or after, whether it went with the process that forks kernels."""
    try:
        yield
    except RuntimeError:
        outcome.lost = getattr(getattr(client.manager, "provisioner", None), "lost", False)
        raise


papermill_engines.register(NAME, Engine)
