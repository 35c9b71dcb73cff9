"""What lies around a district: neighbours that are drawn wrong."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from shapely import Polygon

from tests.places.framed import surroundings

WHOLE = [(0, 0), (4, 0), (4, 4), (0, 4), (0, 0)]


@pytest.mark.parametrize(
    ("ring", "area"),
    [
        ([(0, 0), (4, 0), (4, 4), (5, 5), (4, 4), (0, 4), (0, 0)], 16),  # a spike
        ([(0, 0), (4, 0), (4, 4), (3, 5), (5, 5), (4, 4), (0, 4), (0, 0)], 17),  # a loop
        ([(0, 0), (4, 4), (4, 0), (0, 4), (0, 0)], 8),  # a bow-tie
    ],
)
def test_a_neighbour_that_crosses_itself_is_mended(
    tmp_path: Path, ring: list[tuple[float, float]], area: float
) -> None:
    file = tmp_path / "sekitar.geojson"
    columns = {"jenis": ["kabupaten", "kabupaten"], "nama": ["Satu", "Dua"]}
    shapes = [Polygon(WHOLE), Polygon(ring)]
    gpd.GeoDataFrame(columns, geometry=shapes, crs=4326).to_file(file)
    read = surroundings.read_neighbours(file)
    assert read.geometry.is_valid.all()
    assert shapely.area(read.geometry.to_numpy()).tolist() == pytest.approx([16, area])


def test_a_neighbour_of_which_mending_leaves_nothing_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "sekitar.geojson"
    columns = {"jenis": ["kabupaten", "negara"], "nama": ["Satu", "Dua"]}
    shapes = [Polygon(WHOLE), Polygon([(0, 0), (4, 0), (0, 0)])]
    gpd.GeoDataFrame(columns, geometry=shapes, crs=4326).to_file(file)
    assert surroundings.read_neighbours(file)["nama"].tolist() == ["Satu"]
