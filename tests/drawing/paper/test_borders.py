"""Every border of a coverage is drawn once, and as what it divides."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from fsva.drawing.paper import borders
from tests.places import belu, small
from tests.places.belu import Made


def lengths(polygons: list[shapely.Geometry], kecamatan: tuple[str, ...]) -> list[float]:
    found = borders.of_coverage(np.array(polygons, dtype=object), kecamatan)
    return [float(shapely.length(g).sum()) for g in (found.between, found.kecamatan, found.outline)]


def test_borders_of_the_small_kabupaten() -> None:
    # Millimetres of the ground: what repair does to a layer, so that neighbours share vertices.
    shapes = list(shapely.set_precision(small.polygons(), 0.001))
    villages, kecamatan, outline = lengths(shapes, small.KECAMATAN)
    whole = shapely.coverage_union_all(shapes)
    assert outline == pytest.approx(shapely.length(shapely.boundary(whole)))
    # Each inner border belongs to two villages, the outline to one.
    rings = sum(float(shapely.length(shapely.boundary(shape))) for shape in shapes)
    assert 2 * (villages + kecamatan) + outline == pytest.approx(rings)
    north, south = (
        shapely.coverage_union_all(
            [s for s, k in zip(shapes, small.KECAMATAN, strict=True) if k == name]
        )
        for name in ("Utara", "Selatan")
    )
    shared = shapely.intersection(shapely.boundary(north), shapely.boundary(south))
    assert kecamatan == pytest.approx(shapely.length(shared))


def test_one_kecamatan_has_no_inner_border_of_kecamatan() -> None:
    villages, kecamatan, _ = lengths(small.polygons(), ("Satu",) * 12)
    assert kecamatan == 0
    assert villages > 0


@pytest.fixture(params=belu.LAYERS)
def atlas(request: pytest.FixtureRequest) -> Made:
    return belu.of(request)


def test_borders_of_belu_are_all_there_once(atlas: Made) -> None:
    geometry = atlas.studio.villages.geometry
    parts = lengths(list(geometry), tuple(atlas.studio.villages["kecamatan"]))
    rings = float(shapely.length(shapely.boundary(geometry)).sum())
    assert 2 * (parts[0] + parts[1]) + parts[2] == pytest.approx(rings)
    outline = shapely.boundary(shapely.coverage_union_all(geometry))
    assert parts[2] == pytest.approx(shapely.length(outline))


def test_a_single_village_has_an_outline_only() -> None:
    villages, kecamatan, outline = lengths(small.polygons()[:1], small.KECAMATAN[:1])
    assert (villages, kecamatan) == (0, 0)
    assert outline == pytest.approx(shapely.length(shapely.boundary(small.polygons()[0])))
