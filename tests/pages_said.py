"""Read the pages of a period as a sceptical official would: each number and each direction word is held against the data.

What a page says is worked out here anew, from the printed numbers alone; nothing of what makes the pages is asked. A
number or a direction in a text that is not known here is a fault, so that no kind of text goes unread.
"""

import re
from collections import Counter
from fractions import Fraction
from math import nan
from typing import NamedTuple

from lxml import html

from bgdata.package import Key
from bgdata.show.marks import plain

SCALES = {"nghìn tỷ": 10**12, "tỷ": 10**9, "triệu": 10**6, "nghìn": 10**3}
NUMBER = re.compile(r"(?<![\w.,])([−-]?)(\d[\d.]*(?:,\d+)?)(?![\w]|[.,]\d)(?:[\s ](nghìn tỷ|tỷ|triệu|nghìn)(?!\w))?")
RANGE = re.compile(r"(\d[\d.,]*) ?(?:–|-|đến) ?(\d[\d.,]*)( (?:nghìn tỷ|tỷ|triệu|nghìn)(?!\w))?")
MOVE = re.compile(r"(?<!\w)(tăng|giảm)(?!\w)", re.IGNORECASE)
NEUTRAL = re.compile(
    r"(?:có )?tăng(?: hay|,) giảm|mức tăng(?:, giảm)?|tốc độ tăng trưởng|chưa kết luận được tăng hay giảm|trong \d+ số liệu nổi bật có \d+ tăng, "
    r"\d+ giảm|\d+/\d+ chỉ tiêu doanh thu, xuất khẩu chính tăng", re.IGNORECASE,
)  # fmt: skip
MOVED = re.compile(r"(?<!\w)(tăng|giảm) (trên )?(\d[\d.,]*)(?:–(\d[\d.,]*))? ?(%| điểm phần trăm|)")
TREND = re.compile(r"^(.*?) (tăng|giảm) từ (.*?) (lên|xuống) (.*?)(?: [▲◇])?$")
OF_TIME = re.compile(
    r"6 tháng (?:đầu|cuối) năm \d{4}|năm \d{4}|\d{4}–\d{4}|\d+/\d+/\d{4}|Hình \d+|\b[IV]+\.\d[\w.]*|chú thích \d|100%|"
    r"(?:đầu năm|cuối năm)? \d{4}:"
)
PARTS = re.compile(r"[;:|] |\.(?:\s|$)| \((?=mục)|, nhưng ")
SIGN = re.compile("([≠≈≤≥=<>])")
ALONE = ("p", "li", "h1", "h2", "h3", "td", "th", "summary", "figcaption", "caption", "dt", "dd")


class Amount(NamedTuple):
    """A number of a text, the size of its last digit that is no closing nought, and whether it is a percentage."""

    value: Fraction
    digit: Fraction
    percent: bool


def amounts(text):
    """Return the numbers of a text: list of Amount."""
    found, text = [], RANGE.sub(r"\1\3 \2\3", plain(text))
    for one in NUMBER.finditer(text):
        sign, digits, scale = one.groups()
        whole, _, decimals = digits.replace(".", "").partition(",")
        noughts = len(whole) - len(whole.rstrip("0")) if not decimals and whole.strip("0") else 0
        times = SCALES.get(scale, 1) * (-1 if sign else 1)
        digit = Fraction(SCALES.get(scale, 1)) * Fraction(10) ** (noughts - len(decimals))
        found.append(Amount(Fraction(f"{whole}.{decimals or 0}") * times, digit, text[one.end() :][:1] == "%"))
    return found


def shown(page):
    """Yield (element, text) for each text of the main part of a page that stands by itself, alt texts too."""
    for one in page.xpath("//main")[0].iter(*ALONE):
        text = plain("".join(own(one)))
        if text:
            yield one, text
    for image in page.xpath("//main//img[@alt]"):
        yield image, plain(image.get("alt"))


def own(element):
    """Yield the text of an element without that of those in it that stand by themselves."""
    yield element.text or ""
    for inner in element:
        if isinstance(inner.tag, str) and inner.tag not in (*ALONE, "ul", "details", "table", "script", "style"):
            yield from own(inner)
        yield inner.tail or ""


