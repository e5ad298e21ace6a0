"""Title and letterhead decide whose report it is and of which period."""

import itertools

import pytest
from click.testing import CliRunner

from bgdata.notation import Period
from bgdata.package import Package
from bgtools.cli import main
from bgtools.read import whose
from conftest import ROOT

PERIOD = Period.parse("2024-S2")
OURS = ["UBND TỈNH BẮC GIANG", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "Số: 1/BC-STTTT", "Bắc Giang, ngày 12 tháng 12 năm 2024"]
AHEAD = [
    "",
    "; phương hướng, nhiệm vụ 6 tháng đầu năm 2025",
    ", nhiệm vụ trọng tâm năm 2025",
    " và nhiệm vụ quý I/2025",
]
KINDS = ["Sơ kết công tác", "Tổng kết công tác", "Kết quả thực hiện nhiệm vụ", "Tình hình thực hiện kế hoạch"]
OWN = [
    "6 tháng cuối năm 2024",
    "06 tháng cuối năm 2024",
    "sáu tháng cuối năm 2024",
    "nửa cuối năm 2024",
    "6 tháng cuối năm",
]
OTHER = [
    "6 tháng đầu năm 2024", "6 tháng cuối năm 2023", "năm 2024", "12 tháng năm 2024", "9 tháng đầu năm 2024", "quý IV năm 2024",
    "quý III/2024", "tháng 11 năm 2024", "tháng 12, quý IV và năm 2024", "6 tháng đầu năm",
]  # fmt: skip
LETTERHEADS = {
    "two columns": ["UBND TỈNH BẮC GIANG | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG | Độc lập - Tự do - Hạnh phúc"],
    "run together": ["UBND TỈNH BẮC GIANG CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "VIỆT NAM", "SỞ THÔNG TIN VÀ TRUYỀN", "THÔNG Độc lập - Tự do - Hạnh phúc"],
    "in full": ["ỦY BAN NHÂN DÂN TỈNH BẮC GIANG", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"],
    "shortened": ["UBND TỈNH BẮC GIANG", "SỞ TT&TT"],
    "the province alone": ["UBND TỈNH BẮC GIANG"],
    "the body with its place": ["Sở Thông tin và Truyền thông tỉnh Bắc Giang"],
    "none": [],
}  # fmt: skip
OTHERS = {
    "another province": ["UBND TỈNH BẮC NINH", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"],
    "a city": ["UBND THÀNH PHỐ HÀ NỘI | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG | Độc lập - Tự do"],
    "the day's place": ["SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "Lạng Sơn, ngày 12 tháng 12 năm 2024"],
    "a ministry": ["BỘ THÔNG TIN VÀ TRUYỀN THÔNG"],
    "a ministry and its day": ["BỘ THÔNG TIN VÀ TRUYỀN THÔNG", "Hà Nội, ngày 2 tháng 1 năm 2025"],
    "a district": ["UBND HUYỆN YÊN DŨNG", "PHÒNG VĂN HÓA VÀ THÔNG TIN"],
    "a town of the province": ["UBND THÀNH PHỐ BẮC GIANG"],
    "another department": ["UBND TỈNH BẮC GIANG", "SỞ CÔNG THƯƠNG"],
    "the government": ["CHÍNH PHỦ"],
    "a company": ["TẬP ĐOÀN VNPT", "VIỄN THÔNG BẮC GIANG"],
    "a union": ["LIÊN ĐOÀN LAO ĐỘNG TỈNH BẮC GIANG"],
}  # fmt: skip


def reasons(front, text=(), period=PERIOD):
    return [reason.to("en") for reason in whose.doubts(front, list(text), Package.open(), period)[0]]


@pytest.mark.parametrize("kind, own, ahead", list(itertools.product(KINDS, OWN, AHEAD)))
def test_a_title_of_the_period_is_taken_whatever_lies_ahead(kind, own, ahead):
    assert reasons([*OURS, "BÁO CÁO", f"{kind} {own}{ahead}"]) == []


@pytest.mark.parametrize("kind, other, ahead", list(itertools.product(KINDS, OTHER, AHEAD)))
def test_a_title_of_another_time_is_refused_with_its_words(kind, other, ahead):
    [reason] = reasons([*OURS, "BÁO CÁO", f"{kind} {other}{ahead}"])
    assert (reason.startswith("its title says"), "second half of 2024" in reason) == (True, True)


@pytest.mark.parametrize("head", LETTERHEADS.values(), ids=LETTERHEADS)
def test_a_letterhead_of_the_department_is_taken(head):
    assert reasons([*head, "BÁO CÁO", "Tổng kết công tác 6 tháng cuối năm 2024"]) == []


@pytest.mark.parametrize("head", OTHERS.values(), ids=OTHERS)
def test_a_letterhead_of_another_body_is_refused_though_the_text_names_ours(head):
    front = [*head, "BÁO CÁO", "Tổng kết công tác 6 tháng cuối năm 2024"]
    assert reasons(front, ["Học tập kinh nghiệm của tỉnh Bắc Giang."]) != []


def test_a_title_that_names_another_province_is_refused():
    assert reasons(["BÁO CÁO", "Công tác 6 tháng cuối năm 2024 của Sở Thông tin và Truyền thông tỉnh Lạng Sơn"]) != []


def test_the_successor_of_the_department_is_known_from_the_breaks():
    front = ["UBND TỈNH BẮC GIANG", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "BÁO CÁO", "Công tác {}"]
    before, after = (
        [line.format(label) for line in front] for label in ("6 tháng cuối năm 2024", "6 tháng đầu năm 2025")
    )
    assert (reasons(before) != [], reasons(after, period=Period.parse("2025-S1"))) == (True, [])


def test_a_title_without_a_time_is_taken_with_a_notice():
    found = whose.doubts(["BÁO CÁO", "Công tác bưu chính"], [], Package.open(), PERIOD)
    assert ([len(part) for part in found], "does not say which period" in found[1][0].to("en")) == ([0, 1], True)


@pytest.fixture
def foreign(package):
    text = (
        (ROOT / "tests/reports/second-half.txt")
        .read_text(encoding="utf-8")
        .replace("Bắc Giang, ngày", "Bắc Ninh, ngày")
    )
    (package.root / "report.txt").write_text(text, encoding="utf-8")
    return str(package.root / "report.txt")


@pytest.mark.parametrize(
    "lang, said", [("en", "--accept-report"), ("vi", "Đây không phải báo cáo cần nhập: của nơi khác")]
)
def test_the_command_refuses_and_writes_nothing(package, foreign, lang, said):
    result = CliRunner().invoke(main, ["new", "2024-S2", "--from", foreign, "--lang", lang])
    assert (result.exit_code, said in result.stderr, (package.data / "observations/2024-S2.csv").exists()) == (
        1,
        True,
        False,
    )


def test_the_command_takes_it_where_a_person_insists(package, foreign):
    result = CliRunner().invoke(main, ["new", "2024-S2", "--from", foreign, "--accept-report", "--lang", "en"])
    assert (result.exit_code, "it is of another place: Bắc Ninh" in result.stderr) == (0, True)
