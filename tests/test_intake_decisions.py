"""What persons decide is kept, counts as long as its print stands, and can be answered in a workbook."""

import csv
import datetime
import json
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from bgdata.package import validate
from bgtools.cli import main
from bgtools.read.workbook import ANSWER, BY_CELL, CODE, CORRECTED, FILE, PERIOD_CELL, SHEET, TOP
from conftest import ROOT

TEXT = (ROOT / "tests/reports/second-half.txt").read_text(encoding="utf-8")
MASTS, FIBRE = ("telecom.masts", ""), ("telecom.village_fibre_share", "")
ASKED = ("99,6%", "99.6%")  # broken notation is always asked about
PLANTED = "Lê Văn Ngần"


DRAWER = Path(tempfile.mkdtemp())  # projects in which a report has just been read


@pytest.fixture(scope="module", autouse=True)
def drawer():
    yield
    shutil.rmtree(DRAWER)


class Office:
    """A project in which a report is read, and the people who answer."""

    def __init__(self, package):
        self.package, self.root, self.fresh = package, package.root, True

    def new(self, *arguments, lang="en"):
        return CliRunner().invoke(main, ["new", "2024-S2", *arguments, "--lang", lang])

    def read(self, *changes, lang="en", options=()):
        """Read the report with some of its words changed; the first reading of a project is kept for the next one."""
        kept = DRAWER / f"{abs(hash((changes, lang)))}"
        first, self.fresh = self.fresh and not options, False
        if first and kept.exists():
            return shutil.copytree(kept, self.root, dirs_exist_ok=True)
        text = TEXT
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (self.root / "report.txt").write_text(text, encoding="utf-8")
        result = self.new("--from", str(self.root / "report.txt"), *options, lang=lang)
        if first:
            shutil.copytree(self.root, kept)
        return result

    def rows(self, file="observations/2024-S2.csv"):
        return {
            (row["indicator"], row["category"]): row for row in csv.DictReader(self.package.text(file).splitlines())
        }

    def decided(self):
        return {
            key: [row[name] for name in ("printed", "action", "value", "answer")]
            for key, row in self.rows("decisions.csv").items()
        }

    @property
    def workbook(self):
        return self.root / "build/2024-S2" / FILE

    def page(self):
        return (self.root / "build/2024-S2/intake.html").read_text(encoding="utf-8")

    def answer(self, key, word, number=None, change=lambda sheet, row: None):
        book = openpyxl.load_workbook(self.workbook, rich_text=True)
        sheet, row = book[SHEET], self.row(key)
        sheet.cell(row, ANSWER).value, sheet.cell(row, CORRECTED).value = word, number
        change(sheet, row)
        book.save(self.workbook)

    def row(self, key):
        sheet = openpyxl.load_workbook(self.workbook)[SHEET]
        code = f"{key[0]}[{key[1]}]" if key[1] else key[0]
        return next(row for row in range(TOP + 1, sheet.max_row + 1) if sheet.cell(row, CODE).value == code)


@pytest.fixture
def office(package):
    return Office(package)


def without(office, key):
    lines = office.package.text("observations/2024-S2.csv").splitlines()
    left = [line for line in lines if not line.startswith(f"{key[0]},{key[1]},")]
    office.package.write("observations/2024-S2.csv", ("\n".join(left) + "\n").encode())


def edited(office):
    office.package.replace(
        "observations/2024-S2.csv", "telecom.masts,,1642,,,=,A,1.642", "telecom.masts,,1643,,,=,A,1.643"
    )


def state(office):
    folders = (office.package.data, office.root / "build")
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


# changes of the file of observations


def test_a_changed_line_becomes_a_decision_about_what_was_printed(office):
    office.read()
    edited(office)
    office.read()
    assert office.decided() == {MASTS: ["1.642", "correct", "1643", "1.643"]}
    assert (office.rows()[MASTS]["value"], validate()) == ("1643", [])


def test_a_deleted_line_stays_deleted_on_another_computer(office):
    office.read()
    without(office, MASTS)
    office.read()
    shutil.rmtree(office.root / "build")
    office.read()
    assert (MASTS in office.rows(), office.decided()[MASTS][1]) == (False, "drop")


def test_a_line_that_was_added_by_hand_stays_on_another_computer(office):
    office.read()
    office.package.append("observations/2024-S2.csv", "society.student_portal_target,,100,,,=,A,100%,I.2.2.e,,")
    office.read()
    shutil.rmtree(office.root / "build")
    office.read()
    assert office.rows()["society.student_portal_target", ""]["value"] == "100"


