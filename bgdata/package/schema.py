"""Read what `datapackage.json` declares: columns, types, allowed values, keys and references of each table.

It is the only place where they are declared, and this the only reader. A descriptor may hold anything that JSON can
hold: what is not as expected is a fault, and every fault is listed. Rows are read in `descriptor`.
"""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

from bgdata.errors import DataError, Fault, describe
from bgdata.files import reason
from bgdata.package.patterns import hazards
from bgdata.voice import Message

FILE = "data/datapackage.json"
OBSERVATIONS = "observations"
AREAS = "areas"
SHARED = ("sectors", "units", "indicators", "categories", "rules")  # what the areas of a workspace have in common
NEEDED = {  # what Python asks for by name, of the type string where none is given; * may be empty
    "periods": "period start:date end:date label_vi label_en source_vi source_en",
    "sectors": "sector position:integer section label_vi label_en",
    "units": "unit label_vi label_en",
    "indicators": "indicator sector label_vi label_en unit measure of* breakdown* definition cue*",
    "categories": "breakdown category label_vi label_en recurring:boolean",
    "rules": "rule expression label_vi label_en note*",
    "decisions": "period indicator category* printed* section* action value:number* answer* by on:date",
    "accepted": "period rule seen reason by on:date",
    "breaks": "on:date scope reason_vi reason_en",
    AREAS: "area label_vi label_en package from:date* to:date* into*",
    OBSERVATIONS: "indicator category* value:number* lower:number* upper:number* qualifier* status printed* section "
    "as_of:date* note*",
}
CATALOGUE = tuple(name for name in NEEDED if name not in (AREAS, OBSERVATIONS))
AMOUNTS = ("stock", "flow", "cumulative")  # measures of which there can be parts
TYPES = ("string", "number", "integer", "date", "boolean")
KINDS = {
    dict: Message("an object"),
    list: Message("a list"),
    str: Message("a text"),
    bool: Message("true or false"),
    float: Message("a number"),
}


class Field(NamedTuple):
    """A column, and what its cells may be."""

    name: str
    type: str = "string"
    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] = ()
    pattern: re.Pattern | None = None
    minimum: float | None = None
    example: str = ""


class Reference(NamedTuple):
    """A column whose cells stand in a column of another table; of the same table where that is empty."""

    field: str
    table: str
    column: str


class Schema(NamedTuple):
    """What a table is."""

    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def columns(self) -> list[str]:
        """list of str: the names of the columns."""
        return [field.name for field in self.fields]


def read_descriptor(folder: Path, known: dict[str, Schema] | None = None) -> tuple[dict, dict[str, Schema]]:
    """Read `datapackage.json` of the folder.

    Parameters
    ----------
    folder : pathlib.Path
    known : dict of str to Schema, optional
        Of the workspace that the package is an area of: what it declares itself has to be the same.

    Returns
    -------
    descriptor : dict
        As it stands there.
    schemas : dict of str to Schema
        Of the catalogue's tables and, once for all periods, of ``"observations"``.

    Raises
    ------
    DataError
        There is none, it is no JSON, or it does not declare what it should.
    """
    path = Path(folder) / "datapackage.json"
    try:
        declared = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DataError(
            "{path} cannot be read ({why}). A data package has a datapackage.json.", path=path, why=reason(error)
        ) from None
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise DataError(
            "{path} is not valid JSON (line {line}). Restore it from the last commit.", path=path, line=line
        ) from None
    reader = _Reader()
    schemas = reader.schemas(declared, known)
    if reader.faults:
        raise describe(reader.faults)
    return declared, schemas


