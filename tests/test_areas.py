"""Several areas as one: a workspace, its rows and keys, what cannot be one, order and sums, checks, runs, charts, pages."""

import json
import re
import shutil
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import areas_project
import pandas as pd
import pytest
from click.testing import CliRunner

import bgdata as bg
from bgdata.notation import Period
from bgdata.package import Key, Package
from bgdata.package.observations import COLUMNS
from bgdata.package.workspace import Workspace
from bgdata.show import alt_text
from bgdata.show.lint import lint
from bgtools.cli import main
from bgtools.run import asked, driver, summary
from conftest import ROOT

NOTEBOOKS = ROOT / "tests" / "notebooks"
MERGED = [
    "VN-24,Bắc Ninh,Bac Ninh,areas/VN-24,2025-07-01,,",
    "VN-24A,Bắc Giang,Bac Giang,areas/VN-24A,,2025-06-30,VN-24",
    "VN-27A,Bắc Ninh (cũ),Bac Ninh (old),areas/VN-27A,,2025-06-30,VN-24",
    "VN-01,Hà Nội,Hanoi,areas/VN-01,,,",
]
BTS = "telecom.bts"


def with_notebook(root):
    (root / "notebooks").mkdir()
    shutil.copy(NOTEBOOKS / "reads.ipynb", root / "notebooks" / "03-telecom.ipynb")
    return root


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Three areas with two periods, of which nothing is changed."""
    return with_notebook(areas_project.write(tmp_path_factory.mktemp("areas") / "w", 3, ["2024-S1", "2024-S2"], gaps=0))


@pytest.fixture(scope="module")
def merger(tmp_path_factory):
    """Two provinces and the one that they became, of which nothing is changed."""
    periods = ["2024-S2", "2025-S1", "2025-S2"]
    return with_notebook(
        areas_project.write(tmp_path_factory.mktemp("merger") / "w", periods=periods, rows=MERGED, gaps=0)
    )


@pytest.fixture
def root(made, tmp_path):
    """A copy of the three areas."""
    return shutil.copytree(made, tmp_path / "w")


def bgdata(root, *arguments, lang="C"):
    return CliRunner().invoke(main, arguments, env={"BGDATA_ROOT": str(root), "LANG": lang})


def cell(root, file, start, old, new):
    """Change the one line of a file that begins so."""
    path = root / file
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    [place] = [number for number, line in enumerate(lines) if line.startswith(start)]
    assert old in lines[place]
    lines[place] = lines[place].replace(old, new)
    path.write_text("".join(lines), encoding="utf-8")


def drop(root, area, period, key):
    """Take the line of a number out of a report."""
    path = root / "areas" / area / "data" / "observations" / f"{period}.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f"{key},")]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(kept), encoding="utf-8")


# rows and keys


def test_rows_of_a_workspace_have_their_area_first_and_in_their_key(made):
    rows = bg.load(f"{BTS}[4G]", period="2024-S1", package=Package.open(made))
    assert rows.columns.to_list() == ["area", *COLUMNS]
    assert rows[["area", "key"]].values.tolist() == [[one, f"{BTS}[4G]@{one}"] for one in ("VN-01", "VN-04", "VN-08")]
    assert rows["value"].tolist() == [1647, 3294, 4941]


def test_rows_of_one_area_are_as_without_a_workspace(made, tmp_path):
    alone = shutil.copytree(made / "areas" / "VN-04", tmp_path / "alone")
    declared = json.loads((made / "data" / "datapackage.json").read_text(encoding="utf-8"))
    common = [one for one in declared["resources"] if one["name"] != "areas"]
    areas_project.write_json(alone / "data", declared | {"resources": [*common, *declared["of_each_area"]]})
    for name in areas_project.SHARED:
        shutil.copy(made / "data" / f"{name}.csv", alone / "data")
    one, other = Package.open(made).package("VN-04"), Package.open(alone)
    assert (one.area, other.area) == ("VN-04", "")
    pd.testing.assert_frame_equal(bg.load(period="2024-S1", package=one), bg.load(period="2024-S1", package=other))


def test_some_areas_are_loaded_by_code_and_by_name(made):
    package = Package.open(made)
    rows = bg.load(BTS, period="2024-S1", area=["Cao Bằng", "VN-01"], package=package)
    assert rows["area"].unique().tolist() == ["VN-01", "VN-04"]
    assert bg.value(f"{BTS}[4G]@VN-04", period="2024-S1", package=package) == 3294
    assert bg.report("2024-S1", area="Cao Bằng", package=package).value(BTS) == 7550


def test_a_report_over_areas_speaks_of_keys_with_their_area(made):
    report = bg.report("2024-S2", package=Package.open(made))
    said = report.answer(
        "{telecom.bts@VN-04:n}, {telecom.bts[4G]@VN-01/telecom.bts@VN-01:%}, {telecom.bts@VN-04:area}."
    )
    assert str(said) == "11.325, 43,6%, Cao Bằng."
    assert report["telecom.masts@VN-08"]["value"] == 6384
    assert bg.select(report.load("telecom"), BTS)["area"].tolist() == ["VN-01", "VN-04", "VN-08"]
    assert report.check("telecom")["area"].unique().tolist() == ["VN-01", "VN-04", "VN-08"]


def test_a_computed_number_keeps_its_area(made):
    rows = bg.load("telecom", period="2024-S1", package=Package.open(made))
    found = bg.ratio(rows, f"{BTS}@VN-04", "telecom.masts@VN-04", package=Package.open(made))
    assert found[["area", "note"]].values.tolist() == [["VN-04", "7.550 / 3.192"]]
    with pytest.raises(bg.BgdataError, match="rows of one area, but these are of VN-01, VN-04"):
        bg.ratio(rows, f"{BTS}@VN-01", "telecom.masts@VN-04", package=Package.open(made))
    with pytest.raises(bg.BgdataError, match="rows of one area, but these are of VN-01, VN-04, VN-08"):
        bg.share(rows, f"{BTS}[4G]", BTS, package=Package.open(made))


def test_an_area_without_a_report_is_there_as_missing_only_if_it_is_expected(root):
    shutil.rmtree(root / "areas" / "VN-08" / "data" / "observations")
    (root / "areas" / "VN-08" / "data" / "observations").mkdir()
    cell(root, "areas/VN-08/data/periods.csv", "2024-S1", "2024-S1", "2023-S1")
    cell(root, "areas/VN-08/data/periods.csv", "2023-S1,2024", "2024-01-01,2024-06-30", "2023-01-01,2023-06-30")
    package = Package.open(root)
    rows = bg.load("telecom.masts", period="2024-S1", expected=True, package=package)
    assert rows[["area", "status"]].values.tolist() == [["VN-01", "A"], ["VN-04", "A"], ["VN-08", "M"]]
    assert bg.load("telecom.masts", period="2024-S1", package=package)["area"].tolist() == ["VN-01", "VN-04"]


def test_a_table_over_areas_names_them(made):
    rows = bg.load("telecom.masts", period="2024-S1", package=Package.open(made))
    said = repr(bg.table(rows, package=Package.open(made)))
    assert re.search("Cao Bằng +Vị trí cột ăng ten +3.192", said)
    assert said.endswith("Nguồn: Báo cáo của 3 địa phương.")


def test_periods_of_a_workspace_are_those_that_any_area_has(made):
    frame = bg.periods(package=Package.open(made))
    assert frame["period"].tolist() == ["2024-S1", "2024-S2"]
    assert frame["observations"].iloc[0] == 3 * 135


# what cannot be one


def own_table(name, old="", new=""):
    """Give an area its own copy of a table of the catalogue, changed."""

    def spoil(root):
        text = (root / "data" / name).read_text(encoding="utf-8")
        assert old in text
        (root / "areas" / "VN-04" / "data" / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return spoil


def listed(*rows):
    def spoil(root):
        known = [f"{code},{code},{code},areas/{code},,," for code in ("VN-01", "VN-04", "VN-08")]
        text = "\n".join([areas_project.HEAD, *known, *rows, ""])
        (root / "data" / "areas.csv").write_text(text, encoding="utf-8")

    return spoil


def otherwise(root):
    folder = root / "areas" / "VN-04" / "data"
    declared = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    declared["resources"][0]["schema"] = {"fields": [{"name": "period", "type": "string"}]}
    areas_project.write_json(folder, declared)


@pytest.mark.parametrize(
    "spoil, said",
    [
        (own_table("units.csv", "trạm", "cột"), "areas/VN-04/data/units.csv: 2 faults.\n  file     lacks 1 lines of data/units.csv"),
        (own_table("units.csv", "trạm", "cột"), "line 12  is not what data/units.csv of the workspace has"),
        (own_table("indicators.csv", "telecom.masts,telecom,", "telecom.pylons,telecom,"), "is not what data/indicators.csv"),
        (own_table("rules.csv", "<=", ">="), "is not what data/rules.csv of the workspace has"),
        (otherwise, "declares periods otherwise than the workspace does"),
        (listed("VN-04,Cao Bằng,Cao Bang,areas/VN-05,,,"), 'area "VN-04" stands already in line 3'),
        (listed("VN-05,Cao Bằng,Cao Bang,areas/VN-04,,,"), 'package "areas/VN-04" stands already in line 3'),
        (listed("VN-05,A,A,areas/VN-05,,,"), "line 5   the package areas/VN-05 has no data/datapackage.json"),
        (listed("VN-05,A,A,../other,,,"), '"../other" does not have the form expected'),
        (listed("VN-05,A,A,areas/VN-05,,,VN-99"), 'into "VN-99" is unknown; did you mean "VN-0'),
        (listed("VN-05,A,A,areas/VN-05,,,VN-01"), "into is VN-01, but to is empty"),
        (listed("VN-05,A,A,areas/VN-05,,2025-06-30,VN-05"), "into is the area itself"),
        (listed("VN-05,A,A,areas/VN-05,2025-07-01,2025-06-30,"), "to 2025-06-30 is before from 2025-07-01"),
        (lambda root: cell(root, "data/areas.csv", "VN-04", ",,,", ",soon,,"), '"soon" is not a date'),
        (lambda root: cell(root, "areas/VN-08/data/observations/2024-S1.csv", f"{BTS},,", "11.325", "11.326"),
         "areas/VN-08/data/observations/2024-S1.csv: 1 fault."),
    ],
)  # fmt: skip
def test_what_cannot_be_one_is_refused_in_a_sentence_and_nothing_is_written(root, spoil, said):
    spoil(root)
    for command in ("check", "run"):
        result = bgdata(root, command, *["2024-S1"] * (command == "run"), "--areas", "all")
        assert result.exit_code == 1
        assert said in result.output
    assert not list(root.rglob("run.json"))


def test_an_own_copy_of_the_catalogue_that_is_the_same_is_no_fault(root):
    own_table("units.csv")(root)
    assert len(Package.open(root).packages()) == 3


def test_all_faults_of_all_areas_are_told_at_once(root):
    for area in ("VN-01", "VN-08"):
        cell(root, f"areas/{area}/data/periods.csv", "2024-S1", "2024-06-30", "2024-06-29")
    said = bgdata(root, "check").output
    assert "areas/VN-01/data/periods.csv: 1 fault." in said
    assert "areas/VN-08/data/periods.csv: 1 fault." in said


def test_a_folder_that_the_workspace_does_not_list_is_none_of_its_areas(root):
    shutil.copytree(root / "areas" / "VN-08", root / "areas" / "VN-09")
    with pytest.raises(bg.BgdataError, match="lists no area with the package areas/VN-09"):
        Package.open(root / "areas" / "VN-09")


@pytest.mark.parametrize("command", ["check", "run", "site"])
@pytest.mark.parametrize(
    "arguments, said",
    [
        (["--areas", "VN-0"], 'Area "VN-0" is unknown; did you mean "VN-0'),
        (["--areas", "Cao Băng"], 'did you mean "Cao Bằng"'),
        (["2024-S3", "--areas", "all"], "2024-S3"),
        (
            ["2025-S1", "--areas", "all"],
            '2025-S1 has no observations yet (begin it with: bgdata new 2025-S1); did you mean "2024-S1"',
        ),
    ],
)
def test_an_unknown_area_or_period_is_wrong_usage_with_the_near_ones(made, command, arguments, said):
    result = bgdata(made, command, *arguments)
    assert said in result.output
    assert result.exit_code == (1 if (command, said) == ("site", "2024-S3") else 2)


@pytest.mark.parametrize("command", ["check", "run"])
def test_a_named_area_that_lacks_the_period_is_wrong_usage(merger, command):
    result = bgdata(merger, command, "2025-S2", "--areas", "VN-24A")
    assert result.exit_code == 2
    assert 'Area VN-24A (Bac Giang) has no period "2025-S2"; did you mean "2025-S1"' in result.output
    said = bgdata(merger, command, "2025-S2", "--areas", "VN-24A", lang="vi_VN.UTF-8").output
    assert 'Địa phương VN-24A (Bắc Giang) không có kỳ "2025-S2"' in said


@pytest.mark.parametrize("arguments", [["new", "2025-S1"], ["audit", "a.docx"], ["fill", "a.docx"], ["word"]])
def test_what_is_done_for_one_area_is_refused_for_several(made, arguments):
    result = bgdata(made, *arguments)
    assert (result.exit_code, result.output) == (
        2,
        "This is a workspace of several areas. Go to the folder of one of them.\n",
    )


def test_areas_of_what_is_no_workspace_are_wrong_usage(package):
    result = bgdata(package.root, "check", "--areas", "all")
    assert (result.exit_code, result.output) == (2, "There are no areas: the data package has no data/areas.csv.\n")
    with pytest.raises(bg.BgdataError, match="There are no areas"):
        bg.load(period="2024-S1", area="VN-24")


@pytest.mark.parametrize(
    "ask, said",
    [
        (lambda one: bg.value(BTS, period="2024-S1", package=one), "telecom.bts names no area; write it as telecom.bts@VN-01"),
        (lambda one: bg.value(f"{BTS}@VN-9", period="2024-S1", package=one), 'Area "VN-9" is unknown'),
        (lambda one: bg.load(f"{BTS}@VN-01", period="2024-S1", package=one.package("VN-04")), 'Area "VN-01" is unknown'),
        (lambda one: bg.report("2024-S1", area="VN-99", package=one), 'Area "VN-99" is unknown'),
        (lambda one: bg.report("2024-S1", package=Package.open(ROOT)).answer(f"{{{BTS}:rank}}"), "There is no rank"),
        (lambda one: bg.report("2024-S1", package=one).trend("a", [BTS]), "This asks for one area of several"),
        (lambda one: bg.ranked(bg.load("telecom", period="2024-S1", package=one)), "by one number of one period"),
        (lambda one: bg.charts.area_dots(bg.load("telecom", period="2024-S1", package=one), package=one), "compared in one number"),
        (lambda one: bg.charts.area_dots(bg.load(BTS, period="2024-S1", package=one.package("VN-01"))), "has no column area"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_of_areas_is_refused(made, ask, said):
    with pytest.raises(bg.BgdataError, match=re.escape(said)):
        ask(Package.open(made))


# order and sums


def areas(*ends):
    """Rows of one number for areas A, B, ...: from, to."""
    names = [chr(ord("A") + place) for place in range(len(ends))]
    rows = pd.DataFrame(ends, columns=["lower", "upper"]).assign(area=names, period="2024-S1")
    return rows.assign(key=[f"{BTS}@{name}" for name in names], value=rows["lower"])


@pytest.mark.parametrize(
    "ends, places",
    [
        ([(3, 3), (9, 9), (5, 5)], {"B": (1, 1), "C": (2, 2), "A": (3, 3)}),
        ([(5, 5), (5, 5), (4, 4)], {"A": (1, 1), "B": (1, 1), "C": (3, 3)}),
        ([(98.5, 99.5), (97.5, 98.5)], {"A": (1, 1), "B": (2, 2)}),
        ([(4.5, 5.5), (5, 5), (1, 1)], {"A": (1, 2), "B": (1, 2), "C": (3, 3)}),
        ([(4, float("inf")), (5, 5)], {"A": (1, 2), "B": (1, 2)}),
        ([(float("nan"), float("nan")), (5, 5)], {"B": (1, 1)}),
    ],
)
def test_an_order_is_told_as_far_as_the_intervals_tell_it(ends, places):
    found = bg.ranked(areas(*ends))
    assert {row["area"]: (row["best"], row["worst"]) for row in found.to_dict("records")} == places


@pytest.mark.parametrize("lang, said", [("vi", "thứ 2 trong 3"), ("en", "rank 2 of 3")])
def test_a_sentence_says_the_place_of_its_area(made, lang, said):
    report = bg.report("2024-S1", area="VN-04", lang=lang, package=Package.open(made))
    assert str(report.answer("{telecom.bts:rank}")) == said
    whole = bg.report("2024-S1", lang=lang, package=Package.open(made))
    assert str(whole.answer("{telecom.bts@VN-04:rank}")) == said


def test_the_sums_of_merged_areas_are_compared_with_the_new_one(merger):
    [row] = bg.merged(BTS, period="2025-S2", package=Package.open(merger)).to_dict("records")
    old = [bg.value(f"{BTS}@{one}", period="2024-S2", package=Package.open(merger)) for one in ("VN-24A", "VN-27A")]
    assert (row["area"], row["key"], row["parts"]) == ("VN-24", f"{BTS}@VN-24", "VN-24A VN-27A")
    assert (row["base"], row["change"], row["basis"]) == (sum(old), row["value"] - sum(old), "merged")
    assert (row["direction"], row["reason"]) == ("down", "")


def test_an_area_that_keeps_its_code_is_part_of_the_sum(merger, tmp_path):
    root = shutil.copytree(merger, tmp_path / "w")
    cell(root, "data/areas.csv", "VN-27A", "2025-06-30,VN-24", "2025-06-30,VN-01")
    rows = bg.merged(BTS, period="2025-S2", package=Package.open(root)).set_index("area")
    old = [bg.value(f"{BTS}@{one}", period="2024-S2", package=Package.open(root)) for one in ("VN-27A", "VN-01")]
    assert rows.loc["VN-01", ["parts", "base"]].tolist() == ["VN-27A VN-01", sum(old)]
    assert rows.loc["VN-24", "parts"] == "VN-24A"


def test_nothing_was_merged_into_an_area_before_it_was_there(merger):
    package = Package.open(merger)
    assert bg.merged(BTS, period="2025-S1", package=package).empty
    assert bg.merged(BTS, period="2025-S2", base_period="2024-S2", package=package)["area"].tolist() == ["VN-24"]


@pytest.mark.parametrize(
    "key, said",
    [
        ("telecom.household_fibre_share", "Shares and ratios of the parts do not add up."),
        ("post.revenue_ratio", "Shares and ratios of the parts do not add up."),
        ("outlook.conferences_target", "Shares and ratios of the parts do not add up."),
        ("post.counter_staff", "Bac Giang printed a range or a bound, which does not add up."),
        ("society.team_members", "Bac Giang printed a range or a bound, which does not add up."),
        ("telecom.masts", "Bac Ninh (old) did not print it."),
        ("telecom.revenue", "Not comparable. Counted otherwise."),
    ],
)
def test_what_does_not_add_up_is_not_added_up(merger, tmp_path, key, said):
    root = shutil.copytree(merger, tmp_path / "w")
    drop(root, "VN-27A", "2024-S2", "telecom.masts")
    with open(root / "areas" / "VN-24" / "data" / "breaks.csv", "a", encoding="utf-8") as file:
        file.write("2025-07-01,*,Hợp nhất.,Merged.\n2025-07-01,telecom.revenue,Cách tính khác.,Counted otherwise.\n")
    [row] = bg.merged(key, period="2025-S2", lang="en", package=Package.open(root)).to_dict("records")
    assert (row["basis"], row["reason"]) == ("", said)
    assert pd.isna(row["base"]) and pd.isna(row["change"])


def test_the_break_that_is_the_merger_itself_does_not_keep_sums_from_being_compared(merger, tmp_path):
    root = shutil.copytree(merger, tmp_path / "w")
    with open(root / "areas" / "VN-24" / "data" / "breaks.csv", "a", encoding="utf-8") as file:
        file.write("2025-07-01,*,Hợp nhất.,Merged.\n")
    assert bg.merged(BTS, period="2025-S2", package=Package.open(root))["basis"].item() == "merged"


def test_areas_that_are_gone_are_not_expected(merger):
    rows = bg.load("telecom.masts", period="2025-S2", expected=True, package=Package.open(merger))
    assert rows["area"].tolist() == ["VN-24", "VN-01"]
    assert Package.open(merger).there("VN-24A", Period.parse("2025-S1"))


# commands


def test_check_over_areas_sums_up(made):
    result = bgdata(made, "check", "2024-S1", "--areas", "all", lang="vi_VN.UTF-8")
    assert result.exit_code == 1
    assert "VN-04  Cao Bằng: Mâu thuẫn: 1" in result.output
    assert "Tất cả địa phương: Mâu thuẫn: 3" in result.output
    found = json.loads(bgdata(made, "check", "--areas", "all", "--format", "json").output)
    assert list(found["areas"]) == ["VN-01", "VN-04", "VN-08"]
    assert len(found["areas"]["VN-01"]["rules"]) > 50


@pytest.fixture
def runs(root):
    """A workspace with a notebook for each area, and one that compares them."""
    (root / "notebooks" / "areas").mkdir()
    compares = json.loads((NOTEBOOKS / "reads.ipynb").read_text(encoding="utf-8"))
    compares["cells"][-1]["source"] = f'import bgdata as bg\nbg.load("{BTS}", period=period)["value"].sum()'
    (root / "notebooks" / "areas" / "20-areas.ipynb").write_text(json.dumps(compares), encoding="utf-8")
    return root


def lines(result, start):
    """What the lines of a command's output that begin so speak of."""
    return sorted(line.split()[1 + (start == "would")] + " " + line.partition("(")[2].partition(")")[0]
                  for line in result.output.splitlines() if line.startswith(start))  # fmt: skip