def test_what_is_absent_where_no_record_is_left_is_asked_about_and_not_entered(office):
    office.read()
    without(office, MASTS)
    shutil.rmtree(office.root / "build")
    office.read()
    assert (MASTS in office.rows(), "may have deleted it" in office.page()) == (False, True)


def test_deleting_the_draft_starts_afresh(office):
    office.read()
    before = office.package.text("observations/2024-S2.csv")
    edited(office)
    without(office, FIBRE)
    office.read()
    (office.package.data / "observations/2024-S2.csv").unlink()
    office.read()
    assert (office.package.text("observations/2024-S2.csv"), office.decided()) == (before, {})


def test_what_a_spreadsheet_does_to_the_file_is_no_decision(office):
    office.read()
    before = office.package.text("observations/2024-S2.csv")
    rows = list(csv.DictReader(before.splitlines()))
    for row in rows:
        row["value"] = row["value"].replace(".", ",")
        row["printed"] = row["printed"].lstrip("0") if row["printed"].isdigit() else row["printed"]
    lines = [";".join(rows[0]), *(";".join(f'"{cell}"' for cell in row.values()) for row in rows)]
    office.package.write("observations/2024-S2.csv", ("\r\n".join(lines) + "\r\n").encode("utf-8-sig"))
    office.read()
    assert (office.package.text("observations/2024-S2.csv"), office.decided()) == (before, {})


# a corrected report


@pytest.mark.parametrize("decide", [edited, lambda office: without(office, MASTS)], ids=["changed", "deleted"])
def test_a_decision_lapses_when_the_print_changes_and_the_number_is_asked_about(office, decide):
    office.read()
    decide(office)
    office.read()
    result = office.read(("1.642 vị trí", "1.651 vị trí"))
    assert "1 decision has lapsed: the report prints another number now (telecom.masts)" in result.stderr
    assert (MASTS in office.rows(), "now the report prints 1.651" in office.page()) == (False, True)


def test_a_decision_counts_again_when_the_print_is_back(office):
    office.read()
    edited(office)
    office.read()
    office.read(("1.642 vị trí", "1.651 vị trí"))
    office.read()
    assert office.rows()[MASTS]["value"] == "1643"


def test_a_corrected_report_that_agrees_with_what_was_decided_is_entered(office):
    office.read()
    edited(office)
    office.read()
    result = office.read(("1.642 vị trí", "1.643 vị trí"))
    assert ("lapsed" in result.stderr, office.rows()[MASTS]["value"]) == (False, "1643")


def test_another_spelling_of_the_same_number_leaves_a_decision_as_it_was(office):
    office.read()
    row = office.rows()["post.revenue", ""]
    old = ",".join(row.values())
    new = ",".join((row | {"value": "363000000000", "printed": "363 tỷ"}).values())
    office.package.replace("observations/2024-S2.csv", old, new)
    office.read()
    office.read(("362 tỉ đồng", "362 tỷ đồng"))
    assert office.rows()["post.revenue", ""]["value"] == "363000000000"


# the workbook


def test_a_question_is_answered_in_the_workbook(office):
    office.read(ASKED)
    office.answer(FIBRE, "Sửa thành", "99,6")
    result = office.new()
    row = office.rows()[FIBRE]
    assert (result.exit_code, row["value"], row["printed"], validate()) == (0, "99.6", "99.6%", [])
    assert row["note"] == 'Báo cáo in "99.6%"; được hiểu là 99,6%.'


@pytest.mark.parametrize(
    "word, number, value",
    [
        ("Đồng ý", None, "1642"),
        ("agree", None, "1642"),
        ("Sửa thành", "1.650", "1650"),
        ("Correct", "khoảng 1.650", "1650"),
        (None, "1.650", "1650"),
        ("Sửa thành", 1650, "1650"),
        ("Bỏ", None, None),
        ("DROP", None, None),
    ],
)
def test_an_answer_decides_and_stays(office, word, number, value):
    office.read()
    office.answer(MASTS, word, number)
    office.new()
    office.read()
    assert (office.rows().get(MASTS, {}).get("value"), MASTS in office.decided(), validate()) == (value, True, [])


def test_a_number_that_the_report_lacks_is_written_into_the_workbook(office):
    office.read(("Đến 30/11/2024, toàn tỉnh có 1.642 vị trí cột ăng ten². ", ""))
    office.answer(MASTS, "Sửa thành", "1.642")
    office.new()
    assert (office.rows()[MASTS]["value"], office.decided()[MASTS], validate()) == (
        "1642",
        ["", "correct", "1642", "1.642"],
        [],
    )


