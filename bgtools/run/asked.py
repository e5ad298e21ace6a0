"""What is asked of a run, and whether it can be, before anything runs: notebooks, periods, parameter names and values."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bgdata.errors import BgdataError, DataError, RunError, UnknownName, near
from bgdata.notation import Period
from bgdata.package import Package, describe, read_observations, workspace
from bgtools.run import notebooks
from bgtools.run.results import Place

SET_ELSEWHERE = {"period": "PERIOD", "lang": "--lang"}
PERIODS = ("period", "compare_with")  # parameters that are period codes


@dataclass(frozen=True)
class Order:
    """What is asked of a run.

    Attributes
    ----------
    root : pathlib.Path
        Of the project, or of the workspace.
    periods : tuple of str
        Empty: the newest.
    areas : tuple of str
        Of a workspace, or ``"all"``, as which none count.
    lang : {"vi", "en"}
        Of figures and pages.
    parameters : dict of str to str
        For the notebooks, beside `period` and `lang`.
    limit : float
        Seconds for one notebook.
    cluster : str
        The address of a cluster that executes the notebooks (:mod:`bgtools.run.cluster`); empty: this machine.
    store : str
        Where results are published, too (:mod:`bgtools.run.store`); empty: nowhere.
    """

    root: Path
    periods: tuple = ()
    lang: str = "vi"
    only: tuple = ()
    parameters: dict = field(default_factory=dict)
    jobs: int | None = None
    limit: float = 600.0
    fail_fast: bool = False
    force: bool = False
    areas: tuple = ()
    cluster: str = ""
    store: str = ""

    @cached_property
    def package(self):
        """bgdata.package.datapackage.Package: opened when first asked for; a faulty catalogue is refused then."""
        return Package.open(self.root)

    @cached_property
    def places(self):
        """list of (bgdata.package.datapackage.Package, bgtools.run.results.Place): where there is something to run.

        Those of the areas, and those of the workspace itself if all of them are asked for.
        """
        periods, packages = periods_asked(self), workspace.asked(self.package, self.areas)
        whole = isinstance(self.package, workspace.Workspace) and set(self.areas) <= {"all"}
        if self.areas and not whole:
            workspace.refuse_lacking(packages, periods)
        return [
            (package, Place(package.root, period, self.lang, package.area))
            for package in (*packages, *[self.package] * whole)
            for period in periods
            if package.has(period)
        ]

    @property
    def lacking(self):
        """list of str: areas without a report of a period that was asked for, each with the period."""
        there = {(place.area, place.period) for _, place in self.places}
        packages, periods = workspace.asked(self.package, self.areas), dict.fromkeys(one for _, one in there)
        gaps = [(one, period) for one in packages for period in periods if (one.area, period) not in there]
        return [f"{one.area} {period}" for one, period in gaps if self.package.there(one.area, Period.parse(period))]


@dataclass(frozen=True, eq=False)
class Asked:
    """A notebook that was asked for.

    Attributes
    ----------
    path : pathlib.Path
    notebook : dict, optional
        None where it cannot be read, which is its failure when it runs, and no other's.
    fault : RunError, optional
        Why it cannot be read.
    """

    path: Path
    notebook: dict | None = None
    fault: RunError | None = None


def notebooks_asked(order):
    """Return the notebooks to run, and those to pass over: they take no period, so they are none of the report's.

    Returns
    -------
    list of Asked
        In a workspace also those in `notebooks/areas/`, which compare its areas.
    list of pathlib.Path

    Raises
    ------
    UnknownName
        One that was asked for by name takes no period, or does not exist.
    RunError
        There are none.
    """
    found, passed = [], []
    within = order.root / "data" / "areas.csv"
    for path in notebooks.find(order.root / "notebooks", order.only, deep=within.is_file()):
        try:
            notebook = notebooks.load(path)
            known = notebooks.defaults(notebook, path.name)
        except RunError as fault:
            found.append(Asked(path, fault=fault))
            continue
        if set(notebooks.GIVEN) <= set(known):
            found.append(Asked(path, notebook))
        elif order.only:
            raise unknown_parameter(path, next(name for name in notebooks.GIVEN if name not in known), known)
        else:
            passed.append(path)
    return found, passed


def periods_asked(order):
    """Return the periods to run, each once: those asked for, or the newest one.

    Raises
    ------
    UnknownName
        A text that is no period code, or a period that the data package does not have.
    """
    return list(dict.fromkeys(known_period(period, order.package) for period in order.periods)) or [
        order.package.newest().code
    ]


def known_period(text, package):
    """Return the code of a period of the data package; a text that is none is wrong usage.

    Raises
    ------
    UnknownName
    """
    try:
        return package.period(text).code
    except (DataError, UnknownName):
        raise
    except BgdataError as error:
        raise UnknownName(error.message) from None


def check_observations(places):
    """Refuse observations that cannot be used, before each notebook does.

    Parameters
    ----------
    places : list of (bgdata.package.datapackage.Package, bgtools.run.results.Place)

    Raises
    ------
    DataError
        All faults of all periods.
    """
    own = [(package, place) for package, place in places if not isinstance(package, workspace.Workspace)]
    tables = [read_observations(package, Period.parse(place.period)) for package, place in own]
    faults = [fault for _, wrong in tables for fault in wrong]
    if faults:
        raise describe(faults)


def parameters_asked(order, period, one):
    """Return the parameters to inject into one notebook, all strings.

    Raises
    ------
    UnknownName
        The notebook has no such parameter, or its value cannot be.
    """
    given = {"period": period, "lang": order.lang, **order.parameters}
    known = notebooks.defaults(one.notebook, one.path.name) if one.notebook else given
    for name, value in given.items():
        if name in SET_ELSEWHERE and name in order.parameters:
            raise UnknownName('Parameter "{name}" is set by {way}, not by -p.', name=name, way=SET_ELSEWHERE[name])
        if name not in known:
            raise unknown_parameter(one.path, name, known)
        if not value.isprintable():
            raise UnknownName(
                'The value of parameter "{name}" has control characters: {value}.', name=name, value=ascii(value)
            )
        if name in PERIODS and name in order.parameters and value:  # the others are of a place, and known
            known_period(value, order.package)
    return given


def unknown_parameter(path, name, known):
    """Make the error for a parameter that a notebook does not have."""
    return UnknownName(
        'Notebook {notebook} has no parameter "{name}"{hint}', notebook=path.stem, name=name, hint=near(name, known)
    )
