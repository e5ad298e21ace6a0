"""Read the words and signs that say how exactly a number is stated: khoảng, gần, hơn, ước, ≥, ~.

They are read from the number backwards, a word at a time. Whether the number is a plan or a result is not asked here.
"""

import re
from dataclasses import dataclass

WORDS = {
    ">": r"không dưới|không thấp hơn|không ít hơn|ít nhất|(?<!mức )(?<!yêu cầu )tối thiểu|nhiều hơn|hơn|(?<!đặt )(?<!lắp )(?<!dựa )(?<!tính )trên|vượt|quá",
    "<": r"chưa đến|chưa tới|chưa đầy|chưa vượt|không đến|không tới|không đầy|không quá|không vượt quá|không vượt|"
    r"không hơn|(?<!mức )(?<!định )tối đa|(?<!trên )(?<!không )dưới",
    "~": r"trên dưới|xấp xỉ|khoảng|gần|chừng|độ chừng|ngót|ước tính|ước thực hiện|ước đạt|ước khoảng|ước",
}
SIGNS = {"≥": ">", "⩾": ">", ">": ">", ">=": ">", "≤": "<", "⩽": "<", "<": "<", "<=": "<"}
SIGNS |= {sign: "~" for sign in "~≈∼≃≅∽"}
SIGN = re.compile(r"(?P<sign>>=|<=|[≥⩾>≤⩽<~≈∼≃≅∽])\s?$")
SAID = re.compile(rf"(?<!\w)(?:{WORDS['~']}|{WORDS['<']}|{WORDS['>']})\s+$", re.IGNORECASE)
BETWEEN = re.compile(r"(?<!\w)(?:đạt|là|có|được|tới|lên)\s+$", re.IGNORECASE)
BEHIND = re.compile(
    r"[^\W\d_]{0,20}(?:\s+[^\W\d_]{1,20}){0,2}?\s+(?:là\s+)?(?:mức|số|con số)\s+ước(?!\w)|[^\d.,;()]{0,20}\(ước[^)]{0,20}\)",
    re.IGNORECASE,
)
AHEAD = re.compile(r"(?:^|[.;,:(–-]\s)\s*ước\s+(?!mơ|nguyện|muốn)[^\d.;,:()]*$", re.IGNORECASE)
ESTIMATED = re.compile(r"(?<!\w)ước\s+(?:tính\s+)?(?:chiếm|bằng|tăng|giảm)\s+(?:thêm\s+)?$", re.IGNORECASE)
UPWARDS = re.compile(r"(?:\s+[^\W\d]{1,20}){0,2}\s+trở lên", re.IGNORECASE)
MOST = 10  # words that are looked at


@dataclass(frozen=True)
class Exactness:
    """How exactly a number is stated.

    Attributes
    ----------
    qualifier : str
    status : str
        ``"E"`` where it is called an estimate.
    words : str
        That say so, lower case.
    stem : str
        The text before them.
    """

    qualifier: str
    status: str
    words: str
    stem: str


def exactness(before, after):
    """Read what stands around a number.

    Examples
    --------
    >>> said = exactness("nộp ngân sách khoảng trên ", " tỷ đồng")
    >>> said.qualifier, said.words, said.stem
    ('>', 'khoảng trên', 'nộp ngân sách ')
    >>> exactness("doanh thu ước đạt ", "").status, exactness("hồ sơ ≥ ", "").qualifier
    ('E', '>')
    """
    before = before[-160:]
    sign = SIGN.search(before)
    if sign:
        return Exactness(SIGNS[sign["sign"]], "A", "", before[: sign.start()])
    bare = re.sub(r"\s*[:(\[]\s*$", " ", before)
    words, stem = _said(bare)
    qualifier = _qualifier(words)
    status = "E" if "ước" in words or "dự kiến" in words else "A"
    if not words and UPWARDS.match(after):
        qualifier = ">"
    if not words and (BEHIND.match(after) or AHEAD.search(before) or ESTIMATED.search(before)):
        qualifier, status = "~", "E"
    return Exactness(qualifier, status, words, stem if words else bare if before[-1:] in ("(", "[") else before)


def _said(before):
    """Return the qualifying words at the end of a text, and what stands before them."""
    place = first = len(before)
    for _ in range(MOST):
        piece = before[max(0, place - 30) : place]
        found = SAID.search(piece) or BETWEEN.search(piece)
        if not found:
            break
        place -= len(piece) - found.start()
        if SAID.fullmatch(found[0]):
            first = place
    return before[first:].strip().lower(), before[:first]


def _qualifier(words):
    if not words:
        return "="
    for sign in "<>":
        if re.search(rf"(?<!\w)(?:{WORDS[sign]})(?!\w| dưới)", words):
            return sign
    return "~"