def test_answers_are_read_before_a_report_is_read_again(office):
    office.read()
    office.answer(MASTS, "Bỏ")
    office.read()
    assert MASTS not in office.rows()


def test_a_changed_line_counts_more_than_an_older_answer(office):
    office.read()
    office.answer(MASTS, "Sửa thành", "1.650")
    office.new()
    office.package.replace(
        "observations/2024-S2.csv", "telecom.masts,,1650,,,=,A,1.650", "telecom.masts,,1660,,,=,A,1.660"
    )
    office.new()
    assert office.rows()[MASTS]["value"] == "1660"


def test_the_same_workbook_again_changes_no_byte(office):
    office.read(ASKED)
    office.answer(FIBRE, "Sửa thành", "99,6")
    office.new()
    before = state(office)
    office.new()
    assert state(office) == before


def test_who_decided_and_when_is_kept(office):
    office.read()
    office.answer(MASTS, "Bỏ", change=lambda sheet, row: sheet.__setitem__(BY_CELL, "Trưởng phòng"))
    office.new()
    row = office.rows("decisions.csv")[MASTS]
    assert (row["by"], row["on"]) == ("Trưởng phòng", str(datetime.date.today()))


def test_only_the_answers_can_be_typed_into(office):
    office.read()
    sheet = openpyxl.load_workbook(office.workbook)[SHEET]
    free = {cell.column for row in sheet.iter_rows(min_row=TOP) for cell in row if not cell.protection.locked}
    assert (sheet.protection.sheet, free, sheet[BY_CELL].protection.locked) == (True, {ANSWER, CORRECTED}, False)


def test_an_answer_is_chosen_from_a_list(office):
    office.read(lang="vi")
    [rule] = openpyxl.load_workbook(office.workbook)[SHEET].data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref).startswith("D7:D")) == ('"Đồng ý,Sửa thành,Bỏ"', True)


def test_no_cell_is_a_formula_whatever_the_report_says(office):
    office.read(("phủ kín địa bàn với 341", '=HYPERLINK("http://x.vn") +cmd|calc @SUM(1) phủ kín địa bàn với 341'))
    cells = [cell for row in openpyxl.load_workbook(office.workbook)[SHEET].iter_rows() for cell in row]
    quotes = [row["quote"] for row in office.rows("quotes/2024-S2.csv").values()]
    assert [cell.value for cell in cells if cell.data_type == "f" or str(cell.value)[:1] in "=+@"] == []
    assert [quote for quote in quotes if quote[:1] in "=+-@\t"] == []


# workbooks that do not fit


def head(sheet, row):
    sheet.cell(TOP, ANSWER).value = "Khác"


def other_period(sheet, row):
    sheet[PERIOD_CELL] = "2025-S1"


def other_code(sheet, row):
    sheet.cell(row, CODE).value = "telecom.bst"


def other_print(sheet, row):
    sheet.cell(row, 2).value = "9.999"


def formula(sheet, row):
    sheet.cell(row, CORRECTED).value = '=HYPERLINK("http://x.vn","1.643")'


def formula_for_an_answer(sheet, row):
    sheet.cell(row, ANSWER).value = "=1+1"


def day(sheet, row):
    sheet.cell(row, CORRECTED).value = datetime.datetime(2024, 6, 1)


def unclear(sheet, row):
    sheet.cell(row, CORRECTED).value = 1.643


def twice(sheet, row):
    for column in (CODE, 2, ANSWER, CORRECTED):
        sheet.cell(row + 1, column).value = sheet.cell(row, column).value


def renamed(sheet, row):
    sheet.title = "Sheet1"


HOSTILE = {
    "heads": ("1.643", head, "the heads in line 6 have been changed"),
    "another period": ("1.643", other_period, 'is of the period "2025-S1", not 2024-S2'),
    "another sheet": ("1.643", renamed, 'has no sheet "bgdata"'),
    "unknown code": ("1.643", other_code, 'no number is called "telecom.bst"'),
    "another print": ("1.643", other_print, 'the question was about "9.999", but the report says "1.642"'),
    "formula": ("1.643", formula, "holds a formula"),
    "formula for an answer": ("1.643", formula_for_an_answer, "holds a formula"),
    "a day": ("1.643", day, "a date or a truth value"),
    "unclear number": ("1.643", unclear, "whether 1,643 or 1.643 is meant"),
    "twice": ("1.643", twice, "answered twice"),
    "text": ("một nghìn sáu", None, "is not a number in Vietnamese notation"),
    "per cent": ("16%", None, "does not go with the unit"),
    "nothing": (None, None, "the number is missing"),
    "spaces": ("1 643", None, "groups of three digits"),
    "endless": ("1" * 500, None, "the number is too long"),
    "no answer": ("1.643", lambda sheet, row: sheet.cell(row, ANSWER).__setattr__("value", "có lẽ"), "is no answer"),
    "agreed and corrected": (
        "1.643",
        lambda sheet, row: sheet.cell(row, ANSWER).__setattr__("value", "Đồng ý"),
        "choose one of",
    ),
}


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b" " * 60_000_000)


