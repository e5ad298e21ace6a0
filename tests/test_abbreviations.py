"""Lines as offices wire them, "DT bưu chính: 412 tỷ đ": the abbreviations are written out, and stay hostile where they are."""

import re
from dataclasses import replace

import pytest
from stating import Host

from bgdata.notation import Period
from bgdata.package import Package
from bgtools.read.document.abbreviations import PLAIN, SEVERAL
from bgtools.read.document.passage import Cell, Passage
from bgtools.read.document.written import Writing, Written
from bgtools.read.indicator.slots import slots, together
from bgtools.read.reading import of_lines, of_passages
from bgtools.read.statement.numerals import numerals

PERIOD = Period.parse("2024-S2")
LINES = [  # indicator, what is counted, number, unit
    ("telecom.masts", "Cột ăng ten", "1.702", "vị trí"),
    ("post.revenue", "DT bưu chính", "412 tỷ", "đ"),
    ("telecom.revenue", "DT VT, Internet", "1.214 tỷ", "đ"),
    ("post.dossiers", "HS TTHC nhận, trả qua BCCI", "66.310", "HS"),
    ("direction.guidance", "VB Sở đôn đốc, HD các ngành, địa phương về CĐS", "17", "VB"),
    ("telecom.designs_reviewed", "HS bản vẽ TC được góp ý thẩm định", "66", "HS"),
    ("inspection.inspections", "TTra Sở chủ trì", "06", "cuộc"),
    ("security.alerts", "SOC tỉnh ghi nhận cảnh báo ATTT", "24.380", "cảnh báo"),
    ("ict.hardware_exports", "XK phần cứng, điện tử", "5.610 triệu", "USD"),
    ("economy.new_firms", "DN mới thành lập toàn tỉnh", "985", "DN"),
    ("telecom.adult_smartphone_share", "Người trưởng thành có ĐTTM", "89,2%", ""),
    ("office.signed_results_share", "KQ TTHC ký số", "99,6%", ""),
    ("security.antimalware_share", "Máy tính có PM chống mã độc", "99,3%", ""),
    ("press.documents", "VB cung cấp TT cho báo chí", "56", "VB"),
]
OURS = ["- {l}: {n} {u}.", "- {l}: {n} {u}, tăng so CK.", "{l}: {n} {u} (TH 6T cuối năm).", "- {l}: TH {n} {u}."]
NOT_OURS = [
    "- KH {l}: {n} {u}.",
    "- {l} (KH): {n} {u}.",
    "- {l}: {n} {u} (KH).",
    "- KH 2025: {l} {n} {u}.",
    "- {l}, KH năm: {n} {u}.",
    "- {l}, KHN: {n} {u}.",
    "- {l}: CK {n} {u}.",
    "- CK: {l} {n} {u}.",
    "- {l}: {n} {u} (CK).",
    "- {l} CK 2023: {n} {u}.",
    "- {l}: CT {n} {u}.",
    "- CT giao: {l} {n} {u}.",
    "- MT 2030: {l} {n} {u}.",
    "- DK {l}: {n} {u}.",
    "- {l}: NQ giao {n} {u}.",
    "- {l} TH 9T: {n} {u}.",
    "- {l} Q4: {n} {u}.",
    "- {l} Q.III/2024: {n} {u}.",
    "- {l} T10/2024: {n} {u}.",
    "- {l} 12T/2024: {n} {u}.",
    "- {l} 6T đầu năm: {n} {u}.",
    "- {l} (6T/2023): {n} {u}.",
    "- BQ {l}: {n} {u}/huyện.",
    "- TH/KH {l}: {n} {u}.",
    "- {l}: {n} {u} so KH.",
    "- {l}: {n} {u} so CK.",
    "- H. Yên Thế: {l} {n} {u}.",
    "- {l}: {n} {u}, huyện Lục Ngạn.",
    "- {l}: {n} {u}, tính tại dịp 26/3/2025.",
]


@pytest.fixture(scope="module")
def host():
    return Host()


@pytest.fixture(scope="module")
def told():
    return together(slots(Package.open(), PERIOD))


