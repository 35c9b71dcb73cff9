"""What the repair did to a layer in all, for reports.

Owns the sums and the choice of villages; ``fsva.villages.repair`` owns the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fsva.sources.plain.plain_table import Table
from fsva.villages import repair


@dataclass(frozen=True)
class ChangedVillage:
    """A village whose polygon the repair changed.

    Parameters
    ----------
    code, name : str
        Kemendagri code and name.
    share : float
        The part of its area that came or went, the larger of both.
    """

    code: str
    name: str
    share: float


@dataclass(frozen=True)
class RepairTotal:
    """What the repair did to a layer.

    Parameters
    ----------
    n_changed : int
        Villages that it really changed.
    filled_m2, given_m2 : float
        Land of nobody that villages received, and land that they gave up, in all villages.
    most : ChangedVillage
        The village that it changed most.
    """

    n_changed: int
    filled_m2: float
    given_m2: float
    most: ChangedVillage


def total(ledger: Table) -> RepairTotal | None:
    """Return what the repair did in all; None if it changed no village.

    Parameters
    ----------
    ledger : Table
        From ``fsva.villages.repair.account``; may be empty.
    """
    changed = repair.touched(ledger)
    if not len(changed):
        return None
    filled, given = (float(ledger[f"{what}_m2"].sum()) for what in ("celah_diisi", "diserahkan"))
    (most,) = _changes(changed.rows([int(np.argmax(changed["perubahan"]))]))
    return RepairTotal(len(changed), filled, given, most)


def much_changed(ledger: Table) -> list[ChangedVillage]:
    """Return the villages that the repair changed by more than ``repair.LARGEST_CHANGE``."""
    if not len(ledger):
        return []
    return _changes(ledger.rows(ledger["perubahan"] > repair.LARGEST_CHANGE))


def _changes(ledger: Table) -> list[ChangedVillage]:
    cells = zip(ledger.index, ledger["nama"], ledger["perubahan"], strict=True)
    return [ChangedVillage(str(code), str(name), float(share)) for code, name, share in cells]
