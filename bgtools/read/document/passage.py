"""What a report's document is made of: passages, the cells of its tables, and an account of its digits.

These are shapes only; readers fill them, and what the words and numbers mean is decided elsewhere.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes
    ----------
    start, end : int
        Its span in the text of its passage.
    heads : tuple of str
        The heads of its column, outermost first, such as ``("Kỳ này", "Ước thực hiện")``.
    rows : tuple of str
        The heads of its row, outermost first: those of its group, then the row's own label.
    column, row : int
        Its place in the grid, counted from 0.
    """

    start: int
    end: int
    heads: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    column: int = 0
    row: int = 0


@dataclass
class Passage:
    """A paragraph, heading, footnote or row of a table.

    Attributes
    ----------
    text : str
        Without footnote marks; the cells of a row are joined by ``" | "``.
    section : str
        Such as ``"I.2.1.a"``; of a footnote, ``"I.2.1.a fn2"``. Empty before the first heading.
    headings : tuple of str
        The headings above it, outermost first.
    host : str
        Of a footnote, the text before its mark; else empty.
    lead : str
        Of an item of a list or a row of a table, the words that lead to it; else empty.
    marks : dict of str to int
        The footnote marks that stood in the text, and where.
    cells : tuple of Cell
        Of a row of a table, its cells; else empty.
    at : (int, int) or None
        Of a footnote, the passage and the place in it where its mark stands.
    source : tuple
        Where the text came from in a Word file, for :func:`bgtools.read.document.forms.origin.located`.
    """

    text: str
    section: str = ""
    headings: tuple = ()
    host: str = ""
    lead: str = ""
    marks: dict = field(default_factory=dict)
    cells: tuple[Cell, ...] = ()
    at: tuple[int, int] | None = None
    source: tuple = ()


@dataclass
class Digits:
    """Where every digit of a file went.

    Attributes
    ----------
    raw : int
        Digits of the file's own content, counted without the reader.
    added : int
        Those that the reader wrote, such as the numbers that Word gives to headings.
    kept : int
        Those that stand in the text of passages.
    marks : int
        Those that were taken for marks of footnotes.
    dropped : dict of str to int
        Those that are no text of the report, by the reason: ``"page number"``, ``"deleted"``, ``"field"`` ...
    """

    raw: int = 0
    added: int = 0
    kept: int = 0
    marks: int = 0
    dropped: dict = field(default_factory=dict)

    @property
    def lost(self):
        """int: digits that nothing accounts for; 0 in every document that was read rightly.

        Examples
        --------
        >>> Digits(raw=12, kept=9, marks=2, dropped={"page number": 1}).lost
        0
        """
        return self.raw + self.added - self.kept - self.marks - sum(self.dropped.values())


@dataclass
class Document:
    """A report's document as it was read.

    Attributes
    ----------
    passages : list of Passage
        In the document's order; footnotes at the end.
    notices : list of str
        What a person should know about how it was read.
    front : list of str
        The lines before the first section: letterhead and title.
    digits : Digits
    """

    passages: list[Passage] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    front: list[str] = field(default_factory=list)
    digits: Digits = field(default_factory=Digits)