def entered(host, form):
    """What is entered of each line, said in a form."""
    stated = []
    for indicator, label, number, unit in LINES:
        text = re.sub(r" (?=[.,] ?$|[.,] )", "", form.format(l=label, n=number, u=unit)).replace("  ", " ")
        stated.append({"indicator": indicator, "category": "", "text": text.replace(" /", "/")})
    found = {}
    for batch in host.batches(stated):
        passages = list(host.bench.passages)
        for one, index in batch:
            passages[index] = replace(passages[index], text=one["text"], marks={})
        reading = of_passages(passages, host.package, host.bench.period)
        for one, index in batch:
            sure = [match for match in filter(reading.certain, reading.matches) if match.numeral.passage == index]
            found[one["text"]] = (one["indicator"], [(match.slot.indicator, match.numeral.printed) for match in sure])
    return found


@pytest.mark.parametrize("form", OURS)
def test_a_wired_line_is_entered(host, form):
    found = entered(host, form)
    numbers = {indicator: number for indicator, _, number, _ in LINES}
    right = [indicator for indicator, sure in found.values() if sure == [(indicator, numbers[indicator])]]
    assert all(sure in ([], [(indicator, numbers[indicator])]) for indicator, sure in found.values()), found
    assert len(right) > 0.45 * len(LINES), {text: sure for text, (_, sure) in found.items() if not sure}


@pytest.mark.parametrize("form", NOT_OURS)
def test_a_plan_another_time_or_a_mean_is_as_hostile_in_its_short_form(host, form):
    found = {
        text: [one for one in sure if one[0] == indicator] for text, (indicator, sure) in entered(host, form).items()
    }
    assert not any(found.values()), found


@pytest.mark.parametrize("short", sorted(PLAIN))
def test_an_abbreviation_of_one_reading_is_written_out_and_a_numeral_keeps_its_place(short):
    text = f"Có {short}: 1.234 {short}, trong đó {short} 5,6%; số 12/{short}-UBND và A-{short}."
    one = Written(text)
    places = [match.start() for match in re.finditer(r"(?<!\d)\d", text)]
    assert [one.printed(match.start()) for match in re.finditer(r"(?<!\d)\d", one.text)] == places
    assert [one.text[one.placed(place)] for place in places] == [text[place] for place in places]
    assert one.text.count(PLAIN[short]) == 3 and f"12/{short}-UBND và A-{short}." in one.text


TOLD = [
    ("đối tượng 26 (TC 17, CN 9)", "đối tượng 26 (tổ chức 17, cá nhân 9)"),
    ("bản vẽ TC; Báo, TC: 31; Đơn KN, TC: 9", "bản vẽ thi công; Báo, tạp chí: 31; Đơn khiếu nại, tố cáo: 9"),
    ("CT UBND tỉnh; Sở CT; đạt 98% CT", "Chủ tịch UBND tỉnh; Sở Công Thương; đạt 98% chỉ tiêu"),
    ("DT bưu chính: 412 tỷ đ; DT phủ sóng: 99%", "Doanh thu bưu chính: 412 tỷ đồng; diện tích phủ sóng: 99%"),
    ("so DT HĐND giao; DT thu NSNN 9 tỷ", "so dự toán HĐND giao; dự toán thu ngân sách nhà nước 9 tỷ"),
    ("KH 2026; trường KH và công nghệ", "Kế hoạch 2026; trường khoa học và công nghệ"),
    ("HN, hội thảo; 04 HN; HN tập huấn", "Hội nghị, hội thảo; 04 hội nghị; hội nghị tập huấn"),
    ("Đoàn TN; TN tình nguyện; TN bình quân", "Đoàn thanh niên; thanh niên tình nguyện; thu nhập bình quân"),
    ("TH 6T cuối năm; trên TH tỉnh; TH/KH", "Thực hiện 6 tháng cuối năm; trên truyền hình tỉnh; thực hiện/kế hoạch"),
    ("tin, bài, PV: 36; cơ quan cử PV: 10", "tin, bài, phỏng vấn: 36; cơ quan cử phóng viên: 10"),
    ("5.610 triệu USD, +17,9% so CK", "5.610 triệu USD, tăng 17,9% so cùng kỳ"),
    ("23,5 tr.đ; 5.420 đ/c; LK 2024", "23,5 tr đồng; 5.420 đồng chí; lũy kế năm 2024"),
    ("P. Chuyên đề; TP. Bắc Giang; T10/2024; Q.IV", "Phòng Chuyên đề; thành phố Bắc Giang; tháng 10/2024; quý IV"),
]


