"""``fsva atlas``: make the atlas of an edition.

Owns the dialogue: what is done, what was done, where it stands.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import click

from pipeline import edition as editions
from pipeline import manifest, orders, production, publish
from pipeline.cli import options
from pipeline.cli.commands import Command
from pipeline.edition import Edition
from pipeline.texts import Texts


def make(texts: Texts) -> Command:
    """Return the command.

    Parameters
    ----------
    texts : Texts
        The reader's language.
    """

    def run(
        edisi: Path,
        batas: Path | None,
        keluaran: Path | None,
        tanda_keyakinan: bool,
        aspek: bool,
        bahasa: str,
    ) -> None:
        edition = editions.load(edisi)
        folder = keluaran or default_folder(edition, bahasa)
        make_atlas(edition, batas, folder, texts, marks_unsure=tanda_keyakinan, with_aspects=aspek)

    return Command(
        texts,
        name="atlas",
        help=texts("cli.atlas"),
        callback=run,
        params=[
            options.edition(texts),
            options.boundary(texts),
            options.output(texts),
            click.Option(["--tanda-keyakinan"], is_flag=True, help=texts("keyakinan.o_tanda")),
            click.Option(["--aspek"], is_flag=True, help=texts("ringkasan.o_aspek")),
            options.language(texts),
        ],
    )


def make_atlas(
    edition: Edition,
    layer: Path | None,
    folder: Path,
    texts: Texts,
    *,
    marks_unsure: bool = False,
    with_aspects: bool = False,
) -> None:
    """Make an atlas and put it in its place, or say that nothing has changed.

    Parameters
    ----------
    edition : Edition
        The edition.
    layer : Path or None
        Another boundary layer than the edition's.
    folder : Path
        Output folder.
    texts : Texts
        The language.
    marks_unsure : bool
        Whether maps show which classes are not sure.
    with_aspects : bool
        Whether a map per aspect follows that of the composite.

    Raises
    ------
    FsvaError
        If an input cannot be used; the output folder is as it was.
    """
    order = replace(
        orders.place(edition, layer, texts),
        marks_unsure=marks_unsure,
        with_aspects=with_aspects,
    )
    inputs = manifest.describe_inputs(order.inputs(), order.root)
    if manifest.is_current(folder, order.facts(), inputs):
        click.echo(texts("cli.tidak_berubah", folder=folder))
        return
    files = production.produce(order, click.echo)
    former = manifest.read(folder).get("keluaran", {})
    publish.publish(files, folder, [*former, manifest.FILE_NAME])
    click.echo(texts("cli.selesai", jumlah=len(files), folder=folder))


def default_folder(edition: Edition, language: str) -> Path:
    """Return ``outputs/<kabupaten>/<year>`` of the edition's project.

    Parameters
    ----------
    edition : Edition
        In ``<project>/editions/<name>``.
    language : str
        An atlas in another language than Indonesian stands beside it, ``<year>-en``.
    """
    settings = edition.settings
    kind = "kota-" if settings.district.kind == "kota" else ""
    name = re.sub(r"[^a-z0-9]+", "-", settings.district.name.lower()).strip("-")
    year = str(settings.year) + ("" if language == "id" else f"-{language}")
    return edition.folder.parent.parent / "outputs" / f"{kind}{name}" / year
