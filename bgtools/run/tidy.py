"""Take out of an executed notebook whatever differs between two runs that computed the same.

Times, durations, random cell ids, absolute paths, memory addresses and versions go; cells, outputs, tags and
parameters stay.
"""

import re
import sys
import sysconfig
from pathlib import Path

from bgdata.package import home_of

LONGEST_STREAM = 1_000_000  # characters of printed text kept per output
KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python"}
FIXED_IDS = {
    "injected-parameters": ["injected-parameters"],
    "papermill-error-cell-tag": ["papermill-error-message", "papermill-error-cell"],
}
PAPERMILL = ("default_parameters", "environment_variables", "exception", "parameters")
LIBRARIES = (sysconfig.get_path("stdlib"), sys.prefix)
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")
WORD = (
    r"(?:(?<![^\s\"'(])|(?<=\dm))[^\s\"'(\x1b]*"  # from its start only, or a line of a million letters would take hours
)
CELL_FILE = re.compile(WORD + r"ipykernel_\d+[/\\]\d+\.py")
PACKAGES = re.compile(WORD + r"[/\\](?:site|dist)-packages[/\\]")


def executed_copy(notebook, *, root, input_path, output_path):
    """Tidy a notebook that Papermill executed with parameters, in place.

    Parameters
    ----------
    notebook : dict
    root : pathlib.Path
        Paths below it become relative to it.
    input_path, output_path : str
        What Papermill is to have recorded as source and copy, relative to `root`.
    """
    papermill = notebook["metadata"].get("papermill", {})
    notebook["metadata"]["papermill"] = {
        **{key: papermill[key] for key in PAPERMILL if key in papermill},
        "input_path": input_path,
        "output_path": output_path,
    }
    ids = {tag: iter(names) for tag, names in FIXED_IDS.items()}
    for cell in notebook["cells"]:
        for tag in cell["metadata"].get("tags", []):
            if tag in ids:
                cell["id"] = next(ids[tag], cell["id"])
        state = cell["metadata"].get("papermill", {})
        cell["metadata"]["papermill"] = {key: state[key] for key in ("exception", "status") if key in state}
    _tidy(notebook, root)


def committed(notebook, *, root):
    """Tidy a notebook that was executed with its own defaults and goes back to where it came from."""
    notebook["metadata"].pop("papermill", None)
    count = 0
    for cell in notebook["cells"]:
        cell["metadata"].pop("papermill", None)
        if not cell["metadata"].get("tags"):
            cell["metadata"].pop("tags", None)
        if cell.get("execution_count"):
            count += 1
            cell["execution_count"] = count
            for output in cell["outputs"]:
                if "execution_count" in output:
                    output["execution_count"] = count
    _tidy(notebook, root)


def saved(model, **_):
    """Give a notebook that JupyterLab is about to save the kernel's names that all have; a hook, see `.jupyter`."""
    if model["type"] == "notebook" and model["content"]["metadata"].get("kernelspec", {}).get("language") == "python":
        _name_kernel(model["content"])


def _name_kernel(notebook):
    notebook["metadata"]["kernelspec"] = dict(KERNELSPEC)
    notebook["metadata"]["language_info"] = dict(LANGUAGE)


def _tidy(notebook, root):
    _name_kernel(notebook)
    for cell in notebook["cells"]:
        cell["metadata"].pop("execution", None)
        for output in cell.get("outputs", []):
            _tidy_output(output, root)
        _order_streams(cell.get("outputs", []))


def _order_streams(outputs):
    """Put what went to stdout before what went to stderr beside it; which of them arrives first is chance."""
    for at in range(len(outputs) - 1):
        if [output.get("name") for output in outputs[at : at + 2]] == ["stderr", "stdout"]:
            outputs[at], outputs[at + 1] = outputs[at + 1], outputs[at]


def _tidy_output(output, root):
    if output["output_type"] == "stream":
        if len(output["text"]) > LONGEST_STREAM:
            output["text"] = output["text"][:LONGEST_STREAM] + "\n[...]\n"
        output["text"] = scrubbed(output["text"], root)
    elif output["output_type"] == "error":
        output["evalue"] = scrubbed(output["evalue"], root)
        output["traceback"] = [scrubbed(line, root) for line in output["traceback"]]
    else:
        for kind, value in output["data"].items():
            if kind.startswith("text/"):
                output["data"][kind] = scrubbed(value, root)


def scrubbed(value, root):
    """Return a text without absolute paths, versions in paths and memory addresses.

    Examples
    --------
    >>> scrubbed("<Axes at 0x7f3c2a1b> in /home/x/p/notebooks/a.ipynb", "/home/x/p")
    '<Axes at 0x…> in notebooks/a.ipynb'
    """
    value = PACKAGES.sub("", value)
    for folder in (*LIBRARIES, str(root), str(home_of(Path(root)))):
        value = value.replace(folder + "/", "").replace(folder + "\\", "").replace(folder, ".")
    return ADDRESS.sub("0x…", CELL_FILE.sub("<cell>", value))
