"""``fsva beranda``: the index page of a folder of outputs.

Owns the dialogue. ``fsva.runs.pages.index_run`` owns the search for editions.
"""

from __future__ import annotations

from pathlib import Path

import click

from fsva.cli import options, screen
from fsva.cli.commands import Command
from fsva.core import messages
from fsva.core.texts import Texts


def make(texts: Texts) -> Command:
    """Return the command."""

    def run(folder: Path, bahasa: str) -> None:
        """Write the page into the folder."""
        write(folder, texts)

    return Command(
        texts,
        name="beranda",
        help=texts("beranda.bantuan"),
        callback=run,
        params=[
            click.Argument(
                ["folder"], type=click.Path(path_type=Path), metavar=texts("beranda.m_folder")
            ),
            options.language(texts),
        ],
    )


def write(folder: Path, texts: Texts) -> None:
    """Write ``beranda.html`` and say what it lists and what could not be read.

    Raises
    ------
    FsvaError
        If the folder holds no output folder, or the page cannot be written.
    """
    from fsva.core.publishing import publish
    from fsva.files.pages import index_page
    from fsva.runs.pages import index_run

    page, number, unread = index_run.write(folder, texts)
    file = folder / index_page.FILE_NAME
    publish.write(page, file)
    for one in unread:
        said = messages.render(one.problem, texts)
        screen.say(texts("beranda.lewat", folder=one.place, galat=said), err=True)
    screen.say(texts("beranda.selesai", jumlah=number, berkas=file))
