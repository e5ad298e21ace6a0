import random

import office
import pytest

from bgtools.read.document.documents import of_lines, read
from bgtools.read.document.forms.origin import located
from bgtools.read.document.lines import Line, Lines
from bgtools.read.document.sections import Sections

SECTORS = {
    "post": ("I.2.1.a", "Bưu chính"),
    "telecom": ("I.2.1.b", "Viễn thông, Internet"),
    "security": ("I.2.2.c", "An toàn thông tin mạng"),
    "press": ("I.2.3", "Thông tin, báo chí, xuất bản"),
    "outlook": ("II", "Phương hướng kỳ tới"),
}
WORDS = {
    "post": ("Về Bưu chính", "Lĩnh vực bưu chính", "BƯU CHÍNH", "Hoạt động bưu chính:"),
    "telecom": (
        "Về viễn thông, internet, tần số vô tuyến điện:",
        "Viễn thông - Internet",
        "Hạ tầng viễn thông, internet",
    ),
    "security": ("Về an toàn thông tin mạng", "AN TOÀN THÔNG TIN MẠNG", "Công tác bảo đảm an toàn thông tin mạng"),
    "press": ("Lĩnh vực Thông tin - Báo chí - Xuất bản", "Báo chí, xuất bản", "Thông tin, báo chí và xuất bản"),
}


def numbered(levels, items, *, styles="", override=""):
    """The parts of a Word file whose paragraphs (depth, text) are numbered by Word."""
    pattern = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text, start) in enumerate(levels)
    )
    body = ""
    for depth, text in items:
        place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
        if isinstance(depth, str):
            place = (
                f'<w:pStyle w:val="{depth}"/>'
                if not depth.isdigit()
                else place.replace('numId w:val="1"', 'numId w:val="2"')
            )
        body += office.paragraph(text, f"<w:pPr>{place}</w:pPr>" if depth != "" else "")
    parts = office.word_xml(body + office.paragraph("Của các đơn vị trong tỉnh."), styles=styles)
    parts["word/numbering.xml"] = (
        f'<w:numbering xmlns:w="{office.W}"><w:abstractNum w:abstractNumId="0">{pattern}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{override}</w:num></w:numbering>'
    )
    name = "word/_rels/document.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
    more = f'<Relationship Id="r9" Type="{kind}" Target="numbering.xml"/></Relationships>'
    return parts | {name: parts[name].replace("</Relationships>", more)}


def texts(path):
    return [passage.text for passage in read(path).passages][:-1]


LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize("count", [4, 5, 6, 7, 26])
@pytest.mark.parametrize("form, letters", [("lowerLetter", LETTERS), ("upperLetter", LETTERS.upper())])
def test_letters_of_a_list_are_those_that_word_shows(tmp_path, form, letters, count):
    items = [(0, f"Việc của tỉnh {letter}") for letter in letters[:count]]
    path = office.packed(tmp_path / "a.docx", numbered([(form, "%1)", 1)], items))
    assert texts(path) == [f"{letter}) Việc của tỉnh {letter}" for letter in letters[:count]]


@pytest.mark.parametrize("start", [1, 3, 5, 11, 24])
@pytest.mark.parametrize(
    "form, shown",
    [("decimal", str), ("decimalZero", "{:02d}".format), ("lowerLetter", lambda number: LETTERS[number - 1])],
)
def test_a_list_begins_where_its_override_says(tmp_path, form, shown, start):
    override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    items = [(0, "Một việc của tỉnh"), (0, "Hai việc của tỉnh"), ("0", "Ba việc của tỉnh"), ("0", "Bốn việc của tỉnh")]
    path = office.packed(tmp_path / "a.docx", numbered([(form, "%1)", 1)], items, override=override))
    assert [text.split(")")[0] for text in texts(path)] == [shown(1), shown(2), shown(start), shown(start + 1)]


@pytest.mark.parametrize("steps", [1, 2, 3, 5])
def test_a_number_is_inherited_through_styles_that_are_based_on_others(tmp_path, steps):
    first = (
        '<w:style w:type="paragraph" w:styleId="S0"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    chain = "".join(
        f'<w:style w:type="paragraph" w:styleId="S{step}"><w:basedOn w:val="S{step - 1}"/></w:style>'
        for step in range(1, steps + 1)
    )
    items = [(f"S{steps}", "Bưu chính của tỉnh"), (f"S{steps}", "Viễn thông của tỉnh")]
    path = office.packed(tmp_path / "a.docx", numbered([("decimal", "%1.", 1)], items, styles=first + chain))
    assert texts(path) == ["1. Bưu chính của tỉnh", "2. Viễn thông của tỉnh"]


def test_styles_that_are_based_on_each_other_in_a_circle_end(tmp_path):
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in (("A", "B"), ("B", "A"))
    )
    path = office.packed(tmp_path / "a.docx", numbered([], [("A", "Bưu chính của tỉnh")], styles=styles))
    assert texts(path) == ["Bưu chính của tỉnh"]


