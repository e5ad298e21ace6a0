"""Results in a store: published exactly once, whole or not at all, and fetched before a run and by the site."""

import json
import os
import sys
import threading
import time
from dataclasses import replace
from importlib.util import find_spec

import pytest
from click.testing import CliRunner
from projects import Project

from bgdata.errors import RunError, UnknownName
from bgtools.cli import main
from bgtools.run.pool import SECRET
from bgtools.run.results import Place, read_entries
from bgtools.run.store import mirrored
from bgtools.run.store.shelf import Taken, opened

needs_s3 = pytest.mark.skipif(
    not (find_spec("s3fs") and find_spec("moto")),
    reason="needs s3fs and moto: make cluster",
)
RUN = "build/2024-S1/run.json"


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "project", "draws", "draws-two")


@pytest.fixture
def other(tmp_path):
    """Another person's copy of the same project, in which nothing was run."""
    return Project(tmp_path / "other", "draws", "draws-two")


@pytest.fixture(scope="session")
def s3():
    from buckets import server

    with server() as port:
        yield port


@pytest.fixture(params=["folder", pytest.param("bucket", marks=needs_s3)])
def url(request, tmp_path, monkeypatch):
    """A store that is empty."""
    if request.param == "folder":
        return str(tmp_path / "store")
    import buckets

    port = request.getfixturevalue("s3")
    for name, value in buckets.variables(port).items():
        monkeypatch.setenv(name, value)
    return f"s3://reports/{tmp_path.name}"


@pytest.fixture
def bucket(s3, monkeypatch):
    import buckets

    for name, value in buckets.variables(s3).items():
        monkeypatch.setenv(name, value)
    return buckets


def results(project):
    """What a run left, but for the stamps of files, which are of one machine."""
    found = {name: content for name, content in project.contents().items() if "site" not in name}
    kept = [replace(entry, stamps={}) for entry in read_entries(found.pop(RUN)).values()]
    return found | {RUN: kept}


def test_what_one_has_run_is_fresh_for_another_and_has_the_same_bytes(project, other, url):
    assert "2 done" in project.run("--store", url).output
    result = other.run("--store", url)
    assert "Notebooks: 0 done, 2 fresh, 0 failed" in result.output
    assert results(other) == results(project)


def test_what_was_run_without_the_store_is_published_by_the_next_run(project, other, url):
    project.run()
    assert "2 fresh" in project.run("--store", url).output
    assert "2 fresh" in other.run("--store", url).output


def test_a_notebook_that_fails_is_published_as_failed_with_its_earlier_figures(project, other, url):
    project.run("--store", url)
    project.edit("draws", "print(", "1 / 0; print(")
    assert project.run("--store", url).exit_code == 1
    other.edit("draws", "print(", "1 / 0; print(")
    assert "FAILED draws" in other.run("--store", url).output
    assert other.result("figures/2024-S1/drawn.svg") == project.result("figures/2024-S1/drawn.svg")


def test_a_dry_run_looks_into_the_store(project, other, url):
    project.run("--store", url)
    assert "fresh      draws (2024-S1)" in other.run("--store", url, "--dry-run").output


def test_the_site_is_built_from_the_store(tmp_path, project, other, url):
    project.run("--store", url)
    environ = {"BGDATA_ROOT": str(other.root), "LANG": "C"}
    result = CliRunner().invoke(main, ["site", "--store", url], env=environ)
    assert result.exit_code == 0, result.output
    assert other.path("build/site/index.html").exists()


def test_an_object_that_is_damaged_is_told_and_nothing_is_changed(project, other, tmp_path):
    project.run("--store", str(tmp_path / "store"))
    sha = project.entry("draws")["outputs"]["figures/2024-S1/drawn.svg"]
    (tmp_path / "store" / "objects" / sha[:2] / sha).write_bytes(b"<svg")
    result = other.run("--store", str(tmp_path / "store"))
    assert "has lost or damaged figures/2024-S1/drawn.svg" in result.output and result.exit_code == 1
    assert not other.path("figures/2024-S1/drawn.svg").exists() and not other.path(RUN).exists()


def test_what_a_person_edited_is_not_published(project, url):
    project.run()
    project.path("figures/2024-S1/drawn.svg").write_text("mine")
    places = [Place(project.root, "2024-S1", "vi")]
    with mirrored(url, places) as publish:
        publish(places[0])
        found = json.loads(opened(url).read([RUN])[RUN])["notebooks"]
    assert "figures/2024-S1/drawn.svg" not in found["draws"]["outputs"]


