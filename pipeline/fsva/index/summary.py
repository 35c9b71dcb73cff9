"""The summary of an edition: villages, people and area per class, whole and per kecamatan.

Owns counts, shares and mean scores (ringkasan, Form 3 of the official workbook) and the rule by
which shares are rounded. The causes are ``fsva.index.causes``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.typing import NAType
from pandas.arrays import FloatingArray

from fsva.config.methods.method import Measure, Method
from fsva.core import unit
from fsva.core.columns import BPS, DISTRICT, PARENT
from fsva.index import causes, composite

WHOLE = ""  # stands under ``kecamatan`` in the rows of a whole kabupaten
VULNERABLE, SECURE, NO_DATA, ALL = "rentan", "tahan", "tanpa data", "semua"
_GROUPS = (VULNERABLE, SECURE, NO_DATA, ALL)
AreaOrigin = Literal["tabel", "poligon", "tidak_ada"]
M2_PER_HA = 10_000

Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Sizes:
    """How many people live in each village and how large it is, as far as that is known.

    Parameters
    ----------
    people : Series of Float64, shape (n_villages,)
        Population; NA = not known.
    area_ha : Series of Float64, shape (n_villages,)
        Area in hectares with two decimals; NA = not known.
    area_origin : {"tabel", "poligon", "tidak_ada"}
        Whether the area is the table's, that of the polygons, or not known at all.
    """

    people: pd.Series[float]
    area_ha: pd.Series[float]
    area_origin: AreaOrigin


def sizes(villages: pd.DataFrame, polygons_m2: pd.Series[float] | None) -> Sizes:
    """Gather population and area of the villages.

    Parameters
    ----------
    villages : DataFrame
        The joined villages; their columns ``penduduk`` and ``luas_ha`` are used if there are
        any.
    polygons_m2 : Series of float or None
        Area of the polygons on the map's projection; None where the borders are schematic and
        their area means nothing.
    """
    nothing = pd.Series(pd.NA, index=villages.index, dtype="Float64")
    people = villages["penduduk"].astype("Float64") if "penduduk" in villages else nothing
    if "luas_ha" in villages:
        return Sizes(people, _two_decimals(villages["luas_ha"].astype("Float64")), "tabel")
    if polygons_m2 is None:
        return Sizes(people, nothing, "tidak_ada")
    hectares = _two_decimals(polygons_m2.astype("Float64") / M2_PER_HA)
    return Sizes(people, hectares, "poligon")


def _two_decimals(values: pd.Series[float]) -> pd.Series[float]:
    return (values * 100).round() / 100


def classes_of(method: Method) -> tuple[str, ...]:
    """Return the classes of a method as the summary writes them."""
    return tuple(str(one.number) for one in method.classes)


def labels(method: Method) -> tuple[str, ...]:
    """Return what villages are counted by: each class, the vulnerable, the secure, and so on."""
    return (*classes_of(method), *_GROUPS)


def tally(
    table: pd.DataFrame, measures: Sequence[Measure], known: Sizes, method: Method
) -> pd.DataFrame:
    """Count the villages, their people and their area in every class.

    Parameters
    ----------
    table : DataFrame
        From ``fsva.index.joined_table.tabulate``, indexed by Kemendagri code: ``kode_bps``,
        ``kecamatan`` and ``<id>_kelas`` of the measures.
    measures : sequence of Measure
        Indicators, composite, aspects.
    known : Sizes
        Population and area.
    method : Method
        Its classes, and which of them are vulnerable.

    Returns
    -------
    DataFrame
        ``kabupaten`` (code), ``kecamatan`` (``WHOLE`` for all of them), ``ukuran`` (id of the
        measure), ``kelas`` (one of ``labels``), ``jumlah`` (villages), ``persen`` (of the
        villages that have a class, two decimals, see ``shares``; NA for "tanpa data" and
        "semua"), ``penduduk`` and ``luas_ha`` (NA if that of any of the villages is not known).
        Kecamatan stand in the order of their BPS codes, each kabupaten before its kecamatan.
    """
    regions, of_village = _regions(table)
    parts = [_tally_one(table, m, known, regions, of_village, method) for m in measures]
    order = pd.concat(parts).sort_index(kind="stable")
    return order.reset_index(drop=True)


def _regions(table: pd.DataFrame) -> tuple[pd.DataFrame, Counts]:
    """List the kabupaten and their kecamatan; give each village the rows of its two."""
    own = table[[PARENT, BPS]].assign(**{DISTRICT: table.index.map(unit.DISTRICT.kemendagri_of)})
    parts = own.groupby([DISTRICT, PARENT], as_index=False)[BPS].min()
    wholes = parts.groupby(DISTRICT, as_index=False)[BPS].min().assign(**{PARENT: WHOLE})
    both = pd.concat([wholes, parts]).sort_values([DISTRICT, BPS], kind="stable")
    rows = pd.MultiIndex.from_frame(both[[DISTRICT, PARENT]])
    part_of = pd.MultiIndex.from_frame(own[[DISTRICT, PARENT]])
    whole_of = pd.MultiIndex.from_arrays([own[DISTRICT], [WHOLE] * len(own)])
    of_village = np.stack([rows.get_indexer(part_of), rows.get_indexer(whole_of)])
    return both[[DISTRICT, PARENT]].reset_index(drop=True), of_village


def _tally_one(
    table: pd.DataFrame,
    measure: Measure,
    known: Sizes,
    regions: pd.DataFrame,
    of_village: Counts,
    method: Method,
) -> pd.DataFrame:
    """Count one measure; the index of the result is the row of the region."""
    classes = table[f"{measure.id}_kelas"].fillna(0).to_numpy(dtype=np.int64)
    cells = of_village * (method.n_classes + 1) + classes
    counts = _by_label(cells, np.ones(len(table)), len(regions), method)
    names = labels(method)
    classed = counts[:, [names.index(VULNERABLE)]] + counts[:, [names.index(SECURE)]]
    frame = regions.loc[regions.index.repeat(len(names))]
    return frame.assign(
        ukuran=measure.id,
        kelas=list(names) * len(regions),
        jumlah=counts.ravel().astype(np.int64),
        persen=_percent_of_classed(counts, classed),
        penduduk=_total(cells, known.people, len(regions), method),
        luas_ha=_total(cells, known.area_ha, len(regions), method),
    )


def _by_label(
    cells: Counts, weights: NDArray[np.float64], n_regions: int, method: Method
) -> NDArray[np.float64]:
    """Sum weights per region and label, the groups of classes included."""
    n_cells = n_regions * (method.n_classes + 1)
    one = np.bincount(cells.ravel(), np.tile(weights, len(cells)), n_cells)
    by_class = one.reshape(n_regions, method.n_classes + 1)
    missing, classes = by_class[:, :1], by_class[:, 1:]
    half = method.last_vulnerable
    groups = [classes[:, :half], classes[:, half:]]
    sums = [group.sum(axis=1, keepdims=True) for group in groups]
    return np.hstack([classes, *sums, missing, by_class.sum(axis=1, keepdims=True)])


def _total(
    cells: Counts, values: pd.Series[float], n_regions: int, method: Method
) -> FloatingArray:
    """Sum a size, in whole hundredths so that parts add up; NA where any is not known."""
    missing = values.isna().to_numpy()
    hundredths = np.rint(values.fillna(0).to_numpy(dtype=np.float64) * 100)
    sums = _by_label(cells, hundredths, n_regions, method).ravel() / 100
    lost = _by_label(cells, missing.astype(np.float64), n_regions, method).ravel() > 0
    return FloatingArray(sums, lost | missing.all())


def _percent_of_classed(counts: NDArray[np.float64], classed: NDArray[np.float64]) -> FloatingArray:
    percent = shares(counts.astype(np.int64), classed.astype(np.int64))
    percent[:, [-2, -1]] = np.nan  # "tanpa data" and "semua" are no shares
    missing = np.isnan(percent)
    return FloatingArray(np.where(missing, 0, percent).ravel(), missing.ravel())


def shares(parts: Counts, wholes: Counts) -> NDArray[np.float64]:
    """Return parts of wholes in percent with two decimals.

    Parameters
    ----------
    parts, wholes : array of int
        Shapes that go together.

    Returns
    -------
    array of float
        Each share rounded half up by itself, so a column may add up to 99.99 or 100.01. 0.00 is
        none at all and 100.00 is all: what would be rounded to them is 0.01 or 99.99. NaN where
        the whole is 0.

    Examples
    --------
    >>> shares(np.array([21, 17, 1, 0]), np.array([81, 81, 83762, 81]))
    array([2.593e+01, 2.099e+01, 1.000e-02, 0.000e+00])
    """
    safe = np.maximum(wholes, 1)
    hundredths = (20_000 * parts + safe) // (2 * safe)
    hundredths = np.where(parts > 0, np.maximum(hundredths, 1), hundredths)
    hundredths = np.where(parts < wholes, np.minimum(hundredths, 9_999), hundredths)
    return np.where(wholes > 0, hundredths / 100, np.nan)


def means(table: pd.DataFrame, method: Method) -> pd.DataFrame:
    """Compare the mean scores of the villages in vulnerable and in other composite classes.

    Parameters
    ----------
    table : DataFrame
        From ``fsva.index.joined_table.tabulate``.
    method : Method
        Bounds of the standard scores.

    Returns
    -------
    DataFrame
        One row per indicator and, last, the composite: ``ukuran``, ``rerata_rentan``,
        ``desa_rentan``, ``rerata_tahan``, ``desa_tahan``. The means are of standard scores
        (0-100, high is food secure); ``desa_`` counts the villages whose score is known, of
        which alone the mean is taken. NA where there is none.
    """
    vulnerable = causes.is_vulnerable(table[f"{method.composite.id}_kelas"], method)
    secure = ~vulnerable & table[f"{method.composite.id}_kelas"].notna()
    scores = {i.id: composite.standard_score(table[i.id], i) for i in method.indicators}
    scores[method.composite.id] = table[method.composite.id]
    rows = [(name, *_mean(score[vulnerable]), *_mean(score[secure]))
            for name, score in scores.items()]  # fmt: skip
    columns = ["ukuran", "rerata_rentan", "desa_rentan", "rerata_tahan", "desa_tahan"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"rerata_rentan": "Float64", "rerata_tahan": "Float64"})


def _mean(scores: pd.Series[float]) -> tuple[float | NAType, int]:
    return scores.mean(), int(scores.notna().sum())
