"""Find facts that a draft prints twice: the same number again, or another one.

Two numbers are of one fact where the words around them say the same thing, within one sentence each: the same thing
counted, of the same place and time. What only resembles it (a part, another district) is another fact.
"""

import re
from collections import Counter

from bgdata.voice import Message
from bgtools.read.indicator.terms import STOP, words_of
from bgtools.word.checks.expected import agrees, printed_of
from bgtools.word.checks.remarks import WRONG, Remark

EDGE = re.compile(r"[.;:](?=\s|$)|\s\|\s")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SCOPES = re.compile(
    r"(?<!\w)(?:trong đó|riêng|còn lại|mỗi|thêm|mới|bình quân|cùng kỳ|kế hoạch|chỉ tiêu|lũy kế|cả năm|phấn đấu|quý|tháng \d+|"
    r"so với|tăng|giảm|chiếm|tổ chức|cá nhân|đạt chuẩn|chưa|không|đã|đang)(?!\w)",
    re.IGNORECASE,
)
NAMED = re.compile(r"(?<=[^.\s(“]\s)[A-ZĐ][^\W\d_]+")
ALIKE, FEWEST = 0.6, 4
LIKELY = 0.5
REACH = 9
EVERYWHERE = set(
    "tăng giảm so tỉ tỷ đồng triệu nghìn ước hơn khoảng gần doanh thu nộp ngân sách nhà nước bằng cùng kỳ kì năm tháng đầu cuối".split()
)
RARE = 4  # facts that share a pair of words: more of them, and it tells nothing


def repeated(manuscript):
    """Return pairs of numerals that tell one fact: of each, the one that stands first, and the later one.

    Parameters
    ----------
    manuscript : bgtools.word.manuscript.Manuscript

    Returns
    -------
    list of (Numeral, Numeral)
    """
    passages = manuscript.reading.passages
    slots = {id(one.numeral): one.slot.key for one in manuscript.reading.matches if one.confidence >= LIKELY}
    numerals = [one for one in manuscript.numbers if one.number is not None and not one.elsewhen]
    facts = [_Fact(one, passages[one.passage], slots.get(id(one))) for one in numerals]
    common = Counter(term for fact in facts for term in fact.terms)
    earlier, pairs = {}, []
    for later in facts:
        telling = [term for term in later.terms if common[term] <= RARE]
        candidates = dict.fromkeys(fact for term in telling for fact in earlier.get(term, ()))
        best = max(candidates, key=later.likeness, default=None)
        if best is not None and later.likeness(best) >= ALIKE:
            pairs.append((best.numeral, later.numeral))
        for term in telling:
            earlier.setdefault(term, []).append(later)
    return pairs


class _Fact:
    """What is said around a numeral."""

    def __init__(self, numeral, passage, slot):
        self.numeral, self.slot = numeral, slot
        text = passage.text
        before = re.sub(r"\d[\d.]*\s?/\s?$", "", EDGE.split(text[: numeral.start])[-1])
        after = EDGE.split(re.sub(r"^\s?/\s?[\d.]*\d", "", text[numeral.end :]))[0]
        behind = NUMBER.split(after)[0].split(",")[0]
        ahead = NUMBER.split(before)[-1]
        self.counted = [word for word in words_of(behind) if word not in STOP][:4]
        said = [*words_of(ahead)[-REACH:], *words_of(behind)[:REACH]]
        self.words = {word for word in said if word not in STOP}
        self.terms = set(zip(said, said[1:]))
        near = f"{before[-80:]} {behind[:40]}"
        self.scopes = {match[0].lower() for match in SCOPES.finditer(near)}
        self.names = set(NAMED.findall(f"{ahead} {behind}"))
        self.sentence = (numeral.passage, len(EDGE.findall(text[: numeral.start])))
        self.kind = (numeral.unit, numeral.relation, numeral.role)

    def likeness(self, other):
        """Return how much the words of two facts have in common: 0 where they cannot be one fact."""
        if self.kind != other.kind or self.scopes != other.scopes or self.names != other.names:
            return 0.0
        if self.slot and other.slot or self.sentence == other.sentence or self.counted[:2] != other.counted[:2]:
            return 0.0
        common = self.words & other.words
        if len(common - EVERYWHERE) < FEWEST:
            return 0.0
        return len(common) / len(self.words | other.words)


def repetitions(manuscript, pairs, known):
    """Return the remarks on facts that are printed twice with two values.

    Parameters
    ----------
    manuscript : bgtools.word.manuscript.Manuscript
    pairs : list of (Numeral, Numeral)
        As :func:`repeated` returns them.
    known : dict of int to bool
        By the id of a numeral: whether it agrees with the data; absent where nothing is known.
    """
    passages = manuscript.reading.passages
    for first, later in pairs:
        if agrees(first, later.number) or agrees(later, first.number):
            continue
        chosen, other = (first, later) if known.get(id(later)) and not known.get(id(first)) else (later, first)
        where = passages[other.passage].section
        why = Message(
            "The same thing is printed twice: {printed} here, {other} in section {section}.",
            printed=printed_of(chosen, passages[chosen.passage].text),
            other=printed_of(other, passages[other.passage].text),
            section=where or "–",
        )
        printed = printed_of(chosen, passages[chosen.passage].text)
        yield Remark("twice", chosen.passage, chosen.start, chosen.end, printed, why, grade=WRONG)
