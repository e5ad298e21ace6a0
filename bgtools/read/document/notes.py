"""Footnotes and their marks: which raised digit belongs to which line at the foot of a page.

Where a file says itself what its footnotes are, it is believed; elsewhere they are known by marks that stand both in
the running text and at the head of a line.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import NamedTuple

from bgtools.read.document.lines import DIGITS, PAGE, SUPERSCRIPTS, Line
from bgtools.read.document.lines import RAISED as SUPERIOR

ONE = f"[{SUPERSCRIPTS}]"
POWER = r"(?<=\bm)[²³]|(?<=\b[kcdm]m)[²³]"  # of a unit of area or volume
RAISED = re.compile(rf"(?!{POWER})(?P<mark>{ONE}+(?:,{ONE}+)*)")
BRACKETS = (r"\[\^(?P<mark>\d{1,3})\]:?", r"(?<![:;,]\s)\[(?P<mark>\d{1,3})\]", r"(?<![:;,]\s)\((?P<mark>\d{1,3})\)")
GLUED = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=[^\W\d_][”\"»)]))(?P<mark>\d{1,2})(?=[\s;:)]|[.,](?!\d)|$)")
QUOTED = re.compile(r"(?<=[^\W\d_][”\"»])(\d{1,2})(?=[\s;:)]|[.,](?!\d)|$)")


class Style(NamedTuple):
    """How footnotes are marked: at the head of their own line, and in the running text."""

    opening: re.Pattern
    inside: re.Pattern


RAISED_STYLE = Style(RAISED, RAISED)
GLUED_STYLE = Style(re.compile(r"(?P<mark>\d{1,2})\s(?=[^\W\d_])"), GLUED)
STYLES = (RAISED_STYLE, *(Style(form, form) for form in map(re.compile, BRACKETS)), GLUED_STYLE)


@dataclass
class Note:
    """A footnote: its mark, its lines, and how many lines of the body stand before it."""

    mark: str
    place: int
    lines: list = field(default_factory=list)


def mark_style(lines):
    """Choose how footnotes are marked: the first form that opens a line and also stands in the running text.

    Plain digits behind a word are marks only if the lines that they open are numbered through from 1.

    Examples
    --------
    >>> mark_style([Line("Có 5 điểm[1]."), Line("[1] Tăng 2 điểm.")]) is STYLES[2]
    True
    """
    if any(line.note for line in lines):
        return RAISED_STYLE
    for style in STYLES:
        opening, inside = [], set()
        for line in lines:
            first = style.opening.match(line.text) if not line.cells else None
            if first and line.text[first.end() :].strip():
                opening.append(first["mark"])
            inside.update(_inside(style, line))
        if style is GLUED_STYLE:
            opening = [mark for mark in opening if mark in inside]
            if opening != [str(number + 1) for number in range(len(opening))]:
                continue
        if inside.intersection(opening):
            return style
    return None


def unquoted(text):
    """Return a text in which a digit that is glued to a closing quotation mark is raised: it counts nothing.

    Examples
    --------
    >>> unquoted("mô hình “Chợ số”5. Mạng “5G”")
    'mô hình “Chợ số”⁵. Mạng “5G”'
    """
    return QUOTED.sub(lambda match: match[1].translate(SUPERIOR), text)


def _inside(style, line):
    return [mark for match in style.inside.finditer(line.text) if match.start() for mark in match["mark"].split(",")]


def separate(lines, style, starts_item):
    """Take the footnotes out of a text; the place that one interrupts is marked as the end of a page.

    Parameters
    ----------
    lines : list of Line
    style : Style or None
    starts_item : callable
        Tells whether a text begins an item of a list or a heading: that ends a footnote.

    Returns
    -------
    body : list of Line
    notes : list of Note
    """
    inside = {mark for line in lines if style for mark in _inside(style, line)}
    body, notes, current = [], [], None
    for line in lines:
        opening = style.opening.match(line.text) if style and not line.cells and not line.note else None
        if line.note:
            if not notes or notes[-1].mark != line.note:
                notes.append(Note(line.note, len(body)))
            if body and body[-1].text != PAGE:
                body.append(Line(PAGE))
            current = notes[-1]
            current.lines.append(line)
        elif opening and opening["mark"] in inside:
            current = Note(opening["mark"].translate(DIGITS), len(body))
            current.lines.append(Line(line.text[opening.end() :].strip(), source=line.source))
            notes.append(current)
            body.append(Line(PAGE))
        elif current and line.text not in ("", PAGE) and not line.cells and not starts_item(line.text):
            current.lines.append(line)
        else:
            current = None
            body.append(line)
    return body, notes


def without_marks(text, style):
    """Take footnote marks out of a text.

    Returns
    -------
    text : str
    marks : list of (str, int)
        Each mark, and where it stood in the text that is left.
    cuts : list of (int, int)
        Where something was taken out of the text as it was, and how much.

    Examples
    --------
    >>> without_marks("Có 340¹ điểm trên 8 km²", RAISED_STYLE)
    ('Có 340 điểm trên 8 km²', [('1', 6)], [(6, 1)])
    """
    if style is None:
        return text, [], []
    marks, parts, cuts, end, length = [], [], [], 0, 0
    for match in style.inside.finditer(text):
        piece = text[end : match.start()]
        if text[match.end() : match.end() + 1] == " " and piece.endswith(" "):
            piece = piece[:-1]
            cuts.append((match.start() - 1, 1))
        length += len(piece)
        parts.append(piece)
        marks += [(mark.translate(DIGITS), length) for mark in match["mark"].split(",")]
        cuts.append((match.start(), match.end() - match.start()))
        end = match.end()
    return "".join([*parts, text[end:]]), marks, cuts


def hosts(notes, stands):
    """Find, for each footnote, the mark that it belongs to: the last one of its number that stands before it.

    Parameters
    ----------
    notes : list of Note
    stands : list of (str, int, object)
        Mark, line of the body, and what is to be returned; in the order of the text.

    Returns
    -------
    list of object or None
    """
    waiting = {}
    for mark, line, found in stands:
        waiting.setdefault(mark, []).append((line, found))
    answer = []
    for note in notes:
        free = waiting.get(note.mark, [])
        before = bisect_left(free, note.place, key=lambda one: one[0])
        answer.append(free.pop(max(before - 1, 0))[1] if free else None)
    return answer
