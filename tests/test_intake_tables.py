import office
import pytest

from bgtools.read.document.documents import of_lines, read
from bgtools.read.document.grid import Box, boxes, rows_of

SEEDS = range(12)
LEAD = (
    "I. KẾT QUẢ 6 THÁNG CUỐI NĂM 2024",
    "2.1. Bưu chính, viễn thông",
    "a) Bưu chính",
    "Kết quả thực hiện các chỉ tiêu của tỉnh Bắc Giang như sau:",
)
needs_office = pytest.mark.skipif(office.SOFFICE is None, reason="LibreOffice is not installed")


def said(document, made):
    """Heads of column and row of each known number, and the digits that were lost."""
    found = {}
    for passage in document.passages:
        for cell in passage.cells:
            text = passage.text[cell.start : cell.end]
            if text in made.known:
                found[text] = (cell.heads, cell.rows)
    return found, document.digits.lost


def stored(path, text):
    path.write_text(text, encoding="utf-8")
    return path


WRITERS = {
    "Word, by hand": lambda folder, made: office.word_of_table(folder / "a.docx", made, LEAD),
    "Word, strict": lambda folder, made: office.word_of_table(folder / "a.docx", made, LEAD, strict=True),
    "Word, controls around cells": lambda folder, made: office.word_of_table(
        folder / "a.docx", made, LEAD, wrap="cells"
    ),
    "Word, controls around rows": lambda folder, made: office.word_of_table(folder / "a.docx", made, LEAD, wrap="rows"),
    "Word, within a table": lambda folder, made: office.word_of_table(folder / "a.docx", made, LEAD, nested=True),
    "python-docx": lambda folder, made: office.python_docx_of_table(folder / "a.docx", made, LEAD),
    "Markdown": lambda folder, made: stored(folder / "a.md", office.markdown_of_table(made, LEAD)),
    "tabs": lambda folder, made: stored(folder / "a.txt", office.tabbed_table(made, LEAD)),
    "reportlab": lambda folder, made: office.reportlab_of_table(folder / "a.pdf", made, LEAD),
    "PDF without rules": lambda folder, made: office.matplotlib_of_table(folder / "a.pdf", made, LEAD),
}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", WRITERS)
def test_each_number_of_a_table_has_the_heads_of_its_column_and_of_its_row(tmp_path, form, seed):
    made = office.table(seed)
    assert said(read(WRITERS[form](tmp_path, made)), made) == (made.known, 0)


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """The same tables as LibreOffice writes them: PDF, OpenDocument, Word; by form and seed."""
    folder = tmp_path_factory.mktemp("office")
    sources = [office.word_of_table(folder / f"table{seed}.docx", office.table(seed), LEAD) for seed in SEEDS]
    out = {form: folder / form for form in ("pdf", "odt", "docx")}
    for path in out.values():
        path.mkdir()
    return {form: office.converted(sources, form, path) for form, path in out.items()}


@needs_office
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", ["pdf", "odt", "docx"])
def test_a_table_that_libreoffice_wrote_is_read_alike(converted, form, seed):
    made = office.table(seed)
    assert said(read(converted[form][seed]), made) == (made.known, 0)


def test_a_row_is_one_passage_whose_cells_are_parts_of_its_text():
    document = of_lines(["I. KẾT QUẢ", "| Chỉ tiêu | 2023 | 2024 |", "|---|---|---|", "| Số trạm | | 96 |"])
    row = document.passages[-1]
    assert (row.text, [row.text[cell.start : cell.end] for cell in row.cells]) == ("Số trạm | 96", ["Số trạm", "96"])
    assert [(cell.column, cell.row) for cell in row.cells] == [(0, 1), (2, 1)]


def test_a_footnote_mark_in_a_cell_is_taken_out_and_the_cells_still_fit():
    lines = ["I. KẾT QUẢ", "| Chỉ tiêu | 2024 |", "|---|---|", "| Số trạm¹ | 96² |", "", "¹ Trạm.", "² Ước."]
    row = next(passage for passage in of_lines(lines).passages if passage.text.startswith("Số trạm"))
    assert [row.text[cell.start : cell.end] for cell in row.cells] == ["Số trạm", "96"]


def test_a_value_that_is_merged_over_several_rows_has_only_what_these_share():
    one, two, both = Box("Xã A", 0, 1, 1), Box("Xã B", 0, 1, 2), Box("340", 1, 1, 1)
    grid = [[Box("Xã"), Box("2024", 1)], [one, both], [two, both]]
    assert rows_of(grid)[1][1][1].rows == ()


def test_a_value_that_is_merged_over_two_columns_has_only_the_heads_that_these_share():
    grid = [[Box("Chỉ tiêu"), Box("2023", 1), Box("2024", 2)], [Box("Trạm", 0, 1, 1), Box("96", 1, 2, 1)]]
    assert rows_of(grid)[1][1][1].heads == ()


@pytest.mark.parametrize("rows", [["a\t1\t2", "b\t3"], ["a\t\t1\t2", "b\t3", "c\t4\t5"]])
def test_where_a_row_has_fewer_fields_than_the_heads_no_head_is_sure(rows):
    document = of_lines(["I. KẾT QUẢ", "Chỉ tiêu\t2023\t2024", *rows])
    short = next(passage for passage in document.passages if passage.text.startswith("b"))
    assert {cell.heads for cell in short.cells} == {()}


def test_a_tab_behind_a_number_of_a_list_makes_no_table():
    assert [passage.cells for passage in of_lines(["1.\tBưu chính của tỉnh", "2.\tViễn thông của tỉnh"]).passages] == [
        (),
        (),
    ]


@pytest.mark.parametrize("spans", [(1, 10**6), (10**5, 1)])
def test_a_cell_that_claims_endless_columns_is_cut(tmp_path, spans):
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{spans[1]}"/></w:tcPr>{office.paragraph("Có 5 của các tỉnh")}</w:tc>'
    body = f"<w:tbl>{f'<w:tr>{cell}{cell}</w:tr>' * 20}</w:tbl>" + office.paragraph("Trên đây là kết quả của tỉnh.")
    document = read(office.packed(tmp_path / "a.docx", office.word_xml(body)))
    assert document.digits.lost == 0


def test_rows_without_any_number_have_the_first_row_as_head():
    found = rows_of(boxes([["Việc", "Đơn vị"], ["Tập huấn", "Sở"]]))
    assert [cell.heads for cell in found[1][1]] == [("Việc",), ("Đơn vị",)]


@pytest.mark.parametrize(
    "value", ["98,5%.", "340;", "5-8", "7/11", "(12)", "-5,2%", "~ 340", "≥ 8,1 tỷ đồng", "61 300", "340"]
)
def test_a_row_with_a_value_is_no_head_however_the_value_is_written(value):
    found = rows_of(boxes([["Hệ thống thông tin", value], ["Máy tính", "100%"]]))
    assert [cell.rows for _, cells in found for cell in cells[1:]] == [("Hệ thống thông tin",), ("Máy tính",)]


@pytest.mark.parametrize(
    "head", ["2024", "Năm 2024", "2024/2023", "2023-2024", "6 tháng", "6 tháng cuối năm 2024", "Quý III", "2G"]
)
def test_a_head_that_begins_with_a_number_stays_a_head(head):
    found = rows_of(boxes([["Chỉ tiêu", head], ["Máy tính", "100%"]]))
    assert found[1][1][1].heads == (head,)
