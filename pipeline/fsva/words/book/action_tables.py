"""The intervention frame and the matrix of villages and causes, from the action plan.

Owns how its rows are gathered: by cause and intervention, and by village.
"""

from __future__ import annotations

from collections.abc import Iterable

from fsva.core.texts import Texts
from fsva.index import causes, result_columns
from fsva.index.action_rows import ActionRow
from fsva.words import action_words
from fsva.words.book.content import LEFT, MIDDLE, BookTable, Caption
from fsva.words.book.material import BookMaterial
from fsva.words.lists import village_lists


def frame(material: BookMaterial) -> BookTable:
    """Return the intervention frame (6.1): cause, programme, agency, where.

    One row per intervention; the causes in the order of their weight over all vulnerable villages.
    """
    texts = material.texts
    by_plan: dict[tuple[str, str, str], list[ActionRow]] = {}
    for row in by_weight(material):
        if row.cause and row.planned:
            said = action_words.cells(row, material.method, texts)
            key = row.cause.measure, said.programme, said.agency
            by_plan.setdefault(key, []).append(row)
    rows = [
        (action_words.cause_name(measure, material.method, texts), programme, agency,
         _where(by_plan[measure, programme, agency], texts))
        for measure, programme, agency in by_plan
    ]  # fmt: skip
    return BookTable(
        Caption("tabel", "tabel-intervensi", texts("buku.tabel.judul_intervensi")),
        material.heads("intervensi"),
        tuple(rows),
        (LEFT, LEFT, LEFT, LEFT),
        (0.21, 0.25, 0.22, 0.32),
        texts("buku.tabel.catatan_intervensi"),
        small=True,
    )


def by_weight(material: BookMaterial) -> list[ActionRow]:
    """Return the rows of the action plan, those of the heaviest cause first.

    The weight is that over all vulnerable villages. Pockets of extreme poverty have none and
    stand first.
    """
    weighed = causes.influence(material.table, material.method)
    place = {measure: n for n, measure in enumerate(weighed["indikator"].tolist())}
    return sorted(
        material.actions,
        key=lambda row: place.get(row.cause.measure, -1) if row.cause else len(place),
    )


def _where(rows: Iterable[ActionRow], texts: Texts) -> str:
    """Return the number of villages of some rows, and of which kecamatan they are."""
    villages = {row.code: row.parent for row in rows}
    counts: dict[str, int] = {}
    for _, parent in sorted(villages.items()):
        counts[parent] = counts.get(parent, 0) + 1
    listed = [texts("buku.tabel.lokasi", nama=k, jumlah=n) for k, n in counts.items()]
    return texts(
        "buku.tabel.lokasi_semua", jumlah=len(villages), daftar=village_lists.joined(listed, texts)
    )


def matrix(material: BookMaterial) -> BookTable:
    """Return the matrix of the vulnerable villages: in which class each indicator is weak."""
    texts, method = material.texts, material.method
    weak = causes.vulnerable(material.table, method)
    rows: list[tuple[str, ...]] = []
    groups = set()
    for kecamatan, positions in result_columns.groups(weak.subdistricts).items():
        groups.add(len(rows))
        rows.append((kecamatan, *[""] * (len(method.indicators) + 1)))
        own = weak.at(positions)
        for n, name in enumerate(own.names.tolist()):
            marks = [_mark(int(own.classes[i.id][n]), method.last_vulnerable)
                     for i in method.indicators]  # fmt: skip
            rows.append((name, str(own.classes[method.composite.id][n]), *marks))
    heads = (*material.heads("matriks"), *(material.words(i) for i in method.indicators))
    rest = 0.7 / (len(heads) - 1)
    return BookTable(
        Caption("tabel", "tabel-matriks", texts("buku.tabel.judul_matriks")),
        heads,
        tuple(rows),
        (LEFT, *[MIDDLE] * (len(heads) - 1)),
        (0.3, *[rest] * (len(heads) - 1)),
        texts("buku.tabel.catatan_matriks", **method.sides),
        small=True,
        groups=frozenset(groups),
    )


def _mark(priority: int, last: int) -> str:
    return str(priority) if 0 < priority <= last else ""
