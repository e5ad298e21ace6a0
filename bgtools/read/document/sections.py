"""Which section a line belongs to: headings by their numbers and letters, or by words that name a sector.

Headings stand within one another as the report numbers them: a part within a book, a number within a part or within
words that name no section. A line without a number counts only if it looks like a heading (a heading style, bold), says
a sector's name and nothing else, or stands as headings do. What stands below a heading of plans stays among the plans
until a heading certainly belongs to none. A section is written as a path, whatever signs the report itself uses: a
Roman number, numbers, a letter.
"""

import os
import re
from collections import Counter
from dataclasses import replace

from bgtools.read.document.numbered import BOOK, RANKS, Heading, numbered, roman
from bgtools.read.document.plans import lasting, of_results

BARE = re.compile(r"\w+(?:\s+\w+){1,2}\W*")  # a part's number, whose name stands on the next line
LETTERS = ("abcdđeghiklmnopqrstuvxy", "abcdefghijklmnopqrstuvwxyz")
TWO_WAYS, FIRST = ("part", "upper"), (1, "a")
DEEPEST = 3  # numbers of a section, beside its part and its letter
MOST = 99  # headings without numbers that are counted
LONGEST = 200  # letters of a heading that has no number
CAPITALS, BOLD, PLAIN = 10, 11, 12  # how deep headings stand that are known by their look or words only
RESULTS = re.compile(r"(?i:(?:phần\s+\w+[:.]?\s+)?(?:kết quả|tình hình|đánh giá))\b")
TASKS = re.compile(r"(?i:(?:phần\s+\w+[:.]?\s+|\d\.\s+)?(?:phương hướng|định hướng|nhiệm vụ))\b")
RESULT = re.compile(r"kết quả|tình hình", re.IGNORECASE)
EMPTY = set(
    "về của và các cho trong với lĩnh vực công tác hoạt động phát triển tình hình kết quả nhiệm vụ việc mảng thực hiện kỳ tới thời gian".split()
)
SAME, CLEAR = 0.6, 0.2  # share of a sector's words that a heading must have, and how far ahead of the next sector


