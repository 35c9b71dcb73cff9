"""Making a village layer a clean coverage: valid polygons, no overlaps, no slivers.

Owns the repair of geometry and the ledger of its changes to every village. It works on projected
layers (metres) and reads and writes no files. It does not simplify; ``fsva.drawing.maps.district``
does, once, for drawing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.core.errors import GeometryError, Place
from fsva.core.remedies import edition_entries
from fsva.sources.plain.arrays import Floats, Shapes
from fsva.sources.plain.plain_table import Column, Table, words
from fsva.sources.plain.shape_table import ShapeTable
from fsva.villages import faulty_parts

# Gaps between villages and torn-off strips of a village narrower than this are drawing errors,
# not land.
GAP_WIDTH_M = 20.0
# Largest share of a village's area that the repair may remove or add.
LARGEST_CHANGE = 0.05
# Smallest change of area; less comes from rounded coordinates.
SMALLEST_M2 = 0.05
# Polygons made valid at once.
_AT_ONCE = 4096
# Without it, GEOS may find the circle in a long strip too small by a thousandth of its length.
_WIDTH_TOLERANCE_M = 0.01


class _Common(NamedTuple):
    """Parts of pieces with their villages, and what part ``part`` shares with ``other``."""

    parts: Shapes
    owner: NDArray[np.intp]
    part: NDArray[np.intp]
    other: NDArray[np.intp]
    common: Shapes


class _Transfers(NamedTuple):
    """Land that one village gave up and another has: positions in the layer, m2."""

    giver: NDArray[np.intp]
    taker: NDArray[np.intp]
    area: Floats


def repair(layer: ShapeTable) -> tuple[ShapeTable, Table]:
    """Return the layer as a coverage and the ledger of what changed.

    Polygons are made valid, overlaps are given to the side with the longer border, gaps narrower
    than 20 m are closed, and torn-off strips narrower than 20 m go to their neighbour, in this
    order.

    Parameters
    ----------
    layer : ShapeTable
        One row per village in metres, indexed by code: ``nama``.

    Returns
    -------
    layer : ShapeTable
        The same rows; borders of neighbours are identical.
    ledger : Table
        Per village ``nama`` and, in m2: ``luas_sebelum_m2`` (as drawn), ``luas_sah_m2`` (made
        valid), ``luas_sesudah_m2``; ``celah_diisi_m2`` from closed gaps, ``tambahan_m2`` of land
        outside the village that a neighbour gave up, ``diserahkan_m2`` given up to neighbours,
        ``dibuang_m2`` that nobody has any more; after = valid + gaps + added - given up -
        dropped. ``diserahkan_kepada`` and ``diterima_dari`` name the other side as ``code=m2``,
        ``bagian_hilang`` counts parts that are gone, ``perubahan`` is the share of the area that
        came or went (the larger), 0..1.

    Raises
    ------
    GeometryError
        If a village would change by more than 5 % of its area.
    """
    mended = clean(layer)
    return mended, account(layer, mended)


def clean(layer: ShapeTable, accepted: Collection[str] = frozenset()) -> ShapeTable:
    """Return the layer as a coverage, without the ledger, which takes as much time again.

    Parameters
    ----------
    layer : ShapeTable
        As for ``repair``.
    accepted : collection of str
        Codes of villages that may change more.

    Raises
    ------
    GeometryError
        If nothing would be left of a village, or its area grows or shrinks by more than 5 %;
        one that gains as much as it loses is only found by ``account``.
    """
    drawn = layer.geometry
    mended = to_coverage(drawn)
    coverage = layer.with_geometry(mended)
    before, after = shapely.area(drawn), shapely.area(mended)
    if shapely.is_empty(mended).any() or (abs(after - before) > LARGEST_CHANGE * before).any():
        account(layer, coverage, accepted)  # which says what became of each village, and raises
    return coverage


def account(
    layer: ShapeTable, mended: ShapeTable, accepted: Collection[str] = frozenset()
) -> Table:
    """Return the ledger of the repair.

    Parameters
    ----------
    layer, mended : ShapeTable
        As given to ``clean`` and as it returned it.
    accepted : collection of str
        Codes of villages that may change more, but not vanish.

    Returns
    -------
    Table
        As from ``repair``.

    Raises
    ------
    GeometryError
        If a village has changed by more than 5 % of its area.
    """
    drawn, after = layer.geometry, mended.geometry
    valid, crossed = drawn.copy(), ~shapely.is_valid(drawn)
    valid[crossed] = make_valid(drawn[crossed])
    columns = _ledger(layer.index, drawn, valid, after)
    ledger = Table(layer.index, {"nama": layer["nama"], **columns}, layer.key)
    large = (ledger["perubahan"] > LARGEST_CHANGE) & ~ledger.is_in(accepted)
    changed = shapely.is_empty(after) | large
    if changed.any():
        much = ledger.rows(changed)
        left = much.rows(much["luas_sesudah_m2"] > 0)  # a village that vanishes cannot be accepted
        villages = zip(left.codes, map(str, left["nama"]), strict=True)
        entries = [edition_entries.of_layer("perubahan", village) for village in villages]
        raise GeometryError("berubah_banyak", _places(much), decisions=entries)
    return ledger


def touched(ledger: Table) -> Table:
    """Return the rows of a ledger for villages that the repair really changed.

    Parameters
    ----------
    ledger : Table
        From ``repair``; may be empty.
    """
    if not len(ledger):
        return ledger
    flows = ["celah_diisi_m2", "tambahan_m2", "diserahkan_m2", "dibuang_m2"]
    mended = np.abs(ledger["luas_sah_m2"] - ledger["luas_sebelum_m2"])
    moved = np.fmax.reduce([*(ledger[flow] for flow in flows), mended])
    received = ledger["diterima_dari"] != ""
    return ledger.rows((moved >= SMALLEST_M2) | received | (ledger["bagian_hilang"] > 0))


def _places(ledger: Table) -> Sequence[Place]:
    return [
        Place(village=f"{name} ({code})", found=f"{before:.0f} m2 → {after:.0f} m2")
        for code, name, before, after in zip(
            ledger.codes,
            ledger["nama"],
            ledger["luas_sebelum_m2"],
            ledger["luas_sesudah_m2"],
            strict=True,
        )
    ]


def make_valid(polygons: Shapes) -> Shapes:
    """Return polygons that do not cross themselves; lines and points among them are dropped.

    Parameters
    ----------
    polygons : array of Polygon and MultiPolygon, shape (n,)
        In metres.
    """
    valid = polygons.copy()
    for start in range(0, len(polygons), _AT_ONCE):  # what was sound is not held twice
        some = polygons[start : start + _AT_ONCE]
        made = shapely.make_valid(some, method="structure", keep_collapsed=False)
        same = shapely.equals_exact(some, made)
        valid[start : start + _AT_ONCE] = np.where(same, some, made)
    return valid


def to_coverage(polygons: Shapes) -> Shapes:
    """Return polygons whose shared borders are the same line, in the same order.

    Parameters
    ----------
    polygons : array of Polygon and MultiPolygon, shape (n,)
        In metres.
    """
    if not shapely.is_valid(polygons).all():
        return _merge_strips(faulty_parts.cleaned(make_valid(polygons), GAP_WIDTH_M))
    wrong = faulty_parts.with_wrong_edges(polygons, GAP_WIDTH_M)
    if not wrong.any():
        return _merge_strips(polygons)
    return _merge_strips(faulty_parts.cleaned(make_valid(polygons), GAP_WIDTH_M, wrong))


def _merge_strips(coverage: Shapes) -> Shapes:
    """Give narrow parts that are torn off their village to the neighbour they border most.

    The largest part of a village, and parts that border nobody (islets), stay.
    """
    parts, owner = shapely.get_parts(coverage, return_index=True)
    size = shapely.area(parts)
    largest = np.zeros(len(coverage))
    np.maximum.at(largest, owner, size)
    merged, grown = coverage.copy(), set[int]()
    torn = np.flatnonzero(size < largest[owner])
    narrow = torn[_widths(parts[torn]) < GAP_WIDTH_M]
    if not len(narrow):
        return merged
    villages = shapely.STRtree(coverage)
    for n in narrow:
        around = np.array(sorted({*villages.query(parts[n]).tolist(), *grown}), dtype=np.int64)
        taker = _longest_neighbour(parts[n], int(owner[n]), merged, around)
        if taker is not None:
            merged[owner[n]] = shapely.difference(merged[owner[n]], parts[n])
            merged[taker] = shapely.union(merged[taker], parts[n])
            grown.add(taker)
    return merged


def _widths(parts: Shapes) -> Floats:
    """Return the diameter of the largest circle within each polygon."""
    widths = np.zeros(len(parts))
    solid = shapely.area(parts) >= SMALLEST_M2
    circles = shapely.maximum_inscribed_circle(parts[solid], tolerance=_WIDTH_TOLERANCE_M)
    widths[solid] = 2 * shapely.length(circles)
    return widths


def _longest_neighbour(
    part: shapely.Geometry, owner: int, coverage: Shapes, around: NDArray[np.int64]
) -> int | None:
    """Return which of the villages around a part has the longest border with it."""
    shared = shapely.length(shapely.intersection(shapely.boundary(part), coverage[around]))
    shared[around == owner] = 0.0
    return int(around[np.argmax(shared)]) if shared.max(initial=0) > 0 else None


def _ledger(index: Column, drawn: Shapes, valid: Shapes, mended: Shapes) -> dict[str, Column]:
    """Account for every square metre between the layer as drawn and as repaired."""
    # A hole larger than its outline has a negative area: nothing of the village is drawn.
    before = np.maximum(shapely.area(drawn), 0.0)
    sound, after = shapely.area(valid), shapely.area(mended)
    lost, gained = _between(valid, mended)
    moved = _transfers(lost, mended)
    given = np.bincount(moved.giver, moved.area, len(valid))
    gaps = _outside(gained, valid)
    out, into = shapely.area(lost), shapely.area(gained)
    largest = np.maximum.reduce([np.abs(after - before), out, into])
    share = np.divide(largest, before, out=np.ones(len(before)), where=before > 0)
    return {
        "luas_sebelum_m2": before,
        "luas_sah_m2": sound,
        "luas_sesudah_m2": after,
        "celah_diisi_m2": gaps,
        "tambahan_m2": into - gaps,
        "diserahkan_m2": given,
        "diserahkan_kepada": words(_named(moved.giver, moved.taker, moved.area, index)),
        "diterima_dari": words(_named(moved.taker, moved.giver, moved.area, index)),
        "dibuang_m2": out - given,
        "bagian_hilang": _lost_parts(drawn, sound - out, mended),
        "perubahan": share,
    }


def _between(valid: Shapes, mended: Shapes) -> tuple[Shapes, Shapes]:
    """Return what each village lost and what it gained; nothing where it is the same polygon."""
    lost = np.full(len(valid), shapely.Polygon(), dtype=object)
    gained = lost.copy()
    changed = ~shapely.equals_exact(valid, mended, normalize=True)
    lost[changed] = shapely.difference(valid[changed], mended[changed])
    gained[changed] = shapely.difference(mended[changed], valid[changed])
    return lost, gained


def _transfers(lost: Shapes, mended: Shapes) -> _Transfers:
    """Find the villages that received the land of others; repaired villages do not overlap."""
    shared = _common(lost, mended)
    pairs = np.stack([shared.owner[shared.part], shared.other])
    between, pair = np.unique(pairs, axis=1, return_inverse=True)
    area: Floats = np.bincount(pair, shapely.area(shared.common), between.shape[1]).astype(float)
    real = area >= SMALLEST_M2
    return _Transfers(between[0, real], between[1, real], area[real])


def _outside(gained: Shapes, valid: Shapes) -> Floats:
    """Return how much of each village's gain belonged to no village before."""
    shared = _common(gained, valid)
    size = shapely.area(shared.common)
    owned = np.bincount(shared.part, size, len(shared.parts))
    overlaps = size > 0
    for n in np.flatnonzero(np.bincount(shared.part[overlaps]) > 1):  # who may overlap each other
        owned[n] = shapely.area(shapely.union_all(shared.common[overlaps & (shared.part == n)]))
    free = shapely.area(shared.parts) - owned
    return np.maximum(np.bincount(shared.owner, free, len(gained)), 0.0)


