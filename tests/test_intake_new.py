import csv
import os
import re
import shutil

import pytest
from click.testing import CliRunner

import bgdata as bg
from bgdata.package import validate
from bgtools.cli import main
from conftest import ROOT

REPORTS = ROOT / "tests" / "reports"
DRAFT = "observations/2024-S2.csv"


def new(*arguments):
    return CliRunner().invoke(main, ["new", *arguments, "--lang", "en"])


def drafted(name="second-half", period="2024-S2"):
    return new(period, "--from", str(REPORTS / f"{name}.txt"))


def rows(package, file=DRAFT):
    return {(row["indicator"], row["category"]): row for row in csv.DictReader(package.text(file).splitlines())}


def snapshot(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def page(package, period="2024-S2"):
    return (package.root / "build" / period / "intake.html").read_text(encoding="utf-8")


def test_a_report_opens_a_period_that_passes_the_checks(package):
    assert drafted().exit_code == 0
    assert validate() == []
    assert len(bg.load(period="2024-S2")) == len(rows(package)) > 110


def test_the_new_period_is_named_like_the_last_one(package):
    drafted()
    line = package.text("periods.csv").splitlines()[-1]
    assert line.startswith('2024-S2,2024-07-01,2024-12-31,6 tháng cuối năm 2024,second half of 2024,"Sở Thông tin')
    assert line.count("6 tháng cuối năm 2024") == line.count("second half of 2024") == 2


def test_the_same_report_again_changes_no_byte(package):
    drafted()
    before = snapshot(package.root)
    drafted()
    assert snapshot(package.root) == before


def test_what_a_person_changed_or_added_stays(package):
    drafted()
    package.replace(DRAFT, "telecom.masts,,1642,,,=,A,1.642", "telecom.masts,,1643,,,=,A,1.643")
    package.append(DRAFT, "society.student_portal_target,,100,,,=,A,100%,I.2.2.e,,")
    drafted()
    assert rows(package)["telecom.masts", ""]["value"] == "1643"
    assert ("society.student_portal_target", "") in rows(package)


def test_what_a_person_deleted_does_not_come_back(package):
    drafted()
    line = next(line for line in package.text(DRAFT).splitlines() if line.startswith("telecom.masts,"))
    package.replace(DRAFT, line + "\n", "")
    drafted()
    drafted()
    assert ("telecom.masts", "") not in rows(package)
    assert "deleted by a person" in page(package)


def test_without_the_record_of_the_last_draft_every_line_is_a_persons(package):
    drafted()
    package.replace(DRAFT, "telecom.masts,,1642,,,=,A,1.642", "telecom.masts,,1643,,,=,A,1.643")
    shutil.rmtree(package.root / "build")
    drafted()
    assert rows(package)["telecom.masts", ""]["value"] == "1643"


def test_without_a_report_the_period_is_empty_and_the_page_lists_what_is_expected(package):
    assert new("2024-S2").exit_code == 0
    assert (rows(package), validate()) == ({}, [])
    assert all(text in page(package) for text in ("Not found in the report", "telecom.bts[4G]", "1,647"))


def test_faulty_lines_of_a_person_are_refused_and_kept(package):
    drafted()
    package.replace(DRAFT, "telecom.masts,,1642", "telecom.masts,,16x42")
    before = snapshot(package.root)
    result = drafted()
    assert (result.exit_code, "is not a number" in result.stderr, snapshot(package.root)) == (1, True, before)


@pytest.mark.parametrize("period", ["../../etc", "/tmp/x", "", "2024S1", "2024-S3"])
def test_a_text_that_is_no_period_is_refused_and_nothing_is_written(package, period):
    before = snapshot(package.root)
    result = drafted(period=period)
    assert (result.exit_code, "is not a period" in result.stderr, snapshot(package.root)) == (1, True, before)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.4", b"An English report with 5 numbers.", b"\0\1\2"])
def test_a_document_that_is_refused_leaves_everything_as_it_was(package, tmp_path_factory, content):
    path = tmp_path_factory.mktemp("reports") / "report.txt"
    path.write_bytes(content)
    before = snapshot(package.root)
    result = new("2024-S2", "--from", str(path))
    assert (result.exit_code, len(result.stderr.splitlines()), snapshot(package.root)) == (1, 1, before)


def test_a_disk_that_refuses_leaves_everything_as_it_was(package, monkeypatch):
    def refuse(path, *_args, **_kwargs):
        raise OSError(28, "No space left on device", str(path))

    before = snapshot(package.root)
    monkeypatch.setattr("pathlib.Path.write_bytes", refuse)
    result = drafted()
    assert (result.exit_code, "No space left on device" in result.stderr, snapshot(package.root)) == (1, True, before)


def test_no_sentence_of_the_report_goes_into_the_data_but_the_quotes(package):
    drafted()
    assert max(len(cell) for row in rows(package).values() for cell in row.values()) < 60
    assert max(len(row["quote"]) for row in rows(package, "quotes/2024-S2.csv").values()) > 60


def test_the_page_needs_no_network_and_escapes_what_it_quotes(package):
    text = (REPORTS / "bullets.txt").read_text(encoding="utf-8")
    hostile = text.replace("Thuê bao 5G:", "<script>alert(1)</script> & “thuê bao”:")
    (package.root / "report.txt").write_text(hostile, encoding="utf-8")
    new("2025-S1", "--from", str(package.root / "report.txt"))
    html = page(package, "2025-S1")
    assert ("<script" in html, "&lt;script&gt;" in html, re.findall(r"(?:src|href)=", html)) == (False, True, [])


def test_a_change_is_in_percent_and_that_of_a_percentage_in_points(package):
    drafted()
    row = next(part for part in page(package).split("<tr") if "telecom.household_smartphone_share" in part)
    now = float(rows(package)["telecom.household_smartphone_share", ""]["value"])
    assert f"{now - 94.5:+.1f} points" in row.replace("−", "-")
    assert re.search(r"[+−][\d.]+%", next(part for part in page(package).split("<tr") if "post.service_points" in part))


def test_the_page_marks_each_number_in_its_sentence(package):
    drafted()
    assert "phủ kín địa bàn với <mark>341</mark> điểm phục vụ" in page(package)


def test_new_numbers_are_listed_with_a_suggested_indicator(package):
    drafted("bullets", "2025-S1")
    assert "<mark>12.480</mark>" in page(package, "2025-S1")
    assert "<code>telecom.thue_bao</code>" in page(package, "2025-S1")


def test_a_number_ten_times_the_last_one_is_flagged(package):
    text = (REPORTS / "second-half.txt").read_text(encoding="utf-8").replace("1.642 vị trí", "91.642 vị trí")
    (package.root / "report.txt").write_text(text, encoding="utf-8")
    new("2024-S2", "--from", str(package.root / "report.txt"))
    assert "another order of magnitude than last time" in page(package)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "name, period", [("second-half", "2024-S2"), ("bulletin", "2025-S1"), ("successor", "2025-S1")]
)
def test_what_is_said_takes_forty_lines_at_most(package, name, period, lang):
    result = CliRunner().invoke(main, ["new", period, "--from", str(REPORTS / f"{name}.txt"), "--lang", lang])
    assert (result.exit_code, len(result.output.splitlines()) <= 40) == (0, True)


