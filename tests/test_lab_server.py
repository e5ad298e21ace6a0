"""JupyterLab as `make lab` starts it: for the person at this computer alone; a saved notebook shows what was changed."""

import difflib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from bgtools.run import tidy
from conftest import ROOT

EXECUTED = """() => document.querySelector('.jp-Notebook-ExecutionIndicator').dataset.status == 'idle'
    && ![...document.querySelectorAll('.jp-InputPrompt')].some(one => one.textContent.includes('*'))"""
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

COMMAND = re.search(r"^lab:.*\n\t(.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[1]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """What a server says of itself that runs the command of the Makefile in a copy of the project, without a browser."""
    folder, root = tmp_path_factory.mktemp("lab"), tmp_path_factory.mktemp("project")
    for name in (".jupyter", "data", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    command = COMMAND.replace("$(CURDIR)", str(root)).replace("$(BIN)", str(Path(sys.executable).parent))
    environ = {
        **os.environ,
        "JUPYTER_RUNTIME_DIR": str(folder),
        "JUPYTER_CONFIG_DIR": str(folder / "none"),
        "BGDATA_ROOT": str(root),
    }
    more = " --no-browser --ServerApp.port_retries=90" + " --allow-root" * (os.name == "posix" and os.getuid() == 0)
    server = subprocess.Popen(
        "exec env " + command + more, shell=True, env=environ, cwd=root, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield {**said_of_itself(server, folder), "root": root, "process": psutil.Process(server.pid)}
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def said_of_itself(server, folder):
    """What a server has written down, as soon as it is whole."""
    end = time.monotonic() + 180
    while time.monotonic() < end and server.poll() is None:
        time.sleep(0.2)
        with suppress(IndexError, ValueError):
            return json.loads([*folder.glob("jpserver-*.json")][0].read_text())
    raise AssertionError("JupyterLab did not start")


def asked(lab, path, token="", method="GET", **headers):
    """Status and headers of an answer."""
    headers |= {"Authorization": f"token {token}"} if token else {}
    request = urllib.request.Request(lab["url"] + path, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers)


def test_it_listens_on_this_computer_only(lab):
    listening = [one for one in lab["process"].net_connections() if one.status == psutil.CONN_LISTEN]
    assert listening and {one.laddr.ip for one in listening} <= {"127.0.0.1", "::1"}


def test_without_its_token_nothing_is_answered(lab):
    assert len(lab["token"]) >= 32
    assert [asked(lab, path)[0] for path in ("api/contents", "api/kernels", "api/terminals")] == [403, 403, 403]
    assert asked(lab, "api/contents", token="a" * 48)[0] == 403
    assert asked(lab, "api/contents", token=lab["token"])[0] == 200


def test_pages_of_elsewhere_are_not_trusted(lab):
    status, headers = asked(lab, "api/contents", Origin="http://example.org")
    assert status in (403, 404) and "Access-Control-Allow-Origin" not in headers
    assert asked(lab, "api/kernels", method="POST", Origin="http://example.org")[0] in (403, 404)


def test_another_name_for_this_computer_is_not_answered(lab):
    assert asked(lab, "api/contents", token=lab["token"], Host="evil.example.org")[0] == 403


# what it saves


@pytest.fixture(scope="module")
def page(lab):
    """A page of a browser."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM:
        pytest.skip("no chromium on this machine")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 1300, "height": 900})
        browser.close()


def opened(page, lab, name):
    page.goto(f"{lab['url']}lab/tree/notebooks/{name}?reset&token={lab['token']}")
    page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]', timeout=120_000)
    page.locator(".jp-NotebookPanel-toolbar").get_by_text("Python 3 (ipykernel)").wait_for()
    page.locator(".jp-Notebook .jp-Cell").first.click()


def saved(page):
    with page.expect_response(lambda one: "/api/contents/" in one.url and one.request.method == "PUT") as answer:
        page.keyboard.press("Control+s")
    assert answer.value.ok


def changed(lab, name):
    """The lines of a notebook that are not as they are committed."""
    before, now = [(root / "notebooks" / name).read_text("utf-8") for root in (ROOT, lab["root"])]
    return [line for line in difflib.ndiff(before.splitlines(), now.splitlines()) if line[0] in "+-"]


def test_a_notebook_that_is_opened_and_saved_stays_as_it_was(lab, page):
    opened(page, lab, "09-press.ipynb")
    saved(page)
    assert (lab["root"] / "notebooks/09-press.ipynb").read_bytes() == (ROOT / "notebooks/09-press.ipynb").read_bytes()


def test_a_notebook_that_is_executed_and_changed_differs_by_the_change_alone(lab, page):
    opened(page, lab, "03-telecom.ipynb")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Home")
    page.keyboard.press("End")
    page.keyboard.type(" di động")
    for _ in range(6):
        page.keyboard.press("Shift+Enter")
    page.wait_for_function(EXECUTED, timeout=120_000)
    saved(page)
    heading = "# Viễn thông, Internet"
    assert changed(lab, "03-telecom.ipynb") == [f'-     "{heading}\\n",', f'+     "{heading} di động\\n",']


def test_a_notebook_of_another_kernel_and_a_text_are_saved_as_they_are():
    other = {"type": "notebook", "content": {"metadata": {"kernelspec": {"language": "R", "display_name": "R"}}}}
    for model in (other, {"type": "file", "content": "a"}, {"type": "notebook", "content": {"metadata": {}}}):
        before = json.dumps(model)
        tidy.saved(model=model, path="x")
        assert json.dumps(model) == before
