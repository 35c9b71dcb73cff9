"""The content of a new edition, recognised in an office's files without questions.

Owns the text of a new ``edition.toml``, and the pairs of villages that need no decision. Similar
names are not evidence here, but in ``fsva.begin.harmonise``. It reads and writes no files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from fsva.begin.harmonise import Proposal, WrittenVillage, key
from fsva.config.editions.layer_schemas import is_city
from fsva.config.methods.method import Method, open_numbers
from fsva.config.styles import gazetteer
from fsva.core.levels import DISTRICT
from fsva.core.remedies.toml_values import quoted
from fsva.core.texts import Texts
from fsva.core.toml import Bilingual

Kind = Literal["kabupaten", "kota"]
Form = Literal["indikator", "mentah"]
METHODS: Mapping[Kind, str] = {"kabupaten": "fsva-kabupaten-6", "kota": "fsva-kota-5"}
_CODE = re.compile(DISTRICT.kemendagri_form)


@dataclass(frozen=True)
class NewDistrict:
    """The kabupaten or kota of a new edition, and its year.

    Parameters
    ----------
    code : str
        Kemendagri code, ``11.08``.
    bps_code : str
        BPS code, ``1108``.
    name : str
        Name without the word kabupaten or kota.
    year : int
        Of the edition.
    """

    code: str
    bps_code: str
    name: str
    province: str
    year: int

    @property
    def kind(self) -> Kind:
        """Kabupaten or kota, according to the code."""
        return kind_of(self.code)

    @property
    def id(self) -> str:
        """Name of the edition's folder, e.g. ``aceh-utara-2024``."""
        return folder_name(self.code, self.name, self.year)


@dataclass(frozen=True)
class Files:
    """The files and sources that the edition names.

    Parameters
    ----------
    table, form : str, {"indikator", "mentah"}
        The copied table, and whether it holds values or raw counts.
    sheet : str or None
        Its sheet in a workbook.
    crosswalk, layer : str
        Names in ``edition.toml``.
    ids : str or None
        Table that matches polygons and villages, for layers without official codes.
    producer, vintage : Bilingual, str or None
        Source of the borders and their year; None = the office fills it in.
    baseline : str or None
        Id of an existing baseline.
    of_layer : mapping of str to str
        The office's options about its layer, by the keys of ``[batas]``.
    """

    table: str
    form: Form
    sheet: str | None
    crosswalk: str
    layer: str
    ids: str | None
    producer: Bilingual | None
    vintage: str | None
    baseline: str | None
    of_layer: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Makers:
    """Who makes the atlas and who measures; None = the office fills it in.

    Parameters
    ----------
    compiler, agency : str or None
        Compiler of the atlas; agency of all indicators.
    """

    compiler: str | None
    agency: str | None


def is_district_code(code: str) -> bool:
    """Tell whether a text is the Kemendagri code of a kabupaten or kota.

    Examples
    --------
    >>> is_district_code("11.08"), is_district_code("1108")
    (True, False)
    """
    return code.isascii() and _CODE.fullmatch(code) is not None


def kind_of(code: str) -> Kind:
    """Return "kabupaten" or "kota" for a Kemendagri code.

    Parameters
    ----------
    code : str
        ``53.04``.

    Examples
    --------
    >>> kind_of("53.04"), kind_of("36.72")
    ('kabupaten', 'kota')
    """
    return "kota" if is_city(code) else "kabupaten"


def bare_name(name: str) -> str:
    """Return the name of a kabupaten or kota without that word.

    Examples
    --------
    >>> bare_name(" Kabupaten Aceh Utara"), bare_name("Kab.Belu"), bare_name("Kotabaru")
    ('Aceh Utara', 'Belu', 'Kotabaru')
    """
    return re.sub(r"^(kab\.|(kabupaten|kab|kota)\s)\s*", "", name.strip(), flags=re.IGNORECASE)


def known_name(code: str) -> str:
    """Return the name of the district with a Kemendagri code; nothing if the code is new."""
    points = gazetteer.load().districts
    return bare_name(next((point.short for point in points if point.code == code), ""))


def folder_name(code: str, name: str, year: int) -> str:
    """Return the name of an edition's folder.

    Examples
    --------
    >>> folder_name("36.72", "Cilegon", 2024)
    'kota-cilegon-2024'
    """
    kind = "kota-" if kind_of(code) == "kota" else ""
    return kind + re.sub(r"[^a-z0-9]+", "-", f"{name} {year}".lower()).strip("-")