@pytest.mark.parametrize("text, written", TOLD)
def test_the_words_beside_an_abbreviation_of_several_readings_tell_which_is_meant(told, text, written):
    assert Written(text, told).text == written


@pytest.mark.parametrize(
    "text",
    [
        "TC Đảng; KN 3; TC 5; CN Nguyễn Văn A",
        "HN và Hải Phòng; TT Thắng; TN và MT",
        "TH: 120 trường; THCS: 90 trường",
        "HS 12 trường dự thi; 141.050 HS gửi thư",
        "DT 5 ha; DT rừng: 412 ha; ĐTTM: 5 tỷ",
        "Sở TT&TT, KH&ĐT; Phòng TT-BC-XB; 12-NQ/TW; số 14/KH-UBND; 5G; BTS",
        "tn dùng tk; dt bưu chính",
    ],
)
def test_an_abbreviation_that_nothing_tells_stays_as_it_is_printed(told, text):
    assert Written(text, told).text == text


@pytest.mark.parametrize("short", sorted(SEVERAL))
def test_an_abbreviation_alone_means_nothing_unless_it_means_one_thing(told, short):
    always = {long for long, before, behind in SEVERAL[short] if before == "(?:)" and not behind}
    found = Written(f"Có: {short}", told).text.removeprefix("Có: ")
    assert found in ({short} | always)


def test_the_numbers_of_a_report_stand_where_they_are_printed():
    lines = ["I. KẾT QUẢ", "2.1. Bưu chính", "a) Bưu chính"]
    lines += [f"- {label}: {number} {unit}; {label} CK: {number} {unit}." for _, label, number, unit in LINES]
    reading = of_lines(lines, Package.open(), PERIOD)
    for one in reading.numerals:
        printed = reading.passages[one.passage].text[one.start : one.end]
        assert re.sub(r"\s", "", printed) == re.sub(r"\s", "", one.printed)
    assert sum(one.kind == "observation" for one in reading.numerals) == 2 * len(LINES)


def test_the_cells_of_a_row_are_put_back(told):
    text = "DN CNTT | 412 tỷ đ | 1.655"
    cells = (Cell(0, 7, ("DN",)), Cell(10, 18, ("CK 2023",)), Cell(21, 26, ("TH 6T/2024",)))
    passages = [Passage(text, cells=cells)]
    writing = Writing(passages, told)
    [row] = writing.passages
    assert [row.text[cell.start : cell.end] for cell in row.cells] == row.text.split(" | ")
    assert [cell.heads[0] for cell in row.cells] == ["Doanh nghiệp", "Cùng kỳ 2023", "Thực hiện 6 tháng/2024"]
    found = numerals(writing.passages, PERIOD)
    writing.restore(found)
    assert [text[one.start : one.end] for one in found] == ["412 tỷ", "1.655"]
    assert [one.cell for one in found] == [cells[1], cells[2]]


@pytest.mark.parametrize("line", ["11 KH về CĐS đã được Chủ tịch UBND tỉnh ký ban hành.", "07 đơn vị được xác nhận."])
def test_a_number_that_opens_a_line_is_no_ordinal(line):
    [one] = [one for one in of_lines(["I. KẾT QUẢ", line], Package.open(), PERIOD).numerals if one.start == 0]
    assert one.kind == "observation"


@pytest.mark.parametrize("letter", "KLMN")
def test_a_letter_behind_h_heads_a_section(letter):
    lines = [
        "A. CHỈ ĐẠO",
        "Có 5 xã.",
        "H. BÁO CHÍ",
        "Có 6 xã.",
        f"{letter}. NHIỆM VỤ 6 THÁNG ĐẦU NĂM 2025",
        "Thêm 7 xã.",
    ]
    last = of_lines(lines, Package.open(), PERIOD).passages[-1]
    assert last.headings == (lines[4],)
