"""The schematic layer: the committed files, the geometry behind them, and the rebuild."""

import hashlib
import json
import os
import re
import tomllib
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from fsva.begin.schematic.schematic_files import read_countries, read_gazetteer, rebuild, to_geojson
from fsva.begin.schematic.surrounding_land import national_land, surroundings, villages_of
from fsva.begin.schematic.voronoi_layer import Mending, mended_land, schematic_coverage
from fsva.core.errors import GeometryError, LayerError, SourceError
from tests.places import examples

UTM_BELU = "EPSG:32751"
GAZETTEER = "boundaries/gazetteer/53.03_53.04_53.21.csv"
WRITTEN = ("skematis/53.04-belu", "skematis/53.04-sekitar", "konteks/daratan")


@pytest.fixture(scope="module")
def belu(repo_root: Path) -> gpd.GeoDataFrame:
    return gpd.read_file(repo_root / "boundaries/skematis/53.04-belu.geojson")


@pytest.fixture(scope="module")
def around(repo_root: Path) -> gpd.GeoDataFrame:
    return gpd.read_file(repo_root / "boundaries/skematis/53.04-sekitar.geojson")


@pytest.fixture(scope="module")
def land(repo_root: Path) -> gpd.GeoDataFrame:
    return gpd.read_file(repo_root / "boundaries/konteks/daratan.geojson")


@pytest.fixture(scope="module")
def points(repo_root: Path) -> gpd.GeoDataFrame:
    return read_gazetteer(repo_root / GAZETTEER, "53.04")