@pytest.mark.parametrize("digits", range(3))
def test_numbers_that_word_wrote_are_no_digits_of_the_file(tmp_path, digits):
    path = office.packed(tmp_path / "a.docx", numbered([("decimal", "%1.", 7)], [(0, "Việc của tỉnh " + "5" * digits)]))
    account = read(path).digits
    assert (account.raw, account.added, account.lost) == (digits, 1, 0)


@pytest.mark.parametrize("look", ["level", "bold"])
@pytest.mark.parametrize("seed", range(12))
def test_a_heading_without_a_number_names_its_sector_by_its_words(look, seed):
    chance = random.Random(seed)
    order = chance.sample(list(WORDS), 3)
    lines = [Line("KẾT QUẢ THỰC HIỆN", strong=99)]
    for sector in order:
        text = chance.choice(WORDS[sector])
        lines += [
            Line(text, level=2) if look == "level" else Line(text, strong=len(text)),
            Line("Có 5 đơn vị."),
            Line(""),
        ]
    found = of_lines(Lines(lines), sectors=SECTORS).passages
    assert [passage.section for passage in found if passage.text == "Có 5 đơn vị."] == [
        SECTORS[one][0] for one in order
    ]


@pytest.mark.parametrize("text", ["Lĩnh vực bưu chính, viễn thông, internet", "Kết quả nổi bật", "Chuyển đổi số"])
def test_a_heading_of_several_sectors_or_none_names_no_sector(text):
    sections = Sections(SECTORS)
    sections.read("Về an toàn thông tin mạng", strong=True)
    sections.read(text, strong=True)
    assert sections.code in ("I", "I.2.1")


@pytest.mark.parametrize("text", ["Bưu chính", "Báo chí, xuất bản", "An toàn thông tin mạng"])
def test_a_heading_of_the_outlook_stays_in_it(text):
    sections = Sections(SECTORS)
    sections.read("PHƯƠNG HƯỚNG, NHIỆM VỤ", strong=True)
    sections.read(text, strong=True)
    assert sections.code == "II"


@pytest.mark.parametrize("sector", ["post", "telecom", "security"])
def test_bold_words_that_open_a_paragraph_are_a_heading(sector):
    text = WORDS[sector][0].rstrip(":") + ": "
    lines = [Line("I. KẾT QUẢ"), Line(f"{text}Có 5 đơn vị.", strong=len(text))]
    assert of_lines(Lines(lines), sectors=SECTORS).passages[-1].section == SECTORS[sector][0]


def test_a_number_says_the_section_whatever_the_words_say():
    lines = ["I. KẾT QUẢ", "3. Bưu chính", "Có 5 điểm."]
    assert of_lines(lines, sectors=SECTORS).passages[-1].section == "I.3"


def test_letterhead_and_title_are_the_front():
    lines = ["UBND TỈNH BẮC GIANG", "BÁO CÁO", "Kết quả 6 tháng cuối năm 2024", "I. KẾT QUẢ", "Có 5 điểm."]
    assert of_lines(lines).front == ["UBND TỈNH BẮC GIANG", "BÁO CÁO", "Kết quả 6 tháng cuối năm 2024"]


@pytest.mark.parametrize("seed", range(10))
def test_a_letter_of_a_passage_is_found_again_in_its_run(tmp_path, seed):
    made = office.noted(seed)
    for passage in read(office.word_of_notes(tmp_path / "a.docx", made, "footnotes")).passages[3:]:
        _, run, offset = located(passage, len(passage.text) - 4)
        written = "".join(run.itertext())
        assert written[offset] == passage.text[-4]


PARTS = [
    "Phần II",
    "PHẦN II",
    "Phần thứ hai",
    "PHẦN THỨ HAI",
    "Phần B",
    "Phần II.",
    "Phần II:",
    "Phần II –",
    "PHẦN B.",
    "Phần thứ II",
]


@pytest.mark.parametrize("apart", [True, False], ids=["a line apart", "the next line"])
@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_is_called_so_stands_above_the_sections_that_begin_anew_in_it(part, apart):
    lines = [
        "Phần I",
        "KẾT QUẢ THỰC HIỆN",
        "I. BƯU CHÍNH",
        "Có 5 điểm.",
        part,
        *[""] * apart,
        "NHIỆM VỤ TRỌNG TÂM",
        "I. BƯU CHÍNH",
    ]
    found = of_lines([*lines, "Phấn đấu có 6 điểm."]).passages
    first, last = (next(one for one in found if number in one.text) for number in ("5 điểm", "6 điểm"))
    assert ("KẾT QUẢ" in first.headings[0], "NHIỆM VỤ" in last.headings[0]) == (True, True)
    assert (first.section, last.section) == ("I.1", "II.1")


@pytest.mark.parametrize("text", ["V/v báo cáo kết quả 6 tháng", "v/v cung cấp số liệu", "X-quang tại trạm y tế"])
def test_what_only_begins_like_a_part_is_none(text):
    assert of_lines(["UBND TỈNH", text, "Có 5 điểm."]).passages[-1].section == ""
