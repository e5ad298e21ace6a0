"""The commands: what they say, in which language, on which stream, and their exit statuses."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from projects import Project

from bgtools.cli import main


def bgdata(*arguments, lang="C"):
    return CliRunner().invoke(main, arguments, env={"LC_ALL": lang})


def test_help_names_every_command_and_each_help_has_an_example():
    assert main.commands.keys() >= {"run", "check"}
    for name, command in main.commands.items():
        assert name in bgdata("--help").output
        assert f"bgdata {name}" in bgdata(name, "--help").output and "Examples:" in command.help


def test_the_commands_import_nothing_slow_until_they_need_it():
    code = "import sys, bgtools.cli, bgtools.run.summary; print({'pandas', 'papermill', 'zmq'} & sys.modules.keys())"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"


# check


def test_check_of_a_sound_package_lists_contradictions_and_succeeds_when_all_are_accepted(package):
    result = bgdata("check")
    assert result.exit_code == 0
    assert result.output.startswith("The data package is valid.\n")
    assert "Contradicts, accepted  society.youth_epayment_share.share (2024-S1)" in result.output
    assert "312,000 / 411,230 = 75.87% ≠ 83%" in result.output


def test_check_speaks_vietnamese_where_the_locale_does_or_when_told(package):
    assert bgdata("check", lang="vi_VN.UTF-8").output == bgdata("check", "--lang", "vi").output
    assert "Mâu thuẫn đã được chấp nhận  society" in bgdata("check", "--lang", "vi").output


def test_check_fails_on_a_contradiction_that_nobody_has_accepted(package):
    package.write("accepted.csv", package.text("accepted.csv").splitlines(keepends=True)[0].encode())
    result = bgdata("check", "2024-S1")
    assert result.exit_code == 1
    assert "\nContradicts  society.youth_epayment_share.share (2024-S1)\n" in result.output


def test_check_lists_every_fault_with_file_and_line(package):
    package.cell(package.observations, "telecom.bts,4G", "value", "1648")
    package.cell(package.observations, "telecom.bts,2G", "status", "X")
    result = bgdata("check")
    assert result.exit_code == 1
    assert "2024-S1.csv: 2 faults." in result.output
    assert "line 26" in result.output and "line 28" in result.output


def test_check_as_json_has_rules_and_faults_without_infinite_numbers(package):
    found = json.loads(bgdata("check", "--format", "json").output, parse_constant=pytest.fail)
    assert found["faults"] == []
    assert found["rules"][0]["verdict"] == "contradicts"
    package.cell(package.observations, "telecom.bts,4G", "value", "1648")
    result = bgdata("check", "--format", "json")
    [fault] = json.loads(result.output)["faults"]
    assert (result.exit_code, fault["line"]) == (1, 28)


@pytest.mark.parametrize("period", ["2024-S3", "2024-S2", "../x", ""])
def test_check_of_an_unknown_period_is_wrong_usage(package, period):
    assert bgdata("check", period).exit_code == 2


# run with faulty data


def test_faults_in_the_observations_are_said_once_and_nothing_runs(tmp_path):
    it = Project(tmp_path / "project", "draws", "reads")
    it.cell(it.observations, "telecom.bts,4G", "value", "1648")
    result = it.run()
    assert result.exit_code == 1
    assert result.output.count("line 28") == 1
    assert sorted(it.contents()) == ["notebooks/draws.ipynb", "notebooks/reads.ipynb"]


def test_a_folder_without_a_data_package_is_said_to_be_one(tmp_path, monkeypatch):
    monkeypatch.setenv("BGDATA_ROOT", str(tmp_path))
    result = bgdata("run")
    assert result.exit_code == 1
    assert "holds no data/datapackage.json" in result.output
