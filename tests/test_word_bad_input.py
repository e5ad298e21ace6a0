"""Drafts that are none, and drafts that are broken: a sentence each, nothing half-written, the original as it was."""

import io
import os
import random
import zipfile

import pytest
from click.testing import CliRunner
from drafts import FORMS, draft, package, paragraph, run

from bgtools.cli import main
from conftest import ROOT, PackageCopy

REPORT = (ROOT / "tests" / "reports" / "second-half.txt").read_text(encoding="utf-8")
CHECKED = (ROOT / "tests" / "reports" / "second-half.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
MUTATIONS = 100


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    copy = PackageCopy(tmp_path_factory.mktemp("project"))
    copy.root = copy.data.parent
    copy.add_period("2024-S2", *CHECKED)
    return copy


def call(project, path, command="audit", lang="en"):
    return CliRunner().invoke(
        main, [command, str(path), "2024-S2", "--lang", lang], env={"BGDATA_ROOT": str(project.root), "LANG": "C"}
    )


def locked_zip(content):
    """Return an archive whose entries are marked as encrypted."""
    data = bytearray(content)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(sign, at + 4)
    return bytes(data)


def opendocument():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<a/>")
    return buffer.getvalue()


BAD = {
    "damaged.docx": (draft(REPORT)[:3000], "damaged"),
    "encrypted.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "protected by a password"),
    "locked.docx": (locked_zip(draft(REPORT)), "password"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx"),
    "office.odt": (opendocument(), "save it as .docx"),
    "text.docx": ("Có 341 điểm phục vụ bưu chính.".encode(), "save it as .docx"),
    "scan.pdf": (b"%PDF-1.4\n%%EOF", "save it as .docx"),
    "empty.docx": (b"", "save it as .docx"),
    "no-numbers.docx": (
        package(paragraph(run("Sở tiếp tục đẩy mạnh tuyên truyền trong các cơ quan của tỉnh."))),
        "no number",
    ),
    "~$port.docx": (b"x" * 54, "mark that a document is open"),
}


@pytest.mark.parametrize("command", ["audit", "fill"])
@pytest.mark.parametrize("name", BAD)
def test_what_is_no_draft_is_refused_in_a_sentence(project, tmp_path, name, command):
    content, words = BAD[name]
    (tmp_path / name).write_bytes(content)
    ended = call(project, tmp_path / name, command)
    assert (ended.exit_code, words in ended.output, ended.output.count("\n")) == (1, True, 1), ended.output
    assert os.listdir(tmp_path) == [name] and (tmp_path / name).read_bytes() == content


@pytest.mark.parametrize("name", BAD)
def test_the_refusal_is_vietnamese_where_that_is_spoken(project, tmp_path, name):
    (tmp_path / name).write_bytes(BAD[name][0])
    ended = call(project, tmp_path / name, lang="vi")
    assert any(letter in ended.output for letter in "ạảấầậđêệộợưứ") and " is " not in ended.output, ended.output


@pytest.mark.parametrize("lock", ["~$o-cao.docx", "~$bao-cao.docx", ".~lock.bao-cao.docx#"])
def test_a_draft_that_is_open_in_word_is_refused(project, tmp_path, lock):
    (tmp_path / "bao-cao.docx").write_bytes(draft(REPORT))
    (tmp_path / lock).write_bytes(b"x")
    ended = call(project, tmp_path / "bao-cao.docx")
    assert (ended.exit_code, "is open in Word" in ended.output, len(os.listdir(tmp_path))) == (1, True, 2)


def test_an_absent_draft_is_named(project, tmp_path):
    ended = call(project, tmp_path / "khong-co.docx")
    assert (ended.exit_code, ended.output) == (1, f"There is no file {tmp_path / 'khong-co.docx'}.\n")


def test_a_folder_is_no_draft(project, tmp_path):
    ended = call(project, tmp_path)
    assert (ended.exit_code, ended.output.count("\n")) == (1, 1), ended.output


def test_where_nothing_can_be_written_a_sentence_says_so(project, tmp_path, monkeypatch):
    def full(*_):
        raise PermissionError(13, "Permission denied", str(tmp_path))

    (tmp_path / "bao-cao.docx").write_bytes(draft(REPORT.replace("341", "431")))
    monkeypatch.setattr("bgdata.files.os.replace", full)
    ended = call(project, tmp_path / "bao-cao.docx")
    assert (ended.exit_code, "Cannot write" in ended.output, os.listdir(tmp_path)) == (1, True, ["bao-cao.docx"])


def test_a_draft_of_another_period_is_held_against_the_one_asked_for_and_this_is_said(project, tmp_path):
    (tmp_path / "bao-cao.docx").write_bytes(draft(REPORT.replace("cuối năm 2024, nhiệm", "cuối năm 2027, nhiệm")))
    ended = call(project, tmp_path / "bao-cao.docx")
    assert "The title names second half of 2027; the draft is held against second half of 2024." in ended.output


def test_three_hundred_pages_are_read(project, tmp_path):
    sentence = "Các đơn vị tiếp tục phối hợp thực hiện nhiệm vụ được giao theo chương trình công tác của tỉnh. " * 6
    filler = "\n".join(f"{sentence}Đã mở {number} lớp." for number in range(11, 911))
    (tmp_path / "bao-cao.docx").write_bytes(draft(f"{REPORT}\n{filler}"))
    assert call(project, tmp_path / "bao-cao.docx").exit_code in (0, 1)
    assert (tmp_path / "bao-cao.kiem-tra.docx").exists()


def mutated(content, chance):
    """Return a Word file with a fault: bytes changed, cut off, or its XML disturbed and packed again."""
    kind = chance.randrange(4)
    data = bytearray(content)
    if kind == 0:
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        return bytes(data)
    if kind == 1:
        return bytes(data[: chance.randrange(10, len(data))])
    source, buffer = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in source.namelist():
            text = source.read(name)
            if kind == 2 and chance.random() < 0.3:
                continue
            if name.endswith(".xml") and kind == 3:
                text = disturbed(text.decode(), chance).encode()
            archive.writestr(name, text)
    return buffer.getvalue()


def disturbed(text, chance):
    """Return XML in which tags are dropped, doubled or renamed; often it is no longer well formed, often it is."""
    for _ in range(chance.randint(1, 6)):
        tags = [
            '<w:t xml:space="preserve">',
            "<w:r>",
            "</w:r>",
            "<w:p>",
            "w:id=",
            "<w:ins ",
            "w:val=",
            "footnoteReference",
            "<w:tc>",
            "<w:body>",
            "r:embed",
        ]
        tag = chance.choice(tags)
        places = [at for at in range(len(text)) if text.startswith(tag, at)]
        if places:
            at = chance.choice(places)
            new = chance.choice(["", tag * 2, tag.replace("w:", "x:"), "<w:p/>", 'w:id="x" ', tag.upper()])
            text = text[:at] + new + text[at + len(tag) :]
    return text


def withstood(project, folder, seed, command):
    """Tell whether a mutated draft ends in an exit status of ours, in words, and stays as it was."""
    chance = random.Random(seed)
    form = chance.choice(FORMS)
    content = mutated(draft(REPORT, form, seed=seed % 7, comments=seed % 3 == 0, boxes=seed % 2 * 5), chance)
    path = folder / f"{seed}.docx"
    path.write_bytes(content)
    ended = call(project, path, command)
    told = ended.exit_code in (0, 1) and "fault of its own" not in ended.output
    return told and not isinstance(ended.exception, Exception) and path.read_bytes() == content


@pytest.mark.parametrize("command", ["audit", "fill"])
def test_no_mutated_draft_brings_a_traceback_or_is_touched(project, tmp_path, command):
    assert [seed for seed in range(MUTATIONS) if not withstood(project, tmp_path, seed, command)] == []
