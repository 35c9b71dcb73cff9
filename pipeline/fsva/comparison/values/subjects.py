"""The subjects of a comparison: sides, measures, villages with their values and classes.

Owns these values and the JSON keys of their fields. ``result`` holds what a comparison finds about
them, and re-exports them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field
from pydantic.fields import FieldInfo

Origin = Literal["edisi", "keluaran", "git"]
Part = Literal["data", "dasar", "metode", "kode", "batas", "timpa"]
Kind = Literal[
    "tetap", "batas berubah", "ganti nama", "ganti kode", "mekar", "gabung", "tata ulang",
    "pindah", "baru", "hilang",
]  # fmt: skip
Words = dict[str, str]  # language to text
Class = int | None  # from 1 on; None where there is no class


def key(name: str, meaning: str) -> FieldInfo:
    """Return the key of a field in JSON, with what it means.

    Parameters
    ----------
    name, meaning : str
        Both Indonesian.
    """
    info: FieldInfo = Field(serialization_alias=name, description=meaning)
    return info


@dataclass(frozen=True)
class Side:
    """One of the editions that are compared.

    Parameters
    ----------
    label : str
        ``A``, ``B``, ``C`` ... in the order given.
    name : str
        For people, e.g. ``Kabupaten Belu 2021``; two of one year carry the label.
    origin : {"edisi", "keluaran", "git"}
        Folder of an edition, output folder, or an edition at a git revision.
    source : str
        Folder name or ``revision:path``, never an absolute path.
    revision : str or None
        Full commit hash, for git.
    manifest : str or None
        First twelve digits of the SHA-256 of manifest.json, for an output folder.
    lacks : tuple of str
        What this side lacks: ``cut-off``, ``batas``, ``masukan``.
    proposed : tuple of str
        Measures whose cut-offs are a proposal of the program that no office has decided.
    open : tuple of str
        What its edition leaves open: keys of ``edition.toml``.
    """

    label: Annotated[str, key("label", "A, B, C menurut urutan di baris perintah")]
    name: Annotated[str, key("nama", "nama edisi")]
    district: Annotated[str, key("daerah", "kabupaten atau kota")]
    code: Annotated[str, key("kode", "kode Kemendagri kabupaten")]
    year: Annotated[int | None, key("tahun", "tahun edisi bila diketahui")]
    method: Annotated[str, key("metode", "id metode")]
    baseline: Annotated[str | None, key("dasar", "id tahun dasar")]
    origin: Annotated[Origin, key("asal", "edisi, keluaran, atau git")]
    source: Annotated[str, key("sumber", "folder atau revisi:folder")]
    n_villages: Annotated[int, key("jumlah_desa", "banyaknya desa/kelurahan")]
    population: Annotated[float | None, key("penduduk", "jumlah penduduk bila diketahui")] = None
    revision: Annotated[str | None, key("revisi", "hash commit git")] = None
    manifest: Annotated[str | None, key("manifes", "12 angka pertama SHA-256 manifest.json")] = None
    lacks: Annotated[tuple[str, ...], key("tidak_diketahui", "yang tidak dapat diketahui")] = ()
    proposed: Annotated[tuple[str, ...], key("usulan", "ukuran yang cut-off-nya usulan")] = ()
    open: Annotated[tuple[str, ...], key("draf", "kunci edition.toml yang belum lengkap")] = ()

    @property
    def place(self) -> str:
        """Its source, with the short revision if it comes from git."""
        return f"{self.source}, {self.revision[:7]}" if self.revision else self.source

    @property
    def plain_name(self) -> str:
        """Its name without folder, revision or label, for places that show these separately."""
        marks = (self.source, self.label, self.revision[:7] if self.revision else self.label)
        for mark in marks:
            if self.name.endswith(f" ({mark})"):
                return self.name.removesuffix(f" ({mark})")
        return self.name


@dataclass(frozen=True)
class ValueCause:
    """A difference of the inputs that a value rests on.

    Parameters
    ----------
    what : str
        As in ``Edit``: column, key or event.
    """

    part: Annotated[Part, key("bagian", "bagian masukan")]
    what: Annotated[str, key("apa", "kolom atau kunci, seperti dalam masukan")]


@dataclass(frozen=True)
class ClassName:
    """A class as the office prints it."""

    number: Annotated[int, key("kelas", "1 = paling rentan")]
    name: Annotated[Words, key("nama", "nama per bahasa")]
    colour: Annotated[str, key("warna", "#RRGGBB")]
    vulnerable: Annotated[bool, key("rentan", "termasuk kelas rentan")] = False


@dataclass(frozen=True)
class ComparedMeasure:
    """An indicator or the composite, common to both sides.

    Parameters
    ----------
    cut_offs_a, cut_offs_b : tuple of float or None
        c1, c2 ... from the most vulnerable class on; None for categories or where not known.
    bounds_a, bounds_b : tuple of float or None
        Values that score 0 and 100.
    comparable : bool
        False where method, cut-offs or (for the composite) bounds or weights differ: classes of the
        two sides then mean different things, and every view says so.
    """

    id: Annotated[str, key("id", "kolom di kelas.csv")]
    map_number: Annotated[int, key("peta", "nomor peta")]
    name: Annotated[Words, key("nama", "nama per bahasa")]
    unit: Annotated[Words, key("satuan", "satuan per bahasa")]
    digits: Annotated[int, key("desimal", "banyaknya angka desimal")]
    better: Annotated[str, key("baik", "tinggi atau rendah")]
    classes: Annotated[tuple[ClassName, ...], key("kelas", "semua kelas metode")]
    comparable: Annotated[bool, key("sebanding", "metode, cut-off, dan skala sama")] = True
    cut_offs_a: Annotated[tuple[float, ...] | None, key("cut_off_a", "c1, c2 ... sisi A")] = None
    cut_offs_b: Annotated[tuple[float, ...] | None, key("cut_off_b", "c1, c2 ... sisi B")] = None
    bounds_a: Annotated[tuple[float, float] | None, key("skala_a", "skala sisi A")] = None
    bounds_b: Annotated[tuple[float, float] | None, key("skala_b", "skala sisi B")] = None


@dataclass(frozen=True)
class ApartMeasure:
    """An indicator whose name means different quantities on the two sides; it is not compared.

    Parameters
    ----------
    unit_a, unit_b, definition_a, definition_b : dict of str to str
        By language.
    """

    id: Annotated[str, key("id", "kolom di kelas.csv")]
    name: Annotated[Words, key("nama", "nama per bahasa")]
    unit_a: Annotated[Words, key("satuan_a", "satuan di A")]
    unit_b: Annotated[Words, key("satuan_b", "satuan di B")]
    definition_a: Annotated[Words, key("rumus_a", "yang dibagi dengan apa, di A")]
    definition_b: Annotated[Words, key("rumus_b", "yang dibagi dengan apa, di B")]


@dataclass(frozen=True)
class ComparedVillage:
    """A village of B beside the village of A that held most of its land; or one without.

    Each village of B stands in one row. A village of A stands in a row of its own only if it
    has no counterpart at all (``hilang``); ``Comparison.counterparts`` tells where its land went.
    """

    code_a: Annotated[str | None, key("kode_a", "kode Kemendagri di A")]
    code_b: Annotated[str | None, key("kode_b", "kode Kemendagri di B")]
    name: Annotated[str, key("desa", "nama di B, atau di A bila hilang")]
    kecamatan: Annotated[str, key("kecamatan", "kecamatan di B, atau di A bila hilang")]
    kind: Annotated[Kind, key("jenis", "hubungan dengan desa di A")]
    population_a: Annotated[float | None, key("penduduk_a", "bila diketahui")] = None
    population_b: Annotated[float | None, key("penduduk_b", "bila diketahui")] = None


@dataclass(frozen=True)
class Cells:
    """Every value and class of a measure on both sides, in the order of ``Comparison.villages``.

    A village without a counterpart has None on the other side.
    """

    measure: Annotated[str, key("ukuran", "id ukuran")]
    values_a: Annotated[tuple[float | None, ...], key("nilai_a", "nilai di A")]
    values_b: Annotated[tuple[float | None, ...], key("nilai_b", "nilai di B")]
    classes_a: Annotated[tuple[Class, ...], key("kelas_a", "kelas di A")]
    classes_b: Annotated[tuple[Class, ...], key("kelas_b", "kelas di B")]