def entities(path):
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')


FILES = {
    "large": (lambda path: path.write_bytes(b"PK" + b"x" * 10_000_000), "has 10 MB"),
    "no workbook": (lambda path: path.write_bytes(b"PK\3\4broken"), "cannot be read as a workbook"),
    "password": (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "cannot be read as a workbook"),
    "text": (lambda path: path.write_text("a;b", encoding="utf-8"), "cannot be read as a workbook"),
    "empty": (lambda path: path.write_bytes(b""), "cannot be read as a workbook"),
    "bomb": (bomb, "unpacks to far more"),
    "entities": (entities, "declares XML entities"),
    "empty archive": (lambda path: zipfile.ZipFile(path, "w").close(), "is damaged"),
    "another workbook": (lambda path: openpyxl.Workbook().save(path), 'has no sheet "bgdata"'),
}


ENGLISH = set(
    "the is not of and cannot be this that with what has have was number cell line file answer report no".split()
)
TONED = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)


def words(said):
    """The words of what was said, without file names, commands and what is quoted."""
    return re.sub(r'“[^”]*”|"[^"]*"|\S*[./]\S+|--\S+|bgdata \w+|such as .*?[.;]|như .*?[.;]', " ", said)


def refused(office, said):
    """Hold a refusal against what it should say: in each language, in that alone, and nothing has changed."""
    before = state(office)
    english, vietnamese = (office.new(lang=lang) for lang in ("en", "vi"))
    assert (english.exit_code, vietnamese.exit_code, said in english.stderr, state(office) == before) == (
        1,
        1,
        True,
        True,
    )
    assert ENGLISH & set(re.findall(r"\w+", words(vietnamese.stderr.lower()))) == set()
    assert TONED.findall(words(english.stderr)) == []


@pytest.mark.parametrize("number, change, said", HOSTILE.values(), ids=HOSTILE)
def test_what_does_not_fit_is_refused_in_a_sentence_and_nothing_changes(office, number, change, said):
    office.read()
    office.answer(MASTS, "Sửa thành", number, change or (lambda sheet, row: None))
    refused(office, said)


@pytest.mark.parametrize("write, said", FILES.values(), ids=FILES)
def test_a_file_that_is_no_workbook_of_ours_is_refused_in_a_sentence(office, write, said):
    office.read()
    write(office.workbook)
    refused(office, said)


def test_every_answer_that_does_not_fit_is_listed_with_its_cell(office):
    office.read()
    office.answer(MASTS, "Sửa thành", "nhiều")
    office.answer(FIBRE, "Sửa thành", "ít")
    said = office.new().stderr
    assert all(f"D{office.row(key)}: " in said for key in (MASTS, FIBRE))


def test_a_multiplier_that_was_left_out_is_asked_for(office):
    office.read()
    office.answer(("post.revenue", ""), "Sửa thành", "363")
    assert '"363" has no multiplier' in office.new().stderr


def test_protection_that_was_taken_off_changes_nothing(office):
    office.read()
    office.answer(MASTS, "Bỏ", change=lambda sheet, row: setattr(sheet.protection, "sheet", False))
    assert (office.new().exit_code, MASTS in office.rows()) == (0, False)


TYPED = {  # what a person types in Calc with Vietnamese settings: answer, number; what is entered then
    FIBRE: ("Sửa thành", "99,6", "99.6"),
    MASTS: ("", "1.643", "1643"),
    ("post.dossiers", ""): ("Sửa thành", "61.300", "61300"),
    ("telecom.revenue", ""): ("Sửa thành", "1.234,5 tỷ", "1234500000000"),
    ("post.revenue_ratio", ""): ("Sửa thành", "114,6%", "114.6"),
    ("post.service_points", ""): ("Bỏ", "", None),
    ("direction.decisions", ""): ("Đồng ý", "", "11"),
}
UNFIT = {MASTS: "1,643.5", FIBRE: "12/5", ("post.dossiers", ""): "61 300"}


def typed_in_calc(office, *entries):
    """Let Calc with Vietnamese settings enter texts into the workbook and save it."""
    python = shutil.which("python3", path="/usr/bin")
    if (
        not shutil.which("soffice")
        or not python
        or subprocess.run([python, "-c", "import uno"], capture_output=True).returncode
    ):
        pytest.skip("LibreOffice or its Python is not installed")
    subprocess.run(
        [python, ROOT / "tests/calc.py", office.workbook, *entries], check=True, timeout=300, capture_output=True
    )


