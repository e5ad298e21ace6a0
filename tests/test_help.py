"""What an analyst reads with Shift+Tab: shape, unit, errors, source, and an example that runs when it is pasted."""

import doctest
import inspect
import re

import pytest

import bgdata as bg
from bgdata.show.report import Report
from bgdata.show.tables import Table

FALLIBLE = {"area", "frame", "indicator", "indicators", "keys", "lang", "package", "period", "sector"}
CALLABLE = {name: getattr(bg, name) for name in bg.__all__ if callable(getattr(bg, name))}
CALLABLE |= {f"charts.{name}": getattr(bg.charts, name) for name in bg.charts.__all__}
FUNCTIONS = {name: one for name, one in CALLABLE.items() if inspect.isfunction(one)}
METHODS = {
    f"{of.__name__.lower()}.{name}": one
    for of in (Report, Table)
    for name, one in vars(of).items()
    if inspect.isfunction(one) and not name.startswith("_")
}


def sections(doc):
    """The text of each section of a docstring, by its head; the summary under none."""
    found = re.split(r"^(\w+)\n-+\n", inspect.cleandoc(doc or ""), flags=re.MULTILINE)
    return {"": found[0], **dict(zip(found[1::2], found[2::2]))}


def lacks(function):
    """Name what the docstring of a function does not say."""
    told, signature = sections(function.__doc__), inspect.signature(function)
    parameters = re.findall(r"^\*{0,2}([\w, *]+?)(?: :|$)", told.get("Parameters", ""), re.MULTILINE)
    known = {name.strip(" *") for line in parameters for name in line.split(",")}
    yield from (name for name in signature.parameters if name not in known)
    back, returns = str(signature.return_annotation), told.get("Returns", "")
    if not returns and not {"Iterator", "None"} & set(re.findall(r"\w+", back)):
        yield "what it returns"
    if FALLIBLE & {*signature.parameters} and not told.get("Raises"):
        yield "errors"
    if "DataFrame" in back and not re.search(r"\b[Rr]ows?\b", returns):
        yield "shape"
    if "DataFrame" in back and any("unit" not in one and "percent" not in one for one in floats(returns)):
        yield "unit"
    if "DataFrame" in back and "Source:" not in told.get("Notes", ""):
        yield "source"


def floats(returns):
    """The items of a list of columns that are floats."""
    return [item for item in re.split(r"^ *- ", returns, flags=re.MULTILINE) if "(float64)" in item]


def pasted(doc, name):
    """What goes wrong where the examples of a docstring are run with nothing but what they import."""
    said = []
    examples = doctest.DocTestParser().get_doctest(sections(doc).get("Examples", ""), {}, name, None, None)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    runner.run(examples, out=said.append)
    return said if examples.examples else ["no example"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_says_all_that_its_user_asks(name):
    assert list(lacks(FUNCTIONS[name])) == []


@pytest.mark.parametrize("name", CALLABLE)
def test_its_example_runs_when_it_is_pasted(name):
    assert pasted(CALLABLE[name].__doc__, name) == []


@pytest.mark.parametrize("name", METHODS)
def test_a_method_has_an_example_or_names_the_function_that_has(name):
    doc = METHODS[name].__doc__
    named = [one.rpartition(".")[2] for one in re.findall(r":func:`([\w.]+)`", doc)]
    assert {*named} & {*bg.__all__} or pasted(doc, name) == []


def silent(frame, *more, package=None) -> "bg.DataFrame":
    """Say nothing.

    Returns
    -------
    pandas.DataFrame
        - ``value`` (float64): a number.
        - ``share`` (float64): percent.

    Examples
    --------
    >>> silent(1)
    """


def test_what_a_docstring_lacks_is_told():
    assert list(lacks(silent)) == ["frame", "more", "package", "errors", "shape", "unit", "source"]
    assert "NameError" in "".join(pasted(silent.__doc__, "silent"))
    assert pasted("Say nothing.", "x") == ["no example"]
