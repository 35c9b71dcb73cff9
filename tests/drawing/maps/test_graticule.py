"""Coordinates along the frame: labels stand where their line meets it."""

from __future__ import annotations

import re

import numpy as np
import pytest

from fsva.core import texts
from fsva.core.texts import Language
from fsva.drawing.maps import graticule
from fsva.drawing.paper.scene import Text
from fsva.drawing.sheets.sheet import main_panel
from tests.places import belu
from tests.places.belu import Made

# Half a millimetre at 1 : 300.000.
TOLERANCE_DEGREES = 0.0014


@pytest.fixture(params=belu.LAYERS)
def atlas(request: pytest.FixtureRequest) -> Made:
    return belu.of(request)


def coordinates(atlas: Made) -> list[tuple[Text, float, str]]:
    """Return the labels with their degrees and hemisphere."""
    found = [(t, re.fullmatch(r"(\d+)°(\d\d)′ (BT|LS|LU)", t.text)) for t in
             atlas.sheets[0].texts()]  # fmt: skip
    return [(t, int(m[1]) + int(m[2]) / 60, m[3]) for t, m in found if m]


def test_labels_say_where_they_stand(atlas: Made) -> None:
    box, panel = atlas.box("map"), main_panel(atlas.studio)
    for text, degrees, hemisphere in coordinates(atlas):
        if hemisphere == "BT":
            edge = box.top if text.y > box.centre[1] else box.bottom
            assert panel.degrees_of_paper(text.x, edge)[0] == pytest.approx(
                degrees, abs=TOLERANCE_DEGREES
            )
        else:
            edge = box.right if text.x > box.centre[0] else box.left
            assert panel.degrees_of_paper(edge, text.y)[1] == pytest.approx(
                -degrees, abs=TOLERANCE_DEGREES
            )


def test_all_four_sides_have_labels_and_those_at_the_sides_stand_upright(atlas: Made) -> None:
    box = atlas.box("map")
    sides = {"left": 0, "right": 0, "top": 0, "bottom": 0}
    for text, _, hemisphere in coordinates(atlas):
        assert text.angle == (0 if hemisphere == "BT" else 90)
        assert not (box.left < text.x < box.right and box.bottom < text.y < box.top)
        upright = "right" if text.x > box.centre[0] else "left"
        level = "top" if text.y > box.centre[1] else "bottom"
        sides[level if hemisphere == "BT" else upright] += 1
    assert min(sides.values()) >= 2


@pytest.mark.parametrize(
    ("minutes", "axis", "language", "expected"),
    [
        (7490, "longitude", "id", "124°50′ BT"),
        (-540, "latitude", "id", "9°00′ LS"),
        (-545, "latitude", "en", "9°05′ S"),
        (65, "latitude", "id", "1°05′ LU"),
        (0, "latitude", "en", "0°00′ N"),
    ],
)
def test_coordinates_are_written_in_degrees_and_minutes(
    minutes: int, axis: graticule.Axis, language: Language, expected: str
) -> None:
    assert graticule.degree_text(minutes * 60, axis, texts.load(language)) == expected


@pytest.mark.parametrize(("spacing", "expected"), [(3, 1), (32, 10), (70, 15), (10_000, 300)])
def test_lines_stand_as_near_as_the_spacing_allows(spacing: float, expected: int) -> None:
    atlas = belu.made()
    panel = main_panel(atlas.studio)
    found = graticule.interval_minutes(panel, atlas.studio.layout.map.intervals, spacing)
    assert found == expected


def test_lines_follow_their_meridian_and_parallel() -> None:
    panel = main_panel(belu.made().studio)
    meridians, parallels = graticule.lines(panel, 10)
    for axis, shapes in enumerate((meridians, parallels)):
        assert len(shapes) >= 3
        for shape in shapes:
            minutes = np.array([panel.degrees_of_paper(*p)[axis] for p in shape.parts[0]]) * 60
            assert minutes == pytest.approx(np.full(len(minutes), round(minutes[0])), abs=1e-4)
            assert round(minutes[0]) % 10 == 0
