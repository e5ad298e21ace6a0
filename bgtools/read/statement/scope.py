"""Tell whose number a numeral is: the province's, or that of the country, another province, a district, a company.

The place that stands nearest says whose a number is, where it is used as a place: at it, of it, or as who has it. A
partner ("phối hợp với huyện ...") is none. Whether an indicator is about that very place is asked in `match`.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bgtools.read.statement.doubts import COMPANY, NATION, PLACE

CAPITAL = "[A-Z" + "".join(filter(str.isupper, map(chr, range(0xC0, 0x1EFA)))) + "]"
NAME = rf"{CAPITAL}[^\W\d_]*(?:\s{CAPITAL}[^\W\d_]*){{0,3}}"
SMALL = "[a-z" + "".join(filter(str.islower, map(chr, range(0xDF, 0x1EFA)))) + "]"
PROPER = (
    rf"(?!(?:Tại|Ở|Trên|Riêng|Trong|Theo|Với|Và|Còn|Hiện|Nay|Có|Của)\s){CAPITAL}{SMALL}+(?:\s{CAPITAL}{SMALL}*){{1,4}}"
)
UNIT = "huyện|thị xã|xã|phường|thị trấn|thôn|đơn vị|địa phương|doanh nghiệp|hộ|điểm|cơ sở|tổ|người|tỉnh"
KINDS = {
    "home": r"(?i:toàn tỉnh|cả tỉnh|toàn địa bàn|địa bàn tỉnh|trong tỉnh|của tỉnh|tại tỉnh|tỉnh ta|tỉnh nhà)(?!\s"
    + CAPITAL
    + ")",
    "nation": r"(?i:cả nước|nước ta|toàn quốc|quốc gia(?= (?:có|đạt|là)|,)|(?:cả |khắp )?(?:ba miền|miền (?:Bắc|Trung|Nam))|(?:63|34) địa phương|trong nước|toàn cầu|thế giới|các nước|(?:cả|toàn) (?:vùng|miền|khu vực)|khu vực phía Bắc|các địa phương khác|"
    r"(?:các|63|34) tỉnh(?:, thành(?: phố)?)?(?: (?:khác|bạn|lân cận|phía|trong (?:vùng|khu vực))(?: Bắc| Nam)?)?)|(?i:vùng|khu vực) (?:trung du|miền núi|đồng bằng|"
    + CAPITAL
    + r"[^\W\d_]+)",
    "place": rf"(?i:tỉnh|huyện|thị xã|thành phố|tp\.?|quận|xã|phường|thị trấn|thôn|huyện đoàn|thị đoàn|thành đoàn|khu công nghiệp|kcn) {NAME}|"
    r"(?i:(?:khu vực|vùng|các huyện|các xã|huyện|xã) (?:nông thôn|thành thị|đô thị|miền núi|vùng cao|biên giới)|tỉnh bạn)",
    "company": rf"(?:VNPT|Viettel|MobiFone|Mobifone|Vinaphone|VinaPhone|Vietnamobile|Gmobile|FPT|CMC|MISA|BKAV|Bkav|VNG|Foxconn|Fuhong|Luxshare|Samsung|Goertek|Hana Micron|Siflex|Crystal Martin|Vietnam ?Post|J&T|GHTK|GHN|Ninja Van|Best Express|DHL|UPS|Shopee|Lazada|Tiki|Sendo|Agribank|Vietcombank|BIDV|VietinBank|Vietinbank|Sacombank|Techcombank|VPBank|MB ?Bank|TPBank|SHB|LPBank|LienVietPostBank)(?: {NAME})?|(?i:công ty(?: cổ phần| tnhh| tnhh mtv)?|tập đoàn|tổng công ty|ngân hàng|chi nhánh|hợp tác xã|htx|hãng|xí nghiệp|nhà máy|trường(?: đại học| cao đẳng| thpt| thcs| tiểu học| mầm non| trung cấp)?|bệnh viện(?: đa khoa)?|trung tâm y tế|trạm y tế) {NAME}",
    "body": r"(?:Công an|Bưu điện|Báo|Đài|Hội|Trường|Bệnh viện|Trung tâm|Kho bạc|Cục|Chi cục|Tòa án|Viện|Bộ|Sở|Liên minh|Hiệp hội|Liên đoàn)"
    r"(?! (?:nghị|thảo|thi|chợ|đồng|hợp|phận|tiêu|cáo|Thông tin và|TT&TT|Khoa học và Công nghệ))(?:\s[^\W_]+){1,8}?(?=\s(?:có|đạt|ghi nhận|chiếm)\s)|(?i:toàn ngành|trung ương|việt nam)",
    "some": rf"(?i:(?:một|một số|nhiều|có|hai|ba|bốn|mỗi|từng|bình quân(?: một| mỗi)?|trung bình(?: một| mỗi)?) (?:{UNIT})(?: [^\W\d_]+){{0,3}}?)(?=\s?(?:có|đạt|là|:|,|\d|[.;)]|$))|{PROPER}",
}
BESIDE = ("body", "some")  # whose numbers are only those right beside them
PLACES = re.compile("|".join(rf"(?P<{kind}>(?<!\w){form}(?!\w))" for kind, form in KINDS.items()))
PARTNER = re.compile(
    r"(?i:(?<!\w)(?:phối hợp|cùng|(?<!đối )với|theo|và|của bộ|từ|liên kết|sở [^.,;:()\d]{1,40}|giữa|đến|tới|dẫn đầu|đứng đầu|so với|hơn|các|bình chọn|gửi|về))\s(?:(?i:ubnd|cả|cho|các)\s)*$|"
    rf"(?i:(?<!\w)(?:phối hợp (?:chặt chẽ )?với|liên kết với|cùng với)\s(?:[^\W\d_]+\s){{0,3}}){NAME},\s$"
)
AT = re.compile(
    r"(?i:(?<!\w)(?:tại|ở|của|riêng|đối với|địa bàn|thuộc|bình quân|trung bình|bình quân chung|trên|trong|gồm|có|là))\s(?:(?i:địa bàn|chung|ubnd|của)\s)*$|(?:^|[.;:,(|–-])\s*(?:(?i:trong đó|và|ubnd|riêng|còn|nhưng)\s)*$"
)
BEHIND = re.compile(
    r"(?:\s?%)?(?:\s(?!và\s|với\s)[^\W\d_]+){0,6}\s(?:\(\s?)?(?:(?i:tại|ở|của|thuộc|trên|địa bàn|trong)\s){0,3}$"
)
APART = re.compile(r"(?:\s?%)?(?:\s[^\W\d_]+){0,4},\s(?:(?i:tại|ở|của|thuộc|phần)\s)?")
HAS = re.compile(
    r"(?i:[\s:]*(?:(?:tăng|giảm|bằng|có|đạt|là|được|ước|ước đạt|khoảng|gần|hơn|trên|dưới|xấp xỉ|ghi nhận|đã|còn|không quá|chưa đến)\s)*[≥>≤<~≈]?\s?)"
)
STOP = re.compile(r"[.;!?](?=\s)")
DOUBTS = {"nation": NATION, "place": PLACE, "company": COMPANY, "body": COMPANY, "some": PLACE}
WHEN = re.compile(r"(?i:\s(?:của tỉnh|trong|đã|hiện|từ|tính|đến)(?!\w))")  # what a body's name does not go on with
REACH = 200
MOST = 8


@dataclass(frozen=True)
class Place:
    """Words that name whose a number is.

    Attributes
    ----------
    start, end : int
    kind : str
        ``"home"``, ``"nation"``, ``"place"``, ``"company"``, ``"body"`` or ``"some"`` (one of many, or any name).
    name : str
        Without the word for what it is: ``"Yên Thế"``.
    """

    start: int
    end: int
    kind: str
    name: str

    @property
    def doubt(self):
        """Message: the doubt that it is none of the province's own numbers."""
        return DOUBTS[self.kind]


