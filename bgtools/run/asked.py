"""Check what a run was asked for, before anything runs: notebooks, periods, parameter names and values."""

from bgdata.errors import BgdataError, UnknownName
from bgdata.notation.periods import Period
from bgdata.package.faults import describe
from bgdata.package.validation import read_observations
from bgtools.run import notebooks
from bgtools.run.messages import hint

SET_ELSEWHERE = {"period": "PERIOD", "lang": "--lang"}
PERIODS = ("period", "compare_with")  # parameters that are period codes


def notebooks_asked(order):
    """Return the notebooks to run, by path."""
    paths = notebooks.find(order.root / "notebooks", order.only, say=order.say)
    return {path: notebooks.load(path, say=order.say) for path in paths}


def periods_asked(order):
    """Return the periods to run, each once: those asked for, or the newest one.

    Raises
    ------
    UnknownName
        A text that is no period code, or a period that the data package does not have.
    """
    for period in order.periods:
        check_period(period, order.package, order.say)
    return list(dict.fromkeys(order.periods)) or [order.package.newest().code]


def check_period(text, package, say):
    """Refuse a text that is no period of the data package."""
    known = [period.code for period in package.periods]
    try:
        Period.parse(text)
    except BgdataError:
        raise UnknownName(say("not_a_period", name=text)) from None
    if text not in known:
        raise UnknownName(say("unknown_period", name=text, hint=hint(text, known, say)))


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


def parameters_asked(order, period, path, notebook):
    """Return the parameters to inject into one notebook, all strings.

    Raises
    ------
    UnknownName
        The notebook has no such parameter, or its value cannot be.
    """
    say, known = order.say, notebooks.defaults(notebook, path.name, say=order.say)
    given = {"period": period, "lang": order.lang, **order.parameters}
    for name, value in given.items():
        if name in SET_ELSEWHERE and name in order.parameters:
            raise UnknownName(say("reserved_parameter", name=name, way=SET_ELSEWHERE[name]))
        if name not in known:
            raise UnknownName(
                say("unknown_parameter", notebook=path.stem, name=name, hint=hint(name, list(known), say))
            )
        if not value.isprintable():
            raise UnknownName(say("bad_value", name=name, value=ascii(value)))
        if name in PERIODS and value:
            check_period(value, order.package, say)
    return given
