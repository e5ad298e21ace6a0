"""A fault of each kind in the data package, said in the language that was asked for, and in no other."""

import re

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner

from bgdata.package import Package
from bgdata.package.schema import read_descriptor
from bgtools.cli import main
from conftest import ROOT

OBSERVED = "observations/2024-S1.csv"
CATALOGUE = read_po((ROOT / "bgdata" / "locale" / "vi" / "LC_MESSAGES" / "bgdata.po").open("rb"))
QUOTED = re.compile(r'"[^"]*"|“[^”]*”|\'[^\']*\'')
WORD = re.compile(r"(?<![\w./])[^\W\d_]{2,}(?![\w./*\[])")


def words(texts):
    """The words of texts, but for what they quote, for codes and for names of files."""
    return {word.lower() for text in texts for word in WORD.findall(QUOTED.sub(" ", re.sub(r"\{\w*\}", " ", text)))}


def texts(forms):
    return [forms] if isinstance(forms, str) else list(forms)


DECLARED = read_descriptor(ROOT / "data")[1]
COLUMNS = {column for schema in DECLARED.values() for column in schema.columns}
CODES = {*DECLARED, *COLUMNS, *Package.open(ROOT).units, *Package.open(ROOT).sectors}
ENGLISH = words(text for message in CATALOGUE if message.id for text in texts(message.id))
VIETNAMESE = words(text for message in CATALOGUE if message.id for text in texts(message.string))
ONLY_IN = {"en": ENGLISH - VIETNAMESE - CODES, "vi": VIETNAMESE - ENGLISH}


def cell(key, column, text, file=OBSERVED):
    return lambda package: package.cell(file, key, column, text)


def row(line, file=OBSERVED):
    return lambda package: package.append(file, line)


def swap(file, old, new):
    return lambda package: package.write(file, package.text(file).replace(old, new, 1).encode())


def whole(file, content):
    return lambda package: package.write(file, content)


def rule(expression):
    return row(f"post.mine,{expression},Một,One,", "rules.csv")


FAULTS = {
    "cannot be read (No such file or directory)": lambda package: (package.data / "units.csv").unlink(),
    "cannot be read (Is a directory)": lambda package: ((package.data / "units.csv").unlink(), (package.data / "units.csv").mkdir()),
    "is not UTF-8": whole("units.csv", "unit,label_vi,label_en\nstation,trạm,stations\n".encode("cp1258", "replace") + b"\xff\xfe"),
    "is not well-formed CSV": swap(OBSERVED, "\n", '\n"telecom.bts,'),
    "missing: label_en": swap("units.csv", ",label_en", ""),
    "not expected: 'colour'": swap("units.csv", ",label_en", ",label_en,colour"),
    "the columns stand in another order or twice": swap("units.csv", "label_vi,label_en", "label_en,label_vi"),
    "fewer than": row("telecom.bts,5G"),
    "more than": row("telecom.bts,5G,,,,,,,,,,,,,"),
    "is empty": cell("post.revenue", "section", ""),
    "is not one of": cell("post.revenue", "status", "X"),
    "as a formula does": cell("station", "label_vi", "=1+1", "units.csv"),
    "a tab or a line break": cell("station", "label_vi", "a\tb", "units.csv"),
    "does not have the form expected": cell("post.revenue", "section", "Phần một"),
    "is not a number": cell("post.revenue", "value", "abc"),
    "is not a whole number": cell("post", "position", "1.5", "sectors.csv"),
    "is less than 1": cell("post", "position", "0", "sectors.csv"),
    "is not a date": cell("2024-S1", "start", "2024-13-45", "periods.csv"),
    "is neither true nor false": cell("technology,5G", "recurring", "maybe", "categories.csv"),
    "stands already in line": row("post.revenue,,335000000000,,,=,A,335 tỷ,I.2.1.a,,"),
    'unit "stone" is unknown': cell("telecom.bts", "unit", "stone", "indicators.csv"),
    'unit "statoin" is unknown; did you mean': cell("telecom.bts", "unit", "statoin", "indicators.csv"),
    "is not that of 2024-S1": cell("2024-S1", "end", "2024-06-29", "periods.csv"),
    'scope "moon" is unknown': row("2030-01-01,moon,Vì vậy,So", "breaks.csv"),
    'indicator "telecom.bst" is unknown': row("telecom.bst,,1,,,=,A,1,I.1,,"),
    "does not exist": lambda package: (package.data / OBSERVED).unlink(),
    "belongs to no period": whole("observations/2031-S1.csv", b""),
    "belongs to no sector": cell("post.revenue", "section", "I.9.9"),
    "status is M (missing)": cell("post.revenue", "status", "M"),
    "is empty; only a missing number": cell("post.revenue", "printed", ""),
    "is a range: value must be empty": cell("post.counter_staff_support", "lower", "1"),
    "lower and upper are for ranges only": cell("post.revenue", "lower", "1"),
    "value is empty, but printed is": cell("post.revenue", "value", ""),
    "does not agree with printed": cell("post.revenue", "value", "1"),
    "does not go with the unit": cell("post.revenue", "printed", "335%"),
    "has no breakdown": cell("post.revenue", "category", "4G"),
    "Add it to data/categories.csv if it is new": cell("telecom.bts,5G", "category", "7G"),
    "after \".\" come three digits": cell("post.revenue", "printed", "33.5"),
    "the decimals are missing": cell("post.revenue", "printed", "335,"),
    "more than one decimal comma": cell("post.revenue", "printed", "3,3,5"),
    "stands behind the decimal comma": cell("post.revenue", "printed", "3,3.5"),
    "come one to three digits, not led by 0": cell("post.revenue", "printed", "0335.500"),
    "parted by a point, not by a space": cell("post.dossiers", "printed", "1 234"),
    "more than 15 digits": cell("post.revenue", "printed", "1234567890123456"),
    "is two numbers": cell("post.revenue", "printed", "9/10"),
    "is not a number in Vietnamese notation": cell("post.revenue", "printed", "nhiều"),
    "instead of \"range\"": cell("post.counter_staff_support", "qualifier", "="),
    "but its qualifier is \"range\"": cell("post.revenue", "qualifier", "range"),
    "behind a qualifying word": cell("post.counter_staff_support", "printed", "khoảng 5-8 triệu"),
    "not a range from a lower to a higher": cell("post.counter_staff_support", "printed", "8-5 triệu"),
    "says \"hơn\"": cell("post.revenue", "printed", "hơn 335 tỷ"),
    "is not valid JSON": whole("datapackage.json", b"{"),
    "is not a list": whole("datapackage.json", b'{"resources": 3}'),
    "declares no periods": whole("datapackage.json", b"{}"),
}  # fmt: skip

