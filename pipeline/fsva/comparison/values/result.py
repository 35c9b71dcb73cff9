"""The result of a comparison: sides, counterparts, changes, reasons, transitions.

Owns the values that every view of a comparison reads. It computes nothing; ``record`` writes them
as JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from fsva.comparison.values.subjects import (
    ApartMeasure,
    Cells,
    Class,
    ClassName,
    ComparedMeasure,
    ComparedVillage,
    Kind,
    Origin,
    Part,
    Side,
    ValueCause,
    Words,
)
from fsva.comparison.values.subjects import key as _key

__all__ = [
    "KINDS",
    "PARTS",
    "TIERS",
    "ApartMeasure",
    "CellChange",
    "Cells",
    "Class",
    "ClassName",
    "ComparedMeasure",
    "ComparedVillage",
    "Comparison",
    "Counterpart",
    "Edit",
    "Kind",
    "Matrix",
    "MeasureSummary",
    "Movement",
    "Origin",
    "Part",
    "PictureChange",
    "RankShift",
    "Reason",
    "SeriesLine",
    "SeriesRow",
    "Side",
    "Sign",
    "Summary",
    "Tier",
    "Transition",
    "ValueCause",
    "Words",
]

Tier = Literal["lintas", "kelas", "ada", "nilai", "derau"]
Sign = Literal["kode", "nama", "batas"]
# The order in which people read them: what counts most first.
TIERS: tuple[Tier, ...] = get_args(Tier)
PARTS: tuple[Part, ...] = get_args(Part)
KINDS: tuple[Kind, ...] = get_args(Kind)

Matrix = tuple[tuple[int, ...], ...]  # classes x classes: class in A by class in B, 0 = no class


@dataclass(frozen=True)
class Reason:
    """What one part of the inputs contributes to a change of class.

    Parameters
    ----------
    part : {"data", "dasar", "metode", "kode", "batas", "timpa"}
        Values; cut-offs and bounds; method; codes and succession; boundaries; classes set by hand
        or published.
    share : float
        In classes; the shares of a change sum to ``class_b - class_a``. Where one side has no
        class they sum to +1 (gained one) or -1 (lost it).
    """

    part: Annotated[Part, _key("bagian", "bagian masukan")]
    share: Annotated[float, _key("andil", "andil dalam kelas; jumlahnya sama dengan perubahan")]


@dataclass(frozen=True)
class CellChange:
    """One value, class or basis that differs between A and B.

    Parameters
    ----------
    tier : {"lintas", "kelas", "ada", "nilai", "derau"}
        Crossed between vulnerable and secure classes; another class; a class on one side only,
        which is no change of class; another value; rounding noise, which is at most one unit of
        the last digit.
    reasons : tuple of Reason
        For classes that changed or stand on one side only, largest first; empty where they cannot
        be told.
    possible : tuple of str
        Where neither can be told: the parts of the inputs that differ, or are not known.
    causes : tuple of ValueCause
        Where the class is the same: which inputs of the value differ.
    """

    code_a: Annotated[str, _key("kode_a", "kode Kemendagri di A")]
    code_b: Annotated[str, _key("kode_b", "kode Kemendagri di B")]
    village: Annotated[str, _key("desa", "nama di B")]
    kecamatan: Annotated[str, _key("kecamatan", "kecamatan di B")]
    measure: Annotated[str, _key("ukuran", "id ukuran")]
    tier: Annotated[Tier, _key("tingkat", "lintas, kelas, ada, nilai, atau derau")]
    value_a: Annotated[float | None, _key("nilai_a", "nilai di A")]
    value_b: Annotated[float | None, _key("nilai_b", "nilai di B")]
    class_a: Annotated[Class, _key("kelas_a", "1 = paling rentan, null = tanpa kelas")]
    class_b: Annotated[Class, _key("kelas_b", "1 = paling rentan, null = tanpa kelas")]
    basis_a: Annotated[str, _key("dasar_a", "nilai, nol, terbit, timpa, kosong")]
    basis_b: Annotated[str, _key("dasar_b", "nilai, nol, terbit, timpa, kosong")]
    rank_a: Annotated[int | None, _key("peringkat_a", "hanya komposit")] = None
    rank_b: Annotated[int | None, _key("peringkat_b", "hanya komposit")] = None
    reasons: Annotated[tuple[Reason, ...], _key("sebab", "andil tiap bagian")] = ()
    possible: Annotated[tuple[Part, ...], _key("sebab_mungkin", "bila andil tak diketahui")] = ()
    causes: Annotated[tuple[ValueCause, ...], _key("sebab_nilai", "bila kelasnya tetap")] = ()

    @property
    def is_unexplained(self) -> bool:
        """Whether no part of the inputs explains the change."""
        return not (self.reasons or self.possible or self.causes)

    @property
    def delta(self) -> int | None:
        """Change in classes, positive = more food secure; None where one side has no class."""
        if self.class_a is None or self.class_b is None:
            return None
        return self.class_b - self.class_a


@dataclass(frozen=True)
class RankShift:
    """A village whose rank in the composite changed.

    Parameters
    ----------
    own : bool
        Whether its own index changed; else others have overtaken it.
    """

    code_a: Annotated[str, _key("kode_a", "kode Kemendagri di A")]
    code_b: Annotated[str, _key("kode_b", "kode Kemendagri di B")]
    village: Annotated[str, _key("desa", "nama di B")]
    kecamatan: Annotated[str, _key("kecamatan", "kecamatan di B")]
    rank_a: Annotated[int | None, _key("peringkat_a", "1 = paling tahan")]
    rank_b: Annotated[int | None, _key("peringkat_b", "1 = paling tahan")]
    own: Annotated[bool, _key("indeks_berubah", "indeksnya sendiri berubah")]


@dataclass(frozen=True)
class Counterpart:
    """A village of A and a village of B that share land, code or name.

    Parameters
    ----------
    signs : tuple of {"kode", "nama", "batas"}
        The signs by which they were found.
    share_a, share_b : float or None
        Share of A's land that lies in B, and of B's land that came from A, 0..1; None without
        boundaries; with three or more sides also not between neighbours.
    population : float or None
        Of A's people those that share of its land carries, by area.
    error : float or None
        Half the range of ``share_a`` (of people) if one part were as dense again as the other.
    """

    code_a: Annotated[str | None, _key("kode_a", "null = desa baru")]
    code_b: Annotated[str | None, _key("kode_b", "null = desa hilang")]
    name_a: Annotated[str | None, _key("desa_a", "nama di A")]
    name_b: Annotated[str | None, _key("desa_b", "nama di B")]
    kecamatan_a: Annotated[str | None, _key("kecamatan_a", "kecamatan di A")]
    kecamatan_b: Annotated[str | None, _key("kecamatan_b", "kecamatan di B")]
    kind: Annotated[Kind, _key("jenis", "jenis hubungan")]
    signs: Annotated[tuple[Sign, ...], _key("tanda", "kode, nama, batas")]
    area_a_km2: Annotated[float | None, _key("luas_a_km2", "luas di A")] = None
    area_b_km2: Annotated[float | None, _key("luas_b_km2", "luas di B")] = None
    share_a: Annotated[float | None, _key("bagian_a", "bagian luas A yang ada di B")] = None
    share_b: Annotated[float | None, _key("bagian_b", "bagian luas B yang berasal dari A")] = None
    population: Annotated[float | None, _key("penduduk", "penduduk A menurut bagian luas")] = None
    error: Annotated[float | None, _key("galat", "galat bagian penduduk, plus-minus")] = None


@dataclass(frozen=True)
class Movement:
    """How the villages of a kecamatan moved in a measure."""

    kecamatan: Annotated[str, _key("kecamatan", "di B")]
    n_villages: Annotated[int, _key("jumlah_desa", "berpasangan dan berkelas di kedua sisi")]
    n_rose: Annotated[int, _key("naik", "desa yang kelasnya naik")]
    n_fell: Annotated[int, _key("turun", "desa yang kelasnya turun")]
    classes_up: Annotated[int, _key("jumlah_naik", "banyaknya kelas naik")]
    classes_down: Annotated[int, _key("jumlah_turun", "banyaknya kelas turun")]
    n_crossed_up: Annotated[int, _key("keluar_rentan", "dari kelas rentan ke kelas tahan")]
    n_crossed_down: Annotated[int, _key("masuk_rentan", "dari kelas tahan ke kelas rentan")]


@dataclass(frozen=True)
class Transition:
    """The transitions between the classes of a measure.

    Parameters
    ----------
    villages : tuple of tuples of int
        Row = class in A, column = class in B, 0 = no class; only villages with a counterpart.
    population : the same or None
        Persons of B (of A where B does not know them); None where neither knows.
    movements : tuple of Movement
        Per kecamatan, by name.
    """

    measure: Annotated[str, _key("ukuran", "id ukuran")]
    villages: Annotated[Matrix, _key("desa", "baris = kelas A, kolom = kelas B, 0 = tanpa kelas")]
    population: Annotated[Matrix | None, _key("penduduk", "seperti desa, dalam jiwa")]
    movements: Annotated[tuple[Movement, ...], _key("kecamatan", "naik dan turun")]


@dataclass(frozen=True)
class Edit:
    """One difference of the inputs: a cell, a cut-off, a decision, a code, a border.

    Parameters
    ----------
    what : str
        Name of the cell or key, e.g. ``lahan`` or ``cut_off.lahan.c3``.
    a, b : str or None
        As read on either side; None where it is not there.
    """

    part: Annotated[Part, _key("bagian", "bagian masukan")]
    what: Annotated[str, _key("apa", "kolom atau kunci")]
    code: Annotated[str | None, _key("kode", "desa, bila satu desa")]
    village: Annotated[str | None, _key("desa", "namanya")]
    a: Annotated[str | None, _key("a", "isi di A")]
    b: Annotated[str | None, _key("b", "isi di B")]


@dataclass(frozen=True)
class SeriesRow:
    """A village and a measure over three or more editions."""

    code: Annotated[str, _key("kode", "di edisi terakhir")]
    village: Annotated[str, _key("desa", "nama")]
    kecamatan: Annotated[str, _key("kecamatan", "di edisi terakhir")]
    measure: Annotated[str, _key("ukuran", "id ukuran")]
    values: Annotated[tuple[float | None, ...], _key("nilai", "per edisi")]
    classes: Annotated[tuple[Class, ...], _key("kelas", "per edisi")]
    n_changes: Annotated[int, _key("perubahan", "banyaknya pergantian kelas")]


@dataclass(frozen=True)
class SeriesLine:
    """A kecamatan and a measure over three or more editions."""

    kecamatan: Annotated[str, _key("kecamatan", "nama")]
    measure: Annotated[str, _key("ukuran", "id ukuran")]
    mean_class: Annotated[tuple[float | None, ...], _key("rerata_kelas", "per edisi")]
    vulnerable: Annotated[tuple[float | None, ...], _key("bagian_rentan", "bagian kelas rentan")]


@dataclass(frozen=True)
class PictureChange:
    """A part of a page that looks different."""

    page: Annotated[str, _key("halaman", "berkas dan halaman")]
    element: Annotated[str, _key("unsur", "unsur lembar")]
    codes: Annotated[tuple[str, ...], _key("kode", "desa yang terkena")]
    share: Annotated[float, _key("bagian", "bagian piksel yang berbeda")]


@dataclass(frozen=True)
class MeasureSummary:
    """How much changed in a measure; only villages with a counterpart count.

    Parameters
    ----------
    n_tiers : dict
        Each village once, in the gravest tier that fits.
    n_values : int
        Villages whose value differs by more than noise, whether or not the class does.
    n_unexplained : int
        Changes of class for which no part of the inputs was found.
    """

    measure: Annotated[str, _key("ukuran", "id ukuran")]
    n_tiers: Annotated[dict[Tier, int], _key("tingkat", "banyaknya perubahan per tingkat")]
    n_rose: Annotated[int, _key("naik", "kelas naik")]
    n_fell: Annotated[int, _key("turun", "kelas turun")]
    n_crossed_up: Annotated[int, _key("keluar_rentan", "dari kelas rentan ke kelas tahan")]
    n_crossed_down: Annotated[int, _key("masuk_rentan", "dari kelas tahan ke kelas rentan")]
    n_gained: Annotated[int, _key("mendapat_kelas", "tanpa kelas di A")]
    n_lost: Annotated[int, _key("kehilangan_kelas", "tanpa kelas di B")]
    reasons: Annotated[dict[Part, int], _key("sebab", "perubahan kelas per sebab terbesar")]
    n_values: Annotated[int, _key("nilai_berganti", "kelasnya berganti atau tidak")] = 0
    n_unexplained: Annotated[int, _key("tanpa_sebab", "kelas berganti, sebab tak ditemukan")] = 0

    @property
    def n_classes(self) -> int:
        """Villages whose class changed, including those that crossed sides."""
        return self.n_tiers.get("lintas", 0) + self.n_tiers.get("kelas", 0)

    @property
    def n_one_sided(self) -> int:
        """Villages with a class on one side only."""
        return self.n_tiers.get("ada", 0)


@dataclass(frozen=True)
class Summary:
    """The comparison in a few numbers.

    Parameters
    ----------
    same : bool
        No difference was found in what both sides tell: inputs, classes, values, ranks,
        boundaries.
    n_tiers : dict
        Changes per tier, all of them, whatever the row budget lists.
    n_kinds : dict
        Villages per kind of counterpart, ``Comparison.villages`` counted.
    n_ranks : int
        Villages with another rank in the composite.
    differing : tuple of Part
        Parts of the inputs that differ.
    unknown : tuple of Part
        Parts that cannot be compared, because a side does not tell them.
    """

    same: Annotated[bool, _key("sama", "tidak ada perbedaan")]
    n_tiers: Annotated[dict[Tier, int], _key("tingkat", "banyaknya perubahan per tingkat")]
    n_kinds: Annotated[dict[Kind, int], _key("jenis", "desa per jenis hubungan")]
    n_ranks: Annotated[int, _key("peringkat", "desa yang peringkatnya berubah")]
    measures: Annotated[tuple[MeasureSummary, ...], _key("ukuran", "per ukuran")]
    differing: Annotated[tuple[Part, ...], _key("berbeda", "bagian masukan yang berbeda")]
    unknown: Annotated[tuple[Part, ...], _key("tidak_diketahui", "yang tak dapat dibandingkan")]


@dataclass(frozen=True)
class Comparison:
    """The whole result of comparing A and B, with further editions in ``series``.

    Parameters
    ----------
    sides : tuple of Side
        Two or more; A and B of everything below are the first and the last.
    forced : tuple of {"metode", "dasar"}
        Why the classes of the sides do not compare, though the comparison was forced; every view
        must say it where nobody can miss it. Empty where they do compare.
    apart : tuple of ApartMeasure
        Indicators of one name that are not compared: another unit or definition.
    changes : tuple of CellChange
        By tier, then size of the change, then measure and code; at most ``budget`` per tier.
    edits : tuple of Edit
        Differences of the inputs, at most ``budget``; empty where a side does not tell its inputs.
    """

    sides: Annotated[tuple[Side, ...], _key("sisi", "edisi yang dibandingkan")]
    forced: Annotated[tuple[str, ...], _key("dipaksa", "metode dan/atau dasar berbeda")]
    summary: Annotated[Summary, _key("ringkasan", "dalam beberapa angka")]
    measures: Annotated[tuple[ComparedMeasure, ...], _key("ukuran", "indikator dan komposit")]
    villages: Annotated[tuple[ComparedVillage, ...], _key("desa", "pasangan desa")]
    cells: Annotated[tuple[Cells, ...], _key("sel", "nilai dan kelas per ukuran")]
    counterparts: Annotated[tuple[Counterpart, ...], _key("hubungan", "yang bukan tetap")]
    changes: Annotated[tuple[CellChange, ...], _key("perubahan", "per tingkat, terbesar dahulu")]
    transitions: Annotated[tuple[Transition, ...], _key("peralihan", "matriks kelas")]
    edits: Annotated[tuple[Edit, ...], _key("masukan", "perbedaan masukan")] = ()
    ranks: Annotated[tuple[RankShift, ...], _key("peringkat", "peringkat yang bergeser")] = ()
    n_edits: Annotated[int, _key("jumlah_masukan", "semua perbedaan masukan")] = 0
    series: Annotated[tuple[SeriesRow, ...], _key("deret", "tiga edisi atau lebih")] = ()
    lines: Annotated[tuple[SeriesLine, ...], _key("deret_kecamatan", "tiga edisi atau lebih")] = ()
    pictures: Annotated[tuple[PictureChange, ...], _key("gambar", "perbedaan gambar")] = ()
    budget: Annotated[int, _key("anggaran_baris", "paling banyak baris per tingkat")] = 5000
    apart: Annotated[tuple[ApartMeasure, ...], _key("tak_dipasangkan", "satuan/rumus lain")] = ()

    @property
    def n_maps_changed(self) -> int:
        """Measures of which any village changed class."""
        return sum(measure.n_classes > 0 for measure in self.summary.measures)

    @property
    def is_proposed(self) -> bool:
        """Whether cut-offs of a side are a proposal that no office has decided."""
        return any(side.proposed for side in self.sides)
