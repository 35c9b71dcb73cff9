"""What a map says of villages whose class does not come from their value."""

from __future__ import annotations

from collections import defaultdict

from fsva.config.methods.method import Indicator, Measure
from fsva.core.texts import Texts
from fsva.index.joined_table import JoinedTable
from fsva.words.legends import legend_words


def notes(table: JoinedTable, measure: Measure, texts: Texts) -> tuple[str, ...]:
    """Return the number of classes without a value, by what decided them instead."""
    concerned: dict[str, list[str]] = defaultdict(list)
    for code, basis in zip(table.codes, table.basis[measure.id], strict=True):
        concerned[basis].append(code)
    # A composite without all its indicators is taken from the report, score or class alone.
    of_what = "" if isinstance(measure, Indicator) else "_komposit"
    zero = measure.zero if isinstance(measure, Indicator) else None
    meaning = zero.meaning[texts.language] if zero else ""
    return tuple(
        texts(
            f"peta.catatan_{kind}{of_what if kind == 'terbit' else ''}",
            jumlah=len(concerned[kind]),
            wilayah=legend_words.unit(concerned[kind], texts),
            arti=meaning,
        )
        for kind in ("nol", "terbit", "timpa", "kosong")
        if kind in concerned
    )
