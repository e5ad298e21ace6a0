"""A workspace: the data packages of several areas, such as provinces, which share one catalogue.

`data/areas.csv` lists them; sectors, units, indicators, categories and rules stand once, in the workspace's own `data/`;
periods, observations and what was decided stand with each area. Nothing is added up or compared here.
"""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from bgdata.errors import BgdataError, DataError, Fault, UnknownName, describe, near
from bgdata.notation import Period
from bgdata.package import descriptor
from bgdata.package.datapackage import UNKNOWN_AREA, Package, home_of
from bgdata.package.key import Key
from bgdata.package.schema import AREAS
from bgdata.voice import Message

SOURCE = Message("Reports of {count} areas")


class Workspace(Package):
    """The catalogue that areas share, and the way to the package of each.

    Examples
    --------
    >>> from bgdata.package import Package
    >>> isinstance(Package.open(), Workspace)  # the report of one province is none
    False
    """

    @cached_property
    def areas(self) -> dict[str, dict]:
        """dict of str to dict: rows of `areas.csv` by code."""
        return {row["area"]: row for row in self.tables[AREAS].rows}

    @property
    def periods(self) -> dict[Period, dict]:
        """dict of Period to dict: of each period that an area has a row as `periods.csv` has it, oldest first."""
        found: dict[Period, list] = {}
        for package in self.packages():
            for period, row in package.periods.items():
                found.setdefault(period, []).append(row)
        sources = {
            period: {f"source_{lang}": Message(SOURCE.text, count=len(rows)).to(lang) for lang in ("vi", "en")}
            for period, rows in found.items()
        }
        return {period: found[period][0] | sources[period] for period in sorted(found)}

    def observed_periods(self) -> list[Period]:
        """Return the periods that an area has observations of, oldest first."""
        return sorted({period for package in self.packages() for period in package.observed_periods()})

    def find(self, area: str) -> str:
        """Return the code of an area, be it named by its code or its label.

        Raises
        ------
        UnknownName
        """
        names = {name: code for code, row in self.areas.items() for name in (row["label_en"], row["label_vi"], code)}
        if area not in names:
            raise UnknownName.of(UNKNOWN_AREA, area, list(dict.fromkeys([*self.areas, *names])))
        return names[area]

    def name_of(self, area: str, lang: str) -> str:
        """Return the name of an area; what is none stays as it is."""
        return self.areas[area][f"label_{lang}"] if area in self.areas else area

    def package(self, area: str) -> Package:
        """Return the package of an area.

        Raises
        ------
        UnknownName
            No such area.
        DataError
            Its files cannot be used, or its catalogue is not that of the workspace.
        """
        return Package.open(self.root / self.areas[self.find(area)]["package"])

    def packages(self, areas: Iterable[str] = ()) -> list[Package]:
        """Return the packages of some areas, or of all, in the order of `areas.csv`.

        Raises
        ------
        DataError
            All faults of all of them.
        """
        asked, found, faults = {self.find(area) for area in areas} or set(self.areas), [], []
        for area in self.areas:
            try:
                found += [self.package(area)] if area in asked else []
            except DataError as error:
                if not error.faults:
                    raise
                faults += error.faults
        if faults:
            raise describe(faults)
        return found

    def there(self, area: str, period: Period) -> bool:
        """Say whether an area exists in a period, or in a part of it."""
        row = self.areas[area]
        return (row["from"] or period.start) <= period.end and (row["to"] or period.end) >= period.start

    def parts(self, area: str, then: Period) -> list[str]:
        """Return the areas of a period that one consists of: those that were merged into it since, and itself.

        None where nothing was.
        """
        old = [code for code, row in self.areas.items() if row["into"] == area and self.there(code, then)]
        return [*old, *[area] * self.there(area, then)] if old else []

    def within(self, key: Key) -> Key:
        """Return a key as it is among several areas: with the code of its area, if it names one."""
        return Key(key.indicator, key.category, key.area and self.find(key.area))

    def of(self, key: Key) -> Package:
        """Return the package that a key is of; a key has to name its area.

        Raises
        ------
        BgdataError
        """
        if not key.area:
            known = list(self.areas)[0]
            raise BgdataError("{key} names no area; write it as {key}@{area}.", key=key, area=known)
        return self.package(key.area)

    def faults(self) -> list[Fault]:
        """Return what is wrong with the list of areas."""
        table, found = self.tables[AREAS], []
        for row, line in zip(table.rows, table.lines):
            found += [Fault(table.file, line, text) for text in self._wrong(row)]
        return found

    def _wrong(self, row):
        if not (self.root / row["package"] / "data" / "datapackage.json").is_file():
            yield Message("the package {folder} has no data/datapackage.json", folder=row["package"])
        if row["from"] and row["to"] and row["to"] < row["from"]:
            yield Message("to {to} is before from {start}", to=row["to"], start=row["from"])
        if row["into"] == row["area"]:
            yield Message("into is the area itself")
        if row["into"] and not row["to"]:
            yield Message("into is {into}, but to is empty: say until when the area was there", into=row["into"])


