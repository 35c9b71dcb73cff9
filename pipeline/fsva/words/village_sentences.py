"""One sentence or two per village: its class, score, rank and causes.

Owns the sentences of pages. They say what the joined table says and compute nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import isnan

from fsva.config.methods.method import Method
from fsva.core.columns import KEMENDAGRI
from fsva.core.texts import Texts
from fsva.index import result_columns
from fsva.index.joined_table import JoinedTable
from fsva.index.result_columns import Columns


def of_villages(
    table: JoinedTable, causes: Columns, method: Method, texts: Texts
) -> tuple[str, ...]:
    """Return the sentences of all villages, in the order of the table.

    Parameters
    ----------
    causes : Columns
        From ``fsva.index.causes.of_villages``.
    """
    listed = by_village(causes)
    return tuple(
        " ".join(_sentences(table, n, listed.get(code, ()), method, texts))
        for n, code in enumerate(table.codes)
    )


def by_village(causes: Columns) -> Mapping[str, Sequence[tuple[str, int]]]:
    """Return indicator and class of each cause by Kemendagri code, the heaviest first."""
    listed: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in result_columns.records(causes):
        listed[row[KEMENDAGRI]].append((row["indikator"], row["kelas"]))
    return listed


def _sentences(
    table: JoinedTable,
    n: int,
    causes: Sequence[tuple[str, int]],
    method: Method,
    texts: Texts,
) -> Iterator[str]:
    composite = method.composite
    called, parent = table.names[n], table.subdistricts[n]
    priority = int(table.classes[composite.id][n])
    if not priority:
        yield texts("halaman.kalimat_kosong", desa=called, kecamatan=parent)
        return
    name = texts(
        "jejak.prioritas", kelas=priority, nama=method.classes[priority - 1].name[texts.language]
    )
    yield texts(
        "halaman.kalimat",
        desa=called,
        kecamatan=parent,
        kelas=name,
        angka=_figures(table, n, method, texts),
    )
    if causes:
        names = {i.id: i.name[texts.language] for i in method.indicators}
        said = (
            texts("halaman.penyebab_satu", nama=names[name], kelas=number)
            for name, number in causes
        )
        yield texts("halaman.kalimat_penyebab", daftar="; ".join(said))


def _figures(table: JoinedTable, n: int, method: Method, texts: Texts) -> str:
    """Return index and rank as the end of the sentence; nothing where they are not known."""
    score, rank = float(table.values[method.composite.id][n]), int(table.ranks[n])
    if isnan(score):
        return ""
    shown = texts.decimal(score, method.composite.digits)
    if not rank:
        return texts("halaman.angka_tanpa_peringkat", indeks=shown)
    ranked = int((table.ranks > 0).sum())
    return texts("halaman.angka", indeks=shown, peringkat=rank, jumlah=ranked)
