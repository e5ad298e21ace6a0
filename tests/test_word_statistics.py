"""The statistics part of a report is made from nothing: what stands in it, how it is set, and that an audit confirms it."""

import io
import json
import shutil

import docx
import pytest
from click.testing import CliRunner
from docx.shared import Cm, Pt
from lxml import etree
from word_xml import local, parts, value

from bgdata.package import Package
from bgtools.cli import main
from bgtools.word.part.composition import composed
from conftest import ROOT, PackageCopy

PERIOD = "2024-S1"


@pytest.fixture(scope="module")
def made():
    package = Package.open(ROOT)
    return composed(package, package.period(PERIOD), "vi")


@pytest.fixture
def project(tmp_path):
    copy = PackageCopy(tmp_path / "project")
    copy.root = tmp_path / "project"
    shutil.copytree(ROOT / "figures" / PERIOD / "word", copy.root / "figures" / PERIOD / "word")
    return copy


def call(project, *arguments):
    return CliRunner().invoke(main, [*arguments], env={"BGDATA_ROOT": str(project.root), "LANG": "C"})


def tree(content):
    return etree.fromstring(parts(content)["word/document.xml"])


def test_the_page_is_that_of_the_decree(made):
    section = docx.Document(io.BytesIO(made)).sections[0]
    margins = [section.left_margin, section.right_margin, section.top_margin, section.bottom_margin]
    assert [round(margin / Cm(1), 1) for margin in margins] == [3.0, 1.5, 2.0, 2.0]


def test_letters_are_times_new_roman_14(made):
    font = docx.Document(io.BytesIO(made)).styles["Normal"].font
    assert (font.name, font.size) == ("Times New Roman", Pt(14))


def test_the_sectors_stand_in_the_reports_order(made):
    headings = [one.text for one in docx.Document(io.BytesIO(made)).paragraphs if one.style.name == "Heading 1"]
    labels = [row["label_vi"] for row in Package.open(ROOT).sectors.values()]
    found = [labels.index(heading.split(". ", 1)[1]) for heading in headings if heading.split(". ", 1)[1] in labels]
    assert found == sorted(found) and len(found) >= 10


def test_every_number_of_the_period_has_a_bookmark(made):
    names = {value(one, "name") for one in tree(made).iter() if local(one) == "bookmarkStart"}
    rows = [row for row in Package.open(ROOT).indicators if row == "telecom.bts"]
    assert {"bg_telecom_bts", "bg_telecom_bts_4G", "bg_post_revenue"} <= names and rows


def test_bookmarks_are_named_once(made):
    names = [value(one, "name") for one in tree(made).iter() if local(one) == "bookmarkStart"]
    assert len(names) == len(set(names)) and max(map(len, names)) <= 40


def test_the_heads_of_tables_repeat(made):
    tables = [one for one in tree(made).iter() if local(one) == "tbl"]
    assert all(any(local(one) == "tblHeader" for one in table.iter()) for table in tables) and tables


def test_figures_have_their_description(project):
    call(project, "word", PERIOD, "--to", str(project.root / "a.docx"))
    described = [
        one.get("descr") for one in tree((project.root / "a.docx").read_bytes()).iter() if local(one) == "docPr"
    ]
    assert described and all(described)


def test_without_a_run_the_numbers_stand_in_plain_sentences(project):
    call(project, "word", PERIOD, "--to", str(project.root / "a.docx"))
    said = "\n".join(one.text for one in docx.Document(project.root / "a.docx").paragraphs)
    assert "Trạm BTS: 3.775 trạm; 2G 884 trạm; 3G 1.242 trạm; 4G 1.647 trạm; 5G 02 trạm." in said


def test_an_audit_of_the_made_part_finds_nothing_wrong(project):
    call(project, "word", PERIOD, "--to", str(project.root / "a.docx"))
    told = json.loads(call(project, "audit", str(project.root / "a.docx"), PERIOD, "--format", "json").stdout)
    assert told["numbers"]["wrong"] == 0 and [one["state"] for one in told["figures"]] == ["current"] * len(
        told["figures"]
    )


def test_what_is_there_is_not_written_over(project):
    (project.root / "a.docx").write_bytes(b"edited")
    ended = call(project, "word", PERIOD, "--to", str(project.root / "a.docx"))
    assert (ended.exit_code, (project.root / "a.docx").read_bytes()) == (1, b"edited")


def test_it_is_the_same_when_made_again(made):
    package = Package.open(ROOT)
    assert composed(package, package.period(PERIOD), "vi") == made
