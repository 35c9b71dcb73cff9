"""What slides say: headline figures, maps, causes, programmes, and the speaker's notes.

Owns their order and words. Every number is one that the report shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fsva.words.book import facts
from fsva.words.book.facts import Facts
from fsva.words.book.material import BookMaterial

_MOST = 10  # lines that one slide holds


@dataclass(frozen=True)
class ClassRow:
    """A class of the composite: colour, name, villages, share."""

    colour: str
    name: str
    count: str
    percent: str


@dataclass(frozen=True)
class Slide:
    """What a slide says; of table, large figure and picture only some are given.

    Parameters
    ----------
    title : str
        What it is about.
    lines : tuple of str
        Its entries.
    figure, below : str
        A large figure and what it means.
    heads : tuple of str
        Headings of the table.
    rows : tuple of ClassRow
        The classes of the composite.
    picture, alt : str
        A map that fills the slide, and what it shows in words.
    notes : str
        For the speaker.
    is_first : bool
        Whether it is the title slide.
    """

    title: str
    lines: tuple[str, ...] = ()
    figure: str = ""
    below: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[ClassRow, ...] = ()
    picture: str = ""
    alt: str = ""
    notes: str = ""
    is_first: bool = False


def slides(material: BookMaterial) -> list[Slide]:
    """Return the slides of an edition."""
    known = facts.of(material)
    return [
        _title(material, known),
        _headline(material, known),
        _places(material, known),
        *_maps(material, known),
        *_causes(material, known),
        *_programmes(material, known),
        _sources(material, known),
    ]


def _title(material: BookMaterial, known: Facts) -> Slide:
    texts, edition = material.texts, known["edisi"]
    where = texts("paparan.anak_judul", daerah=edition["daerah"], tahun=edition["tahun"])
    lines = (where, edition["penyusun"], edition["tanggal"])
    return Slide(texts("paparan.judul"), lines, is_first=True)


def _headline(material: BookMaterial, known: Facts) -> Slide:
    texts, whole = material.texts, known["komposit"]
    weak = whole["rentan"]
    colours = {row.priority: row.colour for row in material.rows(material.method.composite)}
    rows = tuple(
        ClassRow(colours[c["nomor"]], f"{c['nomor']}  {c['nama']}", str(c["jumlah"]), c["persen"])
        for c in whole["kelas"]
    )
    heads = tuple(word.strip() for word in texts("paparan.kolom").split(";"))
    if not whole["ada_kelas"]:
        return Slide(texts("paparan.utama"), (texts("paparan.utama_kosong"),))
    return Slide(
        texts("paparan.utama"),
        figure=texts("paparan.utama_angka", jumlah=weak["jumlah"], semua=weak["semua"]),
        below=texts("paparan.utama_persen", persen=weak["persen"], label=weak["label"]),
        heads=heads,
        rows=rows,
        notes=_composite_note(material, known),
    )


def _composite_note(material: BookMaterial, known: Facts) -> str:
    texts, weak = material.texts, known["komposit"]["rentan"]
    key = "paparan.komposit_catatan" if weak["semua"] else "paparan.komposit_catatan_kosong"
    said = texts(key, indikator=len(known["indikator"]), **_counted(weak))
    return " ".join(filter(None, (said, _most(material, weak))))


def _counted(weak: Facts) -> Facts:
    return {name: weak[name] for name in ("jumlah", "semua", "persen", "label")}


def _most(material: BookMaterial, weak: Facts) -> str:
    most = weak["terbanyak"]
    return material.texts("paparan.peta_terbanyak", daftar=most) if most else ""


def _places(material: BookMaterial, known: Facts) -> Slide:
    """Return the kecamatan with vulnerable villages, most first."""
    texts, whole = material.texts, material.method.composite
    affected = {k: pair for k, pair in material.affected(whole).items() if pair[0]}
    ranked = sorted(affected, key=lambda k: (-affected[k][0], -affected[k][0] / affected[k][1], k))
    lines = [
        texts("paparan.tempat_kecamatan", nama=k, jumlah=affected[k][0], semua=affected[k][1])
        for k in ranked
    ]
    label = known["komposit"]["rentan"]["label"]
    said = _cut(lines, material) or (texts("paparan.tempat_tiada", label=label),)
    return Slide(texts("paparan.tempat"), said, notes="\n".join(lines))


def _cut(lines: Sequence[str], material: BookMaterial) -> tuple[str, ...]:
    """Return as many lines as a slide holds, and how many there are beyond."""
    if len(lines) <= _MOST:
        return tuple(lines)
    left = material.texts("paparan.lainnya", jumlah=len(lines) - _MOST + 1)
    return (*lines[: _MOST - 1], left)


def _maps(material: BookMaterial, known: Facts) -> Iterator[Slide]:
    for measure in material.method.measures():
        shown = material.maps[measure.id]
        said = next((i for i in known["indikator"] if i["id"] == measure.id), known["komposit"])
        yield Slide(
            said["judul"],
            picture=shown.file_stem,
            alt=material.alts[measure.id],
            notes=_map_note(material, known, said),
        )


def _map_note(material: BookMaterial, known: Facts, said: Facts) -> str:
    if "rumus" not in said:
        return _composite_note(material, known)
    names = {name: said[name] for name in ("nama", "rumus", "satuan")}
    weak = said["rentan"]
    key = "paparan.peta_catatan" if weak["semua"] else "paparan.peta_catatan_kosong"
    first = material.texts(key, **names, **_counted(weak))
    return " ".join(filter(None, (first, _most(material, weak), *said["sumber"][:1])))


def _causes(material: BookMaterial, known: Facts) -> Iterator[Slide]:
    texts, whole = material.texts, known["komposit"]
    if whole["faktor"]:
        counted = zip(whole["faktor"], whole["faktor_jumlah"], strict=True)
        lines = tuple(
            texts("paparan.sebab_baris", nomor=n, sebab=words, jumlah=count)
            for n, (words, count) in enumerate(counted, 1)
        )
        note = texts("paparan.sebab_catatan", label=whole["rentan"]["label"], poin=whole["poin"])
        yield Slide(texts("paparan.sebab"), _cut(lines, material), notes=note)


def _programmes(material: BookMaterial, known: Facts) -> Iterator[Slide]:
    if known["program"]:
        lines = [str(words) for words in known["program"]]
        title = material.texts("paparan.program")
        yield Slide(title, _cut(lines, material), notes="\n".join(lines))


def _sources(material: BookMaterial, known: Facts) -> Slide:
    texts = material.texts
    lines = [
        texts("paparan.sumber_baris", nama=i["nama"], instansi=i["instansi"])
        for i in known["indikator"]
    ]
    notes = "\n".join(known["komposit"]["sumber"])
    return Slide(texts("paparan.sumber"), _cut(lines, material), notes=notes)
