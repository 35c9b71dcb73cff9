"""The annex to the decree: all villages by composite class.

Owns the columns of its table.
"""

from __future__ import annotations

from math import isnan

from fsva.words.book import tables
from fsva.words.book.content import LEFT, RIGHT, BookTable
from fsva.words.book.material import BookMaterial


def villages(material: BookMaterial) -> BookTable:
    """Return the villages of each class, numbered through; those without a class come last."""
    texts, whole = material.texts, material.method.composite
    rows: list[tuple[str, ...]] = []
    groups = set()
    number = 0
    shares = material.percents(whole)
    known = zip(material.rows(whole), shares, strict=True)
    heads = [
        (
            texts(
                "buku.penetapan_tak_terhitung" if isnan(share) else "buku.penetapan_kelas",
                kelas=" ".join(row.words.split()),
                jumlah=row.count,
                persen=tables.percent(share, texts),
            ),
            material.members(whole, row),
        )
        for row, share in known
    ]
    without = material.table.at(material.table.classes[whole.id] == 0)
    if len(without):
        heads.append((texts("buku.penetapan_tanpa", jumlah=len(without)), without))
    for said, members in heads:
        groups.add(len(rows))
        rows.append((said, "", "", ""))
        of_villages = zip(
            members.codes, members.subdistricts.tolist(), members.names.tolist(), strict=True
        )
        for code, kecamatan, village in of_villages:
            number += 1
            rows.append((str(number), code, kecamatan, village))
    return BookTable(
        None,
        material.heads("penetapan"),
        tuple(rows),
        (RIGHT, LEFT, LEFT, LEFT),
        (0.1, 0.24, 0.33, 0.33),
        groups=frozenset(groups),
    )
