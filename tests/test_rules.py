"""Rules over the printed numbers: no contradiction passes, none is invented, each can be mended or accepted."""

import json
import random
from dataclasses import replace
from itertools import product

import pytest

import bgdata as bg
from bgdata.errors import BgdataError, DataError, UnknownName
from bgdata.notation import format_number, numbers
from bgdata.package import Package
from bgdata.rules import Findings, Reference, examine
from bgdata.rules.expressions import parse
from bgdata.rules.findings import as_operand, printed
from bgdata.rules.verdicts import COUNT, verdict
from conftest import ROOT, PackageCopy

EPAYMENT = "society.youth_epayment_share.share"
CATEGORIES = {
    "telecom.bts": ["2G", "3G", "4G", "5G"],
    "telecom.bts_approved": ["VNPT", "Viettel"],
    "inspection.subjects": ["organisation", "individual"],
    "inspection.fined": ["organisation", "individual"],
    "inspection.petitions": ["auction", "reporters", "newspaper", "slander", "forwarded", "false_news"],
    "office.internal_procedures": ["department", "district"],
}


def equations():
    """What the printed numbers must satisfy, written once more: names of the numbers, and left - right of them."""
    for name, categories in CATEGORIES.items():
        yield [(name, ""), *((name, category) for category in categories)], lambda total, *parts: sum(parts) - total
    share = [("society.welfare_accounts_share", ""), ("society.welfare_paid_accounts_share", "")]
    yield [*share, ("society.welfare_paid_share", "")], lambda a, b, c: a * b / 100 - c
    for part, whole, percent in [
        ("society.youth_epayment", "society.youth", "society.youth_epayment_share"),
        ("economy.new_digital_firms", "economy.new_firms", "economy.new_digital_firms_share"),
        ("society.welfare_paid", "society.welfare_accounts", "society.welfare_paid_accounts_share"),
    ]:
        yield [(part, ""), (whole, ""), (percent, "")], lambda a, b, c: a * 100 - b * c
    yield (
        [
            ("society.welfare_accounts", ""),
            ("society.welfare_accounts_share", ""),
            ("society.welfare_paid", ""),
            ("society.welfare_paid_share", ""),
        ],
        lambda a, b, c, d: a * d - b * c,
    )


EQUATIONS = list(equations())


class Report:
    """The numbers of 2024-S1 in memory, to be misprinted."""

    def __init__(self):
        self.package = Package.open(ROOT)
        self.period = self.package.period("2024-S1")
        self.known = printed(self.package, self.period)
        self.rules = [finding.rule for finding in examine(self.package, self.period).found]

    def printed(self, key):
        return self.known[key[0]][key[1]]

    def contradictions(self, key=None, number=None):
        """Return the rules contradicted when one number is printed otherwise."""
        known = self.known
        if key:
            one = self.printed(key)
            changed = one._replace(row=one.row | {"number": number}, operand=as_operand(number, "flow"))
            known = known | {key[0]: known[key[0]] | {key[1]: changed}}
        rules = [rule for rule in self.rules if key is None or key[0] in rule.indicators]
        found = Findings.of(self.package, self.period, {self.period: known, self.period.year_before(): {}}, rules).found
        return {finding.rule.code for finding in found if finding.contradicts}

    def excluded(self, key, number):
        """Say whether some equation cannot hold, by trying all ends of all intervals."""
        return any(self._excluded(names, difference, key, number) for names, difference in EQUATIONS if key in names)

    def _excluded(self, names, difference, key, number):
        these = [number if name == key else self.printed(name).number for name in names]
        ends = [difference(*corner) for corner in product(*({one.lower, one.upper} for one in these))]
        return min(ends) > 0 or max(ends) < 0


@pytest.fixture(scope="module")
def report():
    return Report()


def misprints(text, chance):
    """Change a printed number as typists do: a digit, two digits, a factor of ten, comma for point."""
    digits = [place for place, letter in enumerate(text) if letter.isdigit()]
    place = chance.choice(digits)
    kind = chance.choice(["digit", "swap", "factor", "mark"])
    if kind == "digit":
        return text[:place] + chance.choice("0123456789") + text[place + 1 :]
    if kind == "swap":
        other = chance.choice(digits)
        letters = list(text)
        letters[place], letters[other] = letters[other], letters[place]
        return "".join(letters)
    if kind == "mark":
        return text.translate(str.maketrans(",.", ".,"))
    return tenfold(text, chance.choice([-1, 1]))


