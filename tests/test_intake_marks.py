import office
import pytest

from bgtools.read.document.documents import of_lines, read
from bgtools.read.document.notes import RAISED_STYLE, without_marks

SEEDS = range(10)
FEW = range(3)  # a PDF file is opened by a process of its own
needs_office = pytest.mark.skipif(office.SOFFICE is None, reason="LibreOffice is not installed")


def told(made):
    """What must be read of sentences and footnotes: text, and the section of each footnote."""
    sentences, notes = made
    texts = [f"{before} {number}{after}" for before, number, _, after in sentences]
    return [*texts, *notes.values()], [f"I.2.1.a fn{mark}" for mark in notes], 0


def heard(path):
    document = read(path)
    notes = [passage.section for passage in document.passages if " fn" in passage.section]
    return [passage.text for passage in document.passages[3:]], notes, document.digits.lost


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("how", [*office.RAISES, "footnotes"])
def test_a_mark_in_word_is_no_digit_of_the_number_however_it_is_raised(tmp_path, how, seed):
    made = office.noted(seed)
    assert heard(office.word_of_notes(tmp_path / "a.docx", made, how)) == told(made)


@pytest.mark.parametrize("seed", FEW)
@pytest.mark.parametrize("how", office.PDF_RAISES)
def test_a_mark_in_a_pdf_is_no_digit_of_the_number_however_it_is_raised(tmp_path, how, seed):
    made = office.noted(seed)
    assert heard(office.reportlab_of_notes(tmp_path / "a.pdf", made, how)) == told(made)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("how", ["plain", "mathtext"])
def test_a_mark_in_the_pdf_of_another_producer_is_no_digit_of_the_number(tmp_path, how, seed):
    made = office.noted(seed)
    assert heard(office.matplotlib_of_notes(tmp_path / "a.pdf", made, how)) == told(made)


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """Texts with footnotes as LibreOffice writes them; by form, way and seed."""
    folder = tmp_path_factory.mktemp("office")
    ways = [(how, seed) for how in ("direct", "position", "footnotes") for seed in range(4)]
    sources = [office.word_of_notes(folder / f"{how}{seed}.docx", office.noted(seed), how) for how, seed in ways]
    out = {form: folder / form for form in ("pdf", "odt", "docx")}
    for path in out.values():
        path.mkdir()
    return {form: dict(zip(ways, office.converted(sources, form, path))) for form, path in out.items()}


@needs_office
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("how", ["direct", "position", "footnotes"])
@pytest.mark.parametrize("form", ["pdf", "odt", "docx"])
def test_marks_and_footnotes_that_libreoffice_wrote_are_read_alike(converted, form, how, seed):
    assert heard(converted[form][how, seed]) == told(office.noted(seed))


def word(path, *runs):
    """A Word file of one paragraph of runs (properties, text)."""
    made = "".join(f"<w:r><w:rPr>{look}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>" for look, text in runs)
    return office.packed(path, office.word_xml(f"<w:p>{made}</w:p>" + office.paragraph("Của các đơn vị trong tỉnh.")))


@pytest.mark.parametrize(
    "look",
    ['<w:sz w:val="14"/>', '<w:position w:val="0"/>', '<w:position w:val="-6"/>', '<w:vertAlign w:val="subscript"/>'],
)
@pytest.mark.parametrize("number", ["340", "7"])
def test_a_number_that_is_small_or_lowered_stays_a_number(tmp_path, look, number):
    path = word(tmp_path / "a.docx", ("", "Tỉnh có "), (look, number), ("", " điểm"))
    assert read(path).passages[0].text == f"Tỉnh có {number} điểm"


@pytest.mark.parametrize("look", [office.SUPER, '<w:position w:val="8"/>'])
def test_a_line_that_is_raised_as_a_whole_holds_numbers_and_no_marks(tmp_path, look):
    path = word(tmp_path / "a.docx", (look, "Tỉnh có "), (look, "340"), (look, " điểm"))
    assert read(path).passages[0].text == "Tỉnh có 340 điểm"


def test_a_raised_digit_without_a_footnote_is_kept_apart_from_the_number(tmp_path):
    path = word(tmp_path / "a.docx", ("", "Tỉnh có 340"), (office.SUPER, "1"), ("", " điểm"))
    assert read(path).passages[0].text == "Tỉnh có 340¹ điểm"


@pytest.mark.parametrize("unit", ["m²", "km²", "m³", "cm²", "dm³"])
def test_the_power_of_a_unit_is_no_mark(unit):
    assert without_marks(f"Phủ 120 {unit} của tỉnh²", RAISED_STYLE)[0] == f"Phủ 120 {unit} của tỉnh"


@pytest.mark.parametrize("mark", ["(1)", "1)", "[1]", "1,2", "1*"])
def test_brackets_and_commas_that_are_raised_with_a_mark_go_with_it(tmp_path, mark):
    path = word(tmp_path / "a.docx", ("", "Tỉnh có 340"), (office.SUPER, mark), ("", " điểm"))
    assert read(path).passages[0].text in ("Tỉnh có 340¹ điểm", "Tỉnh có 340¹,² điểm")


def test_footnotes_that_begin_anew_on_each_page_belong_to_the_marks_of_their_page():
    lines = [
        "I. KẾT QUẢ",
        "1. Bưu chính",
        "Có 5 điểm¹.",
        "¹ Tăng 2.",
        "\f",
        "2. Viễn thông",
        "Có 6 trạm¹.",
        "¹ Tăng 3.",
        "\f",
    ]
    notes = [passage for passage in of_lines(lines).passages if passage.host]
    assert [(note.section, note.text, note.host) for note in notes] == [
        ("I.1 fn1", "Tăng 2.", "Có 5 điểm"),
        ("I.2 fn2", "Tăng 3.", "Có 6 trạm"),
    ]


def test_a_footnote_says_in_which_passage_its_mark_stands():
    document = of_lines(["I. KẾT QUẢ", "Có 5 điểm¹ ở xã.", "¹ Tăng 2."])
    index, offset = document.passages[-1].at
    assert document.passages[index].text[:offset] == "Có 5 điểm"


@pytest.mark.parametrize("quote", ["”", "»", '"'])
@pytest.mark.parametrize("after", [".", " ở xã.", ", tăng.", ""])
def test_a_digit_behind_a_closing_quotation_mark_counts_nothing(quote, after):
    text = of_lines(["I. KẾT QUẢ", f"Đã có “Chợ số{quote}5{after}"]).passages[-1].text
    assert text == f"Đã có “Chợ số{quote}⁵{after}"


def test_plain_digits_behind_words_are_marks_where_numbered_lines_answer_them():
    lines = ["I. KẾT QUẢ", "Có 5 hồ sơ TTHC1 và 7 trạm BTS2.", "1 Tăng 3 hồ sơ.", "2 Tăng 4 trạm."]
    assert [passage.text for passage in of_lines(lines).passages[1:]] == [
        "Có 5 hồ sơ TTHC và 7 trạm BTS.",
        "Tăng 3 hồ sơ.",
        "Tăng 4 trạm.",
    ]


@pytest.mark.parametrize("name", ["KT1", "2G", "COVID19", "iOS17"])
def test_digits_of_a_name_are_no_marks(name):
    assert of_lines(["I. KẾT QUẢ", f"Dùng {name} cho 5 xã.", "5 xã khác."]).passages[1].text.startswith(f"Dùng {name}")
