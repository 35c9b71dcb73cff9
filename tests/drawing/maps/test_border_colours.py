"""Borders of villages stand out from their class, by the colours alone."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from fsva.config.styles import theme
from fsva.drawing.maps import border_colours, shores
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.panel import Panel
from fsva.drawing.paper.scene import Box, Mark, Stroke
from tests.places import belu, small

RULES = theme.load(small.THEME).borders


def ratio(first: str, second: str) -> float:
    """Reckon the contrast ratio of WCAG 2.2 (relative luminance, sRGB) from its definition."""
    lights = []
    for colour in (first, second):
        parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
        linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
        lights.append(float(linear @ [0.2126, 0.7152, 0.0722]) + 0.05)
    return max(lights) / min(lights)


def test_contrast_is_that_of_the_standard() -> None:
    assert border_colours.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert border_colours.contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=1e-3)


@pytest.mark.parametrize(
    ("colour", "is_lighter"),
    list(
        zip((*belu.COLOURS, "#FFFFFF"), (True, True, False, False, False, True, False), strict=True)
    ),
)
def test_dark_classes_have_lighter_borders_and_light_ones_darker(
    colour: str, is_lighter: bool
) -> None:
    line = border_colours.within(colour, RULES)
    assert (border_colours.luminance(line) > border_colours.luminance(colour)) is is_lighter
    assert ratio(line, colour) >= (RULES.lighter if is_lighter else RULES.darker)
    assert ratio(line, colour) < 3.5


def two_villages_and_a_third() -> DrawnDistrict:
    """Return three squares in a row: a and b of one kecamatan, c of another."""
    areas = np.array([shapely.box(10 * n, 0, 10 * n + 10, 10) for n in range(3)], dtype=object)
    panel = Panel(Box(0, 0, 40, 20), small.UTM_51S, (0, 0), 1000, 1)  # type: ignore[arg-type]
    return DrawnDistrict(panel, ("a", "b", "c"), ("A", "B", "C"), ("U", "U", "S"), areas)


# By position: class 3 (pale) beside class 6, and class 1 beside class 6.
@pytest.mark.parametrize(("first", "second", "darker"), [(2, 5, 5), (5, 2, 5), (0, 5, 0)])
def test_between_two_classes_the_border_is_the_darker_ones(
    first: int, second: int, darker: int
) -> None:
    made = two_villages_and_a_third()
    colours = {"a": belu.COLOURS[first], "b": belu.COLOURS[second], "c": "#FFFFFF"}
    wanted = belu.COLOURS[darker]
    layout = belu.made().studio.layout
    (line,) = made.village_lines(colours, layout)
    assert isinstance(line, Mark)
    assert line.stroke == Stroke(border_colours.within(wanted, RULES), layout.lines.village)
    assert {tuple(p) for p in line.shape.parts[0].tolist()} == {(10, 0), (10, 10)}


def test_the_edge_is_a_border_on_land_only_where_land_lies_beyond() -> None:
    outline = shapely.box(0, 0, 30, 10).exterior
    east = shapely.box(30, -5, 60, 15)
    land, coast = shores.parted(outline, shapely.difference(east, shapely.box(0, 0, 30, 10)))
    # The side of 10 mm, and of both others what is as near to the land as a border may be.
    assert shapely.length(land) == pytest.approx(10 + 2 * 0.9, abs=0.3)
    assert shapely.length(land) + shapely.length(coast) == pytest.approx(80, abs=1e-3)
    assert shapely.bounds(coast)[2] < 29.5


def test_an_island_has_a_coast_only() -> None:
    outline = shapely.box(0, 0, 3, 2).exterior
    land, coast = shores.parted(outline, shapely.Polygon())
    assert shapely.is_empty(land)
    assert shapely.equals(coast, outline)


def test_an_islet_has_a_coast_whatever_the_coarse_layer_draws_beside_it() -> None:
    islet = shapely.box(34, 4, 35, 5).exterior
    outline = shapely.union_all([shapely.box(0, 0, 30, 10).exterior, islet])
    land, coast = shores.parted(outline, shapely.box(30, -5, 60, 15))
    assert shapely.bounds(land)[2] <= 30 + 1e-9
    assert shapely.length(land) > 9
    assert shapely.covers(shapely.buffer(coast, 1e-6), islet)


def test_fills_come_before_borders_in_every_panel() -> None:
    for drawn in belu.made().sheets:
        names = [layer.name for layer in drawn.layers]
        assert names.index("villages") < names.index("edges") < names.index("names")
