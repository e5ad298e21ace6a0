"""How a run of a Word file looks in the end: its own properties over those of its styles over the document's.

Only what tells text from marks is followed: whether it is raised, hidden, struck out, bold, and in which font.
"""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFF = ("0", "false", "off", "none")
RISE = 8  # half-points that a superscript stands above its line, or more
MOST_STEPS = 30  # of styles that are based on others


class Styles:
    """The styles of a document.

    Parameters
    ----------
    tree : lxml element or None
        The root of `styles.xml`.
    """

    def __init__(self, tree):
        self.styles, self.defaults, self.default = {}, {}, ""
        self._chains = {}
        if tree is None:
            return
        self.defaults = looks(tree.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for style in tree.iterfind(f"{W}style"):
            self.styles[style.get(f"{W}styleId")] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self.default = style.get(f"{W}styleId")

    def chain(self, name):
        """Return a style and those that it is based on, nearest first."""
        found = []
        while name in self.styles and len(found) < MOST_STEPS and self.styles[name] not in found:
            found.append(self.styles[name])
            based = found[-1].find(f"{W}basedOn")
            name = based.get(f"{W}val") if based is not None else None
        return found

    def of_paragraph(self, paragraph):
        """Return the name of a paragraph's style."""
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        return named.get(f"{W}val") if named is not None else self.default

    def run(self, run, paragraph_style):
        """Return how a run looks: a dict of ``rise``, ``hidden``, ``struck``, ``bold`` and ``font``."""
        own = run.find(f"{W}rPr")
        named = own.find(f"{W}rStyle") if own is not None else None
        of_style = self._styled(paragraph_style, named.get(f"{W}val") if named is not None else None)
        look = of_style | looks(own) if own is not None else dict(of_style)
        return look | {"rise": look.get("align", 0) + look.get("position", 0)}

    def _styled(self, *names):
        if names not in self._chains:
            found = dict(self.defaults)
            for name in names:
                for style in reversed(self.chain(name)):
                    found |= looks(style.find(f"{W}rPr"))
            self._chains[names] = found
        return self._chains[names]

    def outline(self, name, paragraph):
        """Return the level of a heading, from 1, by its own properties or those of its style; 0 of any other."""
        for element in (paragraph, *self.chain(name)):
            level = element.find(f"{W}pPr/{W}outlineLvl")
            if level is not None and level.get(f"{W}val", "").isdigit():
                return int(level.get(f"{W}val")) + 1 if int(level.get(f"{W}val")) < 9 else 0
        return 0


def looks(properties):
    """Return what the properties of a run or style say; what they leave open is absent."""
    found = {}
    for one in properties if properties is not None else ():
        value = one.get(f"{W}val")
        if one.tag == f"{W}vertAlign":
            found["align"] = RISE if value == "superscript" else 0
        elif one.tag == f"{W}position":
            found["position"] = _half_points(value)
        elif one.tag in (f"{W}vanish", f"{W}strike", f"{W}dstrike", f"{W}b"):
            name = {"vanish": "hidden", "b": "bold"}.get(one.tag[len(W) :], "struck")
            found[name] = value not in OFF
        elif one.tag == f"{W}rFonts" and (font := one.get(f"{W}hAnsi") or one.get(f"{W}ascii")):
            found["font"] = font
    return found


def _half_points(value):
    """Read a measure: half-points, or with its unit as strict files write it."""
    value = value or "0"
    try:
        return 2 * float(value[:-2]) if value.endswith("pt") else float(value)
    except ValueError:
        return 0.0
