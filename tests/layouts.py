"""Tables as offices lay them out, with what may be entered from each: ten layouts over rows of the catalogue."""

import random

from bgdata.notation.formats import format_number
from bgtools.read.document.passage import Cell, Passage

HEADINGS = ("I. KẾT QUẢ THỰC HIỆN", "2.1. Lĩnh vực bưu chính, viễn thông, an toàn thông tin")
ROWS = [  # indicator, label, unit, order of magnitude
    ("post.service_points", "Điểm phục vụ bưu chính", "điểm", 340),
    ("post.dossiers", "Hồ sơ qua dịch vụ bưu chính công ích", "hồ sơ", 56_000),
    ("post.upu_letters", "Thư dự thi viết thư quốc tế UPU", "thư", 134_000),
    ("telecom.masts", "Vị trí cột ăng ten", "vị trí", 1600),
    ("telecom.bts", "Trạm BTS", "trạm", 3800),
    ("security.alerts", "Cảnh báo do SOC ghi nhận", "cảnh báo", 20_000),
    ("security.incidents", "Sự cố an toàn thông tin được xử lý", "sự cố", 290),
    ("society.cashless_markets", "Chợ dân sinh không dùng tiền mặt", "điểm", 55),
    ("post.revenue", "Doanh thu bưu chính", "tỷ đồng", 340),
    ("telecom.household_smartphone_share", "Hộ gia đình có điện thoại thông minh", "%", 94),
]
SCALE = {"tỷ đồng": 10**9, "%": 1}


def numbers(chance):
    """Return now, last year's and the plan's number of each row."""
    found = {}
    for indicator, _, unit, size in ROWS:
        spread = 4 if unit == "%" else max(3, size // 12)
        found[indicator] = [size + chance.randint(-spread, spread) for _ in range(3)]
    return found


def row(section, place, heads, cells, label):
    """Return a row of a table as a passage with cells; empty cells are left out of the text."""
    spans, text = [], ""
    for number, (head, cell) in enumerate(zip(heads, cells)):
        if not cell:
            continue
        text += " | " if text else ""
        spans.append(Cell(len(text), len(text) + len(cell), head, label, number, place))
        text += cell
    return Passage(text, section, HEADINGS, lead="Số liệu chủ yếu như sau:", cells=tuple(spans))


def layout(name, period, chance):
    """Return the passages of a report that holds one table, and the numbers that may be entered by indicator."""
    said, before = numbers(chance), period.year_before()
    now, then = period.label(), before.label()
    inner = now.removesuffix(f" năm {period.year}")
    columns = {
        "the period alone": [("TT", None), ("Chỉ tiêu", None), ("ĐVT", None), (now, 0)],
        "last year, plan, now, comparison": [
            ("TT", None),
            ("Chỉ tiêu", None),
            ("ĐVT", None),
            (then, 1),
            (f"Kế hoạch năm {period.year}", 2),
            (now, 0),
            ("So sánh (%)", 3),
        ],
        "now before last year": [("Chỉ tiêu", None), ("Đơn vị tính", None), ("Kỳ này", 0), ("Cùng kỳ", 1)],
        "heads in two rows": [
            ("Chỉ tiêu", None),
            ("ĐVT", None),
            ((f"Năm {before.year}", inner), 1),
            ((f"Năm {period.year}", "Kế hoạch"), 2),
            ((f"Năm {period.year}", inner), 0),
        ],
        "units in the labels": [("STT", None), ("Nội dung", None), ("Ước thực hiện", 0), ("Thực hiện cùng kỳ", 1)],
        "years as heads": [("Chỉ tiêu", None), ("ĐVT", None), (f"Năm {before.year}", 1), (f"Năm {period.year}", 4)],
        "empty cells": [("TT", None), ("Chỉ tiêu", None), ("ĐVT", None), (then, 1), (now, 5), ("Ghi chú", 6)],
        "quarters": [
            ("Chỉ tiêu", None),
            ("ĐVT", None),
            ("Quý I" if period.index == 1 else "Quý III", 1),
            ("Quý II" if period.index == 1 else "Quý IV", 2),
            (now, 0),
        ],
        "heads not understood": [("Chỉ tiêu", None), ("ĐVT", None), ("(A)", 1), ("(B)", 4)],
        "districts": [("Chỉ tiêu", None), ("ĐVT", None), ("Huyện Tân Yên", 1), ("Huyện Lục Ngạn", 2), ("Toàn tỉnh", 0)],
    }[name]
    heads = [(head,) if isinstance(head, str) else head for head, _ in columns]
    section, passages, may = (
        "I.2.1",
        [Passage(HEADINGS[0], "I", HEADINGS[:1]), Passage(HEADINGS[1], "I.2.1", HEADINGS)],
        {},
    )
    for place, (indicator, label, unit, _) in enumerate(ROWS, 1):
        values, cells = said[indicator], []
        shown = f"{label} ({unit})" if name == "units in the labels" and unit in SCALE else label
        entered = chance.random() < 0.7
        for head, what in columns:
            last = head if isinstance(head, str) else head[-1]
            text = {
                "TT": str(place),
                "STT": str(place),
                "ĐVT": unit,
                "Đơn vị tính": unit,
                "Chỉ tiêu": shown,
                "Nội dung": shown,
            }.get(last, "")
            if what in (0, 1, 2):
                text = format_number(values[what])
            elif what == 3:
                text = format_number(round(values[0] / values[1] * 100, 1), decimals=1)
            elif what == 4:
                text = format_number(values[0])
            elif what == 5:
                text = format_number(values[0]) if entered else ""
            elif what == 6:
                text = f"tăng {chance.randint(2, 9)} {unit}" if chance.random() < 0.5 else ""
            cells.append(text)
        passages.append(row(section, place, heads, cells, (shown,)))
        if any(what == 0 or what == 5 and entered for _, what in columns):
            may[indicator] = values[0] * SCALE.get(unit, 1)
    return passages, may


LAYOUTS = (
    "the period alone",
    "last year, plan, now, comparison",
    "now before last year",
    "heads in two rows",
    "units in the labels",
    "years as heads",
    "empty cells",
    "quarters",
    "heads not understood",
    "districts",
)


def tables(period, seed, count=4):
    """Yield (layout, passages, what may be entered)."""
    for name in LAYOUTS:
        for number in range(count):
            yield name, *layout(name, period, random.Random(f"{seed} {name} {number}"))
