"""The invented reports of tests/reports, read whole and disturbed; the real one where BGDATA_REPORT names it."""

import csv
import os
import re
import textwrap
import unicodedata
from decimal import Decimal
from functools import cache

import documents
import pytest

from bgdata.notation import Period, parse
from bgdata.package import Package
from bgtools.read.document import documents as reader
from bgtools.read.fit.labelled import FITTED, KEPT_OUT
from bgtools.read.indicator.plausible import jumps
from bgtools.read.reading import of_lines, of_passages, read_report
from bgtools.read.statement.numerals import value_of
from conftest import ROOT

REPORTS = ROOT / "tests" / "reports"
PERIODS = FITTED | KEPT_OUT
MULTIPLIER = {"tỷ": "tỉ", "tỉ": "tỷ"}


@cache
def report(name):
    return (REPORTS / f"{name}.txt").read_text(encoding="utf-8")


def checked(path):
    """The checked observations: indicator and category to value, ends, qualifier and section."""
    with open(path, encoding="utf-8", newline="") as file:
        return {
            (row["indicator"], row["category"]): (
                *(Decimal(row[column]) if row[column] else None for column in ("value", "lower", "upper")),
                row["qualifier"],
                row["section"],
            )
            for row in csv.DictReader(file)
        }


def read(text, period):
    return of_lines(text.split("\n"), Package.open(), Period.parse(period))


def as_checked(reading, one):
    return (*value_of(one.numeral), one.numeral.qualifier, reading.passages[one.numeral.passage].section)


def measured(reading, known):
    """Share of the checked observations proposed right, and share of those entered that are right."""
    proposed = [known.get(one.slot.key) == as_checked(reading, one) for one in reading.matches]
    entered = [good for one, good in zip(reading.matches, proposed) if reading.certain(one)]
    return sum(proposed) / len(known), sum(entered) / len(entered)


def entered(reading):
    columns = ("value", "lower", "upper", "qualifier", "status", "section")
    return {(row["indicator"], row["category"]): [row[column] for column in columns] for row in reading.rows()}


@pytest.mark.parametrize("name", PERIODS)
def test_numbers_of_an_invented_report_are_found_and_entered_rightly(name):
    proposed, sure = measured(read(report(name), PERIODS[name]), checked(REPORTS / f"{name}.csv"))
    assert (proposed >= 0.85, sure >= 0.99) == (True, True)


@pytest.mark.skipif("BGDATA_REPORT" not in os.environ, reason="BGDATA_REPORT does not name the report of 2024-S1")
def test_numbers_of_the_first_report_are_found_without_knowing_any_other_period():
    reading = read_report(os.environ["BGDATA_REPORT"], Package.open(), Period.parse("2024-S1"))
    proposed, sure = measured(reading, checked(ROOT / "data" / "observations" / "2024-S1.csv"))
    assert (proposed >= 0.85, sure >= 0.99) == (True, True)


DISTURBED = {
    "no-break spaces": lambda text: re.sub(r"(?<=\d) (?=\w)", "\u00a0", text),
    "percent apart": lambda text: re.sub(r"(?<=\d)%", " %", text),
    "en dashes": lambda text: re.sub(r"(?<=\d)-(?=\d)", "–", text),
    "the other spelling of billions": lambda text: re.sub(r"t[ỷỉ](?= đồng)", lambda word: MULTIPLIER[word[0]], text),
    "letters and marks apart": lambda text: unicodedata.normalize("NFD", text),
    "two spaces after each word": lambda text: text.replace(" ", "  "),
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "lines cut at a margin": lambda text: "\n".join(textwrap.fill(line, 80) for line in text.split("\n")),
    "numbers cut at their dots": lambda text: re.sub(r"(?<=\d\.)(?=\d{3} )", "\n", text),
}


@pytest.mark.parametrize("name", ["second-half", "prose"])
@pytest.mark.parametrize("disturbed", DISTURBED.values(), ids=DISTURBED)
def test_spacing_dashes_spelling_and_line_ends_change_no_observation(name, disturbed):
    plain, other = (entered(read(text, PERIODS[name])) for text in (report(name), disturbed(report(name))))
    assert other == plain


def test_sections_in_another_order_are_read_as_well():
    head, body, tail = re.split(r"(?=^2\.1\. )|(?=^II\. )", report("prose"), flags=re.MULTILINE)
    chapters = re.split(r"(?=^2\.\d\. )", body, flags=re.MULTILINE)
    proposed, sure = measured(read(head + "".join(chapters[::-1]) + tail, "2025-S1"), checked(REPORTS / "prose.csv"))
    assert (proposed >= 0.85, sure >= 0.99) == (True, True)


