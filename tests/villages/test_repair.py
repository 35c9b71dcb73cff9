"""Mending a layer: a valid coverage, the same villages, the same area."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
import shapely.affinity
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fsva.core.errors import GeometryError
from tests.places import examples, small
from tests.places.framed import crs, repair

FLOWS = ("celah_diisi_m2", "tambahan_m2", "diserahkan_m2", "dibuang_m2")


def is_clean(layer: gpd.GeoDataFrame) -> bool:
    """Tell whether all are valid, present, with common borders and no slivers between them."""
    shapes = layer.geometry.to_numpy()
    valid = shapely.is_valid(shapes).all() and not shapely.is_empty(shapes).any()
    return bool(valid and shapely.coverage_is_valid(shapes) and not slivers(layer))


def slivers(layer: gpd.GeoDataFrame) -> list[float]:
    """Return the widths in metres of the gaps between villages that are too narrow to be land."""
    land = shapely.get_parts(shapely.union_all(layer.geometry.to_numpy()))
    rings = [ring for part in land for ring in part.interiors]
    # By itself GEOS measures to a thousandth of the length: a long gap would seem too narrow.
    circles = [shapely.maximum_inscribed_circle(shapely.Polygon(r), tolerance=0.01) for r in rings]
    widths = [2 * circle.length for circle in circles]
    return [width for width in widths if width < repair.GAP_WIDTH_M]


def torn_strips(layer: gpd.GeoDataFrame) -> list[str]:
    """Return the villages with a narrow part that borders another village."""
    parts = layer[["geometry"]].explode()
    circles = shapely.maximum_inscribed_circle(parts.geometry.to_numpy(), tolerance=0.01)
    narrow = parts[2 * shapely.length(circles) < repair.GAP_WIDTH_M]
    others = ((code, layer.drop(index=code), part) for code, part in narrow.geometry.items())
    return [str(code) for code, rest, part in others if rest.intersects(part).any()]


def narrow_m(layer: gpd.GeoDataFrame) -> float:
    """Return the length of borders close to another village's that do not lie on the outside.

    What lies on the outside is a coast or river mouth that runs between two villages.
    """
    shapes = layer.geometry.to_numpy()
    close = shapely.union_all(shapely.coverage_invalid_edges(shapes, repair.GAP_WIDTH_M))
    outside = shapely.buffer(shapely.boundary(shapely.union_all(shapes)), 0.01)
    return float(shapely.length(shapely.difference(close, outside)))


def area_km2(layer: gpd.GeoDataFrame) -> float:
    return float(shapely.union_all(shapely.make_valid(layer.geometry.to_numpy())).area) / 1e6


def imbalance_m2(ledger: pd.DataFrame) -> float:
    """Return the land that a ledger fails to account for, in its worst village."""
    gap, added, given_up, dropped = (ledger[flow] for flow in FLOWS)
    expected = ledger["luas_sah_m2"] + gap + added - given_up - dropped
    return float((expected - ledger["luas_sesudah_m2"]).abs().max())


def other_side(text: str) -> dict[str, float]:
    """Take apart a list such as ``99.01.01.2001=12.5; 99.01.01.2002=3.0``."""
    pairs = (one.split("=") for one in text.split("; ") if one)
    return {code: float(area) for code, area in pairs}


def test_a_clean_layer_is_left_as_it_is() -> None:
    layer = small.layer()
    mended, account = repair.repair(layer)
    assert mended.geometry.equals(layer.geometry)
    assert account["luas_sebelum_m2"].equals(account["luas_sesudah_m2"])
    assert not account[[*FLOWS, "bagian_hilang", "perubahan"]].any(axis=None)
    assert repair.touched(account).empty


def test_the_ledger_tells_which_gap_was_filled() -> None:
    _, ledger = repair.repair(small.layer(small.sliver))
    filled = ledger["celah_diisi_m2"]
    assert filled.sum() == pytest.approx(5 * 2400, rel=1e-6)
    assert set(filled[filled > 1].index) <= {small.CODES[3], small.CODES[4]}
    assert ledger["diserahkan_m2"].sum() == pytest.approx(0, abs=0.01)
    assert list(repair.touched(ledger).index) == list(filled[filled > 1].index)


def test_the_ledger_tells_who_got_an_overlap_from_whom() -> None:
    _, ledger = repair.repair(small.layer(small.overlap))
    (loser,) = ledger.index[ledger["diserahkan_m2"] > 1]
    (winner,) = other_side(str(ledger.loc[loser, "diserahkan_kepada"]))
    assert {loser, winner} == {small.CODES[6], small.CODES[7]}
    assert ledger.loc[loser, "diserahkan_m2"] == pytest.approx(30 * 3000, rel=1e-6)
    assert other_side(str(ledger.loc[winner, "diterima_dari"])) == {loser: 90000.0}
    assert ledger.loc[loser, "perubahan"] == pytest.approx(
        90000 / ledger.loc[loser, "luas_sebelum_m2"]
    )
    assert set(repair.touched(ledger).index) == {loser, winner}


def test_a_strip_cut_off_from_its_village_goes_to_the_neighbour() -> None:
    def cut_off(shapes: list[shapely.Geometry]) -> None:
        """Draw a strip of village 7, 10 m wide, within village 8."""
        strip = shapely.box(3020, 6600, 3030, 8400)
        shapes[7] = shapely.difference(shapes[7], strip)
        shapes[6] = shapely.union(shapes[6], strip)

    layer = small.layer(cut_off)
    assert shapely.get_num_geometries(layer.geometry.iloc[6]) == 2
    mended, ledger = repair.repair(layer)
    assert is_clean(mended)
    assert shapely.get_num_geometries(mended.geometry.iloc[6]) == 1
    assert other_side(ledger["diserahkan_kepada"].iloc[6]) == {small.CODES[7]: 18000.0}
    assert ledger["tambahan_m2"].iloc[7] == pytest.approx(18000, rel=1e-6)
    assert ledger["bagian_hilang"].tolist() == [0] * 6 + [1] + [0] * 5


def test_a_narrow_islet_stays_because_nobody_borders_it() -> None:
    def islet(shapes: list[shapely.Geometry]) -> None:
        sliver_of_land = shapely.box(20e3, 0, 20_010, 2000)
        shapes[10] = shapely.union(shapes[10], sliver_of_land)
        small.sliver(shapes)

    mended, ledger = repair.repair(small.layer(islet))
    assert shapely.get_num_geometries(mended.geometry.iloc[10]) == 3
    assert not ledger["bagian_hilang"].any()


def test_an_empty_part_of_a_village_is_no_strip_of_a_neighbour() -> None:
    polygons = small.layer().geometry.to_numpy()
    ring = polygons[0].wkt.removeprefix("POLYGON ")
    empty = shapely.from_wkt(f"MULTIPOLYGON ({ring}, EMPTY)")
    assert shapely.get_num_geometries(empty) == 2
    mended = repair.to_coverage(np.array([empty, *polygons[1:]], dtype=object))
    assert shapely.area(mended) == pytest.approx(shapely.area(polygons))


@settings(examples.one_in(4), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.floats(-12, 12), min_size=24, max_size=24))
def test_whatever_is_shifted_the_ledger_balances_and_nothing_overlaps(shift: list[float]) -> None:
    def shifted(shapes: list[shapely.Geometry]) -> None:
        for n, shape in enumerate(shapes):
            shapes[n] = shapely.affinity.translate(shape, shift[2 * n], shift[2 * n + 1])

    layer = small.layer(shifted)
    mended, ledger = repair.repair(layer)
    assert shapely.coverage_is_valid(mended.geometry.to_numpy())
    assert not slivers(mended)
    assert imbalance_m2(ledger) < 1
    assert mended.area.sum() == pytest.approx(area_km2(mended) * 1e6, rel=1e-9)
    drawn = area_km2(layer) * 1e6
    gained = ledger["celah_diisi_m2"].sum() - ledger["dibuang_m2"].sum()
    assert mended.area.sum() == pytest.approx(drawn + gained, abs=1)


def test_given_and_received_are_the_same_land() -> None:
    def several(shapes: list[shapely.Geometry]) -> None:
        small.overlap(shapes)
        small.sliver(shapes)

    _, ledger = repair.repair(small.layer(several))
    given_up = {
        (loser, winner): area
        for loser, text in ledger["diserahkan_kepada"].items()
        for winner, area in other_side(text).items()
    }
    received = {
        (loser, winner): area
        for winner, text in ledger["diterima_dari"].items()
        for loser, area in other_side(text).items()
    }
    assert given_up == received != {}


def test_nothing_is_simplified() -> None:
    layer = small.layer(small.overlap)
    mended, _ = repair.repair(layer)
    apart = [0, 1, 2, 10]  # villages that the damage does not touch keep every node
    before, after = (np.asarray(f.geometry.iloc[apart]) for f in (layer, mended))
    assert shapely.get_num_coordinates(after).tolist() == [*shapely.get_num_coordinates(before)]


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
    layer = crs.project(small.villages_of(file, name[5:10]), file)
    mended, account = repair.repair(layer)
    assert len(mended) == n_villages
    assert is_clean(mended)
    assert mended.area.sum() / 1e6 == pytest.approx(area_km2(layer), rel=1e-3)
    assert list(account.index) == list(layer.index)
    assert imbalance_m2(account) < 1
    assert account["perubahan"].max() < repair.LARGEST_CHANGE
    assert not torn_strips(mended)
    assert narrow_m(mended) == pytest.approx(0, abs=1)


def test_a_strip_beside_one_that_was_taken_follows_it() -> None:
    squares = [shapely.box(1000 * n, 0, 1000 * (n + 1), 1000) for n in range(6)]
    first, second, nobody = (shapely.box(x, 200, x + 10, 800) for x in (2000, 2010, 2020))
    squares[2] = shapely.difference(squares[2], shapely.union_all([first, second, nobody]))
    squares[4] = shapely.union(squares[4], first)
    squares[5] = shapely.union(squares[5], second)
    merged = repair._merge_strips(np.array(squares, dtype=object))
    # Village 1 borders the second strip only since it has the first.
    after = [1e6, 1e6 + 12_000, 1e6 - 18_000, 1e6, 1e6, 1e6]
    assert shapely.area(merged) == pytest.approx(after)


def test_sound_polygons_are_not_held_twice() -> None:
    sound = shapely.box(0, 0, 10, 10, ccw=False)
    crossed = shapely.Polygon([(20, 0), (30, 10), (30, 0), (20, 10)])
    made = repair.make_valid(np.array([sound, crossed], dtype=object))
    assert made[0] is sound
    assert shapely.is_valid(made).all()
    assert shapely.area(made[1]) == 50
