"""A document makes bgdata open nothing: no connection, no file beside it; nor does importing. Both are watched."""

import os
import socket
import subprocess
import sys

import office
import pytest
from growing import packed_odt

from conftest import HAS_DASK, NEEDS_DASK, ROOT

WATCH = """
import os, sys
log = os.open(os.environ["BGDATA_WATCH"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
WATCHED = ("socket.", "urllib.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "ctypes.dlopen", "open",
           "os.mkdir", "os.remove", "os.rename", "os.rmdir", "shutil.")
def watch(event, args):
    if event.startswith(WATCHED):
        os.write(log, (event + "\\t" + repr(args) + "\\n").encode("utf-8", "replace"))
sys.addaudithook(watch)
"""
FINE = office.paragraph(
    "Trên đây là kết quả: toàn tỉnh Bắc Giang có 340 điểm phục vụ bưu chính của các đơn vị trong tỉnh."
)
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKED = "http://schemas.openxmlformats.org/package/2006/relationships"
RUN = "from bgtools.cli import main; main()"


class Watched:
    """Runs Python with every process of it watched, beside a server and a file that nobody may ask for."""

    def __init__(self, folder):
        self.folder, self.log, self.canary = folder, folder / "watch.log", folder / "outside" / "secret.txt"
        self.canary.parent.mkdir()
        self.canary.write_text("Toàn tỉnh có 999 điểm bí mật.")
        os.utime(self.canary, ns=(0, self.canary.stat().st_mtime_ns))  # any reading, by whatever library, shows here
        (folder / "hook").mkdir()
        (folder / "hook" / "sitecustomize.py").write_text(WATCH)
        self.server = socket.create_server(("127.0.0.1", 0))
        self.server.setblocking(False)
        self.url = f"http://127.0.0.1:{self.server.getsockname()[1]}/a"

    def run(self, *arguments, **variables):
        environ = {**os.environ, "PYTHONPATH": str(self.folder / "hook"), "BGDATA_WATCH": str(self.log), **variables}
        return subprocess.run(
            [sys.executable, *arguments], env=environ, capture_output=True, text=True, timeout=300, cwd=ROOT
        )

    def events(self, *kinds):
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line.partition("\t")[0].startswith(kinds)]

    def asked(self):
        """Whether a connection was opened, or the file read."""
        try:
            self.server.accept()
            return True
        except BlockingIOError:
            return self.canary.stat().st_atime_ns != 0


@pytest.fixture
def watched(tmp_path):
    found = Watched(tmp_path)
    yield found
    found.server.close()


def relations(*pairs):
    links = "".join(
        f'<Relationship Id="x{place}" Type="{LINKS}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        for place, (kind, target, mode) in enumerate(pairs)
    )
    return f'<Relationships xmlns="{PACKED}">{links}</Relationships>'


def word_with(url, file):
    """A Word file that points to an address and a file from every place that can hold one."""
    field = f'<w:p><w:r><w:instrText>INCLUDETEXT "{file}" INCLUDEPICTURE "{url}" DDEAUTO cmd "/c a"</w:instrText></w:r></w:p>'
    chunk = f'<w:altChunk xmlns:r="{LINKS}" r:id="x3"/><w:subDoc xmlns:r="{LINKS}" r:id="x4"/>'
    kinds = ("image", "attachedTemplate", "footnotes", "aFChunk", "subDocument", "oleObject", "styles", "numbering")
    pairs = [(kind, target, mode) for kind in kinds for target in (url, file) for mode in ("External", "Internal")]
    parts = office.word_xml(FINE + field + chunk)
    return parts | {
        "word/_rels/document.xml.rels": relations(*pairs),
        "word/_rels/settings.xml.rels": relations(*pairs),
    }


def docx(folder, url, file):
    return office.packed(folder / "a.docx", word_with(url, file))


def odt(folder, url, file):
    picture = f'<draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><draw:image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{url}"/><draw:object xlink:href="file://{file}" xmlns:xlink="http://www.w3.org/1999/xlink"/></draw:frame>'
    section = f'<text:section><text:section-source xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{file}"/></text:section>'
    return packed_odt(
        folder / "a.odt", f"<text:p>Toàn tỉnh Bắc Giang có 340 điểm phục vụ của các đơn vị.{picture}</text:p>{section}"
    )


