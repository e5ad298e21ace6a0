"""The reviewers' site as files: what each page says, and what it never holds. How it behaves: test_site_browser."""

import os
import re
import time

import pytest
from click.testing import CliRunner
from site_project import LATER, PERIOD, Html, SiteProject, broken_links, loaded, picture, remote

import bgdata as bg
from bgdata.errors import RunError
from bgdata.package.text import value_text
from bgtools.cli import main
from bgtools.site.words import WORDS
from conftest import ROOT

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
    texts = {text.strip() for text in page.texts}
    assert [row["label"] for row in rows if row["label"] not in texts] == []
    assert [row["label"] for row in rows if value_text(row) not in texts] == []
    assert len([one for one in page.ids if "." in one]) == len(rows) == 135


def test_the_index_names_section_qualifier_status_and_verdict(whole):
    text = whole.page("numbers").text
    assert "312.000 người 312.000 ▲ mâu thuẫn Tổng quan" in text
    assert "ước 335 tỷ đồng 335 tỷ khoảng, ước tính" in text


def test_a_number_leads_to_the_pages_that_show_it_and_back(whole):
    assert [one for one in whole.page("numbers").refers if one.startswith("03-telecom.html#telecom-")]
    assert "numbers.html#telecom.bts" in whole.page("03-telecom").refers


def test_a_missing_number_is_shown_as_missing(whole):
    assert whole.page("numbers", LATER).text.count("Thông tin, báo chí, xuất bản chưa có số liệu") == 7


# --- pages


def test_every_page_is_in_its_language_and_has_a_title_of_its_own(whole):
    pages = [Html(path.read_text(encoding="utf-8")) for path in whole.root.glob("build/site/*/*.html")]
    assert {dict(page.attributes)["html"]["lang"] for page in pages} == {"vi"}
    assert len({page.source.partition("</title>")[0] for page in pages}) == len(pages) == 32


def test_the_menu_lists_the_sectors_in_the_order_of_the_report(whole):
    page = whole.page("index")
    menu = [one for one in page.refers if one[:2].isdigit()]
    assert menu[:13] == sorted(menu[:13])


def test_no_page_shows_parameters_or_imports_and_code_is_folded(whole):
    page = whole.page("03-telecom")
    assert "compare_with =" not in page.text and "import bgdata" not in page.text
    assert page.tags.count("code") == page.text.count("Hiện mã") - page.text.count("Hiện mã của cả trang")
    assert "open" not in {name for tag, attributes in page.attributes if tag == "details" for name in attributes}


def test_every_figure_has_a_caption_a_description_and_its_files(whole):
    for name in ("00-overview", "03-telecom", "08-ict-industry", "10-inspection"):
        page = whole.page(name)
        pictures = [attributes for tag, attributes in page.attributes if tag == "img"]
        assert all(len(one["alt"]) > 40 and one["src"].endswith(".svg") for one in pictures)
        assert page.tags.count("figure") == len(pictures) == page.text.count("Tải về:")
        stems = {one["src"].removesuffix(".svg") for one in pictures}
        assert {f"{stem}.{ending}" for stem in stems for ending in ("svg", "png", "csv")} <= set(page.refers)


def test_every_link_leads_somewhere_and_no_id_stands_twice(whole):
    assert broken_links(whole.root / "build" / "site") == []
    assert [path.name for path in whole.root.rglob("*.html") if Html(path.read_text("utf-8")).repeated_ids()] == []


def test_nothing_refers_to_another_machine(whole):
    pages = whole.root.glob("build/site/**/*.html")
    assets = {path.name: loaded(path.read_text(encoding="utf-8")) for path in whole.root.glob("build/site/assets/*.*s")}
    assert [path.name for path in pages if remote(Html(path.read_text(encoding="utf-8")))] == []
    assert assets == {"site.js": [], "site.css": ['url("BeVietnamPro-Regular.woff"', 'url("BeVietnamPro-Bold.woff"']}


def test_pages_and_site_stay_small(whole):
    pages = list(whole.root.glob("build/site/*/*.html"))
    assert max(path.stat().st_size for path in pages) < 1_000_000
    assert sum(path.stat().st_size for path in whole.root.glob(f"build/site/{PERIOD}/**/*") if path.is_file()) < 15e6