def _common(pieces: Shapes, villages: Shapes) -> _Common:
    """Intersect every part of each village's piece with the other villages.

    Parts are small, and an intersection only looks at what lies near the smaller side.
    """
    parts, owner = shapely.get_parts(pieces, return_index=True)
    part, other = shapely.STRtree(villages).query(parts, predicate="intersects")
    foreign = other != owner[part]
    part, other = part[foreign], other[foreign]
    return _Common(parts, owner, part, other, shapely.intersection(parts[part], villages[other]))


def _named(
    village: NDArray[np.intp], other: NDArray[np.intp], area: Floats, index: Column
) -> list[str]:
    """List per village the other villages of its transfers, as ``code=m2``."""
    lists: list[list[str]] = [[] for _ in index]
    for n in np.lexsort((other, village)):
        lists[village[n]].append(f"{index[other[n]]}={area[n]:.1f}")
    return ["; ".join(names) for names in lists]


def _lost_parts(drawn: Shapes, kept: Floats, mended: Shapes) -> NDArray[np.intp]:
    """Count the parts of each village as drawn of which nothing is left in it.

    What is kept of a village is known; parts are laid over it only where there are several.
    """
    gone = (kept < SMALLEST_M2).astype(np.intp)
    several = np.flatnonzero(shapely.get_num_geometries(drawn) != 1)
    parts, owner = shapely.get_parts(drawn[several], return_index=True)
    left = shapely.area(shapely.intersection(make_valid(parts), mended[several][owner]))
    gone[several] = np.bincount(owner[left < SMALLEST_M2], minlength=len(several))
    return gone
