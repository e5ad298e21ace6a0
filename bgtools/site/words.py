"""Every sentence and word of the pages, Vietnamese and English side by side."""

from functools import partial

WORDS = {
    # the frame of a page
    "book": ("Sổ số liệu", "Book of numbers"),
    "skip": ("Đến nội dung", "Skip to the content"),
    "menu": ("Mục lục", "Menu"),
    "sectors": ("Các lĩnh vực", "Sectors"),
    "on_page": ("Trên trang này", "On this page"),
    "period": ("Kỳ báo cáo", "Period"),
    "other_period_front": ("{period} (trang đầu)", "{period} (front page)"),
    "front": ("Trang đầu", "Front page"),
    "numbers": ("Mọi con số", "All numbers"),
    "changes": ("Có gì thay đổi", "What changed"),
    "before": ("Trang trước", "Previous page"),
    "after": ("Trang sau", "Next page"),
    "flag": ("có mâu thuẫn", "has a contradiction"),
    "failed_flag": ("có lỗi", "has a fault"),
    "made": ("Lập lúc {made} bằng bgdata {version}.", "Made {made} by bgdata {version}."),
    "section": ("mục\u00a0{sections}", "section\u00a0{sections}"),
    "redirect": ("Mở trang đầu", "Open the front page"),
    # search
    "search": ("Tìm kiếm", "Search"),
    "search_hint": ("Tìm chỉ tiêu, con số…", "Search indicators, numbers…"),
    "found": ("{count} kết quả", "{count} results"),
    "found_none": ("Không tìm thấy.", "Nothing found."),
    # a notebook's page
    "show_code": ("Hiện mã", "Show code"),
    "show_all_code": ("Hiện mã của cả trang", "Show all code"),
    "hide_all_code": ("Ẩn mã của cả trang", "Hide all code"),
    "table": ("Bảng số liệu", "Table"),
    "described": ("Mô tả biểu đồ", "Description"),
    "download": ("Tải về:", "Download:"),
    "numbers_of": ("số liệu (CSV)", "numbers (CSV)"),
    "stopped_here": ("Sổ tay dừng ở đây vì lỗi {name}: {message}", "The notebook stopped here: {name}: {message}"),
    "details": ("Chi tiết kỹ thuật", "Technical details"),
    "printed_output": ("Kết quả in ra", "Printed output"),
    "no_page": ("Trang này chưa có nội dung.", "This page has no content yet."),
    # what went wrong with a notebook
    "never_run": ("Chưa chạy lần nào. Hãy chạy: {command}", "Never run. Run: {command}"),
    "failed": ("Sổ tay dừng vì lỗi{where}: {name}: {message}", "The notebook failed{where}: {name}: {message}"),
    "in_cell": (" ở ô {cell}", " in cell {cell}"),
    "copy_lost": (
        "Không đọc được bản đã chạy. Hãy chạy: {command}",
        "The executed copy cannot be read. Run: {command}",
    ),
    "copy_edited": (
        "Bản đã chạy bị sửa sau khi chạy. Hãy chạy: {command}",
        "The executed copy was edited after the run. Run: {command}",
    ),
    # the front page
    "glance": ("{period}: nhìn nhanh", "{period} at a glance"),
    "observations": ("số liệu", "numbers"),
    "relations": ("quan hệ đã đối chiếu", "relations checked"),
    "contradict": ("mâu thuẫn", "contradictions"),
    "missing_count": ("số còn thiếu", "numbers missing"),
    "faulty": ("trang có lỗi", "pages with faults"),
    "faults_title": ("Trang chưa hoàn chỉnh", "Pages with faults"),
    "no_notebook": ("Chưa có sổ tay cho lĩnh vực này.", "There is no notebook for this sector."),
    "stale_title": ("Số liệu mới hơn trang", "Data newer than the pages"),
    "stale": (
        "Số liệu đã thay đổi sau lần chạy; các trang sau còn theo số cũ: {names}. Hãy chạy: {command}",
        "The data have changed since the run; these pages still show the old numbers: {names}. Run: {command}",
    ),
    "contradictions_title": ("Số mâu thuẫn với nhau", "Numbers that contradict each other"),
    "contradiction": ("{statement}, nhưng {computed} ({sections}).", "{statement}, but {computed} ({sections})."),
    "no_contradiction": ("Không có số nào mâu thuẫn với nhau.", "No numbers contradict each other."),
    "numbers_compared": ("Các số được đối chiếu", "The numbers compared"),
    "mend_title": ("Sửa số nào thì hết mâu thuẫn?", "Which change would mend it?"),
    "accepted": ("Đã có người xem:", "Looked at by a person:"),
    "open": ("Chưa có người xem.", "Nobody has looked at it yet."),
    "cannot_tell": ("Chưa kết luận được ({count})", "Cannot be told ({count})"),
    "headlines_title": ("Số nổi bật, so với {base}", "Headline numbers, against the {base}"),
    "no_headline": ("Chưa có số nào so sánh được với {base}.", "No number can be compared with the {base} yet."),
    "base": ("{base} là {value}", "{base}: {value}"),
    "derived": (
        "* Số suy ra từ báo cáo; báo cáo không nêu trực tiếp.",
        "* Derived from the report, which does not state it.",
    ),
    "missing_title": ("Còn thiếu", "Missing"),
    "nothing_missing": (
        "Không thiếu số nào mà mỗi báo cáo cần có.",
        "No number that each report should print is missing.",
    ),
    "sector_missing": ("{sector}: chưa có số liệu nào.", "{sector}: no data at all."),
    "missing_of": ("{sector}: {names}.", "{sector}: {names}."),
    "pages_title": ("Các trang", "The pages"),
    "page": ("Trang", "Page"),
    "question": ("Câu hỏi", "Question"),
    "provenance_title": ("Lập từ đâu, lúc nào", "Made from what, and when"),
    "source": ("Nguồn: {source}.", "Source: {source}."),
    "data": ("Số liệu: {file}, {count} số, mã kiểm {sha}.", "Data: {file}, {count} numbers, digest {sha}."),
    "run": (
        "Các sổ tay chạy xong lúc {finished}; trang lập lúc {made}.",
        "The notebooks were run {finished}; the pages made {made}.",
    ),
    # the index of numbers
    "numbers_lead": (
        "Mọi số của báo cáo, theo thứ tự trong báo cáo. Bấm vào tiêu đề cột để sắp xếp; gõ số, tên chỉ tiêu "
        "hoặc mục để lọc.",
        "Every number of the report, in its order. Click a column's title to sort; type a number, a name or a "
        "section to filter.",
    ),
    "filter": ("Lọc", "Filter"),
    "filter_hint": ("Ví dụ: 335, BTS, I.2.1.a", "For example: 335, BTS, I.2.1.a"),
    "all_sectors": ("Mọi lĩnh vực", "All sectors"),
    "all_verdicts": ("Mọi kết luận", "All verdicts"),
    "sector": ("Lĩnh vực", "Sector"),
    "shown": ("{shown} / {all} số", "{shown} of {all} numbers"),
    "label": ("Chỉ tiêu", "Indicator"),
    "value": ("Giá trị", "Value"),
    "place": ("Mục", "Section"),
    "printed": ("Như in", "As printed"),
    "stated": ("Cách nêu", "Stated"),
    "status": ("Tình trạng", "Status"),
    "verdict": ("Kết luận", "Verdict"),
    "used": ("Xem ở", "See"),
    "figure": ("hình", "figure"),
    "note": ("Ghi chú: {note}", "Note: {note}"),
    "as_of": ("tính đến {date}", "as of {date}"),
    "unchecked": ("– chưa đối chiếu", "– not checked"),
    # what changed
    "changes_lead": (
        "Chỉ những gì khác đi: số liệu, câu chữ và hình.",
        "Only what differs: numbers, texts and figures.",
    ),
    "since_build": ("So với bản lập trước ({made})", "Against the previous build ({made})"),
    "first_build": ("Đây là bản lập đầu tiên của kỳ này.", "This is the first build of this period."),
    "since_build_none": ("So với bản lập trước", "Against the previous build"),
    "since_period": ("So với {period}", "Against the {period}"),
    "since_period_none": ("So với kỳ trước", "Against the previous period"),
    "no_earlier": ("Gói số liệu chưa có kỳ nào trước {period}.", "The data package has no period before the {period}."),
    "no_change": ("Không có gì thay đổi.", "Nothing has changed."),
    "texts": ("Câu chữ", "Texts"),
    "figures": ("Hình", "Figures"),
    "was": ("Trước", "Before"),
    "is": ("Nay", "Now"),
    "growth": ("Tăng, giảm", "Growth"),
    "absent": ("(không có)", "(not there)"),
    # the command
    "unknown_period": (
        'Gói số liệu không có kỳ "{name}". Có: {known}.',
        'Period "{name}" is not in the data package. Known: {known}.',
    ),
    "not_run": ("Kỳ {period} chưa được chạy. Hãy chạy: {command}", "Period {period} has not been run. Run: {command}"),
    "nothing_run": ("Chưa có kỳ nào được chạy. Hãy chạy: {command}", "No period has been run. Run: {command}"),
    "unknown_page": ('Không có trang "{name}". Có: {known}.', 'Page "{name}" is unknown. Known: {known}.'),
    "only_single": ("--only chỉ dùng cùng --single-file.", "--only goes with --single-file."),
    "cannot_write": (
        "Không ghi được vào {path}: {why}. Các trang trước đó được giữ nguyên.",
        "Cannot write to {path}: {why}. The pages that were there are unchanged.",
    ),
    "fault": ("{period}, {name}: {trouble}", "{period}, {name}: {trouble}"),
    "written": ("Đã lập {count} trang; {seconds} giây.", "{count} pages made; {seconds} s."),
    "open_it": ("Mở: {path}", "Open: {path}"),
}


def speaker(lang):
    """Return the function that writes a sentence in one language: ``say(key, **values)``.

    Examples
    --------
    >>> speaker("vi")("section", sections="I.2.1.a"), speaker("en")("section", sections="I.2.1.a")
    ('mục\\xa0I.2.1.a', 'section\\xa0I.2.1.a')
    """
    return partial(_say, lang == "en")


def _say(column, key, /, **values):
    return WORDS[key][column].format(**values)


def capital(text):
    """Return a text with its first letter as a capital.

    Examples
    --------
    >>> capital("số liệu"), capital("")
    ('Số liệu', '')
    """
    return text[:1].upper() + text[1:]


def clock(moment, lang):
    """Write a moment for readers, to the minute.

    Examples
    --------
    >>> from datetime import datetime
    >>> clock(datetime(2024, 7, 5, 8, 30), "vi"), clock(datetime(2024, 7, 5, 8, 30), "en")
    ('08:30 ngày 05/7/2024', '5 July 2024, 08:30')
    """
    if lang == "vi":
        return f"{moment:%H:%M} ngày {moment:%d}/{moment.month}/{moment.year}"
    return f"{moment.day} {moment:%B %Y, %H:%M}"
