"""The standard output of a command.

Owns the replacement of letters that a screen lacks, and the end of an output that accepts no more.
"""

from __future__ import annotations

import codecs
import contextlib
import io
import json
import os
import sys
import traceback
import unicodedata
import warnings
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from types import TracebackType
from typing import Any, TextIO

import click

from fsva.core import printed

_UNKNOWN = "?"
_EMPTY_LINE = "\r\x1b[2K"
is_over = False  # whether a bar stands on the line that is written next


def stand_in() -> None:
    """Put a stream that takes all in the place of one that was closed; Python has None there."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"))


def take_all_letters(signs: Mapping[str, str]) -> None:
    """Make screens and pipes of any encoding accept all letters.

    Parameters
    ----------
    signs : mapping of str to str
        Replacements for signs that an encoding lacks, such as ``≤``; other letters lose their
        accents.
    """

    def plainer(problem: UnicodeError) -> tuple[str, int]:
        """Replace what the terminal cannot show."""
        if not isinstance(problem, UnicodeEncodeError):
            raise problem
        letters = problem.object[problem.start : problem.end]
        return "".join(signs.get(one) or _plain(one) for one in letters), problem.end

    codecs.register_error("fsva", plainer)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="fsva")


def _plain(letter: str) -> str:
    """Return a letter without its accents; a question mark for other scripts."""
    plain = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode("ascii")
    return plain or _UNKNOWN


def say(
    text: str = "",
    *,
    err: bool = False,
    nl: bool = True,
    paint: Callable[[str], str] | None = None,
) -> None:
    """Write a text to the screen: the one way to it, so that no data can command the terminal.

    Parameters
    ----------
    text : str
        Of any number of lines.
    err : bool
        Whether it goes to the standard error.
    nl : bool
        Whether a line end follows.
    paint : callable or None
        Colours the text once nothing of it commands the terminal and its lines are folded.
    """
    if is_over and sys.stderr.isatty():
        click.echo(_EMPTY_LINE, err=True, nl=False)
    told = printed.wrapped(printed.shown(text), printed.width())
    click.echo(paint(told) if paint else told, err=err, nl=nl)


def say_json(value: Any) -> None:  # noqa: ANN401 - all that JSON holds
    """Write a result for programs: JSON in UTF-8, whatever the terminal's width and encoding.

    Parameters
    ----------
    value : object
        Of mappings, sequences, texts and numbers; NaN becomes null, an exact number a number.
    """
    text = json.dumps(_record(value), ensure_ascii=False, indent=1, allow_nan=False)
    click.echo("".join(map(_visible, text)).encode("utf-8"))


def _visible(letter: str) -> str:
    """Return a letter of JSON, or its escape where a terminal would obey or hide it."""
    return letter if letter == "\n" or letter.isprintable() else json.dumps(letter)[1:-1]


def _record(value: Any) -> Any:  # noqa: ANN401 - all that JSON holds
    """Return a value as JSON holds it, without passwords."""
    if isinstance(value, Mapping):
        return {str(key): _record(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_record(each) for each in value]
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float | Decimal | Fraction):
        number = float(value)
        return number if isfinite(number) else None
    return printed.without_passwords(str(value))


def say_over(text: str, *, ends: bool) -> None:
    """Write a line of progress over the one before, to a terminal only.

    Parameters
    ----------
    ends : bool
        Whether it is the last one.
    """
    if sys.stderr.isatty():
        click.echo("\r" + printed.one_line(text), err=True, nl=ends)


def take_over() -> None:
    """Let what Python itself says, of a warning or of a defect, be printed as all else is."""

    def warned(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        """Say a warning of a library."""
        say(warnings.formatwarning(message, category, filename, lineno, line), err=True, nl=False)

    def failed(
        kind: type[BaseException], error: BaseException, where: TracebackType | None
    ) -> None:
        """Say what no code expected."""
        say("".join(traceback.format_exception(kind, error, where)), err=True, nl=False)

    warnings.showwarning = warned
    sys.excepthook = failed


def flush() -> None:
    """Flush the standard output.

    Raises
    ------
    OSError
        The disk or pipe behind it accepts no more; later calls do nothing.
    """
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and not stream.closed:
                stream.flush()
    except OSError:
        give_up()
        raise


def give_up() -> None:
    """Close the standard output, because Python would flush it again at its end and fail."""
    with contextlib.suppress(OSError, ValueError):  # it may be closed, or not a file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
