"""Options and arguments that several commands share.

Owns their names, types and help.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import get_args

import click

from fsva.config.editions import database
from fsva.config.editions.database import Layer
from fsva.core.codes import System
from fsva.core.errors import EditionError, FsvaError, Place, SourceError, UsageError
from fsva.core.texts import LANGUAGES, Texts


def edition(texts: Texts) -> click.Argument:
    """Return the argument EDISI: the folder of an edition."""
    return click.Argument(["edisi"], type=click.Path(path_type=Path), metavar=texts("cli.m_edisi"))


OF_LAYER = "--batas"


class LayerType(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.5
    """A village layer: a file, or the connection string of a table in PostGIS."""

    name = "lapisan"

    def convert(
        self, value: str | Layer, param: click.Parameter | None, ctx: click.Context | None
    ) -> Layer:
        """Return the layer of an argument.

        Raises
        ------
        SourceError
            As ``fsva.config.editions.database.parse``.
        """
        if not isinstance(value, str):
            return value
        try:
            return database.layer(value)
        except SourceError as problem:
            raise SourceError(problem.key, [Place(column=OF_LAYER)]) from problem


def boundary(texts: Texts) -> click.Option:
    """Return the option --batas: another village layer than the edition's."""
    return click.Option(
        [OF_LAYER], type=LayerType(), metavar=texts("cli.m_lapisan"), help=texts("cli.o_batas")
    )


def of_layer(texts: Texts) -> list[click.Option]:
    """Return the options --lapisan and --sistem-kode: layer of a file, system of its codes."""
    return [
        click.Option(["--lapisan"], metavar=texts("cli.m_nama"), help=texts("cli.o_lapisan")),
        click.Option(
            ["--sistem-kode"],
            type=click.Choice(list(get_args(System))),
            help=texts("cli.o_sistem_kode"),
        ),
    ]


def output(texts: Texts) -> click.Option:
    """Return the option --keluaran: the folder to write to."""
    return click.Option(
        ["--keluaran"],
        type=click.Path(path_type=Path),
        metavar=texts("cli.m_folder"),
        help=texts("cli.o_keluaran"),
    )


def as_json(texts: Texts, *, writes: bool = False) -> click.Option:
    """Return the option --json: results for programs, by ``screen.say_json``.

    Parameters
    ----------
    writes : bool
        Whether the command writes its files all the same.
    """
    return click.Option(
        ["--json"], is_flag=True, help=texts("cli.o_json_juga" if writes else "cli.o_json")
    )


def layout(texts: Texts) -> click.Option:
    """Return the option --tata-letak: another layout or paper than the edition's."""
    return click.Option(
        ["--tata-letak"], metavar=texts("lembar.m_tata_letak"), help=texts("lembar.o_tata_letak")
    )


@contextmanager
def answering(option: str) -> Iterator[None]:
    """Let an option, and not ``edition.toml``, answer for a name that does not exist.

    Raises
    ------
    UsageError
        In place of the error of the edition, with the same known names.
    """
    try:
        yield
    except EditionError as problem:
        if problem.key != "gaya_hilang":
            raise
        places = [Place(column=option, found=place.found) for place in problem.places]
        raise UsageError("pilihan_hilang", places, {"ada": problem.facts["ada"]}) from problem


def theme(texts: Texts) -> click.Option:
    """Return the option --gaya: another theme than the edition's."""
    return click.Option(["--gaya"], metavar=texts("gaya.m_gaya"), help=texts("gaya.o_gaya"))


def language(texts: Texts) -> click.Option:
    """Return the option --bahasa: the language of outputs, help and messages.

    Its default is the language chosen so far, because the option may stand before the command.
    """
    return click.Option(
        ["--bahasa"],
        type=click.Choice(list(LANGUAGES)),
        default=texts.language,
        help=texts("cli.o_bahasa"),
    )


# Options that name a part of a file, in which it is looked for.
_OF_PARTS = ("--lembar", "--lapisan", "--kolom-kode", "--kolom-nama", "--kolom-bentuk")


def blame(problem: FsvaError, given: Mapping[str, object]) -> None:
    """Let the places of a problem name the option that was given what is wrong.

    Parameters
    ----------
    given : mapping of str to object
        Option to its value: a file, folder or name, or several of them.
    """
    problem.places = tuple(_blamed(place, given) for place in problem.places)


def _blamed(place: Place, given: Mapping[str, object]) -> Place:
    """Return a place with the option that names its file, its folder or what was found there."""
    if place.column is not None:
        return place
    wrong = {str(place.found)} if place.found is not None else set()
    is_whole = place.row is None and place.village is None and place.found is None
    if place.file is not None and is_whole:
        wrong |= {str(place.file), str(place.file.parent)}
    is_inside = place.file is not None and not is_whole
    for option, value in given.items():
        if is_inside and option not in _OF_PARTS:
            continue  # a sheet may be called like the year, or like the district
        values = value if isinstance(value, tuple) else (value,)
        if wrong & {str(each) for each in values if isinstance(each, str | Path)}:
            return replace(place, column=option)
    return place
