"""Measure text and break it into lines, before anything is drawn.

Lengths are points. Nothing here knows what a chart is.
"""

import re
from functools import cache

from bgdata.show import lettering
from bgdata.show.style import LEADING, TEXT

NBSP = "\u00a0"
SCALE = 10  # measured ten times as large: no rounding to whole pixels

COMPOUNDS = """
an ninh, an sinh, an toàn, ăn ten, băng rộng, báo chí, biên bản, bưu chính, bưu điện, cá nhân, cảnh báo, cáp quang,
cấp huyện, cấp thôn, cấp tỉnh, cấp xã, chỉ tiêu, chi trả, chính quyền, chuyên dùng, chuyển đổi, chữ ký, chương trình,
công an, công cộng, công chức, công dân, công ích, công nghệ, công nghiệp, công tác, cộng đồng, cơ quan, cơ sở,
cùng kỳ, cuộc thi, cư trú, dân phố, dân số, di động, dịch vụ, diện tích, doanh nghiệp, doanh số, doanh thu, du lịch,
dữ liệu, đài truyền thanh, đại diện, đạt chuẩn, đào tạo, điện thoại, điện tử, điều hành, định danh, đoàn viên, đôn đốc,
đô thị, đối tượng, đơn thư, đơn vị, địa bàn, địa phương, gia đình, giải quyết, giám sát, giao dịch, hạ tầng,
hành chính, hệ thống, hoàn thành, hỗ trợ, hồ sơ, hợp tác xã, hội nghị, hội thảo, huấn luyện, hướng dẫn, kế hoạch,
kết nối, kết quả, khẩu hiệu, khiếu nại, kiểm tra, kinh tế, lao động, lắp ráp, lĩnh vực, mã độc, máy tính, mạng lưới,
một cửa, năng lực, ngân hàng, ngân sách, người dân, nhân dân, nhân lực, nhân viên, nhiệm vụ, nội bộ, nộp ngân sách,
phần cứng, phần mềm, phát sóng, phát thanh, phân tích, phóng sự, phóng viên, phủ sóng, phục vụ, phường xã,
quản lý, quy hoạch, quyết định, sản phẩm, sản xuất, sơ kết, sự cố, tài khoản, tạp chí, tham gia, thanh niên,
thanh toán, thanh tra, thành lập, thành viên, theo dõi, thiết bị, thiết kế, thông minh, thông tin, thôn bản,
thủ tục, thường trú, thương mại, tiền mặt, tổ chức, tố cáo, tổng số, trang bị, triển khai, trung tâm, trung ương,
trực tuyến, trưởng thành, truyền hình, truyền số liệu, truyền thanh, truyền thông, tuyên truyền, tuyến đường,
tỷ đồng, tỷ lệ, ủy ban, ứng dụng, văn bản, văn phòng, vị trí, viên chức, viễn thông, vi phạm, vô tuyến, xã hội,
xử lý, xử phạt, xuất bản, xuất khẩu, số liệu, toàn trình, trạm phát, phụ trách, phường, ý kiến
"""
COMPOUND = re.compile(
    r"(?<!\w)(?:"
    + "|".join(
        re.escape(words)
        for words in sorted((" ".join(entry.split()) for entry in COMPOUNDS.split(",")), key=len, reverse=True)
        if " " in words
    )
    + r")(?!\w)",
    re.IGNORECASE,
)


@cache
def text_width(text, size=TEXT, bold=False):
    """Return how wide one line of text is, in points.

    Examples
    --------
    >>> text_width("884 trạm") < text_width("1.242 trạm") < text_width("1.242 trạm", bold=True)
    True
    """
    return lettering.width(text, bold, round(size * 64 * SCALE)) / SCALE


def line_height(size=TEXT):
    """Return the distance from one baseline to the next, in points."""
    return size * LEADING


def glue(text):
    """Join the syllables of Vietnamese compounds with no-break spaces.

    Examples
    --------
    >>> glue("hạ tầng cáp quang").split(" ")
    ['hạ\\xa0tầng', 'cáp\\xa0quang']
    """
    return COMPOUND.sub(lambda match: match.group().replace(" ", NBSP), text)


def wrap(text, width, *, size=TEXT, bold=False):
    """Break a text into the fewest lines that fit, and make these as even as they can be.

    Lines are broken at spaces only, never within a compound; a compound wider than `width` is broken within,
    and a single word that is wider than `width` stands alone on a line that is too long.

    Parameters
    ----------
    text : str
    width : float
        Points.

    Returns
    -------
    list of str

    Examples
    --------
    >>> wrap("Thôn, bản, tổ dân phố có hạ tầng cáp quang", 120)
    ['Thôn, bản, tổ dân\\xa0phố', 'có hạ\\xa0tầng cáp\\xa0quang']
    """
    whole = " ".join(filter(None, glue(text).split(" ")))
    if whole and text_width(whole, size, bold) <= width:
        return [whole]
    words = [piece for word in whole.split(" ") if word for piece in _fitting(word, width, size, bold)]
    lines = _fill(words, width, size, bold)
    if len(lines) < 2:
        return lines
    low, high = 0.0, width
    while high - low > 1:
        middle = (low + high) / 2
        tried = _fill(words, middle, size, bold)
        fits = len(tried) == len(lines) and all(text_width(line, size, bold) <= width for line in tried)
        low, high = (low, middle) if fits else (middle, high)
    return _fill(words, high, size, bold)


def _fitting(word, width, size, bold):
    return [word] if text_width(word, size, bold) <= width else word.split(NBSP)


def _fill(words, width, size, bold):
    lines = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