def test_pages_of_thirteen_notebooks_are_made_in_less_than_four_seconds_of_computing(whole):
    start = time.process_time()
    whole.build(PERIOD)
    assert time.process_time() - start < 4
    whole.build()


def test_the_switch_of_periods_stays_on_the_same_page(whole):
    assert f"../{LATER}/03-telecom.html" in whole.page("03-telecom").refers
    assert f"../{PERIOD}/03-telecom.html" in whole.page("03-telecom", LATER).refers


# --- the front page


def test_contradictions_come_first_each_in_a_sentence_with_numbers_and_section(whole):
    text = whole.page("index").text
    assert "312.000 / 411.230 = 75,87% ≠ 83% (mục I.2.2.e)." in text
    assert text.index("≠ 83%") < text.index("Số nổi bật, so với")


def test_headline_numbers_stand_with_their_change_and_what_they_are_compared_with(whole):
    text = whole.page("index").text
    assert "Doanh thu bưu chính ước 335 tỷ đồng ▲ +21,8% 6 tháng đầu năm 2023 là khoảng 275" in text


def test_a_missing_sector_is_said_on_the_front_page(whole):
    assert "Thông tin, báo chí, xuất bản: chưa có số liệu nào." in whole.page("index", LATER).text


def test_the_front_page_says_when_and_from_which_data_the_pages_were_made(whole):
    text = whole.page("index").text
    assert "data/observations/2024-S1.csv, 135 số, mã kiểm " in text
    assert "Các sổ tay chạy xong lúc " in text and "trang lập lúc " in text


def test_a_failed_notebook_still_gives_a_whole_site_that_says_so(small):
    small.fail("03-telecom", "telecom-bts-figure", "name 'x' is not defined")
    built = small.build()
    sentence = "Sổ tay dừng vì lỗi ở ô telecom-bts-figure: NameError: name 'x' is not defined"
    assert f"Trang chưa hoàn chỉnh Viễn thông, Internet {sentence}" in small.page("index").text
    assert sentence in small.page("03-telecom").text
    assert "Sổ tay dừng ở đây vì lỗi NameError" in small.page("03-telecom").text
    assert built.faults == [(PERIOD, "03-telecom", sentence)]
    assert broken_links(small.root / "build" / "site") == []


def test_a_notebook_whose_kernel_died_has_a_page_that_says_so(small):
    entries = small.entries()
    entries["02-post"] |= {"error": {"cell": None, "name": "ProcessError", "message": "hết giờ"}}
    small.record(entries)
    (small.root / "build" / PERIOD / "02-post.ipynb").unlink()
    small.build()
    assert "Sổ tay dừng vì lỗi: ProcessError: hết giờ" in small.page("02-post").text
    assert "Bưu chính" in small.page("02-post").text


def test_a_notebook_that_never_ran_has_a_page_that_names_the_command(small):
    entries = small.entries()
    del entries["02-post"]
    small.record(entries)
    small.build()
    assert "Chưa chạy lần nào. Hãy chạy: bgdata run 2024-S1" in small.page("index").text


def test_a_copy_edited_after_the_run_is_reported(small):
    path = small.root / "build" / PERIOD / "02-post.ipynb"
    path.write_bytes(path.read_bytes() + b"\n")
    small.build()
    assert "Bản đã chạy bị sửa sau khi chạy." in small.page("index").text


def test_a_sector_without_notebook_is_reported(small):
    small.build()
    assert "Thông tin, báo chí, xuất bản Chưa có sổ tay cho lĩnh vực này." in small.page("index").text


def test_pages_older_than_the_data_are_named(small):
    entries = small.entries()
    row = "post.offices,,334,,,=,A,334,I.2.1.a,,"
    where = {"indicator": ["post.offices"]}
    entries["02-post"]["reads"] = [{"table": f"observations/{PERIOD}.csv", "where": where, "rows": [row]}]
    small.record(entries)
    small.build()
    assert "các trang sau còn theo số cũ: Bưu chính. Hãy chạy: bgdata run 2024-S1" in small.page("index").text


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


def test_html_that_a_notebook_shows_loses_scripts_styles_and_addresses(small):
    source = '<style>b{}</style><b onclick="x()">a</b><script src="http://x/y.js"></script><a href="http://x">c</a>'
    output = {"output_type": "display_data", "metadata": {}, "data": {"text/html": source}}
    small.change_cell("03-telecom", "telecom-bts-answer", outputs=[output])
    small.build()
    page = small.page("03-telecom")
    assert "<b>a</b>c" in page.source and remote(page) == []


