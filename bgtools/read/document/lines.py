"""What readers give to the layout: lines of text, with what the file says of each beyond its letters.

A line may be a whole paragraph, a line that was cut at the margin, a row of a table or a footnote.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

PAGE = "\f"
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
RAISED = str.maketrans("0123456789", SUPERSCRIPTS)
DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
DIGIT = re.compile(rf"[0-9{SUPERSCRIPTS}]")
GONE = re.compile("[\u00ad\ufeff\u200b-\u200d\u2060]")
SPACES = re.compile(r"\s+")


@dataclass
class Line:
    """A line of a document.

    Attributes
    ----------
    text : str
        Raised digits are superscripts; ``"\\f"`` stands for the end of a page.
    level : int
        Of a line that looks like a heading, how deep it stands, from 1; 0 of any other.
    strong : int
        How many letters at its beginning are set in bold.
    cells : tuple of Cell
        Of a row of a table; its text is clean already.
    note : str
        The mark of the footnote that the line opens, where the file says so.
    flows : bool
        It goes on from the line above it, as far as can be seen from where both stand.
    whole : bool
        It begins a paragraph, as the file says; only what was plainly cut by hand is joined to the one before.
    source : tuple
        Where the text came from, as its reader notes it down.
    """

    text: str
    level: int = 0
    strong: int = 0
    cells: tuple = ()
    note: str = ""
    flows: bool = False
    whole: bool = False
    source: tuple = ()


@dataclass
class Lines:
    """All that a reader found in a file.

    Attributes
    ----------
    lines : list of Line
    raw : int
        Digits of the file's own content, counted apart from the reading.
    added : int
        Digits that the reader wrote, such as the numbers that Word gives by itself.
    dropped : collections.Counter
        Digits that are no text of the report, by the reason.
    notices : list of (str, dict)
        Keys and values of sentences about how the file was read.
    """

    lines: list[Line] = field(default_factory=list)
    raw: int = 0
    added: int = 0
    dropped: Counter = field(default_factory=Counter)
    notices: list = field(default_factory=list)


def clean(text):
    """Return a text with composed letters, plain spaces and nothing invisible.

    Examples
    --------
    >>> clean(" To\\u0061\\u0300n\\u00a0  tỉnh\\u200b ")
    'Toàn tỉnh'
    """
    return SPACES.sub(" ", GONE.sub("", unicodedata.normalize("NFC", text))).strip()


def cut_number(before, text):
    """Tell whether the end of a line cut a number: its last group of three digits is completed on the next line.

    Examples
    --------
    >>> [cut_number(*pair) for pair in (("Có 1.5", "96 hồ sơ"), ("Có 61.", "300 hồ sơ"), ("Có 15", "96 hồ sơ"))]
    [True, True, False]
    """
    head = re.search(r"(?<![\d.,])\d{1,3}(?:\.\d{3}){0,6}\.(\d{0,2})$", before[-30:])
    tail = re.match(r"\d{1,4}", text)
    return bool(head and tail and len(head[1]) + len(tail[0]) == 3)


def joined(texts):
    """Return the lines of a cell as one text.

    Examples
    --------
    >>> [joined(["Hồ sơ", "qua bưu điện"]), joined(["120.00", "0"])]
    ['Hồ sơ qua bưu điện', '120.000']
    """
    whole = ""
    for text in texts:
        whole += text if not whole or cut_number(whole, text) else f" {text}"
    return clean(whole)


def digits(text):
    """Return how many digits a text has, raised ones included.

    Examples
    --------
    >>> digits("Có 340¹ điểm")
    4
    """
    return len(DIGIT.findall(text))


def raised(text):
    """Return a raised text as a mark: its digits as superscripts, without brackets; a text with letters as it is.

    Examples
    --------
    >>> [raised("(1)"), raised("1, 2"), raised("th")]
    ['¹', '¹,²', 'th']
    """
    if not re.fullmatch(r"[\s\d()\[\],;.*]*", text) or not re.search(r"\d", text):
        return text
    return ",".join(re.findall(r"\d+", text)).translate(RAISED)