def test_a_run_over_areas_runs_what_is_stale_and_no_more(runs):
    first = bgdata(runs, "run", "2024-S1", "--areas", "all")
    assert first.exit_code == 0, first.output
    assert len(lines(first, "done")) == 4
    assert "Notebooks: 0 done, 4 fresh" in bgdata(runs, "run", "2024-S1").output
    cell(runs, "areas/VN-04/data/observations/2024-S1.csv", f"{BTS},4G", "3294,,,=,A,3.294", "3296,,,=,A,3.296")
    stale = bgdata(runs, "run", "2024-S1", "--dry-run")
    assert lines(stale, "would") == ["03-telecom VN-04, 2024-S1", "20-areas 2024-S1"]
    assert "telecom.bts[4G] 3.294 -> 3.296" in stale.output
    assert lines(bgdata(runs, "run", "2024-S1", "--areas", "VN-04"), "done") == ["03-telecom VN-04, 2024-S1"]
    cell(runs, "data/indicators.csv", f"{BTS},", "Trạm BTS", "Trạm")
    assert len(lines(bgdata(runs, "run", "2024-S1", "--dry-run"), "would")) >= 1
    copy = (runs / "areas" / "VN-04" / "build" / "2024-S1" / "03-telecom.ipynb").read_text(encoding="utf-8")
    assert "3296.0" in copy and str(runs) not in copy