def tenfold(text, power):
    number = numbers.parse(text)
    decimals = max(0, number.decimals - power)
    return format_number(number.value.scaleb(power), decimals=decimals) + "%" * number.percent


def plant(report, count):
    """Plant errors in numbers under an equation; return those that an oracle excludes, and those not found."""
    chance = random.Random(2024)
    keys = sorted({key for names, _ in EQUATIONS for key in names})
    planted, missed = 0, []
    while planted < count:
        key = chance.choice(keys)
        printed = report.printed(key).row["printed"].replace("16.2%", "16,2%")
        text = misprints(printed, chance)
        try:
            number = numbers.parse(text)
        except BgdataError:
            planted += 1  # refused when it is read
            continue
        if report.excluded(key, number):
            planted += 1
            if not report.contradictions(key, number):
                missed.append((key, text))
    return missed


def test_each_of_1000_planted_errors_that_rounding_does_not_explain_is_found(report):
    assert plant(report, 1000) == []


# --- the report of 2024-S1


def found(rule, lang="vi", **where):
    frame = bg.check("2024-S1", lang=lang, **where).set_index("rule")
    return frame.loc[rule].map(lambda cell: cell.replace("\u00a0", " ") if isinstance(cell, str) else cell)


def test_the_real_report_contradicts_itself_once_and_once_needs_to_be_made_clear_both_accepted():
    frame = bg.check("2024-S1").head(2)
    assert frame[["rule", "verdict"]].values.tolist() == [
        [EPAYMENT, "contradicts"], ["inspection.fines_all_cases", "needs clarification"],
    ]  # fmt: skip
    assert frame["accepted"].str.contains("báo cáo không").all()
    assert bg.check("2024-S1")["verdict"].isin(["contradicts", "needs clarification"]).sum() == 2


def test_a_reading_that_cannot_be_true_shows_the_one_that_holds():
    said = found("inspection.fines_all_cases")["otherwise"]
    assert said.startswith("theo cách hiểu khác thì khớp: Tiền phạt các vụ nêu cụ thể, không tính vụ do công an")
    assert said.endswith("2,25 triệu + 4,75 triệu + 7,5 triệu = 14,5 triệu ≤ 19,5 triệu")


def test_where_no_reading_holds_all_of_them_contradict(package):
    package.cell(PackageCopy.observations, "inspection.fines", "value", "9500000")
    package.cell(PackageCopy.observations, "inspection.fines", "printed", "9,5 triệu")
    verdicts = bg.check("2024-S1").set_index("rule")["verdict"]
    assert verdicts[["inspection.fines_all_cases", "inspection.fines_own_cases"]].eq("contradicts").all()


def test_checks_are_counted_by_what_they_can_tell():
    counts = bg.check("2024-S1").groupby(["kind", "verdict"]).size().to_dict()
    assert counts == {
        ("equality", "holds"): 10,
        ("equality", "contradicts"): 1,
        ("equality", "cannot tell"): 7,
        ("bound", "holds"): 8,
        ("bound", "needs clarification"): 1,
        ("tautology", "holds"): 31,
    }


def test_a_percentage_that_was_cut_off_is_explained(package):
    package.cell(PackageCopy.observations, "society.youth_epayment_share", "value", "75.8")
    package.cell(PackageCopy.observations, "society.youth_epayment_share", "printed", "75,8%")
    row = found(EPAYMENT)
    assert (row["verdict"], row["otherwise"]) == (
        "contradicts",
        "sẽ khớp nếu “Tỷ lệ thanh niên dùng thanh toán điện tử” được cắt ở 75,8%, không làm tròn",
    )


def test_a_percentage_that_cutting_off_does_not_explain_is_not():
    assert found(EPAYMENT)["otherwise"] == ""


def test_two_digits_swapped_are_the_likeliest_mend(package):
    package.replace("observations/2024-S1.csv", "telecom.bts,2G,884,,,=,A,884,", "telecom.bts,2G,848,,,=,A,848,")
    assert found("telecom.bts.sum")["mend"].startswith("“Trạm BTS: 2G”: 848 → 884")


