"""Put the period's figures in the place of stale and altered ones, with caption, source and alt text.

The old picture stays, struck out, until a person has decided. Which pictures are meant is told in `pictures`.
"""

from copy import deepcopy
from io import BytesIO

from lxml import etree

from bgdata.voice import Message
from bgtools.word.file.anchors import name_of
from bgtools.word.file.splitting import SPACE
from bgtools.word.pictures import CAPTION, text_of

EMU = 360_000  # a centimetre, as Word measures drawings
WIDTH = 16.0
IMAGE = "image/png"
DRAWING = (
    '<w:drawing xmlns:w="{w}" xmlns:r="{r}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{number}" name=""/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
    '<pic:cNvPr id="{number}" name=""/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=""/><a:stretch><a:fillRect/>'
    '</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
)
STRICT = "http://purl.oclc.org/ooxml/"
R = {
    True: STRICT + "officeDocument/relationships",
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}


def redraw(draft, shown, revisions, lang):
    """Propose the period's figures, and the captions that lack or are those of others.

    Parameters
    ----------
    draft : bgtools.word.manuscript.Manuscript
    shown : list of Shown
    revisions : Revisions
    lang : {"vi", "en"}

    Returns
    -------
    int
        How many figures and captions are proposed.
    """
    count = 0
    for one in shown:
        if one.current is None:
            continue
        if one.state in ("stale", "altered"):
            _redrawn(draft, one, revisions)
            count += 1
        if any(remark.kind == "caption" for remark in one.remarks):
            _captioned(draft, one, revisions, lang)
            count += 1
    return count


def _redrawn(draft, shown, revisions):
    """Strike the picture out and propose the figure behind it, as wide as that one was."""
    run = shown.drawing.getparent()
    while name_of(run) != "r":
        run = run.getparent()
    drawing = deepcopy(shown.drawing) if name_of(shown.drawing) == "drawing" else None
    new = _alone(run)
    new.append(picture(draft, shown.current, revisions, drawing))
    revisions.delete(run)
    revisions.insert_behind(run, new)


def _alone(run):
    """Return an empty run that looks like another one."""
    new = run.makeelement(run.tag, nsmap=run.nsmap)
    for properties in [deepcopy(one) for one in run if name_of(one) == "rPr"]:
        new.append(properties)
    return new


def picture(draft, drawn, revisions, drawing=None):
    """Return a drawing that shows a figure; made from another drawing, it keeps its place and width.

    Parameters
    ----------
    draft : Manuscript
    drawn : bgtools.word.pictures.Drawn
    revisions : Revisions
    drawing : lxml element, optional
    """
    from PIL import Image

    with Image.open(BytesIO(drawn.content)) as image:
        height = image.height / image.width
    revisions.number += 1
    if drawing is None:
        space = revisions.space.strip("{}")
        cx = round(WIDTH * EMU)
        text = DRAWING.format(
            w=space, r=R[space.startswith(STRICT)], cx=cx, cy=round(cx * height), number=revisions.number
        )
        drawing = etree.fromstring(text)
    caption, description = drawn.about
    for element in drawing.iter():
        name = name_of(element)
        if name == "blip":
            _embed(element, draft, drawn)
        elif name in ("extent", "ext") and element.get("cx"):
            element.set("cy", str(round(int(element.get("cx")) * height)))
        elif name in ("docPr", "cNvPr"):
            element.set("name", drawn.name)
            element.set("descr", description)
            element.set("id", str(revisions.number))
    for cropped in [one for one in drawing.iter() if name_of(one) == "srcRect"]:
        cropped.getparent().remove(cropped)
    return drawing


def _embed(blip, draft, drawn):
    """Name the figure's own part in a picture; the part is added to the file."""
    container = draft.container
    folder = container.main.rpartition("/")[0]
    part = f"{folder}/media/bgdata-{drawn.period}-{drawn.name}.png".lstrip("/")
    if part not in container.changed:
        container.changed[part] = drawn.content
        container.declare(part, IMAGE)
    known = {target: identifier for identifier, target in container.related(container.main).items()}
    identifier = known.get(part) or container.relate(container.main, "image", part)
    key = next((name for name in blip.attrib if name.endswith("}embed")), None)
    blip.set(key, identifier)


