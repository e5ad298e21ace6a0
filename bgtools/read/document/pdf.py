"""Read the text layer of a PDF file, line by line; small raised digits become footnote marks.

The file is opened in a process of its own with bounded memory and time: what breaks PDFium, or unpacks without end,
ends that process and nothing else.
"""

import json
import subprocess
import sys

from bgtools.read.document.layout import PAGE, SUPERSCRIPTS
from bgtools.read.messages import refusal

MOST_PAGES = 500
MOST_CHARACTERS = 2_000_000
MEMORY, SECONDS = 1_000_000_000, 60
DIGITS = "0123456789"
RAISED = str.maketrans(DIGITS, SUPERSCRIPTS)
NO_LETTERS = "\x02\ufffe\uffff\0"


def lines_of_pdf(path, *, lang="vi"):
    """Return the lines of a PDF file.

    Raises
    ------
    BgdataError
        The file is damaged, protected, scanned, too long, or needs too much memory or time.
    """
    command = [sys.executable, "-m", "bgtools.read.document.pdf", str(path.resolve())]
    try:
        ended = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
        answer = json.loads(ended.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise refusal("heavy", lang, path=path.name) from None
    if "refused" in answer:
        raise refusal(answer["refused"], lang, path=path.name, form=".pdf", why=answer["why"], limit=MOST_CHARACTERS)
    return answer["lines"]


def answer_for(path):
    """Return {"lines": ...}, or {"refused": key of a sentence, "why": ...}."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            if len(document) > MOST_PAGES:
                return {"refused": "long", "why": ""}
            pages = [_of_page(page.get_textpage()) for page in document]
    except pypdfium2.PdfiumError as error:
        why = str(error).rstrip(".")
        return {"refused": "encrypted" if "assword" in why else "broken", "why": why}
    if sum(map(len, pages)) > MOST_CHARACTERS:
        return {"refused": "long", "why": ""}
    if not "".join(pages).strip():
        return {"refused": "scanned", "why": ""}
    lines = []
    for number, text in enumerate(pages, start=1):
        lines += [*_without_number(text.replace("\r", "").split("\n"), number), PAGE]
    return {"lines": lines}


def _of_page(text):
    """Return a page's text; digits that are set smaller than the letter before them are marks."""
    from pypdfium2 import raw

    letters, size = [], 0.0
    for index in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if letter in DIGITS:
            small = raw.FPDFText_GetFontSize(text, index) < 0.8 * size
            letter = letter.translate(RAISED) if small else letter
        elif letter.isalpha():
            size = raw.FPDFText_GetFontSize(text, index)
        letters.append("" if letter in NO_LETTERS else letter)
    return "".join(letters)


def _without_number(lines, number):
    """Drop a page number that stands alone at the head or foot of a page."""
    filled = [position for position, line in enumerate(lines) if line.strip()]
    edges = {*filled[:1], *filled[-1:]}
    alone = {str(number), f"- {number} -", f"-{number}-", f"{number}."}
    return [line for position, line in enumerate(lines) if position not in edges or line.strip() not in alone]


def _bound_memory():
    """Bound what this process may take, where the operating system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    _bound_memory()
    sys.stdout.write(json.dumps(answer_for(sys.argv[1])))
