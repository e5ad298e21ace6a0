import io
import resource
import socket
import subprocess
import sys
import zipfile
import zlib

import documents
import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bgdata.errors import BgdataError
from bgtools.read.document.documents import read
from conftest import ROOT

TEXT = "I. KẾT QUẢ\n2.1. Bưu chính\nToàn tỉnh Bắc Giang có 334 điểm phục vụ của các doanh nghiệp bưu chính.\n"
MEGABYTE = 1_000_000
BOUNDED = """
import resource, sys
from bgdata.errors import BgdataError
from bgtools.read.document.documents import read
try:
    read(sys.argv[1])
except BgdataError as error:
    print(error.message.to("en"), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""  # in a process of its own: a child's peak is never less than that of its parent, which here has run many tests


def refusal(path, lang="en"):
    with pytest.raises(BgdataError) as error:
        read(path)
    return error.value.message.to(lang)


def stored(path, content):
    path.write_bytes(content)
    return path


def changed_word(path, name, content):
    """A Word file in which one part has another content."""
    documents.word_file(path, TEXT)
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, old in {**parts, name: content}.items():
            archive.writestr(part, old)
    return path


def pdf_with(stream, filters):
    """A PDF file of one page with this content stream."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R>>",
        b"<</Length %d/Filter%s>>stream\n" % (len(stream), filters) + stream + b"\nendstream",
    ]
    out = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, start=1))
    return out + b"trailer<</Size 5/Root 1 0 R>>\n%%EOF"


def locked_pdf():
    """A PDF file that opens with a password only."""
    key = b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (b"1f" * 32, b"2e" * 32)
    plain = pdf_with(b"", b"[]")
    return plain.replace(b"/Root 1 0 R", b"/Root 1 0 R/ID[<00><00>]/Encrypt 5 0 R").replace(
        b"trailer", b"5 0 obj\n" + key + b"\nendobj\ntrailer"
    )


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("empty.txt", b"", "empty.txt holds no text."),
        ("blank.txt", b" \n\n ", "blank.txt holds no text."),
        ("empty.docx", b"", "empty.docx holds no text."),
        ("broken.docx", b"PK\x03\x04 and then nothing", "broken.docx is damaged or no .docx file"),
        ("named.docx", TEXT.encode(), "named.docx is damaged or no .docx file"),
        ("broken.pdf", b"%PDF-1.7 and then nothing", "broken.pdf is damaged or no .pdf file"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0", "picture.png is not a report in .docx, .odt, .pdf, .txt or .md."),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old.doc is an old Word file (.doc)"),
        ("locked.pdf", locked_pdf(), "locked.pdf is protected by a password; remove it"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "locked.docx is protected by a password"),
        ("english.txt", b"The province has 334 postal service points and many letters.", "is not in Vietnamese"),
    ],
)
def test_a_document_that_cannot_be_read_is_refused_in_a_sentence(tmp_path, name, content, said):
    assert said in refusal(stored(tmp_path / name, content))


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert refusal(tmp_path / "report.docx") == f"There is no file {tmp_path / 'report.docx'}."


def test_refusals_are_in_vietnamese_for_vietnamese(tmp_path):
    assert refusal(stored(tmp_path / "a.txt", b""), "vi") == "a.txt không có chữ nào."


def test_a_scanned_pdf_is_refused_as_a_scan(tmp_path):
    documents.scanned_file(tmp_path / "scan.pdf")
    assert "has no text layer on page 1 (it is a scan)" in refusal(tmp_path / "scan.pdf")


