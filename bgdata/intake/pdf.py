"""Read the text layer of a PDF file, line by line; small raised digits become footnote marks."""

import pypdfium2
from pypdfium2 import raw

from bgdata.intake.layout import PAGE, SUPERSCRIPTS
from bgdata.intake.messages import refusal

MOST_PAGES = 500
MOST_CHARACTERS = 2_000_000
DIGITS = "0123456789"
RAISED = str.maketrans(DIGITS, SUPERSCRIPTS)


def lines_of_pdf(path, *, lang="vi"):
    """Return the lines of a PDF file.

    Raises
    ------
    BgdataError
        The file is damaged, protected, scanned or too long.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        key = "encrypted" if "assword" in str(error) else "broken"
        raise refusal(key, lang, path=path.name, form=".pdf", why=str(error).rstrip(".")) from None
    try:
        return _lines(document, path, lang)
    except pypdfium2.PdfiumError as error:
        raise refusal("broken", lang, path=path.name, form=".pdf", why=str(error).rstrip(".")) from None
    finally:
        document.close()


def _lines(document, path, lang):
    if len(document) > MOST_PAGES:
        raise refusal("long", lang, path=path.name, limit=MOST_CHARACTERS)
    lines, length = [], 0
    for number, page in enumerate(document, start=1):
        text = page.get_textpage()
        found = _of_page(text).replace("\r", "").split("\n")
        text.close()
        page.close()
        length += sum(map(len, found))
        if length > MOST_CHARACTERS:
            raise refusal("long", lang, path=path.name, limit=MOST_CHARACTERS)
        lines += [*_without_number(found, number), PAGE]
    if length and not any(line.strip(PAGE + " ") for line in lines) or not length:
        raise refusal("scanned" if len(document) else "empty", lang, path=path.name)
    return lines


def _of_page(text):
    """Return a page's text; digits that are smaller than the letter before them are marks."""
    count = text.count_chars()
    if not count:
        return ""
    letters, size = [], 0.0
    for index in range(count):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if letter in DIGITS:
            small = raw.FPDFText_GetFontSize(text, index) < 0.8 * size
            letter = letter.translate(RAISED) if small else letter
        elif letter.isalpha():
            size = raw.FPDFText_GetFontSize(text, index)
        letters.append("" if letter in "\x02\ufffe\uffff\0" else letter)
    return "".join(letters)


def _without_number(lines, number):
    """Drop a page number that stands alone at the head or foot of a page."""
    filled = [position for position, line in enumerate(lines) if line.strip()]
    edges = {*filled[:1], *filled[-1:]}
    alone = {str(number), f"- {number} -", f"-{number}-", f"{number}."}
    return [line for position, line in enumerate(lines) if position not in edges or line.strip() not in alone]