class Reader:
    """Holds the pages of one period against the numbers that all periods print.

    Parameters
    ----------
    rows : dict
        (period, key) to row of :func:`bgdata.load`.
    code, before, previous : str
        The period, the one of the year before, and the one just before.
    headlines : list of str
    checks : pandas.DataFrame
        Of the period, as :func:`bgdata.check` returns it.
    named : dict of str to str
        What pages call the sectors.
    computed : dict of str to list of number
        What a page may compute, by the beginning of its name; "" for all pages.
    """

    def __init__(self, rows, code, before, previous, headlines, checks, named, computed):
        self.rows, self.code, self.before, self.previous = rows, code, before, previous
        self.headlines, self.named, self.computed = headlines, named, computed
        self.verdicts = Counter(checks["verdict"])
        self.trivial, self.relations = (checks["kind"] == "tautology").sum(), len(checks)
        self.present = [row for (period, _), row in rows.items() if period == code]
        self.keys = {Key.of(row).anchor: key for (_, key), row in rows.items()}
        self.sectors = {f"{i:02d}-{one.replace('_', '-')}": one for i, one in enumerate(SECTORS, 1)}
        self.printed = [
            (row["sector"], (Fraction(str(value)), row["unit"] == "percent"))
            for row in rows.values()
            for value in ([row["value"]] if row["value"] == row["value"] else [row["lower"], row["upper"]])
        ]
        self.labels = {plain(row["label"]): key for (period, key), row in rows.items() if period == code}

    # --- what the data allow

    def row(self, key, period):
        return self.rows.get((period, key))

    def stated(self, key):
        """Return the growth in percent, or the change, that the report prints for a number."""
        for end, less in (("_ratio", 100), ("_growth", 0), ("_change", 0)):
            row = self.row(f"{key}{end}", self.code)
            if row:
                return row["value"] - less
        return None

    def way(self, key, base):
        """Return 1, -1 where both numbers allow no other direction, 0 where both are the same, else None."""
        now, then = self.row(key, self.code), self.row(key, base)
        if base == self.before and now and not then and self.stated(key):
            return 1 if self.stated(key) > 0 else -1
        if not now or not then or "contradicts" in (now["verdict"], then["verdict"]):
            return None
        if key.rpartition("_")[2] in ("ratio", "growth", "change"):
            return None
        if now["lower"] == now["upper"] == then["lower"] == then["upper"]:
            return 0
        if base == self.before and self.stated(key):
            return 1 if self.stated(key) > 0 else -1
        return 1 if now["lower"] > then["upper"] else -1 if now["upper"] < then["lower"] else None

    def change(self, key, base):
        """Return change and growth as (face, lower, upper), from what is printed; NaN where there is no base."""
        now, then = self.row(key, self.code), self.row(key, base) or self.implied(key, base)
        if not now or not then:
            return (nan,) * 3, (nan,) * 3
        pairs = [(now[one], then[other]) for one, other in (("value", "value"), ("lower", "upper"), ("upper", "lower"))]
        growth = tuple((one / other - 1) * 100 if other else nan for one, other in pairs)
        return tuple(one - other for one, other in pairs), growth

    def implied(self, key, base):
        """Return the base that a printed ratio, growth or change implies, None where there is none."""
        now = self.row(key, self.code)
        for end, to in (("_ratio", 0), ("_growth", 100), ("_change", None)):
            said = self.row(f"{key}{end}", self.code)
            if said and now and base == self.before:
                ends = [
                    (now[one], said[other])
                    for one, other in (("value", "value"), ("lower", "upper"), ("upper", "lower"))
                ]
                made = [one - by if to is None else one / (by + to) * 100 for one, by in ends]
                return dict(zip(("value", "lower", "upper"), made))
        return None

    def ways(self, keys):
        """Count which ways numbers went since the year before."""
        return Counter(self.way(key, self.before) for key in keys)

    def unmoved(self, element):
        """Count the numbers that a section on changes does not show to have moved, and of which it gives no reason."""
        section = element.xpath("ancestor-or-self::section[1]")[0]
        base = self.base_of(section.xpath("./h2//text()"), section)
        there = {key for period, key in self.rows if period in (self.code, base)}
        told = {self.keys[one.rpartition("#")[2]] for one in section.xpath(".//tbody//th//a/@href")}
        named = sum(int(number) for number in re.findall(r"(\d+) số:", plain(section.text_content())))
        for key in there - told:
            one, other = self.row(key, self.code), self.row(key, base)
            if self.way(key, base) in (1, -1) and one and other:
                return (f"{key} moved",)
        return (len(there) - len(told) - named,)

    # --- what a text may say

    def faults(self, name, source):
        """Return what is wrong with a page: sentences."""
        page = html.fromstring(source)
        found = [fault for one in page.xpath("//ul[@class='cards']/li") for fault in self.card(one)]
        for table in page.xpath("//main//table"):
            heads = [plain(one.text_content()) for one in table.xpath(".//thead//th")]
            for line in table.xpath("./tbody/tr"):
                found += self.line(heads, line, table)
        self.page, self.name = page, name
        for element, text in shown(page):
            found += self.text(name, element, text)
        return [f"{name}: {fault}" for fault in found]

    def card(self, card):
        key = self.keys[card.xpath(".//a/@href")[0].rpartition("#")[2]]
        value, change, base = (plain(" ".join(card.xpath(path))) for path in
                               (".//strong//text()", ".//span[@class='change']//text()", "./small//text()"))  # fmt: skip
        yield from self.same(value, self.row(key, self.code), "card")
        if change:
            period, _, number = base.partition(": ")
            yield from self.based(number, key, self.before, "card's base")
            yield from self.moved(key, self.before, change.lstrip("↑↓= "), change[:1])

    def line(self, heads, line, table):
        """Hold one row of a table with numbers of the data against them."""
        link = line.xpath(".//th//a/@href")
        key = self.keys[link[0].rpartition("#")[2]] if link else line.get("data-id") or self.labels.get(
            plain(line.xpath("string(.//th)")))  # fmt: skip
        cells = {plain(one.get("data-head") or ""): plain(one.text_content()) for one in line.xpath("./td")}
        base = self.base_of(heads, table)
        now = next((cells[head] for head in heads if head in ("Giá trị", "Nay", label_of(self.code))), None)
        then = next((cells[head] for head in heads if head in ("Trước", label_of(base or ""))), None)
        if not key or now is None:
            return
        now += "".join(set("▲◇") & set(cells.get("Kết luận", "")))
        yield from self.same(now.rstrip("*"), self.row(key, self.code), "table")
        if base and then:
            yield from self.based(then, key, base, "table's base")
        for head in ("Mức thay đổi", "Tăng, giảm"):
            if base and cells.get(head, "–") not in ("–", ""):
                yield from self.moved(key, base, cells[head].lstrip("↑↓= "), cells[head][:1])

    def base_of(self, heads, table):
        around = " ".join([*heads, *table.xpath("./caption//text()"), *table.xpath("./preceding-sibling::h2[1]//text()"),
                           *table.xpath("../preceding-sibling::h2[1]//text()")])  # fmt: skip
        return next((one for one in (self.before, self.previous) if label_of(one) in plain(around)), None)

    def based(self, text, key, base, where):
        """Say where a text does not state the number of an earlier period, or the one that this report implies."""
        if "*" not in text:
            return self.same(text, self.row(key, base), where)
        implied, [(value, digit, _)] = self.implied(key, base), amounts(text)
        right = implied and not self.row(key, base) and abs(value - implied["value"]) <= digit
        return [] if right else [f'{where}: "{text}" instead of {implied}']

    def same(self, text, row, where):
        """Say where a text does not state the number of a row, with its word and sign."""
        sign = {"contradicts": "▲", "needs clarification": "◇"}.get(row["verdict"], "") if row else ""
        if not row or row["status"] == "M":
            return [] if "chưa có số liệu" in text else [f'{where}: "{text}" is not printed']
        printed = plain(row["printed"])
        told, wanted = ([one.value for one in amounts(said)] for said in (text, printed))
        if sorted(map(abs, told)) != sorted(map(abs, wanted)):
            return [f'{where}: "{text}" instead of "{printed}"']
        word = {">": "hơn|trên", "<": "dưới", "~": "khoảng|ước|gần|hơn|trên"}.get(row["qualifier"])
        if bool(word and re.search(word, text)) != bool(word) or sign and sign not in text:
            return [f'{where}: "{text}" does not say how "{printed}" is known']
        return []

    def moved(self, key, base, text, arrow):
        """Say where a text states another direction or size of a change than the printed numbers allow."""
        way, (change, growth) = self.way(key, base), self.change(key, base)
        said = (
            1 if re.match(r"\+|tăng", text) else -1 if re.match("−|giảm", text) else 0 if "không đổi" in text else None
        )
        pointed = {"↑": 1, "↓": -1, "=": 0}.get(arrow, said)
        if said is not None and said != way or pointed != said:
            return [f'"{arrow} {text}" of {key} since {base}, where the numbers say {way}']
        if said is None and not re.search("chưa kết luận được|mâu thuẫn|chưa có số liệu", text):
            return [f'"{text}" of {key} is no change that is known here']
        if self.row(key, self.code)["unit"] == "percent" and "%" in text:
            return [f'"{text}" of {key}, which differs in percentage points']
        face, lower, upper = growth if "%" in text else change
        stated = (
            self.stated(key) if base == self.before and ("%" in text or self.row(f"{key}_change", self.code)) else None
        )
        return (
            list(self.sized(text, key, base, [face, *([stated] if stated is not None else [])], lower, upper))
            if said
            else []
        )

    def sized(self, text, key, base, faces, lower, upper):
        numbers = amounts(text.replace("%", " "))
        if len(numbers) == 1 and "trên" not in text:
            (value, digit, _), off = numbers[0], max(upper - faces[0], faces[0] - lower)
            if not any(abs(abs(value) - abs(face)) <= digit for face in faces):
                yield f'"{text}" of {key}, where the numbers make {float(faces[0]):.6g}'
            if off and digit * 2 < off and self.row(key, base) and len(faces) == 1:
                yield f'"{text}" of {key} is finer than the numbers are known'
            if "%" in text and digit < Fraction(1, 10) and len(faces) == 1:
                yield f'"{text}" of {key} is finer than a growth is told'
        elif "trên" in text:
            least = min(abs(lower), abs(upper))
            if numbers[0][0] > least:
                yield f'"{text}" of {key}, where it may be {float(least):.6g}'

    # --- free texts

    def text(self, name, element, text):
        """Hold a text that stands by itself: its directions, its numbers, its arithmetic."""
        if element.tag in ("td", "th") and element.xpath("ancestor::tr//a") or element.xpath(
                "ancestor::*[@class='cards' or contains(@class, 'provenance') or @class='files']"):  # fmt: skip
            return  # read above, with the key; or when and from what the pages were made
        for label in sorted(self.labels, key=len, reverse=True):
            text = text.replace(label, f"⟨{self.labels[label]}⟩")
            text = text.replace(label[:1].lower() + label[1:], f"⟨{self.labels[label]}⟩")
        yield from self.directions(name, text)
        for said, expected in COUNTS.items():
            for found in re.finditer(said, text):
                told = tuple(int(one) for one in found.groups() if one)
                if told != expected(self, element):
                    yield f'"{text}" counts {told} instead of {expected(self, element)}'
            text = re.sub(said, "", text)
        if element.tag not in ("td", "th") and not SIGN.search(text) and "Phương án điều chỉnh" not in text:
            yield from self.numbers(name, text)
        for part in PARTS.split(text):
            yield from arithmetic(part.lstrip("▲◇? "))

    def numbers(self, name, text):
        """Say which numbers of a text no report prints, and no computation of the page makes."""
        text = OF_TIME.sub(" ", re.sub("⟨.*?⟩", " ", text))
        printed = {one for sector, one in self.printed if name not in self.sectors or sector == self.sectors[name]}
        made = self.computed[""] + [
            one for page, every in self.computed.items() if page and page in name for one in every
        ]
        for key in (*AMOUNTS, *AGENCIES):
            made += [self.change(key, self.before)[1][0], self.stated(key) or nan]
        for value, digit, percent in amounts(text):
            off = digit if "trên" in text else digit / 2
            near = any(
                value == one or abs(one - round(one)) > 1e-6 and abs(value - one) <= off for one in made if one == one
            )
            if (value, percent) not in printed and not near:
                yield f'"{text}": {float(value):.6g} is printed and made nowhere'

    def directions(self, name, text):
        """Say which direction words of a text the numbers do not bear."""
        for clause in re.split(r"; |: |\. |, (?=tăng ít)", text):
            rest = NEUTRAL.sub("", re.sub("⟨.*?⟩", "", clause))
            if not MOVE.search(rest):
                continue
            trend, word = TREND.match(re.sub(r"^.*\. ", "", clause)), MOVE.search(rest)[1].lower()
            keys = re.findall("⟨(.*?)⟩", clause) or self.subjects(name, clause)
            wanted = {"tăng": 1, "giảm": -1}[word]
            if "đều" in clause:
                told = {self.way(key, self.before) for key in (AMOUNTS if "chỉ tiêu" in text else AGENCIES)}
            elif trend:
                told = {self.since(keys[0], trend[3])} if keys else {None}
            else:
                told = {self.way(key, self.before) for key in keys} or {None}
                move = MOVED.search(clause)
                for key in keys if move else []:
                    yield from self.moved(key, self.before, move[0], "")
            if told != {wanted}:
                yield f'"{clause}" says that {keys} moved, where the numbers say {told}'

    def subjects(self, name, clause):
        """Return the key that a sentence names in words of its own."""
        named = [key for (page, key), label in SAID.items() if page in name and label in clause]
        return named[:1]

    def since(self, key, base):
        """Return which way a number went since the period that prints its first number of a trend."""
        first = min((period for period, one in self.rows if one == key), default=None)
        then = self.row(key, first)
        if not then or sorted(amounts(base)) != sorted(amounts(then["printed"])):
            return None
        return self.way(key, first)


