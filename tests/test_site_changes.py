"""What changed: against the build before and against the period before, and nothing that did not."""

import pytest
from site_project import LATER, PERIOD, Html, SiteProject, broken_links

from bgtools.site.changes import differences

NOTHING = {"numbers": {}, "texts": {}, "figures": {}}


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with the notebook of one sector, and its pages."""
    monkeypatch.setenv("BGDATA_ROOT", str(tmp_path))
    project = SiteProject(tmp_path, "03-telecom")
    project.cell("indicators.csv", "telecom.masts", "label_vi", "Cột")
    project.cell("indicators.csv", "telecom.bts", "label_vi", "Trạm")
    project.build()
    return project


def part(project, name, period=PERIOD):
    """The text of one part of the page: "build", or a comparison with another period."""
    _, _, rest = project.page("changes", period).source.partition(f'<section id="{name}">')
    return Html(rest.partition("</section>")[0]).text


def test_the_first_build_says_that_it_is_the_first(project):
    assert "Đây là lần lập trang đầu tiên của kỳ này." in part(project, "build")
    assert "Gói số liệu chưa có kỳ nào trước 6 tháng đầu năm 2024." in part(project, "period")


def test_a_changed_number_is_shown_before_and_now(project):
    project.cell(project.observations, "telecom.masts", "value", "1600")
    project.cell(project.observations, "telecom.masts", "printed", "1.600")
    project.build()
    assert "Số liệu (1) Chỉ tiêu Trước Nay Cột 1.596 vị trí 1.600 vị trí" in part(project, "build")
    assert "Câu chữ" not in part(project, "build") and "Hình (" not in part(project, "build")


def test_a_number_that_went_and_one_that_moved_to_another_section_are_shown(project):
    lines = project.text(project.observations).splitlines()
    kept = [line for line in lines if not line.startswith("telecom.masts")]
    project.write(project.observations, "\n".join(kept).replace("I.2.1.b fn2", "I.2.1.b").encode())
    project.build()
    assert "Cột 1.596 vị trí (không có)" in part(project, "build")
    assert "Trạm: 3.775 trạm (I.2.1.b, chú thích 2) Trạm: 3.775 trạm (I.2.1.b)" in part(project, "build")


def test_a_build_that_shows_nothing_new_keeps_what_changed_before(project):
    project.cell(project.observations, "telecom.masts", "note", "Mới")
    project.cell(project.observations, "telecom.masts", "value", "1600")
    project.cell(project.observations, "telecom.masts", "printed", "1.600")
    project.build()
    before = part(project, "build")
    project.build()
    assert part(project, "build") == before and "1.600 vị trí" in before


def test_of_a_changed_sentence_the_words_that_differ_are_marked(project):
    output = {"output_type": "execute_result", "metadata": {}}
    sentences = ["Có 5 trạm 2G.", "Có 7 trạm 2G."]
    outputs = [{**output, "data": {"text/markdown": one, "text/plain": one}} for one in sentences]
    for one in outputs:
        project.change_cell("03-telecom", "telecom-bts-answer", outputs=[one])
        project.build()
    assert "<p>Có <del>5</del> trạm 2G.</p>" in project.page("changes").source
    assert "<p>Có <ins>7</ins> trạm 2G.</p>" in project.page("changes").source
    assert "03-telecom.html#telecom-bts-answer" in project.page("changes").refers


def test_a_figure_that_went_is_shown_as_it_was_also_after_another_build(project):
    project.change_cell("03-telecom", "telecom-bts-figure", outputs=[])
    project.build()
    project.build()
    assert "before/telecom-bts.png" in project.page("changes").refers
    assert broken_links(project.root / "build" / "site") == []


def test_between_periods_numbers_are_ranked_by_what_their_change_tells(project):
    project.open_later_period(
        lambda text: (
            text.replace("telecom.masts,,1596,,,=,A,1.596", "telecom.masts,,1676,,,=,A,1.676")
            .replace("telecom.revenue,,1135000000000,,,~,E,1.135 tỷ", "telecom.revenue,,1500000000000,,,~,E,1.500 tỷ")
            .replace("press.resident,,8,,,=,A,08", "press.resident,,9,,,=,A,09")
        )
    )
    project.build()
    said = part(project, "period-1", LATER).replace("+5,0%", "+5%")
    assert said.startswith("So với 6 tháng đầu năm 2024 Hai kỳ khác thời điểm trong năm")
    assert said.index("Doanh thu viễn thông") < said.index("Cột 1.596 vị trí 1.676 vị trí ↑ +5%")
    assert said.index("Cột 1.596") < said.index("phóng viên thường trú")


def test_a_reason_why_numbers_cannot_be_compared_is_said_once(project):
    project.open_later_period()
    lines = project.text("breaks.csv").splitlines()
    project.write("breaks.csv", "\n".join([lines[0], "2024-09-01,*,Tỉnh mới.,New province.", *lines[1:], ""]).encode())
    project.build()
    said = part(project, "period-1", LATER)
    assert said.count("Tỉnh mới.") == 1 and "135 số: Không so sánh được. Tỉnh mới." in said


def test_the_year_before_is_compared_as_well_as_the_period_before(project):
    project.open_later_period()
    header, *lines = project.text(project.observations).splitlines()
    project.add_period("2025-S1", *lines)
    project.ran("2025-S1")
    project.build()
    page = project.page("changes", "2025-S1").text
    assert page.index("So với 6 tháng đầu năm 2024") < page.index("So với 6 tháng cuối năm 2024")


def test_an_earlier_period_without_pages_is_compared_by_its_numbers(project):
    project.open_later_period(
        lambda text: text.replace("telecom.masts,,1596,,,=,A,1.596", "telecom.masts,,1676,,,=,A,1.676")
    )
    project.build(LATER)
    assert "1.596 vị trí 1.676 vị trí" in part(project, "period-1", LATER)


def test_snapshots_that_show_the_same_do_not_differ():
    same = {**NOTHING, "numbers": {"a": ["A", "1", "I.1"]}}
    assert differences(same, same) == {"numbers": [], "texts": [], "figures": []}


def test_a_text_in_a_difference_is_escaped():
    texts = [{**NOTHING, "texts": {"p#c": ["p", "P", one]}} for one in ("<b>x</b> y", "<i>x</i> y")]
    [found] = differences(*texts)["texts"]
    assert found["was"] == "<del>&lt;b&gt;x&lt;/b&gt;</del> y"
