"""Find what is said outright of a number, anywhere in the words that are about it alone: a mean, an exception, a doubt.

Each kind is told by what every office would write for it. What a few words beside a number say is told in `stance`.
"""

import re

from bgtools.read.statement import doubts

EACH = "mỗi"  # in the name of an indicator that is itself a mean
ANAPHOR = r"(?:này|đó|ấy|trên|kia)"
UNIT = r"(?:huyện|xã|phường|thôn|tổ|đơn vị|doanh nghiệp|hộ|người|lớp|hội nghị|cuộc|đối tượng|trạm|điểm|vụ|lượt|cơ quan|sở|ngành|máy|năm|kỳ|buổi)"
SAID = {
    doubts.WIDER: r"(?:trong|suốt|cả|hết|khép lại|tổng kết(?: công tác)?|kết thúc) năm(?! (?:học|nay|tháng|ngày|huyện|xã|đơn vị|cuộc|lớp|hội|vụ|tới|sau))(?! \d)|cả năm|trọn năm|tròn (?:một )?năm|trọn vẹn năm|bốn quý|cả hai (?:kỳ|đợt|học kỳ|nửa)|"
    r"hai mùa|mùa (?:thi|hè)[^.;]{0,20} và|nửa nhiệm kỳ|niên độ|năm vừa qua|(?:kể|tính|gồm|gộp|cộng) cả (?:phần|số|6 tháng|nửa|kết quả)|01/01\s?[-–]\s?31/12|sau hơn \d+ tháng|"
    r"(?:cộng|gộp|tính|dồn|cộng chung|gộp chung|cộng dồn|tổng)(?: cả| chung| dồn)* (?:hai|ba|bốn|các|nhiều|mấy|[2-9]) (?:kỳ|nửa|đợt|quý|giai đoạn|năm|mùa|khóa)|"
    r"(?:hai|ba|bốn|các|nhiều|mấy|[2-9]) (?:kỳ|nửa năm|năm|quý|giai đoạn)[^.,;]{0,20} (?:cộng lại|gộp lại|dồn lại|liên tiếp|liên tục)",
    doubts.NARROWER: r"(?:Q|quý )(?:[1-4]|I{1,3}|IV|cuối|đầu)(?!\w)(?! năm)|(?:chiến dịch|đợt)[^.,;]{0,20} \d+ ngày|tuần lễ|tuần cao điểm|(?:trong|riêng) (?:một|1) (?:ngày|tuần|tháng)|tháng thanh niên|nửa (?:sau|đầu|cuối) (?:của )?kỳ|"
    r"(?:trong|riêng|chỉ|tính|dịp|vào|suốt)(?: riêng| tính| trong| vào)* (?:dịp|đợt|buổi|phiên|đêm|ngày hội|lễ|kỳ nghỉ|chiến dịch|tuần)(?! (?:họp|thanh|kiểm|giao|chuyên|tiếp))",
    doubts.NATION: r"tại việt nam|của việt nam|^\W*việt nam (?:có|đạt)|toàn quốc|(?:của|trên) (?:cả nước|đất nước)|đất nước\b|^\W*(?:theo )?(?:thủ tướng|chính phủ|(?-i:Bộ [A-ZĐ])|thanh tra bộ|cục (?:an toàn|thương mại|chuyển đổi|viễn thông|tần số)|tổng cục|trung ương (?:thống kê|có|ghi))|"
    r"^\W*(?:bình quân )?các (?:bộ|tỉnh)|mọi địa phương|quốc gia (?:ghi nhận|nhận|tiếp nhận|có|xử lý)|(?:chung|tất cả|mọi|toàn bộ) (?:các )?(?:bộ,? ngành|tỉnh, thành|địa phương)",
    doubts.NEGATED: r"là (?:nhầm|sai|không đúng|chưa đúng|không chính xác|chưa chính xác)|bị bác|bác (?:bỏ|tin)|không (?:đúng|còn giá trị)|số này sai|sai sót|(?:được )?sửa từ|bị nhầm|nhầm (?:dấu|lẫn)|thay bằng|đính chính|chứ không phải|"
    r"không (?:có việc|có chuyện|phải (?:là|của|trên|tại|ở|trong|do|chuyện)|thuộc|nằm trong|tính vào)|bệnh thành tích|tin đồn|thổi phồng",
    doubts.RIVALLED: r"chưa (?:rõ|thống nhất|xác (?:nhận|minh|thực)|kiểm chứng|khớp|chắc|chính thức|đối chiếu|đối soát|ngã ngũ)|chưa [^.,;\d]{1,20} xác nhận|nghe (?:đâu|nói|đồn)|đồn (?:rằng|là|đoán)|không (?:khớp|thống nhất)|"
    r"(?:chờ|đang) (?:đối (?:soát|chiếu)|xác minh|kiểm tra lại|rà soát lại)|mâu thuẫn|vênh|ai nhầm|bên nào đúng|số nào đúng|số chính thức|có (?:nơi|chỗ|tài liệu) (?:ghi|nói)",
    doubts.COMPARISON: rf"bình quân|trung bình|chia (?:đều|bình quân|trung bình)|tính (?:ra|theo đầu)|(?<!\d )(?:mỗi|từng) {UNIT}",
    doubts.PART: r"(?:chưa|không|chẳng) (?:kể|tính|bao gồm|gồm)|ngoại trừ|trừ (?:các|những|ra|đi)|(?:chỉ|mới) (?:tính|kể|gồm|đếm)(?! (?:6|0?6|sáu|nửa|trong kỳ))|tính riêng|xét riêng|riêng (?:lĩnh vực|nhóm|khối|loại)|"
    rf"(?:một phần|một bộ phận) {ANAPHOR}|ngành khác|lĩnh vực khác",
    doubts.PLAN: r"đích đến|là (?:đích|mục tiêu|chỉ tiêu|mốc|kế hoạch|kỳ vọng|mong muốn|ước mơ|dự kiến)",
    doubts.LATER: r"(?:dời|hoãn|lùi|chuyển|để) (?:sang|đến|tới) (?:kỳ|năm|tháng|quý|tuần|\d)|(?:ngoài|sau) (?:kỳ|thời gian) báo cáo|sau khi kỳ báo cáo",
    doubts.EARLIER: r"niên giám|(?:số|số liệu|con số|báo cáo|kiểm kê|thống kê|công bố)[^.,;\d]{0,20} (?:cũ|kỳ trước|lần trước|trước đây|năm trước)",
}
OWN = (doubts.PART, doubts.NATION, doubts.NARROWER, doubts.WIDER)  # which words an indicator may have in its name
FORMS = [(doubt, re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.IGNORECASE)) for doubt, form in SAID.items()]


def outright(text, spans):
    """Return the doubts that the words about a number say outright, each with the words that say so.

    Parameters
    ----------
    text : str
    spans : list of (int, int)

    Returns
    -------
    list of (Message, str)

    Examples
    --------
    >>> text = "Tập huấn: trung bình 75 hộ"
    >>> [(doubt.to("en"), said) for doubt, said in outright(text, [(0, len(text))])]
    [('a difference or a multiple?', 'trung bình')]
    """
    asked = any(text[first:last].rstrip().endswith("?") for first, last in spans)
    return [(doubts.RIVALLED, "")] * asked + [
        (doubt, EACH if doubt is doubts.COMPARISON else " ".join(said[0].lower().split()[-2:]) if doubt in OWN else "")
        for first, last in spans
        for doubt, form in FORMS
        if (said := form.search(text[first:last]))
    ]
