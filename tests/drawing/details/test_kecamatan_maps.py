"""The map of a part of a kecamatan says what the white land beside it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product

import geopandas as gpd
import pytest
import shapely

from fsva.core.columns import PARENT, UNIT
from fsva.drawing.details import kecamatan_maps
from tests.places import belu
from tests.places.framed import plain


@pytest.mark.parametrize("is_parted", [True, False])
def test_the_other_part_of_a_kecamatan_is_named_as_such(*, is_parted: bool) -> None:
    studio = belu.made().studio
    villages = studio.villages
    name = Counter(villages[PARENT]).most_common(1)[0][0]
    group = villages.rows(villages[PARENT] == name)
    shown = group.rows(slice(len(group) // 2)) if is_parted else group
    detail = kecamatan_maps.settle(studio, shown, studio.layout.boxes.box("map"))
    around = [" ".join(place.wording.lines) for place in detail.neighbours]
    assert (f"{name} (lembar lain)" in around) == is_parted
    assert name not in around


def test_small_villages_beside_a_large_one_have_an_inset() -> None:
    studio = belu.made().studio
    small = [shapely.box(x, y, x + 900, y + 900) for x, y in product(range(0, 3600, 900), repeat=2)]
    large = shapely.difference(shapely.box(0, 0, 9e3, 60e3), shapely.union_all(small))
    areas = [shapely.affinity.translate(one, 7e5, 9e6) for one in (large, *small)]
    names = [f"Desa {n}" for n in range(len(areas))]
    drawn = gpd.GeoDataFrame(
        {UNIT: names, PARENT: "Satu"},
        index=[f"53.04.01.{2001 + n}" for n in range(len(areas))],
        geometry=areas, crs=studio.villages.crs,
    )  # fmt: skip
    villages = plain(drawn)
    own, box = replace(studio, villages=villages), studio.layout.boxes.box("map")
    detail = kecamatan_maps.settle(own, villages, box, has_insets=True)
    (inset,) = detail.insets
    assert inset.detail.panel.denominator * 1.4 <= detail.panel.denominator
    # Every village is told once; the small ones where they are large.
    assert detail.told == set(villages.index)
    assert len(inset.detail.names.named) > len(small) / 2
    assert not shapely.intersects(inset.place.box.polygon(), detail.own.outline())
    # Without insets, and where all villages are large, there is the map alone.
    assert kecamatan_maps.settle(own, villages, box).insets == ()
    assert kecamatan_maps.settle(own, villages.rows(slice(5)), box, has_insets=True).insets == ()


def test_an_islet_far_out_does_not_shrink_its_kecamatan() -> None:
    studio = belu.made().studio
    cells = [
        shapely.box(x, y, x + 3e3, y + 3e3)
        for x, y in product(range(0, 12000, 3000), range(0, 9000, 3000))
    ]
    islet = shapely.box(24e3, 20e3, 24.3e3, 20.3e3)
    cells[0] = shapely.union_all([cells[0], islet])
    areas = [shapely.affinity.translate(one, 7e5, 9e6) for one in cells]
    drawn = gpd.GeoDataFrame(
        {UNIT: [f"Desa {n}" for n in range(len(areas))], PARENT: "Satu"},
        index=[f"53.04.01.{2001 + n}" for n in range(len(areas))],
        geometry=areas, crs=studio.villages.crs,
    )  # fmt: skip
    villages = plain(drawn)
    own, box = replace(studio, villages=villages), studio.layout.boxes.box("map")
    whole = kecamatan_maps.settle(own, villages, box)
    detail = kecamatan_maps.settle(own, villages, box, has_insets=True)
    assert detail.panel.denominator * 1.5 < whole.panel.denominator
    # The islet is shown all the same.
    (inset,) = detail.insets
    shown = shapely.union_all([detail.panel.ground(), inset.detail.panel.ground()])
    assert shapely.difference(shapely.union_all(areas), shapely.buffer(shown, 1)).area == 0
    assert detail.told == set(villages.index)
