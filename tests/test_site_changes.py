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
    """The text of one half of the page: "build" or "period"."""
    build, other = project.page("changes", period).source.split('<section id="period">')
    source = build.partition('<section id="build">')[2] if name == "build" else other
    return Html(source).text


def test_the_first_build_says_that_it_is_the_first(project):
    assert "Đây là bản lập đầu tiên của kỳ này." in part(project, "build")
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
    assert "Trạm: 3.775 trạm (I.2.1.b fn2) Trạm: 3.775 trạm (I.2.1.b)" in part(project, "build")


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


def test_between_periods_numbers_are_shown_with_their_growth_and_names_of_periods_do_not_count(project):
    project.open_later_period(
        lambda text: text.replace("telecom.masts,,1596,,,=,A,1.596", "telecom.masts,,1676,,,=,A,1.676")
    )
    later = project.root / "build" / LATER / "03-telecom.ipynb"
    text = later.read_text(encoding="utf-8").replace("6 tháng đầu năm 2024", "6 tháng cuối năm 2024")
    later.write_text(text.replace("6 tháng đầu năm 2023", "6 tháng cuối năm 2023"), encoding="utf-8")
    project.build()
    said = part(project, "period", LATER)
    assert said.startswith("So với 6 tháng đầu năm 2024 Số liệu (1) Chỉ tiêu Trước Nay Tăng, giảm")
    assert "1.596 vị trí 1.676 vị trí +5%" in said.replace("+5,0%", "+5%")
    assert "Câu chữ" not in said and "Hình (" not in said


def test_an_earlier_period_without_pages_is_compared_by_its_numbers(project):
    project.open_later_period(
        lambda text: text.replace("telecom.masts,,1596,,,=,A,1.596", "telecom.masts,,1676,,,=,A,1.676")
    )
    project.build(LATER)
    assert "Số liệu (1)" in part(project, "period", LATER)


def test_snapshots_that_show_the_same_do_not_differ():
    same = {**NOTHING, "numbers": {"a": ["A", "1", "I.1"]}}
    assert differences(same, same) == {"numbers": [], "texts": [], "figures": []}


def test_a_text_in_a_difference_is_escaped():
    texts = [{**NOTHING, "texts": {"p#c": ["p", "P", one]}} for one in ("<b>x</b> y", "<i>x</i> y")]
    [found] = differences(*texts)["texts"]
    assert found["was"] == "<del>&lt;b&gt;x&lt;/b&gt;</del> y"