def test_a_check_names_the_numbers_that_it_is_about():
    assert found(EPAYMENT)["keys"] == "society.youth_epayment; society.youth; society.youth_epayment_share"


def test_what_cannot_be_told_of_the_real_report_lacks_the_year_before():
    frame = bg.check("2024-S1")
    untold = frame[frame["verdict"] == "cannot tell"]
    assert untold["rule"].str.endswith(".year_before").all()
    assert untold["computed"].str.contains("6 tháng đầu năm 2023").all()


def test_share_printed_as_83_percent_contradicts_312000_of_411230():
    row = found(EPAYMENT)
    assert row["computed"] == "312.000 / 411.230 = 75,87% ≠ 83%"
    assert (round(row["lower"], 2), round(row["upper"], 2), round(row["off"], 2)) == (75.87, 75.87, 7.13)
    assert "Tổng số thanh niên của tỉnh: 411.230 người (I.2.2.e)" in row["numbers"]


def test_each_number_that_alone_would_mend_the_share_is_named_with_its_value():
    assert found(EPAYMENT)["mend"] == (
        "“Tỷ lệ thanh niên dùng thanh toán điện tử”: 83% → 75,9%; "
        "hoặc “Tổng số thanh niên của tỉnh”: 411.230 → khoảng 375.900; "
        "hoặc “Thanh niên dùng tài khoản thanh toán điện tử”: 312.000 → khoảng 341.300"
    )


def test_the_fines_listed_are_22_million_with_the_police_and_14_5_without():
    assert found("inspection.fines_all_cases")["computed"].endswith("= 22 triệu > 19,5 triệu")
    own = found("inspection.fines_own_cases")
    assert own["computed"].endswith("= 14,5 triệu ≤ 19,5 triệu")
    assert own["verdict"] == "holds"
    assert "không nói danh sách các vụ là đủ" in own["note"]


def test_the_shares_of_welfare_recipients_form_a_chain_and_imply_one_base():
    assert found("society.welfare_chain")["computed"] == "48,5% × 30,3% ≈ 14,7% ≈ 14,7%"
    assert found("society.welfare_base")["computed"] == "44.848 / 48,5% ≈ 92.500 ≈ 13.600 / 14,7% ≈ 92.500"


def test_a_sum_that_is_met_exactly_is_written_as_one_equation():
    assert found("telecom.bts_approved.sum")["computed"] == "19 + 15 = 34"


def test_texts_are_english_on_request():
    row = found(EPAYMENT, lang="en")
    assert row["computed"] == "312,000 / 411,230 = 75.87% ≠ 83%"
    assert "“All young people of the province”: 411,230 → about 375,900" in row["mend"]


def test_a_sector_shows_the_rules_that_touch_it():
    frame = bg.check("2024-S1", sector="telecom")
    assert frame["sectors"].str.split().map(lambda sectors: "telecom" in sectors).all()
    assert "telecom.bts.sum" in frame["rule"].to_list()


def test_a_sector_without_rules_is_an_empty_frame_with_all_columns():
    assert bg.check("2024-S1", sector="outlook").columns.to_list() == bg.check("2024-S1").columns.to_list()


def test_every_observation_is_under_a_rule_that_tells_or_listed_as_unchecked():
    frame, alone = bg.check("2024-S1"), bg.unchecked("2024-S1")
    told = frame[frame["verdict"] != "cannot tell"]
    under = {piece.split("=")[0] for seen in told["seen"] for piece in seen.split("; ")}
    every = bg.load(period="2024-S1")
    names = every["indicator"] + every["category"].map(lambda category: f"[{category}]" if category else "")
    listed = set(alone["indicator"] + alone["category"].map(lambda category: f"[{category}]" if category else ""))
    assert set(names) == under | listed
    assert not under & listed


def test_an_unchecked_observation_says_whether_there_is_no_rule_or_none_that_tells():
    alone = bg.unchecked("2024-S1", lang="en").set_index("indicator")["why"]
    assert alone["post.upu_letters"] == "no rule"
    assert alone["post.revenue"] == (
        "its rules cannot tell: “Postal revenue, ratio to a year earlier” follows from “Postal revenue” "
        "now and a year earlier"
    )


