"""Find the words of a number's statement that nothing accounts for: neither the indicator's, nor ever heard in a harmless one.

Time, place, plan and negation are told by words, and no list of such words is whole. So each word of the statement has to
be accounted for: what opens its sentence, what stands right before the number and behind it, the brackets behind. A word
is the indicator's own, an expression of time (which `times` judges), a plain verb, or stands beside a word that it
was heard beside before. What was heard stands in `heard.txt`, a syllable or two a line: those of invented reports, but
only of sentences in which no number is a plan's, another time's or another's.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from bgtools.read.indicator.terms import pieces, words_of
from bgtools.read.statement import timewords

HEARD = Path(__file__).with_name("heard.txt")
PLAIN = set(
    words_of(
        "có là đạt được gồm đã và với cho tới đến hiện nay gần hơn khoảng trên dưới mức ước bằng tăng giảm lên so còn đều vào ra cùng về trong từ tại "
        "ở của số tổng tỉnh toàn kỳ các những này đó việc cũng thì đang để xấp xỉ chừng mà mở giúp cử nhận mời dạy chiếm tức tương ứng tổ "
        "chức ban hành ký sở tham gia làm bị"
    )
)
PLANNED = set(
    words_of("phấn đấu mục tiêu dự kiến đặt chỉ tiêu cuối năm giữ duy trì vững đứng đầu quý i ii iii iv nửa ngay hết")
)
TURNING = set(
    words_of("theo nếu khi lúc trước chỉ chưa không chẳng phải cần sẽ muốn từng mỗi nửa nước trừ dù hoặc")
)  # one of these alone can make another statement of it
NEAR_WORDS, FRONT_WORDS = 7, 8  # right before and behind a number, and of what opens its sentence, that are looked at
SENTENCE = re.compile(r"[.;!?](?=\s)|\n")
FRONT = re.compile(
    r"(?:^|[.;:](?=\s))[^\w.;:]{0,4}(?:(?:[a-zđ]|[\d.]{1,8})[.)]\s?){0,2}(?!(?:để|nhằm)\s)(?P<words>[^\W\d_][^,:.;\d()]{1,120})[,:](?=\s)",
    re.IGNORECASE,
)
SIGN = re.compile(r"[.;:,()|!?–…]|\d[\d.,]*%?|\s-\s")
BEHIND = re.compile(r"\s?%?(?P<words>[^.;:,()|!?–…\d]*)(?:\((?P<bracket>[^)\d]*)\))?")
NAMED = re.compile(r"(?<=\d)[A-ZĐ](?!\w)")  # of "4G"
PART = re.compile(r"\d[\d.,]*\s?/\s?$")


@cache
def heard() -> frozenset[str]:
    """Return the syllables of harmless statements, and each two that follow each other there."""
    return frozenset(HEARD.read_text(encoding="utf-8").splitlines()) if HEARD.is_file() else frozenset()


def novel(text, start, end, slot):
    """Tell whether so much of a number's statement is unaccounted for that it may be about something else.

    One word that is known from elsewhere is let pass, unless it is one that turns a statement.

    Parameters
    ----------
    text : str
    start, end : int
        Where the number stands.
    slot : Slot

    Examples
    --------
    >>> from bgdata.notation import Period
    >>> from bgdata.package import Package
    >>> from bgtools.read.indicator.slots import slots
    >>> [slot] = [one for one in slots(Package.open(), Period.parse("2024-S2")) if one.key == ("telecom.masts", "")]
    >>> novel("Hiện có 1.660 vị trí cột ăng ten.", 8, 13, slot)
    False
    >>> novel("Nhà mạng lớn nhất có 1.660 vị trí cột ăng ten.", 21, 26, slot)
    True
    """
    found = unknown(text, start, end, slot)
    return any(len(words) > 1 or word in TURNING or word not in heard() for words in found for word in words)


def unknown(text, start, end, slot):
    """Return what nothing accounts for in a number's statement, words that follow each other together.

    Parameters
    ----------
    text : str
    start, end : int
        Where the number stands.
    slot : Slot

    Returns
    -------
    list of list of str
    """
    text = timeless(NAMED.sub(" ", text), start, end)
    plain = PLAIN | PLANNED if slot.row["measure"] == "target" else PLAIN
    front, near, behind, bracket = _statement(text, start, end)
    said = [*(piece for one in front for piece in pieces(one) if len(piece) <= FRONT_WORDS)]
    said += [
        *(piece[-NEAR_WORDS:] for piece in pieces(near)),
        *(piece[: _reach(piece, slot.words)] for piece in pieces(behind)),
        *pieces(bracket),
    ]
    return [run for words in said for run in _unaccounted(words, slot.words | plain)]


def _reach(words, own):
    """Return how many words behind a number are looked at: the indicator's own that come first are none of them."""
    return next((place for place, word in enumerate(words) if word not in own), len(words)) + NEAR_WORDS


