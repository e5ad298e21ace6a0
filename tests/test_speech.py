"""What the commands say about faults of every kind: all of it in the language that was asked for, on any stream."""

import csv
import json
import os
import re
import subprocess
import sys
from functools import cache

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner
from projects import Project

from bgdata.voice import LANGUAGES, LOCALE
from bgtools.cli import main
from conftest import ROOT

QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|'[^']*'")
CODE = re.compile(
    r"\S*[\d._/\\<>=\[\]{}|@-]\S*[^\s,;:.]|\b[A-ZĐ][A-Z\d]+\b|\b\w*[a-z][A-Z]\w*"
)  # files, codes, options, numbers, JSON
WORD = re.compile(r"[^\W\d_]+")
LINE = "telecom.bts,4G"


@cache
def rows():
    """All rows of the data's files, as dictionaries."""
    found = []
    for path in (ROOT / "data").rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file)
    return found


@cache
def codes():
    """Names in the descriptor, which are no words: of tables, columns, properties and types."""
    found, nodes = set(), [json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))]
    for node in nodes:
        if isinstance(node, dict):
            found |= {*node, *(node[key] for key in ("name", "type") if isinstance(node.get(key), str))}
        nodes += [one for one in (node.values() if isinstance(node, dict) else node) if isinstance(one, dict | list)]
    return {word.lower() for name in found for word in WORD.findall(name)}


def words(text):
    """The words of a text that are nobody's: not quoted, no code, not written in the report or by a person."""
    written = {row[column] for row in rows() for column in ("reason", "note", "printed") if row.get(column)}
    for one in sorted(written, key=len, reverse=True):
        text = text.replace(one, " ")
    found = {word.lower() for word in WORD.findall(CODE.sub(" ", QUOTED.sub(" ", text)))}
    return {word for word in found if len(word) > 1} - codes()


@cache
def vocabulary(lang):
    """Every word of a language that the catalogues and the labels of the data have."""
    with open(LOCALE / "vi" / "LC_MESSAGES" / "bgdata.po", "rb") as file:
        messages = [message for message in read_po(file) if message.id]
    said = [message.id if lang == "en" else message.string for message in messages]
    texts = [text for one in said for text in ([one] if isinstance(one, str) else one)]
    texts += [row[column] for row in rows() for column in row if column.endswith(f"_{lang}")]
    return set().union(*({word.lower() for word in WORD.findall(text)} for text in texts))


def foreign(text, lang):
    """The words of a text that are not of the language."""
    return sorted(words(text) - vocabulary(lang))


@pytest.mark.parametrize(
    "text, lang, found",
    [
        ("Không ghi được vào build/a.txt: Permission denied.", "vi", ["denied", "permission"]),
        ("dòng 3: label_vi để trống", "vi", []),
        ('Không có kỳ "the quick fox"; có: 2024-S1.', "vi", []),
        ("Notebooks: 1 done, 0 fresh, 0 lỗi.", "en", ["lỗi"]),
        ("Cannot write to build/a.txt: hết chỗ trên đĩa.", "en", ["chỗ", "hết", "trên", "đĩa"]),
    ],
)
def test_a_planted_word_of_the_other_language_is_seen(text, lang, found):
    assert foreign(text, lang) == found


def said(root, *arguments, lang):
    environ = {"BGDATA_ROOT": str(root), "LC_ALL": "C"}
    result = CliRunner().invoke(main, [*arguments, "--lang", lang], env=environ, prog_name="bgdata")
    return result.exit_code, result.output


OBSERVATIONS = "observations/2024-S1.csv"
NEW = "telecom.bts,4G,1647,,,=,A,1.647,I.2.1.b,,"


def cell(column, text, file=OBSERVATIONS, key=LINE):
    return lambda it: it.cell(file, key, column, text)


def line(text, file=OBSERVATIONS):
    return lambda it: it.append(file, text)


def content(file, text):
    return lambda it: it.write(file, text)


def descriptor(change):
    def changed(it):
        declared = json.loads(it.text("datapackage.json"))
        change(declared)
        it.write("datapackage.json", json.dumps(declared).encode())

    return changed


