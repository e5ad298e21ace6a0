"""Headings of any wording, known by how they stand; what no heading stands over; what stands below a heading of plans."""

import itertools
import textwrap

import pytest

from bgdata.notation import Period
from bgdata.package import Package
from bgtools.read.document.documents import of_lines, sectors_of
from bgtools.read.document.lines import Line, Lines
from bgtools.read.document.plans import of_plans
from bgtools.read.reading import of_lines as read_lines

FRONT = [
    "UBND TỈNH BẮC GIANG",
    "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
    "Số: 12/BC-STTTT",
    "",
    "Bắc Giang, ngày 20 tháng 12 năm 2024",
    "",
    "BÁO CÁO",
    "Kết quả công tác 6 tháng cuối năm 2024",
    "",
    "Kính gửi: Ủy ban nhân dân tỉnh",
    "",
    "Thực hiện Công văn số 15/UBND-TH ngày 02/12/2024 của UBND tỉnh, Sở Thông tin và Truyền thông báo cáo như sau:",
    "",
]
END = ["", "Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT, VP.", "", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "Nguyễn Văn An"]
WORDINGS = {
    "sentences": ["Mạng lưới được mở thêm ở vùng cao", "Hạ tầng số vươn tới từng thôn", "Siết chặt kỷ cương, gần dân"],
    "programmes": ["Chương trình hạ tầng số giai đoạn 2021-2025", "Đề án 06 tại cơ sở", "Phong trào thi đua năm 2024"],
    "names": ["Sản xuất công nghiệp", "Nông nghiệp, nông thôn", "Lao động và việc làm"],
    "slogans": ["Người dân là trung tâm", "Dữ liệu là tài nguyên", "An toàn là then chốt"],
}
PLANS = [
    "Phương hướng, nhiệm vụ trọng tâm 6 tháng đầu năm 2025",
    "Nhiệm vụ trọng tâm 6 tháng tới",
    "Những việc cần làm trong thời gian tới",
    "Nhiệm vụ, giải pháp thời gian tới",
    "Mục tiêu, chỉ tiêu năm 2025",
]
LOOKS = {
    "a line apart": lambda text: ["", text, ""],
    "a line above": lambda text: ["", text],
    "no line apart": lambda text: [text],
    "capitals": lambda text: ["", text.upper()],
    "bold": lambda text: ["", f"**{text}**"],
    "levels": lambda text: ["", f"## {text}"],
}
SAID = [
    "Có 5 đơn vị thuộc tỉnh được kiểm tra trong kỳ, không đơn vị nào vi phạm.",
    "7 đơn vị của tỉnh được hỗ trợ nâng cấp đường truyền, nhiều hơn yêu cầu.",
    "Đã hoàn thành 9 công trình ở các xã, đưa vào sử dụng đúng thời hạn.",
]


def report(headings, look, said=SAID):
    body = [[*LOOKS[look](heading), sentence] for heading, sentence in zip(headings, said, strict=False)]
    return [*FRONT, *itertools.chain(*body), *END]


def read(lines):
    return of_lines(lines, sectors=sectors_of(Package.open())).passages


def above(found, sentence):
    return next(one for one in found if one.text.endswith(sentence))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("wording", WORDINGS)
def test_headings_of_any_wording_are_counted_as_they_stand(wording, look):
    found = read(report(WORDINGS[wording], look))
    places = [above(found, sentence) for sentence in SAID]
    assert [one.section for one in places] == ["I.1", "I.2", "I.3"]
    assert [one.headings[-1].lower() for one in places] == [text.lower() for text in WORDINGS[wording]]


@pytest.mark.parametrize("width", [60, 72, 90])
@pytest.mark.parametrize("wording", WORDINGS)
def test_headings_are_known_where_a_margin_cut_the_lines(wording, width):
    lines = report(WORDINGS[wording], "no line apart", [f"{one} {SAID[0]} {SAID[2]}" for one in SAID])
    found = read([part for line in lines for part in textwrap.wrap(line, width) or [""]])
    assert list(dict.fromkeys(one.section for one in found if "đơn vị" in one.text and one.section)) == [
        "I.1",
        "I.2",
        "I.3",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Toàn tỉnh có 340 điểm phục vụ",
        "Các đơn vị đã hoàn thành đúng hạn.",
        "- Bưu chính, viễn thông",
        "Kết quả cụ thể như sau:",
        "mở rộng tới các xã vùng cao",
        "Bảng 1. Số trạm của các huyện",
        "Đơn vị tính: tỷ đồng",
        "Chủ đề: người dân là trung tâm",
    ],
)
def test_what_does_not_stand_as_a_heading_is_none(text):
    found = read(report([WORDINGS["names"][0], text], "a line above"))
    assert above(found, SAID[1]).headings == (WORDINGS["names"][0],)


@pytest.mark.parametrize("look", [look for look in LOOKS if look != "levels"])
@pytest.mark.parametrize("plan", PLANS)
def test_what_stands_below_a_heading_of_plans_is_planned_under_further_headings_too(plan, look):
    names = WORDINGS["names"]
    found = read(report([names[0], plan, names[1]], look))
    assert [any(map(of_plans, above(found, sentence).headings)) for sentence in SAID] == [False, True, True]
    assert [above(found, sentence).section.split(".")[0] for sentence in SAID] == ["I", "II", "II"]


