"""Open a report, whatever form it comes in, and return its passages; refuse in a sentence what cannot be one.

A document is data from outside: its size is bounded before it is opened, nothing in it is executed or fetched.
"""

import itertools
import os
import unicodedata
from pathlib import Path

from bgtools.read.document.forms import encodings
from bgtools.read.document.forms.plain import lines_of_text
from bgtools.read.document.layout import passages
from bgtools.read.document.lines import Lines, digits
from bgtools.read.document.passage import Digits, Document
from bgtools.read.document.refusals import notice, refusal

MEGABYTE = 1_000_000
LIMITS = {".docx": 60, ".odt": 60, ".pdf": 60, ".txt": 8, ".md": 8}
WORD = (".docx", ".docm", ".dotx", ".odt")
MOST_CHARACTERS = 2_000_000
MOST_FRONT = 40  # passages of letterhead and title, where no section follows
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TONED = set("ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ")


def read(path, *, sectors=None):
    """Return the passages of a report, and what is to be said of the document.

    Parameters
    ----------
    path : path
        A .docx, .odt, .pdf, .txt or .md file.
    package : Package
        Knows the chapters of our reports, and whose they are.
    sectors : dict of str to (str, str), optional
        Section and name of each sector, as :func:`sectors_of` returns them; without these, headings that have no
        number say nothing.

    Returns
    -------
    Document

    Raises
    ------
    BgdataError
        The document is absent, too large, damaged, protected, scanned, empty or in another language.
    """
    path = Path(path)
    content = _content(path)
    found = _lines(path, content, _form(path, content))
    _check(path, [line.text for line in found.lines])
    return of_lines(found, sectors=sectors, path=path)


def of_lines(found, *, sectors=None, path=Path("-")):
    """Return the document that lines make.

    Parameters
    ----------
    found : Lines, or sequence of str
    sectors : dict of str to (str, str), optional
        Section and name of each sector.

    Examples
    --------
    >>> document = of_lines(["BÁO CÁO", "I. KẾT QUẢ", "Có 334 điểm¹.", "¹ Tăng 3."])
    >>> (document.front, document.passages[1].section, document.digits.marks, document.digits.lost)
    (['BÁO CÁO'], 'I', 2, 0)
    """
    if not isinstance(found, Lines):
        found = Lines(lines_of_text(found), sum(map(digits, found)))
    placed = passages(found.lines, sectors)
    front = itertools.takewhile(lambda passage: not passage.section, placed)
    notices = [notice(key, path=path.name, **values) for key, values in found.notices]
    kept = sum(digits(passage.text) for passage in placed)
    marks = sum(digits(line.text) for line in found.lines) - kept
    account = Digits(found.raw, found.added, kept, marks, dict(+found.dropped))
    return Document(placed, notices, [passage.text for passage in itertools.islice(front, MOST_FRONT)], account)


def _lines(path, content, form):
    """Read a file by its form."""
    if form == ".docx":
        from bgtools.read.document.forms.word import lines_of_word  # lxml is needed for office files only

        return lines_of_word(path)
    if form == ".odt":
        from bgtools.read.document.forms.opendocument import lines_of_opendocument

        return lines_of_opendocument(path)
    if form == ".pdf":
        from bgtools.read.document.forms.pdf import lines_of_pdf

        return lines_of_pdf(path)
    text, encoding = encodings.decode(content)
    texts = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\f\n").split("\n")
    notices = [("encoding", {"encoding": encoding})] if encoding != "UTF-8" else []
    return Lines(lines_of_text(texts), digits(text), notices=notices)


def _content(path):
    """Return the first bytes of the file, or all of a text file; refuse what is absent or too large."""
    try:
        if not path.is_file():
            raise refusal("absent", path=path)
        size = path.stat().st_size
        limit = LIMITS.get(path.suffix.lower(), 8)
        if size > limit * MEGABYTE:
            raise refusal("too_large", path=path.name, size=round(size / MEGABYTE), limit=limit)
        with open(path, "rb") as file:
            return file.read(limit * MEGABYTE if limit == 8 else 4096)
    except OSError as error:
        raise refusal("unreadable", path=path.name, why=os.strerror(error.errno)) from None


def _form(path, content):
    """Tell the form of a document by its first bytes; its name alone proves nothing."""
    suffix = path.suffix.lower()
    if content.startswith(OLE):
        raise refusal("encrypted" if suffix in WORD else "old_word", path=path.name)
    if content.startswith(b"PK\x03\x04"):
        office = content[30:38] == b"mimetype"
        if office and not content[38:].startswith(b"application/vnd.oasis.opendocument.text"):
            raise refusal("spreadsheet", path=path.name)
        return ".odt" if office else ".docx"
    if b"%PDF-" in content[:1024]:
        return ".pdf"
    start = content[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"{\\rtf", b"<html", b"<!doctype html")):
        raise refusal("rich_text" if start.startswith(b"{") else "web_page", path=path.name)
    if not content.strip():
        raise refusal("empty", path=path.name)
    if suffix in (*WORD, ".pdf"):
        raise refusal("broken", path=path.name, form=suffix, why=content[:4].hex(" "))
    if suffix not in LIMITS or (b"\0" in content and content[:2] not in (b"\xff\xfe", b"\xfe\xff")):
        raise refusal("kind", path=path.name)
    return suffix


def _check(path, lines):
    """Refuse a text that is no report: empty, endless, in another language."""
    text = unicodedata.normalize("NFC", "\n".join(lines))
    letters = [letter for letter in text[:200_000].lower() if letter.isalpha()]
    if not letters:
        raise refusal("empty", path=path.name)
    if len(text) > MOST_CHARACTERS:
        raise refusal("long", path=path.name, limit=MOST_CHARACTERS)
    if sum(letter in TONED for letter in letters) < 0.08 * len(letters):
        raise refusal("language", path=path.name)


def sectors_of(package):
    """Return section and name of each sector of a package.

    Examples
    --------
    >>> from bgdata.package import Package
    >>> sectors_of(Package.open())["post"]
    ('I.2.1.a', 'Bưu chính')
    """
    return {sector: (row["section"], row["label_vi"]) for sector, row in package.sectors.items()}
