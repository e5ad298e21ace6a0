"""A reviewer's file: what is taken over, what is refused, and what has lapsed when a number has changed since."""

import csv
import json
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner
from site_project import PERIOD, SiteProject

from bgtools.cli import main

TICK = {"kind": "number", "id": "telecom.masts", "seen": "1.596 | = A | I.2.1.b", "done": True, "remark": ""}
REVIEW = {"bgdata-review": 1, "period": PERIOD, "lang": "vi", "by": "Người thử", "on": "2024-07-05", "items": [TICK]}


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with the notebook of one sector; what reviewers send lies beside it."""
    monkeypatch.setenv("BGDATA_ROOT", str(tmp_path / "project"))
    return SiteProject(tmp_path / "project", "03-telecom")


def taken(project, review=REVIEW, **changes):
    """Run `bgdata review` on a file with this content, changed."""
    path = project.root.parent / "review.json"
    content = review | changes if isinstance(review, dict) else review
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return CliRunner().invoke(main, ["review", str(path), "--lang", "en"])


def rows(project):
    with open(project.data / "reviews" / f"{PERIOD}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def page(project, name="03-telecom"):
    project.build()
    return project.page(name).text


def test_a_tick_lands_in_the_package_and_shows_on_the_next_pages(project):
    done = taken(project)
    assert (done.exit_code, done.output) == (0, f"1 entries of Người thử entered in data/reviews/{PERIOD}.csv.\n")
    assert "✓ Đã rà soát: Người thử, 05/7/2024" in page(project, "numbers")
    assert re.search(r"Trang này: \d+ số, 1 đã rà soát\.", project.page("03-telecom").text)


def test_a_number_that_changed_since_shows_as_lapsed(project):
    taken(project)
    project.cell(project.observations, "telecom.masts", "value", "1600")
    project.cell(project.observations, "telecom.masts", "printed", "1.600")
    assert re.search(r"Trang này: \d+ số, 0 đã rà soát, 1 đã đổi từ khi rà soát\.", page(project))
    assert "Đã đổi từ khi Người thử rà soát, 05/7/2024" in project.page("numbers").text
    assert "1 số đã đổi từ khi rà soát: Vị trí cột ăng ten." in project.page("index").text


@pytest.mark.parametrize("kind, place", [("text", "03-telecom#telecom-bts-answer"), ("figure", "telecom-bts")])
def test_a_sentence_or_figure_that_changed_since_shows_as_lapsed(project, kind, place):
    project.build()
    [seen] = [
        one["data-seen"]
        for _, one in project.page("03-telecom").attributes
        if (one.get("data-kind"), one.get("data-id")) == (kind, place)
    ]
    taken(project, items=[TICK | {"kind": kind, "id": place, "seen": seen}])
    assert "✓ Đã rà soát: Người thử, 05/7/2024" in page(project)
    taken(project, items=[TICK | {"kind": kind, "id": place, "seen": "else"}])
    assert "Đã đổi từ khi Người thử rà soát, 05/7/2024" in page(project)


def test_a_later_review_by_the_same_person_replaces_the_earlier_one(project):
    taken(project)
    taken(project, on="2024-07-06", items=[TICK | {"remark": "Xem lại"}])
    taken(project, by="Người khác")
    assert [(row["by"], row["on"], row["remark"]) for row in rows(project)] == [
        ("Người thử", "2024-07-06", "Xem lại"),
        ("Người khác", "2024-07-05", ""),
    ]


def test_the_reviews_are_a_table_that_the_package_declares(project):
    taken(project, items=[TICK, TICK | {"id": "telecom.bts[4G]", "remark": "=1+1"}])
    assert CliRunner().invoke(main, ["check", "--lang", "en"]).exit_code == 0
    validated = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", project.data / "datapackage.json"], capture_output=True
    )
    assert validated.returncode == 0, validated.stdout.decode()


@pytest.mark.parametrize("remark", ["<script>alert(1)</script>", "=HYPERLINK(1)", "một\nhai\thai", "x\u202ey", "'\""])
def test_a_remark_stays_text_on_the_pages_and_in_the_table(project, remark):
    project.build()
    before = project.page("numbers").tags.count("script")
    done = taken(project, items=[TICK | {"remark": remark}])
    said = "".join(letter if letter.isprintable() else " " for letter in remark)
    assert done.exit_code == 0 and not rows(project)[0]["remark"].startswith("=")
    assert " ".join(said.split()) in page(project, "numbers")
    assert project.page("numbers").tags.count("script") == before


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"period": "2031-S1"}, "The review is about 2031-S1, which the data package has no numbers of."),
        ({"period": "../../x"}, "The review is about ../../x, which the data package has no numbers of."),
        ({"period": 1}, "review.json is no review that the pages saved."),
        ({"bgdata-review": 2}, "review.json is no review that the pages saved."),
        ({"more": 1}, "review.json is no review that the pages saved."),
        ({"items": {}}, "review.json is no review that the pages saved."),
        ({"items": [TICK] * 5_001}, "review.json is no review that the pages saved."),
        ({"by": " "}, "review.json does not say properly whose review it is."),
        ({"by": "a\nb"}, "review.json does not say properly whose review it is."),
        ({"by": "a" * 101}, "review.json does not say properly whose review it is."),
        ({"lang": "fr"}, "review.json does not say properly whose review it is."),
        ({"on": "hôm qua"}, "review.json: “hôm qua” is no day; write it as 2024-07-05."),
        ({"items": [{}]}, "entry 1 is none that the pages make"),
        ({"items": [TICK, TICK | {"done": 1}]}, "entry 2 is none that the pages make"),
        ({"items": [TICK | {"kind": "x"}]}, "entry 1 is none that the pages make"),
        ({"items": [TICK | {"id": "telecom.bst"}]}, "entry 1: there is no number “telecom.bst”"),
        ({"items": [TICK | {"seen": "a\nb"}]}, "entry 1 does not say properly what it is about"),
        ({"items": [TICK | {"remark": "a" * 2_001}]}, "entry 1: a remark has 2000 letters at most"),
    ],
)
def test_a_file_that_was_edited_into_nonsense_is_refused_whole(project, changes, said):
    done = taken(project, **changes)
    assert done.exit_code == 1 and said in done.output and "Traceback" not in done.output
    assert not (project.data / "reviews").exists()


@pytest.mark.parametrize(
    "content",
    ["", "[]", "null", "{", "[" * 100_000, '{"a": NaN}', "\ufeff{}", '"' + "x" * 10_000_000 + '"'],
    ids=range(8),
)
def test_what_is_no_review_is_refused_in_a_sentence(project, content):
    done = taken(project, content)
    assert done.exit_code == 1 and done.output.startswith("review.json ") and "Traceback" not in done.output


def test_a_file_that_is_not_there_is_said(project):
    done = CliRunner().invoke(main, ["review", str(project.root / "nothing.json"), "--lang", "en"])
    assert done.exit_code == 1 and "nothing.json cannot be read (No such file or directory)." in done.output


def test_lines_of_the_reviews_that_were_edited_by_hand_say_nothing(project):
    taken(project)
    file = project.data / "reviews" / f"{PERIOD}.csv"
    file.write_text(file.read_text(encoding="utf-8") + "x\nnumber,telecom.bts,vi,a,true,,b,gestern\n", encoding="utf-8")
    assert re.search(r"Trang này: \d+ số, 1 đã rà soát\.", page(project))