@pytest.mark.parametrize("mark", ["", ":", "."])
@pytest.mark.parametrize("plan", PLANS)
def test_a_heading_of_plans_is_known_with_a_mark_behind_it(plan, mark):
    if mark == "." and not plan.startswith(("Phương", "Nhiệm", "Mục")):
        pytest.skip("a sentence")
    found = read(report([WORDINGS["names"][0], plan + mark], "a line above"))
    assert above(found, SAID[1]).section == "II"


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("plan", PLANS)
def test_a_heading_of_results_ends_the_plans(plan, look):
    found = read(report([WORDINGS["names"][0], plan, "Kết quả thực hiện nhiệm vụ"], look))
    assert not any(map(of_plans, above(found, SAID[2]).headings))


@pytest.mark.parametrize("plan", PLANS)
def test_levels_say_where_plans_end(plan):
    found = read(report([WORDINGS["names"][0], plan, WORDINGS["names"][1]], "levels"))
    assert [any(map(of_plans, above(found, sentence).headings)) for sentence in SAID] == [False, True, False]


@pytest.mark.parametrize("signs", [("I.", "II.", "I."), ("1.", "2.", "1."), ("A.", "B.", "A."), ("a)", "b)", "a)")])
@pytest.mark.parametrize("look", ["a line apart", "capitals", "bold"])
@pytest.mark.parametrize("plan", PLANS)
def test_numbers_that_begin_anew_below_a_heading_of_plans_are_planned(plan, look, signs):
    first, second, again = (f"{sign} {name}" for sign, name in zip(signs, WORDINGS["names"], strict=True))
    lines = [*FRONT, "I. KẾT QUẢ" if signs[0] != "I." else "", first, SAID[0], second, SAID[1], *LOOKS[look](plan)]
    following = f"{signs[1]} {WORDINGS['names'][0]}"
    found = read([*lines, again, SAID[2], following, "Có 11 đơn vị của tỉnh được kiểm tra.", *END])
    planned = [any(map(of_plans, one.headings)) for one in found if " đơn vị " in one.text or "công trình" in one.text]
    assert planned == [False, False, True, True]


@pytest.mark.parametrize(
    "heading",
    [
        "Thông tin kịp thời, có định hướng",
        "Định hướng thông tin, báo chí",
        "Định hướng dư luận xã hội",
        "Phấn đấu vì sự hài lòng của người dân",
        "Định danh điện tử được mở rộng",
    ],
)
def test_plans_do_not_go_on_below_a_heading_that_only_sounds_like_one(heading):
    found = read(report([WORDINGS["names"][0], heading, WORDINGS["names"][1]], "a line above"))
    assert not any(map(of_plans, above(found, SAID[2]).headings))


def test_paragraphs_are_counted_where_no_heading_stands():
    lists = ["Kết quả như sau:", "- Có 13 tổ.", "- Có 17 nhóm."]
    found = read([*FRONT, SAID[0], "", *lists, "", SAID[1], *END])
    sections = {one.text: one.section for one in found if any(map(str.isdigit, one.text)) and one.section}
    assert sections == {SAID[0]: "I.2", "- Có 13 tổ.": "I.3", "- Có 17 nhóm.": "I.3", SAID[1]: "I.4"}


def test_what_stands_before_the_first_heading_is_in_the_first_part():
    found = read([*FRONT, SAID[0], "", "1. Bưu chính", SAID[1]])
    assert [above(found, sentence).section for sentence in SAID[:2]] == ["I", "I.1"]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("wording", WORDINGS)
def test_front_and_signatures_are_no_headings_and_have_no_numbers_of_the_report(wording, look):
    document = of_lines(report(WORDINGS[wording], look), sectors=sectors_of(Package.open()))
    assert document.front == list(filter(None, FRONT))
    assert {one for passage in document.passages for one in passage.headings} <= {
        form for text in WORDINGS[wording] for form in (text, text.upper())
    }


@pytest.mark.parametrize("bold", [True, False])
def test_a_line_of_its_own_in_word_is_a_heading(bold):
    texts = [*filter(None, FRONT), WORDINGS["names"][0], SAID[0], WORDINGS["names"][1], SAID[1]]
    lines = [Line(text, strong=len(text) * (bold and text in WORDINGS["names"]), whole=True) for text in texts]
    found = read(Lines(lines))
    assert [above(found, sentence).section for sentence in SAID[:2]] == ["I.1", "I.2"]


TIMES = {
    "6 tháng cuối năm 2024": True,
    "giai đoạn 2021-2025": True,
    "6 tháng đầu năm 2025": False,
    "6 tháng đầu năm 2024": False,
    "quý I năm 2025": False,
    "năm 2023": False,
    "quý IV/2024": False,
}


@pytest.mark.parametrize("form", ["Công tác {}", "II. CÔNG TÁC {}", "2. Công tác bưu chính {}", "**Kết quả {}**"])
@pytest.mark.parametrize("time", TIMES)
def test_what_stands_below_a_heading_is_of_the_time_that_it_names(time, form):
    heading = form.format(time.upper() if form.isupper() else time)
    lines = ["I. KẾT QUẢ", "1. Chung", SAID[0].replace("5", "các"), "", heading]
    found = read_lines([*lines, "Toàn tỉnh có 345 điểm phục vụ bưu chính."], Package.open(), Period.parse("2024-S2"))
    assert [found.certain(one) for one in found.matches] == [TIMES[time]]
