"""``fsva baseline``: derive a baseline from an edition, show it, and freeze it in a file.

Owns the options and the dialogue; the numbers are ``fsva.index.derivation``'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fsva.cli import options
from fsva.cli.commands import Command
from fsva.config.editions import edition as editions
from fsva.config.editions.database import Layer
from fsva.config.editions.edition import Edition
from fsva.config.methods.baseline import Baseline
from fsva.core import manifest, publish, resources, texts
from fsva.core.codes import System
from fsva.core.errors import Place, PublishError, StyleError, UsageError
from fsva.core.texts import Texts
from fsva.core.toml import Bilingual
from fsva.runs import run_order, tabulation
from fsva.runs.run_order import Order

if TYPE_CHECKING:
    from fsva.index.derivation import Derivation

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# As in fsva.index.derivation, which is too heavy to import for --help; a test holds them equal.
SCHEMES = ("persentil", "jenks", "kuantil", "selang-sama", "simpangan-baku")


def make(words: Texts) -> Command:
    """Return the command."""

    def run(
        edisi: Path,
        nama: str | None,
        skema: str,
        tanggal: datetime | None,
        batas: Layer | None,
        keluaran: Path | None,
        ganti: bool,
        coba: bool,
        bahasa: str,
        lapisan: str | None,
        sistem_kode: System | None,
    ) -> None:
        edition = editions.load(edisi).reading(lapisan, sistem_kode, other=batas is not None)
        order = run_order.place(edition, batas, words)
        if coba:
            _show(order, skema)
            click.echo(words("baseline.hanya_coba"))
            return
        name, file = _target(edition, nama, keluaran, replace=ganti)
        frozen = tanggal.date() if tanggal else edition.settings.issued
        publish.write(freeze(order, _show(order, skema), name, frozen), file)
        click.echo(words("baseline.ditulis", berkas=file, nama=name))

    return Command(
        words,
        name="baseline",
        help=words("baseline.bantuan"),
        callback=run,
        params=list(_params(words)),
    )


def _params(words: Texts) -> Iterator[click.Parameter]:
    yield options.edition(words)
    yield click.Option(["--nama"], metavar="ID", help=words("baseline.o_nama"))
    yield click.Option(["--skema"], type=click.Choice(SCHEMES), default=SCHEMES[0],
                       help=words("baseline.o_skema"))  # fmt: skip
    yield click.Option(["--tanggal"], type=click.DateTime(["%Y-%m-%d"]),
                       metavar=words("baseline.m_tanggal"),
                       help=words("baseline.o_tanggal"))  # fmt: skip
    yield click.Option(["--coba"], is_flag=True, help=words("baseline.o_coba"))
    yield click.Option(["--ganti"], is_flag=True, help=words("baseline.o_ganti"))
    yield options.boundary(words)
    yield from options.of_layer(words)
    yield click.Option(["--keluaran"], type=click.Path(path_type=Path),
                       metavar=words("cli.m_berkas"),
                       help=words("baseline.o_keluaran"))  # fmt: skip
    yield options.language(words)


def _target(
    edition: Edition, name: str | None, file: Path | None, *, replace: bool
) -> tuple[str, Path]:
    """Return name and file; refuse a name no edition could give and a file that stands."""
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


@dataclass(frozen=True)
class DerivedBaseline:
    """Derived numbers and what they were derived with.

    Parameters
    ----------
    numbers : Derivation
        The numbers.
    scheme : str
        One of ``SCHEMES``.
    total : int
        Villages of the edition.
    """

    numbers: Derivation
    scheme: str
    total: int


def _show(order: Order, scheme: str) -> DerivedBaseline:
    """Derive the open numbers and print what an officer needs to judge them."""
    from fsva.config.methods import method
    from fsva.index import derivation
    from fsva.words import appraisal

    edition = order.edition
    rules = method.load_open(edition.method_file)
    if not method.open_numbers(rules):
        raise StyleError("dasar_tak_perlu", [Place(edition.method_file, found=rules.id)])
    file = edition.baseline_file
    present = method.load(edition.method_file, file) if file else None
    values = tabulation.join_values(order, rules).villages
    found = derivation.derive(values, rules, scheme)
    click.echo(appraisal.write(values, found.method, present, order.texts))
    return DerivedBaseline(found, scheme, len(values))


def freeze(order: Order, proposal: DerivedBaseline, name: str, frozen: date) -> bytes:
    """Return the baseline file of derived numbers.

    Parameters
    ----------
    name : str
        Id of the baseline; its words, capitalised, are what maps print.
    """
    from fsva.files.tables import baselines

    made = _baseline(order, proposal, name, frozen)
    remarks = _remarks(proposal, order.texts)
    return baselines.baseline_toml(made, list(_comments(order)), remarks)


def _baseline(order: Order, proposal: DerivedBaseline, name: str, frozen: date) -> Baseline:
    from fsva.words import specification

    found, settings = proposal.numbers, order.edition.settings
    printed = " ".join(word.capitalize() for word in name.split("-"))

    def source(language: texts.Language) -> str:
        words = texts.load(language)
        scheme = words(f"baseline.skema_{proposal.scheme.replace('-', '_')}")
        district = specification.district_name(settings, words)
        return words("baseline.sumber", skema=scheme, daerah=district, tahun=settings.year,
                     jumlah=proposal.total)  # fmt: skip

    return Baseline.model_validate(
        {
            "id": name,
            "metode": found.method.id,
            "nama": Bilingual(id=printed, en=printed),
            "tanggal": frozen,
            "sumber": Bilingual(id=source("id"), en=source("en")),
            "cut_off": found.cut_offs,
            "skala": found.bounds,
            "tutup": {m.id: m.closed for m in found.method.measures() if m.id in found.cut_offs},
        }
    )


def _comments(order: Order) -> Iterator[str]:
    """Yield the lines at the top of the file: what it is, conventions, the table it rests on."""
    words = order.texts
    from fsva.words import specification

    district = specification.district_name(order.edition.settings, words)
    yield words("baseline.k_judul", daerah=district)
    yield from (
        words(f"baseline.k_{part}") for part in ("cut_off", "skala", "tutup", "komposit", "beku")
    )
    table = order.edition.path(order.edition.settings.data.table)
    for name, digest in manifest.describe_inputs([table], order.root).items():
        yield words("baseline.k_tabel", berkas=name, sidik=digest)


def _remarks(proposal: DerivedBaseline, words: Texts) -> dict[str, str]:
    """Return how many villages had a value, for each indicator with derived cut-offs."""
    return {
        name: words("baseline.k_jumlah", jumlah=known, kosong=proposal.total - known)
        for name, known in proposal.numbers.known.items()
        if name in proposal.numbers.cut_offs
    }
