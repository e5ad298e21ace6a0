"""Read a person's answers back from the workbook `build/<period>/intake.xlsx`.

A workbook comes from outside like any file: its size is bounded before it is opened, nothing in it is executed or fetched,
and each answer is held against what was asked. All that does not fit is listed with its cell; then nothing is taken over.
"""

import re
import zipfile
import zlib
from datetime import date
from decimal import Decimal

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from bgdata.errors import BgdataError, DataError, NotationError
from bgdata.notation import format_number, numbers
from bgdata.voice import LANGUAGES, Joined, Message
from bgtools.read.decisions import CORRECT, DROP, Decision, alike
from bgtools.read.quotes import harmless
from bgtools.read.workbook import ANSWER, BY_CELL, CODE, CORRECTED, HEADS, PERIOD_CELL, PRINTED, ROLE, SHEET, TOP, WORDS

MOST_BYTES, MOST_UNPACKED, MOST_ROWS, MOST_FAULTS = 5_000_000, 50_000_000, 5_000, 20
LONGEST = 60
CURRENCY = re.compile(r"\s+(?:đồng|VND|USD)$", re.IGNORECASE)


class Unfit(Exception):
    """An answer that cannot be taken over; holds the message that says why."""


def read(path, period, slots, found, day=None):
    """Return the answers in a workbook.

    Parameters
    ----------
    path : pathlib.Path
    period : Period
    slots : sequence of Slot
    found : dict of (str, str) to Found, or None
        What was asked about.
    day : datetime.date, optional
        When the answers are taken over; today if left out.

    Returns
    -------
    dict of (str, str) to Decision

    Raises
    ------
    BgdataError
        The file is no workbook of this period.
    DataError
        Answers that cannot be taken over, all of them with their cells.
    """
    sheet = _sheet(path, period)
    asked = {(f"{slot.indicator}[{slot.category}]" if slot.category else slot.indicator): slot for slot in slots}
    by = harmless(_said(sheet[BY_CELL]) or ROLE.to("vi"))[:LONGEST]
    answers, faults = {}, []
    for row in range(TOP + 1, min(sheet.max_row, TOP + MOST_ROWS) + 1):
        try:
            decision = _answer(sheet, row, asked, found or {}, (period.code, by, str(day or date.today())))
        except Unfit as error:
            faults.append(Message("{cell}: {why}", cell=f"{get_column_letter(ANSWER)}{row}", why=error.args[0]))
            continue
        if decision and decision.key in answers:
            faults.append(
                Message(
                    "{cell}: {why}",
                    cell=f"{get_column_letter(CODE)}{row}",
                    why=Message("this number is answered twice"),
                )
            )
        elif decision:
            answers[decision.key] = decision
    if faults:
        said = Message(
            "{path}: answers that cannot be taken over; nothing has changed. Correct them, then run the command again.",
            path=path.name,
        )
        more = [Message("… and {count} more", count=len(faults) - MOST_FAULTS)] if len(faults) > MOST_FAULTS else []
        raise DataError(Joined("\n  ", [said, *faults[:MOST_FAULTS], *more]), faults)
    return answers


def _sheet(path, period):
    """Open the workbook and return its sheet; refuse what is not the one that was written for the period."""
    _bounded(path)
    try:
        book = load_workbook(path, keep_links=False)
    except Exception as error:  # openpyxl says in no one way that a file is none
        raise BgdataError(
            "{path} is damaged and cannot be read as a workbook ({why}). Restore or delete it, then run the command again.",
            path=path.name,
            why=type(error).__name__,
        ) from None
    if SHEET not in book.sheetnames:
        raise BgdataError(
            '{path} has no sheet "{sheet}"; it is not the workbook of the questions.', path=path.name, sheet=SHEET
        )
    sheet = book[SHEET]
    said = _said(sheet[PERIOD_CELL])
    if said != period.code:
        raise BgdataError(
            '{path} is of the period "{found}", not {period}.', path=path.name, found=said[:LONGEST], period=period.code
        )
    heads = [_said(sheet.cell(TOP, column)) for column in range(1, len(HEADS) + 1)]
    if not any(heads == [text.to(lang) for text, _ in HEADS] for lang in LANGUAGES):
        raise BgdataError(
            "{path}: the heads in line {line} have been changed; restore them, or delete the file and run the command again.",
            path=path.name,
            line=TOP,
        )
    return sheet


