"""Texts and files of any size that made readers take long, or break: each kind by the reader that gets it.

`make(size)` is about `size` letters or bytes long. Used by the tests, and by `benchmarks/growth.py`.
"""

import json
import zipfile

import office

PROSE = {
    "words of exactness": "ước đạt |a 5",
    "other words of exactness": "ước khoảng |a 5",
    "numbers in one paragraph": "Có 5 lớp, ",
    "n of N": "5/9 điểm, ",
    "one long word": "a",
    "one long word of accents": "ế",
    "lines without a full stop": "Có 5 lớp tập huấn\n",
    "short lines of digits": "12\n",
    "ranges in a row": "5 tới ",
    "ranges of another word": "5 đến ",
    "dashes": "5-",
    "decimal commas": "5,",
    "points": "1.",
    "digits": "9",
    "digits parted by spaces": "5 000 ",
    "multipliers": "5 tỷ ",
    "percents": "5% ",
    "opened brackets": "(5 ",
    "closed brackets": "5) ",
    "quotation marks": '"5 ',
    "dates": "ngày 5/5/2024 ",
    "years": "năm 2024, ",
    "times": "so với cùng kỳ ",
    "reaches of years": "2020-2025 ",
    "places": "tỉnh Bắc Giang 5 xã ",
    "other places": "huyện Lục Ngạn 5 xã, ",
    "names of persons": "Ông Lê Văn Mẫu nộp 5 triệu, ",
    "initials": "A. ",
    "documents": "Quyết định số 5/QĐ-UBND ",
    "footnote marks": "a¹ ",
    "footnotes": "¹ Tăng 5 điểm.\n",
    "items": "- Có 5 điểm;\n",
    "headings": "1. Bưu chính\n",
    "headings of depth": "1.1.1.1. A\n",
    "rows of a table": "| a | 5 | 6 |\n",
    "cells of a row": "| 5 ",
    "tabs": "a\t5\t",
    "spaces": " ",
    "empty lines": "\n",
    "ends of pages": "\f\n",
    "colons": "gồm: ",
    "semicolons": "5 xã; ",
    "shares": "trong đó 5 lớp, ",
    "numbers in words": "hai mươi (20) lớp, ",
}
HTML = {
    "opened tags": "<a",
    "nested tags": "<b><i>",
    "closed tags": "</b>",
    "comments": "<!--",
    "references": "&amp",
    "rows of a table": "<tr><td>5",
    "ranges": "1-",
    "brackets": "[",
    "pictures": "![",
    "emphasis": "*a_",
    "ticks": "`a",
}
NUMBERS = ("5,", "1.", "1", "5 đến ", "5-", "9", "5 tỷ ", " ", "khoảng ", "5/", "ước ", "5 000")


def repeated(text):
    """A maker of texts in which a piece is repeated; what follows ``|`` stands at the end."""
    piece, _, end = text.partition("|") if text[0] != "|" else (text, "", "")
    return lambda size: piece * (size // len(piece.encode()) + 1) + end


def word(body):
    """A maker of the body of a Word file."""
    return lambda size: office.paragraph("Toàn tỉnh có 340 điểm phục vụ bưu chính.") + body(size)


def many(piece, before="", after=""):
    return lambda size: before + piece * (size // len(piece) + 1) + after


def odt(size):
    return "<text:p>Toàn tỉnh có 340 điểm phục vụ bưu chính.</text:p>" * (size // 70 + 1)


def csv(line, header=True):
    head = "indicator,category,value,lower,upper,qualifier,status,printed,section,as_of,note\n" if header else ""
    return lambda size: head + line * (size // len(line) + 1)


def notebook(cells):
    return lambda size: json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells(size)})


def code(source, tags=()):
    return {"cell_type": "code", "metadata": {"tags": list(tags)}, "source": source, "outputs": []}


RUN = "<w:r><w:t>Có 5 lớp, </w:t></w:r>"
CELL = "<w:tc><w:p><w:r><w:t>5</w:t></w:r></w:p></w:tc>"
NOTED = '<w:p><w:r><w:t>Có 5</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
BOOKMARK = '<w:bookmarkStart w:id="1" w:name="a"/>'
KINDS = {
    **{("statements", name): repeated(text) for name, text in PROSE.items()},
    **{("numbers", f"{text}..."): repeated(text) for text in NUMBERS},
    ("numbers", "1.1 and ones"): lambda size: "1.1" + "1" * size,
    **{("HTML", name): repeated(text) for name, text in HTML.items()},
    ("HTML", "a picture in it"): lambda size: f'<img src="data:image/png;base64,{"A" * size}">a',
    ("printed output", "a long line"): repeated("a"),
    ("printed output", "addresses"): repeated("0x7f00112233 "),
    ("printed output", "paths"): repeated("/a/site-packages/"),
    ("expressions", "sums"): repeated("telecom.bts + |1 == 1"),
    ("expressions", "brackets"): repeated("("),
    ("CSV", "lines"): csv("telecom.bts,,5,,,=,A,5,I.1,,\n"),
    ("CSV", "cells of a line"): csv("5,"),
    ("CSV", "quotation marks"): csv('"a""b",'),
    ("CSV", "one cell without an end"): csv('"' + "a" * 50),
    ("CSV", "lines without a head"): csv("a;b\n", header=False),
    ("descriptor", "fields"): lambda size: json.dumps(
        {"resources": [{"name": "units", "path": "units.csv", "schema": {"fields": [{"name": "a"}] * (size // 14)}}]}
    ),
    ("descriptor", "resources"): lambda size: json.dumps({"resources": [{"name": "units", "path": "a"}] * (size // 30)}),
    ("descriptor", "brackets"): repeated("["),
    ("notebooks", "cells"): notebook(lambda size: [code("1")] * (size // 80 + 1)),
    ("notebooks", "parameters"): notebook(lambda size: [code('a = "b"\n' * (size // 10), ["parameters"])]),
    ("notebooks", "brackets"): repeated('{"a":'),
    ("docx", "paragraphs"): word(many(office.paragraph("Toàn tỉnh có 340 điểm phục vụ."))),
    ("docx", "runs of a paragraph"): word(many(RUN, "<w:p>", "</w:p>")),
    ("docx", "rows of a table"): word(many(f"<w:tr>{CELL * 3}</w:tr>", "<w:tbl>", "</w:tbl>")),
    ("docx", "cells of a row"): word(many(CELL, "<w:tbl><w:tr>", "</w:tr></w:tbl>")),
    ("docx", "references to footnotes"): word(many(NOTED)),
    ("docx", "bookmarks"): word(many(BOOKMARK, "<w:p>", "</w:p>")),
    ("odt", "paragraphs"): odt,
    ("PDF", "letters of a page"): lambda size: b"BT /F 9 Tf 50 700 Td (Co 5 lop) Tj ET " * (size // 40 + 1),
    ("PDF", "lines drawn on a page"): lambda size: b"50 700 m 400 700 l S " * (size // 21 + 1),
}  # fmt: skip


def packed_odt(path, body):
    space = "urn:oasis:names:tc:opendocument:xmlns"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:text="{space}:text:1.0" '
            f'xmlns:table="{space}:table:1.0"><office:body><office:text>{body}</office:text></office:body>'
            "</office:document-content>",
        )
    return path


def pdf_page(path, content):
    """A PDF file of one page with this content."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>/Contents 3 0 R>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, start=1))
    path.write_bytes(b"%PDF-1.4\n" + body + b"trailer<</Size 6/Root 1 0 R>>\n%%EOF")
    return path
