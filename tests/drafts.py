"""Word files of drafts in the forms that offices hand round: split runs, tracked changes, links, controls, boxes.

A form wraps pieces of a paragraph's text; all files are made from the same text and are the same for the same seed.
"""

import html
import io
import random
import re
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MARK = re.compile("[¹²³⁴⁵⁶⁷⁸⁹]")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*%?")
BOLD = "<w:rPr><w:b/></w:rPr>"


def run(text, properties=""):
    return f'<w:r>{properties}<w:t xml:space="preserve">{html.escape(text, quote=False)}</w:t></w:r>' if text else ""


def plain(text, chance):
    return run(text)


def split(text, chance):
    """Runs end anywhere, within numbers too."""
    cuts = sorted(chance.sample(range(1, len(text)), min(len(text) - 1, len(text) // 7))) if len(text) > 1 else []
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)])]
    return "".join(run(piece, BOLD if place % 3 == 1 else "") for place, piece in enumerate(pieces))


def around_numbers(wrap):
    """Make a form that wraps some of the numbers."""

    def form(text, chance):
        out, end = [], 0
        for match in NUMBER.finditer(text):
            wrapped = wrap(match[0], chance) if chance.random() < 0.6 else run(match[0])
            out += [run(text[end : match.start()]), wrapped]
            end = match.end()
        return "".join([*out, run(text[end:])])

    return form


def _inserted(text, chance):
    old = f'<w:del w:id="{chance.randrange(900, 9000)}" w:author="Người soạn"><w:r><w:delText>{chance.randrange(100)}</w:delText></w:r></w:del>'
    return f'{old}<w:ins w:id="{chance.randrange(900, 9000)}" w:author="Người soạn">{run(text)}</w:ins>'


def _field(text, chance):
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> QUOTE {text} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(text)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


tracked = around_numbers(_inserted)
linked = around_numbers(lambda text, chance: f'<w:hyperlink w:anchor="so">{run(text, BOLD)}</w:hyperlink>')
controlled = around_numbers(
    lambda text, chance: (
        f'<w:sdt><w:sdtPr><w:alias w:val="số"/></w:sdtPr><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>'
    )
)
simple_fields = around_numbers(
    lambda text, chance: f'<w:fldSimple w:instr=" DOCPROPERTY so ">{run(text)}</w:fldSimple>'
)
fields = around_numbers(_field)


def mixed(text, chance):
    return chance.choice(FORMS[:-1])(text, chance)


FORMS = [plain, split, tracked, linked, controlled, simple_fields, fields, mixed]
BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="5400000" cy="900000"/>'
    '<wp:docPr id="{number}" name="Hộp {number}"/><a:graphic>'
    '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
    '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5400000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
    "<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>"
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox>"
    "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def paragraph(inside, properties=""):
    return f"<w:p>{properties}{inside}</w:p>"


def row(cells):
    return "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"


def draft(text, form=plain, *, seed=0, boxes=0, tables=False, comments=False, of_notes=None):
    """Return a Word file of a report's text, as bytes.

    Parameters
    ----------
    text : str
        A paragraph on each line; footnotes open with their mark.
    form : callable
        One of FORMS.
    boxes : int
        Every so many paragraphs one stands in a text box; 0 for none.
    tables : bool
        Items with a colon stand as rows of a table.
    comments : bool
        Others have put comments already.
    of_notes : callable, optional
        The form of the footnotes, if it is another one.
    """
    chance = random.Random(seed)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    notes = {line[0]: line[1:].strip() for line in lines if MARK.match(line)}
    body, rows = [], []
    for place, line in enumerate(line for line in lines if not MARK.match(line)):
        item = re.match(r"[-–•+]\s+([^:]+):\s*([^:]+)$", line) if tables else None
        if item:
            rows.append(row([form(item[1], chance), form(item[2], chance)]))
            continue
        body += _table(rows)
        inside = _with_marks(line, notes, form, chance)
        if boxes and place % boxes == boxes - 1 and len(line) > 60 and not MARK.search(line):
            inside = BOX.format(number=place, inside=paragraph(inside))
        body.append(paragraph(inside))
    body += _table(rows)
    return package("".join(body), [(of_notes or form)(note, chance) for note in notes.values()], comments=comments)


def _table(rows):
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{''.join(rows)}</w:tbl>" if rows else ""
    rows.clear()
    return [table]


def _with_marks(line, notes, form, chance):
    parts = re.split(f"({MARK.pattern})", line)
    order = list(notes)
    return "".join(
        f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{order.index(part) + 2}"/></w:r>'
        if part in notes
        else form(part, chance)
        for part in parts
        if part
    )


def package(body, notes=(), *, comments=False, media=None, properties=""):
    """Return a Word file made of the XML of its body and notes, as bytes."""
    media = media or {}
    kinds = {"footnotes": bool(notes), "comments": comments, "styles": True}
    relations = [
        f'<Relationship Id="r{name}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>'
        for name, there in kinds.items()
        if there
    ]
    relations += [
        f'<Relationship Id="{name.split(".")[0]}" Type="{RELATIONS}/image" Target="media/{name}"/>' for name in media
    ]
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{MAIN}.{name}+xml"/>'
        for name, there in kinds.items()
        if there
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="{MAIN}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(relations)}</Relationships>',
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}<w:sectPr>{properties}</w:sectPr></w:body></w:document>",
        "word/styles.xml": f'<w:styles {SPACES}><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>',
    }
    if notes:
        separators = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for number, kind in enumerate(("separator", "continuationSeparator"))
        )
        texts = "".join(
            f'<w:footnote w:id="{number}">{paragraph("<w:r><w:footnoteRef/></w:r>" + run(" ") + note)}</w:footnote>'
            for number, note in enumerate(notes, start=2)
        )
        parts["word/footnotes.xml"] = f"<w:footnotes {SPACES}>{separators}{texts}</w:footnotes>"
    if comments:
        parts["word/comments.xml"] = (
            f'<w:comments {SPACES}><w:comment w:id="4" w:author="Lãnh đạo">{paragraph(run("Xem lại."))}</w:comment></w:comments>'
        )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(
                zipfile.ZipInfo(name), '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + content
            )
        for name, content in media.items():
            archive.writestr(zipfile.ZipInfo(f"word/media/{name}"), content)
    return buffer.getvalue()


def picture(embed, name="", description="", *, number=1):
    """Return the paragraph of a picture, as XML; `embed` is the name of its file in `media`, without ending."""
    size = 'cx="5760000" cy="2880000"'
    return paragraph(
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent ' + size + "/>"
        f'<wp:docPr id="{number}" name="{name}" descr="{html.escape(description)}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{embed}"/>'
        f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )
