"""Points of kabupaten and circles of seas: all there, each on the ground that it names."""

from __future__ import annotations

from collections import Counter

import pytest
import shapely

from fsva.config.styles import gazetteer
from tests.places import small
from tests.places.framed import surroundings


def test_every_kabupaten_has_a_point_on_land_or_an_island_near_it() -> None:
    points = gazetteer.load().districts
    assert len(points) == 514 == len({one.code for one in points})
    land = surroundings.read_land(small.ROOT / "boundaries" / "konteks" / "daratan.geojson")
    whole = shapely.union_all(land[land["iso"] == "360"].geometry.to_numpy())
    away = shapely.distance(
        shapely.points([(one.longitude, one.latitude) for one in points]), whole
    )
    # The outline of the country is coarse and lacks small islands: 0.1 degrees are 11 km.
    far = [one.name for one, degrees in zip(points, away, strict=True) if degrees > 0.1]
    assert len(far) < 10, far


def test_most_of_a_circle_of_a_sea_is_water_that_no_other_sea_of_its_size_claims() -> None:
    land = surroundings.read_land(small.ROOT / "boundaries" / "konteks" / "daratan.geojson")
    whole = shapely.union_all(land.geometry.to_numpy())
    for sea in gazetteer.load().seas:
        circle = shapely.Point(sea.longitude, sea.latitude).buffer(sea.radius_km / 111.2)
        share = 1 - shapely.intersection(circle, whole).area / circle.area
        assert share > 0.3, (sea.name.id, round(share, 2))
        assert not whole.contains(shapely.Point(sea.longitude, sea.latitude)), sea.name.id


@pytest.mark.parametrize(
    ("code", "short"),
    [("53.04", "Belu"), ("53.71", "Kota Kupang"), ("31.01", "Kepulauan Seribu"),
     ("31.73", "Jakarta Barat"), ("36.04", "Serang"), ("36.73", "Kota Serang")],
)  # fmt: skip
def test_a_map_names_a_kota_apart_from_the_kabupaten_of_the_same_name(
    code: str, short: str
) -> None:
    named = {one.code: one.short for one in gazetteer.load().districts}
    assert named[code] == short
    counted = Counter(named.values())
    assert not [name for name, count in counted.items() if count > 1]


def test_a_province_is_known_by_the_first_two_digits() -> None:
    codes = [one.code for one in gazetteer.load().province("53.04")]
    assert "53.04" in codes
    assert len(codes) == 22
    assert {code[:2] for code in codes} == {"53"}
