"""What tests and the examples in docstrings share: figures are never saved into the project's own folder."""

import pytest


@pytest.fixture(autouse=True)
def figures(tmp_path, monkeypatch):
    monkeypatch.setenv("BGDATA_FIGURES", str(tmp_path / "figures"))
    return tmp_path / "figures"
