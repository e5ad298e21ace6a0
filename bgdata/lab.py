"""What IPython and JupyterLab get besides: codes completed within strings, and numbers shown in full in our frames.

Registered when `bgdata` is imported within IPython, and only there. Nothing of the data package is read before <Tab> is
pressed, and no setting of IPython or pandas is changed.
"""

import inspect
import io
import re
import tokenize
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from keyword import iskeyword
from types import ModuleType
from typing import Any

NUMBERS = {"value", "lower", "upper", "base", "base_lower", "base_upper", "published", "change", "growth", "off"}
BESIDE = {"label", "printed", "unit", "key", "indicator", "sector", "rule"}  # a frame of ours has one of them
NBSP = "\u00a0"
QUOTES = ('"', "'", '"""', "'''")
PERIODS = {"period", "base_period", "compare_with", "with_"}
UNKNOWN = "?"  # what is called is no plain name


@dataclass
class Call:
    """A call or subscript that is not closed yet.

    Attributes
    ----------
    name : str
        What is called or asked, such as ``bg.load``; empty for a mere bracket.
    bracket : str
        ``(``, ``[`` or ``{``.
    argument : int or str
        Which one is being typed: its position or keyword.
    commas : int
        How many stand before it.
    said : dict
        The strings that stand before it, by position or keyword.
    typed : str
        The string as far as it is typed.
    """

    name: str
    bracket: str
    argument: int | str = 0
    commas: int = 0
    said: dict[int | str, str] = field(default_factory=dict)
    typed: str = ""


