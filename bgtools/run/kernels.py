"""Kernels that start in a moment: forked from a process that has already imported what notebooks import.

A kernel provisioner of jupyter_client, registered by entry point as `bgdata-warm`: Papermill, nbclient, nbval and
JupyterLab all use it with JUPYTER_DEFAULT_PROVISIONER_NAME=bgdata-warm in the environment. What comes up is the
ordinary ipykernel. Where it cannot be forked (Windows, macOS, BGDATA_WARM=0, anything unusual about the start)
the ordinary kernel is started. The process that forks is in `warm`.
"""

import asyncio
import os
import subprocess
import time
import uuid
from contextlib import suppress
from queue import Empty

from jupyter_client import AsyncKernelClient, AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Type, Unicode

from bgtools.run import fork

START_LIMIT = 60  # seconds for a kernel to come up
ORDINARY = {"env", "cwd", "stdout", "stderr", "extra_arguments", "kernel_id"}


class WarmProvisioner(LocalProvisioner):
    """Starts a kernel by forking the warm process, or the ordinary way where that cannot be.

    Attributes
    ----------
    forked : bool
    lost : bool
        The kernel ended because the process that forks kernels did.
    """

    _stopping = forked = False
    _forked = None

    @property
    def lost(self):
        return bool(self._forked and self._forked.lost)

    async def launch_kernel(self, cmd, **options):
        self._stopping = self.forked = False
        environ, cwd = dict(options.get("env") or os.environ), str(options.get("cwd") or os.getcwd())
        module = cmd.index("-m") if "-m" in cmd else 0
        given = {name for name, value in options.items() if value is not None}
        plain = given <= ORDINARY and cmd[module + 1] == "ipykernel_launcher"
        if fork.usable() and plain:
            with suppress(OSError):
                self._forked = self.process = await _fork(cmd[:module], cmd[module + 2 :], environ, cwd, options)
                self.pid = self.pgid = self.process.pid
                self.cwd, self.forked = cwd, True
                return self.connection_info
        return await super().launch_kernel(cmd, **options)

    async def shutdown_requested(self, restart=False):
        self._stopping = True

    async def kill(self, restart=False):
        self._stopping = True
        await super().kill(restart=restart)

    async def poll(self):
        """Return the exit status; while stopping, wait for it a moment instead of being asked again and again."""
        if self._stopping and self.forked and self.process and self.process.poll() is None:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self.process.told(), 0.1)
        return await super().poll()

    async def cleanup(self, restart=False):
        """Kill what an ordinary kernel started and left behind; the warm process does it for its own."""
        if self.pgid and not self.forked and hasattr(os, "killpg"):
            fork.kill_group(self.pgid)
        await super().cleanup(restart=restart)


async def _fork(interpreter, argv, environ, cwd, options):
    """Return a forked kernel that listens on its ports."""
    null = os.open(os.devnull, os.O_RDWR)
    try:
        streams = [_descriptor(options.get(name), null, own) for name, own in (("stdout", 1), ("stderr", 2))]
        kernel = fork.warm_process(interpreter, environ, cwd).fork(argv, environ, cwd, [null, *streams])
        while kernel.returncode is None and not kernel.ready:
            await kernel.told()
    finally:
        os.close(null)
    if kernel.pid is None or kernel.lost:
        raise OSError("the warm process did not fork")
    return kernel


def _descriptor(stream, null, own):
    if stream is None:
        return own
    if stream == subprocess.DEVNULL:
        return null
    return stream if isinstance(stream, int) else stream.fileno()


class QuickClient(AsyncKernelClient):
    """Knows that a kernel is ready when it says so; the stock client then waits 0.2 s for silence."""

    async def wait_for_ready(self, timeout=None):
        """Wait for the reply to a question and for the "idle" that ends it.

        Raises
        ------
        RuntimeError
            The kernel died, or did not answer in time.
        """
        deadline = time.monotonic() + (timeout or START_LIMIT)
        while not await self._answers():
            if not await self._async_is_alive():
                raise RuntimeError("it died before it was ready")
            if time.monotonic() > deadline:
                raise RuntimeError(f"no answer for {timeout} seconds")

    async def _answers(self):
        question, idle = self.kernel_info(), False
        try:
            reply = await self.shell_channel.get_msg(timeout=1)
            while reply["parent_header"].get("msg_id") != question:
                reply = await self.shell_channel.get_msg(timeout=1)
            while not idle:
                news = await self.iopub_channel.get_msg(timeout=0.05)
                idle = (
                    news["parent_header"].get("msg_id") == question and news["content"].get("execution_state") == "idle"
                )
        except Empty:
            return False
        self._handle_kernel_info_reply(reply)
        return True


class QuickManager(AsyncKernelManager):
    """Starts kernels warm, whatever the environment says, unless the kernelspec names a provisioner of its own.

    With a private folder it speaks to them over sockets there, so that no other user can read what is printed, and
    without ports: those are found free and taken a moment later, when another kernel may have them.

    Attributes
    ----------
    folder : str
        See :func:`bgtools.run.lock.private`; empty: ports.
    """

    folder = Unicode(config=True)
    client_factory = Type(klass=QuickClient, default_value=QuickClient)
    # The stock methods, but for 10 ms that each sleeps for the sake of jupyter_client's own tests.
    start_kernel = AsyncKernelManager._async_start_kernel.__wrapped__
    shutdown_kernel = AsyncKernelManager._async_shutdown_kernel.__wrapped__

    async def _async_pre_start_kernel(self, **options):
        self.kernel_id = self.kernel_id or str(uuid.uuid4())
        if self.folder:
            self.transport, self.connection_file = "ipc", f"{self.folder}/{self.kernel_id[:8]}.json"
        if self.provisioner is None and "kernel_provisioner" not in self.kernel_spec.metadata:
            self.provisioner = WarmProvisioner(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
        return await super()._async_pre_start_kernel(**options)
