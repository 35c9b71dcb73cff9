"""Notices about a comparison: proposals, and parts that are not compared.

Owns their choice; every view shows all of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from fsva.comparison.values.result import Comparison
from fsva.core.texts import Texts


def of_comparison(comparison: Comparison, texts: Texts) -> Iterator[str]:
    """Yield the notices, each of one or two sentences."""
    yield from proposed(comparison, texts)
    for apart in comparison.apart:
        language = texts.language
        yield texts(
            "banding.tak_dipasangkan",
            nama=apart.name[language],
            satuan_a=apart.unit_a[language],
            satuan_b=apart.unit_b[language],
            rumus_a=apart.definition_a[language],
            rumus_b=apart.definition_b[language],
        )
    if without := sum(measure.n_unexplained for measure in comparison.summary.measures):
        yield texts("banding.tanpa_sebab", jumlah=texts.decimal(without, 0))


def proposed(comparison: Comparison, texts: Texts) -> Iterator[str]:
    """Yield a notice for each side with proposed composite cut-offs."""
    named = [side.label for side in comparison.sides if side.proposed]
    if named:
        yield texts("banding.usulan", sisi=", ".join(named))
