"""``fsva baseline``: derive a baseline from an edition, show it, and freeze it in a file.

Owns the options and the dialogue. ``fsva.begin.baseline_run`` derives and freezes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fsva.cli import options, runner, screen
from fsva.cli.commands import Command
from fsva.config.editions import edition as editions
from fsva.config.editions.database import Layer
from fsva.config.editions.edition import Edition
from fsva.core import resources, toml
from fsva.core.codes import System
from fsva.core.columns import UNIT
from fsva.core.errors import Place, PublishError, UsageError
from fsva.core.publishing import publish
from fsva.core.texts import Texts
from fsva.runs import run_order
from fsva.runs.run_order import Order

if TYPE_CHECKING:
    from fsva.begin.baseline_run import BaselineWish, DerivedBaseline

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Equal to fsva.index.derivation, which is too heavy to import for --help; a test compares them.
SCHEMES = ("persentil", "jenks", "kuantil", "selang-sama", "simpangan-baku")


@dataclass(frozen=True)
class BaselineChoices:
    """What the command line asks of a baseline; each field is an option by its name.

    Parameters
    ----------
    nama : str or None
        Id of the new baseline.
    skema : str
        Of ``SCHEMES``.
    tanggal : datetime or None
        When it was decided; None: when the edition was issued.
    keluaran : Path or None
        Its file, if not the usual one.
    komposit, alasan : str or None
        Cut-offs of the composite, and the reason for few villages, as the office gives them.
    ganti, coba, pasang, paksa, json : bool
        Replace a file; only show; enter it into ``edition.toml``; derive from few villages; show
        numbers as JSON and nothing else.
    """

    nama: str | None
    skema: str
    tanggal: datetime | None
    keluaran: Path | None
    komposit: str | None
    alasan: str | None
    ganti: bool
    coba: bool
    pasang: bool
    paksa: bool
    json: bool

    @property
    def wish(self) -> BaselineWish:
        """What to derive.

        Raises
        ------
        UsageError
            Few villages without a reason.
        """
        if self.paksa and not (self.alasan or "").strip():
            raise UsageError("masukan_kurang", (), {"nama": "--alasan"})
        from fsva.begin.baseline_run import BaselineWish

        return BaselineWish(self.skema, self.komposit, self.alasan if self.paksa else None)


def make(words: Texts) -> Command:
    """Return the command."""

    def run(
        edisi: Path,
        batas: Layer | None,
        bahasa: str,
        lapisan: str | None,
        sistem_kode: System | None,
        **given: Any,  # noqa: ANN401 - options of click
    ) -> None:
        """Place the order of the run, then derive."""
        edition = editions.load(edisi).reading(lapisan, sistem_kode, other=batas is not None)
        order = run_order.place(edition, batas, words)
        runner.warn(order.edition, words)
        derive(order, BaselineChoices(**given))

    return Command(
        words,
        name="baseline",
        help=words("baseline.bantuan"),
        callback=run,
        params=list(_params(words)),
    )


def derive(order: Order, choices: BaselineChoices) -> None:
    """Derive a baseline, show it, and write it unless it is only to be shown.

    Raises
    ------
    FsvaError
        If an input or a choice cannot be used; nothing has been written then.
    """
    from fsva.begin import baseline_run

    words, edition, wish = order.texts, order.edition, choices.wish
    if choices.coba:
        shown = baseline_run.derive(edition, order.village_layer, wish, words)
        if choices.json:
            screen.say_json(_record(shown, None, None))
            return
        screen.say(shown.words)
        screen.say(words("baseline.hanya_coba"))
        return
    name, file = _target(edition, choices.nama, choices.keluaran, replace=choices.ganti)
    before = publish.standing(file), publish.standing(edition.file)
    entry = _entry(edition, name, file) if choices.pasang else None
    decided = choices.tanggal.date() if choices.tanggal else edition.settings.issued
    derived = baseline_run.derive(edition, order.village_layer, wish, words)
    baseline_run.check_number(edition, derived)
    said: list[str] = [derived.words]
    content = baseline_run.freeze(edition, derived, name, decided, words)
    publish.write(content, file, over=before[0])
    said.append(words("baseline.ditulis", berkas=file, nama=name))
    said += _install(edition, entry, name, words, before[1])
    if derived.is_proposed:
        said.append(words("baseline.usulan_komposit", berkas=file))
    if choices.json:
        screen.say_json(_record(derived, name, file))
        return
    for line in said:
        screen.say(line)


def _record(derived: DerivedBaseline, name: str | None, file: Path | None) -> dict[str, Any]:
    """Return the derived numbers as JSON holds them, with the keys of the baseline's file."""
    numbers = derived.numbers
    return {
        "id": name,
        "metode": numbers.method.id,
        "skema": derived.wish.scheme,
        UNIT: derived.total,
        "diketahui": numbers.known,
        "cut_off": {key: list(cuts) for key, cuts in numbers.cut_offs.items()},
        "skala": {key: list(bounds) for key, bounds in numbers.bounds.items()},
        "usulan": ["komposit"] if derived.is_proposed else [],
        "berkas": None if file is None else str(file),
    }


