"""A project as one piece that is sent to workers: its data and notebooks, named by their hash.

What notebooks put out the last time stays at home. The same files give the same bytes, whatever their dates.
"""

import io
import json
import zipfile

from bgdata.package import Package


def packed(root):
    """Return a project's data and notebooks, and the data of its areas, as the bytes of a zip file."""
    data = [package.root / "data" for package in Package.open(root).packages()]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in dict.fromkeys([root / "data", root / "notebooks", *data]):
            for path in sorted(folder.rglob("*")):
                name = path.relative_to(root)
                if path.is_file() and not any(part.startswith(".") for part in name.parts):
                    archive.writestr(zipfile.ZipInfo(name.as_posix()), _content(path))
    return content.getvalue()


def unpacked(content, folder):
    """Lay a project out in a folder."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)


def _content(path):
    """Return what a file holds; of a notebook, without what it put out."""
    content = path.read_bytes()
    if path.suffix != ".ipynb":
        return content
    try:
        notebook = json.loads(content)
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"], cell["execution_count"] = [], None
    except (ValueError, KeyError, TypeError, RecursionError):
        return content  # no notebook, which is said where it is read
    return json.dumps(notebook, ensure_ascii=False).encode("utf-8", "surrogatepass")
