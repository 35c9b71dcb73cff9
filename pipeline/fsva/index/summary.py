"""The summary of an edition: villages, people and area per class, whole and per kecamatan.

Owns counts, shares and mean scores (ringkasan, Form 3 of the official workbook) and the rounding
of shares. ``fsva.index.causes`` owns the causes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fsva.config.methods.method import Measure, Method
from fsva.core import levels
from fsva.core.columns import DISTRICT, PARENT
from fsva.index import causes, composite, result_columns
from fsva.index.joined_table import JoinedTable
from fsva.index.result_columns import Columns
from fsva.sources.plain.arrays import Floats

WHOLE = ""  # stands under ``kecamatan`` in the rows of a whole kabupaten
VULNERABLE, SECURE, NO_DATA, ALL = "rentan", "tahan", "tanpa data", "semua"
_GROUPS = (VULNERABLE, SECURE, NO_DATA, ALL)
AreaOrigin = Literal["tabel", "poligon", "tidak_ada"]
M2_PER_HA = 10_000

Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Sizes:
    """Population and area of each village, where known.

    Parameters
    ----------
    people : array of float, shape (n_villages,)
        Population; NaN = not known.
    area_ha : array of float, shape (n_villages,)
        Area in hectares with two decimals; NaN = not known.
    area_origin : {"tabel", "poligon", "tidak_ada"}
        Source of the area: the table, the polygons, or none.
    """

    people: Floats
    area_ha: Floats
    area_origin: AreaOrigin


def sizes(villages: Mapping[str, Floats], n_villages: int, polygons_m2: Floats | None) -> Sizes:
    """Gather population and area of the villages.

    Parameters
    ----------
    villages : mapping of str to array of float
        Their columns; ``penduduk`` and ``luas_ha`` are used if there are any.
    polygons_m2 : array of float or None
        Area of the polygons on the map's projection; None where the borders are schematic and
        their area means nothing.
    """
    nothing = np.full(n_villages, np.nan)
    people = villages.get("penduduk", nothing)
    if "luas_ha" in villages:
        return Sizes(people, _two_decimals(villages["luas_ha"]), "tabel")
    if polygons_m2 is None:
        return Sizes(people, nothing, "tidak_ada")
    return Sizes(people, _two_decimals(polygons_m2 / M2_PER_HA), "poligon")


def _two_decimals(values: Floats) -> Floats:
    return np.round(values * 100) / 100


def classes_of(method: Method) -> tuple[str, ...]:
    """Return the classes of a method as the summary writes them."""
    return tuple(str(priority.number) for priority in method.classes)


def labels(method: Method) -> tuple[str, ...]:
    """Return the labels of the counts: each class, the vulnerable, the secure, and so on."""
    return (*classes_of(method), *_GROUPS)


def tally(table: JoinedTable, measures: Sequence[Measure], known: Sizes, method: Method) -> Columns:
    """Count the villages, their people and their area in every class.

    Parameters
    ----------
    measures : sequence of Measure
        Indicators, composite, aspects.
    known : Sizes
        Population and area.
    method : Method
        Its classes, and which of them are vulnerable.

    Returns
    -------
    Columns
        ``kabupaten`` (code), ``kecamatan`` (``WHOLE`` for all of them), ``ukuran`` (id of the
        measure), ``kelas`` (one of ``labels``), ``jumlah`` (villages), ``persen`` (of the
        villages that have a class, two decimals, see ``shares``; NaN for "tanpa data" and
        "semua"), ``penduduk`` and ``luas_ha`` (NaN if that of any of the villages is not known).
        Kecamatan stand in the order of their BPS codes, each kabupaten before its kecamatan.
    """
    regions, of_village = _regions(table)
    names = labels(method)
    parts = [
        _tally_one(
            of_village * (method.n_classes + 1) + table.classes[m.id], known, len(regions), method
        )
        for m in measures
    ]
    heads = [(*region, m.id, label) for region in regions for m in measures for label in names]
    head = zip((DISTRICT, PARENT, "ukuran", "kelas"), zip(*heads, strict=True), strict=True)
    # Of each region all measures, of each measure all labels.
    counted = {name: np.stack([part[name] for part in parts], axis=1).ravel() for name in parts[0]}
    return {**{name: result_columns.words(column) for name, column in head}, **counted}


def _regions(table: JoinedTable) -> tuple[list[tuple[str, str]], Counts]:
    """List the kabupaten and their kecamatan; give each village the rows of its two."""
    districts = map(levels.DISTRICT.kemendagri_of, table.codes)
    places = list(zip(districts, table.subdistricts.tolist(), strict=True))
    wholes = [(district, WHOLE) for district, _ in places]
    first: dict[tuple[str, str], str] = {}
    for pairs in (wholes, places):
        for region, code in zip(pairs, table.bps_codes.tolist(), strict=True):
            first[region] = min(first.get(region, code), code)
    regions = sorted(first, key=lambda region: (region[0], first[region], region[1]))
    numbers = {region: n for n, region in enumerate(regions)}
    return regions, np.array([[numbers[region] for region in pairs] for pairs in (places, wholes)])


def _tally_one(cells: Counts, known: Sizes, n_regions: int, method: Method) -> Columns:
    """Count one measure in every region, shape (n_regions, n_labels)."""
    names = labels(method)
    counts = _by_label(cells, np.ones(cells.shape[1]), n_regions, method)
    classed = counts[:, [names.index(VULNERABLE)]] + counts[:, [names.index(SECURE)]]
    return {
        "jumlah": counts.astype(np.int64),
        "persen": _percent_of_classed(counts, classed),
        "penduduk": _total(cells, known.people, n_regions, method),
        "luas_ha": _total(cells, known.area_ha, n_regions, method),
    }


def _by_label(
    cells: Counts, weights: NDArray[np.float64], n_regions: int, method: Method
) -> NDArray[np.float64]:
    """Sum weights per region and label, the groups of classes included."""
    n_cells = n_regions * (method.n_classes + 1)
    counts = np.bincount(cells.ravel(), np.tile(weights, len(cells)), n_cells)
    by_class = counts.reshape(n_regions, method.n_classes + 1)
    missing, classes = by_class[:, :1], by_class[:, 1:]
    half = method.last_vulnerable
    groups = [classes[:, :half], classes[:, half:]]
    sums = [group.sum(axis=1, keepdims=True) for group in groups]
    return np.hstack([classes, *sums, missing, by_class.sum(axis=1, keepdims=True)])


def _total(cells: Counts, values: Floats, n_regions: int, method: Method) -> Floats:
    """Sum a size in whole hundredths, so that parts add up; NaN where any is not known."""
    missing = np.isnan(values)
    hundredths = np.rint(np.where(missing, 0, values) * 100)
    sums = _by_label(cells, hundredths, n_regions, method) / 100
    lost = _by_label(cells, missing.astype(np.float64), n_regions, method) > 0
    return np.where(lost | missing.all(), np.nan, sums)


def _percent_of_classed(counts: Floats, classed: Floats) -> Floats:
    percent = shares(counts.astype(np.int64), classed.astype(np.int64))
    percent[:, [-2, -1]] = np.nan  # "tanpa data" and "semua" are no shares
    return percent


def shares(parts: Counts, wholes: Counts) -> NDArray[np.float64]:
    """Return parts of wholes in percent with two decimals.

    Parameters
    ----------
    parts, wholes : array of int
        Shapes that go together.

    Returns
    -------
    array of float
        Each share is rounded half up by itself, so a column may add up to 99.99 or 100.01. 0.00
        means none and 100.00 means all: any other share is at least 0.01 and at most 99.99.
        NaN where the whole is 0.

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


def means(table: JoinedTable, method: Method) -> Columns:
    """Compare the mean scores of the villages in vulnerable and in other composite classes.

    Parameters
    ----------
    method : Method
        Bounds of the standard scores.

    Returns
    -------
    Columns
        One row per indicator and, last, the composite: ``ukuran``, ``rerata_rentan``,
        ``desa_rentan``, ``rerata_tahan``, ``desa_tahan``. The means are of standard scores
        (0-100, high is food secure); ``desa_`` counts the villages with a known score, over
        which the mean is taken. NaN where there are none.
    """
    classes = table.classes[method.composite.id]
    vulnerable = causes.is_vulnerable(classes, method)
    scores = {i.id: composite.standard_score(table.values[i.id], i) for i in method.indicators}
    scores[method.composite.id] = table.values[method.composite.id]
    averages: Columns = {"ukuran": result_columns.words(scores)}
    for group, chosen in (("rentan", vulnerable), ("tahan", ~vulnerable & (classes > 0))):
        known = [score[chosen & ~np.isnan(score)] for score in scores.values()]
        averages[f"rerata_{group}"] = np.array([k.mean() if len(k) else np.nan for k in known])
        averages[f"desa_{group}"] = np.array([len(k) for k in known])
    return averages
