"""Counts of the changed villages of one map, and of the changed cells of all maps.

Owns the counts at the head of every view.
"""

from __future__ import annotations

from fsva.comparison.values.result import Comparison, MeasureSummary
from fsva.comparison.view import change_lists
from fsva.core.texts import Texts

KEYS = ("kelas", "lintas", "nilai", "ada")


def of_measure(measure: MeasureSummary) -> tuple[int, ...]:
    """Count villages that changed class, crossed sides, changed value, gained or lost a class."""
    crossed = measure.n_tiers.get("lintas", 0)
    return measure.n_classes, crossed, measure.n_values, measure.n_one_sided


def words(comparison: Comparison, texts: Texts) -> tuple[str, ...]:
    """Return the names of these counts, in their order."""
    return tuple(texts(f"perubahan.angka.{key}", **change_lists.sides(comparison)) for key in KEYS)


def title(measure: str, comparison: Comparison, texts: Texts) -> str:
    """Return the heading of the counts of one map."""
    chosen = next(compared for compared in comparison.measures if compared.id == measure)
    named = texts("perubahan.ukuran", nomor=chosen.map_number, nama=chosen.name[texts.language])
    return texts("perubahan.angka.judul", ukuran=named)


def overall(comparison: Comparison, texts: Texts) -> str:
    """Return the number of changed cells and maps in words."""
    counted = [of_measure(measure) for measure in comparison.summary.measures]
    sums = dict(zip(KEYS, (sum(column) for column in zip(*counted, strict=True)), strict=True))
    facts = {key: texts.decimal(number, 0) for key, number in sums.items()}
    return texts(
        "perubahan.angka.semua",
        peta=comparison.n_maps_changed,
        semua=len(comparison.measures),
        **facts,
    )
