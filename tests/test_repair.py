"""Mending a layer: a valid coverage, the same villages, the same area."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from pipeline import repair
from pipeline.errors import GeometryError
from pipeline.sources import layers
from tests import small


def is_clean(layer: gpd.GeoDataFrame) -> bool:
    """Tell whether all are valid, present, with common borders and no slivers between them."""
    shapes = layer.geometry.to_numpy()
    valid = shapely.is_valid(shapes).all() and not shapely.is_empty(shapes).any()
    return bool(valid and shapely.coverage_is_valid(shapes) and not slivers(layer))


def slivers(layer: gpd.GeoDataFrame) -> list[float]:
    """Return the widths in metres of the gaps between villages that are too narrow to be land."""
    land = shapely.get_parts(shapely.union_all(layer.geometry.to_numpy()))
    rings = [ring for part in land for ring in part.interiors]
    widths = [2 * shapely.maximum_inscribed_circle(shapely.Polygon(r)).length for r in rings]
    return [width for width in widths if width < repair.GAP_WIDTH_M]


def area_km2(layer: gpd.GeoDataFrame) -> float:
    return float(shapely.union_all(shapely.make_valid(layer.geometry.to_numpy())).area) / 1e6


def test_a_clean_layer_is_left_as_it_is() -> None:
    layer = small.layer()
    mended, account = repair.repair(layer)
    assert mended.geometry.equals(layer.geometry)
    assert account["luas_sebelum_m2"].equals(account["luas_sesudah_m2"])


@pytest.mark.parametrize("damage", [small.sliver, small.overlap, small.spike])
def test_damage_is_mended_and_the_area_kept(damage: small.Damage) -> None:
    layer = small.layer(damage)
    assert not is_clean(layer)
    mended, account = repair.repair(layer)
    assert is_clean(mended)
    assert mended.crs == layer.crs
    assert mended["nama"].tolist() == list(small.NAMES)
    assert area_km2(mended) == pytest.approx(area_km2(small.layer()), rel=1e-6)
    assert account["luas_sesudah_m2"].tolist() == pytest.approx(mended.area.tolist())
    assert account["luas_sebelum_m2"].tolist() == pytest.approx(layer.area.tolist())


def test_islands_enclave_and_lake_stay() -> None:
    mended, _ = repair.repair(small.layer(small.sliver))
    island, enclave = mended.geometry.iloc[10], mended.geometry.iloc[9]
    assert shapely.get_num_geometries(island) == 2
    assert enclave.area == pytest.approx(1.44e6)
    lakes = shapely.get_parts(shapely.union_all(mended.geometry.to_numpy()))
    assert sum(shapely.get_num_interior_rings(part) for part in lakes) == 1


@pytest.mark.parametrize(
    ("damage", "village"),
    [
        (small.bow_tie, "Sebelas (99.01.02.2011)"),
        (small.collapsed, "Sebelas (99.01.02.2011)"),
        (small.swallowed, "Enam (99.01.01.2006)"),
    ],
)
def test_it_refuses_to_change_a_village_beyond_recognition(
    damage: small.Damage, village: str
) -> None:
    with pytest.raises(GeometryError) as caught:
        repair.repair(small.layer(damage))
    assert caught.value.key == "berubah_banyak"
    assert village in [place.village for place in caught.value.places]
    assert all("m2" in str(place.found) for place in caught.value.places)


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "n_villages"),
    [
        ("desa_11.08_aceh-utara", 852),
        ("desa_36.72_kota-cilegon", 43),
        ("desa_53.03_timor-tengah-utara", 192),
        ("desa_53.04_belu", 81),
        ("desa_53.21_malaka", 127),
    ],
)
def test_real_layers_become_coverages(shared_dir: Path, name: str, n_villages: int) -> None:
    file = shared_dir / "boundaries" / f"{name}.geojson"
    own = layers.of_district(layers.read(file, "kode", "nama"), name[5:10], file)
    layer = layers.project(own, file)
    mended, account = repair.repair(layer)
    assert len(mended) == n_villages
    assert is_clean(mended)
    assert mended.area.sum() / 1e6 == pytest.approx(area_km2(layer), rel=1e-3)
    assert list(account.index) == list(layer.index)
