import pytest

from bgtools.read.document.forms.columns import arranged
from bgtools.read.document.forms.glyphs import THIN, Glyph, Row, rows_of_page
from bgtools.read.document.layout import passages


def texts(*lines):
    return [passage.text for passage in passages(lines)]


def sections(*lines):
    return [passage.section for passage in passages(lines)]


@pytest.mark.parametrize(
    "lines, joined",
    [
        (["Có 334 điểm phục vụ, phủ", "khắp tỉnh."], "Có 334 điểm phục vụ, phủ khắp tỉnh."),
        (["Số hồ sơ là 1.5", "96 hồ sơ."], "Số hồ sơ là 1.596 hồ sơ."),
        (["Đã hỗ trợ 138", "", "DN mới."], "Đã hỗ trợ 138 DN mới."),
        (["Sáu tháng đầu năm", "", "2024, tỉnh có 5 lớp."], "Sáu tháng đầu năm 2024, tỉnh có 5 lớp."),
        (["Câu này bị ngắt ở", "\f", "Trang sau nối tiếp."], "Câu này bị ngắt ở Trang sau nối tiếp."),
        (["Tỉnh truyền tin nhanh, ai cũng tru", "yền tin."], "Tỉnh truyền tin nhanh, ai cũng truyền tin."),
        (["Có\u00a0334\u00a0điểm."], "Có 334 điểm."),
        (["Hợp tác giai đoạn 2021", "- 2025 của tỉnh."], "Hợp tác giai đoạn 2021 - 2025 của tỉnh."),
        (["Thời lượng từ 10-", "12 phút."], "Thời lượng từ 10-12 phút."),
        (["Theo Quyết định số 187/QĐ-", "STTTT của Sở."], "Theo Quyết định số 187/QĐ-STTTT của Sở."),
        (["Đạt 85,6%", "(352.100/411.300)."], "Đạt 85,6% (352.100/411.300)."),
        (["Số hồ sơ qua bưu điện:", "64.905 hồ sơ."], "Số hồ sơ qua bưu điện: 64.905 hồ sơ."),
        (["Cử 16 lượt (quý", "III: 7 lượt, quý IV: 9 lượt)."], "Cử 16 lượt (quý III: 7 lượt, quý IV: 9 lượt)."),
        (["Kết nối đến hết quý", "I/2026 là 5 xã."], "Kết nối đến hết quý I/2026 là 5 xã."),
        (
            ["Chấp thuận 42 vị trí: VNPT 23, Viettel", "19. Kiểm tra 7 đơn vị."],
            "Chấp thuận 42 vị trí: VNPT 23, Viettel 19. Kiểm tra 7 đơn vị.",
        ),
    ],
)
def test_what_the_end_of_a_line_or_page_has_cut_is_joined(lines, joined):
    assert texts(*lines) == [joined]


@pytest.mark.parametrize("end", ["Diễn ra trong 03 ngày", "Mở rộng đến các cấp", "Việc của tháng"])
def test_an_item_after_a_line_that_seems_unfinished_stays_apart(end):
    assert texts("- Hai hội nghị", f"- {end}", "- Trong thời gian tới, 130 hộ") == [
        "- Hai hội nghị",
        f"- {end}",
        "- Trong thời gian tới, 130 hộ",
    ]


def test_letters_written_as_base_and_mark_are_composed():
    assert texts("Toa\u0300n ti\u0309nh") == ["Toàn tỉnh"]


def test_paragraphs_and_list_items_stay_apart():
    assert texts("- Một việc", "- Hai việc", "", "Câu khác.") == ["- Một việc", "- Hai việc", "Câu khác."]


def test_sections_are_named_by_part_number_and_letter():
    lines = [
        "I. KẾT QUẢ",
        "1. Nổi bật",
        "2.1. Bưu chính",
        "a) Bưu chính",
        "Câu.",
        "b) Viễn thông",
        "II. NHIỆM VỤ",
        "Câu.",
    ]
    assert sections(*lines) == ["I", "I.1", "I.2.1", "I.2.1.a", "I.2.1.a", "I.2.1.b", "II", "II"]


def test_headings_of_markdown_are_headings():
    assert sections("# I. KẾT QUẢ", "## **2.3. Báo chí**", "Câu.")[-1] == "I.2.3"


