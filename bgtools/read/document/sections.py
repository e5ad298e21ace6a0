"""Which section a line belongs to: headings by their numbers and letters, or by words that name a sector.

A heading without a number counts only if it looks like one (a heading style, bold, capitals), and it names a section
only if its words are those of one sector.
"""

import os
import re
from collections import Counter

ROMAN = "I{1,3}|IV|VI{0,3}|IX|X"
PART = re.compile(
    rf"(?:(?i:phần)\s+(?i:thứ\s+)?)?(?P<part>{ROMAN})\s*[.:/–-]\s*(?=\S)|"
    rf"(?P<book>(?i:phần))\s+(?i:thứ\s+)?(?P<of>{ROMAN}|[AB]|(?i:nhất|hai|ba))(?:\s*[.:–-]?\s*$|\s*[.:–-]\s*(?=\S)|\s+(?=[A-ZĐÀ-Ỹ]{{2}}))"
)
BARE = re.compile(r"\w+(?:\s+\w+){1,2}\W*")  # a part's number, whose name stands on the next line
BOOKS = {"A": "I", "B": "II", "NHẤT": "I", "HAI": "II", "BA": "III"}
NUMBERED = re.compile(r"(?P<numbers>\d{1,2}(?:\.\d{1,2}){0,3})(?:\.|(?<=\.\d)|(?<=\.\d\d))\)?\s+(?=\W?[A-ZĐÀ-Ỹ])")
LETTERED = re.compile(r"(?P<letter>[a-zđ])\s?[).]\s+(?=\S)")
FORMS = (PART, NUMBERED, LETTERED)
LONGEST = 200  # letters of a heading that has no number
CAPITALS, BOLD = 10, 11  # how deep headings stand that are known by their look only
RESULTS = re.compile(r"(?i:(?:phần\s+\w+[:.]?\s+)?(?:kết quả|tình hình|đánh giá))\b")
EMPTY = set(
    "về của và các cho trong với lĩnh vực công tác hoạt động phát triển tình hình kết quả nhiệm vụ việc mảng thực hiện kỳ tới thời gian".split()
)
SAME, CLEAR = 0.6, 0.2  # share of a sector's words that a heading must have, and how far ahead of the next sector


def is_heading(text):
    """Tell whether a line begins with the number or letter of a heading.

    Examples
    --------
    >>> [is_heading(text) for text in ("2.1. Bưu chính", "b) Viễn thông", "1.596 vị trí cột")]
    [True, True, False]
    """
    return any(form.match(text) for form in FORMS)


class Sections:
    """Keeps the headings above the line that is read.

    Parameters
    ----------
    sectors : dict of str to (str, str)
        Section and name of each sector, as the package has them.
    """

    def __init__(self, sectors=None):
        self.levels, self.named, self.sectors = {}, [], sectors or {}
        self.words = {sector: _words(label) for sector, (_, label) in self.sectors.items()}
        self.headings, self.code = (), ""

    def read(self, text, level=0, strong=False):
        """Note a line if it is a heading; afterwards `code` and `headings` are those of the line.

        Examples
        --------
        >>> sections = Sections({"post": ("I.2.1.a", "Bưu chính")})
        >>> for line in ("I. KẾT QUẢ", "2.1. Bưu chính, viễn thông", "b) Viễn thông"):
        ...     sections.read(line)
        >>> sections.code
        'I.2.1.b'
        >>> sections.read("II. PHƯƠNG HƯỚNG")
        >>> sections = Sections({"post": ("I.2.1.a", "Bưu chính")})
        >>> sections.read("Về bưu chính", strong=True)
        >>> sections.code
        'I.2.1.a'
        """
        code, book = self.levels.get("book", ("", ""))
        if is_heading(text):
            self._numbered(text)
        elif text.isupper() and list(self.levels) == ["book"] and BARE.fullmatch(book):
            self.levels["book"] = (code, f"{book} {text}")
        elif level or strong:
            if len(text) > LONGEST or text.endswith((".", ";", ",")) and not level or not any(map(str.isalpha, text)):
                return
            self._worded(text, level or (CAPITALS if text.isupper() else BOLD))
        else:
            return
        self.headings = (*(heading for _, heading in self.levels.values()), *(text for _, text, _ in self.named))
        self.code = self._code()

    def names(self, text):
        """Tell whether words name a sector."""
        return bool(self._section_of(text))

    def _numbered(self, text):
        before = dict(self.levels)
        if match := PART.match(text):
            part = (match["part"] or match["of"]).upper()
            book = {} if text[:4].lower() == "phần" else {"book": self.levels.get("book")}
            self.levels.clear()
            self.levels |= {name: level for name, level in book.items() if level}
            if text[:4].lower() == "phần":
                self.levels["book"] = (BOOKS.get(part, part), text)
            else:
                self.levels["part"] = (part, text)
        elif match := NUMBERED.match(text):
            for level in ("letter", "sub") if "." in match["numbers"] else ("letter", "sub", "number"):
                self.levels.pop(level, None)
            self.levels["sub" if "." in match["numbers"] else "number"] = (match["numbers"], text)
        elif (match := LETTERED.match(text)) and ("number" in self.levels or "sub" in self.levels):
            self.levels["letter"] = (match["letter"], text)
        if self.levels != before:
            self.named.clear()

    def _worded(self, text, level):
        section = self._section_of(text)
        if level >= CAPITALS and not section and not self.levels and not self.named:
            return
        while self.named and self.named[-1][0] >= level:
            self.named.pop()
        self.named.append((level, text, section))

    def _section_of(self, text):
        """Return the section that a heading names: that of its sector, or what the sectors it may mean have in common."""
        words = _words(text)
        worth = {sector: sum((known & words).values()) / max(1, known.total()) for sector, known in self.words.items()}
        likely = sorted((sector for sector in worth if worth[sector] >= SAME), key=worth.get, reverse=True)
        likely = [sector for sector in likely if worth[sector] > worth[likely[0]] - CLEAR]
        places = [self.sectors[sector][0].split("; ")[0].split(".") for sector in likely]
        if places:
            return ".".join(os.path.commonprefix(places))
        return "I" if RESULTS.match(text) and text.isupper() else ""

    def _code(self):
        numbers = (self.levels.get("sub") or self.levels.get("number") or ("",))[0]
        letter = self.levels.get("letter", ("",))[0]
        book = self.levels.get("book", ("I" if numbers or letter else "", ""))
        part = self.levels.get("part", book)[0]
        counted = ".".join(filter(None, [part, ".".join(numbers.split(".")[:2]), letter]))
        code = counted
        for _, _, section in self.named:
            outside = code and "." not in code and "." in section and section.split(".")[0] != code
            if section and not outside and (not numbers or f"{section}.".startswith(f"{counted}.")):
                code = section
        if code or not self.named:
            return code
        return "I"


def _words(text):
    return Counter(word for word in re.findall(r"[^\W\d_]+", text.lower()) if word not in EMPTY)
