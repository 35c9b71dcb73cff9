"""Layers that would fill the memory, or that hold what no layer has, are refused with a figure."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
import shapely

from fsva.core import bounds, texts
from fsva.core.errors import LayerError, SourceError
from fsva.core.message_values import Quantity
from tests.places import small
from tests.places.framed import crs, engines, village_layer

SQUARE = [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]


def layer(folder: Path, **properties: object) -> Path:
    """Write a layer of one village."""
    shape = {"type": "Polygon", "coordinates": SQUARE}
    row = {"type": "Feature", "properties": {"kode": "1", **properties}, "geometry": shape}
    file = folder / "desa.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [row]}))
    return file


def bounded(monkeypatch: pytest.MonkeyPatch, **numbers: int) -> None:
    usual = bounds.load()
    few = usual.layer.model_copy(update=numbers)
    monkeypatch.setattr(bounds, "load", lambda: usual.model_copy(update={"layer": few}))


def refused(file: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        engines.read(file, engines.headers(file)[0])
    return caught.value


def test_a_layer_of_thousands_of_fields_is_refused_with_both_figures(tmp_path: Path) -> None:
    problem = refused(layer(tmp_path, **{f"f{n}": 1 for n in range(3000)}))
    assert problem.key == "lapisan_ruas"
    assert problem.facts == {"jumlah": Quantity(3001, 0), "batas": Quantity(2000, 0)}


@pytest.mark.parametrize(
    ("bound", "key"), [("points", "lapisan_titik"), ("bytes_at_once", "berkas_besar")]
)
def test_points_and_bytes_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, key: str
) -> None:
    file = layer(tmp_path)
    assert len(village_layer.read_polygons(file)) == 1
    bounded(monkeypatch, **{bound: 4})
    assert refused(file).key == key


def test_an_archive_is_refused_by_what_it_says_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "desa.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.geojson", layer(tmp_path).read_text() + " " * 3_000_000)
    assert len(engines.headers(file)) == 1
    bounded(monkeypatch, bytes_unpacked=2_000_000)
    assert refused(file).key == "lapisan_isi"


def test_layers_in_one_file_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = "<Placemark><name>x</name><Point><coordinates>1,1</coordinates></Point></Placemark>"
    folders = "".join(f"<Folder><name>a{n}</name>{mark}</Folder>" for n in range(4))
    file = tmp_path / "desa.kml"
    space = "http://www.opengis.net/kml/2.2"
    file.write_text(f'<kml xmlns="{space}"><Document>{folders}</Document></kml>')
    bounded(monkeypatch, layers=3)
    assert refused(file).key == "lapisan_lapis"


def test_a_coordinate_without_end_can_be_said() -> None:
    assert texts.load("id").decimal(float("-inf"), 3) == "-∞"


def test_a_ring_that_is_not_closed_is_closed_and_a_name_may_be_missing(tmp_path: Path) -> None:
    file = layer(tmp_path, nama=None)
    file.write_text(file.read_text().replace(", [0, 0]]", "]"))
    found = village_layer.read_polygons(file)
    assert shapely.area(found.geometry.to_numpy()).tolist() == [1.0]
    assert found["nama"].isna().all()


def test_a_damaged_prj_is_named(tmp_path: Path) -> None:
    file = tmp_path / "desa.shp"
    village_layer.read_polygons(layer(tmp_path)).to_file(file)
    file.with_suffix(".prj").write_text('GEOGCS["x"]')
    with pytest.raises(SourceError) as caught:
        engines.headers(file)
    assert caught.value.key == "layer_prj"


def test_a_height_without_end_does_not_move_a_village(tmp_path: Path) -> None:
    low = small.layer().reset_index().to_crs(4326)
    high = low.set_geometry(low.geometry.force_3d(1e30))
    high.to_file(tmp_path / "desa.gpkg")
    placed = crs.project(small.villages_of(tmp_path / "desa.gpkg"), tmp_path)
    assert placed.area.tolist() == pytest.approx(small.layer().area.tolist(), rel=1e-6)


def test_a_hole_that_reaches_beyond_the_earth_is_refused(tmp_path: Path) -> None:
    layer = small.layer().reset_index().to_crs(4326)
    outer = layer.geometry.iloc[4]
    x, y = outer.centroid.coords[0]
    holed = shapely.Polygon(outer.exterior, [[(x, y), (1e30, y), (x, y + 0.001), (x, y)]])
    layer.geometry = [holed if n == 4 else shape for n, shape in enumerate(layer.geometry)]
    layer.to_file(tmp_path / "desa.gpkg")
    with pytest.raises(LayerError, match="di_luar_indonesia"):
        crs.project(small.villages_of(tmp_path / "desa.gpkg"), tmp_path)
