import math

import pytest

import bgdata as bg
from bgdata.errors import BgdataError, UnknownName
from bgdata.notation import NBSP, parse

TELECOM = bg.load("telecom", period="2024-S1")


def answered(text, frame=TELECOM, **values):
    return str(bg.answer(frame, text, **values)).replace(NBSP, " ")


@pytest.mark.parametrize(
    "text, answer",
    [
        ("Có {telecom.bts}.", "Có 3.775 trạm."),
        ("Có {telecom.bts[4G]}.", "Có 1.647 trạm."),
        ("Có {telecom.bts:n} trạm.", "Có 3.775 trạm."),
        ("Doanh thu {telecom.revenue}.", "Doanh thu ước 1.135 tỷ đồng."),
        ("{telecom.bts:label}.", "Trạm BTS."),
        ("{telecom.bts[2G]/telecom.bts:%} là 2G.", "23,4% là 2G."),
        ("Doanh thu {telecom.revenue:d} ({telecom.revenue:+%}).", "Doanh thu tăng 3,2% (+3,2%)."),
        ("Không có số.", "Không có số."),
        ("Dấu {{ngoặc}}.", "Dấu {ngoặc}."),
    ],
)
def test_a_number_of_the_frame_is_written_into_the_sentence(text, answer):
    assert answered(text) == answer


@pytest.mark.parametrize(
    "text, value, answer",
    [
        ("{x}.", "VNPT", "VNPT."),
        ("{x}.", 19.5, "19,5."),
        ("{x:%}.", 75.87, "75,87%."),
        ("{x:+%}.", -3.2, "−3,2%."),
        ("{x:d}.", -3.2, "giảm 3,2%."),
        ("{x}.", 0, "0."),
        ("{x}.", TELECOM.iloc[0], "3 đơn vị."),
        ("{x:label}.", TELECOM.iloc[0], "Đơn vị được hướng dẫn gia hạn giấy phép."),
        ("{x:%}.", bg.share(TELECOM, "telecom.bts[2G]", "telecom.bts"), "23,4%."),
        ("{x}.", TELECOM[TELECOM["key"] == "telecom.bts[4G]"], "1.647 trạm."),
    ],
)
def test_a_value_given_by_keyword_is_written_into_the_sentence(text, value, answer):
    assert answered(text, x=value) == answer


def test_a_sentence_whose_number_is_missing_is_left_out_and_the_number_named(package):
    package.add_period("2024-S2", "telecom.bts,,3800,,,=,A,3.800,I.2.1.b,,")
    frame = bg.load("telecom", period="2024-S2", expected=True)
    text = bg.answer(frame, "Có {telecom.bts}.", "Có {telecom.masts} và {telecom.bts[4G]}.")
    assert str(text).replace(NBSP, " ") == "Có 3.800 trạm. Chưa có số liệu: Vị trí cột ăng ten; Trạm BTS: 4G."


def test_a_missing_number_is_named_once_and_never_written_as_zero(package):
    package.add_period("2024-S2")
    frame = bg.load("telecom", period="2024-S2")
    assert str(bg.answer(frame, *["Có {telecom.masts}."] * 2)) == "Chưa có số liệu: Vị trí cột ăng ten."


@pytest.mark.parametrize("missing", [None, math.nan])
def test_a_missing_value_given_by_keyword_leaves_the_sentence_out(missing):
    assert answered("Tỷ lệ {x:%}.", x=missing) == "Chưa có số liệu."


SOCIETY = bg.load("digital_society", period="2024-S1")
SIGNED = " ▲ Số liệu mâu thuẫn, xem phần kiểm tra chéo bên dưới."


@pytest.mark.parametrize(
    "text, answer",
    [
        ("Có {society.youth}.", f"Có 411.230 người ▲.{SIGNED}"),
        ("Chiếm {society.youth_epayment/society.youth:%}.", f"Chiếm 75,9% ▲.{SIGNED}"),
        ("Tên: {society.youth:label}.", "Tên: Tổng số thanh niên của tỉnh."),
        ("Có {society.team_youth}.", "Có 5.146 người."),
    ],
)
def test_a_sentence_with_a_contradictory_number_carries_its_sign(text, answer):
    assert answered(text, SOCIETY) == answer


def test_a_title_with_a_contradictory_number_carries_its_sign():
    assert bg.title(SOCIETY, "{society.youth:n} thanh niên").replace(NBSP, " ") == "411.230 thanh niên ▲"


@pytest.mark.parametrize("text, answer", [("{x:base}.", "5 cơ quan."), ("{x:n} so với {x:base}", "8 so với 5 cơ quan")])
def test_the_base_of_a_comparison_is_written_in_its_own_words(text, answer):
    assert answered(text, x=bg.compare("press.resident", period="2024-S1")) == answer


