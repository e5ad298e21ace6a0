"""Put comments into a Word file: their anchors in the document, their texts in the part for comments.

Nothing else is changed: a run may be parted so that a comment stands at its number, and looks as before. What stands
in a note or a text box is commented on where the note's mark, or the box, stands.
"""

from lxml import etree

from bgtools.word.file.anchors import name_of
from bgtools.word.file.container import Container
from bgtools.word.file.splitting import SPACE, isolated

AUTHOR, INITIALS = "bgdata", "bg"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def comment(container: Container, tree, remarks):
    """Put comments into a document.

    Parameters
    ----------
    container : Container
        Its main part and its part for comments are changed.
    tree : lxml element
        Of the main part, in which the anchors lie.
    remarks : sequence of (Anchor, list of str)
        Each with the paragraphs of its comment.
    """
    if not remarks:
        return
    space = tree.tag[: -len("document")]
    part, comments = _part(container, space)
    number = 1 + max((int(one.get(f"{space}id") or 0) for one in comments), default=-1)
    in_order = sorted(remarks, key=lambda pair: pair[0].at)
    for identifier, (_, paragraphs) in enumerate(in_order, start=number):
        comments.append(_comment(comments, space, identifier, paragraphs))
    for identifier, (anchor, _) in reversed(list(enumerate(in_order, start=number))):
        _mark(anchor, space, identifier)
    container.put(part, comments)
    container.put(container.main, tree)


def _part(container, space):
    """Return the name and the root of the part for comments; it is made where there is none."""
    for part in container.targets(container.main, "comments"):
        tree = container.tree(part)
        if tree is not None:
            return part, tree
    folder = container.main.rpartition("/")[0]
    part = f"{folder}/comments.xml".lstrip("/")
    if part in container.names:
        part = f"{folder}/comments-bgdata.xml".lstrip("/")
    container.relate(container.main, "comments", part)
    container.declare(part, CONTENT_TYPE)
    return part, etree.Element(f"{space}comments", nsmap={"w": space.strip("{}")})


def _comment(comments, space, identifier, paragraphs):
    element = etree.SubElement(comments, f"{space}comment")
    for name, value in (("id", str(identifier)), ("author", AUTHOR), ("initials", INITIALS)):
        element.set(f"{space}{name}", value)
    for number, words in enumerate(paragraphs):
        paragraph = etree.SubElement(element, f"{space}p")
        if number == 0:
            etree.SubElement(etree.SubElement(paragraph, f"{space}r"), f"{space}annotationRef")
        text = etree.SubElement(etree.SubElement(paragraph, f"{space}r"), f"{space}t")
        text.text = words
        text.set(SPACE, "preserve")
    return element


def _mark(anchor, space, identifier):
    """Put the two ends of a comment around its runs, and its mark behind them."""
    runs = [isolated(piece) for piece in reversed(anchor.pieces)] if not anchor.inside else []
    first, last = (runs[-1], runs[0]) if runs else (anchor.host.getparent(),) * 2
    ends = {
        name: first.makeelement(f"{space}{name}", {f"{space}id": str(identifier)}, nsmap=first.nsmap)
        for name in ("commentRangeStart", "commentRangeEnd")
    }
    first.addprevious(ends["commentRangeStart"])
    last.addnext(ends["commentRangeEnd"])
    run = first.makeelement(f"{space}r", nsmap=first.nsmap)
    etree.SubElement(run, f"{space}commentReference").set(f"{space}id", str(identifier))
    _outermost(ends["commentRangeEnd"]).addnext(run)


def _outermost(element):
    """Return what holds an element within its paragraph: an insertion, a link, a field; else the element itself."""
    above = [element, *element.iterancestors()]
    return next((one for one, parent in zip(above, above[1:]) if name_of(parent) == "p"), element)
