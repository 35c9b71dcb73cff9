"""What the repair did to a layer in all, for reports.

Owns the sums and the choice of villages; ``fsva.villages.repair`` owns the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

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


def total(ledger: pd.DataFrame) -> RepairTotal | None:
    """Return what the repair did in all; None if it changed no village.

    Parameters
    ----------
    ledger : DataFrame
        From ``fsva.villages.repair.account``; may be empty.
    """
    changed = repair.touched(ledger)
    if changed.empty:
        return None
    filled, given = (float(ledger[f"{what}_m2"].sum()) for what in ("celah_diisi", "diserahkan"))
    (most,) = _changes(changed.nlargest(1, "perubahan"))
    return RepairTotal(len(changed), filled, given, most)


def much_changed(ledger: pd.DataFrame) -> list[ChangedVillage]:
    """Return the villages that the repair changed by more than ``repair.LARGEST_CHANGE``."""
    return [] if ledger.empty else _changes(ledger[ledger["perubahan"] > repair.LARGEST_CHANGE])


def _changes(ledger: pd.DataFrame) -> list[ChangedVillage]:
    cells = zip(ledger.index, ledger["nama"], ledger["perubahan"], strict=True)
    return [ChangedVillage(str(code), str(name), float(share)) for code, name, share in cells]
