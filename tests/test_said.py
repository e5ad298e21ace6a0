"""Every sentence, title, alt text and table of a run over invented periods is held against the data.

The directions are decided here anew, from the printed numbers alone; so are the numbers that notebooks compute.
"""

import json
import os
import re
import subprocess
import sys
from fractions import Fraction

import periods_project
import pytest

import bgdata as bg
from bgdata.rules import DISPUTED
from bgdata.show.marks import plain
from conftest import PackageCopy, copy_notebooks

CODES = periods_project.CODES
PERIODS = ("2024-S1", *CODES)
NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]*(?<![.,])(?![\w])")
MOVE = re.compile(r"(?<!nhiều nhất là )\b(tăng|giảm)\b(?! hay)(?!, giảm)")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project with three invented periods after the real one, each of which has been run."""
    root = tmp_path_factory.mktemp("said")
    periods_project.write(PackageCopy(root))
    copy_notebooks(root / "notebooks")
    done = subprocess.run(
        [sys.executable, "-m", "bgtools", "run", *CODES], cwd=root, capture_output=True, text=True, timeout=500,
        env=os.environ | {"BGDATA_ROOT": str(root)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BGDATA_ROOT", str(root))
        yield root


def texts(project, code):
    """Return what a reader of a period's notebooks sees: (cell, text) for each output but those of the checks."""
    for path in sorted((project / f"build/{code}").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if not cell["id"].endswith(("-check", "-contradictions-table", "-unchecked")):
                for output in cell.get("outputs", []):
                    yield cell["id"], "".join(output["data"]["text/plain"])


def sentences(project, code, *kinds):
    """Return the sentences of cells of some kinds."""
    for cell, text in texts(project, code):
        if cell.endswith(kinds):
            yield from ((cell, sentence) for sentence in re.split(r"(?<=[^\d])[.] (?=\S)", plain(text)))


@pytest.fixture(scope="module")
def rows(project):
    """What each period prints: (period, key) to row."""
    return {(one["period"], one["key"]): one for one in bg.load(period=PERIODS).to_dict("records")}


def year_before(code):
    return f"{int(code[:4]) - 1}{code[4:]}"


def rose(rows, key, code, base):
    """Return 1 or -1 where both printed numbers allow no other direction, 0 where they allow none; a printed growth
    or ratio counts where the year before has no report."""
    now, then = rows.get((code, key)), rows.get((base, key))
    if now and then:
        disputed = {now["verdict"], then["verdict"]} & set(DISPUTED)
        return 0 if disputed else (now["lower"] > then["upper"]) - (now["upper"] < then["lower"])
    stated = [
        (rows.get((code, f"{key}{end}")), zero) for end, zero in (("_ratio", 100), ("_growth", 0), ("_change", 0))
    ]
    told = [(one["value"] > zero) - (one["value"] < zero) for one, zero in stated if one and base == year_before(code)]
    return told[0] if told else 0


@pytest.mark.parametrize("code", CODES)
def test_a_table_of_changes_has_a_sign_only_where_the_printed_numbers_allow_no_other(project, rows, code):
    labels = {plain(one["label"]): key for (period, key), one in rows.items() if period == code}
    seen = 0
    for cell, text in texts(project, code):
        base = {"changes": year_before(code), "earlier": PERIODS[PERIODS.index(code) - 1]}.get(cell.rpartition("-")[2])
        for line in text.splitlines() if base else []:
            cells = re.split(r"\s{2,}", line.strip())
            signs = {(one[0] in "+t") - (one[0] in "−g") for one in cells[3:5] if re.match(r"[+−]\d|tăng|giảm", one)}
            seen += len(signs)
            assert signs <= {rose(rows, labels.get(plain(cells[0]), ""), code, base)}, line
    assert seen > 5


@pytest.mark.parametrize("code", CODES)
def test_a_sentence_says_that_a_number_rose_or_fell_only_where_it_did(project, rows, code):
    held = []
    for cell, sentence in sentences(project, code, "-answer"):
        for clause in re.split("; |: ", sentence):
            move = re.search(r"^(.*?),? (tăng|giảm) \D*[\d,]+%", clause)
            named = move and [key for key, label in SAID.items() if cell.startswith(key[0]) and label in move[1]]
            for _, key in named or []:
                held.append(rose(rows, key, code, year_before(code)) == {"tăng": 1, "giảm": -1}[move[2]])
    assert all(held) and len(held) >= 1


SAID = {  # (notebook, key): how a sentence names it
    ("post", "post.revenue"): "Doanh thu bưu chính",
    ("telecom", "telecom.revenue"): "Doanh thu",
    ("ict", "ict.revenue"): "Doanh thu",
    ("ict", "ict.hardware_exports"): "xuất khẩu phần cứng",
}
ALL = {
    "overview": ["ict.revenue", "ict.hardware_exports", "post.revenue", "telecom.revenue"],
    "press": ["press.resident", "press.covering"],
}


@pytest.mark.parametrize("code", CODES)
def test_all_are_said_to_have_risen_only_where_each_did(project, rows, code):
    for cell, sentence in sentences(project, code, "-answer", "-figure"):
        word = re.search("đều (tăng|giảm)", sentence)
        if word:
            told = {rose(rows, key, code, year_before(code)) for key in ALL[cell.partition("-")[0]]}
            assert told == {{"tăng": 1, "giảm": -1}[word[1]]}, sentence


@pytest.mark.parametrize("code", CODES)
def test_the_title_of_a_trend_says_a_move_that_the_printed_numbers_allow(project, rows, code):
    labels = {plain(one["label"]): key for (_, key), one in rows.items()}
    for _, sentence in sentences(project, code, "-trend"):
        move = re.match(r"(.*) (tăng|giảm) từ (.*) (?:lên|xuống) (.*)", sentence)
        if move:
            told = {rose(rows, labels[move[1]], code, base) for base in PERIODS[: PERIODS.index(code)]
                    if rows.get((base, labels[move[1]])) and plain(rows[base, labels[move[1]]]["printed"]) in move[3]}  # fmt: skip
            assert {"tăng": 1, "giảm": -1}[move[2]] in told, sentence


@pytest.mark.parametrize("code", CODES)
def test_a_disputed_number_is_nowhere_without_its_sign(project, rows, code):
    disputed = {
        plain(one["printed"]): key
        for (period, key), one in rows.items()
        if period == code and one["verdict"] in DISPUTED and len(re.sub(r"\D", "", one["printed"])) > 3
    }
    shared = {one["printed"] for (period, _), one in rows.items() if one["verdict"] not in DISPUTED}
    assert disputed
    for cell, sentence in sentences(project, code, "-answer"):
        shown = [number for number in disputed if re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d])", sentence)]
        assert not [one for one in shown if one not in shared] or re.search("[▲◇]", sentence), (cell, sentence)


