"""Invented rows as load() and compare() give them, and every kind of chart drawn from ordinary and hostile ones."""

import numpy as np
import pandas as pd

from bgdata.show import charts

NAN = float("nan")
LONG = (
    "Tỷ lệ ủy ban nhân dân các xã, phường, thị trấn đã kết nối mạng truyền số liệu chuyên dùng cấp II và duy trì "
    "hoạt động ổn định"
)
LONG_TOO = (
    "Hộ gia đình nghèo, cận nghèo ở vùng đặc biệt khó khăn được hỗ trợ thiết bị thông minh và dịch vụ "
    "Internet băng rộng cáp quang"
)


def rows(*numbers, unit="station", period="2024-S1", **more):
    """Return rows of load(): each number is (label, value) or (label, value, printed)."""
    frame = pd.DataFrame(
        {
            "period": period,
            "indicator": [f"invented.row{i}" for i in range(len(numbers))],
            "category": "",
            "label": [number[0] for number in numbers],
            "value": [float(number[1]) for number in numbers],
            "unit": unit,
            "qualifier": "=",
            "status": ["M" if np.isnan(number[1]) else "A" for number in numbers],
            "printed": [number[2] if len(number) > 2 else "" for number in numbers],
            "section": "I.1",
        }
    )
    frame["lower"] = frame["upper"] = frame["value"]
    return frame.assign(**more)


def changes(*numbers, unit="VND", reason="", basis="observed"):
    """Return rows of compare(): each number is (label, value, base)."""
    frame = rows(*[number[:2] for number in numbers], unit=unit)
    frame["base"] = [float(number[2]) for number in numbers]
    frame["base_lower"] = frame["base_upper"] = frame["base"]
    frame["change"] = frame["value"] - frame["base"]
    frame["growth"] = (frame["value"] / frame["base"] - 1) * 100
    frame["base_period"] = "2023-S1"
    frame["basis"] = np.where(frame["base"].isna(), "", basis)
    frame["reason"] = np.where(frame["growth"].isna(), reason, "")
    return frame


def several(*periods):
    """Return rows of load() for several periods: each is (period, posts, stations)."""
    return pd.concat(
        [
            rows(("Doanh thu bưu chính", money, ""), ("Trạm BTS", stations, ""), unit=["VND", "station"], period=period)
            for period, money, stations in periods
        ]
    )


def pairs(*numbers, unit="team", printed=()):
    """Return rows of load() and the pairs: each number is (label, part, whole)."""
    parts = rows(*[(label, part) for label, part, _ in numbers], unit=unit)
    wholes = rows(*[(f"{label}, tổng số", whole) for label, _, whole in numbers], unit=unit)
    shares = rows(*[(f"{label}, tỷ lệ", share, text) for label, share, text in printed], unit="percent")
    wholes["indicator"] = [f"{key}_total" for key in wholes["indicator"]]
    shares["indicator"] = [f"{key}_share" for key in shares["indicator"]]
    shares["lower"], shares["upper"] = shares["value"] - 0.5, shares["value"] + 0.5
    keys = [(part, f"{part}_total", f"{part}_share") for part in parts["indicator"]]
    return {"frame": pd.concat([parts, wholes, shares]), "pairs": [key[: 3 if printed else 2] for key in keys]}


STATIONS = rows(("Trạm BTS: 2G", 884), ("Trạm BTS: 3G", 1242), ("Trạm BTS: 4G", 1647), ("Trạm BTS: 5G", 2, "02"))
RATES = rows(
    ("Diện tích phủ sóng", 99.5), ("Hộ có điện thoại thông minh", 94.5), ("Hộ có cáp quang", 85), unit="percent"
)
GROWTH = changes(("Doanh thu bưu chính", 335e9, 275e9), ("Doanh thu viễn thông", 1135e9, 1100e9))
PRESS = changes(("Phóng viên thường trú", 8, 5), ("Phóng viên theo dõi", 26, 18), unit="agency")
TEAMS = pairs(("Tổ cấp xã", 209, 209), ("Huyện có một cửa", 9, 10))
STACKED = rows(
    ("Đã chi trả", 13600),
    ("Có tài khoản, chưa chi trả", 31248),
    ("Chưa có tài khoản", 47622),
    ("Khác", 12),
    unit="person",
)
LIMIT = rows(("Mức dự kiến", 60000), unit="person")
FINED = pairs(("Tổ chức", 2, 14), ("Cá nhân", 4, 7), unit="subject")
TREND = several(("2023-S2", 310e9, 3600), ("2024-S1", 335e9, 3775), ("2024-S2", 350e9, 3900))
VIETNAMESE = {"title": "Hai nhóm tăng, một nhóm giảm", "subtitle": "Số liệu giả định để thử"}

