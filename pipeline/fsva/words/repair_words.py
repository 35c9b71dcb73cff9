"""The changes that the repair made to a boundary layer, as lines of the run's report.

Owns the choice of the figures; ``fsva.villages.repair`` owns the ledger.
"""

from __future__ import annotations

from fsva.core.texts import Texts
from fsva.villages import repair_totals
from fsva.villages.join import Joined


def lines(joined: Joined, texts: Texts) -> list[str]:
    """Return how many villages were repaired, by how much, and which changed most.

    Returns
    -------
    list of str
        Empty if nothing was changed.
    """
    done = repair_totals.total(joined.repairs)
    if done is None:
        return []
    return [
        texts("perbaikan.judul"),
        texts(
            "perbaikan.jumlah",
            berubah=done.n_changed,
            jumlah=len(joined.repairs),
            celah=texts.decimal(done.filled_m2, 0),
            serah=texts.decimal(done.given_m2, 0),
        ),
        texts(
            "perbaikan.terbesar",
            desa=done.most.name,
            kode=done.most.code,
            persen=texts.decimal(100 * done.most.share, 2),
        ),
    ]
