"""Fill the places that a draft keeps for tables and figures: a paragraph "[Bảng: bưu chính]" or "[Hình: telecom-bts]".

The place is struck out and what belongs there is proposed behind it. A place whose name is unknown is left alone.
"""

import re

from lxml import etree

from bgdata.voice import Message
from bgtools.word.checks.expected import Expected
from bgtools.word.file.anchors import name_of
from bgtools.word.file.splitting import SPACE
from bgtools.word.filling.redrawn import captioned, picture, proposed_paragraph
from bgtools.word.pictures import Figures, text_of

PLACE = re.compile(
    r"\s*\[\s*(?P<what>Bảng|Biểu|Hình|Biểu đồ|Table|Figure)\s*:\s*(?P<name>[^\]]+?)\s*\]\s*", re.IGNORECASE
)
HEADS = (Message("No."), Message("Indicator"), Message("Unit"))
WIDTHS = (700, 4_650, 1_900, 2_100)  # twentieths of a point: 16.5 cm in all


def fill_places(draft, revisions, lang):
    """Propose tables and figures in the places that the draft keeps for them.

    Returns
    -------
    int
        How many are proposed.
    """
    tree, count = draft.anchors.trees[draft.container.main], 0
    for paragraph in [one for one in tree.iter() if name_of(one) == "p"]:
        place = PLACE.fullmatch(text_of(paragraph))
        new = _content(draft, place, paragraph, revisions, lang) if place else []
        for element in reversed(new):
            paragraph.addnext(element)
        if new:
            count += 1
            for run in [one for one in paragraph.iter() if name_of(one) == "r" and not _struck(one)]:
                revisions.delete(run)
    return count


def _struck(run):
    return any(name_of(one) == "del" for one in run.iterancestors())


def _content(draft, place, beside, revisions, lang):
    """Return the elements that belong in a place; none where nothing is known by its name."""
    name = place["name"].strip().casefold()
    if place["what"].casefold() in ("hình", "biểu đồ", "figure"):
        drawn = Figures(draft.package.root).of(draft.period, name)
        if drawn is None:
            return []
        paragraph = proposed_paragraph(revisions, beside, centred=True)
        inserted = revisions.mark("ins", beside)
        paragraph.append(inserted)
        etree.SubElement(inserted, f"{revisions.space}r").append(picture(draft, drawn, revisions))
        return [paragraph, captioned(draft, drawn.about[0], revisions, beside, lang)]
    sectors = {
        code
        for code, row in draft.package.sectors.items()
        if name in (code, row["label_vi"].casefold(), row["label_en"].casefold())
    }
    rows = [
        row for key, row in Expected(draft.package, draft.period).now.items() if key[0].partition(".")[0] in sectors
    ]
    return [_table(draft, rows, beside, revisions, lang), proposed_paragraph(revisions, beside)] if rows else []


def _table(draft, rows, beside, revisions, lang):
    """Return a proposed table in the office's style: ruled, its head repeated on each page."""
    space = revisions.space
    table = beside.makeelement(f"{space}tbl", nsmap=beside.nsmap)
    properties = etree.SubElement(table, f"{space}tblPr")
    _set(etree.SubElement(properties, f"{space}tblW"), space, w=str(sum(WIDTHS)), type="dxa")
    _set(etree.SubElement(properties, f"{space}jc"), space, val="center")
    borders = etree.SubElement(properties, f"{space}tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _set(etree.SubElement(borders, f"{space}{side}"), space, val="single", sz="4", space="0", color="000000")
    grid = etree.SubElement(table, f"{space}tblGrid")
    for width in WIDTHS:
        _set(etree.SubElement(grid, f"{space}gridCol"), space, w=str(width))
    _row(table, [*(head.to(lang) for head in HEADS), draft.period.label(lang).capitalize()], revisions, head=True)
    for number, row in enumerate(rows, start=1):
        label = draft.package.label(row["indicator"], row["category"] or "", lang)
        unit = draft.package.units[draft.package.indicators[row["indicator"]]["unit"]][f"label_{lang}"]
        _row(table, [str(number), label, unit, row["printed"]], revisions)
    return table


def _row(table, texts, revisions, *, head=False):
    space = revisions.space
    row = etree.SubElement(table, f"{space}tr")
    properties = etree.SubElement(row, f"{space}trPr")
    etree.SubElement(properties, f"{space}cantSplit")
    if head:
        etree.SubElement(properties, f"{space}tblHeader")
    properties.append(revisions.mark("ins", table))
    for text, width in zip(texts, WIDTHS):
        cell = etree.SubElement(row, f"{space}tc")
        _set(etree.SubElement(etree.SubElement(cell, f"{space}tcPr"), f"{space}tcW"), space, w=str(width), type="dxa")
        paragraph = proposed_paragraph(revisions, table, centred=head)
        cell.append(paragraph)
        inserted = revisions.mark("ins", table)
        paragraph.append(inserted)
        run = etree.SubElement(inserted, f"{space}r")
        look = etree.SubElement(run, f"{space}rPr")
        _set(
            etree.SubElement(look, f"{space}rFonts"),
            space,
            ascii="Times New Roman",
            hAnsi="Times New Roman",
            cs="Times New Roman",
        )
        if head:
            etree.SubElement(look, f"{space}b")
        _set(etree.SubElement(look, f"{space}sz"), space, val="26")
        element = etree.SubElement(run, f"{space}t")
        element.text = text
        element.set(SPACE, "preserve")


def _set(element, namespace, /, **values):
    for name, value in values.items():
        element.set(f"{namespace}{name}", value)
