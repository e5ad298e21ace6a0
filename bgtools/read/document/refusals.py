"""What is said of a document that cannot be read, or of how it was read, by the names that its readers know."""

from bgdata.errors import BgdataError
from bgdata.voice import Message

REFUSALS = {
    "absent": Message("There is no file {path}."),
    "unreadable": Message("{path} cannot be read: {why}."),
    "too_large": Message(
        "{path} has {size} MB, more than the {limit} MB that a report may have; export its text alone."
    ),
    "bomb": Message(
        "{path} unpacks to far more than a report ({size} MB); it may be damaged or harmful and was not opened."
    ),
    "kind": Message("{path} is not a report in .docx, .odt, .pdf, .txt or .md."),
    "old_word": Message("{path} is an old Word file (.doc); open it in Word or LibreOffice and save it as .docx."),
    "rich_text": Message("{path} is an RTF file; open it in Word or LibreOffice and save it as .docx."),
    "web_page": Message("{path} is a web page (HTML); open it in Word or LibreOffice and save it as .docx."),
    "spreadsheet": Message(
        "{path} is a spreadsheet or presentation, not a report's text; give the Word file of the report."
    ),
    "nested": Message(
        "{path} nests tables and frames deeper than any report; it may be damaged or harmful and was not read."
    ),
    "pages": Message("{path} has {pages} pages, more than the {limit} that a report may have; export its text alone."),
    "encrypted": Message("{path} is protected by a password; remove it, then run again."),
    "broken": Message("{path} is damaged or no {form} file: {why}."),
    "entities": Message("{path} declares XML entities, which no Word file needs; it was not opened."),
    "scanned": Message(
        "{path} has no text layer on page {pages} (it is a scan); use the Word file, or recognise its text first, then run again."
    ),
    "heavy": Message("{path} stops the PDF reader or needs too much memory; it may be damaged, use the Word file."),
    "empty": Message("{path} holds no text."),
    "long": Message("{path} is longer than {limit} characters, longer than any report; export its text alone."),
    "language": Message("{path} is not in Vietnamese; bgdata reads Vietnamese reports only."),
}
NOTICES = {
    "encoding": Message("{path} is not UTF-8; it was read as {encoding}."),
    "fonts": Message("{path} uses fonts of an old encoding ({fonts}); its letters were turned into Unicode."),
    "scanned_pages": Message("{path}: page {pages} is a scan and cannot be read; its numbers were not entered."),
    "struck": Message(
        "{path} has {count} places that are struck through; they were left out. Is this a draft with its markup shown?"
    ),
    "hidden": Message("{path} has hidden text ({count} digits); it was left out."),
    "embedded": Message(
        "{path} has {count} other files put into it; they were not read. Open it in Word, save it anew and run again."
    ),
}


def refusal(name, /, **values):
    """Make the error that says why a document is not read.

    Examples
    --------
    >>> print(refusal("empty", path="a.docx"))
    a.docx holds no text.
    """
    return BgdataError(REFUSALS[name].text, **values)


def notice(name, /, **values):
    """Make the message that says how a document was read."""
    return Message(NOTICES[name].text, **values)
