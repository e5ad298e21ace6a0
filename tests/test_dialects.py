"""CSV files as spreadsheets save them are read as they were, or refused; the reader of our own files stays strict."""

import csv
import io
import os
import re
import shutil
import subprocess

import pytest

import bgdata as bg
from bgdata.errors import DataError
from conftest import ROOT, PackageCopy

FILE = "observations/2024-S1.csv"
TABLES = [
    FILE,
    *(f"{name}.csv" for name in "periods sectors units indicators categories rules accepted breaks decisions".split()),
]


def cells(text):
    return list(csv.reader(io.StringIO(text)))


def saved(rows, delimiter, *, head="", tail=()):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows([*row, *tail] for row in rows)
    return head + out.getvalue()


def mangled(rows, change):
    """Rows of observations with each cell changed by its column's name; the head stays."""
    return [rows[0], *([change(name, cell) for name, cell in zip(rows[0], row)] for row in rows[1:])]


def decimal_comma(name, cell):
    return cell.replace(".", ",") if name in ("value", "lower", "upper") else cell


def powers(name, cell):
    if name != "value" or not cell.isdigit() or len(cell) < 12:
        return cell
    return f"{float(cell):.5E}".replace(".", ",")


def zeros_cut(name, cell):
    """As an English spreadsheet takes 134.210 for a number; where all three digits are zeros, it cannot be told."""
    return re.sub(r"^([1-9][0-9]{0,2}\.[0-9]{1,2}?)0+$", r"\1", cell) if name == "printed" else cell


def points_lost(name, cell):
    return cell.replace(".", "") if name == "printed" and cell.replace(".", "").isdigit() else cell


def percents(name, cell):
    """As a spreadsheet shows a percentage: with two decimals."""
    if name != "printed" or "," not in cell or "%" not in cell:
        return cell
    whole, fraction = cell.rstrip(" %").split(",")
    return f"{whole},{fraction:0<2}%"


def days(name, cell):
    return "/".join(reversed(cell.split("-"))) if name == "as_of" and cell else cell


WAYS = {
    "semicolons": lambda rows: saved(rows, ";").encode(),
    "mark of byte order": lambda rows: saved(rows, ";").encode("utf-8-sig"),
    "Unicode text": lambda rows: saved(rows, "\t").encode("utf-16"),
    "hint for Excel": lambda rows: saved(rows, ";", head="sep=;\r\n").encode(),
    "empty columns": lambda rows: saved(rows, ";", tail=("", "")).encode(),
    "emptied lines": lambda rows: saved([*rows, [""] * len(rows[0])], ";").encode(),
    "decimal comma": lambda rows: saved(mangled(rows, decimal_comma), ";").encode(),
    "decimal comma among commas": lambda rows: saved(mangled(rows, decimal_comma), ",").encode(),
    "powers of ten": lambda rows: saved(mangled(rows, powers), ";").encode(),
    "zeros added to percentages": lambda rows: saved(mangled(rows, percents), ";").encode(),
    "zeros cut": lambda rows: saved(mangled(rows, zeros_cut), ",").encode(),
    "day first": lambda rows: saved(mangled(rows, days), ";").encode(),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_observations_that_a_spreadsheet_saved_are_read_without_loss(package, way):
    package.replace(FILE, "99,5 %", "99,5%")
    before = bg.load(period="2024-S1")
    package.write(FILE, way(cells(package.text(FILE))))
    assert bg.load(period="2024-S1").equals(before)


def test_groups_that_a_spreadsheet_took_for_its_own_leave_the_values_as_they_were(package):
    before = bg.load(period="2024-S1")
    package.write(FILE, saved(mangled(cells(package.text(FILE)), points_lost), ";").encode())
    assert bg.load(period="2024-S1")[["indicator", "value", "lower", "upper"]].equals(
        before[["indicator", "value", "lower", "upper"]]
    )


@pytest.mark.parametrize("file", TABLES)
def test_every_table_of_the_package_is_read_with_semicolons(package, file):
    before = bg.load(period="2024-S1"), bg.check("2024-S1")
    package.write(file, saved(cells(package.text(file)), ";").encode("utf-8-sig"))
    assert (bg.load(period="2024-S1").equals(before[0]), bg.check("2024-S1").equals(before[1])) == (True, True)


@pytest.mark.parametrize(
    "key, column, text",
    [
        ("post.revenue", "value", "3,3E+11"),  # rounds to something else than 335 tỷ
        ("post.revenue", "value", "3,351E+11"),
        ("telecom.household_fibre_share", "value", "85,1"),
        ("post.upu_letters", "printed", "134.2"),
        ("post.upu_letters", "value", "134.21"),
        ("press.plans", "as_of", "05/06/2024"),  # May or June, where commas part the cells
        ("press.plans", "printed", "03-Thg6"),
        ("press.plans", "value", "3,0,0"),
    ],
)
def test_what_cannot_be_told_is_refused_with_its_line(package: PackageCopy, key, column, text):
    package.cell(FILE, key, column, text)
    with pytest.raises(DataError, match=r"line \d+"):
        bg.load(period="2024-S1")


def by_calc(path, **settings):
    """Let Calc with Vietnamese settings open a file and save it."""
    python = shutil.which("python3", path="/usr/bin")
    if not shutil.which("soffice") or not python or subprocess.run([python, "-c", "import uno"]).returncode:
        pytest.skip("LibreOffice or its Python is not installed")
    command = [python, ROOT / "tests/calc.py", path]
    subprocess.run(command, check=True, timeout=300, capture_output=True, env=os.environ | settings)


def test_a_file_that_calc_saved_with_vietnamese_settings_has_the_same_values(package):
    numbers = ["indicator", "category", "value", "lower", "upper", "qualifier", "section", "as_of", "note"]
    verdicts = ["rule", "verdict", "accepted"]
    before = bg.load(period="2024-S1")[numbers], bg.check("2024-S1")[verdicts]
    by_calc(package.data / FILE)
    assert b'"indicator";"category"' in (package.data / FILE).read_bytes()
    assert (bg.load(period="2024-S1")[numbers].equals(before[0]), bg.check("2024-S1")[verdicts].equals(before[1])) == (
        True,
        True,
    )


ENGLISH, VIETNAMESE = "44,34,76,1,,1033,false,true", "44,34,76,1,,1066,false,true"  # numbers become Calc's own


def test_what_calc_took_for_numbers_of_its_own_is_read_without_loss(package):
    columns = ["indicator", "category", "value", "lower", "upper", "qualifier", "section"]
    before, text = bg.load(period="2024-S1")[columns], package.text(FILE)
    by_calc(package.data / FILE, CSV=VIETNAMESE)
    assert (package.text(FILE) != text, bg.load(period="2024-S1")[columns].equals(before)) == (True, True)


def test_points_that_calc_took_for_decimals_are_refused_in_vietnamese_with_every_line(package):
    points = sum(bool(re.fullmatch(r"\d{1,3}\.\d{3}", row[7])) for row in cells(package.text(FILE)))
    by_calc(package.data / FILE, CSV=ENGLISH)
    with pytest.raises(DataError) as refused:
        bg.load(period="2024-S1")
    said = refused.value.message.to("vi")
    assert (said.count("không khớp với printed"), "Chưa đọc số liệu nào" in said) == (points, True)
