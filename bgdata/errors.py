"""The errors that bgdata raises: every one is a sentence for the person at the keyboard.

Nothing is decided here. An error says where, what was found, what is expected and what to do next.
"""

from difflib import get_close_matches


class BgdataError(Exception):
    """Base of all errors that users can cause; the command line shows them without a traceback.

    Examples
    --------
    >>> import bgdata as bg
    >>> try:
    ...     bg.load("telecon", period="2024-S1")
    ... except bg.BgdataError as error:
    ...     print(error)
    Sector "telecon" is unknown; did you mean "telecom"?
    """


class NotationError(BgdataError):
    """A printed number that breaks the Vietnamese notation.

    Attributes
    ----------
    readings : tuple of str
        What the number could mean, written correctly; empty where nothing comes near.
    """

    def __init__(self, message, readings=()):
        super().__init__(message)
        self.readings = tuple(readings)


class UnknownName(BgdataError):
    """A period, sector, indicator, category, notebook or parameter that does not exist."""

    @classmethod
    def of(cls, kind, name, known):
        """Make the error for `name`, with the near matches among `known`.

        Examples
        --------
        >>> print(UnknownName.of("indicator", "telecom.bst", ["telecom.bts", "post.revenue"]))
        Indicator "telecom.bst" is unknown; did you mean "telecom.bts"?
        """
        return cls(f'{kind.capitalize()} "{name}" is unknown{near(name, known)}')


class DataError(BgdataError):
    """Files of the data package that cannot be used.

    Attributes
    ----------
    faults : list of str
        Every fault found, one line each: file, line, what was found, what was expected.
    """

    def __init__(self, message, faults=()):
        self.faults = list(faults)
        super().__init__("\n".join([message, *(f"  {fault}" for fault in self.faults)]))


class FigureError(BgdataError):
    """A figure that does not show the numbers that went into it, or that cannot be saved."""


class RunError(BgdataError):
    """Notebooks that cannot be run as asked."""


def near(name, known):
    """Say which of `known` come near `name`, as the end of a sentence.

    Examples
    --------
    >>> near("telecon", ["telecom", "post"])
    '; did you mean "telecom"?'
    >>> near("x", ["post", "telecom"])
    '; known: post, telecom.'
    """
    known = [str(k) for k in known]
    matches = get_close_matches(str(name), known, n=3, cutoff=0.6)
    if matches:
        return "; did you mean " + " or ".join(f'"{match}"' for match in matches) + "?"
    shown = ", ".join(known[:20]) + (", ..." if len(known) > 20 else "")
    return f"; known: {shown}." if known else "; none is known."