def _bounded(path):
    """Refuse a file that is too large, unpacks to too much, or declares entities."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise BgdataError(
                "{path} has {size} MB; a workbook of questions has at most {limit} MB.",
                path=path.name,
                size=f"{size / 1e6:.0f}",
                limit=f"{MOST_BYTES / 1e6:.0f}",
            )
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise BgdataError(
                    "{path} unpacks to far more than a workbook of questions; it was not opened.", path=path.name
                )
            if any(
                b"<!DOCTYPE" in parts.read(part)
                for part in parts.infolist()
                if part.filename.endswith((".xml", ".rels"))
            ):
                raise BgdataError(
                    "{path} declares XML entities, which no workbook needs; it was not opened.", path=path.name
                )
    except (OSError, ValueError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise BgdataError(
            "{path} cannot be read as a workbook ({why}); close it in Excel, or delete it, then run the command again.",
            path=path.name,
            why=getattr(error, "strerror", None) or type(error).__name__,
        ) from None


def _said(cell):
    """Return the text of a cell that should hold one."""
    return re.sub(r"\s+", " ", str(cell.value)).strip() if cell.value is not None and cell.data_type != "f" else ""


def _answer(sheet, row, asked, found, taken):
    """Return the decision of one line, or None where it is not answered."""
    word, number = sheet.cell(row, ANSWER), sheet.cell(row, CORRECTED)
    if word.value is None and number.value is None:
        return None
    for cell in (word, number):
        if cell.data_type in ("f", "e") or str(cell.value).startswith("="):
            raise Unfit(Message("{cell} holds a formula; type the answer", cell=cell.coordinate))
    slot = asked.get(_said(sheet.cell(row, CODE)))
    if slot is None:
        raise Unfit(Message('no number is called "{code}"', code=_said(sheet.cell(row, CODE))[:LONGEST]))
    one = found.get(slot.key)
    printed, now = _said(sheet.cell(row, PRINTED)), one.row["printed"] if one else ""
    if not alike(printed, now):
        raise Unfit(
            Message(
                'the question was about "{printed}", but the report says "{now}"; answer in a new workbook',
                printed=printed[:LONGEST],
                now=now or "–",
            )
        )
    action = _action(word, number)
    answer = _number(number, slot, one) if action == CORRECT else ""
    period, by, day = taken
    section = one.row["section"] if one else _usual(slot)
    return Decision(period, *slot.key, now, section, action, _value(action, answer, one), answer, by, day)


def _usual(slot):
    """Return where a number usually stands."""
    return slot.last["section"] if slot.last else ""


def _action(word, number):
    said = _said(word).casefold()
    if not said:
        return CORRECT
    for action, message in WORDS.items():
        if said in {message.to(lang).casefold() for lang in LANGUAGES}:
            if action != CORRECT and number.value is not None:
                raise Unfit(Message('there is a number beside "{word}"; choose one of the two', word=_said(word)))
            return action
    raise Unfit(
        Message('"{said}" is no answer; choose one of: {words}', said=_said(word)[:LONGEST], words=list(WORDS.values()))
    )


def _value(action, answer, one):
    """Return what was decided, in the unit itself; empty for a range and for none."""
    if action == DROP:
        return ""
    if action == CORRECT:
        value = numbers.parse(answer).value
        return "" if value is None else f"{value:f}"
    if one is None or not (one.row["value"] or one.row["lower"]):
        raise Unfit(Message("there is no number to agree to; write it under “{head}”", head=Message("Correct to")))
    return one.row["value"]


def _number(cell, slot, one):
    """Return the number that a person wrote, as a report would print it."""
    text = CURRENCY.sub("", _typed(cell))
    percent = slot.row["unit"] == "percent"
    if percent and text[-1:].isdigit():
        text += "%"
    try:
        number = numbers.parse(text) if 0 < len(text) <= LONGEST else None
    except NotationError as error:
        raise Unfit(error.message) from None
    if number is None:
        raise Unfit(Message("the number is missing") if not text else Message("the number is too long"))
    if number.percent != percent:
        raise Unfit(
            Message('"{text}" does not go with the unit of this number ({unit})', text=text, unit=slot.row["unit"])
        )
    scale = _scale(one, slot)
    if scale and not number.exponent and number.value is not None and abs(number.value) < Decimal(10) ** scale:
        raise Unfit(Message('"{text}" has no multiplier, but the report prints one; write it too', text=text))
    return text


def _scale(one, slot):
    """Return the multiplier that the number was printed with, as a power of ten: now, or else last time."""
    try:
        if one:
            return numbers.parse(one.row["printed"]).exponent
        return slot.last["number"].exponent if slot.last and slot.last["number"] else 0
    except NotationError:
        return 0


def _typed(cell):
    """Return what was typed into a cell, also where a spreadsheet took it for a number."""
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float | str | None):
        raise Unfit(Message("{cell} holds no number, but a date or a truth value", cell=cell.coordinate))
    if not isinstance(value, int | float):
        return re.sub(r"\s+", " ", value or "").strip()
    percent = "%" in cell.number_format
    number = Decimal(repr(value)) * (100 if percent else 1)
    decimals = max(0, -number.normalize().as_tuple().exponent)
    if decimals == 3 and not percent:
        either = format_number(number, decimals=3), format_number(number * 1000)
        raise Unfit(
            Message(
                "it is not clear whether {one} or {other} is meant; type it as text", one=either[0], other=either[1]
            )
        )
    return format_number(number, decimals=decimals) + "%" * percent