def test_a_second_driver_is_refused_before_it_does_anything(project, other, url):
    with mirrored(url, []):
        result = other.run("--store", url)
    assert "Another run" in result.output and f"PID {os.getpid()}" in result.output and result.exit_code == 1
    assert not other.path(RUN).exists()
    assert other.run("--store", url).exit_code == 0


def test_a_commit_on_top_of_what_was_not_seen_is_refused(url, tmp_path):
    store = opened(url)
    first = store.commit("run.json", b"1", None)
    with pytest.raises(Taken):
        store.commit("run.json", b"2", None)
    second = store.commit("run.json", b"2", first)
    with pytest.raises(Taken):
        store.commit("run.json", b"3", first)
    assert store.seen("run.json") == (b"2", second)


def test_a_driver_whose_place_was_written_by_another_meanwhile_says_so_and_leaves_it(project, url):
    place = Place(project.root, "2024-S1", "vi")
    project.run()
    with mirrored(url, [place]) as publish:
        opened(url).put({RUN: b"theirs"})
        with pytest.raises(RunError, match="Another run has written"):
            publish(place)
    assert opened(url).read([RUN]) == {RUN: b"theirs"}


@pytest.mark.parametrize("url", ["gs://reports/x", "gcs://reports", "abfs://a/b", "abfss://a/b", "az://a"])
def test_an_object_storage_that_was_not_tried_is_wrong_usage_and_says_why(url):
    with pytest.raises(UnknownName, match="^.*:// is no store yet: that results of another run are never written over"):
        opened(url)


@pytest.mark.parametrize("url", ["s3://", "https://a/b", "", "gsx://a"])
def test_an_address_that_is_no_store_is_wrong_usage(url):
    with pytest.raises(UnknownName, match="is no store; expected: s3://BUCKET/PREFIX or a folder"):
        opened(url)


@pytest.mark.parametrize("url", ["s3://key:secret@reports/x", "s3://reports/x?key=1"])
def test_a_key_in_the_address_is_refused_and_not_repeated(url, project):
    result = project.run("--store", url)
    assert result.exit_code == 2 and "secret" not in result.output and "environment" in result.output


def test_a_folder_that_cannot_be_written_is_told(project, tmp_path):
    (tmp_path / "file").write_text("")
    result = project.run("--store", str(tmp_path / "file" / "store"))
    assert result.exit_code == 1 and "Cannot write to" in result.output and "Traceback" not in result.output


def test_in_place_takes_no_store(project, tmp_path):
    assert project.run("--in-place", "--store", str(tmp_path)).exit_code == 2


def test_a_notebook_does_not_see_what_a_store_is_opened_with(project, monkeypatch):
    monkeypatch.setenv(f"{SECRET}SECRET_ACCESS_KEY", "a-secret")
    project.edit("draws", 'print(\\"xin chào', 'print({**os.environ}, \\"xin chào')
    assert project.run("--only", "draws").exit_code == 0
    assert "BGDATA_ROOT" in project.result("build/2024-S1/draws.ipynb")
    assert "a-secret" not in project.result("build/2024-S1/draws.ipynb")


# object storage


@needs_s3
def test_every_object_of_a_bucket_is_named_by_what_it_holds(project, bucket, s3, tmp_path):
    project.run("--store", f"s3://reports/{tmp_path.name}")
    assert bucket.true(s3, RUN, tmp_path.name).keys() == {"draws", "draws-two"}
    found = {name.removeprefix(f"{tmp_path.name}/") for name in bucket.names(s3) if name.startswith(tmp_path.name)}
    assert {name for name in found if not name.startswith("objects/")} == {RUN}


@needs_s3
@pytest.mark.parametrize(
    "url, environ, said",
    [
        ("s3://nowhere-at-all/x", {}, "there is no such bucket"),
        ("s3://x/y", {}, "name of a bucket|no such bucket"),
        ("s3://reports/x", {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}, "nobody said who you are"),
        ("s3://reports/x", {"AWS_PROFILE": "nobody-at-all"}, "name of a bucket|nobody said who you are"),
    ],
)
def test_a_store_that_cannot_be_used_is_a_sentence(project, bucket, monkeypatch, url, environ, said):
    for name, value in environ.items():
        monkeypatch.setenv(name, value) if value else monkeypatch.delenv(name)
    result = project.run("--store", url)
    import re

    assert result.exit_code == 1 and re.search(said, result.output), result.output
    assert "Traceback" not in result.output and bucket.SECRET not in result.output
    assert not project.path(RUN).exists()


