"""One invented table or text, written as different offices' programs write it: Word in four forms, PDF by three producers.

Everything is made from a seed; the same seed gives the same document.
"""

import random
import shutil
import subprocess
import zipfile
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import docx
import matplotlib
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

LABELS = (
    """Số điểm phục vụ bưu chính|Số hồ sơ qua dịch vụ bưu chính công ích|Vị trí cột ăng ten lắp đặt trạm BTS|Tổng số trạm thu phát
sóng|Tỷ lệ hộ gia đình có cáp quang|Doanh thu bưu chính|Doanh thu viễn thông, Internet|Số tổ công nghệ số cộng đồng|Cảnh báo tấn công mạng
|Sự cố an toàn thông tin|Số lớp tập huấn|Số người được tập huấn|Số cơ quan báo chí|Số đài truyền thanh""".replace(
        "\n", " "
    )
    .replace(" |", "|")
    .split("|")
)
GROUPS = ("Bưu chính, chuyển phát", "Viễn thông, Internet", "An toàn thông tin", "Báo chí, xuất bản")
UNITS = ("điểm", "hồ sơ", "vị trí", "trạm", "%", "tỷ đồng", "người", "lớp")
PERIODS = ("6 tháng cuối năm 2023", "Kế hoạch năm 2024", "6 tháng cuối năm 2024", "So với cùng kỳ (%)")
BARE = ("2022", "2023", "2024", "2024/2023 (%)")
YEARS = ("Năm 2022", "Năm 2023", "Năm 2024", "So sánh (%)")
WIDE = ("Cùng kỳ", "Kỳ này", "Ước cả năm")
NARROW = ("Kế hoạch", "Thực hiện")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SOFFICE = shutil.which("soffice")


@dataclass
class Table:
    """A grid of (text, columns, rows) with None where a cell is covered, and what each value means.

    `known` holds, by the printed number: heads of its column, heads of its row.
    """

    rows: list = field(default_factory=list)
    known: dict = field(default_factory=dict)
    heads: int = 1


