"""Part a run of a Word file in two, so that a stretch of its text is a run of its own, looking as before.

Only runs are parted here; what is put around or in the place of them is made in `comments` and `revisions`.
"""

from copy import deepcopy

from bgtools.word.file.anchors import name_of

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def isolated(piece):
    """Return the run that holds a piece and nothing else, parted from what stands around it.

    Pieces are isolated from the end of the document to its beginning: so the letters before them stay where they are.

    Examples
    --------
    >>> from lxml import etree
    >>> from bgtools.word.file.anchors import Piece
    >>> p = etree.fromstring('<p><r><rPr><b/></rPr><t>Có 34 điểm.</t></r></p>')
    >>> run = isolated(Piece(p.find("r/t"), 3, 5))
    >>> [text.text for text in p.iter("t")], [len(one.findall("rPr/b")) for one in p]
    (['Có ', '34', ' điểm.'], [1, 1, 1])
    """
    text = piece.text
    if piece.end < len(text.text):
        _cut(text, piece.end)
    elif text.getnext() is not None:
        _parted(text.getnext())
    if piece.start > 0:
        return _cut(text, piece.start)
    before = text.getprevious()
    return text.getparent() if before is None or name_of(before) == "rPr" else _parted(text)


def _cut(text, at):
    """Cut a text in two; return the run of the second half."""
    rest = deepcopy(text)
    rest.tail = None
    text.text, rest.text = text.text[:at], text.text[at:]
    for half in (text, rest):
        if half.text != half.text.strip():
            half.set(SPACE, "preserve")
    text.addnext(rest)
    return _parted(rest)


def _parted(child):
    """Move a child of a run, and all behind it, into a run of its own behind that one; return it."""
    run = child.getparent()
    other = run.makeelement(run.tag, dict(run.attrib), nsmap=run.nsmap)
    properties = next((one for one in run if name_of(one) == "rPr"), None)
    if properties is not None:
        other.append(deepcopy(properties))
    for moved in [child, *child.itersiblings()]:
        other.append(moved)
    run.addnext(other)
    return other
