"""``fsva periksa``: check the data of an edition before anything is drawn.

Owns the dialogue: findings on the screen, place of the files, exit code.
"""

from __future__ import annotations

from pathlib import Path

import click

from fsva.cli import options, runner, screen
from fsva.cli.commands import Command
from fsva.cli.runner import Call
from fsva.config.editions import edition as editions
from fsva.core.texts import Texts

FOLDER = "periksa"
WITH_ERRORS = 1  # docs/kode-keluar.md


def make(texts: Texts) -> Command:
    """Return the command."""
    folder, words = click.Path(path_type=Path), texts("periksa.o_tahun_lalu")
    metavar = texts("cli.m_edisi")
    before = click.Option(["--tahun-lalu"], type=folder, metavar=metavar, help=words)
    return runner.command(
        texts,
        "periksa",
        check,
        words="periksa.bantuan",
        folder=FOLDER,
        more=[before, options.as_json(texts)],
    )


def _blanks(call: Call, texts: Texts) -> str:
    """Return how many places of the report its author has still to fill in, if there is one."""
    from fsva.core.publishing import publish
    from fsva.runs.book import book_files, edition_book

    folder = runner.default_folder(call.edition, texts.language)
    file = folder / book_files.FOLDER / f"{edition_book.REPORT}{book_files.WORD}"
    standing = publish.standing(file)
    if standing is None or not book_files.can_read():
        return ""
    count = book_files.open_blanks(standing, file)
    key = "isian_jumlah" if count else "isian_nol"
    return texts(f"buku.{key}", jumlah=count, berkas=file)


def check(call: Call, *, tahun_lalu: Path | None, json: bool) -> int:
    """Check an edition, print the findings, and write them as HTML and XLSX; JSON writes nothing.

    Parameters
    ----------
    tahun_lalu : Path or None
        Folder of last year's edition.

    Returns
    -------
    int
        1 with errors; 0 with only warnings or without findings.

    Raises
    ------
    FsvaError
        If method or thresholds are invalid, or the files cannot be written.
    """
    from fsva.checks import finding_words
    from fsva.files.pages import check_page
    from fsva.files.tables import check_report
    from fsva.runs import check_run, tabulation

    texts = call.texts
    order, last_year = call.order, editions.load(tahun_lalu) if tahun_lalu else None
    mender = tabulation.mender_of(order)
    checked = check_run.of_edition(order.edition, order.village_layer, last_year, texts, mender)
    title, report = checked.title, checked.report
    code = WITH_ERRORS if report.count("galat") else 0
    if json:
        screen.say_json(check_report.records(report, texts))
        return code
    files = {
        check_page.FILE_NAME: check_page.write(
            title, report, checked.villages, checked.colours, texts
        ),
        check_report.XLSX: check_report.xlsx(
            title, report, (checked.cells, checked.computed), checked.colours, texts
        ),
    }
    # Before the output, which people cut off with "| head".
    call.put(files, (check_page.FILE_NAME, check_report.XLSX), ("xlsxwriter",))
    for line in finding_words.screen(title, report, texts):
        screen.say(line)
    screen.say("")
    if said := _blanks(call, texts):
        screen.say(said)
    screen.say(texts("cli.selesai", jumlah=len(files), folder=call.folder))
    return code