def test_the_frame_can_be_written_as_json():
    rows = json.loads(bg.check("2024-S1").to_json(orient="records", force_ascii=False))
    assert rows[0]["verdict"] == "contradicts"
    assert rows[-1]["off"] == 0


def test_unknown_periods_sectors_and_languages_are_refused():
    with pytest.raises(UnknownName):
        bg.check("2023-S1")
    with pytest.raises(UnknownName, match="telecom"):
        bg.check("2024-S1", sector="telecon")
    with pytest.raises(BgdataError, match="language"):
        bg.check("2024-S1", lang="fr")


def test_a_notebook_of_one_sector_depends_on_the_numbers_of_its_rules_only(package, tmp_path, monkeypatch):
    monkeypatch.setenv("BGDATA_READS", str(tmp_path / "reads"))
    bg.check("2024-S1", sector="press")
    tables = [json.loads(line) for line in (tmp_path / "reads").read_text().splitlines()]
    [observed] = [read["where"] for read in tables if read["table"] == "observations/2024-S1.csv"]
    assert {name.split(".")[0] for name in observed["indicator"]} == {"press"}


# --- other periods, other packages


def test_growth_is_held_against_last_years_own_observation(package):
    package.add_period(
        "2025-S1",
        "post.revenue,,402000000000,,,=,A,402 tỷ,I.2.1.a,,",
        'post.revenue_ratio,,130,,,=,A,"130%",I.2.1.a,,',
    )
    row = bg.check("2025-S1", lang="en").set_index("rule").loc["post.revenue_ratio.year_before"]
    assert row["verdict"] == "contradicts"
    assert row["computed"].replace("\u00a0", " ") == "130% ≠ 402 billion / an estimated 335 billion = 120%"
    assert "first half of 2024" in row["numbers"]
    assert "“Postal revenue (first half of 2024)”: an estimated 335 billion → about 309.2 billion" in row[
        "mend"
    ].replace("\u00a0", " ")


def test_across_a_series_break_nothing_is_told(package):
    package.append("breaks.csv", "2025-01-01,post,Đổi cách tính.,Counted otherwise.")
    package.add_period(
        "2025-S1",
        "post.revenue,,402000000000,,,=,A,402 tỷ,I.2.1.a,,",
        "post.revenue_ratio,,130,,,=,A,130%,I.2.1.a,,",
    )
    row = bg.check("2025-S1", lang="en").set_index("rule").loc["post.revenue_ratio.year_before"]
    assert (row["verdict"], row["computed"]) == ("cannot tell", "not comparable: Counted otherwise.")


def test_a_missing_category_makes_a_sum_untold_and_never_zero(package):
    package.replace("observations/2024-S1.csv", "telecom.bts,5G,2,,,=,A,02,", "telecom.bts,5G,,,,,M,,")
    row = bg.check("2024-S1").set_index("rule").loc["telecom.bts.sum"]
    assert row["verdict"] == "cannot tell"
    assert row["computed"] == "chưa có số liệu: Trạm BTS: 5G"


def test_a_category_that_every_report_prints_is_missed_where_it_is_not_printed(package):
    package.replace("observations/2024-S1.csv", "telecom.bts,5G,2,,,=,A,02,I.2.1.b fn2,,\n", "")
    assert bg.check("2024-S1").set_index("rule").loc["telecom.bts.sum", "verdict"] == "cannot tell"


def test_a_category_printed_alone_is_an_example_and_not_the_whole(package):
    package.replace("observations/2024-S1.csv", "telecom.bts_approved,Viettel,15,,,=,A,15,I.2.1.b,,\n", "")
    frame = bg.check("2024-S1").set_index("rule")
    assert frame.loc["telecom.bts_approved.part", "verdict"] == "holds"
    assert "telecom.bts_approved.sum" not in frame.index


def test_a_period_with_one_number_is_checked_without_a_crash(package):
    package.add_period("2024-S2", "telecom.bts,,3775,,,=,A,3.775,I.2.1.b fn2,,")
    assert set(bg.check("2024-S2")["verdict"]) <= {"holds", "cannot tell"}
    assert bg.unchecked("2024-S2")["indicator"].to_list() == ["telecom.bts"]


