"""Read the text layer of a PDF file by where its letters stand; page numbers and repeated page heads are left out.

The file is opened in a process of its own with bounded memory and time: what breaks PDFium, or unpacks without end,
ends that process and nothing else.
"""

import json
import subprocess
import sys
from collections import Counter

from bgtools.read.document.lines import Line, Lines
from bgtools.read.document.passage import Cell
from bgtools.read.document.refusals import refusal

MOST_PAGES = 500
MOST_CHARACTERS = 2_000_000
MEMORY, SECONDS = 1_000_000_000, 60


def lines_of_pdf(
    path,
):
    """Return the lines of a PDF file.

    Returns
    -------
    Lines

    Raises
    ------
    BgdataError
        The file is damaged, protected, scanned, too long, or needs too much memory or time.
    """
    command = [sys.executable, "-m", "bgtools.read.document.forms.sheets", str(path.resolve())]
    try:
        ended = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
        answer = json.loads(ended.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise refusal("heavy", path=path.name) from None
    if "refused" in answer:
        raise refusal(answer.pop("refused"), path=path.name, form=".pdf", **answer)
    lines = []
    for text, level, strong, note, cells, flows in answer["lines"]:
        cells = tuple(Cell(start, end, tuple(heads), tuple(rows), *place) for start, end, heads, rows, *place in cells)
        lines.append(Line(text, level, strong, cells, note, flows))
    return Lines(lines, answer["raw"], 0, Counter(answer["dropped"]), answer["notices"])
