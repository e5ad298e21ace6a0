"""Tell how a number's whole sentence sounds: like a plain result of ours, or like something else that is said of a number.

A survey, a wish, a scenario, another body's figure are told by words anywhere in the sentence. No list of such words is
whole; a logistic regression over the words that are not the indicator's own, fitted on statements of both sorts
(`tests/statements`), weighs those that it has met and counts those that no plain statement had. Its weights
stand in `plainness.csv`, as `python -m bgtools.read.fit.statements` wrote them.
"""

import csv
import re
from functools import cache
from pathlib import Path

from bgtools.read.indicator.novelty import timeless
from bgtools.read.indicator.terms import spell
from bgtools.read.statement.asides import COMES_BACK

WEIGHTS = Path(__file__).with_name("plainness.csv")
BAR = 1.0  # log odds from which on a statement is asked about
BEFORE, BEHIND = 40, 40  # tokens that are looked at
MOST = 6  # unheard words that are counted
TOKEN = re.compile(r"[^\W_]+|#|[,:()%|]")
DIGITS = re.compile(r"\d[\d.,/]*")
BOUND = re.compile(r"[.;](?=\s)")
BIAS = "="
WHEN = re.compile(
    r"\(\s?(?:thực hiện|kết quả|số liệu|trong)?\s?(?:\|\s*)+\)", re.IGNORECASE
)  # brackets that say a time alone
UNITS = {"tỉ", "tỷ", "triệu", "đồng", "usd", "%"}
LABELS = {"a", "b", "c", "d", "đ", "e", "g", ")", "|", ","}  # before a sentence begins
FRESH = {
    "<?1": 6.0,
    "<?2": 2.0,
    ">?2": 2.0,
    "^?1": 1.0,
    "^?2": 1.0,
}  # what words count where no plain statement had them


def strangeness(text, start, end, own):
    """Return the log odds that what a sentence says of a number is no plain result.

    Parameters
    ----------
    text : str
    start, end : int
        Where the number stands.
    own : collection of str
        The words of the indicator that it would be entered for.

    Returns
    -------
    float
        Above `BAR` it is asked about.

    Examples
    --------
    >>> own = {"điểm", "phục", "vụ", "bưu", "chính"}
    >>> plain, wished = "Toàn tỉnh có 340 điểm phục vụ bưu chính", "Đề nghị bố trí đủ 340 điểm phục vụ bưu chính"
    >>> strangeness(plain, 13, 16, own) < BAR < strangeness(wished, 18, 21, own)
    True
    """
    found = features(text, start, end, own)
    table = weights()
    told = found | unheard(found, table)
    return table[BIAS] + sum(table.get(one, 0.0) + FRESH.get(one, 0.0) for one in told)


@cache
def weights():
    """Return the weight of each feature; a word that plain statements have used is in it even if it weighs nothing."""
    if not WEIGHTS.is_file():
        return {BIAS: 0.0}
    with open(WEIGHTS, encoding="utf-8", newline="") as file:
        return {row["feature"]: float(row["weight"]) for row in csv.DictReader(file)}


def features(text, start, end, own):
    """Return the words, and each two that follow each other, before (``<``) and behind (``>``) a number in its sentence.

    Those of a sentence behind it that comes back to it ("Đó là ...") are marked ``~``.

    Examples
    --------
    >>> sorted(features("Chỉ có 340 điểm.", 7, 10, {"điểm"}))
    ['<1có', '<2chỉ có', '<chỉ', '<chỉ có', '<có', '>2', '^1chỉ', '^2chỉ có']
    """
    text = WHEN.sub(lambda found: " " * len(found[0]), timeless(text, start, end))
    first = max((match.end() for match in BOUND.finditer(text, 0, start)), default=0)
    last = next((match.start() for match in BOUND.finditer(text, end)), len(text))
    before, behind = _tokens(text[first:start])[-BEFORE:], _tokens(text[end:last])[:BEHIND]
    again = _tokens(text[last:].split("\n")[0])[:BEFORE] if COMES_BACK.match(text, last + 1) else []
    return _of(before, "<", own) | _of(behind, ">", own) | _of(again, "~", own) | _places(before, behind, own)


def _tokens(text):
    found = TOKEN.findall(DIGITS.sub("#", text))
    return [("^" if place and one[0].isupper() else "") + spell(one) for place, one in enumerate(found)]


def _of(tokens, side, own):
    mine = [one.lstrip("^") in own for one in tokens]
    found = {side + one for one, known in zip(tokens, mine) if not known}
    pairs = zip(tokens, tokens[1:], mine, mine[1:])
    return found | {f"{side}{one} {other}" for one, other, known, too in pairs if not (known and too)}


def _places(before, behind, own):
    """Return what stands right before a number, right behind what is counted, and first in the sentence; ``*`` for own words."""
    head, tail = ([one.lstrip("^") for one in side] for side in (before, behind))
    tail = tail[next((place for place, one in enumerate(tail) if one not in own and one not in UNITS), len(tail)) :]
    first = head[next((place for place, one in enumerate(head) if one not in LABELS), len(head)) :]
    pieces = {"<1": head[-1:], "<2": head[-2:], ">2": tail[:2], "^1": first[:1], "^2": first[:2]}
    return {f"{place}{' '.join('*' if one in own else one for one in words)}" for place, words in pieces.items()}


def unheard(found, known):
    """Return features that count the words and pairs of words that are not in `known`, on each side up to `MOST`.

    What stands where no plain statement had it is told by its place: ``<?1``.
    """
    counts = {}
    for one in found:
        if one not in known and (one[1:].lstrip("^")[:1].isalpha()):
            kind = f"{one[0]}?{'two' if ' ' in one else 'one'}"
            counts[kind] = counts.get(kind, 0) + 1
    fresh = {f"{one[0]}?{one[1]}" for one in found if one[1] in "12" and one not in known}
    return fresh | {f"{kind}{number}" for kind, count in counts.items() for number in range(1, min(count, MOST) + 1)}
