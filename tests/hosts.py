"""Hosts for tests: network namespaces on this machine, each with its own end of a cable and its own temporary folder.

The first has the scheduler and the driver; the others have a `bgdata worker` each. Needs root and iproute2.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from contextlib import suppress
from pathlib import Path

import psutil

from bgtools.run.cluster import keys

PORT = 8786


def possible():
    """Whether this machine lets us make hosts."""
    if not (shutil.which("ip") and hasattr(os, "getuid") and os.getuid() == 0):
        return False
    name = f"bg{uuid.uuid4().hex[:8]}"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True).returncode == 0
    subprocess.run(["ip", "netns", "del", name], capture_output=True)
    return made


def ip(*words):
    subprocess.run(["ip", *words], check=True, capture_output=True)


class Hosts:
    """A scheduler's host and some workers' hosts, joined by a bridge; `folder` is for keys, logs and temporary files.

    What a host runs lives in a namespace of process ids of its own, so that a host can be killed at one blow.
    """

    def __init__(self, folder, workers, *, threads=1):
        self.folder, self.count, self.threads = Path(folder), workers, threads
        self.mark = uuid.uuid4().hex[:6]
        self.net = int(self.mark[:2], 16)
        self.running = {}

    def __enter__(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        keys(self.folder / "keys")
        ip("link", "add", self.bridge, "type", "bridge")
        ip("link", "set", self.bridge, "up")
        for host in range(self.count + 1):
            self._lay_cable(host)
        log = open(self.folder / "scheduler.log", "w")
        files = [str(self.folder / "keys" / name) for name in ("certificate.pem", "key.pem")]
        words = ["--protocol", "tls", "--tls-ca-file", files[0], "--tls-cert", files[0], "--tls-key", files[1]]
        self.running[0] = self.start(
            0, "-m", "distributed.cli.dask_scheduler", "--host", self.address_of(0), "--port", str(PORT),
            "--no-dashboard", *words, stdout=log, stderr=log,
        )  # fmt: skip
        for host in range(1, self.count + 1):
            self.work(host)
        return self

    def __exit__(self, *_):
        for host in list(self.running):
            self.kill(host)
        for host in range(self.count + 1):
            with suppress(subprocess.CalledProcessError):
                ip("netns", "del", self.space(host))
        with suppress(subprocess.CalledProcessError):
            ip("link", "del", self.bridge)

    @property
    def bridge(self):
        return f"br{self.mark}"

    @property
    def address(self):
        """The scheduler's address."""
        return f"tls://{self.address_of(0)}:{PORT}"

    def space(self, host):
        return f"ns{self.mark}{host}"

    def address_of(self, host):
        return f"10.77.{self.net}.{host + 1}"

    def _cable(self, host):
        return f"ve{self.mark}{host}"

    def _lay_cable(self, host):
        space, cable = self.space(host), self._cable(host)
        ip("netns", "add", space)
        ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", space)
        ip("link", "set", cable, "master", self.bridge, "up")
        ip("-n", space, "addr", "add", f"{self.address_of(host)}/24", "dev", "eth0")
        ip("-n", space, "link", "set", "eth0", "up")
        ip("-n", space, "link", "set", "lo", "up")

    def pull(self, host):
        """Pull the cable of a host."""
        ip("link", "set", self._cable(host), "down")

    def plug(self, host):
        ip("link", "set", self._cable(host), "up")

    def start(self, host, *words, **options):
        """Start Python on a host; return the process."""
        temporary = self.folder / f"tmp{host}"
        temporary.mkdir(exist_ok=True)
        environ = {
            **os.environ,
            "TMPDIR": str(temporary),
            "XDG_RUNTIME_DIR": "",
            "BGDATA_CLUSTER_KEYS": str(self.folder / "keys"),
            "LANG": "C",
            **options.pop("env", {}),
        }
        return subprocess.Popen(
            ["ip", "netns", "exec", self.space(host), sys.executable, *words], env=environ, start_new_session=True,
            **options,
        )  # fmt: skip

    def work(self, host, **options):
        """Start a host's worker."""
        log = open(self.folder / f"worker{host}.log", "a")
        self.running[host] = self.start(
            host,
            "-m",
            "bgtools",
            "worker",
            self.address,
            "--jobs",
            str(self.threads),
            stdout=log,
            stderr=log,
            **options,
        )

    def processes(self, host):
        """All processes of a host."""
        said = subprocess.run(["ip", "netns", "pids", self.space(host)], capture_output=True, text=True).stdout
        found = []
        for word in said.split():
            with suppress(psutil.Error):
                found.append(psutil.Process(int(word)))
        return found

    def worker(self, host):
        """The process that executes: the child of the nanny that Python's multiprocessing made."""
        nanny = psutil.Process(self.running[host].pid)
        found = [one for one in nanny.children() if "spawn_main" in " ".join(one.cmdline())]
        return found[-1] if found else None

    def kill(self, host):
        """Kill all that a host runs, at once."""
        for _ in range(5):
            found = self.processes(host)
            for process in found:
                with suppress(psutil.Error):
                    process.suspend()
            for process in found:
                with suppress(psutil.Error):
                    process.send_signal(signal.SIGKILL)
            if not found:
                break
            time.sleep(0.1)
        if process := self.running.pop(host, None):
            process.wait()

    def wait(self, count=None, seconds=90):
        """Wait until so many workers are known to the scheduler; all by default."""
        code = (
            "import sys; from bgtools.run.cluster.connection import connected; from bgtools.run.cluster import remote\n"
            "with connected(sys.argv[1]) as client:\n    client(60).wait_for_workers(int(sys.argv[2]), timeout=float(sys.argv[3]))"
        )  # fmt: skip
        waiting = self.start(0, "-c", code, self.address, str(count or self.count), str(seconds))
        assert waiting.wait() == 0
