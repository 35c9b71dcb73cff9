"""What lifts the vulnerable villages, as a list of a report.

Owns the order and what is gathered: the sentences are ``fsva.words.needed.needed_words``.
"""

from __future__ import annotations

from fsva.index import result_columns
from fsva.words.book.content import ListEntry
from fsva.words.book.material import BookMaterial
from fsva.words.lists import village_lists
from fsva.words.needed import needed_words
from fsva.words.needed.needed_words import INCOMPLETE, VillageNeed


def entries(material: BookMaterial) -> list[ListEntry]:
    """Return a kecamatan per entry, and below it a sentence per village and class.

    Villages of which a value is not known stand together in the last entry.
    """
    table, method, texts = material.table, material.method, material.texts
    by_village: dict[int, list[VillageNeed]] = {}
    unknown: dict[int, str] = {}
    for need in needed_words.needs(table, method):
        if need.status == INCOMPLETE:
            unknown[need.at] = str(table.names[need.at])
        else:
            by_village.setdefault(need.at, []).append(need)
    listed: list[ListEntry] = []
    number = 0
    for kecamatan, places in result_columns.groups(table.subdistricts).items():
        here = [need for at in places.tolist() for need in by_village.get(at, [])]
        if not here:
            continue
        number += 1
        title = texts("buku.naik_kecamatan", nama=kecamatan)
        listed.append(ListEntry(f"{number}.", (title,)))
        said = (needed_words.sentence(need, table, method, texts, is_placed=False) for need in here)
        listed += [ListEntry(f"{number}.{n}.", (words,), 1) for n, words in enumerate(said, 1)]
    if unknown:
        names = village_lists.joined(list(unknown.values()), texts)
        missing = texts("buku.naik_tidak_lengkap", jumlah=len(unknown), daftar=names)
        listed.append(ListEntry(f"{number + 1}.", (missing,)))
    return listed
