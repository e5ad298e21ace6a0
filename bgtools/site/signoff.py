"""Take over what a reviewer ticked and remarked: a file from the pages becomes rows of `data/reviews/<period>.csv`.

A file is somebody's word from elsewhere: it is held against the period, its size and its form, refused whole where one
entry makes no sense, and its texts stay texts. What it says is about what was seen; whether that still stands is told
on the pages (:mod:`bgtools.site.reviews`), not judged here.
"""

import csv
import io
import json
from datetime import date
from pathlib import Path

from bgdata.errors import BgdataError
from bgdata.files import write_all
from bgdata.package import Key, Package
from bgdata.voice import Joined, Message
from bgtools.site.reviews import COLUMNS, KINDS, Reviews, file_of

MOST_BYTES, MOST_ITEMS, MOST_LETTERS, MOST_FAULTS = 1_000_000, 5_000, 2_000, 10
FORM = {"bgdata-review": int, "period": str, "lang": str, "by": str, "on": str, "items": list}
ITEM = {"kind": str, "id": str, "seen": str, "done": bool, "remark": str}
TEXT = "[^=+@\\-\\t\\r\\n][^\\t\\r\\n]*"
FORMULA = tuple("=+-@")


def taken(root, path):
    """Read a reviewer's file and enter it; return what to say about it.

    Parameters
    ----------
    root, path : pathlib.Path

    Returns
    -------
    Message

    Raises
    ------
    BgdataError
        The file cannot be used; nothing was entered.
    WriteError
        The reviews cannot be written.
    """
    package, found = Package.open(root), _read(Path(path))
    package, period = _period(package, found["period"])
    faults = [fault for position, item in enumerate(found["items"], 1) if (fault := _fault(package, position, item))]
    if faults:
        raise BgdataError("{file}: {faults}\nNothing was entered.", file=Path(path).name, faults=_listed(faults))
    rows = [_row(found, item) for item in found["items"] if item["done"] or item["remark"].strip()]
    old = [row for row in Reviews.of(package, period).rows if _place(row) not in set(map(_place, rows))]
    file = file_of(package, period)
    write_all({file: _csv(old + rows)} | _declared(package, period))
    return Message(
        "{count} entries of {by} entered in {file}.",
        count=len(rows),
        by=found["by"],
        file=file.relative_to(package.home).as_posix(),
    )


def _read(path):
    """Return a reviewer's file as a dictionary of the right form."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise BgdataError(
                "{file} has {size} bytes; a review has {most} at most.", file=path.name, size=size, most=MOST_BYTES
            )
        found = json.loads(path.read_bytes())
    except OSError as error:
        raise BgdataError("{file} cannot be read ({why}).", file=path, why=error.strerror or error) from None
    except (ValueError, RecursionError):
        found = None
    if not _formed(found, FORM) or found["bgdata-review"] != 1 or len(found["items"]) > MOST_ITEMS:
        raise BgdataError("{file} is no review that the pages saved.", file=path.name)
    if (
        not found["by"].strip()
        or len(found["by"]) > 100
        or not _plain(found["by"])
        or found["lang"] not in ("vi", "en")
    ):
        raise BgdataError("{file} does not say properly whose review it is.", file=path.name)
    try:
        date.fromisoformat(found["on"])
    except ValueError:
        raise BgdataError(
            "{file}: “{day}” is no day; write it as 2024-07-05.", file=path.name, day=found["on"]
        ) from None
    return found


def _formed(found, form):
    """Say whether a value is a dictionary with exactly these entries, each of its type."""
    return (
        isinstance(found, dict)
        and found.keys() == form.keys()
        and all(type(found[name]) is kind for name, kind in form.items())
    )


def _period(package, code):
    """Return the period that a review is about, and the package that has it: of a workspace, that of the area."""
    for one in package.packages():
        for period in one.observed_periods():
            if "-".join(filter(None, (one.area, period.code))) == code:
                return one, period
    raise BgdataError("The review is about {period}, which the data package has no numbers of.", period=code)


def _fault(package, position, item):
    """Return what is wrong with an entry, or None."""
    if not _formed(item, ITEM) or item["kind"] not in KINDS:
        return Message("entry {position} is none that the pages make", position=position)
    key = Key.match(item["id"]) if item["kind"] == "number" else None
    if item["kind"] == "number" and not (key and key.indicator in package.indicators):
        return Message("entry {position}: there is no number “{id}”", position=position, id=item["id"][:100])
    if not (
        _plain(item["id"])
        and _plain(item["seen"])
        and item["id"].strip()
        and item["seen"].strip()
        and len(item["id"] + item["seen"]) < MOST_LETTERS
    ):
        return Message("entry {position} does not say properly what it is about", position=position)
    if len(item["remark"]) > MOST_LETTERS:
        return Message("entry {position}: a remark has {most} letters at most", position=position, most=MOST_LETTERS)
    return None


def _listed(faults):
    shown = faults[:MOST_FAULTS]
    rest = [Message("and {count} more", count=len(faults) - len(shown))] if faults[MOST_FAULTS:] else []
    return Joined("; ", shown + rest)


def _plain(text):
    """Say whether a text is of one line, without signs that steer."""
    return text.isprintable()


def _row(found, item):
    """Return an entry as a row; its remark on one line."""
    cells = {
        **item,
        "done": str(item["done"]).lower(),
        "lang": found["lang"],
        "by": found["by"].strip(),
        "on": found["on"],
    }
    line = "".join(letter if letter.isprintable() else " " for letter in item["remark"])
    return {name: _text({**cells, "remark": " ".join(line.split())}[name]) for name in COLUMNS}


def _text(cell):
    """Return a cell that no spreadsheet takes for a formula."""
    return f" {cell}" if cell.startswith(FORMULA) else cell


def _place(row):
    """Return what a row replaces: the same reviewer's word on the same thing."""
    return tuple(row[name].strip() for name in ("kind", "id", "lang", "by"))


def _csv(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _declared(package, period):
    """Return `datapackage.json` with the period's reviews among its tables; nothing where they are."""
    path, resources = f"reviews/{period}.csv", package.descriptor["resources"]
    if any(resource["path"] == path for resource in resources):
        return {}
    pattern = next(resource for resource in resources if resource["name"] == "accepted")
    new = pattern | {
        "name": f"reviews-{period.code.lower()}",
        "path": path,
        "title": f"What reviewers ticked and remarked on {period.code}",
        "schema": {"fields": [_field(name) for name in COLUMNS], "primaryKey": ["kind", "id", "lang", "by"]},
    }
    whole = package.descriptor | {"resources": [*resources, new]}
    return {package.root / "data" / "datapackage.json": json.dumps(whole, ensure_ascii=False, indent=2) + "\n"}


def _field(name):
    """Declare a column of the reviews."""
    about = {
        "kind": ("string", "What was reviewed", {"enum": list(KINDS)}),
        "id": (
            "string",
            "Which one: the key of a number, the name of a figure or page, page and cell of a sentence",
            {},
        ),
        "lang": ("string", "Language of the pages", {"enum": ["vi", "en"]}),
        "seen": ("string", "What was to be seen; when it changes, the review has lapsed", {"pattern": TEXT}),
        "done": ("boolean", "Ticked as reviewed", {}),
        "remark": ("string", "Remark", {"required": False, "pattern": TEXT}),
        "by": ("string", "Who", {"pattern": TEXT}),
        "on": ("date", "When", {}),
    }
    kind, description, constraints = about[name]
    return {"name": name, "type": kind, "description": description, "constraints": {"required": True} | constraints}
