"""Targeting: villages in need, pockets of extreme poverty and programme coverage.

Owns the rules of targeting. A village is in need if its composite class is vulnerable, and a pocket
if it has more extremely poor persons than the stated number. Unknown stays unknown and never counts
as no. It reads and writes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from fsva.config.methods.interventions import PocketLimits
from fsva.config.methods.method import Method
from fsva.core.columns import BPS, KEMENDAGRI, PARENT
from fsva.index import result_columns
from fsva.index.joined_table import JoinedTable, known
from fsva.index.result_columns import Columns
from fsva.sources.plain.arrays import Floats, Mask, Words
from fsva.sources.tables.targets import NOT_NAMED, PERSONS, Served


def pockets(persons: Floats, limits: PocketLimits) -> Words:
    """Tell which villages are pockets of extreme poverty.

    Parameters
    ----------
    persons : array of float, shape (n_villages,)
        Extremely poor persons, >= 0; NaN = not known.

    Returns
    -------
    array of True, False or None
        None where the number is not known.

    Examples
    --------
    >>> limits = PocketLimits(more_than=100, hide_below=5)
    >>> pockets(np.array([100, 101, np.nan]), limits).tolist()
    [False, True, None]
    """
    return result_columns.answers(persons > limits.more_than, ~np.isnan(persons))


def overlay(
    table: JoinedTable, persons: Floats | None, method: Method, limits: PocketLimits
) -> Columns:
    """Overlay pockets of extreme poverty on the composite classes.

    Parameters
    ----------
    table : JoinedTable
        The villages and their classes.
    persons : array of float, shape (n_villages,), or None
        Extremely poor persons; NaN = not known.
    method : Method
        Names the composite and the vulnerable classes.

    Returns
    -------
    Columns
        Codes and names, ``kelas``, ``rentan`` (in need), ``jiwa_miskin_ekstrem``, ``kantong``,
        ``keduanya``; None or NaN where it is not known.
    """
    classes = table.classes[method.composite.id]
    counts = np.full(len(table), np.nan) if persons is None else persons
    in_need = result_columns.answers(classes < method.first_secure, classes > 0)
    in_pocket = pockets(counts, limits)
    both = result_columns.yes(in_need) & result_columns.yes(in_pocket)
    return {
        KEMENDAGRI: result_columns.words(table.codes),
        **table.keys,
        "kelas": known(classes),
        "rentan": in_need,
        PERSONS: counts,
        "kantong": in_pocket,
        "keduanya": result_columns.answers(
            both, both | result_columns.no(in_need) | result_columns.no(in_pocket)
        ),
    }


def is_hidden(persons: Floats, limits: PocketLimits) -> Mask:
    """Tell which counts are so small that they could point to a household.

    Parameters
    ----------
    persons : array of float
        Extremely poor persons; 0 is shown.
    """
    return (persons > 0) & (persons < limits.hide_below)


def totals(laid: Columns, limits: PocketLimits) -> Columns:
    """Count villages in need, pockets and both per kecamatan.

    Parameters
    ----------
    laid : Columns
        From ``overlay``.
    limits : PocketLimits
        Hidden counts enter no sum, so that no difference reveals them.

    Returns
    -------
    Columns
        ``kecamatan`` in alphabetical order, ``desa``, ``rentan``, ``kantong``, ``keduanya``,
        ``kantong_tidak_diketahui``, ``jiwa_tercantum`` and ``desa_disembunyikan``.
    """
    hidden = is_hidden(laid[PERSONS], limits)
    counted = {
        "desa": np.ones(len(hidden)),
        **{name: result_columns.yes(laid[name]) for name in ("rentan", "kantong", "keduanya")},
        "kantong_tidak_diketahui": result_columns.unknown(laid["kantong"]),
        "jiwa_tercantum": np.where(hidden, 0, np.nan_to_num(laid[PERSONS])),
        "desa_disembunyikan": hidden,
    }
    return _sums(laid[PARENT], PARENT, counted)


def _sums(names: Words, heading: str, counted: Columns) -> Columns:
    """Return the sums of whole numbers for each name, the names in alphabetical order."""
    of_names = dict(sorted(result_columns.groups(names).items()))
    sums = {
        name: np.array([column[at].sum() for at in of_names.values()], dtype=np.int64)
        for name, column in counted.items()
    }
    return {heading: result_columns.words(of_names), **sums}


def targets(laid: Columns) -> Columns:
    """Return the villages in need or in a pocket, pockets in need first, then by class.

    Parameters
    ----------
    laid : Columns
        From ``overlay``.
    """
    chosen = result_columns.at(
        laid, result_columns.yes(laid["rentan"]) | result_columns.yes(laid["kantong"])
    )
    classes = np.array([priority or math.inf for priority in chosen["kelas"].tolist()])
    return result_columns.at(chosen, np.lexsort((classes, ~result_columns.yes(chosen["keduanya"]))))


def served(laid: Columns, coverage: Mapping[tuple[str, str], Served]) -> Columns:
    """Pair every target village with every programme and tell whether it is served.

    Parameters
    ----------
    laid : Columns
        From ``overlay``.
    coverage : mapping of (BPS code, programme) to Served
        From ``fsva.sources.tables.targets.read_coverage``.

    Returns
    -------
    Columns
        Rows of ``targets`` times programmes in alphabetical order, with ``program``,
        ``dilayani`` and ``cakupan``; None or NaN where the table of programmes does not name the
        village.
    """
    offered = sorted({programme for _, programme in coverage})
    found = targets(laid)
    n_targets = result_columns.count(found)
    pairs = result_columns.at(found, np.repeat(np.arange(n_targets), len(offered)))
    pairs["program"] = result_columns.words(offered * n_targets)
    keys = zip(pairs[BPS].tolist(), pairs["program"].tolist(), strict=True)
    said = [coverage.get(key, NOT_NAMED) for key in keys]
    ratios = [np.nan if one.ratio is None else one.ratio for one in said]
    return {
        **pairs,
        "dilayani": result_columns.words(one.is_served for one in said),
        "cakupan": np.array(ratios, dtype=np.float64),
    }


def programmes(pairs: Columns) -> Columns:
    """Count served and not served target villages per programme.

    Parameters
    ----------
    pairs : Columns
        From ``served``.

    Returns
    -------
    Columns
        ``program``, ``dilayani``, of these ``dilayani_sebagian`` (a ratio below 1),
        ``tidak_dilayani``, ``tidak_diketahui``, ``keduanya_tidak_dilayani`` for pockets in class
        1-3, and ``cakupan_rerata``, the mean of the ratios that are given; NaN if none is.
    """
    state, ratios, missed = (
        pairs["dilayani"],
        pairs["cakupan"],
        result_columns.no(pairs["dilayani"]),
    )
    counted = {
        "dilayani": result_columns.yes(state),
        "dilayani_sebagian": (ratios > 0) & (ratios < 1),
        "tidak_dilayani": missed,
        "tidak_diketahui": result_columns.unknown(state),
        "keduanya_tidak_dilayani": missed & result_columns.yes(pairs["keduanya"]),
    }
    found = _sums(pairs["program"], "program", counted)
    of_names = result_columns.groups(pairs["program"])
    means = [_mean(ratios[of_names[name]]) for name in found["program"].tolist()]
    return {**found, "cakupan_rerata": np.array(means, dtype=np.float64)}


def _mean(ratios: Floats) -> float:
    given = ratios[~np.isnan(ratios)].tolist()
    return math.fsum(given) / len(given) if given else math.nan
