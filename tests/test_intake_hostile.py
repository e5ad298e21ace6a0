import io
import resource
import socket
import zipfile
import zlib

import office
import pytest

from bgdata.errors import BgdataError
from bgtools.read.document.documents import read
from bgtools.read.document.forms.encodings import TCVN3

FINE = office.paragraph("Trên đây là kết quả của các đơn vị trong tỉnh Bắc Giang.")
MEGABYTE = 1_000_000


def refusal(path, lang="en"):
    with pytest.raises(BgdataError) as error:
        read(path)
    return error.value.message.to(lang)


def word(path, body, **how):
    return office.packed(path, office.word_xml(body + FINE, **how))


def changed(path, **parts):
    """A Word file in which some parts have another content."""
    made = office.word_xml(FINE)
    return office.packed(
        path, made | {name.replace("__", "/").replace("_xml", ".xml"): text for name, text in parts.items()}
    )


def pdf(path, *, pages=1, content=b"", more=b""):
    """A PDF file with as many pages as asked, all with one content."""
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 5 + pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</XObject<</I %d 0 R>>>>" % (5 + pages),
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources 4 0 R/Contents 3 0 R>>"] * pages,
        more or b"<<>>",
    ]
    out = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, start=1))
    path.write_bytes(out + b"trailer<</Size %d/Root 1 0 R>>\n%%%%EOF" % (len(objects) + 1))
    return path


def picture(width, height):
    packed = zlib.compress(bytes(1000))
    return (
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (width, height, len(packed), packed)
    )


@pytest.mark.parametrize("depth", [100, 300, 5000])
@pytest.mark.parametrize("tag", ["tbl", "sdt", "box"])
def test_nesting_without_end_is_refused_or_read_but_breaks_nothing(tmp_path, tag, depth):
    opening, closing = {
        "tbl": ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        "sdt": ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        "box": ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
    }[tag]
    assert "nest" in refusal_or_text(
        word(tmp_path / "a.docx", opening * depth + office.paragraph("nest 5") + closing * depth)
    )


def refusal_or_text(path):
    try:
        return " ".join(passage.text for passage in read(path).passages)
    except BgdataError as error:
        return "nest: " + str(error)


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE a [<!ENTITY x "ha">]><a>&x;</a>',
        '<!DOCTYPE a SYSTEM "http://localhost/a.dtd"><a/>',
        "<!--" + "x" * 200_000 + '--><!DOCTYPE a [<!ENTITY x "ha">]><a>&x;</a>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word__document_xml", "word__styles_xml", "word__footnotes_xml"])
def test_xml_that_declares_entities_is_refused_in_every_part(tmp_path, monkeypatch, part, encoding, xml):
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("a connection was opened"))
    assert "declares XML entities" in refusal(changed(tmp_path / "a.docx", **{part: xml.encode(encoding)}))


@pytest.mark.parametrize(
    "target", ["http://localhost/a.xml", "file:///etc/passwd", "../../../etc/passwd", "/etc/passwd"]
)
@pytest.mark.parametrize("mode", ["", ' TargetMode="External"'])
def test_a_part_outside_the_file_is_never_opened(tmp_path, monkeypatch, target, mode):
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("a connection was opened"))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    link = f'<Relationship Id="r1" Type="{kind}" Target="{target}"{mode}/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {"word___rels__document_xml.rels": f'<Relationships xmlns="{space}">{link}</Relationships>'}
    assert read(changed(tmp_path / "a.docx", **parts)).passages[0].text.startswith("Trên đây")


def test_a_file_of_very_many_parts_is_refused(tmp_path):
    parts = {f"word/media/{number}.bin": b"" for number in range(6000)}
    assert "unpacks to far more" in refusal(office.packed(tmp_path / "a.docx", office.word_xml(FINE) | parts))


