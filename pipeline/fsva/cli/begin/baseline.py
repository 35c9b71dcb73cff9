"""``fsva baseline``: derive a baseline from an edition, show it, and freeze it in a file.

Owns the options and the dialogue. ``fsva.index.derivation`` computes the numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fsva.cli import options, runner, screen
from fsva.cli.commands import Command
from fsva.config.editions import edition as editions
from fsva.config.editions.database import Layer
from fsva.config.editions.edition import Edition
from fsva.config.methods import baseline as baselines
from fsva.config.methods.baseline import Baseline
from fsva.core import resources, texts, toml
from fsva.core.codes import System
from fsva.core.columns import UNIT
from fsva.core.errors import CutOffError, Place, PublishError, StyleError, UsageError
from fsva.core.publishing import manifest, publish
from fsva.core.texts import Texts
from fsva.core.toml import Bilingual
from fsva.runs import run_order, tabulation
from fsva.runs.run_order import Order

if TYPE_CHECKING:
    from fsva.index.derivation import Derivation

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
    words, wish = order.texts, choices.wish
    if choices.coba:
        shown = _derive(order, wish)
        if choices.json:
            screen.say_json(_record(shown, None, None))
            return
        screen.say(shown.words)
        screen.say(words("baseline.hanya_coba"))
        return
    edition = order.edition
    name, file = _target(edition, choices.nama, choices.keluaran, replace=choices.ganti)
    before = publish.standing(file), publish.standing(edition.file)
    entry = _entry(edition, name, file) if choices.pasang else None
    frozen = choices.tanggal.date() if choices.tanggal else edition.settings.issued
    derived = _derive(order, wish)
    _check_number(edition, derived)
    said: list[str] = [derived.words]
    publish.write(freeze(order, derived, name, frozen), file, over=before[0])
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


def _check_number(edition: Edition, derived: DerivedBaseline) -> None:
    """Refuse cut-offs from too few villages, unless the officer gives a reason."""
    from fsva.words import appraisal

    known = derived.numbers.known
    numbers = {n: known.get(n, derived.total) for n in derived.numbers.cut_offs}
    few = {n: count for n, count in numbers.items() if count < appraisal.FEWEST_VALUES}
    if not few or derived.wish.reason is not None:
        return
    folder = resources.project_folder(edition.folder, "styles") / "dasar"
    others = [
        file.stem
        for file in sorted(folder.glob("*.toml"))
        if baselines.load(file).method == derived.numbers.method.id
    ]
    places = [Place(column=name, found=str(n)) for name, n in few.items()]
    least = str(appraisal.FEWEST_VALUES)
    raise CutOffError("dasar_sedikit", places, {"batas": least, "ada": ", ".join(others) or "-"})


@dataclass(frozen=True)
class BaselineWish:
    """The officer's options.

    Parameters
    ----------
    scheme : str
        One of ``SCHEMES``.
    composite : str or None
        Composite cut-offs of the office, or the file that holds them.
    reason : str or None
        Reason why so few villages are enough.
    """

    scheme: str
    composite: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class DerivedBaseline:
    """Derived numbers and their inputs.

    Parameters
    ----------
    wish : BaselineWish
        Scheme, composite cut-offs of the office, reason.
    total : int
        Number of villages of the edition.
    words : str
        Histograms and remarks for the officer's judgement.
    """

    numbers: Derivation
    wish: BaselineWish
    total: int
    words: str

    @property
    def is_proposed(self) -> bool:
        """True if the composite cut-offs are computed and no office has decided them."""
        return "komposit" in self.numbers.cut_offs and self.wish.composite is None


def _derive(order: Order, wish: BaselineWish) -> DerivedBaseline:
    """Derive the open numbers, and describe them for the officer's judgement."""
    from fsva.begin import baseline_entry
    from fsva.config.methods import method
    from fsva.index import derivation
    from fsva.sources.tables import read_tables
    from fsva.words import appraisal

    edition = order.edition
    rules = method.load_open(edition.method_file)
    if not method.open_numbers(rules):
        raise StyleError("dasar_tak_perlu", [Place(edition.method_file, found=rules.id)])
    file = edition.baseline_file
    present = method.load(edition.method_file, file) if file else None
    villages = tabulation.join_values(edition, order.village_layer, rules).villages
    values = {i.id: read_tables.floats(villages[i.id]) for i in rules.indicators}
    derived = derivation.derive(values, rules, wish.scheme)
    if wish.composite is not None:
        stated = baseline_entry.composite_cut_offs(wish.composite, rules.composite)
        derived = derived.with_composite(stated)
    shown = DerivedBaseline(derived, wish, len(villages), "")
    judged = derived.method.model_copy(
        update={"proposed": ("komposit",) if shown.is_proposed else ()}
    )
    return replace(shown, words=appraisal.write(values, judged, present, order.texts))


