"""``fsva nasional``: join the outputs of many districts to one table, layer and two maps.

Owns the options and what is said.
"""

from __future__ import annotations

from pathlib import Path

import click

from fsva.cli import options, screen
from fsva.cli.commands import Command
from fsva.cli.runner import report_left
from fsva.core.publishing import manifest, publish
from fsva.core.texts import Texts
from fsva.runs.many import edition_list

FOLDER = Path("outputs") / "nasional"
_CLASSES = "kelas.csv"


def make(texts: Texts) -> Command:
    """Return the command."""

    def run(keluaran_atlas: tuple[str, ...], keluaran: Path | None, bahasa: str) -> None:
        """Join the atlases in these folders."""
        join(edition_list.folders(keluaran_atlas, _CLASSES), keluaran or FOLDER, texts)

    output = options.output(texts)
    output.help = texts("nasional.o_keluaran")
    argument = click.Argument(
        ["keluaran_atlas"], nargs=-1, required=True, metavar=texts("nasional.m_keluaran")
    )
    return Command(
        texts,
        name="nasional",
        help=texts("nasional.bantuan"),
        callback=run,
        params=[argument, output, options.language(texts)],
    )


def join(folders: list[Path], place: Path, texts: Texts) -> None:
    """Join atlases, say which cannot be compared, and publish the files.

    Parameters
    ----------
    folders : list of Path
        Output folders of atlases.
    place : Path
        Where the files go.

    Raises
    ------
    FsvaError
        If one cannot be read; then the folder stays unchanged.
    """
    from fsva.runs.national import national_run
    from fsva.words.national import national_words

    compared = national_run.read(folders)
    run = national_run.NationalRun(compared, texts)
    for line in national_words.incomparable(compared, texts):
        screen.say(line, err=True)
    for line in national_words.notes(compared, texts):
        screen.say(line)
    files = run.files()
    left = publish.publish(files, place, lambda: [*manifest.outputs(place), manifest.FILE_NAME])
    report_left(left, texts)
    screen.say(texts("cli.selesai", jumlah=len(files), folder=place))
