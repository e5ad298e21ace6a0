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
        "{path} không phải là báo cáo dạng .docx, .pdf, .txt hay .md.",
        "{path} is not a report in .docx, .pdf, .txt or .md.",
    ),
    "old_word": (
        "{path} là tệp Word kiểu cũ (.doc); hãy mở bằng Word hoặc LibreOffice và lưu lại thành .docx.",
        "{path} is an old Word file (.doc); open it in Word or LibreOffice and save it as .docx.",
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
        "{path} không có lớp văn bản (bản quét); hãy dùng bản Word, hoặc nhận dạng chữ trước rồi chạy lại.",
        "{path} has no text layer (it is a scan); use the Word file, or recognise its text first, then run again.",
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
    "elsewhere": (
        "{path} là báo cáo của nơi khác ({found}), không phải của {home}.",
        "{path} is the report of another place ({found}), not of {home}.",
    ),
    # notices
    "encoding": (
        "{path} không phải UTF-8; đã đọc theo bảng mã {encoding}.",
        "{path} is not UTF-8; it was read as {encoding}.",
    ),
    "other_year": (
        "Báo cáo không nhắc đến {label}; hãy xem lại mã kỳ.",
        "The report does not mention the {label}; check the period code.",
    ),
    # what was done
    "opened": ("Đã mở kỳ {period}.", "Period {period} is open."),
    "written": ("Đã ghi {count} số liệu vào {path}.", "{count} observations written to {path}."),
    "unchanged": ("{path} không thay đổi.", "{path} is unchanged."),
    "kept": (
        "Giữ nguyên {count} dòng mà người đã sửa hoặc xóa.",
        "{count} lines that a person changed or deleted are kept.",
    ),
    "asked": (
        "{count} số liệu chưa chắc nên chưa ghi; xem {path}.",
        "{count} numbers are not certain and were not entered; see {path}.",
    ),
    "accounted": (
        "{numerals} con số trong văn bản: {matched} đã gán cho chỉ tiêu, {others} không phải số liệu, {new} mới.",
        "{numerals} numerals in the text: {matched} go with an indicator, {others} are no observations, {new} are new.",
    ),
    "next": ("Tiếp theo: bgdata check {period}", "Next: bgdata check {period}"),
    "cannot_write": (
        "Không ghi được vào {path}: {why}. Gói số liệu được giữ nguyên.",
        "Cannot write to {path}: {why}. The data package is unchanged.",
    ),
    "not_before": (
        "Kỳ {period} đã công bố; sửa thẳng trong {path}.",
        "Period {period} is published; edit {path} itself.",
    ),
}


def sentence(key, lang, /, **values):
    """Say one sentence.

    Examples
    --------
    >>> sentence("opened", "en", period="2024-S2")
    'Period 2024-S2 is open.'
    """
    return SENTENCES[key][lang == "en"].format(**values)


def refusal(key, lang, /, **values):
    """Make the error that says one sentence."""
    return BgdataError(sentence(key, lang, **values))
