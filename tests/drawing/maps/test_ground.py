"""The muted ground: what neighbours own, and which of its lines a legend explains."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from fsva.config.styles import layout
from fsva.drawing.elements import legend
from fsva.drawing.maps import ground
from fsva.drawing.maps.ground import Surroundings
from fsva.drawing.maps.panel import Panel
from fsva.drawing.paper.scene import Item, Mark, Text
from tests.places import belu, small
from tests.places.framed import plain

LAYOUT = layout.load(small.ROOT / "styles" / "layouts" / "a4-mendatar.toml", small.THEME)
FRAME = LAYOUT.boxes.box("map")
PANEL = Panel(FRAME, small.layer().crs, (608e3, 8994e3), 300_000, 1.0)
X, Y = FRAME.centre


def degrees(*boxes: tuple[float, float, float, float]) -> shapely.Geometry:
    """Return rectangles of paper around the middle of the map as polygons on the earth."""
    paper = [shapely.box(X + a, Y + b, X + c, Y + d) for a, b, c, d in boxes]
    return PANEL.to_degrees(shapely.union_all(paper))


def drawn(
    neighbour: shapely.Geometry | None,
    kind: str = "negara",
    hole: shapely.Geometry | None = None,
) -> list[Item]:
    """Draw land on which a district of 20 mm lies in the middle, perhaps with a hole."""
    land = gpd.GeoDataFrame(
        {"iso": ["360"], "nama": ["A"]}, geometry=[degrees((-300, -300, 300, 300))], crs=4326
    )
    around = neighbour and gpd.GeoDataFrame(
        {"jenis": [kind], "nama": ["B"]}, geometry=[neighbour], crs=4326
    )
    district = shapely.box(X - 10, Y - 10, X + 10, Y + 10)
    holes = None if hole is None else gpd.GeoDataFrame(geometry=[hole], crs=4326)
    shown = Surroundings(plain(land), plain(around), (), holes=plain(holes))
    return ground.draw(PANEL, shown, district, LAYOUT).items


def filled(items: list[Item], at: tuple[float, float]) -> str:
    """Return the colour of a place, of what lies uppermost."""
    marks = [m for m in items if isinstance(m, Mark) and m.fill]
    areas = [(m.fill, shapely.Polygon(m.shape.parts[0], m.shape.parts[1:])) for m in marks]
    return [fill for fill, area in areas if fill and shapely.contains_xy(area, *at)][-1]


def test_land_left_over_between_two_layers_is_no_exclave() -> None:
    block = degrees((10, -60, 80, 60))
    hole = degrees((40, -5, 50, 5))
    for neighbour in (block, shapely.difference(block, hole)):
        items = drawn(neighbour)
        assert filled(items, (X + 45, Y)) == LAYOUT.colours.foreign
        borders = [m for m in items if isinstance(m, Mark) and not m.fill]
        lines = [shapely.LineString(part) for m in borders for part in m.shape.parts]
        assert not any(shapely.dwithin(line, shapely.Point(X + 45, Y), 10) for line in lines)


@pytest.mark.parametrize(
    ("kind", "said"), [("negara", "Batas negara"), ("kabupaten", "Batas kab. tetangga")]
)
def test_the_legend_explains_the_lines_that_the_map_shows(kind: str, said: str) -> None:
    # The edge of the land lies beyond the map: no coast.
    always = {"Batas desa/kelurahan"}  # no border of the district is among the items
    texts, box = belu.made().studio.texts, LAYOUT.boxes.box("legend")
    for items, more in ((drawn(None), set()), (drawn(degrees((10, -30, 40, 30)), kind), {said})):
        shown = legend.drawn_lines(items, FRAME, LAYOUT)
        rows = legend.line_rows(box, LAYOUT, texts, ["#FFFFFF"], shown)
        assert {t.text for t in rows if isinstance(t, Text)} == always | more


def test_a_hole_of_the_layer_is_white_even_where_a_neighbour_was_led_up_to_it() -> None:
    items = drawn(degrees((-300, -300, -12, 300)), hole=degrees((-3, -3, 3, 3)))
    assert filled(items, (X, Y)) == LAYOUT.colours.paper
    assert filled(items, (X + 5, Y)) != LAYOUT.colours.paper


def test_no_border_runs_through_a_hole_of_the_layer() -> None:
    items = drawn(degrees((-300, -300, 1, 300)), hole=degrees((-3, -3, 3, 3)))
    marks = [m for m in items if isinstance(m, Mark)]
    white = [n for n, m in enumerate(marks) if m.fill == LAYOUT.colours.paper]
    lines = [n for n, m in enumerate(marks) if not m.fill]
    assert lines
    assert min(white) > max(lines)
