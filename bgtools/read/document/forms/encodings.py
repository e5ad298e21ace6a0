"""Decode text files: UTF-8, UTF-16, and the encodings that Vietnamese offices used before them.

Several old encodings give some text for any bytes; the one in which the commonest words appear is taken.
"""

import codecs
import re
import unicodedata

TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
    )
)
VNI_MARKS = {
    "ø": "\u0300",
    "ù": "\u0301",
    "û": "\u0309",
    "õ": "\u0303",
    "ï": "\u0323",
    "ê": "\u0306",
    "è": "\u0306\u0300",
    "é": "\u0306\u0301",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
    "â": "\u0302",
    "à": "\u0302\u0300",
    "á": "\u0302\u0301",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
}
VNI_LETTERS = {"ñ": "đ", "Ñ": "Đ", "ö": "ư", "Ö": "Ư", "ô": "ơ", "Ô": "Ơ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
VNI_VOWELS = frozenset("aeouyơư")
OLD_FONT = re.compile(r"(?:[A-Z]{6}\+)?(?:(?P<tcvn>\.?[Vv]n[A-Z])|(?P<vni>VNI[-\s]))")
UNICODE_ONLY = re.compile(r"[\u0110\u0111\u01a0-\u01b0\u1ea0-\u1ef9]")
COMMON = ("của", "và", "các", "được", "tỉnh", "không", "thông", "hiện", "người", "đạt", "với", "số")


def decode(content):
    """Return a text and the name of the encoding that it was read as.

    Parameters
    ----------
    content : bytes

    Examples
    --------
    >>> decode("của các tỉnh".encode())
    ('của các tỉnh', 'UTF-8')
    >>> decode(bytes([0x63, 0xf1, 0x61]) + b" c" + bytes([0xb8]) + b"c t" + bytes([0xd8]) + b"nh")
    ('của các tỉnh', 'TCVN3 (ABC)')
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace"), "UTF-16"
    try:
        return unicodedata.normalize("NFC", content.decode("utf-8-sig")), "UTF-8"
    except UnicodeDecodeError:
        pass
    readings = {
        "Windows-1258": unicodedata.normalize("NFC", content.decode("cp1258", errors="replace")),
        "TCVN3 (ABC)": "".join(TCVN3.get(letter, letter) for letter in content.decode("latin-1")),
        "VNI": _vni(content.decode("cp1252", errors="replace")),
    }
    name = max(readings, key=lambda name: _commonness(readings[name]))
    return readings[name], name


def by_font(text, font, before=""):
    """Return a text that is set in a font of one of the old encodings; any other text as it is.

    Parameters
    ----------
    text, font : str
    before : str
        The letter before it, to which a tone mark of VNI may belong.

    Examples
    --------
    >>> [by_font("cña c¸c tØnh", ".VnTime"), by_font("së", ".VnTimeH"), by_font("tænh", "VNI-Times")]
    ['của các tỉnh', 'SỞ', 'tỉnh']
    >>> by_font("của", "Times New Roman")
    'của'
    """
    found = OLD_FONT.match(font)
    if not found or UNICODE_ONLY.search(text):
        return text
    if found["vni"]:
        return _vni(text, before)
    text = "".join(TCVN3.get(letter, letter) for letter in text)
    return text.upper() if re.split(r"[,-]", font)[0].endswith("H") else text


def _vni(text, before=""):
    """Read VNI: a tone mark stands as a letter of its own behind the vowel."""
    found = []
    for letter in text:
        mark = VNI_MARKS.get(letter.lower())
        if mark and (found[-1] if found else before)[-1:].lower() in VNI_VOWELS:
            if found:
                found[-1] = unicodedata.normalize("NFC", found[-1] + mark)
            else:
                found.append(mark)
        else:
            found.append(VNI_LETTERS.get(letter, letter))
    return "".join(found)


def _commonness(text):
    words = text.lower().split()
    return sum(words.count(word) for word in COMMON)
