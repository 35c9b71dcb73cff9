"""Rows of a boundary layer that were left out or united, as lines of the run's report.

Owns the choice of the lines; the ledger is ``fsva.sources.layers.village_rows``'s.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

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
    rows = joined.rows
    if rows.empty:
        return []
    said = [_said(row, texts) for row in rows.head(MOST_ROWS).fillna("").to_dict("records")]
    more = [texts("lapisan.lagi", n=len(rows) - MOST_ROWS)] if len(rows) > MOST_ROWS else []
    return [texts("lapisan.judul", jumlah=len(rows)), *said, *more]


def _said(row: Mapping[Hashable, Any], texts: Texts) -> str:
    words = {key: texts(f"lapisan.{key}.{row[key]}") for key in ("tindakan", "alasan")}
    return texts("lapisan.baris", **{str(k): v or "-" for k, v in row.items()} | words)
