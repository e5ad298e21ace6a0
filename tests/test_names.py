"""Names of private persons in a report, wherever they stand in it and in whatever form it comes, are kept nowhere."""

import zipfile

import office
import pytest
from click.testing import CliRunner
from growing import packed_odt

from bgtools.cli import main

NAME = "Qwanh"  # the last word of every planted name, and of nothing else
FORMS = (
    "ông Nguyễn Văn {0}",
    "bà Trần Thị {0}",
    "đồng chí Lê {0}",
    "Phạm Thị {0}",
    "Ông/bà: Hoàng {0}",
    "chủ hộ Giáp Văn {0}",
    "phóng viên Đỗ Ngọc {0}",
    "tài khoản Facebook Vũ {0}",
    "Nguyen Van {0}",
    "công dân {0}",
)
PLACES = (
    "Toàn tỉnh có 340 điểm phục vụ bưu chính, theo {0}.",
    "Theo {0}, tỷ lệ hộ gia đình có cáp quang đạt 87,4%.",
    "Hệ thống ghi nhận 19.887 cảnh báo tấn công mạng ({0} báo cáo).",
    "{0} nộp 7,5 triệu đồng tiền phạt; {0} nộp 4,5 triệu đồng.",
    "Xử phạt {0} và {0} số tiền 19,5 triệu đồng.",
    "Đã tổ chức 12 lớp tập huấn do {0} giảng.",
    "Trong đó, {0} gồm:",
    "- 25 hồ sơ của {0};",
    "Doanh thu bưu chính ước đạt 362 tỷ đồng ({0}), bằng 114,5% cùng kỳ.",
    "Các doanh nghiệp viễn thông nộp ngân sách nhà nước 30,6 tỷ đồng, {0} cho biết.",
    "Bưu chính nộp ngân sách 8,4 tỷ đồng, do {0} báo cáo.",
    "Tỷ lệ hộ gia đình sử dụng Internet cáp quang đạt 87,4%, {0} xác nhận.",
    "Toàn tỉnh có 1.650 vị trí cột ăng ten, {0} ký biểu.",
    "Tiếp nhận và trả kết quả 58.140 hồ sơ qua dịch vụ bưu chính công ích, {0} theo dõi.",
    "{0}: doanh thu viễn thông ước đạt 1.208 tỷ đồng.",
)
FRONT = ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "Người soạn: {0}", "BÁO CÁO", "Tổng kết công tác 6 tháng cuối năm 2024")
SECTIONS = ("I. KẾT QUẢ THỰC HIỆN", "2.1. Bưu chính, viễn thông của tỉnh Bắc Giang", "a) Bưu chính")
END = ("Nơi nhận: {0}.", "KT. GIÁM ĐỐC", "{0}")


def lines():
    """A report whose every line has a name, in form after form."""
    name = [form.format(NAME) for form in FORMS]
    made = [text.format(name[place % len(name)]) for place, text in enumerate([*FRONT, *SECTIONS, *PLACES])]
    turned = [text.format(name[-place % len(name)]) for place, text in enumerate(PLACES)]
    return [*made, *turned, *(text.format(f"Nguyễn Văn {NAME}") for text in END)]


def docx(folder):
    """A Word file with names in its text, its table, notes, header, remarks, corrections and properties, too."""
    person = f"ông Nguyễn Văn {NAME}"
    note = f'<w:footnote w:id="1"><w:p><w:r><w:t>Tăng 3 điểm, theo {person}.</w:t></w:r></w:p></w:footnote>'
    noted = '<w:p><w:r><w:t>Có 341 điểm phục vụ</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    kept = f'<w:p><w:ins w:author="{person}"><w:r><w:t>Có 5 lớp của {person}.</w:t></w:r></w:ins><w:del w:author="{person}"><w:r><w:delText>{person} 7</w:delText></w:r></w:del></w:p>'
    cells = "".join(f"<w:tc>{office.paragraph(text)}</w:tc>" for text in (person, "Số điểm phục vụ", "340"))
    body = (
        "".join(map(office.paragraph, lines()))
        + noted
        + kept
        + f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
    )
    parts = office.word_xml(body, notes=note)
    parts["docProps/core.xml"] = f'<a xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{person}</dc:creator></a>'
    parts["word/comments.xml"] = (
        f'<w:comments xmlns:w="{office.W}"><w:comment w:author="{person}">{office.paragraph(person)}</w:comment></w:comments>'
    )
    parts["word/header1.xml"] = f'<w:hdr xmlns:w="{office.W}">{office.paragraph(f"{person} 5")}</w:hdr>'
    return office.packed(folder / "a.docx", parts)


def odt(folder):
    return packed_odt(folder / "a.odt", "".join(f"<text:p>{line}</text:p>" for line in lines()))


def pdf(folder):
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    office.reportlab_font()
    style = ParagraphStyle("text", fontName="DejaVuSans", fontSize=11, leading=16)
    return office.reportlab_pdf(folder / "a.pdf", [Paragraph(line, style) for line in lines()])


def txt(folder):
    (folder / "a.txt").write_text("\n".join(lines()), encoding="utf-8")
    return folder / "a.txt"


def written(root):
    """The text of every file of a project, those within workbooks too."""
    for path in sorted(one for one in root.rglob("*") if one.is_file()):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as parts:
                yield from (
                    (f"{path.name}/{name}", parts.read(name).decode(errors="replace")) for name in parts.namelist()
                )
        else:
            yield path.name, path.read_bytes().decode(errors="replace")


@pytest.mark.parametrize("make", [docx, odt, pdf, txt])
def test_names_of_persons_are_kept_nowhere(package, tmp_path_factory, make):
    source = make(tmp_path_factory.mktemp("office"))
    said = CliRunner().invoke(main, ["new", "2024-S2", "--from", str(source), "--accept-report"])
    assert said.exit_code == 0, said.output
    again = CliRunner().invoke(main, ["new", "2024-S2"])
    assert again.exit_code == 0, again.output
    assert NAME.lower() not in (said.output + again.output).lower()
    assert {name for name, text in written(package.root) if NAME.lower() in text.lower()} == set()
    assert (package.data / "quotes" / "2024-S2.csv").read_text(encoding="utf-8").count("\n") > 2