def test_how_often_the_areas_are_opened_does_not_grow_with_the_notebooks(runs, monkeypatch):
    opened, packages = [], Workspace.packages
    monkeypatch.setattr(Workspace, "packages", lambda self, *words: opened.append(1) or packages(self, *words))
    assert "4 would run" in bgdata(runs, "run", "2024-S1", "--dry-run").output
    few = len(opened)
    for number in range(4, 9):
        shutil.copy(NOTEBOOKS / "reads.ipynb", runs / "notebooks" / f"0{number}-more.ipynb")
    assert "19 would run" in bgdata(runs, "run", "2024-S1", "--dry-run").output
    assert len(opened) == 2 * few


def test_a_run_does_not_keep_what_its_notebooks_read(runs):
    order = asked.Order(runs, ("2024-S1",))
    report = driver.run(order, summary.Screen())
    planned = driver.plan_all(asked.Order(runs, ("2024-S1",)))
    assert [outcome.reads for _, outcome in report.outcomes] == [[]] * 4
    assert [step.entry.reads for steps in planned.steps.values() for step in steps] == [[]] * 4
    assert planned.steps.keys() == set(report.places) and not any(
        step.reasons for one in planned.steps.values() for step in one
    )


def test_an_area_runs_from_its_own_folder_too(runs):
    result = bgdata(runs / "areas" / "VN-08", "run", "2024-S1")
    assert lines(result, "done") == ["03-telecom VN-08, 2024-S1"]
    assert (runs / "areas" / "VN-08" / "build" / "2024-S1" / "run.json").is_file()


