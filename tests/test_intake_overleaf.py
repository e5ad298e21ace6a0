"""Tables that go on overleaf, by three producers: each number keeps the heads of its column and of its row."""

import random

import office
import papers_pdf
import pytest
from papers import Paper, Part
from site_probes import CHROMIUM

from bgtools.read.document.documents import read

SEEDS = range(4)
HEADS = ("TT", "Chỉ tiêu", "Đơn vị tính", "6 tháng cuối năm 2023", "Kế hoạch năm 2024", "6 tháng cuối năm 2024")
needs_programs = pytest.mark.skipif(
    office.SOFFICE is None or not CHROMIUM, reason="LibreOffice or Chromium is not installed"
)


def long_table(seed):
    """A table of two or three pages, whose labels take one line or several; all its numbers differ."""
    chance = random.Random(f"overleaf {seed}")
    made = office.Table([[(head, 1, 1) for head in HEADS]])
    for place in range(1, chance.randint(38, 60)):
        label = f"{chance.choice(office.LABELS)}, mục {place}" + chance.choice(
            ("", " theo hướng dẫn", " của các huyện, thị xã, thành phố trong tỉnh, lũy kế theo quy định hiện hành")
        )
        values = [office._value(chance, made.known)]
        made.known[values[0]] = ((HEADS[3],), (label,))
        for head in HEADS[4:]:
            values.append(office._value(chance, made.known))
            made.known[values[-1]] = ((head,), (label,))
        texts = (str(place), label, chance.choice(office.UNITS[:4]), *values)
        made.rows.append([(text, 1, 1) for text in texts])
    return made


LEAD = ("I. KẾT QUẢ 6 THÁNG CUỐI NĂM 2024", "Kết quả thực hiện các chỉ tiêu của tỉnh Bắc Giang như sau:")


def report(made):
    rows = [[cell[0] for cell in row] for row in made.rows]
    return Paper([Part(LEAD[0], 1), Part(LEAD[1]), Part(rows=rows), Part("Trên đây là kết quả của tỉnh.")])


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("overleaf")
    tables = [long_table(seed) for seed in SEEDS]
    words = [office.word_of_table(folder / f"{seed}.docx", table, LEAD) for seed, table in enumerate(tables)]
    found = {"LibreOffice": office.converted(words, "pdf", folder)}
    found["reportlab"] = [
        papers_pdf.reportlab(folder / f"reportlab{seed}.pdf", report(table), seed) for seed, table in enumerate(tables)
    ]
    with papers_pdf.browser() as printed:
        found["Chromium"] = [
            printed(folder / f"browser{seed}.pdf", papers_pdf.page_of(report(table), seed))
            for seed, table in enumerate(tables)
        ]
    return found


@needs_programs
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("producer", ["LibreOffice", "reportlab", "Chromium"])
def test_a_table_that_goes_on_overleaf_is_one_table(files, producer, seed):
    made, document = long_table(seed), read(files[producer][seed])
    cells = [(passage.text[cell.start : cell.end], cell) for passage in document.passages for cell in passage.cells]
    found = {text: (cell.heads, cell.rows) for text, cell in cells if text in made.known}
    assert {key: (found.get(key), told) for key, told in made.known.items() if found.get(key) != told} == {}
    assert document.digits.lost == 0


@needs_programs
@pytest.mark.parametrize("turn", ["", "transform: rotate(180deg)"])
def test_heads_that_stand_upright_in_their_cells_are_read(tmp_path, turn):
    style = f"td {{ border: 1pt solid; padding: 3pt; font-size: 8pt }} .up span {{ writing-mode: vertical-rl; {turn} }}"
    body, known = "<p>I. KẾT QUẢ CỦA TỈNH</p>", {}
    for seed in range(12):
        made = office.table(seed)
        if made.heads == 1:
            known |= made.known
            rows = [
                "".join(f"<td colspan={cell[1]}><span>{cell[0]}</span>" for cell in row if cell) for row in made.rows
            ]
            body += f"<p>Kết quả thứ {seed} như sau:</p><table style='border-collapse: collapse'><tr class=up>{'<tr>'.join(rows)}</table>"
    with papers_pdf.browser() as printed:
        path = printed(tmp_path / "a.pdf", f"<!doctype html><meta charset=utf-8><style>{style}</style>{body}")
    document = read(path)
    cells = [(passage.text[cell.start : cell.end], cell) for passage in document.passages for cell in passage.cells]
    found = {text: (cell.heads, cell.rows) for text, cell in cells if text in known}
    assert {key: (found.get(key), told) for key, told in known.items() if found.get(key) != told} == {}
    assert document.digits.lost == 0