class _Reader:
    """Reads a descriptor piece by piece and collects what is not as it should be."""

    def __init__(self):
        self.faults: list[Fault] = []

    def schemas(self, declared, known):
        where, found = Message("the package"), {}
        resources = [
            one
            for part in ("resources", "of_each_area")
            for one in self.all(declared, part, dict, where, optional=True)
        ]
        for place, resource in enumerate(resources, 1):
            where = Message("resource {place}", place=place)
            name, path = (self.of(resource, part, str, where) for part in ("name", "path"))
            name = OBSERVATIONS if path.startswith(f"{OBSERVATIONS}/") else name
            if name in NEEDED and name not in found and not (known and "schema" not in resource):
                found[name] = self.schema(self.of(resource, "schema", dict, where), name)
        if known:
            return self.same(found, known)
        absent = [name for name in NEEDED if name not in (*found, AREAS)]
        if absent and not self.faults:
            self.say(Message("declares no {names}. Restore it from the last commit.", names=absent))
        for name, schema in found.items():
            self.hold(name, schema, found)
        return found

    def same(self, found, known):
        """Return the schemas of the workspace, which those of an area do not differ from."""
        for name, schema in found.items():
            if name in known and schema.fields != known[name].fields:
                self.say(Message("declares {name} otherwise than the workspace does", name=name))
        return known

    def schema(self, declared, table):
        fields = tuple(self.field(field, table) for field in self.all(declared, "fields", dict, table))
        if isinstance(declared.get("primaryKey"), str):
            declared = declared | {"primaryKey": [declared["primaryKey"]]}
        key = tuple(self.all(declared, "primaryKey", str, table, optional=True))
        references = [
            self.reference(one, table) for one in self.all(declared, "foreignKeys", dict, table, optional=True)
        ]
        return Schema(fields, key, tuple(references))

    def field(self, declared, table):
        name = self.of(declared, "name", str, table)
        where = f"{table}.{name}"
        limits = self.of(declared, "constraints", dict, where, optional=True)
        kind = self.of(declared, "type", str, where, optional=True) or "string"
        if kind not in TYPES:
            self.say(Message('{where}: type "{type}" is none of {known}', where=where, type=kind, known=list(TYPES)))
        minimum = self.of(limits, "minimum", float, where) if "minimum" in limits else None
        if minimum is not None and kind not in ("number", "integer"):
            self.say(Message("{where}: only numbers have a minimum", where=where))
        return Field(
            name,
            kind,
            self.of(limits, "required", bool, where, optional=True),
            self.of(limits, "unique", bool, where, optional=True),
            tuple(self.all(limits, "enum", str, where, optional=True)),
            self.pattern(self.of(limits, "pattern", str, where, optional=True), where),
            minimum,
            self.of(declared, "example", str, where, optional=True),
        )

    def pattern(self, text, where):
        try:
            if not hazards(text):
                return re.compile(text) if text else None
            self.say(Message("{where}: the pattern could take forever to be matched", where=where))
        except (re.error, RecursionError, OverflowError):
            self.say(Message("{where}: {name} is not a regular expression", where=where, name="pattern"))

    def reference(self, declared, table):
        there = self.of(declared, "reference", dict, table)
        field, column = ((self.all(one, "fields", str, table) or [""])[0] for one in (declared, there))
        return Reference(field, self.of(there, "resource", str, table), column)

    def hold(self, table, schema, schemas):
        """Hold a schema against the columns that it needs, that its key has, and that its references name."""
        fields = {field.name: field for field in schema.fields}
        for needed in NEEDED[table].split():
            name, _, kind = needed.rstrip("*").partition(":")
            field = fields.get(name)
            if field is None or field.type != (kind or "string") or not (field.required or needed.endswith("*")):
                text = Message(
                    "{where}: has to be a column of the type {type}", where=f"{table}.{name}", type=kind or "string"
                )
                self.say(text if needed.endswith("*") else Message("{fault} in which no cell is empty", fault=text))
        named = [(name, table) for name in [*schema.key, *(one.field for one in schema.references)]]
        named += [(one.column, one.table or table) for one in schema.references]
        for name, there in named:
            if there not in schemas or name not in schemas[there].columns:
                self.say(
                    Message(
                        '{where}: a key refers to "{name}", which is no column of {there}',
                        where=table,
                        name=name,
                        there=there,
                    )
                )

    def of(self, thing, name, kind, where, optional=False) -> Any:
        """Return a part of the descriptor if it is of the kind; else note the fault and return an empty one."""
        if isinstance(thing, dict) and (name in thing or optional):
            part = thing.get(name, kind())
            if isinstance(part, kind) or kind is float and isinstance(part, int) and not isinstance(part, bool):
                return part
        self.say(Message("{where}: {name} is not {kind}", where=where, name=name, kind=KINDS[kind]))
        return kind()

    def all(self, thing, name, kind, where, optional=False) -> list:
        """Return a list of the descriptor without the parts that are not of the kind, which are noted."""
        parts = self.of(thing, name, list, where, optional)
        wrong = [place for place, part in enumerate(parts, 1) if not isinstance(part, kind)]
        for place in wrong:
            self.say(
                Message("{where}: {name} {place} is not {kind}", where=where, name=name, place=place, kind=KINDS[kind])
            )
        return [part for part in parts if isinstance(part, kind)]

    def say(self, text):
        self.faults.append(Fault(FILE, None, text))
