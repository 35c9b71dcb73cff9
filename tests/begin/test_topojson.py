"""Decoding of TopoJSON on a hand-drawn topology of two countries with a common border."""

from typing import Any

import pytest
import shapely

from fsva.begin.schematic.topojson import countries


def topology() -> dict[str, Any]:
    """West and east half of a square, one shared arc; an islet quantised to a line; a void."""
    return {
        "transform": {"scale": [0.5, 1.0], "translate": [124.0, -9.0]},
        "arcs": [
            [[2, 0], [0, 1]],  # the border, northwards
            [[2, 1], [-2, 0], [0, -1], [2, 0]],  # round the west
            [[2, 1], [2, 0], [0, -1], [-2, 0]],  # round the east
            [[9, 9], [1, 0], [-1, 0]],  # an islet without area
        ],
        "objects": {
            "countries": {
                "geometries": [
                    {
                        "type": "Polygon",
                        "id": "360",
                        "properties": {"name": "West"},
                        "arcs": [[0, 1]],
                    },
                    {
                        "type": "MultiPolygon",
                        "properties": {"name": "East"},
                        "arcs": [[[0, 2]], [[3]]],
                    },
                    {"type": None, "properties": {"name": "Nowhere"}},
                ]
            }
        },
    }


def test_neighbours_share_their_border() -> None:
    west, east, _ = countries(topology()).geometry
    assert west.equals(shapely.box(124, -9, 125, -8))
    assert east.equals(shapely.box(125, -9, 126, -8))
    assert shapely.coverage_is_valid([west, east])


def test_codes_and_names_are_kept() -> None:
    found = countries(topology())
    assert found["name"].tolist() == ["West", "East", "Nowhere"]
    assert found["iso"].isna().tolist() == [False, True, True]
    assert found.geometry.is_empty.tolist() == [False, False, True]


def test_a_backward_arc_runs_backwards() -> None:
    document = topology()
    document["objects"]["countries"]["geometries"][0]["arcs"] = [[~1, ~0]]
    assert countries(document).geometry[0].equals(shapely.box(124, -9, 125, -8))


def test_another_document_is_refused() -> None:
    with pytest.raises(KeyError):
        countries({"type": "FeatureCollection", "features": []})