@pytest.mark.parametrize(
    "now, then, said",
    [
        ("hơn 33,4 tỷ", "hơn 29,6 tỷ", "chưa kết luận được tăng hay giảm"),
        ("33,4 tỷ", "29,6 tỷ", "tăng 13%"),
        ("29,6 tỷ", "33,4 tỷ", "giảm 11%"),
    ],
)
def test_a_sentence_says_a_direction_only_where_both_numbers_allow_no_other(package, now, then, said):
    for period, printed in (("2023-S1", now), ("2022-S1", then)):
        number = parse(printed)
        package.add_period(period, f'telecom.budget,,{number.value},,,{number.qualifier},A,"{printed}",I.1,,')
    assert answered("{telecom.budget:d}", bg.load("telecom", period="2023-S1")) == said


def test_a_sentence_is_left_out_where_its_condition_is_false():
    assert str(bg.answer(TELECOM, bg.say("Tăng.", when=False), "Giảm.")) == "Giảm."


def test_a_sentence_is_written_in_english_where_the_catalogue_has_it_and_as_it_stands_where_not():
    says = "{telecom.bts[2G]} 2G ({telecom.bts[2G]/telecom.bts:%}) phải tắt sóng", "Chưa ai dịch {telecom.bts:n}."
    english = "884 stations of 2G (23.4%) are to be switched off Chưa ai dịch 3,775."
    assert str(bg.answer(TELECOM, *says, lang="en")).replace(NBSP, " ") == english


def test_where_no_sentence_holds_the_answer_says_so():
    assert str(bg.answer(TELECOM, bg.say("Tăng.", when=False))) == "Số liệu của kỳ này chưa đủ để kết luận."


def test_a_title_is_the_first_sentence_that_the_values_support():
    says = bg.say("Tăng.", when=False), "{x:%}", "{telecom.bts:n} trạm", "Sau."
    assert bg.title(TELECOM, *says, x=math.nan) == "3.775 trạm"


def test_a_title_without_values_says_that_there_are_none(package):
    package.add_period("2024-S2")
    frame = bg.load("telecom", period="2024-S2")
    assert bg.title(frame, "{telecom.bts:n} trạm") == "Chưa có số liệu"


@pytest.mark.parametrize(
    "text, message",
    [
        ("{telecom.bst}", 'Indicator "telecom.bst" is unknown; did you mean "telecom.bts"'),
        ("{telecom.bts[6G]}", 'Category "6G" of telecom.bts is unknown; known: 2G, 3G, 4G, 5G'),
        ("{}", 'Indicator "0" is unknown'),
    ],
)
def test_an_unknown_name_in_a_sentence_is_answered_with_the_near_matches(text, message):
    with pytest.raises(UnknownName) as caught:
        answered(text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "text, message",
    [
        ("{telecom.bts", "cannot be read: expected '}' before end of string"),
        ("telecom.bts}", "cannot be read: Single '}' encountered"),
        ("{telecom.bts:zz}", '":zz" is not a form that a value is written in; use one of :n :label :% :[+]% :d'),
        ("{x:zz}", '":zz" is not a form that a value is written in; use one of :n :label :% :[+]% :d'),
    ],
)
def test_a_sentence_that_cannot_be_read_is_refused(text, message):
    with pytest.raises(BgdataError, match=message):
        answered(text, x=1.0)


def test_the_rows_of_two_periods_make_no_sentence(package):
    package.add_period("2023-S1", "telecom.masts,,1500,,,=,A,1.500,I.2.1.b,,")
    with pytest.raises(BgdataError, match="rows of one period"):
        answered("{telecom.masts}", bg.load("telecom", period=["2023-S1", "2024-S1"]))


@pytest.mark.parametrize("write", [bg.answer, bg.title])
def test_an_unknown_language_is_refused(write):
    with pytest.raises(BgdataError, match='"fr" is not a language of bgdata'):
        write(TELECOM, "Có.", lang="fr")


HOSTILE = '<script>alert("1")</script> & <b>'
HARMLESS = '&lt;script&gt;alert("1")&lt;/script&gt; &amp; &lt;b&gt;'


@pytest.mark.parametrize("text", ["{telecom.masts:label}", "{telecom.bts[5G]} {nothing}"])
def test_a_hostile_label_is_escaped_where_it_is_shown(package, text):
    package.cell("indicators.csv", "telecom.masts", "label_vi", HOSTILE)
    package.cell("indicators.csv", "telecom.bts", "label_vi", HOSTILE)
    package.add_period("2024-S2", "telecom.masts,,1500,,,=,A,1.500,I.2.1.b,,")
    shown = bg.answer(bg.load("telecom", period="2024-S2"), text, nothing=None)._repr_markdown_()
    assert HARMLESS in shown and "<" not in shown


def test_a_hostile_value_given_by_keyword_is_escaped():
    assert bg.answer(TELECOM, "{x}", x=HOSTILE)._repr_markdown_() == HARMLESS


def test_the_source_names_the_report_in_both_languages():
    assert "Báo cáo sơ kết công tác 6 tháng đầu năm 2024" in bg.source("2024-S1")
    assert "Department of Information and Communications" in bg.source("2024-S1", lang="en")


@pytest.mark.parametrize("period", ["2024-S2", "../../etc", ""])
def test_the_source_of_an_unknown_period_is_refused(period):
    with pytest.raises(BgdataError):
        bg.source(period)
