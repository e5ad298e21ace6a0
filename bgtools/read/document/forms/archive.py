"""Open the parts of an office document: a zip archive of XML, measured before it is unpacked.

Nothing outside the archive is ever opened: entities are refused, external targets are left alone.
"""

import codecs
import posixpath
import re
import zipfile
import zlib

from lxml import etree

from bgtools.read.document.refusals import refusal

MOST_UNPACKED = 200_000_000
MOST_XML = 40_000_000
MOST_PARTS = 5_000
STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
DAMAGED += (etree.XMLSyntaxError,)


class Archive:
    """The parts of one file; a context manager.

    Parameters
    ----------
    path : pathlib.Path
    """

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self.zip = zipfile.ZipFile(self.path)
        infos = self.zip.infolist()
        unpacked = sum(info.file_size for info in infos)
        large = any(info.file_size > MOST_XML for info in infos if info.filename.endswith((".xml", ".rels")))
        if unpacked > MOST_UNPACKED or large or len(infos) > MOST_PARTS:
            self.zip.close()
            raise refusal("bomb", path=self.path.name, size=round(unpacked / 1e6))
        self.names = {info.filename for info in infos}
        return self

    def __exit__(self, *_):
        self.zip.close()

    def tree(self, name):
        """Return the root of an XML part; None where the file has no such part."""
        if name not in self.names:
            return None
        content = self.zip.read(name)
        if len(content) > MOST_XML:
            raise refusal("bomb", path=self.path.name, size=round(len(content) / 1e6))
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            content = re.sub(r"^\s*<\?xml[^>]*\?>", "", content.decode("utf-16")).encode()
        if re.search(rb"<!(?:DOCTYPE|ENTITY)", content.replace(b"\0", b"")):
            raise refusal("entities", path=self.path.name)
        for strict, usual in STRICT:
            content = content.replace(strict, usual)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return etree.fromstring(content, parser)

    def related(self, name=""):
        """Return the parts that a part (or the file itself) points to within the file, by kind.

        Returns
        -------
        dict of str to list of str
            Such as ``{"footnotes": ["word/footnotes.xml"]}``.
        """
        folder, file = posixpath.split(name)
        tree = self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = {}
        for relation in tree.iter(RELATION) if tree is not None else ():
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                found.setdefault(relation.get("Type", "").rsplit("/", 1)[-1], []).append(target)
        return found
