"""Word files of a whole report in four kinds, as offices' programs write them: see `WRITERS`."""

import random
import re
from html import escape

import office
from papers import runs

SPACE = 'xml:space="preserve"'
NUMBER = re.compile(r"((?:[IVX]+|\d{1,2}|\d{1,2}\.\d{1,2})\.|[a-z]\))\s+")
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
    "<w:rPr><w:b/></w:rPr></w:style>"
    for level in range(1, 6)
)
ROMANS = "I II III IV V VI VII VIII IX X".split()
FORMS = (("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)"))


def headed(path, made, chance):
    """Heading styles, numbers typed by hand, footnotes of Word, tables with borders."""
    return _packed(path, made, lambda part: _paragraph(part.text, f"Heading{part.level}" if part.level else ""))


def numbered(path, made, chance):
    """Strict OOXML; the numbers of headings and the dashes of lists are given by Word, bold stands for heading styles."""
    count = [0]

    def write(part):
        found = NUMBER.match(part.text) if part.level else None
        if not found and part.text.startswith(("- ", "• ")):
            return _paragraph(part.text[2:], look='<w:numPr><w:ilvl w:val="4"/><w:numId w:val="1"/></w:numPr>')
        if not found:
            return _paragraph(part.text, bold=bool(part.level))
        count[0] += 1
        numbers.append(_started(count[0] + 1, found[1]))
        depth = _depth(found[1])
        properties = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{count[0] + 1}"/></w:numPr>'
        return _paragraph(part.text[found.end() :], look=properties, bold=True)

    numbers = []
    body = _body(made, write)
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate([*FORMS, ("bullet", "\uf0b7")])
    )
    numbering = (
        f'<w:numbering xmlns:w="{office.STRICT}"><w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>{"".join(numbers)}</w:numbering>'
    )
    parts = office.word_xml(body, notes=_notes(made), strict=True)
    parts["word/numbering.xml"] = numbering
    relations = parts["word/_rels/document.xml.rels"]
    kind = re.search(r'Type="(\S+)/styles"', relations)[1]
    more = f'<Relationship Id="r9" Type="{kind}/numbering" Target="numbering.xml"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = relations.replace("</Relationships>", more)
    return office.packed(path, parts)


def _depth(number):
    return 0 if number[0] in "IVX" else 3 if number.endswith(")") else number.count(".")


def _started(identifier, number):
    """A list that begins with this number."""
    ends = number.rstrip(".)").split(".")
    if number[0] in "IVX":
        starts = {0: 1 + ROMANS.index(ends[0])}
    elif number.endswith(")"):
        starts = {3: ord(ends[0]) - 96}
    else:
        starts = {place + 1: int(one) for place, one in enumerate(ends)}
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for depth, start in starts.items()
    )
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="1"/>{overrides}</w:num>'


def boxed(path, made, chance):
    """A form: text in content controls, in frames and cells of layout, values in fields and controls within lines."""

    def write(part):
        one = _paragraph(part.text, f"Heading{part.level}" if part.level else "", run=_field(chance))
        kind = 0 if part.level else chance.random()
        if kind > 0.8:
            return f"<w:tbl><w:tr><w:tc><w:tcPr/>{one}</w:tc></w:tr></w:tbl><w:p/>"
        if kind > 0.6:
            return _text_box(one)
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{one}</w:sdtContent></w:sdt>" if kind > 0.3 else one

    return _packed(path, made, write, wrap="cells")


def _field(chance):
    """Write some numbers as fields and as controls."""

    def run(text, properties=""):
        kind = chance.random() if text.strip(". ").replace(".", "").isdigit() else 0
        one = _run(text, properties)
        if kind > 0.75:
            return f'<w:fldSimple w:instr=" DOCPROPERTY so{len(text)} ">{one}</w:fldSimple>'
        if kind > 0.5:
            mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
            code = "<w:r><w:instrText> =SUM(B2:B5) </w:instrText></w:r>"
            return f"{mark('begin')}{code}{mark('separate')}{one}{mark('end')}"
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{one}</w:sdtContent></w:sdt>" if kind > 0.25 else one

    return lambda text, properties="": "".join(
        run(piece, properties) for piece in re.split(r"(\d[\d.]*)", text) if piece
    )


