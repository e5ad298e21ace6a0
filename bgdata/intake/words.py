"""Words of a report and of the catalogue in one spelling, and how far each stands from a numeral.

Abbreviations are written out and tone marks put in one place, so that "TTHC" and "thủ tục hành chính" meet. What
words say about a number is weighed in `evidence`.
"""

import math
import re
import unicodedata
from collections import Counter

ABBREVIATIONS = {
    "tthc": "thủ tục hành chính",
    "cnscđ": "công nghệ số cộng đồng",
    "cntt": "công nghệ thông tin",
    "tmđt": "thương mại điện tử",
    "cđs": "chuyển đổi số",
    "dn": "doanh nghiệp",
    "htx": "hợp tác xã",
    "ubnd": "ủy ban nhân dân",
    "attt": "an toàn thông tin",
    "httt": "hệ thống thông tin",
    "đddt": "định danh điện tử",
    "đdđt": "định danh điện tử",
    "vneid": "định danh điện tử",
    "dvc": "dịch vụ công",
    "dvctt": "dịch vụ công trực tuyến",
    "bcci": "bưu chính công ích",
    "vpđd": "văn phòng đại diện",
    "pv": "phóng viên",
    "asxh": "an sinh xã hội",
    "smartphone": "điện thoại thông minh",
    "ttđt": "thông tin điện tử",
    "đvtn": "đoàn viên thanh niên",
    "tkđt": "tài khoản điện tử",
    "kntc": "khiếu nại tố cáo",
    "vphc": "vi phạm hành chính",
    "xphc": "xử phạt vi phạm hành chính",
}
STOP = set(
    "và của các có được cho là tại trên trong với để về theo đã đến từ do này đó khi như một những cả đều ra vào "
    "hiện nay còn cùng sẽ việc bị bởi gồm thì mà nên cũng rất đang kỳ số tổng tỉnh đạt toàn".split()
)
TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+[A-ZĐ]\b|\d[\d.,]*|[;:.,()!?…|–-]")
TONES = {"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "óe": "oé", "ỏe": "oẻ", "ọe": "oẹ"}
TONES |= {"ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ"}
VOWEL_Y = re.compile(r"(?<=[hklmst])(?:[yỳýỷỹỵ])$")
WITH_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")
COSTS = {",": 1.5, ":": 0.5, ";": 9.0, ".": 14.0, "!": 14.0, "?": 14.0, "…": 6.0, "(": 2.5, ")": 4.0, "|": 1.0, "–": 1.0}
NUMBER_COST = 5.0
TOGETHER = 2.6  # two words further apart than this are no pair: a sign or a number stands between them


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
        self.words, self.at, self.walked = [], [], []
        self.places = {}
        cost = 0.0
        shift = len(before) + 1 if before else 0
        whole = f"{before}\n{text}" if before else text
        starts = {start + shift: index for index, (start, _) in enumerate(spans)}
        ends = {start + shift: end + shift for start, end in spans}
        skip = 0
        for match in TOKEN.finditer(whole):
            if match.start() < skip:
                continue
            token = match[0]
            if match.start() in starts:
                cost += NUMBER_COST / 2
                self.places[starts[match.start()]] = (len(self.words), cost)
                cost += NUMBER_COST / 2
                skip = ends[match.start()]
            elif token in COSTS:
                cost += COSTS[token] if token != "." or whole[match.end() : match.end() + 1].isspace() else 0
            elif token[0].isalpha() or token[-1].isalpha():
                for word in (spell(part) for piece in token.split("-") for part in _written_out(piece)):
                    cost += 1
                    self.words.append(word)
                    self.at.append(cost)
            if shift and match.end() == len(before):
                cost += 6.0

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
