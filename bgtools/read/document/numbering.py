"""Write out the numbers that Word gives to headings and lists by itself: "2.1.", "a)".

They stand in no paragraph's text, yet they say which section a number belongs to.
"""

import re

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
LETTERS = "abcdđeghiklmnopqrstuvxy"


class Numbering:
    """Counts the paragraphs of each list.

    Parameters
    ----------
    numbering, styles : lxml element or None
        The roots of `numbering.xml` and `styles.xml`.
    """

    def __init__(self, numbering, styles):
        self.levels, self.counts = {}, {}
        if numbering is not None:
            abstract = {one.get(f"{W}abstractNumId"): one for one in numbering.iterfind(f"{W}abstractNum")}
            for number in numbering.iterfind(f"{W}num"):
                of = abstract.get(number.find(f"{W}abstractNumId").get(f"{W}val"))
                if of is not None:
                    self.levels[number.get(f"{W}numId")] = (of.get(f"{W}abstractNumId"), _levels(of))
        self.styles = {}
        for style in styles.iterfind(f"{W}style") if styles is not None else ():
            properties = style.find(f"{W}pPr/{W}numPr")
            if properties is not None:
                self.styles[style.get(f"{W}styleId")] = properties

    def label(self, paragraph):
        """Return the number of a paragraph with a space behind it; empty where it has none."""
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        if properties is None:
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            properties = self.styles.get(style.get(f"{W}val")) if style is not None else None
        if properties is None or properties.find(f"{W}numId") is None:
            return ""
        level = properties.find(f"{W}ilvl")
        depth = int(level.get(f"{W}val")) if level is not None else 0
        name, levels = self.levels.get(properties.find(f"{W}numId").get(f"{W}val"), ("", {}))
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(name, {})
        counts[depth] = counts.get(depth, levels[depth][2] - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        form, text, _ = levels[depth]
        if form == "bullet":
            return "- "
        return re.sub(r"%(\d)", lambda place: _written(counts, levels, int(place[1]) - 1), text) + " "


def _levels(abstract):
    levels = {}
    for level in abstract.iterfind(f"{W}lvl"):
        values = {
            name: element.get(f"{W}val")
            for name in ("numFmt", "lvlText", "start")
            if (element := level.find(f"{W}{name}")) is not None
        }
        start = int(values.get("start") or 1)
        levels[int(level.get(f"{W}ilvl"))] = (values.get("numFmt", "decimal"), values.get("lvlText", ""), start)
    return levels


def _written(counts, levels, depth):
    form, _, start = levels.get(depth, ("decimal", "", 1))
    number = counts.get(depth, start)
    if form == "upperRoman":
        return _roman(number)
    if form == "lowerLetter":
        return LETTERS[(number - 1) % len(LETTERS)]
    return str(number)


def _roman(number):
    text = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text
