"""A project that has run once, is run again, and meets with a fault: nothing may be lost, left over or half-written.

Each kind of fault is a function that takes the ordeal and a moment, in seconds, and returns when the run has ended.
"""

import json
import os
import resource
import signal
import subprocess
import time
import uuid
from contextlib import suppress

import psutil
from projects import Project, heed_interrupts

SOUND = ("draws", "draws-two", "reads", "shows-where-it-is")
MARK = "BGDATA_ENDURANCE"

# What a Python starts with that has another clock, or a file system without locks.
CLOCK = """
import os, time
true, began = time.time, time.monotonic()
def back():
    return true() - 7200 * (time.monotonic() - began > float(os.environ["BGDATA_CLOCK"]))
time.time, time.time_ns = back, lambda: int(back() * 1e9)
"""
LOCKS = """
import errno, fcntl
def none(*_):
    raise OSError(errno.ENOLCK, "No locks available")
fcntl.flock = fcntl.lockf = none
"""


def marked(mark):
    """Every process that descends from a run, whoever its parent is by now."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == mark and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def waited(true, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def broken(said):
    """Whether a run ended in a traceback; a Ctrl-C while Python itself still starts is not ours to answer."""
    early = "KeyboardInterrupt" in said and "bgtools" not in said
    return "fault of its own" in said or ("Traceback" in said and not early)


class Ordeal:
    """A project that has run once, is run again, and meets with a fault."""

    def __init__(self, root, *faulty, sound=SOUND):
        self.it = Project(root, *sound)
        began = time.monotonic()
        first = self.it.run()
        self.took = time.monotonic() - began
        assert first.exit_code == 0, first.output
        self.whole = self.results()
        self.faulty = faulty
        self.mark = uuid.uuid4().hex
        os.environ[MARK] = self.mark

    def results(self):
        return {name: content for name, content in self.it.contents().items() if not name.endswith("run.json")}

    def failed(self):
        """The executed copies that show where their notebook failed; all else of it is what it was."""
        entries = json.loads(self.it.path("build/2024-S1/run.json").read_text())["notebooks"]
        return {f"build/2024-S1/{name}.ipynb" for name, entry in entries.items() if entry["status"] == "failed"}

    def start(self, **changed):
        """Run all again, in a process of its own, with some variables changed; None takes one away."""
        for name in self.faulty:
            self.it.add(name)
        return self.it.start("--force", "--timeout", "60" if not self.faulty else "5", **changed)

    def settle(self, *runs):
        """Wait for the end; nothing may be left over, lost or half-written, and the next run must be right."""
        for run in runs:
            said = run.communicate(timeout=300)[0]
            print(run.returncode, said)
            assert not broken(said), said
        assert waited(lambda: not marked(self.mark)), [process.cmdline() for process in marked(self.mark)]
        now, failed = self.results(), self.failed()
        assert {name: now.get(name) for name in self.whole if name not in failed} == {
            name: content for name, content in self.whole.items() if name not in failed
        }
        assert all(json.loads(now[name])["cells"] for name in failed & now.keys())
        for name in self.faulty:
            self.it.path(f"notebooks/{name}.ipynb").unlink()
        result = self.it.run()
        assert result.exit_code == 0, result.output
        assert self.results() == self.whole
        assert not self.it.path("build/.staging").exists()


def command(process):
    """The command line of a process; nothing if it has just ended."""
    with suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""


def victims(run, kind):
    """The processes of a run: its workers, the parent of its first warm process, the warm processes, its kernels."""
    found = {"worker": [], "warm": [], "stage": [], "kernel": []}
    for process in psutil.Process(run.pid).children(recursive=True):
        with suppress(psutil.Error, ProcessLookupError):
            if "warm.py" in command(process):
                forked = "warm.py" in command(process.parent())
                own_session = os.getsid(process.pid) == process.pid
                found["kernel" if forked and own_session else "stage" if forked else "warm"].append(process)
            else:
                found["worker"].append(process)
    return found[kind]


# kinds of fault


def signalled(number):
    """The driver gets a signal."""

    def meet(it, moment):
        run = it.start()
        time.sleep(moment)
        run.send_signal(number)
        it.settle(run)

    return meet


def killed(kind):
    """Processes of a kind are killed."""

    def meet(it, moment):
        run = it.start()
        time.sleep(moment)
        for victim in victims(run, kind) if run.poll() is None else []:
            with suppress(psutil.Error):
                victim.kill()
        it.settle(run)

    return meet


def all_killed(it, moment):
    """Every process of the run is killed, in no order, as where the machine runs out of memory."""
    run = it.start()
    time.sleep(moment)
    for process in marked(it.mark):
        with suppress(psutil.Error):
            process.kill()
    it.settle(run)


def parent_killed(it, moment):
    """A notebook kills the process that forked it, or that one's parent."""
    it.it.add("leaves")
    parent = "psutil.Process(os.getppid())" + ".parent()" * (int(moment * 1000) % 2)
    it.it.edit("leaves", "os._exit(7)", f"import psutil, time; time.sleep({moment / 4:.2f}); {parent}.kill()")
    run = it.start()
    run.wait(300)
    it.it.path("notebooks/leaves.ipynb").unlink()
    it.settle(run)


