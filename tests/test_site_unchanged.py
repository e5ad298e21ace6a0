"""A second build makes only the pages of which something has changed, and a period once more when anything has."""

import os

import pytest
from site_project import PERIOD, SiteProject


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.setenv("BGDATA_ROOT", str(tmp_path))
    project = SiteProject(tmp_path, "02-post")
    project.build()
    return project


def stamps(project):
    site = project.root / "build" / "site"
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in site.rglob("*") if path.is_file()}


def test_a_second_build_makes_no_page_and_touches_none(small):
    before = stamps(small)
    assert small.build().pages == 0
    assert stamps(small) == before


CHANGES = {
    "a number": lambda small: small.cell(f"observations/{PERIOD}.csv", "post.revenue", "note", "Ghi chú"),
    "the catalogue": lambda small: small.append("breaks.csv", "2030-01-01,*,Lý do,Reason"),
    "what is reviewed": lambda small: small.write(f"quotes/{PERIOD}.csv", b"indicator,category,quote\n"),
    "an executed copy": lambda small: (small.root / "build" / PERIOD / "02-post.ipynb").write_bytes(b"{}"),
    "a page": lambda small: (small.root / "build" / "site" / PERIOD / "02-post.html").write_text("x"),
    "a page that is gone": lambda small: os.remove(small.root / "build" / "site" / PERIOD / "index.html"),
    "a notebook that was never run": lambda small: (small.root / "notebooks" / "99-new.ipynb").write_bytes(
        (small.root / "notebooks" / "02-post.ipynb").read_bytes()
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_has_changed_is_made_again(small, what):
    (small.data / "quotes").mkdir(exist_ok=True)
    CHANGES[what](small)
    assert small.build().pages > 0


def test_a_page_that_is_not_whole_is_told_of_each_time(small):
    (small.root / "build" / PERIOD / "02-post.ipynb").write_bytes(b"{}")
    assert small.build().faults and small.build().faults
