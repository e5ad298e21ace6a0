"""The ways in which one number of a report is disturbed, and what may be entered afterwards.

Each way gets the text with the place of the number, and gives another text and the numbers that may be entered for it:
value and qualifier; None where it says nothing of the number any more that this period's report could hold.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from bgdata.notation import format_number, numbers

SCALED = re.compile(r"(?P<digits>\d[\d.,]*)\s?(?P<scale>tỷ|tỉ|triệu)$")
TEENS = [
    "mười",
    "mười một",
    "mười hai",
    "mười ba",
    "mười bốn",
    "mười lăm",
    "mười sáu",
    "mười bảy",
    "mười tám",
    "mười chín",
]
OTHER_PLACES = ("Tân Yên", "Lục Ngạn", "Hiệp Hòa")


@dataclass(frozen=True)
class Target:
    """One number of a report that is read rightly when nothing is disturbed.

    Attributes
    ----------
    text : str
        Of its passage.
    start, end : int
    row : dict
        Of the checked observations.
    slot : Slot
    period : Period
    """

    text: str
    start: int
    end: int
    row: dict
    slot: object
    period: object

    @property
    def printed(self):
        return self.text[self.start : self.end]

    @property
    def stated(self):
        """What the text states: value and qualifier."""
        return self.row["value"], self.row["qualifier"]

    def put(self, printed, before="", after=""):
        """Return the text with another number in the place of this one."""
        return self.text[: self.start] + before + printed + after + self.text[self.end :]

    @property
    def plain(self):
        return self.printed.isdigit() and self.row["qualifier"] == "=" and self.row["value"] is not None

    @property
    def grouped(self):
        return bool(re.fullmatch(r"\d{1,3}(?:\.\d{3})+", self.printed))

    @property
    def percent(self):
        return bool(re.fullmatch(r"\d[\d.,]*\s?%", self.printed))

    @property
    def result(self):
        """Whether words can be put before it: no target, no range, not the second of n/N, nor behind another time."""
        dated = re.search(r"(?:năm|tháng|kỳ|nay|quý|\d{4}|/)\s?$", self.text[: self.start])
        return self.slot.row["measure"] != "target" and self.row["qualifier"] != "range" and not dated


def _broken(mark):
    def way(one, chance):
        if one.grouped:
            yield one.put(one.printed.replace(".", mark)), [one.stated]

    return way


def spaced(one, chance):
    if re.fullmatch(r"\d{2,3}(?:\.\d{3})*", one.printed):
        yield one.put(one.printed[0] + " " + one.printed[1:]), [one.stated]


def lettered(one, chance):
    if re.fullmatch(r"\d[\d.]{1,}", one.printed):
        yield one.put(" ".join(one.printed)), [one.stated]


def marked(one, chance):
    if one.printed[-1].isdigit():
        yield one.put(one.printed, after=chance.choice("¹²³⁴")), [one.stated]


def quoted_mark(one, chance):
    if one.result and one.row["qualifier"] == "=":
        yield one.put(one.printed, before=f"theo mô hình “điểm sáng”{chance.randint(2, 9)} "), [one.stated]


def parts(one, chance):
    found = SCALED.fullmatch(one.printed)
    if found and "," not in one.printed and one.row["value"] is not None:
        lower = {"tỷ": "triệu", "tỉ": "triệu", "triệu": "nghìn"}[found["scale"]]
        more = Decimal(500) * (10**6 if lower == "triệu" else 10**3)
        yield one.put(f"{one.printed} 500 {lower}"), [(one.row["value"] + more, one.row["qualifier"])]
        yield one.put(f"{one.printed} rưỡi"), [(_half(one.printed), one.row["qualifier"])]
        yield one.put(f"{one.printed} 500"), []
        yield one.put(f"{one.printed} năm trăm {lower}"), []


def _half(printed):
    return numbers.parse(printed).value + numbers.parse("1 " + printed.split()[-1]).value / 2


def thousands(one, chance):
    if re.fullmatch(r"\d{1,3}\.\d{3}", one.printed):
        head, tail = one.printed.split(".")
        yield one.put(f"{head} nghìn {tail}"), [one.stated]
        yield one.put(f"{head}k"), [(Decimal(int(head) * 1000), one.row["qualifier"])]
        tens = Decimal(int(head + tail) // 1000) / 10
        yield one.put(f"{format_number(tens)} vạn"), [(tens * 10000, one.row["qualifier"])]


def money(one, chance):
    found = re.match(r"(?P<number>\d[\d.,]*) triệu đồng", one.text[one.start :])
    if found and one.row["value"] is not None:
        rest = one.text[one.start + found.end() :]
        for tail in ("trđ", " trđ", "tr đồng", " triệu₫", " triệu VNĐ"):
            yield one.text[: one.start] + found["number"] + tail + rest, [one.stated]


def in_words(one, chance):
    if one.plain and 10 <= int(one.printed) < 20 and one.row["value"] is not None:
        yield one.put(f"{TEENS[int(one.printed) - 10]} ({one.printed})"), [one.stated]
        yield one.put(f"{TEENS[(int(one.printed) - 9) % 10]} ({one.printed})"), []


def signs(one, chance):
    if one.row["qualifier"] == "=" and one.row["value"] is not None and one.text[max(0, one.start - 1)] in " (":
        if one.percent and one.row["value"] == 100:
            return
        for sign, qualifier in (("≥", ">"), (">", ">"), ("≤", "<"), ("<", "<"), ("~", "~"), ("≈", "~")):
            yield one.put(one.printed, before=sign + chance.choice(["", " "])), [(one.row["value"], qualifier)]


def negative(one, chance):
    if one.row["qualifier"] == "=" and one.row["value"] and one.text[max(0, one.start - 1)] == " ":
        moves = one.slot.row["measure"] in ("growth", "change")
        for sign in ("-", "−", "âm "):
            yield one.put(one.printed, before=sign), [(-one.row["value"], "=")] if moves else []


def exactness(one, chance):
    if one.row["qualifier"] == "=" and one.row["value"] is not None and one.text[max(0, one.start - 1)] == " ":
        if one.text[: one.start].endswith(("/ ", "đặt trên ")) or one.percent and one.row["value"] == 100:
            return
        told = (("không quá", "<"), ("chưa đầy", "<"), ("không dưới", ">"), ("trên dưới", "~"), ("ước khoảng", "~"))
        for words, qualifier in told:
            yield one.put(one.printed, before=words + " "), [(one.row["value"], qualifier)]


def _before(*phrases):
    def way(one, chance):
        if one.result:
            phrase = chance.choice(phrases).format(**_years(one.period, chance))
            yield _stated(one, phrase), []

    return way


def _stated(one, phrase):
    """Put a phrase before the number and the words that say how exact it is."""
    said = re.search(
        r"(?<!\w)(?:(?:tăng|giảm|bằng|ước|đạt|khoảng|hơn|trên|gần|xấp xỉ|dưới|chưa đến|là|có|tính)\s)+$",
        one.text[: one.start],
    )
    place = said.start() if said else one.start
    if re.search(r"(?:năm|tháng|kỳ|nay|quý|\d{4})\s$", one.text[:place]):
        place = one.start  # another time stands there
    return one.text[:place] + phrase + " " + one.text[place:]


def _behind(*phrases):
    def way(one, chance):
        noun = re.match(r"(?:\s[^\W\d_]+){1,4}(?=[,.;)]|$)", one.text[one.end :])
        if one.result and noun and one.slot.row["measure"] not in ("growth", "ratio_to_base", "change"):
            place = one.end + noun.end()
            phrase = chance.choice(phrases).format(**_years(one.period, chance))
            yield one.text[:place] + " " + phrase + one.text[place:], []

    return way


def _years(period, chance):
    first = period.start.month
    return {
        "year": period.year,
        "before": period.year - 1,
        "next": period.year + 1,
        "month": chance.randint(first + 1, first + 3),
        "quarter": "I" if first == 1 else "III",
        "place": chance.choice(OTHER_PLACES),
    }


def since_january(one, chance):
    if one.result and one.period.start.month > 1:
        yield _stated(one, "từ đầu năm đến nay"), []


def running(one, chance):
    if one.result and one.slot.row["measure"] == "flow":
        yield _stated(one, chance.choice(["lũy kế đến nay", "cộng dồn từ trước đến nay"])), []


def base(one, chance):
    """Hold a ratio or a growth against something else than a year before."""
    if one.slot.row["measure"] not in ("ratio_to_base", "growth", "change"):
        return
    same = re.compile(r"(?:so với )?(?:cùng kỳ|nửa cuối năm|6 tháng (?:đầu|cuối) năm)(?: năm)?(?: (?:trước|\d{4}))?")
    behind = one.text[one.end : one.end + 60]
    found = same.search(behind)
    if same.search(one.text, one.start - 40, one.start):
        return  # it is held against what stands before it
    if found and found.start() < 12:
        for other in (
            "kế hoạch",
            "so với quý I",
            "so với 6 tháng trước",
            "so với năm 2020",
            "so với bình quân cả nước",
        ):
            yield one.text[: one.end] + behind[: found.start()] + other + one.text[one.end + found.end() :], []


def impossible(one, chance):
    if one.percent and one.slot.row["measure"] == "share":
        digits = one.printed.rstrip("% ")
        yield one.put(digits.replace(",", "") + "3%" if "," in digits else digits + "1%"), []


def jump(one, chance):
    if (
        one.result
        and one.slot.last
        and one.slot.last["value"]
        and one.row["value"]
        and one.slot.row["measure"] in ("stock", "flow")
    ):
        ratio = Decimal(str(one.slot.last["value"])) / one.row["value"]
        for times in (100, Decimal("0.01")):
            value = one.row["value"] * times
            if (
                value == value.to_integral_value()
                and not Decimal("0.1") < value / Decimal(str(one.slot.last["value"])) < 10
                and ratio
            ):
                tail = re.search(r"\s?(?:tỷ|tỉ|triệu)?$", one.printed)[0]
                shown = (
                    one.row["value"]
                    if not tail.strip()
                    else numbers.parse(one.printed.replace("gần ", "").removesuffix(tail)).value
                )
                if shown * times == (shown * times).to_integral_value():
                    yield one.put(format_number(shown * times) + tail), []


def beside_plan(one, chance):
    """A plan stands beside the result: only the result may be entered."""
    if one.result and one.plain or one.grouped and one.result:
        other = format_number(int(one.printed.replace(".", "")) + chance.randint(3, 9))
        yield one.put(one.printed, after=f" (kế hoạch {other})"), [one.stated]
        yield one.put(f"{other} theo kế hoạch, thực hiện {one.printed}"), [one.stated, (one.row["value"], "=")]


def beside_last(one, chance):
    if one.result and (one.plain or one.grouped):
        other = format_number(int(one.printed.replace(".", "")) + chance.randint(3, 9))
        yield one.put(one.printed, after=f" (cùng kỳ {other})"), [one.stated]
        yield one.put(one.printed, after=f" (năm {one.period.year - 1}: {other})"), [one.stated]


def corrected(one, chance):
    """Old and new stand side by side, as when a draft is printed with its corrections showing."""
    if one.plain and len(one.printed) > 1 or one.grouped:
        other = format_number(int(one.printed.replace(".", "")) + chance.randint(3, 9))
        yield one.put(f"{other} {one.printed}"), [one.stated]


def twice(one, chance):
    """The sentence comes again with another number."""
    if not one.result or not (one.plain or one.grouped) or int(one.printed.replace(".", "")) < 3:
        return
    first = max(one.text.rfind(mark, 0, one.start) for mark in (". ", "; ", ": "))
    last = min(
        (place for mark in (". ", "; ") if (place := one.text.find(mark, one.end)) > 0),
        default=len(one.text.rstrip(".;")),
    )
    sentence = one.text[first + 2 if first >= 0 else 0 : last]
    other = format_number(int(one.printed.replace(".", "")) + 2)
    again = sentence.replace(one.printed, other, 1)
    if sentence.count(one.printed) == 1 and not re.match(r"\W*(?:\d|[a-zđ]\))", sentence):
        yield f"{one.text.rstrip('.;')}. Như vậy, {again[:1].lower()}{again[1:]}.", []


WAYS = {
    "marks of groups: `61. 300`": _broken(". "),
    "marks of groups: `61 .300`": _broken(" ."),
    "marks of groups: `61'300`": _broken("'"),
    "marks of groups: `61·300`": _broken("·"),
    "marks of groups: `61 300`": _broken(" "),
    "marks of groups: `61,300`": _broken(","),
    "a space inside: `6 1.300`": spaced,
    "letter-spaced: `6 1 . 3 0 0`": lettered,
    "a raised mark: `340¹`": marked,
    "a mark behind a quote: `”5`": quoted_mark,
    "in parts: `335 tỷ 500 triệu`, `1 triệu rưỡi`": parts,
    "in thousands: `61 nghìn 300`, `61k`, `6,1 vạn`": thousands,
    "money: `19,5trđ`, `₫`, `VNĐ`": money,
    "in words: `mười hai (12)`": in_words,
    "signs: `≥ > ≤ < ~ ≈`": signs,
    "negative: `-5%`, `âm 5%`": negative,
    "words: `không quá`, `trên dưới`": exactness,
    "wider: the year": _before("năm {year}", "cả năm {year}", "trong năm {year}", "cả năm"),
    "wider: since January": since_january,
    "wider: `12 tháng`, `trong 3 năm`": _before("12 tháng", "trong 3 năm", "giai đoạn 2021-2025", "3 năm qua"),
    "a running total of a flow": running,
    "narrower": _before(
        "trong tháng {month}", "riêng tháng {month}/{year}", "quý {quarter}", "trong quý {quarter}/{year}"
    ),
    "narrower, behind": _behind("trong tháng {month}", "của quý {quarter}", "(tháng {month}/{year})"),
    "earlier": _before("cùng kỳ năm trước", "năm {before}", "năm ngoái", "cuối năm {before}"),
    "earlier, behind": _behind("của cùng kỳ năm trước", "năm {before}", "(năm {before})", "hồi cuối năm {before}"),
    "later": _before("đến năm {next}", "năm {next}", "kỳ tới"),
    "plan": _before("kế hoạch là", "theo kế hoạch", "kế hoạch giao", "chỉ tiêu giao", "mục tiêu là", "dự toán giao"),
    "plan: aims": _before("phấn đấu đạt", "dự kiến", "đặt mục tiêu", "sẽ đạt"),
    "plan, behind": _behind("theo kế hoạch", "(theo kế hoạch)", "được giao"),
    "the nation": _before("cả nước", "toàn quốc có", "bình quân cả nước"),
    "another province": _before("tỉnh Bắc Ninh có", "tại tỉnh Thái Nguyên"),
    "a district": _before("tại huyện {place}", "huyện {place} có", "riêng huyện {place}"),
    "a district, behind": _behind("tại huyện {place}", "của huyện {place}", "ở huyện {place}"),
    "a company": _before("riêng MobiFone có", "của Công ty Hoàng Gia"),
    "not so": _before("chưa đạt", "còn thiếu", "không đạt"),
    "another base": base,
    "impossible share": impossible,
    "a jump": jump,
    "a plan beside it": beside_plan,
    "last year beside it": beside_last,
    "corrections showing": corrected,
    "printed twice": twice,
}