def _text_box(paragraph):
    """A box as Word writes it: a shape, and the same once more for older programs."""
    box = f"<w:txbxContent>{paragraph}</w:txbxContent>"
    return (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp xmlns:wps='
        f'"http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:txbx>{box}</wps:txbx></wps:wsp>'
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def tracked(path, made, chance):
    """A draft that went round: runs cut anywhere, changes and comments tracked, hidden text, soft hyphens, hard spaces."""

    def run(text, properties=""):
        places = sorted(chance.sample(range(1, len(text)), min(len(text) - 1, chance.randint(0, 6)))) if text else []
        pieces = [text[start:end] for start, end in zip([0, *places], [*places, len(text)])]
        return "".join(_tracked(chance, piece, properties, place) for place, piece in enumerate(pieces))

    def write(part):
        return _paragraph(part.text, f"Heading{part.level}" if part.level else "", run=run)

    return _packed(path, made, write, run=run)


def _tracked(chance, text, properties, place):
    who = f'w:id="{chance.randrange(10**6)}" w:author="A" w:date="2024-12-01T00:00:00Z"'
    one = _run(text, f"{properties}<w:lang w:val='vi-VN'/>" if place % 2 else properties)
    kind = chance.random()
    if kind < 0.1:
        return f"<w:ins {who}>{one}</w:ins>"
    if kind < 0.2:
        return f"<w:del {who}><w:r><w:delText {SPACE}>{chance.randrange(10**5)} </w:delText></w:r></w:del>{one}"
    if kind < 0.25:
        return f"{one}<w:r><w:rPr><w:vanish/></w:rPr><w:t>{chance.randrange(10**5)}</w:t></w:r>"
    if kind < 0.35:
        return f'<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="{place}" w:name="b"/>{one}<w:bookmarkEnd w:id="{place}"/>'
    return _run(_hard(chance, text), properties) if kind < 0.5 else one


def _hard(chance, text):
    """Put hard spaces for some spaces, and soft hyphens between letters."""
    text = re.sub(r"(?<=\d) (?=[^\W\d_])", "\u00a0", text)
    return re.sub(r"(?<=[^\W\d_]{2})(?=[^\W\d_]{2})", lambda _: "\u00ad" if chance.random() < 0.1 else "", text)


def _packed(path, made, write, wrap="", run=None):
    return office.packed(path, office.word_xml(_body(made, write, wrap, run), notes=_notes(made), styles=STYLES))


def _body(made, write, wrap="", run=None):
    return "".join(_table(part.rows, wrap, run) if part.rows else write(part) for part in made.parts)


def _run(text, properties=""):
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{look}<w:t {SPACE}>{escape(text, quote=False)}</w:t></w:r>"


def _paragraph(text, style="", *, look="", bold=False, run=None):
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    found = []
    for kind, piece in runs(text):
        if kind == "note":
            found.append(f'<w:r><w:footnoteReference w:id="{piece}"/></w:r>')
        elif kind == "raised":
            found.append(_run(piece.translate(_DIGITS), office.SUPER))
        else:
            found.append((run or _run)(piece, "<w:b/>" if bold else ""))
    return f"<w:p><w:pPr>{named}{look}</w:pPr>{''.join(found)}</w:p>"


_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _notes(made):
    """Footnotes as Word has them: the rules that part them from the text come first."""
    return "".join(
        f'<w:footnote w:type="{kind}" w:id="{place}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for place, kind in ((-1, "separator"), (0, "continuationSeparator"))
    ) + "".join(
        f'<w:footnote w:id="{mark}">'
        + _paragraph(f"\ue001 {text}").replace("\ue001", "").replace("<w:r>", "<w:r><w:footnoteRef/></w:r><w:r>", 1)
        + "</w:footnote>"
        for mark, text in made.notes.items()
    )


def _table(rows, wrap, run):
    def cell(text):
        one = f"<w:tc><w:tcPr/>{_paragraph(text, run=run)}</w:tc>"
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{one}</w:sdtContent></w:sdt>" if wrap else one

    grid = "".join('<w:gridCol w:w="1000"/>' for _ in rows[0])
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    lines = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl><w:p/>"


SAVED = "Word of LibreOffice: cut runs, tracked changes, hidden text"
WRITERS = {
    "Word: heading styles, footnotes": headed,
    "Word, Strict: its own numbers and letters": numbered,
    "Word: controls, fields, boxes, cells of layout": boxed,
    SAVED: tracked,  # and saved once more by LibreOffice
}


def written(kind, path, made, seed):
    """Write a paper in one of the kinds."""
    return WRITERS[kind](path, made, random.Random(seed))
