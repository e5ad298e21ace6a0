"""What is wrong with files of the data package: one fault for each place, all of them in one error."""

from collections.abc import Sequence
from typing import NamedTuple

from bgdata.errors import DataError
from bgdata.voice import Joined, Message, counted


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
