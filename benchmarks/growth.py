"""How the time of every reader grows with what it reads, in this tree and in an earlier one; writes growth.md.

    python benchmarks/growth.py [EARLIER_TREE]

Seconds of a processor; a reading that takes more than three ends its process. The exponent is that of the last doubling:
1 is time in proportion to the size, 2 is its square. Earlier: a checkout with its own .venv.
"""

import itertools
import json
import math
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

from growing import KINDS, packed_odt, pdf_page

SIZES = (1_000, 2_000, 4_000, 8_000, 16_000, 32_000)
SECONDS = 3


def now():
    """The readers of this tree."""
    from bgdata.notation import parse
    from bgdata.package.descriptor import read_table
    from bgdata.package.schema import read_descriptor
    from bgdata.rules.expressions import parse as rule
    from bgtools.read.document.documents import of_lines, read
    from bgtools.read.document.forms import sheets
    from bgtools.read.statement.numerals import numerals
    from bgtools.run import notebooks, tidy
    from bgtools.site import clean

    schema = read_descriptor(HERE.parent / "data")[1]["observations"]

    def notebook(path):
        notebooks.defaults(notebooks.load(path), path.name)

    return {
        "statements": lambda text: numerals(of_lines(text.split("\n")).passages),
        "numbers": parse,
        "HTML": clean.clean,
        "printed output": lambda text: tidy.committed(cells(text), root=HERE),
        "expressions": rule,
        "CSV": lambda path: read_table(path, schema, name="a.csv"),
        "descriptor": lambda path: read_descriptor(path.parent),
        "notebooks": notebook,
        "docx": lambda path: read(path),
        "odt": lambda path: read(path),
        "PDF": sheets.answer_for,
    }


def before():
    """The readers of the tree that this was first measured against."""
    from bgdata.batch import notebooks, tidy
    from bgdata.intake import documents, layout, numerals, pdf
    from bgdata.model import descriptor, expressions, numbers
    from bgdata.publish import clean

    declared, _ = found if isinstance(found := descriptor.read_descriptor(Path("data")), tuple) else (found, None)
    [schema] = [one["schema"] for one in declared["resources"] if one["path"] == "observations/2024-S1.csv"]

    def notebook(path):
        notebooks.defaults(notebooks.load(path, say=None), path.name, say=None)

    return {
        "statements": lambda text: numerals.numerals(layout.passages(text.split("\n"))),
        "numbers": numbers.parse,
        "HTML": clean.clean,
        "printed output": lambda text: tidy.committed(cells(text), root=HERE),
        "expressions": expressions.parse,
        "CSV": lambda path: descriptor.read_table(path, schema, name="a.csv"),
        "descriptor": lambda path: descriptor.read_descriptor(path.parent),
        "notebooks": notebook,
        "docx": documents.read,
        "odt": documents.read,
        "PDF": pdf.answer_for,
    }


def cells(text):
    output = {"output_type": "stream", "name": "stdout", "text": text}
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": "", "outputs": [output], "execution_count": 1}
    return {"metadata": {}, "cells": [cell]}


FILES = {"CSV": "a.csv", "descriptor": "datapackage.json", "notebooks": "a.ipynb"}
FILES |= {"docx": "a.docx", "odt": "a.odt", "PDF": "a.pdf"}


def make(place, reader, kind, size):
    """Write what a reader is given, so that both trees are given the same."""
    place.mkdir(parents=True)
    path, content = place / FILES.get(reader, "text"), KINDS[reader, kind](size)
    if reader == "docx":
        import office

        office.packed(path, office.word_xml(content))
    elif reader == "odt":
        packed_odt(path, content)
    elif reader == "PDF":
        pdf_page(path, content)
    else:
        path.write_text(content, encoding="utf-8", newline="")


def one(tree, reader, folder, *kinds):
    """Print seconds for size after size, kind after kind."""
    read = {"now": now, "before": before}[tree]()[reader]
    for kind in kinds:
        print(json.dumps([kind, 0, 0, ""]), flush=True)  # where this process ends, it was this kind that ended it
        for size in SIZES:
            path = Path(folder) / kind.replace("/", "_") / str(size) / FILES.get(reader, "text")
            given = path if reader in FILES else path.read_bytes().decode()
            signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
            start, how = time.process_time(), ""
            try:
                read(given)
            except Exception as error:
                how = "" if any(one.__name__ == "BgdataError" for one in type(error).__mro__) else type(error).__name__
            print(json.dumps([kind, size, time.process_time() - start, how]), flush=True)


def measured(python, tree, reader, kinds, folder):
    """Return by kind [(size, seconds, what it broke with)] of the sizes that were read in time."""
    found, left = {}, list(kinds)
    while left:
        command = [python, str(HERE / "growth.py"), "one", tree, reader, str(folder), *left]
        ended = subprocess.run(command, cwd=Path(python).parents[2], capture_output=True, text=True)
        for line in ended.stdout.splitlines():
            kind, size, seconds, how = json.loads(line)
            found.setdefault(kind, []).extend([(size, seconds, how)] * (size > 0))
        if not found.keys() & set(left):
            raise RuntimeError(ended.stderr)
        left = [kind for kind in left if kind not in found]
    return found


def said(found):
    """Words for the largest size that was read, and the exponent of its growth."""
    if not found:
        return f"more than {SECONDS} s at {SIZES[0] // 1000} kB", ""
    if found[-1][2]:
        return f"breaks ({found[-1][2]}) at {next(size for size, _, how in found if how) // 1000} kB", ""
    text = f"{found[-1][1]:.3f} s"
    if found[-1][0] < SIZES[-1]:
        text += f" at {found[-1][0] // 1000} kB, then more than {SECONDS} s"
    steep = ""
    if len(found) > 1 and found[-1][1] > 0.1:
        steep = f"{math.log2(found[-1][1] / max(found[-2][1], 1e-4)):.1f}"
    return text, steep


def main():
    trees = {"now": sys.executable}
    if len(sys.argv) > 1:
        trees = {"before": str(Path(sys.argv[1]).resolve() / ".venv" / "bin" / "python"), **trees}
    rows = []
    for reader in dict.fromkeys(reader for reader, _ in KINDS):
        kinds = [kind for one, kind in KINDS if one == reader]
        with tempfile.TemporaryDirectory() as folder:
            for kind, size in itertools.product(kinds, SIZES):
                make(Path(folder) / kind.replace("/", "_") / str(size), reader, kind, size)
            found = [measured(python, tree, reader, kinds, folder) for tree, python in trees.items()]
        for kind in kinds:
            rows.append([reader, kind, *(part for one in found for part in said(one[kind]))])
            print(" | ".join(rows[-1]), flush=True)
    heads = [
        "reader",
        "what repeats",
        *(part for tree in trees for part in (f"{tree}, {SIZES[-1] // 1000} kB", "exponent")),
    ]
    lines = ["| " + " | ".join(row) + " |" for row in [heads, ["---"] * len(heads), *rows]]
    title = "# How the time of readers grows\n\nMade by `benchmarks/growth.py`: seconds of a processor.\n\n"
    (HERE / "growth.md").write_text(title + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    one(*sys.argv[2:]) if sys.argv[1:2] == ["one"] else main()