class Sections:
    """Keeps the headings above the line that is read.

    Parameters
    ----------
    sectors : dict of str to (str, str)
        Section and name of each sector, as the package has them.
    counting : bool
        Headings that have no number, and none above them, are counted.

    Attributes
    ----------
    unnamed : bool
        A heading was read that has no number, and whose words say no section.
    """

    def __init__(self, sectors=None, counting=False):
        self.open, self.sectors, self.counting, self.unnamed = [], sectors or {}, counting, False
        self.counts = Counter()
        self.words = {sector: _words(label) for sector, (_, label) in self.sectors.items()}
        self.headings, self.code = (), ""

    def read(self, text, level=0, strong=False, *, stands=False, below=False):
        """Note a line if it is a heading; afterwards `code` and `headings` are those of the line.

        Parameters
        ----------
        text : str
        level : int
            Of a line that looks like a heading, how deep it stands.
        strong : bool
            It is bold.
        stands : bool
            It stands as headings do, whatever its words are.
        below : bool
            It is part of the report itself, and not of its title or letterhead.

        Examples
        --------
        >>> sections = Sections({"post": ("I.2.1.a", "Bưu chính")})
        >>> for line in ("I. KẾT QUẢ", "2.1. Bưu chính, viễn thông", "b) Viễn thông"):
        ...     sections.read(line)
        >>> sections.code
        'I.2.1.b'
        >>> for line in ("Phần I", "KẾT QUẢ", "II. HẠ TẦNG", "1. Viễn thông"):
        ...     sections.read(line)
        >>> sections.code
        'I.2.1'
        >>> sections.read("III. BƯU CHÍNH")
        >>> sections.code
        'I.3'
        >>> sections = Sections({"post": ("I.2.1.a", "Bưu chính")})
        >>> sections.read("Về bưu chính", strong=True)
        >>> sections.code
        'I.2.1.a'
        """
        if heading := numbered(text):
            self._within(heading)
        elif self._names_the_last(text, level or strong):
            last = self.open[-1]
            self.open[-1] = replace(last, text=f"{last.text} {text}")
        elif heading := self._worded(text, level, strong, stands):
            self._under(replace(heading, lasts=below and lasting(text)))
        self.headings = tuple(one.text for one in self.open if one.text)
        self.code = self._code()

    def names(self, text):
        """Tell whether words name a sector."""
        return bool(self._section_of(text))

    def _names_the_last(self, text, looks):
        last = self.open[-1].text if self.open else ""
        return bool(BOOK.match(last) and BARE.fullmatch(last)) and bool(text.isupper() or looks)

    def _under(self, heading):
        """Put a heading without a number below those that are open; those of its level or below are closed.

        Whether it is beside a heading of plans, or one of the plans, only levels or its words can tell.
        """
        closed = next((place for place, one in enumerate(self.open) if one.level >= heading.level), len(self.open))
        if not (heading.lasts or heading.level < CAPITALS or of_results(heading.text)):
            closed = max(closed, 1 + self._plans())
        del self.open[closed:]
        if not any(one.kind for one in self.open) and not heading.lasts and heading.section != "I":
            self.unnamed |= not heading.section
            self.counts[self._code() or "I"] += self.counting
            heading = replace(heading, order=min(self.counts[self._code() or "I"], MOST))
        self.open.append(heading)

    def _plans(self):
        """Return the place of the innermost open heading of plans, or -1."""
        return max((place for place, one in enumerate(self.open) if one.lasts), default=-1)

    def _within(self, heading):
        """Put a heading within those that are open; those of its rank or below are closed."""
        if heading.kind == "letter" and not self.open:
            return
        if heading.part and not any(one.kind == "part" and one.path == heading.part for one in self.open):
            self._within(Heading("", "part", heading.part))  # "I.2." says its part itself
        closed, stay = self._closes(heading)
        if closed is not None and closed < len(self.open):
            if heading.kind == self.open[closed].kind == "upper":  # with or without "Đ", "F"
                heading = replace(heading, path=(self.open[closed].path[0] + 1,))
            del self.open[closed:]
        if heading.rank <= RANKS["upper"]:
            self.open = [one for one in self.open if one.kind or one.lasts and stay]
        elif not stay and closed is None and (len(heading.path) > 1 or heading.path[-1] not in FIRST):
            while self.open and not self.open[-1].kind:
                self.open.pop()
        self.open.append(heading)

    def _closes(self, heading):
        """Return the place from which a new heading closes those that are open, or None, and whether plans go on.

        Numbers that begin anew below a heading of plans are its own, and so are those that follow on these.
        """
        plans, closing = self._plans(), list(self._closed(heading))
        begins = heading.path[-1] in FIRST and len(set(heading.path)) == 1
        inner = [place for place in closing if place > plans]
        outside = closing and not begins and not (inner and self._follows(inner[0], heading))
        outside = outside and (not inner or self._follows(closing[0], heading))
        closed = next(iter(closing if outside else inner), None)
        if plans < 0 or of_results(heading.text):
            return closed, False
        stay = begins or closed is None or closed > plans or self._above_numbers(plans, heading)
        return (plans + 1 if stay and closed is not None and closed < plans else closed), stay

    def _follows(self, place, heading):
        """Tell whether a number is the next one behind that of an open heading."""
        one = self.open[place]
        beside = one.kind == heading.kind and one.path[:-1] == heading.path[:-1]
        return beside and _next(one.path[-1], heading.path[-1])

    def _above_numbers(self, place, heading):
        """Tell whether an open heading is set in capitals, and a number that goes on behind it is not of its rank."""
        return self.open[place].level == CAPITALS and heading.rank > RANKS["upper"]

    def _closed(self, heading):
        """Yield the places of open headings that a new one closes; "A." may stand within "I." or the other way round."""
        kinds = [one.kind for one in self.open]
        begins = heading.path == (1,) and heading.kind in TWO_WAYS and heading.kind not in kinds
        for place, one in enumerate(self.open):
            beside = one.rank == heading.rank and not begins and (one.kind == heading.kind or heading.kind not in kinds)
            if one.kind and (one.rank > heading.rank or beside):
                yield place

    def _worded(self, text, level, strong, stands):
        """Return the heading that a line without a number is, or None."""
        ended = not level and not stands and text.endswith((".", ";", ","))
        if len(text) > LONGEST or not any(map(str.isalpha, text)) or ended:
            return None
        section = self._section_of(text)
        if section == "II" and RESULT.search(text):  # the title of the whole report
            section = ""
        if not level and not strong:
            named = section if section and self._only_names(text) else ""
            if not named and stands and text.isupper():
                return Heading(text, level=CAPITALS, section=section)
            return Heading(text, level=PLAIN, section=named) if named or stands else None
        level = level or (CAPITALS if text.isupper() else BOLD)
        if level >= CAPITALS and not section and not self.open and not stands:
            return None
        return Heading(text, level=level, section=section)

    def _only_names(self, text):
        """Tell whether a line says the name of a sector and little else."""
        words = _words(text)
        return any(
            sum((known & words).values()) >= SAME * max(known.total(), words.total()) for known in self.words.values()
        )

    def _section_of(self, text):
        """Return the section that a heading names: that of its sector, or what the sectors it may mean have in common."""
        words = _words(text)
        worth = {sector: sum((known & words).values()) / max(1, known.total()) for sector, known in self.words.items()}
        likely = sorted((sector for sector in worth if worth[sector] >= SAME), key=worth.get, reverse=True)
        likely = [sector for sector in likely if worth[sector] > worth[likely[0]] - CLEAR]
        places = [self.sectors[sector][0].split("; ")[0].split(".") for sector in likely]
        if places:
            return ".".join(os.path.commonprefix(places))
        return "I" if RESULTS.match(text) and text.isupper() else "II" if TASKS.match(text) and text.isupper() else ""

    def _code(self):
        above, path, named = [], [], False  # what stands above the numbers, and with them
        for one in self._said():
            if one.kind == "number":
                path = [*(above or self._first(one)), *map(str, one.path)][: DEEPEST + 1] if _goes_on(above) else path
                continue
            if one.kind == "letter":
                path = [*(path or self._first(one)), *one.path] if _goes_on(path) else path
            elif one.kind:
                path = [*path, str(one.path[0])] if path else [roman(one.path[0])]
            elif one.lasts and not any(other.kind for other in self.open[: self.open.index(one)]):
                path, named = ["II"], False
            elif one.order:
                path = [*(path or ["I"]), str(one.order)][: DEEPEST + 1]
            elif one.section and self._refines(one.section, path, named):
                path, named = one.section.split("."), True
            above = path
        return ".".join(path) or "I" * bool(self.open)

    def _said(self):
        """Yield the open headings; a number that begins anew under each heading without one says what its words say."""
        counted = anew = False
        for one in self.open:
            counted |= one.kind in ("number", "letter") and not anew
            anew |= not (counted or one.kind or one.section) and one.level <= CAPITALS
            yield replace(one, kind="", section=self._section_of(one.text)) if anew and one.kind else one

    def _first(self, heading):
        """Return the part that a number or letter without one belongs to."""
        return ["II" if self._section_of(heading.text) == "II" and not RESULT.search(heading.text) else "I"]

    def _refines(self, section, path, named):
        """Tell whether the section that words name can stand where the numbers above it say."""
        if not path or named and len(path) > 1:
            return True
        return "." not in section and len(path) == 1 or f"{section}.".startswith(".".join(path) + ".")


def _next(sign, other):
    """Tell whether a number or letter comes right behind another.

    Examples
    --------
    >>> [_next(*pair) for pair in ((1, 2), ("d", "đ"), ("d", "e"), ("e", "g"), (2, 1), ("a", "c"))]
    [True, True, True, True, False, False]
    """
    if isinstance(sign, int) or isinstance(other, int):
        return isinstance(sign, int) and isinstance(other, int) and other == sign + 1
    return any(f"{sign}{other}" in letters for letters in LETTERS)


def _goes_on(path):
    """Tell whether a section may have a number below it; behind a letter there is none."""
    return not path or not path[-1].islower()


def _words(text):
    return Counter(word for word in re.findall(r"[^\W\d_]+", text.lower()) if word not in EMPTY)
