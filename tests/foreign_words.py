"""Find the words on a Vietnamese figure that are neither Vietnamese nor names."""

import re

from bgdata.show.lint import texts_of
from bgdata.show.marks import plain

TONES = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ"
SYLLABLE = re.compile(
    f"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?[aeiouy{TONES}]{{1,3}}(?:ch|ng|nh|[cmnpt])?"
)
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
BORROWED = {
    "camera",
    "email",
    "internet",
    "livestream",
    "logo",
    "online",
    "smartphone",
    "video",
    "web",
    "website",
    "wifi",
}
ENGLISH = set(
    """
    about above all among and are at average below between by change chart compared data decrease each estimated
    fewer figure first for from full growth half has have increase indicator is least level less more most nearly number
    of one over per period percent quarter rate report revenue second share shares source station stations than the
    their these this those total under units up value values was were which with within without year
    agencies billion businesses entities exports firms households locations million note people persons sites
""".split()
)  # none of them is written like a common Vietnamese word


def foreign_words(fig):
    """Return the foreign words that can be read on a figure, each once."""
    words = [word for text in texts_of(fig) for word in WORD.findall(plain(text.get_text()))]
    return [word for word in dict.fromkeys(words) if is_english(word)]


def is_english(word):
    """Return whether a word on a Vietnamese figure is neither Vietnamese nor a name.

    Vietnamese is written in syllables of one known form. A word of another form in small letters is foreign; one with
    a capital may be a name, unless it is a common English word. Words in capitals (BTS) are abbreviations.

    Examples
    --------
    >>> [is_english(word) for word in ("stations", "Share", "trạm", "nghiêng", "TikTok", "BTS", "Internet")]
    [True, True, False, False, False, False, False]
    """
    if word.isupper() and len(word) > 1 or word.lower() in BORROWED:
        return False
    if word.lower() in ENGLISH:
        return True
    return word.islower() and not all(SYLLABLE.fullmatch(part) for part in word.split("-"))
