"""What an analyst meets in JupyterLab and IPython: <Tab> within strings, and the first look at a frame."""

import os
import re
import runpy
import subprocess
import sys
from types import SimpleNamespace

import pandas as pd
import pytest
from jupyter_client import KernelManager

import bgdata as bg
from bgdata import lab
from bgdata.package import Package
from bgdata.voice import locale_language
from bgtools.run import fork
from bgtools.run.kernels import WarmProvisioner
from conftest import ROOT

NAMES = {"bg": bg, "report": bg.report("2024-S1"), "value": bg.value, "np": pd.NA, "frame": bg.load("post")}
STATIONS = ["telecom.bts[2G]", "telecom.bts[3G]", "telecom.bts[4G]", "telecom.bts[5G]"]
PERIODS = ["2024-S1"]


def of(sector):
    """A sector and the keys of its indicators."""
    return [sector, *(key for key in map(str, Package.open().keys) if key.startswith(f"{sector}.") and "[" not in key)]


def completed(text):
    return list(lab.complete(text, NAMES)[1])


@pytest.mark.parametrize(
    "text, codes",
    [
        ('bg.value("telecom.b', ["telecom.bts_approved", "telecom.bts", "telecom.budget"]),
        ("bg.value('telecom.b", ["telecom.bts_approved", "telecom.bts", "telecom.budget"]),
        ('value("telecom.mas', ["telecom.masts"]),
        ('x = 1\nrows = bg.value(\n    "telecom.mas', ["telecom.masts"]),
        ('bg.value("telecom.bts[', STATIONS),
        ('bg.value("telecom.bts[4', ["telecom.bts[4G]"]),
        ('bg.value("Telecom.MAS', ["telecom.masts"]),
        ('bg.value("bts', ["telecom.bts_approved", "telecom.bts"]),
        ('bg.value(indicator="telecom.mas', ["telecom.masts"]),
        ('bg.load("', list(Package.open().sectors)),
        ('bg.load("telecom.mas', ["telecom.masts"]),
        ('bg.load(["post", "telecom.mas', ["telecom.masts"]),
        ('bg.load(("post", "pre', of("press")),
        ('bg.load("post", "', PERIODS),
        ('bg.load("post", period="', PERIODS),
        ('bg.load("post", period=["', PERIODS),
        ('bg.load(section="I.2.1.a', ["I.2.1.a", "I.2.1.a fn1"]),
        ('bg.load(lang="', ["vi", "en"]),
        ('bg.value("telecom.bts", period="2024-S1", category="', ["2G", "3G", "4G", "5G"]),
        ('bg.value(category="', []),
        ('bg.value("telecom.nothing", category="', []),
        ('bg.compare("post.revenue_r', ["post.revenue_ratio"]),
        ('bg.compare("post.revenue", base_period="', PERIODS),
        ('bg.check("', PERIODS),
        ('bg.check("2024-S1", sector="tele', of("telecom")),
        ('bg.rules("inspec', of("inspection")),
        ('bg.report("', PERIODS),
        ('bg.report("2024-S1", compare_with="', PERIODS),
        ('bg.select(bg.load("telecom"), "telecom.bts[5', ["telecom.bts[5G]"]),
        ('bg.select(frame, "post.revenue", "telecom.bts[5', ["telecom.bts[5G]"]),
        ('report["telecom.mas', ["telecom.masts"]),
        ('report["telecom.bts[', STATIONS),
        ('report.value("telecom.mas', ["telecom.masts"]),
        ('report.load("dire', of("direction")),
        ('report.answer("Có {telecom.mas', ["telecom.masts"]),
        ('report.answer("Có {telecom.masts:n} vị trí, {telecom.bts[5', ["telecom.bts[5G]"]),
        ('bg.charts.ordered_bars(frame, highlight="telecom.mas', ["telecom.masts"]),
        ("bg.charts.or", ["ordered_bars"]),
        ("report.charts.", bg.charts.__all__),
        ("x = bg.charts.", bg.charts.__all__),
    ],
)  # fmt: skip
def test_tab_knows_the_codes_that_may_stand_there(text, codes):
    assert completed(text) == codes


