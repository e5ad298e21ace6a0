"""What is asked of a run, and whether it can be, before anything runs: notebooks, periods, parameter names and values."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bgdata.errors import BgdataError, RunError, UnknownName, near
from bgdata.notation import Period
from bgdata.package import Package, describe, read_observations
from bgtools.run import notebooks

SET_ELSEWHERE = {"period": "PERIOD", "lang": "--lang"}
PERIODS = ("period", "compare_with")  # parameters that are period codes


@dataclass(frozen=True)
class Order:
    """What is asked of a run.

    Attributes
    ----------
    root : pathlib.Path
    periods : tuple of str
        Empty: the newest.
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
    cluster: str = ""
    store: str = ""

    @cached_property
    def package(self):
        """bgdata.package.datapackage.Package: opened when first asked for; a faulty catalogue is refused then."""
        return Package.open(self.root)


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
    list of pathlib.Path

    Raises
    ------
    UnknownName
        One that was asked for by name takes no period, or does not exist.
    RunError
        There are none.
    """
    found, passed = [], []
    for path in notebooks.find(order.root / "notebooks", order.only):
        try:
            notebook = notebooks.load(path)
            known = notebooks.defaults(notebook, path.name)
        except RunError as fault:
            found.append(Asked(path, fault=fault))
            continue
        if set(SET_ELSEWHERE) <= set(known):
            found.append(Asked(path, notebook))
        elif order.only:
            raise unknown_parameter(path, next(name for name in SET_ELSEWHERE if name not in known), known)
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
    except UnknownName:
        raise
    except BgdataError as error:
        raise UnknownName(error.message) from None


def check_observations(periods, package):
    """Refuse observations that cannot be used, before each notebook does.

    Raises
    ------
    DataError
        All faults of all periods.
    """
    tables = [read_observations(package, Period.parse(period)) for period in periods]
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
        if name in PERIODS and value:
            known_period(value, order.package)
    return given


def unknown_parameter(path, name, known):
    """Make the error for a parameter that a notebook does not have."""
    return UnknownName(
        'Notebook {notebook} has no parameter "{name}"{hint}', notebook=path.stem, name=name, hint=near(name, known)
    )