def rule(expression):
    return line(f"a.rule,{expression},Quy tắc,Rule,", "rules.csv")


FAULTS = {
    "descriptor gone": lambda it: (it.data / "datapackage.json").unlink(),
    "descriptor no JSON": content("datapackage.json", b"{"),
    "descriptor empty": content("datapackage.json", b"{}"),
    "descriptor without a table": descriptor(lambda it: it["resources"].pop()),
    "descriptor with a schema that is a number": descriptor(lambda it: it["resources"][0].update(schema=5)),
    "table gone": lambda it: (it.data / "units.csv").unlink(),
    "table a folder": lambda it: ((it.data / "units.csv").unlink(), (it.data / "units.csv").mkdir()),
    "not UTF-8": content("units.csv", "unit,label_vi\nđồng".encode("utf-16")),
    "empty file": content("units.csv", b""),
    "other columns": content("units.csv", b"unit,label_vi\n"),
    "columns twice": content("units.csv", b"unit,unit,label_vi,label_en\n"),
    "semicolons": content("units.csv", b"unit;label_vi;label_en\nx;y;z\n"),
    "open quotation mark": content("units.csv", b'unit,label_vi,label_en\nx,"y,z\n'),
    "cells too few": line("telecom.bts,9G"),
    "cells too many": line(NEW + ",,,,"),
    "line twice": line(NEW),
    "required cell empty": cell("status", ""),
    "not one of those allowed": cell("status", "X"),
    "no number": cell("value", "1,5x"),
    "decimal comma": cell("value", "1647,5"),
    "formula": cell("section", "=I"),
    "line break": cell("note", "a\nb"),
    "no date": cell("as_of", "30/6/2024"),
    "no whole number": cell("position", "một", "sectors.csv", "post"),
    "unknown indicator": line(NEW.replace("telecom.bts", "telecom.bst")),
    "unknown category": line(NEW.replace("4G", "9G")),
    "unknown section": cell("section", "IX.9"),
    "value that is not the printed one": cell("value", "1648"),
    "printed that is no number": cell("printed", "một nghìn"),
    "printed against the notation": cell("printed", "16.47"),
    "qualifier without a range": cell("qualifier", "range"),
    "missing with a value": cell("status", "M"),
    "period with other dates": cell("start", "2024-02-01", "periods.csv", "2024-S1"),
    "period that is none": line("2024-S9,2024-01-01,2024-06-30,a,b,c,d", "periods.csv"),
    "unknown scope": line("2024-01-01,telecon,Lý do,Reason", "breaks.csv"),
    "observations of no period": content("observations/2031-S1.csv", b""),
    "rule with a parenthesis open": rule("(telecom.bts == 1"),
    "rule without a relation": rule("telecom.bts"),
    "rule with an unknown indicator": rule("telecom.bst == 1"),
    "rule with an unknown category": rule("telecom.bts[9G] == 1"),
    "rule with an unknown function": rule("mean(telecom.bts) == 1"),
    "rule with two units": rule("telecom.bts == post.revenue"),
    "rule with a stray sign": rule("telecom.bts $ 1"),
    "acceptance of an unknown rule": line("2024-S1,no.rule,a,b,c,2024-01-01", "accepted.csv"),
}


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "project", "draws")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", ["check", "run"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_data_is_said_in_one_language(project, fault, command, lang):
    FAULTS[fault](project)
    arguments = ["run", "--dry-run"] if command == "run" else ["check"]
    status, text = said(project.root, *arguments, lang=lang)
    assert foreign(text.replace("draws", ""), lang) == []
    assert "report-of-fault" not in text and "Traceback" not in text
    assert text and status in (0, 1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sound_package_is_spoken_of_in_one_language(project, lang):
    assert foreign(said(project.root, "check", lang=lang)[1], lang) == []


RUNS = {
    "unknown period": ["2031-S1"],
    "no period": ["2024"],
    "unknown notebook": ["--only", "drews"],
    "unknown parameter": ["-p", "compare_wiht", ""],
    "parameter set elsewhere": ["-p", "period", ""],
    "control characters": ["-p", "compare_with", "\n"],
    "in place with too much": ["--in-place", "-p", "compare_with", ""],
    "unknown option": ["--forse"],
    "option without a value": ["--jobs"],
    "no whole number": ["--jobs", "x"],
    "out of range": ["--jobs", "0"],
    "never run": ["--dry-run"],
    "forced": ["--dry-run", "--force"],
    "help": ["--help"],
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", RUNS)
def test_what_a_run_was_asked_for_is_spoken_of_in_one_language(project, name, lang):
    _, text = said(project.root, "run", *RUNS[name], lang=lang)
    placeholders = {"options", "period", "seconds", "value", "name", "draws"}
    assert set(foreign(text, lang)) <= placeholders


NOTEBOOKS = {
    "empty": b"",
    "torn": b"{",
    "old": b'{"nbformat": 3}',
    "no cells": b'{"nbformat": 4}',
    "not UTF-8": b"\xff\xfe{",
    "too deep": b"[" * 100_000,
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_notebooks_that_cannot_be_run_are_spoken_of_in_one_language(project, lang):
    for name, text in NOTEBOOKS.items():
        project.path(f"notebooks/{name}.ipynb").write_bytes(text)
    project.add("Untitled", "without-period")
    project.add("with-a-number")
    project.add("fails")
    project.add("leaves")
    project.add("other", "draws")
    status, text = said(project.root, "run", lang=lang)
    assert status == 1
    own = [
        "division by zero",
        "divide",
        "leave",
        "top = 5",
        *(path.stem for path in project.path("notebooks").iterdir()),
    ]
    assert foreign(re.sub("|".join(sorted(own, key=len, reverse=True)), "", text), lang) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_cannot_be_written_is_said_in_one_language(project, lang):
    project.path("figures").write_text("a file")
    status, text = said(project.root, "run", lang=lang)
    assert status == 1
    assert foreign(text, lang) == []


SITES = {
    "never run": [],
    "unknown period": ["2031-S1"],
    "period that was not run": ["2024-S1"],
    "pages without a single file": ["--only", "x"],
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", SITES)
def test_pages_that_cannot_be_made_are_spoken_of_in_one_language(project, name, lang):
    status, text = said(project.root, "site", *SITES[name], lang=lang)
    assert status in (1, 2)
    assert "report-of-fault" not in text
    assert foreign(text, lang) == []


# reports that are read

HEAD = (
    "SỞ THÔNG TIN VÀ TRUYỀN THÔNG TỈNH BẮC GIANG",
    "BÁO CÁO Kết quả 6 tháng cuối năm 2024",
    "I. KẾT QUẢ",
    "2.1. Bưu chính",
)
POINTS = "Toàn tỉnh có 340 điểm phục vụ bưu chính."
JUMPS = [f"Toàn tỉnh có {number} {what}." for number, what in (("9", "trạm BTS"), ("3", "điểm phục vụ bưu chính"))]
REPORTS = {
    "sound": (*HEAD, POINTS),
    "without numbers": (*HEAD, "Không có gì mới."),
    "doubtful": (
        *HEAD,
        *JUMPS,
        "Chợ dân sinh không dùng tiền mặt: 61. 300 điểm; 412k thư dự thi UPU, có thể có 12 huyện.",
    ),
    "a table": (*HEAD, "| Chỉ tiêu | (A) | (B) |", "|---|---|---|", "| Điểm phục vụ bưu chính | 340 | 341 |"),
    "printed twice": (*HEAD, POINTS, POINTS.replace("340", "349")),
    "another half-year": (HEAD[0], HEAD[1].replace("cuối", "đầu"), *HEAD[2:], POINTS),
    "a year": (HEAD[0], "BÁO CÁO Kết quả năm 2024", *HEAD[2:], POINTS),
    "another province": (HEAD[0].replace("GIANG", "NINH"), *HEAD[1:], POINTS),
    "a new section": (*HEAD[:3], "9.9. Bưu chính", POINTS),
    "empty": (),
}
PRINTED = {"tỷ", "triệu", "nghìn", "gần"}  # what numbers are printed with, in any language


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_that_is_read_is_spoken_of_in_one_language(project, name, lang):
    path = project.path("report.txt")
    path.write_text("\n".join(REPORTS[name]), encoding="utf-8")
    status, text = said(project.root, "new", "2024-S2", "--from", str(path), lang=lang)
    assert status in (0, 1) and "report-of-fault" not in text
    assert set(foreign(text, lang)) <= PRINTED


ASKED = {
    "gone": ["2024-S2", "--from", "nowhere.docx"],
    "of a form that is not read": ["2024-S2", "--from", "data/units.csv"],
    "no period": ["2024"],
    "published": ["2024-S1"],
    "quotes without a report": ["2024-S1", "--quotes"],
    "without a report": ["2024-S2"],
    "help": ["--help"],
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ASKED)
def test_what_a_new_period_was_asked_for_is_spoken_of_in_one_language(project, monkeypatch, name, lang):
    monkeypatch.chdir(project.root)
    _, text = said(project.root, "new", *ASKED[name], lang=lang)
    assert set(foreign(text, lang)) <= {"options", "period", "report", "path", "file"}


# streams


@pytest.mark.parametrize("encoding", ["cp1258", "cp1252", "cp437", "ascii", "utf-16"])
@pytest.mark.parametrize("arguments, lang", [(["check"], "vi"), (["check"], "en"), (["run", "--dry-run"], "vi")])
def test_what_is_written_to_a_file_is_utf_8_whatever_the_encoding(project, encoding, arguments, lang):
    environ = {**os.environ, "PYTHONIOENCODING": encoding, "BGDATA_ROOT": str(project.root)}
    command = [sys.executable, "-m", "bgtools", *arguments, "--lang", lang]
    result = subprocess.run(command, capture_output=True, env=environ)
    assert result.returncode == 0
    assert result.stdout.decode("utf-8") == said(project.root, *arguments, lang=lang)[1]


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal that can be made")
@pytest.mark.parametrize(
    "encoding, shown",
    [
        ("utf-8", "Gói số liệu hợp lệ."),
        ("cp437", "Gói sô liêu hop lê."),
        ("cp1258", "Gói số liệu hợp lệ."),
    ],
)
def test_a_terminal_gets_letters_as_near_as_its_encoding_has_them(project, encoding, shown):
    import pty
    import unicodedata

    ours, theirs = pty.openpty()
    environ = {**os.environ, "PYTHONIOENCODING": encoding, "BGDATA_ROOT": str(project.root)}
    command = [sys.executable, "-m", "bgtools", "check", "--lang", "vi"]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environ) as process:
        os.close(theirs)
        text = b"".join(iter(lambda: read(ours), b""))
        assert process.wait() == 0
    os.close(ours)
    assert unicodedata.normalize("NFC", text.decode(encoding).splitlines()[0]) == shown


def read(terminal):
    """What a terminal has to give; its end is said by an error."""
    try:
        return os.read(terminal, 1 << 16)
    except OSError:
        return b""


# faults of our own


def test_a_fault_of_our_own_is_a_sentence_with_a_file_to_send_in(project, monkeypatch):
    secret = "Nguyễn Văn Bê, 312.000"
    monkeypatch.setattr("bgtools.check.validate", lambda *_, **__: [][secret])
    status, text = said(project.root, "check", lang="vi")
    assert status == 1
    assert text.startswith("bgdata gặp lỗi của chính nó (TypeError). build/report-of-fault.txt cho biết lỗi ở đâu")
    report = project.result("build/report-of-fault.txt")
    assert "TypeError\n" in report and "  bgtools/check.py:" in report
    assert secret not in report and str(ROOT) not in report and str(project.root) not in report


def test_a_fault_of_our_own_that_cannot_be_noted_is_a_sentence_all_the_same(project, monkeypatch):
    project.path("build").write_text("a file")
    monkeypatch.setattr("bgtools.check.validate", lambda *_, **__: 1 / 0)
    assert said(project.root, "check", lang="en") == (1, "bgdata met with a fault of its own (ZeroDivisionError).\n")