def test_all_periods_are_checked_unless_some_are_named(package):
    package.add_period("2024-S2", "telecom.bts,,3775,,,=,A,3.775,I.2.1.b fn2,,")
    assert set(bg.check()["period"]) == {"2024-S1", "2024-S2"}
    assert set(bg.check(["2024-S2"])["period"]) == {"2024-S2"}


# --- accepting


def test_an_acceptance_lapses_when_one_of_its_numbers_changes(package):
    package.replace(
        "observations/2024-S1.csv",
        "society.youth_epayment,,312000,,,=,A,312.000,",
        "society.youth_epayment,,312001,,,=,A,312.001,",
    )
    row = bg.check("2024-S1", lang="en").set_index("rule").loc[EPAYMENT]
    assert (row["verdict"], row["accepted"]) == ("contradicts", "")
    assert row["note"] == "The acceptance of 2026-11-22 has lapsed, since the numbers have changed."


def test_an_acceptance_stands_when_another_number_changes(package):
    package.replace("observations/2024-S1.csv", "press.plans,,3,,,=,A,03,", "press.plans,,4,,,=,A,04,")
    assert bg.check("2024-S1").set_index("rule").loc[EPAYMENT, "accepted"] != ""


def test_no_mend_is_a_negative_count_or_a_share_above_100_percent(package):
    package.replace(
        "observations/2024-S1.csv",
        "society.youth_epayment,,312000,,,=,A,312.000,",
        "society.youth_epayment,,512000,,,=,A,512.000,",
    )
    mends = bg.check("2024-S1", lang="en").set_index("rule")["mend"]
    assert "Share of young people" not in mends[EPAYMENT]
    assert "video game venues" in mends["inspection.fines_all_cases"]
    assert "postal services" not in mends["inspection.fines_all_cases"]


def test_a_contradiction_that_nobody_has_accepted_stands_before_accepted_ones(package):
    package.replace("observations/2024-S1.csv", "telecom.bts,2G,884,,,=,A,884,", "telecom.bts,2G,848,,,=,A,848,")
    row = bg.check("2024-S1", lang="en").iloc[0]
    assert (row["rule"], row["accepted"]) == ("telecom.bts.sum", "")
    assert row["computed"].replace("\u00a0", " ") == "848 + 1,242 + 1,647 + 2 = 3,739 ≠ 3,775"


def test_a_mend_that_contradicts_another_rule_stands_behind_those_that_do_not(package):
    package.replace(
        "observations/2024-S1.csv",
        "society.welfare_paid,,13600,,,=,A,13.600,",
        "society.welfare_paid,,10600,,,=,A,10.600,",
    )
    frame = bg.check("2024-S1", lang="en").set_index("rule")
    mend = frame.loc["society.welfare_paid_accounts_share.share", "mend"].replace("\u00a0", " ")
    assert mend.endswith("“Paid without cash, share of account holders”: 30.3% → 23.64%")


# --- rules.csv


def test_every_wrong_expression_is_named_with_its_line_and_column(package):
    package.append(
        "rules.csv",
        "a,telecom.bst == 1,Một,One,",
        "b,telecom.bts ** 9 == 1,Hai,Two,",
        "c,telecom.bts[6G] == 1,Ba,Three,",
    )
    with pytest.raises(DataError) as caught:
        bg.check("2024-S1")
    message = str(caught.value)
    first = message.splitlines()[0]
    assert first == "data/rules.csv: 3 faults."
    assert 'column 1 of the expression: Indicator "telecom.bst" is unknown; did you mean "telecom.bts"' in message
    assert "column 13 of the expression: powers are not part of the language" in message
    assert '"6G" of telecom.bts is unknown' in message
    assert message.count("  line ") == 3


def test_a_sum_over_an_indicator_without_categories_is_refused(package):
    package.append("rules.csv", "a,sum(post.revenue[*]) == 1,Một,One,")
    with pytest.raises(DataError, match="has no categories to add up"):
        bg.check("2024-S1")


def test_a_malicious_rule_runs_nothing_and_is_refused(package, tmp_path):
    package.append("rules.csv", f"a,\"__import__('pathlib').Path('{tmp_path}/pwned').touch() == 1\",Một,One,")
    with pytest.raises(DataError, match="is not a function"):
        bg.check("2024-S1")
    assert not (tmp_path / "pwned").exists()