def freeze(order: Order, proposal: DerivedBaseline, name: str, frozen: date | None) -> bytes:
    """Return the baseline file of derived numbers.

    Parameters
    ----------
    name : str
        Id of the baseline; maps print its words, capitalised.
    """
    from fsva.files.tables import baselines as files

    frozen_baseline = _baseline(order, proposal, name, frozen)
    remarks = _remarks(proposal, order.texts)
    return files.baseline_toml(frozen_baseline, list(_comments(order, proposal)), remarks)


def _baseline(order: Order, proposal: DerivedBaseline, name: str, frozen: date | None) -> Baseline:
    from fsva.words import specification

    numbers, settings = proposal.numbers, order.edition.settings
    printed = " ".join(word.capitalize() for word in name.split("-"))

    def source(language: texts.Language) -> str:
        """Return where the numbers come from, in a language."""
        words = texts.load(language)
        scheme = words(f"baseline.skema_{proposal.wish.scheme.replace('-', '_')}")
        district = specification.district_name(settings, words)
        key = "baseline.sumber_kantor" if proposal.wish.composite else "baseline.sumber"
        return words(key, skema=scheme, daerah=district, tahun=settings.year, jumlah=proposal.total)

    return Baseline.model_validate(
        {
            "id": name,
            "metode": numbers.method.id,
            "nama": Bilingual(id=printed, en=printed),
            "tanggal": frozen,
            "sumber": Bilingual(id=source("id"), en=source("en")),
            "cut_off": numbers.cut_offs,
            "usulan": ("komposit",) if proposal.is_proposed else (),
            "skala": numbers.bounds,
            "tutup": {
                m.id: m.closed for m in numbers.method.measures() if m.id in numbers.cut_offs
            },
        }
    )


def _comments(order: Order, proposal: DerivedBaseline) -> Iterator[str]:
    """Yield the comments at the top of the file: content, conventions, source table."""
    words = order.texts
    from fsva.words import specification

    district = specification.district_name(order.edition.settings, words)
    yield words("baseline.k_judul", daerah=district)
    whole = ("komposit", "usulan") if proposal.is_proposed else ("komposit_kantor",)
    parts = ("cut_off", "skala", "tutup", *whole, "beku")
    yield from (words(f"baseline.k_{part}") for part in parts)
    if proposal.wish.reason:
        yield words("baseline.k_paksa", jumlah=proposal.total, alasan=proposal.wish.reason)
    table = order.edition.path(order.edition.settings.data.table)
    for name, digest in manifest.describe_inputs([table], order.root).items():
        yield words("baseline.k_tabel", berkas=name, sidik=digest)


def _remarks(proposal: DerivedBaseline, words: Texts) -> dict[str, str]:
    """Return the number of villages with a value, for each indicator with derived cut-offs."""
    return {
        name: words("baseline.k_jumlah", jumlah=known, kosong=proposal.total - known)
        for name, known in proposal.numbers.known.items()
        if name in proposal.numbers.cut_offs
    }