def home_of(passages):
    """Return the name of the province that a report speaks of most.

    Examples
    --------
    >>> from bgtools.read.document.passage import Passage
    >>> home_of([Passage("Sở của tỉnh Bắc Giang; tỉnh Bắc Ninh; tỉnh Bắc Giang.")])
    'Bắc Giang'
    """
    counts = {}
    for passage in passages:
        for match in re.finditer(rf"(?i:(?<!\w)tỉnh) ({NAME})", passage.text):
            name = " ".join(match[1].split()[:2])
            counts[name] = counts.get(name, 0) + 1
    return max(counts, key=counts.get) if counts else ""


class Map:
    """Tells whose each numeral of a passage is.

    Parameters
    ----------
    text : str
    home : str
        The name of the province.
    names : re.Pattern, optional
        Of places that the report names elsewhere with the word for what they are.
    """

    def __init__(self, text, home="", names=None):
        self.text = text
        named = [Place(*match.span(), "place", match[0]) for match in names.finditer(text)] if names else []
        self.found, behind = [], 0
        for one in sorted([*named, *(_place(match, home) for match in PLACES.finditer(text))], key=_longest_first):
            if one.start >= behind:
                self.found.append(one)
                behind = one.end
        self.starts = [one.start for one in self.found]
        self.stops = [match.end() for match in STOP.finditer(text)]

    def of(self, start, end):
        """Return the place that a numeral is of, or None for the province.

        Examples
        --------
        >>> text = "Cả nước có 900 điểm; huyện Yên Thế có 12 điểm, toàn tỉnh 340 điểm; phối hợp với huyện Tân Yên mở 5 lớp."
        >>> told = Map(text)
        >>> [(found := told.of(*match.span())) and found.name for match in re.finditer("[0-9]+", text)]
        ['Cả nước', 'Yên Thế', None, None]
        """
        behind = self._behind(end)
        if behind and behind.kind != "home":
            return behind
        place = bisect_right(self.starts, start - 1)
        stop = bisect_right(self.stops, start)
        sentence = self.stops[stop - 1] if stop else 0
        for one in reversed(self.found[max(0, place - MOST) : place]):
            if one.start < max(sentence, start - REACH):
                return None
            subject = HAS.fullmatch(self.text[one.end : start])
            if one.kind in BESIDE and not subject and not self._opens(one):
                continue
            if (subject or self._used(one)) and self._same_bracket(one, start):
                return None if one.kind == "home" else one
        return None

    def _behind(self, end):
        place = bisect_left(self.starts, end)
        if place == len(self.found) or self.found[place].start - end > 60:
            return None
        one = self.found[place]
        between = self.text[end : one.start]
        if (
            one.kind in ("place", "company")
            and APART.fullmatch(between)
            and re.match(r"\s*(?:[;.)]|$)", self.text[one.end :])
        ):
            return one
        if "(" in between and self.text[one.end : one.end + 1] != ")":
            return None
        if not BEHIND.fullmatch(between) or re.search(
            r"(?i:dẫn đầu|đứng đầu|hơn|như|cấp|về|sở|với|cho|đến|tới|vào|hướng|so)\s$", between
        ):
            return None
        return one

    def _used(self, one):
        before = self.text[max(0, one.start - 60) : one.start]
        if one.kind == "home":
            return True
        return (one.kind == "nation" or bool(AT.search(before))) and not PARTNER.search(before)

    def _opens(self, one):
        """Tell whether a sentence opens with where it is about: "Tại Hà Nội, ..."."""
        opening = re.search(
            r"(?:^|[.;:(]\s)\W*(?i:tại|ở|trên|riêng|đối với)\s$", self.text[max(0, one.start - 20) : one.start]
        )
        return bool(opening) and self.text[one.end : one.end + 1] == ","

    def _same_bracket(self, one, start):
        between = self.text[one.end : start]
        return between.count(")") <= between.count("(")