@pytest.fixture(scope="module")
def own_points(points: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return points[points["kode"].str.startswith("53.04.")].reset_index(drop=True)


# --- the committed layer ---------------------------------------------------------------


def test_every_village_of_the_gazetteer_once_and_in_order(
    belu: gpd.GeoDataFrame, own_points: gpd.GeoDataFrame
) -> None:
    columns = ["kode", "nama", "kecamatan"]
    assert len(belu) == 81
    assert belu[columns].to_numpy().tolist() == own_points[columns].to_numpy().tolist()


def test_villages_are_whole_polygons_of_one_coverage(belu: gpd.GeoDataFrame) -> None:
    shapes = belu.geometry.to_numpy()
    assert set(belu.geom_type) == {"Polygon"}
    assert shapely.is_valid(shapes).all()
    assert shapely.get_num_interior_rings(shapes).sum() == 0
    assert shapely.coverage_is_valid(shapes)


def test_the_outline_is_one_polygon_without_holes(belu: gpd.GeoDataFrame) -> None:
    outline = shapely.coverage_union_all(belu.geometry.to_numpy())
    (only,) = shapely.get_parts(outline)
    assert shapely.get_num_interior_rings(only) == 0


def test_every_point_stands_well_inside_its_village(
    belu: gpd.GeoDataFrame, own_points: gpd.GeoDataFrame
) -> None:
    cells = belu.to_crs(UTM_BELU).geometry.to_numpy()
    sites = own_points.to_crs(UTM_BELU).geometry.to_numpy()
    assert shapely.contains(cells, sites).all()
    assert shapely.distance(shapely.boundary(cells), sites).min() > 250


def test_the_middle_of_a_village_is_nearest_to_its_own_point(
    belu: gpd.GeoDataFrame, points: gpd.GeoDataFrame
) -> None:
    inner = belu.to_crs(UTM_BELU).representative_point()
    tree = shapely.STRtree(points.to_crs(UTM_BELU).geometry)
    assert points["kode"].to_numpy()[tree.nearest(inner)].tolist() == belu["kode"].tolist()


def test_villages_have_sane_sizes_and_no_slivers(belu: gpd.GeoDataFrame) -> None:
    cells = belu.to_crs(UTM_BELU).geometry
    area_km2 = cells.area / 1e6
    assert area_km2.between(0.5, 50).all()
    assert 1_050 < area_km2.sum() < 1_250
    roundness = 4 * np.pi * cells.area / cells.length**2
    assert roundness.min() > 0.5


def test_the_border_leaves_each_village_its_share(
    belu: gpd.GeoDataFrame, points: gpd.GeoDataFrame, own_points: gpd.GeoDataFrame
) -> None:
    """At least 15 % of what it would have within six kilometres if land had no end."""
    flat = points.to_crs(UTM_BELU)
    cells = shapely.voronoi_polygons(
        shapely.multipoints(flat.geometry.to_numpy()),
        extend_to=shapely.box(*flat.total_bounds).buffer(20_000),
    )
    sites = own_points.to_crs(UTM_BELU).geometry.to_numpy()
    parts = shapely.get_parts(cells)
    mine = [parts[shapely.contains(parts, site)][0] for site in sites]
    unclipped = shapely.area(shapely.intersection(mine, shapely.buffer(sites, 6_000)))
    share = belu.to_crs(UTM_BELU).area.to_numpy() / unclipped
    assert share.min() > 0.15


@pytest.mark.shared
def test_the_outline_resembles_the_real_one(belu: gpd.GeoDataFrame, shared_dir: Path) -> None:
    real_layer = gpd.read_file(shared_dir / "boundaries/desa_53.04_belu.geojson")
    real = real_layer.to_crs(UTM_BELU).geometry.buffer(20).union_all()
    drawn = belu.to_crs(UTM_BELU).geometry.union_all()
    assert drawn.intersection(real).area / drawn.union(real).area > 0.85


def test_neighbours_fit_the_villages_without_overlap(
    belu: gpd.GeoDataFrame, around: gpd.GeoDataFrame
) -> None:
    assert around[["kode", "nama", "jenis"]].to_numpy().tolist() == [
        ["53.03", "Kabupaten Timor Tengah Utara", "kabupaten"],
        ["53.21", "Kabupaten Malaka", "kabupaten"],
        ["626", "Timor-Leste", "negara"],
    ]
    together = np.concatenate([belu.geometry.to_numpy(), around.geometry.to_numpy()])
    assert shapely.coverage_is_valid(together)
    bordering = shapely.length(
        shapely.intersection(around.geometry.to_numpy(), belu.geometry.union_all())
    )
    assert (bordering > 0).all()


def test_national_land_covers_the_archipelago(land: gpd.GeoDataFrame) -> None:
    shapes = land.geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    indonesia = land.loc[land["iso"] == "360"].geometry.item()
    cities = [(106.83, -6.3), (140.6, -2.7), (98.65, 3.55), (123.6, -10.2), (119.45, -5.15)]
    assert shapely.contains_xy(indonesia, *np.transpose(cities)).all()
    assert indonesia.disjoint(shapely.Point(125.6, -8.7))


@pytest.mark.parametrize(("name", "decimals"), list(zip(WRITTEN, (5, 5, 3), strict=True)))
def test_files_are_small_rounded_and_written_canonically(
    repo_root: Path, name: str, decimals: int
) -> None:
    path = repo_root / f"boundaries/{name}.geojson"
    text = path.read_text(encoding="utf-8")
    layer = gpd.read_file(path)
    assert len(text) < 900_000
    assert max(map(len, re.findall(r"\d\.(\d+)", text.split('"coordinates"', 1)[1]))) <= decimals
    assert len(text.splitlines()) == len(layer) + 2
    assert to_geojson(layer) == text


def test_every_file_has_a_source_record_with_its_hash(repo_root: Path) -> None:
    folder = repo_root / "boundaries"
    records = tomllib.loads((folder / "SOURCES.toml").read_text(encoding="utf-8"))["berkas"]
    kept = {
        record["nama"]: hashlib.sha256((folder / record["nama"]).read_bytes()).hexdigest()
        for record in records
    }
    assert {record["nama"]: record["sidik_sha256"] for record in records} == kept
    present = [p for sub in ("gazetteer", "skematis", "konteks") for p in (folder / sub).iterdir()]
    assert set(kept) == {p.relative_to(folder).as_posix() for p in present}


# --- the geometry ----------------------------------------------------------------------


def two_countries() -> gpd.GeoDataFrame:
    """Home in the west, abroad in the east, sea around both."""
    shapes = [shapely.box(124.0, -9.5, 124.5, -9.0), shapely.box(124.5, -9.5, 125.0, -9.0)]
    columns = {"iso": ["360", "626"], "nama": ["Sini", "Sana"]}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326")


def sites(*places: tuple[float, float]) -> gpd.GeoDataFrame:
    codes = [f"53.{4 if i % 2 else 3:02}.01.{2001 + i}" for i in range(len(places))]
    columns = {"kode": codes, "nama": codes, "kecamatan": "Uji"}
    return gpd.GeoDataFrame(columns, geometry=shapely.points(places), crs="EPSG:4326")


GRID_STEP = 0.02
places = st.lists(
    st.tuples(st.integers(0, 26), st.integers(0, 25)), min_size=4, max_size=25, unique=True
).map(lambda cells: [(124.0 + x * GRID_STEP, -9.5 + y * GRID_STEP) for x, y in cells])


@examples.one_in(4)
@given(places)
def test_any_points_give_a_coverage_of_whole_villages(chosen: list[tuple[float, float]]) -> None:
    """Also points on the shore, and up to 2 km inside the neighbouring country."""
    villages = sites(*chosen)
    coverage = schematic_coverage(villages, two_countries())
    drawn = coverage[coverage["jenis"] == "desa"].set_index("kode").loc[villages["kode"]]
    assert len(drawn) == len(villages)
    assert shapely.coverage_is_valid(coverage.geometry.to_numpy())
    assert set(drawn.geom_type) == {"Polygon"}
    assert shapely.contains(drawn.geometry.to_numpy(), villages.geometry.to_numpy()).all()


def test_mending_moves_the_land_border_but_not_the_coast() -> None:
    own, abroad = shapely.box(0, 0, 20_000, 20_000), shapely.box(20_000, 0, 40_000, 20_000)
    beyond, ashore = shapely.Point(20_500, 10_000), shapely.Point(10_000, 300)
    mending = Mending()
    land = mended_land(own, abroad, np.array([beyond, ashore]), mending)
    assert land.contains(beyond.buffer(mending.room_m * 0.9))
    at_sea = land.difference(own.union(abroad))
    assert at_sea.area > 0
    assert at_sea.difference(ashore.buffer(mending.shore_m)).area < 5_000


def test_land_far_from_all_points_belongs_to_nobody() -> None:
    coverage = schematic_coverage(sites((124.1, -9.4), (124.15, -9.4)), two_countries())
    villages = coverage[coverage["jenis"] == "desa"].geometry.union_all()
    assert villages.disjoint(shapely.Point(124.4, -9.1))


def test_the_parts_of_a_coverage_add_up() -> None:
    chosen = sites((124.1, -9.4), (124.2, -9.3), (124.45, -9.2), (124.4, -9.4))
    coverage = schematic_coverage(chosen, two_countries())
    own = villages_of(coverage, "53.04")
    rest = surroundings(coverage, "53.04", {"53.03": "Kabupaten Sebelah"})
    assert own["kode"].tolist() == ["53.04.01.2002", "53.04.01.2004"]
    assert rest["nama"].tolist() == ["Kabupaten Sebelah", "Sana"]
    total = sum(shapely.area(part.geometry.to_numpy()).sum() for part in (own, rest))
    assert total == pytest.approx(shapely.area(coverage.geometry.to_numpy()).sum())


def test_two_villages_on_one_point_are_refused() -> None:
    with pytest.raises(GeometryError) as caught:
        schematic_coverage(sites((124.1, -9.4), (124.1, -9.4), (124.2, -9.3)), two_countries())
    assert len(caught.value.places) == 1


def test_simplified_countries_keep_their_common_border() -> None:
    wavy = [(124.5 + 0.001 * (i % 2), -9.5 + 0.05 * i) for i in range(11)]
    west = shapely.Polygon([(124.0, -9.0), (124.0, -9.5), *wavy])
    countries = two_countries()
    east = shapely.box(124.0, -9.5, 125.0, -9.0).difference(west)
    simple = national_land(countries.set_geometry([west, east]), tolerance=0.02)
    assert shapely.coverage_is_valid(simple.geometry.to_numpy())
    assert shapely.get_num_coordinates(simple.geometry.to_numpy()).sum() < 12
    assert simple["nama"].tolist() == ["Sana", "Sini"]


# --- reading and rebuilding ------------------------------------------------------------


def test_a_neighbour_without_a_point_is_left_out_but_not_an_own_village(repo_root: Path) -> None:
    gazetteer = repo_root / GAZETTEER
    assert "53.03.06.1015" not in read_gazetteer(gazetteer, "53.04")["kode"].to_numpy()
    with pytest.raises(LayerError) as caught:
        read_gazetteer(gazetteer, "53.03")
    assert [place.village for place in caught.value.places] == ["Boronubaen Timur 53.03.06.1015"]


def test_an_unknown_kabupaten_is_refused(repo_root: Path) -> None:
    with pytest.raises(LayerError):
        read_gazetteer(repo_root / GAZETTEER, "53.99")


def test_a_gazetteer_without_coordinates_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "titik.csv"
    path.write_text("kode,nama,kecamatan\n53.04.01.2001,Kewar,Lamaknen\n", encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        read_gazetteer(path, "53.04")
    assert [place.column for place in caught.value.places] == ["lintang", "bujur"]


def test_a_kabupaten_without_a_name_is_refused(repo_root: Path, tmp_path: Path) -> None:
    gazetteer = tmp_path / "titik.csv"
    gazetteer.write_bytes((repo_root / GAZETTEER).read_bytes())
    (tmp_path / "wilayah.csv").write_text("kode,nama\n53.04,Kabupaten Belu\n", encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        rebuild(gazetteer, tmp_path / "countries-10m.json", tmp_path)
    assert [place.found for place in caught.value.places] == ["53.03", "53.21"]


@pytest.mark.parametrize("content", ["", "[]", "{}", json.dumps({"type": "FeatureCollection"})])
def test_another_file_than_world_atlas_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "countries.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError):
        read_countries(path, {"Indonesia": "Indonesia"})


@pytest.mark.npm
def test_a_rebuild_gives_the_committed_bytes(repo_root: Path, tmp_path: Path) -> None:
    world_atlas = os.environ.get("FSVA_WORLD_ATLAS")
    if not world_atlas or not Path(world_atlas).is_file():
        pytest.skip("FSVA_WORLD_ATLAS names no countries-10m.json of npm's world-atlas 2.0.2")
    written = rebuild(repo_root / GAZETTEER, Path(world_atlas), tmp_path)
    names = sorted(f"{name}.geojson" for name in WRITTEN)
    assert [path.relative_to(tmp_path).as_posix() for path in written] == names
    for path, name in zip(written, names, strict=True):
        assert path.read_bytes() == (repo_root / "boundaries" / name).read_bytes(), name
