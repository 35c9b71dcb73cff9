"""``fsva atlas``: make the atlas of an edition.

Owns the dialogue: progress, result, place of the files.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from fsva.cli import options, runner, screen
from fsva.cli.commands import Command
from fsva.cli.runner import Call
from fsva.core.errors import Place, UsageError
from fsva.core.publishing import manifest, publish
from fsva.core.texts import Texts
from fsva.runs import production, run_order
from fsva.runs.kept import kept_results
from fsva.runs.sheet_choice import SheetChoice


def make(texts: Texts) -> Command:
    """Return the command."""
    more = [
        click.Option(["--tanda-keyakinan"], is_flag=True, help=texts("keyakinan.o_tanda")),
        click.Option(["--aspek"], is_flag=True, help=texts("ringkasan.o_aspek")),
        options.theme(texts),
        options.layout(texts),
        click.Option(
            ["--susunan"],
            type=click.Choice(run_order.ARRANGEMENTS),
            default=run_order.ARRANGEMENTS[0],
            help=texts("ubin.o_susunan"),
        ),
        click.Option(
            ["--bentuk"],
            type=click.Choice(run_order.FORMATS),
            multiple=True,
            help=texts("berkas.o_bentuk"),
        ),
        click.Option(
            ["--sebelumnya"],
            type=click.Path(path_type=Path, exists=True, file_okay=False),
            metavar=texts("beranda.m_folder"),
            multiple=True,
            help=texts("halaman.o_sebelumnya"),
        ),
        click.Option(["--geometri-asli"], is_flag=True, help=texts("berkas.o_geometri_asli")),
        click.Option(["--tanpa-simpanan"], is_flag=True, help=texts("berkas.o_tanpa_simpanan")),
        click.Option(["--skematis"], is_flag=True, help=texts("berkas.o_skematis")),
        click.Option(
            ["--peta"],
            type=click.IntRange(min=1),
            metavar=texts("daftar_nama.m_nomor"),
            multiple=True,
            help=texts("daftar_nama.o_peta"),
        ),
        click.Option(
            ["--lembar-kecamatan/--tanpa-lembar-kecamatan"],
            default=None,
            help=texts("daftar_nama.o_lembar"),
        ),
    ]
    return runner.command(texts, "atlas", make_atlas, words="cli.atlas", more=more)


def make_atlas(
    call: Call,
    *,
    tanda_keyakinan: bool,
    aspek: bool,
    gaya: str | None = None,
    tata_letak: str | None = None,
    susunan: str = run_order.ARRANGEMENTS[0],
    bentuk: tuple[str, ...] = (),
    sebelumnya: tuple[Path, ...] = (),
    geometri_asli: bool = False,
    tanpa_simpanan: bool = False,
    skematis: bool = False,
    peta: tuple[int, ...] = (),
    lembar_kecamatan: bool | None = None,
) -> None:
    """Make an atlas and publish it, or report that nothing has changed.

    Parameters
    ----------
    tanda_keyakinan : bool
        Mark uncertain classes on the maps.
    aspek : bool
        Add a map per aspect after that of the composite.
    gaya : str or None
        Theme in place of the edition's.
    tata_letak : str or None
        Layout or paper in place of the edition's.
    susunan : str
        ``ubin`` for tile maps, which have a folder of their own unless another one is named.
    bentuk : tuple of str
        How else maps are written, beside PDF and PNG, and as which layers.
    sebelumnya : tuple of Path
        Output folders of earlier editions, whose classes the page shows.
    geometri_asli : bool
        Write the polygons of layers as the office has drawn them.
    tanpa_simpanan : bool
        Work out everything anew, and keep nothing for later runs.
    skematis : bool
        Show schematic cells in place of borders that may not be passed on.
    peta : tuple of int
        Numbers of the only maps to draw.
    lembar_kecamatan : bool or None
        Draw sheets per kecamatan where they are due, or none; None leaves it to the size of the
        district.

    Raises
    ------
    FsvaError
        If an input cannot be used; the output folder is as it was.
    """
    is_tiled = susunan == run_order.TILES
    usual = runner.default_folder(call.edition, call.texts.language)
    if is_tiled and call.folder == usual:  # beside the atlas, not in its place
        call = replace(call, folder=usual / run_order.TILES)
    with options.answering("--gaya"):
        edition = call.edition.in_theme(gaya)
    with options.answering("--tata-letak"):
        edition = edition.in_layout(tata_letak)
    call = replace(call, edition=edition)
    placed = call.order
    if skematis and geometri_asli:
        raise UsageError("skematis_asli")
    if sebelumnya and "html" not in bentuk:
        raise UsageError("sebelumnya_tanpa_halaman", [Place(column="--sebelumnya")])
    if skematis:
        from fsva.begin.schematic import publication

        placed = run_order.in_cells(placed, publication.cells)
    order = replace(
        placed,
        marks_unsure=tanda_keyakinan,
        with_aspects=aspek,
        formats=tuple(sorted(set(bentuk))),
        is_tiled=is_tiled,
        earlier=sebelumnya,
        own_shapes=geometri_asli,
        sheets=SheetChoice(tuple(sorted(set(peta))), lembar_kecamatan),
    )
    if manifest.is_current(call.folder, order.facts(), order.fingerprints, order.libraries):
        publish.tidy(call.folder)
        screen.say(call.texts("cli.tidak_berubah", folder=call.folder))
        return
    kept = None if tanpa_simpanan else kept_results.beside(call.folder, order)
    files = production.produce(order, screen.say, kept)
    call.publish(
        files, lambda: [*manifest.own_outputs(call.folder, manifest.ATLAS), manifest.FILE_NAME]
    )
