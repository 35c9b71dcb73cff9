"""The tables of the annex: data, classes and what they rest on, cut-offs, origins, ledger.

Owns which columns they have. The whole table of each stands in the files beside the atlas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from math import isnan

from fsva.config.methods.method import Indicator, Measure
from fsva.core.columns import BPS, PARENT
from fsva.core.texts import Texts
from fsva.index.joined_table import BASES, JoinedTable
from fsva.words.book.content import LEFT, MIDDLE, RIGHT, BookTable, Caption
from fsva.words.book.material import BookMaterial

_NOTHING = "–"
# What a class rests on, as a letter behind it; a value needs none.
_LETTERS = {"nilai": "", "nol": "n", "terbit": "t", "timpa": "h", "kosong": ""}
_MOST_LEDGER = 40


def _by_village(
    material: BookMaterial, cells: Callable[[JoinedTable, int], Sequence[str]]
) -> tuple[tuple[tuple[str, ...], ...], frozenset[int]]:
    """Return a row per village below a row for its kecamatan; the numbers run through."""
    rows: list[tuple[str, ...]] = []
    groups = set()
    number = 0
    for kecamatan, villages in material.kecamatan.items():
        body = []
        for n, (code, name) in enumerate(
            zip(villages.bps_codes.tolist(), villages.names.tolist(), strict=True)
        ):
            number += 1
            body.append((str(number), code, name, *cells(villages, n)))
        groups.add(len(rows))
        rows += [(kecamatan, *[""] * (len(body[0]) - 1)), *body]
    return tuple(rows), frozenset(groups)


def values(material: BookMaterial) -> BookTable:
    """Return the values of all villages, with index, rank and class."""
    texts, method = material.texts, material.method
    whole = method.composite

    def cells(villages: JoinedTable, n: int) -> list[str]:
        """Return values, rank and class of a village."""
        shown = [_value(villages.values[m.id][n], m, texts) for m in method.measures()]
        rank, priority = int(villages.ranks[n]), int(villages.classes[whole.id][n])
        return [*shown, str(rank or _NOTHING), str(priority or _NOTHING)]

    rows, groups = _by_village(material, cells)
    measures = [material.words(m) for m in method.measures()]
    first, last = material.heads("data")[:3], material.heads("data")[3:]
    return _wide("data", (*first, *measures, *last), rows, groups, material)


def classes(material: BookMaterial) -> BookTable:
    """Return the classes of all villages and what they rest on."""
    method = material.method

    def cells(villages: JoinedTable, n: int) -> list[str]:
        """Return the classes of a village."""
        return [_class(villages, m, n) for m in method.measures()]

    rows, groups = _by_village(material, cells)
    heads = (*material.heads("data")[:3], *(material.words(m) for m in method.measures()))
    return _wide("kelas", heads, rows, groups, material)


def _wide(
    name: str,
    heads: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    groups: frozenset[int],
    material: BookMaterial,
) -> BookTable:
    texts = material.texts
    rest = 0.67 / (len(heads) - 3)
    return BookTable(
        Caption("tabel", f"tabel-lampiran-{name}", texts(f"buku.tabel.judul_{name}")),
        heads,
        rows,
        (RIGHT, LEFT, LEFT, *[RIGHT if name == "data" else MIDDLE] * (len(heads) - 3)),
        (0.04, 0.11, 0.18, *[rest] * (len(heads) - 3)),
        texts(f"buku.tabel.catatan_{name}"),
        small=True,
        groups=groups,
        turned=True,
    )


def _value(value: float, measure: Measure, texts: Texts) -> str:
    return _NOTHING if isnan(value) else texts.decimal(float(value), measure.digits)


def _class(villages: JoinedTable, measure: Measure, n: int) -> str:
    priority = int(villages.classes[measure.id][n])
    letter = _LETTERS[str(villages.basis[measure.id][n])]
    return f"{priority} {letter}".strip() if priority else _NOTHING


def cut_offs(material: BookMaterial) -> BookTable:
    """Return cut-offs and scale bounds of all measures."""
    texts, method = material.texts, material.method
    count = method.n_classes - 1
    rows = []
    for measure in method.measures():
        cells = [_number(c, measure, texts) for c in measure.cut_offs or ()]
        if not cells and isinstance(measure, Indicator):
            cells = _categories(measure, count)
        bounds = measure.bounds if isinstance(measure, Indicator) else (Decimal(0), Decimal(100))
        scale = [_number(bound, measure, texts) for bound in bounds]
        better = texts(f"buku.tabel.baik_{measure.better}")
        rows.append((material.words(measure), *cells, *scale, better))
    first, low, high, better = material.heads("cut_off")
    numbered = [f"{n}|{n + 1}" for n in range(1, count + 1)]
    rest = 0.68 / (count + 3)
    return BookTable(
        Caption("tabel", "tabel-cut-off", texts("buku.tabel.judul_cut_off")),
        (first, *numbered, low, high, better),
        tuple(rows),
        (LEFT, *[RIGHT] * (count + 2), LEFT),
        (0.32, *[rest] * (count + 3)),
        texts("buku.tabel.catatan_cut_off"),
        small=True,
    )


def _number(value: Decimal, measure: Measure, texts: Texts) -> str:
    digits = max(measure.digits, -int(value.normalize().as_tuple().exponent))
    return texts.decimal(value, digits)


def _categories(indicator: Indicator, count: int) -> list[str]:
    """Return the categories that end each class but the last; a dash where none does."""
    of_class = {n: category for category, n in sorted((indicator.categories or {}).items())}
    return [str(of_class.get(n, _NOTHING)) for n in range(1, count + 1)]


def origins(material: BookMaterial) -> list[BookTable]:
    """Return how many cells have which origin; nothing without a record of origins."""
    texts = material.texts
    kinds = sorted({kind for counts in material.origins.values() for kind in counts})
    if not kinds:
        return []
    rows = []
    for indicator in material.method.indicators:
        counts = material.origins.get(indicator.id, {})
        cells = [counts.get(kind, 0) for kind in kinds]
        rows.append((material.words(indicator), *(str(c) for c in cells), str(sum(cells))))
    sums = [sum(m.get(kind, 0) for m in material.origins.values()) for kind in kinds]
    rows.append((texts("buku.tabel.jumlah"), *map(str, sums), str(sum(sums))))
    first, last = material.heads("asal")
    rest = 0.6 / (len(kinds) + 1)
    return [
        BookTable(
            Caption("tabel", "tabel-asal", texts("buku.tabel.judul_asal")),
            (first, *kinds, last),
            tuple(rows),
            (LEFT, *[RIGHT] * (len(kinds) + 1)),
            (0.4, *[rest] * (len(kinds) + 1)),
            texts("buku.tabel.catatan_asal"),
        )
    ]


def bases(material: BookMaterial) -> BookTable:
    """Return how many classes of each measure rest on what."""
    texts = material.texts
    counts = {
        m.id: Counter(material.table.basis[m.id].tolist()) for m in material.method.measures()
    }
    rows = [
        (material.words(m), *(str(counts[m.id][kind]) for kind in BASES))
        for m in material.method.measures()
    ]
    return BookTable(
        Caption("tabel", "tabel-dasar", texts("buku.tabel.judul_dasar")),
        material.heads("dasar"),
        tuple(rows),
        (LEFT, *[RIGHT] * len(BASES)),
        (0.4, *[0.12] * len(BASES)),
    )


def decisions(material: BookMaterial) -> list[BookTable]:
    """Return what the office decided by hand, with its reasons; nothing if nothing."""
    texts, settings = material.texts, material.settings
    language = texts.language
    names = {m.id: material.words(m) for m in material.method.measures()}
    rows = [
        (o.village, names.get(o.indicator, o.indicator),
         texts("buku.tabel.keputusan_kelas", kelas=o.priority), o.reason[language])
        for o in settings.overrides
    ] + [
        (a.village, names.get(a.indicator, a.indicator), texts("buku.tabel.keputusan_terima"),
         a.reason[language])
        for a in settings.acceptances
    ]  # fmt: skip
    if not rows:
        return []
    return [
        BookTable(
            Caption("tabel", "tabel-keputusan", texts("buku.tabel.judul_keputusan")),
            material.heads("keputusan"),
            tuple(rows),
            (LEFT, LEFT, LEFT, LEFT),
            (0.17, 0.2, 0.2, 0.43),
            small=True,
        )
    ]


def ledger(material: BookMaterial) -> list[BookTable]:
    """Return the villages whose name differs between table, crosswalk and layer."""
    texts, columns = material.texts, material.ledger
    names = (BPS, PARENT, "nama_tabel", "nama_penyelarasan", "nama_layer")
    differing = [
        tuple(str(columns[name][n] or "") for name in names)
        for n, said in enumerate(columns["keterangan"].tolist())
        if said != "same"
    ]
    if not differing:
        return []
    more = len(differing) - _MOST_LEDGER
    note = texts("buku.tabel.catatan_gabung", jumlah=more) if more > 0 else ""
    return [
        BookTable(
            Caption("tabel", "tabel-gabung", texts("buku.tabel.judul_gabung")),
            material.heads("gabung"),
            tuple(differing[:_MOST_LEDGER]),
            (LEFT, LEFT, LEFT, LEFT, LEFT),
            (0.16, 0.2, 0.22, 0.22, 0.2),
            note,
            small=True,
        )
    ]