@pytest.mark.parametrize(
    "text",
    ["", '"', "bg", 'open("tel', 'np.value("tel', 'print("tel', '{"a": "tel', 'bg.value({"tel', 'bg.value("telecom.bts"',
     'bg.value("telecom.bts").load("', 'frame["lab', 'report.answer("Có {telecom.masts:n} tel', 'bg.value("""tel\n',
     'bg.load(f"{tel', 'nothing.load("tel', 'bg.nothing("tel', 'bg.value("telecom.bts", 3, 4, 5, "tel', "%%time\n!ls tel",
     'bg.load("post")["lab', '"tel', "x = (", ")]}", 'bg.load(b"tel', "bg.__", 'lambda: ("tel'],
)  # fmt: skip
def test_tab_is_silent_where_no_code_of_ours_can_stand(text):
    assert completed(text) == []


@pytest.mark.parametrize(
    "text, what",
    [
        ('bg.value("telecom.mas', "Vị trí cột ăng ten"),
        ('english.value("telecom.mas', "Antenna mast locations"),
        ('bg.value("telecom.bts[4', "Trạm BTS: 4G"),
        ('bg.load("pos', "Bưu chính"),
        ('bg.load(period="', "6 tháng đầu năm 2024"),
        ("bg.charts.or", "function"),
    ],
)
def test_tab_says_what_a_code_is(text, what):
    assert next(iter(lab.complete(text, NAMES | {"english": bg.report("2024-S1", lang="en")})[1].values())) == what


def test_nothing_of_others_is_looked_into():
    class Spy:
        @property
        def load(self):
            raise AssertionError("looked into")

    assert lab.complete('spy.load("tel', {"spy": Spy()}) == ("", {})


def test_a_report_gives_its_keys_to_whoever_asks_for_them():
    assert NAMES["report"]._ipython_key_completions_() == list(map(str, Package.open().keys))


class Kernel:
    """A kernel that is asked as JupyterLab asks it."""

    def __init__(self, warm):
        self.manager = KernelManager()
        if warm:
            self.manager.provisioner = WarmProvisioner(
                kernel_id="lab", kernel_spec=self.manager.kernel_spec, parent=self.manager
            )
        self.manager.start_kernel(cwd=str(ROOT))
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=300)
        self.shows("import bgdata as bg; report = bg.report('2024-S1')")

    def matches(self, code):
        """What <Tab> offers at the end of some code."""
        return self.client.complete(code, reply=True, timeout=120)["content"]["matches"]

    def shows(self, code):
        """What some code displays, by kind."""
        shown = {}
        self.client.execute_interactive(
            code, timeout=120, output_hook=lambda message: shown.update(message["content"].get("data", {}))
        )
        return shown

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module", params=[False, pytest.param(True, marks=pytest.mark.skipif(not fork.usable(), reason="no fork"))],
                ids=["ordinary", "warm"])  # fmt: skip
def kernel(request):
    kernel = Kernel(request.param)
    yield kernel
    kernel.close()


@pytest.mark.parametrize(
    "code, some",
    [
        ('bg.value("telecom.b', {"telecom.bts", "telecom.bts_approved", "telecom.budget"}),
        ('bg.load("telecom", period="', {"2024-S1"}),
        ('report["', {"telecom.bts", "post.revenue"}),
        ('report["telecom.bts[4', {"telecom.bts[4G]"}),
        ("bg.charts.", set(bg.charts.__all__)),
        ("report.charts.", set(bg.charts.__all__)),
    ],
)
def test_a_kernel_offers_codes_and_no_file_or_module(kernel, code, some):
    found = set(kernel.matches(code))
    known = {*map(str, Package.open().keys), *PERIODS, *bg.charts.__all__}
    assert some <= found <= known


def test_a_kernel_offers_files_where_files_are_meant(kernel):
    assert "README.md" in kernel.matches('open("READ')