@pytest.mark.parametrize("name", ["report.txt", "report.docx", "report.pdf"])
def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path, name):
    with open(tmp_path / name, "wb") as file:
        file.truncate(200 * MEGABYTE)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "has 200 MB, more than the" in refusal(tmp_path / name)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = changed_word(tmp_path / "bomb.docx", "word/document.xml", bytes(300 * MEGABYTE))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "unpacks to far more than a report" in refusal(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


def test_a_pdf_that_unpacks_without_end_is_refused_with_bounded_memory(tmp_path):
    packer, packed = zlib.compressobj(9), b""
    for _ in range(150):
        packed += packer.compress(b" " * 10 * MEGABYTE)
    path = stored(tmp_path / "bomb.pdf", pdf_with(packed + packer.flush(), b"/FlateDecode"))
    said = subprocess.run([sys.executable, "-c", BOUNDED, path], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "needs too much memory" in said.stdout
    assert int(said.stdout.split()[-1]) < 1_100_000


def test_a_word_file_with_external_entities_is_refused_and_nothing_is_fetched(tmp_path, monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("a connection was opened"))
    (tmp_path / "secret.txt").write_text("334 điểm")
    xml = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]><a>&x;</a>'
    path = changed_word(tmp_path / "entities.docx", "word/document.xml", xml.encode())
    assert "declares XML entities" in refusal(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_text_is_read_in_unicode_and_in_windows_encoding(tmp_path, encoding):
    text = TEXT if encoding != "cp1258" else _for_windows(TEXT)
    document = read(stored(tmp_path / "a.txt", text.encode(encoding)))
    assert document.passages[-1].text == TEXT.split("\n")[2]
    assert [str(notice)[-13:] for notice in document.notices] == {
        "utf-16": ["ead as UTF-16."[-13:]],
        "cp1258": ["Windows-1258."],
    }.get(encoding, [])


def _for_windows(text):
    """Windows-1258 writes tones as marks behind the letter, but has ă â ê ô ơ ư as letters."""
    import unicodedata

    found = []
    for letter in text:
        base, *marks = unicodedata.normalize("NFD", letter)
        tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
        rest = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in tones))
        found.append(rest + "".join(tones))
    return "".join(found)


def test_the_old_office_encoding_is_read_with_a_notice(tmp_path):
    from bgtools.read.document.forms.encodings import TCVN3

    table = {new: old for old, new in TCVN3.items()}
    content = "".join(table.get(letter, letter) for letter in TEXT.replace("KẾT QUẢ", "A")).encode("latin-1")
    document = read(stored(tmp_path / "a.txt", content))
    assert (document.passages[-1].text, list(map(str, document.notices))) == (
        TEXT.split("\n")[2],
        ["a.txt is not UTF-8; it was read as TCVN3 (ABC)."],
    )


def word_with(tmp_path, *xml):
    """The passages of a Word file whose body has these elements."""
    document = docx.Document()
    for element in xml:
        document.element.body.insert(-1, parse_xml(element.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))
    document.add_paragraph("Của các đơn vị trong tỉnh Bắc Giang")
    document.save(tmp_path / "a.docx")
    return [passage.text for passage in read(tmp_path / "a.docx").passages][:-1]


def test_tracked_changes_count_as_accepted(tmp_path):
    xml = (
        "<w:p><w:r><w:t>Có </w:t></w:r><w:del><w:r><w:delText>5</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>6</w:t></w:r></w:ins><w:r><w:t> điểm</w:t></w:r></w:p>"
    )
    assert word_with(tmp_path, xml) == ["Có 6 điểm"]


def test_a_file_that_is_put_into_a_word_file_is_told(tmp_path):
    word_with(tmp_path, *[f"<w:altChunk {nsdecls('w')}/>"] * 2)
    assert "2 other files" in " ".join(notice.to("en") for notice in read(tmp_path / "a.docx").notices)


def test_text_boxes_are_read_once(tmp_path):
    box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Có 6 điểm</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    assert word_with(tmp_path, f"<w:p><w:r><w:t>Khung:</w:t></w:r>{box}</w:p>") == ["Khung:", "Có 6 điểm"]


def test_numbers_that_word_gives_to_headings_are_written_out(tmp_path):
    document = docx.Document()
    part = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate([("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)")])
    )
    part.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for depth, text in [(0, "KẾT QUẢ"), (1, "Nổi bật"), (1, "Cụ thể"), (2, "Bưu chính"), (2, "Viễn thông của tỉnh")]:
        paragraph = document.add_paragraph(text)
        numbers = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="90"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(numbers))
    out = io.BytesIO()
    document.save(out)
    found = read(stored(tmp_path / "a.docx", out.getvalue())).passages
    assert [passage.section for passage in found] == ["I", "I.1", "I.2", "I.2.a", "I.2.b"]
