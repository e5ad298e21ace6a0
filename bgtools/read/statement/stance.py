"""Tell as what a numeral is stated: a result, a plan, a limit, a difference, or something said not to be so.

Only the words of its own clause decide. A number that is not certainly a result is never entered as one.
"""

import re

from bgtools.read.statement import doubts
from bgtools.read.statement.doubts import COMPARISON, NEGATED, PLAN, THRESHOLD

SENTENCE = 400  # characters that are looked back for what leads a list
PLANNED = r"kế hoạch|kh|chỉ tiêu|mục tiêu|dự toán|định mức|nhiệm vụ giao"
BASIS = rf"{PLANNED}|đề án|quy hoạch|nghị quyết|lộ trình|phương án|dự thảo|thiết kế|hợp đồng|đăng ký|cam kết|nhu cầu|thỏa thuận|chương trình|dự án"
SAID = r"(?:\s(?:là|có|đạt|được|tới|đến|lên|tăng|giảm|bằng|ước|thêm|khoảng))*\s?[:=(–-]?\s*$"
AIM = re.compile(
    r"(?<!\w)(?:phấn đấu|dự kiến|dự định|đặt mục tiêu|mục tiêu|chỉ tiêu (?:phấn đấu|giao|đặt|đề ra|là)|sẽ|cam kết|hướng tới|kỳ vọng|đặt ra|quyết tâm|"
    r"phải (?:đạt|hoàn thành|có)|cần (?:đạt|hoàn thành|có)|yêu cầu (?:đạt|hoàn thành)|chuẩn bị|ước cả năm|nếu|giả sử|giả định|dự báo|tầm nhìn)(?!\w)",
    re.IGNORECASE,
)
WISHED = re.compile(
    r"(?<!\w)(?P<noun>muốn|mong(?: muốn| mỏi| đợi)?|hy vọng|đang bàn(?: để| việc)?|xin chủ trương|có thể|khả năng|đề xuất|đề nghị|kiến nghị|xin|tham mưu bố trí|cần|bắt buộc|đòi hỏi|nhu cầu|đăng ký|tiến tới|hướng đến|định hướng|đề ra|"
    r"(?:được|đã|chờ) (?:phê )?duyệt|phê duyệt|(?:tỉnh|bộ|ubnd|hđnd|sở|trung ương|được|mức|cấp trên) giao|yêu cầu|lộ trình|quy hoạch|phương án|chưa kiểm chứng|chưa xác minh)"
    rf"(?:\s(?:bổ sung|bố trí|thêm|mua|cấp|hỗ trợ|phải))*{SAID}",
    re.IGNORECASE,
)
BY_PLAN = re.compile(
    rf"(?<!\w)(?:(?:theo|như)\s(?:{BASIS})|trong\s(?:{PLANNED}))(?:\s[^\W\d_]+){{0,3}}?{SAID}", re.IGNORECASE
)
OPENING = re.compile(
    rf"\W*(?:(?:theo|căn cứ|nếu)\s(?:{BASIS})[^\d,.;:]{{0,40}},|(?:{BASIS}|nhiệm vụ)(?:\s(?:giao|đề ra|đặt ra|năm|cả năm|được giao|được duyệt|\d{{4}}|"
    r"tỉnh|kỳ|tới|đến|cuối năm))+\s?:)",
    re.IGNORECASE,
)
HEADED = re.compile(
    rf"\W*(?P<noun>thực hiện\s?/\s?kế hoạch|{PLANNED}|dự kiến|dự báo|nhu cầu|(?P<mean>bình quân|trung bình))(?!\w)(?!\s(?:số|này))[^:.;]*:[^:;]*$",
    re.IGNORECASE,
)  # what a line is headed by is said of its number, however many words come between
BRACKETED = re.compile(
    rf"\((?:theo )?(?:{PLANNED}|dự kiến|dự báo|nhu cầu)(?: (?:năm|giao|kỳ))*\)\s?[:=–-]?\s*$", re.IGNORECASE
)
LIST_OF_AIMS = re.compile(
    r"\W*(?:phấn đấu|mục tiêu|chỉ tiêu phấn đấu|dự kiến|dự báo|đặt mục tiêu|kỳ vọng)(?!\w)[^.:]*:", re.IGNORECASE
)
PLAN_NOUN = re.compile(
    rf"(?<!\w)(?P<noun>{PLANNED})(?:\s(?:giao|được|tỉnh|bộ|đề|ra|đặt|năm|cả|tháng|đầu|cuối|kỳ|quý|[IV]+|là|đạt|tăng|giảm|bằng|trưởng|của|ubnd|hđnd|"
    r"sở|trung ương|cho|có|\d{1,2}|(?:19|20)\d\d))*\s?[:=(–-]?\s*$",
    re.IGNORECASE,
)
PLAN_BEHIND = re.compile(
    rf"(?:\s[^\W\d_]+){{0,6}}?\s(?:\(?\s?(?:theo|như)\s(?:{BASIS})|\(?\s?(?:của|trong|là)\s(?:{PLANNED})|\(\s?(?:{PLANNED}))(?!\w)(?!\s?(?:\d|số|này))|"
    r"(?:\s[^\W\d_]+){0,4}?\s(?:được giao|giao|đề ra)(?!\w)|"
    r"(?:\s[^\W\d_]+){0,6}?\s\((?:dự kiến|dự báo|dự tính|ước cả năm|nếu|đề xuất|đăng ký|nhu cầu)(?!\w)|"
    r"(?:\s[^\W\d_]+){1,4}?\s(?:đang|sẽ|còn|chờ|cần)\s(?:đề xuất|đề nghị|xin|trình|chờ|xem xét|phê duyệt)(?!\w)",
    re.IGNORECASE,
)
PLAN_BESIDE = re.compile(
    rf"[^\d(]*\((?:{PLANNED})(?:\s[^\W\d_]+){{0,4}}?(?:\s(?:19|20)\d\d)?(?:\s?[:=]|\s(?:là|đạt))\s?\d", re.IGNORECASE
)  # a plan with a number of its own is no word about the number before it
ASIDE = re.compile(r"\([^()]*\d[^()]*\)")
OF_PLAN = re.compile(rf"\s?%?(?:\s(?:so|với|của|mức|cả|tổng)){{0,4}}\s(?:{PLANNED}|nghị quyết)(?!\w)", re.IGNORECASE)
LIMIT = re.compile(
    r"(?<!\w)(?:quy định|tiêu chí|tiêu chuẩn|ngưỡng|mức (?:sàn|trần|phạt|chuẩn|tối đa|tối thiểu)|khung phạt|hạn mức|hạn ngạch|định mức|điều kiện|giới hạn|khống chế|công suất|sức chứa|biên chế|(?:được|cho) phép|"
    r"tối thiểu phải|phải từ|yêu cầu tối thiểu)[^.,;:()]{0,40}$|(?:^|:)\W*(?:quy định|tiêu chuẩn|định mức)\s?:[^;]*$",
    re.IGNORECASE,
)
UPWARDS = re.compile(r"(?:\s[^\W\d_]+){0,3}\strở (?:lên|xuống|đi)(?!\w)", re.IGNORECASE)
TIMES = re.compile(r"\s(?:lần)(?!\w)", re.IGNORECASE)
MULTIPLE = re.compile(
    r"(?<!\w)(?:gấp|tăng|giảm|bằng|cao|hơn|nhiều|lớn)(?:\s(?:gần|hơn|khoảng|tới|trên|lên|đôi))*\s$", re.IGNORECASE
)
RATE = re.compile(
    r"(?:\s[^\W\d_]+){0,5}?\s?(?:\smỗi\s|\smột\s|\stừng\s|\shằng\s|\shàng\s|/\s?)(?P<noun>tháng|ngày|tuần|quý|giờ)(?!\w)",
    re.IGNORECASE,
)
MORE = re.compile(r"(?<!\w)(?:ít|nhiều|cao|thấp|lớn|nhỏ|kém|thua|trội)(?:\shơn)?\s$", re.IGNORECASE)
POINTS = re.compile(r"\s?%?\s?điểm\s(?:phần trăm|%)|\s?‰", re.IGNORECASE)
MOST = re.compile(
    r"(?<!\w)(?:(?:nhiều|cao|thấp|lớn|nhỏ) nhất|dẫn đầu|đứng đầu)(?:\s(?:là|có|đạt|với))*\s$", re.IGNORECASE
)
MISSING = re.compile(
    r"(?<!\w)(?P<noun>chưa(?:\s[^\W\d_]+){0,3}?|không (?:có|còn|đạt|đủ|được|phải|thực hiện|hoàn thành|kết nối|đáp ứng|triển khai|"
    r"bao gồm|tính|kể|thể)(?:\s[^\W\d_]+){0,2}?|còn thiếu|vẫn thiếu|thiếu|hụt|trả lại|hủy(?: bỏ)?|huỷ(?: bỏ)?|từ chối|thu hồi|bãi bỏ|loại bỏ|tạm dừng|tồn đọng|"
    rf"quá hạn|trễ hạn|chậm(?: muộn| trễ)?|còn lại|bị loại){SAID}",
    re.IGNORECASE,
)
NOT_YET = re.compile(
    r"(?:\s[^\W\d_]+){1,6}?\s\(?(?:chưa|còn thiếu|không đạt|không thực hiện|bị dừng|đã dừng)(?!\w)", re.IGNORECASE
)
ADDED = re.compile(
    r"(?<!\w)(?:thêm|bổ sung|(?:lắp|xây|phát triển|mở|thành lập|lắp đặt|xây dựng|đầu tư|cấp) mới|mới|tăng|giảm|cắt giảm|thu hồi|tắt|dừng|"
    r"xóa|xoá|hụt|vượt|bớt|dư|tăng ròng|thay thế|sửa|nâng cấp|sửa chữa|khôi phục|di dời|chấp thuận)(?:\s(?:được|thêm|đặt|là|đi|ròng))*\s?$",
    re.IGNORECASE,
)
MOVED = re.compile(
    r"(?<!\w)(?:(?P<noun>thêm|bổ sung|bớt|hụt|dư|dôi(?: dư| ra)?|lệch|chênh(?: lệch)?|cách biệt|khác biệt|sụt|tụt|nhích|đội|vơi|thâm hụt|kém|thay thế|thay mới|sửa(?: chữa)?|khắc phục|nâng cấp|cắt giảm|khôi phục|di dời)|"
    r"(?:tăng|giảm|cộng|bù|cắt|leo|nhích|hụt)(?: (?:ròng|thêm|bớt|mất|đi|tới|đến|mạnh))+|"
    r"(?:tăng|giảm|hơn|kém|vượt|thua|trội|nhiều hơn|ít hơn|cao hơn|thấp hơn)(?: hơn)?(?: so)?(?: với)?(?: mức| con số| số)? "
    r"(?:(?:(?:của )?(?:cùng kỳ|kỳ|năm|tháng|quý|lần|nửa năm)(?: (?:trước|ngoái|liền trước|(?:19|20)\d\d|đó))*)|kế hoạch|chỉ tiêu|nghị quyết|dự toán|mục tiêu)(?: (?:giao|năm|đề ra|được))*)"
    r"(?:\s(?:được|thêm|là|đi|có|tới|khoảng|gần|hơn))*\s?[:=]?\s?$",
    re.IGNORECASE,
)  # what is counted then is the change alone, of whatever
PART = re.compile(
    r"(?<!\w)(?:trong (?:số )?đó|trong số này|trong số các|bao gồm|riêng|đặc biệt|nổi bật|kể cả)(?:\s[^\W\d_]+){0,3}\s?$",
    re.IGNORECASE,
)
SAMPLE = re.compile(
    r"(?<!\w)(?:khảo sát|điều tra|được phỏng vấn|phỏng vấn (?:\d|ngẫu|nhanh)|thăm dò|trưng cầu|lấy ý kiến|phát phiếu|phiếu (?:hỏi|khảo|thu|điều|đánh)|(?:thu|\d) phiếu|bảng hỏi|hỏi (?:nhanh|\d|ý)|được hỏi|"
    r"ngẫu nhiên|xác suất|bốc thăm|chọn mẫu|lấy mẫu|rà mẫu|trên mẫu|mẫu (?:\d|gồm|là)|bình chọn|trả lời|panel|cảm nhận|thực địa|tự đo|đo thử|thử nghiệm|"
    r"kiểm thử|đánh giá thử|trò chuyện|gõ cửa|nghiên cứu (?:của|do|trường|học|viện))(?!\w)",
    re.IGNORECASE,
)  # whose number is one of those who were asked
KINDS = re.compile(
    r",(?=\s(?:xã|phường|thị trấn|tổ dân phố|bản|thị xã|thành phố|cá nhân|hợp tác xã|hộ|ngành)(?!\w)(?!\s[A-ZĐ]))"
)
SHARED_OUT = re.compile(
    r"(?:\s[^\W\d_]+){0,12}?\s\(?(?:một phần (?:của|trong|số)|thuộc (?:loại|diện|nhóm|dạng)|trên toàn bộ|trong tổng(?: số)?(?! \d)|(?:phần|số) còn lại|còn lại)(?!\w)(?![^.;,]{0,40}\d)",
    re.IGNORECASE,
)
EACH = "mỗi"  # in the name of an indicator that is itself a mean
ANAPHOR = r"(?:này|đó|ấy|trên|kia)"
UNIT = r"(?:huyện|xã|phường|thôn|tổ|đơn vị|doanh nghiệp|hộ|người|lớp|hội nghị|cuộc|đối tượng|trạm|điểm|vụ|lượt|cơ quan|sở|ngành|máy|năm|kỳ|buổi)"
SAID_OUTRIGHT = {
    doubts.WIDER: r"(?:trong|suốt|cả|hết|khép lại|tổng kết(?: công tác)?|kết thúc) năm(?! (?:học|nay|tháng|ngày|huyện|xã|đơn vị|cuộc|lớp|hội|vụ|tới|sau))(?! \d)|cả năm|trọn năm|tròn (?:một )?năm|trọn vẹn năm|bốn quý|cả hai (?:kỳ|đợt|học kỳ|nửa)|"
    r"hai mùa|mùa (?:thi|hè)[^.;]{0,20} và|nửa nhiệm kỳ|niên độ|năm vừa qua|(?:kể|tính|gồm|gộp|cộng) cả (?:phần|số|6 tháng|nửa|kết quả)|01/01\s?[-–]\s?31/12|sau hơn \d+ tháng|"
    r"(?:cộng|gộp|tính|dồn|cộng chung|gộp chung|cộng dồn|tổng)(?: cả| chung| dồn)* (?:hai|ba|bốn|các|nhiều|mấy|[2-9]) (?:kỳ|nửa|đợt|quý|giai đoạn|năm|mùa|khóa)|"
    r"(?:hai|ba|bốn|các|nhiều|mấy|[2-9]) (?:kỳ|nửa năm|năm|quý|giai đoạn)[^.,;]{0,20} (?:cộng lại|gộp lại|dồn lại|liên tiếp|liên tục)",
    doubts.NARROWER: r"(?:Q|quý )(?:[1-4]|I{1,3}|IV|cuối|đầu)(?!\w)(?! năm)|(?:chiến dịch|đợt)[^.,;]{0,20} \d+ ngày|tuần lễ|tuần cao điểm|(?:trong|riêng) (?:một|1) (?:ngày|tuần|tháng)|tháng thanh niên|nửa (?:sau|đầu|cuối) (?:của )?kỳ|"
    r"(?:trong|riêng|chỉ|tính|dịp|vào|suốt)(?: riêng| tính| trong| vào)* (?:dịp|đợt|buổi|phiên|đêm|ngày hội|lễ|kỳ nghỉ|chiến dịch|tuần)(?! (?:họp|thanh|kiểm|giao|chuyên|tiếp))",
    doubts.NATION: r"tại việt nam|của việt nam|^\W*việt nam (?:có|đạt)|toàn quốc|(?:của|trên) (?:cả nước|đất nước)|đất nước\b|^\W*(?:theo )?(?:thủ tướng|chính phủ|(?-i:Bộ [A-ZĐ])|thanh tra bộ|cục (?:an toàn|thương mại|chuyển đổi|viễn thông|tần số)|tổng cục|trung ương (?:thống kê|có|ghi))|"
    r"^\W*(?:bình quân )?các (?:bộ|tỉnh)|mọi địa phương|quốc gia (?:ghi nhận|nhận|tiếp nhận|có|xử lý)|(?:chung|tất cả|mọi|toàn bộ) (?:các )?(?:bộ,? ngành|tỉnh, thành|địa phương)",
    doubts.NEGATED: r"là (?:nhầm|sai|không đúng|chưa đúng|không chính xác|chưa chính xác)|bị bác|bác (?:bỏ|tin)|không (?:đúng|còn giá trị)|số này sai|sai sót|(?:được )?sửa từ|bị nhầm|nhầm (?:dấu|lẫn)|thay bằng|đính chính|chứ không phải|bác(?=,|$)|(?<!chênh )lệch (?:chứng từ|số)|đều (?:không có|chưa)|"
    r"không (?:có việc|có chuyện|phải (?:là|của|trên|tại|ở|trong|do|chuyện)|thuộc|nằm trong|tính vào)|bệnh thành tích|tin đồn|thổi phồng",
    doubts.RIVALLED: r"chưa (?:rõ|thống nhất|xác (?:nhận|minh|thực)|kiểm chứng|khớp|chắc|chính thức|đối chiếu|đối soát|ngã ngũ)|chưa [^.,;\d]{1,20} xác nhận|nghe (?:đâu|nói|đồn)|đồn (?:rằng|là|đoán)|không (?:khớp|thống nhất)|"
    r"(?:chờ|đang) (?:đối (?:soát|chiếu)|xác minh|kiểm tra lại|rà soát lại)|mâu thuẫn|vênh|ai nhầm|bên nào đúng|số nào đúng|số chính thức|có (?:nơi|chỗ|tài liệu) (?:ghi|nói)",
    doubts.COMPARISON: rf"bình quân|trung bình|chia (?:đều|bình quân|trung bình)|tính (?:ra|theo đầu)|cứ (?:mỗi|một)|(?<!\d )(?:mỗi|từng) {UNIT}",
    doubts.PART: r"(?:chưa|không|chẳng) (?:kể|tính|bao gồm|gồm)|ngoại trừ|trừ (?:các|những|ra|đi)|(?:chỉ|mới) (?:tính|kể|gồm|đếm)(?! (?:6|0?6|sáu|nửa|trong kỳ))|tính riêng|xét riêng|riêng (?:lĩnh vực|nhóm|khối|loại)|"
    rf"(?:một phần|một bộ phận) {ANAPHOR}|ngành khác|lĩnh vực khác",
    doubts.PLAN: r"đích đến|là (?:đích|mục tiêu|chỉ tiêu|mốc|kế hoạch|kỳ vọng|mong muốn|ước mơ|dự kiến)",
    doubts.LATER: r"(?:dời|hoãn|lùi|chuyển|để) (?:sang|đến|tới) (?:kỳ|năm|tháng|quý|tuần|\d)|(?:ngoài|sau) (?:kỳ|thời gian) báo cáo|sau khi kỳ báo cáo",
    doubts.EARLIER: r"niên giám|(?:số|số liệu|con số|báo cáo|kiểm kê|thống kê|công bố)[^.,;\d]{0,20} (?:cũ|kỳ trước|lần trước|trước đây|năm trước)",
}
OWN = (doubts.PART, doubts.NATION, doubts.NARROWER, doubts.WIDER)  # which words an indicator may have in its name
OUTRIGHT = [(doubt, re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.IGNORECASE)) for doubt, form in SAID_OUTRIGHT.items()]
LEADS = re.compile(
    r"(?<!theo )(?<!\w)(?:đề nghị|kiến nghị|mong|xin|nhu cầu|nguyện vọng|định hướng|kịch bản|phương án (?:\d|[A-C]|I|một|hai)|giả (?:định|sử|thiết)|đích đến|mốc cần|mức cần|dự toán|đặt hàng|để có|danh sách chờ|^\W*giao (?!dịch|thông|ban|lưu)|"
    r"(?:tỉnh|sở|ubnd|bộ|được|chủ tịch(?: ubnd tỉnh)?|đầu tư) giao|chỉ tiêu|^\W*(?:[^:]{0,60}:\s)?kế hoạch)(?!\w)(?!.*(?<!\w)(?:đã|thực hiện|đạt được|ban hành)(?!\w))",
    re.IGNORECASE,
)