def test_word_pdf_and_text_of_one_report_give_the_same_observations(tmp_path):
    text = report("second-half")
    rows = [line for line in text.split("\n") if re.match(r"- (Hệ thống thông tin|Máy tính)", line)]
    documents.word_file(tmp_path / "report.docx", text, table=rows)
    documents.pdf_file(tmp_path / "report.pdf", text)
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    period = Period.parse("2024-S2")
    plain, word, pdf = (
        entered(read_report(tmp_path / f"report.{form}", Package.open(), period)) for form in ("txt", "docx", "pdf")
    )
    assert (len(plain) > 110, word == plain, pdf == plain) == (True, True, True)


def test_a_catalogue_without_cues_still_reads_most(package):
    rows = package.text("indicators.csv").splitlines()
    header = rows[0].split(",")
    with open(package.data / "indicators.csv", encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    with open(package.data / "indicators.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows([row | {"cue": ""} for row in table])
    proposed, sure = measured(read(report("second-half"), "2024-S2"), checked(REPORTS / "second-half.csv"))
    assert (proposed >= 0.85, sure >= 0.97) == (True, True)


def test_a_number_that_the_report_does_not_print_is_not_taken_from_the_last_period():
    text = "\n".join(line for line in report("bullets").split("\n") if "Vị trí cột" not in line)
    assert "telecom.masts" not in {row["indicator"] for row in read(text, "2025-S1").rows()}


def test_a_number_of_no_catalogue_is_not_entered():
    assert "12.480" not in {row["printed"] for row in read(report("bullets"), "2025-S1").rows()}


def test_ratio_and_growth_of_an_estimate_are_estimates():
    status = {row["indicator"]: row["status"] for row in read(report("second-half"), "2024-S2").rows()}
    assert [status[name] for name in ("post.revenue", "post.revenue_ratio", "post.budget")] == ["E", "E", "A"]


def test_of_the_matches_above_nine_tenths_nine_in_ten_are_right():
    judged = []
    for name, period in PERIODS.items():
        reading, known = read(report(name), period), checked(REPORTS / f"{name}.csv")
        judged += [
            known.get(one.slot.key) == as_checked(reading, one) for one in reading.matches if one.confidence >= 0.9
        ]
    assert sum(judged) / len(judged) >= 0.9


def test_numbers_of_what_the_catalogue_does_not_know_are_seldom_taken_for_its_own():
    reading, known = read(report("neighbours"), "2025-S2"), checked(REPORTS / "neighbours.csv")
    wrong = [
        one for one in reading.matches if reading.certain(one) and known.get(one.slot.key) != as_checked(reading, one)
    ]
    assert len(wrong) <= 3  # of more than eighty that are near neighbours of an indicator


def test_every_numeral_of_a_report_has_a_class():
    kinds = {numeral.kind for numeral in read(report("prose"), "2025-S1").numerals}
    assert kinds <= {"observation", "date", "document", "name", "ordinal", "constant"}


def test_a_text_without_numbers_has_no_matches():
    assert read("I. KẾT QUẢ\n1. Nổi bật\nKhông có số liệu nào.", "2024-S2").matches == []


SECTION = "I. KẾT QUẢ\n2.1. Bưu chính, viễn thông\n"


def proposed(text, period="2024-S2"):
    return {one.slot.key: one.numeral.printed for one in read(SECTION + text, period).matches if one.confidence > 0.5}


def taken(text, period="2024-S2"):
    return {(row["indicator"], row["category"]): row["printed"] for row in read(SECTION + text, period).rows()}


def test_last_years_value_is_not_taken_for_a_number_that_is_missing():
    text = "Về bưu chính, cùng kỳ năm trước có 330 điểm phục vụ bưu chính trên địa bàn."
    assert "330" not in taken(text).values()


def test_rows_of_a_table_are_read_with_its_caption():
    found = proposed("Bảng 1. Trạm BTS\nCông nghệ | Số trạm\n2G | 96\n3G | 870\n4G | 2.681\n5G | 274")
    assert [found.get(("telecom.bts", name)) for name in ("2G", "3G", "4G", "5G")] == ["96", "870", "2.681", "274"]


def test_a_number_for_several_categories_at_once_is_their_total():
    found = proposed("2.4. Thanh tra\nĐã xử phạt vi phạm hành chính 04 tổ chức, cá nhân (03 tổ chức, 01 cá nhân).")
    assert [found.get(("inspection.fined", name)) for name in ("", "organisation", "individual")] == ["04", "03", "01"]


def test_a_part_is_told_from_its_whole_in_words():
    found = proposed(
        "d) Xã hội số\nTrong 409.300 thanh niên của tỉnh có 344.600 người dùng tài khoản thanh toán điện tử."
    )
    assert (found.get(("society.youth", "")), found.get(("society.youth_epayment", ""))) == ("409.300", "344.600")


def test_a_pair_of_something_else_does_not_fill_an_indicator_that_the_report_leaves_out():
    text = "d) Xã hội số\nCó 126/209 thư viện nối mạng Internet; 761/768 trường thu học phí qua tài khoản."
    assert not {"126", "209", "761", "768"} & set(taken(text).values())


@pytest.mark.parametrize("noun, districts", [("huyện, thị xã, thành phố", True), ("xã, phường", False)])
def test_communes_are_not_taken_for_districts(noun, districts):
    found = proposed(f"a) Bưu chính\n10/10 {noun} thực hiện một cửa qua bưu điện.")
    assert (("post.one_stop_districts", "") in found, ("post.districts", "") in found) == (districts, districts)


def test_the_date_that_a_number_was_counted_up_to_is_entered_with_it():
    text = "a) Bưu chính\nTính đến ngày 30/11/2024, toàn tỉnh có 340 điểm phục vụ bưu chính."
    assert [row["as_of"] for row in read(SECTION + text, "2024-S2").rows()] == ["2024-11-30"]


ASIDE = ["Kế hoạch", "Cả nước", "So với kế hoạch", "Mục tiêu năm 2025", "Chỉ tiêu giao"]


@pytest.mark.parametrize("head", ASIDE)
@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["before", "behind"])
@pytest.mark.parametrize("points", [337, 352])
def test_a_column_of_something_else_is_no_other_value_of_the_same_fact(head, order, points):
    heads, numbers = ("Thực hiện", head), (str(points), str(points + 9))
    rows = [("Chỉ tiêu", "ĐVT", *(heads[place] for place in order))]
    rows += [("---",) * 4, ("Điểm phục vụ bưu chính", "điểm", *(numbers[place] for place in order))]
    table = [f"| {' | '.join(row)} |" for row in rows]
    lines = ["BÁO CÁO 6 tháng cuối năm 2024", "I. KẾT QUẢ", "2.1. Bưu chính", *table]
    found = of_passages(reader.of_lines(lines).passages, Package.open(), Period.parse("2024-S2"))
    assert [(row["indicator"], row["printed"]) for row in found.rows()] == [("post.service_points", str(points))]


class Some:
    """An object with these attributes."""

    def __init__(self, **values):
        self.__dict__ |= values


@pytest.mark.parametrize(
    "unit, last, now, jumped",
    [
        ("VND", "29,6 tỷ", "3,02 tỷ", True),
        ("VND", "29,6 tỷ", "302 tỷ", True),
        ("VND", "29,6 tỷ", "52 tỷ", False),
        ("dossier", "30.500", "3.500", True),
        ("dossier", "30.500", "331.150", True),
        ("dossier", "30.500", "61.000", False),
        ("USD", "4.531 triệu", "490 triệu", True),
        ("class", "10", "2", False),
        ("inspection", "5", "31", False),
    ],
)
def test_a_digit_lost_or_a_mark_moved_is_a_jump_of_money_and_of_many_things(unit, last, now, jumped):
    slot = Some(row={"unit": unit, "measure": "flow"}, last={"number": parse(last)})
    assert jumps(Some(number=parse(now)), slot) == jumped


REFUSED = ["cả nước", "tỉnh Bắc Ninh có", "năm trước", "cùng kỳ có", "chưa đạt", "theo kế hoạch", "đề xuất", "dự kiến"]
REFUSED += ["huyện Tân Yên có", "Lục Ngạn có", "đến năm 2030", "trong 3 năm"]


@pytest.mark.parametrize("words", REFUSED)
def test_a_number_does_not_take_the_place_that_a_refused_one_before_it_has_left(words):
    text = "d) Xã hội số\nVề thanh toán số, trong {} 409.300 thanh niên của tỉnh có 344.600 người, tương đương 84,2%, sử dụng "
    text += "tài khoản thanh toán điện tử; 60 điểm chợ dân sinh không dùng tiền mặt được duy trì."
    rows = read(SECTION + text.format(words), "2024-S2").rows()
    assert "344.600" not in [row["printed"] for row in rows if row["indicator"] == "society.youth"]


@pytest.mark.parametrize("more", range(0, 300, 30))
def test_a_jump_of_one_part_is_no_doubt_where_all_parts_make_their_total(more):
    parts = [590, 1240, 2061, 40 + more]
    text = "b) Viễn thông\nToàn tỉnh có {} trạm BTS, gồm {} trạm 2G, {} trạm 3G, {} trạm 4G, {} trạm 5G."
    found = [
        {row["category"] for row in read(SECTION + text.format(total, *parts), "2024-S2").rows()}
        for total in (sum(parts), sum(parts) + 10)
    ]
    assert ["5G" in categories for categories in found] == [True, False]
