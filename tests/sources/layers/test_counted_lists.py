"""A large GeoJSON is searched for bad points only where something of it was not read."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from fsva.core.errors import SourceError
from fsva.sources.layers import engines, plain_geojson

SHAPES = (
    shapely.box(0, 0, 1, 1),
    shapely.box(2, 0, 5, 3).difference(shapely.box(3, 1, 4, 2)),
    shapely.MultiPolygon([shapely.box(6, 0, 7, 1), shapely.box(8, 0, 9, 1)]),
)


def written(file: Path, shapes: list[object]) -> Path:
    """Write features of which one has a number for a name, so that GDAL reads them."""
    features = [
        {"type": "Feature", "properties": {"kode": n, "nama": "x"}, "geometry": shape}
        for n, shape in enumerate(shapes)
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return file


def of_json(shape: shapely.Geometry) -> dict[str, object]:
    """Return a shape as GeoJSON has it."""
    made: dict[str, object] = json.loads(shapely.to_geojson(shape))
    return made


def test_the_lists_of_polygons_are_those_of_their_file(tmp_path: Path) -> None:
    file = written(tmp_path / "a.geojson", [of_json(shape) for shape in SHAPES])
    count = plain_geojson.lists_of(np.array(SHAPES, dtype=object))
    assert count == file.read_text().count("[")
    assert plain_geojson.has_lists(file, count)
    assert not plain_geojson.has_lists(file, count - 1)


def test_a_file_that_was_read_whole_is_not_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path / "a.geojson", [of_json(shape) for shape in SHAPES])
    monkeypatch.setattr(plain_geojson, "broken_rows", lambda _: pytest.fail("searched"))
    (header,) = engines.headers(file)
    assert len(engines.read(file, header)) == len(SHAPES)


@pytest.mark.parametrize("bad", [[None, 1.0], [0.5], [], ["a", 1.0]])
def test_a_point_that_is_none_is_still_found(tmp_path: Path, bad: list[object]) -> None:
    shapes = [of_json(shape) for shape in SHAPES]
    ring = json.loads(json.dumps(shapes[1]))
    ring["coordinates"][1][1] = bad
    file = written(tmp_path / "a.geojson", [shapes[0], ring, shapes[2]])
    (header,) = engines.headers(file)
    with pytest.raises(SourceError) as stopped:
        engines.read(file, header)
    assert stopped.value.key == "layer_titik"
    assert [place.row for place in stopped.value.places] == [2]