def pdf(folder, url, file):
    from reportlab.pdfgen.canvas import Canvas

    office.reportlab_font()
    canvas = Canvas(str(folder / "a.pdf"))
    canvas.setFont("DejaVuSans", 11)
    for line in range(8):
        canvas.drawString(50, 700 - 20 * line, "Toàn tỉnh Bắc Giang có 340 điểm phục vụ bưu chính của các đơn vị.")
    canvas.linkURL(url, (0, 0, 600, 800))
    canvas._doc.Catalog.OpenAction = f"<</S/Launch/F({file})/Next<</S/URI/URI({url})>>>>"
    canvas.save()
    return folder / "a.pdf"


def txt(folder, url, file):
    (folder / "a.txt").write_text(
        f"Toàn tỉnh Bắc Giang có 340 điểm, xem {url} và file://{file} của các đơn vị.\n{url}\n"
    )
    return folder / "a.txt"


@pytest.mark.parametrize("make", [docx, odt, pdf, txt])
def test_a_document_makes_bgdata_open_no_connection_and_no_file_outside(package, watched, make):
    source = make(watched.folder, watched.url, watched.canary)
    said = watched.run(
        "-c", RUN, "new", "2024-S2", "--from", str(source), "--accept-report", BGDATA_ROOT=str(package.root)
    )
    assert (said.returncode, "Traceback" in said.stderr) == (0, False), said.stderr
    assert watched.events("socket.", "urllib.", "os.system", "os.exec") == []
    assert [one for one in watched.events("subprocess.") if "bgtools.read.document.forms.sheets" not in one] == []
    assert [one for one in watched.events("open") if str(watched.canary.parent) in one or "/etc/passwd" in one] == []
    assert not watched.asked()


def test_a_connection_and_a_file_that_are_asked_for_are_seen(watched):
    watched.run(
        "-c",
        f"open({str(watched.canary)!r}).read(); import urllib.request; urllib.request.urlopen('{watched.url}', timeout=1)",
    )
    assert watched.events("socket.connect") and watched.events("open") and watched.asked()


IMPORTED = """
import importlib, pathlib, sys, sysconfig
found = []
LIBRARY = sysconfig.get_path("stdlib") + "/"
def asking(frame):
    while frame and (frame.f_code.co_filename.startswith("<") or frame.f_code.co_filename.startswith(LIBRARY) and "site-packages" not in frame.f_code.co_filename):
        frame = frame.f_back
    return frame.f_code.co_filename if frame else ""
def watch(event, args):
    if event.startswith(("socket.connect", "socket.getaddrinfo", "subprocess.", "os.system", "os.posix_spawn")):
        found.append((event, args))
    elif event in ("open", "os.mkdir", "os.remove", "os.rename"):
        if not str(args[0]).endswith((".py", ".pyc", ".so")) and (ALL or not OTHERS(asking(sys._getframe(1)))):
            found.append((event, args))
OTHERS = lambda file: "site-packages" in file or not file
sys.addaudithook(watch)
for name in NAMES:
    importlib.import_module(name)
print(found)
"""
MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted([*ROOT.glob("bgdata/**/*.py"), *ROOT.glob("bgtools/**/*.py")])
    if path.stem not in ("__main__", "warm")
]
MODULES = [name for name in MODULES if HAS_DASK or not name.startswith(NEEDS_DASK)]


@pytest.mark.parametrize("names, by_all", [(["bgdata"], True), (MODULES, False)], ids=["bgdata", "every module"])
def test_importing_touches_no_disk_opens_no_connection_and_starts_no_process(names, by_all):
    code = f"import sys; sys.dont_write_bytecode = True; NAMES, ALL = {names!r}, {by_all}\n{IMPORTED}"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, cwd=ROOT)
    assert (said.stdout.strip(), said.stderr) == ("[]", "")


# folders


@pytest.mark.parametrize(
    "path",
    [
        "../outside/a.csv",
        "/etc/passwd",
        "observations/../../a.csv",
        "http://127.0.0.1/a.csv",
        "..\\\\a.csv",
        "observations",
    ],
)
@pytest.mark.parametrize("resource", ["units", "observations-2024-s1"])
def test_a_data_package_cannot_point_outside_its_folder(package, watched, resource, path):
    package.write(
        "datapackage.json",
        package.text("datapackage.json")
        .replace(
            f'"path": "{"units.csv" if resource == "units" else "observations/2024-S1.csv"}"', f'"path": "{path}"', 1
        )
        .encode(),
    )
    watched.run("-c", RUN, "check", BGDATA_ROOT=str(package.root))
    assert [one for one in watched.events("open") if "/outside/" in one or "passwd" in one] == []
    assert watched.events("socket.", "urllib.") == [] and not watched.asked()
