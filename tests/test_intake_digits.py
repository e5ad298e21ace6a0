"""What digits prove, and what stands in brackets, is no rival of a number: of the kind, in variants."""

import pytest

from bgdata.notation import Period
from bgdata.package import Package
from bgtools.read.reading import of_lines

HEADS = ["I. KẾT QUẢ", "2.1. Bưu chính, viễn thông"]


def entered(*lines):
    rows = of_lines([*HEADS, *lines], Package.open(), Period.parse("2024-S2")).rows()
    return {(row["indicator"], row["category"]): row["printed"] for row in rows}


def share(part, whole):
    return f"{100 * part / whole:.1f}%".replace(".", ",")


def dotted(number):
    return f"{number:,}".replace(",", ".")


TOTAL = [
    "Tỉnh đang quản lý {whole} đối tượng hưởng chính sách an sinh xã hội; có {part} đối tượng đã có tài khoản ngân hàng, chiếm {share} tổng số đối tượng đang quản lý.",
    "Tổng số đối tượng an sinh xã hội đang quản lý là {whole} người, trong đó {part} đối tượng đã có tài khoản ngân hàng, đạt {share}.",
]


PAID = (
    "Lũy kế đến nay đã chi trả không dùng tiền mặt cho 16.420 đối tượng, bằng {} tổng số đối tượng đang quản lý "
    "và {} số đối tượng đã có tài khoản."
)


@pytest.mark.parametrize("text", TOTAL)
@pytest.mark.parametrize("part, whole", [(52310, 93600), (50127, 92480), (47911, 95215)])
def test_a_total_that_no_indicator_has_is_no_other_value_of_its_part(text, part, whole):
    said = (
        text.format(whole=dotted(whole), part=dotted(part), share=share(part, whole))
        + " "
        + PAID.format(share(16420, whole), share(16420, part))
    )
    assert entered("d) Xã hội số", said).get(("society.welfare_accounts", "")) == dotted(part)


@pytest.mark.parametrize("lost", ["(đêm 07/9 có 412 trạm BTS mất liên lạc)", "(có lúc 398 trạm BTS mất liên lạc)"])
@pytest.mark.parametrize("more", [0, 12, 37])
def test_parts_that_make_their_total_have_no_rival_that_names_none_of_them(lost, more):
    parts = [790, 1238, 1736, 12 + more]
    said = "Toàn tỉnh có {} trạm BTS, gồm {} trạm 2G, {} trạm 3G, {} trạm 4G, {} trạm 5G.".format(
        *map(dotted, [sum(parts), *parts])
    )
    found = entered("b) Viễn thông", f"Bão số 3 ảnh hưởng lớn {lost}.", said)
    printed = [found.get(("telecom.bts", name)) for name in ("", "2G", "3G", "4G", "5G")]
    assert printed == [*map(dotted, [sum(parts), *parts])]


@pytest.mark.parametrize(
    "bracket", ["cùng kỳ 9 đơn vị", "năm trước 9 đơn vị", "cùng kỳ: 9", "cùng kỳ năm trước 9 huyện"]
)
def test_last_years_number_in_a_bracket_is_no_rival(bracket):
    text = f"Bưu điện tỉnh đã tham gia đổi mới cơ chế một cửa tại 10 huyện, thị xã, thành phố ({bracket})."
    found = entered("a) Bưu chính", "Toàn tỉnh có 341 điểm phục vụ bưu chính.", text)
    assert found.get(("post.one_stop_districts", "")) == "10"


@pytest.mark.parametrize("plan", ["kế hoạch năm: 90%", "kế hoạch năm 2024 là 90%", "mục tiêu: 90%", "chỉ tiêu đạt 90%"])
def test_a_plan_with_a_number_of_its_own_is_no_word_about_the_number_before_it(plan):
    text = "Hộ gia đình có Internet cáp quang đạt 91,6%"
    name = ("telecom.household_fibre_share", "")
    assert entered("b) Viễn thông", f"{text} ({plan}).").get(name) == "91,6%"
    assert name not in entered("b) Viễn thông", f"{text} (kế hoạch năm 2024).")


REFORM = ["sắp xếp đơn vị hành chính cấp xã", "sáp nhập các xã", "hợp nhất các cơ quan"]


@pytest.mark.parametrize("reform", REFORM)
def test_the_years_of_a_reform_are_no_time_of_what_is_counted_after_it(reform):
    text = f"Sau khi {reform} giai đoạn 2023 - 2025, toàn tỉnh có 192/192 tổ công nghệ số cộng đồng cấp xã."
    assert entered("d) Xã hội số", text).get(("society.commune_teams", "")) == "192"


@pytest.mark.parametrize("partner", ["cùng Công ty An ninh mạng Viettel", "cùng Tập đoàn Công nghệ FPT"])
def test_who_runs_a_thing_with_the_department_does_not_own_its_numbers(partner):
    text = f"Trung tâm giám sát SOC của tỉnh, do Sở chủ trì vận hành {partner}, ghi nhận 22.315 cảnh báo an toàn thông tin."
    assert entered("c) An toàn thông tin", text).get(("security.alerts", "")) == "22.315"


REFUSED = ["năm 2023", "cả nước có", "huyện Tân Yên có", "kế hoạch là", "cùng kỳ", "VNPT có"]


@pytest.mark.parametrize("words", REFUSED)
def test_the_whole_of_a_refused_number_does_not_take_its_place(words):
    heading = ["I. KẾT QUẢ", "2.3. Kinh tế số và xã hội số", "d) Xã hội số"]
    text = (
        f"Tỉnh đang quản lý 91.900 đối tượng hưởng chính sách an sinh xã hội; {words} 47.960 đối tượng đã có tài khoản ngân hàng (52,2%). "
        "Đến nay đã chi trả không dùng tiền mặt cho 15.120 đối tượng, bằng 16,5% tổng số đối tượng, bằng 31,5% số đối tượng có tài khoản."
    )
    reading = of_lines([*heading, text], Package.open(), Period.parse("2024-S2"))
    entered = {(row["indicator"], row["printed"]) for row in reading.rows()}
    assert not {("society.welfare_accounts", "91.900"), ("society.welfare_paid_accounts_share", "16,5%")} & entered
