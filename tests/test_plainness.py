"""A number's whole sentence is weighed: one that sounds like something else than a plain result is asked about."""

import json
import random

import pytest
from stating import Host

from bgdata.notation import Period
from bgdata.package import Package
from bgtools.read.document.passage import Passage
from bgtools.read.fit.statements import STATEMENTS, fit, stated, statements
from bgtools.read.indicator.plainness import BAR, features, strangeness, unheard
from bgtools.read.statement.numerals import numerals

OWN = set("điểm phục vụ bưu chính".split())
SHARES = [
    "Giải quyết {n}/{whole} đơn, đạt {share}%.",
    "Giải quyết {n}/{whole} đơn ({share}%).",
    "Có {n} đơn trên tổng số {whole} đơn được giải quyết, chiếm {share}%.",
    "Trong tổng số {whole} đơn, {n} đơn đã giải quyết, tương ứng {share}%.",
    "Đã giải quyết {share}% ({n}/{whole} đơn).",
    "Tỷ lệ giải quyết đạt {share}% với {n}/{whole} đơn.",
    "Tỷ lệ giải quyết {share}%, tức {n} trong tổng số {whole} đơn.",
    "Giải quyết {n} đơn, chiếm {share}% tổng số {whole} đơn.",
    "Giải quyết {n} trên {whole} đơn, tỷ lệ {share}%.",
    "Đơn đã giải quyết: {n}/{whole} (tỷ lệ {share}%).",
]


@pytest.mark.parametrize("form", SHARES)
@pytest.mark.parametrize("seed", range(5))
def test_n_of_n_that_does_not_go_with_its_percentage_is_doubted_and_one_that_does_is_not(form, seed):
    chance = random.Random(seed)
    whole = chance.randint(20, 90)
    n = chance.randint(whole // 2, whole - 5)
    right = format(100 * n / whole, ".1f").replace(".", ",")
    wrong = format(100 * n / whole + chance.choice((-7, 3, 4.4)), ".1f").replace(".", ",")
    for share, doubted in ((right, False), (wrong, True)):
        found = numerals([Passage(form.format(n=n, whole=whole, share=share))])
        assert len(found) == 3 and all(bool(one.doubts) is doubted for one in found), (share, found)


@pytest.mark.parametrize(
    "text",
    [
        "Đạt 92,9% kế hoạch (cùng kỳ 11/12 đơn).",
        "Có 7/8 đơn đã giải quyết; 100% máy tính được cài đặt.",
        "Giải quyết 7/8 đơn, đạt 95% kế hoạch.",
        "Giải quyết gần 70/82 đơn, đạt khoảng 85%.",
    ],
)
def test_a_percentage_of_something_else_is_not_held_against_n_of_n(text):
    assert not any(one.doubts for one in numerals([Passage(text)]))


def test_words_that_no_plain_statement_had_are_counted():
    found = features("Theo bà con, có 340 điểm phục vụ bưu chính.", 16, 19, OWN)
    assert unheard(found, {"<có", "<,"}) >= {"<?one1", "<?one2", "<?one3", "<?two1"}
    assert not {one for one in found if "điểm phục" in one or one == ">điểm"}


def test_the_model_tells_statements_of_a_hand_that_it_was_not_fitted_on():
    package, period = Package.open(), Period.parse("2024-S2")
    others = [one for name in ("offices", "departments", "results") for one in stated(f"fitted-{name}.jsonl")]
    table = fit(list(statements(others, package, period)))
    told = {False: [], True: []}
    for found, strange in statements(stated("fitted-bulletins.jsonl"), package, period):
        told[strange].append(table["="] + sum(table.get(one, 0.0) for one in found | unheard(found, table)) > BAR)
    caught, asked = (sum(told[strange]) / len(told[strange]) for strange in (True, False))
    assert caught > 0.4 and caught > 2 * asked


def test_statements_name_what_is_in_the_catalogue_and_print_their_number():
    indicators = Package.open().indicators
    for path in STATEMENTS.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            assert one["indicator"] in indicators and one["printed"] in one["text"], line


def test_what_was_never_fitted_is_entered_where_it_is_plain_and_seldom_where_it_is_hostile():
    host, chance = Host(), random.Random(13)
    plain = host.judge(chance.sample(stated("kept-results.jsonl"), 60))["plain"]
    assert plain.right > 0.4 * plain.stated and plain.wrong <= 2
    hostile = host.judge(chance.sample([one for one in stated("fitted-districts.jsonl") if one["kind"] != "plain"], 80))
    assert sum(count.wrong for count in hostile.values()) <= 12


def test_a_plain_sentence_is_less_strange_than_a_wish():
    plain, wished = "Toàn tỉnh có 340 điểm phục vụ bưu chính.", "Các xã mong có 340 điểm phục vụ bưu chính."
    assert strangeness(plain, 13, 16, OWN) < strangeness(wished, 15, 18, OWN)
