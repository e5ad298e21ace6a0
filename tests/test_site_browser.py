"""The reviewers' site in a real browser, opened from a folder with the network cut.

Skipped where there is no Chromium: `.ci/run` installs Debian's, so that there they always run.
"""

import json
import re
import shutil

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no browser tests")
pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed: no browser tests")

from click.testing import CliRunner  # noqa: E402
from site_probes import (  # noqa: E402
    CHROMIUM,
    CUT,
    FLAGS,
    SHEET,
    SIDEWAYS,
    SPLIT,
    nearly_empty,
    on_paper,
    screens,
    split_on_paper,
)
from site_project import LATER, PERIOD, SiteProject  # noqa: E402

from bgtools.cli import main  # noqa: E402
from conftest import NOTEBOOKS  # noqa: E402

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine: no browser tests")

DESKTOP, PHONE, PAPER = (1280, 900), (390, 844), (SHEET, 1000)
LETTERS = "BCDĐHKLMNPST"
KINDS = ("index", "03-telecom", "07-digital-society", "numbers", "changes", "legend", "brief")
QUOTE = "Toàn tỉnh có 1.596 vị trí cột."


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of a site for two periods; one page of the later one failed."""
    with pytest.MonkeyPatch.context() as patch:
        root = tmp_path_factory.mktemp("site")
        patch.setenv("BGDATA_ROOT", str(root))
        project = SiteProject(root)
        project.open_later_period(
            lambda text: text.replace("telecom.masts,,1596,,,=,A,1.596", "telecom.masts,,1676,,,=,A,1.676")
        )
        project.quote("telecom.masts", "", QUOTE)
        project.ran(PERIOD, "en")
        project.build(lang="en")
        project.build()
        project.build_single()
        project.fail("08-ict-industry", None, "name 'x' is not defined")
        project.build()
        yield root / "build"


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


class Window:
    """A window without network; keeps what went wrong in it."""

    def __init__(self, browser, folder, size, **options):
        self.folder, self.faults = folder, []
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True, **options)
        self.page = context.new_page()
        self.page.on("console", lambda message: self.faults.append(message.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("requestfailed", lambda request: self.faults.append(request.url))
        self.page.on("request", lambda request: self.check(request.url))

    def check(self, url):
        if not url.startswith(("file:", "data:")):
            self.faults.append(url)

    def open(self, name, period=PERIOD, lang="vi"):
        self.page.goto((self.folder / f"site{'-en' * (lang == 'en')}" / period / f"{name}.html").as_uri())
        self.page.evaluate("document.fonts.ready.then(() => 1)")
        return self.page

    def found(self, query):
        """Search; return the addresses found, best first."""
        self.page.fill("#search", "")
        self.page.locator("#search").press_sequentially(query)
        self.page.locator(".results p", has_text=re.compile(r"\w")).wait_for(state="attached")
        return self.page.eval_on_selector_all(".results a", "(links) => links.map((one) => one.getAttribute('href'))")


@pytest.fixture
def window(browser, site):
    """Open a window of a size."""
    opened = []

    def make(size=DESKTOP, **options):
        opened.append(Window(browser, site, size, **options))
        return opened[-1]

    yield make
    for one in opened:
        one.page.context.close()


def visible_rows(page):
    return page.evaluate("[...document.querySelectorAll('table.numbers tbody tr')].filter((row) => !row.hidden).length")


def test_every_page_loads_without_a_failed_request_or_a_complaint(window, site):
    opened = window()
    pages = sorted((site / "site" / LATER).glob("*.html"))
    for path in pages:
        opened.page.goto(path.as_uri())
        assert (
            opened.page.evaluate("[...document.images].filter((one) => !one.naturalWidth).map((one) => one.src)") == []
        )
    assert len(pages) == len(NOTEBOOKS) + 6 and opened.faults == []


def test_the_folder_opens_on_the_front_page_of_the_newest_period(window, site):
    opened = window()
    opened.page.goto((site / "site" / "index.html").as_uri())
    opened.page.wait_for_url(f"**/{LATER}/index.html")
    assert opened.page.locator("h1").inner_text() == "6 tháng cuối năm 2024"


def test_the_typeface_is_the_one_beside_the_pages(window):
    page = window().open("index")
    assert page.evaluate("document.fonts.check('16px \"Be Vietnam Pro\"')")
    assert page.evaluate("[...document.fonts].filter((one) => one.status === 'loaded').length") == 2


@pytest.mark.parametrize(
    "query, address",
    [
        ("buu chinh", "numbers.html#post.revenue"),
        ("bưu chính", "numbers.html#post.revenue"),
        ("BUU CHINH doanh thu", "numbers.html#post.revenue"),
        ("335", "numbers.html#post.revenue"),
        ("335.521", "numbers.html#ict.revenue"),
        ("335521", "numbers.html#ict.revenue"),
        ("BTS", "numbers.html#telecom.bts"),
        ("điện tử", "numbers.html#ict.hardware_exports"),
        ("dien tu", "numbers.html#ict.hardware_exports"),
        ("I.2.4", "numbers.html#inspection.fines"),
        ("mau thuan", "index.html#society.youth_epayment_share.share"),
        ("thanh tra kiem tra", "10-inspection.html"),
        ("16.2%", "numbers.html#economy.new_digital_firms_share"),
        ("vị trí cột", "numbers.html#telecom.masts"),
    ],
)
def test_search_finds_names_and_numbers_with_and_without_marks(window, query, address):
    opened = window()
    opened.open("index")
    assert address in opened.found(query)


def test_search_puts_the_number_itself_first(window):
    opened = window()
    opened.open("06-digital-economy")
    assert opened.found("335 tỷ")[0] == "numbers.html#post.revenue"
    assert opened.found("trạm bts")[0] == "numbers.html#telecom.bts"


def test_search_says_when_nothing_is_found_and_closes_with_escape(window):
    opened = window()
    page = opened.open("index")
    assert opened.found("qwertyuiop") == []
    assert page.locator(".results p").inner_text() == "Không tìm thấy."
    page.keyboard.press("Escape")
    assert page.locator(".results").is_hidden()


def test_search_works_with_the_keyboard_alone(window):
    page = window().open("index")
    page.keyboard.press("/")
    page.keyboard.type("tram bts 2g")
    page.locator(".results a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/numbers.html#telecom.bts.2G")


def test_with_marks_typed_marks_count_and_without_them_all_are_found(window):
    opened = window()
    page = opened.open("index")
    plain = len(opened.found("so"))
    titles = "(links) => links.map((one) => one.textContent.toLowerCase().normalize('NFC'))"
    opened.found("sở")
    assert [one for one in page.eval_on_selector_all(".results a", titles) if "sở" not in one] == []
    opened.found("số")
    assert [one for one in page.eval_on_selector_all(".results a", titles) if "số" not in one] == []
    assert plain > 0


def test_one_switch_shows_how_a_page_was_computed(window):
    page = window().open("03-telecom")
    assert not any(one.is_visible() for one in page.locator(".code pre, .method").all())
    page.get_by_role("button", name="Xem cách tính").click()
    assert all(one.is_visible() for one in page.locator(".code pre, .method").all())
    page.get_by_role("button", name="Ẩn cách tính").click()
    assert not any(one.is_visible() for one in page.locator(".code pre, .method").all())


def test_escape_closes_the_menu_of_periods(window):
    page = window().open("03-telecom")
    page.locator("details.periods summary").click()
    page.keyboard.press("Escape")
    assert not page.locator("details.periods ul").is_visible()


def test_the_heads_of_a_table_stay_in_sight(window):
    page = window().open("numbers")
    page.evaluate("document.getElementById('press.covering').scrollIntoView()")
    top = page.evaluate("document.querySelector('table.numbers thead th').getBoundingClientRect().top")
    assert top == page.evaluate("document.querySelector('.top').getBoundingClientRect().bottom")


def test_pages_are_dark_where_that_is_preferred_and_figures_keep_their_ground(window):
    page = window(color_scheme="dark").open("03-telecom")
    ground = "(name) => getComputedStyle(document.querySelector(name)).backgroundColor"
    assert page.evaluate(ground, "body") == "rgb(21, 25, 29)"
    assert page.evaluate(ground, "figure img") == "rgb(255, 255, 255)"


def test_the_period_switch_stays_on_the_sector(window):
    page = window().open("03-telecom")
    page.locator("details.periods summary").click()
    page.get_by_role("link", name="6 tháng cuối năm 2024").click()
    page.wait_for_url(f"**/{LATER}/03-telecom.html")


def test_the_index_sorts_values_within_a_unit_contradictions_first_and_names_in_vietnamese(window):
    page = window().open("numbers")
    column = page.get_by_role("button", name="Giá trị")
    values = "[...document.querySelectorAll('table.numbers tbody tr')].map((row) => [row.cells[2].dataset.unit, Number(row.cells[2].dataset.sort)])"
    column.click()
    rising = page.evaluate(values)
    assert [pair for pair in zip(rising, rising[1:]) if pair[0][0] == pair[1][0] and pair[0][1] > pair[1][1]] == []
    assert len({unit for unit, _ in rising}) == sum(one[0] != other[0] for one, other in zip(rising, rising[1:])) + 1
    column.click()
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Giá trị")
    page.get_by_role("button", name="Kết luận").click()
    verdicts = page.locator("table.numbers tbody td.verdict").all_inner_texts()
    assert verdicts[0] == "▲ mâu thuẫn" and verdicts == sorted(verdicts, key=list(dict.fromkeys(verdicts)).index)
    page.get_by_role("button", name="Chỉ tiêu").click()
    names = page.locator("table.numbers tbody th > bdi").all_inner_texts()
    initials = [name[0] for name in names if name[0] in LETTERS]
    assert initials == sorted(initials, key=LETTERS.index) and "Đ" in initials


def test_the_index_filters_by_text_sector_and_verdict(window):
    page = window().open("numbers")
    page.fill("input[name=text]", "tram bts")
    assert 5 <= visible_rows(page) < 20
    page.fill("input[name=text]", "335521")
    assert visible_rows(page) == 2
    page.fill("input[name=text]", "")
    page.select_option("select[name=sector]", "press")
    assert page.locator(".filter output").inner_text() == f"{visible_rows(page)} / 135 số"
    page.select_option("select[name=sector]", "")
    page.select_option("select[name=verdict]", "contradicts")
    assert visible_rows(page) == page.locator("tr[data-verdict=contradicts]").count() > 0


def test_a_link_to_a_number_that_is_filtered_away_shows_it(window):
    page = window().open("numbers")
    page.fill("input[name=text]", "bưu chính")
    page.evaluate("location.hash = '#telecom.bts'")
    page.locator("[id='telecom.bts']").wait_for(state="visible")


@pytest.mark.parametrize("asked, kept", [("I.2.1.a", "I.2.1.a"), ("II.1", "II.1"), ("I.2", "I.2")])
def test_a_section_filters_from_its_beginning(window, asked, kept):
    page = window().open("numbers")
    page.fill("input[name=text]", asked)
    sections = page.evaluate(
        "[...document.querySelectorAll('table.numbers tbody tr')].filter((row) => !row.hidden).map((row) => row.dataset.section)"
    )
    assert sections == [one for one in sections if f"{one.split(' ')[0]}.".startswith(f"{kept}.")]
    assert sections or asked == "II.1"


def test_a_changed_number_stands_on_a_page_and_in_no_more_than_three_screens(window):
    page = window().open("changes", LATER)
    assert "Vị trí cột ăng ten 1.596 vị trí 1.676 vị trí" in re.sub(r"\s+", " ", page.locator("#period-1").inner_text())
    assert screens(page) <= 3


def test_the_front_page_takes_two_screens_at_most(window):
    assert screens(window().open("index")) <= 2


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE, PAPER], ids=["desktop", "phone", "paper"])
def test_nothing_is_cut_and_no_word_or_number_is_split(window, site, size, lang):
    opened, found = window(size), []
    for path in sorted((site / f"site{'-en' * (lang == 'en')}" / PERIOD).glob("*.html")):
        page = opened.open(path.stem, lang=lang)
        if size == PAPER:
            page.emulate_media(media="print")
        found += [(path.stem, one) for one in page.evaluate(SPLIT)]
        if not (size == DESKTOP and path.stem == "book"):
            found += [(path.stem, one) for one in page.evaluate(CUT) + ["sideways"] * (page.evaluate(SIDEWAYS) > 0)]
    assert found == []


@pytest.mark.parametrize("name", ["03-telecom", "numbers"])
def test_on_a_phone_a_table_is_cards_with_every_value(window, name):
    page = window(PHONE).open(name)
    cells = page.locator("main table tbody td.number")
    assert cells.count() > 20 and page.locator("main table thead").first.is_hidden()
    assert all(
        one["x"] >= 0 and one["x"] + one["width"] <= 390 for one in (cell.bounding_box() for cell in cells.all()[:20])
    )


def test_a_figure_is_not_shrunk_on_a_phone(window):
    page = window(PHONE).open("03-telecom")
    assert page.locator("figure img").first.bounding_box()["width"] >= 600
    assert page.evaluate("getComputedStyle(document.querySelector('.drawn')).overflowX") == "auto"


def test_the_menu_of_a_phone_opens(window):
    page = window(PHONE).open("03-telecom")
    assert page.locator("#nav").is_hidden()
    page.get_by_role("button", name="Mục lục").click()
    page.get_by_role("link", name="Bưu chính").first.click()
    page.wait_for_url("**/02-post.html")


# --- paper


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_numbers_stand_whole_on_paper(window, site, tmp_path, lang):
    opened, found = window(), []
    for path in sorted((site / f"site{'-en' * (lang == 'en')}" / PERIOD).glob("*.html")):
        page = opened.open(path.stem, lang=lang)
        document = on_paper(page, tmp_path / "page.pdf")
        found += [(path.stem, one) for one in split_on_paper(page, document)]
        document.close()
    assert found == []


def test_the_index_prints_every_number_under_a_head_on_every_sheet(window, tmp_path):
    page = window().open("numbers")
    cells = page.evaluate(
        "[...document.querySelectorAll('table.numbers td:nth-child(3)')].map((cell) => cell.innerText)"
    )
    sheets = texts(on_paper(page, tmp_path / "numbers.pdf"))
    assert [cell for cell in cells if "".join(cell.split()) not in "".join(sheets)] == []
    assert all("Kếtluận" in sheet for sheet in sheets[:-1])


@pytest.mark.parametrize("period", [PERIOD, LATER])
def test_a_period_is_a_book_of_25_sheets_at_most_with_running_period_and_page_numbers(window, tmp_path, period):
    document = on_paper(window().open("book", period), tmp_path / "book.pdf")
    sheets = texts(document)
    title = "Sổsốliệu6thángđầunăm2024" if period == PERIOD else "Sổsốliệu6thángcuốinăm2024"
    assert len(sheets) <= 25 and nearly_empty(document) == 0
    assert all(title in sheet and f"{number}/{len(sheets)}" in sheet for number, sheet in enumerate(sheets, 1))


def test_the_brief_is_one_sheet(window, tmp_path):
    sheets = texts(on_paper(window().open("brief"), tmp_path / "brief.pdf"))
    assert len(sheets) == 1 and "Sốliệumâuthuẫn" in sheets[0] and "Việccầnquyếtđịnh" in sheets[0]


@pytest.mark.parametrize("name", ["index", "03-telecom", "numbers"])
def test_what_a_fold_hides_is_on_paper_and_a_box_for_name_and_date(window, tmp_path, name):
    page = window().open(name)
    folded = page.evaluate(
        "[...document.querySelectorAll('main details')].flatMap((one) => [...one.children].slice(1).map((part) => part.textContent))"
    )
    paper = "".join(texts(on_paper(page, tmp_path / "page.pdf")))
    asked = [one for fold in folded for one in fold.split() if len(one) > 3]
    assert [one for one in asked if one not in paper] == []
    assert "Ngườiràsoát:" in paper and "Ngày:" in paper


def texts(document):
    """The words of each sheet, without spaces."""
    return ["".join(sheet.get_textpage().get_text_range().split()) for sheet in document]


# --- sign-off


def test_a_reviewer_finds_five_numbers_ticks_remarks_and_takes_the_file_away(window, site, tmp_path, monkeypatch):
    monkeypatch.setenv("BGDATA_ROOT", str(site.parent))
    opened = window(accept_downloads=True)
    page = opened.open("index")
    for query, place in [
        ("29,6", "telecom.budget"),
        ("1.596", "telecom.masts"),
        ("16.2%", "economy.new_digital_firms_share"),
        ("thư upu", "post.upu_letters"),
        ("335.521", "ict.revenue"),
    ]:
        assert f"numbers.html#{place}" in opened.found(query)[:3]  # one action: the search
        page.locator(f".results a[href='numbers.html#{place}']").click()  # two: its row, with section and sentence
        page.locator(f"[id='{place}'] td:last-child a").first.click()  # three: back, to where it is shown
        assert page.url.partition("#")[2]
    page = opened.open("numbers")
    page.get_by_role("button", name="Bắt đầu rà soát").click()
    page.locator("[id='telecom.masts'] .own input").check()
    page.locator("[id='telecom.bts'] .own button").click()
    page.locator("[id='telecom.bts'] .own textarea").fill("=Xem lại <b>tổng</b>\nnhé")
    page.get_by_label("Tên người rà soát").fill("Người thử")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Lưu kết quả rà soát thành tệp").click()
    caught.value.save_as(tmp_path / "review.json")
    done = CliRunner().invoke(main, ["review", str(tmp_path / "review.json"), "--lang", "vi"])
    assert (done.exit_code, done.output) == (0, f"Đã ghi 2 mục rà soát của Người thử vào data/reviews/{PERIOD}.csv.\n")
    assert json.loads((tmp_path / "review.json").read_text(encoding="utf-8"))["period"] == PERIOD


def test_ticks_stay_in_the_browser_from_page_to_page(window):
    opened = window()
    page = opened.open("03-telecom")
    page.get_by_role("button", name="Bắt đầu rà soát").click()
    page.locator("figure .own input").first.check()
    page = opened.open("03-telecom")
    assert page.locator("figure .own input").first.is_checked()
    assert page.locator(".reviewing output").inner_text().startswith("1 ")


# --- everybody and everything


def test_on_pages_with_every_field_hostile_no_script_runs_and_no_request_leaves(browser, tmp_path, monkeypatch):
    monkeypatch.setenv("BGDATA_ROOT", str(tmp_path))
    evil = '"><img src=http://example.org/x onerror="window.evil=1"><script>window.evil=1</script>'
    project = SiteProject(tmp_path, "03-telecom")
    project.spoil(evil)
    project.build()
    project.build_single()
    opened = Window(browser, tmp_path / "build", DESKTOP)
    for path in [*sorted((tmp_path / "build" / "site" / PERIOD).glob("*.html")), *(tmp_path / "build").glob("*.html")]:
        opened.page.goto(path.as_uri())
        assert opened.page.evaluate("[window.evil ?? null, document.querySelectorAll('[onerror]').length]") == [None, 0]
        if opened.page.locator("#search").count():
            opened.found("img")
    assert opened.page.evaluate("window.evil ?? null") is None
    assert [fault for fault in opened.faults if "example.org" in fault and "Content Security" not in fault] == []
    opened.page.context.close()


def test_a_script_in_a_page_would_be_stopped_by_its_policy(window, site, tmp_path):
    source = (site / "site" / PERIOD / "legend.html").read_text(encoding="utf-8")
    opened = window()
    planted = source.replace("</main>", "<script>window.evil = 1</script><img src=x onerror='window.evil = 1'></main>")
    (site / "site" / PERIOD / "planted.html").write_text(planted, encoding="utf-8")
    opened.page.goto((site / "site" / PERIOD / "planted.html").as_uri())
    (site / "site" / PERIOD / "planted.html").unlink()
    assert opened.page.evaluate("window.evil ?? null") is None
    assert any("Content Security Policy" in fault for fault in opened.faults)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "name, size", [*[(name, DESKTOP) for name in (*KINDS, "08-ict-industry")], ("index", PHONE), ("03-telecom", PHONE)]
)
def test_axe_finds_no_serious_fault_of_accessibility(window, name, size, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")
    page = window(size, color_scheme=scheme, bypass_csp=True).open(name)
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [
        (one["id"], one["nodes"][0]["html"][:120]) for one in found if one["impact"] in ("serious", "critical")
    ] == []


def test_the_single_file_works_alone(window, site, tmp_path):
    opened = window()
    copy = shutil.copy(site / f"bgdata-{PERIOD}.html", tmp_path)
    opened.page.goto(f"file://{copy}")
    opened.page.evaluate("Promise.all([...document.images].map((one) => one.decode())).then(() => 1)")
    assert opened.found("doanh thu buu chinh")[0] == "#numbers..post.revenue"
    opened.page.select_option("select[name=verdict]", "contradicts")
    assert visible_rows(opened.page) == opened.page.locator("tr[data-verdict=contradicts]").count() > 0
    assert opened.faults == []
