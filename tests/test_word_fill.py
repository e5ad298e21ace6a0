"""A draft is filled: what is proposed as tracked changes, what is left alone, and what is left when they are settled."""

import hashlib
import io
import re

import pytest
from click.testing import CliRunner
from drafts import FORMS, draft, package, paragraph, picture, plain, run
from libreoffice import has_uno, settled, text_of
from lxml import etree
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from word_xml import comments_of, local, parts, value

from bgtools.cli import main
from conftest import ROOT, PackageCopy

REPORTS = ROOT / "tests" / "reports"
LAST = (REPORTS / "second-half.txt").read_text(encoding="utf-8")
UNO = has_uno()
HEAD = "BÁO CÁO\nCông tác 6 tháng cuối năm 2024\nI. KẾT QUẢ\n2.1. Bưu chính, viễn thông\na) Bưu chính\n"


def rows(name):
    return (REPORTS / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()[1:]


@pytest.fixture
def project(tmp_path):
    """Two periods: that of the report that is at hand, and the one that it is to be made into."""
    copy = PackageCopy(tmp_path / "project")
    copy.root = tmp_path / "project"
    copy.add_period("2024-S2", *rows("second-half"))
    copy.add_period("2025-S1", *rows("bullets"))
    return copy


def call(project, command, content, period, *arguments, name="bao-cao.docx"):
    path = project.root / name
    path.write_bytes(content)
    return CliRunner().invoke(
        main, [command, str(path), period, *arguments], env={"BGDATA_ROOT": str(project.root), "LANG": "C"}
    )


def fill(project, content, period="2025-S1", *arguments, **more):
    ended = call(project, "fill", content, period, *arguments, **more)
    assert ended.exit_code == 0, ended.output
    return (project.root / "bao-cao.dien-so.docx").read_bytes()


def document(content):
    return etree.fromstring(parts(content)["word/document.xml"])


def texts(content, *, accepted, part="word/document.xml"):
    """Return the text as it is when all of our changes are accepted or rejected."""
    gone, kept = ("del", "t") if accepted else ("ins", "delText")
    out = []
    for element in etree.fromstring(parts(content)[part]).iter():
        ours = [local(one) for one in element.iterancestors() if value(one, "author") == "bgdata"]
        if local(element) == "t" and gone not in ours or local(element) == kept == "delText" and "ins" not in ours:
            out.append(element.text or "")
        elif local(element) == "p":
            out.append("\n")
    return "".join(out)


def figure(text, shade):
    """Return a figure as a run writes it: with caption and description."""
    about = PngInfo()
    about.add_itxt("Title", f"{text}.")
    about.add_itxt("Description", f"Biểu đồ. {text}.")
    buffer = io.BytesIO()
    image = Image.new("RGB", (400, 200), "white")
    image.paste((shade, 40, 90), (20, 20, shade, 180))
    image.save(buffer, "PNG", pnginfo=about)
    return buffer.getvalue()


OLD, NEW = figure("Trạm BTS kỳ trước", 100), figure("Trạm BTS kỳ này", 220)


SETTLED = {
    "plain": (plain, {}),
    "tracked": (FORMS[2], {"of_notes": plain, "comments": True}),  # LibreOffice 7 keeps what is struck out in notes
    "mixed": (FORMS[-1], {"of_notes": plain}),
}


def draw(project):
    for period, content in (("2024-S2", OLD), ("2025-S1", NEW)):
        folder = project.root / "figures" / period / "word"
        folder.mkdir(parents=True)
        (folder / "telecom-bts.png").write_bytes(content)


@pytest.fixture
def drawn(project):
    draw(project)
    return project


def body(*lines):
    return "".join(paragraph(run(line)) for line in HEAD.splitlines() + list(lines))


def test_a_number_that_differs_is_replaced_as_a_tracked_change(project):
    content = fill(project, draft(LAST.replace("341 điểm", "431 điểm")), "2024-S2")
    changes = [
        (local(one), "".join(one.itertext())) for one in document(content).iter() if value(one, "author") == "bgdata"
    ]
    assert changes == [("del", "431"), ("ins", "341")]


def test_a_right_draft_is_left_alone(project):
    ended = call(project, "fill", draft(LAST), "2024-S2")
    assert (ended.output.startswith("Nothing to propose"), (project.root / "bao-cao.dien-so.docx").exists()) == (
        True,
        False,
    )


@pytest.mark.parametrize("form", FORMS, ids=range(len(FORMS)))
def test_no_number_of_last_period_is_left_standing(project, form):
    content = fill(project, draft(LAST, form, seed=3))
    again = call(project, "fill", content, "2025-S1", name="lan-hai.docx")
    assert again.output.startswith("Nothing to propose")


@pytest.mark.parametrize("form", FORMS, ids=range(len(FORMS)))
def test_rejecting_all_gives_the_old_text(project, form):
    before = draft(LAST, form, seed=3)
    after = fill(project, before)
    assert texts(after, accepted=False) == texts(before, accepted=False)
    assert texts(after, accepted=False, part="word/footnotes.xml") == texts(
        before, accepted=False, part="word/footnotes.xml"
    )


def test_what_the_period_lacks_is_marked(project):
    said = texts(fill(project, draft(LAST)), accepted=True)
    assert "Riêng Sở phát hành 17 văn bản" in said and "kiểm tra [chưa có số liệu kỳ này] đơn vị" in said


def test_the_names_of_time_are_brought_up_to_the_period(project):
    said = texts(fill(project, draft(LAST)), accepted=True)
    assert "Tổng kết công tác 6 tháng đầu năm 2025, nhiệm vụ trọng tâm 6 tháng cuối năm 2025" in said


def test_dates_of_documents_stay(project):
    said = texts(fill(project, draft(LAST)), accepted=True)
    assert "Kế hoạch số 5217/KH-UBND ngày 30/11/2020, giai đoạn 2021 - 2025" in said


@pytest.mark.parametrize(
    "old, row, new",
    [
        ("tăng 5 điểm", "telecom.bts,,1,,,=,A,1,I.2.1.b,,", "tăng 5 điểm"),
        (
            "có 341 điểm phục vụ bưu chính",
            "post.service_points,,350,,,>,A,350,I.2.1.a,,",
            "có hơn 350 điểm phục vụ bưu chính",
        ),
        (
            "có hơn 341 điểm phục vụ bưu chính",
            "post.service_points,,350,,,=,A,350,I.2.1.a,,",
            "có 350 điểm phục vụ bưu chính",
        ),
        (
            "có gần 341 điểm phục vụ bưu chính",
            "post.service_points,,350,,,~,A,350,I.2.1.a,,",
            "có khoảng 350 điểm phục vụ bưu chính",
        ),
        (
            "Tổng doanh thu bưu chính ước đạt 362 tỷ đồng",
            'post.revenue,,371500000000,,,~,E,"371,5 tỷ",I.2.1.a,,',
            "Tổng doanh thu bưu chính ước đạt 371,5 tỷ đồng",
        ),
    ],
)
def test_a_number_takes_its_qualifying_word_with_it(tmp_path, old, row, new):
    project = PackageCopy(tmp_path / "project")
    project.root = tmp_path / "project"
    project.add_period("2024-S2", row)
    path = project.root / "bao-cao.docx"
    path.write_bytes(draft(f"{HEAD}Toàn tỉnh {old}."))
    CliRunner().invoke(main, ["fill", str(path), "2024-S2"], env={"BGDATA_ROOT": str(project.root), "LANG": "C"})
    copy = project.root / "bao-cao.dien-so.docx"
    said = texts((copy if copy.exists() else path).read_bytes(), accepted=True)
    assert f"Toàn tỉnh {new}." in said


def test_a_direction_word_turns_with_its_number(project):
    project.add_period("2025-S2", 'ict.revenue_growth,,-4.5,,,=,A,"−4,5%",I.2.2.g,,')
    text = LAST.replace("6 tháng cuối năm 2024,", "6 tháng cuối năm 2025,")
    assert "giảm 4,5% so với cùng kỳ" in texts(fill(project, draft(text), "2025-S2"), accepted=True)


def test_changes_of_others_stay_as_they_are(project):
    content = draft(LAST, FORMS[2], seed=3)
    theirs = [
        etree.tostring(one)
        for one in document(content).iter()
        if value(one, "author") == "Người soạn" and local(one) == "del"
    ]
    after = [
        etree.tostring(one)
        for one in document(fill(project, content)).iter()
        if value(one, "author") == "Người soạn" and local(one) == "del"
    ]
    assert after == theirs


def test_a_stale_figure_is_replaced_with_caption_source_and_alt_text(drawn):
    content = package(body() + picture("old", "telecom-bts"), media={"old.png": OLD})
    filled = fill(drawn, content)
    inserted = [
        one
        for one in document(filled).iter()
        if local(one) == "docPr" and any(local(up) == "ins" for up in one.iterancestors())
    ]
    assert [(one.get("name"), one.get("descr")) for one in inserted] == [("telecom-bts", "Biểu đồ. Trạm BTS kỳ này.")]
    assert NEW in parts(filled).values() and "Hình 1. Trạm BTS kỳ này.Nguồn: " in texts(filled, accepted=True)


def test_a_captions_number_is_a_field(drawn):
    filled = fill(drawn, package(body() + picture("old", "telecom-bts"), media={"old.png": OLD}))
    assert [one.text for one in document(filled).iter() if local(one) == "instrText"] == [" SEQ Hình \\* ARABIC "]


@pytest.mark.parametrize(
    "name, description, caption",
    [
        ("telecom-bts", "", ""),
        ("Picture 1", "Biểu đồ. Trạm BTS kỳ trước.", ""),
        ("Picture 1", "", "Hình 3. Trạm BTS kỳ trước."),
    ],
)
def test_a_figure_is_known_by_name_description_or_caption(drawn, name, description, caption):
    other = figure("Đã sửa tay", 140)
    inside = body() + picture("old", name, description) + (paragraph(run(caption)) if caption else "")
    ended = call(drawn, "audit", package(inside, media={"old.png": other}), "2025-S1", "--lang", "en")
    assert "The figure “telecom-bts” is not as the run of first half of 2025 drew it" in ended.output


def test_a_right_figure_with_its_caption_has_nothing_wrong(drawn):
    inside = (
        body("Có 338 điểm phục vụ bưu chính.")
        + picture("new", "Picture 1")
        + paragraph(run("Hình 1. Trạm BTS kỳ này."))
    ).replace("6 tháng cuối năm 2024", "6 tháng đầu năm 2025")
    assert call(drawn, "audit", package(inside, media={"new.png": NEW}), "2025-S1").exit_code == 0


def test_a_stale_figure_and_a_caption_of_last_period_are_commented_on(drawn):
    inside = body() + picture("old", "Picture 1") + paragraph(run("Hình 1. Trạm BTS kỳ trước."))
    call(drawn, "audit", package(inside, media={"old.png": OLD}), "2025-S1", "--lang", "en")
    said = " ".join(text for _, text in comments_of((drawn.root / "bao-cao.kiem-tra.docx").read_bytes()))
    assert "This is the figure “telecom-bts” of second half of 2024" in said and "expected is: Trạm BTS kỳ này." in said


def test_a_place_for_a_table_is_filled_in_the_offices_style(project):
    filled = fill(project, draft(HEAD + "[Bảng: Bưu chính]\nCó 341 điểm phục vụ bưu chính."), "2024-S2")
    table = next(one for one in document(filled).iter() if local(one) == "tbl")
    assert [local(one) for one in table.iter() if local(one) == "tblHeader"] == ["tblHeader"]
    assert "Doanh thu bưu chính" in "".join(table.itertext())


def test_a_place_for_a_figure_is_filled(drawn):
    filled = fill(drawn, draft(HEAD + "[Hình: telecom-bts]\nCó 341 điểm phục vụ bưu chính."))
    assert [one.get("name") for one in document(filled).iter() if local(one) == "docPr"] == ["telecom-bts"]


def test_the_draft_is_never_touched(project):
    content = draft(LAST)
    fill(project, content)
    assert hashlib.sha256((project.root / "bao-cao.docx").read_bytes()).digest() == hashlib.sha256(content).digest()


def test_a_period_without_data_is_refused(project):
    ended = call(project, "fill", draft(LAST), "2031-S1")
    assert (ended.exit_code, ended.output.count("\n")) == (2, 1)


@pytest.fixture(scope="module")
def settled_drafts(tmp_path_factory):
    """Last period's report in several forms, filled; then accepted, rejected, and as LibreOffice saves it untouched."""
    folder = tmp_path_factory.mktemp("settled")
    project = PackageCopy(folder / "project")
    project.root = folder / "project"
    project.add_period("2024-S2", *rows("second-half"))
    project.add_period("2025-S1", *rows("bullets"))
    draw(project)
    text = LAST.replace("2.2. Chuyển đổi số", "[Bảng: Bưu chính]\n[Hình: telecom-bts]\n2.2. Chuyển đổi số")
    jobs = []
    for name, (form, more) in SETTLED.items():
        before = folder / f"{name}.docx"
        before.write_bytes(draft(text, form, seed=3, **more))
        filled = folder / f"{name}-sau.docx"
        filled.write_bytes(fill(project, before.read_bytes()))
        jobs += [("Accept", filled, folder / f"{name}-nhan.docx"), ("Reject", filled, folder / f"{name}-bo.docx")]
        jobs += [("Reject", before, folder / f"{name}-goc.docx")]
    settled(jobs, folder)
    return project, folder


@pytest.mark.skipif(not UNO, reason="LibreOffice cannot be told what to do from Python")
@pytest.mark.parametrize("name", SETTLED)
def test_accepted_in_libreoffice_nothing_is_wrong(settled_drafts, name):
    project, folder = settled_drafts
    ended = call(project, "audit", (folder / f"{name}-nhan.docx").read_bytes(), "2025-S1")
    assert ended.exit_code == 0, ended.output


@pytest.mark.skipif(not UNO, reason="LibreOffice cannot be told what to do from Python")
@pytest.mark.parametrize("name", SETTLED)
def test_rejected_in_libreoffice_the_text_is_as_before(settled_drafts, name):
    _, folder = settled_drafts
    assert text_of(folder / f"{name}-bo.docx") == text_of(folder / f"{name}-goc.docx")


def test_what_stands_in_a_text_box_is_proposed_as_a_comment_at_the_box(project):
    content = fill(project, draft(LAST, boxes=5))
    assert "Trong khung chữ, thay 5.012 triệu bằng: 5.268 triệu" in " ".join(said for _, said in comments_of(content))


def test_numbers_of_a_filled_draft_are_those_of_the_data(project):
    said = texts(fill(project, draft(LAST)), accepted=True)
    assert re.search(r"với 338 điểm phục vụ", said) and not re.search(r"(?<!\d)341(?!\d)", said)
