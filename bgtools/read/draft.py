"""Write a new period into the data package: its observations so far, its line in the lists of periods and files.

What a person entered, corrected or deleted since the last draft stays. Nothing is taken over from another period.
"""

import csv
import io
import json
import os
import re
from dataclasses import dataclass, field

from bgdata.notation.periods import Period
from bgdata.package.faults import describe
from bgdata.package.validation import read_observations
from bgtools.read.messages import refusal

SECTION = re.compile(r"(I|II)(\.[0-9]+){1,2}(\.[a-zđ])?")


@dataclass
class Draft:
    """What is written, and what it was made from.

    Attributes
    ----------
    period : Period
    rows : list of dict
        All lines of the period's observations, in the catalogue's order.
    proposed : list of dict
        Those that were read from the report and are certain.
    asked : list of dict
        Those that a person has to look at, with their confidence.
    kept, deleted : set of (str, str)
        Indicators and categories that a person decided on.
    sections : dict of str to list of str
        Sections that are new to the package, by the sector whose numbers stand there.
    """

    period: Period
    rows: list = field(default_factory=list)
    proposed: list = field(default_factory=list)
    asked: list = field(default_factory=list)
    kept: set = field(default_factory=set)
    deleted: set = field(default_factory=set)
    sections: dict = field(default_factory=dict)


def make(package, period, reading=None):
    """Put together what was read now and what a person has decided since the last draft.

    Parameters
    ----------
    package : bgdata.package.datapackage.Package
    period : Period
        Need not be in the package yet.
    reading : bgtools.read.statement.reading.Reading, optional
        Without it, nothing new is entered.

    Returns
    -------
    Draft

    Raises
    ------
    DataError
        The period's observations have faults; correct them first.
    """
    current, before = _current(package, period), _before(package, period)
    draft = Draft(period, proposed=reading.rows() if reading else [])
    if reading:
        draft.sections = _new_sections(package, reading)
        known = {section for row in package.sectors.values() for section in row["section"].split("; ")}
        known |= {section for sections in draft.sections.values() for section in sections}
        draft.proposed = [row for row in draft.proposed if belongs(row["section"], known)]
        sure = {_key(row) for row in draft.proposed}
        draft.asked = [
            reading.row(one) | {"confidence": round(one.confidence, 2)}
            for one in reading.matches
            if one.slot.key not in sure
        ]
    proposed = {_key(row): row for row in draft.proposed}
    draft.kept = {key for key, row in current.items() if before.get(key) != row}
    draft.deleted = {key for key in before if key not in current}
    untouched = {} if reading else {key: row for key, row in current.items() if key not in draft.kept}
    fresh = {key: row for key, row in proposed.items() if key not in draft.deleted}
    rows = fresh | untouched | {key: current[key] for key in draft.kept}
    order = {key: place for place, key in enumerate(_catalogue(package))}
    draft.rows = [rows[key] for key in sorted(rows, key=lambda key: order.get(key, len(order)))]
    if not reading:
        draft.proposed = [row for key, row in before.items() if key in current]
    return draft


def write(package, draft, pages, lang):
    """Write the draft and its pages, all or nothing.

    Parameters
    ----------
    pages : dict of str to str
        Texts by file name, for `build/<period>/`.
    lang : {"vi", "en"}

    Returns
    -------
    list of pathlib.Path
        The files of the data package that have changed.

    Raises
    ------
    BgdataError
        Something cannot be written; everything is as it was.
    """
    data, build = package.root / "data", package.root / "build" / draft.period.code
    texts = {
        package.observations_file(draft.period): _csv(_columns(package), draft.rows),
        data / "sectors.csv": _sectors(package, draft.sections),
        data / "datapackage.json": _descriptor(package, draft.period),
        data / "periods.csv": _periods(package, draft.period),
    }
    changed = {path: text for path, text in texts.items() if text is not None and text != _text(path)}
    record = json.dumps({"entered": draft.proposed, "asked": draft.asked}, ensure_ascii=False, indent=1) + "\n"
    built = {build / name: text for name, text in {**pages, "intake.json": record}.items()}
    _replace(changed | built, lang)
    return list(changed)


