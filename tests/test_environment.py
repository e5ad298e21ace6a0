"""The dependencies are written once, in pyproject.toml; what repeats them says the same."""

import re
import tomllib

import pytest
import yaml

from bgtools.run.fork import TRIED
from conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DEPENDENCIES = sorted(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"])
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
CLUSTER = (ROOT / "requirements-cluster.lock").read_text(encoding="utf-8")


def test_conda_has_the_same_dependencies_and_floors():
    listed = [name for name in CONDA if isinstance(name, str)] + CONDA[-1]["pip"]
    assert sorted(set(listed) - {"pip", "-e .", f"python{PROJECT['requires-python']}"}) == DEPENDENCIES
    assert f"python{PROJECT['requires-python']}" in listed


@pytest.mark.parametrize("dependency", DEPENDENCIES)
def test_the_lock_pins_each_dependency(dependency):
    name = re.match(r"[\w-]+", dependency)[0].lower()
    assert re.search(rf"^{re.escape(name)}==", LOCK, re.MULTILINE)


@pytest.mark.parametrize(
    "dependency", [one for extra in ("cluster", "test-cluster") for one in PROJECT["optional-dependencies"][extra]]
)
def test_the_lock_of_the_cluster_pins_each_of_its_dependencies(dependency):
    name = re.match(r"[\w-]+", dependency)[0]
    assert name == "bgdata" or re.search(rf"^{name}==", CLUSTER, re.MULTILINE)


def test_the_two_locks_are_of_one_piece():
    """What both have, for one Python or another, has one version."""
    base, more = (set(re.findall(r"^([\w.-]+)==([\w.]+)", lock, re.MULTILINE)) for lock in (LOCK, CLUSTER))
    shared = {name for name, _ in base} & {name for name, _ in more}
    assert {pin for pin in more if pin[0] in shared} <= base


def test_the_lock_holds_names_versions_and_hashes_but_no_address():
    lines = [line.strip(" \\") for line in (LOCK + CLUSTER).splitlines()]
    pins = [line for line in lines if not line.startswith("--hash=sha256:")]
    assert [line for line in pins if not re.fullmatch(r"[\w.-]+==[\w.]+( ; .+)?", line)] == []


def test_the_readme_quotes_the_table_that_was_measured():
    rows = [row for row in (ROOT / "benchmarks" / "run.md").read_text(encoding="utf-8").splitlines() if row[:1] == "|"]
    assert len(rows) > 2 and "\n".join(rows) in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in TRIED if name != "Python"])
def test_what_the_fast_runner_leans_on_is_kept_below_the_first_version_that_was_not_tried(name):
    major, minor = TRIED[name]
    [dependency] = [one for one in DEPENDENCIES if re.match(rf"{name}\W", one)]
    assert dependency.endswith(f",<{major}.{minor + 1}")
