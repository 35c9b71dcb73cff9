"""The small map of a profile shows far islands in insets, and its scale where least is covered."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import shapely

from fsva.config.styles import profile_plate
from fsva.core.columns import PARENT
from fsva.drawing.details import kecamatan_maps
from fsva.drawing.paper.scene import Mark, bounds
from fsva.drawing.profiles import small_maps
from fsva.drawing.profiles.profile_frame import Desk
from fsva.drawing.profiles.small_maps import SmallMap
from tests.places import belu, pulau_jauh
from tests.places.small import ROOT


@cache
def small() -> SmallMap:
    studio, group = pulau_jauh.kecamatan()
    plate = profile_plate.load(ROOT / "styles" / profile_plate.FILE_NAME)
    desk = Desk(studio, plate, belu.made().maps[-1])
    codes = [str(code) for code in group.index]
    numbers = {code: str(n) for n, code in enumerate(codes, start=1)}
    made = small_maps.of_kecamatan(desk, codes, plate.village.box("map"), numbers)
    return made[str(group[PARENT][0])]


@pytest.mark.parametrize("n", [0, 1, 5])
def test_every_village_is_outlined_on_the_map_that_names_it(n: int) -> None:
    shown, (_, group) = small(), pulau_jauh.kecamatan()
    code = str(group.index[n])
    layer = shown.outlined(code)
    (inset,) = shown.detail.insets
    panel = inset.detail.panel if n == 0 else shown.detail.panel
    assert layer.clip == panel.box
    lines = [m for m in layer.items if isinstance(m, Mark)]
    points = np.vstack([part for line in lines for part in line.shape.parts])
    assert panel.box.polygon().intersects(shapely.MultiPoint(points))


def test_a_bold_line_leaves_islets_their_colour() -> None:
    shown, (_, group) = small(), pulau_jauh.kecamatan()
    fine = 0
    for code in map(str, group.index):
        for line in shown.outlined(code).items:
            assert isinstance(line, Mark)
            assert line.stroke
            areas = [shapely.Polygon(part).area for part in line.shape.parts]
            is_bold = line.stroke.width_mm > 0.5
            fine += not is_bold
            assert all((area >= 9) == is_bold for area in areas)
    assert fine


def test_the_scale_covers_no_name_and_no_inset() -> None:
    shown = small()
    (furniture,) = [layer for layer in shown.layers if layer.name == "furniture"]
    plate = next(m for m in furniture.items if isinstance(m, Mark) and m.fill)
    paper = bounds(plate.shape).polygon()
    for other in kecamatan_maps.papers(shown.detail):
        assert shapely.area(shapely.intersection(other, paper)) < 0.01
