"""The command ``fsva``: its command line and its output in the terminal.

Owns the parsing of the command line and the output of errors. A command imports its modules when
it runs; ``fsva --help`` imports none of them.
"""

from __future__ import annotations

import gc
import os
import re
import sys
import warnings
from collections.abc import Sequence

import click

from fsva.cli import commands, screen, stopping
from fsva.core import errors, memory, messages, texts
from fsva.core.errors import FsvaError, Place, PublishError, StoppedError, UsageError
from fsva.core.texts import Language


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Parameters
    ----------
    arguments : sequence of str or None
        The words after ``fsva``; None = those of this process.

    Returns
    -------
    int
        0, or the code of the error as listed in docs/kode-keluar.md.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    # Whatever the user's surroundings say, PROJ fetches no grids: results would depend on them.
    os.environ["PROJ_NETWORK"] = "OFF"
    language = _language(words)
    try:
        if "--help" not in words:
            memory.check()
        result = commands.root(texts.load(language)).main(
            words, prog_name="fsva", standalone_mode=False
        )
    except FsvaError as error:
        return _report(error, language)
    except click.exceptions.NoArgsIsHelpError as problem:
        screen.say(problem.format_message(), err=True)
        return UsageError.exit_code
    except click.ClickException as problem:
        return _report(_usage(problem), language)
    except (click.Abort, KeyboardInterrupt):
        return _report(StoppedError("dihentikan"), language)
    except (OSError, MemoryError, ImportError) as problem:
        return _refused(problem, language)
    return result if isinstance(result, int) else 0


def entry() -> None:
    """Run as the program ``fsva``."""
    # A run is short and its objects live to its end: collecting garbage only costs time.
    gc.disable()
    memory.spare()
    if not sys.warnoptions:  # of libraries, about their own code
        warnings.simplefilter("ignore")
    screen.stand_in()
    screen.take_all_letters(texts.load("id").entries["layar"]["tanda"])
    screen.take_over()
    language = _language(sys.argv[1:])
    stop = stopping.Stop(texts.load(language).entries["layar"]["dihentikan"])
    try:
        code = main()
    except BaseException:  # raised by a library that was stopped
        if not stop.exit_code:
            raise
        code = _report(StoppedError("dihentikan"), language)
    sys.exit(_written((stop.exit_code or code) if code else 0))


def _written(code: int) -> int:
    """Return the exit code of a command after all its output has reached the screen."""
    try:
        screen.flush()
    except OSError as problem:
        return _refused(problem, _language(sys.argv[1:]))
    return code


def _refused(problem: BaseException, language: Language) -> int:
    """Report what the system refused; a defect of ours goes on."""
    error = errors.of_system(problem)
    if error is None:
        raise problem
    if isinstance(error, PublishError):
        screen.give_up()
    return _report(error, language)


def _language(words: Sequence[str]) -> Language:
    """Find the language before parsing, so that help and errors use it too."""
    for n, word in enumerate(words):
        value = word.removeprefix("--bahasa=") if "=" in word else "".join(words[n + 1 : n + 2])
        if word.startswith("--bahasa") and value == "en":
            return "en"
    return "id"


def _report(error: FsvaError, language: Language) -> int:
    """Print an error; one that only the end of the command has raised is none."""
    if stopping.is_asked:
        error = StoppedError("dihentikan")
    screen.say(messages.render(error, texts.load(language)), err=True)
    return error.exit_code


# Click quotes a value, or begins with it.
_QUOTED, _FIRST = re.compile(r"'([^']*)'"), re.compile(r"(\S+)")


def _usage(problem: click.ClickException) -> UsageError:
    """Turn an error of click into an error of ours."""
    if isinstance(problem, click.exceptions.NoSuchCommand):
        return UsageError("perintah_tak_dikenal", (), {"perintah": problem.command_name})
    if isinstance(problem, click.NoSuchOption):
        return UsageError("pilihan_tak_dikenal", (), {"pilihan": problem.option_name})
    if isinstance(problem, click.MissingParameter) and problem.param is not None:
        return UsageError("masukan_kurang", (), {"nama": _name(problem.param)})
    if isinstance(problem, click.BadParameter) and isinstance(problem.param, click.Option):
        return _bad_value(problem, problem.param)
    return UsageError("perintah_salah", (), {"pesan": _offender(problem)})


def _bad_value(problem: click.BadParameter, option: click.Option) -> UsageError:
    """Return the error of an option with a wrong value: what was given, and what can be."""
    given = _QUOTED.search(problem.message) or _FIRST.match(problem.message)
    found = given[1] if given else ""
    name, kind = option.opts[0], option.type
    places = [Place(column=name, found=found or None)]
    if isinstance(kind, click.Choice):
        known = ", ".join(map(str, kind.choices))
        return UsageError("nilai_pilihan", places, {"pilihan": name, "ada": known})
    if isinstance(kind, click.IntRange):
        first, last = str(kind.min), str(kind.max)
        if kind.max is None:
            return UsageError("nilai_bilangan_sejak", places, {"pilihan": name, "dari": first})
        return UsageError(
            "nilai_bilangan", places, {"pilihan": name, "dari": first, "sampai": last}
        )
    return UsageError("nilai_bentuk", places, {"pilihan": name, "bentuk": _name(option)})


def _offender(problem: click.ClickException) -> str:
    """Return the arguments in an error of click, without its English sentence."""
    if isinstance(problem, click.BadOptionUsage):
        return problem.option_name
    if isinstance(problem, click.BadParameter) and problem.param is not None:
        return _name(problem.param)
    return problem.format_message()


def _name(parameter: click.Parameter) -> str:
    """Return the name of an argument or option in the help."""
    if isinstance(parameter, click.Option):
        return " ".join([parameter.opts[0], parameter.metavar or _choices(parameter)]).strip()
    return parameter.human_readable_name


def _choices(parameter: click.Parameter) -> str:
    kind = parameter.type
    return f"[{'|'.join(map(str, kind.choices))}]" if isinstance(kind, click.Choice) else ""
