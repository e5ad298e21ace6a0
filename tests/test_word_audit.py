"""A draft with planted errors is audited: what is found, what is said of it, and what is left as it was."""

import hashlib
import json

import pytest
from click.testing import CliRunner
from drafts import FORMS, draft, plain, split
from libreoffice import SOFFICE, converted
from word_xml import comments_of, parts, without_comments

from bgtools.cli import main
from conftest import ROOT, PackageCopy

REPORT = (ROOT / "tests" / "reports" / "second-half.txt").read_text(encoding="utf-8")
CHECKED = (ROOT / "tests" / "reports" / "second-half.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
PLANTED = {
    "128.945 bức": ("128.954 bức", "128.945"),
    "bằng 114,5%": ("bằng 94,5%", "114,5%"),
    "tăng 19,2%": ("giảm 19,2%", "increase"),
    "1.642 vị trí": ("1.596 vị trí", "value of first half of 2024"),
    "(đạt 82,3%)": ("(đạt 82.3%)", "82,3%"),
    "Đến 30/11/2024": ("Đến 30/11/2023", "second half of 2024"),
    "6 tháng cuối năm 2024, nhiệm": ("6 tháng cuối năm 2023, nhiệm", "second half of 2024"),
    "09 cá nhân": ("08 cá nhân", "09"),
}


@pytest.fixture
def project(tmp_path):
    copy = PackageCopy(tmp_path / "project")
    copy.add_period("2024-S2", *CHECKED)
    copy.root = tmp_path / "project"
    return copy


def audit(project, content, *arguments, name="bao-cao.docx"):
    path = project.root / name
    path.write_bytes(content)
    return CliRunner().invoke(
        main, ["audit", str(path), "2024-S2", *arguments], env={"BGDATA_ROOT": str(project.root), "LANG": "C"}
    )


def copy_of(project, name="bao-cao.kiem-tra.docx"):
    return (project.root / name).read_bytes()


def planted(*only):
    text = REPORT
    for old in only or PLANTED:
        assert old in text
        text = text.replace(old, PLANTED[old][0], 1)
    return text


def test_a_right_draft_has_nothing_wrong(project):
    ended = audit(project, draft(REPORT), "--format", "json")
    assert (ended.exit_code, json.loads(ended.output)["numbers"]["wrong"]) == (0, 0), ended.output


def test_the_summary_counts_the_numbers_that_are_confirmed(project):
    told = json.loads(audit(project, draft(REPORT), "--format", "json").output)["numbers"]
    assert told["confirmed"] >= 0.95 * told["numbers"] and sum(told.values()) == 2 * told["numbers"]


@pytest.mark.parametrize("old", PLANTED)
def test_a_planted_error_is_found_with_what_is_expected(project, old):
    ended = audit(project, draft(planted(old)), "--lang", "en")
    said = " ".join(" ".join(pair) for pair in comments_of(copy_of(project)))
    assert (ended.exit_code, PLANTED[old][1] in said) == (1, True), said


STRANGE = "- Phòng chuyên môn đã tưới {0} chậu hoa, rửa {1} ô cửa kính và đóng {2} tập hồ sơ lưu.\n"


@pytest.mark.parametrize("times", [0, 20, 60])
def test_an_error_is_found_however_much_else_the_draft_counts(project, times):
    text = planted("128.945 bức") + "".join(STRANGE.format(31 + one, 47 + one, 53 + one) for one in range(times))
    audit(project, draft(text), "--lang", "en")
    assert "128.945" in " ".join(" ".join(pair) for pair in comments_of(copy_of(project)))


@pytest.mark.parametrize("form", FORMS, ids=range(len(FORMS)))
def test_a_comment_stands_at_its_number_in_every_form_of_word(project, form):
    audit(project, draft(planted("128.945 bức"), form, seed=4), "--lang", "en")
    assert [under for under, _ in comments_of(copy_of(project))] == ["128.954"]


def test_what_stands_in_a_note_is_commented_on_at_its_mark(project):
    audit(project, draft(REPORT.replace("1.986 trạm 4G", "1.968 trạm 4G")), "--lang", "en")
    [(under, said)] = comments_of(copy_of(project))
    assert (under, "1.968" in said) == ("", True)


@pytest.mark.parametrize("form", FORMS, ids=range(len(FORMS)))
@pytest.mark.parametrize("more", [{}, {"boxes": 4}, {"tables": True}, {"comments": True}], ids=str)
def test_nothing_but_comments_is_new_in_the_copy(project, form, more):
    content = draft(planted(), form, seed=2, **more)
    audit(project, content)
    before, after = parts(content), parts(copy_of(project))
    others = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert {name: text for name, text in after.items() if name not in others} == {
        name: text for name, text in before.items() if name not in others
    }
    ours = {str(number) for number in range(5 if more.get("comments") else 0, 99)}
    assert without_comments(after["word/document.xml"], ours) == without_comments(before["word/document.xml"], ())


def test_the_comments_of_others_stay(project):
    audit(project, draft(planted(), comments=True))
    assert comments_of(copy_of(project), "Lãnh đạo") == [("", "Xem lại.")]


def test_the_draft_is_never_touched(project):
    content = draft(planted(), split)
    audit(project, content)
    assert hashlib.sha256((project.root / "bao-cao.docx").read_bytes()).digest() == hashlib.sha256(content).digest()


def test_the_copy_is_the_same_when_made_again(project):
    audit(project, draft(planted()))
    first = copy_of(project)
    audit(project, draft(planted()))
    assert copy_of(project) == first


def test_without_data_a_draft_is_held_against_itself(tmp_path):
    project = PackageCopy(tmp_path / "project")
    project.root = tmp_path / "project"
    text = REPORT.replace("(17 tổ chức, 09 cá nhân)", "(17 tổ chức, 08 cá nhân)").replace("(đạt 82,3%)", "(đạt 87,3%)")
    told = json.loads(audit(project, draft(text), "--format", "json", "--lang", "en").stdout)
    assert [(one["kind"], one["printed"]) for one in told["remarks"] if one["grade"] == "wrong"] == [
        ("share", "87,3%"),
        ("sum", "26"),
    ]


def test_the_report_of_another_body_is_held_against_itself(project):
    text = (
        "SỞ Y TẾ TỈNH HÀ NAM\nBÁO CÁO\nCông tác 6 tháng cuối năm 2024\nI. KẾT QUẢ\n1. Khám, chữa bệnh\n"
        "Toàn tỉnh có 21 cơ sở (14 bệnh viện, 08 trung tâm) của tỉnh Hà Nam; 312.000/411.230 (83%) người dân có thẻ.\n"
    )
    told = json.loads(audit(project, draft(text), "--format", "json", "--lang", "en").stdout)
    assert [one["kind"] for one in told["remarks"]] == ["sum", "share"]


def test_comments_are_vietnamese_unless_asked_otherwise(project):
    audit(project, draft(planted("128.945 bức")))
    [(_, said)] = comments_of(copy_of(project))
    assert said.startswith("SAI (khác với dữ liệu): Bản thảo ghi 128.954; số liệu là 128.945.")


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_copies_with_every_comment(project, tmp_path):
    paths = []
    for number, form in enumerate([*FORMS, plain, plain]):
        more = {"boxes": 4} if number == len(FORMS) else {"tables": True} if number > len(FORMS) else {}
        audit(project, draft(planted(), form, seed=number, **more), name=f"d{number}.docx")
        paths.append(project.root / f"d{number}.kiem-tra.docx")
    for path, flat in zip(paths, converted(paths, "fodt", tmp_path)):
        seen = flat.read_text(encoding="utf-8").count("<office:annotation ")
        assert seen == len(comments_of(path.read_bytes())), path.name
