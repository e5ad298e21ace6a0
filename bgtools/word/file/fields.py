"""Fields of a Word file, whose text Word computes: which elements one consists of, written so that it can be struck out.

A number that stands in a field cannot be changed within it: the next update would bring it back. The whole field is
replaced by its text.
"""

from lxml import etree

from bgtools.word.file.anchors import name_of
from bgtools.word.file.splitting import SPACE


def field_of(run):
    """Return the runs of the field that a run is part of the result of, in their order; none where it is in no field.

    A simple field is written out as runs first, which is the same field.

    Examples
    --------
    >>> p = etree.fromstring('<p><fldSimple instr=" REF a "><r><t>34</t></r></fldSimple></p>')
    >>> [name_of(one[-1]) for one in field_of(p.find("fldSimple/r"))], name_of(p[0])
    (['fldChar', 'instrText', 'fldChar', 't', 'fldChar'], 'r')
    """
    simple = next((one for one in run.iterancestors() if name_of(one) == "fldSimple"), None)
    if simple is not None:
        return _written_out(simple, run.tag[: -len("r")])
    before = _until(run, "begin", "end", run.itersiblings(preceding=True))
    behind = _until(run, "end", "begin", run.itersiblings())
    return [*reversed(before), run, *behind] if before and behind else []


def results(field):
    """Return the runs of a field that hold its text."""
    kinds = [_kind(run) for run in field]
    start = len(kinds) - 1 - kinds[::-1].index("separate") if "separate" in kinds else len(kinds)
    return [run for run in field[start + 1 :] if any(name_of(one) in ("t", "delText") for one in run)]


def _until(run, wanted, nested, siblings):
    """Return the siblings up to the one that opens, or closes, the field; none where there is none."""
    found, depth = [], 0
    for one in siblings:
        if name_of(one) != "r":
            return []
        found.append(one)
        kind = _kind(one)
        if kind == nested:
            depth += 1
        elif kind == wanted and depth:
            depth -= 1
        elif kind == wanted:
            return found
    return []


def _kind(run):
    return next(
        (
            value
            for one in run
            if name_of(one) == "fldChar"
            for value in one.attrib.values()
            if value in ("begin", "separate", "end")
        ),
        "",
    )


def _written_out(simple, space):
    """Put runs in the place of a simple field; return them."""
    instruction = next((value for key, value in simple.attrib.items() if key.rsplit("}", 1)[-1] == "instr"), "")
    inside = list(simple)
    runs = [
        _sign(simple, space, "begin"),
        simple.makeelement(f"{space}r", nsmap=simple.nsmap),
        _sign(simple, space, "separate"),
    ]
    text = etree.SubElement(runs[1], f"{space}instrText")
    text.text = instruction
    text.set(SPACE, "preserve")
    field = [*runs, *inside, _sign(simple, space, "end")]
    for one in field:
        simple.addprevious(one)
    simple.getparent().remove(simple)
    return [one for one in field if name_of(one) == "r"]


def _sign(simple, space, kind):
    run = simple.makeelement(f"{space}r", nsmap=simple.nsmap)
    etree.SubElement(run, f"{space}fldChar").set(f"{space}fldCharType", kind)
    return run
