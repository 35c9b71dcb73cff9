"""Classes of a raster within villages: against rasters whose answer is known beforehand."""

from __future__ import annotations

import builtins
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from numpy.typing import NDArray
from pyproj import Geod

from fsva.config.editions.data_sources import LandCover
from fsva.core import messages, texts
from fsva.core.errors import SourceError
from fsva.sources.ground import class_rasters
from fsva.villages import landcover
from tests.places.small import ROOT

pytest.importorskip("exactextract", reason="needs the extra raster")
rasterio = pytest.importorskip("rasterio", reason="needs the extra raster")

# rasterio multiplies transforms in a way that its own library wants to give up.
pytestmark = pytest.mark.filterwarnings("ignore:Use `@` matmul:PendingDeprecationWarning")
Classes = NDArray[Any]
UTM = "EPSG:32751"
FARM, TOWN, NOTHING = 20, 7, 0


def write(
    file: Path,
    classes: Classes,
    *,
    corner: tuple[float, float] = (600_000.0, 8_990_000.0),
    cell: float = 10.0,
    **more: Any,  # noqa: ANN401
) -> Path:
    """Write a raster whose upper left corner is given."""
    shape = {"height": classes.shape[0], "width": classes.shape[1], "count": 1}
    place = rasterio.transform.from_origin(*corner, cell, cell)
    said = {"driver": "GTiff", "dtype": classes.dtype, "crs": UTM, "transform": place} | shape
    with rasterio.open(file, "w", **(said | more)) as made:
        for band in range(1, made.count + 1):
            made.write(classes, band)
    return file


def villages(*shapes: shapely.Geometry, crs: str = UTM) -> gpd.GeoDataFrame:
    index = pd.Index([f"v{n}" for n in range(len(shapes))], name="kode")
    return gpd.GeoDataFrame(geometry=list(shapes), crs=crs, index=index)


