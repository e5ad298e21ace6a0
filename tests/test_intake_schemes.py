"""One report under heading schemes of many offices: whatever numbers its parts have, the same observations are entered."""

import csv
import re

import office
import pytest
from click.testing import CliRunner
from test_intake_headings import numbered

from bgdata.package import Package, validate
from bgtools.cli import main
from bgtools.read.document.documents import of_lines, sectors_of
from bgtools.read.fit.labelled import REPORTS, checked

ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII")
WORDS = ("nhất", "hai", "ba")
MARKS = (re.compile(r"Phần ([IVX]+)$"), re.compile(r"([IVX]+)\. (?=\S)"), re.compile(r"(\d)\. (?=\S)"))


def tree():
    """The lines of the report `pillars`: (depth, place among its siblings from 0, text); depth -1 of what is no heading."""
    lines, counts = [], [0, 0, 0]
    for line in (REPORTS / "pillars.txt").read_text(encoding="utf-8").splitlines():
        depth = next((depth for depth, mark in enumerate(MARKS) if mark.match(line)), -1)
        if depth < 0 and lines and lines[-1][0] == 0 and not lines[-1][2]:
            lines[-1] = (*lines[-1][:2], line)
            continue
        if depth >= 0:
            counts[depth + 1 :] = [0] * (2 - depth)
            lines.append((depth, tuple(counts[: depth + 1]), MARKS[depth].sub("", line, count=1)))
            counts[depth] += 1
        else:
            lines.append((-1, (), line))
    return lines


def plainly(*forms):
    """A scheme whose headings have these forms, outermost first; "{0}" is the first of their places, from 1."""

    def written(depth, places, text):
        counted = [place if depth_of < depth else place + 1 for depth_of, place in enumerate(places)]
        own = places[-1]
        return forms[depth].format(
            *counted, n=own + 1, i=ROMANS[own], a="abcdeg"[own], A="ABCDEGH"[own], w=WORDS[own % 3],
            part=ROMANS[counted[0] - 1], text=text, caps=text.upper(), title=text.capitalize(),
        )  # fmt: skip

    return written


def bold(text):
    """A heading in bold; of one that goes on in a sentence, only its words."""
    words, colon, rest = text.partition(": ")
    return f"**{words}:** {rest}" if colon else f"**{text}**"


SCHEMES = {
    "Phần I, I., 1.": plainly("Phần {i}\n{caps}", "{i}. {caps}", "{n}. {text}"),
    "PHẦN THỨ NHẤT, I -, 1)": plainly("PHẦN THỨ {w}\n{caps}", "{i} - {caps}", "{n}) {text}"),
    "Phần I, A., 1.": plainly("Phần {i}. {caps}", "{A}. {caps}", "{n}. {text}"),
    "Phần A, 1., a)": plainly("Phần {A}: {caps}", "{n}. {text}", "{a}) {text}"),
    "Phần 1, Mục 1, 1.": plainly("Phần {n}: {text}", "Mục {n}. {text}", "{n}. {text}"),
    "Chương I, 1., 1.1.": plainly("Chương {i}\n{caps}", "{n}. {text}", "{1}.{2}. {text}"),
    "A., I., 1.": plainly("{A}. {caps}", "{i}. {text}", "{n}. {text}"),
    "I., A., 1.": plainly("{i}. {caps}", "{A}. {text}", "{n}. {text}"),
    "I., 1., a)": plainly("{i}. {caps}", "{n}. {text}", "{a}) {text}"),
    "I/, 1/, a/": plainly("{i}/ {caps}", "{n}/ {text}", "{a}/ {text}"),
    "I., 1., 1.1": plainly("{i}. {caps}", "{n}. {text}", "{1}.{2} {text}"),
    "I., I.1., I.1.1.": plainly("{i}. {caps}", "{part}.{1}. {text}", "{part}.{1}.{2}. {text}"),
    "1., 1.1., 1.1.1.": plainly("{n}. {caps}", "{0}.{1}. {text}", "{0}.{1}.{2}. {text}"),
    "I., bold, bold": lambda depth, places, text: f"{ROMANS[places[0]]}. {text}" if not depth else bold(text),
    "I., bold, 1.": lambda depth, places, text: (
        f"{ROMANS[places[0]]}. {text}", f"**{text}**", f"{places[-1] + 1}. {text}")[depth],  # fmt: skip
    "bold": lambda depth, places, text: bold(text),
    "levels": lambda depth, places, text: f"{'#' * (depth + 1)} {text}" if ": " not in text else bold(text),
    "lines": lambda depth, places, text: f"\n{text}",
    "capitals": lambda depth, places, text: f"\n{text if ': ' in text else text.upper()}",
    "sentences": lambda depth, places, text: (
        f"\n{text}" if "TÂM" in text else f"\nQuan tâm chỉ đạo thực hiện tốt {text[0].lower()}{text[1:]}"),
}  # fmt: skip
UNNUMBERED = ("levels", "lines", "capitals", "sentences")


