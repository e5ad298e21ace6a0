"""The data package: where it lies, its catalogue, and which observations files it holds.

The catalogue is read here and checked against itself. Observations are read in `observations`.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Self

from bgdata.errors import BgdataError, Fault, UnknownName, describe, meant, near
from bgdata.notation import Period, folded
from bgdata.package import descriptor
from bgdata.package.descriptor import Table
from bgdata.package.key import Key
from bgdata.package.schema import AREAS, CATALOGUE, SHARED, Schema, read_descriptor
from bgdata.voice import Message, language

UNKNOWN_PERIOD = Message('Period "{name}" is unknown{hint}')
NO_OBSERVATIONS = Message("{name} has no observations yet (begin it with: bgdata new {name}){hint}")
UNKNOWN_SECTOR = Message('Sector "{name}" is unknown{hint}')
UNKNOWN_INDICATOR = Message('Indicator "{name}" is unknown{hint}')
UNKNOWN_AREA = Message('Area "{name}" is unknown{hint}')


def project_root() -> Path:
    """Return the folder that holds `data/`, `notebooks/` and `figures/`.

    It is the folder that the environment variable BGDATA_ROOT names; else the nearest folder, from the working
    directory upwards, with a `data/datapackage.json`; else the checkout that bgdata was installed from.

    Raises
    ------
    BgdataError
        None of them holds a data package.
    """
    named = os.environ.get("BGDATA_ROOT")
    here = Path.cwd()
    checkout = Path(__file__).resolve().parents[2]
    for folder in [Path(named)] if named else [here, *here.parents, checkout]:
        if (folder / "data" / "datapackage.json").is_file():
            return folder.resolve()
    raise BgdataError(
        "{folder} holds no data/datapackage.json. Go to the folder of the project, "
        "or name it in the environment variable BGDATA_ROOT.",
        folder=named or here,
    )


def home_of(root: Path) -> Path:
    """Return the folder of the workspace that a project is an area of; its own where it is of none."""
    return next((folder for folder in root.parents if (folder / "data" / f"{AREAS}.csv").is_file()), root)


def table_file(root: Path, name: str) -> Path:
    """Return where a file of the data package lies: with the area, or with what the areas of a workspace share."""
    own = root / "data" / name
    return own if own.exists() else home_of(root) / "data" / name


@dataclass(frozen=True, eq=False)  # two packages are the same only if they are one
class Package:
    """The tables of a data package, as they stand in its files.

    Attributes
    ----------
    root : pathlib.Path
        Folder of the project; the package is in its `data/`.
    descriptor : dict
        Contents of `datapackage.json`.
    schemas : dict of str to Schema
        What it declares of each table of the catalogue, and of ``"observations"``.
    tables : dict of str to Table
        The catalogue's tables by name, typed and valid.
    area : str
        Its code in the workspace that it is an area of; empty where it is of none.
    """

    root: Path
    descriptor: dict
    schemas: dict[str, Schema]
    tables: dict[str, Table]
    area: str = ""

    @classmethod
    def open(cls, root: str | Path | None = None) -> Self:
        """Read the catalogue of a package.

        Parameters
        ----------
        root : path, optional
            Folder of the project; :func:`project_root` if left out.

        Returns
        -------
        Package
            The one read before, as long as no file has changed; a :class:`bgdata.package.workspace.Workspace` where
            `data/areas.csv` names packages that share its catalogue.

        Raises
        ------
        DataError
            The catalogue has faults; all of them are listed.

        Examples
        --------
        >>> Package.open().tables["periods"].rows[0]["period"]
        '2024-S1'
        """
        root = Path(root) if root else project_root()
        home, names = home_of(root), [*(f"{name}.csv" for name in (*CATALOGUE, AREAS)), "datapackage.json"]
        folders = [folder / "data" for folder in dict.fromkeys((root, home))]
        return _open(root, home, signature(*(folder / name for folder in folders for name in names)))

    @property
    def home(self) -> Path:
        """pathlib.Path: folder of the workspace that it is an area of, or its own."""
        return home_of(self.root) if self.area else self.root

    def file_name(self, name: str) -> str:
        """Return how messages call a file of `data/`."""
        return (self.root / "data" / name).relative_to(self.home).as_posix()

    def packages(self) -> "list[Package]":
        """Return the packages that its numbers are in: itself, or those of the areas of a workspace."""
        return [self]

    def faults(self) -> list[Fault]:
        """Return what is wrong with the package beyond its tables."""
        return []

    @cached_property
    def sectors(self) -> dict[str, dict]:
        """dict of str to dict: rows of `sectors.csv` by code, in the report's order."""
        return {row["sector"]: row for row in sorted(self.tables["sectors"].rows, key=lambda row: row["position"])}

    @cached_property
    def units(self) -> dict[str, dict]:
        """dict of str to dict: rows of `units.csv` by code."""
        return {row["unit"]: row for row in self.tables["units"].rows}

    @cached_property
    def indicators(self) -> dict[str, dict]:
        """dict of str to dict: rows of `indicators.csv` by code, in the report's order."""
        return {row["indicator"]: row for row in self.tables["indicators"].rows}

    @cached_property
    def categories(self) -> dict[tuple[str, str], dict]:
        """dict of (breakdown, category) to dict: rows of `categories.csv`, in their order."""
        return {(row["breakdown"], row["category"]): row for row in self.tables["categories"].rows}

    @cached_property
    def keys(self) -> list[Key]:
        """list of Key: of all indicators and their categories, in the report's order."""
        return [Key(name, code) for name in self.indicators for code in ("", *self.categories_of(name))]

    @cached_property
    def sections(self) -> list[str]:
        """list of str: the sections of the report that belong to a sector, in its order."""
        return [section for row in self.sectors.values() for section in row["section"].split("; ")]

    @cached_property
    def accepted(self) -> dict[tuple[str, str], dict]:
        """dict of (str, str) to dict: rows of `accepted.csv` by period and rule."""
        return {(row["period"], row["rule"]): row for row in self.tables["accepted"].rows}

    @cached_property
    def periods(self) -> dict[Period, dict]:
        """dict of Period to dict: rows of `periods.csv`, oldest first."""
        return dict(sorted((Period.parse(row["period"]), row) for row in self.tables["periods"].rows))

    def observations_file(self, period: Period) -> Path:
        """Return the path of a period's observations file (it need not exist)."""
        return self.root / "data" / "observations" / f"{period.code}.csv"

    def period(self, code: str | Period) -> Period:
        """Return the Period of a code that `periods.csv` lists.

        Raises
        ------
        BgdataError
            The code is no period.
        UnknownName
            The package has no such period.
        """
        if isinstance(code, str) and code in self.sectors:
            raise BgdataError('"{code}" is a sector, not a period; write sector="{code}".', code=code)
        period = Period.parse(code)
        if period not in self.periods:
            raise UnknownName.of(NO_OBSERVATIONS, period.code, list(self.periods))
        return period

    def has(self, code: str | Period) -> bool:
        """Say whether the package has a period."""
        return Period.parse(code) in self.periods

    def name(self, lang: str | None = None) -> str:
        """Return the name of the area that it is of; the title of the package where it is of none."""
        if self.area:
            return Package.open(self.home).name_of(self.area, lang or language())
        return self.descriptor.get("title", "")

    def name_of(self, area: str, lang: str) -> str:
        """Return the name of an area; its code where the package knows none."""
        return area

    def observed_periods(self) -> list[Period]:
        """Return the periods that have an observations file, oldest first."""
        return [period for period in self.periods if self.observations_file(period).is_file()]

    def newest(self) -> Period:
        """Return the newest period that has observations."""
        observed = self.observed_periods()
        if not observed:
            raise BgdataError("data/observations/ holds no period yet. Open one with: bgdata new 2024-S1")
        return observed[-1]

    def sector(self, name: str) -> str:
        """Return `name` if it is a sector.

        Raises
        ------
        UnknownName
        """
        if not isinstance(name, str) or name not in self.sectors:
            labels = {code: row["label_vi"] + "\n" + row["label_en"] for code, row in self.sectors.items()}
            called = [code for code in labels if folded(str(name)) in folded(labels[code])]
            hint = meant(called) if 1 <= len(called) <= 3 else near(name, self.sectors)
            raise UnknownName(UNKNOWN_SECTOR.text, name=str(name), hint=hint)
        return name

    def indicators_of(self, sector: str | Key | None = None) -> list[str]:
        """Return the codes of a sector's indicators, of a key's, or of all, in the report's order.

        Raises
        ------
        UnknownName
            No such sector or indicator.
        """
        if isinstance(sector, Key) or isinstance(sector, str) and "." in sector:
            return [self.key(sector).indicator]
        if sector is not None:
            self.sector(sector)
        return [name for name, row in self.indicators.items() if sector in (None, row["sector"])]

    def categories_of(self, indicator: str) -> list[str]:
        """Return the codes of the categories of an indicator, in their order."""
        breakdown = self.indicators[indicator]["breakdown"]
        return [code for name, code in self.categories if name == breakdown]

    def label(self, indicator: str, category: str, lang: str) -> str:
        """Return the name of an indicator, or of one of its categories."""
        row = self.indicators[indicator]
        name = row[f"label_{lang}"]
        return f"{name}: {self.categories[row['breakdown'], category][f'label_{lang}']}" if category else name

    def break_between(self, indicator: Mapping, then: Period, now: Period) -> dict | None:
        """Return the row of `breaks.csv` that makes two periods incomparable for an indicator, or None.

        A stock is broken by what happens between the two period ends; any other number also by what happens within
        the earlier period.
        """
        return next(self.breaks_between(indicator, then, now), None)

    def breaks_between(self, indicator: Mapping, then: Period, now: Period) -> Iterator[dict]:
        """Yield all such rows."""
        after = then.end if indicator["measure"] == "stock" else then.start
        scopes = ("*", indicator["sector"], indicator["indicator"])
        yield from (
            row for row in self.tables["breaks"].rows if row["scope"] in scopes and after < row["on"] <= now.end
        )

    def indicator(self, name: str) -> dict:
        """Return the row of an indicator.

        Raises
        ------
        UnknownName
        """
        if not isinstance(name, str) or name not in self.indicators:
            raise UnknownName.of(UNKNOWN_INDICATOR, name, list(self.indicators))
        return self.indicators[name]

    def within(self, key: Key) -> Key:
        """Return a key as it is within this package; one that names another area is none of it."""
        if key.area not in ("", self.area):
            raise UnknownName.of(UNKNOWN_AREA, key.area, [self.area] if self.area else [])
        return Key(key.indicator, key.category)

    def key(self, text: str | Key) -> Key:
        """Return the Key of a text, such as ``"telecom.bts[4G]"``, if the catalogue has it.

        Raises
        ------
        UnknownName
            No such indicator or category.
        """
        key = self.within(Key.match(text) or Key(text))
        self.indicator(key.indicator)
        known = self.categories_of(key.indicator)
        if key.category and key.category not in known:
            raise UnknownName(
                'Category "{name}" of {indicator} is unknown{hint}',
                name=key.category,
                indicator=key.indicator,
                hint=near(key.category, known),
            )
        return key