def located(root: Path, areas: Iterable[str] = ()) -> tuple[Path, tuple[str, ...]]:
    """Return the folder of the workspace that a project is an area of, and that area; what is given if it is of none.

    Examples
    --------
    >>> located(Path("/"), ["VN-24,VN-27", "VN-01"])
    (PosixPath('/'), ('VN-24', 'VN-27', 'VN-01'))
    """
    home, named = home_of(root), tuple(name.strip() for one in areas for name in one.split(",") if name.strip())
    return (home, named or (Package.open(root).area,)) if home != root else (root, named)


def asked(package: Package, areas: Iterable[str]) -> list[Package]:
    """Return the packages that areas stand for: ``all`` or none for all of a workspace; else the package itself.

    Raises
    ------
    UnknownName
        No such area, or an area of what is no workspace.
    """
    if isinstance(package, Workspace):
        return package.packages(() if "all" in areas else areas)
    if set(areas) - {package.area, package.name()}:
        raise UnknownName("There are no areas: the data package has no data/areas.csv.")
    return [package]


def refuse_lacking(packages: Iterable[Package], periods: Iterable[str | Period]) -> None:
    """Refuse areas that have no report of one of the periods.

    Raises
    ------
    UnknownName
        The first of them, with the near periods that it has.
    """
    for package in packages:
        for period in periods:
            if not package.has(period):
                raise UnknownName(
                    'Area {area} ({label}) has no period "{name}"{hint}',
                    area=package.area,
                    label=package.name(),
                    name=str(period),
                    hint=near(period, package.periods),
                )


def single(root: Path) -> Path:
    """Return the folder of a project, if its data package is of one area.

    Raises
    ------
    UnknownName
    """
    if (root / "data" / f"{AREAS}.csv").is_file():
        raise UnknownName("This is a workspace of several areas. Go to the folder of one of them.")
    return root


def listed(workspace: Workspace, root: Path) -> str:
    """Return the code of the area whose package a folder is.

    Raises
    ------
    DataError
        The workspace does not list it.
    """
    for code, row in workspace.areas.items():
        if (workspace.root / row["package"]).resolve() == root.resolve():
            return code
    file, folder = f"data/{AREAS}.csv", root.relative_to(workspace.root).as_posix()
    raise describe([Fault(file, None, Message("lists no area with the package {folder}", folder=folder))])


def different(path: Path, schema, shared, name: str) -> list[Fault]:
    """Find where an area's own copy of a table differs from the one that all areas share; it need not have one."""
    if not path.is_file():
        return []
    table, faults = descriptor.read_table(path, schema, name=name)
    other = [
        Fault(name, line, Message("is not what {file} of the workspace has", file=shared.file))
        for row, line in zip(table.rows, table.lines)
        if row not in shared.rows
    ]
    lacking = len([row for row in shared.rows if row not in table.rows])
    if lacking and not faults:
        text = Message("lacks {count} lines of {file} of the workspace", count=lacking, file=shared.file)
        other.append(Fault(name, None, text))
    return faults + other
