"""What the project is built from: listed from the lock, under licences that the office can use, and consistent."""

import json
import re
import runpy
import subprocess
import sys
from importlib.metadata import distribution, distributions

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from conftest import ROOT

LOCK = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("requirements.lock", "requirements-cluster.lock"))
SBOM = runpy.run_path(str(ROOT / ".ci" / "sbom.py"))
BILL = SBOM["bill"](LOCK)
FREE = r"0?BSD|MIT|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla Public|OFL|Artistic|Zlib|CC0|HPND|Unlicense"
COPYLEFT = re.compile(r"(?<!Lesser )GPL|General Public License|AGPL|SSPL|Commons Clause|Proprietary")
INSTALLED = [one for one in BILL["components"] if SBOM["licence"](one["name"])]


def free(name):
    """Whether a licence, or one of those to choose from, leaves everybody free to use and pass on."""
    choices = re.split(r" OR |; ", name)
    return any(re.search(FREE, one) and not COPYLEFT.search(one) for one in choices)


def test_the_bill_lists_every_package_of_the_lock_with_its_version_and_digests():
    pins = re.findall(r"^([\w.-]+)==([\w.]+)", LOCK, re.MULTILINE)
    assert [(one["name"], one["version"]) for one in BILL["components"]] == pins
    assert [one["name"] for one in BILL["components"] if not one["externalReferences"][0]["hashes"]] == []
    assert len({one["bom-ref"] for one in BILL["components"]}) == len(pins) > 100


def told(bill):
    """What the schema of CycloneDX 1.6, which is beside its library, has against a bill."""
    return JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill))


def test_the_bill_is_as_the_schema_of_cyclonedx_wants_it():
    assert told(BILL) is None


@pytest.mark.parametrize(
    "spoilt", [{"bomFormat": "SPDX"}, {"version": 0}, {"components": [{"name": "no type"}]}, {"unknown": 1}], ids=str
)
def test_a_spoilt_bill_is_told(spoilt):
    assert told(BILL | spoilt)


@pytest.mark.parametrize("component", INSTALLED, ids=lambda one: one["name"])
def test_the_licence_of_a_package_leaves_everybody_free(component):
    assert free(component["licenses"][0]["license"]["name"])


def test_a_package_that_declares_no_licence_has_one_in_its_files():
    silent = [one["name"] for one in BILL["components"] if "licenses" not in one and installed(one["name"])]
    texts = {name: licence_text(name) for name in silent}
    assert {name for name, text in texts.items() if not re.search("MIT License|BSD|Apache License", text)} == set()


def installed(name):
    return any(True for _ in distributions(name=name))


def licence_text(name):
    files = distribution(name).files or []
    return "".join(one.read_text() for one in files if "licen" in one.name.lower())


@pytest.mark.parametrize(
    "name", ["GPL-3.0-only", "AGPL-3.0", "Proprietary", "GNU General Public License v2 (GPLv2)", ""]
)
def test_a_licence_that_binds_others_is_told(name):
    assert not free(name)


def test_what_is_installed_fits_together():
    said = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True)
    assert (said.returncode, said.stdout.strip()) == (0, "No broken requirements found.")
