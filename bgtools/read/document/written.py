"""Write the abbreviations of a report out, so that all who read its words read the same ones; tell where what stood.

The numerals stay digit for digit: only their places shift, and `Written.printed` puts those back.
"""

import re
from bisect import bisect_right
from dataclasses import replace
from functools import cache

from bgtools.read.document.abbreviations import PLAIN, SEVERAL, SIGNS

KNOWN = sorted({*PLAIN, *SEVERAL}, key=len, reverse=True)
SHORT = re.compile(
    rf"(?<![\w])(?<![A-ZĐ\d]/)(?<![A-ZĐ\d][&-])(?:{'|'.join(map(re.escape, KNOWN))})(?!\w|[&-]\w|/[A-ZĐ]|\.\w)"
)
BEFORE, BEHIND = re.compile(r"(?P<word>[^\W\d_]+)(?:,|\s[-–+])?\s$"), re.compile(r"(?:,|\s[-–+])?\s(?P<word>[^\W\d_]+)")
OPENS = re.compile(r"(?:^|[.!?]\s|\n)\W*(?:(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVX]+)[.)]\s?|[1-9]\s)?\W*$")
WINDOW = 120  # characters that are looked at on either side


class Written:
    """A text with its abbreviations written out.

    Parameters
    ----------
    text : str
        As printed.
    together : callable, optional
        Tells of two words whether one follows the other in the catalogue, so that an abbreviation may mean it.

    Attributes
    ----------
    text : str

    Examples
    --------
    >>> one = Written("Sở ra 17 VB; DT bưu chính: 412 tỷ đ, HS: 12", lambda *two: two == ("thu", "bưu"))
    >>> one.text
    'Sở ra 17 văn bản; doanh thu bưu chính: 412 tỷ đồng, HS: 12'
    >>> one.printed(one.text.index("412"))
    27
    """

    def __init__(self, text, together=lambda *two: False):
        shorts = _read(text, together)
        signs = [(*found.span("short"), long) for form, long in SIGNS for found in form.finditer(text)]
        pieces, behind, shift = [], 0, 0
        self.starts, self.shifts = [0], [0]
        for start, end, long in sorted([*shorts, *signs]):
            if start < behind:
                continue
            pieces += [text[behind:start], long]
            shift += len(long) - (end - start)
            self.starts.append(end + shift)
            self.shifts.append(shift)
            behind = end
        self.ends = [start - shift for start, shift in zip(self.starts, self.shifts)]
        self.text = "".join([*pieces, text[behind:]])

    def printed(self, place):
        """Return where in the printed text stands what stands at a place of the text that is written out."""
        return place - self.shifts[bisect_right(self.starts, place) - 1]

    def placed(self, place):
        """Return where in the text that is written out stands what is printed at a place."""
        return place + self.shifts[bisect_right(self.ends, place) - 1]


class Writing:
    """The passages of a report with their abbreviations written out.

    Parameters
    ----------
    passages : sequence of Passage
    together : callable, optional
        As of :class:`Written`.

    Attributes
    ----------
    passages : list of Passage
        Copies; the cells of a row stand where they are in the text that is written out.
    """

    def __init__(self, passages, together=lambda *two: False):
        self.originals, self.texts = passages, [Written(one.text, together) for one in passages]
        known = {}

        def of(text):
            if text not in known:
                known[text] = Written(text, together).text
            return known[text]

        self.passages = [
            replace(
                one,
                text=written.text,
                headings=tuple(map(of, one.headings)),
                host=of(one.host),
                lead=of(one.lead),
                cells=tuple(_cell(cell, written, of) for cell in one.cells),
            )
            for one, written in zip(passages, self.texts)
        ]

    def restore(self, numerals):
        """Put numerals that were found in the text that is written out where they are printed."""
        for one in numerals:
            written = self.texts[one.passage]
            one.start, one.end = written.printed(one.start), written.printed(one.end)
            if one.cell:
                place = self.passages[one.passage].cells.index(one.cell)
                one.cell = self.originals[one.passage].cells[place]


def _cell(cell, written, of):
    return replace(
        cell,
        start=written.placed(cell.start),
        end=written.placed(cell.end),
        heads=tuple(map(of, cell.heads)),
        rows=tuple(map(of, cell.rows)),
    )


def _read(text, together):
    """Return (start, end, written out) of the abbreviations in a text that can be told."""
    found = list(SHORT.finditer(text))
    told = {one.start(): _told(one, text) for one in found}
    for _ in range(2):  # what is told tells what stands beside it
        for one in found:
            if not told[one.start()]:
                told[one.start()] = _of_pairs(one, text, together, told)
    return [(*one.span(), _cased(told[one.start()], text, one.start())) for one in found if told[one.start()]]


def _told(short, text):
    """Return what an abbreviation is written out as by the words beside it, or "" where they do not tell."""
    if short[0] in PLAIN:
        return PLAIN[short[0]]
    before, behind = text[max(0, short.start() - WINDOW) : short.start()], text[short.end() : short.end() + WINDOW]
    told = (long for long, left, right in _forms(short[0]) if left.search(before) and right.match(behind))
    return next(told, "")


@cache
def _forms(short):
    """Return the readings of an abbreviation that the words beside it can tell, with what has to stand before and behind."""
    return [
        (long, re.compile(rf"(?<![^\W\d_])(?:{left})$" if left else "$"), re.compile(right))
        for long, left, right in SEVERAL[short]
        if left or right
    ]


def _of_pairs(short, text, together, told):
    """Return the one reading of an abbreviation that the catalogue has beside the same word, or ""."""
    before, behind = BEFORE.search(text, max(0, short.start() - WINDOW), short.start()), BEHIND.match(text, short.end())
    head = before and (told.get(before.start()) or before["word"]).lower().split()[-1]
    tail = behind and (told.get(behind.start("word")) or behind["word"]).lower().split()[0]
    fits = set()
    for long, _, _ in SEVERAL[short[0]]:
        words = long.lower().split()
        if head and together(head, words[0]) or tail and together(words[-1], tail):
            fits.add(long)
    return fits.pop() if len(fits) == 1 else ""


def _cased(long, text, start):
    """Begin with a capital where a sentence or an item of a list begins."""
    return long[0].upper() + long[1:] if OPENS.search(text[max(0, start - 40) : start]) else long
