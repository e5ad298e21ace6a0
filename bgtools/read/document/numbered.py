"""Read the number or letter of a heading: "Phần II", "A.", "I.2.", "2.1.", "b)"."""

import re
from dataclasses import dataclass

ROMAN = "(?=[IVX])X{0,2}(?:IX|IV|V?I{0,3})"
BOOK = re.compile(
    rf"(?P<word>(?i:phần|chương|mục))\s+(?i:thứ\s+)?(?P<of>{ROMAN}|[A-D]|\d{{1,2}}|(?i:nhất|hai|ba|tư))"
    r"(?:\s*[.:–-]?\s*$|\s*[.:/–-]\s*(?=\S)|\s+(?=[A-ZĐÀ-Ỹ]{2}))"
)
PART = re.compile(rf"(?P<part>{ROMAN})\s*[.:/–-](?:\s+(?=\S)|(?=[A-ZĐÀ-Ỹ]))")
UPPER = re.compile(r"(?P<upper>[A-HK-NĐ])\s?[.)/]\s+(?=[A-ZĐÀ-Ỹ])")
NUMBERED = re.compile(
    rf"(?:(?P<of>{ROMAN})\.)?(?P<numbers>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})"
    r"(?:[.)/]|(?<=\.\w)|(?<=\.\d\d))\)?\s+(?=\W?[A-ZĐÀ-Ỹ])"
)
LETTERED = re.compile(r"(?P<letter>[a-zđ])\s?[)./]\s+(?=\S)")
FORMS = (BOOK, PART, UPPER, NUMBERED, LETTERED)
ORDER = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4}
ROMANS = {"I": 1, "V": 5, "X": 10}
RANKS = {"phần": 0, "chương": 1, "part": 2, "upper": 2, "mục": 3, "number": 4, "letter": 9}  # how deep headings stand


def is_heading(text):
    """Tell whether a line begins with the number or letter of a heading.

    Examples
    --------
    >>> [is_heading(text) for text in ("2.1. Bưu chính", "b) Viễn thông", "1.596 vị trí cột")]
    [True, True, False]
    """
    return any(form.match(text) for form in FORMS)


@dataclass(frozen=True)
class Heading:
    """A heading: its kind and number, or its look (`level`) and the section that its words name.

    One without a number may be counted: `order`. One of plans `lasts` until a heading is certainly none of its own.

    Attributes
    ----------
    text : str
    kind : str
        ``"part"``, ``"number"``, ``"letter"`` ...; empty of one that has no number.
    path : tuple
        Its number: (2, 1) of "2.1.".
    level : int
        Of one without a number, how deep it stands by its look.
    section : str
        That its words name.
    part : tuple
        That its number says itself: (1,) of "I.2.".
    order : int
        Its place among those without a number that stand beside it; 0 where they are not counted.
    lasts : bool
        What stands below it are plans, until a heading says that it is no longer so.
    """

    text: str
    kind: str = ""
    path: tuple = ()
    level: int = 0
    section: str = ""
    part: tuple = ()
    order: int = 0
    lasts: bool = False

    @property
    def rank(self):
        """int: how deep it stands among those with a number."""
        return RANKS.get(self.kind, -1) + (len(self.path) if self.kind == "number" else 0)


def numbered(text):
    """Return the heading that a line with a number or letter is, or None.

    Examples
    --------
    >>> numbered("2.1. Bưu chính").path, numbered("II. KẾT QUẢ").path, numbered("Bưu chính")
    ((2, 1), (2,), None)
    """
    if match := BOOK.match(text):
        return Heading(text, match["word"].lower(), (value(match["of"]),))
    if match := PART.match(text):
        return Heading(text, "part", (value(match["part"]),))
    if match := UPPER.match(text):
        return Heading(text, "upper", (value(match["upper"]),))
    if match := NUMBERED.match(text):
        part = (value(match["of"]),) if match["of"] else ()
        return Heading(text, "number", tuple(map(int, match["numbers"].split("."))), part=part)
    if match := LETTERED.match(text):
        return Heading(text, "letter", (match["letter"],))
    return None


def value(sign):
    """Return the number that a sign of a part stands for.

    Examples
    --------
    >>> [value(sign) for sign in ("IV", "B", "2", "Nhất")]
    [4, 2, 2, 1]
    """
    if sign.isdigit():
        return int(sign)
    if sign.lower() in ORDER:
        return ORDER[sign.lower()]
    if not set(sign) <= set(ROMANS):
        return ord(sign) - ord("A") + 1
    values = [ROMANS[letter] for letter in sign]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0]))


def roman(number):
    """Return a number below 30 as the number of a part.

    Examples
    --------
    >>> roman(14)
    'XIV'
    """
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
