"""Boundary layers: formats, fields, coordinate systems, the district's rows."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely

from fsva.core.errors import CodeError, FsvaError, LayerError, SourceError
from fsva.sources.layers.layer_request import Request
from tests.places import small
from tests.places.framed import crs, village_layer, village_rows

DISTRICT = "99.01"
Change = Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]


def raw() -> gpd.GeoDataFrame:
    """Return the layer as an office has it: code and name as fields, degrees."""
    return small.layer().reset_index().to_crs(4326)


def write(layer: gpd.GeoDataFrame, file: Path) -> Path:
    pyogrio.write_dataframe(layer, file)
    return file


def asked(file: Path, code: str = "kode", name: str = "nama") -> Request:
    return Request(file, DISTRICT, None, code, name)


def read(file: Path) -> gpd.GeoDataFrame:
    return village_layer.read_district(asked(file)).table


@pytest.mark.parametrize("name", ["desa.geojson", "desa.gpkg", "desa.shp", "desa.zip"])
def test_every_format_gives_the_same_villages(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    if file.suffix == ".zip":
        write(raw(), tmp_path / "desa.shp")
        with zipfile.ZipFile(file, "w") as archive:
            for part in sorted(tmp_path.glob("desa.[!z]*")):
                archive.write(part, part.name)
    else:
        write(raw(), file)
    layer = small.villages_of(file)
    assert layer.index.tolist() == sorted(small.CODES)
    assert layer["nama"].tolist() == list(small.NAMES)
    projected = crs.project(layer, file)
    assert projected.crs.to_epsg() == small.UTM_51S
    assert projected.area.tolist() == pytest.approx(small.layer().area.tolist(), rel=1e-3)


def test_a_second_reader_agrees(tmp_path: Path) -> None:
    pytest.importorskip("fiona", reason="fiona has no wheel for this Python")
    file = write(raw(), tmp_path / "desa.gpkg")
    theirs = gpd.read_file(file, engine="fiona")
    ours = read(file)
    assert ours["kode"].tolist() == theirs["kode"].tolist()
    assert ours.geometry.geom_equals(theirs.geometry).all()
    assert ours.crs == theirs.crs


def test_the_names_of_fields_need_no_case_and_texts_are_stripped(tmp_path: Path) -> None:
    layer = raw().rename(columns={"kode": "KDEPUM", "nama": "NAMOBJ"})
    layer["NAMOBJ"] = " " + layer["NAMOBJ"] + " "
    file = write(layer, tmp_path / "a.gpkg")
    found = village_layer.read_district(asked(file, "kdepum", "namobj")).table
    assert found["nama"].tolist() == list(small.NAMES)


def test_the_name_of_a_placemark_is_the_name_of_the_village(tmp_path: Path) -> None:
    layer = raw().rename(columns={"kode": "KDEPUM", "nama": "Name"})
    file = tmp_path / "a.kml"
    pyogrio.write_dataframe(layer, file, driver="LIBKML")
    found = village_layer.read_district(Request(file, "99.01"))
    assert found.schema.id == "big-rbi"
    assert found.table["nama"].tolist() == list(small.NAMES)


def test_heights_are_left_out(tmp_path: Path) -> None:
    flat = raw()
    file = write(flat.set_geometry(shapely.force_3d(flat.geometry, 5.0)), tmp_path / "a.gpkg")
    assert not shapely.has_z(read(file).geometry.to_numpy()).any()


def points(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return layer.set_geometry(layer.geometry.representative_point())


def without_crs(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return layer.set_crs(None, allow_override=True)


@pytest.mark.parametrize(
    ("change", "name", "key", "column"),
    [
        (without_crs, "a.gpkg", "tanpa_crs", None),
        (without_crs, "a.shp", "tanpa_crs", None),
        (points, "a.gpkg", "bukan_poligon", None),
        (lambda layer: layer.iloc[:0], "a.gpkg", "layer_kosong", None),
        (lambda layer: layer.rename(columns={"kode": "KDEPUM"}), "a.gpkg", "ruas_hilang", "kode"),
        (lambda layer: layer.drop(columns="nama"), "a.gpkg", "ruas_hilang", "nama"),
    ],
)
@pytest.mark.filterwarnings("ignore:'crs' was not provided:UserWarning")  # that is the point
def test_it_stops_at_a_layer_that_cannot_make_a_map(
    tmp_path: Path, change: Change, name: str, key: str, column: str | None
) -> None:
    file = write(change(raw()), tmp_path / name)
    with pytest.raises(LayerError) as caught:
        read(file)
    place = caught.value.places[0]
    assert (caught.value.key, place.file, place.column) == (key, file, column)


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("a.geojson", None, "lapisan_hilang"),
        ("a.geojson", b"", "layer_format"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": [', "layer_tak_terbaca"),
        ("a.gpkg", b"SQLite format 3\0 but no more", "layer_tak_terbaca"),
        ("a.shp", b"\0" * 100, "layer_format"),
        ("a.zip", b"PK", "layer_tak_terbaca"),
        ("a.txt", b"bukan peta", "layer_format"),
    ],
)
def test_it_stops_at_a_file_that_is_no_layer(
    tmp_path: Path, name: str, content: bytes | None, key: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read(file)
    assert (caught.value.key, caught.value.places[0].file) == (key, file)


def test_it_stops_at_names_in_another_encoding_than_stated(tmp_path: Path) -> None:
    layer = raw().assign(nama="Béda")
    file = tmp_path / "a.shp"
    pyogrio.write_dataframe(layer, file, encoding="ISO-8859-1")
    (tmp_path / "a.cpg").write_text("UTF-8", encoding="ascii")
    with pytest.raises(SourceError) as caught:
        read(file)
    assert caught.value.key == "layer_tak_terbaca"


def in_district(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return village_rows.one_per_village(layer, DISTRICT, Path("desa.gpkg"))[0]


def test_other_districts_of_a_larger_layer_are_left_out() -> None:
    layer = raw()
    layer.loc[3:5, "kode"] = ["99.02.01.2001", "99.011.01.201", None]
    assert len(in_district(layer)) == 9


@pytest.mark.parametrize(
    ("row", "code", "error", "key", "villages"),
    [
        (1, "99.01.01.20O2", CodeError, "kode_layer", ["Dua"]),
        (1, "99.01.01.01.2001", CodeError, "kode_layer", ["Dua"]),
        (1, "99.01.01.2001", CodeError, "kode_layer_ganda", ["Satu", "Dua"]),
    ],
)
def test_it_stops_at_damaged_and_double_codes(
    row: int, code: str, error: type[FsvaError], key: str, villages: list[str]
) -> None:
    layer = raw()
    layer.loc[row, "kode"] = code
    with pytest.raises(error) as caught:
        in_district(layer)
    assert caught.value.key == key
    assert [place.village for place in caught.value.places] == villages
    assert (caught.value.places[-1].row, caught.value.places[-1].found) == (row + 1, code)


@pytest.mark.parametrize("shape", [None, shapely.Polygon()])
def test_it_stops_at_a_village_without_a_shape(shape: shapely.Polygon | None) -> None:
    layer = raw()
    layer.loc[4, "geometry"] = shape
    with pytest.raises(LayerError) as caught:
        in_district(layer)
    assert caught.value.key == "poligon_kosong"
    assert [place.village for place in caught.value.places] == ["Lima"]


def test_it_stops_at_the_layer_of_another_district() -> None:
    with pytest.raises(LayerError) as caught:
        village_rows.one_per_village(raw(), "53.04", Path("desa.gpkg"))
    error = caught.value
    assert (error.key, error.facts, error.places[0].found) == (
        "daerah_lain",
        {"kode": "53.04"},
        "99.01",
    )


@pytest.mark.shared
def test_the_layer_of_a_neighbour_is_not_belu(shared_dir: Path) -> None:
    file = shared_dir / "boundaries" / "desa_53.21_malaka.geojson"
    with pytest.raises(LayerError) as caught:
        small.villages_of(file, "53.04")
    assert caught.value.places[0].found == "53.21"


LOCAL = 'LOCAL_CS["survei desa",UNIT["metre",1],AXIS["x",EAST],AXIS["y",NORTH]]'


@pytest.mark.parametrize(
    ("system", "key"),
    [(4326, "di_luar_indonesia"), (32610, "di_luar_indonesia"), (LOCAL, "crs_tak_dikenal")],
)
def test_it_stops_where_the_coordinates_cannot_be_in_indonesia(system: int | str, key: str) -> None:
    layer = small.layer().set_crs(system, allow_override=True)
    with pytest.raises(LayerError) as caught:
        crs.project(layer, Path("desa.gpkg"))
    assert caught.value.key == key
    assert caught.value.places[0].found


@pytest.mark.parametrize(
    ("longitude", "latitude", "epsg"),
    [(124.9, -9.1, 32751), (95.3, 5.5, 32646), (106.0, -6.0, 32748), (140.7, -2.6, 32754)],
)
def test_the_utm_zone_follows_the_place(longitude: float, latitude: float, epsg: int) -> None:
    assert crs.utm_zone(longitude, latitude).to_epsg() == epsg


# Damage that offices meet


def rewritten(file: Path, change: Callable[[list[list[float]]], None]) -> Path:
    """Change the outer ring of the first village of a GeoJSON."""
    content = json.loads(write(raw(), file).read_text(encoding="utf-8"))
    shape = content["features"][0]["geometry"]
    rings = shape["coordinates"] if shape["type"] == "Polygon" else shape["coordinates"][0]
    change(rings[0])
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def test_a_ring_that_is_not_closed_is_closed(tmp_path: Path) -> None:
    whole = small.villages_of(write(raw(), tmp_path / "utuh.geojson"))
    mended = small.villages_of(rewritten(tmp_path / "desa.geojson", lambda ring: ring.pop()))
    assert mended.geometry.geom_equals(whole.geometry).all()


def test_a_ring_of_one_point_names_its_village(tmp_path: Path) -> None:
    file = rewritten(tmp_path / "desa.geojson", lambda ring: ring.__delitem__(slice(1, None)))
    with pytest.raises(LayerError, match="poligon_kosong") as caught:
        small.villages_of(file)
    assert [place.village for place in caught.value.places] == [small.NAMES[0]]


@pytest.mark.parametrize("name", [None, "absent"])
def test_a_village_without_name_is_read(tmp_path: Path, name: str | None) -> None:
    file = write(raw(), tmp_path / "desa.geojson")
    content = json.loads(file.read_text(encoding="utf-8"))
    properties = content["features"][0]["properties"]
    del properties["nama"]
    if name is None:
        properties["nama"] = None
    file.write_text(json.dumps(content), encoding="utf-8")
    assert small.villages_of(file)["nama"].tolist()[:2] == ["", small.NAMES[1]]


@pytest.mark.parametrize("system", ['GEOGCS["x', "rusak", 'LOCAL_CS["a"]'])
def test_a_damaged_prj_is_refused_by_its_file(tmp_path: Path, system: str) -> None:
    file = write(raw(), tmp_path / "desa.shp")
    file.with_suffix(".prj").write_text(system)
    with pytest.raises(FsvaError) as caught:
        crs.project(small.villages_of(file), file)
    assert caught.value.places[0].file == file
