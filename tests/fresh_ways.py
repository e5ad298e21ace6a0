"""Ways of disturbing a number in words that the reader's rules were not written from, for a first look.

The shapes are those of `disturbances`; the words are others, as other offices and other years write them.
"""

import re

from disturbances import OTHER_PLACES, _before, _behind

PLACES = OTHER_PLACES


def _opening(*phrases):
    """Put a phrase at the beginning of the number's sentence."""

    def way(one, chance):
        first = max(one.text.rfind(mark, 0, one.start) for mark in (". ", "; ", ": "))
        begin = first + 2 if first >= 0 else 0
        head = one.text[begin : one.start]
        lead = re.match(r"\W*(?:[a-zđ]\)|\d+[.)])?\s*", head)[0]
        begin += len(lead)
        rest = one.text[begin:]
        if one.result and rest and not re.search(r"\d", head[len(lead) :]) and not re.search(r"năm|tháng|kỳ|nay|quý", head):
            from disturbances import _years

            phrase = chance.choice(phrases).format(**_years(one.period, chance))
            yield one.text[:begin] + phrase + " " + rest[:1].lower() + rest[1:], []

    return way


def _swap(*makers):
    def way(one, chance):
        if one.printed[-1].isdigit() and len(one.printed) > 1 and one.row["value"] is not None:
            for maker in makers:
                text = maker(one.printed)
                if text and text != one.printed:
                    yield one.put(text), [one.stated]

    return way


def _lost(one, chance):
    if one.grouped:
        yield one.put(one.printed[:-1]), []
        yield one.put(one.printed + chance.choice("0123456789")), []
        yield one.put(one.printed.replace(".", "..", 1)), [one.stated]
        yield one.put(one.printed.replace(".", ".,", 1)), [one.stated]


def _around(*forms):
    def way(one, chance):
        if one.printed[-1].isdigit() and one.row["value"] is not None and one.text[max(0, one.start - 1)] == " ":
            for form in forms:
                yield one.put(form.format(one.printed)), [one.stated]

    return way


def _beside(*forms):
    def way(one, chance):
        if one.result and (one.plain or one.grouped):
            from disturbances import _years

            from bgdata.notation import format_number

            other = format_number(int(one.printed.replace(".", "")) + chance.randint(3, 9))
            for form in forms:
                text = form.format(now=one.printed, other=other, **_years(one.period, chance))
                yield one.put(text), [one.stated, (one.row["value"], "=")]

    return way


def _moved(*forms):
    """The number only says by how much another one changed, or is a multiple."""

    def way(one, chance):
        if one.result and (one.plain or one.grouped) and one.slot.row["measure"] not in ("change", "growth"):
            yield one.put(chance.choice(forms).format(one.printed)), []

    return way


WIDE = {"O": lambda s: s.replace("0", "O"), "l": lambda s: s.replace("1", "l"), "o": lambda s: s.replace("0", "o", 1)}