def twice(it, moment):
    """A second run starts while the first is at work."""
    first = it.start()
    time.sleep(moment)
    second = it.start()
    it.settle(first, second)


def within(**changed):
    """The run finds other variables; a place for the moment is filled in."""

    def meet(it, moment):
        it.settle(it.start(**{name: value and value.format(moment=moment) for name, value in changed.items()}))

    return meet


def limited(limit, value):
    """The run may have so much of something, and no more."""

    def meet(it, moment):
        most = value(moment)
        it.settle(it.start(preexec_fn=lambda: (heed_interrupts(), resource.setrlimit(limit, (most, most)))))

    return meet


def masked(it, moment):
    """What the run writes, nobody else may read."""
    it.settle(it.start(preexec_fn=lambda: (heed_interrupts(), os.umask(0o077))))


def hooked(text, runs=1):
    """The Python of the run, or of several at once, is another: `text` runs before anything else."""

    def meet(it, moment):
        folder = it.it.root.parent / "hook"
        folder.mkdir(exist_ok=True)
        (folder / "sitecustomize.py").write_text(text)
        path = os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))
        started = []
        for _ in range(runs):
            time.sleep(moment if started else 0)
            started.append(it.start(PYTHONPATH=path, BGDATA_CLOCK=f"{moment / 2}"))
        it.settle(*started)

    return meet


def clock_before_files(it, moment):
    """The clock is back: all that the last run wrote, and the notebooks, are of tomorrow."""
    for path in it.it.root.rglob("*"):
        os.utime(path, (time.time() + 86400,) * 2)
    it.settle(it.start())


def mounted(script):
    """The run sees file systems that were mounted for it alone; needs root."""
    return lambda it, moment: it.settle(
        it.start(before=["unshare", "--mount", "sh", "-c", f'{script}\nexec "$@"', "sh"])
    )


def sealed(it, moment):
    """A folder cannot be written from a moment on, by nobody at all, until the run has ended; needs root."""
    folder = it.it.path(["build", "figures", "build/2024-S1", "figures/2024-S1"][int(moment * 1000) % 4])
    run = it.start()
    time.sleep(moment)
    subprocess.run(["chattr", "+i", folder], check=True)
    said = run.communicate(timeout=300)[0]
    subprocess.run(["chattr", "-i", folder], check=True)
    print(run.returncode, said)
    assert not broken(said), said
    it.settle()


def full(it, moment):
    """The disk is full from a moment on, until the run has ended."""
    run = it.start()
    time.sleep(moment)
    filling = it.it.root.parent / "filling"
    with open(filling, "wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 1024)
    said = run.communicate(timeout=300)[0]
    print(run.returncode, said)
    assert not broken(said), said
    filling.unlink()
    it.settle()


KINDS = {
    "driver killed": signalled(signal.SIGKILL),
    "driver interrupted": signalled(signal.SIGINT),
    "driver terminated": signalled(signal.SIGTERM),
    "worker killed": killed("worker"),
    "parent of the warm process killed": killed("warm"),
    "warm process killed": killed("stage"),
    "kernel killed": killed("kernel"),
    "all killed": all_killed,
    "notebook kills the parent of its worker": parent_killed,
    "two runs at once": twice,
    "no HOME": within(HOME=None, XDG_RUNTIME_DIR=None, USER=None, LOGNAME=None),
    "HOME and TMPDIR that are not there": within(HOME="/nowhere/{moment}", TMPDIR="/nowhere/{moment}"),
    "umask 077": masked,
    "64 open files": limited(resource.RLIMIT_NOFILE, lambda _: 64),
    "little memory": limited(resource.RLIMIT_AS, lambda moment: int((200 + 400 * moment) * 1e6)),
    "clock back during the run": hooked(CLOCK),
    "clock back since the last run": clock_before_files,
    "drive without locks": hooked(LOCKS),
    "two runs at once on a drive without locks": hooked(LOCKS, runs=2),
    "disk full": full,
    "folder read-only": sealed,
    "/dev/shm missing": mounted("mount -t tmpfs -o ro,size=4k tmpfs /dev/shm"),
}  # fmt: skip
AS_ROOT = ("disk full", "folder read-only", "/dev/shm missing")
FOLDERS = ("project", "báo cáo kỳ 1", 'it\'s "quoted"', "a b & c $HOME", "đường dẫn #2; (mới)")