def entered(package, path):
    result = CliRunner().invoke(main, ["new", "2024-S2", "--from", str(path), "--lang", "en"])
    assert (result.exit_code, validate()) == (0, [])
    lines = csv.DictReader(package.text("observations/2024-S2.csv").splitlines())
    return {(row["indicator"], row["category"]): (float(row["value"]), row["section"]) for row in lines}


def printed():
    return {key: float(row["value"]) for key, row in checked(REPORTS / "pillars.csv").items()}


def right(found, least):
    """Whether what is entered is what the report prints, and so much of it; the rest is asked about."""
    entered = {key: value for key, (value, _) in found.items()}
    return entered.items() <= printed().items() and len(entered) >= least * len(printed())


@pytest.mark.parametrize("name", SCHEMES)
def test_the_same_numbers_are_entered_under_headings_of_any_scheme(package, tmp_path, name):
    lines = [text if depth < 0 else SCHEMES[name](depth, places, text) for depth, places, text in tree()]
    path = tmp_path / "report.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = entered(package, path)
    assert right(found, 0.95)


@pytest.mark.parametrize("name", SCHEMES)
def test_tasks_stand_in_the_second_part_and_results_never_do(package, tmp_path, name):
    lines = [text if depth < 0 else SCHEMES[name](depth, places, text) for depth, places, text in tree()]
    found = of_lines("\n".join(lines).split("\n"), sectors=sectors_of(Package.open())).passages
    begins = next(place for place, one in enumerate(found) if "NHIỆM VỤ TRỌNG TÂM" in one.text)
    outlook = {one.section.split(".")[0] for one in found[begins:]}
    assert (outlook, "II" in {one.section.split(".")[0] for one in found[: begins - 1]}) == ({"II"}, False)


@pytest.mark.parametrize("name", [name for name in SCHEMES if "bold" not in name and name not in UNNUMBERED])
def test_no_two_headings_with_numbers_have_one_section(name):
    lines = [text if depth < 0 else SCHEMES[name](depth, places, text) for depth, places, text in tree()]
    found = of_lines("\n".join(lines).split("\n")).passages
    ends = {one.headings[-1]: one.section for one in found if len(one.headings) > 1}
    assert len(set(ends.values())) == len(ends) > 10


WORD = {
    "Phần I, A., 1.": [("upperRoman", "Phần %1.", 1), ("upperLetter", "%2.", 1), ("decimal", "%3.", 1)],
    "I., 1., 1.1.": [("upperRoman", "%1.", 1), ("decimal", "%2.", 1), ("decimal", "%2.%3.", 1)],
    "A., I., a)": [("upperLetter", "%1.", 1), ("upperRoman", "%2.", 1), ("lowerLetter", "%3)", 1)],
    "I., I.1., I.1.1.": [("upperRoman", "%1.", 1), ("decimal", "%1.%2.", 1), ("decimal", "%1.%2.%3.", 1)],
}


@pytest.mark.parametrize("name", WORD)
def test_the_same_numbers_are_entered_under_headings_that_word_numbers(package, tmp_path, name):
    items = [(depth if depth >= 0 else "", text) for depth, _, text in tree() if text]
    found = entered(package, office.packed(tmp_path / "a.docx", numbered(WORD[name], items)))
    assert right(found, 0.95)


def test_a_report_without_headings_is_entered_by_its_paragraphs(package, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("\n".join(text for depth, _, text in tree() if depth < 0), encoding="utf-8")
    found = entered(package, path)
    assert right(found, 0.5)
    assert all(re.fullmatch(r"I\.\d{1,2}", section) for _, section in found.values())
