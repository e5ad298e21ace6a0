"""A handful of the faults of `tests/endurance.py`, in folders with names as people give them."""

import sys

import pytest
from ordeal import FOLDERS, KINDS, MARK, Ordeal


@pytest.mark.skipif(sys.platform != "linux", reason="processes are followed on Linux only")
@pytest.mark.parametrize(
    "kind, folder", [("all killed", FOLDERS[1]), ("64 open files", FOLDERS[2]), ("drive without locks", FOLDERS[4])]
)
def test_after_a_fault_the_next_run_gives_what_a_clean_one_gives(tmp_path, monkeypatch, kind, folder):
    monkeypatch.setenv(MARK, "")
    it = Ordeal(tmp_path / folder, sound=["draws"])
    KINDS[kind](it, it.took / 2)
