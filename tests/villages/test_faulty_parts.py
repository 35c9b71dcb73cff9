"""Faulty parts of a layer are mended as the whole layer would be; the rest is left alone."""

from __future__ import annotations

import numpy as np
import shapely

from fsva.villages import faulty_parts

GAP_M = 20.0
Polygons = np.ndarray[tuple[int], np.dtype[np.object_]]


def block(x: float, overlap: float = 0.0) -> list[shapely.Polygon]:
    """Return four villages in a row; the second reaches into the third."""
    ends = [0.0, 1000.0, 2000.0 + overlap, 3000.0, 4000.0]
    starts = [0.0, 1000.0, 2000.0, 3000.0]
    return [shapely.box(x + a, 0, x + b, 1000) for a, b in zip(starts, ends[1:], strict=True)]


def as_array(polygons: list[shapely.Polygon]) -> Polygons:
    return np.array(polygons, dtype=object)


def test_each_part_is_mended_as_in_the_whole_layer() -> None:
    layer = as_array([*block(0, 30), *block(9000, 50), *block(20000)])
    found = faulty_parts.cleaned(layer, GAP_M)
    whole = shapely.coverage_clean(layer, gap_width=GAP_M)
    assert shapely.equals_exact(found, whole, normalize=True).all()
    assert shapely.coverage_is_valid(found, GAP_M)
    assert not shapely.coverage_is_valid(layer, GAP_M)


def test_villages_without_a_fault_stay_the_same_objects() -> None:
    layer = as_array([*block(0, 30), *block(20000)])
    found = faulty_parts.cleaned(layer, GAP_M)
    assert all(a is b for a, b in zip(found[4:], layer[4:], strict=True))
    assert found[1] is not layer[1]


def test_a_gap_between_two_villages_is_closed() -> None:
    layer = as_array([shapely.box(0, 0, 1000, 1000), shapely.box(1008, 0, 2000, 1000),
                      shapely.box(0, 1000, 2000, 1500), shapely.box(0, -500, 2000, 0)])  # fmt: skip
    found = faulty_parts.cleaned(layer, GAP_M)
    assert shapely.area(found).sum() == 2000 * 2000


def test_a_sound_village_narrower_than_a_gap_is_not_taken_for_one() -> None:
    # A strip of 12 m between two villages that overlap others on their far sides.
    strip = shapely.box(1000, 0, 1012, 1000)
    layer = as_array([shapely.box(0, 0, 1000, 1000), strip, shapely.box(1012, 0, 2000, 1000),
                      shapely.box(0, 990, 2000, 2000), shapely.box(0, -900, 2000, 10)])  # fmt: skip
    found = faulty_parts.cleaned(layer, GAP_M)
    assert abs(found[1].area - strip.area) < 12 * 25
    assert shapely.area(found).sum() == shapely.union_all(found).area


def test_a_layer_without_faults_is_returned_as_it_is() -> None:
    layer = as_array(block(0))
    assert all(a is b for a, b in zip(faulty_parts.cleaned(layer, GAP_M), layer, strict=True))


def test_what_pairs_link_has_one_number_however_long_the_chain() -> None:
    ends = np.array([[5, 3], [3, 7], [7, 1], [2, 6]]).T
    both = np.concatenate([ends, ends[::-1]], axis=1)
    assert faulty_parts.linked(8, *both).tolist() == [0, 1, 2, 1, 4, 1, 2, 1]