def test_a_picture_that_the_run_did_not_save_is_shown_without_links(small):
    output = {"output_type": "display_data", "metadata": {}, "data": {"image/png": picture(), "text/plain": "Hình"}}
    small.change_cell("02-post", "post-counters-answer", outputs=[output])
    entries = small.entries()
    entries["02-post"]["outputs"] = {k: v for k, v in entries["02-post"]["outputs"].items() if "figures" not in k}
    small.record(entries)
    small.build()
    assert "figures/02-post-post-counters-answer.png" in small.page("02-post").refers
    assert broken_links(small.root / "build" / "site") == []


# --- one file


def test_the_single_file_holds_everything_and_stays_below_a_megabyte(whole):
    source = whole.build_single()
    page = Html(source)
    assert len(source.encode()) < 1_000_000
    assert {one.partition(":")[0] for one in page.refers if not one.startswith("#")} == {"data"}
    assert [one for one in page.refers if one.startswith("#") and one[1:] not in page.ids] == []
    assert page.repeated_ids() == [] and remote(page) == []
    assert page.tags.count("figure") > 10 and "312.000 / 411.230 = 75,87% ≠ 83%" in page.text


def test_the_single_file_of_a_sector_holds_its_page_and_the_numbers_on_it(whole):
    page = Html(whole.build_single("telecom"))
    assert "03-telecom" in page.ids and "02-post" not in page.ids and "index" not in page.ids
    assert "numbers..telecom.bts" in page.ids and "numbers..press.plans" not in page.ids
    assert [one for one in page.refers if one.startswith("#") and one[1:] not in page.ids] == []


# --- the command


def test_the_command_says_what_to_open_and_how_long_it_took(small):
    done = CliRunner().invoke(main, ["site", "--lang", "vi"])
    assert done.exit_code == 0
    assert re.fullmatch(r"Đã lập 5 trang; \d+,\d giây\.\nMở: build/site/index\.html\n", done.output)


def test_without_a_run_the_command_to_run_is_named(package, command):
    done = command(package)
    assert (done.exit_code, done.output) == (1, "No period has been run. Run: bgdata run 2024-S1 --lang en\n")


def test_a_period_that_was_not_run_is_refused_with_the_command_to_run(package, command):
    done = command(package, PERIOD)
    assert (done.exit_code, done.output) == (1, "Period 2024-S1 has not been run. Run: bgdata run 2024-S1 --lang en\n")


@pytest.mark.parametrize("name", ["2024-S3", "2031-S1", "../../etc", "", "/tmp"])
def test_a_period_that_does_not_exist_is_wrong_usage(package, command, name):
    done = command(package, name)
    assert done.exit_code == 2 and done.output.startswith(f'Period "{name}" is not in the data package.')


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
    before = small.page("index").source
    monkeypatch.setattr("bgtools.site.folder.entries", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        small.build()
    assert small.page("index").source == before
    assert [path.name for path in (small.root / "build").glob(".site*")] == []


def test_pages_that_cannot_take_their_place_leave_the_old_ones(small, monkeypatch):
    small.build()
    before, replace = small.page("index").source, os.replace

    def refuse(source, target):
        if str(source).endswith(".new"):
            raise OSError(13, "Permission denied", str(target))
        replace(source, target)

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(RunError, match="Các trang trước đó được giữ nguyên"):
        small.build()
    assert small.page("index").source == before


def test_the_vietnamese_readme_shows_pictures_and_commands_that_exist():
    text = (ROOT / "README.vi.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", text)
    commands = re.findall(r"Scripts\\bgdata (\w+)(?: 2024-S2)?([^`\n,]*)", text)
    assert len(pictures) == 3 and all((ROOT / name).stat().st_size < 100_000 for name in pictures)
    assert {name for name, _ in commands} == {"run", "site", "new", "check"}
    for name, rest in commands:
        known = {option for parameter in main.commands[name].params for option in parameter.opts}
        assert set(re.findall(r"--[\w-]+", rest)) <= known


def test_each_word_is_there_in_both_languages_with_the_same_places():
    def places(text):
        return sorted(part.partition("}")[0] for part in text.split("{")[1:])

    assert [key for key, (vi, en) in WORDS.items() if places(vi) != places(en) or not (vi and en)] == []
