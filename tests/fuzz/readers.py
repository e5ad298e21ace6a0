"""All that reads what comes from outside: for each reader what it is given, and good examples of it to be spoilt."""

import json
import re
import shutil
import tempfile
import zipfile
from pathlib import Path

import office
from click.testing import CliRunner
from growing import packed_odt

from bgdata.notation import Period, parse, parse_pair, resolve
from bgdata.package import Key, Package
from bgdata.package.descriptor import read_table
from bgdata.package.schema import read_descriptor
from bgdata.rules import expressions as rules
from bgtools.cli import main
from bgtools.read import answers, persons, quotes, workbook
from bgtools.read.document.documents import of_lines, read
from bgtools.read.document.forms import encodings, sheets
from bgtools.read.indicator.slots import slots
from bgtools.read.statement.classes import classify
from bgtools.read.statement.exactness import exactness
from bgtools.read.statement.numerals import numerals
from bgtools.read.statement.times import Clock, as_of
from bgtools.read.statement.timewords import expressions
from bgtools.run import notebooks, tidy
from bgtools.site import clean
from bgtools.word import audit, fill
from bgtools.word.manuscript import open_draft
from conftest import ROOT

REPORTS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests" / "reports").glob("*.txt"))]
SENTENCES = [line for text in REPORTS for line in text.splitlines() if any(letter.isdigit() for letter in line)]
PARAGRAPHS = ["\n".join(text.splitlines()[start : start + 12]) for text in REPORTS for start in range(10, 60, 12)]
PERIOD = Period.parse("2024-S2")
FOLDER = Path(tempfile.mkdtemp(prefix="fuzz"))


def kept(content, name):
    path = FOLDER / name
    path.write_bytes(content)
    return path


# numbers and words


def numbers(text):
    parse(text)


def pairs(text):
    parse_pair(text)


def resolved(text):
    resolve(text, None, 16.2)


def qualifiers(text):
    before, _, after = text.partition("5")
    exactness(before, after)


def passages(text):
    of_lines(text.split("\n"))


def statements(text):
    numerals(of_lines(text.split("\n")).passages, PERIOD)


def classes(text):
    classify(text, [match.span() for match in re.finditer(r"\d[\d.,]*", text)])