ORDINARY = {
    "ordered_bars": lambda **look: charts.ordered_bars(STATIONS, highlight="Trạm BTS: 2G", shares_of=3775, **look),
    "track_bars": lambda **look: charts.track_bars(RATES, highlight=RATES["value"] < 90, **look),
    "table_chart": lambda **look: charts.table_chart(GROWTH, **look),
    "completion_bars": lambda **look: charts.completion_bars(**TEAMS, **look),
    "stacked_bars": lambda **look: charts.stacked_bars(STACKED, limit=LIMIT, **look),
    "unit_squares": lambda **look: charts.unit_squares(**FINED, part_label="bị xử phạt", **look),
    "dumbbell": lambda **look: charts.dumbbell(PRESS, **look),
    "lines": lambda **look: charts.lines(TREND, **look),
}

TWELVE = rows(
    *[(" ".join([*LONG_TOO.split()[: 2 * i + 2], str(i)]), 10.0 ** (i % 6) * (i + 1)) for i in range(12)],
    unit="dossier",
)
MIXED = rows(
    (LONG, 100),
    (LONG_TOO, 0),
    ("Hộ có cáp quang", NAN),
    ("Xã đạt chuẩn", 121.8),
    unit="percent",
    derived=True,
    mark="Báo cáo ghi 83%; tính lại từ 312.000/411.230 là 75,9%.",
)

