"""Make Word and PDF files of a report text, as an office would: footnotes at their marks, a table, cut lines."""

import re
import textwrap

import docx
import matplotlib
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
MARK = re.compile("[¹²³⁴⁵⁶⁷⁸⁹]")


def word_file(path, text, *, table=()):
    """Write the text as a Word file: paragraphs, footnotes in their own part, lines that are in `table` as rows."""
    lines = [line for line in text.split("\n") if line.strip()]
    notes = {line[0]: line[1:].strip() for line in lines if MARK.match(line)}
    document = docx.Document()
    grid = None
    for line in (line for line in lines if not MARK.match(line)):
        if line in table:
            grid = grid or document.add_table(rows=0, cols=2)
            for cell, part in zip(grid.add_row().cells, line.split(":", 1)):
                cell.text = part.strip()
        else:
            grid = None
            _paragraph(document, line, notes)
    _footnotes(document, notes)
    document.save(path)


def _paragraph(document, line, notes):
    paragraph = document.add_paragraph()
    for part in re.split(f"({MARK.pattern})", line):
        run = paragraph.add_run("" if part in notes else part)
        if part in notes:
            number = list(notes).index(part) + 1
            run._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="{number}"/>'))


def _footnotes(document, notes):
    texts = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t></w:r>'
        "</w:p></w:footnote>"
        for number, text in enumerate(notes.values(), start=1)
    )
    blob = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>{texts}</w:footnotes>'.encode()
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def pdf_file(path, text, *, width=92, height=48):
    """Write the text as a PDF file with a text layer: lines cut at the margin, page numbers at the foot."""
    lines = [part for line in text.split("\n") for part in textwrap.wrap(line, width, break_on_hyphens=False)]
    pages = [lines[start : start + height] for start in range(0, len(lines), height)]
    with matplotlib.rc_context({"pdf.fonttype": 42, "font.family": "DejaVu Sans"}), PdfPages(path) as pdf:
        for number, page in enumerate(pages, start=1):
            figure = Figure(figsize=(8.27, 11.69))
            for row, line in enumerate(page):
                figure.text(0.08, 0.95 - row * 0.018, line, size=8)
            figure.text(0.5, 0.03, str(number), size=8)
            pdf.savefig(figure)


def scanned_file(path):
    """Write a PDF file that holds pictures only."""
    with PdfPages(path) as pdf:
        figure = Figure(figsize=(4, 4))
        figure.figimage([[0.0, 1.0], [1.0, 0.0]])
        pdf.savefig(figure)
