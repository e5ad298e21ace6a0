"""Write out the numbers that Word gives to headings and lists by itself: "2.1.", "a)".

They stand in no paragraph's text, yet they say which section a number belongs to. They are counted as Word shows
them: its letters are a, b, c, d, e, f, without the Vietnamese đ.
"""

import re

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
ROMAN += ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
MOST = 3999


class Numbering:
    """Counts the paragraphs of each list.

    Parameters
    ----------
    tree : lxml element or None
        The root of `numbering.xml`.
    styles : bgtools.read.document.forms.styles.Styles
    """

    def __init__(self, tree, styles):
        self.styles, self.lists, self.counts, self.begun = styles, {}, {}, set()
        if tree is None:
            return
        abstract = {one.get(f"{W}abstractNumId"): one for one in tree.iterfind(f"{W}abstractNum")}
        linked = {_value(one, "styleLink"): one for one in abstract.values() if _value(one, "styleLink")}
        for number in tree.iterfind(f"{W}num"):
            of = abstract.get(_value(number, "abstractNumId"))
            if of is not None:
                of = linked.get(_value(of, "numStyleLink"), of)
                name, levels = of.get(f"{W}abstractNumId"), _levels(of)
                self.lists[number.get(f"{W}numId")] = (name, *_overridden(number, levels))

    def label(self, paragraph):
        """Return the number of a paragraph with a space behind it; empty where it has none."""
        number, depth = self._place(paragraph)
        name, levels, starts = self.lists.get(number, ("", {}, {}))
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(name, {})
        for level in starts if number not in self.begun else ():
            counts.pop(level, None)
        self.begun.add(number)
        counts[depth] = counts[depth] + 1 if depth in counts else starts.get(depth, levels[depth].start)
        for deeper in [other for other in counts if other > depth]:
            if levels.get(deeper, levels[depth]).restarts:
                del counts[deeper]
        form = levels[depth]
        if form.form == "bullet":
            return "- "
        text = re.sub(r"%([1-9])", lambda place: _written(counts, levels, int(place[1]) - 1, form.legal), form.text)
        return f"{text} " if text.strip() else ""

    def _place(self, paragraph):
        """Return the list and the level of a paragraph, by its own properties or those of its styles."""
        number = depth = style = None
        own = paragraph.find(f"{W}pPr/{W}numPr")
        chain = self.styles.chain(self.styles.of_paragraph(paragraph))
        for properties in [own, *(one.find(f"{W}pPr/{W}numPr") for one in chain)]:
            if properties is None:
                continue
            depth = _value(properties, "ilvl") if depth is None else depth
            if number is None and (number := _value(properties, "numId")) is not None and properties is not own:
                style = properties.getparent().getparent().get(f"{W}styleId")
        levels = self.lists.get(number, ("", {}, {}))[1]
        if depth is None:
            depth = next((level for level, form in levels.items() if style and form.style == style), 0)
        return number, int(depth) if str(depth).isdigit() else 0


class _Level:
    """One level of a list: how its numbers look, where they start."""

    def __init__(self, level):
        self.form = _value(level, "numFmt") or "decimal"
        self.text = _value(level, "lvlText") or ""
        start = _value(level, "start") or "1"
        self.start = int(start) if start.isdigit() else 1
        self.style = _value(level, "pStyle")
        self.restarts = _value(level, "lvlRestart") != "0"
        self.legal = level.find(f"{W}isLgl") is not None


def _value(element, name):
    found = element.find(f"{W}{name}")
    return found.get(f"{W}val") if found is not None else None


def _depth(element):
    depth = element.get(f"{W}ilvl", "0")
    return int(depth) if depth.isdigit() else 0


def _levels(element):
    return {_depth(level): _Level(level) for level in element.iterfind(f"{W}lvl")}


def _overridden(number, levels):
    """Return the levels of a list that overrides some of its pattern, and those that it starts anew."""
    levels, starts = dict(levels), {}
    for override in number.iterfind(f"{W}lvlOverride"):
        levels |= _levels(override)
        start = _value(override, "startOverride")
        if start is not None and start.isdigit():
            starts[_depth(override)] = int(start)
    return levels, starts


def _written(counts, levels, depth, legal):
    level = levels.get(depth)
    number = counts.get(depth, level.start if level else 1)
    return written(number, "decimal" if legal or level is None else level.form)


def written(number, form):
    """Write a number in a form that Word has a name for.

    Examples
    --------
    >>> [written(6, form) for form in ("decimal", "upperRoman", "lowerLetter", "decimalZero")]
    ['6', 'VI', 'f', '06']
    """
    if form in ("upperRoman", "lowerRoman"):
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form in ("upperLetter", "lowerLetter"):
        return _letter(number) if form == "lowerLetter" else _letter(number).upper()
    if form == "decimalZero":
        return f"{number:02d}"
    return "" if form in ("none", "bullet") else str(number)


def _letter(number):
    """Return the letter that Word shows: z is followed by aa.

    Examples
    --------
    >>> [_letter(number) for number in (4, 5, 26, 27)]
    ['d', 'e', 'z', 'aa']
    """
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9) if number > 0 else ""


def _roman(number):
    text = ""
    for value, letters in ROMAN:
        count, number = divmod(min(number, MOST), value)
        text += letters * count
    return text
