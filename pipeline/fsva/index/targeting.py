"""Targeting: villages in need, pockets of extreme poverty and programme coverage.

Owns the rules of targeting. A village is in need if its composite class is 1-3, and a pocket if
it has more extremely poor persons than the stated number. Unknown stays unknown and never counts
as no. It reads and writes nothing.
"""

from __future__ import annotations

import pandas as pd

from fsva.config.methods.interventions import PocketLimits
from fsva.config.methods.method import Method
from fsva.core.columns import BPS, KEYS, PARENT

PERSONS = "jiwa_miskin_ekstrem"


def pockets(persons: pd.Series[int], limits: PocketLimits) -> pd.Series[bool]:
    """Tell which villages are pockets of extreme poverty.

    Parameters
    ----------
    persons : Series of Int64, shape (n_villages,)
        Extremely poor persons, >= 0; NA = not known.

    Returns
    -------
    Series of boolean
        NA where the number is not known.

    Examples
    --------
    >>> limits = PocketLimits(more_than=100, hide_below=5)
    >>> pockets(pd.Series([100, 101, None], dtype="Int64"), limits).tolist()
    [False, True, <NA>]
    """
    return (persons > limits.more_than).astype("boolean")


def overlay(
    table: pd.DataFrame, persons: pd.Series[int] | None, method: Method, limits: PocketLimits
) -> pd.DataFrame:
    """Overlay pockets of extreme poverty on the composite classes.

    Parameters
    ----------
    table : DataFrame
        From ``fsva.index.joined_table.tabulate``.
    persons : Series of Int64 or None
        Extremely poor persons by BPS code; unknown for villages that it lacks.
    method : Method
        Names the composite and the vulnerable classes.

    Returns
    -------
    DataFrame, shape (n_villages, 8)
        Indexed by Kemendagri code: the keys, ``kelas``, ``rentan`` (class 1-3),
        ``jiwa_miskin_ekstrem``, ``kantong``, ``keduanya``; NA where it is not known.
    """
    laid = table[list(KEYS)].copy()
    laid["kelas"] = table[f"{method.composite.id}_kelas"].astype("Int8")
    laid["rentan"] = (laid["kelas"] < method.first_secure).astype("boolean")
    known = pd.Series(dtype="Int64") if persons is None else persons
    laid[PERSONS] = known.reindex(laid[BPS]).astype("Int64").set_axis(laid.index)
    laid["kantong"] = pockets(laid[PERSONS], limits)
    laid["keduanya"] = laid["rentan"] & laid["kantong"]
    return laid


def is_hidden(persons: pd.Series[int], limits: PocketLimits) -> pd.Series[bool]:
    """Tell which counts are so small that they could point to a household.

    Parameters
    ----------
    persons : Series of Int64
        Extremely poor persons; 0 is shown.
    """
    return ((persons > 0) & (persons < limits.hide_below)).fillna(False).astype(bool)


def totals(laid: pd.DataFrame, limits: PocketLimits) -> pd.DataFrame:
    """Count villages in need, pockets and both per kecamatan.

    Parameters
    ----------
    laid : DataFrame
        From ``overlay``.
    limits : PocketLimits
        Hidden counts enter no sum, so that no difference reveals them.

    Returns
    -------
    DataFrame
        Indexed by kecamatan in alphabetical order: ``desa``, ``rentan``, ``kantong``,
        ``keduanya``, ``kantong_tidak_diketahui``, ``jiwa_tercantum`` and
        ``desa_disembunyikan``.
    """
    hidden = is_hidden(laid[PERSONS], limits)
    shown = laid[PERSONS].mask(hidden)
    counts = pd.DataFrame(
        {
            "desa": 1,
            "rentan": laid["rentan"].fillna(False).astype(int),
            "kantong": laid["kantong"].fillna(False).astype(int),
            "keduanya": laid["keduanya"].fillna(False).astype(int),
            "kantong_tidak_diketahui": laid["kantong"].isna().astype(int),
            "jiwa_tercantum": shown.fillna(0).astype("int64"),
            "desa_disembunyikan": hidden.astype(int),
        }
    )
    return counts.groupby(laid[PARENT]).sum().sort_index()


def targets(laid: pd.DataFrame) -> pd.DataFrame:
    """Return the villages in need or in a pocket, pockets in need first, then by class.

    Parameters
    ----------
    laid : DataFrame
        From ``overlay``.
    """
    chosen = laid[(laid["rentan"] | laid["kantong"]).fillna(False).astype(bool)]
    urgency = (~chosen["keduanya"].fillna(False)).astype(int)
    order = pd.DataFrame({"urgency": urgency, "kelas": chosen["kelas"].fillna(9)})
    return chosen.loc[order.sort_values(["urgency", "kelas"], kind="stable").index]


def served(laid: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """Pair every target village with every programme and tell whether it is served.

    Parameters
    ----------
    laid : DataFrame
        From ``overlay``.
    coverage : DataFrame
        Indexed by BPS code and ``program``: ``dilayani`` as boolean, ``cakupan`` as ratio, NA = not
        known.

    Returns
    -------
    DataFrame
        Rows of ``targets`` times programmes in alphabetical order, with ``program``,
        ``dilayani`` and ``cakupan``; NA where the table of programmes does not name the village.
    """
    programmes = sorted(set(coverage.index.get_level_values("program")))
    pairs = targets(laid).merge(pd.DataFrame({"program": programmes}), how="cross")
    keys = pd.MultiIndex.from_frame(pairs[[BPS, "program"]])
    for name in ("dilayani", "cakupan"):
        pairs[name] = coverage[name].reindex(keys).array
    return pairs


def programmes(pairs: pd.DataFrame) -> pd.DataFrame:
    """Count served and not served target villages per programme.

    Parameters
    ----------
    pairs : DataFrame
        From ``served``.

    Returns
    -------
    DataFrame
        Indexed by ``program``: ``dilayani``, of these ``dilayani_sebagian`` (a ratio below 1),
        ``tidak_dilayani``, ``tidak_diketahui``, ``keduanya_tidak_dilayani`` for pockets in class
        1-3, and ``cakupan_rerata``, the mean of the ratios that are given; NA if none is.
    """
    state = pairs["dilayani"]
    missed = (~state).fillna(False)
    counts = pd.DataFrame(
        {
            "dilayani": state.fillna(False).astype(int),
            "dilayani_sebagian": pairs["cakupan"]
            .between(0, 1, inclusive="neither")
            .fillna(False)
            .astype(int),
            "tidak_dilayani": missed.astype(int),
            "tidak_diketahui": state.isna().astype(int),
            "keduanya_tidak_dilayani": (missed & pairs["keduanya"].fillna(False)).astype(int),
        }
    )
    names = pairs["program"]
    ratios = pairs["cakupan"].groupby(names).mean().rename("cakupan_rerata")
    return counts.groupby(names).sum().join(ratios).sort_index()