def table(seed):
    """An office's table: with or without running numbers, units, heads of two rows, groups, empty cells."""
    chance = random.Random(seed)
    numbered, units, double = (chance.random() < share for share in (0.6, 0.6, 0.4))
    first = (["TT"] if numbered else []) + ["Chỉ tiêu"] + (["Đơn vị tính"] if units else [])
    made = Table()
    if double:
        wide = chance.sample(WIDE, 2)
        paths = [(over, under) for over in wide for under in NARROW]
        made.rows.append([*((text, 1, 2) for text in first), *(cell for over in wide for cell in ((over, 2, 1), None))])
        made.rows.append([*(None for _ in first), *((under, 1, 1) for _, under in paths)])
        made.heads = 2
    else:
        paths = [(head,) for head in chance.choice((PERIODS, YEARS, BARE))[: chance.randint(2, 4)]]
        made.rows.append([(text, 1, 1) for text in [*first, *(path[0] for path in paths)]])
    if chance.random() < 0.25:
        width = len(made.rows[0])
        numbers = ["A", "B", "C"][: len(first)] + [f"({place})" for place in range(1, width - len(first) + 1)]
        made.rows.append([(text, 1, 1) for text in numbers])
    labels, number, group, last = chance.sample(LABELS, chance.randint(4, 7)), 0, (), ""
    grouped = chance.random() < 0.4
    for place, label in enumerate(labels):
        if grouped and place % 3 == 0:
            group = (GROUPS[place // 3],)
            title = f"{'I' * (place // 3 + 1)}. {group[0]}" if not numbered else group[0]
            mark = [("I" * (place // 3 + 1), 1, 1)] if numbered else []
            span = len(first) + len(paths) - len(mark)
            made.rows.append([*mark, (title, span, 1), *([None] * (span - 1))])
            group = (title,)
        number += 1
        parent, inner = (), chance.random() < 0.25 and place and not grouped
        if inner:
            number -= 1
            parent = (last,)
            label = f"- {label}"
        else:
            last = label
        line = ([("" if inner else str(number), 1, 1)] if numbered else []) + [(label, 1, 1)]
        line += [(chance.choice(UNITS), 1, 1)] if units else []
        empty = chance.randrange(len(paths)) if chance.random() < 0.4 else None
        for column, path in enumerate(paths):
            text = "" if column == empty else _value(chance, made.known)
            line.append((text, 1, 1))
            if text:
                made.known[text] = (path, (*group, *parent, label))
        made.rows.append(line)
    return made


def _value(chance, known):
    while True:
        number = chance.choice(
            (chance.randrange(100, 1000), chance.randrange(1000, 99999), chance.randrange(1001, 999999) / 10)
        )
        text = f"{number:,}".replace(",", " ").replace(".", ",").replace(" ", ".")
        if text not in known:
            return text


# Word


def word_xml(body, *, notes="", styles="", strict=False, main="word/document.xml", header=""):
    """The bytes of a Word file with this body, as a program writes it that knows the format."""
    word = STRICT if strict else W
    kind = (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
        if strict
        else ("http://schemas.openxmlformats.org/officeDocument/2006/relationships")
    )
    spaces = f'xmlns:w="{word}" xmlns:r="{kind}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    head, name = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', Path(main).name
    folder = "word"
    parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/' + main + '" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        '<Override PartName="/word/styles.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
        '<Override PartName="/word/footnotes.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>',
        "_rels/.rels": _relations({"officeDocument": main}, kind),
        main: f"{head}<w:document {spaces}><w:body>{body}</w:body></w:document>",
        f"{folder}/_rels/{name}.rels": _relations({"styles": "styles.xml", "footnotes": "footnotes.xml"}, kind),
        "word/styles.xml": f"{head}<w:styles {spaces}>{styles}</w:styles>",
        "word/footnotes.xml": f"{head}<w:footnotes {spaces}>{notes}</w:footnotes>",
    }
    return parts


def _relations(targets, kind):
    lines = "".join(
        f'<Relationship Id="r{place}" Type="{kind}/{name}" Target="{target}"/>'
        for place, (name, target) in enumerate(targets.items(), start=1)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'
    )


def packed(path, parts):
    """Write the parts of an office file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def paragraph(text, properties="", run=""):
    return f'<w:p>{properties}<w:r>{run}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def table_xml(made, *, wrap="", nested=False):
    """A table's XML; `wrap` puts content controls around "cells" or "rows", `nested` the table into a cell."""
    rows = []
    for line in made.rows:
        cells, column = "", 0
        for place, cell in enumerate(line):
            if cell is None and _above(made.rows, line, place) is None:
                continue
            text, span, down = cell or ("", 1, 0)
            merge = '<w:vMerge w:val="restart"/>' if down > 1 else "<w:vMerge/>" if cell is None else ""
            wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
            one = f"<w:tc><w:tcPr>{wide}{merge}</w:tcPr>{paragraph(text) if text else '<w:p/>'}</w:tc>"
            cells += _controlled(one) if wrap == "cells" else one
            column += span
        row = f"<w:tr>{cells}</w:tr>"
        rows.append(_controlled(row) if wrap == "rows" else row)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    width = len(made.rows[0])
    grid = "".join(f'<w:gridCol w:w="{9000 // width}"/>' for _ in range(width))
    whole = f'<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    if nested:
        whole = f"<w:tbl><w:tr><w:tc><w:p/>{whole}<w:p/></w:tc></w:tr></w:tbl>"
    return whole


def _above(rows, line, place):
    """The cell that hangs down into this place, or None where the place is covered from the left."""
    row = next(index for index, one in enumerate(rows) if one is line)
    for distance in range(1, row + 1):
        cell = rows[row - distance][place]
        if cell is not None:
            return cell if cell[2] > distance else None
    return None


def _controlled(xml):
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{xml}</w:sdtContent></w:sdt>"


def word_of_table(path, made, lead, **how):
    strict = how.pop("strict", False)
    body = "".join(map(paragraph, lead)) + table_xml(made, **how) + paragraph("Trên đây là kết quả của tỉnh.")
    return packed(path, word_xml(body, strict=strict))


def python_docx_of_table(path, made, lead):
    document = docx.Document()
    for text in lead:
        document.add_paragraph(text)
    grid = document.add_table(rows=len(made.rows), cols=len(made.rows[0]))
    grid.style = "Table Grid"
    for row, line in enumerate(made.rows):
        for column, cell in enumerate(line):
            if cell is not None:
                text, span, down = cell
                one = grid.cell(row, column).merge(grid.cell(row + down - 1, column + span - 1))
                one.text = text
    document.add_paragraph("Trên đây là kết quả của tỉnh.")
    document.save(path)
    return path


# plain text


def markdown_of_table(made, lead):
    rows = [[cell[0] if cell else "" for cell in line] for line in made.rows]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, f"|{'|'.join('---' for _ in rows[0])}|")
    return "\n\n".join(lead) + "\n\n" + "\n".join(lines) + "\n\nTrên đây là kết quả của tỉnh.\n"


def tabbed_table(made, lead):
    rows = ["\t".join(cell[0] if cell else "" for cell in line) for line in made.rows]
    return "\n".join([*lead, "", *rows, "", "Trên đây là kết quả của tỉnh."]) + "\n"


# PDF


def reportlab_pdf(path, story):
    """Write paragraphs, tables and foot lines with reportlab's platypus."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    SimpleDocTemplate(str(path), pagesize=A4, title="", author="").build(story)
    return path


def reportlab_font():
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for name in ("DejaVuSans", "DejaVuSans-Bold"):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))


def reportlab_of_table(path, made, lead):
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Spacer
    from reportlab.platypus import Table as Grid

    reportlab_font()
    style = ParagraphStyle("text", fontName="DejaVuSans", fontSize=11, leading=15)
    small = ParagraphStyle("cell", fontName="DejaVuSans", fontSize=9, leading=11)
    cells = [[Paragraph(escape(cell[0]), small) if cell else "" for cell in line] for line in made.rows]
    spans = [
        ("SPAN", (column, row), (column + cell[1] - 1, row + cell[2] - 1))
        for row, line in enumerate(made.rows)
        for column, cell in enumerate(line)
        if cell and (cell[1] > 1 or cell[2] > 1)
    ]
    widths = [
        28 if cell and cell[0] == "TT" else 130 if cell and cell[0] == "Chỉ tiêu" else 62 for cell in made.rows[0]
    ]
    grid = Grid(cells, colWidths=widths, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black), *spans])
    story = [*(Paragraph(escape(text), style) for text in lead), Spacer(1, 8), grid, Spacer(1, 8)]
    return reportlab_pdf(path, [*story, Paragraph("Trên đây là kết quả của tỉnh.", style)])


def matplotlib_of_table(path, made, lead):
    """A table without rules: only the places of its texts make columns."""
    with matplotlib.rc_context({"pdf.fonttype": 42, "font.family": "DejaVu Sans"}), PdfPages(path) as pdf:
        figure = Figure(figsize=(11.69, 8.27))
        y = 0.95
        for text in lead:
            figure.text(0.06, y, text, size=10)
            y -= 0.03
        y -= 0.02
        first = [cell[0] if cell else "" for cell in made.rows[0]]
        places, x = [], 0.06
        for head in first:
            places.append(x)
            x += 0.05 if head == "TT" else 0.33 if head == "Chỉ tiêu" else 0.135
        for line in made.rows:
            for x, cell in zip(places, line):
                if cell and cell[0]:
                    figure.text(x, y, cell[0], size=8)
            y -= 0.028
        figure.text(0.06, y - 0.03, "Trên đây là kết quả của tỉnh.", size=10)
        pdf.savefig(figure)
    return path


def converted(paths, form, folder):
    """Convert files with LibreOffice, all in one run; returns the new paths."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [SOFFICE, profile, "--headless", "--convert-to", form, "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return [Path(folder) / f"{path.stem}.{form}" for path in paths]


# text with footnotes

TOPICS = (
    ("Trên địa bàn tỉnh có", "điểm phục vụ bưu chính"),
    ("Toàn tỉnh có", "thư dự thi viết thư quốc tế"),
    ("Hệ thống ghi nhận", "cảnh báo tấn công mạng"),
    ("Cả tỉnh lắp đặt", "trạm thu phát sóng"),
    ("Đã tổ chức cho", "cán bộ tham gia tập huấn"),
)


def noted(seed):
    """Sentences (before, number, mark or "", after) and footnotes by mark; each footnote begins with a number or a word."""
    chance = random.Random(seed)
    known, sentences, notes = {}, [], {}
    for before, after in chance.sample(TOPICS, chance.randint(3, 5)):
        mark = str(len(notes) + 1) if chance.random() < 0.7 else ""
        sentences.append((before, _value(chance, known), mark, f" {after} của tỉnh Bắc Giang."))
        known[sentences[-1][1]] = ()
        if mark:
            number = _value(chance, known)
            known[number] = ()
            notes[mark] = chance.choice((f"{number} điểm đang hoạt động.", f"Tăng {number} so với đầu năm."))
    return sentences, notes


HEADINGS = ("I. KẾT QUẢ 6 THÁNG CUỐI NĂM 2024", "2.1. Bưu chính, viễn thông", "a) Bưu chính")
SUPER = '<w:vertAlign w:val="superscript"/>'
RAISES = {  # how a mark is raised in Word: run properties, styles
    "direct": (SUPER, ""),
    "position": ('<w:position w:val="8"/><w:sz w:val="16"/>', ""),
    "style": (
        '<w:rStyle w:val="Mark"/>',
        f'<w:style w:type="character" w:styleId="Mark"><w:rPr>{SUPER}</w:rPr></w:style>',
    ),
    "based": (
        '<w:rStyle w:val="Mine"/>',
        f'<w:style w:type="character" w:styleId="Mark"><w:rPr>{SUPER}</w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Mine"><w:basedOn w:val="Mark"/><w:rPr><w:i/></w:rPr></w:style>',
    ),
    "style position": (
        '<w:rStyle w:val="Mark"/>',
        '<w:style w:type="character" w:styleId="Mark"><w:rPr><w:position w:val="10"/></w:rPr></w:style>',
    ),
}


def word_of_notes(path, made, how):
    """Sentences with marks that are raised in this way, and the footnotes as paragraphs; or Word's own footnotes."""
    sentences, notes = made
    properties, styles = RAISES.get(how, ("", ""))
    body = "".join(map(paragraph, HEADINGS))
    for before, number, mark, after in sentences:
        raised = f"<w:r><w:rPr>{properties}</w:rPr><w:t>{mark}</w:t></w:r>" if mark else ""
        if how == "footnotes" and mark:
            raised = f'<w:r><w:footnoteReference w:id="{mark}"/></w:r>'
        body += f"<w:p><w:r><w:t>{before} {number}</w:t></w:r>{raised}<w:r><w:t xml:space='preserve'>{after}</w:t></w:r></w:p>"
    own = ""
    for mark, text in notes.items():
        if how == "footnotes":
            own += f'<w:footnote w:id="{mark}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
        else:
            body += f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{mark}</w:t></w:r><w:r><w:t xml:space='preserve'> {text}</w:t></w:r></w:p>"
    return packed(path, word_xml(body, styles=styles, notes=own))


PDF_RAISES = ("rise", "matrix", "same size", "large numbers", "markup")


def reportlab_of_notes(path, made, how):
    """Sentences with raised marks, drawn in one of several ways, and footnotes at the foot of the page."""
    from reportlab.pdfgen.canvas import Canvas

    reportlab_font()
    sentences, notes = made
    canvas, y = Canvas(str(path), pagesize=(595, 842)), 780
    for text in HEADINGS:
        _drawn(canvas, y, [(text, 11, 0)], how)
        y -= 18
    number_size = 14 if how == "large numbers" else 11
    mark_size = 11 if how == "same size" else 7
    for before, number, mark, after in sentences:
        _drawn(
            canvas, y, [(f"{before} ", 11, 0), (number, number_size, 0), (mark, mark_size, 4.5), (after, 11, 0)], how
        )
        y -= 18
    y = 40 + 13 * len(notes)
    for mark, text in notes.items():
        number, rest = text.split(" ", 1)
        _drawn(
            canvas, y, [(mark, 6, 3.5), (f" {number}", 7 if how == "large numbers" else 9, 0), (f" {rest}", 9, 0)], how
        )
        y -= 13
    canvas.save()
    return path


def _drawn(canvas, y, parts, how):
    x = 56.0
    for text, size, rise in parts:
        line = canvas.beginText()
        line.setFont("DejaVuSans", size)
        if how == "matrix":
            line.setFont("DejaVuSans", 1)
            line.setTextTransform(size, 0, 0, size, x, y + rise)
        elif how == "rise":
            line.setTextOrigin(x, y)
            line.setRise(rise)
        else:
            line.setTextOrigin(x, y + rise)
        line.textOut(text)
        canvas.drawText(line)
        x += canvas.stringWidth(text, "DejaVuSans", size)


def matplotlib_of_notes(path, made, how):
    """The same by another producer; a mark is a small text of its own, or set by mathtext."""
    from matplotlib.textpath import TextPath

    sentences, notes = made
    with matplotlib.rc_context({"pdf.fonttype": 42, "font.family": "DejaVu Sans"}), PdfPages(path) as pdf:
        figure = Figure(figsize=(8.27, 11.69))

        def put(y, parts):
            x = 0.08
            for text, size, rise in parts:
                figure.text(x, y + rise / 842, text, size=size)
                x += TextPath((0, 0), text.replace(" ", "n"), size=size).get_extents().x1 / 595 + 0.001 if text else 0

        y = 0.95
        for text in HEADINGS:
            figure.text(0.08, y, text, size=10)
            y -= 0.022
        for before, number, mark, after in sentences:
            if how == "mathtext":
                figure.text(
                    0.08, y, f"{before} {number}$^{{{mark}}}${after}" if mark else f"{before} {number}{after}", size=10
                )
            else:
                put(y, [(f"{before} {number}", 10, 0), (mark, 6, 4), (after, 10, 0)])
            y -= 0.022
        y = 0.05 + 0.016 * len(notes)
        for mark, text in notes.items():
            put(y, [(mark, 5, 3), (f" {text}", 8, 0)])
            y -= 0.016
        pdf.savefig(figure)
    return path