def _params(words: Texts) -> Iterator[click.Parameter]:
    yield options.edition(words)
    yield click.Option(["--nama"], metavar="ID", help=words("baseline.o_nama"))
    yield click.Option(
        ["--skema"], type=click.Choice(SCHEMES), default=SCHEMES[0], help=words("baseline.o_skema")
    )
    yield click.Option(
        ["--tanggal"],
        type=click.DateTime(["%Y-%m-%d"]),
        metavar=words("baseline.m_tanggal"),
        help=words("baseline.o_tanggal"),
    )
    yield options.as_json(words, writes=True)
    yield click.Option(["--coba"], is_flag=True, help=words("baseline.o_coba"))
    yield click.Option(["--ganti"], is_flag=True, help=words("baseline.o_ganti"))
    yield click.Option(
        ["--komposit"], metavar=words("baseline.m_komposit"), help=words("baseline.o_komposit")
    )
    yield click.Option(["--pasang"], is_flag=True, help=words("baseline.o_pasang"))
    yield click.Option(["--paksa"], is_flag=True, help=words("baseline.o_paksa"))
    yield click.Option(
        ["--alasan"], metavar=words("baseline.m_alasan"), help=words("baseline.o_alasan")
    )
    yield options.boundary(words)
    yield from options.of_layer(words)
    yield click.Option(
        ["--keluaran"],
        type=click.Path(path_type=Path),
        metavar=words("cli.m_berkas"),
        help=words("baseline.o_keluaran"),
    )
    yield options.language(words)


def _target(
    edition: Edition, name: str | None, file: Path | None, *, replace: bool
) -> tuple[str, Path]:
    """Return name and file; refuse an impossible name and an existing file."""
    if name is None:
        raise UsageError("masukan_kurang", (), {"nama": "--nama"})
    folder = resources.project_folder(edition.folder, "styles") / "dasar"
    file = file or folder / f"{name}.toml"
    place = Place(file, column="--nama", found=name)
    if not NAME.fullmatch(name) or file.stem != name or file.suffix != ".toml":
        raise UsageError("dasar_nama", [place])
    if file.exists() and not replace:
        raise PublishError("dasar_ada", [place])
    return name, file


def _entry(edition: Edition, name: str, file: Path) -> bytes:
    """Return edition.toml with the name of the baseline, before any file is written."""
    from fsva.begin import baseline_entry

    home = resources.project_folder(edition.folder, "styles") / "dasar"
    if resources.resolved(file).parent != resources.resolved(home):
        raise UsageError("pasang_tempat", [Place(file, column="--keluaran")])
    text = toml.read_text(edition.file)
    return baseline_entry.with_baseline(text, name, edition.file).encode("utf-8")


def _install(
    edition: Edition, entry: bytes | None, name: str, words: Texts, before: bytes | None
) -> list[str]:
    """Write edition.toml on request, or name the line that it needs; return what to say."""
    if entry is None:
        needed = edition.settings.baseline != name
        return [words("baseline.pakai", nama=name)] if needed else []
    publish.write(entry, edition.file, over=before)
    return [words("baseline.dipasang", berkas=edition.file, nama=name)]
