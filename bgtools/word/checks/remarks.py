"""What is said about a place of a draft: what is printed there, what is expected, why, and where that comes from.

A remark is `wrong` where the draft cannot stay as it is, `ask` where a person has to look. Remarks are made elsewhere;
here they are put together for one number and put into words.
"""

from dataclasses import dataclass, field

from bgdata.voice import Message

WRONG, ASK = "wrong", "ask"
KINDS = {
    "value": Message("differs from the data"),
    "stale": Message("last period's value"),
    "direction": Message("direction word"),
    "sum": Message("sum"),
    "share": Message("share"),
    "rule": Message("contradicts other numbers"),
    "twice": Message("printed twice"),
    "notation": Message("notation"),
    "period": Message("year or period"),
    "unknown": Message("not certain"),
    "figure": Message("figure"),
    "caption": Message("caption"),
}
GRADES = {WRONG: Message("WRONG"), ASK: Message("CHECK")}


@dataclass(frozen=True)
class Remark:
    """Something to be said about a stretch of a passage.

    Attributes
    ----------
    kind : str
        One of KINDS.
    passage, start, end : int
    printed : str
    why : Message
        What is printed, what is expected, and why.
    expected : str
        What should stand there, as it would be printed; empty where that is not known.
    source : Message or None
        Where the expectation comes from.
    grade : str
        ``"wrong"`` or ``"ask"``.
    key : tuple of str
        Indicator and category, where they are known.
    about : tuple of (int, int, int)
        Of a rule, where the other numbers stand that it is about.
    """

    kind: str
    passage: int
    start: int
    end: int
    printed: str
    why: Message
    expected: str = ""
    source: Message | None = None
    grade: str = WRONG
    key: tuple = field(default=(), compare=False)
    about: tuple = field(default=(), compare=False)

    @property
    def place(self):
        return self.passage, self.start, self.end

    def overlaps(self, passage, start, end):
        """Tell whether it stands at a place, or is about it."""
        places = (self.place, *self.about)
        return any(where == passage and first < end and start < last for where, first, last in places)

    def paragraphs(self, lang):
        """Return the paragraphs of its comment."""
        head = f"{GRADES[self.grade].to(lang)} ({KINDS[self.kind].to(lang)}): {self.why.to(lang)}"
        if not self.source:
            return [head]
        return [head, Message("Source: {source}.", source=self.source).to(lang)]


def by_place(remarks):
    """Return the remarks that stand at one place together, in the order of the draft; overlapping ones are one place."""
    places = []
    for remark in sorted(remarks, key=lambda one: (one.place, one.grade != WRONG)):
        if places and places[-1][0].passage == remark.passage and remark.start < max(one.end for one in places[-1]):
            places[-1].append(remark)
        else:
            places.append([remark])
    return places