def _captioned(draft, shown, revisions, lang):
    """Propose the figure's caption: in the place of a wrong one, else as a paragraph behind the figure."""
    caption, paragraph = shown.current.about[0], _paragraph(shown.drawing)
    if shown.caption is not None:
        _reworded(shown.caption, caption, revisions)
    else:
        paragraph.addnext(captioned(draft, caption, revisions, paragraph, lang))


def _paragraph(element):
    return next(one for one in element.iterancestors() if name_of(one) == "p")


def _reworded(paragraph, caption, revisions):
    """Propose other words behind the number of a caption."""
    words = CAPTION.match(text_of(paragraph))["words"]
    runs = [
        one.getparent() for one in paragraph.iter() if name_of(one) == "t" and one.text and one.text.strip() in words
    ]
    runs = [
        run
        for run in dict.fromkeys(runs)
        if not any(name_of(one) in ("del", "fldSimple") for one in run.iterancestors())
    ]
    if not runs:
        return
    new = _text(_alone(runs[-1]), caption, revisions.space)
    for run in runs:
        revisions.delete(run)
    revisions.insert_behind(runs[-1], new)


def captioned(draft, caption, revisions, beside, lang):
    """Return a proposed paragraph with a caption, its number and the source.

    Parameters
    ----------
    draft : Manuscript
    caption : str
    revisions : Revisions
    beside : lxml element
        A paragraph of the document.
    lang : {"vi", "en"}
    """
    space = revisions.space
    paragraph = proposed_paragraph(revisions, beside, style=_style(draft), centred=True)
    say = Message("Figure").to(lang)
    before = [
        one
        for one in draft.anchors.trees[draft.container.main].iter()
        if name_of(one) in ("instrText", "fldSimple") and f"SEQ {say}" in _instruction(one)
    ]
    inserted = revisions.mark("ins", beside)
    paragraph.append(inserted)
    source = draft.package.periods[draft.period][f"source_{lang}"]
    for part in (
        f"{say} ",
        f" SEQ {say} \\* ARABIC ",
        str(len(before) + 1),
        f". {caption}",
        None,
        Message("Source: {source}.", source=source).to(lang),
    ):
        run = etree.SubElement(inserted, f"{space}r")
        if part is None:
            etree.SubElement(run, f"{space}br")
        elif part.startswith(" SEQ"):
            _field(run, part, space)
        else:
            _text(run, part, space)
        if part == str(len(before) + 1):
            _end(etree.SubElement(inserted, f"{space}r"), "end", space)
    return paragraph


def proposed_paragraph(revisions, beside, *, style="", centred=False):
    """Return an empty paragraph that is an insertion itself, mark and all."""
    space = revisions.space
    paragraph = beside.makeelement(f"{space}p", nsmap=beside.nsmap)
    properties = etree.SubElement(paragraph, f"{space}pPr")
    if style:
        etree.SubElement(properties, f"{space}pStyle").set(f"{space}val", style)
    if centred:
        etree.SubElement(properties, f"{space}jc").set(f"{space}val", "center")
    etree.SubElement(properties, f"{space}rPr").append(revisions.mark("ins", beside))
    return paragraph


def _style(draft):
    """Return the identifier of the document's style for captions; empty where it has none."""
    for part in draft.container.targets(draft.container.main, "styles"):
        for style in draft.container.tree(part):
            name = next((one for one in style if name_of(one) == "name"), None)
            if name is not None and any(value.lower() == "caption" for value in name.attrib.values()):
                return next(value for key, value in style.attrib.items() if key.endswith("}styleId"))
    return ""


def _instruction(element):
    return (element.text or "") + " ".join(element.attrib.values())


def _text(run, text, space):
    element = etree.SubElement(run, f"{space}t")
    element.text = text
    element.set(SPACE, "preserve")
    return run


def _field(run, instruction, space):
    """Begin a field: its number stands behind it."""
    _end(run, "begin", space)
    element = etree.SubElement(run, f"{space}instrText")
    element.text = instruction
    element.set(SPACE, "preserve")
    _end(run, "separate", space)


def _end(run, kind, space):
    etree.SubElement(run, f"{space}fldChar").set(f"{space}fldCharType", kind)
