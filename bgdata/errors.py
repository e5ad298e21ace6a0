"""The errors that bgdata raises: every one is a sentence for the person at the keyboard.

Nothing is decided here. An error says where, what was found, what is expected and what to do next; it carries what it
is about, and is put into words when it is shown (see `voice`).
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from bgdata.voice import Joined, Message, counted


class BgdataError(Exception):
    """Base of all errors that users can cause; the command line shows them without a traceback.

    Parameters
    ----------
    text : str or Message
        The sentence, with places for values.
    **values
        What it is about.

    Attributes
    ----------
    message : Message

    Examples
    --------
    >>> import bgdata as bg
    >>> try:
    ...     bg.load("telecon", period="2024-S1")
    ... except bg.BgdataError as error:
    ...     print(error)
    Sector "telecon" is unknown; did you mean "telecom"?
    """

    def __init__(self, text: str | Message, /, **values: object):
        self.message = text if isinstance(text, Message) else Message(text, **values)
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class NotationError(BgdataError):
    """A printed number that breaks the Vietnamese notation.

    Attributes
    ----------
    readings : tuple of str
        What the number could mean, written correctly; empty where nothing comes near.
    """

    def __init__(self, text: str | Message, /, readings=(), **values):
        super().__init__(text, **values)
        self.readings = tuple(readings)


class UnknownName(BgdataError):
    """A period, sector, indicator, category, notebook or parameter that does not exist."""

    @classmethod
    def of(cls, text: str | Message, name, known):
        """Make the error for `name`, with the near matches among `known`.

        Parameters
        ----------
        text : str
            With places for ``{name}`` and the ``{hint}`` at its end.

        Examples
        --------
        >>> print(UnknownName.of('Indicator "{name}" is unknown{hint}', "telecom.bst", ["telecom.bts", "post.revenue"]))
        Indicator "telecom.bst" is unknown; did you mean "telecom.bts"?
        """
        text = text.text if isinstance(text, Message) else text
        return cls(text, name=str(name), hint=near(name, known))


class DataError(BgdataError):
    """Files of the data package that cannot be used.

    Attributes
    ----------
    faults : list of Fault
        Every fault found: file, line, and what was found and expected.
    """

    def __init__(self, text: str | Message, /, faults=(), **values):
        super().__init__(text, **values)
        self.faults = list(faults)


class FigureError(BgdataError):
    """A figure that does not show the numbers that went into it, or that cannot be saved."""


class RunError(BgdataError):
    """Notebooks that cannot be run as asked."""


class WriteError(BgdataError):
    """A file that cannot be written; what was there is unchanged."""


def either(readings: Iterable[str]) -> Message:
    """Return texts as the choices that there are.

    Examples
    --------
    >>> print(either(["16,2%", "162%"]))
    16,2% or 162%
    """
    between = Message(" or ")
    return Joined(between, readings)


def meant(names: Iterable[str]) -> Message:
    """Ask whether one of these names was meant, as the end of a sentence."""
    return Message("; did you mean {names}?", names=either(f'"{name}"' for name in names))


def near(name: object, known: Iterable[object]) -> Message:
    """Say which of `known` come near `name`, as the end of a sentence.

    Examples
    --------
    >>> print(near("telecon", ["telecom", "post"]))
    ; did you mean "telecom"?
    >>> print(near("x", ["post", "telecom"]))
    ; known: post, telecom.
    """
    names = [str(one) for one in known]
    matches = get_close_matches(str(name), names, n=3, cutoff=0.6)
    if matches:
        return meant(matches)
    if not names:
        return Message("; none is known.")
    return Message("; known: {names}.", names=[*names[:20], *(["..."] if len(names) > 20 else [])])


class Fault(NamedTuple):
    """What is wrong in one place of a file."""

    file: str
    line: int | None
    text: Message


def describe(faults: Sequence[Fault]) -> DataError:
    """Make the error that lists all faults, file by file.

    Examples
    --------
    >>> print(describe([Fault("data/units.csv", 3, Message("label_vi is empty"))]))
    data/units.csv: 1 fault.
      line 3   label_vi is empty
    Nothing was loaded. Correct the lines, then run: bgdata check
    """
    lines: list[Message] = []
    for file in dict.fromkeys(fault.file for fault in faults):
        of_file = sorted((fault for fault in faults if fault.file == file), key=lambda fault: fault.line or 0)
        lines.append(counted("{file}: {count} fault.", "{file}: {count} faults.", file=file, count=len(of_file)))
        lines += [_line(fault) for fault in of_file]
    lines.append(Message("Nothing was loaded. Correct the lines, then run: bgdata check"))
    return DataError(Joined("\n", lines), faults)


def _line(fault):
    place = Message("line {line}", line=fault.line) if fault.line else Message("file")
    return Message("  {place:<8} {fault}", place=place, fault=fault.text)
