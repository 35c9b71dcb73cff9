"""Villages that split, merged or got another code, as lines of the run's report.

Owns their choice and order; ``fsva.villages.inherited_values`` owns the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping

from fsva.core.texts import Texts
from fsva.villages.join import Joined


def lines(joined: Joined, texts: Texts) -> list[str]:
    """Return one line per old and new village: what happened, and what became of its values.

    Returns
    -------
    list of str
        Empty if no event was applied.
    """
    named = [row for _, row in joined.inherited.ledger.records()]
    if not named:
        return []
    rows = ["  " + texts("perbaikan.pemekaran_baris", **row | _words(row, texts)) for row in named]
    return [texts("perbaikan.pemekaran_judul"), *rows]


def _words(row: Mapping[str, object], texts: Texts) -> dict[str, str]:
    return {
        "nasib": texts(f"perbaikan.nasib.{row['nilai']}"),
        "pada": texts(f"perbaikan.pada.{row['pada']}"),
    }