@needs_s3
def test_somebody_without_permission_is_told_so(project, bucket, s3, monkeypatch, tmp_path):
    with bucket.Cable(s3, answer=b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n") as cable:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{cable.end}")
        result = project.run("--store", f"s3://reports/{tmp_path.name}")
    assert result.exit_code == 1 and "Permission denied" in result.output, result.output


@needs_s3
def test_a_store_that_is_away_for_a_while_is_waited_for(project, bucket, s3, monkeypatch, tmp_path):
    place = Place(project.root, "2024-S1", "vi")
    project.run()
    with bucket.Cable(s3) as cable:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{cable.end}")
        with mirrored(f"s3://reports/{tmp_path.name}", [place]) as publish:
            cable.away = True
            threading.Timer(6, setattr, (cable, "away", False)).start()
            publish(place)
    assert bucket.true(s3, RUN, tmp_path.name).keys() == {"draws", "draws-two"}


@needs_s3
def test_a_store_that_stays_away_is_a_sentence_and_the_results_stay_here(project, bucket, s3, monkeypatch, tmp_path):
    from bgtools.run.store import bucket as module

    monkeypatch.setattr(module, "PATIENCE", 2)
    place = Place(project.root, "2024-S1", "vi")
    project.run()
    before = results(project)
    with bucket.Cable(s3) as cable:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{cable.end}")
        with pytest.raises(RunError, match="does not answer"), mirrored("s3://reports/away", [place]) as publish:
            cable.away = True
            publish(place)
    assert results(project) == before


@needs_s3
def test_a_store_is_true_after_each_of_some_cuts(s3, bucket):
    rounds, cuts = bucket.publish(s3, 10)
    assert rounds > 2 and cuts >= 10


@needs_s3
def test_a_truncated_object_is_seen_by_the_check_of_the_cuts(s3, bucket, project, tmp_path):
    project.run("--store", f"s3://reports/{tmp_path.name}")
    name = next(name for name in bucket.names(s3) if name.startswith(f"{tmp_path.name}/objects"))
    held = bucket.get(s3, name)
    bucket.client(s3).put_object(Bucket="reports", Key=name, Body=held[:-1])
    with pytest.raises(AssertionError):
        bucket.true(s3, RUN, tmp_path.name)


@needs_s3
def test_the_lease_of_a_driver_that_is_gone_lapses(bucket, s3, monkeypatch, tmp_path):
    from bgtools.run.store import bucket as module

    url = f"s3://reports/{tmp_path.name}"
    opened(url).commit("driver.json", b'{"holder": "PID 1, gone"}', None)
    with pytest.raises(RunError, match="PID 1, gone"), mirrored(url, []):
        pass
    monkeypatch.setattr(module, "LEASE", 1)
    time.sleep(2.1)
    with mirrored(url, []):
        assert b"PID 1, gone" not in bucket.get(s3, f"{tmp_path.name}/driver.json")
    assert bucket.get(s3, f"{tmp_path.name}/driver.json") is None


@needs_s3
def test_a_secret_is_in_no_file_of_the_project_nor_of_the_store(project, bucket, s3, tmp_path):
    result = project.run("--store", f"s3://reports/{tmp_path.name}")
    CliRunner().invoke(main, ["site"], env={"BGDATA_ROOT": str(project.root)})
    held = [bucket.get(s3, name) for name in bucket.names(s3) if name.startswith(tmp_path.name)]
    held += [path.read_bytes() for path in project.root.rglob("*") if path.is_file()]
    assert len(held) > 20 and [one for one in held if bucket.SECRET.encode() in one] == []
    assert bucket.SECRET not in result.output


def test_a_store_without_s3fs_says_what_to_install(project, monkeypatch):
    monkeypatch.setitem(sys.modules, "s3fs", None)
    result = project.run("--store", "s3://reports/x")
    assert result.exit_code == 1 and 'pip install "bgdata[cluster]"' in result.output
