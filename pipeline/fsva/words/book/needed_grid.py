"""What lifts the vulnerable villages, as one table where sentences would fill many pages.

Owns its rows and cells; the numbers are those of ``fsva.words.needed.needed_words``, of which
``fsva.words.book.needed_list`` makes sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fsva.index import needed_change, result_columns
from fsva.index.needed_change import Change
from fsva.words.book.content import LEFT, MIDDLE, RIGHT, BookTable, Caption
from fsva.words.book.material import BookMaterial
from fsva.words.lists import village_lists
from fsva.words.needed import needed_words
from fsva.words.needed.needed_words import FOUND, INCOMPLETE, VillageNeed

Row = tuple[str, ...]
_NAME, _AIM, _POINTS = 0.26, 0.08, 0.16
_NO_BREAK = "\N{NO-BREAK SPACE}"  # each row stays one line


def table(material: BookMaterial) -> BookTable:
    """Return a row per vulnerable village and aim, and one for two indicators that share it."""
    texts, indicators = material.texts, material.method.indicators
    rows, groups = _grouped(material)
    heads = (*material.heads("naik"), *(material.words(i) for i in indicators))
    share = (1 - _NAME - _AIM - _POINTS) / len(indicators)
    return BookTable(
        Caption("tabel", "tabel-naik", texts("buku.tabel.judul_naik")),
        (*heads, texts("buku.tabel.poin_naik")),
        rows,
        (LEFT, MIDDLE, *[RIGHT] * (len(indicators) + 1)),
        (_NAME, _AIM, *[share] * len(indicators), _POINTS),
        " ".join([texts("buku.tabel.catatan_naik"), *_unknown(material)]),
        small=True,
        groups=groups,
    )


def _grouped(material: BookMaterial) -> tuple[tuple[Row, ...], frozenset[int]]:
    """Return the rows by kecamatan, and which of them only name one."""
    by_village: dict[int, list[VillageNeed]] = {}
    for need in needed_words.needs(material.table, material.method):
        if need.status != INCOMPLETE:
            by_village.setdefault(need.at, []).append(need)
    rows: list[Row] = []
    groups = set()
    for kecamatan, places in result_columns.groups(material.table.subdistricts).items():
        here = [need for at in places.tolist() for need in by_village.get(at, [])]
        if here:
            groups.add(len(rows))
            rows.append((kecamatan, *[""] * (len(material.method.indicators) + 2)))
            rows += [row for need in here for row in _rows(need, material)]
    return tuple(rows), frozenset(groups)


def _rows(need: VillageNeed, material: BookMaterial) -> Iterator[Row]:
    """Yield what one village needs for one class: by one indicator, by two."""
    name = str(material.table.names[need.at]).replace(" ", _NO_BREAK)
    aim = f"{need.present}–{need.target}"
    if need.status != FOUND:
        nothing = [""] * len(material.method.indicators)
        yield (name, aim, *nothing, material.texts(f"buku.tabel.naik_{need.status}"))
        return
    for changes in needed_words.ways(need, material.method):
        yield (name, aim, *_cells(changes, material))


def _cells(changes: Sequence[Change], material: BookMaterial) -> Row:
    """Return the value to reach in the column of each changed indicator, and the points."""
    texts, by_id = material.texts, {c.indicator: c for c in changes}
    values = (
        texts.decimal(by_id[i.id].value, i.digits) if i.id in by_id else ""
        for i in material.method.indicators
    )
    digits = needed_words.POINT_DIGITS
    points = (texts.decimal(needed_change.rounded_up(c.points, digits), digits) for c in changes)
    return (*values, f"{_NO_BREAK}+{_NO_BREAK}".join(points))


def _unknown(material: BookMaterial) -> list[str]:
    """Return the sentence on villages of which a value is not known, if there are any."""
    needs = needed_words.needs(material.table, material.method)
    unknown = {n.at: str(material.table.names[n.at]) for n in needs if n.status == INCOMPLETE}
    if not unknown:
        return []
    names = village_lists.joined(list(unknown.values()), material.texts)
    return [material.texts("buku.naik_tidak_lengkap", jumlah=len(unknown), daftar=names)]