def halves(rows: int = 100, columns: int = 100) -> Classes:
    """Return farm in the western half and town in the eastern."""
    classes = np.full((rows, columns), TOWN, dtype=np.uint8)
    classes[:, : columns // 2] = FARM
    return classes


def farm(cover: class_rasters.Cover, least: float = 0.98) -> list[float]:
    return landcover.share_of(cover, [FARM], least).to_list()


@pytest.mark.parametrize("west", [0.0, 3.0, 123.4])
def test_cells_on_a_border_count_by_their_share(tmp_path: Path, west: float) -> None:
    file = write(tmp_path / "a.tif", halves())
    # 500 m of farm from x = 600,000; the village begins in the middle of a cell.
    shape = shapely.box(600_000 + west, 8_989_203.7, 600_901.3, 8_989_888.8)
    cover = class_rasters.read_cover(file, villages(shape))
    assert farm(cover)[0] == pytest.approx((500 - west) / (901.3 - west), abs=1e-7)
    assert cover.covered.to_list() == pytest.approx([1.0], abs=1e-7)


def test_a_slanted_village_has_its_exact_share(tmp_path: Path) -> None:
    triangle = shapely.Polygon([(600_100, 8_989_100), (600_900, 8_989_100), (600_900, 8_989_900)])
    cover = class_rasters.read_cover(write(tmp_path / "a.tif", halves()), villages(triangle))
    # Similar triangles: the part west of x = 600,500 has half the side.
    assert farm(cover) == pytest.approx([0.25], abs=1e-7)
    assert cover.shares.columns.to_list() == [TOWN, FARM]
    assert cover.shares.to_numpy().sum() == pytest.approx(1.0)


def test_cells_in_degrees_count_by_their_true_area(tmp_path: Path) -> None:
    # One class per half, north and south: near Jayapura a cell's area changes with latitude.
    classes = np.full((400, 100), TOWN, dtype=np.uint8)
    classes[:200] = FARM
    file = write(tmp_path / "a.tif", classes, corner=(140.0, 3.0), cell=0.02, crs="EPSG:4326")
    shape = shapely.box(140.2, -5.0, 141.8, 3.0)  # 8 degrees: far larger than any village
    cover = class_rasters.read_cover(file, villages(shape, crs="EPSG:4326"))
    north, south = (
        abs(Geod(ellps="WGS84").geometry_area_perimeter(shapely.segmentize(part, 0.01))[0])
        for part in (shapely.box(140.2, -1.0, 141.8, 3.0), shapely.box(140.2, -5.0, 141.8, -1.0))
    )
    # Cells are weighed on a sphere; on the ellipsoid the share differs in the sixth decimal.
    assert farm(cover) == pytest.approx([north / (north + south)], abs=1e-5)
    assert north / (north + south) != pytest.approx(0.5, abs=1e-4)  # counting cells would be wrong
    assert cover.covered.to_list() == pytest.approx([1.0], abs=1e-6)


def test_the_area_is_that_on_the_ground_whatever_the_projection(tmp_path: Path) -> None:
    shape = shapely.box(600_200, 8_989_200, 600_700, 8_989_700)  # 25 ha on the map
    areas = {}
    flat = villages(shape)
    for crs, corner, cell in ((UTM, (600_000.0, 8_990_000.0), 10.0),
                              ("EPSG:4326", (123.9, -9.12), 0.0001)):  # fmt: skip
        classes = np.full((600, 600), FARM, dtype=np.uint8)
        file = write(tmp_path / "a.tif", classes, crs=crs, corner=corner, cell=cell)
        areas[crs] = landcover.area_of(class_rasters.read_cover(file, flat), [FARM], 0.98).iloc[0]
    # UTM draws the central meridian at 0.9996; here, 100 km beside it, areas are 0.05 % off.
    earth = Geod(ellps="WGS84").geometry_area_perimeter(flat.to_crs(4326).geometry.iloc[0])[0]
    assert areas[UTM] == pytest.approx(abs(earth) / 1e4, rel=1e-9)
    assert areas["EPSG:4326"] == pytest.approx(areas[UTM], rel=1e-9)
    assert areas[UTM] != pytest.approx(25.0, rel=1e-4)


@pytest.mark.parametrize("nodata", [NOTHING, -9999])
def test_what_the_raster_does_not_cover_is_missing_and_never_zero(
    tmp_path: Path, nodata: int
) -> None:
    classes = halves().astype(np.int16)
    classes[60:, :] = nodata
    file = write(tmp_path / "a.tif", classes, nodata=nodata)
    whole = shapely.box(600_100, 8_989_500, 600_900, 8_989_900)
    half = shapely.box(600_100, 8_989_200, 600_900, 8_989_600)  # upper half covered
    off = shapely.box(700_100, 8_989_200, 700_900, 8_989_600)  # beyond the raster
    beside = shapely.box(599_900, 8_989_600, 600_100, 8_989_900)  # across its edge
    cover = class_rasters.read_cover(file, villages(whole, half, off, beside))
    assert cover.covered.to_list() == pytest.approx([1.0, 0.5, 0.0, 0.5], abs=1e-6)
    assert farm(cover)[0] == pytest.approx(0.5)
    assert landcover.share_of(cover, [FARM], 0.98).isna().to_list() == [False, True, True, True]
    assert landcover.area_of(cover, [FARM], 0.98).isna().to_list() == [False, True, True, True]
    # An office may accept less: the share is then that of the covered part.
    assert farm(cover, 0.4)[:2] == pytest.approx([0.5, 0.5])
    assert landcover.share_of(cover, [FARM], 0.4).isna().to_list() == [False, False, True, False]
    assert nodata not in cover.shares


def test_a_village_without_the_class_has_zero(tmp_path: Path) -> None:
    cover = class_rasters.read_cover(
        write(tmp_path / "a.tif", halves()),
        villages(shapely.box(600_600, 8_989_100, 600_800, 8_989_300),
                 shapely.box(600_100, 8_989_100, 600_200, 8_989_300)),
    )  # fmt: skip
    assert farm(cover) == [0.0, 1.0]
    assert landcover.absent(cover, [FARM, 99, 3]) == [3, 99]


def test_a_large_village_is_read_in_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from exactextract.raster import RasterioRasterSource

    sizes: list[int] = []
    read = RasterioRasterSource.read_window

    def counted(self: object, x0: int, y0: int, nx: int, ny: int) -> Classes:
        sizes.append(nx * ny)
        found: Classes = read(self, x0, y0, nx, ny)
        return found

    monkeypatch.setattr(RasterioRasterSource, "read_window", counted)
    monkeypatch.setattr(class_rasters, "CELLS", 5_000)
    file = write(tmp_path / "a.tif", halves(400, 400))
    shape = shapely.box(600_100, 8_986_100, 603_900, 8_989_900)
    cover = class_rasters.read_cover(file, villages(shape))
    assert farm(cover) == pytest.approx([0.5], abs=1e-7)
    assert len(sizes) >= 380 * 380 / 5_000
    assert max(sizes) <= 5_000


MEASURE = r"""
import json, re, sys
from pathlib import Path
import geopandas as gpd, shapely
from fsva.sources.ground import class_rasters
shape = shapely.box(600_000, 8_990_000 - 10 * int(sys.argv[2]), 600_000 + 10 * int(sys.argv[2]),
                    8_990_000)
frame = gpd.GeoDataFrame(geometry=[shape], crs="EPSG:32751", index=["a"])
cover = class_rasters.read_cover(Path(sys.argv[1]), frame)
# Not ru_maxrss: that of a new process begins with its parent's.
status = Path("/proc/self/status").read_text()
peak = int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024
print(json.dumps({"kelas": cover.shares.columns.tolist(), "mib": peak}))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak memory from /proc")
def test_memory_does_not_grow_with_the_raster(tmp_path: Path) -> None:
    """A village of 144 million cells (1.4 GB if they stood in memory with their weights)."""
    peaks = {}
    for side in (1_000, 12_000):
        file = tmp_path / f"{side}.tif"
        place = rasterio.transform.from_origin(600_000, 8_990_000, 10, 10)
        said = {"height": side, "width": side, "count": 1, "dtype": "uint8", "crs": UTM,
                "transform": place, "tiled": True, "compress": "deflate"}  # fmt: skip
        with rasterio.open(file, "w", driver="GTiff", **said) as made:
            row = np.full((1, 256, side), FARM, dtype=np.uint8)
            for top in range(0, side, 256):
                height = min(256, side - top)
                made.write(row[:, :height], window=rasterio.windows.Window(0, top, side, height))
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, str(file), str(side)],
            cwd=ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
        found = json.loads(done.stdout)
        assert found["kelas"] == [FARM]
        peaks[side] = found["mib"]
    assert peaks[12_000] - peaks[1_000] < 150


def _two_bands(file: Path) -> None:
    write(file, halves(), count=2)


def _decimals(file: Path) -> None:
    write(file, halves().astype(np.float32))


def _without_crs(file: Path) -> None:
    write(file, halves(), crs=None)


def _local(file: Path) -> None:
    write(file, halves(), crs='LOCAL_CS["arbitrary",UNIT["metre",1]]')


def _turned(file: Path) -> None:
    place = rasterio.transform.from_origin(600_000, 8_990_000, 10, 10)
    write(file, halves(), transform=place @ rasterio.Affine.rotation(3))


def _upside_down(file: Path) -> None:
    write(file, halves(), transform=rasterio.Affine(10, 0, 600_000, 0, 10, 8_989_000))


def _elsewhere(file: Path) -> None:
    write(file, halves(), corner=(300_000.0, 8_500_000.0))


def _cut_off(file: Path) -> None:
    rng = np.random.default_rng(1)
    write(file, rng.integers(0, 200, (900, 900), dtype=np.uint8), compress="deflate", tiled=True,
          blockxsize=128, blockysize=128)  # fmt: skip
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 3])


def _text(file: Path) -> None:
    file.write_text("bukan raster", encoding="utf-8")


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _vrt(file: Path) -> None:
    source = write(file.with_name("asli.tif"), halves())
    file.write_text(
        f'<VRTDataset rasterXSize="100" rasterYSize="100"><SRS>{UTM}</SRS>'
        "<GeoTransform>600000,10,0,8990000,0,-10</GeoTransform>"
        '<VRTRasterBand dataType="Byte" band="1"><SimpleSource>'
        f"<SourceFilename>{source}</SourceFilename><SourceBand>1</SourceBand>"
        "</SimpleSource></VRTRasterBand></VRTDataset>",
        encoding="utf-8",
    )


DAMAGES = {
    "raster_kanal": _two_bands, "raster_desimal": _decimals, "raster_tanpa_crs": _without_crs,
    "raster_crs": _local, "raster_di_luar": _elsewhere,
}  # fmt: skip


@pytest.mark.parametrize(
    ("damage", "key"),
    [*((damage, key) for key, damage in DAMAGES.items()),
     (_turned, "raster_miring"), (_upside_down, "raster_miring"), (_cut_off, "raster_rusak"),
     (_text, "raster_rusak"), (_empty, "raster_rusak"), (_vrt, "raster_rusak"),
     (lambda file: None, "berkas_hilang")],
)  # fmt: skip
def test_a_raster_that_is_none_is_refused_by_name(tmp_path: Path, damage: Any, key: str) -> None:  # noqa: ANN401
    file = tmp_path / "tutupan.tif"
    damage(file)
    near, far = (600_100, 8_989_100, 600_900, 8_989_900), (608_000, 8_981_100, 608_900, 8_981_900)
    with pytest.raises(SourceError) as caught:
        class_rasters.read_cover(file, villages(shapely.box(*near), shapely.box(*far)))
    assert (caught.value.key, caught.value.places[0].file) == (key, file)
    for language in texts.LANGUAGES:
        assert "tutupan.tif" in messages.render(caught.value, texts.load(language))


def test_no_class_at_all_within_the_district_is_an_error_and_not_zero(tmp_path: Path) -> None:
    file = write(tmp_path / "a.tif", np.zeros((100, 100), dtype=np.uint8), nodata=0)
    with pytest.raises(SourceError) as caught:
        class_rasters.read_cover(
            file, villages(shapely.box(600_100, 8_989_100, 600_900, 8_989_900))
        )
    assert caught.value.key == "raster_di_luar"


def test_a_projection_that_bends_areas_is_refused_with_its_measure(tmp_path: Path) -> None:
    file = write(tmp_path / "a.tif", halves(), crs="EPSG:3857", corner=(15e6, -1e6), cell=10_000)
    # Three degrees of latitude at 8 degrees south.
    district = villages(shapely.box(135, -9, 136, -7.5), shapely.box(135, -7.5, 136, -6),
                        crs="EPSG:4326")  # fmt: skip
    with pytest.raises(SourceError) as caught:
        class_rasters.read_cover(file, district)
    assert caught.value.key == "raster_skala"
    sec2 = [1 / np.cos(np.radians(latitude)) ** 2 for latitude in (9, 6)]
    assert float(caught.value.facts["persen"]) == pytest.approx(
        100 * (sec2[0] / sec2[1] - 1), abs=0.02
    )


def test_files_beside_the_raster_change_nothing(tmp_path: Path) -> None:
    file = write(tmp_path / "a.tif", halves())
    shape = villages(shapely.box(600_100, 8_989_100, 600_900, 8_989_900))
    before = class_rasters.read_cover(file, shape)
    beside = '<PAMDataset><PAMRasterBand band="1"><NoDataValue>20</NoDataValue></PAMRasterBand></PAMDataset>'  # noqa: E501
    (tmp_path / "a.tif.aux.xml").write_text(beside, encoding="ascii")
    (tmp_path / "a.tfw").write_text("1\n0\n0\n-1\n0\n0\n", encoding="ascii")
    assert class_rasters.read_cover(file, shape).shares.equals(before.shares)


def test_without_its_libraries_the_command_that_installs_them_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path / "a.tif", halves())
    found = builtins.__import__

    def lacking(name: str, *more: Any, **others: Any) -> Any:  # noqa: ANN401
        if name.split(".")[0] in {"rasterio", "exactextract"}:
            raise ImportError(name)
        return found(name, *more, **others)

    monkeypatch.setattr(builtins, "__import__", lacking)
    with pytest.raises(SourceError) as caught:
        class_rasters.read_cover(
            file, villages(shapely.box(600_100, 8_989_100, 600_900, 8_989_900))
        )
    assert caught.value.key == "raster_pustaka"
    assert "make siap EKSTRA=raster" in messages.render(caught.value, texts.load("id"))


def test_cells_that_a_mask_hides_are_missing(tmp_path: Path) -> None:
    file = tmp_path / "a.tif"
    shown = np.full((100, 100), 255, dtype=np.uint8)
    shown[:, :50] = 0  # the western half of the raster, all of it farm land
    place = rasterio.transform.from_origin(600_000, 8_990_000, 10, 10)
    said = {"height": 100, "width": 100, "count": 1, "dtype": "uint8", "crs": UTM,
            "transform": place}  # fmt: skip
    with (
        rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True),
        rasterio.open(file, "w", driver="GTiff", **said) as made,
    ):
        made.write(halves(), 1)
        made.write_mask(shown)
    shape = shapely.box(600_100, 8_989_100, 600_900, 8_989_900)
    cover = class_rasters.read_cover(file, villages(shape))
    assert cover.covered.to_list() == pytest.approx([0.5], abs=1e-7)
    assert cover.shares.columns.to_list() == [TOWN]


@pytest.mark.shared
@pytest.mark.parametrize("crs", ["EPSG:32748", "EPSG:4326"])
def test_real_villages_have_the_share_that_an_overlay_of_polygons_gives(
    tmp_path: Path, shared_dir: Path, crs: str
) -> None:
    """Every village of Kota Cilegon against shapely's own intersection, in an equal-area plane."""
    layer = gpd.read_file(shared_dir / "boundaries" / "desa_36.72_kota-cilegon.geojson")
    layer = gpd.GeoDataFrame(geometry=shapely.make_valid(layer.geometry.to_numpy()), crs=4326)
    layer = layer.to_crs("EPSG:32748").set_axis([f"v{n}" for n in range(len(layer))])
    west, south, east, north = layer.to_crs(crs).total_bounds
    cell = (east - west) / 701.3
    columns, rows = 703, int((north - south) / cell) + 3
    stripes = np.where(np.arange(columns) % 12 < 5, FARM, TOWN).astype(np.uint8)
    corner = (west - cell, north + cell)
    file = write(tmp_path / "a.tif", np.tile(stripes, (rows, 1)), corner=corner, cell=cell, crs=crs)
    cover = class_rasters.read_cover(file, layer)
    edges = [(corner[0] + n * cell, corner[0] + (n + 5) * cell) for n in range(0, columns, 12)]
    lines = [shapely.box(left, south - cell, right, north + cell) for left, right in edges]
    ground = gpd.GeoSeries([shapely.segmentize(shapely.union_all(lines), 20 * cell)], crs=crs)
    plane = "EPSG:6933"
    own = layer.geometry.to_crs(crs).to_crs(plane)
    expected = shapely.area(shapely.intersection(own.to_numpy(), ground.to_crs(plane).iloc[0]))
    assert farm(cover) == pytest.approx(list(expected / shapely.area(own.to_numpy())), abs=2e-5)
    assert cover.covered.min() == pytest.approx(1.0, abs=1e-6)
    on_plane = shapely.area(own.to_numpy()).sum() / 1e4
    assert cover.area_ha.sum() == pytest.approx(on_plane, rel=1e-6)


WHOLE = shapely.box(600_000, 8_989_000, 601_000, 8_990_000)


@pytest.mark.parametrize("share", [0.01, 0.03, 0.08])
def test_scattered_cells_without_data_leave_the_village_its_value(
    tmp_path: Path, share: float
) -> None:
    classes = halves()
    classes[np.random.default_rng(1).random(classes.shape) < share] = 255
    file = write(tmp_path / "a.tif", classes, nodata=255)
    cover = class_rasters.read_cover(file, villages(WHOLE))
    usual = float(LandCover(berkas="a.tif", kelas_lahan_pertanian=(FARM,)).least_covered)
    assert farm(cover, usual) == pytest.approx([0.5], abs=0.01)


@pytest.mark.parametrize(("nodata", "bare"), [(None, True), (0, False), (255, False)])
def test_a_zero_that_may_mean_no_data_is_noticed(
    tmp_path: Path, nodata: int | None, bare: bool
) -> None:
    classes = halves()
    classes[:10] = 0
    file = write(tmp_path / "a.tif", classes, nodata=nodata)
    cover = class_rasters.read_cover(file, villages(WHOLE))
    assert cover.bare == ((0,) if bare else ())
    assert (0 in cover.shares.columns) is (nodata != 0)


@pytest.mark.parametrize(
    ("kind", "value", "bare"),
    [("int16", -9999, True), ("uint8", 255, True), ("uint16", 65535, True), ("int16", 255, False)],
)
def test_values_that_usually_mean_no_data_are_noticed(
    tmp_path: Path, kind: str, value: int, bare: bool
) -> None:
    classes = halves().astype(kind)
    classes[:10] = value
    cover = class_rasters.read_cover(write(tmp_path / "a.tif", classes), villages(WHOLE))
    assert cover.bare == ((value,) if bare else ())


def test_a_village_of_few_cells_is_noticed(tmp_path: Path) -> None:
    file = write(tmp_path / "a.tif", halves())
    small = shapely.box(600_000, 8_989_000, 600_030, 8_989_030)
    cover = class_rasters.read_cover(file, villages(WHOLE, small))
    assert list(cover.few_cells.values()) == [9]


@pytest.mark.parametrize(("scale", "offset"), [(0.1, 0.0), (1.0, 5.0), (2.0, -1.0)])
def test_scale_tags_are_named(tmp_path: Path, scale: float, offset: float) -> None:
    file = write(tmp_path / "a.tif", halves())
    with rasterio.open(file, "r+") as made:
        made.scales, made.offsets = (scale,), (offset,)
    with pytest.raises(SourceError) as caught:
        class_rasters.read_cover(file, villages(WHOLE))
    assert caught.value.key == "raster_tanda_skala"
    assert caught.value.places[0].found == f"{scale:g} {offset:g}"