def home_of_package(package):
    """Return the province whose reports a package holds, as the source of its newest period names it."""
    sources = [row["source_vi"] for row in package.periods.values()]
    found = re.search(rf"(?i:tỉnh) ({NAME})", sources[-1]) if sources else None
    return found[1] if found else ""


def names_of(passages, home):
    """Return a pattern for the names of places other than the province: of all that are known, and that a report brings up.

    Examples
    --------
    >>> from bgtools.read.document.passage import Passage
    >>> names = names_of([Passage("huyện Vân Đồn có 12 điểm (Tân Yên 15)")], "Bắc Giang")
    >>> names.findall("Vân Đồn, Tân Yên, Bắc Giang, Thái Bình, Cổ Loa")
    ['Vân Đồn', 'Tân Yên', 'Thái Bình']
    """
    found = set(known()) - {home, home_of(passages)}
    for passage in passages:
        for match in PLACES.finditer(passage.text):
            place = _place(match, home)
            if place.kind == "place" and place.name != home and re.match(rf"{NAME}$", place.name) and " " in place.name:
                found.add(place.name)
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, found), reverse=True))})(?!\w)")


@cache
def known():
    """Return the provinces of the country, and the districts and communes of Bắc Giang."""
    return frozenset(Path(__file__).with_name("places.txt").read_text(encoding="utf-8").splitlines())


def _longest_first(place):
    return place.start, -place.end


def _place(match, home):
    kind, words = match.lastgroup, match[0]
    named = re.search(rf"{NAME}$", words.split(" ", 1)[-1]) if kind == "place" and " " in words else None
    name = named[0] if named else words
    if kind == "body":
        name = WHEN.split(words)[0]
    if kind == "company":
        name = re.sub(r"^(?i:công ty|tổng công ty|tập đoàn|ngân hàng|chi nhánh)\s", "", words)
    own = kind == "place" and words.lower().startswith("tỉnh ") or kind == "some"
    own = own and home and name.lower().startswith(home.lower())
    return Place(match.start(), match.end(), "home" if own else kind, name)