def test_answers_that_are_typed_in_calc_with_vietnamese_settings_are_entered(office):
    office.read(ASKED, lang="vi")
    lines = {key: office.row(key) for key in TYPED}
    entries = [f"D{lines[key]}={answer}" for key, (answer, _, _) in TYPED.items() if answer]
    entries += [f"E{lines[key]}={number}" for key, (_, number, _) in TYPED.items() if number]
    typed_in_calc(office, *entries, f"A{lines[MASTS]}=Sửa ô khóa")
    result = office.new(lang="vi")
    rows = office.rows()
    assert result.exit_code == 0, result.stderr
    assert {key: rows.get(key, {}).get("value") for key in TYPED} == {key: value for key, (*_, value) in TYPED.items()}
    assert (office.decided().keys(), validate()) == (TYPED.keys(), [])


def test_answers_in_calc_that_cannot_be_told_are_listed_in_vietnamese_and_nothing_changes(office):
    office.read(ASKED, lang="vi")
    typed_in_calc(office, *(f"E{office.row(key)}={text}" for key, text in UNFIT.items()))
    before = state(office)
    result = office.new(lang="vi")
    assert (result.exit_code, state(office) == before) == (1, True)
    assert [f"D{office.row(key)}: " in result.stderr for key in UNFIT] == [True] * len(UNFIT)
    assert ENGLISH & set(re.findall(r"\w+", words(result.stderr.lower()))) == set()


# names, quotes, published periods


def test_no_name_of_a_person_is_kept_anywhere(office):
    name = f"Ông {PLANTED}"
    changes = [
        ("Thanh tra Sở", name),
        ("phủ kín địa bàn với 341", f"phủ kín (theo bà {PLANTED}) với 341"),
        ("Doanh thu viễn thông", f"{PLANTED}: doanh thu viễn thông"),
    ]
    office.read(*changes, ASKED)
    edited(office)
    office.answer(FIBRE, "Sửa thành", "99,6")
    office.new()
    with zipfile.ZipFile(office.workbook) as parts:
        texts = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")]
    texts += [content.decode(errors="replace") for path, content in state(office).items() if path.suffix != ".xlsx"]
    assert [text for text in texts if "Ngần" in text or "le_van" in text] == []


def test_quotes_hold_the_sentence_of_every_number(office):
    office.read()
    quotes = office.rows("quotes/2024-S2.csv")
    assert quotes.keys() == office.rows().keys()
    assert (
        quotes["post.service_points", ""]["quote"] == "Mạng bưu chính công cộng phủ kín địa bàn với 341 điểm phục vụ."
    )


@pytest.fixture
def published(office):
    """The period as it stands after the notebooks have come to it."""
    office.read()
    office.package.write("../notebook.txt", b"")
    (office.root / "notebooks").mkdir()
    (office.root / "notebooks/00.ipynb").write_text(json.dumps({"source": 'period = "2024-S2"'}), encoding="utf-8")
    shutil.rmtree(office.root / "build")
    (office.package.data / "quotes/2024-S2.csv").unlink()
    return office


def test_a_published_period_is_not_drafted_again_unless_asked(published):
    before = state(published)
    result = published.read(("1.642 vị trí", "1.651 vị trí"))
    assert (result.exit_code, "--rewrite" in result.stderr, state(published) == before) == (1, True, True)
    assert published.read(options=["--rewrite"]).exit_code == 0


def test_the_first_period_counts_as_published_though_no_notebook_is_there(package):
    before = {path: path.read_bytes() for path in package.data.rglob("*") if path.is_file()}
    result = CliRunner().invoke(main, ["new", "2024-S1", "--lang", "en"])
    assert (result.exit_code, "is published" in result.stderr) == (1, True)
    assert {path: path.read_bytes() for path in package.data.rglob("*") if path.is_file()} == before


def test_quotes_of_a_published_period_are_written_and_nothing_else(published):
    before = state(published)
    result = published.read(options=["--quotes"])
    made = {path: content for path, content in state(published).items() if path not in before}
    assert (result.exit_code, [path.name for path in made]) == (0, ["2024-S2.csv"])
    assert {path: content for path, content in state(published).items() if path not in made} == before
    assert published.rows("quotes/2024-S2.csv").keys() == published.rows().keys()


def test_quotes_without_a_report_are_refused(published):
    assert "--from REPORT" in published.new("--quotes").stderr
