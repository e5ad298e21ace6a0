"""A home folder full of a person's own settings, another locale and working directory: the same bytes come out."""

import os
import subprocess
import sys

import pytest
from projects import Project
from test_matplotlibrc import CHANGED

from conftest import ROOT

IPYTHON = """c = get_config()
c.InlineBackend.figure_formats = {"svg", "pdf"}
c.InlineBackend.rc = {"figure.dpi": 30}
c.InteractiveShell.ast_node_interactivity = "all"
c.PlainTextFormatter.float_precision = "%.2f"
c.PlainTextFormatter.pprint = False
c.DisplayFormatter.active_types = ["text/plain"]
c.IPKernelApp.matplotlib = "agg"
c.InteractiveShellApp.exec_lines = ["import seaborn; seaborn.set_theme()", "lang = 'en'"]
"""
STARTUP = """import locale, warnings
import matplotlib.pyplot as plt, numpy as np, pandas as pd
pd.set_option("display.max_rows", 3, "display.max_columns", 2, "display.float_format", "{:.1e}".format)
pd.set_option("display.html.border", 7, "display.precision", 1, "display.max_colwidth", 5)
np.set_printoptions(precision=1)
plt.style.use("ggplot")
warnings.simplefilter("error")
print("hello from my own startup")
period, bg = "1999-S1", None
"""
JUPYTER = """c = get_config()
c.TemplateExporter.exclude_input = True
c.NotebookClient.timeout = c.ExecutePreprocessor.timeout = 1
c.Session.key = b"mine"
"""
PYTHON = "print('hello from PYTHONSTARTUP'); import pandas; pandas.set_option('display.precision', 2)\n"
DRAWS = """import bgdata as bg
report = bg.report("2024-S1")
print(report.table(report.load("post"))._repr_html_())
saved = report.save(report.charts.ordered_bars(report.breakdown("telecom.bts"), title="Trạm BTS"), "bts", caption="Trạm BTS.")
with bg.style():
    import matplotlib.pyplot as plt
    fig, ax = plt.subplots()
    ax.plot([1, 2], [3, 4]); fig.savefig(f"{bg.show.figures.output_folder()}/own.svg", metadata={"Date": None})
"""
LOOKS = "import pandas, matplotlib; print(pandas.get_option('display.max_rows'), matplotlib.rcParams['axes.grid'])"
EMPTY = {"LANG": "C.UTF-8", "TZ": "UTC"}
FULL = {"LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8", "TZ": "Asia/Ho_Chi_Minh"}


def setting(key, value):
    """A line of a matplotlibrc."""
    value = getattr(value, "value", value)  # of an enumeration
    return f"{key}: {', '.join(map(str, value)) if isinstance(value, list | tuple) else value}\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home folder in which everything is set up otherwise; what only code can set in Matplotlib is left out."""
    folder = tmp_path_factory.mktemp("home")
    plain = {
        key: value for key, value in CHANGED.items() if not key.startswith(("_", "axes.prop", "axes.formatter.use_l"))
    }
    files = {
        ".config/matplotlib/matplotlibrc": "".join(setting(key, value) for key, value in plain.items()),
        ".ipython/profile_default/ipython_config.py": IPYTHON,
        ".ipython/profile_default/ipython_kernel_config.py": IPYTHON,
        ".ipython/profile_default/startup/00-mine.py": STARTUP,
        ".jupyter/jupyter_config.py": JUPYTER,
        ".jupyter/jupyter_nbconvert_config.py": JUPYTER,
        ".pythonrc.py": PYTHON,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def environment(home, **changed):
    """The variables of a person with this home folder, and no others that speak of settings."""
    apart = ("XDG_", "JUPYTER", "IPYTHON", "MPL", "MATPLOTLIB", "LC_", "LANG", "PYTHONSTARTUP", "TZ")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(apart)}
    return kept | {"HOME": str(home), "PYTHONSTARTUP": str(home / ".pythonrc.py"), **changed}


def ran(folder, home, cwd, **changed):
    """The bytes that a run of two notebooks leaves, but for run.json, which has the time."""
    it = Project(folder, "reads")
    (folder / "notebooks" / "telecom.ipynb").write_bytes((ROOT / "notebooks" / "03-telecom.ipynb").read_bytes())
    done = subprocess.run(
        [sys.executable, "-m", "bgtools", "run"],
        cwd=cwd,
        env=environment(home, BGDATA_ROOT=str(folder), **changed),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    files = [path for name in ("figures", "build") for path in it.path(name).rglob("*") if path.is_file()]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if path.suffix in (".ipynb", ".svg", ".png", ".csv")
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("BGDATA_FIGURES", raising=False)
        return ran(tmp_path_factory.mktemp("runs") / "a", tmp_path_factory.mktemp("empty"), ROOT, **EMPTY)


@pytest.mark.parametrize("warm", ["1", "0"], ids=["warm", "ordinary"])
def test_a_run_makes_the_same_bytes_whatever_a_person_has_set_up(tmp_path, monkeypatch, home, undisturbed, warm):
    monkeypatch.delenv("BGDATA_FIGURES", raising=False)
    assert len(undisturbed) > 8
    assert ran(tmp_path / "b", home, tmp_path, BGDATA_WARM=warm, **FULL) == undisturbed


def shown(home, cwd, code, **changed):
    """What IPython prints when it executes some code in this home, and the bytes of the files that it leaves."""
    (figures := cwd / "figures").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "IPython", "--no-banner", "-c", code],
        cwd=cwd,
        env=environment(home, BGDATA_ROOT=str(ROOT), BGDATA_FIGURES=str(figures), MPLBACKEND="agg", **changed),
        capture_output=True,
        text=True,
    )
    files = {path.relative_to(figures).as_posix(): path.read_bytes() for path in figures.rglob("*.*")}
    return done.stdout, files


def test_tables_and_figures_of_a_session_are_the_same_whatever_a_person_has_set_up(tmp_path_factory, home):
    folders = [tmp_path_factory.mktemp(name) for name in ("empty", "one", "other")]
    clean, files = shown(folders[0], folders[1], DRAWS, **EMPTY)
    disturbed, others = shown(home, folders[2], DRAWS, **FULL)
    tables = [text[text.index("<table") : text.rindex("</small>")] for text in (clean, disturbed)]
    assert tables[0] == tables[1]
    assert len(files) == 5 and files == others


def test_the_settings_of_the_home_are_there(tmp_path, home):
    printed, _ = shown(home, tmp_path, LOOKS, **FULL)
    assert "hello from my own startup" in printed and "3 True" in printed