FRESH = {
    "fresh wider": _before(
        "tính chung cả năm", "trong 5 năm trở lại đây", "giai đoạn 2021 - 2024", "trong cả nhiệm kỳ", "trong hai năm {before} và {year}",
        "từ năm 2021 đến nay", "từ ngày 01/01/2022 đến nay", "sau 3 năm triển khai", "trong vòng hai năm", "tổng cộng năm {year}",
        "năm {year} ước cả năm", "qua các năm", "trong toàn giai đoạn", "năm học {before}-{year}", "trong 18 tháng qua", "suốt nhiệm kỳ 2020-2025",
        "từ đầu nhiệm kỳ", "từ đầu nhiệm kỳ đến nay", "tích lũy qua các năm", "sau 5 năm thực hiện",
    ),
    "fresh narrower": _before(
        "trong tháng cao điểm", "tuần đầu tháng {month}", "trong tuần lễ chuyển đổi số", "trong đợt 1", "trong ngày khai mạc", "2 tháng gần đây",
        "từ ngày 01/{month} đến ngày 15/{month}", "từ 01/{month}/{year} đến 20/{month}/{year}", "trong nửa tháng", "tháng {month} vừa qua", "đợt cao điểm tháng {month}", "3 tháng gần đây",
        "trong 10 ngày", "trong tuần qua", "nửa đầu quý {quarter}", "hai tháng {month} và tháng sau", "riêng trong dịp Tết", "trong một tháng", "trong 2 tuần",
    ),
    "fresh earlier": _before(
        "trước khi sáp nhập", "kỳ trước", "6 tháng trước", "tại thời điểm 31/12/{before}", "cuối năm ngoái", "hồi năm {before}", "tại thời điểm cuối năm {before}",
        "trước đây", "trước đó", "năm liền trước", "đầu kỳ", "của kỳ liền kề trước", "số cùng kỳ", "số liệu năm {before}", "mức của năm ngoái", "trước năm {year}",
        "tại kỳ báo cáo trước", "con số năm trước", "thống kê năm {before}", "theo số liệu năm {before}", "vào năm {before}", "cách đây một năm", "cách đây 2 năm",
    ),
    "fresh later": _before(
        "đến hết năm {next}", "trong năm {next}", "từ 01/01/{next}", "trong quý I/{next}", "trong thời gian tới", "sang năm", "đến năm 2030", "trong các năm tiếp theo", "những năm tới",
        "định hướng đến năm 2030", "tầm nhìn 2045", "từ năm {next}", "giai đoạn tới", "sắp tới", "thời gian tới", "năm sau",
    ),
    "fresh plan": _before(
        "theo đề án", "theo đề án là", "được phê duyệt", "đăng ký", "định hướng đạt", "dự báo đạt", "dự kiến cả năm", "theo nghị quyết là", "so với chỉ tiêu", "chỉ tiêu đề ra",
        "nghị quyết đề ra", "cần", "yêu cầu", "nhu cầu là", "theo lộ trình", "lộ trình đề ra", "theo phương án", "đề ra", "được tỉnh giao", "UBND tỉnh giao", "HĐND tỉnh giao", "dự kiến có", "dự kiến sẽ có",
        "tiến tới", "hướng đến", "có thể đạt", "quy hoạch", "theo quy hoạch", "chỉ tiêu kế hoạch năm là", "kế hoạch đề ra là", "mức giao", "theo hợp đồng", "theo thiết kế", "mục tiêu đến cuối năm",
    ),
    "fresh supposed": _before(
        "nếu đạt", "giả sử có", "đề xuất", "đề nghị bổ sung", "kiến nghị bố trí", "theo thông tin chưa kiểm chứng", "có khả năng đạt", "có thể có", "xin bổ sung", "tham mưu bố trí", "đang đề nghị",
    ),
    "fresh threshold": _before(
        "quy định tối đa", "mức chuẩn là", "ngưỡng", "theo tiêu chí phải đạt", "tiêu chuẩn là", "định mức", "định mức là", "mức tối thiểu", "mức trần", "mức trần là", "hạn mức", "bắt buộc phải có", "yêu cầu tối thiểu", "điều kiện là có",
    ),
    "fresh nation": _before(
        "các tỉnh phía Bắc có", "khu vực Đông Bắc có", "cả vùng có", "trên thế giới có", "Việt Nam có", "toàn ngành có", "toàn ngành", "63 tỉnh, thành phố có", "cả nước ước", "trên toàn quốc", "ở Việt Nam", "trong phạm vi cả nước",
        "vùng Đồng bằng sông Hồng có", "các nước ASEAN có", "toàn vùng", "các tỉnh, thành phố có", "bình quân chung cả nước", "trung bình cả nước", "các tỉnh trong vùng có", "Trung ương", "bình quân toàn vùng", "các địa phương khác có",
    ),
    "fresh other province": _before(
        "Bắc Ninh có", "Thái Nguyên đạt", "tại Hà Nội", "thành phố Hà Nội có", "TP. Hồ Chí Minh có", "tỉnh bạn có", "tỉnh Lạng Sơn", "riêng Hải Dương", "của tỉnh Quảng Ninh", "tỉnh Hải Dương đạt", "tại Lạng Sơn", "ở Hải Phòng", "Đà Nẵng đạt", "tỉnh Bắc Ninh cũ",
    ),
    "fresh district": _before(
        "Lục Ngạn có", "tại Tân Yên", "riêng Hiệp Hòa", "thị xã Việt Yên có", "TP Bắc Giang có", "tại thành phố Bắc Giang", "riêng thành phố Bắc Giang", "xã Tân Mỹ có", "huyện vùng cao Sơn Động có", "tại thị trấn Chũ", "một huyện có", "ở xã Hương Lâm",
        "phường Ngô Quyền đạt", "thôn Nguộn có", "tại các huyện miền núi", "một số huyện có", "địa bàn Lạng Giang có", "ba huyện miền núi có", "huyện có nhiều nhất là", "đơn vị dẫn đầu đạt", "có huyện đạt", "mỗi huyện", "bình quân mỗi xã", "bình quân mỗi huyện có", "trung bình mỗi đơn vị", "khu vực nông thôn có", "khu vực thành thị",
    ),
    "fresh company": _before(
        "riêng Viettel có", "VNPT Bắc Giang có", "Bưu điện tỉnh có", "của Viettel Bắc Giang", "Chi nhánh Viettel", "Trường Đại học Nông Lâm có", "Trung tâm Viễn thông 1 có", "Vietnam Post có", "Tập đoàn Foxconn có", "Công ty cổ phần ABC đạt", "Mobifone có", "Vietnamobile",
        "Trường THPT Ngô Sĩ Liên có", "Bệnh viện Đa khoa tỉnh có", "Công an tỉnh có", "Sở Y tế có", "Đài Phát thanh và Truyền hình tỉnh có", "Báo Bắc Giang có", "FPT Telecom", "một doanh nghiệp có", "doanh nghiệp lớn nhất có", "Hội Nông dân tỉnh có",
    ),
    "fresh negated": _before(
        "chưa triển khai", "không có", "không còn", "chưa được", "không phải", "chưa cấp cho", "vẫn thiếu", "hụt", "mới chỉ cần", "từ chối", "hủy bỏ", "loại bỏ", "tạm dừng", "chưa hoàn thành", "chưa lắp đặt", "bãi bỏ", "đã thu hồi", "trả lại", "không đủ", "chưa kết nối", "chưa phủ sóng", "không đạt yêu cầu", "chậm", "tồn đọng", "còn lại", "còn",
    ),
    "fresh moved": _moved(
        "thêm {}", "tăng thêm {}", "nhiều hơn kỳ trước {}", "ít hơn {}", "chênh lệch {}", "hơn năm trước {}", "giảm đi {}", "bớt {}", "tăng gấp {} lần", "gấp {} lần", "kém {}", "vượt {}", "dư {}", "hụt {}", "lệch {}", "cộng thêm {}", "bổ sung {}", "tăng so với cùng kỳ {}",
        "tăng ròng {}", "thay thế {}", "sửa {}", "tăng tới {}", "vượt kế hoạch {}", "vượt chỉ tiêu {}",
    ),
    "fresh opening: time": _opening(
        "Trong tháng {month},", "Quý {quarter},", "Tính chung cả năm {year},", "Từ năm 2021 đến nay,", "Cùng kỳ năm trước,", "Năm {before},", "Giai đoạn 2021-2025,", "Đến hết năm {next},", "Trong 3 năm qua,", "Trước đây,", "Năm {next},", "Trong tuần,", "Trong 12 tháng qua,", "Theo số liệu năm {before},",
    ),
    "fresh opening: place": _opening(
        "Trên cả nước,", "Trên toàn quốc,", "Tại tỉnh Bắc Ninh,", "Tại huyện {place},", "Ở {place},", "Riêng huyện {place},", "Trong toàn ngành,", "Tại Hà Nội,", "Đối với Viettel,", "Riêng VNPT Bắc Giang,", "Ở các tỉnh khác,", "Trên địa bàn huyện {place},", "Theo báo cáo của huyện {place},", "Huyện {place}:", "Tại khu vực phía Bắc,", "Thành phố Bắc Giang:",
    ),
    "fresh opening: plan": _opening(
        "Kế hoạch năm {year}:", "Chỉ tiêu giao:", "Theo kế hoạch,", "Mục tiêu đề ra:", "Dự kiến", "Nếu đạt kế hoạch,", "Theo Nghị quyết của HĐND tỉnh,", "Phấn đấu đến cuối năm", "Theo đề án được duyệt,", "Trong thời gian tới,", "Dự báo", "Nhiệm vụ đặt ra:", "Quy định:", "Theo lộ trình,",
    ),
    "fresh behind: time": _behind(
        "vào tháng {month}", "trong quý {quarter}/{year}", "(cả năm)", "(năm {year})", "(lũy kế)", "(từ 2021 đến nay)", "so với năm {before}", "trong 3 năm", "cả năm {year}", "của năm {before}", "vào năm {before}", "ở thời điểm năm {before}", "hồi tháng {month}", "trong tuần qua", "mỗi tháng", "mỗi ngày", "một tháng", "/tháng", "trong cả năm",
    ),
    "fresh behind: whose": _behind(
        "trên cả nước", "trong toàn quốc", "(cả nước)", "(toàn ngành)", "(huyện {place})", "tại {place}", "của {place}", "ở thành phố Bắc Giang", "của tỉnh Bắc Ninh", "ở Hà Nội", "của Viettel", "(Viettel)", "do VNPT Bắc Giang quản lý", "mỗi huyện", "tại xã Tân Mỹ", "ở một số huyện", "trên thế giới", "của cả vùng",
    ),
    "fresh behind: plan": _behind(
        "theo đề án", "(kế hoạch)", "(dự kiến)", "(KH)", "(chỉ tiêu)", "(mục tiêu)", "trong kế hoạch", "theo chỉ tiêu giao", "như kế hoạch đề ra", "theo quy hoạch", "theo nghị quyết", "theo quy định", "(kế hoạch năm)", "vào cuối năm {next}", "trong giai đoạn tới", "theo lộ trình", "(chưa đạt)", "(dự báo)", "(nếu được duyệt)", "chưa hoàn thành", "đang đề xuất", "(ước cả năm)",
    ),
    "fresh letters for digits": _swap(lambda s: s.replace("0", "O") if "0" in s else "", lambda s: s.replace("1", "l") if "1" in s[1:] else "", lambda s: s.replace("0", "o", 1) if "0" in s else "", lambda s: s.replace("1", "I", 1) if "1" in s else "", lambda s: s.replace("5", "S", 1) if "5" in s else ""),
    "fresh invisible": _swap(lambda s: s[0] + "\u200b" + s[1:], lambda s: s[0] + "\u00ad" + s[1:], lambda s: s[0] + "\u2009" + s[1:], lambda s: s[0] + "\u202f" + s[1:], lambda s: s[0] + "\u00a0" + s[1:], lambda s: s.replace(".", "\u2009"), lambda s: s.replace(".", "\u00a0"), lambda s: s.replace(".", "\u202f"), lambda s: s[0] + "\u2060" + s[1:], lambda s: s[0] + "\ufeff" + s[1:], lambda s: s[0] + "\t" + s[1:], lambda s: s[0] + "_" + s[1:], lambda s: s[0] + "\u2024" + s[1:], lambda s: s.replace(".", "\u2024"), lambda s: s.replace(".", "\uff0e"), lambda s: s.replace(".", "\u066c"), lambda s: s.replace(".", ":"), lambda s: s.replace(".", ";"), lambda s: s.replace(".", "-"), lambda s: s.replace(".", "/"), lambda s: s.replace(".", "|"), lambda s: s.replace(".", "*")),
    "fresh other digits": _swap(lambda s: "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in s), lambda s: "".join(chr(ord(c) - 48 + 0x660) if c.isdigit() else c for c in s), lambda s: s[:-1] + "²", lambda s: s[:-1] + "₂", lambda s: s[:-1] + "③", lambda s: s[:-1] + "½"),
    "fresh lost or doubled": _lost,
    "fresh marks": _around("{}(1)", "{}[1]", "{}*", "{}**", "{}+", "{}?", "{}/", "({})", "…{}", "x{}", "{} x 2", "{}+5", "{} + 5", "{}±3", "{}=", "{}^2", "{}…", "#{}", "№{}", "{}đ", "{} 1", "{} (1)", "{}.5", "{},5", "{}'", "{}ʹ", "{}%", "{}‰", "{}e3", "{}x", "{}–", "{}.", "{} lần", "{}[sửa]", "{{{}}}", "[{}]", "~~{}~~"),
    "fresh beside": _beside("{now} (kỳ trước {other})", "{now} (năm trước là {other})", "{now} (KH: {other})", "{now} (chỉ tiêu giao {other})", "{now}, trong khi cùng kỳ là {other}", "{other} (kế hoạch), thực tế {now}", "{now}/kế hoạch {other}", "{now} (mục tiêu: {other})", "từ {other} lên {now}", "{other}, đính chính: {now}", "{other} (sửa thành {now})", "{now} (trước đây {other})", "{now} thay vì {other}", "{now} so với {other} của cùng kỳ", "{now} [{other}]", "{now} (số cũ {other})", "{now} hoặc {other}", "{now} hay {other}", "{now} (tăng so với {other})", "{now} (cả nước {other})", "{now} (huyện Tân Yên {other})"),
}