def test_the_first_look_shows_what_a_reader_asks_first_and_numbers_in_full(kernel):
    shown = kernel.shows("bg.load('post')")
    assert shown["text/html"].split("<th></th>\n")[1].split()[:5] == [
        f"<th>{name}</th>" for name in ("label", "printed", "unit", "section", "note")
    ]
    assert "<td>335000000000</td>" in shown["text/html"] and "e+" not in shown["text/html"]
    assert ".bgdata-rows td { white-space: nowrap; }" in shown["text/html"]  # labels are not squeezed by 19 columns


def test_some_columns_and_a_comparison_are_shown_in_full_too(kernel):
    for code in ("bg.load('post')[['label', 'value']]", "bg.compare('post.revenue')[['key', 'value', 'base']]"):
        shown = kernel.shows(code)
        assert "335000000000" in shown["text/plain"] and "e+" not in shown["text/plain"] + shown["text/html"]


@pytest.mark.parametrize(
    "what", ["rows.value", "rows.set_index('key').value", "rows.groupby('sector')[['value']].sum()"]
)
def test_what_is_taken_from_a_frame_is_shown_in_full_too(kernel, what):
    shown = kernel.shows(f"rows = bg.load('post'); {what}")
    assert re.search("[0-9]{12}", shown["text/plain"]) and "e+" not in "".join(map(str, shown.values()))


def test_a_frame_of_others_is_shown_as_pandas_shows_it(kernel):
    shown = kernel.shows("import pandas as pd; pd.DataFrame({'value': [1e12, 9.0]})")
    assert "1.000000e+12" in shown["text/plain"] and "1.000000e+12" in shown["text/html"]
    assert "bgdata" not in shown["text/html"]


def test_a_persons_own_way_to_write_numbers_stays(kernel):
    shown = kernel.shows("with_own = pd.option_context('display.float_format', '{:.1e}'.format)\n"
                         "from IPython.display import display\nwith with_own: display(bg.load('post')[['label', 'value']])")  # fmt: skip
    assert "3.4e+11" in shown["text/html"]


def test_a_kernel_shows_no_traceback_where_there_are_no_data(kernel):
    kernel.shows("import os; os.environ['BGDATA_ROOT'] = '/nowhere'")
    assert isinstance(kernel.matches('bg.value("tele'), list)
    kernel.shows("del os.environ['BGDATA_ROOT']")


def test_what_load_returns_is_a_plain_frame_of_floats():
    assert type(NAMES["frame"]) is pd.DataFrame and str(NAMES["frame"]["value"].dtype) == "float64"


def python(code):
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_without_ipython_nothing_is_imported_for_it():
    code = "import sys, bgdata; print([name for name in sys.modules if name in ('bgdata.lab', 'IPython', 'pandas')])"
    assert python(code) == "[]\n"


def test_in_ipython_the_import_reads_no_data_and_brings_no_pandas():
    code = (
        "from IPython.core.interactiveshell import InteractiveShell as Shell; import sys\n"
        "shell = Shell.instance(); before = {*sys.modules}; opened = []\n"
        "sys.addaudithook(lambda what, which: opened.append(str(which[0])) if what == 'open' else None)\n"
        "import bgdata; print([one for one in opened if one.endswith(('.csv', '.json', '.mo'))])\n"
        "print([name for name in ('pandas', 'matplotlib', 'bgdata.package') if name in sys.modules])\n"
        "print(len(shell.Completer.custom_matchers)); bgdata.lab.register(); print(len(shell.Completer.custom_matchers))"
    )
    assert python(code) == "[]\n[]\n1\n1\n"


@pytest.mark.parametrize("chosen, lang", [({}, "vi"), ({"LC_MESSAGES": "en_GB.UTF-8"}, "en"), ({"LC_ALL": "C"}, "en")])
def test_lab_speaks_of_errors_in_vietnamese_unless_the_person_chose_otherwise(chosen, lang, monkeypatch):
    monkeypatch.setattr(os, "environ", {"LANG": "C.UTF-8", **chosen})
    config = SimpleNamespace(FileContentsManager=SimpleNamespace())
    runpy.run_path(str(ROOT / ".jupyter" / "jupyter_lab_config.py"), {"get_config": lambda: config})
    assert locale_language(os.environ) == lang
