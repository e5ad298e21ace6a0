"""Every sentence, title, alt text and table of a run over invented periods is held against the data.

The directions are decided here anew, from the printed numbers alone; so are the numbers that notebooks compute.
"""

import json
import os
import re
import subprocess
import sys
from fractions import Fraction
from operator import sub, truediv

import periods_project
import pytest
from pages_said import Reader, amounts

import bgdata as bg
from bgdata.rules import DISPUTED
from bgdata.show.marks import plain
from bgtools.site.site import Order, build
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
    build(Order(root, CODES, "vi"))
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
        assert any(abs(number - exact) <= digit for number, digit, _ in amounts(answer)), answer
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


# --- pages


def made(rows, code):
    """Return what the pages of a period may compute from printed numbers: by page, the numbers."""

    def of(how, *keys, period=code):
        return (
            [how(*[rows[period, key]["value"] for key in keys])] if all((period, key) in rows for key in keys) else []
        )

    def part(one, whole):
        return one / whole * 100

    budgets = of(part, "post.budget", "post.revenue") + of(part, "telecom.budget", "telecom.revenue")
    per_point, rest = (of(truediv, "post.dossiers", "post.service_points"),
                       of(sub, "post.districts", "post.one_stop_districts"))  # fmt: skip
    young = of(part, "society.youth_epayment", "society.youth")
    staff, support = (rows[code, f"post.counter_staff{end}"] for end in ("", "_support"))
    everyone = of(
        lambda accounts, share: accounts / share * 100, "society.welfare_accounts", "society.welfare_accounts_share"
    )
    fined = [key for period, key in rows if period == code and key.startswith("inspection.fines_listed[")]
    revised = [now["value"] / rows[code, f"{now['indicator']}_ratio"]["value"] * 100 + off
               for now in [rows[code, "telecom.revenue"]] for off in (-5e8, 5e8)]  # fmt: skip
    return {
        "": young + revised + [part(9, 10)],
        "00": budgets,
        "direction": of(lambda *all: sum(all), "direction.decisions", "direction.plans", "direction.directives"),
        "post": budgets + rest + per_point + [staff[end] * support[end] for end in ("lower", "upper")],
        "telecom": budgets + of(truediv, "telecom.bts", "telecom.masts") + of(part, "telecom.bts[2G]", "telecom.bts")
        + of(lambda share: 100 - share, "telecom.household_fibre_share"),
        "government": rest + per_point + [one for key in ("office.procedures", "office.procedures_online", "post.districts",
                                          "post.dossiers", "society.online_service_helped") for one in of(float, key)],
        "cyber": of(truediv, "security.alerts", "security.incidents") + of(part, "security.incidents", "security.alerts"),
        "economy": of(truediv, "economy.new_firms", "economy.new_digital_firms")
        + of(truediv, "economy.training_attendances", "economy.training_classes"),
        "society": of(truediv, "society.welfare_amount", "society.welfare_paid")
        + of(sub, "society.welfare_accounts", "society.welfare_paid")
        + of(lambda accounts: everyone[0] - accounts, "society.welfare_accounts")
        + of(truediv, "society.online_service_helped", "society.eid_helped"),
        "ict": of(truediv, "ict.revenue", "ict.firms"),
        "press": of(truediv, "press.covering", "press.offices")
        + [one for key in ("press.resident", "press.covering") for one in of(sub, key, f"{key}_change")],
        "inspection": of(truediv, "inspection.fines", "inspection.fined") + of(lambda *all: sum(all), *fined),
        "office": of(part, "office.internal_procedures", "office.procedures")
        + of(part, "office.internal_procedures[department]", "office.internal_procedures"),
    }  # fmt: skip


def reader(project, rows, code):
    indicators, sectors = bg.indicators(), bg.sectors()
    return Reader(rows, code, year_before(code), PERIODS[PERIODS.index(code) - 1],
                  indicators.loc[indicators["headline"] != "", "indicator"].to_list(), bg.check(code),
                  dict(zip(sectors["sector"], sectors["label_vi"])), made(rows, code))  # fmt: skip


def pages(project, code):
    return {
        path.stem: path for path in sorted((project / f"build/site/{code}").glob("*.html")) if path.stem not in ALIKE
    }


ALIKE = ("legend", "book")  # the same for every period; all the other pages once more


