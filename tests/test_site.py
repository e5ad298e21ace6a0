"""The reviewers' site as files: what each page says, and what it never holds. How it behaves: test_site_browser."""

import csv
import io
import os
import re

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from site_project import LATER, PERIOD, Html, SiteProject, broken_links, loaded, picture, remote, table

import bgdata as bg
from bgdata.errors import WriteError
from bgdata.package import value_text
from bgdata.voice import speaking
from bgtools.cli import main
from bgtools.site.site import Order, build
from conftest import NOTEBOOKS, ROOT

HOSTILE = {
    "a script": "<script>alert('x')</script>",
    "markup": "<img src=http://example.org/x.png onerror=alert(1)> & \"quotes\" 'more' </td></tr></table>",
    "a word of 300 letters": "Ư" * 300,
    "text from right to left": "שלום \u202eעולם",
    "the language of text cells": "**a** [b](http://example.org) `c` | d",
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A site of all notebooks for two periods; the later one lacks a sector and has other numbers."""
    with pytest.MonkeyPatch.context() as patch:
        root = tmp_path_factory.mktemp("whole")
        patch.setenv("BGDATA_ROOT", str(root))
        project = SiteProject(root)
        project.open_later_period(
            lambda text: "\n".join(line for line in text.splitlines() if not line.startswith("press.")).replace(
                "post.revenue,,335000000000,,,~,E,335 tỷ", "post.revenue,,410000000000,,,~,E,410 tỷ"
            )
        )
        project.built = project.build()
        yield project


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A project with the notebooks of two sectors."""
    monkeypatch.setenv("BGDATA_ROOT", str(tmp_path))
    return SiteProject(tmp_path, "02-post", "03-telecom")


@pytest.fixture
def command(monkeypatch):
    """Run `bgdata site` in a project, in English."""

    def run(project, *arguments):
        monkeypatch.setenv("BGDATA_ROOT", str(project.root))
        return CliRunner().invoke(main, ["site", "--lang", "en", *arguments])

    return run


# --- every number


def test_every_observation_is_on_the_index_with_the_text_of_tables_and_figures(whole):
    rows = bg.load(period=PERIOD).to_dict("records")
    page = whole.page("numbers")
    texts = {" ".join(text.split()) for text in page.texts}
    assert [row["label"] for row in rows if row["label"] not in texts] == []
    assert [row["label"] for row in rows if " ".join(value_text(row).split()) not in texts] == []
    assert len([one for one in page.ids if "." in one]) == len(rows) == 135


def test_the_index_names_section_qualifier_status_and_verdict(whole):
    text = whole.page("numbers").text
    assert "312.000 người 312.000 ▲ mâu thuẫn" in text
    assert "ước 335 tỷ đồng 335 tỷ khoảng, ước tính" in text
    assert "I.2.1.a, chú thích 1" in text and "fn1" not in text


def test_a_number_leads_to_the_row_and_the_figure_that_show_it_and_back(small):
    small.build()
    assert "03-telecom.html#telecom-table..telecom.bts" in small.page("numbers").refers
    assert "telecom-table..telecom.bts" in small.page("03-telecom").ids
    assert "numbers.html#telecom.bts" in small.page("03-telecom").refers
    assert "03-telecom.html#figure-telecom-bts" in small.page("numbers").refers


def test_two_indicators_of_one_name_keep_their_own_links(small):
    small.cell("indicators.csv", "telecom.masts", "label_vi", "Trạm")
    small.cell("indicators.csv", "telecom.bts", "label_vi", "Trạm")
    small.change_cell(
        "03-telecom", "telecom-table", outputs=[table(("telecom.masts", "Trạm"), ("telecom.bts", "Trạm"))]
    )
    small.build()
    refers = small.page("03-telecom").refers
    assert refers.index("numbers.html#telecom.masts") < refers.index("numbers.html#telecom.bts")
    assert "03-telecom.html#telecom-table..telecom.masts" in small.page("numbers").refers


def test_nothing_is_found_by_a_label_or_a_picture_alone(small):
    plain = table((None, "Trạm BTS"))
    image = {"output_type": "display_data", "metadata": {}, "data": {"image/png": picture(), "text/plain": "Hình"}}
    small.change_cell("03-telecom", "telecom-table", outputs=[plain, image])
    small.build()
    page = small.page("03-telecom")
    assert "telecom-table..telecom.bts" not in page.ids
    assert "figures/03-telecom-telecom-table-2.png" in page.refers


def test_each_number_stands_with_its_definition_and_the_sentence_that_it_was_read_from(small):
    small.quote("telecom.masts", "", "Có 1.596 vị trí <b>cột</b>.")
    small.build()
    text = small.page("numbers").text
    assert "Trong báo cáo: Có 1.596 vị trí <b>cột</b>." in text
    assert text.count("Định nghĩa, nguồn") == 135


def test_codes_are_not_shown_to_readers(whole):
    codes = set(bg.indicators()["indicator"]) | {"society.youth_epayment_share.share"}
    pages = [Html(path.read_text(encoding="utf-8")) for path in whole.root.glob(f"build/site/{PERIOD}/*.html")]
    assert [code for code in codes for page in pages if code in page.shown] == []


def test_the_table_of_all_numbers_is_taken_away_with_units_sections_and_notes(whole):
    folder = whole.root / "build" / "site" / PERIOD / "tables"
    rows = list(csv.DictReader(io.StringIO((folder / "numbers.csv").read_text(encoding="utf-8-sig"))))
    sheet = load_workbook(folder / "numbers.xlsx").active
    [support] = [row for row in rows if "5-8 triệu" in row.values()]
    assert (support["Đơn vị"], support["Mục"]) == ("đồng", "I.2.1.a, chú thích 1")
    assert support["Ghi chú"] == "Tính cho một người trong một tháng."
    assert len(rows) == 135 == sheet.max_row - 1


def test_every_table_of_a_page_is_taken_away(small):
    small.build()
    folder = small.root / "build" / "site" / PERIOD
    page = small.page("03-telecom")
    taken = [one for one in page.refers if one.startswith("tables/")]
    assert len(taken) == 2 * sum(
        attributes.get("class") == "files" for tag, attributes in page.attributes if tag == "p"
    )
    assert [one for one in taken if not (folder / one).is_file()] == [] and taken


def test_a_cell_that_begins_like_a_formula_is_harmless_in_csv_and_excel(small):
    small.cell(small.observations, "telecom.masts", "note", "x")
    small.change_cell("03-telecom", "telecom-table", outputs=[table(("telecom.masts", "=1+1"))])
    small.build()
    folder = small.root / "build" / "site" / PERIOD / "tables"
    assert "'=1+1" in (folder / "03-telecom-telecom-table.csv").read_text(encoding="utf-8-sig")
    cells = [sheet["A2"] for sheet in load_workbook(folder / "03-telecom.xlsx")]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"]


def test_a_missing_number_is_shown_as_missing(whole):
    page = whole.page("numbers", LATER)
    assert sum(one.get("class") == "missing" for tag, one in page.attributes) == 7
    assert page.text.count(" chưa có số liệu ") == 7


# --- pages


def test_every_page_is_in_its_language_and_has_a_title_of_its_own(whole):
    pages = [Html(path.read_text(encoding="utf-8")) for path in whole.root.glob("build/site/*/*.html")]
    assert {dict(page.attributes)["html"]["lang"] for page in pages} == {"vi"}
    assert len({page.source.partition("</title>")[0] for page in pages}) == len(pages) == 2 * (len(NOTEBOOKS) + 6)


def test_the_menu_lists_the_sectors_in_the_order_of_the_report(whole):
    page = whole.page("index")
    sectors = [f"{path.stem}.html" for path in NOTEBOOKS[1:13]]
    assert [one for one in page.refers if one in sectors][:12] == sectors


def test_no_page_shows_parameters_or_imports_and_code_is_folded(small):
    small.build()
    page = small.page("03-telecom")
    assert "compare_with =" not in page.text and "import bgdata" not in page.text
    assert page.tags.count("code") == 4 and page.text.count("Xem cách tính") == 1
    assert "open" not in {name for tag, attributes in page.attributes if tag == "details" for name in attributes}


def test_an_answer_stands_before_the_figure_and_the_table_that_it_rests_on(small):
    small.build()
    ids = small.page("03-telecom").ids
    order = ["telecom-bts", "telecom-bts-answer", "figure-telecom-bts", "telecom-printed", "telecom-table..telecom.bts"]
    assert [one for one in ids if one in order] == order


def test_a_sector_has_one_name_on_all_pages(small):
    small.build()
    assert "Một tên khác" not in "".join(path.read_text("utf-8") for path in small.root.rglob("build/site/**/*.html"))


def test_a_page_does_not_speak_of_numbers_that_cannot_be_compared(small):
    small.build()
    page = small.page("03-telecom")
    assert "Không so sánh được" not in page.text and "So với kỳ trước" not in page.text


def test_relations_that_hold_are_one_line(small):
    small.build()
    assert "✓ 1 quan hệ phù hợp." in small.page("03-telecom").text


def test_every_figure_has_a_caption_a_description_and_its_files(whole):
    for name in ("00-overview", "03-telecom", "10-inspection"):
        page = whole.page(name)
        pictures = [attributes for tag, attributes in page.attributes if tag == "img"]
        assert all(len(one["alt"]) > 40 and one["src"].endswith(".svg") for one in pictures)
        assert page.tags.count("figure") == len(pictures) == page.text.count("Tải về:")
        stems = {one["src"].removesuffix(".svg") for one in pictures}
        assert {f"{stem}.{ending}" for stem in stems for ending in ("svg", "png", "csv")} <= set(page.refers)


def test_figures_are_numbered_through_the_period_as_an_email_cites_them(small):
    image = {"output_type": "display_data", "metadata": {}, "data": {"image/png": picture(), "text/plain": "Hình"}}
    small.change_cell("02-post", "post-bts-figure", outputs=[image, image])
    small.build()
    pages = [small.page(name).source for name in ("02-post", "03-telecom")]
    numbers = [int(one) for page in pages for one in re.findall(r"<strong>Hình\xa0(\d+)\.</strong>", page)]
    assert numbers == [1, 2, 3]


def test_every_link_leads_somewhere_and_no_id_stands_twice(whole):
    assert broken_links(whole.root / "build" / "site") == []
    assert [path.name for path in whole.root.rglob("*.html") if Html(path.read_text("utf-8")).repeated_ids()] == []


def test_every_page_is_html_without_an_error(whole):
    html5lib = pytest.importorskip("html5lib", reason="html5lib is not installed: HTML is not validated")
    faults = []
    for path in [*whole.root.glob("build/site/**/*.html")]:
        parser = html5lib.HTMLParser()
        parser.parse(path.read_text(encoding="utf-8"))
        faults += [(path.name, error) for error in parser.errors]
    assert faults == []


def test_nothing_refers_to_another_machine(whole):
    pages = whole.root.glob("build/site/**/*.html")
    assets = {path.name: loaded(path.read_text(encoding="utf-8")) for path in whole.root.glob("build/site/assets/*.*s")}
    assert [path.name for path in pages if remote(Html(path.read_text(encoding="utf-8")))] == []
    assert assets == {"site.js": [], "site.css": ['url("BeVietnamPro-Regular.woff"', 'url("BeVietnamPro-Bold.woff"']}


def test_pages_and_site_stay_small(whole):
    pages = list(whole.root.glob("build/site/*/*.html"))
    assert max(path.stat().st_size for path in pages if path.stem != "book") < 300_000
    assert sum(path.stat().st_size for path in whole.root.glob(f"build/site/{PERIOD}/**/*") if path.is_file()) < 15e6


def test_each_page_allows_its_own_scripts_and_styles_only(whole):
    for path in whole.root.glob("build/site/*/*.html"):
        page = Html(path.read_text(encoding="utf-8"))
        [policy] = [
            one["content"] for tag, one in page.attributes if one.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert not [one for tag, one in page.attributes if "style" in one or any(name.startswith("on") for name in one)]


def test_the_switch_of_periods_stays_on_the_same_page(whole):
    assert f"../{LATER}/03-telecom.html" in whole.page("03-telecom").refers
    assert f"../{PERIOD}/03-telecom.html" in whole.page("03-telecom", LATER).refers


# --- the front page


def test_the_front_page_begins_with_three_sentences_and_what_needs_a_decision(whole):
    text = whole.page("index").text
    assert "Báo cáo nêu 135 số liệu thuộc 11 lĩnh vực." in text
    assert re.search(
        r"Đối chiếu 27 quan hệ số học giữa các số \(không kể 31 quan hệ hiển nhiên\): 1 mâu thuẫn, 1 cần làm rõ, đều đã được rà soát\.",
        text,
    )
    assert re.search(r"So với 6 tháng đầu năm 2023, trong 4 số liệu nổi bật có 4 tăng, 0 giảm;", text)
    assert text.index("Việc cần quyết định") < text.index("Số liệu mâu thuẫn") < text.index("Số liệu nổi bật")


def test_a_contradiction_is_a_sentence_with_numbers_section_and_who_reviewed_it_when(whole):
    text = whole.page("index").text
    assert (
        "312.000 / 411.230 = 75,87% ≠ 83% (mục\xa0I.2.2.e). Đã rà soát: Người nhập số liệu, 22/11/2026"
        in text.replace("mục I", "mục\xa0I")
    )


def test_a_contradiction_that_nobody_reviewed_needs_a_decision(small):
    small.write("accepted.csv", small.text("accepted.csv").partition("\n")[0].encode() + b"\n")
    small.build()
    text = small.page("index").text
    assert "2 chỗ mâu thuẫn hoặc cần làm rõ chưa được rà soát." in text and "trong đó 2 chưa được rà soát" in text


def test_headline_numbers_stand_with_their_change_and_what_they_are_compared_with(whole):
    text = whole.page("index").text
    assert "Doanh thu bưu chính ước 335 tỷ đồng ↑ +21,8% 6 tháng đầu năm 2023: khoảng 275 tỷ đồng*" in text


def test_headlines_are_eight_at_most(whole):
    assert len([one for tag, one in whole.page("index", LATER).attributes if one.get("class") == "change"]) <= 8


def test_a_missing_sector_is_said_on_the_front_page(whole):
    assert "Thông tin, báo chí, xuất bản: chưa có số liệu nào." in whole.page("index", LATER).text


def test_the_front_page_says_when_and_from_which_data_the_pages_were_made(whole):
    text = whole.page("index").text
    assert "data/observations/2024-S1.csv, 135 số, mã kiểm tra tệp " in text
    assert "Số liệu được tính lúc " in text and "trang lập lúc " in text


def test_a_failed_notebook_still_gives_a_whole_site_that_says_so_in_words_of_its_readers(small):
    small.fail("03-telecom", "telecom-bts-figure", "name 'x' is not defined")
    built = small.build()
    said = "Một bước tính của trang này gặp lỗi. Phần trước chỗ lỗi đã đầy đủ; phần sau chưa có."
    told = "Sổ tay dừng vì lỗi ở ô telecom-bts-figure: NameError: name 'x' is not defined"
    assert f"Viễn thông, Internet: {said}" in small.page("index").text
    assert f"{said} Chi tiết kỹ thuật name 'x' is not defined" in small.page("03-telecom").text
    assert "Việc tính toán dừng ở đây." in small.page("03-telecom").text
    with speaking("vi"):
        assert [(*place, str(trouble)) for *place, trouble in built.faults] == [(PERIOD, "03-telecom", told)]
    assert broken_links(small.root / "build" / "site") == []


def test_a_notebook_whose_kernel_died_has_a_page_that_says_so(small):
    entries = small.entries()
    entries["02-post"] |= {"error": {"cell": None, "name": "ProcessError", "message": "hết giờ"}}
    small.record(entries)
    (small.root / "build" / PERIOD / "02-post.ipynb").unlink()
    small.build()
    assert "Một bước tính của trang này gặp lỗi." in small.page("02-post").text
    assert "Bưu chính" in small.page("02-post").text


def test_a_notebook_that_never_ran_has_a_page_that_says_so_and_the_command_names_what_to_run(small):
    entries = small.entries()
    del entries["02-post"]
    small.record(entries)
    told = CliRunner().invoke(main, ["site", "--lang", "vi"]).output
    assert "2024-S1, 02-post: Chưa chạy lần nào. Hãy chạy: bgdata run 2024-S1" in told
    assert "Bưu chính: Trang này chưa được lập cho kỳ này." in small.page("index").text


def test_a_copy_edited_after_the_run_is_reported(small):
    path = small.root / "build" / PERIOD / "02-post.ipynb"
    path.write_bytes(path.read_bytes() + b"\n")
    small.build()
    assert "Trang này bị sửa tay sau khi tính; không nên trích dẫn." in small.page("index").text


def test_a_sector_without_notebook_is_reported(small):
    small.build()
    assert "Thông tin, báo chí, xuất bản: Chưa có trang cho lĩnh vực này." in small.page("index").text


def test_pages_older_than_the_data_are_named(small):
    entries = small.entries()
    row = "post.offices,,334,,,=,A,334,I.2.1.a,,"
    where = {"indicator": ["post.offices"]}
    entries["02-post"]["reads"] = [{"table": f"observations/{PERIOD}.csv", "where": where, "rows": [row]}]
    small.record(entries)
    small.build()
    assert "các trang sau còn theo số cũ: Bưu chính." in small.page("index").text


def test_the_project_that_is_named_is_published_wherever_one_stands(tmp_path, monkeypatch):
    here, there = SiteProject(tmp_path / "a", "03-telecom"), SiteProject(tmp_path / "b", "03-telecom")
    there.cell(there.observations, "telecom.masts", "value", "1600")
    there.cell(there.observations, "telecom.masts", "printed", "1.600")
    there.cell("units.csv", "station", "label_vi", "đài")
    monkeypatch.setenv("BGDATA_ROOT", str(here.root))
    build(Order(root=there.root))
    text = there.page("numbers").text
    assert "1.600 vị trí" in text and "1.596" not in text and "3.775 đài" in text
    assert "1.600" in (there.root / "build" / "site" / PERIOD / "tables" / "numbers.csv").read_text(encoding="utf-8")
    assert not (here.root / "build" / "site").exists()


# --- hostile texts


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_label_and_note_change_nothing_but_the_text_shown(small, text):
    pages = ("index", "numbers", "02-post", "03-telecom", "changes")
    small.cell("indicators.csv", "telecom.masts", "label_vi", "x")
    small.cell(small.observations, "telecom.masts", "note", "x")
    small.change_cell("03-telecom", "telecom-bts-answer", outputs=[shown("x")])
    small.build()
    before = {name: small.page(name).tags for name in pages}
    small.cell("indicators.csv", "telecom.masts", "label_vi", text)
    small.cell(small.observations, "telecom.masts", "note", text)
    small.change_cell("03-telecom", "telecom-bts-answer", outputs=[shown(text)])
    os.remove(small.root / "build" / "site" / PERIOD / "shown.json")
    small.build()
    assert {name: small.page(name).tags for name in pages} == before
    assert " ".join(text.split()) in small.page("numbers").text
    assert " ".join(text.split()) in small.page("03-telecom").text
    assert remote(small.page("03-telecom")) + remote(small.page("numbers")) == []


def shown(text):
    """A sentence made from values, as a notebook holds it."""
    markdown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {"output_type": "execute_result", "metadata": {}, "data": {"text/markdown": markdown, "text/plain": text}}


def test_a_file_that_the_run_did_not_write_is_never_served(small):
    figures = small.root / "figures" / PERIOD
    (figures / "telecom-bts.svg").write_text("<svg>planted</svg>", encoding="utf-8")
    (figures / "telecom-bts.csv").write_text("planted", encoding="utf-8")
    (figures / "planted.png").write_bytes(b"planted")
    (small.root / "build" / "site" / "planted.html").parent.mkdir(parents=True)
    (small.root / "build" / "site" / "planted.html").write_text("planted")
    scratch = small.root / "build" / "scratch" / PERIOD
    scratch.mkdir(parents=True)
    (scratch / "telecom-bts.png").write_bytes(b"planted")
    small.build()
    site = small.root / "build" / "site"
    served = [path for path in site.rglob("*") if path.is_file()]
    assert [path.name for path in served if b"planted" in path.read_bytes() or "planted" in path.name] == []
    assert (site / PERIOD / "figures" / "telecom-bts.png").read_bytes() == (figures / "telecom-bts.png").read_bytes()
    assert "bị sửa tay" in small.page("03-telecom").text


def test_html_that_a_notebook_shows_loses_scripts_styles_and_addresses(small):
    source = '<style>b{}</style><b onclick="x()">a</b><script src="http://x/y.js"></script><a href="http://x">c</a>'
    output = {"output_type": "display_data", "metadata": {}, "data": {"text/html": source}}
    small.change_cell("03-telecom", "telecom-bts-answer", outputs=[output])
    small.build()
    page = small.page("03-telecom")
    assert "<b>a</b>c" in page.source and remote(page) == []


def test_a_picture_that_the_run_did_not_save_is_shown_without_links(small):
    output = {"output_type": "display_data", "metadata": {}, "data": {"image/png": picture(), "text/plain": "Hình"}}
    small.change_cell("02-post", "post-bts-answer", outputs=[output])
    entries = small.entries()
    entries["02-post"]["outputs"] = {k: v for k, v in entries["02-post"]["outputs"].items() if "figures" not in k}
    small.record(entries)
    small.build()
    assert "figures/02-post-post-bts-answer.png" in small.page("02-post").refers
    assert broken_links(small.root / "build" / "site") == []


# --- one file


def test_the_single_file_holds_everything_and_can_be_sent_by_email(whole):
    source = whole.build_single()
    page = Html(source)
    assert len(source.encode()) < 1_200_000
    assert {one.partition(":")[0] for one in page.refers if not one.startswith("#")} == {"data"}
    assert [one for one in page.refers if one.startswith("#") and one[1:] not in page.ids] == []
    assert page.repeated_ids() == [] and remote(page) == []
    assert "312.000 / 411.230 = 75,87% ≠ 83%" in page.text


def test_the_single_file_of_a_sector_holds_its_page_and_the_numbers_on_it(small):
    page = Html(small.build_single("telecom"))
    assert "03-telecom" in page.ids and "02-post" not in page.ids and "index" not in page.ids
    assert "numbers..telecom.bts" in page.ids and "numbers..press.plans" not in page.ids
    assert [one for one in page.refers if one.startswith("#") and one[1:] not in page.ids] == []


# --- the command


def test_the_command_says_what_to_open_and_how_long_it_took(small):
    done = CliRunner().invoke(main, ["site", "--lang", "vi"])
    assert done.exit_code == 0
    assert re.fullmatch(r"Đã lập 8 trang; \d+,\d giây\.\nMở: build/site/index\.html\n", done.output)


def test_without_a_run_the_command_to_run_is_named(package, command):
    done = command(package)
    assert (done.exit_code, done.output) == (1, "No period has been run. Run: bgdata run 2024-S1 --lang en\n")


def test_a_period_that_was_not_run_is_refused_with_the_command_to_run(package, command):
    done = command(package, PERIOD)
    assert (done.exit_code, done.output) == (1, "Period 2024-S1 has not been run. Run: bgdata run 2024-S1 --lang en\n")


@pytest.mark.parametrize("name", ["2024-S3", "2031-S1", "../../etc", "", "/tmp"])
def test_a_period_that_does_not_exist_is_wrong_usage(package, command, name):
    done = command(package, name)
    assert done.exit_code == 2 and done.output.startswith(f'Period "{name}" is unknown')


def test_only_without_single_file_is_wrong_usage(package, command):
    assert command(package, "--only", "telecom").exit_code == 2


def test_an_unknown_page_is_wrong_usage(small, monkeypatch):
    done = CliRunner().invoke(main, ["site", "--lang", "vi", "--single-file", "--only", "telecon"])
    assert done.exit_code == 2 and 'Không có trang "telecon".' in done.output


def test_a_failed_notebook_gives_exit_status_1_and_a_sentence(small):
    small.fail("03-telecom", "telecom-bts-figure", "hỏng")
    done = CliRunner().invoke(main, ["site", "--lang", "vi"])
    assert done.exit_code == 1
    assert "2024-S1, 03-telecom: Sổ tay dừng vì lỗi ở ô telecom-bts-figure: NameError: hỏng" in done.output
    assert done.output.endswith("Mở: build/site/index.html\n")


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence_and_changes_nothing(small):
    (small.root / "build" / "site").write_text("taken", encoding="utf-8")
    blocker = small.root / "build" / f".site.{os.getpid()}.new"
    blocker.write_text("in the way", encoding="utf-8")
    done = CliRunner().invoke(main, ["site", "--lang", "vi"])
    assert done.exit_code == 1 and done.output.startswith("Không ghi được vào ")
    assert (small.root / "build" / "site").read_text(encoding="utf-8") == "taken"


def test_a_build_that_breaks_off_leaves_the_pages_that_were_there(small, monkeypatch):
    small.build()
    small.cell("units.csv", "station", "label_vi", "trạm phát")  # else nothing is made anew
    before = small.page("index").source
    monkeypatch.setattr("bgtools.site.folder.entries", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        small.build()
    assert small.page("index").source == before
    assert [path.name for path in (small.root / "build").glob(".site*")] == []


def test_pages_that_cannot_take_their_place_leave_the_old_ones(small, monkeypatch):
    small.build()
    small.cell("units.csv", "station", "label_vi", "trạm phát")  # else nothing is made anew
    before, replace = small.page("index").source, os.replace

    def refuse(source, target):
        if str(source).endswith(".new"):
            raise OSError(13, "Permission denied", str(target))
        replace(source, target)

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(WriteError, match="What was there is unchanged"):
        small.build()
    assert small.page("index").source == before


def test_the_vietnamese_readme_shows_pictures_and_commands_that_exist():
    text = (ROOT / "README.vi.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", text)
    commands = re.findall(r"Scripts\\bgdata (\w+)(?: 2024-S2| bgdata-review-2024-S2.json)?([^`\n,]*)", text)
    assert len(pictures) == 3 and all((ROOT / name).stat().st_size < 100_000 for name in pictures)
    assert {name for name, _ in commands} == {"run", "site", "new", "check", "review", "notebook"}
    for name, rest in commands:
        known = {option for parameter in main.commands[name].params for option in parameter.opts}
        assert set(re.findall(r"--[\w-]+", rest)) <= known