def test_a_huge_picture_in_a_word_file_is_refused_before_it_is_unpacked(tmp_path):
    path = office.packed(tmp_path / "a.docx", office.word_xml(FINE) | {"word/media/a.bmp": bytes(250 * MEGABYTE)})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "unpacks to far more" in refusal(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


@pytest.mark.parametrize("pages", [501, 10_000])
def test_a_pdf_of_too_many_pages_is_refused_with_their_number(tmp_path, pages):
    assert f"has {pages} pages, more than the 500" in refusal(pdf(tmp_path / "a.pdf", pages=pages))


@pytest.mark.parametrize("side", [3_000, 60_000])
def test_a_huge_picture_in_a_pdf_is_not_unpacked_and_is_a_scan(tmp_path, side):
    path = pdf(tmp_path / "a.pdf", content=b"q 600 0 0 800 0 0 cm /I Do Q", more=picture(side, side))
    assert "no text layer on page 1" in refusal(path)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_100_000


def stamped(path, letters, *, scans, texts):
    """A PDF file: pages of a picture with some letters over it, and pages of text, in this order."""
    from reportlab.pdfgen.canvas import Canvas

    office.reportlab_font()
    canvas = Canvas(str(path), pagesize=(595, 842))
    import PIL.Image
    from reportlab.lib.utils import ImageReader

    scan = ImageReader(PIL.Image.new("L", (60, 80), 200))
    for number in range(scans + texts):
        canvas.setFont("DejaVuSans", 11)
        if number < scans:
            canvas.drawImage(scan, 0, 0, 595, 842)
            canvas.drawString(300, 790, letters)
        else:
            for line in range(20):
                canvas.drawString(
                    50, 780 - 20 * line, "Trên địa bàn tỉnh Bắc Giang có 340 điểm phục vụ bưu chính các loại."
                )
        canvas.showPage()
    canvas.save()
    return path


STAMPS = ("", "Người ký: Sở Thông tin", "Thời gian ký: 12.12.2024 16:05:33 +07:00", "ĐÃ KÝ 12/12/2024", "Số: 235")


@pytest.mark.parametrize("scans", [1, 3])
@pytest.mark.parametrize("stamp", STAMPS)
def test_a_scan_is_refused_with_its_pages_whatever_is_stamped_on_it(tmp_path, stamp, scans):
    said = refusal(stamped(tmp_path / "a.pdf", stamp, scans=scans, texts=0))
    assert f"no text layer on page {'1' if scans == 1 else '1-3'} " in said


@pytest.mark.parametrize("scans, pages", [(1, "1"), (2, "1-2")])
def test_a_scanned_page_among_others_is_named_in_a_notice(tmp_path, scans, pages):
    document = read(stamped(tmp_path / "a.pdf", STAMPS[1], scans=scans, texts=3))
    assert f"page {pages} is a scan" in str(document.notices[0])


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("a.rtf", b"{\\rtf1\\ansi 5}", "is an RTF file; open it in Word"),
        ("a.doc", b"{\\rtf1\\ansi 5}", "is an RTF file; open it in Word"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is an old Word file (.doc)"),
        ("a.doc", b"<html><body>5</body></html>", "is a web page (HTML)"),
        ("a.docx", b"<!DOCTYPE html><html></html>", "is a web page (HTML)"),
        ("a.odt", b"PK\x03\x04 and then nothing", "is damaged or no .docx file"),
        ("a.odt", b"", "holds no text"),
    ],
)
def test_a_file_of_another_program_is_named_with_what_to_do(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    assert said in refusal(tmp_path / name)


@pytest.mark.parametrize("kind", ["spreadsheet", "presentation"])
def test_a_spreadsheet_is_no_report(tmp_path, kind):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
    (tmp_path / "a.ods").write_bytes(out.getvalue())
    assert "is a spreadsheet or presentation" in refusal(tmp_path / "a.ods")


@pytest.mark.parametrize("main", ["word/document2.xml", "word/main.xml", "word/document_1.xml", "word/văn bản.xml"])
@pytest.mark.parametrize("strict", [False, True])
def test_the_main_part_is_read_whatever_its_name(tmp_path, main, strict):
    path = office.packed(tmp_path / "a.docx", office.word_xml(FINE, main=main, strict=strict))
    assert read(path).passages[0].text.startswith("Trên đây")


SENTENCES = (
    "Toàn tỉnh có 340 điểm phục vụ bưu chính.",
    "Đã tổ chức 12 lớp tập huấn cho cán bộ.",
    "Tỷ lệ hộ gia đình có cáp quang đạt 84,6%.",
    "Hệ thống ghi nhận 19.887 cảnh báo tấn công mạng.",
    "Doanh thu ước đạt 335 tỷ đồng, tăng so với cùng kỳ.",
)


def old(text):
    """A text in TCVN3, as its letters show in a font of another encoding."""
    table = {new: letter for letter, new in TCVN3.items()}
    return "".join(table.get(letter, letter) for letter in text)


@pytest.mark.parametrize("font", [".VnTime", ".VnArial"])
@pytest.mark.parametrize("text", SENTENCES)
def test_letters_in_a_font_of_tcvn3_are_read_as_the_font_shows_them(tmp_path, font, text):
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
    document = read(word(tmp_path / "a.docx", office.paragraph(old(text), run=fonts)))
    assert (document.passages[0].text, document.digits.lost) == (text, 0)
    assert f"fonts of an old encoding ({font})" in str(document.notices[0])


@pytest.mark.parametrize("level", ["docDefaults", "style", "based"])
@pytest.mark.parametrize("text", SENTENCES)
def test_the_font_may_stand_in_a_style_or_in_the_defaults(tmp_path, level, text):
    look = '<w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr>'
    styles = {
        "docDefaults": f"<w:docDefaults><w:rPrDefault>{look}</w:rPrDefault></w:docDefaults>",
        "style": f'<w:style w:type="paragraph" w:default="1" w:styleId="N">{look}</w:style>',
        "based": f'<w:style w:type="paragraph" w:styleId="M">{look}</w:style>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:basedOn w:val="M"/></w:style>',
    }[level]
    path = office.packed(tmp_path / "a.docx", office.word_xml(office.paragraph(old(text)) * 2, styles=styles))
    assert read(path).passages[0].text == text


GONE = {
    "deleted": "<w:del><w:r><w:delText>{0}</w:delText></w:r></w:del>",
    "moved": "<w:moveFrom><w:r><w:t>{0}</w:t></w:r></w:moveFrom>",
    "hidden": "<w:r><w:rPr><w:vanish/></w:rPr><w:t>{0}</w:t></w:r>",
    "struck": "<w:r><w:rPr><w:strike/></w:rPr><w:t>{0}</w:t></w:r>",
    "struck twice": "<w:r><w:rPr><w:dstrike/></w:rPr><w:t>{0}</w:t></w:r>",
    "field": "<w:r><w:instrText>{0}</w:instrText></w:r>",
}
KEPT = {
    "inserted": "<w:ins><w:r><w:t>{0}</w:t></w:r></w:ins>",
    "moved": "<w:moveTo><w:r><w:t>{0}</w:t></w:r></w:moveTo>",
    "control": "<w:sdt><w:sdtContent><w:r><w:t>{0}</w:t></w:r></w:sdtContent></w:sdt>",
    "link": "<w:hyperlink><w:r><w:t>{0}</w:t></w:r></w:hyperlink>",
    "simple field": '<w:fldSimple w:instr="X"><w:r><w:t>{0}</w:t></w:r></w:fldSimple>',
    "tag": "<w:smartTag><w:r><w:t>{0}</w:t></w:r></w:smartTag>",
    "not hidden": '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>{0}</w:t></w:r>',
    "formula": '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>{0}</m:t></m:r></m:oMath>',
}


@pytest.mark.parametrize("kept", KEPT)
@pytest.mark.parametrize("gone", GONE)
def test_what_is_not_printed_is_no_text_and_its_digits_are_counted(tmp_path, gone, kept):
    runs = GONE[gone].format("512") + KEPT[kept].format("340")
    path = word(tmp_path / "a.docx", f"<w:p><w:r><w:t xml:space='preserve'>Có </w:t></w:r>{runs}</w:p>")
    document = read(path)
    assert (document.passages[0].text, sum(document.digits.dropped.values()), document.digits.lost) == ("Có 340", 3, 0)


@pytest.mark.parametrize(
    "code, sign", [("F0B3", "≥"), ("F0A3", "≤"), ("F0B1", "±"), ("F03E", ">"), ("F035", "5"), ("zz", "�")]
)
def test_a_symbol_is_the_sign_that_word_shows(tmp_path, code, sign):
    body = f'<w:p><w:r><w:t>Có </w:t><w:sym w:font="Symbol" w:char="{code}"/><w:t>340</w:t></w:r></w:p>'
    assert read(word(tmp_path / "a.docx", body)).passages[0].text == f"Có {sign}340"


def test_text_that_is_struck_through_is_said(tmp_path):
    path = word(tmp_path / "a.docx", f"<w:p>{GONE['struck'].format('5')}</w:p>")
    assert "1 places that are struck through" in str(read(path).notices[0])


@pytest.mark.parametrize("struck", ["512", "5", "1.234,5", "61.300", "12%"])
@pytest.mark.parametrize("size", [9, 14])
def test_a_number_that_is_struck_through_in_a_pdf_is_left_out_and_said(tmp_path, size, struck):
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    office.reportlab_font()
    style = ParagraphStyle("text", fontName="DejaVuSans", fontSize=size, leading=1.5 * size)
    text = f"Tỉnh Bắc Giang có <strike>{struck}</strike> 340 điểm phục vụ."
    document = read(office.reportlab_pdf(tmp_path / "a.pdf", [Paragraph(text, style)]))
    assert (document.passages[0].text, document.digits.lost) == ("Tỉnh Bắc Giang có 340 điểm phục vụ.", 0)
    assert "places that are struck through" in str(document.notices[0])


def test_a_number_that_is_underlined_in_a_pdf_is_read(tmp_path):
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    office.reportlab_font()
    style = ParagraphStyle("text", fontName="DejaVuSans", fontSize=12, leading=18)
    path = office.reportlab_pdf(tmp_path / "a.pdf", [Paragraph("Tỉnh Bắc Giang có <u>340</u> điểm phục vụ.", style)])
    assert read(path).passages[0].text == "Tỉnh Bắc Giang có 340 điểm phục vụ."


def test_a_digit_that_a_reader_loses_is_missed_in_the_account(tmp_path, monkeypatch):
    from bgtools.read.document.forms import word as reader

    written = reader._written
    monkeypatch.setattr(reader, "_written", lambda element: written(element).replace("340", ""))
    assert read(word(tmp_path / "a.docx", office.paragraph("Có 340 điểm"))).digits.lost == 3
