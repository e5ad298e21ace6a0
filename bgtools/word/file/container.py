"""The parts of a Word file, and a copy of it in which some parts are other ones.

All that is not given anew is copied byte for byte; the file that was opened is only ever read. What the parts say is
not known here.
"""

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import etree

from bgtools.read.document.forms.archive import DAMAGED

TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
OF_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "[Content_Types].xml"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
STAMP = (1980, 1, 1, 0, 0, 0)


@dataclass
class Container:
    """A Word file that has been read whole.

    Attributes
    ----------
    path : pathlib.Path
    content : bytes
    changed : dict of str to bytes
        Parts that stand in the place of the file's own, or are new.
    """

    path: Path
    content: bytes = field(repr=False)
    changed: dict = field(default_factory=dict, repr=False)

    @cached_property
    def archive(self):
        return zipfile.ZipFile(io.BytesIO(self.content))

    @cached_property
    def names(self):
        """set of str: the parts of the file as it was read."""
        return set(self.archive.namelist())

    @cached_property
    def damaged(self):
        """str: what is wrong with a part that reading the text does not look at; empty where the file is whole."""
        try:
            for name in self.archive.namelist():
                content = self.archive.read(name)
                if (
                    name.endswith(".rels")
                    or name == CONTENT_TYPES
                    or (name.startswith("word/") and name.endswith(".xml"))
                ):
                    etree.fromstring(content, PARSER)
        except DAMAGED as error:
            return str(error).rstrip(".")
        return ""

    def read(self, part):
        """Return the bytes of a part, as changed; None where there is none."""
        if part in self.changed:
            return self.changed[part]
        return self.archive.read(part) if part in self.names else None

    def tree(self, part):
        """Return the root element of an XML part, or None."""
        content = self.read(part)
        return None if content is None else etree.fromstring(content, PARSER)

    def put(self, part, tree):
        """Put an XML part in its place."""
        self.changed[part] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)

    @cached_property
    def main(self):
        """str: the name of the part that holds the document."""
        return next(iter(self.targets("", "officeDocument")), "word/document.xml")

    def targets(self, part, kind):
        """Return the parts that a part is related to, by the last word of the relationship's type."""
        tree = self.tree(relationships_of(part))
        return [
            _resolved(part, one.get("Target"))
            for one in (tree if tree is not None else ())
            if (one.get("Type") or "").rsplit("/", 1)[-1] == kind and one.get("TargetMode") != "External"
        ]

    def related(self, part):
        """Return the targets of a part's relationships by their identifiers."""
        tree = self.tree(relationships_of(part))
        inside = [one for one in (tree if tree is not None else ()) if one.get("TargetMode") != "External"]
        return {one.get("Id"): _resolved(part, one.get("Target")) for one in inside}

    def relate(self, part, kind, target):
        """Relate a part to another one, and return the identifier of the relationship."""
        name = relationships_of(part)
        tree = self.tree(name)
        tree = etree.Element(f"{{{OF_PACKAGE}}}Relationships", nsmap={None: OF_PACKAGE}) if tree is None else tree
        used = {one.get("Id") for one in tree}
        identifier = next(one for one in (f"bgdata{number}" for number in range(1, 10**6)) if one not in used)
        kinds = {(one.get("Type") or "").rsplit("/", 1)[0] for one in tree}
        base = STRICT if STRICT in kinds else TRANSITIONAL
        etree.SubElement(
            tree,
            f"{{{OF_PACKAGE}}}Relationship",
            Id=identifier,
            Type=f"{base}/{kind}",
            Target=posixpath.relpath(target, posixpath.dirname(part) or "."),
        )
        self.put(name, tree)
        return identifier

    def declare(self, part, content_type):
        """Declare the content type of a part, unless it is declared already."""
        tree = self.tree(CONTENT_TYPES)
        extension = part.rsplit(".", 1)[-1].lower()
        of_part = {one.get("PartName") for one in tree.iter(f"{TYPES}Override")}
        by_extension = {
            (one.get("Extension") or "").lower(): one.get("ContentType") for one in tree.iter(f"{TYPES}Default")
        }
        if f"/{part}" not in of_part and by_extension.get(extension) != content_type:
            etree.SubElement(tree, f"{TYPES}Override", PartName=f"/{part}", ContentType=content_type)
            self.put(CONTENT_TYPES, tree)

    def bytes(self):
        """Return the whole file: parts in their order, new ones behind them."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as copy:
            for info in self.archive.infolist():
                copy.writestr(_like(info), self.changed.get(info.filename, self.archive.read(info)))
            for name in sorted(set(self.changed) - self.names):
                copy.writestr(_like(zipfile.ZipInfo(name, STAMP)), self.changed[name])
        return buffer.getvalue()


PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def relationships_of(part):
    """Return the name of the part that holds another part's relationships.

    Examples
    --------
    >>> relationships_of("word/document.xml"), relationships_of("")
    ('word/_rels/document.xml.rels', '_rels/.rels')
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(part, target):
    target = target or ""
    return (
        target.lstrip("/")
        if target.startswith("/")
        else posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
    )


def _like(info):
    """Return the entry of a copy: name and date as they were, compressed."""
    entry = zipfile.ZipInfo(info.filename, info.date_time)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, info.external_attr
    return entry
