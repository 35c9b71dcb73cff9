"""``fsva batas skematis``: build the schematic boundary layers again.

Owns the options of the command; ``fsva.begin.schematic.schematic_files`` builds the layers.
"""

from __future__ import annotations

from pathlib import Path

import click

from fsva.cli import options, screen
from fsva.cli.commands import Command
from fsva.core import resources
from fsva.core.texts import Texts

GAZETTEER = Path("gazetteer") / "53.03_53.04_53.21.csv"


def make(texts: Texts) -> Command:
    """Return the command."""

    def run(world_atlas: Path, keluaran: Path | None, bahasa: str) -> None:
        """Build the layer, then say where it stands."""
        from fsva.begin.schematic import schematic_files

        folder = keluaran or resources.packaged("boundaries")
        gazetteer = resources.packaged("boundaries") / GAZETTEER
        for file in schematic_files.rebuild(gazetteer, world_atlas, folder):
            screen.say(texts("cli.ditulis", berkas=file))

    return Command(
        texts,
        name="skematis",
        help=texts("cli.skematis"),
        callback=run,
        params=[
            click.Option(
                ["--world-atlas"],
                type=click.Path(path_type=Path),
                required=True,
                metavar=texts("cli.m_berkas"),
                help=texts("cli.o_world_atlas"),
            ),
            options.output(texts),
            options.language(texts),
        ],
    )
