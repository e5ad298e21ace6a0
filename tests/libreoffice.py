"""LibreOffice as a witness: what it makes of a Word file, and what is left when all changes are accepted or rejected."""

import os
import shutil
import signal
import subprocess
import zipfile

from lxml import etree

SOFFICE = shutil.which("soffice")
PYTHON = "/usr/bin/python3"
SCRIPT = """
import os, sys, time, uno
from com.sun.star.beans import PropertyValue
pipe, *jobs = sys.argv[1:]
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for _ in range(300):
    try:
        context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.2)
manager = context.ServiceManager
desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
helper = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
def value(name, of):
    one = PropertyValue()
    one.Name, one.Value = name, of
    return one
for command, source, target in zip(jobs[::3], jobs[1::3], jobs[2::3]):
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(source), "_blank", 0, (value("Hidden", True),))
    helper.executeDispatch(document.CurrentController.Frame, f".uno:{command}AllTrackedChanges", "", 0, ())
    document.storeToURL(uno.systemPathToFileUrl(target), (value("FilterName", "MS Word 2007 XML"),))
    document.close(True)
os._exit(0)
"""


def has_uno():
    """Tell whether LibreOffice can be told what to do from Python."""
    if not SOFFICE or not os.path.exists(PYTHON):
        return False
    return subprocess.run([PYTHON, "-c", "import uno"], capture_output=True).returncode == 0


def converted(paths, form, folder):
    """Let LibreOffice write files in another form; return their paths."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [SOFFICE, "--headless", profile, "--convert-to", form, "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return [folder / f"{path.stem}.{form}" for path in paths]


def settled(jobs, folder):
    """Let LibreOffice accept or reject all changes of Word files, and save them.

    Parameters
    ----------
    jobs : list of (str, path, path)
        ``"Accept"`` or ``"Reject"``, the file, and where it is saved.
    folder : path
        For LibreOffice's own files.
    """
    pipe = f"bgdata-{os.getpid()}"
    script = folder / "settle.py"
    script.write_text(SCRIPT, encoding="utf-8")
    started = [SOFFICE, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile"]
    office = subprocess.Popen(
        [*started, f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        arguments = [str(part) for job in jobs for part in job]
        subprocess.run([PYTHON, script, pipe, *arguments], check=True, capture_output=True, timeout=240)
    finally:
        os.killpg(office.pid, signal.SIGKILL)
        office.wait()


def text_of(path):
    """Return the text of a Word file's body, a line for each paragraph, tracked changes as accepted."""
    with zipfile.ZipFile(path) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    w = tree.tag[: -len("document")]
    lines = []
    for paragraph in tree.iter(f"{w}p"):
        texts = [one for one in paragraph.iter(f"{w}t") if next(one.iterancestors(f"{w}p")) is paragraph]
        lines.append("".join(one.text or "" for one in texts))
    return [line for line in lines if line.strip()]
