"""The reviewers' site in a real browser, opened from a folder with the network cut.

Skipped where there is no Chromium: `.ci/run` installs Debian's, so that there they always run.
"""

import os
import re
import shutil

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no browser tests")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine: no browser tests")

from site_project import LATER, PERIOD, SiteProject  # noqa: E402

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
DESKTOP, PHONE, PAPER = (1360, 900), (390, 844), (695, 1000)  # paper: A4 less its margins, in CSS pixels
LETTERS = "BCDĐHKLMNPST"
KINDS = ("index", "03-telecom", "07-digital-society", "numbers", "changes")
WIDER = """() => [...document.querySelectorAll('table, pre, img, figure, p')].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width > 0 && box.right > document.documentElement.clientWidth + 1;
}).map((one) => one.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of a site for two periods; one page of the later one failed."""
    with pytest.MonkeyPatch.context() as patch:
        root = tmp_path_factory.mktemp("site")
        patch.setenv("BGDATA_ROOT", str(root))
        project = SiteProject(root)
        project.open_later_period(
            lambda text: text.replace("telecom.bts,2G,884,,,=,A,884", "telecom.bts,2G,885,,,=,A,885")
        )
        project.build()
        project.build_single()
        project.fail("08-ict-industry", "ict-industry-growth-figure", "name 'x' is not defined")
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

    def __init__(self, browser, folder, size):
        self.folder, self.faults = folder, []
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True)
        self.page = context.new_page()
        self.page.on("console", lambda message: self.faults.append(message.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("requestfailed", lambda request: self.faults.append(request.url))
        self.page.on("request", lambda request: self.check(request.url))

    def check(self, url):
        if not url.startswith(("file:", "data:")):
            self.faults.append(url)

    def open(self, name, period=PERIOD):
        self.page.goto((self.folder / "site" / period / f"{name}.html").as_uri())
        return self.page

    def found(self, query):
        """Search; return the addresses found, best first."""
        self.page.fill("#search", "")
        self.page.locator("#search").press_sequentially(query)
        self.page.wait_for_function("document.querySelector('.results p').textContent")
        return self.page.eval_on_selector_all(".results a", "(links) => links.map((one) => one.getAttribute('href'))")


@pytest.fixture
def window(browser, site):
    """Open a window of a size."""
    opened = []

    def make(size=DESKTOP):
        opened.append(Window(browser, site, size))
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
    assert len(pages) == 16 and opened.faults == []


def test_the_folder_opens_on_the_front_page_of_the_newest_period(window, site):
    opened = window()
    opened.page.goto((site / "site" / "index.html").as_uri())
    opened.page.wait_for_url(f"**/{LATER}/index.html")
    assert opened.page.locator("h1").inner_text() == "6 tháng cuối năm 2024"


def test_the_typeface_is_the_one_beside_the_pages(window):
    page = window().open("index")
    page.wait_for_function("document.fonts.status === 'loaded'")
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
        ("ha tang so", "03-telecom.html#telecom-coverage"),
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


def test_code_is_folded_and_unfolds_one_by_one_and_all_at_once(window):
    page = window().open("03-telecom")
    code = page.locator("details.code pre")
    assert code.first.is_hidden()
    page.locator("details.code summary").first.click()
    assert code.first.is_visible() and code.nth(1).is_hidden()
    page.get_by_role("button", name="Hiện mã của cả trang").click()
    assert all(one.is_visible() for one in code.all())
    page.get_by_role("button", name="Ẩn mã của cả trang").click()
    assert not any(one.is_visible() for one in code.all())


def test_the_period_switch_stays_on_the_sector(window):
    page = window().open("03-telecom")
    page.locator("details.periods summary").click()
    page.get_by_role("link", name="6 tháng cuối năm 2024").click()
    page.wait_for_url(f"**/{LATER}/03-telecom.html")


def test_the_index_sorts_both_ways_by_amount_and_by_name_in_vietnamese(window):
    page = window().open("numbers")
    column = page.get_by_role("button", name="Giá trị")
    amounts = "[...document.querySelectorAll('table.numbers tbody tr')].map((row) => Number(row.cells[2].dataset.key))"
    column.click()
    rising = page.evaluate(amounts)
    column.click()
    assert rising == sorted(rising) and page.evaluate(amounts) == sorted(rising, reverse=True)
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Giá trị")
    page.get_by_role("button", name="Chỉ tiêu").click()
    initials = [name[0] for name in page.locator("table.numbers tbody th bdi").all_inner_texts() if name[0] in LETTERS]
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
    assert visible_rows(page) == 8


def test_a_link_to_a_number_that_is_filtered_away_shows_it(window):
    page = window().open("numbers")
    page.fill("input[name=text]", "bưu chính")
    page.evaluate("location.hash = '#telecom.bts'")
    page.locator("[id='telecom.bts']").wait_for(state="visible")


def test_a_changed_number_text_and_figure_stand_on_one_page(window, site):
    page = window().open("changes", LATER)
    assert "Trạm BTS: 2G 884 trạm 885 trạm" in re.sub(r"\s+", " ", page.locator("#period").inner_text())


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_on_a_page_reaches_beyond_the_window_but_tables_that_scroll(window, name, size):
    page = window(size).open(name)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert [one for one in page.evaluate(WIDER) if not one.startswith(("<table", "<pre"))] == []


def test_the_menu_of_a_phone_opens(window):
    page = window(PHONE).open("03-telecom")
    assert page.locator("#nav").is_hidden()
    page.get_by_role("button", name="Mục lục").click()
    page.get_by_role("link", name="Bưu chính").first.click()
    page.wait_for_url("**/02-post.html")


@pytest.mark.parametrize("name", KINDS)
def test_no_table_is_cut_on_paper(window, name):
    page = window(PAPER).open(name)
    page.emulate_media(media="print")
    assert page.evaluate(WIDER) == []


def test_the_index_prints_every_number_under_a_head_on_every_sheet(window, tmp_path):
    pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed: printed text is not read")
    page = window().open("numbers")
    cells = page.evaluate(
        "[...document.querySelectorAll('table.numbers td:nth-child(3)')].map((cell) => cell.innerText)"
    )
    page.pdf(path=tmp_path / "numbers.pdf", prefer_css_page_size=True)
    document = pdfium.PdfDocument(tmp_path / "numbers.pdf")
    sheets = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in document]
    assert [cell for cell in cells if "".join(cell.split()) not in "".join(sheets)] == []
    assert len(sheets) < 12 and all("Kếtluận" in sheet for sheet in sheets)


@pytest.mark.parametrize(
    "name, size", [*[(name, DESKTOP) for name in (*KINDS, "08-ict-industry")], ("index", PHONE), ("03-telecom", PHONE)]
)
def test_axe_finds_no_serious_fault_of_accessibility(window, name, size):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")
    page = window(size).open(name)
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [
        (one["id"], one["nodes"][0]["html"][:120]) for one in found if one["impact"] in ("serious", "critical")
    ] == []


def test_the_single_file_works_alone(window, site, tmp_path):
    opened = window()
    copy = shutil.copy(site / f"bgdata-{PERIOD}.html", tmp_path)
    opened.page.goto(f"file://{copy}")
    opened.page.wait_for_function("[...document.images].every((one) => one.complete && one.naturalWidth > 0)")
    assert opened.found("doanh thu buu chinh")[0] == "#numbers..post.revenue"
    opened.page.select_option("select[name=verdict]", "contradicts")
    assert visible_rows(opened.page) == 8 and opened.faults == []
