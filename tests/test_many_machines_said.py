"""What goes wrong with several areas, many machines and object storage: each a sentence in Vietnamese, nothing half-written."""

import shutil
from importlib.util import find_spec

import areas_project
import pytest
from click.testing import CliRunner
from projects import Project

from bgtools.cli import main
from conftest import ROOT

needs_dask = pytest.mark.skipif(not find_spec("distributed"), reason="needs Dask: make cluster")
needs_s3 = pytest.mark.skipif(not (find_spec("s3fs") and find_spec("moto")), reason="needs s3fs and moto: make cluster")
FORBIDDEN = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def bgdata(root, *arguments):
    return CliRunner().invoke(main, arguments, env={"BGDATA_ROOT": str(root), "LANG": "vi_VN.UTF-8"})


def files(root):
    """All files of a project but what keeps two runs apart."""
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and path.name != ".lock"}


@pytest.fixture
def project(tmp_path):
    """A project that has run, and has something new to run."""
    project = Project(tmp_path / "project", "draws")
    assert bgdata(project.root, "run").exit_code == 0
    project.add("draws-two", "draws-two")
    return project


@pytest.fixture
def storage(monkeypatch, tmp_path):
    """Object storage, which the variables say how to reach, with an answer of its own if it is given one."""
    import buckets

    def stands(port, answer=None):
        cable = buckets.Cable(port, answer=answer)
        for name, value in buckets.variables(cable.end).items():
            monkeypatch.setenv(name, value)
        return cable

    with buckets.server() as port:
        yield lambda answer=None: stands(port, answer)


def refused(root, status, said, *arguments):
    """Whether a command ends so, says this, and leaves every file as it was."""
    before = files(root)
    result = bgdata(root, *arguments)
    assert (result.exit_code, said in result.output) == (status, True), result.output
    assert "Traceback" not in result.output and files(root) == before


@needs_dask
@pytest.mark.parametrize(
    "address, status, said",
    [
        ("tcp://127.0.0.1:1", 1, "Không có bộ điều phối nào trả lời tại tcp://127.0.0.1:1: kết nối bị từ chối."),
        ("tls://nowhere.invalid:8786", 1, "Không có bộ điều phối nào trả lời tại tls://nowhere.invalid:8786: "),
        ("tcp://10.9.9.9:8786", 2, "Từ chối tcp://10.9.9.9:8786: không có TLS"),
        ("nowhere", 2, '"nowhere" không phải'),
    ],
)
def test_an_address_that_does_not_answer(project, monkeypatch, tmp_path, address, status, said):
    from bgtools.run.cluster import connection, keys

    monkeypatch.setenv("BGDATA_CLUSTER_KEYS", str(tmp_path / "keys"))
    monkeypatch.setattr(connection, "ANSWER", 1)
    keys(tmp_path / "keys")
    refused(project.root, status, said, "run", "--cluster", address)


@needs_s3
@pytest.mark.parametrize(
    "url, said", [("s3://nowhere-at-all/x", "không có bucket này"), ("s3://x/y", "không có bucket này")]
)
def test_a_wrong_bucket(project, storage, url, said):
    storage()
    refused(project.root, 1, f"Không dùng được kho lưu trữ {url}: {said}.", "run", "--store", url)


@needs_s3
def test_no_permission(project, storage):
    storage(FORBIDDEN)
    refused(project.root, 1, "kho lưu trữ s3://reports/x: không có quyền.", "run", "--store", "s3://reports/x")


@needs_s3
def test_a_network_that_stays_away(project, storage, monkeypatch):
    from bgtools.run.store import bucket

    monkeypatch.setattr(bucket, "FIRST", 1)
    storage().away = True
    refused(project.root, 1, "Kho lưu trữ s3://reports/x không trả lời.", "run", "--store", "s3://reports/x")


@pytest.mark.parametrize("url", ["gs://reports/x", "abfs://reports/x"])
def test_a_storage_that_is_none_of_ours(project, url):
    refused(project.root, 2, f"{url.partition(':')[0]}:// chưa dùng làm kho lưu trữ được", "run", "--store", url)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    root = areas_project.write(tmp_path_factory.mktemp("areas"), 2, ["2024-S1"], gaps=0)
    (root / "notebooks").mkdir()
    shutil.copy(ROOT / "tests" / "notebooks" / "reads.ipynb", root / "notebooks" / "03-telecom.ipynb")
    return root


@pytest.mark.parametrize("command", ["check", "run", "site"])
@pytest.mark.parametrize(
    "file, old, new, said",
    [
        ("areas/VN-04/data/units.csv", "trạm", "cột", "khác với data/units.csv của không gian làm việc"),
        ("areas/VN-04/data/units.csv", "trạm", "cột", "thiếu 1 dòng của data/units.csv trong không gian làm việc"),
        ("areas/VN-04/data/rules.csv", "<=", ">=", "khác với data/rules.csv của không gian làm việc"),
        ("data/areas.csv", "VN-04,Cao", "VN-01,Cao", 'area "VN-01" đã có ở dòng 2'),
        ("data/areas.csv", "areas/VN-04", "areas/VN-01", 'package "areas/VN-01" đã có ở dòng 2'),
    ],
    ids=["other units", "units lacking", "other rules", "an area twice", "a package twice"],
)
def test_packages_that_do_not_go_together(workspace, command, file, old, new, said):
    path = workspace / file
    own, shared = path.exists(), (workspace / "data" / path.name).read_text(encoding="utf-8")
    assert old in shared
    path.write_text(shared.replace(old, new, 1), encoding="utf-8")
    try:
        refused(workspace, 1, said, command, "--areas", "all")
    finally:
        path.write_text(shared, encoding="utf-8") if own else path.unlink()
