"""Write a number of the data in the words of a draft: the number itself, its qualifying word, its direction word.

Only what has to change is changed; the sentence stays the office's own.
"""

import re

from bgdata.notation import MINUS
from bgtools.word.checks.expected import begins
from bgtools.word.filling.renewal import Edit

ABOUT = (
    r"ước đạt khoảng|ước khoảng|khoảng hơn|khoảng trên|khoảng gần|trên dưới|xấp xỉ|khoảng|gần|hơn|trên|dưới|chừng|không dưới|ít nhất|tối thiểu|"
    r"chưa đến|không quá|tối đa|vượt"
)
SAID = re.compile(rf"(?<!\w)(?P<word>{ABOUT})\s+$", re.IGNORECASE)
WORDS = {"~": "khoảng", ">": "hơn", "<": "dưới"}
NEARLY = "gần "


def edits(numeral, row, text):
    """Return the edits that make a draft say a number of the data, or None where its words do not allow it.

    Parameters
    ----------
    numeral : bgtools.read.statement.numerals.Numeral
    row : dict
        Of the period's observations, with its parsed ``number``.
    text : str
        Of the numeral's passage.

    Returns
    -------
    list of Edit or None
    """
    printed = row["printed"].removeprefix(NEARLY)
    if numeral.relation == "growth":
        turned = _direction(numeral, row, text)
        number = Edit(numeral.passage, numeral.start, numeral.end, printed.lstrip(f"{MINUS}-"), "value")
        return None if turned is None else [number, *turned]
    start, word = _qualifier(numeral, row, text)
    return [Edit(numeral.passage, start, numeral.end, f"{word} {printed}".strip(), "value")]


def _direction(numeral, row, text):
    """Return the edit of the direction word; none where it is right; None where it is another word than these two."""
    falls = row["number"].value is not None and row["number"].value < 0
    if falls == numeral.printed.startswith(MINUS):
        return []
    start = begins(numeral, text)
    way = text[start : start + len("tăng")]
    if start == numeral.start or way.lower() not in ("tăng", "giảm"):
        return None
    other = "giảm" if falls else "tăng"
    return [Edit(numeral.passage, start, start + len(way), other.capitalize() if way[0].isupper() else other, "value")]


def _qualifier(numeral, row, text):
    """Return where the edit begins and the word that it begins with: none where the draft's own word may stay."""
    nearly = row["printed"].startswith(NEARLY)
    said = SAID.search(text[: numeral.start])
    word = said["word"].lower() if said else ""
    same = numeral.qualifier == row["qualifier"] or "range" in (numeral.qualifier, row["qualifier"])
    if same and nearly == word.endswith("gần"):
        return numeral.start, ""
    new = "gần" if nearly else WORDS.get(row["qualifier"], "")
    if said:
        return said.start("word"), new.capitalize() if said["word"][0].isupper() else new
    return numeral.start, new if numeral.qualifier == "=" else ""