@pytest.mark.parametrize("mark, opening", [("¹", "¹"), ("[1]", "[1]"), ("[^1]", "[^1]:"), ("(1)", "(1)")])
def test_a_footnote_belongs_to_the_section_of_its_mark(mark, opening):
    lines = [
        "I. KẾT QUẢ",
        "2.1. Bưu chính",
        f"Có 5 điểm{mark} ở xã.",
        "2.2. Khác",
        "Câu.",
        "",
        f"{opening} Tăng 2 điểm.",
    ]
    note = passages(lines)[-1]
    assert (note.section, note.text, note.host) == ("I.2.1 fn1", "Tăng 2 điểm.", "Có 5 điểm")


def test_a_paragraph_that_a_footnote_interrupts_is_whole():
    lines = ["Có 5 điểm¹; số lượng", "", "¹ Chú thích.", "", "hồ sơ là 7."]
    assert texts(*lines) == ["Có 5 điểm; số lượng hồ sơ là 7.", "Chú thích."]


def test_a_number_at_the_head_of_a_line_is_no_heading():
    assert sections("I. KẾT QUẢ", "1.596 Vị trí cột.", "334 điểm.") == ["I", "I", "I"]


def leads(*lines):
    return [passage.lead for passage in passages(lines)]


def test_items_of_a_list_know_the_line_that_leads_to_them():
    assert leads("Đã ban hành:", "- Quyết định: 5", "- Kế hoạch: 8") == ["", "Đã ban hành:", "Đã ban hành:"]


def test_items_within_an_item_know_it_and_the_next_item_does_not():
    found = leads("• Đào tạo:", "– Số lớp: 9", "– Số người: 640", "• Xuất khẩu: 12")
    assert found == ["", "• Đào tạo:", "• Đào tạo:", ""]


def test_rows_of_a_table_know_its_caption_and_the_heads_of_its_columns():
    assert (
        leads("Bảng 1. Trạm", "Công nghệ | Số trạm", "2G | 96", "3G | 870")[2:]
        == ["Bảng 1. Trạm Công nghệ | Số trạm"] * 2
    )


def test_a_line_of_dots_parts_the_cells_of_a_row():
    assert texts("Cảnh báo ..... 15", "Sự cố ..... 8") == ["Cảnh báo | 15", "Sự cố | 8"]


def drawn(text, *, tight, space, size=11.0):
    """A line as PDFium gives it: between any two letters a space that it made up; `|` stands for a wide gap."""
    left, found = 10.0, []
    for char in text:
        if char == "|":
            left += space * size
            continue
        found += [Glyph(char, left, 100, size, left, left + 5), Glyph(THIN, left + 5, 100, size, left + 5, left + 5)]
        left += 5 + tight * size
    return found


@pytest.mark.parametrize("tight", [-0.03, 0.0, 0.04, 0.09])
@pytest.mark.parametrize("space", [0.14, 0.18, 0.25, 0.33])
@pytest.mark.parametrize("text", ["Kết|quả|thực|hiện|nhiệm|vụ", "UBND|TỈNH|BẮC|GIANG"])
def test_letters_of_two_fonts_are_one_word_though_pdfium_sees_a_space(text, space, tight):
    assert rows_of_page(drawn(text, tight=tight, space=space), [])[0][0].text == text.replace("|", " ")


WORDS = "các cơ quan đơn vị trong tỉnh triển khai"


def halves(size, gap, *, shift, lines=12):
    """A page whose title spans two columns of text, the right one a little lower; and its lines in order."""
    side = (500 - gap) / 2
    rows, order = [Row(800.0, size, "Tiêu đề của trang", 0, 40, 500)], [[], []]
    for line in range(lines):
        y = 780.0 - 1.4 * size * line
        pieces = []
        for half, left in enumerate((40.0, 40.0 + side + gap)):
            text = f"Dòng {line} cột {half} {WORDS}"
            order[half].append(text)
            pieces.append(Row(y - shift * half, size, text, 0, left, left + side - line % 3))
        both = Row(y, size, " ".join(one.text for one in pieces), 0, 40, 540, 0.0, tuple(pieces))
        rows += pieces if shift else [both]
    return rows, ["Tiêu đề của trang", *order[0], *order[1]]


@pytest.mark.parametrize("shift", [0, 4])
@pytest.mark.parametrize("gap", [16, 20, 28])
@pytest.mark.parametrize("size", [9.0, 10.0])
def test_a_page_in_two_columns_is_read_column_by_column(size, gap, shift):
    rows, order = halves(size, gap, shift=shift)
    assert [row.text for row in arranged(rows)] == order