def register() -> None:
    """Complete codes and show frames in the IPython that runs in this process, if there is one."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None or any(getattr(one, "matcher_identifier", "") == "bgdata" for one in shell.Completer.matchers):
        return
    shell.Completer.custom_matchers.append(_matcher(shell.user_ns))
    html, text = (shell.display_formatter.formatters[kind] for kind in ("text/html", "text/plain"))
    for home in ("pandas", "pandas.core.frame"):  # where pandas 3 and pandas 2 say that frames are at home
        html.for_type_by_name(home, "DataFrame", as_html)
        text.for_type_by_name(home, "DataFrame", lambda frame, out, _: out.text(in_full(frame, repr)))
    for home in ("pandas", "pandas.core.series"):
        text.for_type_by_name(home, "Series", lambda column, out, _: out.text(in_full(column, repr)))


def _matcher(namespace):
    """Return the function that IPython asks what <Tab> could mean."""
    from IPython.core.completer import SimpleCompletion, context_matcher

    @context_matcher(identifier="bgdata", priority=1000)
    def match(context):
        before = [*context.full_text.split("\n")[: context.cursor_line], context.text_until_cursor]
        typed, found = "", {}
        with suppress(Exception):  # <Tab> never ends in a traceback
            typed, found = complete("\n".join(before), namespace)
        completions = [SimpleCompletion(code, type=_short(what)) for code, what in found.items()]
        return {"completions": completions, "matched_fragment": typed, "suppress": True}

    return match


def complete(text: str, namespace: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """Return what is typed of a code or of the name of a chart, what it may become, and what each of these is.

    Parameters
    ----------
    text : str
        Code up to the cursor.
    namespace : mapping
        What the names in it stand for.

    Examples
    --------
    >>> import bgdata as bg
    >>> complete('bg.value("telecom.m', {"bg": bg})
    ('telecom.m', {'telecom.masts': 'Vị trí cột ăng ten'})
    """
    from bgdata.package import Package  # not at the top: whoever imports bgdata does not wait for it

    call = place(text)
    if call is None:
        match = re.search(r"(?<![\w.])([A-Za-z_][\w.]*)\.(\w*)\Z", text)
        thing = match and resolved(match[1], namespace)
        if not hasattr(thing, "ordered_bars"):
            return "", {}
        return match[2], {name: "function" for name in dir(thing) if name.startswith(match[2])}
    thing = resolved(call.name, namespace)
    if thing is None:
        return "", {}
    owner = getattr(thing, "__self__", thing)
    package = getattr(owner, "package", None) or Package.open()
    inner = call.typed.rpartition("{")[2] if call.bracket == "(" and "{" in call.typed else None
    if inner is not None:  # a place for a value, in a sentence
        typed, codes = inner, [] if set("}:!") & set(inner) else map(str, package.keys)
    else:
        typed, codes = call.typed, choices(thing, call, package)
    codes = [code for code in codes if "[" in typed or "[" not in code or code.startswith(f"{typed}[")]
    found = [code for code in codes if code.casefold().startswith(typed.casefold())]
    found = found or [code for code in codes if typed.casefold() in code.casefold()]
    return typed, {code: _what(package, code, getattr(owner, "lang", "vi")) for code in found}


def choices(thing: Any, call: Call, package: Any) -> list[str]:
    """Return the codes that may stand where the cursor is."""
    if call.bracket == "[":
        return getattr(thing, "_ipython_key_completions_", list)()
    parameter = _parameter(thing, call.argument)
    if parameter is None:
        return []
    if parameter.name in PERIODS:
        return [str(period) for period in reversed(package.periods)]
    if parameter.name == "lang":
        return ["vi", "en"]
    if parameter.name == "category":
        indicator = call.said.get(0, call.said.get("indicator", "")).partition("[")[0]
        return package.categories_of(indicator) if indicator in package.indicators else []
    if parameter.name == "section":
        return _sections(package)
    sectors = list(package.sectors) if parameter.name == "sector" else []
    keys = map(str, package.keys) if re.search("Key|Names", str(parameter.annotation)) else ()
    return [*sectors, *(keys if call.typed or not sectors else ())]


def _parameter(thing, argument):
    """Return the parameter of a function that an argument is for."""
    parameters = inspect.signature(thing).parameters
    if isinstance(argument, str):
        return parameters.get(argument)
    for position, one in enumerate(parameters.values()):
        if one.kind is one.VAR_POSITIONAL or position == argument and one.kind is not one.KEYWORD_ONLY:
            return one
    return None


def _what(package, code, lang):
    """Return the label of a period, a sector or a number."""
    labelled = package.sectors | {str(period): row for period, row in package.periods.items()}
    if code in labelled:
        return labelled[code][f"label_{lang}"]
    indicator, _, category = code.rstrip("]").partition("[")
    return package.label(indicator, category, lang) if indicator in package.indicators else "text"


def _short(label):
    """Return a label as a list of completions has room for it, in one line."""
    return (label if len(label) <= 40 else f"{label[:39].rstrip()}…").replace(" ", NBSP)


def _sections(package):
    from bgdata.package import every_row

    return sorted({*package.sections, *(row["section"] for row in every_row(package))})


def resolved(name: str, namespace: Mapping[str, Any]) -> Any:
    """Return what a dotted name stands for, if that is ours; nothing else is even looked into."""
    first, *rest = name.split(".")
    thing = namespace.get(first)
    for part in rest:
        thing = getattr(thing, part, None) if _ours(thing) else None
    return thing if _ours(thing) else None


def _ours(thing):
    home = thing.__name__ if isinstance(thing, ModuleType) else getattr(thing, "__module__", None)
    return isinstance(home, str) and home.split(".")[0] == "bgdata"


def place(text: str) -> Call | None:
    """Return the call or subscript whose string the end of the text is in.

    Examples
    --------
    >>> place('bg.load("post", ["2024-S1", "20')
    Call(name='bg.load', bracket='(', argument=1, commas=1, said={0: 'post'}, typed='20')
    >>> place('bg.value("telecom.bts", period="').argument
    'period'
    """
    for quote in QUOTES:
        *before, last = [*tokens(text + quote)] or [None]
        if last and last.type == tokenize.STRING and last.end == _end(text + quote):
            prefix = last.string.partition(quote)[0]
            calls = open_calls(before)
            while calls and not calls[-1].name and calls[-1].bracket != "{":  # a list, or a mere bracket
                calls.pop()
            if not calls or set(prefix.casefold()) & set("fb"):
                return None
            calls[-1].typed = last.string[len(prefix) + len(quote) : -len(quote)]
            return calls[-1]
    return None


def open_calls(before: list[tokenize.TokenInfo]) -> list[Call]:
    """Return the calls and subscripts that tokens open and do not close, the outermost first."""
    calls, name = [Call("", "")], ""
    for token in before:
        text, top = token.string, calls[-1]
        if token.type == tokenize.NAME:
            name = "" if iskeyword(text) else name + text if name.endswith(".") else text
        elif text == ".":
            name = (name or UNKNOWN) + "."
        elif text in ("(", "[", "{"):
            calls.append(Call(name, text))
            name = ""
        elif text in (")", "]", "}"):
            del calls[max(1, len(calls) - 1) :]
            name = UNKNOWN
        else:
            if text == ",":
                top.argument = top.commas = top.commas + 1
            elif text == "=":
                top.argument = name
            elif token.type == tokenize.STRING:
                top.said[top.argument] = text.strip("\"'")
            name = "" if token.type == tokenize.OP else UNKNOWN
    return calls[1:]


def tokens(text: str) -> Iterator[tokenize.TokenInfo]:
    """Yield the tokens of unfinished code."""
    with suppress(tokenize.TokenError, SyntaxError):
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type in (tokenize.NAME, tokenize.OP, tokenize.STRING, tokenize.NUMBER, tokenize.ERRORTOKEN):
                yield token


def _end(text):
    """Return line and column of the end of a text, as tokens say them."""
    lines = text.split("\n")
    return len(lines), len(lines[-1])


def as_html(frame: Any) -> str | None:
    """Return a frame as pandas shows it in a notebook; of ours, each row in one line."""
    html = in_full(frame, lambda frame: frame._repr_html_())
    if not html or not _is_ours(frame):
        return html
    rule = '<style>.bgdata-rows td { white-space: nowrap; }</style>\n<table border="1" class="dataframe bgdata-rows"'
    return re.sub(r'<table border="\d+" class="dataframe"', rule, html, count=1)


def in_full(frame: Any, show: Callable[[Any], Any]) -> Any:
    """Show a frame; the numbers of ours without an exponent, unless the person wants them otherwise."""
    import pandas as pd

    wanted = pd.get_option("display.float_format")
    with pd.option_context("display.float_format", plain if _is_ours(frame) and wanted is None else wanted):
        return show(frame)


def _is_ours(frame):
    if not hasattr(frame, "columns"):
        return frame.name in NUMBERS
    columns = set(map(str, [*frame.columns, *frame.index.names]))
    return bool(NUMBERS & columns and BESIDE & columns)


def plain(number: float) -> str:
    """Write a number with all its digits before the point, and six behind it.

    Examples
    --------
    >>> plain(335000000000.0), plain(121.8), plain(75.86994), plain(0.00001234), plain(float("inf"))
    ('335000000000', '121.8', '75.86994', '0.00001234', 'inf')
    """
    import numpy as np

    return np.format_float_positional(
        number, precision=6, fractional=bool(number == 0 or abs(number) >= 0.001), trim="-"
    )