@lru_cache(maxsize=128)
def _open(root, home, _):
    from bgdata.package.workspace import Workspace, different, listed  # which is a package itself

    shared = Package.open(home) if home != root else None
    whole = Workspace if (root / "data" / f"{AREAS}.csv").is_file() else Package
    declared, schemas = read_descriptor(root / "data", shared and shared.schemas)
    package = whole(root, declared, schemas, {}, listed(shared, root) if shared else "")
    tables, faults = package.tables, []
    for name in (*CATALOGUE, AREAS) if whole is Workspace else CATALOGUE:
        file = package.file_name(f"{name}.csv")
        if shared and name in SHARED:
            tables[name] = shared.tables[name]
            faults += different(root / "data" / f"{name}.csv", schemas[name], tables[name], file)
        elif whole is Workspace and name not in (*SHARED, AREAS):
            tables[name] = Table(file, [], [])
        elif name in schemas:
            tables[name], wrong = descriptor.read_table(root / "data" / f"{name}.csv", schemas[name], name=file)
            faults += wrong
        else:
            faults.append(
                Fault(
                    "data/datapackage.json",
                    None,
                    Message("declares no {names}. Restore it from the last commit.", names=name),
                )
            )
    if not faults:
        for name in tables:
            faults += descriptor.references(tables[name], schemas[name], tables)
        faults += [*_spans(tables["periods"]), *_scopes(tables), *package.faults()]
    if faults:
        raise describe(faults)
    return package


