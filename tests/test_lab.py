"""JupyterLab as `make lab` starts it: for the person at this computer alone."""

import json
import os
import re
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

from conftest import ROOT

COMMAND = re.search(r"^lab:.*\n\t(.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[1]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """What a server says of itself that runs the command of the Makefile, without a browser."""
    folder = tmp_path_factory.mktemp("lab")
    command = COMMAND.replace("$(CURDIR)", str(ROOT)).replace("$(BIN)", str(Path(sys.executable).parent))
    environ = {**os.environ, "JUPYTER_RUNTIME_DIR": str(folder), "JUPYTER_CONFIG_DIR": str(folder / "none")}
    more = " --no-browser --ServerApp.port_retries=90" + " --allow-root" * (os.name == "posix" and os.getuid() == 0)
    server = subprocess.Popen(
        "exec env " + command + more, shell=True, env=environ, cwd=ROOT, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield {**said_of_itself(server, folder), "process": psutil.Process(server.pid)}
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
