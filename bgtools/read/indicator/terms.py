"""Words of a report and of the catalogue in one spelling, and how far each stands from a numeral.

Abbreviations of one reading are written out and tone marks put in one place, so that "tthc" and "thủ tục hành chính"
meet; those of a report were before, see `written`. What words say about a number is weighed in `evidence`.
"""

import math
import re
import unicodedata
from collections import Counter
from functools import lru_cache

from bgtools.read.document.abbreviations import PLAIN

ABBREVIATIONS = {
    **{short.lower(): re.sub(r"[^\w\s]", " ", long) for short, long in PLAIN.items()},
    "pv": "phóng viên",
    "ubnd": "ủy ban nhân dân",
    "vneid": "định danh điện tử",
    "smartphone": "điện thoại thông minh",
}
STOP = set(
    "và của các có được cho là tại trên trong với để về theo đã đến từ do này đó khi như một những cả đều ra vào "
    "hiện nay còn cùng sẽ việc bị bởi gồm thì mà nên cũng rất đang kỳ số tổng tỉnh đạt toàn".split()
)
TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+[A-ZĐ]\b|\d+(?:[.,]\d+)*|[;:.,()!?…|–-]")
TONES = {"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "óe": "oé", "ỏe": "oẻ", "ọe": "oẹ"}
TONES |= {"ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ"}
VOWEL_Y = re.compile(r"(?<=[hklmst])(?:[yỳýỷỹỵ])$")
WITH_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")
ALONE = re.compile(r"[\d.,]+\s?%?\)")
COSTS = {
    ",": 1.5,
    ":": 0.5,
    ";": 14.0,
    ".": 14.0,
    "!": 14.0,
    "?": 14.0,
    "…": 6.0,
    "(": 2.5,
    ")": 4.0,
    "|": 1.0,
    "–": 1.0,
}
NUMBER_COST = 5.0
TO_HOST = 6.0  # from a footnote to the text that it is a note to
ASIDE = re.compile(  # "8 (cùng kỳ 14) cá nhân", "98% (41/42) xã": what is counted stands behind the brackets
    r"\s\((?:(?:cùng kỳ|kế hoạch|kh|năm (?:trước|ngoái|\d{4})|kỳ trước|so với|tăng|giảm)[^()]{0,40}|\d[\d.]*\s?/\s?\d[\d.]*)\)"
    r"(?=\s[^\W\d_])",
    re.IGNORECASE,
)
BRACKET, PASSED = re.compile(r"\([^()\d]{2,80}\)"), 0.3  # words between brackets, and the share of their cost
PAIRED = re.compile(r"\s?/\s?\d")
OPENING = {",": 3.0, ";": 3.0, "(": 1.5}  # "14 tổ chức, 07 cá nhân": what precedes the sign is of the number before
OTHER_LABEL = 6.0  # "2G: 118, 3G: 1.198": what follows the comma is of the next number
TOGETHER = 2.6  # two words further apart than this are no pair: a sign or a number stands between them


@lru_cache(maxsize=20_000)
def spell(word):
    """Return a word in the one spelling that all are compared in.

    Examples
    --------
    >>> spell("Hòa") == spell("hoà"), spell("TỈ") == spell("tỷ")
    (True, True)
    """
    word = unicodedata.normalize("NFC", word).lower()
    for old, new in TONES.items():
        if word.endswith(old):
            return word[:-2] + new
    return VOWEL_Y.sub(lambda match: match[0].translate(WITH_I), word)


def words_of(text):
    """Return the words of a text, abbreviations written out.

    Examples
    --------
    >>> words_of("37 TTHC của Sở")
    ['thủ', 'tục', 'hành', 'chính', 'của', 'sở']
    """
    found = []
    for token in TOKEN.findall(text):
        if token[0].isalpha() or (token[0].isdigit() and token[-1].isalpha()):
            found += [spell(part) for word in token.split("-") for part in _written_out(word)]
    return found


def pieces(text):
    """Return the words of each piece of a text, parted where a sign or a number stands.

    Examples
    --------
    >>> pieces("Có 37 TTHC, đã công khai")
    [['có'], ['thủ', 'tục', 'hành', 'chính'], ['đã', 'công', 'khai']]
    """
    return [words_of(piece) for piece in re.split(r"[.;:,()|]|\d+", text) if words_of(piece)]


def _written_out(word):
    return ABBREVIATIONS.get(word.lower(), word).split()


def terms(words):
    """Return the terms of a text: its words, and each two that follow each other.

    Vietnamese writes most words as two syllables, so pairs say more than single ones.
    """
    single = [word for word in words if word not in STOP]
    pairs = [f"{first} {second}" for first, second in zip(words, words[1:]) if not {first, second} <= STOP]
    return single + pairs


def weights(profiles):
    """Weigh terms by how few of the profiles they occur in.

    Parameters
    ----------
    profiles : sequence of sequence of str
        The terms of each indicator.

    Returns
    -------
    dict of str to float
    """
    counts = Counter(term for profile in profiles for term in set(profile))
    return {term: math.log(1 + len(profiles) / count) for term, count in counts.items()}


class Stream:
    """The words of a passage in order, with the cost of walking from one to the next.

    Parameters
    ----------
    text : str
    spans : sequence of (int, int)
        Where observations stand: walking past one is dear, since its words are its own.
    before : str
        Text that precedes the passage: for a footnote, what it is a note to.
    """

    def __init__(self, text, spans, before=""):
        self.words, self.at, self.places, self.cost = [], [], {}, 0.0
        shift = len(before) + 1 if before else 0
        whole = f"{before}\n{text}" if before else text
        numbers = {start + shift: (index, end + shift) for index, (start, end) in enumerate(spans)}
        foreign = _foreign(text, spans, shift)
        brackets = {place for one in BRACKET.finditer(whole) for place in range(*one.span())}
        behind = aside = 0  # where the last number ends, and what is said of it in brackets
        for match in TOKEN.finditer(whole):
            start, token = match.start(), match[0]
            scale = PASSED if start in brackets else 1.0
            if start < behind or (start < aside and start not in numbers):
                continue
            if start in numbers:
                index, end = numbers[start]
                if start < aside:
                    self.places[index] = (len(self.words), self.cost)
                else:
                    self._pass_number(whole, start, end, behind, index)
                    beside = ASIDE.match(whole, end)
                    aside = beside.end() if beside else 0
                behind = end
            elif token in COSTS:
                self.cost += OTHER_LABEL if start in foreign else 0.0
                self.cost += COSTS[token] * scale if _divides(whole, match) else 0.0
            elif token[0].isalpha() or token[-1].isalpha():
                self._pass_word(token, scale)
            self.cost += TO_HOST if shift and match.end() == len(before) else 0.0

    def _pass_number(self, whole, start, end, behind, index):
        """Note the place of a number; n and N of n/N stand at one place."""
        sign = whole[max(0, start - 2) : start].rstrip()[-1:]
        self.cost += 0.0 if whole[behind:start].strip() == "/" else NUMBER_COST / 2
        self.cost += 0.0 if alone(whole, start) else OPENING.get(sign, 0.0)
        self.places[index] = (len(self.words), self.cost)
        self.cost += 0.0 if PAIRED.match(whole, end) else NUMBER_COST / 2

    def _pass_word(self, token, scale):
        written = [spell(part) for piece in token.split("-") for part in _written_out(piece)]
        for word in written:
            self.cost += scale * (1 if len(written) < 3 else 2 / len(written))
            self.words.append(word)
            self.at.append(self.cost)

    def around(self, index, reach):
        """Return (term, distance) of the terms before and behind a numeral, each nearest first.

        Parameters
        ----------
        index : int
            Position in `spans`.
        reach : float
            How far to walk.

        Returns
        -------
        tuple of two lists of (str, float)
        """
        place, cost = self.places[index]
        return self._before(place, cost, reach), self._after(place, cost, reach)

    def _before(self, place, cost, reach):
        found = []
        for i in range(place - 1, -1, -1):
            distance = cost - self.at[i]
            if distance > reach:
                break
            found.append((self.words[i], distance))
            if i + 1 < place and self.at[i + 1] - self.at[i] < TOGETHER:
                found.append((f"{self.words[i]} {self.words[i + 1]}", distance))
        return found

    def _after(self, place, cost, reach):
        found = []
        for i in range(place, len(self.words)):
            distance = self.at[i] - cost
            if distance > reach:
                break
            found.append((self.words[i], distance))
            if i > place and self.at[i] - self.at[i - 1] < TOGETHER:
                found.append((f"{self.words[i - 1]} {self.words[i]}", distance))
        return found


def _divides(whole, match):
    """Tell whether a sign parts what stands around it; a point within a word, and a bracket around a number, do not."""
    behind = whole[match.end() : match.end() + 2]
    if match[0] == ".":
        return behind[:1].isspace()
    if match[0] in "?!":
        return not behind.strip()[:1].islower()
    return not (match[0] == "(" and alone(whole, match.end()))


def _foreign(text, spans, shift):
    """Return where labels begin that belong to the number behind them, as a colon says."""
    places = set()
    for (_, end), (start, _) in zip(spans, spans[1:]):
        between = text[end:start]
        labelled = between.rstrip().endswith(":") or alone(text, start)
        sign = re.search(r"[,;(]", between) if labelled else None
        if sign:
            places.add(end + sign.start() + shift)
    return places


def alone(text, start):
    """Tell whether a numeral stands alone in brackets: what it counts precedes them."""
    return text[start - 1 : start] == "(" and bool(ALONE.match(text, start))


def unbroken(terms, within, *, apart, last=0.0):
    """Yield (term, distance) pairs up to a gap between two of them, or to a distance.

    Examples
    --------
    >>> list(unbroken([("trạm", 1.0), ("phát", 2.0), ("sóng", 9.0)], 8.0, apart=4.0))
    [('trạm', 1.0), ('phát', 2.0)]
    """
    for term, distance in terms:
        if distance > within or distance - last > apart:
            return
        last = distance
        yield term, distance
