"""The rasters of classes: every pixel is the class of the village under its middle."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from fsva.core.errors import UsageError
from fsva.files.writers import geotiff, on_request
from fsva.files.writers.geotiff import PixelGrid
from tests.files.writers.test_pdf_ground import with_qgis
from tests.places import belu, small
from tests.places.belu import Made

rasterio = pytest.importorskip("rasterio")


@pytest.fixture(params=belu.LAYERS)
def atlas(request: pytest.FixtureRequest) -> Made:
    return belu.of(request)


@pytest.fixture
def coarse(monkeypatch: pytest.MonkeyPatch, atlas: Made) -> PixelGrid:
    monkeypatch.setattr(geotiff, "LONGEST", 300)
    return geotiff.grid(atlas.studio.villages)


def opened(data: bytes) -> tuple[Any, np.ndarray[Any, Any]]:
    with rasterio.io.MemoryFile(data) as file, file.open() as raster:
        facts = {
            "profile": dict(raster.profile), "crs": raster.crs, "colours": raster.colormap(1),
            "tags": raster.tags(), "names": raster.tags(1), "overviews": raster.overviews(1),
            "layout": raster.tags(ns="IMAGE_STRUCTURE").get("LAYOUT"),
        }  # fmt: skip
        return facts, raster.read(1)


def test_every_pixel_is_the_class_of_the_village_under_its_middle(
    atlas: Made, coarse: PixelGrid
) -> None:
    _, band = opened(geotiff.write(atlas.maps[6], coarse, {}))
    step, origin = coarse.transform.a, (coarse.transform.c, coarse.transform.f)
    rows, columns = np.indices(band.shape)
    x, y = origin[0] + (columns + 0.5) * step, origin[1] - (rows + 0.5) * step
    expected = np.zeros(band.shape, dtype=np.uint8)
    classes = {r["kode_kemendagri"]: int(r["komposit_kelas"]) for r in atlas.rows()}
    for code, area in atlas.studio.villages.geo_frame.geometry.items():
        expected[shapely.contains_xy(area, x, y)] = classes[str(code)]
    assert np.array_equal(band, expected)
    assert (band == 0).any()
    # Every class that a village has is seen.
    assert set(np.unique(band)) == {0, *classes.values()}


def test_the_area_of_a_class_is_that_of_its_villages(atlas: Made) -> None:
    under = geotiff.grid(atlas.studio.villages)
    _, band = opened(geotiff.write(atlas.maps[0], under, {}))
    classes = atlas.maps[0].priorities
    areas = np.zeros(7)
    for code, area in atlas.studio.villages.geo_frame.geometry.items():
        areas[classes[str(code)]] += area.area
    seen = np.bincount(band.ravel(), minlength=7) * under.transform.a**2
    assert seen[1:7] == pytest.approx(areas[1:], rel=0.005)


def test_a_raster_is_cloud_optimised_and_says_what_it_is(atlas: Made) -> None:
    under = geotiff.grid(atlas.studio.villages)
    facts, band = opened(geotiff.write(atlas.maps[6], under, {"Title": "Peta & Kelas"}))
    assert facts["layout"] == "COG"
    assert facts["crs"].to_epsg() == 32751
    assert facts["profile"]["nodata"] == 0
    assert facts["profile"]["dtype"] == "uint8"
    assert max(band.shape) <= geotiff.LONGEST
    assert facts["overviews"]
    assert facts["tags"]["Title"] == "Peta & Kelas"
    assert facts["names"]["KELAS_1"] == "1 Rentan pangan tinggi"
    colours = [facts["colours"][n][:3] for n in range(1, 7)]
    assert colours == [tuple(bytes.fromhex(colour[1:])) for colour in belu.COLOURS]
    assert facts["colours"][0][3] == 0


def test_overviews_hold_classes_and_nothing_between_them(tmp_path: Path, atlas: Made) -> None:
    under = geotiff.grid(atlas.studio.villages)
    file = tmp_path / "kelas.tif"
    file.write_bytes(geotiff.write(atlas.maps[6], under, {}))
    with rasterio.open(file) as raster:
        whole = set(np.unique(raster.read(1)).tolist())
    for level in range(2):
        with rasterio.open(file, overview_level=level) as raster:
            assert set(np.unique(raster.read(1)).tolist()) <= whole


def test_a_village_without_a_class_is_neither_outside_nor_in_a_class(coarse: PixelGrid) -> None:
    atlas = belu.made()
    one = atlas.maps[6]
    code = coarse.codes[0]
    row = replace(one.legend[0], priority=0, name="Tidak ada data", colour="#FFFFFF")
    lacking = replace(one, priorities={**one.priorities, code: 0}, legend=(row, *one.legend))
    facts, band = opened(geotiff.write(lacking, coarse, {}))
    _, before = opened(geotiff.write(one, coarse, {}))
    there = band == geotiff.WITHOUT_CLASS
    assert there.any()
    assert np.array_equal(there, coarse.numbers == 1)
    assert np.array_equal(band[~there], before[~there])
    assert facts["colours"][geotiff.WITHOUT_CLASS][:3] == (255, 255, 255)
    assert 'value="255"' in geotiff.beside("x", lacking)["x.qml"].decode()


def test_two_runs_write_the_same_bytes(coarse: PixelGrid) -> None:
    one = belu.made().maps[2]
    assert geotiff.write(one, coarse, {"Title": "x"}) == geotiff.write(one, coarse, {"Title": "x"})


@pytest.mark.parametrize(
    ("metres", "pixel"), [(300.0, 0.1), (9_500, 2.5), (60_000, 20), (4e8, 1e5)]
)
def test_pixels_are_round_and_few_enough(metres: float, pixel: float) -> None:
    assert geotiff.pixel_metres(metres) == pixel


def test_holes_and_islands_are_kept() -> None:
    villages = small.layer()
    under = geotiff.grid(villages.assign(desa=small.NAMES, kecamatan=small.KECAMATAN))
    counts = np.bincount(under.numbers.ravel(), minlength=13)[1:] * under.transform.a**2
    assert counts == pytest.approx(villages.area.to_numpy(), rel=0.01)


def test_without_the_library_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rasterio", None)
    with pytest.raises(UsageError) as caught:
        geotiff.grid(belu.made().studio.villages)
    assert caught.value.key == "geotiff_pustaka"


def test_names_beside_are_escaped() -> None:
    one = belu.made().maps[6]
    hostile = replace(one.legend[0], name='<b> & "x"')
    files = geotiff.beside("kelas", replace(one, legend=(hostile, *one.legend[1:])))
    assert b"<b>" not in b"".join(files.values())
    assert set(files) == {"kelas.tif.aux.xml", "kelas.qml"}


@pytest.mark.qgis
def test_qgis_shows_the_classes_by_name(tmp_path: Path) -> None:
    atlas = belu.made()
    for name, data in on_request.rasters(atlas.maps[6:], atlas.studio).items():
        (tmp_path / name).write_bytes(data)
    said = with_qgis(tmp_path / "peta-7-komposit-kelas.tif")
    assert said["crs"] == "EPSG:32751"
    assert said["legend"] == [row.words.replace("  ", " ") for row in atlas.maps[6].legend]
