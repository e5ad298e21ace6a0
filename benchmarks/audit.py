"""Plant 200 errors in ten invented drafts and count what `bgdata audit` finds: python benchmarks/audit.py [--seed N]

Each draft is a report of tests/reports in another form of Word, with the checked numbers of that report as the data of
its period. An error counts as found where a comment of the copy stands at it: over its letters, or, in a note or a
text box, at the mark or the box, quoting it. Numbers are drawn from the checked file, whether the reader reads them or
not. A comment that stands at no planted error is a false alarm.
"""

import argparse
import csv
import io
import random
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from drafts import FORMS, MARK, draft, split
from word_xml import local, parts, value

from bgdata.package import Package
from bgtools.word.audit import audited, write
from bgtools.word.checks.remarks import WRONG
from bgtools.word.manuscript import open_draft
from conftest import PackageCopy

REPORTS = ROOT / "tests" / "reports"
DRAFTS = {  # report: its period, its form of Word
    "second-half": ("2024-S2", {"form": FORMS[0]}),
    "bullets": ("2025-S1", {"form": FORMS[1]}),
    "prose": ("2025-S1", {"form": FORMS[2], "comments": True}),
    "reordered": ("2026-S1", {"form": FORMS[3]}),
    "year-end": ("2024-S2", {"form": FORMS[4]}),
    "comparing": ("2025-S2", {"form": FORMS[5]}),
    "margins": ("2024-S2", {"form": FORMS[6]}),
    "successor": ("2025-S1", {"form": FORMS[7]}),
    "held-out": ("2025-S2", {"form": split, "boxes": 4}),
    "raised-marks": ("2025-S2", {"form": split, "tables": True}),
}
SHARES = {"digit": 4, "swapped": 3, "old value": 4, "direction": 2, "sum": 2, "share": 2, "twice": 3, "old year": 2}
EDGES = re.compile(r"(?<=[.;])\s")


class Planter:
    """Plants errors in a report's lines; each line takes one at most."""

    def __init__(self, lines, rows, last, chance):
        self.lines, self.rows, self.last, self.chance = list(lines), rows, last, chance
        self.planted = {}

    def plant(self, kind):
        """Plant one error of a kind where it can be; tell whether it could."""
        ways = {"old value": self._old, "direction": self._direction, "sum": self._sum, "share": self._share}
        ways |= {"twice": self._twice, "old year": self._year, "digit": self._digit, "swapped": self._swapped}
        return ways[kind]()

    def _rows(self):
        return self.chance.sample(self.rows, len(self.rows))

    def _place(self, printed):
        """Return the line and the place of a printed number that stands once in the report, or None."""
        digits = re.escape(printed.removeprefix("gần ").lstrip("−"))
        found = [
            (line, match)
            for line, text in enumerate(self.lines)
            for match in re.finditer(rf"(?<![\d.,/–-]){digits}(?![\d.,]\d|\d|[–-]\d|/\d+/|/20\d\d|/[A-ZĐ])", text)
        ]
        return (found[0][0], found[0][1].start(), found[0][1].end()) if len(found) == 1 else None

    def _put(self, kind, line, start, end, new):
        old = self.lines[line]
        if line in self.planted or old[start:end] == new:
            return False
        self.lines[line] = old[:start] + new + old[end:]
        self.planted[line] = (kind, start, start + len(new), new)
        return True

    def _changed(self, kind, change, rows=None):
        for row in self._rows() if rows is None else self.chance.sample(rows, len(rows)):
            place = self._place(row["printed"])
            if place and (new := change(self.lines[place[0]][place[1] : place[2]])) and self._put(kind, *place, new):
                return True
        return False

    def _digit(self):
        def change(printed):
            places = [place for place, letter in enumerate(printed) if letter.isdigit()]
            place = self.chance.choice(places)
            digits = [digit for digit in "123456789" if digit != printed[place]]
            return printed[:place] + self.chance.choice(digits) + printed[place + 1 :]

        return self._changed("digit", change)

    def _swapped(self):
        def change(printed):
            pairs = [
                place
                for place in range(len(printed) - 1)
                if printed[place : place + 2].isdigit()
                and printed[place] != printed[place + 1]
                and "0" not in printed[place : place + 2]
            ]
            if not pairs:
                return None
            place = self.chance.choice(pairs)
            return printed[:place] + printed[place + 1] + printed[place] + printed[place + 2 :]

        return self._changed("swapped", change)

    def _old(self):
        for row in self._rows():
            before, place = self.last.get((row["indicator"], row["category"])), self._place(row["printed"])
            if (
                before
                and place
                and before["printed"] != row["printed"]
                and self._put("old value", *place, before["printed"].lstrip("−"))
            ):
                return True
        return False

    def _direction(self):
        turned = {"tăng": "giảm", "Tăng": "Giảm", "giảm": "tăng", "Giảm": "Tăng"}
        for row in self._rows():
            place = self._place(row["printed"]) if row["measure"] in ("growth", "change") else None
            before = self.lines[place[0]][: place[1]] if place else ""
            way = re.search(r"(?<!\w)([Tt]ăng|[Gg]iảm)(?=\s(?:trưởng\s)?$)", before)
            if way and self._put("direction", place[0], *way.span(), turned[way[0]]):
                return True
        return False

    def _sum(self):
        for row in self._rows():
            categories = [one for one in self.rows if one["indicator"] == row["indicator"] and one["category"]]
            if row["category"] or len(categories) < 2 or not row["value"]:
                continue
            place = self._place(row["printed"])
            if place and re.fullmatch(r"\d+", row["printed"]):
                new = str(int(row["printed"]) + self.chance.choice([1, 2, 3, 10])).zfill(len(row["printed"]))
                if self._put("sum", *place, new):
                    return True
        return False

    def _share(self):
        def change(printed):
            number, decimals = (
                float(printed.rstrip("% ").replace(",", ".")),
                len(printed.partition(",")[2].rstrip("% ")),
            )
            other = number + self.chance.choice([3, 4, -5, -6])
            return f"{other:.{decimals}f}%".replace(".", ",") if 0 < other < 100 else None

        return self._changed("share", change, [row for row in self.rows if row["measure"] == "share"])

    def _twice(self):
        for row in self._rows():
            place = self._place(row["printed"])
            if (
                not place
                or place[0] in self.planted
                or MARK.search(self.lines[place[0]])
                or not re.search(r"[.]$", self.lines[place[0]])
            ):
                continue
            line, start, end = place
            sentence = next(
                (one for one in EDGES.split(self.lines[line]) if self.lines[line][start:end] in one), ""
            ).strip(" ;.")
            if not 30 < len(sentence) < 160 or len(re.findall(r"\d+", sentence)) > 2:
                continue
            other = self._other_number(self.lines[line][start:end])
            targets = [
                at
                for at, text in enumerate(self.lines)
                if at not in self.planted
                and at != line
                and len(text) > 120
                and text.endswith(".")
                and not MARK.match(text)
            ]
            if not targets:
                continue
            at = self.chance.choice(targets)
            added = f" {sentence.replace(self.lines[line][start:end], other)}."
            offset = len(self.lines[at]) + added.index(other)
            self.lines[at] += added
            self.planted[at] = ("twice", offset, offset + len(other), other)
            self.planted[line] = ("twice, first", start, end, self.lines[line][start:end])
            return True
        return False

    def _other_number(self, printed):
        place = next(place for place, letter in enumerate(printed) if letter.isdigit())
        return printed[:place] + ("3" if printed[place] != "3" else "4") + printed[place + 1 :]

    def _year(self):
        form = r"cùng kỳ năm (20\d\d)|6 tháng (?:đầu|cuối) năm (20\d\d)|(?:đến|hết) (?:ngày )?\d{1,2}/\d{1,2}/(20\d\d)"
        places = [
            (line, match.span(match.lastindex))
            for line, text in enumerate(self.lines)
            for match in re.finditer(form, text, re.IGNORECASE)
        ]
        return any(
            self._put("old year", line, *span, str(int(self.lines[line][span[0] : span[1]]) - 1))
            for line, span in self.chance.sample(places, len(places))
        )


