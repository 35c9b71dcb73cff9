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


POINTS: dict[str, object] = {
    "one number": [1],
    "nothing": [],
    "texts": ["1", "0"],
    "null": None,
    "a number": 1,
    "an object": {"x": 1},
}


@pytest.mark.parametrize("point", POINTS.values(), ids=POINTS)
@pytest.mark.parametrize("several", [False, True])
def test_a_point_that_is_none_is_named(tmp_path: Path, point: object, several: bool) -> None:
    """GDAL leaves out its ring without a word."""
    ring = [[0, 0], point, [1, 1], [0, 1], [0, 0]]
    coordinates: list[object] = [SQUARE, [ring]] if several else [ring]
    shape = {"type": "MultiPolygon" if several else "Polygon", "coordinates": coordinates}
    sound = {"type": "Polygon", "coordinates": SQUARE}
    rows = [
        {"type": "Feature", "properties": {"kode": "1", "nama": "a"}, "geometry": one}
        for one in (sound, shape)
    ]
    file = tmp_path / "desa.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": rows}))
    problem = refused(file)
    assert problem.key == "layer_titik"
    assert [place.row for place in problem.places] == [2]
    if point == [1]:  # at a text GDAL reads no rows at all
        found = engines.read(file, engines.headers(file)[0], None, "nama = 'b'")
        assert len(found) == 0  # rows that are not asked for stop nothing


def test_properties_that_look_like_points_stop_nothing(tmp_path: Path) -> None:
    file = layer(tmp_path, tags=["a"], more=[1], none=[], nested=[[1, 2], 3])
    assert len(engines.read(file, engines.headers(file)[0])) == 1


@pytest.mark.parametrize("ending", [".shx", ".dbf"])
def test_a_shapefile_without_a_part_says_which(tmp_path: Path, ending: str) -> None:
    file = tmp_path / "desa.shp"
    small.layer().reset_index().to_file(file)
    file.with_suffix(ending).unlink()
    with pytest.raises(SourceError) as caught:
        engines.headers(file)
    assert (caught.value.key, caught.value.facts) == ("layer_bagian", {"bagian": ending})


def test_an_archive_that_cannot_be_unpacked_is_to_be_unpacked(tmp_path: Path) -> None:
    source = layer(tmp_path)
    for name, packing in (("a.zip", zipfile.ZIP_LZMA), ("b.zip", zipfile.ZIP_BZIP2)):
        with zipfile.ZipFile(tmp_path / name, "w", packing) as archive:
            archive.write(source, "desa.geojson")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.write(tmp_path / "a.zip", "a.zip")
    for name in ("a.zip", "b.zip", "c.zip"):
        with pytest.raises(SourceError) as caught:
            engines.headers(tmp_path / name)
        assert caught.value.key == "lapisan_zip"
