"""Write the workbook `build/<period>/intake.xlsx`: the questions of a draft, with room for a person's answers.

Each line asks about the printed number that stands in it. All but the answers is protected, against slips and not against
malice; no cell is a formula, whatever the report says. What comes back is read in `answers`.
"""

import io
import math
import re
import zipfile
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from bgdata.voice import Message
from bgtools.read.decisions import ACCEPT, CORRECT, DROP
from bgtools.read.quotes import harmless, near
from bgtools.read.review import ASKED, MISSING, STATES

FILE = "intake.xlsx"
SHEET = "bgdata"
HEADS = (  # and how many characters wide
    (Message("Indicator"), 32),
    (Message("Report prints"), 14),
    (Message("Read from"), 62),
    (Message("Answer"), 12),
    (Message("Correct to"), 16),
    (Message("State"), 26),
    (Message("Now"), 17),
    (Message("Last"), 17),
    (Message("Section"), 10),
    (Message("Indicator code"), 26),
)
PRINTED, SENTENCE, ANSWER, CORRECTED, CODE = 2, 3, 4, 5, 10
TOP = 6  # the line of the heads
PERIOD_CELL, BY_CELL = "B2", "B3"
WORDS = {ACCEPT: Message("Agree"), CORRECT: Message("Correct"), DROP: Message("Drop")}
ROLE = Message("Data clerk")
INK, FACE = "FF1A1A1A", "Arial"
HIGH, WIDER = 13.5, 1.05  # points of a line of text; how much wider than a column's unit a letter may be
FIXED = datetime(2000, 1, 1)


def content(period, lines, lang):
    """Return the bytes of the workbook: the same for the same lines.

    Parameters
    ----------
    period : Period
    lines : list of bgtools.read.review.Line
    lang : {"vi", "en"}
    """
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    _head(sheet, period, lang)
    ordered = sorted(lines, key=lambda line: (line.state != ASKED, line.state == MISSING))
    for row, line in enumerate(ordered, start=TOP + 1):
        _line(sheet, row, line, lang)
    _choices(sheet, len(ordered), lang)
    sheet.freeze_panes = sheet.cell(TOP + 1, 2)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.autoFilter = False
    sheet.auto_filter.ref = f"A{TOP}:{get_column_letter(len(HEADS))}{TOP + len(ordered)}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{TOP}:{TOP}"
    book.properties.creator, book.properties.created = "bgdata", FIXED
    return _same_bytes(book)


def _head(sheet, period, lang):
    sheet["A1"] = Message("Intake: {label}", label=period.label(lang)).to(lang)
    sheet["A1"].font = Font(name=FACE, bold=True, size=14)
    sheet["A2"], sheet[PERIOD_CELL] = Message("Period").to(lang), period.code
    sheet["A3"], sheet[BY_CELL] = Message("Answered by (role)").to(lang), ROLE.to(lang)
    _open(sheet[BY_CELL])
    sheet["A4"] = Message(
        'Choose an answer in the column "{answer}"; write a number as the report would print it, with its unit of '
        "thousands, millions or per cent. Save, close, then run: bgdata new {period}",
        answer=Message("Answer"),
        period=period.code,
    ).to(lang)
    for column, (text, width) in enumerate(HEADS, start=1):
        cell = sheet.cell(TOP, column, text.to(lang))
        cell.font, cell.fill = Font(name=FACE, bold=True, size=10), PatternFill("solid", "FFE8EDF3")
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width


def _line(sheet, row, line, lang):
    state = "; ".join([STATES[line.state].to(lang), *line.flags])
    before, printed, after = near(line.quote)
    before = harmless(before + printed)[: -len(printed)] if before else ""
    decided = [WORDS[line.decision.action].to(lang), line.decision.answer] if line.decision else ["", ""]
    texts = [
        line.label,
        line.printed,
        before + printed + after,
        *decided,
        state,
        line.now,
        line.last,
        line.section,
        line.code,
    ]
    for column, text in enumerate(texts, start=1):
        _text(sheet.cell(row, column), text)
    if printed:
        parts = [before, TextBlock(InlineFont(rFont=FACE, sz=10, b=True, color=INK), printed), after]
        sheet.cell(row, SENTENCE).value = CellRichText([part for part in parts if part])
    for column in (ANSWER, CORRECTED):
        _open(sheet.cell(row, column))
    deep = max(math.ceil(len(text) * WIDER / width) for text, (_, width) in zip(texts, HEADS))
    sheet.row_dimensions[row].height = HIGH * max(1, deep)


def _text(cell, text):
    """Write a text that stays one: no formula, no number."""
    cell.value = text or None
    cell.data_type = "s" if text else "n"
    cell.number_format, cell.font = "@", Font(name=FACE, size=10)
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def _open(cell):
    side = Side("thin", "FF8A94A0")
    cell.protection = Protection(locked=False)
    cell.fill, cell.border = PatternFill("solid", "FFFFF6DA"), Border(side, side, side, side)


def _choices(sheet, count, lang):
    words = ",".join(word.to(lang) for word in WORDS.values())
    letter = get_column_letter(ANSWER)
    rule = DataValidation("list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=True)
    rule.error = Message("Choose one of: {words}", words=words.replace(",", ", ")).to(lang)
    rule.add(f"{letter}{TOP + 1}:{letter}{TOP + max(1, count)}")
    sheet.add_data_validation(rule)


def _same_bytes(book):
    """Return the workbook without the time at which it was made."""
    made, out = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as there, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as here:
        for name in there.namelist():
            text = there.read(name)
            if name == "docProps/core.xml":
                text = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", text)
            here.writestr(zipfile.ZipInfo(name, FIXED.timetuple()[:6]), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()
