"""A run: what it checks first, what it writes, what it leaves alone, and how it ends when notebooks misbehave."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
import zmq
from click.testing import CliRunner
from projects import PERIOD, Project

from bgtools.cli import main
from bgtools.run import fork, lock


@pytest.fixture
def project(tmp_path):
    """Make a project with the notebooks named."""
    return lambda *names: Project(tmp_path / "project", *names)


def until(true, seconds=120):
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not true():
        time.sleep(0.02)
    return true()


def descendants(process):
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(process.pid).children(recursive=True)
    return []


def forkers(run):
    """List the processes of a run that fork kernels: children of the one that stands before them."""
    warm = {}
    for one in descendants(run):
        with suppress(psutil.NoSuchProcess):
            if any(word.endswith("warm.py") for word in one.cmdline()):
                warm[one.pid] = one
    first = {pid for pid, one in warm.items() if one.ppid() not in warm}
    return [one for one in warm.values() if one.ppid() in first]


# what a run makes


def test_a_run_makes_figures_an_executed_copy_and_an_entry(project):
    it = project("draws")
    result = it.run()
    assert result.exit_code == 0, result.output
    assert it.result("figures/2024-S1/drawn.svg") == "<svg>2024-S1 vi</svg>"
    assert it.cells("build/2024-S1/draws.ipynb")["answer"]["outputs"][0]["text"] == ["xin chào 2024-S1 vi \n"]
    entry = it.entry("draws")
    assert (entry["status"], entry["error"]) == ("done", None)
    assert entry["parameters"] == {"period": "2024-S1", "lang": "vi"}
    assert set(entry["outputs"]) == {"figures/2024-S1/drawn.svg", "build/2024-S1/draws.ipynb"}
    assert sorted(it.contents()) == [
        "build/2024-S1/draws.ipynb",
        "build/2024-S1/run.json",
        "figures/2024-S1/drawn.svg",
        "notebooks/draws.ipynb",
    ]


def test_an_english_run_stands_beside_the_vietnamese_one(project):
    it = project("draws")
    it.run()
    assert it.run("--lang", "en").exit_code == 0
    assert it.result("figures/2024-S1/en/drawn.svg") == "<svg>2024-S1 en</svg>"
    assert it.cells("build/2024-S1/en/draws.ipynb")["title-text"]["source"] == ["## The numbers in the report"]
    assert it.cells("build/2024-S1/draws.ipynb")["title-text"]["source"] == ["## Số liệu trong báo cáo"]
    assert it.entry("draws", "2024-S1/en")["parameters"]["lang"] == "en"


def test_parameters_are_injected_as_a_person_would_write_them(project):
    it = project("draws")
    it.edit("draws", 'compare_with = \\"\\"', 'note = \\"\\"\\n",\n    "compare_with = \\"\\"')
    assert it.run("-p", "note", 'bưu chính "A"').exit_code == 0
    injected = it.cells("build/2024-S1/draws.ipynb")["injected-parameters"]
    assert injected["metadata"]["tags"] == ["injected-parameters"]
    assert "".join(injected["source"]).splitlines()[-1] == 'note = "bưu chính \\"A\\""'


def test_executed_copies_are_the_same_when_made_again(project):
    it = project("draws", "shows-where-it-is", "fails")
    it.run()
    before = it.contents()
    it.run("--force")
    after = it.contents()
    assert [name for name in before if before[name] != after[name]] == ["build/2024-S1/run.json"]


def test_executed_copies_hold_no_path_address_time_or_version(project):
    it = project("shows-where-it-is", "fails")
    it.run()
    for name in ("build/2024-S1/shows-where-it-is.ipynb", "build/2024-S1/fails.ipynb"):
        text = it.result(name)
        assert str(it.root) not in text and sys.prefix not in text and "ipykernel_" not in text
        assert "start_time" not in text and "duration" not in text and "iopub" not in text
        assert "3." + str(sys.version_info.minor) not in text
    text = it.result("build/2024-S1/shows-where-it-is.ipynb")
    assert "notebooks . <object object at 0x…>" in text
    assert json.loads(text)["metadata"]["papermill"]["input_path"] == "notebooks/shows-where-it-is.ipynb"


def test_a_figure_that_is_no_longer_made_is_removed_and_others_stay(project):
    it = project("draws-two")
    it.run()
    it.path("figures/2024-S1/by-hand.svg").write_text("<svg/>")
    it.edit("draws-two", '(\\"first\\", \\"second\\")', '(\\"first\\",)')
    it.run()
    assert sorted(os.listdir(it.path("figures/2024-S1"))) == ["by-hand.svg", "first.svg"]


def test_the_results_of_a_notebook_that_is_no_longer_there_are_removed(project):
    it = project("draws", "draws-two")
    it.run()
    it.path("notebooks/draws-two.ipynb").unlink()
    it.run()
    assert os.listdir(it.path("figures/2024-S1")) == ["drawn.svg"]
    assert sorted(os.listdir(it.path("build/2024-S1"))) == ["draws.ipynb", "run.json"]


def test_two_notebooks_cannot_make_the_same_figure(project):
    it = project("draws")
    it.add("other", "draws")
    result = it.run("--jobs", "1")
    assert result.exit_code == 1
    assert "figure figures/2024-S1/drawn.svg is already made by" in result.output


def test_a_figure_that_a_notebook_not_run_here_shows_cannot_be_made_by_another(project):
    it = project("draws")
    saves = {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1, "source": 'report.save(ax, "drawn")'}
    shown = {"output_type": "display_data", "data": {}, "metadata": {"bgdata": {"figure": "drawn", "keys": []}}}
    notebook = json.loads(it.result("notebooks/draws.ipynb"))
    notebook["cells"] += [saves | {"outputs": [shown]}]
    it.path("notebooks/owner.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    result = it.run("--only", "draws")
    assert result.exit_code == 1
    assert "figure figures/2024-S1/drawn.svg is already made by owner" in result.output
    assert not it.path("figures/2024-S1/drawn.svg").exists()
    notebook["cells"][-1]["source"] = 'report.save(ax, "renamed")'
    it.path("notebooks/owner.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    assert it.run("--only", "draws").exit_code == 0


def test_several_periods_are_run_in_one_go(project):
    it = project("draws")
    it.add_period("2023-S2")
    assert it.run("2024-S1", "2023-S2", "2024-S1").exit_code == 0
    assert it.result("figures/2023-S2/drawn.svg") == "<svg>2023-S2 vi</svg>"
    assert it.result("figures/2024-S1/drawn.svg") == "<svg>2024-S1 vi</svg>"


# what is refused before anything runs


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        (["2024-S3"], '"2024-S3" is not a period.'),
        (["2024S1"], '"2024S1" is not a period.'),
        (["../../etc"], '"../../etc" is not a period.'),
        (["/etc"], '"/etc" is not a period.'),
        ([""], '"" is not a period.'),
        (["2024-S2"], '2024-S2 has no observations yet (begin it with: bgdata new 2024-S2); did you mean "2024-S1"?'),
        (["--only", "drews"], 'Notebook "drews" is unknown; did you mean "draws"?'),
        (
            ["-p", "compare_wiht", "2024-S1"],
            'Notebook draws has no parameter "compare_wiht"; did you mean "compare_with"?',
        ),
        (["-p", "compare_with", "2025H9"], '"2025H9" is not a period.'),
        (["-p", "compare_with", "a\nb"], 'The value of parameter "compare_with" has control characters'),
        (["-p", "period", "2024-S1"], 'Parameter "period" is set by PERIOD, not by -p.'),
        (["--lang", "fr"], "Invalid value for '--lang'"),
        (["--in-place", "-p", "compare_with", ""], "--in-place takes one period at most"),
    ],
)
def test_an_unknown_name_or_value_is_wrong_usage_and_nothing_is_written(project, arguments, sentence):
    it = project("draws")
    before = it.contents()
    result = it.run(*arguments)
    assert result.exit_code == 2
    assert sentence in result.output
    assert it.contents() == before


def test_a_notebook_without_a_period_is_named_and_passed_over(project):
    it = project("draws")
    it.run()
    it.add("Untitled", "without-period")
    for arguments in ([], ["--dry-run"], ["--in-place"]):
        result = it.run(*arguments)
        assert result.exit_code == 0
        assert "Untitled.ipynb takes no period (it has no parameters cell) and is passed over." in result.output
    assert not it.path("build/2024-S1/Untitled.ipynb").exists()
    assert it.path("figures/2024-S1/drawn.svg").exists()


def test_a_notebook_without_a_period_that_is_asked_for_by_name_is_wrong_usage(project):
    it = project("draws", "without-period")
    result = it.run("--only", "without-period")
    assert result.exit_code == 2
    assert 'Notebook without-period has no parameter "period"' in result.output


@pytest.mark.parametrize(
    "content, why",
    [
        (b"", "it is empty"),
        (b"{", "no JSON, line 1"),
        (b"[" * 100_000, "it cannot be read as JSON"),
        (b'{"cells": "\xe9"}', "it is no UTF-8"),
        (b"[]", "it has no cells as Jupyter writes them"),
        (b"null", "it has no cells as Jupyter writes them"),
        (b'{"worksheets": [], "nbformat": 3}', "nbformat 3"),
        (b'{"cells": 1, "nbformat": 4}', "it has no cells as Jupyter writes them"),
        (b'{"cells": [{"cell_type": "code"}], "nbformat": 4}', "it has no cells as Jupyter writes them"),
        (b'{"cells": [{"cell_type": "code", "source": [1]}], "nbformat": 4}', "it has no cells as Jupyter writes them"),
        (
            b'{"cells": [{"cell_type": "raw", "id": "a", "source": ""}, {"cell_type": "raw", "id": "a", "source": ""}], '
            b'"nbformat": 4}',
            "cell id a twice",
        ),
    ],
)
def test_a_file_that_is_no_notebook_is_its_own_failure_and_the_others_run(project, content, why):
    it = project("draws")
    it.path("notebooks/torn.ipynb").write_bytes(content)
    result = it.run()
    assert result.exit_code == 1
    assert f"torn (2024-S1): torn.ipynb is not a Jupyter notebook (nbformat 4): {why}." in result.output
    assert "Notebooks: 1 done, 0 fresh, 1 failed" in result.output
    assert it.entry("torn")["status"] == "failed"
    assert it.path("figures/2024-S1/drawn.svg").exists()


def test_parameters_that_are_no_strings_are_the_failure_of_their_notebook(project):
    it = project("draws", "with-a-number")
    result = it.run()
    assert result.exit_code == 1
    assert "with-a-number.ipynb: the parameters cell may only assign strings, one per line, but has: top = 5" in (
        result.output
    )
    assert "Notebooks: 1 done, 0 fresh, 1 failed" in result.output


def test_a_byte_order_mark_does_no_harm(project):
    it = project("draws")
    path = it.path("notebooks/draws.ipynb")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert it.run().exit_code == 0


def test_a_folder_without_notebooks_is_said_to_be_one(project):
    result = project().run()
    assert result.exit_code == 1
    assert "There are no notebooks" in result.output


def test_messages_are_vietnamese_where_the_locale_is(project):
    it = project("draws")
    environ = {"BGDATA_ROOT": str(it.root), "LC_ALL": "vi_VN.UTF-8"}
    result = CliRunner().invoke(main, ["run", "--only", "drews"], env=environ)
    assert result.output == 'Không có sổ tay "drews"; có phải là "draws"?\n'


# notebooks that misbehave


def test_a_failing_notebook_does_not_stop_the_others_and_shows_where_it_failed(project):
    it = project("fails", "draws")
    result = it.run("--jobs", "1")
    assert result.exit_code == 1
    assert "fails (2024-S1), cell divide: ZeroDivisionError: division by zero" in result.output
    assert "Notebooks: 1 done, 0 fresh, 1 failed" in result.output
    assert it.entry("fails")["error"] == {"cell": "divide", "name": "ZeroDivisionError", "message": "division by zero"}
    cells = it.cells("build/2024-S1/fails.ipynb")
    assert list(cells)[0] == "papermill-error-message"
    assert list(cells)[list(cells).index("divide") - 1] == "papermill-error-cell"
    assert cells["divide"]["outputs"][0]["ename"] == "ZeroDivisionError"
    assert cells["after"]["outputs"] == []
    assert it.path("figures/2024-S1/drawn.svg").exists()


def test_the_earlier_figures_of_a_failing_notebook_stay(project):
    it = project("draws")
    it.run()
    it.add("draws", "fails-after-drawing")
    assert it.run().exit_code == 1
    assert it.result("figures/2024-S1/drawn.svg") == "<svg>2024-S1 vi</svg>"
    assert it.entry("draws")["status"] == "failed"
    it.add("draws", "draws-two")
    assert it.run().exit_code == 0
    assert sorted(os.listdir(it.path("figures/2024-S1"))) == ["first.svg", "second.svg"]


def test_fail_fast_stops_at_the_first_failure(project):
    it = project("fails", "draws")
    it.edit("fails", '"metadata": {}', '"metadata": {"padding": "' + "x" * 5000 + '"}')
    result = it.run("--jobs", "1", "--fail-fast")
    assert result.exit_code == 1
    assert not it.path("figures/2024-S1/drawn.svg").exists()


@pytest.mark.parametrize(
    "name, cell, sentence",
    [
        ("leaves", "leave", "its kernel stopped suddenly (exit status 7)"),
        ("crashes", "crash", "its kernel stopped suddenly (signal SIGSEGV)"),
        ("fills-memory", "fill", "MemoryError"),
    ],
)
def test_a_notebook_that_does_not_end_well_is_reported_with_its_cell(project, name, cell, sentence):
    it = project(name)
    result = it.run()
    assert result.exit_code == 1
    assert f"{name} (2024-S1), cell {cell}: " in result.output
    assert sentence in result.output
    assert it.cells(f"build/2024-S1/{name}.ipynb")[cell]["outputs"][-1]["output_type"] == "error"


def test_notebooks_that_do_not_end_are_stopped_and_reported_with_their_cell(project):
    it = project("hangs", "hangs-deaf")
    result = it.run("--timeout", "4")
    assert result.exit_code == 1
    for name in ("hangs", "hangs-deaf"):
        said = f"{name} (2024-S1), cell loop: TimeoutError: not finished after 4 seconds and stopped"
        assert said in result.output
        assert it.cells(f"build/2024-S1/{name}.ipynb")["loop"]["outputs"][-1]["output_type"] == "error"


def test_a_flood_of_output_is_cut(project):
    it = project("prints-much")
    assert it.run().exit_code == 0
    text = "".join(it.cells("build/2024-S1/prints-much.ipynb")["flood"]["outputs"][0]["text"])
    assert 1_000_000 <= len(text) < 1_000_100
    assert text.endswith("[...]\n")


def test_what_a_notebook_starts_ends_with_it(project):
    it = project("starts-a-process")
    assert it.run().exit_code == 0
    pid = int(it.cells("build/2024-S1/starts-a-process.ipynb")["start"]["outputs"][0]["text"][0])
    assert until(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)


@pytest.mark.skipif(not fork.usable(), reason="only ordinary kernels here")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_notebook_that_kills_the_process_that_forks_kernels_fails_alone(project, jobs):
    it = project("leaves", "draws")
    it.edit("leaves", "os._exit(7)", "import time; os.kill(os.getppid(), 9); time.sleep(60)")
    result = it.run("--jobs", jobs)
    assert result.exit_code == 1
    assert "Notebooks: 1 done, 0 fresh, 1 failed" in result.output
    assert (it.entry("draws")["status"], it.entry("leaves")["status"]) == ("done", "failed")
    assert not it.path("build/.staging").exists()


@pytest.mark.skipif(not fork.usable(), reason="only ordinary kernels here")
@pytest.mark.parametrize("after", [0.0, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64])
def test_the_process_that_forks_kernels_may_die_at_any_moment(project, after):
    it = project("draws", "draws-two")
    run = it.start("--jobs", "2")
    seen = []
    assert until(lambda: seen.extend(one for one in forkers(run) if one.children()) or seen or run.poll() is not None)
    time.sleep(after)  # a kernel is then forked, not yet ready, ready or at work: never the same twice
    for one in forkers(run):
        one.kill()
    assert run.wait(120) == 0, run.stdout.read()
    assert (it.entry("draws")["status"], it.entry("draws-two")["status"]) == ("done", "done")


@pytest.mark.skipif(not fork.usable(), reason="only ordinary kernels here")
def test_a_notebook_that_kills_the_parent_of_that_process_harms_nobody(project):
    it = project("leaves", "draws")
    it.edit("leaves", "os._exit(7)", "import psutil; psutil.Process(os.getppid()).parent().kill()")
    run = it.start()
    processes = []
    assert until(lambda: processes.extend(descendants(run)) or run.poll() is not None)
    assert run.returncode == 0
    assert until(lambda: not [one for one in processes if one.is_running() and one.status() != psutil.STATUS_ZOMBIE])
    assert (it.entry("draws")["status"], it.entry("leaves")["status"]) == ("done", "done")
    assert not it.path("build/.staging").exists()


# runs that are stopped, or cannot write


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_stopped_run_leaves_what_was_there_and_no_process(project, number):
    it = project("draws")
    assert it.run().exit_code == 0
    before = it.contents()
    it.add("hangs")
    run = it.start("--force", "--only", "hangs")
    assert until(lambda: it.path("build/.staging/2024-S1vi/hangs/kernel.log").exists())
    time.sleep(0.3)
    processes = descendants(run)
    run.send_signal(number)
    output, _ = run.communicate(timeout=300)
    assert run.returncode == {signal.SIGKILL: -9}.get(number, 1), output
    assert until(lambda: not [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE])
    now = it.contents()
    assert {name: now.get(name) for name in before} == before
    assert it.run("--only", "draws").exit_code == 0
    assert not it.path("build/.staging").exists()


def test_a_second_run_says_who_holds_the_folder(project):
    it = project("hangs")
    first = it.start()
    assert until(lambda: it.path("build/.staging").exists())
    result = it.run()
    first.terminate()
    first.communicate(timeout=300)
    assert result.exit_code == 1
    assert f"Another run is at work in this folder (PID {first.pid}," in result.output


@pytest.mark.parametrize("warm", ["0", "1"])
@pytest.mark.parametrize("variable", ["HOME", "IPYTHONDIR"])
def test_without_a_home_folder_nothing_is_said_or_left_behind(project, tmp_path, variable, warm):
    it = project("draws")
    (tmp_path / "temporary").mkdir()
    changed = {variable: "/proc/none", "TMPDIR": str(tmp_path / "temporary"), "BGDATA_WARM": warm}
    said = it.start(XDG_CONFIG_HOME=None, XDG_CACHE_HOME=str(tmp_path), **changed).communicate(timeout=300)[0]
    assert "Notebooks: 1 done" in said and "arning" not in said
    assert list((tmp_path / "temporary").glob("tmp*")) == []


@pytest.mark.parametrize("name", ["figures", "build"])
def test_a_folder_that_cannot_be_written_is_named(project, name):
    it = project("draws")
    it.path(name).write_text("a file where the folder should be")
    result = it.run()
    assert result.exit_code == 1
    assert "Cannot write to" in result.output and str(it.path(name)) in result.output


@pytest.mark.skipif(sys.platform != "linux" or os.getuid() != 0, reason="needs to mount a small file system")
def test_a_full_disk_is_said_in_a_sentence_and_earlier_results_stay(tmp_path):
    root = tmp_path / "small"
    root.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", root], capture_output=True)
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        it = Project(root / "project", "draws")
        assert it.run().exit_code == 0
        before = it.contents()
        filling = root / "filling"
        with pytest.raises(OSError), open(filling, "wb", buffering=0) as file:
            while True:
                file.write(b"x" * 4096)
        result = it.run("--force")
        assert result.exit_code == 1
        assert "No space left on device" in result.output
        now = it.contents()
        filling.unlink()
        assert now == before
        assert it.run("--force").exit_code == 0
        assert it.contents().keys() == before.keys()
    finally:
        subprocess.run(["umount", root], check=True)


# notebooks executed in place


def test_notebooks_are_rewritten_in_place_with_outputs_and_stay_the_same_when_it_is_done_again(project):
    it = project("draws", "reads")
    assert it.run("--in-place").exit_code == 0
    first = it.contents()
    assert it.run("--in-place").exit_code == 0
    assert it.contents() == first
    assert sorted(first) == ["notebooks/draws.ipynb", "notebooks/reads.ipynb"]
    notebook = json.loads(first["notebooks/draws.ipynb"])
    assert notebook["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    assert list(cells) == ["title-text", "parameters", "imports", "figure", "answer"]
    assert cells["title-text"]["metadata"] == {}
    assert cells["parameters"]["metadata"] == {"tags": ["parameters"]}
    assert [cell["execution_count"] for cell in notebook["cells"][1:]] == [1, 2, 3, 4]
    assert cells["answer"]["outputs"][0]["text"] == ["xin chào 2024-S1 vi \n"]
    assert first["notebooks/draws.ipynb"].endswith(b"}\n") and "báo cáo".encode() in first["notebooks/draws.ipynb"]


def test_a_period_becomes_the_default_when_notebooks_are_rewritten(project):
    it = project("draws")
    it.add_period("2023-S2")
    assert it.run("--in-place", "2023-S2").exit_code == 0
    source = it.cells("notebooks/draws.ipynb")["parameters"]["source"]
    assert source[0] == 'period = "2023-S2"  # kỳ báo cáo\n'
    assert source[1] == 'compare_with = ""  # kỳ để so sánh\n'


def test_a_notebook_that_fails_in_place_stays_as_it_was(project):
    it = project("draws", "fails")
    before = it.result("notebooks/fails.ipynb")
    result = it.run("--in-place")
    assert result.exit_code == 1
    assert "fails, cell divide: ZeroDivisionError" in result.output
    assert it.result("notebooks/fails.ipynb") == before
    assert '"execution_count": 1' in it.result("notebooks/draws.ipynb")


# warm and ordinary kernels


def test_plain_papermill_gives_the_same_cells(project, tmp_path):
    it = project("draws")
    it.run()
    figures = tmp_path / "figures"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "papermill",
            "notebooks/draws.ipynb",
            str(tmp_path / "plain.ipynb"),
            "-p",
            "period",
            PERIOD,
            "-p",
            "lang",
            "vi",
        ],
        cwd=it.root,
        check=True,
        capture_output=True,
        env={**os.environ, "BGDATA_FIGURES": str(figures)},
    )
    plain = json.loads((tmp_path / "plain.ipynb").read_text())["cells"]
    ours = json.loads(it.result("build/2024-S1/draws.ipynb"))["cells"]
    assert len(plain) == len(ours)
    keys = ("cell_type", "source", "outputs", "execution_count")
    assert [[cell.get(key) for key in keys] for cell in plain] == [[cell.get(key) for key in keys] for cell in ours]
    assert [cell["metadata"]["tags"] for cell in plain] == [cell["metadata"]["tags"] for cell in ours]


@pytest.mark.skipif(not fork.usable(), reason="only ordinary kernels here")
def test_ordinary_kernels_give_the_same_results(project, monkeypatch):
    it = project("draws", "shows-where-it-is", "fails")
    it.run()
    warm = it.contents()
    monkeypatch.setenv("BGDATA_WARM", "0")
    it.run("--force")
    ordinary = it.contents()
    assert [name for name in warm if warm[name] != ordinary[name]] == ["build/2024-S1/run.json"]


def test_with_versions_that_were_not_tried_plain_papermill_gives_the_same_and_it_is_said(project, monkeypatch):
    it = project("draws", "fails")
    it.run()
    quick = it.contents()
    monkeypatch.setattr(fork, "untried", lambda: ["papermill 99.0"])
    result = it.run("--force")
    assert "papermill 99.0: newer than what was tried; plain Papermill ran the notebooks, slowly." in result.output
    plain = it.contents()
    assert [name for name in quick if quick[name] != plain[name]] == ["build/2024-S1/run.json"]
    assert it.entry("fails")["error"] == {"cell": "divide", "name": "ZeroDivisionError", "message": "division by zero"}


@pytest.mark.parametrize(
    "name, newest, untried", [("papermill", (2, 0), 1), ("Python", (3, 0), 1), ("papermill", (99, 0), 0)]
)
def test_what_is_newer_than_what_was_tried_is_known(monkeypatch, name, newest, untried):
    monkeypatch.setattr(fork, "TRIED", {**fork.TRIED, name: newest})
    assert len(fork.untried.__wrapped__()) == untried


@pytest.mark.skipif(not fork.usable(), reason="only ordinary kernels here")
def test_a_kernel_that_could_not_be_forked_is_said_to_have_taken_longer(project, monkeypatch, tmp_path):
    it = project("draws")
    assert "could not be forked" not in it.run().output
    (tmp_path / "threaded.py").write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(1000,), daemon=True).start()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(fork, "PRELOADS", ["threaded"])
    result = it.run("--force")
    assert result.exit_code == 0
    assert "Some kernels could not be forked and were started anew, which takes longer." in result.output


# what another user can see


def sockets():
    """Paths of all UNIX sockets, as any user can list them; abstract ones begin with "@"."""
    with open("/proc/net/unix") as file:
        return [parts[7] for line in file if len(parts := line.split()) > 7]


def heard(paths, uid, seconds):
    """What a subscriber to these sockets hears, as another user."""
    mine, theirs = multiprocessing.Pipe(duplex=False)
    listener = multiprocessing.get_context("fork").Process(target=_listen, args=(paths, uid, seconds, theirs))
    listener.start()
    theirs.close()
    listener.join()
    return mine.recv()


def _listen(paths, uid, seconds, answer):
    os.setgroups([])
    os.setresuid(uid, uid, uid)
    subscriber = zmq.Context().socket(zmq.SUB)
    subscriber.subscribe(b"")
    for path in paths:
        with suppress(zmq.ZMQError):
            subscriber.connect(f"ipc://{path}")
    text = b""
    while subscriber.poll(1000 * seconds):
        text += b"".join(subscriber.recv_multipart())
        if b"a secret" in text:
            break
    answer.send(text)


@pytest.fixture
def runtime(monkeypatch):
    """A short folder that anybody may enter, in which runs make their private ones."""
    folder = Path(tempfile.mkdtemp(prefix="r", dir="/tmp"))
    folder.chmod(0o755)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    yield folder
    folder.rmdir()


@pytest.fixture
def talking(runtime, project):
    """A run whose kernel prints a secret over and over."""
    it = project("hangs")
    it.edit("hangs", "pass", r"print(\"a secret\", flush=True); __import__(\"time\").sleep(0.05)")
    before = os.umask(0)  # sockets that anybody may write to
    run = it.start()
    os.umask(before)
    assert until(lambda: it.path("build/.staging/2024-S1vi/hangs/kernel.log").exists())
    yield run
    run.terminate()
    run.communicate(timeout=300)


@pytest.mark.skipif(sys.platform != "linux" or os.getuid() != 0, reason="needs to become another user")
def test_another_user_cannot_read_what_kernels_print(talking, runtime):
    def ours():
        return [path for path in sockets() if path.startswith(str(runtime))]

    assert until(lambda: len(ours()) >= 5)
    assert {Path(path).parent.stat().st_mode & 0o777 for path in ours()} == {0o700}
    assert b"a secret" in heard(ours(), uid=0, seconds=20)
    assert heard(ours(), uid=65534, seconds=2) == b""


@pytest.mark.skipif(sys.platform != "linux", reason="sockets in folders on Linux only")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_folder_of_sockets_goes_with_the_run_and_what_a_killed_run_left_goes_with_the_next(
    project, runtime, number
):
    it = project("draws", "hangs")
    run = it.start("--only", "hangs")
    assert until(lambda: list(runtime.glob("bgdata-*/*.json")))
    processes = descendants(run)
    run.send_signal(number)
    run.communicate(timeout=300)
    assert until(lambda: not [one for one in processes if one.is_running() and one.status() != psutil.STATUS_ZOMBIE])
    assert it.run("--only", "draws").exit_code == 0
    assert os.listdir(runtime) == []


def test_the_folder_of_sockets_of_a_run_that_is_at_work_stays(runtime):
    with lock.private() as first:
        with lock.private() as second:
            assert first.is_dir() and second.is_dir() and first != second
        assert first.is_dir() and not second.exists()
    assert not first.exists()
