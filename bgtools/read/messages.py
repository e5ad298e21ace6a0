"""Every sentence that the intake of a report says, Vietnamese and English side by side."""

from bgdata.errors import BgdataError

SENTENCES = {
    # documents that cannot be read
    "absent": ("Không có tệp {path}.", "There is no file {path}."),
    "unreadable": ("Không đọc được {path}: {why}.", "{path} cannot be read: {why}."),
    "too_large": (
        "{path} có {size} MB, lớn hơn giới hạn {limit} MB của một báo cáo; hãy xuất riêng phần lời văn.",
        "{path} has {size} MB, more than the {limit} MB that a report may have; export its text alone.",
    ),
    "bomb": (
        "{path} bung ra quá lớn ({size} MB) so với một báo cáo; tệp có thể bị hỏng hoặc có hại nên không được mở.",
        "{path} unpacks to far more than a report ({size} MB); it may be damaged or harmful and was not opened.",
    ),
    "kind": (
        "{path} không phải là báo cáo dạng .docx, .odt, .pdf, .txt hay .md.",
        "{path} is not a report in .docx, .odt, .pdf, .txt or .md.",
    ),
    "old_word": (
        "{path} là tệp Word kiểu cũ (.doc); hãy mở bằng Word hoặc LibreOffice và lưu lại thành .docx.",
        "{path} is an old Word file (.doc); open it in Word or LibreOffice and save it as .docx.",
    ),
    "rich_text": (
        "{path} là tệp RTF; hãy mở bằng Word hoặc LibreOffice và lưu lại thành .docx.",
        "{path} is an RTF file; open it in Word or LibreOffice and save it as .docx.",
    ),
    "web_page": (
        "{path} là trang web (HTML); hãy mở bằng Word hoặc LibreOffice và lưu lại thành .docx.",
        "{path} is a web page (HTML); open it in Word or LibreOffice and save it as .docx.",
    ),
    "spreadsheet": (
        "{path} là tệp bảng tính hoặc trình chiếu, không phải lời văn của báo cáo; hãy đưa tệp Word của báo cáo.",
        "{path} is a spreadsheet or presentation, not a report's text; give the Word file of the report.",
    ),
    "nested": (
        "{path} lồng bảng và khung sâu hơn mọi báo cáo; tệp có thể bị hỏng hoặc có hại nên không được đọc.",
        "{path} nests tables and frames deeper than any report; it may be damaged or harmful and was not read.",
    ),
    "pages": (
        "{path} có {pages} trang, nhiều hơn giới hạn {limit} trang của một báo cáo; hãy xuất riêng phần lời văn.",
        "{path} has {pages} pages, more than the {limit} that a report may have; export its text alone.",
    ),
    "encrypted": (
        "{path} được đặt mật khẩu; hãy bỏ mật khẩu rồi chạy lại.",
        "{path} is protected by a password; remove it, then run again.",
    ),
    "broken": (
        "{path} bị hỏng hoặc không đúng định dạng {form}: {why}.",
        "{path} is damaged or no {form} file: {why}.",
    ),
    "entities": (
        "{path} khai báo thực thể XML ngoài, điều mà tệp Word không cần; tệp không được mở.",
        "{path} declares XML entities, which no Word file needs; it was not opened.",
    ),
    "scanned": (
        "{path} không có lớp văn bản ở trang {pages} (bản quét); hãy dùng bản Word, hoặc nhận dạng chữ trước rồi chạy lại.",
        "{path} has no text layer on page {pages} (it is a scan); use the Word file, or recognise its text first, then run again.",
    ),
    "heavy": (
        "{path} làm trình đọc PDF dừng đột ngột hoặc cần quá nhiều bộ nhớ; tệp có thể bị hỏng, hãy dùng bản Word.",
        "{path} stops the PDF reader or needs too much memory; it may be damaged, use the Word file.",
    ),
    "empty": ("{path} không có chữ nào.", "{path} holds no text."),
    "long": (
        "{path} dài hơn {limit} ký tự, dài hơn mọi báo cáo; hãy xuất riêng phần lời văn.",
        "{path} is longer than {limit} characters, longer than any report; export its text alone.",
    ),
    "language": (
        "{path} không viết bằng tiếng Việt; bgdata chỉ đọc báo cáo tiếng Việt.",
        "{path} is not in Vietnamese; bgdata reads Vietnamese reports only.",
    ),
    # notices
    "encoding": (
        "{path} không phải UTF-8; đã đọc theo bảng mã {encoding}.",
        "{path} is not UTF-8; it was read as {encoding}.",
    ),
    "fonts": (
        "{path} dùng phông chữ bảng mã cũ ({fonts}); chữ đã được đổi sang Unicode.",
        "{path} uses fonts of an old encoding ({fonts}); its letters were turned into Unicode.",
    ),
    "scanned_pages": (
        "{path}: trang {pages} là bản quét, không đọc được chữ; số liệu ở đó chưa được nhập.",
        "{path}: page {pages} is a scan and cannot be read; its numbers were not entered.",
    ),
    "struck": (
        "{path} có {count} chỗ bị gạch ngang, đã bỏ qua; đây có phải bản dự thảo còn dấu sửa?",
        "{path} has {count} places that are struck through; they were left out. Is this a draft with its markup shown?",
    ),
    "hidden": (
        "{path} có chữ ẩn ({count} chữ số), đã bỏ qua.",
        "{path} has hidden text ({count} digits); it was left out.",
    ),
    "other_year": (
        "Báo cáo không nhắc đến {label}; hãy xem lại mã kỳ.",
        "The report does not mention the {label}; check the period code.",
    ),
    # what was done
    "written": (
        "Kỳ {period}: {count} số liệu trong {path}, trong đó {kept} dòng do người quyết định.",
        "Period {period}: {count} observations in {path}, {kept} of them decided by a person.",
    ),
    "sections": (
        "Mục mới {sections} được xếp vào lĩnh vực {sector} trong data/sectors.csv; hãy xem lại.",
        "New sections {sections} were put with the sector {sector} in data/sectors.csv; check this.",
    ),
    "accounted": (
        "{numerals} con số trong văn bản: {entered} đã ghi, {asked} chờ xem, {others} không phải số liệu, "
        "{repeats} nhắc lại, {compared} của kỳ khác, {new} mới; {share} đã rõ.",
        "{numerals} numerals in the text: {entered} entered, {asked} to look at, {others} no observations, "
        "{repeats} repeated, {compared} of another period, {new} new; {share} accounted for.",
    ),
    "page": ("Trang để xem lại: {path}", "Page to review: {path}"),
    "next": ("Tiếp theo: bgdata check {period}", "Next: bgdata check {period}"),
    "cannot_write": (
        "Không ghi được vào {path}: {why}. Gói số liệu được giữ nguyên.",
        "Cannot write to {path}: {why}. The data package is unchanged.",
    ),
    # the review page
    "title": ("Nhập số liệu: {label}", "Intake: {label}"),
    "lead": (
        "Mỗi dòng là một số liệu mà báo cáo cần có. Số đã ghi nằm trong {path}; sửa, thêm hoặc xóa dòng ở đó rồi "
        "chạy lại bgdata new: mọi quyết định của người được giữ nguyên.",
        "Each line is a number that the report is expected to print. What was entered stands in {path}; change, add or "
        "delete lines there, then run bgdata new again: every decision of a person is kept.",
    ),
    "private": (
        "Trang này trích lời báo cáo, chỉ để xem tại chỗ; không đưa vào kho mã.",
        "This page quotes the report and is for use on this computer only; it does not go into the repository.",
    ),
    "indicator": ("Chỉ tiêu", "Indicator"),
    "last": ("Kỳ trước", "Last"),
    "now": ("Kỳ này", "Now"),
    "change": ("Thay đổi", "Change"),
    "read_from": ("Đọc từ câu", "Read from"),
    "section": ("Mục", "Section"),
    "confidence": ("Độ tin cậy", "Confidence"),
    "state": ("Tình trạng", "State"),
    "entered": ("đã ghi", "entered"),
    "to_ask": ("chờ xem", "to look at"),
    "person": ("người quyết định", "by a person"),
    "deleted": ("người đã xóa", "deleted by a person"),
    "missing": ("chưa có số liệu", "no data"),
    "part_asked": ("Chờ xem: chưa đủ chắc để ghi", "To look at: not certain enough to be entered"),
    "part_entered": ("Đã ghi", "Entered"),
    "part_missing": ("Chưa tìm thấy trong báo cáo", "Not found in the report"),
    "part_new": ("Con số mới, chưa có trong danh mục", "Numbers that no catalogue has"),
    "part_others": ("Con số không phải số liệu", "Numerals that are no observations"),
    "nothing": ("Không có.", "None."),
    "suggestion": ("Gợi ý chỉ tiêu", "Suggested indicator"),
    "number": ("Con số", "Number"),
    "class": ("Loại", "Class"),
    "date": ("ngày tháng", "date"),
    "document": ("số văn bản", "document number"),
    "name": ("tên gọi", "name"),
    "ordinal": ("thứ tự", "ordinal"),
    "constant": ("hằng số, quy định", "constant"),
    "repeated": ("nhắc lại", "repeated"),
    "compared": ("số của kỳ khác, để so sánh", "of another period, to compare with"),
    "points": ("{points} điểm %", "{points} points"),
    # flags
    "jumped": ("lệch hẳn độ lớn so với kỳ trước", "another order of magnitude than last time"),
    "same": ("trùng số kỳ trước", "same number as last time"),
    "perhaps": ("có thể là câu này, nhưng rất không chắc", "perhaps this sentence, but far from certain"),
    "elsewhen": ("có vẻ là số của kỳ khác", "seems to be a number of another period"),
    "rival": ("cũng có thể là: {label}", "could also be: {label}"),
    "notation": ("lỗi ký hiệu; có thể là {readings}", "broken notation; could be {readings}"),
    "no_section": ("mục {section} chưa thuộc lĩnh vực nào", "section {section} belongs to no sector"),
    "other_multiplier": ("đổi thang số so với kỳ trước", "another multiplier than last time"),
}


def sentence(key, lang, /, **values):
    """Say one sentence.

    Examples
    --------
    >>> sentence("next", "en", period="2024-S2")
    'Next: bgdata check 2024-S2'
    """
    return SENTENCES[key][lang == "en"].format(**values)


def refusal(key, lang, /, **values):
    """Make the error that says one sentence."""
    return BgdataError(sentence(key, lang, **values))