def stance(text, start, end, stem, percent):
    """Return the doubts about as what a numeral is stated, each with the word that an indicator may itself be about.

    Parameters
    ----------
    text : str
    start, end : int
        Where the numeral stands.
    stem : str
        What stands before it and the words of exactness.
    percent : bool

    Returns
    -------
    list of (Message, str)

    Examples
    --------
    >>> text = "theo kế hoạch là 340 điểm"
    >>> [(doubt.to("en"), noun) for doubt, noun in stance(text, 17, 20, text[:17], False)]
    [('a plan or a target?', '')]
    >>> text = "quyết định 12, kế hoạch 08"
    >>> [(doubt.to("en"), noun) for doubt, noun in stance(text, 24, 26, text[:24], False)]
    [('a plan or a target?', 'kế hoạch')]
    """
    behind = re.split(r"[.;,)]", KINDS.sub("", text[end : end + 80]))[0]
    stem = stem[-140:]
    clause = re.split(r"[.;](?=\s)", stem)[-1]
    sentence = re.split(r"[.](?=\s)", text[max(0, start - SENTENCE) : start])[-1]
    found = []
    noun = PLAN_NOUN.search(stem)
    if noun:
        bare = noun[0].lower().strip(" :=–-") == noun["noun"].lower()
        bare = bare and not re.search(r"(?:theo|so với|với|là|\()\s?$", stem[: noun.start()], re.IGNORECASE)
        found.append((PLAN, noun["noun"].lower() if bare else ""))
    wished = WISHED.search(stem)
    if wished:
        found.append((PLAN, " ".join(wished["noun"].lower().split()[-2:])))
    if (
        AIM.search(ASIDE.sub("", clause)[-90:])
        or BY_PLAN.search(stem)
        or PLAN_BEHIND.match(behind)
        and not PLAN_BESIDE.match(behind)
        or OPENING.match(re.split(r":(?=\s)", clause)[-1])
        or OPENING.match(clause)
        or LIST_OF_AIMS.match(sentence)
        or BRACKETED.search(stem)
    ):
        found.append((PLAN, ""))
    elif percent and OF_PLAN.match(behind):
        found.append((PLAN, ""))
    if headed := HEADED.match(re.split(r"[;](?=\s)", sentence)[-1]):
        found.append((COMPARISON, "") if headed["mean"] else (PLAN, headed["noun"].lower()))
    if LIMIT.search(clause) or UPWARDS.match(behind):
        found.append((THRESHOLD, ""))
    if POINTS.match(behind) or MORE.search(stem) or (TIMES.match(behind) and MULTIPLE.search(stem)):
        found.append((COMPARISON, ""))
    if rate := RATE.match(behind):
        found.append((COMPARISON, rate["noun"].lower()))
    if moved := MOVED.search(stem):
        found.append((COMPARISON, (moved["noun"] or "").lower()))
    sampled = SAMPLE.search(re.split(r";(?=\s)", sentence)[-1])
    if MOST.search(stem) or SHARED_OUT.match(behind):
        found.append((doubts.PART, ""))
    if wants := LEADS.search(re.split(r"[,;](?=\s)", sentence)[-1]):
        found.append((PLAN, " ".join(wants[0].lower().split()[-2:])))
    if sampled:
        found.append((doubts.PART, sampled[0].lower()))
    missing = MISSING.search(stem)
    if missing or NOT_YET.match(behind):
        found.append((NEGATED, missing["noun"].lower() if missing else ""))
    return list(dict.fromkeys(found))


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
    [('a difference or a multiple?', 'mỗi')]
    """
    asked = any(text[first:last].rstrip().endswith("?") for first, last in spans)
    return [(doubts.RIVALLED, "")] * asked + [
        (doubt, EACH if doubt is doubts.COMPARISON else " ".join(said[0].lower().split()[-2:]) if doubt in OWN else "")
        for first, last in spans
        for doubt, form in OUTRIGHT
        if (said := form.search(text[first:last]))
    ]


def part(stem):
    """Tell whether a number is said to be a part of one before it.

    Examples
    --------
    >>> part("có 340 điểm, trong đó "), part("có 340 điểm; xử lý ")
    (True, False)
    """
    return bool(PART.search(stem[-60:]))


def added(stem):
    """Tell whether a number is what came to a stock or went from it, not the stock.

    Examples
    --------
    >>> added("Trong kỳ đã lắp mới "), added("Toàn tỉnh có ")
    (True, False)
    """
    return bool(ADDED.search(stem[-40:]))
