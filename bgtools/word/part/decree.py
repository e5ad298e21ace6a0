"""A Word document in the layout of Decree 30/2020: page, letters, headings, tables whose heads repeat, figures.

Every number that is written with its key gets a bookmark, so that it can be found again. What is written is decided in
`composition`.
"""

import io
import re
import zipfile

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from bgtools.word.file.container import STAMP

FONT = "Times New Roman"
PAGE = {
    "page_width": 21.0,
    "page_height": 29.7,
    "top_margin": 2.0,
    "bottom_margin": 2.0,
    "left_margin": 3.0,
    "right_margin": 1.5,
}
TEXT_WIDTH = 16.5
FIGURE_WIDTH = 16.0
LONGEST_NAME = 40  # of a bookmark, as Word allows


class Paper:
    """A document that is being written.

    Parameters
    ----------
    title, author : str
        Of the file's properties.
    """

    def __init__(self, title, author):
        self.document = docx.Document()
        self.names, self.marks, self.counts = {}, 0, {}
        properties = self.document.core_properties
        properties.title, properties.author, properties.comments = title, author, ""
        section = self.document.sections[0]
        for name, centimetres in PAGE.items():
            setattr(section, name, Cm(centimetres))
        for name, size, bold in (
            ("Normal", 14, False),
            ("Heading 1", 14, True),
            ("Heading 2", 14, True),
            ("Caption", 13, False),
        ):
            _style(self.document.styles[name], size, bold)
        _number_pages(section)

    def line(self, text, *, bold=False, italic=False, size=14, space=0):
        """Write a centred line of the head."""
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(space)
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)

    def heading(self, text, level=1):
        self.document.add_heading(text, level)

    def text(self, pieces):
        """Write a paragraph of the running text.

        Parameters
        ----------
        pieces : sequence of (str, str)
            Each with the key of the number that it is; empty for words.
        """
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        form = paragraph.paragraph_format
        form.first_line_indent, form.space_after = Cm(1.27), Pt(6)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.15
        for piece, key in pieces:
            self._run(paragraph, piece, key)

    def caption(self, kind, text, *, above=False):
        """Write a caption whose number Word counts."""
        paragraph = self.document.add_paragraph(style="Caption")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = above
        self.counts[kind] = self.counts.get(kind, 0) + 1
        paragraph.add_run(f"{kind} ").bold = True
        for run in _field(paragraph, f"SEQ {kind} \\* ARABIC", str(self.counts[kind])):
            run.bold = True
        paragraph.add_run(f". {text}").bold = True

    def note(self, text):
        """Write a line below a table: an explanation, or nothing but some room."""
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(6)
        run = paragraph.add_run(text)
        run.italic, run.font.size = True, Pt(12)

    def table(self, heads, widths, rows):
        """Write a table.

        Parameters
        ----------
        heads : sequence of str
        widths : sequence of float
            In centimetres.
        rows : sequence of sequence of (str, str)
            Cells, each with the key of the number that it is.
        """
        table = self.document.add_table(rows=0, cols=len(heads), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, widths):
            column.width = Cm(width)
        self._row(table, [(head, "") for head in heads], widths, head=True)
        for row in rows:
            self._row(table, row, widths)

    def figure(self, content, description, name):
        """Show a picture, with the description for those who cannot see it."""
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(content), width=Cm(FIGURE_WIDTH))
        about = shape._inline.docPr
        about.set("name", name)
        about.set("descr", description)

    def content(self):
        """Return the file as bytes, the same whenever it is made."""
        buffer = io.BytesIO()
        self.document.save(buffer)
        out = io.BytesIO()
        with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for info in made.infolist():
                entry = zipfile.ZipInfo(info.filename, STAMP)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, made.read(info))
        return out.getvalue()

    def _row(self, table, cells, widths, *, head=False):
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if head:
            properties.append(OxmlElement("w:tblHeader"))
        for place, (cell, (text, key), width) in enumerate(zip(row.cells, cells, widths)):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            left = place == 1 and not head
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            run = self._run(paragraph, text, key)
            run.font.size, run.bold = Pt(13), head

    def _run(self, paragraph, text, key):
        """Write a run, within a bookmark of its key."""
        if not key:
            return paragraph.add_run(text)
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        self.marks += 1
        for mark in (start, end):
            mark.set(qn("w:id"), str(self.marks))
        start.set(qn("w:name"), self._name(key))
        paragraph._p.append(start)
        run = paragraph.add_run(text)
        paragraph._p.append(end)
        return run

    def _name(self, key):
        """Return the name of a bookmark for a key: letters, digits and _, never the same twice."""
        plain = re.sub(r"\W+", "_", f"bg_{key}").strip("_")[: LONGEST_NAME - 4]
        self.names[plain] = self.names.get(plain, 0) + 1
        return plain if self.names[plain] == 1 else f"{plain}_{self.names[plain]}"


def _style(style, size, bold):
    font, fonts = style.font, style.element.get_or_add_rPr().get_or_add_rFonts()
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)
    for name in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    style.paragraph_format.space_before = Pt(10 if style.name.startswith("Heading") else 0)
    style.paragraph_format.space_after = Pt(6)


def _number_pages(section):
    """Number the pages at the head, in the middle, from the second on."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for run in _field(paragraph, "PAGE", "2"):
        run.font.size = Pt(13)


def _field(paragraph, instruction, shown):
    """Write a field; return its runs."""
    runs = []
    for kind in ("begin", instruction, "separate", shown, "end"):
        run = paragraph.add_run(kind if kind == shown else "")
        if kind == instruction:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = f" {instruction} "
            run._r.append(element)
        elif kind != shown:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
            run._r.append(element)
        runs.append(run)
    return runs
