"""``fsva profil``: a page per priority village and per kecamatan.

Owns the dialogue: which profiles are asked for, and where the files stand.
"""

from __future__ import annotations

from pathlib import Path

import click

from fsva.cli import options, runner, screen
from fsva.cli.commands import Command
from fsva.cli.runner import Call
from fsva.core.columns import PARENT, UNIT
from fsva.core.texts import Texts

FOLDER = "profil"


def make(texts: Texts) -> Command:
    """Return the command."""
    output = options.output(texts)
    output.help = texts("profil.o_keluaran")
    return runner.command(
        texts,
        "profil",
        make_profiles,
        words="profil.bantuan",
        folder=FOLDER,
        more=[
            click.Option(["--desa"], is_flag=True, help=texts("profil.o_desa")),
            click.Option(["--kecamatan"], is_flag=True, help=texts("profil.o_kecamatan")),
            click.Option(["--semua"], is_flag=True, help=texts("profil.o_semua")),
            click.Option(
                ["--tahun-lalu"],
                type=click.Path(path_type=Path),
                metavar=texts("cli.m_folder"),
                help=texts("profil.o_tahun_lalu"),
            ),
            output,
            options.as_json(texts, writes=True),
        ],
    )


def make_profiles(
    call: Call, *, desa: bool, kecamatan: bool, semua: bool, tahun_lalu: Path | None, json: bool
) -> None:
    """Make the profiles of an edition, all or none.

    Parameters
    ----------
    desa, kecamatan : bool
        Only those of villages, or of kecamatan; both where neither is asked for.
    semua : bool
        Whether all villages have a profile.
    tahun_lalu : Path or None
        Folder of the edition of the year before.
    json : bool
        Print the numbers of profiles and the names of the files as JSON.

    Raises
    ------
    FsvaError
        If an input cannot be used; then the output folder stays unchanged.
    """
    from fsva.config.editions import edition as editions
    from fsva.core.publishing import manifest
    from fsva.runs.profiles import profile_run
    from fsva.runs.profiles.profile_run import ProfileWish

    texts = call.texts
    both = desa == kecamatan
    last_year = editions.load(tahun_lalu) if tahun_lalu else None
    made = profile_run.make(
        call.order, ProfileWish(desa or both, kecamatan or both, semua, last_year)
    )
    owned = [*made.files, *manifest.own_outputs(call.folder, call.name)]
    if json:
        call.put(made.files, owned)
        counts = {UNIT: made.villages, PARENT: made.kecamatan}
        screen.say_json({**counts, "folder": call.folder, "berkas": sorted(made.files)})
        return
    if not made.villages and (desa or both):
        screen.say(texts("profil.tiada", rentan=made.vulnerable))
    screen.say(texts("profil.dibuat", desa=made.villages, kecamatan=made.kecamatan))
    call.publish(made.files, owned, "profil.selesai")
