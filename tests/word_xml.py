"""Word files as XML: what a copy adds to them, and what stands under a comment."""

import io
import zipfile

from lxml import etree

MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")


def parts(content):
    """Return the parts of a Word file by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def local(element):
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def value(element, name):
    return next((text for key, text in element.attrib.items() if key.rsplit("}", 1)[-1] == name), None)


def without_comments(document, author_ids):
    """Return the XML of a document without the marks of some comments, runs that look alike joined again."""
    tree = etree.fromstring(document)
    for element in list(tree.iter()):
        if local(element) in MARKS and value(element, "id") in author_ids:
            gone = element.getparent() if local(element) == "commentReference" else element
            gone.getparent().remove(gone)
    for run in list(tree.iter()):
        if local(run) == "r":
            _join(run)
    return etree.tostring(tree, method="c14n")


def _join(run):
    """Join a run to the one before it, if they look alike; and its texts with each other."""
    before = run.getprevious()
    if before is not None and local(before) == "r" and _look(before) == _look(run):
        for child in [one for one in run if local(one) != "rPr"]:
            before.append(child)
        run.getparent().remove(run)
        run = before
    for text in [one for one in run if local(one) == "t"]:
        text.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
        following = text.getnext()
        if following is not None and local(following) == "t":
            following.text = (text.text or "") + (following.text or "")
            run.remove(text)


def _look(run):
    properties = [etree.tostring(one, method="c14n") for one in run if local(one) == "rPr"]
    return dict(run.attrib), properties


def comments_of(content, author="bgdata"):
    """Return (text under the comment, text of the comment) for each comment of an author.

    Of a comment on a note or a box, nothing stands under it.
    """
    found = parts(content)
    if "word/comments.xml" not in found:
        return []
    said = {
        value(one, "id"): " ".join("".join(p.itertext()) for p in one)
        for one in etree.fromstring(found["word/comments.xml"])
        if value(one, "author") == author
    }
    under, open_ones = dict.fromkeys(said, ""), set()
    for element in etree.fromstring(found["word/document.xml"]).iter():
        identifier = value(element, "id") if local(element) in MARKS else None
        if local(element) == "commentRangeStart":
            open_ones.add(identifier)
        elif local(element) == "commentRangeEnd":
            open_ones.discard(identifier)
        elif local(element) == "t":
            for one in open_ones & said.keys():
                under[one] += element.text or ""
    return [(under[identifier], said[identifier]) for identifier in said]
