"""The sentence that a number was read from: for the review page, and for `data/quotes/<period>.csv`.

A sentence is cut where the name of a person stands. The file belongs to the office that wrote the report: git ignores it,
and no number depends on it.
"""

import re

from bgtools.read.persons import cut, names

LEAD = 70  # characters of what leads to a list or a table's row
NEARBY = 140  # characters of the sentence shown on either side of the number
WIDEST = 400  # the same, of a sentence that is kept
WINDOW = 1000  # characters looked at on either side: no name is as long as what is beyond the widest
COLUMNS = ["indicator", "category", "quote"]


def quote(passage, numeral):
    """Return the sentence around a numeral: what stands before it, the numeral, what stands behind it.

    Examples
    --------
    >>> from bgtools.read.document.passage import Passage
    >>> from bgtools.read.statement.numerals import Numeral
    >>> quote(Passage("Câu trước. Có 334 điểm phục vụ; nộp thuế."), Numeral(0, 14, 17, "334"))
    ('Có ', '334', ' điểm phục vụ; nộp thuế.')
    """
    text = passage.text
    start = max(0, numeral.start - WINDOW)
    before, printed, after = cut(
        text[start : numeral.start], text[numeral.start : numeral.end], text[numeral.end : numeral.end + WINDOW]
    )
    whole = not start and text.startswith(before)
    sentence = re.split(r"(?<=[.!?])\s", before)[-1]
    after = re.split(r"(?<=[^\W\d_)%][.!?])\s", after)[0]
    whole, before = whole and sentence == before, sentence
    before, printed, after = near((before, printed, after), WIDEST)
    if passage.lead and whole:
        before = f"{_lead(passage.lead)} › {before}"
    return before, printed, after


def near(quoted, width=NEARBY):
    """Return the part of a sentence around its number.

    Examples
    --------
    >>> near(("Toàn tỉnh có ", "334", " điểm phục vụ"), 8)
    ('… có ', '334', ' điểm …')
    """
    before, printed, after = quoted
    if len(before) > width:
        before = "… " + before[-width:].split(" ", 1)[-1]
    if len(after) > width:
        after = after[:width].rsplit(" ", 1)[0] + " …"
    return before, printed, after


def _lead(text):
    text = text[-WINDOW:]
    text = "…".join(["", text[names(text)[-1][1] :]]) if names(text) else text
    return text if len(text) <= LEAD else "… " + text[-LEAD:].split(" ", 1)[-1]


def of_found(rows, found):
    """Return the sentence of each observation that was found in the report, as rows of `quotes/<period>.csv`."""
    kept = ((row, found.get((row["indicator"], row["category"]))) for row in rows)
    return [_row(row, "".join(one.quote)) for row, one in kept if one]


def of_reading(rows, reading, value):
    """Return the sentences of a period's observations, found again in its report.

    A number is the one that was read as its indicator, with the same value; else the only one of that value in its
    section. Where there is no such number, there is no sentence.

    Parameters
    ----------
    rows : list of dict
        Of `observations/<period>.csv`.
    reading : bgtools.read.reading.Reading
    value : callable
        The value of a row, comparable.
    """
    read = {one.slot.key: (one.numeral, value(reading.row(one))) for one in reading.matches}
    found = []
    for row in rows:
        numeral, said = read.get((row["indicator"], row["category"]), (None, None))
        if said != value(row):
            numeral = _alone(row, reading)
        if numeral is not None:
            found.append(_row(row, "".join(quote(reading.passages[numeral.passage], numeral))))
    return found


def _alone(row, reading):
    """Return the one numeral of the row's section that prints the same number, or None."""
    there = [
        numeral
        for numeral in reading.numerals
        if numeral.printed == row["printed"] and reading.passages[numeral.passage].section == row["section"]
    ]
    return there[0] if len(there) == 1 else None


def _row(row, text):
    return {"indicator": row["indicator"], "category": row["category"], "quote": harmless(text)}


def harmless(text):
    """Return a text that no spreadsheet takes for a formula, on one line.

    Examples
    --------
    >>> harmless("=1+1"), harmless("- Thuê bao:\\t5")
    ('… =1+1', 'Thuê bao: 5')
    """
    text = re.sub(r"^[-–—•*▪+]\s", "", re.sub(r"\s+", " ", text).strip())
    return f"… {text}" if text[:1] in ("", *"=+-@") else text