def belongs(section, known):
    """Tell whether a section is one of `known`, or within one."""
    return any(section == one or section.startswith((f"{one}.", f"{one} fn")) for one in known)


def _key(row):
    return row["indicator"], row["category"]


def _catalogue(package):
    for indicator, row in package.indicators.items():
        yield indicator, ""
        yield from ((indicator, code) for breakdown, code in package.categories if breakdown == row["breakdown"])


def _columns(package):
    return package.schemas["observations"].columns


def _current(package, period):
    """Return the lines of the period's file as text, by indicator and category; faulty lines are refused."""
    path = package.observations_file(period)
    if not path.is_file():
        return {}
    faults = read_observations(package, period)[1]
    if faults:
        raise describe(faults)
    return {_key(row): row for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))}


def _before(package, period):
    """Return the lines that the last draft wrote; none where it is not there any more: then all are a person's."""
    try:
        record = json.loads((package.root / "build" / period.code / "intake.json").read_text(encoding="utf-8"))
        return {_key(row): row for row in record["entered"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _new_sections(package, reading):
    """Return sections that no sector has yet: each goes to the sector that most of its numbers are of."""
    known = [section for row in package.sectors.values() for section in row["section"].split("; ")]
    all_sections = {passage.section for passage in reading.passages}
    counts = {}
    for one in reading.matches:
        section = reading.passages[one.numeral.passage].section.split(" fn")[0]
        leaf = not any(other.startswith(f"{section}.") for other in all_sections)
        if reading.certain(one) and leaf and SECTION.fullmatch(section) and not belongs(section, known):
            of_section = counts.setdefault(section, {})
            of_section[one.slot.row["sector"]] = of_section.get(one.slot.row["sector"], 0) + 1
    found = {}
    for section, of_section in counts.items():
        found.setdefault(max(of_section, key=of_section.get), []).append(section)
    return found


def _text(path):
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _csv(columns, rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _table(path):
    reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    return reader.fieldnames, list(reader)


def _sectors(package, sections):
    if not sections:
        return None
    columns, rows = _table(package.root / "data" / "sectors.csv")
    for row in rows:
        row["section"] = "; ".join([row["section"], *sections.get(row["sector"], ())])
    return _csv(columns, rows)


def _descriptor(package, period):
    """Declare the period's file as those of the other periods are."""
    resources = package.descriptor["resources"]
    path = f"observations/{period.code}.csv"
    if any(resource["path"] == path for resource in resources):
        return None
    pattern = [resource for resource in resources if resource["path"].startswith("observations/")]
    new = pattern[-1] | {
        "name": f"observations-{period.code.lower()}",
        "path": path,
        "title": f"Observations of {period.code}, in the catalogue's order",
    }
    place = resources.index(pattern[-1]) + 1
    whole = package.descriptor | {"resources": [*resources[:place], new, *resources[place:]]}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _periods(package, period):
    """Add the period to the list; its source is named as the last one's is."""
    if period in package.periods:
        return None
    columns, rows = _table(package.root / "data" / "periods.csv")
    last = Period.parse(rows[-1]["period"]) if rows else period
    new = {"period": period.code, "start": str(period.start), "end": str(period.end)}
    for lang in ("vi", "en"):
        new[f"label_{lang}"] = period.label(lang)
        new[f"source_{lang}"] = (
            rows[-1][f"source_{lang}"].replace(last.label(lang), period.label(lang)) if rows else "-"
        )
    return _csv(columns, sorted([*rows, new], key=lambda row: Period.parse(row["period"])))


def _replace(texts, lang):
    """Write every file aside, then rename all."""
    aside = {path: path.with_name(f".{path.name}.{os.getpid()}.new") for path in texts}
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            aside[path].write_text(text, encoding="utf-8", newline="\n")
        for path, new in aside.items():
            os.replace(new, path)
    except OSError as error:
        raise refusal("cannot_write", lang, path=error.filename, why=error.strerror) from None
    finally:
        for new in aside.values():
            new.unlink(missing_ok=True)
