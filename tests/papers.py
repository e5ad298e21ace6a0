"""A whole report as a paper: its paragraphs, headings, tables and footnotes, for the writers of `papers_word` and `papers_pdf`.

A mark of a footnote stands in the text between two private letters, apart from raised digits that are none.
"""

import re
from dataclasses import dataclass, field

from bgtools.read.document.lines import RAISED, SUPERSCRIPTS
from bgtools.read.document.numbered import is_heading

MARK = re.compile("\ue000(\\d+)\ue001")
RUNS = re.compile(f"\ue000(?P<note>\\d+)\ue001|(?P<raised>[{SUPERSCRIPTS}]+)")
NOTE = re.compile(r" fn(\d+)$")


@dataclass
class Part:
    """A paragraph, or a table with its rows of texts; `level` of a heading from 1."""

    text: str = ""
    level: int = 0
    rows: list = field(default_factory=list)


@dataclass
class Paper:
    """The parts of a report, and its footnotes by their numbers."""

    parts: list = field(default_factory=list)
    notes: dict = field(default_factory=dict)


def paper(passages, changed):
    """Make a paper of a report's passages, some of which have other texts now.

    Parameters
    ----------
    passages : list of Passage
        As they were read.
    changed : dict of int to str
        Other texts, by the passage's place.
    """
    made, marks = Paper(), {}
    for passage in passages:
        if passage.at:
            marks.setdefault(passage.at[0], []).append((passage.at[1], NOTE.search(passage.section)[1]))
    for place, passage in enumerate(passages):
        text = _marked(passage.text, changed.get(place, passage.text), marks.get(place, ()))
        note = NOTE.search(passage.section)
        if note and passage.at:
            made.notes[note[1]] = text
        elif passage.cells:
            _add_row(made, passage, text)
        else:
            level = len(passage.headings) if passage.text in passage.headings and is_heading(passage.text) else 0
            made.parts.append(Part(text, level))
    return made


def _marked(before, after, marks):
    """Put the marks back into a text, also where it was changed before or behind them."""
    same = next((place for place, pair in enumerate(zip(before, after)) if pair[0] != pair[1]), len(before))
    for offset, mark in sorted(marks, reverse=True):
        place = offset if offset <= same else offset + len(after) - len(before)
        after = f"{after[:place]}\ue000{mark}\ue001{after[place:]}"
    return after


def _add_row(made, passage, text):
    fields, row = text.split(" | "), {}
    for cell, one in zip(passage.cells, fields):
        row[cell.column] = one
    if len(fields) != len(passage.cells):
        row = {cell.column: passage.text[cell.start : cell.end] for cell in passage.cells}
    if passage.cells[0].row == 0 or not made.parts[-1].rows:
        made.parts.append(Part(rows=[]))
    rows = made.parts[-1].rows
    width = max([max(row) + 1, *map(len, rows)])
    rows.append([row.get(column, "") for column in range(width)])
    made.parts[-1].rows = [line + [""] * (width - len(line)) for line in rows]


def runs(text):
    """Yield (kind, text): plain text, the number of a footnote, or digits that are raised."""
    end = 0
    for match in RUNS.finditer(text):
        if match.start() > end:
            yield "text", text[end : match.start()]
        yield match.lastgroup, match[match.lastgroup]
        end = match.end()
    if text[end:]:
        yield "text", text[end:]


def plain(made):
    """Return a paper as a text file, a line for each paragraph."""
    lines = []
    for part in made.parts:
        if part.rows:
            rows = [f"| {' | '.join(_superior(one) for one in row)} |" for row in part.rows]
            lines.append("\n".join([rows[0], f"|{'---|' * len(part.rows[0])}", *rows[1:]]))
        else:
            lines.append(_superior(part.text))
    lines += [f"{mark.translate(RAISED)} {_superior(text)}" for mark, text in made.notes.items()]
    return "\n\n".join(lines) + "\n"


def _superior(text):
    return MARK.sub(lambda match: match[1].translate(RAISED), text)
