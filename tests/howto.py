"""The pages of docs/ that show how to do ordinary things, executed in a project of their own; `make notebooks` writes them.

.venv/bin/python tests/howto.py
"""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1])]

import nbformat  # noqa: E402
from nbclient import NotebookClient  # noqa: E402

from bgtools.run import tidy  # noqa: E402

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs").glob("*.ipynb"))
SECONDS = re.compile(r"\b[0-9]+[.,][0-9] (s|giây)\b")


def executed(path, root):
    """Execute a page in a copy of the project; return its text as it is committed."""
    for name in ("data", "docs", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    page = nbformat.read(path, as_version=4)
    environ = {**os.environ, "BGDATA_ROOT": str(root), "PYTHONPATH": str(ROOT)}
    environ.pop("BGDATA_FIGURES", None)  # as where a person works, outside of a run
    NotebookClient(page, timeout=120, kernel_name="python3", resources={"metadata": {"path": root / "docs"}}).execute(
        env=environ
    )
    tidy.committed(page, root=root)
    for cell in page.cells:
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
    return nbformat.writes(page) + "\n"


def joined(outputs):
    """Outputs with all that was printed as one text, without times: where a pipe breaks it is chance."""
    printed = "".join(output["text"] for output in outputs if "text" in output)
    shown = [output for output in outputs if "text" not in output]
    return [nbformat.v4.new_output("stream", text=SECONDS.sub(r"… \1", printed)), *shown] if printed else shown


def main():
    for path in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            path.write_text(executed(path, Path(folder) / "project"), encoding="utf-8", newline="\n")
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