def signature(*files: Path) -> tuple:
    """Return what changes when one of the files changes."""
    return tuple(
        (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino, stat.st_size) if (stat := _stat(file)) else None
        for file in files
    )


def _stat(file):
    try:
        return file.stat()
    except OSError:
        return None


def check_lang(lang: str) -> None:
    """Refuse a language that there are no texts in."""
    if lang not in ("vi", "en"):
        raise BgdataError('"{lang}" is not a language of bgdata; use "vi" or "en".', lang=lang)


def _spans(periods):
    """Find periods whose dates are not those of their code."""
    for row, line in zip(periods.rows, periods.lines):
        period = Period.parse(row["period"])
        for end in ("start", "end"):
            if row[end] != getattr(period, end):
                found = {"column": end, "date": row[end], "period": period, "right": getattr(period, end)}
                yield Fault(periods.file, line, Message("{column} {date} is not that of {period}: {right}", **found))


def _scopes(tables):
    """Find breaks whose scope is neither `*` nor a sector nor an indicator."""
    sectors = [row["sector"] for row in tables["sectors"].rows]
    known = ["*", *sectors, *(row["indicator"] for row in tables["indicators"].rows)]
    for row, line in zip(tables["breaks"].rows, tables["breaks"].lines):
        if (scope := row["scope"]) not in known:
            text = Message('{column} "{cell}" is unknown{hint}', column="scope", cell=scope, hint=near(scope, known))
            yield Fault(tables["breaks"].file, line, text)
