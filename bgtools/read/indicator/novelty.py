"""Tell how new the words around a number are: neither the indicator's, nor ever heard beside a number before.

An indicator is found by what speaks for it; a word that no report has used and that the catalogue does not know speaks
of something else ("hộ gia đình có ti vi thông minh"). What was heard before stands in `heard.txt`, a syllable or
two a line, as the fit wrote it down from the invented reports.
"""

from collections import Counter
from functools import cache
from math import exp
from pathlib import Path

from bgtools.read.indicator.terms import STOP, pieces, unbroken

HEARD = Path(__file__).with_name("heard.txt")
EXACT = set("ước bằng tăng giảm hơn khoảng gần trên dưới tới lên mức so".split())
STEP = 1.1  # what two words are apart that no sign parts
USUAL = 12  # pairs that a syllable is heard in, from which on it says little by itself


@cache
def heard() -> frozenset[str]:
    """Return the syllables of reports, and each two that follow each other there."""
    return frozenset(HEARD.read_text(encoding="utf-8").split("\n")) if HEARD.is_file() else frozenset()


@cache
def _uses():
    return Counter(word for pair in heard() if " " in pair for word in set(pair.split(" ")))


def novelty(context, slot):
    """Return how much of what is said right around a number is new.

    Parameters
    ----------
    context : (list of (str, float), list of (str, float))
        The terms before and behind it with their distances.
    slot : Slot

    Returns
    -------
    float
        About 1 for one new word.
    """
    return sum(
        exp(-max(0.0, distance - 3.0) / 6.0)
        for word, pairs, distance in nearby(context)
        if word not in slot.words and word not in EXACT and _uses()[word] < USUAL and not _known(word, pairs, slot)
    )


def _known(word, pairs, slot):
    return any(term in heard() or term in slot.profile for term in pairs or [word])


def nearby(context):
    """Return (word, the pairs it is in, distance) of the words around a number that tell what it counts."""
    before, after = context
    found = []
    for side in (unbroken(before, 12.0, apart=4.0), unbroken(after, 9.0, apart=1.6, last=2.5)):
        words = []
        for term, distance in side:
            if " " not in term:
                words.append((term, [], distance))
                continue
            if abs(words[-1][2] - words[-2][2]) <= STEP:
                for word in words[-2:]:
                    word[1].append(term)
        found += [word for word in words if word[0] not in STOP and word[0].isalpha()]
    return found


def write(texts, slots):
    """Write down the syllables of some texts, and each two that follow each other there or in the catalogue."""
    found = {term for slot in slots for term in slot.profile}
    for words in (words for text in texts for words in pieces(text)):
        found |= {*words, *(f"{one} {other}" for one, other in zip(words, words[1:]))}
    HEARD.write_text("\n".join(sorted(found)) + "\n", encoding="utf-8")
    heard.cache_clear()
    _uses.cache_clear()
