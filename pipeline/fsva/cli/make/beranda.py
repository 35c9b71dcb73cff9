"""``fsva beranda``: the index page of a folder of outputs.

Owns the dialogue. ``fsva.runs.pages.index_run`` owns the search for editions.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fsva.cli import options, screen
from fsva.cli.commands import Command
from fsva.core import messages
from fsva.core.texts import Texts

if TYPE_CHECKING:
    from fsva.files.pages.index_page import ListedEdition

_YEAR = re.compile(r"[0-9]{4}")


def make(texts: Texts) -> Command:
    """Return the command."""

    def run(folder: Path, json: bool, bahasa: str) -> None:
        """Write the page into the folder."""
        write(folder, texts, as_json=json)

    return Command(
        texts,
        name="beranda",
        help=texts("beranda.bantuan"),
        callback=run,
        params=[
            click.Argument(
                ["folder"], type=click.Path(path_type=Path), metavar=texts("beranda.m_folder")
            ),
            options.as_json(texts, writes=True),
            options.language(texts),
        ],
    )


def write(folder: Path, texts: Texts, *, as_json: bool = False) -> None:
    """Write ``beranda.html`` and say what it lists and what could not be read.

    Parameters
    ----------
    as_json : bool
        Print the list as JSON.

    Raises
    ------
    FsvaError
        If the folder holds no output folder, or the page cannot be written.
    """
    from fsva.core.publishing import publish
    from fsva.files.pages import index_page
    from fsva.runs.pages import index_run

    page, listed, unread = index_run.write(folder, texts)
    file = folder / index_page.FILE_NAME
    publish.write(page, file)
    for one in unread:
        said = messages.render(one.problem, texts)
        screen.say(texts("beranda.lewat", folder=one.place, galat=said), err=True)
    if as_json:
        screen.say_json([_record(one) for one in listed])
    else:
        screen.say(texts("beranda.selesai", jumlah=len(listed), berkas=file))


def _record(one: ListedEdition) -> dict[str, Any]:
    """Return an edition of the list as JSON holds it: villages by class, and without one."""
    return {
        "kode": one.code,
        "daerah": one.district,
        "tahun": int(one.year) if _YEAR.fullmatch(one.year) else None,
        "bahasa": one.language,
        "folder": one.place,
        "berkas": one.target or None,
        "kelas": {str(number): count for number, count in enumerate(one.counts, start=1)},
        "rentan": one.weak,
        "tanpa_kelas": one.without,
        "draf": one.is_draft,
    }
