"""``fsva periksa``: check the data of an edition before anything is drawn.

Owns the dialogue: what is shown, where the files stand, and the exit code.
"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline import edition as editions
from pipeline.cli import atlas, options
from pipeline.cli.commands import Command
from pipeline.texts import Texts

FOLDER = "periksa"
WITH_ERRORS = 1  # docs/kode-keluar.md


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
        tahun_lalu: Path | None,
        keluaran: Path | None,
        bahasa: str,
    ) -> int:
        edition = editions.load(edisi)
        before = editions.load(tahun_lalu) if tahun_lalu else None
        folder = keluaran or atlas.default_folder(edition, bahasa) / FOLDER
        return check(edition, batas, before, folder, texts)

    return Command(
        texts,
        name="periksa",
        help=texts("periksa.bantuan"),
        callback=run,
        params=[
            options.edition(texts),
            options.boundary(texts),
            click.Option(["--tahun-lalu"], type=click.Path(path_type=Path),
                         metavar=texts("cli.m_edisi"), help=texts("periksa.o_tahun_lalu")),
            options.output(texts),
            options.language(texts),
        ],
    )  # fmt: skip


def check(
    edition: editions.Edition,
    layer: Path | None,
    before: editions.Edition | None,
    folder: Path,
    texts: Texts,
) -> int:
    """Check an edition, show the findings, and write them as HTML and XLSX.

    Parameters
    ----------
    edition : Edition
        The edition.
    layer : Path or None
        Another boundary layer than the edition's.
    before : Edition or None
        Last year's edition.
    folder : Path
        Output folder.
    texts : Texts
        The language.

    Returns
    -------
    int
        1 if there are errors; 0 with nothing but warnings, or without findings.

    Raises
    ------
    FsvaError
        If method or thresholds cannot be used, or the files cannot be written.
    """
    from pipeline import check_run, orders, publish
    from pipeline.checks import words
    from pipeline.files import check_report

    checked = check_run.of_edition(orders.place(edition, layer, texts), before)
    title, report = checked.title, checked.report
    for line in words.screen(title, report, texts):
        click.echo(line)
    files = {
        check_report.HTML: check_report.html(title, report, checked.colours, texts),
        check_report.XLSX: check_report.xlsx(
            title, report, (checked.cells, checked.computed), checked.colours, texts
        ),
    }
    publish.publish(files, folder, check_report.FILES)
    click.echo("")
    click.echo(texts("cli.selesai", jumlah=len(files), folder=folder))
    return WITH_ERRORS if report.count("galat") else 0
