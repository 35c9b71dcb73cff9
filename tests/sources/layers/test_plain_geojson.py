"""Plain GeoJSON is read as GDAL reads it; whatever is not plain is left to GDAL."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

from fsva.sources.layers import layer_header, plain_geojson
from tests.places.framed import engines, frame, gdal_layers
from tests.places.small import ROOT

OWN = sorted((ROOT / "boundaries").glob("*/*.geojson"))
REAL = sorted((ROOT.parent / "shared" / "boundaries").glob("*.geojson"))
RING = [[125.0, -9.0], [125.1, -9.0], [125.1, -9.1], [125.0, -9.0]]


def small(name: str = "Kewar") -> dict[str, Any]:
    """Return a plain layer of two villages, the second of two parts, one with a hole."""
    hole = [[125.02, -9.01], [125.08, -9.01], [125.08, -9.05], [125.02, -9.01]]
    far = [[[x + 1, y] for x, y in RING]]
    shapes = [("Polygon", [RING]), ("MultiPolygon", [[RING, hole], far])]
    rows = [{"kode": "53.04.01.2001", "nama": name}, {"kode": "53.04.01.2002", "nama": None}]
    features = [
        {"type": "Feature", "properties": row, "geometry": {"type": kind, "coordinates": points}}
        for row, (kind, points) in zip(rows, shapes, strict=True)
    ]
    return {"type": "FeatureCollection", "name": "desa", "features": features}


def write(folder: Path, content: object) -> Path:
    file = folder / "lapisan.geojson"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def assert_same(file: Path, where: str | None = None) -> None:
    plain = plain_geojson.load(file)
    assert plain is not None
    header = plain.header(file)
    assert [header] == gdal_layers.headers(file)
    ours = frame(plain.rows(None, where))
    theirs = gdal_layers.read(file, header, None, where, "pyogrio")
    assert_geodataframe_equal(ours, theirs)
    assert (ours.geometry.to_wkb() == theirs.geometry.to_wkb()).all()
    assert ours.index.tolist() == theirs.index.tolist()
    for field in header.fields:
        assert plain.values(field) == gdal_layers.values(file, header, field)


@pytest.mark.parametrize("file", OWN, ids=lambda f: f.stem)
def test_our_layers_are_read_as_by_gdal(file: Path) -> None:
    assert_same(file)


@pytest.mark.shared
@pytest.mark.parametrize("file", REAL, ids=lambda f: f.stem)
def test_real_layers_are_read_as_by_gdal(file: Path) -> None:
    assert_same(file)


@pytest.mark.parametrize(
    "where",
    [
        None,
        '"kode" IS NULL OR "kode" = \'\' OR ("kode" >= \'53.04.\' AND "kode" < \'53.04/\')',
        "\"kode\" < '53.04.01.2002'",
        "\"nama\" IN ('KEWAR', 'x')",
        '"nama" IS NULL',
        "\"nama\" = 'tak ada'",
    ],
)
def test_conditions_hold_for_the_same_rows(tmp_path: Path, where: str | None) -> None:
    assert_same(write(tmp_path, small()), where)


@pytest.mark.parametrize("name", ["Fatuba'a", 'Desa "B"', "Désa ö", "\u2764 \U0001f33e", "1 / 2"])
def test_names_are_kept_letter_by_letter(tmp_path: Path, name: str) -> None:
    assert_same(write(tmp_path, small(name)))


def of_first(change: Callable[[dict[str, Any]], object]) -> Callable[[dict[str, Any]], object]:
    return lambda layer: change(layer["features"][0])


def ring(points: object) -> Callable[[dict[str, Any]], object]:
    return of_first(lambda one: one["geometry"].update(coordinates=[points]))


@pytest.mark.parametrize(
    "change",
    [
        lambda layer: layer.update(features=[]),
        lambda layer: layer.update(bbox=[0, 0, 1, 1]),
        lambda layer: layer.update(crs={"type": "name", "properties": {"name": "EPSG:32751"}}),
        of_first(lambda one: one.update(id=7)),
        of_first(lambda one: one.update(geometry=None)),
        of_first(lambda one: one["geometry"].update(type="LineString")),
        of_first(lambda one: one["geometry"].update(coordinates=[])),
        of_first(lambda one: one["properties"].update(kode=5304)),
        of_first(lambda one: one["properties"].update(luas=1.5)),
        of_first(lambda one: one["properties"].pop("nama")),
        of_first(lambda one: one["properties"].update(nama="2024-01-31")),
        of_first(lambda one: one["properties"].update(nama="a\0b")),
        of_first(lambda one: one["properties"].update(nama="\ud83c")),
        lambda layer: [one["properties"].update(NAMA="x") for one in layer["features"]],
        lambda layer: [one["properties"].update(fid="1") for one in layer["features"]],
        lambda layer: [one["properties"].update(kosong=None) for one in layer["features"]],
        ring(RING[:-1]),
        ring(RING[:2] + RING[:1]),
        ring([[x, y, 0.0] for x, y in RING]),
        ring([[str(x), str(y)] for x, y in RING]),
        ring([[float("nan"), -9.0], *RING[1:-1], [float("nan"), -9.0]]),
    ],
)
def test_what_is_not_plain_is_left_to_gdal(
    tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    layer = small()
    change(layer)
    assert plain_geojson.load(write(tmp_path, layer)) is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"type": "FeatureCollection"}', "[" * 100_000, "\ufeff{}"]
)
def test_what_is_no_layer_is_left_to_gdal(tmp_path: Path, text: str) -> None:
    file = tmp_path / "lapisan.geojson"
    file.write_text(text, encoding="utf-8")
    assert plain_geojson.load(file) is None


def test_twice_the_same_name_is_left_to_gdal(tmp_path: Path) -> None:
    file = write(tmp_path, small())
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"nama": null', '"nama": null, "nama": "x"'), encoding="utf-8")
    assert plain_geojson.load(file) is None


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    for name in ("Kewar", "Fulur"):
        file = write(tmp_path, small(name))
        found = engines.read(file, layer_header.only(file))
        assert found["nama"].tolist()[0] == name
        assert shapely.get_num_geometries(found.geometry.to_numpy()).tolist() == [1, 2]


def with_breaks(broken: set[int], between: str = "") -> str:
    """Return a layer of twelve rows, some of which have a point of one number."""
    rows = []
    for n in range(12):
        ring = [[124.0 + n, -9.0], [124.1 + n, -9.0], [124.1 + n, -9.1], [124.0 + n, -9.0]]
        shape = {"type": "Polygon", "coordinates": [[*ring, [1.0]] if n in broken else ring]}
        named = {"nama": f'Desa "{n}" ]}}, [', "lain": ["a", n]}
        rows.append(json.dumps({"type": "Feature", "properties": named, "geometry": shape}))
    return f'{{"type": "FeatureCollection", "features" : [{f", {between}".join(rows)}]}}'


@pytest.mark.parametrize("letters", [60, 700, 8_000_000])
@pytest.mark.parametrize("broken", [set(), {0}, {3, 11}, set(range(12))])
def test_points_that_are_none_are_found_however_little_is_read_at_once(
    broken: set[int], letters: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "desa.geojson"
    file.write_text("\ufeff" + with_breaks(broken, "\n"), encoding="utf-8")
    monkeypatch.setattr(plain_geojson, "_AT_ONCE", letters)
    assert plain_geojson.broken_rows(file) == broken


@pytest.mark.slow
def test_points_that_are_none_are_found_in_a_file_of_any_size(tmp_path: Path) -> None:
    file = tmp_path / "desa.geojson"
    file.write_text(with_breaks({1, 10}, " " * 20_000_000), encoding="utf-8")
    assert file.stat().st_size > 200_000_000
    assert plain_geojson.broken_rows(file) == {1, 10}
