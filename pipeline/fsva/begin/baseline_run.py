"""From an edition to a derived baseline, and to the file that freezes it.

Owns the steps. ``fsva.index.derivation`` computes the numbers, ``fsva.files.tables.baselines``
writes the file, ``fsva.cli.begin.baseline`` holds the dialogue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from fsva.begin import baseline_entry
from fsva.config.editions.edition import Edition
from fsva.config.methods import baseline as baselines
from fsva.config.methods import method
from fsva.config.methods.baseline import Baseline
from fsva.core import bounds, resources, texts
from fsva.core.errors import CutOffError, Place, StyleError
from fsva.core.publishing import manifest
from fsva.core.texts import Texts
from fsva.core.toml import Bilingual
from fsva.files.tables import baselines as files
from fsva.index import derivation
from fsva.index.derivation import Derivation
from fsva.runs import tabulation
from fsva.sources.layers.edition_layer import EditionLayer
from fsva.sources.tables import read_tables
from fsva.words import appraisal, specification


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


def derive(
    edition: Edition, layer: EditionLayer, wish: BaselineWish, words: Texts
) -> DerivedBaseline:
    """Derive the open numbers, and describe them for the officer's judgement.

    Parameters
    ----------
    layer : EditionLayer
        The village layer, which decides the villages.
    words : Texts
        The language of the description.

    Raises
    ------
    FsvaError
        If an input or the wish cannot be used, or the method leaves no number open.
    """
    rules = method.load_open(edition.method_file)
    if not method.open_numbers(rules):
        raise StyleError("dasar_tak_perlu", [Place(edition.method_file, found=rules.id)])
    file = edition.baseline_file
    present = method.load(edition.method_file, file) if file else None
    villages = tabulation.join_values(edition, layer, rules).villages
    values = {i.id: read_tables.floats(villages[i.id]) for i in rules.indicators}
    derived = derivation.derive(values, rules, wish.scheme)
    if wish.composite is not None:
        stated = baseline_entry.composite_cut_offs(wish.composite, rules.composite)
        derived = derived.with_composite(stated)
    shown = DerivedBaseline(derived, wish, len(villages), "")
    judged = derived.method.model_copy(
        update={"proposed": ("komposit",) if shown.is_proposed else ()}
    )
    return replace(shown, words=appraisal.write(values, judged, present, words))


def check_number(edition: Edition, derived: DerivedBaseline) -> None:
    """Refuse cut-offs from too few villages, unless the officer gives a reason.

    Raises
    ------
    CutOffError
        Fewer than ``appraisal.FEWEST_VALUES`` villages have a value of an indicator.
    """
    known = derived.numbers.known
    numbers = {n: known.get(n, derived.total) for n in derived.numbers.cut_offs}
    few = {n: count for n, count in numbers.items() if count < appraisal.FEWEST_VALUES}
    if not few or derived.wish.reason is not None:
        return
    folder = resources.project_folder(edition.folder, "styles") / "dasar"
    others = [
        file.stem
        for file in bounds.files_in(folder, "*.toml")
        if baselines.load(file).method == derived.numbers.method.id
    ]
    places = [Place(column=name, found=str(n)) for name, n in few.items()]
    least = str(appraisal.FEWEST_VALUES)
    raise CutOffError("dasar_sedikit", places, {"batas": least, "ada": ", ".join(others) or "-"})


def freeze(
    edition: Edition, proposal: DerivedBaseline, name: str, decided: date | None, words: Texts
) -> bytes:
    """Return the baseline file of derived numbers.

    Parameters
    ----------
    name : str
        Id of the baseline; maps print its words, capitalised.
    decided : date or None
        When it was decided.
    words : Texts
        The language of the comments.
    """
    frozen = _baseline(edition, proposal, name, decided)
    comments = list(_comments(edition, proposal, words))
    return files.baseline_toml(frozen, comments, _remarks(proposal, words))


def _baseline(
    edition: Edition, proposal: DerivedBaseline, name: str, decided: date | None
) -> Baseline:
    numbers, settings = proposal.numbers, edition.settings
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
            "tanggal": decided,
            "sumber": Bilingual(id=source("id"), en=source("en")),
            "cut_off": numbers.cut_offs,
            "usulan": ("komposit",) if proposal.is_proposed else (),
            "skala": numbers.bounds,
            "tutup": {
                m.id: m.closed for m in numbers.method.measures() if m.id in numbers.cut_offs
            },
        }
    )


def _comments(edition: Edition, proposal: DerivedBaseline, words: Texts) -> Iterator[str]:
    """Yield the comments at the top of the file: content, conventions, source table."""
    district = specification.district_name(edition.settings, words)
    yield words("baseline.k_judul", daerah=district)
    whole = ("komposit", "usulan") if proposal.is_proposed else ("komposit_kantor",)
    parts = ("cut_off", "skala", "tutup", *whole, "beku")
    yield from (words(f"baseline.k_{part}") for part in parts)
    if proposal.wish.reason:
        yield words("baseline.k_paksa", jumlah=proposal.total, alasan=proposal.wish.reason)
    table = edition.path(edition.settings.data.table)
    root = resources.project_of(edition.folder)
    for name, digest in manifest.describe_inputs([table], root).items():
        yield words("baseline.k_tabel", berkas=name, sidik=digest)


def _remarks(proposal: DerivedBaseline, words: Texts) -> dict[str, str]:
    """Return the number of villages with a value, for each indicator with derived cut-offs."""
    return {
        name: words("baseline.k_jumlah", jumlah=known, kosong=proposal.total - known)
        for name, known in proposal.numbers.known.items()
        if name in proposal.numbers.cut_offs
    }
