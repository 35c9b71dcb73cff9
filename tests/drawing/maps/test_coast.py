"""The edge of the country beside the district: strips are water or abroad, wide land stays."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from fsva.drawing.maps import coast as plain_coast
from fsva.drawing.maps.ground import Surroundings
from tests.places import small
from tests.places.framed import coast, plain

CRS = small.layer().crs
WEST, SOUTH, EAST, NORTH = small.layer().total_bounds.tolist()
SEA, STRIP, WIDE = 40e3, 1500.0, 9e3


def around(
    strip: float, iso: str = "360", neighbour: shapely.Geometry | None = None
) -> Surroundings:
    """Return land that reaches a strip beyond the west of the district, and far beyond the east."""
    box = shapely.box(WEST - strip, SOUTH - 30e3, EAST + SEA, NORTH + 30e3)
    land = gpd.GeoDataFrame({"iso": [iso], "nama": ["A"]}, geometry=[box], crs=CRS).to_crs(4326)
    others = None
    if neighbour:
        others = gpd.GeoDataFrame(
            {"jenis": ["kabupaten"], "nama": ["B"]}, geometry=[neighbour], crs=CRS
        ).to_crs(4326)
    return Surroundings(land, others, ())


def country(shown: Surroundings, x: float, y: float) -> str:
    at = shown.land[shown.land.to_crs(CRS).contains(shapely.Point(x, y))]
    return str(at["iso"].iloc[0]) if len(at) else ""


def is_land(shown: Surroundings, x: float, y: float) -> bool:
    return country(shown, x, y) != ""


MIDDLE = (SOUTH + NORTH) / 2
DISTRICT = gpd.GeoDataFrame(geometry=[shapely.box(WEST, SOUTH, EAST, NORTH)], crs=CRS)


def test_a_strip_between_district_and_sea_is_water() -> None:
    shown = coast.trimmed(around(STRIP), DISTRICT)
    assert not is_land(shown, WEST - STRIP / 2, MIDDLE)
    assert not is_land(shown, WEST - 20, MIDDLE)
    # Beyond the district and on its other side there is as much land as before.
    assert is_land(shown, EAST + 2000, MIDDLE)
    assert is_land(shown, WEST - STRIP / 2, NORTH + 10e3)


def test_a_strip_of_another_country_between_district_and_sea_is_water() -> None:
    shown = coast.trimmed(around(STRIP, "626"), DISTRICT)
    assert not is_land(shown, WEST - STRIP / 2, MIDDLE)
    assert country(shown, EAST + 2000, MIDDLE) == "626"
    assert country(shown, WEST - STRIP / 2, NORTH + 10e3) == "626"


def test_wide_land_a_neighbour_and_another_country_stay() -> None:
    held = plain(around(WIDE))
    assert plain_coast.trimmed(held, plain(DISTRICT)) is held
    foreign = plain(around(WIDE, "626"))
    assert plain_coast.trimmed(foreign, plain(DISTRICT)) is foreign
    neighbour = shapely.box(WEST - STRIP, SOUTH, WEST, NORTH)
    shown = coast.trimmed(around(STRIP, neighbour=neighbour), DISTRICT)
    assert is_land(shown, WEST - STRIP / 2, MIDDLE)


def test_a_strip_between_district_and_border_is_the_other_country() -> None:
    own = around(STRIP).land
    beyond = shapely.box(WEST - SEA, SOUTH - 30e3, WEST - STRIP, NORTH + 30e3)
    other = gpd.GeoDataFrame({"iso": ["626"], "nama": ["B"]}, geometry=[beyond], crs=CRS)
    land = gpd.GeoDataFrame(pd.concat([own, other.to_crs(4326)], ignore_index=True))
    shown = coast.trimmed(Surroundings(land, None, ()), DISTRICT)
    assert country(shown, WEST - STRIP / 2, MIDDLE) == "626"
    assert country(shown, WEST - STRIP / 2, NORTH + 10e3) == "360"
    assert country(shown, EAST + 2000, MIDDLE) == "360"


HOLE = shapely.box(WEST + 500, SOUTH + 500, WEST + 2500, SOUTH + 2500)


def km2(shown: Surroundings) -> float:
    return 0 if shown.holes is None else float(shown.holes.to_crs(CRS).area.sum()) / 1e6


def test_land_within_the_district_that_nobody_has_is_a_hole() -> None:
    assert km2(coast.with_holes(around(STRIP), [HOLE], CRS)) == pytest.approx(4, rel=1e-4)
    assert coast.with_holes(around(STRIP), [], CRS).holes is None


def test_what_a_neighbour_has_within_the_district_is_the_neighbours() -> None:
    half = shapely.box(WEST + 500, SOUTH + 500, WEST + 1500, SOUTH + 2500)
    shown = coast.with_holes(around(STRIP, neighbour=half), [HOLE], CRS)
    assert km2(shown) == pytest.approx(2, rel=1e-3)


def test_a_lagoon_stays_water() -> None:
    at_sea = shapely.box(EAST + SEA + 5e3, SOUTH, EAST + SEA + 7e3, SOUTH + 2e3)
    assert coast.with_holes(around(STRIP), [at_sea], CRS).holes is None


def test_a_piece_that_the_district_cuts_off_from_all_land_is_water() -> None:
    # Before the coast of the district a scrap of its country lies beside one of another country.
    own = shapely.box(WEST - 1000, MIDDLE - 1000, WEST, MIDDLE)
    other = shapely.box(WEST - 1000, MIDDLE, WEST, MIDDLE + 1000)
    island = shapely.Point(WEST - 1000, NORTH).buffer(800)
    behind = shapely.box(EAST - 100, SOUTH - 30e3, EAST + SEA, NORTH + 30e3)
    countries = [own, shapely.union_all([other, island, behind])]
    frame = gpd.GeoDataFrame(
        {"iso": ["360", "626"], "nama": ["A", "B"]}, geometry=countries, crs=CRS
    )
    shown = coast.trimmed(Surroundings(frame.to_crs(4326), None, ()), DISTRICT)
    for y in (MIDDLE - 500, MIDDLE + 500):
        assert not is_land(shown, WEST - 500, y)
    assert country(shown, EAST + 2000, MIDDLE) == "626"
    assert is_land(shown, WEST - 1000, NORTH)


def test_land_beside_the_district_reaches_the_sea_where_the_district_does() -> None:
    # The neighbour's coast goes on as the district's: no disc has room in the corner between both.
    behind = shapely.box(EAST - 100, SOUTH - 30e3, EAST + SEA, NORTH)
    frame = gpd.GeoDataFrame({"iso": ["360"], "nama": ["A"]}, geometry=[behind], crs=CRS)
    shown = coast.trimmed(Surroundings(frame.to_crs(4326), None, ()), DISTRICT)
    assert is_land(shown, EAST + 200, NORTH - 300)
    assert is_land(shown, EAST + 40, NORTH - 100)
    assert not is_land(shown, EAST + 200, NORTH + 100)