def commented(content):
    """Return, for each paragraph of a copy, its text, the (start, end) of each comment in it, and what each says."""
    found = parts(content)
    tree = etree.fromstring(found["word/comments.xml"])
    said = {value(one, "id"): "".join(one.itertext()) for one in tree if value(one, "author") == "bgdata"}
    paragraphs, loose, open_at = [], [], {}
    for paragraph in etree.fromstring(found["word/document.xml"]).iter():
        if local(paragraph) != "p":
            continue
        text, spans = "", []
        for element in paragraph.iter():
            identifier = value(element, "id")
            if local(element) == "commentRangeStart" and identifier in said:
                open_at[identifier] = len(text)
            elif local(element) == "commentRangeEnd" and identifier in open_at:
                start = open_at.pop(identifier)
                spans.append((start, len(text), said[identifier]))
                if start == len(text) or any(local(one) == "txbxContent" for one in paragraph.iter()):
                    loose.append(said[identifier])
            elif local(element) == "t" and not any(
                local(one) in ("del", "Fallback") for one in element.iterancestors()
            ):
                text += element.text or ""
        paragraphs.append((text, spans))
    return paragraphs, loose, said


def measure(name, period, form, chance, folder):
    """Plant errors in one draft; return counts by kind, the numbers of the draft, false alarms and seconds."""
    with open(REPORTS / f"{name}.csv", encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["printed"]]
    project = PackageCopy(folder)
    text = (REPORTS / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    project.add_period(period, *text)
    with open(folder / "data" / "observations" / "2024-S1.csv", encoding="utf-8", newline="") as file:
        last = {(row["indicator"], row["category"]): row for row in csv.DictReader(file) if row["printed"]}
    lines = [line.strip() for line in (REPORTS / f"{name}.txt").read_text(encoding="utf-8").split("\n") if line.strip()]
    measures = {row["indicator"]: row["measure"] for row in Package.open(folder).indicators.values()}
    rows = [row | {"measure": measures[row["indicator"]]} for row in rows]
    planter = Planter(lines, rows, last, chance)
    wanted = [kind for kind, share in SHARES.items() for _ in range(share)]
    for kind in wanted:
        planter.plant(kind) or planter.plant("digit")
    path = folder / "draft.docx"
    path.write_bytes(draft("\n".join(planter.lines), seed=chance.randrange(1000), **form))
    start = time.process_time()
    found = audited(open_draft(path, Package.open(folder), period))
    write(found, folder / "copy.docx", "vi")
    seconds = time.process_time() - start
    return planter, found, judged(planter, (folder / "copy.docx").read_bytes()), seconds


def judged(planter, content):
    """Return which lines' errors are found."""
    paragraphs, loose, _ = commented(content)
    result = {}
    for line, (_, start, end, new) in planter.planted.items():
        text = planter.lines[line]
        bare = MARK.sub("", text)
        shift = len(MARK.findall(text[:start]))
        inside = any(
            at + first < end - shift and start - shift < at + last
            for paragraph, spans in paragraphs
            if paragraph.strip() and (at := bare.find(paragraph.strip())) >= 0
            for first, last, _ in spans
        )
        quoted = any(new.strip("%") in said for said in loose)
        result[line] = inside or quoted
    return result


def _taken(found, printed):
    """Return what the reader took a number for, and how sure it was."""
    return [
        (str(one.slot.key), round(one.confidence, 2), one.slot.row["unit"])
        for one in found.manuscript.reading.matches
        if one.numeral.printed.lstrip("−") == printed
    ]


def false_alarms(planter, found):
    """Return the remarks that stand at no planted error."""
    passages, alarms = found.manuscript.reading.passages, []
    for place in found.remarks:
        text = passages[place[0].passage].text
        start, end = place[0].start, max(one.end for one in place)
        hit = False
        for line, (_, first, last, _) in planter.planted.items():
            bare = MARK.sub("", planter.lines[line])
            shift = len(MARK.findall(planter.lines[line][:first]))
            offset = re.sub(r"\s", "", text).find(re.sub(r"\s", "", bare[max(0, first - shift - 12) : last - shift]))
            near = len(re.sub(r"\s", "", text[:start])) - 30 < offset < len(re.sub(r"\s", "", text[:end])) + 2
            hit = hit or (offset >= 0 and near)
        if not hit:
            alarms.append(place)
    return alarms


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--show", action="store_true", help="List what was missed, and the false alarms.")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    planted, caught, alarms, asks, right, spent = Counter(), Counter(), 0, 0, 0, []
    for name, (period, form) in DRAFTS.items():
        with tempfile.TemporaryDirectory() as folder:
            planter, found, result, seconds = measure(name, period, form, chance, Path(folder))
        spent.append(seconds)
        kinds = {line: kind for line, (kind, *_) in planter.planted.items() if kind != "twice, first"}
        firsts = [line for line, (kind, *_) in planter.planted.items() if kind == "twice, first"]
        planted.update(kinds.values())
        caught.update(kind for line, kind in kinds.items() if result[line])
        places = false_alarms(planter, found)
        wrong = [place for place in places if any(one.grade == WRONG for one in place)]
        alarms, asks = alarms + len(wrong), asks + len(places) - len(wrong)
        right += len(found.manuscript.numbers) - len(kinds)
        if asked.show:
            print(
                f"== {name}: {len(kinds)} planted, {sum(result[line] for line in kinds)} found, first mentions marked {sum(result[line] for line in firsts)}",
                file=sys.stderr,
            )
            for line, kind in kinds.items():
                if not result[line]:
                    _, start, end, new = planter.planted[line]
                    print(
                        f"   missed {kind}: {new} {_taken(found, new)} | {planter.lines[line][max(0, start - 70) : end + 40]}",
                        file=sys.stderr,
                    )
            for place in places:
                text = found.manuscript.reading.passages[place[0].passage].text
                print(
                    f"   alarm {place[0].grade} {place[0].kind}: {place[0].why.to('en')[:150]} | {text[max(0, place[0].start - 60) : place[0].end + 40]}",
                    file=sys.stderr,
                )
    print(table(planted, caught, alarms, asks, right, spent), end="")


def table(planted, caught, alarms, asks, right, spent):
    out = io.StringIO()
    out.write("| error planted | planted | found at the right run |\n|---|---|---|\n")
    for kind in SHARES:
        if planted[kind]:
            out.write(f"| {kind} | {planted[kind]} | {caught[kind]} ({caught[kind] / planted[kind]:.0%}) |\n")
    every, got = sum(planted.values()), sum(caught.values())
    out.write(f"| **all** | {every} | {got} ({got / every:.1%}) |\n\n")
    out.write(
        f"False alarms: {alarms} called wrong, {asks} asked about, in {right} right numbers ({alarms / right:.2%}, {(alarms + asks) / right:.2%}).\n"
    )
    out.write(f"Processor: {sum(spent) / len(spent):.2f} s a draft, at most {max(spent):.2f} s.\n")
    return out.getvalue()


if __name__ == "__main__":
    main()
