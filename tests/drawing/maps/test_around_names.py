"""Names around a district from the gazetteer: each on its own ground, none where it is not sure."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from fsva.config.styles import gazetteer
from fsva.config.styles.gazetteer import DistrictPoint, Gazetteer
from fsva.drawing.maps.ground import NamedArea, Surroundings
from tests.places import small
from tests.places.framed import around_names, surroundings

LAND = small.ROOT / "boundaries" / "konteks" / "daratan.geojson"


def areas(district: shapely.Geometry, code: str, grown: float = 0.1) -> dict[str, NamedArea]:
    """Return what is named around a shape in degrees."""
    crs = gpd.GeoSeries([district], crs=4326).estimate_utm_crs()
    villages = gpd.GeoDataFrame(geometry=[district], crs=4326).to_crs(crs)
    west, south, east, north = district.bounds
    window = (west - grown, south - grown, east + grown, north + grown)
    around = Surroundings(surroundings.read_land(LAND), None, ())
    named = around_names.named(around, villages, window, code, gazetteer.load())
    return {one.name.id: one for one in named.areas}


@pytest.mark.parametrize(
    ("at", "sea"),
    [((106.60, -5.60), "Laut Jawa"), ((98.5, 5.3), "Selat Malaka"), ((124.8, -8.9), "Selat Ombai"),
     ((105.85, -5.95), "Selat Sunda"), ((123.8, -5.6), "Laut Banda"),
     ((120.6, -8.0), "Laut Flores"), ((115.85, -8.6), "Selat Lombok"),
     ((118.2, -1.5), "Selat Makassar"), ((110.5, -8.5), "Samudra Hindia")],
)  # fmt: skip
def test_the_sea_is_the_one_of_the_atlas(at: tuple[float, float], sea: str) -> None:
    named = areas(shapely.Point(at).buffer(0.02), "99.99")
    assert named[sea].kind == "laut"
    assert max((one for one in named.values() if one.kind == "laut"),
               key=lambda one: one.area.area).name.id == sea  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize(
    ("own", "code", "others"),
    [("desa_53.04_belu", "53.04", {"Malaka": "desa_53.21_malaka",
                                   "Timor Tengah Utara": "desa_53.03_timor-tengah-utara"}),
     ("desa_53.21_malaka", "53.21", {"Belu": "desa_53.04_belu",
                                     "Timor Tengah Utara": "desa_53.03_timor-tengah-utara"}),
     ("desa_53.03_timor-tengah-utara", "53.03", {"Malaka": "desa_53.21_malaka",
                                                 "Belu": "desa_53.04_belu"})],
)  # fmt: skip
def test_land_named_after_a_neighbour_is_the_neighbours(
    own: str, code: str, others: dict[str, str], shared_dir: Path
) -> None:
    """The real borders of three kabupaten that lie beside each other are the judge."""

    def whole(name: str) -> shapely.Geometry:
        return (
            gpd.read_file(shared_dir / "boundaries" / f"{name}.geojson")
            .geometry.make_valid()
            .union_all()
        )

    named = areas(whole(own), code)
    real = {name: whole(file) for name, file in others.items()}
    found = [name for name in real if name in named]
    assert found
    for name in found:
        wrong = shapely.union_all([shape for other, shape in real.items() if other != name])
        area = named[name].area
        assert shapely.intersection(area, wrong).area < 0.15 * area.area
        # The name stands where the area is widest.
        middle = shapely.get_point(shapely.maximum_inscribed_circle(area), 0)
        assert real[name].contains(middle)


def test_a_kota_is_named_near_its_point_only() -> None:
    """Kota Serang's point, 106.16 east, is the nearest of a coast that is Kabupaten Serang."""
    named = areas(shapely.box(106.55, -5.75, 106.6, -5.70), "31.01", 0.4)
    city = named["Kota Serang"].area
    assert shapely.hausdorff_distance(city, shapely.Point(106.16, -6.11)) < 7 / 111.2
    alone = areas(shapely.box(106.0, -5.95, 106.01, -5.94), "31.01", 0.12)
    assert "Serang" in alone
    assert "Kota Serang" not in alone


def test_land_between_two_points_has_no_name() -> None:
    points = (
        DistrictPoint("01.01", "Kabupaten Barat", "Barat", 0, 120),
        DistrictPoint("01.02", "Kabupaten Timur", "Timur", 0, 121),
    )
    land = gpd.GeoDataFrame(
        {"iso": ["360"], "nama": ["A"]}, geometry=[shapely.box(119, -1, 122, 1)], crs=4326
    )
    district = gpd.GeoDataFrame(geometry=[shapely.box(120.4, 0.5, 120.6, 0.6)], crs=4326).to_crs(
        32751
    )
    shown = around_names.named(
        Surroundings(land, None, ()), district, (119.5, -0.5, 121.5, 1), "09.09", Gazetteer(points)
    )
    west, east = sorted(shown.areas, key=lambda one: one.area.bounds[0])
    assert (west.name.id, east.name.id) == ("Barat", "Timur")
    # 1.8 times as far: on the line between them, 1 / 2.8 of the way from each.
    assert west.area.intersection(shapely.LineString([(119, 0), (122, 0)])).bounds[2] < 120.40
    assert east.area.intersection(shapely.LineString([(119, 0), (122, 0)])).bounds[0] > 120.60


def test_a_hole_with_the_point_of_a_kota_is_the_kotas() -> None:
    """Kota Magelang lies within its kabupaten, at 7.48 south, 110.22 east."""
    city, lake = shapely.box(110.20, -7.50, 110.24, -7.46), shapely.box(110.4, -7.5, 110.42, -7.48)
    holes = gpd.GeoDataFrame(geometry=[city, lake], crs=4326)
    land = gpd.GeoDataFrame(
        {"iso": ["360"], "nama": ["A"]}, geometry=[shapely.box(110, -8, 111, -7)], crs=4326
    )
    around = Surroundings(land, None, (), holes=holes)
    shown = around_names.with_enclaves(around, "33.08", gazetteer.load())
    assert [(one.name.id, one.kind) for one in shown.areas] == [("Kota Magelang", "tetangga")]
    assert shown.areas[0].area.equals(city)
    assert shown.holes is not None
    assert [shape.equals(lake) for shape in shown.holes.geometry] == [True]
    # Its names are not lost when seas and neighbours are looked for.
    district = gpd.GeoDataFrame(geometry=[shapely.box(110.1, -7.6, 110.3, -7.4)], crs=4326)
    outside = district.geometry.difference(city).to_frame("geometry").to_crs(32749)
    named = around_names.named(shown, outside, (110, -8, 111, -7), "33.08", gazetteer.load())
    assert [one.name.id for one in named.areas].count("Kota Magelang") == 1
