"""A workspace of areas with invented numbers: those of the province's report, multiplied, so that their rules still hold.

Shares that no rule holds vary; some numbers are left out. `write` makes it; tests and `benchmarks/areas.py` use it.
"""

import csv
import io
import json
import random
import re
import shutil

from bgdata.notation import Period, format_number
from conftest import ROOT

AREAS = dict(
    line.split("=")
    for line in """
VN-01=Hà Nội
VN-04=Cao Bằng
VN-08=Tuyên Quang
VN-11=Điện Biên
VN-12=Lai Châu
VN-14=Sơn La
VN-15=Lào Cai
VN-19=Thái Nguyên
VN-20=Lạng Sơn
VN-22=Quảng Ninh
VN-24=Bắc Ninh
VN-25=Phú Thọ
VN-31=Hải Phòng
VN-33=Hưng Yên
VN-37=Ninh Bình
VN-38=Thanh Hóa
VN-40=Nghệ An
VN-42=Hà Tĩnh
VN-44=Quảng Trị
VN-46=Huế
VN-48=Đà Nẵng
VN-51=Quảng Ngãi
VN-52=Gia Lai
VN-56=Khánh Hòa
VN-66=Đắk Lắk
VN-68=Lâm Đồng
VN-75=Đồng Nai
VN-79=Thành phố Hồ Chí Minh
VN-80=Tây Ninh
VN-82=Đồng Tháp
VN-86=Vĩnh Long
VN-91=An Giang
VN-92=Cần Thơ
VN-96=Cà Mau
""".strip().splitlines()
)
SHARED = ("sectors", "units", "indicators", "categories", "rules")
HEAD = "area,label_vi,label_en,package,from,to,into"
PRINTED = re.compile(r"(\D*?)(\d[\d.]*)((?: [^%\d]+)?)")
CHANGES = ("ratio_to_base", "growth", "change")
AREA_SCHEMA = {
    "fields": [
        {"name": "area", "type": "string", "constraints": {"required": True, "pattern": "[A-Z]{2}(-[A-Z0-9]+)*"}},
        *({"name": name, "type": "string", "constraints": {"required": True}} for name in ("label_vi", "label_en")),
        {
            "name": "package",
            "type": "string",
            "constraints": {"required": True, "unique": True, "pattern": "[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*"},
        },
        *({"name": name, "type": "date"} for name in ("from", "to")),
        {"name": "into", "type": "string"},
    ],
    "primaryKey": ["area"],
    "foreignKeys": [{"fields": ["into"], "reference": {"resource": "", "fields": ["area"]}}],
}


def table(name):
    """The rows of a table of the province's package."""
    return list(csv.DictReader((ROOT / "data" / name).read_text(encoding="utf-8").splitlines()))


def as_csv(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def times(row, factor):
    """An observation whose number is so many times as large, if it is a whole one."""
    match = PRINTED.fullmatch(row["printed"])
    if not match or not row["value"]:
        return row
    before, digits, unit = match.groups()
    number = int(digits.replace(".", "")) * factor
    return row | {
        "value": str(int(float(row["value"])) * factor),
        "printed": before + format_number(number, lang="vi") + unit,
    }


def observations(chance, factor, *, first, gaps):
    """The lines of an area's report: all numbers that are counted so many times as large."""
    indicators = {row["indicator"]: row for row in table("indicators.csv")}
    for row in table("observations/2024-S1.csv"):
        of = indicators[row["indicator"]]
        if of["measure"] in CHANGES and not first or chance.random() < gaps:
            continue
        if of["measure"] == "share" and not of["of"] and "," not in row["printed"] and row["qualifier"] == "=":
            value = chance.randint(40, 99)
            row |= {"value": str(value), "printed": f"{value}%"}
        yield times(row, factor) if of["unit"] != "percent" else row


def write(root, areas=3, periods=("2024-S1",), *, gaps=0.03, seed=1, rows=None):
    """Write a workspace: the first so many of AREAS, or those of the `rows` of areas.csv, each with the periods."""
    rows = rows or [f"{code},{name},{name},areas/{code},,," for code, name in list(AREAS.items())[:areas]]
    data, declared = root / "data", json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    data.mkdir(parents=True)
    for name in SHARED:
        shutil.copy(ROOT / "data" / f"{name}.csv", data)
    (data / "areas.csv").write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    own = [one for one in declared["resources"] if one["name"] not in SHARED]
    common = [one for one in declared["resources"] if one["name"] in SHARED]
    listed = {"name": "areas", "path": "areas.csv", "schema": AREA_SCHEMA}
    write_json(data, declared | {"resources": [*common, listed], "of_each_area": own})
    for number, row in enumerate(csv.DictReader([HEAD, *rows])):
        write_area(root, row, periods, own, random.Random(f"{seed}{row['area']}"), number + 1, gaps)
    return root


def write_area(root, row, periods, declared, chance, size, gaps):
    """Write the package of one area, with those of the periods in which it exists."""
    data = root / row["package"] / "data"
    (data / "observations").mkdir(parents=True)
    there = [one for one in map(Period.parse, periods) if _exists(row, one)]
    named = [
        {
            "period": one.code, "start": one.start, "end": one.end, "label_vi": one.label(), "label_en": one.label("en"),
            "source_vi": f"Báo cáo của {row['label_vi']}, {one.label()}", "source_en": f"Report of {row['label_en']}, {one}",
        }
        for one in there
    ]  # fmt: skip
    (data / "periods.csv").write_text(as_csv(named), encoding="utf-8")
    for name in ("accepted", "decisions", "breaks"):
        head = (ROOT / "data" / f"{name}.csv").read_text(encoding="utf-8").partition("\n")[0]
        (data / f"{name}.csv").write_text(f"{head}\n", encoding="utf-8")
    for place, one in enumerate(there):
        lines = list(observations(chance, size + place, first=place == 0, gaps=gaps))
        (data / "observations" / f"{one}.csv").write_text(as_csv(lines), encoding="utf-8")
    files = [{"name": f"observations-{one.code.lower()}", "path": f"observations/{one}.csv"} for one in there]
    plain = [{"name": one["name"], "path": one["path"]} for one in declared if not one["path"].startswith("obs")]
    write_json(data, {"name": row["area"].lower(), "title": row["label_vi"], "resources": [*plain, *files]})


def _exists(row, period):
    start, end = row["from"] or "0000", row["to"] or "9999"
    return start <= str(period.end) and end >= str(period.start)


def write_json(folder, content):
    (folder / "datapackage.json").write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
