"""``fsva nasional``: join the outputs of many districts to one table, layer and two maps.

Owns the options and what is said.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fsva.cli import options, screen
from fsva.cli.commands import Command
from fsva.cli.runner import report_left
from fsva.core.columns import DISTRICT, UNIT
from fsva.core.publishing import manifest, shared_folders
from fsva.core.texts import Texts
from fsva.runs.many import edition_list

if TYPE_CHECKING:
    from fsva.index.national import AreaCount, Compared

FOLDER = Path("outputs") / "nasional"
_CLASSES = "kelas.csv"


def make(texts: Texts) -> Command:
    """Return the command."""

    def run(
        keluaran_atlas: tuple[str, ...], keluaran: Path | None, json: bool, bahasa: str
    ) -> None:
        """Join the atlases in these folders."""
        folders = edition_list.folders(keluaran_atlas, _CLASSES)
        join(folders, keluaran or FOLDER, texts, json=json)

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
        params=[
            argument,
            output,
            options.as_json(texts, writes=True),
            options.language(texts),
        ],
    )


def join(folders: list[Path], place: Path, texts: Texts, *, json: bool = False) -> None:
    """Join atlases, say which cannot be compared, and publish the files.

    Parameters
    ----------
    folders : list of Path
        Output folders of atlases.
    place : Path
        Where the files go.
    json : bool
        Whether districts and provinces are printed as JSON, and nothing else.

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
    for line in () if json else national_words.notes(compared, texts):
        screen.say(line)
    files = run.files()
    name = national_run.COMMAND
    left = shared_folders.publish_own(
        name, files, place, lambda: [*manifest.own_outputs(place, name), manifest.FILE_NAME]
    )
    report_left(left, texts)
    if json:
        screen.say_json(_record(compared, sorted(files), place))
    else:
        screen.say(texts("cli.selesai", jumlah=len(files), folder=place))


def _record(compared: Compared, files: list[str], place: Path) -> dict[str, Any]:
    """Return districts, provinces and files as JSON holds them."""
    from fsva.index import national

    def counted(area: AreaCount) -> dict[str, Any]:
        """Return the villages of an area by class."""
        return {
            "kode": area.code,
            UNIT: area.n_villages,
            "kelas": {str(n): count for n, count in enumerate(area.classes, 1)},
            "rentan": area.vulnerable,
            "persen_rentan": area.share,
            "penduduk": area.people,
            "penduduk_rentan": area.vulnerable_people,
        }

    return {
        "metode": compared.method,
        "dasar": compared.baseline or None,
        DISTRICT: [
            {
                **counted(national.of_district(output)),
                "daerah": output.name,
                "tahun": output.year,
                "sebanding": compared.is_comparable(output),
                "draf": output.is_draft,
            }
            for output in compared.outputs
        ],
        "provinsi": [counted(area) for area in national.of_provinces(compared.comparable)],
        "folder": str(place),
        "berkas": files,
    }