RULES = {
    "is unknown": "telecom.bst == 1",
    "Category \"9G\"": "telecom.bts[9G] == 1",
    "has no categories to add up": "sum(post.revenue[*]) == 1",
    "expected one of": "telecom.bts",
    "expected a number, an indicator or a bracket": "telecom.bts == *",
    "a rule ends after one comparison": "1 == 1 == 1",
    "powers are not part": "telecom.bts ** 2 == 1",
    "the decimal mark is a point": '"1,5 == telecom.bts"',
    'equality is written "=="': "telecom.bts == 1 = 1",
    "is not a function": "max(telecom.bts) == 1",
    "is not the code of an indicator": "telecom == 1",
    "nested more than 20 deep": "(" * 25 + "1" + ")" * 25 + " == 1",
    "a number has at most 15 digits": "telecom.bts == 1234567890123456",
    "the expression is longer than": " + ".join(["telecom.bts"] * 40) + " == 1",
    "multiplied by itself": "telecom.bts * telecom.bts == 1",
    "all categories at once are written": "telecom.bts[*] == 1",
    "last_year stands within last_year": "last_year(last_year(telecom.bts)) == 1",
    "expected sum(indicator[*])": "sum(telecom.bts) == 1",
    'expected ")"': "(telecom.bts == 1",
}  # fmt: skip
PLANTED = FAULTS | {said: rule(expression) for said, expression in RULES.items()}


def checked(package, lang):
    result = CliRunner().invoke(main, ["check", "--lang", lang])
    assert isinstance(result.exception, SystemExit) and result.exit_code == 1
    return result.output.replace(str(package.root), "")


@pytest.mark.parametrize("said", PLANTED)
def test_a_fault_is_said_in_english_without_a_vietnamese_word(package, said):
    PLANTED[said](package)
    output = checked(package, "en")
    assert (said in output, words([output]) & ONLY_IN["vi"]) == (True, set())


@pytest.mark.parametrize("said", PLANTED)
def test_a_fault_is_said_in_vietnamese_without_an_english_word(package, said):
    PLANTED[said](package)
    assert words([checked(package, "vi")]) & ONLY_IN["en"] == set()


def test_the_words_of_both_languages_are_told_apart():
    assert {"unknown", "the", "is"} <= ONLY_IN["en"] and {"không", "phải", "là"} <= ONLY_IN["vi"]
    assert words(['line 3   "unit" of data/units.csv is telecom.bts, for a.b[*]']) == {"line", "of", "is", "for"}
