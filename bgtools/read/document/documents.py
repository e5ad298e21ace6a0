"""Open a report, whatever form it comes in, and return its passages; refuse in a sentence what cannot be one.

A document is data from outside: its size is bounded before it is opened, nothing in it is executed or fetched.
"""

import itertools
import os
import re
import unicodedata
from collections import Counter
from pathlib import Path

from bgdata.package.datapackage import Package
from bgtools.read.document import encodings
from bgtools.read.document.layout import passages
from bgtools.read.document.passage import Document
from bgtools.read.messages import refusal, sentence

MEGABYTE = 1_000_000
LIMITS = {".docx": 60, ".pdf": 60, ".txt": 8, ".md": 8}
MOST_CHARACTERS = 2_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TONED = set("ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ")
PROVINCE = re.compile(r"(?<!\w)tỉnh\s+((?:[A-ZĐ]\w+)(?:\s+[A-ZĐ]\w+){0,2})")


def read(path, *, lang="vi"):
    """Return the passages of a report, and what is to be said of the document.

    Parameters
    ----------
    path : path
        A .docx, .pdf, .txt or .md file.
    lang : {"vi", "en"}
        Language of refusals and notices.

    Returns
    -------
    Document

    Raises
    ------
    BgdataError
        The document is absent, too large, damaged, protected, scanned, empty, in another language or of another
        place; nothing has been written.
    """
    path = Path(path)
    content = _content(path, lang)
    form = _form(path, content, lang)
    notices = []
    if form == ".docx":
        from bgtools.read.document.word import lines_of_word  # python-docx is needed for Word files only

        lines = lines_of_word(path, lang=lang)
    elif form == ".pdf":
        from bgtools.read.document.pdf import lines_of_pdf  # likewise PDFium

        lines = lines_of_pdf(path, lang=lang)
    else:
        text, encoding = encodings.decode(content)
        lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\f\n").split("\n")
        if encoding != "UTF-8":
            notices.append(sentence("encoding", lang, path=path.name, encoding=encoding))
    _check(path, lines, lang)
    return of_lines(lines, notices)


def of_lines(lines, notices=()):
    """Return the document that lines of text make.

    Examples
    --------
    >>> document = of_lines(["BÁO CÁO", "I. KẾT QUẢ", "Có 334 điểm."])
    >>> (document.front, document.passages[-1].section)
    (['BÁO CÁO'], 'I')
    """
    found = passages(lines)
    front = [passage.text for passage in itertools.takewhile(lambda passage: not passage.section, found)]
    return Document(found, list(notices), front)


def _content(path, lang):
    """Return the first bytes of the file, or all of a text file; refuse what is absent or too large."""
    try:
        if not path.is_file():
            raise refusal("absent", lang, path=path)
        size = path.stat().st_size
        limit = LIMITS.get(path.suffix.lower(), 8)
        if size > limit * MEGABYTE:
            raise refusal("too_large", lang, path=path.name, size=round(size / MEGABYTE), limit=limit)
        with open(path, "rb") as file:
            return file.read(limit * MEGABYTE if limit == 8 else 4096)
    except OSError as error:
        raise refusal("unreadable", lang, path=path.name, why=os.strerror(error.errno)) from None


def _form(path, content, lang):
    """Tell the form of a document by its first bytes; its name alone proves nothing."""
    if content.startswith(OLE):
        raise refusal("encrypted" if path.suffix.lower() == ".docx" else "old_word", lang, path=path.name)
    if content.startswith(b"PK\x03\x04"):
        return ".docx"
    if content.startswith(b"%PDF-"):
        return ".pdf"
    suffix = path.suffix.lower()
    if not content.strip():
        raise refusal("empty", lang, path=path.name)
    if suffix in (".docx", ".pdf"):
        raise refusal("broken", lang, path=path.name, form=suffix, why=content[:4].hex(" "))
    if suffix not in LIMITS or (b"\0" in content and content[:2] not in (b"\xff\xfe", b"\xfe\xff")):
        raise refusal("kind", lang, path=path.name)
    return suffix


def _check(path, lines, lang):
    """Refuse a text that is no report of ours: empty, endless, in another language, of another province."""
    text = unicodedata.normalize("NFC", "\n".join(lines))
    letters = [letter for letter in text[:200_000].lower() if letter.isalpha()]
    if not letters:
        raise refusal("empty", lang, path=path.name)
    if len(text) > MOST_CHARACTERS:
        raise refusal("long", lang, path=path.name, limit=MOST_CHARACTERS)
    if sum(letter in TONED for letter in letters) < 0.08 * len(letters):
        raise refusal("language", lang, path=path.name)
    home = _home()
    named = Counter(re.sub(r"\s+", " ", found[1]) for found in PROVINCE.finditer(text))
    elsewhere = [name for name, count in named.most_common(1) if count >= 2]
    if home and home.lower() not in re.sub(r"\s+", " ", text).lower() and elsewhere:
        raise refusal("elsewhere", lang, path=path.name, found=elsewhere[0], home=home)


def _home():
    """Return the place whose reports the package holds, as the source of its newest period names it."""
    sources = [row["source_vi"] for row in Package.open().periods.values()]
    found = PROVINCE.search(sources[-1]) if sources else None
    return found[1] if found else ""