# --- numbers


def face(rows, code, key):
    return Fraction(str(rows[code, key]["value"]))


COMPUTED = {  # what notebooks compute, from printed numbers: cell, parts, how
    "direction": (("direction.decisions", "direction.plans", "direction.directives"), lambda *all: sum(all)),
    "post": (("post.districts", "post.one_stop_districts"), lambda whole, part: whole - part),
    "post-counters": (("post.dossiers", "post.service_points"), lambda part, whole: part / whole),
    "telecom": (("telecom.bts", "telecom.masts"), lambda part, whole: part / whole),
    "cybersecurity": (("security.alerts", "security.incidents"), lambda part, whole: part / whole),
    "digital-economy": (("economy.new_firms", "economy.new_digital_firms"), lambda part, whole: part / whole),
    "digital-society": (("society.welfare_accounts", "society.welfare_paid"), lambda whole, part: whole - part),
    "office": (("office.internal_procedures", "office.procedures"), lambda part, whole: part / whole * 100),
}


def said_numbers(text):
    """Return the numbers of a text, with the size of their last digit."""
    for token in NUMBER.findall(text):
        whole, _, decimals = token.replace(".", "").partition(",")
        yield Fraction(f"{whole}.{decimals or 0}"), Fraction(1, 10 ** len(decimals))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", COMPUTED)
def test_a_computed_number_is_what_the_printed_ones_make(project, rows, code, name):
    keys, compute = COMPUTED[name]
    answer = dict(texts(project, code))[f"{name}-answer"]
    if all((code, key) in rows for key in keys):
        exact = compute(*[face(rows, code, key) for key in keys])
        assert any(abs(number - exact) <= digit for number, digit in said_numbers(answer)), answer
    else:
        assert "chưa có số liệu" in answer.lower()


@pytest.mark.parametrize("code", CODES)
def test_a_sentence_holds_no_long_number_that_the_periods_do_not_print_or_make(project, rows, code):
    known = {number for one in rows.values() for number, _ in said_numbers(one["printed"])}
    known |= {Fraction(one[:4]) for one in PERIODS} | {Fraction(int(one[:4]) - 1) for one in PERIODS}
    made = [compute(*[face(rows, code, key) for key in keys]) for keys, compute in COMPUTED.values()
            if all((code, key) in rows for key in keys)]  # fmt: skip
    money = face(rows, code, "society.welfare_amount") / face(rows, code, "society.welfare_paid") / 10**6
    firms = face(rows, code, "ict.revenue") / face(rows, code, "ict.firms") / 10**9
    made += [money, firms, face(rows, code, "inspection.fines") / face(rows, code, "inspection.fined") / 10**6]
    for cell, text in texts(project, code):
        if cell.endswith("-answer"):
            for number, digit in said_numbers(text):
                long = digit == 1 and number > 999
                assert not long or number in known or any(abs(number - one) <= digit for one in made), (cell, number)