SAID = {  # (page, key): how a sentence names it
    ("post", "post.revenue"): "Doanh thu bưu chính",
    ("telecom", "telecom.revenue"): "Doanh thu",
    ("ict", "ict.revenue"): "Doanh thu",
    ("ict", "ict.hardware_exports"): "xuất khẩu phần cứng",
}
SECTORS = [
    "direction", "post", "telecom", "digital_government", "cybersecurity", "digital_economy", "digital_society",
    "ict_industry", "press", "inspection", "office", "outlook",
]  # fmt: skip
AMOUNTS = ["ict.revenue", "ict.hardware_exports", "post.revenue", "telecom.revenue"]
AGENCIES = ["press.resident", "press.covering"]


COUNTS = {  # what is counted: how it is said, and what it must be
    r"^Trang này: (\d+) số, 0 đã rà soát": lambda reader, one: (
        len({*reader.page.xpath("//main//*[@data-kind='number']/@data-id")})
        + (2 * len(re.findall(r"\(\d[\d.]*/\d", " ".join(reader.page.xpath("//main//img/@alt")))) if reader.name[:2] == "00" else 0),
    ),
    r"^Kiểm tra chéo: (\d+) quan hệ": lambda reader, one: (
        len(one.xpath("./ancestor::details[1]//tbody/tr | ./ancestor::details[1]/following-sibling::details//tbody/tr")),
    ),
    r"\((\d+) chỉ tiêu\)$": lambda reader, one: (len(one.xpath("./ancestor::details[1]//tbody/tr")),),
    r"^✓ (\d+) quan hệ phù hợp": lambda reader, one: (len(one.xpath("./ancestor::details[1]//tbody/tr")),),
    r"^(\d+) thay đổi nhỏ hơn": lambda reader, one: (len(one.xpath("./ancestor::details[1]//tbody/tr")),),
    r"^(\d+) số(?=: )": lambda reader, one: (one.xpath("string(./ancestor::details[1]/p)").count(";") + 1,),
    r"^(\d+) số không đổi": lambda reader, one: reader.unmoved(one),
    r"Báo cáo nêu (\d+) số liệu thuộc (\d+) lĩnh vực(?:; còn thiếu \d+ số)?": lambda reader, one: (
        len(reader.present), len({row["sector"] for row in reader.present}),
    ),
    r"Đối chiếu (\d+) quan hệ số học giữa các số \(không kể (\d+) quan hệ hiển nhiên\): (\d+) mâu thuẫn, (\d+) cần làm rõ":
        lambda reader, one: (
            reader.relations - reader.trivial, reader.trivial, reader.verdicts["contradicts"],
            reader.verdicts["needs clarification"],
        ),
    r"(\d+)/(\d+) số liệu chưa kiểm tra chéo": lambda reader, one: (
        len(reader.page.xpath("//details[starts-with(summary, 'Danh sách số liệu')]//tbody/tr")), len(reader.present),
    ),
    r"Chưa có số liệu của (\d+) chỉ tiêu": lambda reader, one: (
        len({key for _, key in reader.rows} - {row["key"] for row in reader.present}),
    ),
    r"(\d+) nội dung mâu thuẫn, (\d+) cần làm rõ": lambda reader, one: (
        reader.verdicts["contradicts"], reader.verdicts["needs clarification"],
    ),
    r"(\d+) chỗ mâu thuẫn hoặc cần làm rõ|trong đó (\d+) chưa được rà soát": lambda reader, one: (
        reader.verdicts["contradicts"] + reader.verdicts["needs clarification"],
    ),
    r"trong (\d+) số liệu nổi bật có (\d+) tăng, (\d+) giảm": lambda reader, one: (
        lambda ways: (ways[1] + ways[-1] + ways[0], ways[1], ways[-1]))(reader.ways(reader.headlines)),
    r"Cả (\d+) chỉ tiêu (?=đều|doanh thu, xuất khẩu chính đều)": lambda reader, one: (len(AMOUNTS),),
    r"(\d+)/(\d+) chỉ tiêu doanh thu, xuất khẩu chính tăng, (\d+) chưa kết luận": lambda reader, one: (
        lambda ways: (ways[1], len(AMOUNTS), ways[None]))(reader.ways(AMOUNTS)),
    r"^[^0-9]+ (\d+) số(?: [▲◇].*)?$": lambda reader, one: (
        sum(one.xpath("string(./a)") == reader.named[row["sector"]] for row in reader.present),
    ),
}  # fmt: skip


