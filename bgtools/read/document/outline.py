"""Give each paragraph of a report the section that it stands in, and the headings above it.

Headings have numbers, or are known by their look, by the sector that they name, or by how they stand. Where those above a
paragraph have no number, and not all of them name a sector, they are counted: "I.3" is what stands below the third of
them. What a report states before its first heading is "I"; in a report that has no heading of results, the paragraphs
below the title are counted, a list with the paragraph that leads to it: "I.2" is the second of them.
"""

from bgtools.read.document import standing
from bgtools.read.document.numbered import is_heading
from bgtools.read.document.sections import MOST, Sections


def places(paragraphs, sectors=None):
    """Return section and headings of each paragraph.

    Parameters
    ----------
    paragraphs : sequence
        Each with `text`, `gap`, `lines` and `bold`, as the layout has joined them.
    sectors : dict of str to (str, str), optional
        Section and name of each sector.

    Returns
    -------
    list of (str, tuple of str)
    """
    start = standing.beginning(paragraphs)
    stand = standing.headings(paragraphs, start)
    sections = Sections(sectors)
    found = _read(paragraphs, sections, stand, start)
    if sections.unnamed:
        found = _read(paragraphs, Sections(sectors, counting=True), stand, start)
    return _before_headings(paragraphs, found, start)


def _read(paragraphs, sections, stand, start):
    found = []
    for place, paragraph in enumerate(paragraphs):
        if not paragraph.lines[0].cells:
            _head(sections, paragraph, place in stand, place >= start)
        found.append((sections.code, sections.headings))
    return found


def _head(sections, paragraph, stands, below):
    """Note a heading: a line of its own, or bold words that open a paragraph and end in a colon or full stop."""
    text, first = paragraph.text, paragraph.lines[0]
    if 0 < first.strong < len(text) and not is_heading(text) and not paragraph.bold:
        opening = text[: first.strong].strip()
        if opening.endswith((":", ".")) and sections.names(opening.rstrip(":.")):
            sections.read(opening.rstrip(":."), strong=True, below=below)
        return
    sections.read(text, first.level, paragraph.bold, stands=stands, below=below)


def _before_headings(paragraphs, found, start):
    """Give a section to what a report states before its first heading."""
    alone = all(code.startswith("II") for code, _ in found if code)
    count = 0
    for place in range(start, len(paragraphs)):
        if found[place][0]:
            break
        text, cells = paragraphs[place].text, paragraphs[place].lines[0].cells
        count += not (count and (cells or standing.BULLET.match(text)))
        if standing.counted(text) and not standing.SIGNED.match(text):
            found[place] = (f"I.{min(count, MOST)}" if alone else "I", ())
    return found
