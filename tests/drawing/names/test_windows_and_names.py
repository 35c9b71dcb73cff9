"""Names that are led out of the district stand on no line around the window of an inset."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from fsva.core.box import Box
from fsva.drawing.lettering import leaders, typesetting
from fsva.drawing.lettering.typesetting import Wording
from fsva.drawing.names import towns
from tests.places import daerah


@pytest.mark.parametrize("crossed", [False, True])
def test_a_name_keeps_off_a_line_that_its_leader_may_cross(*, crossed: bool) -> None:
    village = shapely.box(20, 20, 24, 24)
    way = Wording(("Desa",), 7.0, 8.0, 2.0)
    line = shapely.box(17, 17, 27, 27).exterior.buffer(0.25)
    space = leaders.beside(village, Box(0, 0, 44, 44), (), [line] if crossed else ())
    (led,) = leaders.lead({0: village}, {0: way}, space).values()
    assert shapely.intersects(led.placed.area(), line) is not crossed
    assert not shapely.intersects(led.placed.area(), village)


@pytest.mark.slow
@pytest.mark.shared
def test_names_beside_aceh_utara_stand_on_no_window(shared_dir: Path) -> None:
    _, arranged = daerah.arranged(shared_dir, "aceh-utara")
    strokes = towns.strokes(arranged.towns, arranged.main.panel)
    assert strokes
    led = typesetting.papers([one.placed for one in arranged.naming.led.values()])
    assert len(led) > 10
    assert not shapely.intersects(led, shapely.union_all(strokes)).any()