def beside(text, start, end):
    """Return where a number's sentence begins, the words from there to the number, and those right behind it.

    Examples
    --------
    >>> beside("Nhận 12 đơn. Đã xử lý, trả lời 10 đơn (2 đơn trễ).", 31, 33)
    (12, ('đã', 'xử', 'lí', 'trả', 'lời'), ('đơn',))
    """
    first = max((match.end() for match in SENTENCE.finditer(text, 0, start)), default=0)
    return first, tuple(words_of(text[first:start])), tuple(words_of(BEHIND.match(text, end)["words"]))


def _statement(text, start, end):
    """Return what opens a number's sentence, if no number is between, and what stands before it, behind it, in brackets."""
    behind, head = BEHIND.match(text, end), SENTENCE.split(text[:start])[-1]
    fronts, place = [], 0
    while front := FRONT.search(head, place):
        place = front.end() - 1
        if not re.search(r"\d", PART.sub("", head[place:])):
            fronts.append(front["words"])
    return fronts, SIGN.split(head)[-1], behind["words"], behind["bracket"] or ""


def _unaccounted(words, known):
    """Return the runs of words that are not known and were not heard beside each unknown word next to them, or beside any."""
    runs, last = [], -2
    for place, word in enumerate(words):
        if word in known or _heard_here(words, place, known):
            continue
        runs = [*runs[:-1], [*runs[-1], word]] if place == last + 1 else [*runs, [word]]
        last = place
    return runs


def _heard_here(words, place, known):
    beside = [
        (one, f"{words[one]} {words[place]}" if one < place else f"{words[place]} {words[one]}")
        for one in (place - 1, place + 1)
        if 0 <= one < len(words)
    ]
    unknown = [pair in heard() for one, pair in beside if words[one] not in known]
    return all(unknown) if unknown else any(pair in heard() for _, pair in beside)


@lru_cache(maxsize=2000)
def _times(text):
    return [found.span() for form in timewords.COMPILED.values() for found in form.finditer(text)]


def timeless(text, start, end):
    """Put a mark in the place of each expression of time that does not touch the number."""
    for first, last in _times(text):
        if last <= start or first >= end:
            text = text[:first] + "|".ljust(last - first) + text[last:]
    return text


def write(texts):
    """Write down the syllables of some texts, and each two that follow each other there."""
    found = set()
    for words in (words for text in texts for words in pieces(text)):
        found |= {*words, *(f"{one} {other}" for one, other in zip(words, words[1:]))}
    HEARD.write_text("\n".join(sorted(found)) + "\n", encoding="utf-8")
    heard.cache_clear()


def harmless(passages, found):
    """Return the sentences in which no number is of another time or place, a plan, a limit or a difference.

    Parameters
    ----------
    passages : sequence of Passage
    found : sequence of Numeral

    Returns
    -------
    list of str
    """
    doubted = {}
    for one in found:
        if one.elsewhen or one.place or one.stated or one.added:
            doubted.setdefault(one.passage, []).append(one.start)
    kept = []
    for index, passage in enumerate(passages):
        ends = [match.end() for match in re.finditer(r"[.;](?=\s)", passage.text)]
        for first, last in zip([0, *ends], [*ends, len(passage.text)]):
            if not any(first <= start < last for start in doubted.get(index, [])):
                kept.append(passage.text[first:last])
    return kept