def periods(text):
    expressions(text, PERIOD)
    as_of(text, len(text), PERIOD)
    Clock(text, PERIOD).base(len(text) // 2, len(text) // 2 + 1)


def codes(text):
    Period.parse(text)


def keys(text):
    Key.parse(text)


def rule(text):
    rules.parse(text)


def names(text):
    middle = len(text) // 2
    persons.names(text)
    persons.cut(text[:middle], text[middle : middle + 3], text[middle + 3 :])
    quotes.harmless(text)


# files of a data package


SCHEMAS = read_descriptor(ROOT / "data")[1]


def table(content):
    for name in ("observations", "indicators"):
        read_table(kept(content, "a.csv"), SCHEMAS[name], name="a.csv")


def descriptor(content):
    kept(content, "datapackage.json")
    read_descriptor(FOLDER)


def notebook(content):
    path = kept(content, "a.ipynb")
    found = notebooks.load(path)
    notebooks.defaults(found, path.name)
    notebooks.translate(found)


def printed(text):
    tidy.committed({"metadata": {}, "cells": [_cell(text)]}, root=ROOT)


def _cell(text):
    output = {"output_type": "stream", "name": "stdout", "text": text}
    return {"cell_type": "code", "id": "a", "metadata": {}, "source": "", "outputs": [output], "execution_count": 1}


def shown(text):
    clean.clean(text)
    clean.markdown(text)
    clean.plain(text)


# documents


def document(name):
    def read_it(content):
        of_lines(read(kept(content, name)).passages and [])

    return read_it


def text_file(content):
    encodings.decode(content)
    read(kept(content, "a.txt"))


def word_part(name):
    """A Word file of which one part is as it comes."""

    def read_it(content):
        read(office.packed(FOLDER / "part.docx", WORD_PARTS | {name: content}))

    return read_it


def pdf(content):
    json.dumps(sheets.answer_for(kept(content, "a.pdf")))


def draft(path):
    """Audit a draft, and fill it; nothing of it may be read for the first time when the copy is made."""
    audit.write(audit.audited(open_draft(path, PACKAGE, "2024-S1")), FOLDER / "audited.docx", "vi")
    fill.propose(open_draft(path, PACKAGE, "2024-S1", as_titled=True)).draft.container.bytes()


def draft_file(content):
    draft(kept(content, "draft.docx"))


def draft_part(name):
    return lambda content: draft(office.packed(FOLDER / "draft.docx", WORD_PARTS | {name: content}))


PACKAGE = Package.open(ROOT)
SLOTS = slots(PACKAGE, PERIOD)


def answered(content):
    answers.read(kept(content, "intake.xlsx"), PERIOD, SLOTS, {})


def review(content):
    copy = FOLDER / "project"  # what is read here is also entered: never into the project's own data
    if not copy.exists():
        shutil.copytree(ROOT / "data", copy / "data")
    path = str(kept(content, "review.json"))
    result = CliRunner(env={"BGDATA_ROOT": str(copy)}).invoke(main, ["review", path])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "fault of its own" not in result.output


NOTE = '<w:footnote w:id="1"><w:p><w:r><w:t>Tăng 3 điểm so với cùng kỳ.</w:t></w:r></w:p></w:footnote>'
WORD_PARTS = office.word_xml(
    office.paragraph("Toàn tỉnh có 340 điểm phục vụ bưu chính, đạt 84,6%.")
    + office.table_xml(office.table(1))
    + "<w:p><w:ins><w:r><w:t>Có 12 lớp</w:t></w:r></w:ins><w:del><w:r><w:delText>5</w:delText></w:r></w:del>"
    + '<w:r><w:footnoteReference w:id="1"/></w:r><w:sdt><w:sdtContent><w:r><w:t>7,5 triệu</w:t></w:r></w:sdtContent></w:sdt></w:p>',
    notes=NOTE,
)
WORD_PARTS = {name: part.encode() if isinstance(part, str) else part for name, part in WORD_PARTS.items()}
RELATIONS = "word/_rels/document.xml.rels"
STYLES = (
    f'<w:styles xmlns:w="{office.W}"><w:style w:type="paragraph" w:default="1" w:styleId="N"><w:basedOn w:val="M"/>'
    '<w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style><w:style w:styleId="M"><w:basedOn w:val="N"/></w:style></w:styles>'
).encode()


def packed(made):
    return office.packed(FOLDER / "seed.docx", made).read_bytes()


def opendocument():
    body = "".join(f"<text:p>{line}</text:p>" for line in SENTENCES[:6])
    row = '<table:table-row><table:table-cell table:number-columns-repeated="2"><text:p>5</text:p></table:table-cell></table:table-row>'
    path = packed_odt(FOLDER / "seed.odt", f"{body}<table:table>{row}</table:table>")
    with zipfile.ZipFile(path) as archive:
        return path.read_bytes(), archive.read("content.xml")


def odt_part(content):
    with zipfile.ZipFile(FOLDER / "part.odt", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    read(FOLDER / "part.odt")


def pdf_files():
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    office.reportlab_font()
    style = ParagraphStyle("text", fontName="DejaVuSans", fontSize=10, leading=15)
    story = [Paragraph(text, style) for text in SENTENCES[:5]]
    made = [office.reportlab_pdf(FOLDER / "a.pdf", story).read_bytes()]
    made.append(office.reportlab_of_table(FOLDER / "b.pdf", office.table(3), "Kết quả như sau:"))
    return [one if isinstance(one, bytes) else (FOLDER / "b.pdf").read_bytes() for one in made]


PRINTED = ["335 tỷ", "24,64%", "07", "5-8 triệu", "hơn 17.000", "gần 700", "335 tỷ 500 triệu", "1 triệu rưỡi", "16.2%"]
NOTEBOOKS = [path.read_bytes() for path in sorted((ROOT / "tests" / "notebooks").glob("*.ipynb"))]
HTML = [
    '<table class="bgdata"><thead><tr><th scope="col">Chỉ tiêu</th></tr></thead><tbody><tr data-key="telecom.bts">'
    '<td style="text-align: right">1.234</td></tr></tbody></table>',
    "<p>5–8 triệu, <b>28-29/5/2024</b><script>alert(1)</script><svg><a href='//x'>b</a></svg></p>",
    "## Trả lời\n\n* **340** điểm, [a](#b) ![c](http://d)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
]
REVIEW = {
    "bgdata-review": 1,
    "period": "2024-S1",
    "lang": "vi",
    "by": "Người duyệt",
    "on": "2024-12-01",
    "items": [{"kind": "page", "id": "index", "seen": "a", "done": True, "remark": "Xem lại."}],
}
TABLES = [(ROOT / "data" / name).read_bytes() for name in ("observations/2024-S1.csv", "indicators.csv")]
RULES = [line.split(",")[1] for line in (ROOT / "data" / "rules.csv").read_text().splitlines()[1:]]
ODT, ODT_CONTENT = opendocument()
READERS = {
    "numbers": (numbers, PRINTED),
    "n of N": (pairs, ["312.000/411.230", "9 / 10"]),
    "numbers of known value": (resolved, PRINTED),
    "qualifiers": (qualifiers, ["doanh thu ước đạt khoảng trên 5 tỷ đồng", "nộp hơn 5 triệu", "≥ 5", "gần 5 (ước)"]),
    "passages": (passages, PARAGRAPHS),
    "numerals": (statements, PARAGRAPHS[:20]),
    "classes": (classes, SENTENCES),
    "periods in text": (periods, SENTENCES),
    "codes of periods": (codes, ["2024-S1", "2024-M05", "2024-Q3", "2024-A1"]),
    "keys": (keys, ["telecom.bts[4G]", "post.revenue"]),
    "expressions": (rule, RULES),
    "names of persons": (names, [*SENTENCES[:20], "Ông Lê Văn Mẫu và bà Trần Thị Ví nộp 7,5 triệu đồng."]),
    "CSV": (table, TABLES),
    "descriptor": (descriptor, [(ROOT / "data" / "datapackage.json").read_bytes()]),
    "notebooks": (notebook, NOTEBOOKS),
    "printed output": (printed, ["a 0x7f00112233 /site-packages/a.py\n", "\x1b[31mNameError\x1b[0m ipykernel_1/2.py"]),
    "HTML outputs": (shown, HTML),
    "text files": (text_file, [text.encode(code) for text in REPORTS[:2] for code in ("utf-8", "utf-16")]),
    "docx, the archive": (document("a.docx"), [packed(WORD_PARTS)]),
    "docx, the text": (word_part("word/document.xml"), [WORD_PARTS["word/document.xml"]]),
    "docx, styles": (word_part("word/styles.xml"), [STYLES]),
    "odt, the archive": (document("a.odt"), [ODT]),
    "odt, the text": (odt_part, [ODT_CONTENT]),
    "PDF": (pdf, pdf_files()),
    "drafts, the archive": (draft_file, [packed(WORD_PARTS)]),
    "drafts, relations": (draft_part(RELATIONS), [WORD_PARTS[RELATIONS]]),
    "answers": (answered, [workbook.content(PERIOD, [], "vi")]),
    "reviews": (review, [json.dumps(REVIEW).encode()]),
}