def label_of(code):
    """Return how pages name a half-year."""
    return f"6 tháng {'đầu' if code.endswith('1') else 'cuối'} năm {code[:4]}" if code else "-"


def arithmetic(chain):
    """Compute each side of a chain of equations and say which sign between two of them is false."""
    sides = SIGN.split(chain)
    if len(sides) < 3 or re.search(r"[^\W\d_]", re.sub("nghìn|triệu|tỷ|ước|trên|hơn|khoảng|gần|dưới", "", chain)):
        return
    try:
        values = [side_of(side) for side in sides[::2]]
    except (SyntaxError, ZeroDivisionError, NameError):
        yield f'"{chain}" cannot be computed'
        return
    for (left, one), sign, (right, other) in zip(values, sides[1::2], values[1:]):
        apart, near = left - right, max(one, other)
        true = {"=": abs(apart) <= near / 2, "≈": abs(apart) <= near * Fraction(3, 2), "≠": abs(apart) > min(one, other) / 2,
                "≤": apart <= near, "≥": apart >= -near, "<": apart < 0, ">": apart > 0}[sign]  # fmt: skip
        if not true:
            yield f'"{chain}": {float(left):.6g} {sign} {float(right):.6g} is false'


def side_of(text):
    """Return what one side of an equation amounts to, and the size of the last digit of its numbers."""
    text = re.sub("ước|trên|hơn|khoảng|gần|dưới|[()]*[▲◇]", "", plain(text).replace("−", "-").replace("×", "*")).strip()
    digits = [one.digit / (100 if "%" in text else 1) for one in amounts(re.sub("[%()]", " ", text))]

    def number(found):
        value = amounts(found[1] + (f" {found[2]}" if found[2] else ""))[0][0]
        return f"Fraction({value.numerator},{value.denominator * (100 if found[3] else 1)})"

    tree = re.sub(r"(\d[\d.]*(?:,\d+)?)(?:[\s ](nghìn tỷ|tỷ|triệu|nghìn))?(%)?", number, text)
    alone = len(digits) == 1 and not re.search(r"[*/+]|\d\s*-", text)
    return eval(tree, {"Fraction": Fraction}), digits[0] if alone else Fraction(0)