@pytest.mark.parametrize("code", CODES)
def test_every_text_of_every_page_says_what_the_printed_numbers_say(project, rows, code):
    reads = reader(project, rows, code)
    faults = [
        fault for name, path in pages(project, code).items() for fault in reads.faults(name, path.read_text("utf-8"))
    ]
    assert len(pages(project, code)) == 17 and faults == []


PLANTED = [  # page of 2025-S2, what it says, what it would say wrongly
    ("index", "<strong>88%</strong>", "<strong>89%</strong>"),
    ("index", '<span aria-hidden="true">↑</span> +13,4%', '<span aria-hidden="true">↓</span> −13,4%'),
    ("index", '<span aria-hidden="true">↑</span> +13,4%', '<span aria-hidden="true">↑</span> +14,4%'),
    ("index", "+3 điểm phần trăm", "+3%"),
    ("index", "không đổi", "+1 sự cố"),
    ("index", "ước 335 tỷ đồng", "335 tỷ đồng"),
    ("index", "ước 335 tỷ đồng", "ước 353 tỷ đồng"),
    ("index", "có 5 tăng, 0 giảm", "có 4 tăng, 1 giảm"),
    ("index", "135 số liệu", "136 số liệu"),
    ("index", "3 mâu thuẫn, 1 cần làm rõ", "2 mâu thuẫn, 1 cần làm rõ"),
    ("index", "23,64% ≠ 30,3%", "32,64% ≠ 30,3%"),
    ("index", "≠ 83%", "≈ 83%"),
    ("index", "không vượt quá tổng số tiền phạt", "giảm so với tổng số tiền phạt"),
    ("brief", "+13,4%", "+31,4%"),
    ("changes", "−33,3%", "+33,3%"),
    ("changes", "450 người", "45 người"),
    ("changes", "96 số không đổi", "97 số không đổi"),
    ("changes", "−10,6%", "−10,587%"),
    ("00-overview", "Cả 4 chỉ tiêu doanh thu, xuất khẩu chính đều tăng", "Cả 4 chỉ tiêu doanh thu, xuất khẩu chính đều giảm"),
    ("00-overview", "thấp nhất: doanh thu viễn thông, Internet (+4%)", "thấp nhất: doanh thu viễn thông, Internet (+5%)"),
    ("00-overview", "1.109 tỷ đồng ▲", "1.109 tỷ đồng"),
    ("00-overview", "bằng trên 2,7% doanh thu", "bằng trên 3,7% doanh thu"),
    ("02-post", "tăng 13,4%", "giảm 13,4%"),
    ("02-post", "hơn 8,1 tỷ đồng</td>", "8,1 tỷ đồng</td>"),
    ("02-post", "khoảng 200 hồ sơ", "khoảng 500 hồ sơ"),
    ("03-telecom", "Vị trí cột ăng ten tăng từ 1.596 lên 1.700", "Vị trí cột ăng ten giảm từ 1.596 xuống 1.700"),
    ("03-telecom", "4G: 1.647 trạm", "4G: 1.467 trạm"),
    ("03-telecom", "Còn khoảng 12% hộ", "Còn khoảng 21% hộ"),
    ("03-telecom", "Mỗi tỷ lệ có mẫu số riêng", "Số trạm tăng. Mỗi tỷ lệ có mẫu số riêng"),
    ("07-digital-society", "34.248 người", "34.284 người"),
    ("08-ict-industry", "tăng 20%", "tăng 24%"),
    ("09-press", "phóng viên theo dõi: 30 cơ quan (cùng kỳ 26 cơ quan)", "phóng viên theo dõi: 30 cơ quan (cùng kỳ 62 cơ quan)"),
    ("10-inspection", "19,5 triệu đồng ◇</td>", "19,5 triệu đồng</td>"),
    ("numbers", "4,75 triệu đồng", "4,57 triệu đồng"),
]  # fmt: skip


@pytest.mark.parametrize("page, true, false", PLANTED)
def test_a_false_text_planted_on_a_page_is_found(project, rows, page, true, false):
    source = pages(project, "2025-S2")[page].read_text("utf-8").replace("\u00a0", " ")
    assert true in source
    planted = source.replace(true, false)
    assert reader(project, rows, "2025-S2").faults(page, planted)