def equal_pairs(table: Sequence[WrittenVillage], layer: Sequence[WrittenVillage]) -> list[Proposal]:
    """Pair the villages with equal code, or with equal name and kecamatan, on both sides.

    Parameters
    ----------
    table, layer : sequence of WrittenVillage
        Grouped by kecamatan, codes unique on each side. Names that occur only once in the
        kabupaten match the kecamatan: more than half of them must agree, seen from both sides.

    Returns
    -------
    list of Proposal
        Sorted by the table's code; one to one. Names that occur twice in a kecamatan, or differ
        in more than case, spaces, marks and accents, get no pair.
    """
    partners = {v.code: v for v in layer}
    wanted = Counter(v.other_code for v in table)
    by_code = {
        v.code: partners[v.other_code]
        for v in table
        if v.other_code in partners and wanted[v.other_code] == 1
    }
    used = {v.code for v in by_code.values()}
    homes = _homes(table, layer)
    left = _once([(homes.get(v.group), v) for v in table if v.code not in by_code])
    right = _once([(v.group, v) for v in layer if v.code not in used])
    pairs = [Proposal(v, by_code[v.code], _FULL, "kode") for v in table if v.code in by_code]
    pairs += [Proposal(v, right[p], _FULL, "nama_sama") for p, v in left.items() if p in right]
    return sorted(pairs, key=lambda pair: pair.table.code)


_FULL = 100.0
_Name = tuple[str | None, str]


def _once(villages: Sequence[tuple[str | None, WrittenVillage]]) -> dict[_Name, WrittenVillage]:
    """Return the villages with a unique name in their kecamatan, by kecamatan and name."""
    named = [((group, key(village.name)), village) for group, village in villages]
    times = Counter(name for name, _ in named)
    return {name: village for name, village in named if times[name] == 1}


def _homes(table: Sequence[WrittenVillage], layer: Sequence[WrittenVillage]) -> dict[str, str]:
    """Match the kecamatan of the layer with those of the table."""
    names = [Counter(key(v.name) for v in side) for side in (table, layer)]
    group = {key(v.name): v.group for v in layer}
    votes = Counter(
        (v.group, group[name])
        for v in table
        if (name := key(v.name)) in group and names[0][name] == names[1][name] == 1
    )
    sums = Counter[tuple[int, str]]()
    for (one, other), n in votes.items():
        sums[0, one] += n
        sums[1, other] += n
    return {
        one: other
        for (one, other), n in votes.items()
        if 2 * n > sums[0, one] and 2 * n > sums[1, other]
    }


def edition_toml(
    district: NewDistrict, files: Files, makers: Makers, method: Method, texts: Texts
) -> bytes:
    """Return the text of edition.toml, with comments for the officer who completes it."""
    unknown = texts("baru.belum_diisi")
    source = _table(instansi=makers.agency or unknown, tahun=unknown)
    producer = files.producer or Bilingual(id=unknown, en=unknown)
    text = texts(
        "baru.edisi",
        lengkap=f"{district.kind.capitalize()} {district.name}",
        tahun=district.year,
        penyusun=quoted(makers.compiler or unknown),
        metode=quoted(method.id),
        dasar=_baseline(district, files, method, texts),
        nama=quoted(district.name),
        jenis=quoted(district.kind),
        kode=quoted(district.code),
        kode_bps=quoted(district.bps_code),
        provinsi=quoted(district.province),
        tabel=f"{files.form} = {quoted(files.table)}",
        lembar=f"lembar = {quoted(files.sheet)}\n" if files.sheet else "",
        padanan=quoted(files.crosswalk),
        batas=quoted(files.layer),
        padanan_batas=_of_layer(files),
        tahun_batas=f"tahun = {quoted(files.vintage or unknown)}\n",
        sumber_batas=_table(id=producer.id, en=producer.en),
        tanggal=quoted(unknown),
        boleh=quoted(unknown),
        sumber="\n".join(f"{i.id} = {source}" for i in method.indicators),
    )
    return text.encode("utf-8")


def _baseline(district: NewDistrict, files: Files, rules: Method, texts: Texts) -> str:
    """Return the line of the baseline; a method with national numbers needs none."""
    if files.baseline:
        return f"dasar = {quoted(files.baseline)}"
    if not open_numbers(rules):
        return texts("baru.tanpa_dasar")
    return f"# dasar = {quoted(district.id)}"


def _of_layer(files: Files) -> str:
    """Return the lines of ``[batas]`` about the layer's fields and codes."""
    said = {**files.of_layer, **({"padanan": files.ids} if files.ids else {})}
    return "".join(f"{key} = {quoted(text)}\n" for key, text in said.items())


def _table(**values: str) -> str:
    return "{ " + ", ".join(f"{name} = {quoted(v)}" for name, v in values.items()) + " }"
