"""``fsva formulir``: blank forms for the agencies, and one table of the filled ones.

Owns the options. ``fsva.runs.form_run`` owns the forms.
"""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from fsva.cli import runner, screen
from fsva.cli.commands import Command
from fsva.cli.runner import Call
from fsva.core.texts import Texts

FOLDER = "formulir"


def make(texts: Texts) -> Command:
    """Return the command."""
    from fsva.runs.form_run import Kind

    def run(call: Call, isi: Kind | None, terisi: bool, gabung: tuple[Path, ...]) -> None:
        """Write the forms, or one table of the filled ones."""
        from fsva.core.publishing import manifest
        from fsva.runs import form_run

        files = form_run.files(call.order, isi, filled=terisi, merged=gabung, tell=screen.say)
        call.publish(files, lambda: [*files, *manifest.own_outputs(call.folder, call.name)])

    more = [
        click.Option(
            ["--isi"], type=click.Choice(list(get_args(Kind))), help=texts("formulir.o_isi")
        ),
        click.Option(["--terisi"], is_flag=True, help=texts("formulir.o_terisi")),
        click.Option(
            ["--gabung"],
            type=click.Path(path_type=Path),
            multiple=True,
            metavar=texts("cli.m_berkas"),
            help=texts("formulir.o_gabung"),
        ),
    ]
    return runner.command(
        texts, "formulir", run, words="formulir.bantuan", folder=FOLDER, more=more
    )