def test_sections_of_a_renumbered_report_are_put_with_their_sectors(package):
    text = (REPORTS / "second-half.txt").read_text(encoding="utf-8").replace("2.5. Công tác", "2.7. Công tác")
    (package.root / "report.txt").write_text(text, encoding="utf-8")
    result = new("2024-S2", "--from", str(package.root / "report.txt"))
    assert ("New sections I.2.7 were put with the sector Administration" in result.stderr, validate()) == (True, [])


def test_a_line_in_vietnamese_says_what_came_of_it(package):
    result = CliRunner().invoke(main, ["new", "2024-S2", "--from", str(REPORTS / "second-half.txt"), "--lang", "vi"])
    assert "Tiếp theo: bgdata check 2024-S2" in result.stdout


def test_the_texts_for_tests_hold_no_sentence_of_the_real_report():
    real = os.environ.get("BGDATA_REPORT")
    if not real:
        pytest.skip("BGDATA_REPORT does not name the report of 2024-S1")
    with open(real, encoding="utf-8") as file:
        runs = _runs(file.read())
    shared = [run for path in REPORTS.glob("*.txt") for run in _runs(path.read_text(encoding="utf-8")) & runs]
    assert shared == []


def _runs(text, length=20):
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[start : start + length]) for start in range(len(words) - length + 1)}


def test_a_number_deleted_by_a_person_is_not_said_to_lack_a_section(package):
    drafted()
    path = package.data / DRAFT
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("telecom.masts,")]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    drafted()
    assert ("deleted by a person" in page(package), "belongs to no sector" in page(package)) == (True, False)


def test_last_years_values_are_listed_as_such_and_not_as_new(package):
    drafted("bulletin", "2025-S1")
    assert "of another period, to compare with" in page(package, "2025-S1")


def test_a_weak_guess_is_shown_as_missing_and_not_as_a_number(package):
    drafted("bulletin", "2025-S1")
    [row] = re.findall(r"<tr>(?:(?!</tr>).)*telecom\.area_coverage_share.*?</tr>", page(package, "2025-S1"), re.DOTALL)
    assert ("perhaps this sentence" in row, "<strong>–</strong>" in row) == (True, True)