def test_a_written_rule_stands_in_the_place_of_the_one_with_its_code(package):
    package.append(
        "rules.csv", "telecom.bts.sum,sum(telecom.bts[*]) <= telecom.bts,Phần,Parts do not exceed the total,"
    )
    rows = bg.check("2024-S1", lang="en").set_index("rule").loc[["telecom.bts.sum"]]
    assert rows["statement"].to_list() == ["Parts do not exceed the total"]


def test_a_strict_rule_that_is_missed_by_nothing_says_so(package):
    package.append("rules.csv", "a,office.procedures_online < office.procedures,Ít hơn,Fewer,")
    row = bg.check("2024-S1").set_index("rule").loc["a"]
    assert (row["verdict"], row["computed"], row["mend"]) == ("contradicts", "37 ≥ 37", "")


def test_a_rule_with_an_open_end_that_could_be_anything_cannot_be_told(package):
    package.append("rules.csv", "a,telecom.bts <= society.tv_news,Ít hơn,Fewer,")
    row = bg.check("2024-S1", lang="en").set_index("rule").loc["a"]
    assert row["verdict"] == "cannot tell"
    assert row["computed"].replace("\u00a0", " ") == "3,775 ? more than 30: the intervals are too wide to tell"


def test_a_sum_of_nothing_printed_is_missing_and_not_zero(package):
    package.append(
        "rules.csv",
        "a,sum(inspection.fines_listed[*]) == 0,Không,None,",
        "b,count(inspection.fines_listed[*]) == 0,Không,None,",
    )
    package.add_period("2024-S2", "telecom.bts,,3775,,,=,A,3.775,I.2.1.b fn2,,")
    frame = bg.check("2024-S2", lang="en").set_index("rule")
    assert frame.loc[["a", "b"], "computed"].to_list() == ["no data: Fines, by case"] * 2


# --- a whole number behind a share


def without_count(package, share, whole):
    """Print a share and its whole, and not the part."""
    old = {
        "economy.new_digital_firms,,138": "",
        "economy.new_digital_firms_share,,16.2": "",
        "economy.new_firms,,851": "",
    }
    lines = [line for line in package.text(PackageCopy.observations).splitlines() if not line.startswith(tuple(old))]
    value = share.rstrip("%").replace(",", ".")
    lines += [f'economy.new_digital_firms_share,,{value},,,=,A,"{share}",I.2.2.d,,']
    lines += [f"economy.new_firms,,{whole},,,=,A,{whole},I.2.2.d,,"]
    package.write(PackageCopy.observations, ("\n".join(lines) + "\n").encode())
    return found("economy.new_digital_firms_share.count")


@pytest.mark.parametrize(
    ("share", "whole", "verdict", "kind", "said"),
    [
        ("16,2%", 37, "holds", "equality", "16,2% × 37 = 5,98–6,01 ∋ 6"),
        ("16,5%", 37, "contradicts", "equality", "16,5% × 37 = 6,09–6,12: không có số nguyên nào trong khoảng này"),
        ("50,3%", 7, "contradicts", "equality", "50,3% × 7 = 3,52–3,52: không có số nguyên nào trong khoảng này"),
        ("16%", 851, "holds", "tautology", "16% × 851 = 131,91–140,42 ∋ 132"),
    ],
)
def test_some_whole_number_lies_behind_a_share_whose_count_is_not_printed(package, share, whole, verdict, kind, said):
    row = without_count(package, share, whole)
    assert (row["verdict"], row["kind"], row["computed"]) == (verdict, kind, said)
    assert row["mend"] == ""


def every_share(wholes, decimals):
    """Every printed share of every count up to `wholes` things, as it would be printed."""
    for whole in range(1, wholes):
        for part in range(whole + 1):
            yield part, whole, format_number(100 * part / whole, decimals=decimals) + "%"


def test_no_share_of_whole_numbers_is_denied_a_whole_number():
    relation = replace(parse("a.s * a.w == 0"), operator=COUNT)
    denied = [
        (part, whole)
        for part, whole, text in every_share(40, 1)
        if verdict(
            relation,
            {
                Reference("a.s"): as_operand(numbers.parse(text), "share"),
                Reference("a.w"): as_operand(numbers.parse(str(whole)), "stock"),
            },
        )
        != "holds"
    ]
    assert denied == []
