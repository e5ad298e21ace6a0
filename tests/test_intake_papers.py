"""Whole reports as offices write them: what is entered from each form is what is entered from the same text."""

import re
import shutil
import subprocess
import zipfile

import disturbing_papers as papers
import office
import pytest
from site_probes import CHROMIUM

needs_programs = pytest.mark.skipif(
    office.SOFFICE is None or not CHROMIUM, reason="LibreOffice or Chromium is not installed"
)
REPORTS = ("second-half", "annexed", "margins", "raised-marks", "prose", "bulletin")


@pytest.fixture(scope="module")
def sheets():
    return papers.drawn(REPORTS, documents=1, seed=4)


@pytest.fixture(scope="module")
def paths(sheets, tmp_path_factory):
    return papers.written(sheets, tmp_path_factory.mktemp("papers"), seed=4)


@pytest.fixture(scope="module")
def accounts(sheets, paths):
    return papers.judged(sheets, paths)


@needs_programs
@pytest.mark.parametrize("form", papers.FORMS[1:])
def test_nothing_wrong_is_entered_from_a_form_that_is_not_from_the_text(accounts, form):
    assert [accounts[form].said[key] for key in papers.alone(accounts[form], accounts)] == []


@needs_programs
@pytest.mark.parametrize("form", papers.FORMS[1:])
def test_what_is_entered_from_the_text_is_entered_from_each_form(accounts, form):
    right = {key for key, good in accounts[papers.TEXT].good.items() if good}
    assert len(right - accounts[form].good.keys()) <= 0.01 * len(right)


@needs_programs
@pytest.mark.parametrize("form", papers.FORMS)
def test_every_digit_of_a_form_is_accounted_for(accounts, form):
    assert accounts[form].lost == []


def digits_of_word(path):
    """Digits in the text of a Word file, counted without a parser."""
    with zipfile.ZipFile(path) as archive:
        names = {"word/document.xml", "word/footnotes.xml"} & set(archive.namelist())
        parts = [archive.read(name).decode() for name in names]
    texts = re.findall(r"<w:(?:t|delText|instrText)(?: [^>]*)?>([^<]*)<", "".join(parts))
    return sum(map(str.isdigit, re.sub("&#?\\w+;", "", "".join(texts))))


def digits_of_pdf(path):
    """Digits of a PDF file as another program reads it."""
    text = subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True, text=True).stdout
    return sum(one in "0123456789" for one in text)


@needs_programs
@pytest.mark.parametrize("form", papers.FORMS[1:])
def test_the_digits_of_a_file_are_as_many_as_another_program_counts(paths, form):
    if form in papers.PDFS and not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    count = digits_of_pdf if form in papers.PDFS else digits_of_word
    assert [papers.read(path).digits.raw for path in paths[form]] == [count(path) for path in paths[form]]
