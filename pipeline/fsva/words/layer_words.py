"""Rows of a boundary layer that were left out or united, as lines of the run's report.

Owns the choice of the lines; the ledger is ``fsva.sources.layers.village_rows``'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fsva.config.editions import unfilled
from fsva.config.editions.sections import Boundary
from fsva.core.texts import Texts
from fsva.villages.join import Joined

MOST_ROWS = 10


def lines(joined: Joined, texts: Texts) -> list[str]:
    """Return the rows of the layer that are not a village of their own; at most ten are named.

    Returns
    -------
    list of str
        Empty if every row is a village.
    """
    rows = [row for _, row in joined.rows.records()]
    if not rows:
        return []
    said = [_said(row, texts) for row in rows[:MOST_ROWS]]
    more = [texts("lapisan.lagi", n=len(rows) - MOST_ROWS)] if len(rows) > MOST_ROWS else []
    return [texts("lapisan.judul", jumlah=len(rows)), *said, *more]


def _said(row: Mapping[str, Any], texts: Texts) -> str:
    words = {key: texts(f"lapisan.{key}.{row[key]}") for key in ("tindakan", "alasan")}
    return texts("lapisan.baris", **{key: cell or "-" for key, cell in row.items()} | words)


def border_key(boundary: Boundary, texts: Texts) -> str:
    """Return the key of the sentence about the source of the borders.

    A file name is no source: then the sentence says that none is named yet.
    """
    said = boundary.producer[texts.language]
    is_file = unfilled.is_file(said, boundary.layer)
    return "peta.sumber_batas_berkas" if is_file else "peta.sumber_batas"
