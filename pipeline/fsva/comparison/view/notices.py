"""What every view of a comparison says above its lists: the editions, proposals, parts left out.

Owns the choice of the notices; every view shows all of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from fsva.comparison.values.result import Comparison, Side
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


def of_side(side: Side, texts: Texts) -> str:
    """Return a compared edition in a line: name, source, villages, method and baseline."""
    return texts(
        "banding.sisi",
        label=side.label,
        nama=side.plain_name,
        sumber=side.place,
        jumlah=texts.decimal(side.n_villages, 0),
        metode=side.method,
        dasar=side.baseline or texts("banding.tanpa_dasar"),
    )


def proposed(comparison: Comparison, texts: Texts) -> Iterator[str]:
    """Yield a notice for each side with proposed composite cut-offs."""
    named = [side.label for side in comparison.sides if side.proposed]
    if named:
        yield texts("banding.usulan", sisi=", ".join(named))