HOSTILE = {
    "ordered_bars: twelve rows, long labels, 2 beside a million": lambda **look: charts.ordered_bars(TWELVE, **look),
    "ordered_bars: one row": lambda **look: charts.ordered_bars(STATIONS[:1], **look),
    "ordered_bars: nothing but zero": lambda **look: charts.ordered_bars(rows(("Không", 0), ("Cũng không", 0)), **look),
    "ordered_bars: NaN beside 12-digit money": lambda **look: charts.ordered_bars(
        rows(
            (LONG, 45_369_985_510, "45.369.985.510"),
            ("Nộp ngân sách", NAN),
            ("Tiền phạt", 19.5e6, "19,5 triệu"),
            unit="VND",
            mark=["", "", "Hai cách tính khác nhau."],
        ),
        shares_of=45_369_985_510,
        **look,
    ),
    "ordered_bars: below zero": lambda **look: charts.ordered_bars(
        rows((LONG, -3.2), ("Tăng", 24.6), ("Giảm sâu", -40), unit="percent"), **look
    ),
    "ordered_bars: all missing": lambda **look: charts.ordered_bars(rows(("Một", NAN), ("Hai", NAN)), **look),
    "ordered_bars: no rows": lambda **look: charts.ordered_bars(STATIONS[:0], **look),
    "track_bars: over 100 %, zero, NaN, marks": lambda **look: charts.track_bars(MIXED, **look),
    "track_bars: one row": lambda **look: charts.track_bars(RATES[:1], **look),
    "track_bars: no rows": lambda **look: charts.track_bars(RATES[:0], **look),
    "table_chart: falls, no earlier period": lambda **look: charts.table_chart(
        changes(
            (LONG, 335_521e9, 269_192e9),
            ("Doanh thu viễn thông", 1064.8e9, 1100e9),
            (LONG_TOO, 45_369_985_510, NAN),
            ("Nộp ngân sách", NAN, NAN),
            reason="Không so sánh được. Từ ngày 01/7/2025 tỉnh thuộc tỉnh Bắc Ninh.",
        ),
        **look,
    ),
    "table_chart: only falls": lambda **look: charts.table_chart(
        changes(("Doanh thu bưu chính", 266.2e9, 275e9), ("Doanh thu viễn thông", 880e9, 1100e9)), **look
    ),
    "table_chart: nothing to compare with": lambda **look: charts.table_chart(
        changes(("Doanh thu bưu chính", 335e9, NAN), reason="Chưa có số liệu của kỳ trước."), **look
    ),
    "table_chart: no rows": lambda **look: charts.table_chart(GROWTH[:0], **look),
    "completion_bars: long, contradicting, missing": lambda **look: charts.completion_bars(
        **pairs(
            (LONG, 312_000, 411_230),
            ("Tổ cấp xã", NAN, 209),
            ("Huyện có một cửa", 0, 10),
            (LONG_TOO, 12, 10),
            unit="person",
            printed=[("a", 83, "83%"), ("b", NAN, ""), ("c", 0, "0%"), ("d", 120, "120%")],
        ),
        **look,
    ),
    "completion_bars: no whole": lambda **look: charts.completion_bars(
        **pairs(("Tổ cấp xã", 5, NAN), ("Tổ cấp thôn", 0, 0)), **look
    ),
    "stacked_bars: one part": lambda **look: charts.stacked_bars(STACKED[:1], **look),
    "stacked_bars: long names, 2 of a million, missing, derived, marked": lambda **look: charts.stacked_bars(
        rows(
            (LONG, 1_000_000),
            (LONG_TOO, 2),
            ("Chưa có", NAN),
            ("Không", 0),
            unit="person",
            derived=[True, False, False, False],
            mark=["", "Hai cách tính khác nhau.", "", ""],
        ),
        **look,
    ),
    "stacked_bars: a limit beyond the bars and one below zero parts": lambda **look: charts.stacked_bars(
        rows(("Một", 19.5e6), ("Hai", 0), unit="VND").assign(by=["A", "B"]),
        by="by",
        limit=rows((LONG, 22e6), unit="VND"),
        **look,
    ),
    "stacked_bars: the limit is missing": lambda **look: charts.stacked_bars(
        STACKED, limit=rows(("Tổng", NAN), unit="person"), **look
    ),
    "stacked_bars: no rows": lambda **look: charts.stacked_bars(STACKED[:0], **look),
    "unit_squares: sixty, zero, missing": lambda **look: charts.unit_squares(
        **pairs(
            (LONG, 31, 60), ("Cá nhân", 0, 7), ("Hộ", 0, 0), ("Khác", NAN, 3), ("Chưa rõ", NAN, NAN), unit="subject"
        ),
        part_label="bị xử phạt",
        **look,
    ),
    "dumbbell: fall, no change, no earlier period, missing": lambda **look: charts.dumbbell(
        changes(
            (LONG, 12, 26),
            ("Không đổi", 18, 18),
            (LONG_TOO, 26, NAN),
            ("Chưa có", NAN, 5),
            ("Cả hai", NAN, NAN),
            unit="agency",
            reason="Chưa có số liệu.",
            basis="derived",
        ),
        **look,
    ),
    "dumbbell: 12-digit money": lambda **look: charts.dumbbell(
        changes(("Doanh thu ICT", 335_521e9, 269_192e9), ("Doanh thu bưu chính", 335e9, 275e9)), **look
    ),
    "dumbbell: percent": lambda **look: charts.dumbbell(
        changes((LONG, 84.6, 82), ("Hộ có cáp quang", 85, 85.5), unit="percent"), **look
    ),
    "dumbbell: no rows": lambda **look: charts.dumbbell(PRESS[:0], **look),
    "lines: a gap, a series without numbers": lambda **look: charts.lines(
        several(("2023-S1", 275e9, NAN), ("2023-S2", NAN, NAN), ("2024-S1", 335e9, NAN), ("2024-S2", 250e9, NAN)),
        **look,
    ),
    "lines: twelve periods": lambda **look: charts.lines(
        several(*[(f"{2018 + i // 2}-S{i % 2 + 1}", 275e9 + (-1) ** i * i * 20e9, 3000 + i) for i in range(13)]), **look
    ),
    "lines: no rows": lambda **look: charts.lines(TREND[:0], **look),
}