def test_areas_without_the_period_are_named_and_passed_over(runs):
    shutil.rmtree(runs / "areas" / "VN-08")
    periods, row = (
        ["2024-S1"],
        {"area": "VN-08", "label_vi": "A", "label_en": "A", "package": "areas/VN-08", "from": "", "to": ""},
    )
    declared = json.loads((runs / "data" / "datapackage.json").read_text(encoding="utf-8"))["of_each_area"]
    areas_project.write_area(runs, row, periods, declared, areas_project.random.Random(1), 3, 0)
    result = bgdata(runs, "run", "2024-S2", "--dry-run")
    assert "Passed over, since there is no report: VN-08 2024-S2." in result.output
    assert lines(result, "would") == ["03-telecom VN-01, 2024-S2", "03-telecom VN-04, 2024-S2", "20-areas 2024-S2"]


def test_notebooks_of_a_workspace_are_not_rewritten(runs):
    before = (runs / "notebooks" / "03-telecom.ipynb").read_bytes()
    result = bgdata(runs, "run", "--in-place")
    assert (result.exit_code, "workspace of several" in result.output) == (2, True)
    assert (runs / "notebooks" / "03-telecom.ipynb").read_bytes() == before


def test_the_first_report_of_an_area_is_drafted_in_its_folder(root):
    folder = root / "areas" / "VN-08"
    declared = json.loads((folder / "data" / "datapackage.json").read_text(encoding="utf-8"))
    declared["resources"] = [one for one in declared["resources"] if not one["path"].startswith("observations/")]
    areas_project.write_json(folder / "data", declared)
    periods = folder / "data" / "periods.csv"
    periods.write_text(periods.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    shutil.rmtree(folder / "data" / "observations")
    report = ROOT / "tests" / "reports" / "second-half.txt"
    assert bgdata(folder, "new", "2024-S2", "--from", str(report), "--accept-report").exit_code == 0
    assert "Tuyên Quang, 6 tháng cuối năm 2024" in periods.read_text(encoding="utf-8")
    checked = bgdata(root, "check", "2024-S2", "--areas", "all").output
    assert "The data packages of 3 areas are valid." in checked, checked


def test_results_of_areas_stand_apart_in_a_store_and_come_back_from_it(runs, tmp_path):
    store = ["--store", str(tmp_path / "store")]
    assert bgdata(runs, "run", "2024-S1", "--areas", "all", *store).exit_code == 0
    kept = {path.relative_to(tmp_path / "store").as_posix() for path in (tmp_path / "store").rglob("run.json")}
    assert kept == {
        "build/2024-S1/run.json",
        *(f"areas/{one}/build/2024-S1/run.json" for one in ("VN-01", "VN-04", "VN-08")),
    }
    before = (runs / "areas" / "VN-04" / "build" / "2024-S1" / "03-telecom.ipynb").read_bytes()
    for folder in (runs / "areas" / "VN-04" / "build", runs / "build"):
        shutil.rmtree(folder)
    assert "Notebooks: 0 done, 4 fresh" in bgdata(runs, "run", "2024-S1", "--areas", "all", *store).output
    assert (runs / "areas" / "VN-04" / "build" / "2024-S1" / "03-telecom.ipynb").read_bytes() == before


def links(folder):
    """Every address in a folder of pages, with the file that it is in."""
    for page in folder.rglob("*.html"):
        for address in re.findall(r'(?:href|src)="([^"#]*)', page.read_text(encoding="utf-8")):
            if address and not address.startswith(("data:", "http")):
                yield page, unquote(address)


def test_one_site_has_a_front_page_over_areas(runs):
    shutil.copy(ROOT / "notebooks" / "areas" / "20-areas.ipynb", runs / "notebooks" / "areas")
    assert bgdata(runs, "run", "2024-S2").exit_code == 0
    assert bgdata(runs, "run", "2024-S1").exit_code == 0
    assert (
        "fresh" in bgdata(runs, "run", "2024-S2", "--dry-run", "--only", "areas").output
    )  # each period has its own figures
    assert bgdata(runs, "site", "--areas", "all").exit_code == 0
    site = runs / "build" / "site"
    front = (site / "index.html").read_text(encoding="utf-8")
    assert 'href="VN-04-2024-S2/index.html"' in front
    assert re.findall(r'<th scope="row"><bdi>([^<]*)', front) == ["Hà Nội", "Cao Bằng", "Tuyên Quang"]
    assert "Tỷ lệ hộ gia đình có Internet cáp quang cao nhất ở" in front
    assert "areas-completeness.svg" in front
    assert "<h1>Cao Bằng, 6 tháng cuối năm 2024</h1>" in (site / "VN-04-2024-S2" / "index.html").read_text(
        encoding="utf-8"
    )
    assert [(page.name, one) for page, one in links(site) if not (page.parent / one).exists()] == []


def test_what_a_reviewer_says_of_an_area_lands_with_that_area(runs, tmp_path):
    item = {"kind": "number", "id": BTS, "seen": "7.550 trạm", "done": True, "remark": ""}
    review = {
        "bgdata-review": 1,
        "period": "VN-04-2024-S1",
        "lang": "vi",
        "by": "Tổ rà soát",
        "on": "2024-07-05",
        "items": [item],
    }
    file = tmp_path / "review.json"
    file.write_text(json.dumps(review), encoding="utf-8")
    assert "areas/VN-04/data/reviews/2024-S1.csv" in bgdata(runs, "review", str(file)).output
    assert not (runs / "areas" / "VN-01" / "data" / "reviews").exists()


# charts


DRAWN = {
    "dots": lambda one: bg.charts.area_dots(bg.load("telecom.masts", period="2024-S1", package=one), us="VN-04", title="A", package=one),
    "lines": lambda one: bg.charts.area_lines(bg.load("telecom.masts", period=["2024-S1", "2024-S2"], package=one), us="VN-04", title="A", package=one),
    "map": lambda one: bg.charts.area_map(bg.completeness("2024-S2", package=one), us="VN-04", title="A", package=one),
}  # fmt: skip


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("count", [1, 3, 34])
def test_charts_over_areas_have_nothing_to_be_found_fault_with(tmp_path_factory, name, count):
    root = Path(tmp_path_factory.getbasetemp()) / f"of-{count}"
    if not root.exists():
        areas_project.write(root, count, ["2024-S1", "2024-S2"], gaps=0.1)
    ax = DRAWN[name](Package.open(root))
    assert lint(ax.figure) == []
    saved = bg.save_figure(ax.figure, f"areas-{name}", caption="A.", source="B", period="2024-S2")
    assert (saved.folder / f"areas-{name}.csv").read_text(encoding="utf-8-sig").startswith("area,")


@pytest.mark.parametrize(
    "name, spoil",
    [
        ("dots", lambda ax: ax.lines[-1].set_xdata([1])),
        ("lines", lambda ax: ax.lines[-1].set_ydata([1, 1])),
        ("map", lambda ax: ax.collections[0].get_array().__setitem__((0, 0), 7)),
    ],
)
def test_a_number_drawn_wrongly_is_refused(made, name, spoil):
    ax = DRAWN[name](Package.open(made))
    spoil(ax)
    with pytest.raises(bg.BgdataError, match="does not show the numbers of its frame"):
        bg.save_figure(ax.figure, "areas", caption="A.", source="B", period="2024-S2")


def test_a_chart_of_later_numbers_is_not_saved_for_an_earlier_period(made):
    ax = DRAWN["lines"](Package.open(made))
    with pytest.raises(bg.BgdataError, match="shows 2024-S2, later than 2024-S1"):
        bg.save_figure(ax.figure, "areas", caption="A.", source="B", period="2024-S1")


def test_dots_stand_from_the_highest_with_the_median_and_ours_named(made):
    said = alt_text(DRAWN["dots"](Package.open(made)).figure)
    order = [said.index(name) for name in ("Tuyên Quang: 4.788", "Cao Bằng: 3.192", "Hà Nội: 1.596", "trung vị, 3.192")]
    assert all(one < other for one, other in pairwise(order))
    assert said.endswith("Cao Bằng. Đường đứt: trung vị, 3.192 vị trí.")


def test_a_last_number_that_is_not_of_the_newest_period_says_when_it_was(merger):
    rows = bg.load("telecom.masts", period=["2024-S2", "2025-S1", "2025-S2"], package=Package.open(merger))
    ax = bg.charts.area_lines(rows, title="A", package=Package.open(merger))
    assert lint(ax.figure) == []
    said = alt_text(ax.figure)
    assert "Bắc Giang: 3.192 vị trí (6 tháng cuối năm 2024), 4.788 vị trí (6/2025);" in said
    assert said.partition("Hà Nội: ")[2].startswith("6.384 vị trí (6 tháng cuối năm 2024), 9.576 vị trí.")


def test_the_numbers_beside_small_lines_are_those_of_all_periods(made, figures):
    ax = DRAWN["lines"](Package.open(made))
    saved = bg.save_figure(ax.figure, "areas", caption="A.", source="B")
    assert len(pd.read_csv(saved.folder / "areas.csv")) == 6


def test_the_package_of_a_province_is_no_workspace():
    assert not isinstance(Package.open(ROOT), Workspace)
    assert bg.load(period="2024-S1").columns.to_list() == list(COLUMNS)
    assert str(Key.parse(f"{BTS}@VN-24")) == f"{BTS}@VN-24"
