"""The changes that the repair made to a boundary layer, as lines of the run's report.

Owns the choice of the figures; ``fsva.villages.repair`` owns the ledger.
"""

from __future__ import annotations

from fsva.core.texts import Texts
from fsva.villages import repair
from fsva.villages.join import Joined


def lines(joined: Joined, texts: Texts) -> list[str]:
    """Return how many villages were repaired, by how much, and which changed most.

    Returns
    -------
    list of str
        Empty if nothing was changed.
    """
    ledger = joined.repairs
    changed = repair.touched(ledger)
    if changed.empty:
        return []
    most = changed.nlargest(1, "perubahan")
    share = 100 * float(most["perubahan"].iloc[0])
    return [
        texts("perbaikan.judul"),
        texts(
            "perbaikan.jumlah",
            berubah=len(changed),
            jumlah=len(ledger),
            celah=texts.decimal(float(ledger["celah_diisi_m2"].sum()), 0),
            serah=texts.decimal(float(ledger["diserahkan_m2"].sum()), 0),
        ),
        texts(
            "perbaikan.terbesar",
            desa=most["nama"].iloc[0],
            kode=most.index[0],
            persen=texts.decimal(share, 2),
        ),
    ]
