"""click in the language of the person at the keyboard, on whatever stream: help, wrong usage, and faults of our own.

What the commands do is in `cli` and behind it. Here every error that is left becomes a sentence and an exit status.
"""

import codecs
import platform
import sys
import traceback
import unicodedata
from functools import partial
from importlib.metadata import version
from pathlib import Path

import click

from bgdata.errors import BgdataError, UnknownName
from bgdata.files import write
from bgdata.voice import LANGUAGES, Message, language, speaking, translate

PLAIN = dict(zip("đĐ“”‘’–—…→×≠≤≥", ["d", "D", *"\"\"''--", "...", "->", "x", "!=", "<=", ">="]))
REPORT = Path("build") / "report-of-fault.txt"
CLICK = (  # what click itself says, in its own words, which are the keys of ours
    Message("Usage:"),
    Message("Options"),
    Message("Commands"),
    Message("Positional arguments"),
    Message("Show this message and exit."),
    Message("Show the version and exit."),
    Message("%(prog)s, version %(version)s"),
    Message("default: {default}"),
    Message("Error: {message}"),
    Message("Aborted!"),
    Message("Try '{command} {option}' for help."),
    Message("Missing command."),
    Message("Missing argument"),
    Message("Missing option"),
    Message("No such command {name!r}."),
    Message("No such option {name!r}."),
    Message("Did you mean {possibility}?"),
    Message("(Did you mean one of: {possibilities}?)"),
    Message("Option {name!r} does not take a value."),
    Message("Option {name!r} requires an argument."),
    Message("Option {name!r} requires {nargs} arguments."),
    Message("Got unexpected extra argument ({args})"),
    Message("Got unexpected extra arguments ({args})"),
    Message("Invalid value: {message}"),
    Message("Invalid value for {param_hint}: {message}"),
    Message("{value!r} is not one of {choices}."),
    Message("{value!r} is not a valid {number_type}."),
    Message("{value} is not in the range {range}."),
)
KNOWN = {message.text for message in CLICK}  # what it says at import, such as names of types, is not asked for


def said(text):
    """Mark a text for the catalogues; it is put into words when it is shown."""
    return text


def _say(text):
    return translate(text, language())


def _of_click(text):
    return _say(text) if text in KNOWN else text


for module in (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types):
    module._, module.ngettext = _of_click, lambda one, other, count: _of_click(one if count == 1 else other)


class _Spoken:
    """Something with a help text, which is read in the language that is spoken."""

    @property
    def help(self):
        return _say(self._help) if self._help else self._help

    @help.setter
    def help(self, text):
        self._help = text


class Option(_Spoken, click.Option):
    """An option of a command."""


class Command(_Spoken, click.Command):
    """A command."""

    def get_help_option(self, ctx):
        option = super().get_help_option(ctx)
        if option:
            option.help = _say("Show this message and exit.")
        return option


class Group(Command, click.Group):
    """All commands: in one language, on streams that can take it, and with a sentence for whatever goes wrong."""

    command_class = Command

    def main(self, args=None, **options):
        args = list(sys.argv[1:] if args is None else args)
        for stream in (sys.stdout, sys.stderr):
            make_readable(stream)
        with speaking(_asked(args)):
            return super().main(args=args, **options)

    def invoke(self, ctx):
        """Exit with 2 where a name on the command line is unknown, with 1 for any other error."""
        try:
            return super().invoke(ctx)
        except BgdataError as error:
            click.echo(error, err=True)
            ctx.exit(2 if isinstance(error, UnknownName) else 1)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            click.echo(reported(error), err=True)
            ctx.exit(1)


def versioned(ctx, _, asked):
    """Show the version and exit."""
    if asked:
        click.echo(_say("%(prog)s, version %(version)s") % {"prog": ctx.info_name, "version": version("bgdata")})
        ctx.exit()


def _asked(args):
    """Return the language that the command line names, before anything else of it is looked at."""
    pairs = [arg.partition("=")[::2] for arg in args] + list(zip(args, args[1:]))
    return next((value for name, value in pairs if name == "--lang" and value in LANGUAGES), None)


def make_readable(stream):
    """Let a stream take any text: in UTF-8, or as near as the encoding of a terminal allows."""
    if not hasattr(stream, "reconfigure"):
        return
    if stream.isatty():
        codecs.register_error("bgdata-plain", partial(_plainly, encoding=stream.encoding))
        stream.reconfigure(errors="bgdata-plain")
    else:
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _plainly(error, *, encoding):
    return "".join(plain(letter, encoding) for letter in error.object[error.start : error.end]), error.end


def plain(letter, encoding):
    """Write a letter with what an encoding has: ``ế`` as ``ê`` and an accent, as ``ê`` or ``é``, or as ``e``.

    Examples
    --------
    >>> "".join(plain(letter, "cp437") for letter in "Số liệu, “đủ” → 5")
    'Sô liêu, "du" -> 5'
    """
    if letter in PLAIN:
        return PLAIN[letter]
    bare, *marks = unicodedata.normalize("NFD", letter)
    with_one = [unicodedata.normalize("NFC", bare + mark) for mark in marks]
    apart = ["".join([one, *marks[:at], *marks[at + 1 :]]) for at, one in enumerate(with_one)]
    return next((form for form in [*apart, *with_one, bare] if _has(encoding, form)), "?")


def _has(encoding, text):
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def reported(error):
    """Note where a fault of ours was met, in a file that may be sent to anybody; return what to say about it.

    The file has places in code and names of errors: no message, no path of a person's, no text of a report.
    """
    from bgdata.package import project_root  # not at the top: `--help` need not wait for it

    lines = [f"bgdata {version('bgdata')}, Python {platform.python_version()}, {platform.system()}"]
    while error:
        lines.append(type(error).__name__)
        lines += [f"  {_place(frame)}" for frame in traceback.extract_tb(error.__traceback__)]
        name, error = lines[1], error.__cause__ or error.__context__
    try:
        path = project_root() / REPORT
        write(path, "\n".join([*lines, ""]))
    except BgdataError:
        return Message("bgdata met with a fault of its own ({name}).", name=name)
    return Message(
        "bgdata met with a fault of its own ({name}). {path} says where, without names and without the text of any "
        "report: please send it to those who look after bgdata.",
        name=name,
        path=REPORT.as_posix(),
    )


def _place(frame):
    """Return a place in code without the folders of a person's computer."""
    parts = Path(frame.filename).parts
    starts = [at for at, part in enumerate(parts) if part in ("bgdata", "bgtools", "site-packages")]
    return f"{'/'.join(parts[starts[-1] if starts else -1 :])}:{frame.lineno} {frame.name}"
